"""A project seen through its coders: the frames every query takes, and the codebook behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from wenma.codebook.yaml_file import parse_kept_codebook
from wenma.errors import ProjectError
from wenma.records import Codebook, Evidence
from wenma.store.annotations import at_work
from wenma.store.frames import codes_frame, codings_frame, documents_frame, units_frame
from wenma.store.project import Project
from wenma.version import __version__

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True, eq=False)
class Study:
    """What a question is asked of.

    Documents the coder has not coded yet are in no frame: a code that was never
    looked for there is not absent. `uncoded` says how many they are. `units`,
    the sentences with their text, are there only when asked for.
    """

    project: str
    coder: str
    codebook: Codebook
    codings: "DataFrame"
    documents: "DataFrame"
    codes: "DataFrame"
    uncoded: int = 0
    unit_size: str = ""
    units: "DataFrame | None" = None

    @property
    def everywhere(self) -> list[str]:
        """Codes that are considered whatever a unit is about, such as stances."""
        return [one.path for one in self.codebook.codes if one.everywhere]

    @property
    def basis(self) -> dict[str, str]:
        """Where numbers of this study come from, to print under a table."""
        return {
            "project": self.project,
            "codebook": f"{self.codebook.id} {self.codebook.version}",
            "coder": self.coder,
            "unit_size": self.unit_size,
            "software": f"wenma {__version__}",
            "uncoded": str(self.uncoded or ""),
        }


def open_study(
    project: Project,
    *,
    coder: str | Sequence[str] | None = None,
    with_units: bool = False,
    apart: bool = False,
) -> Study:
    """The study of one coder; of the codebook used last unless another is named.

    Several coders are asked as one: what two of them coded alike, the same
    stretch with the same code, is one reference; `apart` leaves it two, to compare
    them. Codes and their names are then those of the first coder that is a
    codebook, or of the codebook used last.
    """
    books = project.codebooks()
    if not books:
        raise ProjectError(
            "holds no codings yet",
            file=project.name,
            cure=f"Make some: wenma code FOLDER --codebook FILE --project {project.name}",
            zh="还没有编码。请先编码：wenma code 文件夹 --codebook 编码本.yaml "
            f"--project {project.name}",
        )
    named = [coder] if isinstance(coder, str) else [*dict.fromkeys(coder or ())]
    named = named or [books[-1].coder]
    _refuse_strangers(project, named, [book.coder for book in books])
    # A person codes with the codebook in use; a version of the rules with its own.
    latest = {book.coder: book for book in books}
    rules = [latest[one] for one in named if one in latest]
    book = rules[0] if rules else books[-1]
    codebook = parse_kept_codebook(book.text, file=f"{project.name}: {book.coder}")
    codings, documents = codings_frame(project, coder=named), documents_frame(project)
    units = units_frame(project) if with_units else None
    every = len(documents)
    for rule in rules:  # a code that one of them never looked for is not absent
        coded = project.coded_with(rule)
        documents = documents[documents["document"].isin(coded)]
    if rules:
        seen = set(documents["document"])
        documents = documents.reset_index(drop=True)
        codings = codings[codings["document"].isin(seen)].reset_index(drop=True)
        if units is not None:
            units = units[units["document"].isin(seen)].reset_index(drop=True)
    return Study(
        project=project.name,
        coder=" + ".join(named),
        codebook=codebook,
        codings=once(codings) if len(named) > 1 and not apart else codings,
        documents=documents,
        codes=codes_frame(codebook),
        uncoded=every - len(documents),
        unit_size="; ".join(sorted(project.unit_sizes(documents["document"]))),
        units=units,
    )


def once(codings: "DataFrame") -> "DataFrame":
    """Codings of several coders, the same stretch with the same code told once.

    `coder`, `rule` and `evidence` of such a row join what each coder had, with "; ".
    """
    same = ["document", "start", "end", "code"]
    if not codings.duplicated(same).any():
        return codings
    joined = dict.fromkeys(("coder", "rule", "evidence"), _joined) | {"evidence_spans": _strung}
    joined = {column: join for column, join in joined.items() if column in codings}
    rest = {column: "first" for column in codings.columns if column not in (*same, *joined)}
    # In the order they come: by document and place.
    merged = codings.groupby(same, sort=False, as_index=False).agg({**rest, **joined})
    return merged[[*codings.columns]].astype(codings.dtypes.to_dict())


def _strung(parts: "Series[Any]") -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def _joined(parts: "Series[str]") -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _refuse_strangers(project: Project, named: Sequence[str], books: Sequence[str]) -> None:
    known = list(dict.fromkeys([*at_work(project), *books]))
    for coder in named:
        if coder in known:
            continue
        near = get_close_matches(coder, known, n=1)
        raise ProjectError(
            f"has no codings by {coder!r}",
            file=project.name,
            cure=f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}",
            zh=f"没有 {coder} 的编码。"
            + (f"是否想写 {near[0]}？" if near else f"现有：{'、'.join(known)}"),
        )
