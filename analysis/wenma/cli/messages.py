"""The language of the command line: what it prints, its help and its refusals.

``--language`` decides where it is given, before the command or after it; else the
locale does (LC_ALL, LC_MESSAGES, LANG). The headings of tables follow ``--language``
alone, so that the same command writes the same file on every machine.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, NamedTuple, NoReturn, get_args

from wenma.cli.help_texts import CHINESE, REFUSALS

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
FLAG = "--language"


class _Speech(NamedTuple):
    messages: Language = "en"
    tables: Language = "zh"


_speech: ContextVar[_Speech | None] = ContextVar("speech", default=None)


@contextmanager
def speaking(messages: Language, *, tables: Language = "zh") -> Iterator[None]:
    """Print in this language, and head tables in that one, as long as this lasts.

    >>> with speaking("zh"):
    ...     said(zh="没有变化", en="no changes")
    '没有变化'
    """
    before = _speech.set(_Speech(messages, tables))
    try:
        yield
    finally:
        _speech.reset(before)


def message_language() -> Language:
    """The language of what is printed."""
    return (_speech.get() or _Speech()).messages


def table_language() -> Language:
    """The language of headings where the command itself names none."""
    return (_speech.get() or _Speech()).tables


def said(*, zh: str, en: str) -> str:
    """The sentence in the language of what is printed."""
    return zh if message_language() == "zh" else en


def listed(names: Iterable[str]) -> str:
    """The names one after the other, parted as the language parts them."""
    return said(zh="、", en=", ").join(names)


def named_language(arguments: Sequence[str]) -> Language | None:
    """The language that the arguments of a command name; the last counts.

    >>> named_language(["query", "a.db", "--language", "en"])
    'en'
    >>> named_language(["check", "a.yaml"]) is None
    True
    """
    named: Language | None = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        flag, sign, value = argument.partition("=")
        if flag != FLAG:
            continue
        value = value if sign else "".join(arguments[position + 1 : position + 2])
        named = next((one for one in LANGUAGES if one == value), named)
    return named


def locale_language(environment: Mapping[str, str], *, system: str = "") -> Language:
    """The language of a locale: Chinese where it begins with zh, else English.

    `system` names the locale of a machine that sets none of the variables (Windows).

    >>> locale_language({"LANG": "zh_CN.UTF-8"}), locale_language({"LC_ALL": "C", "LANG": "zh_CN"})
    ('zh', 'en')
    >>> locale_language({}, system="Chinese (Simplified)_China")
    'zh'
    """
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next(filter(None, names), system)
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def system_locale() -> str:
    """The locale of Windows, which sets no variables; empty elsewhere."""
    if sys.platform != "win32":
        return ""
    import locale

    return locale.getlocale()[0] or ""


def help_text(text: str) -> str:
    """A text of the help in the language of what is printed.

    >>> with speaking("zh"):
    ...     help_text("files, folders, archives or tables of texts; or one pack (.zip)")
    '文件、文件夹、压缩包或逐行列出正文的表格；或一个数据包（.zip）'
    """
    return CHINESE.get(text, text) if message_language() == "zh" else text


def refusal(message: str) -> str:
    """A complaint of argparse in the language of what is printed.

    >>> with speaking("zh"):
    ...     refusal("argument --units: invalid int value: 'x'")
    '参数 --units：“x”不是整数'
    """
    if message_language() != "zh":
        return message
    if about := re.fullmatch(r"argument (.+?): (.+)", message, flags=re.S):
        return f"参数 {about[1]}：{refusal(about[2])}"
    for pattern, chinese in REFUSALS:
        if found := re.fullmatch(pattern, message, flags=re.S):
            return found.expand(chinese)
    return message


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are in the language of what is printed."""

    def __init__(self, *, description: str | None = None, **options: Any) -> None:
        options.setdefault("formatter_class", _Help)
        super().__init__(description=description and help_text(description), **options)

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:
        """Add an argument; its help is looked up."""
        if options.get("help"):
            options["help"] = help_text(options["help"])
        return super().add_argument(*names, **options)

    def add_argument_group(
        self, title: str | None = None, *rest: Any, **options: Any
    ) -> argparse._ArgumentGroup:
        """Add a group; its title is looked up."""
        return super().add_argument_group(title and help_text(title), *rest, **options)

    def language_option(self, *, help: str) -> None:
        """Take ``--language``, which the command line has read before."""
        self.add_argument(FLAG, choices=LANGUAGES, default=table_language(), help=help)

    def error(self, message: str) -> NoReturn:
        """Print usage and complaint; exit with 2."""
        self.print_usage(sys.stderr)
        wrong = refusal(message)
        self.exit(2, said(zh=f"{self.prog}：{wrong}\n", en=f"{self.prog}: error: {wrong}\n"))


class _Help(argparse.HelpFormatter):
    """Help as argparse lays it out; a line of Chinese holds half as many signs."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        prefix = said(zh="用法：", en="usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, _columns(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(text, _columns(text, width), indent)


def _columns(text: str, width: int) -> int:
    return width if text.isascii() else max(11, width * 3 // 5)
