"""What needs a look in a document that was read: the report every reading ends in.

A sign has one of these kinds; those marked * ask for a look and are printed when a file is read.

==================  ==============================================================
blank_pages *       pages without text (pictures, scans)
no_character_map *  glyphs without characters in a PDF
lost_bytes *        bytes that are no character in the file's encoding
replacement *       replacement or private-use characters in the text
mojibake *          text read in a wrong encoding
little_text *       few Han characters for the file's bytes
repeated *          one paragraph many times
cut_short *         the text ends in mid-sentence
other_place *       the text's title names another place than the manifest
attachment_only *   the page holds a link to the document, not the document
columns *           columns of a page may be read across
left_out *          text beside the document that looks like its sentences and was not read
shown_by_script     text that a web page hides until a script shows it; read
tracked_changes     read as if all changes were accepted
recognised          text recognised in a picture (OCR)
converted           read through LibreOffice
==================  ==============================================================
"""

from wenma.records import Bilingual, LeftOut, Quality, Sign, han
from wenma.sources.document import ParsedText
from wenma.sources.lines import Extract


def quality(taken: Extract, found: ParsedText, *, size: int, title: str, city: str) -> Quality:
    """The report on a reading.

    taken  what the reader handed on
    found  what became of it
    size   bytes of the file
    title, city  as the manifest has them; "" where it says nothing
    """
    text = found.text
    signs = [*taken.signs]
    if taken.blank_pages:
        signs.append(_blank(taken.blank_pages, taken.pages or 0))
    return Quality(
        size=size,
        characters=len(text),
        han=han(text),
        pages=taken.pages,
        blank_pages=taken.blank_pages,
        left_out=(*taken.left_out, *_furniture(found)),
        signs=tuple(signs),
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
    """Page numbers, running heads and contents: kept in the text, and never coded."""
    kinds = ("page_number", "running_head", "contents")
    told = []
    for kind in kinds:
        lengths = [one.end - one.start for one in found.paragraphs if one.kind == kind]
        if lengths:
            told.append(LeftOut(kind, len(lengths), sum(lengths)))
    return told
