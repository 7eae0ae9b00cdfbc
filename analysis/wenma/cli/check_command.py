"""wenma check: is a codebook sound, what changed, and how do its rules do on texts?"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import said
from wenma.publish.file_writing import write_file

if TYPE_CHECKING:
    from wenma.codebook.versions import Change
    from wenma.coding.examples import Finding
    from wenma.records import Codebook

HELP = "check a codebook: its form, its examples, what changed, and how its rules do on texts"


def arguments(parser: argparse.ArgumentParser) -> None:
    """CODEBOOK [--against OTHER] [--output FILE] [--corpus PATH...] [--gold FILE], --schema."""
    parser.add_argument(
        "codebook", nargs="?", metavar="CODEBOOK", help="a codebook; or a project: is it whole?"
    )
    parser.add_argument("--against", type=Path, metavar="OTHER", help="an older version")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="print the codebook: .docx, .tex, .md, .xlsx"
    )
    parser.add_argument(
        "--corpus", nargs="+", metavar="PATH", help="try the rules on files, folders or a project"
    )
    parser.add_argument(
        "--gold", type=Path, metavar="FILE.jsonl", help="judge each rule by a reference coding"
    )
    parser.add_argument(
        "--log", type=Path, metavar="FILE.csv", help="keep what each rule did, one row a rule"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of codebook files"
    )


def run(options: argparse.Namespace) -> int:
    """Print what is wrong or worth knowing; 1 when an example fails."""
    from wenma.errors import UsageError

    if options.schema:
        from wenma.codebook.schema import json_schema

        print(json_schema(), end="")
        return 0
    if options.codebook is None:
        raise UsageError(
            "no codebook is named",
            cure="Try: wenma check codebooks/resilience.yaml",
            zh="没有给出编码本，可试：wenma check codebooks/resilience.yaml",
        )
    if options.log and not (options.corpus or options.gold):
        raise UsageError(
            "--log has nothing to keep",
            cure="Add --corpus FOLDER or --gold FILE.jsonl.",
            zh="--log 没有可保存的内容，请加 --corpus 文件夹 或 --gold 文件.jsonl。",
        )

    if _is_project(options.codebook):
        return _check_project(options.codebook, options.format)
    options.codebook = Path(options.codebook)

    from wenma.cli.check_report import as_json, log, report_lines, warning_lines
    from wenma.study.codebook_check import check_codebook

    check = check_codebook(options.codebook, against=options.against)
    if options.output:
        from wenma.cli.messages import message_language
        from wenma.study.codebook_check import print_codebook

        print_codebook(check, options.output, language=message_language())
    codebook, findings = check.codebook, check.findings
    measured = watched = None
    if options.corpus or options.gold:
        # Only here is more than a codebook read, and only here does it take a while.
        from wenma.cli import clock
        from wenma.study import codebook_trial as trial

        measured = trial.measured(options.gold, codebook) if options.gold else None
        if options.corpus:
            texts = trial.trial_texts(options.corpus, codebook)
            with clock.progress(texts.total, quiet=options.format == "json") as step:
                watched = trial.watched(texts, codebook, seen=step)
    rows = log(codebook, measured, watched)
    if options.log:
        _keep(rows, options.log)
    if options.format == "json":
        told = as_json(check, measured, watched)
        print(json.dumps(told | {"rules": rows}, ensure_ascii=False, allow_nan=False, indent=2))
        return 1 if findings else 0
    for lines in (
        _sound(options.codebook, codebook, findings),
        _changed(check.changes),
        report_lines(measured, watched),
        warning_lines(check.warnings, watched, options.codebook),
    ):
        for line in lines:
            print(line)
    if findings:
        line = said(
            zh="规则与例句不一致，请改正其一。",
            en="the rules and the examples disagree; mend one of them.",
        )
        print(f"wenma: {line}", file=sys.stderr)
    return 1 if findings else 0


def _is_project(where: str) -> bool:
    return "://" in where or where.endswith((".db", ".sqlite", ".wenma"))


def _check_project(where: str, form: str) -> int:
    """Say what of a project is not as it was stored; 1 when anything is not."""
    from wenma.cli.messages import message_language
    from wenma.study.study import Study

    with Study.open(where) as study:
        found, count = study.damages(), len(study.document_ids())
    language = message_language()
    told = [{"of": one.of, "part": one.part.in_language(language)} for one in found]
    if form == "json":
        print(json.dumps({"documents": count, "damaged": told}, ensure_ascii=False, indent=2))
        return 1 if found else 0
    for one in told:
        of = f"{one['of']}: " if one["of"] else ""
        print(said(zh=f"已损坏：{of}{one['part']}", en=f"damaged: {of}{one['part']}"))
    if found:
        line = said(
            zh="请取回先前的副本，或把原文件重新编码到新项目。",
            en="bring back a copy made before, or code the files again into a new project.",
        )
        print(f"wenma: {line}", file=sys.stderr)
        return 1
    print(
        said(
            zh=f"{where} 完好：{count:,} 份文件的正文、章节、单元、编码与依据均与存入时相同",
            en=f"{where} is whole: text, sections, units, codings and evidence of its {count:,}"
            " documents are as they were stored",
        )
    )
    return 0


def _sound(file: Path, codebook: "Codebook", findings: "Sequence[Finding]") -> Iterator[str]:
    for one in findings:
        wrong = (
            said(zh="例句未编码", en="example is not coded")
            if one.expected
            else said(zh="反例被编码", en="near miss is coded")
        )
        yield said(
            zh=f"{file}，第 {one.line} 行：{one.code}：{wrong}：{one.sentence}（{one.why}）",
            en=f"{file}, line {one.line}: {one.code}: {wrong}: {one.sentence} ({one.why})",
        )
    for code in codebook.codes:
        for lack in _lacks(code.definition, code.rules, code.examples, code.near_misses):
            yield said(
                zh=f"{file}，第 {code.line} 行：{code.path}：{lack}",
                en=f"{file}, line {code.line}: {code.path}: has {lack}",
            )
    tried = sum(len(code.examples) + len(code.near_misses) for code in codebook.codes)
    rules = sum(len(code.rules) for code in codebook.codes)
    codes, right = len(codebook.codes), tried - len(findings)
    yield said(
        zh=f"{codebook.zh} {codebook.version}：{codes} 个编码，{rules} 条规则，"
        f"{tried} 个例句和反例中 {right} 个符合",
        en=f"{codebook.zh} {codebook.version}: {codes} codes, {rules} rules,"
        f" {right} of {tried} examples and near misses as they should be",
    )


def _lacks(definition: str, rules: object, examples: object, near_misses: object) -> list[str]:
    if not rules:
        return []
    return [
        name
        for name, there in [
            (said(zh="没有定义", en="no definition"), definition),
            (said(zh="没有例句", en="no examples"), examples),
            (said(zh="没有反例", en="no near misses"), near_misses),
        ]
        if not there
    ]


def _changed(changes: "Sequence[Change] | None") -> Iterator[str]:
    from wenma.publish.codebook_table import CHANGES

    if changes is not None and not changes:
        yield said(zh="没有变化", en="no changes")
    for change in changes or ():
        whole = said(zh="编码本", en="the codebook")
        yield said(
            zh=f"{CHANGES[change.what].zh}：{change.code or whole}（{change.detail}）",
            en=f"{change.what}: {change.code or whole} ({change.detail})",
        )


def _keep(rows: Sequence[dict[str, Any]], file: Path) -> None:
    out = StringIO(newline="")
    table = csv.DictWriter(out, list(rows[0]) if rows else [])
    table.writeheader()
    # In brackets, no word of a codebook can begin a formula.
    table.writerows(
        row | {"silent": "".join(f"「{word}」" for word in row["silent"] or ())} for row in rows
    )
    # With the mark without which Excel takes Chinese for something else.
    write_file("\ufeff" + out.getvalue(), file)
