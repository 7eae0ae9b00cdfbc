"""The nested shape of a codebook becomes a flat tree of codes, checked as a whole."""

import json
from collections.abc import Callable
from pathlib import Path

import re2

from analysis.codebook.shape import CodebookShape, CodeShape, RuleShape
from analysis.errors import CodebookError
from analysis.records import Code, Codebook, Near, Rule

Way = tuple[int | str, ...]

# Okabe & Ito (2008) without black, told apart by the colour-blind; for codes that name none.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b0a000")

DEEPEST = 6


def build(
    shape: CodebookShape,
    *,
    lines: Callable[[Way], int],
    file: str | Path,
    text: str,
    fingerprint: str,
) -> Codebook:
    """Flatten `shape`; `lines` tells the line of a part of the file for errors."""
    codes: list[Code] = []

    def wrong(problem: str, way: Way, cure: str) -> CodebookError:
        return CodebookError(problem, file=file, place=f"line {lines(way)}", cure=cure)

    def descend(siblings: list[CodeShape], parent: str, way: Way, everywhere: bool) -> None:
        if len(way) > 2 * DEEPEST:
            raise wrong(f"codes nest deeper than {DEEPEST}", way, "Flatten the tree.")
        seen: set[str] = set()
        for position, code in enumerate(siblings):
            here = (*way, position)
            path = f"{parent}/{code.id}" if parent else code.id
            if code.id in seen:
                raise wrong(f"code {path!r} stands twice", (*here, "id"), "Rename one of them.")
            seen.add(code.id)
            rules = _rules(code.rules, (*here, "rules"), f"code {path!r}", wrong)
            wide = everywhere or code.everywhere
            codes.append(
                Code(
                    path=path,
                    zh=code.name.zh,
                    en=code.name.en or code.name.zh,
                    definition=code.definition.strip(),
                    when=tuple(code.when),
                    when_not=tuple(code.when_not),
                    examples=tuple(code.examples),
                    near_misses=tuple(code.near_misses),
                    source=code.source,
                    colour=code.colour or PALETTE[len(codes) % len(PALETTE)],
                    choose_one=code.choose == "one",
                    everywhere=wide,
                    rules=rules,
                    line=lines(here),
                )
            )
            descend(code.codes, path, (*here, "codes"), wide)

    descend(shape.codes, "", ("codes",), False)
    for position, mask in enumerate(shape.masks):
        _compiles(mask, ("masks", position), "masks", wrong)
    scope = _rules(shape.scope.rules, ("scope", "rules"), "the scope", wrong) if shape.scope else ()
    return Codebook(
        id=shape.codebook,
        version=shape.version,
        zh=shape.name.zh,
        en=shape.name.en or shape.name.zh,
        codes=tuple(codes),
        scope=scope,
        scope_definition=shape.scope.definition.strip() if shape.scope else "",
        masks=tuple(shape.masks),
        source=shape.source,
        description=shape.description.strip(),
        text=text,
        fingerprint=fingerprint,
    )


_Wrong = Callable[[str, Way, str], CodebookError]


def _rules(shapes: list[RuleShape], way: Way, owner: str, wrong: _Wrong) -> tuple[Rule, ...]:
    seen: set[str] = set()
    rules = []
    for position, shape in enumerate(shapes):
        here = (*way, position)
        if shape.id in seen:
            raise wrong(f"{owner} has two rules called {shape.id!r}", here, "Rename one of them.")
        seen.add(shape.id)
        if shape.pattern is not None:
            _compiles(shape.pattern, (*here, "pattern"), f"rule {shape.id!r}", wrong)
        rules.append(_rule(shape))
    return tuple(rules)


def _rule(shape: RuleShape) -> Rule:
    near = shape.near
    return Rule(
        id=shape.id,
        terms=tuple(shape.terms or ()),
        near=None
        if near is None
        else Near(tuple(near.first), tuple(near.second), near.within, near.order == "either"),
        all_of=tuple(tuple(group) for group in shape.all_of or ()),
        pattern=shape.pattern or "",
        tokens=tuple(json.dumps(p, ensure_ascii=False) for p in shape.tokens or ()),
        words=shape.words,
        not_in=tuple(shape.not_in or ()),
        not_with=tuple(shape.not_with or ()),
        roles=tuple(shape.roles or ()),
        not_roles=tuple(shape.not_roles or ()),
        under=tuple(shape.under or ()),
        not_under=tuple(shape.not_under or ()),
        headings=shape.headings,
    )


def _compiles(pattern: str, way: Way, owner: str, wrong: _Wrong) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        raise wrong(
            f"{owner} has a pattern that cannot be used ({reason})",
            way,
            "Patterns follow RE2: no look-around and no back-references, so none can run for ever.",
        ) from None
    if compiled.search(""):
        raise wrong(
            f"{owner} has a pattern that matches nothing at all", way, "Ask for one character."
        )
