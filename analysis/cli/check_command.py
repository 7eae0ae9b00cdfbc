"""wenma check: is a codebook sound, and what changed since another version?"""

import argparse
import sys
from pathlib import Path

HELP = "check a codebook: its form, its own examples, and what changed against another version"


def arguments(parser: argparse.ArgumentParser) -> None:
    """CODEBOOK [--against OTHER] [--schema]."""
    parser.add_argument("codebook", nargs="?", type=Path, metavar="CODEBOOK")
    parser.add_argument("--against", type=Path, metavar="OTHER", help="an older version")
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of codebook files"
    )


def run(options: argparse.Namespace) -> int:
    """Print what is wrong or worth knowing; 1 when an example fails."""
    from analysis.errors import UsageError

    if options.schema:
        from analysis.codebook.shape import json_schema

        print(json_schema(), end="")
        return 0
    if options.codebook is None:
        raise UsageError("no codebook is named", cure="Try: wenma check codebooks/resilience.yaml")

    from analysis.codebook.versions import compare
    from analysis.codebook.yaml_file import load_codebook
    from analysis.coding.examples import failing_examples

    codebook = load_codebook(options.codebook)
    findings = list(failing_examples(codebook))
    for one in findings:
        wrong = "example is not coded" if one.expected else "near miss is coded"
        print(
            f"{options.codebook}, line {one.line}: {one.code}: {wrong}: {one.sentence} ({one.why})"
        )
    for code in codebook.codes:
        for lack in _lacks(code.definition, code.rules, code.examples, code.near_misses):
            print(f"{options.codebook}, line {code.line}: {code.path}: has {lack}")
    tried = sum(len(code.examples) + len(code.near_misses) for code in codebook.codes)
    rules = sum(len(code.rules) for code in codebook.codes)
    print(
        f"{codebook.zh} {codebook.version}: {len(codebook.codes)} codes, {rules} rules,"
        f" {tried - len(findings)} of {tried} examples and near misses as they should be"
    )
    if options.against is not None:
        changes = compare(load_codebook(options.against), codebook)
        for change in changes:
            print(f"{change.what}: {change.code or 'the codebook'} ({change.detail})")
        if not changes:
            print("no changes")
    if findings:
        print("wenma: the rules and the examples disagree; mend one of them.", file=sys.stderr)
    return 1 if findings else 0


def _lacks(definition: str, rules: object, examples: object, near_misses: object) -> list[str]:
    if not rules:
        return []
    return [
        name
        for name, there in [
            ("no definition", definition),
            ("no examples", examples),
            ("no near misses", near_misses),
        ]
        if not there
    ]
