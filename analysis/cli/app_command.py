"""wenma app: the browser."""

import argparse
from pathlib import Path

HELP = "open the browser on a project, or on the sample corpus"


def arguments(parser: argparse.ArgumentParser) -> None:
    """[FILE.db] [--port N] [--no-browser]."""
    parser.add_argument("project", nargs="?", metavar="FILE.db")
    parser.add_argument("--port", type=int, default=8501, metavar="N")
    parser.add_argument("--no-browser", action="store_true", help="do not open a window")


def run(options: argparse.Namespace) -> int:
    """Start Streamlit on the app's entry page; returns when it is stopped."""
    import subprocess
    import sys

    from analysis.project.store import Project

    if options.project:
        Project.open(options.project).close()  # say at once, here, what is wrong with it
    entry = Path(__file__).parents[1] / "app" / "main.py"
    command = [sys.executable, "-m", "streamlit", "run", str(entry)]
    command += ["--server.port", str(options.port), "--server.address", "localhost"]
    command += ["--browser.gatherUsageStats", "false", "--client.toolbarMode", "minimal"]
    command += ["--theme.base", "light", "--theme.primaryColor", "#08478f"]
    command += ["--server.headless", "true" if options.no_browser else "false"]
    command += ["--", options.project] if options.project else []
    return subprocess.call(command)
