"""A study becomes a report, each artefact asked of the codebook that can fill it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import QueryError, UsageError, WenmaError
from wenma.queries.table import Query, Table
from wenma.records import people
from wenma.store.annotations import at_work
from wenma.store.coding_times import coding_times
from wenma.study.choice import choose, latest_books
from wenma.study.clock import now
from wenma.study.judging import with_judged
from wenma.study.outlines import whole_codebook

if TYPE_CHECKING:
    from wenma.publish.labels import Language
    from wenma.publish.report import CodedAt, Report
    from wenma.publish.reported import Reported
    from wenma.records import Codebook
    from wenma.store.project import StoredCodebook
    from wenma.study.study import Study

ENDINGS = (".html", ".docx")


def write_report(
    study: "Study",
    path: Path,
    *,
    coder: str | Sequence[str] | None = None,
    codebook: str | None = None,
    gold: str | Path | None = None,
    title: str = "",
    language: "Language" = "zh",
) -> list[str]:
    """Write the report of a study; the artefacts that this project cannot fill."""
    from wenma.publish.file_writing import write_file

    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path.name!r} is not the name of a report",
            cure="A report ends in .html or .docx.",
            zh=f"{path.name} 不是报告的文件名：报告以 .html 或 .docx 结尾。",
        )
    made = report_of(
        study, coder=coder, codebook=codebook, gold=gold, title=title, language=language
    )
    if path.suffix.lower() == ".docx":
        from wenma.publish.report_docx import report_docx

        write_file(report_docx(made), path)
    else:
        from wenma.publish.report_html import report_html

        write_file(report_html(made), path)
    return [one.id for one in made.sections if not one.items]


def report_of(
    study: "Study",
    *,
    coder: str | Sequence[str] | None = None,
    codebook: str | None = None,
    gold: str | Path | None = None,
    title: str = "",
    language: "Language" = "zh",
) -> "Report":
    """The report of a study as it is now; `gold` is the file of a reference coding."""
    from wenma.interchange.bundle import versions
    from wenma.publish.report import report
    from wenma.publish.reported import Reported
    from wenma.reliability.validation import validated
    from wenma.sources.listings.opening import read_bytes

    # Before the long work: a reference that cannot be read is told at once.
    content = read_bytes(Path(gold)) if gold else None
    first = choose(study.project, coder=coder, codebook=codebook, hidden=study.hidden)
    choices = [first]
    if coder is None and codebook is None:  # every other codebook fills what the first cannot
        choices += [
            choose(study.project, coder=one.coder, hidden=study.hidden)
            for one in latest_books(study.project.codebooks())
            if one.name != first.stored.name
        ]
    studies = [
        Reported(
            with_judged(study, study.dataset(one).where(study.filters)),
            whole_codebook(study.project, one.stored),
            _before(study, one.stored),
            one.stored.added[:10],
        )
        for one in choices
    ]
    coders = {one.key: choice for one, choice in zip(studies, choices, strict=True)}
    main = studies[0]
    cities = dict(zip(main.documents["document"], main.documents["city"], strict=True))
    reference = (
        validated(main.codebook, content, file=Path(gold), cities=cities)
        if gold and content
        else None
    )

    def ask(asked: Query, *, codebook: str = "", **options: Any) -> Table:
        """Ask the codebook that is named, else the first that can answer."""
        if asked.compares:
            return study.ask(asked.name, task=_task(study), **options)
        refused: WenmaError | None = None
        for key in [codebook] if codebook else [*coders]:
            try:
                return study.ask(
                    asked.name, coder=coders[key].asked, codebook=_named(key), **options
                )
            except QueryError as error:
                refused = refused or error
        assert refused is not None  # there is at least one codebook
        raise refused

    sizes = study.project.unit_sizes(main.documents["document"])
    return report(
        studies,
        ask,
        unit_size=max(sizes, key=lambda size: sizes[size], default="sentence"),
        versions=versions(),
        date=now()[:10],
        people=[one for one in people(at_work(study.project)) if one not in study.hidden],
        language=language,
        headline=title,
        reference=reference,
        made=_coded_at(study, first.coders),
        compared=_compared(study),
    )


def _coded_at(study: "Study", coders: Sequence[str]) -> "CodedAt":
    """When a passage of these coders got its code; a document's times are read when asked."""

    @cache
    def times(document: str) -> dict[tuple[int, int, str], str]:
        return coding_times(study.project, document, coders)

    def made(place: tuple[str, int, int, str]) -> str:
        document, start, end, code = place
        return times(document).get((start, end, code), "")[:19].replace("T", " ")

    return made


def _named(key: str) -> str:
    return "@".join(key.rsplit(" ", 1))


def _before(study: "Study", stored: "StoredCodebook") -> "Codebook | None":
    """The version of the codebook that the project took in before this one."""
    same = [one for one in study.project.codebooks() if one.name == stored.name]
    earlier = sorted((one for one in same if one.id < stored.id), key=lambda one: one.id)
    return whole_codebook(study.project, earlier[-1]) if earlier else None


def _compared(study: "Study") -> "Reported | None":
    """The codings of the people whose agreement is asked, on the units it is asked of."""
    from wenma.publish.reported import Reported
    from wenma.study.task_units import on_tasks, shared_tasks

    project = study.project
    persons = [one for one in people(at_work(project)) if one not in study.hidden]
    if len(persons) < 2:
        return None
    choice = choose(project, coder=persons, hidden=study.hidden)
    data = study.dataset(choice).where(study.filters)
    task = _task(study)
    if tasks := [task] if task else [*shared_tasks(project, persons)]:
        data = on_tasks(project, data, tasks, persons)
    return Reported(data, whole_codebook(project, choice.stored))


def _task(study: "Study") -> str | None:
    """On the units of the task people share, where they share one: on others nobody was asked."""
    from wenma.study.task_units import shared_tasks

    persons = [one for one in people(at_work(study.project)) if one not in study.hidden]
    shared = shared_tasks(study.project, persons)
    return next(iter(shared)) if len(shared) == 1 else None
