"""The nested shape of a codebook becomes a flat tree of codes, checked as a whole."""

import json
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path

import re2

from wenma.codebook.scale_checks import check_top, products_of, scoring_of
from wenma.codebook.schema import (
    MOST_VARIABLES,
    ON_SURFACE,
    CodebookShape,
    CodeShape,
    GradeShape,
    IndexShape,
    RuleShape,
)
from wenma.codebook.yaml_places import Way
from wenma.errors import CodebookError
from wenma.records import Code, Codebook, Grade, Index, Near, Rule

# Okabe & Ito (2008) without black, told apart by the colour-blind; for codes that name none.
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b0a000")

DEEPEST = 6
MOST_CODES = 5_000
"""Tables and matrices have a row and a column for each."""


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

    def wrong(problem: str, way: Way, cure: str, zh: str) -> CodebookError:
        return CodebookError(problem, file=file, place=f"line {lines(way)}", cure=cure, zh=zh)

    def descend(siblings: list[CodeShape], parent: str, way: Way, everywhere: bool) -> None:
        if siblings and len(way) > 2 * DEEPEST:
            raise wrong(
                f"codes nest deeper than {DEEPEST}",
                way,
                "Flatten the tree.",
                f"编码的层级多于 {DEEPEST} 层。请减少层级。",
            )
        seen: set[str] = set()
        for position, code in enumerate(siblings):
            here = (*way, position)
            path = f"{parent}/{code.id}" if parent else code.id
            if code.id in seen:
                raise wrong(
                    f"code {path!r} stands twice",
                    (*here, "id"),
                    "Rename one of them.",
                    f"编码“{path}”出现了两次。请给其中一个改名。",
                )
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
                    scale=scoring_of(code, path, here, wrong),
                    score=code.score,
                    rules=rules,
                    line=lines(here),
                )
            )
            descend(code.codes, path, (*here, "codes"), wide)

    check_top(shape.codes, wrong)
    descend(shape.codes, "", ("codes",), False)
    if len(codes) > MOST_CODES:
        raise wrong(
            f"has {len(codes):,} codes, and {MOST_CODES:,} are the most",
            ("codes",),
            "Split it, or make terms of what are not ideas of their own.",
            f"有 {len(codes):,} 个编码，至多 {MOST_CODES:,} 个。请拆分，或把细目改为词条。",
        )
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
        index=_index(shape.index, shape.codes, wrong) if shape.index else None,
        products=products_of(
            shape.products, [one.path for one in codes if one.scale is not None], wrong
        ),
        source=shape.source,
        author=shape.author.strip(),
        date=shape.date.strip(),
        changes=shape.changes.strip(),
        description=shape.description.strip(),
        text=text,
        fingerprint=fingerprint,
    )


_OVERFLOWING = re.compile(r"(?<!\\)\{(?:\d*,)?\d{5,}(?:,\d*)?\}")
_Wrong = Callable[[str, Way, str, str], CodebookError]


def _rules(shapes: list[RuleShape], way: Way, owner: str, wrong: _Wrong) -> tuple[Rule, ...]:
    seen: set[str] = set()
    rules = []
    for position, shape in enumerate(shapes):
        here = (*way, position)
        if shape.id in seen:
            raise wrong(
                f"{owner} has two rules called {shape.id!r}",
                here,
                "Rename one of them.",
                f"同一处有两条规则都叫“{shape.id}”。请给其中一条改名。",
            )
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
        otherwise=shape.otherwise,
    )


def _index(shape: IndexShape, dimensions: Sequence[CodeShape], wrong: _Wrong) -> Index:
    """The index, each of its variables a dimension whose value can be found."""
    variables = _set(shape.variables, "variables", [d.id for d in dimensions], wrong)
    constant = _set(shape.constant, "constant", variables, wrong)
    surface = _set(shape.surface, "surface", variables, wrong)
    if len(variables) > MOST_VARIABLES:
        raise wrong(
            f"the index has {len(variables)} variables",
            ("index", "variables"),
            f"Keep {MOST_VARIABLES}: an index runs from X1 to X{MOST_VARIABLES} at most.",
            f"指数有 {len(variables)} 个变量，至多 {MOST_VARIABLES} 个。",
        )
    if surface and len(surface) != ON_SURFACE:
        raise wrong(
            f"the surface has {len(surface)} variables, and three by three are {ON_SURFACE}",
            ("index", "surface"),
            f"Name {ON_SURFACE} of the variables, or delete 'surface'.",
            f"曲面有 {len(surface)} 个变量，应为三乘三，即 {ON_SURFACE} 个；或删去 surface。",
        )
    with_codes = {d.id for d in dimensions if d.codes}
    for position, id in enumerate(variables):
        if id not in with_codes and id not in constant:
            raise wrong(
                f"variable {id!r} has no codes under it, so nothing tells its value",
                ("index", "variables", position),
                f"Give it codes, or name it under 'constant': constant: [{id}].",
                f"变量“{id}”之下没有编码，无从取值。请补编码，或写 constant: [{id}]。",
            )
    return Index(variables, _grades(shape.grades, len(variables), wrong), constant, surface)


def _set(ids: list[str], key: str, among: Sequence[str], wrong: _Wrong) -> tuple[str, ...]:
    """The ids, each once and each one of those it may be."""
    for position, id in enumerate(ids):
        way = ("index", key, position)
        if id not in among:
            what = "a code at the top of the tree" if key == "variables" else "one of its variables"
            near = get_close_matches(id, among, n=1)
            cure = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(among)}."
            raise wrong(
                f"the index's {key} name {id!r}, which is not {what}",
                way,
                cure,
                f"指数的 {key} 中有“{id}”，而它不是{'顶层编码' if key == 'variables' else '变量'}。"
                "请先在编码本开头的 index 中改。",
            )
        if id in ids[:position]:
            raise wrong(
                f"the index's {key} name {id!r} twice",
                way,
                "Delete one of them.",
                f"指数的 {key} 中“{id}”出现了两次。请删去一个。",
            )
    return tuple(ids)


def _grades(shapes: list[GradeShape], variables: int, wrong: _Wrong) -> tuple[Grade, ...]:
    """The grades, so that every value an index can have has exactly one."""
    above: GradeShape | None = None
    for position, shape in enumerate(shapes):
        way = ("index", "grades", position, "at_least")
        if above is not None and shape.at_least >= above.at_least:
            raise wrong(
                f"grade {shape.name.zh!r} begins at {shape.at_least:g} and {above.name.zh!r}, "
                f"before it, at {above.at_least:g}",
                way,
                "Write the grades from the highest to the lowest.",
                f"等级“{shape.name.zh}”的起点不低于前一级。请由高到低排列。",
            )
        if shape.at_least > variables:
            raise wrong(
                f"grade {shape.name.zh!r} begins at {shape.at_least:g}, and an index of "
                f"{variables} variables reaches {variables} at most",
                way,
                "Lower it.",
                f"等级“{shape.name.zh}”的起点高于指数所能达到的 {variables}。请降低。",
            )
        above = shape
    if above is not None and above.at_least > 0:
        raise wrong(
            f"the lowest grade {above.name.zh!r} begins at {above.at_least:g}: below, an index "
            "would have none",
            ("index", "grades", len(shapes) - 1, "at_least"),
            "Let the last grade begin at 0.",
            f"最低等级“{above.name.zh}”应从 0 起，否则更低的指数没有等级。",
        )
    return tuple(Grade(g.name.zh, g.name.en or g.name.zh, g.at_least) for g in shapes)


def _compiles(pattern: str, way: Way, owner: str, wrong: _Wrong) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        # RE2 takes a repeat of so many digits for the very characters {1,99999}.
        if found := _OVERFLOWING.search(pattern):
            raise re2.error(f"invalid repetition size: {found[0][:20]}")
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        raise wrong(
            f"{owner} has a pattern that cannot be used ({reason})",
            way,
            "Patterns follow RE2: no look-around and no back-references, so none can run for ever.",
            f"有一个正则不能用（{reason}）。写法依 RE2：不能前后断言、不能回指。",
        ) from None
    if compiled.search(""):
        raise wrong(
            f"{owner} has a pattern that matches nothing at all",
            way,
            "Ask for one character.",
            "有一个正则连空文字也匹配。请至少要求一个字。",
        )
