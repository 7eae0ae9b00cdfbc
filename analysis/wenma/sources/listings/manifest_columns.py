"""The first row of a manifest becomes columns with one name each, whatever they are called there.

Columns may be named in English or Chinese (`STANDARD`); every other column is an attribute of
the documents under its own header. Headers and values are tidied as documents are: 甲 市 and
甲市 are one city.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from wenma.errors import SourceError
from wenma.sources.cleaning import squeeze, tidy

REQUIRED = ("path", "title", "city")

STANDARD: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "path": (
        ("path", "路径", "文件路径"),
        ("file", "filename", "文件", "文件名", "file_name", "file_path", "file name", "file path"),
    ),
    "title": (("title", "标题", "题名"), ("文件标题", "文件题名", "文件名称", "名称")),
    "city": (("city", "城市"), ("地市", "市", "城市名称", "所在城市")),
    "plan": (("plan", "规划"), ("规划名称",)),
    "period": (("period", "时期"), ("规划期", "规划时期")),
    "year": (("year", "年份"), ("年度", "年", "发布年份")),
    "kind": (("kind", "文种"), ("文件类型", "文件种类")),
    "level": (("level", "层级"), ("行政层级", "级别")),
    "issuer": (("issuer", "发文机关"), ("发文单位", "发布机构", "发布单位", "印发机关")),
    "number": (("number", "文号"), ("doc_number", "发文字号")),
    "source": (("source", "来源"), ("source_url", "url", "来源网址", "网址", "链接")),
    "note": (("note", "备注"), ("notes", "说明")),
}
"""What a column may be called: its names, of which a manifest has one, and others it may bear
where none of these is there."""

TAKEN = frozenset(
    "id document han countable heading_han characters heading_characters sections units headings "
    "paragraphs heading_paragraphs text_sections heading_sections sha256 asked group".split()
)
"""Names wenma's own columns bear: an attribute called so gets `_in_manifest` after its name."""

KNOWN: Mapping[str, str] = {
    name: standard for standard, names in STANDARD.items() for name in chain(*names)
}
"""Which standard column each name means."""

_FIRST_NAMES = {name: standard for standard, (names, _) in STANDARD.items() for name in names}
# 城市（必填）, *城市, 标题：
_REMARK = re.compile(r"^[*＊\s]+|[*＊：:\s]+$|\s*[（(\[【][^）)\]】]*[）)\]】][*＊：:\s]*$")


def tidied_cell(cell: str) -> str:
    """A value as it would stand in a document; its lines stay lines.

    >>> tidied_cell(" 甲　市\\u200b"), tidied_cell("２０２１"), tidied_cell("GDP  增长")
    ('甲市', '2021', 'GDP 增长')
    """
    return "\n".join(map(squeeze, tidy(cell).split("\n"))).strip("\n")


def tidied_header(cell: str) -> str:
    """A header on one line. What is remarked beside a known name is no part of it.

    >>> tidied_header("城\\n市"), tidied_header("*城市（必填）"), tidied_header("人口（万人）")
    ('城市', '城市', '人口（万人）')
    """
    name = tidied_cell(" ".join(cell.split()))
    bare = _REMARK.sub("", _REMARK.sub("", name))
    return bare if bare.casefold() in KNOWN else name


def standard_name(header: str) -> str:
    """What an attribute of this header is called: a standard one by its standard name.

    >>> standard_name("城　市"), standard_name("City"), standard_name("人口")
    ('city', 'city', '人口')
    """
    name = tidied_header(header)
    return _FIRST_NAMES.get(name.casefold(), name)


def known_columns(cells: Sequence[str]) -> set[str]:
    """The standard columns this row would name if it were the header."""
    names = (KNOWN.get(tidied_header(cell).casefold(), "") for cell in cells)
    return set(names) - {""}


def named_columns(
    written: Sequence[str],
    *,
    between: str,
    manifest: Path,
    place: str,
    required: Sequence[str] = REQUIRED,
) -> list[str]:
    """What each column is: a standard name, or its own header; "" for a column without one.

    `written` are tidied headers, `between` says what stands between them ("commas"). Raises
    SourceError when two columns have one name or one that must be there is missing.
    """
    for name, count in Counter(filter(None, (one.casefold() for one in written))).items():
        if count > 1:
            same = [at for at, one in enumerate(written) if one.casefold() == name]
            _refuse_two(written, same, manifest, place)
    by_name = {one.casefold(): at for at, one in enumerate(written)}
    header = [f"{one}_in_manifest" if one.casefold() in TAKEN else one for one in written]
    for standard, (names, others) in STANDARD.items():
        here = [by_name[name] for name in names if name in by_name]
        if len(here) > 1:
            _refuse_two(written, here, manifest, place)
        here += [by_name[name] for name in others if name in by_name]
        if here:
            header[here[0]] = standard
    missing = [name for name in required if name not in header]
    if missing:
        _refuse_missing(missing, written, between, manifest, place)
    return header


def _refuse_missing(
    missing: Sequence[str], written: Sequence[str], between: str, manifest: Path, place: str
) -> None:
    shown = [f'"{name}" ({STANDARD[name][0][1]})' for name in missing]
    seen = ", ".join(filter(None, written)) or "nothing"
    apart = f", between {between}," if between else ""
    raise SourceError(
        f"column{'s' * (len(missing) > 1)} {', '.join(shown)} "
        f"{'is' if len(missing) == 1 else 'are'} missing; its columns{apart} are: {seen}",
        file=manifest,
        place=place,
        cure=f"A manifest has at least the columns {', '.join(REQUIRED)}",
        zh=f"缺少列 {'、'.join(shown)}；读到的列有：{seen}。"
        "清单至少要有 path（路径）、title（标题）、city（城市）三列。",
    )


def _refuse_two(written: Sequence[str], places: Sequence[int], manifest: Path, place: str) -> None:
    one, other, *_ = sorted(places)
    raise SourceError(
        f'columns {one + 1} "{written[one]}" and {other + 1} "{written[other]}" have one name',
        file=manifest,
        place=place,
        cure="Rename or delete one of the two",
        zh=f"第 {one + 1} 列“{written[one]}”与第 {other + 1} 列“{written[other]}”同名。"
        "请改名或删去其一。",
    )


def year_of(written: str) -> int | None:
    """The year written, alone or in a date; None when there is none.

    >>> year_of("2025"), year_of("2025年"), year_of("2025.0"), year_of("二五年")
    (2025, 2025, 2025, None)
    >>> year_of("2021-12-30"), year_of("2021年12月"), year_of("2021-2025")
    (2021, 2021, None)
    """
    date = r"[-/.年](?:1[0-2]|0?[1-9])(?:月|[-/.月](?:3[01]|[12][0-9]|0?[1-9])日?)"
    found = re.fullmatch(rf"([0-9]{{4}})(?:年|\.0|{date})?", written, re.ASCII)
    return int(found[1]) if found and 1900 <= int(found[1]) <= 2100 else None
