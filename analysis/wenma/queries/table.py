"""What every query returns, and the queries by name.

A query is a module of this room with a function of the module's own name::

    NAME(data, *, by=None, headings=False, ...) -> Table

`data` is a `Dataset`; `by` an attribute of its documents, or several crossed.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from importlib import import_module
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Self,
    get_args,
    get_origin,
    get_type_hints,
)

from wenma.errors import QueryError
from wenma.records import Index

if TYPE_CHECKING:
    import pandas as pd

NAMES = (
    "documents",
    "quality",
    "copies",
    "reuse",
    "indicators",
    "frequency",
    "coverage",
    "attention",
    "cities",
    "periods",
    "cooccurrence",
    "matrix",
    "assessment",
    "stance_shift",
    "shift_pairs",
    "alignment",
    "pmc",
    "scores",
    "rules",
    "saturation",
    "robustness",
    "agreement",
    "sample_plan",
    "audit",
    "estimates",
    "differences",
    "scale_agreement",
    "overall_agreement",
    "confusion_matrix",
    "nvivo_comparison",
    "disagreement_list",
    "excerpts",
    "words",
    "keyness",
    "kwic",
    "collocates",
)
"""The queries, in the order a study asks them."""

COMMON = ("by", "headings", "where")
"""The parameters of every query, and `where`, which is applied before a query is asked."""
DESIGNED = ("audit", "estimates", "differences")
"""The queries that need units drawn with known chances and judged by people."""
COMPARED = "coders"
"""The option of those that compare coders."""

_KEYS = {"code": "code", "code_b": "also", "document": "document", "rule": "rule"}


class Note(str):
    """A sentence under a table, in English, that knows itself in Chinese.

    >>> note = Note("There are no codings.", zh="没有编码。")
    >>> note, note.zh
    ('There are no codings.', '没有编码。')
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        """Take the sentence in both languages."""
        note = super().__new__(cls, en)
        note.zh = zh
        return note

    # A str unpickles from its text alone; a note needs its Chinese too.
    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str knows one
        return str(self), self.zh


@dataclass(frozen=True, eq=False)
class Table:
    """The answer to one question.

    The frame's `code`, `code_b`, `group`, `period` and `document` columns are keys: with
    `drill_through` they lead from a row to the excerpts it counts. `notes` say why a
    number is nan and what to beware of; `basis` says what was counted and is
    printed under the table. A column in `also` counts only units that carry that
    further code: its numbers have a narrower way than their row's. A column in `elsewhere` counts
    another code, which stands in the column it names (and a rule of it, in a second). `groups`
    has the values behind the name of each group, one for each attribute of `by`; `index` is the
    codebook's, where the table is of one.
    """

    name: str
    frame: "pd.DataFrame"
    notes: tuple[Note, ...] = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    index: Index | None = None
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def drill_to(self) -> str:
        """The query a row leads to: words have their lines, codes their excerpts."""
        return "kwic" if "word" in self.frame else "excerpts"

    @property
    def by(self) -> str | None:
        """What the `group` column holds: "city", "city × year"; None without groups."""
        return self.basis.get("by")

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes the groups are of."""
        return tuple(self.by.split(" × ")) if self.by else ()

    def block(self, group: str) -> "Table":
        """The rows of one group, as a table of its own."""
        rows = self.frame[self.frame["group"] == group]
        return replace(self, frame=rows.reset_index(drop=True))

    def drill_through(self, row: int, column: str = "") -> dict[str, Any]:
        """The options with which `excerpts` shows what row number `row` counts.

        With a `column` of `also` or `elsewhere`, what that column of the row counts.

        These count as the table does: with headings or without, a code with the codes under
        it or alone. A word leads to its lines in `kwic` (see `drill_to`), a collocate to the
        lines of the node that have it near. `where` holds the attributes of the row's group.
        An empty cell is not a key. QueryError where meetings were left out that share their
        words: no question shows the others alone.
        """
        if self.basis.get("overlapping") == "left out":
            raise QueryError(
                "meetings on the same characters are left out here, and excerpts cannot leave "
                "them out",
                cure="Ask the table without disjoint to see its excerpts",
                zh="此表不计依据同一字词的共现，原文摘录无法同样略去。请去掉 disjoint 再查看原文。",
            )
        cells = self.frame.iloc[row]
        if self.name == "confusion_matrix":
            raise QueryError(
                "excerpts cannot show what one coder gave where another gave something else",
                cure=f"Ask disagreement_list --code {cells['code']}",
                zh="原文摘录无法显示两位编码者各给了什么。请问 disagreement_list（编码分歧清单）。",
            )
        options: dict[str, Any] = {
            name: str(cells[column])
            for column, name in _KEYS.items()
            if column in cells and str(cells[column])
        }
        if where := self._where(cells):
            options["where"] = where
        if self.basis.get("headings") == "counted":
            options["headings"] = True
        if "under" in self.basis:
            options["under"] = self.basis["under"]
        if self.basis.get("children") == "apart":
            options["children"] = False
        if "also" in options:
            near = {name: self.basis.get(name) for name in ("window", "within")}
            options |= {name: said for name, said in near.items() if said and said != "unit"}
        if column in self.elsewhere:
            # Another code, or nothing where the row names none.
            keys = zip(("code", "rule"), self.elsewhere[column], strict=False)
            options |= {name: str(cells[key]) for name, key in keys}
        if column in self.also:
            options["also"] = [*filter(None, [options.get("also")]), self.also[column]]
        if self.drill_to == "kwic":
            options |= self._lines(str(cells["word"]))
        return options

    def _where(self, cells: Any) -> dict[str, str]:
        """What the documents of a row have in common: the attributes of its group."""
        where: dict[str, str] = {}
        if "group" in cells:
            name = str(cells["group"])
            if "group_b" in cells:  # attributes in rows and in columns, as a matrix may have
                crossed = " · ".join(one or "—" for one in (name, str(cells["group_b"])))
                name = crossed if crossed in self.groups else name
            if name or "" in self.groups or not self.groups:  # else the row names no group
                values = self.groups.get(name, (name,))
                where = dict(zip(self.attributes, values, strict=True))
        # Beside a document, its period only describes it, and may be unknown.
        if "period" in cells and "document" not in cells:
            where["period"] = str(cells["period"])
        return where

    def _lines(self, word: str) -> dict[str, Any]:
        """The options with which `kwic` shows a word, or a node with the word near it."""
        said = self.basis
        lines: dict[str, Any] = {"pattern": word, "whole": True, "limit": 0}
        if "pattern" in said:
            lines = {
                "pattern": said["pattern"],
                "regex": "regex" in said,
                "whole": "whole" in said,
                "near": word,
                "window": said["window"].removeprefix("±"),
                "limit": 0,
            } | ({"code": said["code"]} if "code" in said else {})
        if said.get("boilerplate") == "left out":
            lines["boilerplate"] = False
        return lines


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a query, as the command line and the documentation show it."""

    name: str
    kind: Literal["text", "list", "flag", "choice"]
    default: Any
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query by its name: the function, its first line, and its options beyond the common ones."""

    name: str
    function: Callable[..., Table]
    summary: str
    options: tuple[Option, ...]

    @property
    def designed(self) -> bool:
        """Can it be asked of a judged sample, or of nothing else?"""
        return self.name in DESIGNED or any(one.name == "corrected" for one in self.options)

    @property
    def compares(self) -> bool:
        """Does it set coders against each other, so that their codings must stay apart?"""
        return any(option.name == COMPARED for option in self.options)


def query(name: str) -> Query:
    """The query of that name; QueryError when there is none.

    >>> [option.name for option in query("matrix").options]
    ['rows', 'columns', 'disjoint']
    """
    if name not in NAMES:
        raise QueryError(
            f'there is no query "{name}"', cure=nearest(name, NAMES), zh=f"没有查询“{name}”。"
        )
    function = getattr(import_module(f"wenma.queries.{name}"), name)
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    options = tuple(
        _option(parameter.name, hints[parameter.name], parameter.default)
        for parameter in parameters
        if parameter.name not in COMMON
    )
    summary = (inspect.getdoc(function) or "").partition("\n")[0]
    return Query(name, function, summary, options)


def queries() -> tuple[Query, ...]:
    """Every query, in the order a study asks them."""
    return tuple(query(name) for name in NAMES)


def _option(name: str, hint: Any, default: Any) -> Option:
    kind, text = get_args(hint)[:2] if get_origin(hint) is Annotated else (hint, "")
    if kind is bool:
        return Option(name, "flag", default, (), text)
    if get_origin(kind) is Literal:
        return Option(name, "choice", default, get_args(kind), text)
    return Option(name, "list" if get_origin(kind) is Sequence else "text", default, (), text)


def nearest(word: str, choices: Iterable[str]) -> Note:
    """The next step after a word that is not there.

    >>> nearest("stage/resits", ["stage/resist", "layer/actor"])
    'Did you mean "stage/resist"?'
    >>> nearest("气候", ["stage", "layer"])
    'There are: stage, layer'
    """
    known = list(choices)
    if close := get_close_matches(word, known, n=1, cutoff=0.6):
        return Note(f'Did you mean "{close[0]}"?', zh=f"是否想写“{close[0]}”？")
    if not known:
        return Note("There are none", zh="一个也没有。")
    shown, more = ", ".join(choice or '""' for choice in known[:12]), " …" * (len(known) > 12)
    return Note(f"There are: {shown}{more}", zh=f"现有：{shown}{more}")
