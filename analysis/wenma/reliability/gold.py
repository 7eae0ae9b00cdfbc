"""A reference coding: sentences with their surroundings and the codes settled on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wenma.errors import SourceError
from wenma.records import Document, Paragraph, Section, Unit
from wenma.sources.outlines.admissions import admits
from wenma.sources.outlines.numbered import Heading
from wenma.sources.outlines.numbering import number
from wenma.sources.outlines.roles import role_of


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One sentence, the heading above it and its neighbours, and its codes.

    `passes` are the codes of each pass before they were settled, where the file kept them.
    """

    id: str
    document: str
    heading: str
    previous: str
    text: str
    next: str
    in_scope: bool
    codes: frozenset[str]
    city: str = ""
    passes: tuple[frozenset[str], ...] = ()


def gold_rows(text: str, *, file: str | Path) -> list[GoldRow]:
    """The rows of a gold file, JSON lines; a mistake is told with its line."""
    rows = list(_rows(text, file))
    if not rows:
        raise SourceError(
            "holds no rows",
            file=file,
            cure="A gold file has one JSON row a line",
            zh="没有内容。参照编码文件每行是一条 JSON。",
        )
    return rows


def _rows(text: str, file: str | Path) -> Iterator[GoldRow]:
    seen: set[str] = set()
    for at, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {at}"
        try:
            row = json.loads(line)
            one = GoldRow(
                id=str(row["id"]),
                document=str(row["document"]),
                heading=str(row.get("heading") or ""),
                previous=str(row.get("previous") or ""),
                text=str(row["text"]),
                next=str(row.get("next") or ""),
                in_scope=bool(row["in_scope"]),
                codes=frozenset(map(str, row["codes"])),
                city=str(row.get("city") or ""),
                passes=tuple(
                    frozenset(map(str, row[name]["codes"]))
                    for name in sorted(row)
                    if name.startswith("coder_") and row[name]
                ),
            )
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, brackets
            what = getattr(error, "msg", "") or str(error)
            raise SourceError(
                f"is not JSON ({what})",
                file=file,
                place=place,
                cure="A gold file has one JSON row a line",
                zh=f"不是 JSON（{what}）。参照编码文件每行是一条 JSON。",
            ) from None
        except (KeyError, TypeError, AttributeError) as error:
            raise SourceError(
                f"lacks {error}",
                file=file,
                place=place,
                cure="A row has id, document, text, in_scope and codes",
                zh=f"缺少 {error}。每行应有 id、document、text、in_scope 和 codes。",
            ) from None
        if one.id in seen:
            raise SourceError(
                f"the id {one.id!r} occurs twice",
                file=file,
                place=place,
                cure="Give each row an id of its own",
                zh=f"id {one.id!r} 出现两次，请给每行一个不同的 id。",
            )
        if not one.text:
            raise SourceError(
                "the text is empty",
                file=file,
                place=place,
                cure="Write the sentence or delete the row",
                zh="text 是空的，请写上句子或删去此行。",
            )
        seen.add(one.id)
        yield one


def in_context(row: GoldRow) -> tuple[Document, list[Unit], int]:
    """The row as a document of its own, its units, and which of them is the sentence.

    The section has the role its heading claims by itself, unless the sentence or the
    one before it admits problems; what the headings above it would have said is not
    known here.
    """
    parts = [part for part in (row.previous, row.text, row.next) if part]
    head = row.heading
    text = f"{head}\n{''.join(parts)}" if head else "".join(parts)
    start = len(head) + 1 if head else 0
    units = [Unit(0, 0, len(head), "heading", 0, 0)] if head else []
    at = start
    for part in parts:
        units.append(Unit(len(units), at, at + len(part), "body", 0, int(bool(head))))
        at += len(part)
    found = number(head)
    words = head[found.end :].strip() if found else head
    label = head[: found.end] if found else ""
    family = found.family if found else ""
    role = role_of(Heading(0, len(head), label, words, 1, True, family), "other")
    if role == "current_state" and (admits(row.previous) or admits(row.text)):
        role = "problems"
    top = [Paragraph(0, len(head), "heading", 0)] if head else []
    document = Document(
        id=row.id,
        text=text,
        sections=(Section(0, len(head), len(text), 1, label, words, role, -1),),
        paragraphs=(*top, Paragraph(start, at, "body", 0)),
    )
    return document, units, int(bool(head)) + int(bool(row.previous))
