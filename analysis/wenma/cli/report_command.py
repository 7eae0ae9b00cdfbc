"""wenma report: one file with the tables, figures and methods of a study."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wenma.cli.messages import listed, said
from wenma.cli.query_command import coder_option

if TYPE_CHECKING:
    from wenma.publish.labels import Language
    from wenma.publish.report import Report
    from wenma.reliability.validation import Validated
    from wenma.store.project import Project
    from wenma.study.opened_study import Study

HELP = "write the study's tables, figures and methods into one file (.html or .docx)"

ENDINGS = (".html", ".htm", ".docx")
"""What can be written."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.db --output FILE [--language] [--title] [--gold] [--coder]."""
    parser.add_argument("project", metavar="FILE.db")
    parser.add_argument("--output", required=True, type=Path, metavar="FILE.html|FILE.docx")
    parser.add_argument("--title", default="", metavar="TEXT", help="default: the codebook's name")
    parser.add_argument(
        "--gold",
        type=Path,
        metavar="FILE.jsonl",
        help="a reference coding: how the rules of the codebook do on it (A13)",
    )
    coder_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the report and say how large it is."""
    from wenma.errors import UsageError

    output: Path = options.output
    if output.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{output.name!r} does not tell the kind of report",
            cure="End it in .html or .docx.",
            zh=f"由文件名“{output.name}”看不出报告的格式，请以 .html 或 .docx 结尾。",
        )
    from wenma.store.project import Project

    with Project.open(options.project) as project:
        made = made_report(
            project,
            coder=options.coder,
            language=options.language,
            headline=options.title,
            gold=options.gold,
        )
    size = write_report(made, output)
    empty = [one.id for one in made.sections if not one.items]
    megabytes = f"{size / 1e6:.1f} MB"
    print(
        said(
            zh=f"报告已写入 {output}（{megabytes}）", en=f"the report is in {output} ({megabytes})"
        )
    )
    if empty:
        names = listed(empty)
        print(
            said(
                zh=f"此项目无法填入、原因见报告：{names}",
                en=f"not filled by this project, with the reason inside: {names}",
            )
        )
    return 0


def made_report(
    project: "Project",
    *,
    coder: Sequence[str] | None = None,
    language: "Language" = "zh",
    headline: str = "",
    gold: Path | None = None,
) -> "Report":
    """The report of a project as it is now; `gold` is the file of a reference coding."""
    from wenma.reliability.validation import validated
    from wenma.sources.reading import read_bytes
    from wenma.study.opened_study import open_study

    # Before the long work: a reference that cannot be read is told at once.
    content = read_bytes(gold) if gold else None
    study = open_study(project, coder=coder, with_units=True)
    cities = dict(zip(study.documents["document"], study.documents["city"], strict=True))
    reference = (
        validated(study.codebook, content, file=gold, cities=cities) if gold and content else None
    )
    sizes = project.unit_sizes(study.documents["document"])
    return report_of(
        study,
        compared=people_apart(project),
        unit_size=max(sizes, key=lambda size: sizes[size], default="sentence"),
        coders=project.coders(),
        language=language,
        headline=headline,
        reference=reference,
    )


def people_apart(project: "Project") -> "Study | None":
    """The study of all people of a project, each coding a row of its own; None of fewer than two.

    On the units of the task they share, where they share one: on others nobody was asked.
    """
    from wenma.records import people
    from wenma.store.annotations import at_work
    from wenma.store.task_units import on_units, shared_tasks
    from wenma.study.opened_study import open_study

    persons = people(at_work(project))
    if len(persons) < 2:
        return None
    study = open_study(project, coder=persons, with_units=True, apart=True)
    shared = shared_tasks(project, persons)
    return on_units(study, set.union(*shared.values())) if shared else study


def report_of(
    study: "Study",
    *,
    compared: "Study | None" = None,
    unit_size: str,
    coders: Iterable[str],
    language: "Language" = "zh",
    headline: str = "",
    reference: "Validated | None" = None,
) -> "Report":
    """The report of a study that holds its units; `coders` are all who coded in the project.

    `compared` is the study of its people apart, for their agreement.
    """
    from wenma.cli import clock
    from wenma.cli.query_command import ask
    from wenma.interchange.bundle import versions
    from wenma.publish.report import report
    from wenma.records import people

    return report(
        study,
        lambda asked, **chosen: ask(
            compared if asked.compares and compared else study, asked, **chosen
        ),
        unit_size=unit_size,
        versions=versions(),
        date=clock.now()[:10],
        people=people(coders),
        language=language,
        headline=headline,
        reference=reference,
    )


def write_report(made: "Report", output: Path) -> int:
    """Write the report as its file's ending says; the size in bytes."""
    from wenma.publish.file_writing import write_file

    if output.suffix.lower() == ".docx":
        from wenma.publish.report_docx import report_docx

        content = report_docx(made)
    else:
        from wenma.publish.report_html import report_html

        content = report_html(made).encode()
    write_file(content, output)
    return len(content)
