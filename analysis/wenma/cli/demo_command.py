"""wenma demo: the main job on the sample corpus, so that a newcomer sees what comes out."""

import argparse
from pathlib import Path
from typing import Any

HELP = "code the sample corpus of seven invented cities and show the first tables"

TABLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("documents", {}),
    ("frequency", {}),
    ("matrix", {}),
    ("matrix", {"rows": "stage", "columns": "city"}),
    ("cooccurrence", {}),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """[DIR]."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("wenma-demo"),
        metavar="DIR",
        help="where the project and the tables go (default: wenma-demo)",
    )


def run(options: argparse.Namespace) -> int:
    """Code the samples into DIR/sample.db, write tables and report beside it, print two tables."""
    from wenma.cli.code_command import code_and_tell
    from wenma.cli.query_command import ask
    from wenma.cli.report_command import made_report, write_report
    from wenma.errors import WenmaError
    from wenma.publish.table_files import save_table, table_content
    from wenma.queries.table import query
    from wenma.shipped import shipped
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    folder: Path = options.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WenmaError(
            f"cannot be made ({error.strerror})", file=folder, cure="Name another folder."
        ) from None
    file = folder / "sample.db"
    code = code_and_tell(
        [shipped("corpus")], codebook=shipped("codebooks") / "resilience.yaml", project=str(file)
    )
    with Project.open(file) as project:
        study = open_study(project)
        report = folder / "report.html"
        write_report(made_report(project), report)
    for name, chosen in TABLES:
        table = ask(study, query(name), **chosen)
        stem = "-".join([name, *chosen.values()])
        save_table(table, folder / f"{stem}.xlsx", codes=study.codes)
        if name in ("frequency", "matrix") and not chosen:
            print()
            print(table_content(table, "md", codes=study.codes))
    print(f"The report, with every figure and the sentences behind each number: {report}")
    print(f"Tables are in {folder}. Open the browser with: wenma app {file}")
    return code
