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
    from wenma.errors import WenmaError
    from wenma.publish.table_files import table_content
    from wenma.shipped import shipped
    from wenma.study.study import Study

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
    with Study.open(file) as study:
        report = folder / "report.html"
        study.report(report, language=language)
        for name, chosen in TABLES:
            answer = study.ask(name, **chosen)
            stem = "-".join([name, *chosen.values()])
            answer.save(folder / f"{stem}.xlsx", language=language)
            if name in ("frequency", "matrix") and not chosen:
                print()
                print(table_content(answer, "md", codes=answer.codes, language=language))
    print(
        said(
            zh=f"报告，含全部图和每个数字背后的句子：{report}\n"
            f"表格在 {folder} 中。打开浏览器：wenma app {file}",
            en=f"The report, with every figure and the sentences behind each number: {report}\n"
            f"The tables are in {folder}. Open the browser with: wenma app {file}",
        )
    )
    return code
