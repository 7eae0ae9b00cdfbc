"""wenma demo: the main job on the sample corpus, so that a newcomer sees what comes out."""

import argparse
from pathlib import Path
from typing import Any

from wenma.cli.messages import said, table_language

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
    from wenma.cli.writing import write
    from wenma.errors import WenmaError
    from wenma.publish.table_files import markdown_text, xlsx_bytes
    from wenma.queries.table import query
    from wenma.shipped import shipped
    from wenma.store.project import Project
    from wenma.study.opened_study import open_study

    folder: Path = options.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WenmaError(
            f"cannot be made ({error.strerror})",
            file=folder,
            cure="Name another folder.",
            zh=f"文件夹无法建立（{error.strerror}），请换一个位置。",
        ) from None
    file, language = folder / "sample.db", table_language()
    code = code_and_tell(
        [shipped("corpus")], codebook=shipped("codebooks") / "resilience.yaml", project=str(file)
    )
    with Project.open(file) as project:
        study = open_study(project)
        report = folder / "report.html"
        write_report(made_report(project, language=language), report)
    for name, chosen in TABLES:
        table = ask(study, query(name), **chosen)
        stem = "-".join([name, *chosen.values()])
        write(xlsx_bytes(table, codes=study.codes, language=language), folder / f"{stem}.xlsx")
        if name in ("frequency", "matrix") and not chosen:
            print()
            print(markdown_text(table, codes=study.codes, language=language))
    print(
        said(
            zh=f"报告，含全部图和每个数字背后的句子：{report}\n"
            f"表格在 {folder} 中。打开浏览器：wenma app {file}",
            en=f"The report, with every figure and the sentences behind each number: {report}\n"
            f"The tables are in {folder}. Open the browser with: wenma app {file}",
        )
    )
    return code
