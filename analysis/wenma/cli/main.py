"""``wenma``: one command a file, found by walking `COMMANDS`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from os import environ
from typing import Protocol, cast

from wenma.cli.messages import (
    FLAG,
    LANGUAGES,
    Parser,
    help_text,
    locale_language,
    message_language,
    named_language,
    said,
    speaking,
    system_locale,
)
from wenma.errors import WenmaError
from wenma.version import __version__

COMMANDS = (
    "demo",
    "code",
    "fetch",
    "app",
    "check",
    "recode",
    "validate",
    "documents",
    "cases",
    "query",
    "claim",
    "kwic",
    "figure",
    "report",
    "export",
    "assign",
    "audit",
    "history",
    "copy",
)


class Command(Protocol):
    """What a command's file holds."""

    HELP: str
    """One line for the list of commands."""

    def arguments(self, parser: Parser) -> None:
        """Say which arguments the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


def command(name: str) -> Command:
    """The file of a command."""
    return cast(Command, import_module(f"wenma.cli.{name}_command"))


def parser() -> Parser:
    """The whole command line, in the language of what is printed."""
    top = Parser(
        prog="wenma",
        description="文码: code Chinese policy documents the way a careful research team would.",
        epilog=help_text("Begin with: wenma demo"),
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"wenma {__version__}",
        help="show program's version number and exit",
    )
    top.add_argument(FLAG, choices=LANGUAGES, help="of messages; of tables too")
    several = top.add_subparsers(
        dest="command", metavar=said(zh="命令", en="COMMAND"), required=True
    )
    for name in COMMANDS:
        module = command(name)
        one = several.add_parser(name, help=help_text(module.HELP), description=module.HELP)
        module.arguments(one)
        one.language_option(help="of messages; of tables too")
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
    given = sys.argv[1:] if arguments is None else arguments
    named = named_language(given)
    local = locale_language(environ, system=system_locale())
    with speaking(named or local, tables=named or "zh"):
        return _run(given)


def _run(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except WenmaError as error:
        print(f"wenma: {error.said(message_language())}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0
    except OSError as error:
        line = said(
            zh=f"结果无法写出（{error.strerror}）。",
            en=f"the output could not be written ({error.strerror}).",
        )
        print(f"wenma: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        line = said(zh="已停止；已完成的部分都保存了。", en="stopped; what was finished is kept.")
        print(f"wenma: {line}", file=sys.stderr)
        return 130
