"""What a reading says of pages whose text was recognised in pictures."""

from collections.abc import Mapping

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
