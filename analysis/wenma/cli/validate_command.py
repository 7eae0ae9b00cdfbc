"""wenma validate: a codebook's rules beside a reference coding."""

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import said

if TYPE_CHECKING:
    from wenma.reliability.validity import Comparison, Measure, Validity

HELP = "set a codebook's rules beside a reference coding: precision, recall, F1, alpha"


def arguments(parser: argparse.ArgumentParser) -> None:
    """--codebook --gold [--errors N] [--by document|city] [--held-out] [--macro D…] [--format]."""
    parser.add_argument("--codebook", required=True, type=Path, metavar="FILE.yaml")
    parser.add_argument("--gold", required=True, type=Path, metavar="FILE.jsonl")
    parser.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help="list up to N misses and false alarms for each code",
    )
    parser.add_argument(
        "--by",
        choices=("document", "city"),
        help="F1 for each document; all measures for each city",
    )
    parser.add_argument(
        "--project", metavar="FILE.db", help="tells the city of each document, for --by city"
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="code each document without the rules that it alone supports",
    )
    parser.add_argument(
        "--macro",
        nargs="+",
        default=[],
        metavar="DIMENSION",
        help="mean F1 of the codes of these together, as: stage layer",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """Print the table, or everything as JSON."""
    from wenma.errors import UsageError
    from wenma.publish.validity_tables import provenance_line
    from wenma.study.validating import validate

    if options.by and options.held_out:
        raise UsageError(
            "--by shows each part with all the rules, and --held-out codes each document without"
            " some of them",
            cure="Ask for one at a time.",
            zh="--by 用全部规则分列各部分，--held-out 则编每份文件时略去部分规则，请一次只用一个。",
        )
    found = validate(
        options.codebook,
        options.gold,
        by=options.by,
        apart=options.held_out,
        project=options.project,
    )
    codebook, result, parts = found.codebook, found.whole, found.parts
    if options.format == "json":
        told = _json(result, options.errors)
        if parts:
            told["documents" if options.by == "document" else "cities"] = {
                name: _json(own, 0) for name, own in parts.items()
            }
        told["provenance"] = asdict(found.provenance)
        print(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    called = {code.path: code.zh for code in codebook.codes}
    print(
        said(
            zh=f"{codebook.coder} 对照 {options.gold}（{result.rows} 行）",
            en=f"{codebook.coder} against {options.gold} ({result.rows} rows)",
        )
    )
    print(_head())
    for one in [*result.codes, *([result.scope] if result.scope else [])]:
        print(_line(one, called.get(one.code, "")))
    for dimension in dict.fromkeys(one.code.partition("/")[0] for one in result.codes):
        mean = _number(result.macro_f1(dimension))
        print(said(zh=f"{dimension} 宏平均 F1：{mean}", en=f"macro-F1 {dimension}: {mean}"))
    if options.macro:
        mean, together = _number(result.macro_f1(*options.macro)), options.macro
        print(
            said(
                zh=f"{' 与 '.join(together)} 合计宏平均 F1：{mean}",
                en=f"macro-F1 of {' and '.join(together)} together: {mean}",
            )
        )
    count, mean = len(result.codes), _number(result.macro_f1())
    print(
        said(
            zh=f"全部 {count} 个编码宏平均 F1：{mean}", en=f"macro-F1 of all {count} codes: {mean}"
        )
    )
    if result.unjudged:
        names = ", ".join(result.unjudged)
        print(
            said(
                zh=f"参照编码中没有、故未检验：{names}",
                en=f"not in the reference, so not judged: {names}",
            )
        )
    for name, own in parts.items() if options.by == "city" else ():
        print(
            said(
                zh=f"{name or '（未注明城市）'}（{own.rows} 行）",
                en=f"{name or '(no city)'} ({own.rows} rows)",
            )
        )
        print(_head())
        for one in [*own.codes, *([own.scope] if own.scope else [])]:
            print(_line(one, called.get(one.code, "")))
    for name, own in parts.items() if options.by == "document" else ():
        each = ", ".join(f"{c.code} {_number(c.f1.value)} ({c.support})" for c in own.codes)
        print(
            said(
                zh=f"{name}（{own.rows} 行）：{each}",
                en=f"{name} ({own.rows} rows): {each}",
            )
        )
    _print_errors(result, options.errors)
    whence, coder = found.provenance, codebook.coder
    print(
        said(
            zh=provenance_line(whence, coder=coder, language="zh"),
            en=provenance_line(whence, coder=coder, language="en"),
        )
    )
    print(
        said(
            zh="引用这些数字时，请写明参照编码由谁、怎样编成：文件本身没有说明",
            en="beside these figures, say who coded the reference and how: its file does not",
        )
    )
    return 0


def _head() -> str:
    precision = said(zh=f"{'查准率':>8}", en=f"{'precision':>11}")
    recall = said(zh=f"{'查全率':>5}", en=f"{'recall':>8}")
    alpha = said(zh="α", en="alpha")
    return f"{'':28}{'n':>5}{precision}{recall}{'F1':>19}{alpha:>21}{'MCC':>21}"


def _line(one: "Validity", name: str) -> str:
    return (
        f"{one.code:28}{one.support:5}{_number(one.precision.value):>11}"
        f"{_number(one.recall.value):>8}{_interval(one.f1):>19}{_interval(one.alpha):>21}"
        f"{_interval(one.mcc):>21}  {name}"
    )


def _print_errors(result: "Comparison", most: int) -> None:
    for code in result.codes if most else ():
        mine = [error for error in result.errors if error.code == code.code]
        for missed in (True, False):
            for error in [e for e in mine if e.missed == missed][:most]:
                what = (
                    said(zh="漏编：", en="missed: ")
                    if missed
                    else said(
                        zh=f"误编（{error.evidence}）：", en=f"false alarm ({error.evidence}): "
                    )
                )
                print(f"{code.code} {error.row.id} {what}{error.row.text}")
        for trap in [one for one in result.traps if one.code == code.code][:most]:
            print(
                said(
                    zh=f"{code.code} 易误编 {trap.words}（{trap.rule}）："
                    f"{trap.hits} 次中错 {trap.wrong} 次",
                    en=f"{code.code} trap {trap.words} ({trap.rule}):"
                    f" {trap.wrong} of {trap.hits} wrong",
                )
            )


def _json(result: "Comparison", errors: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "codes": {one.code: _of_code(one) for one in result.codes},
        "macro_f1": _defined(result.macro_f1()),
        "scope": None,
        "not_judged": list(result.unjudged),
        "rows": result.rows,
        "traps": [asdict(one) for one in result.traps],
    }
    if result.scope:
        told["scope"] = {"accuracy": _defined(result.scope_accuracy)} | _of_code(result.scope)
    if errors:
        told["errors"] = [
            {
                "row": error.row.id,
                "code": error.code,
                "kind": "missed" if error.missed else "false alarm",
                "evidence": error.evidence,
                "text": error.row.text,
            }
            for error in result.errors
        ]
    return told


def _of_code(one: "Validity") -> dict[str, Any]:
    numbers = {"precision": one.precision, "recall": one.recall, "f1": one.f1, "alpha": one.alpha}
    numbers["mcc"] = one.mcc
    return (
        {name: _defined(measure.value) for name, measure in numbers.items()}
        | {"support": one.support, "found": one.found}
        | {"alpha_between_passes": _defined(one.between)}
        | {
            f"{name}_interval": [_defined(measure.low), _defined(measure.high)]
            for name, measure in numbers.items()
        }
    )


def _defined(number: float) -> float | None:
    return None if math.isnan(number) else number


def _number(number: float) -> str:
    return "–" if math.isnan(number) else f"{number:.2f}"


def _interval(measure: "Measure") -> str:
    return f"{_number(measure.value)} [{_number(measure.low)}, {_number(measure.high)}]"
