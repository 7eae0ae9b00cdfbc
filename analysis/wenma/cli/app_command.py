"""wenma app: the browser."""

import argparse
from pathlib import Path

# Without a name for Chinese, a machine with many fonts picks any, even a brush script.
FONT = (
    "'Source Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', "
    "sans-serif"
)

ENTRY = Path(__file__).parents[1] / "app" / "entry" / "wenma_app.py"

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
    import os
    import signal
    import subprocess
    import sys
    import threading
    from importlib.util import find_spec

    from wenma.cli.secrets_files import REQUIRED, read_secrets
    from wenma.errors import AccessError, UsageError
    from wenma.study.access import only_here, read_sign_in
    from wenma.study.study import Study

    if not 0 < options.port < 65_536:
        raise UsageError(
            f"--port {options.port} is no port",
            cure="Try --port 8501.",
            zh=f"--port {options.port} 不是端口。可用 --port 8501。",
        )
    secrets = _secrets_paths()
    signing = read_sign_in(read_secrets(secrets))
    if signing.fault:
        raise AccessError(signing.fault.en, zh=signing.fault.zh)
    if not signing.required and not only_here(options.address):
        raise UsageError(
            f"without sign-in the app listens on this machine only, not on {options.address}",
            cure="Set up [auth] in .streamlit/secrets.toml first (docs/people.md).",
            zh=f"没有设登录时只在本机使用，不能用 {options.address}。"
            "请先在 .streamlit/secrets.toml 中设 [auth]（见 docs/people.md）。",
        )
    if signing.required and find_spec("authlib") is None:
        raise UsageError(
            "sign-in is set up in Streamlit's secrets, and the package authlib is not here",
            cure="Install it with: pip install 'wenma[auth]'",
            zh="Streamlit 的 secrets 设了登录，而没有安装 authlib。"
            "请运行：pip install 'wenma[auth]'",
        )
    if options.project:
        Study.open(options.project).close()  # say at once, here, what is wrong with it
    # Without -P the folder somebody works in comes first on the import path, and with it
    # each random.py and pandas.py they keep there.
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(ENTRY)]
    command += ["--server.port", str(options.port), "--server.address", options.address]
    command += ["--browser.gatherUsageStats", "false", "--client.toolbarMode", "minimal"]
    command += ["--theme.base", "light", "--theme.primaryColor", "#08478f", "--theme.font", FONT]
    # Streamlit's own way to open a window first asks a newcomer for an e-mail address.
    command += ["--server.headless", "true"]
    # The server looks at what was looked at here, and nowhere else.
    command += [part for path in secrets for part in ("--secrets.files", path)]
    command += ["--", options.project] if options.project else []
    if not options.no_browser:
        address = f"http://localhost:{options.port}"
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    # Whoever ends this command (a job scheduler, a closed terminal) ends the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    environment = {**os.environ, **({REQUIRED: "yes"} if signing.required else {})}
    server = subprocess.Popen(command, env=environment)
    try:
        return server.wait()
    finally:
        server.terminate()


def _secrets_paths() -> list[str]:
    """Where Streamlit will look for secrets: its variable, its settings, its usual places."""
    import os

    from streamlit import config

    if named := os.environ.get("STREAMLIT_SECRETS_FILES", "").split():
        return named
    usual = [str(path) for path in config.get_option("secrets.files")]
    beside = str(ENTRY.parent / ".streamlit" / "secrets.toml")
    return [path for path in usual if path != beside]


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
