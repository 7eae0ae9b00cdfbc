"""``wenma``: one command a file, found by walking `COMMANDS`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Protocol, cast

from wenma.errors import WenmaError
from wenma.version import __version__

COMMANDS = (
    "demo",
    "code",
    "app",
    "check",
    "recode",
    "validate",
    "query",
    "kwic",
    "figure",
    "report",
    "export",
    "assign",
    "history",
    "copy",
)


class Command(Protocol):
    """What a command's file holds."""

    HELP: str
    """One line for the list of commands."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


def command(name: str) -> Command:
    """The file of a command."""
    return cast(Command, import_module(f"wenma.cli.{name}_command"))


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="wenma",
        description="文码: code Chinese policy documents the way a careful research team would.",
        epilog="Begin with: wenma demo",
    )
    top.add_argument("--version", action="version", version=f"wenma {__version__}")
    several = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = command(name)
        one = several.add_parser(name, help=module.HELP, description=module.HELP)
        module.arguments(one)
        one.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; errors become one line on standard error."""
    if arguments is None:
        # Worker processes would look for modules in the folder somebody works in first.
        os.environ["PYTHONSAFEPATH"] = "1"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may be no text at all
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except WenmaError as error:
        print(f"wenma: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:
        print(f"wenma: the output could not be written ({error.strerror}).", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("wenma: stopped; what was finished is kept.", file=sys.stderr)
        return 130
