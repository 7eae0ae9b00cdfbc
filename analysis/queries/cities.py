"""Plans side by side: how alike they are, who lies near whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.errors import QueryError
from analysis.queries.association import dice, jaccard
from analysis.queries.city_lists import city_list, short
from analysis.queries.correspondence import NOTHING, correspondence
from analysis.queries.likeness import correlations, cosines, divergence
from analysis.queries.material import Floats, Integers, Material, listed, material, plain
from analysis.queries.per_document import Names, amount, chosen, one_of, references, said, summed
from analysis.queries.running_words import running_words
from analysis.queries.table import By, Note, Table
from analysis.queries.texts import Texts, texts

View = Literal["pairs", "profile", "tree", "map", "components"]

MOST_GROUPS = 1_000
"""More groups than this make more pairs than anybody reads."""


def cities(
    codings: pd.DataFrame,
    *,
    documents: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    by: By | None = "city",
    headings: bool = False,
    units: Annotated[pd.DataFrame | None, "words"] = None,
    of: Annotated[
        Sequence[str], "the code whose children are compared, or several codes; first dimension"
    ] = (),
    view: Annotated[View, "pairs, profile of each, tree or map of all"] = "pairs",
    list: Annotated[str, 'only the cities of "seven 2020" or "ten 2022 yearbook"'] = "",
    family: Annotated[bool, "a city's plans of one period are one group"] = False,
    words: Annotated[bool, "compare their words too (view pairs)"] = False,
) -> Table:
    """Which plans are alike: pairs, profiles, a tree or a map of cities by shares of codes.

    Compared are the codes directly under `of`, the codes under them included,
    as `attention` counts them, by their shares of the group's references. What
    a row is depends on the `view`:

    pairs       two groups, each pair once: similarity (1 - Jensen-Shannon divergence, base 2),
                cosine and Pearson's r of their shares; jaccard and dice (Sørensen) of the sets of
                codes they use; with `words` and `units` word_similarity and word_cosine of how
                often they use each word that is not a stop word
    profile     a group and a code: references, share, per_1000, and difference, the share less the
                mean share of the other groups, in points
    tree        a step at which two groups or clusters join: cluster, cluster_b, height, size
                (average linkage of the root of the divergence); #1 is what step 1 made
    map         a group or a code as a point of a correspondence analysis (Greenacre 1984): mass and
                share of the total inertia in percent, x and y, contribution to each axis in
                percent, cos2
    components  the same of the principal components of the shares: groups by scores, codes by
                loadings

    With `list` only its cities are asked; with `family` a plan and its companions, all of one city
    and period, are one group.
    """
    by = by or "city"
    view_of = _VIEWS[one_of("view", view, (*_VIEWS,))]  # type: ignore[index]
    _check(by, view, family=family, words=words)
    notes: Sequence[Note] = ()
    if list:
        codings, documents, notes = _among(list, codings, documents)
    asked = material("cities", codings, documents=documents, codes=codes, by=by, headings=headings)
    of_codes = chosen(asked, of)
    sides = _sides(asked, of_codes.codes, family=family)
    if view != "profile" and len(sides.names) > MOST_GROUPS:
        raise QueryError(
            f"{len(sides.names):,} groups make too many pairs",
            cure="Compare cities or periods, name a list, or take the profile",
        )
    columns, found = view_of(sides)
    if words:
        chosen_texts = texts(
            "cities", codings, units, documents=documents, codes=codes, by=by, headings=headings
        )
        worded, heard = _worded(sides, chosen_texts)
        columns, found = columns | worded, [*found, *chosen_texts.notes, *heard]
    return asked.table(
        columns,
        notes=[
            *notes,
            *_families(sides, family),
            *_spelled(sides, by),
            *([] if view == "profile" else _thinnest(sides)),
            *_silent(sides),
            *found,
        ],
        basis={
            "of": of_codes.of,
            "view": view,
            **({"list": list} if list else {}),
            **({"family": "city and period"} if family else {}),
        },
    )


@dataclass(frozen=True)
class _Sides:
    """The groups that are compared: their references of each code, and what a rate needs."""

    asked: Material
    codes: Names
    names: Names
    group: Names
    period: Names | None
    cell: Integers
    counts: Integers
    countable: Floats

    @property
    def whole(self) -> Integers:
        """References of each group."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def shares(self) -> Floats:
        """Each group's references by code; they add up to 1, or are nan."""
        whole = self.whole[:, None]
        with np.errstate(invalid="ignore"):
            return np.where(whole > 0, self.counts / whole, np.nan)

    def named(self, at: Integers, suffix: str = "") -> dict[str, object]:
        """The columns that say which group a row is about."""
        named: dict[str, object] = {f"group{suffix}": self.group[at]}
        return named | ({} if self.period is None else {f"period{suffix}": self.period[at]})


def _sides(asked: Material, codes: Integers, *, family: bool) -> _Sides:
    cell, names = asked.document_groups, np.array(asked.groups, dtype=object)
    group, period = names, None
    if family:
        when = said(asked, "period")
        stated = when != ""
        numbers, pairs = pd.factorize(pd.MultiIndex.from_arrays([names[cell], when])[stated])
        cell = np.full(len(when), -1, dtype=np.int64)
        cell[stated] = numbers
        group = np.array([one for one, _ in pairs], dtype=object)
        period = np.array([one for _, one in pairs], dtype=object)
        names = np.array([" ".join(pair) for pair in pairs], dtype=object)
    weights = amount(asked, "countable", *["heading_han"] * asked.headings)
    inside = cell >= 0
    return _Sides(
        asked=asked,
        codes=np.array(asked.tree.paths, dtype=object)[codes],
        names=names,
        group=group,
        period=period,
        cell=cell,
        counts=summed(references(asked)[:, codes], cell, len(names)),
        countable=np.bincount(cell[inside], weights=weights[inside], minlength=len(names)).astype(
            np.float64
        ),
    )


def _pairs(sides: _Sides) -> tuple[dict[str, object], list[Note]]:
    left, right = _couples(sides)
    shares, used = sides.shares, (sides.counts > 0).astype(np.int64)
    both, sets = (used @ used.T)[left, right], used.sum(axis=1)
    correlated = correlations(shares)[left, right]
    notes = []
    if len(left) and len(sides.codes) == 2:
        notes.append(
            Note(
                "With two codes Pearson's r can only be 1 or -1.",
                zh="只比较两个编码时，Pearson r 只能是 1 或 −1。",
            )
        )
    elif _even(shares):
        notes.append(
            Note(
                "Pearson's r is not defined and left empty for a group that gives all codes the "
                "same share.",
                zh="某组各编码占比完全相同时，Pearson r 无定义，留空。",
            )
        )
    return {
        **sides.named(left),
        **sides.named(right, "_b"),
        "similarity": 1 - divergence(shares)[left, right],
        "cosine": cosines(shares)[left, right],
        "pearson": correlated,
        "jaccard": jaccard(both, sets[left], sets[right]),
        "dice": dice(both, sets[left], sets[right]),
    }, [*notes, *_alone(len(sides.names))]


def _profile(sides: _Sides) -> tuple[dict[str, object], list[Note]]:
    group, code = (axis.ravel() for axis in np.indices(sides.counts.shape))
    shares = sides.shares
    there = ~np.isnan(shares).any(axis=1)
    others = there.sum() - there
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.nansum(shares, axis=0) - np.nan_to_num(shares)
        mean = np.where(others[:, None] > 0, rest / others[:, None], np.nan)
        rate = np.where(
            sides.countable[:, None] > 0, 1000 * sides.counts / sides.countable[:, None], np.nan
        )
    notes = list(_alone(int(there.sum())))
    if np.isnan(rate).any():
        empty = [str(one) for one in sides.names[np.isnan(rate).any(axis=1)]]
        notes.append(
            Note(
                f"No Han characters to count in {listed(empty)}: the rate is empty.",
                zh=f"{listed(empty)}：没有可计的汉字，每千字频次留空。",
            )
        )
    return {
        **sides.named(group),
        "code": sides.codes[code],
        "references": sides.counts.ravel(),
        "share": 100 * shares.ravel(),
        "per_1000": rate.ravel(),
        "difference": 100 * (shares - mean).ravel(),
    }, notes


def _tree(sides: _Sides) -> tuple[dict[str, object], list[Note]]:
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    there = np.flatnonzero(sides.whole > 0)
    names = [*sides.names[there]]
    notes = _alone(len(there))
    steps: NDArray[np.float64] = np.zeros((0, 4))
    if not notes:
        # The root is a metric, the divergence itself is not (Endres & Schindelin 2003).
        distance = np.sqrt(divergence(sides.shares[there]))
        np.fill_diagonal(distance, 0.0)
        steps = linkage(squareform(distance, checks=False), method="average")
    made = np.array([*names, *(f"#{step}" for step in range(1, len(steps) + 1))], dtype=object)
    return {
        "step": np.arange(1, len(steps) + 1),
        "cluster": made[steps[:, 0].astype(np.int64)],
        "cluster_b": made[steps[:, 1].astype(np.int64)],
        "height": steps[:, 2],
        "size": steps[:, 3].astype(np.int64),
    }, notes


def _map(sides: _Sides) -> tuple[dict[str, object], list[Note]]:
    rows, columns, notes = _comparable(sides)
    kinds = ["group"] * len(rows) + ["code"] * len(columns)
    nothing = {name: np.zeros(0) for name in _POINT}
    if notes:
        return {"name": (), "kind": (), **nothing}, notes
    result = correspondence(sides.counts[np.ix_(rows, columns)])
    points = [result.rows, result.columns]

    def axis(name: str, number: int) -> Floats:
        values = np.concatenate([getattr(one, name) for one in points])
        return values[:, number] if number < values.shape[1] else np.full(len(values), np.nan)

    return {
        "name": np.concatenate([sides.names[rows], sides.codes[columns]]),
        "kind": np.array(kinds, dtype=object),
        "mass": 100 * np.concatenate([one.mass for one in points]),
        "inertia": 100 * np.concatenate([one.inertia for one in points]),
        "x": axis("coordinates", 0),
        "y": axis("coordinates", 1),
        "contribution_x": 100 * axis("contribution", 0),
        "contribution_y": 100 * axis("contribution", 1),
        "cos2_x": axis("cos2", 0),
        "cos2_y": axis("cos2", 1),
    }, _axes(result.shares, inertia=result.total)


_POINT = "mass inertia x y contribution_x contribution_y cos2_x cos2_y".split()


def _components(sides: _Sides) -> tuple[dict[str, object], list[Note]]:
    from sklearn.decomposition import PCA

    rows, columns, notes = _comparable(sides)
    if notes:
        return {"name": (), "kind": (), "x": np.zeros(0), "y": np.zeros(0)}, notes
    shares = sides.shares[np.ix_(rows, columns)]
    result = PCA(n_components=min(2, len(rows) - 1, len(columns)), svd_solver="full").fit(shares)
    # Shares add up to 1, so that the last component of two codes is only rounding.
    real = result.explained_variance_ > NOTHING
    both = np.concatenate([result.transform(shares), result.components_.T])[:, real]
    return {
        "name": np.concatenate([sides.names[rows], sides.codes[columns]]),
        "kind": np.array(["group"] * len(rows) + ["code"] * len(columns), dtype=object),
        "x": both[:, 0],
        "y": both[:, 1] if both.shape[1] > 1 else np.full(len(both), np.nan),
    }, _axes(result.explained_variance_ratio_[real])


_VIEWS: dict[View, Callable[[_Sides], tuple[dict[str, object], list[Note]]]] = {
    "pairs": _pairs,
    "profile": _profile,
    "tree": _tree,
    "map": _map,
    "components": _components,
}


def _even(shares: Floats) -> bool:
    """Does any group give all codes the same share?"""
    return bool((np.ptp(shares, axis=1) < NOTHING).any()) if shares.size else False


def _couples(sides: _Sides) -> tuple[Integers, Integers]:
    left, right = np.triu_indices(len(sides.names), k=1)
    return left.astype(np.int64), right.astype(np.int64)


def _worded(sides: _Sides, chosen_texts: Texts) -> tuple[dict[str, object], list[Note]]:
    """Similarity and cosine of the words of each pair."""
    running = running_words(chosen_texts)
    there = chosen_texts.documents["document"].astype(object)
    cell_of = pd.Series(sides.cell, index=said(sides.asked, "document"))
    # Documents known by their text alone are in no group.
    cell = cell_of.reindex(there, fill_value=-1).to_numpy(dtype=np.int64)[running.document]
    kept = (cell >= 0) & running.content[running.word]
    counts = csr_array(
        (np.ones(kept.sum(), dtype=np.int64), (cell[kept], running.word[kept])),
        shape=(len(sides.names), max(len(running.vocabulary), 1)),
    ).toarray()
    whole = counts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = np.where(whole > 0, counts / whole, np.nan)
    left, right = _couples(sides)
    return {
        "word_similarity": 1 - divergence(shares)[left, right],
        "word_cosine": cosines(shares)[left, right],
    }, _wordless(sides, whole.ravel())


def _comparable(sides: _Sides) -> tuple[Integers, Integers, list[Note]]:
    """Groups and codes with references, and why there is nothing to draw."""
    rows, columns = (np.flatnonzero(sides.counts.sum(axis=axis) > 0) for axis in (1, 0))
    if notes := _alone(len(rows)):
        return rows, columns, notes
    shares = sides.shares[rows]
    if np.abs(shares - shares[0]).max() < NOTHING:
        return rows, columns, [
            Note(
                "All groups have the same shares: there is nothing to draw.",
                zh="各组占比完全相同，无可作图。",
            )
        ]  # fmt: skip
    return rows, columns, []


def _axes(shares: Floats, inertia: float | None = None) -> list[Note]:
    """What the axes show, and that there is but one."""
    x, y = f"{shares[0]:.1%}", f"{shares[1]:.1%}" if len(shares) > 1 else "0%"
    of_en, of_zh = (
        ("the variance", "方差")
        if inertia is None
        else (f"the total inertia {inertia:.4f}", f"总惯量 {inertia:.4f} ")
    )
    notes = [Note(f"x shows {x}, y {y} of {of_en}.", zh=f"x 轴解释{of_zh}的 {x}，y 轴 {y}。")]
    if len(shares) < 2:
        notes.append(
            Note("One axis shows all there is: y is empty.", zh="一个轴已解释全部差异，y 留空。")
        )
    return notes


def _among(
    name: str, codings: pd.DataFrame, documents: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame | None, list[Note]]:
    """Codings and documents of a list's cities, and who of them is missing."""
    wanted = city_list(name)
    source = codings if documents is None else documents
    if "city" not in source:
        raise QueryError(
            f"nothing says of which city a document is, so that the list {name} picks none",
            cure="Give the documents a column city",
        )
    cities_there = plain(source["city"])
    kept = np.array([short(city) in wanted.cities for city in cities_there], dtype=bool)
    there = [*dict.fromkeys(cities_there)]
    missing = wanted.missing(there)
    if len(missing) == len(wanted.cities) and len(there):
        raise QueryError(
            f"no document is of a city of the list {name}",
            cure=f"Its cities are: {', '.join(wanted.cities)}. Here are: {listed(there, 8)}",
        )
    if documents is None:
        codings = codings[kept]
    else:
        documents = documents[kept]
        codings = codings[codings["document"].isin(documents["document"])]
    without, ohne = (
        (f" Without a document here: {', '.join(missing)}.", f"此处缺少：{'、'.join(missing)}。")
        if missing
        else ("", "")
    )
    return codings, documents, [
        Note(
            f"The {len(wanted.cities)} megacities of the {wanted.source}.{without}",
            zh=f"{wanted.source_zh}所列 {len(wanted.cities)} 个超大城市。{ohne}",
        )
    ]  # fmt: skip


def _check(by: str, view: str, *, family: bool, words: bool) -> None:
    if family and by != "city":
        raise QueryError(
            "a family is what one city planned in one period", cure=f'Leave out by "{by}"'
        )
    if words and view != "pairs":
        raise QueryError(f"the {view} does not look at words", cure="Take the view pairs")


def _families(sides: _Sides, family: bool) -> list[Note]:
    if not family:
        return []
    inside = sides.cell[sides.cell >= 0]
    many = np.bincount(inside, minlength=len(sides.names))
    large = [f"{sides.names[n]} ({many[n]})" for n in np.flatnonzero(many > 1)]
    without = len(sides.cell) - len(inside)
    said_of = (
        Note(
            f"Documents of one city and period count as one: {listed(large)}.",
            zh=f"同一城市、同一规划期的文件合为一组：{listed(large)}。",
        )
        if large
        else Note(
            "No city has more than one document of a period: each stands by itself.",
            zh="没有城市在同一规划期有多份文件，各文件单独成组。",
        )
    )
    return [
        said_of,
        *[
            Note(
                f"Left out: {without} documents that state no period.",
                zh=f"未计入：未注明规划期的文件 {without} 份。",
            )
        ]
        * (without > 0),
    ]


def _spelled(sides: _Sides, by: str) -> list[Note]:
    """A city that is written with 市 here and without it there."""
    if by != "city":
        return []
    cities_there = sorted({str(one) for one in sides.group})
    twice = [one for one in cities_there if one != short(one) and short(one) in cities_there]
    return [
        Note(
            f"Written in two ways, and counted as two: {listed([short(c) for c in twice])} and "
            f"{listed(twice)}. Let the manifest write one.",
            zh=f"同一城市有两种写法，按两组计：{listed([short(c) for c in twice])} 与 "
            f"{listed(twice)}。请在清单中统一。",
        )
    ] * bool(twice)


def _silent(sides: _Sides) -> list[Note]:
    empty = [str(one) for one in sides.names[sides.whole == 0]]
    return [
        Note(
            f"No references in {listed(empty)}: what needs its shares is empty, and it is in no "
            "tree or map.",
            zh=f"{listed(empty)} 没有参考点：依赖其占比的数值留空，也不进入聚类与对应图。",
        )
    ] * bool(empty)


def _thinnest(sides: _Sides) -> list[Note]:
    """How few references a group's shares may rest on."""
    there = np.flatnonzero(sides.whole > 0)
    if len(there) < 2:
        return []
    few, many = there[sides.whole[there].argmin()], there[sides.whole[there].argmax()]
    least, most = (f"{sides.whole[one]} ({sides.names[one]})" for one in (few, many))
    return [
        Note(
            f"The shares rest on {least} to {most} references a group.",
            zh=f"各组占比所依据的参考点数：最少 {least}，最多 {most}。",
        )
    ]


def _wordless(sides: _Sides, whole: Integers) -> list[Note]:
    empty = [str(one) for one in sides.names[whole == 0]]
    return [
        Note(
            f"No words in {listed(empty)}: its words are not compared.",
            zh=f"{listed(empty)} 没有词语，不作词语比较。",
        )
    ] * bool(empty)


def _alone(groups: int) -> list[Note]:
    return [
        Note(
            f"Two groups with references are needed to compare; here there are {groups}.",
            zh=f"至少要有两组有参考点才能比较，此处只有 {groups} 组。",
        )
    ] * (groups < 2)
