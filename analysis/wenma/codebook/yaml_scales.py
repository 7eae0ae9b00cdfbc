"""Scales in the YAML of a codebook: scores and products follow when codes are moved about."""

from collections.abc import Mapping

import yaml

from wenma.codebook.yaml_nodes import YamlNode, end_of_node, text_lines, text_of_part, value_of
from wenma.codebook.yaml_values import put_value, quoted_text


def keep_scores(root: YamlNode) -> None:
    """A code that has come under a scale gets the next score; one that has left it has none.

    The next is one above the highest: whoever moves the code sees it in the draft and may
    write another.
    """
    for parent in (root, *(code for _, code in root.walk())):
        if parent.part("scale") is None:
            for code in parent.codes:
                code.parts[:] = [one for one in code.parts if one.key != "score"]
            continue
        scores = [score for code in parent.codes if (score := _score(code)) is not None]
        for code in parent.codes:
            if code.part("score") is None:
                scores.append(int(max(scores, default=0)) + 1)
                put_value(code, "score", f"{scores[-1]:g}")


def products_follow(root: YamlNode, paths: Mapping[str, str]) -> None:
    """The products name the scales by the paths they have now; `paths` are old → new."""
    part = root.part("products")
    if part is None:
        return
    text = text_of_part(part)
    marks = [
        one
        for one in _scalars_of_factors(value_of(part))
        if paths.get(str(one.value), str(one.value)) not in ("", str(one.value))
    ]
    for one in sorted(marks, key=lambda mark: mark.start_mark.index, reverse=True):
        new = quoted_text(paths[str(one.value)])
        text = text[: one.start_mark.index] + new + text[end_of_node(one) :]
    part.lines = text_lines(text)


def _score(code: YamlNode) -> float | None:
    part = code.part("score")
    if part is None:
        return None
    number = yaml.safe_load(str(value_of(part).value))
    return float(number) if isinstance(number, int | float) else None


def _scalars_of_factors(products: yaml.Node) -> list[yaml.ScalarNode]:
    found: list[yaml.ScalarNode] = []
    for product in products.value if isinstance(products, yaml.SequenceNode) else ():
        for key, value in product.value:
            if key.value == "factors":
                found += [one for factor in value.value for one in factor.value]
    return found
