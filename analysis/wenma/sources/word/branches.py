"""Text a Word file carries in another form: alternatives, shapes, whole documents inside it."""

from typing import Any

from wenma.sources.from_html import extract as from_html
from wenma.sources.from_text import extract as from_text
from wenma.sources.word.blocks import WordBlock
from wenma.sources.word.office_kind import office_kind
from wenma.sources.word.xml import MC, A, M, V, W, texts_within

_KNOWN = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "urn:schemas-microsoft-com:",
)
_WORDS = (W + "t", W + "sym", M + "t", A + "t", V + "textpath")


def chosen_branch(alternatives: Any) -> Any:
    """The one branch of an AlternateContent to read; None where none holds anything.

    Word takes the first choice it understands. A choice without words (a picture of what the
    fallback writes) gives way to one with words.
    """
    branches = [one for one in alternatives.iterchildren(MC + "Choice") if _understood(one)]
    branches += alternatives.iterchildren(MC + "Fallback")
    worded = (one for one in branches if next(one.iter(*_WORDS), None) is not None)
    return next(worded, branches[0] if branches else None)


def _understood(choice: Any) -> bool:
    """Whether Word knows what a choice requires; an undeclared prefix is let pass."""
    names = (choice.nsmap.get(prefix, _KNOWN[0]) for prefix in choice.get("Requires", "").split())
    return all(name.startswith(_KNOWN) for name in names)


def shape_blocks(shape: Any) -> list[WordBlock]:
    """The words of a shape that is no text box of Word's own: WordArt, a drawing's text."""
    if shape.tag == V + "textpath":
        texts = [shape.get("string", "")]
    else:
        texts = texts_within(shape, A + "p", A + "t")
    return [WordBlock(text) for text in texts if text.strip()]


def embedded_blocks(data: bytes) -> list[WordBlock]:
    """The text of a page or plain text embedded whole (altChunk); none of other kinds."""
    kind = office_kind(data) if data.strip() else "unknown"
    readers = {"html": from_html, "text": from_text}
    reader = readers.get(kind)
    lines = reader(data).lines if reader else []
    return [WordBlock(line.text, line.hint) for line in lines]
