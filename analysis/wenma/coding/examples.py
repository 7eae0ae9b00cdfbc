"""A codebook's own examples and near misses, run as its tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from wenma.coding.coder import Coder
from wenma.records import Codebook, Coding, Document, Paragraph, Section, Unit


@dataclass(frozen=True)
class Finding:
    """An example the rules miss, or a near miss they catch."""

    code: str
    line: int  # of the code in its file
    sentence: str
    expected: bool  # was it to get the code?
    why: str  # the rules and words that fired, or what was missing


def failing_examples(codebook: Codebook) -> Iterator[Finding]:
    """Every example or near miss on which the rules and the codebook disagree."""
    coder = Coder(codebook)
    for code in codebook.codes:
        for sentence, expected in [
            *((one, True) for one in code.examples),
            *((one, False) for one in code.near_misses),
        ]:
            codings = code_sentence(coder, sentence)
            # An example of a parent may get the code through one of its children.
            got = [c for c in codings if c.code == code.path or c.code.startswith(f"{code.path}/")]
            if bool(got) != expected:
                yield Finding(
                    code.path, code.line, sentence, expected, _why(got, codings, sentence)
                )


def code_sentence(coder: Coder, sentence: str, *, heading: str = "") -> list[Coding]:
    """Codings of one sentence standing alone, in a section without a role.

    With a `heading` it stands under that; spans count from the heading's start.
    """
    start = len(heading) + 1 if heading else 0
    text = f"{heading}\n{sentence}" if heading else sentence
    end = len(text)
    document = Document(
        id="",
        text=text,
        sections=(Section(0, len(heading), end, 1, "", heading, "other", -1),),
        paragraphs=(Paragraph(start, end, "body", 0),),
    )
    return coder.code(document, [Unit(0, start, end, "body", 0, 0)])


def _why(got: list[Coding], codings: list[Coding], sentence: str) -> str:
    if got:
        fired = [f"{one.rule} {sentence[one.start : one.end]}" for one in got[0].evidence]
        return "; ".join(fired)
    return f"got {', '.join(c.code for c in codings)}" if codings else "no rule fired in scope"
