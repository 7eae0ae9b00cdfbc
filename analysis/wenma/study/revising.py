"""Another version of a codebook on the documents a study holds: tried, then put to use."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wenma.codebook.yaml_file import parse_kept_codebook
from wenma.errors import ProjectError
from wenma.records import Codebook
from wenma.store.carrying import Carried, carry_over, every_path
from wenma.store.recoding import Trial, recode, trial
from wenma.study.clock import now

if TYPE_CHECKING:
    from wenma.study.study import Study


class Revision(NamedTuple):
    """What a version would change against the one used last; nothing is written yet."""

    codebook: Codebook
    against: str
    paths: Mapping[str, str]
    trial: Trial


def try_codebook(
    study: "Study", codebook: Codebook, *, carry: Mapping[str, str] | None = None, most: int = 20
) -> Revision:
    """What a changed codebook would code otherwise; `carry` says where codes have gone."""
    books = [one for one in study.project.codebooks() if one.used]
    if not books:
        raise ProjectError(
            "holds no codings yet",
            file=study.name,
            cure="Code it first: wenma code",
            zh="还没有编码。请先用 wenma code 编码。",
        )
    last = books[-1]
    before = parse_kept_codebook(last.text, file=f"{study.name}: {last.coder}")
    paths = every_path(dict(carry or {}), before, codebook)
    found = trial(study.project, codebook, against=last.coder, paths=paths, most=most)
    return Revision(codebook, last.coder, paths, found)


def revise(
    study: "Study",
    revision: Revision,
    *,
    person: str = "",
    seen: Callable[[str], None] = lambda _: None,
) -> Carried | int:
    """Code the documents with the new version; how many, or what was carried over.

    With a `person` it is an act of theirs, which can be undone, and what people coded follows
    its codes to where they have gone.
    """
    study.access.demand("supervisor")
    done: Carried | int
    if person:
        done = carry_over(
            study.project, revision.codebook, revision.paths, person=person, now=now, seen=seen
        )
    else:
        done = recode(study.project, revision.codebook, now=now, seen=seen).documents
    study.forget()
    return done
