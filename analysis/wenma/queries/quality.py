"""How each document was read: is it whole, and what needs a look before it is believed?"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import Grouped
from wenma.queries.grouping import By, as_text
from wenma.queries.table import Note, Table
from wenma.records import Bilingual, LeftOut, Quality
from wenma.statistics.arrays import Floats, Integers

LEFT_OUT = {
    "menu": Bilingual("菜单与页面边栏", "menus"),
    "script": Bilingual("脚本", "scripts"),
    "facts": Bilingual("页面元数据", "facts of the page"),
    "hidden": Bilingual("隐藏文字", "hidden text"),
    "deleted": Bilingual("已删除的修订", "deletions"),
    "header": Bilingual("页眉页脚", "headers and footers"),
    "running_head": Bilingual("页眉页脚", "running heads"),
    "page_number": Bilingual("页码", "page numbers"),
    "contents": Bilingual("目录", "contents"),
    "reference": Bilingual("参考文献", "references"),
    "comment": Bilingual("批注", "comments"),
}
"""What parts of a file that are not coded are called; others are told by their own kind."""


def quality(data: Dataset, *, by: By = None, headings: bool = False) -> Table:
    """A row for each document: its size, what was left out of it, and what needs a look.

    `to_look_at` counts the signs somebody should look at; `signs` tells all, those first. With
    `by` a row for each group: how many of its documents have such signs, and their sizes added.
    `pages` is empty where the format has none. What a project of an earlier wenma read has no
    report: a note says so, and its numbers are empty. `headings` changes nothing here.
    """
    by = None if by in ("document", ["document"], ("document",)) else by
    grouped = data.grouped("quality", by=by, headings=headings)
    names = as_text(grouped.cases["document"]).tolist()
    first = np.unique(grouped.case_documents, return_index=True)[1]
    known = data.load_qualities()
    told = [known.get(names[at], Quality()) for at in first]
    columns = _by_group(grouped, first, told) if by else _by_document(names, first, told)
    group = np.arange(len(grouped.groups)) if by else None
    return grouped.table(columns, group=group, notes=_unknown(told))


def _by_document(names: list[str], first: Integers, told: list[Quality]) -> dict[str, object]:
    return {
        "document": np.array([names[at] for at in first], dtype=object),
        "to_look_at": [len(one.to_look_at) for one in told],
        "signs": _objects([_signs(one) for one in told]),
        **{
            name: pd.array([None if np.isnan(one) else int(one) for one in values], dtype="Int64")
            for name, values in _numbers(told).items()
        },
        "left_out_parts": _objects([_left_out(one.left_out) for one in told]),
    }


def _by_group(grouped: Grouped, first: Integers, told: list[Quality]) -> dict[str, object]:
    """Sums over the documents of each group, a document counted in each group it has a case of."""
    pairs = np.unique(np.stack([grouped.case_groups, grouped.case_documents]), axis=1)
    many = len(grouped.groups)

    def added(values: Floats) -> Floats:
        return np.bincount(pairs[0], weights=values[pairs[1]], minlength=many).astype(np.float64)

    suspect = np.array([bool(one.to_look_at) for one in told], dtype=np.float64)
    return {
        "documents": grouped.documents_of_groups(),
        "to_look_at": added(suspect).astype(np.int64),
        **{name: added(np.nan_to_num(values)) for name, values in _numbers(told).items()},
    }


def _numbers(told: list[Quality]) -> dict[str, Floats]:
    """The counts of each report, nan where it has none."""

    def column(one: Callable[[Quality], int | None]) -> Floats:
        values = [None if report == Quality() else one(report) for report in told]
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    return {
        "bytes": column(lambda one: one.size),
        "characters": column(lambda one: one.characters),
        "han": column(lambda one: one.han),
        "pages": column(lambda one: one.pages),
        "blank_pages": column(lambda one: None if one.pages is None else len(one.blank_pages)),
    }


def _unknown(told: list[Quality]) -> list[Note]:
    unknown = sum(one == Quality() for one in told)
    note = Note(
        f"{unknown} documents were read by an earlier wenma, which kept no report: run"
        " wenma code on their files again.",
        zh=f"{unknown} 份文件由早先版本读入，没有读取报告：请对原文件再运行 wenma code。",
    )
    return [note] * bool(unknown)


def _signs(one: Quality) -> Note:
    first = sorted(one.signs, key=lambda sign: not sign.look)
    where = [f" ({sign.where})" * bool(sign.where) for sign in first]
    return Note(
        "; ".join(sign.said.en + at for sign, at in zip(first, where, strict=True)),
        zh="；".join(sign.said.zh + at for sign, at in zip(first, where, strict=True)),
    )


def _left_out(parts: tuple[LeftOut, ...]) -> Note:
    words = [LEFT_OUT.get(part.kind, Bilingual(part.kind, part.kind)) for part in parts]
    pairs = list(zip(words, parts, strict=True))
    return Note(
        "; ".join(f"{word.en} {part.characters:,}" for word, part in pairs),
        zh="；".join(f"{word.zh} {part.characters:,} 字" for word, part in pairs),
    )


def _objects(values: list[Note]) -> object:
    # A column of pandas' own text type would forget what the sentences are in Chinese.
    return pd.Series(values, dtype=object)
