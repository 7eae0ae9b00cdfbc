"""What a reading says of single pages: recognised, without a character map, in columns."""

from collections.abc import Mapping, Sequence

from wenma.records import Bilingual, Sign
from wenma.sources.ocr import Recognised
from wenma.sources.quality import page_ranges

_UNSURE = 0.85  # mean confidence


def recognised_sign(told: Mapping[int, Recognised]) -> Sign:
    """The sign of recognised pages; it asks for a look where the engine is unsure of them."""
    which = page_ranges(tuple(sorted(told)))
    characters = sum(page.characters for page in told.values())
    mean = sum(page.confidence * page.characters for page in told.values()) / max(1, characters)
    return Sign(
        "recognised",
        Bilingual(
            f"第 {which} 页由图片识别（OCR），平均置信度 {mean:.0%}",
            f"pp. {which} recognised in pictures (OCR), mean confidence {mean:.0%}",
        ),
        look=mean < _UNSURE,
        where=f"pp. {which}",
    )


def columns_sign(pages: Sequence[int]) -> Sign:
    """The sign of pages whose columns may be read across."""
    which = page_ranges(tuple(pages))
    return Sign(
        "columns",
        Bilingual(
            f"第 {which} 页似为分栏，可能跨栏读取", f"columns may be read across on pp. {which}"
        ),
        where=f"pp. {which}",
    )


def no_map_sign(pages: Sequence[int]) -> Sign:
    """The sign of pages whose text is not what they show."""
    which = page_ranges(tuple(pages))
    return Sign(
        "no_character_map",
        Bilingual(
            f"第 {which} 页的字体没有字符映射，文字不可信",
            f"fonts without a character map: the text of pp. {which} is not what they show",
        ),
        where=f"pp. {which}",
    )
