"""Two versions of a document, in lines to read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wenma.cli.messages import said

if TYPE_CHECKING:
    from wenma.language.text_changes import ParagraphChange
    from wenma.study.document_changes import DocumentChanges

KINDS = {
    "same": ("same", "未变"),
    "moved": ("moved", "移动"),
    "changed": ("changed", "改动"),
    "gone": ("gone", "删去"),
    "new": ("new", "新增"),
}
"""What became of a paragraph, in English and Chinese."""
_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}


def changes_told(found: "DocumentChanges") -> dict[str, Any]:
    """What changed, as ``--format json`` prints it."""
    return {
        "document": found.document,
        "other": found.other,
        "paragraphs": [
            {
                "kind": one.kind,
                "old": one.old + 1 or None,
                "new": one.new + 1 or None,
                "text": _text(found, one),
                "parts": [part._asdict() for part in one.parts],
                "kept": found.kept[one.old],
                "carried": found.carried[one.old],
                "lost": found.lost[one.old],
            }
            for one in found.changes
        ],
        "work": [one._asdict() for one in found.work],
    }


def change_lines(found: "DocumentChanges") -> Iterator[str]:
    """The paragraphs that are not the same, and what becomes of people's work on each."""
    counts = {kind: found.count(kind) for kind in KINDS}
    yield said(
        zh=f"{found.document} → {found.other}：段落"
        + "，".join(f"{zh} {counts[kind]:,}" for kind, (_, zh) in KINDS.items()),
        en=f"{found.document} → {found.other}: paragraphs "
        + ", ".join(f"{counts[kind]:,} {en}" for kind, (en, _) in KINDS.items()),
    )
    for one in found.changes:
        if one.kind != "same":
            yield f"{_kind(one.kind)} {_numbers(one)}{_work(found, one.old)}  {_text(found, one)}"
    yield said(
        zh=f"各人的编码、裁定与备注：{found.kept.total():,} 处所在段落未变，"
        f"{found.carried.total():,} 处随文字移到新处，{found.lost.total():,} 处找不到原文",
        en=f"of people's codings, verdicts and memos {found.kept.total():,} stand in paragraphs "
        f"that are the same, {found.carried.total():,} go with their words, "
        f"{found.lost.total():,} are not found again",
    )
    for work in found.work:
        if not work.found:
            words = " ".join(work.words.split())
            shown = words[:30] + "…" * (len(words) > 30)
            yield said(
                zh=f"  找不到：{work.person} 在“{shown}”上的 {work.table}",
                en=f"  not found again: {work.table} by {work.person} on “{shown}”",
            )


def _kind(kind: str) -> str:
    en, zh = KINDS[kind]
    return said(zh=zh, en=en)


def _numbers(one: "ParagraphChange") -> str:
    return " → ".join(str(at + 1) if at >= 0 else "–" for at in (one.old, one.new))


def _work(found: "DocumentChanges", at: int) -> str:
    """What becomes of the work on a paragraph; nothing where there is none."""
    carried, lost = found.carried[at], found.lost[at]
    if at < 0 or not carried + lost:
        return ""
    return said(zh=f"（随行 {carried}，找不到 {lost}）", en=f" ({carried} carried, {lost} lost)")


def _text(found: "DocumentChanges", one: "ParagraphChange") -> str:
    if not one.parts:
        return found.new[one.new] if one.new >= 0 else found.old[one.old]
    return "".join(f"{_MARKS[part.kind][0]}{part.text}{_MARKS[part.kind][1]}" for part in one.parts)
