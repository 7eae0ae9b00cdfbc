"""Ordinal scales in a codebook: codes whose children are ordered points, and their products."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from wenma.codebook.schema import CodeShape, ProductShape
from wenma.codebook.yaml_places import Way
from wenma.errors import CodebookError
from wenma.records import Product, Scoring

FEWEST_POINTS = 2
_Wrong = Callable[[str, Way, str, str], CodebookError]
_OF_SCALES = ("score_of", "several", "absent")


def scoring_of(code: CodeShape, path: str, way: Way, wrong: _Wrong) -> Scoring | None:
    """How a code scores, if it is a scale; CodebookError where its points make no scale."""
    if code.scale is None:
        _check_no_scale(code, path, way, wrong)
        return None
    if len(code.codes) < FEWEST_POINTS:
        raise wrong(
            f"scale {path!r} has {len(code.codes)} of the {FEWEST_POINTS} points it needs at least",
            (*way, "scale"),
            "Give it codes, each with its score, or delete 'scale'.",
            f"量表“{path}”只有 {len(code.codes)} 个等级，至少应有 {FEWEST_POINTS} 个。"
            "请在其下补编码并各写 score，或删去 scale。",
        )
    seen: dict[float, str] = {}
    for position, point in enumerate(code.codes):
        here = (*way, "codes", position)
        if point.score is None:
            raise wrong(
                f"{point.id!r} is a point of the scale {path!r} and has no score",
                here,
                "Write 'score:' with its number.",
                f"“{point.id}”是量表“{path}”的一个等级，却没有 score。请写上分值。",
            )
        if point.score in seen:
            raise wrong(
                f"{point.id!r} has the score {point.score:g}, as {seen[point.score]!r} has",
                (*here, "score"),
                "Give each point of a scale a score of its own.",
                f"“{point.id}”与“{seen[point.score]}”的分值同为 {point.score:g}。"
                "同一量表的各等级须分值各异。",
            )
        seen[point.score] = point.id
    return Scoring(code.score_of or "document", code.several or "highest", code.absent)


def _check_no_scale(code: CodeShape, path: str, way: Way, wrong: _Wrong) -> None:
    """Keys of a scale in a code that is none, and scores under it, would count for nothing."""
    for key in _OF_SCALES:
        if getattr(code, key) is not None:
            raise wrong(
                f"code {path!r} has {key!r} and is no scale",
                (*way, key),
                "Add 'scale: ordinal', or delete it.",
                f"编码“{path}”写了 {key}，却不是量表。请加 scale: ordinal，或删去。",
            )
    for position, child in enumerate(code.codes):
        if child.score is not None:
            raise wrong(
                f"code {child.id!r} has a score, and {path!r} above it is no scale",
                (*way, "codes", position, "score"),
                f"Add 'scale: ordinal' to {path!r}, or delete the score.",
                f"编码“{child.id}”有 score，其上级“{path}”却不是量表。"
                f"请给“{path}”加 scale: ordinal，或删去 score。",
            )


def check_top(codes: Sequence[CodeShape], wrong: _Wrong) -> None:
    """CodebookError for a score at the top of the tree, where no scale can be above it."""
    for position, code in enumerate(codes):
        if code.score is not None:
            raise wrong(
                f"code {code.id!r} has a score, and there is no scale above it",
                ("codes", position, "score"),
                "Put it under a code with 'scale: ordinal', or delete the score.",
                f"编码“{code.id}”有 score，其上却没有量表。"
                "请置于 scale: ordinal 的编码之下，或删去 score。",
            )


def products_of(
    shapes: Sequence[ProductShape], scales: Sequence[str], wrong: _Wrong
) -> tuple[Product, ...]:
    """The products, each of scales there are, none twice."""
    seen: set[str] = set()
    for at, shape in enumerate(shapes):
        if shape.id in seen:
            raise wrong(
                f"two products are called {shape.id!r}",
                ("products", at, "id"),
                "Rename one of them.",
                f"有两个乘积都叫“{shape.id}”。请给其中一个改名。",
            )
        seen.add(shape.id)
        used: set[str] = set()
        for row, factor in enumerate(shape.factors):
            for place, path in enumerate(factor):
                _check_factor(path, ("products", at, "factors", row, place), scales, used, wrong)
    return tuple(
        Product(one.id, one.name.zh, one.name.en or one.name.zh, tuple(map(tuple, one.factors)))
        for one in shapes
    )


def _check_factor(
    path: str, way: Way, scales: Sequence[str], used: set[str], wrong: _Wrong
) -> None:
    if path not in scales:
        near = get_close_matches(path, scales, n=1)
        there = ", ".join(scales)
        raise wrong(
            f"a product names {path!r}, which is no scale",
            way,
            f"Did you mean {near[0]!r}?"
            if near
            else f"The scales are: {there}."
            if there
            else "Add 'scale: ordinal' to the code whose points have scores.",
            f"乘积中的“{path}”不是量表。"
            + (f"是否想写“{near[0]}”？" if near else "请写带 scale: ordinal 的编码的路径。"),
        )
    if path in used:
        raise wrong(
            f"a product names {path!r} twice",
            way,
            "Delete one of them.",
            f"同一乘积中“{path}”出现了两次。请删去一个。",
        )
    used.add(path)
