"""wenma app: the browser."""

import argparse
from pathlib import Path

# Without a name for Chinese, a machine with many fonts picks any, even a brush script.
FONT = (
    "'Source Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', "
    "sans-serif"
)

HELP = "open the browser on a project, or on the sample corpus"


def arguments(parser: argparse.ArgumentParser) -> None:
    """[FILE.db] [--port N] [--address HOST] [--no-browser]."""
    parser.add_argument("project", nargs="?", metavar="FILE.db")
    parser.add_argument("--port", type=int, default=8501, metavar="N")
    parser.add_argument(
        "--address", default="localhost", metavar="HOST", help="another needs sign-in set up"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a window")


def run(options: argparse.Namespace) -> int:
    """Start Streamlit on the app's entry page; returns when it is stopped."""
    import signal
    import subprocess
    import sys
    import threading
    from importlib.util import find_spec

    from wenma.errors import UsageError
    from wenma.store.project import Project

    if not 0 < options.port < 65_536:
        raise UsageError(
            f"--port {options.port} is not a port",
            cure="Try --port 8501.",
            zh=f"--port {options.port} 不是端口，可试 --port 8501。",
        )
    signing_in = signs_in()
    if signing_in and find_spec("authlib") is None:
        raise UsageError(
            "sign-in is set up in Streamlit's secrets, and the package authlib is not here",
            cure="Install it with: pip install 'wenma[auth]'",
            zh="Streamlit 的 secrets 设置了登录，但没有安装 authlib：pip install 'wenma[auth]'",
        )
    if options.address != "localhost" and not signing_in:
        raise UsageError(
            f"without sign-in the app listens on this machine only, not on {options.address}",
            cure="Set up [auth] in .streamlit/secrets.toml first (docs/people.md).",
            zh=f"没有设置登录时只监听本机，不能监听 {options.address}；"
            "请先在 .streamlit/secrets.toml 中设置 [auth]（见 docs/people.md）。",
        )
    if options.project:
        Project.open(options.project).close()  # say at once, here, what is wrong with it
    entry = Path(__file__).parents[1] / "app" / "main.py"
    command = [sys.executable, "-m", "streamlit", "run", str(entry)]
    command += ["--server.port", str(options.port), "--server.address", options.address]
    command += ["--browser.gatherUsageStats", "false", "--client.toolbarMode", "minimal"]
    command += ["--theme.base", "light", "--theme.primaryColor", "#08478f", "--theme.font", FONT]
    # Streamlit's own way to open a window first asks a newcomer for an e-mail address.
    command += ["--server.headless", "true"]
    command += ["--", options.project] if options.project else []
    if not options.no_browser:
        address = f"http://localhost:{options.port}"
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    # Whoever ends this command (a job scheduler, a closed terminal) ends the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server = subprocess.Popen(command)
    try:
        return server.wait()
    finally:
        server.terminate()


def signs_in() -> bool:
    """Do Streamlit's secrets, of this folder or this user, set up sign-in?"""
    import tomllib

    for folder in (Path.cwd(), Path.home()):
        try:
            found = tomllib.loads((folder / ".streamlit" / "secrets.toml").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if "auth" in found:
            return True
    return False


def _open_when_ready(address: str) -> None:
    import time
    import urllib.request
    import webbrowser

    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.3)
        else:
            webbrowser.open(address)
            return
