"""Plans side by side: how alike they are, who lies near whom."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from wenma.errors import QueryError
from wenma.queries.city_lists import city_list, short
from wenma.queries.dataset import Dataset
from wenma.queries.group_comparisons import VIEWS, CityView, compare_wording
from wenma.queries.group_profiles import (
    family_notes,
    group_profiles,
    profile_limits,
    silent_notes,
    spelling_notes,
    thinnest_note,
)
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By, as_text
from wenma.queries.intervals import INTERVAL_HELP, Interval
from wenma.queries.only_cities import only_cities
from wenma.queries.per_document import checked_choice, chosen_codes
from wenma.queries.table import Note, Table
from wenma.queries.unit_texts import unit_texts

MOST_GROUPS = 1_000
"""More groups than this make more pairs than anybody reads."""


def cities(
    data: Dataset,
    *,
    by: By = "city",
    headings: bool = False,
    of: Annotated[
        Sequence[str], "the code whose children are compared, or several codes; first dimension"
    ] = (),
    view: Annotated[CityView, "pairs, profile of each, tree or map of all"] = "pairs",
    list: Annotated[str, 'only the cities of "seven 2020" or "ten 2022 yearbook"'] = "",
    family: Annotated[bool, "a city's plans of one period are one group"] = False,
    words: Annotated[bool, "compare their words too (view pairs)"] = False,
    provinces: Annotated[bool, "the State and provinces are compared too"] = False,
    interval: Annotated[Interval, INTERVAL_HELP] = "none",
) -> Table:
    """Which plans are alike: pairs, profiles, a tree or a map of cities by shares of codes.

    Compared are the codes directly under `of`, the codes under them included,
    as `attention` counts them, by their shares of the group's references. What
    a row is depends on the `view`:

    pairs       two groups, each pair once: similarity (1 - Jensen-Shannon divergence, base 2),
                cosine and Pearson's r of their shares; jaccard and dice (Sørensen) of the sets of
                codes they use; p: how often their documents, dealt to the two anew, differ as much
                (permutation, χ² of groups by codes; empty where a group has one document), and q,
                p adjusted for all pairs (Benjamini & Hochberg 1995); with `words` and `units`
                word_similarity and word_cosine of how often they use each word that is not a stop
                word
    profile     a group and a code: references, share, per_1000, and difference, the share less the
                mean share of the other groups, in points; p and q of its adjusted residual, by
                dealing whole documents, as in `attention`; with `interval` the limits of share
                and per_1000, documents being a sample
    tree        a step at which two groups or clusters join: cluster, cluster_b, height, size
                (average linkage of the root of the divergence); #1 is what step 1 made
    map         a group or a code as a point of a correspondence analysis (Greenacre 1984): mass and
                share of the total inertia in percent, x and y, contribution to each axis in
                percent, cos2
    components  the same of the principal components of the shares: groups by scores, codes by
                loadings

    With `list` only its cities are asked; with `family` a plan and its companions, all of one city
    and period, are one group. By city, documents of the State and of provinces are left out and
    named, unless `provinces`.
    """
    by = by or "city"
    checked_choice("view", view, (*VIEWS,))
    _check(by, view, family=family, words=words, interval=interval)
    notes: Sequence[Note] = ()
    left_out: dict[str, str] = {}
    if list:
        data, notes = _among(list, data)
    elif by == "city" and not provinces:
        data, notes, left_out = only_cities(data)
    grouped = data.grouped("cities", by=by, headings=headings)
    of_codes = chosen_codes(grouped, of)
    sides = group_profiles(grouped, of_codes.codes, family=family)
    if view != "profile" and len(sides.names) > MOST_GROUPS:
        raise QueryError(
            f"{len(sides.names):,} groups make too many pairs",
            cure="Compare cities or periods, name a list, or take the profile",
            zh=f"{len(sides.names):,} 组两两相比太多。请比较城市或时期、选一份名单，或看各占多少。",
        )
    columns, found = VIEWS[view](sides)
    limits, of_limits, said = profile_limits(sides, interval)
    columns = columns | dict(limits)
    if words:
        chosen_texts = unit_texts(data, "cities", by=by, headings=headings)
        of_words, heard = compare_wording(sides, chosen_texts)
        columns, found = columns | of_words, [*found, *chosen_texts.notes, *heard]
    return grouped.table(
        columns,
        notes=[
            *notes,
            *family_notes(sides, family),
            *spelling_notes(sides, grouped.by_name),
            *([] if view == "profile" else thinnest_note(sides)),
            *silent_notes(sides),
            *found,
            *of_limits,
        ],
        basis={
            "of": of_codes.of,
            "view": view,
            **({"list": list} if list else {}),
            **({"family": "city and period"} if family else {}),
            **left_out,
            **said,
        },
    )


def _among(name: str, data: Dataset) -> tuple[Dataset, Sequence[Note]]:
    """The cases of a list's cities, and who of them is missing."""
    wanted = city_list(name)
    if "city" not in data.cases:
        raise QueryError(
            f"nothing says of which city a document is, so that the list {name} picks none",
            cure="Give the documents a column city",
            zh=f"没有注明文件属于哪个城市，名单 {name} 无从挑选。请为文件补上 city 列。",
        )
    cities_there = as_text(data.cases["city"])
    kept = np.array([short(city) in wanted.cities for city in cities_there], dtype=bool)
    there = [*dict.fromkeys(cities_there)]
    missing = wanted.missing(there)
    if len(missing) == len(wanted.cities) and len(there):
        raise QueryError(
            f"no document is of a city of the list {name}",
            cure=f"Its cities are: {', '.join(wanted.cities)}. Here are: {first_few(there, 8)}",
            zh=f"没有文件属于名单 {name} 中的城市（{'、'.join(wanted.cities)}）。",
        )
    without, ohne = (
        (f" Without a document here: {', '.join(missing)}.", f"此处缺少：{'、'.join(missing)}。")
        if missing
        else ("", "")
    )
    return data.of_cases(kept), [
        Note(
            f"The {len(wanted.cities)} megacities of the {wanted.source}.{without}",
            zh=f"{wanted.source_zh}所列 {len(wanted.cities)} 个超大城市。{ohne}",
        )
    ]


def _check(by: By, view: str, *, family: bool, words: bool, interval: str) -> None:
    if family and by != "city":
        raise QueryError(
            "a family is what one city planned in one period",
            cure=f'Leave out by "{by}"',
            zh=f"规划家族已是一城一期，不能再按“{by}”分。",
        )
    if words and view != "pairs":
        raise QueryError(
            f"the {view} does not look at words",
            cure="Take the view pairs",
            zh=f"“{view}”不看词，请改看两两相似度（pairs）。",
        )
    if interval != "none" and view != "profile":
        raise QueryError(
            f"the {view} has no shares to give an interval",
            cure="Take the view profile",
            zh=f"“{view}”没有占比可给区间，请改看各组概貌（profile）。",
        )
