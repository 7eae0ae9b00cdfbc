"""A project seen through one coder: the frames every query takes, and the codebook behind them."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from analysis import __version__
from analysis.codebook.yaml_file import parse_codebook
from analysis.errors import ProjectError
from analysis.project.frames import codes_frame, codings_frame, documents_frame, units_frame
from analysis.project.store import Project
from analysis.records import Codebook

if TYPE_CHECKING:
    from pandas import DataFrame


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


def open_study(project: Project, *, coder: str | None = None, with_units: bool = False) -> Study:
    """The study of one coder; of the codebook used last unless another is named."""
    books = project.codebooks()
    if not books:
        raise ProjectError(
            "holds no codings yet",
            file=project.name,
            cure=f"Make some: wenma code FOLDER --codebook FILE --project {project.name}",
        )
    coder = coder or books[-1].coder
    known = list(dict.fromkeys([*project.coders(), *(book.coder for book in books)]))
    if coder not in known:
        near = get_close_matches(coder, known, n=1)
        raise ProjectError(
            f"has no codings by {coder!r}",
            file=project.name,
            cure=f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}",
        )
    # A person codes with the codebook in use; a version of the rules with its own.
    book = next((b for b in reversed(books) if b.coder == coder), books[-1])
    codebook = parse_codebook(book.text, file=f"{project.name}: {book.coder}")
    codings, documents = codings_frame(project, coder=coder), documents_frame(project)
    units = units_frame(project) if with_units else None
    every = len(documents)
    if coder == book.coder:
        coded = project.coded_with(book)
        documents = documents[documents["document"].isin(coded)].reset_index(drop=True)
        codings = codings[codings["document"].isin(coded)].reset_index(drop=True)
        if units is not None:
            units = units[units["document"].isin(coded)].reset_index(drop=True)
    return Study(
        project=project.name,
        coder=coder,
        codebook=codebook,
        codings=codings,
        documents=documents,
        codes=codes_frame(codebook),
        uncoded=every - len(documents),
        unit_size="; ".join(sorted(project.unit_sizes(documents["document"]))),
        units=units,
    )
