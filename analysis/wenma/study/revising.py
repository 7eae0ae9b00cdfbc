"""Another version of a codebook on the documents a study holds: tried, then put to use."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from wenma.codebook.yaml_file import parse_kept_codebook
from wenma.coding.examples import failing_examples as failing_examples
from wenma.errors import ProjectError
from wenma.records import Codebook
from wenma.store.carrying import VERB, Carried, carry_over, every_path
from wenma.store.recoding import Trial as Trial
from wenma.store.recoding import recode, trial
from wenma.study.clock import now

if TYPE_CHECKING:
    from wenma.study.study import Study


REVISE_VERB = VERB
"""What the act is called with which a version of a codebook is put to use."""


class Revision(NamedTuple):
    """What a version would change against the one used last; nothing is written yet."""

    codebook: Codebook
    against: str
    paths: Mapping[str, str]
    trial: Trial


def try_codebook(
    study: "Study",
    codebook: Codebook,
    *,
    carry: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
    most: int = 20,
) -> Revision:
    """What a changed codebook would code otherwise than its version used last.

    `carry` says where codes have gone, those under them going with them; `paths` says it of
    every single code that has gone anywhere, "" for nowhere.
    """
    books = [one for one in study.project.codebooks() if one.used]
    if not books:
        raise ProjectError(
            "holds no codings yet",
            file=study.name,
            cure="Code it first: wenma code",
            zh="还没有编码。请先用 wenma code 编码。",
        )
    last = ([one for one in books if one.name == codebook.id] or books)[-1]
    before = parse_kept_codebook(last.text, file=f"{study.name}: {last.coder}")
    if paths is None:
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
    if person:
        return put_to_use(study, revision.codebook, revision.paths, person=person, seen=seen)
    done = recode(study.project, revision.codebook, now=now, seen=seen).documents
    study.forget()
    return done


def put_to_use(
    study: "Study",
    codebook: Codebook,
    paths: Mapping[str, str],
    *,
    person: str,
    seen: Callable[[str], None] = lambda _: None,
) -> Carried:
    """Code the documents with a version nobody has tried first, as an act of a person.

    `paths` says where codes of the version before have gone, "" for nowhere; role supervisor.
    """
    study.access.demand("supervisor")
    done = carry_over(study.project, codebook, paths, person=person, now=now, seen=seen)
    study.forget()
    return done
