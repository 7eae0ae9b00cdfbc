"""Take the pictures of the docs anew: ``python docs/pictures.py`` (needs chromium and playwright).

The app is started as a user starts it, on the sample corpus, in a window of
1280 × 800; what a picture shows is what a newcomer sees first.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
PAGES = {
    "overview": "",  # the default page has no name of its own
    "frequencies": "frequencies",
    "cooccurrence": "cooccurrence",
    "framework": "framework",
    "reader": "reader?document=%E7%A3%90%E5%B2%AD%E5%B8%82_%E5%BA%94%E6%80%A5%E4%BD%93%E7%B3%BB"
    "%E8%A7%84%E5%88%92_2021.txt&at=560",
}


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "wenma.cli", "app", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except (URLError, OSError):
                time.sleep(0.3)
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for name, place in PAGES.items():
                page.goto(f"{address}/{place}")
                page.wait_for_selector("[data-testid=stHeading]", timeout=60_000)
                page.wait_for_timeout(4000)  # charts draw after the page says it is done
                page.screenshot(path=IMAGES / f"{name}.png")
            browser.close()
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
