"""What needs a look in a document that was read: the report every reading ends in.

A sign has one of these kinds; those marked * ask for a look and are printed when a file is read.

==================  ==============================================================
blank_pages *       pages without text (pictures, scans)
no_character_map *  glyphs without characters in a PDF
lost_bytes *        bytes that are no character in the file's encoding
replacement *       replacement characters (�) in the text
private_use *       characters of a font's own, more than one in a thousand
mojibake *          text read in a wrong encoding
little_text *       few Han characters for the file's bytes
repeated *          one paragraph many times
cut_short *         the text ends in mid-sentence
other_place *       the text's title names another place than the manifest
attachment_only *   the page holds a link to the document, not the document
columns *           columns of a page may be read across
mixed_encodings *   lines in different encodings, each read in its own
traditional         in traditional script, coded like its simplified twin
left_out *          text beside the document that looks like its sentences and was not read
shown_by_script     text that a web page hides until a script shows it; read
tracked_changes     read as if all changes were accepted
recognised          text recognised in a picture (OCR)
converted           read through LibreOffice
==================  ==============================================================
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from wenma.records import Bilingual, LeftOut, Quality, Sign, han
from wenma.sources.document import ParsedText
from wenma.sources.lines import Extract
from wenma.sources.places.other_place import other_place
from wenma.sources.script import script_signs

_LEAST_HAN = 200  # of a web page or a drawing: below it there is hardly a document in the file
_LARGE = 60_000  # bytes; a short letter is a document, and Word makes 40,000 of it
_BYTES_OF_ONE = 100  # of the file for each of its Han characters, where text is the smallest part
_USUAL = 0.9  # share of a text's Han that are among the 3,755 or 5,401 usual ones
_SAMPLE = 10_000  # characters, taken evenly from the whole text
_COPIED = 0.2  # share of the text that repeats paragraphs before it
_PARAGRAPH = 15  # characters; shorter ones (各位代表) come again in any document
_PRIVATE = 0.001
_HALF_A_SENTENCE = 30
_FURNITURE = ("page_number", "running_head", "contents", "reference")


def reading_quality(taken: Extract, found: ParsedText, *, size: int, city: str) -> Quality:
    """The report on a reading.

    taken  what the reader handed on
    found  what became of it
    size   bytes of the file
    city   as the manifest has it; "" where it says nothing
    """
    text = found.text
    signs = [*taken.signs, *script_signs(text)]
    if taken.blank_pages:
        signs.append(_blank(taken.blank_pages, taken.pages or 0))
    elsewhere = other_place(found, city)
    signs += [elsewhere] if elsewhere else []
    met = {sign.kind for sign in signs}
    if "lost_bytes" in met:  # which are the replacement characters in the text
        met.add("replacement")
    count = han(text)
    signs += [sign for sign in _of_text(found, size, count) if sign.kind not in met]
    return Quality(
        size=size,
        characters=len(text),
        han=count,
        pages=taken.pages,
        blank_pages=taken.blank_pages,
        left_out=(*taken.left_out, *_furniture(found)),
        signs=tuple(signs),
        facts=tuple(taken.facts.items()),
    )


def _blank(blank: tuple[int, ...], pages: int) -> Sign:
    which = page_ranges(blank)
    return Sign(
        "blank_pages",
        Bilingual(
            f"{pages} 页中有 {len(blank)} 页没有文字（第 {which} 页）",
            f"{len(blank)} of {pages} pages hold no text (pp. {which})",
        ),
    )


def page_ranges(pages: tuple[int, ...]) -> str:
    """Page numbers as people write them.

    >>> page_ranges((2, 3, 4, 9))
    '2–4, 9'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _furniture(found: ParsedText) -> list[LeftOut]:
    """Page numbers, running heads, contents, references: kept in the text, and never coded."""
    told = []
    for kind in _FURNITURE:
        lengths = [one.end - one.start for one in found.paragraphs if one.kind == kind]
        if lengths:
            told.append(LeftOut(kind, len(lengths), sum(lengths)))
    return told


def _of_text(found: ParsedText, size: int, count: int) -> Iterator[Sign]:
    """What the text itself shows, whatever it was read from; `count` is that of its Han."""
    text = found.text
    yield from _characters(text)
    yield from _little(count, size)
    body = [text[one.start : one.end] for one in found.paragraphs if one.kind == "body"]
    yield from _repeated(body, len(text))
    whole = [one for one in found.paragraphs if one.kind not in _FURNITURE]
    if whole and whole[-1].kind == "body":
        yield from _cut(body[-1])


def _characters(text: str) -> Iterator[Sign]:
    if lost := text.count("\ufffd"):
        at = text.index("\ufffd")
        near = " ".join(text[max(0, at - 8) : at + 8].split())
        yield Sign(
            "replacement",
            Bilingual(
                f"{lost} 个字符未能读出（�），首处：“{near}”",
                f"{lost} characters could not be read (�), the first in “{near}”",
            ),
        )
    private = len(_OF_A_FONT.findall(text))
    if private:
        yield Sign(
            "private_use",
            Bilingual(
                f"{private} 个字符是字体自造的（私用区），含义不明",
                f"{private} characters are a font's own (private use): what they mean is unknown",
            ),
            look=private > _PRIVATE * len(text),
        )
    if _garbled(text):
        yield Sign(
            "mojibake",
            Bilingual(
                "多为生僻字或西文乱码，可能用错了编码",
                "most characters are rare ones or accented Latin: the encoding may be a wrong one",
            ),
        )


_OF_A_FONT = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ACCENTED = re.compile("[\u0080-\u00ff]")
_UNIHAN = re.compile("[\u4e00-\u9fff]+")


def _garbled(text: str) -> bool:
    """Whether the characters are hardly those a Chinese text is made of."""
    if len(_ACCENTED.findall(text)) > len(text) / 10:
        return True
    sample = text[:: 1 + len(text) // _SAMPLE]
    total = sum(map(len, _UNIHAN.findall(sample)))
    return total >= 20 and not any(
        sum(map(len, usual.findall(sample))) >= _USUAL * total for usual in _usual()
    )


@cache
def _usual() -> tuple[re.Pattern[str], ...]:
    """Runs of characters in common use, simplified and traditional: each standard's first part."""
    every = "".join(map(chr, range(0x4E00, 0xA000)))
    first = [
        [char for char in every if b"\x80" < char.encode(name, "ignore")[:1] <= last]
        for name, last in (("gb2312", b"\xd7"), ("big5", b"\xc6"))
    ]
    return tuple(re.compile(f"[{''.join(chars)}]+") for chars in first)


def _little(count: int, size: int) -> Iterator[Sign]:
    if size > _LARGE and count < _LEAST_HAN and count * _BYTES_OF_ONE < size:
        yield Sign(
            "little_text",
            Bilingual(
                f"文件有 {size:,} 字节，只读出 {count} 个汉字",
                f"only {count} Han characters in a file of {size:,} bytes",
            ),
        )


def _repeated(body: list[str], length: int) -> Iterator[Sign]:
    times = Counter(one for one in body if len(one) >= _PARAGRAPH)
    again = sum(len(one) * (count - 1) for one, count in times.items())
    if again > _COPIED * length:
        words, most = times.most_common(1)[0]
        yield Sign(
            "repeated",
            Bilingual(
                f"正文有 {100 * again // length}% 是重复的段落，如“{words[:12]}…”出现 {most} 次",
                f"{100 * again // length} % of the text repeats paragraphs, as “{words[:12]}…”,"
                f" which stands there {most} times",
            ),
        )


_OPEN_END = re.compile("[\u4e00-\u9fff，、（《“：]$")
_SIGNED = re.compile("(?:印发|公布|[年月日])$")


def _cut(last: str) -> Iterator[Sign]:
    if len(last) >= _HALF_A_SENTENCE and _OPEN_END.search(last) and not _SIGNED.search(last):
        yield Sign(
            "cut_short",
            Bilingual(
                f"结尾不成句：“…{last[-12:]}”",
                f"ends in mid-sentence: “…{last[-12:]}”",
            ),
        )
