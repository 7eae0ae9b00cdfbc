"""The reader's right side: the chosen unit, where it stands, its codings and memos."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from wenma.app.messages import Say
from wenma.app.view import View
from wenma.records import Coding, Document, Unit
from wenma.study.own_work import memo_on


class Paper(NamedTuple):
    """A document as the person who codes sees it."""

    document: Document
    units: Sequence[Unit]
    theirs: Sequence[Coding]
    mine: Sequence[Coding]
    judged: Collection[tuple[int, int, str]]
    memos: Mapping[str, Sequence[tuple[str, str]]]
    """What a memo is about → each person and what they wrote."""
    acts: int
    """How many acts the person has done so far."""


def handed_on(
    memos: Mapping[str, Sequence[tuple[str, str]]],
    document: str,
    theirs: Sequence[Coding],
    mine: Sequence[Coding],
    name: str,
) -> dict[str, list[tuple[str, str]]]:
    """The memos, those of others on codings that are no more with what is coded there now.

    One's own follow a coding that is changed (`Session`); what others wrote about it would
    be on nothing, and not be read.
    """
    found = {about: list(written) for about, written in memos.items()}
    places = {memo_on(document, (one.start, one.end, one.code)) for one in (*mine, *theirs)}
    of_codings = memo_on(document, (0, 0, "")).removesuffix("0:0:")
    for about, written in memos.items():
        if about in places or not about.startswith(of_codings):
            continue
        start, end, code = about.removeprefix(of_codings).split(":", 2)
        there = [one for one in mine if one.start < int(end) and one.end > int(start)]
        for heir in [one for one in there if one.code == code] or there:
            place = memo_on(document, (heir.start, heir.end, heir.code))
            found.setdefault(place, []).extend(other for other in written if other[0] != name)
    return found


def panel(view: View, paper: Paper, unit: Unit | None, name: str) -> dict[str, Any]:
    """The chosen unit, where it stands, each of its codings with rule and words, memos."""
    say, document = view.say, paper.document
    here: list[dict[str, Any]] = []
    if unit:
        own = {(one.start, one.end, one.code) for one in paper.mine}
        for mine, codings in ((True, paper.mine), (False, paper.theirs)):
            here += [
                _told(view, paper, one, name, mine=mine)
                | {"taken": not mine and (one.start, one.end, one.code) in own}
                for one in codings
                if one.start < unit.end and one.end > unit.start
            ]
    lines = _place(say, document, unit) if unit else [("faint", say("choose_sentence"))]
    if unit and not here:
        lines.append(("faint", say("not_coded")))
    paper_memo = _memo(paper, f"document:{document.id}", name)
    return {
        "lines": [list(line) for line in lines],
        "codings": here,
        "document": {"name": say("document_memo"), **paper_memo},
    }


def _place(say: Say, document: Document, unit: Unit) -> list[tuple[str, str]]:
    place = document.place(unit.start)
    words = [
        say("place_page", page=place.page) if place.page else "",
        say("place_line", line=place.line) if place.line else "",
    ]
    return [
        ("title", say("chosen_unit")),
        ("quote", document.text[unit.start : unit.end]),
        ("faint", document.address(unit.section)),
        ("faint", f"{say('place_in_file')} {' '.join(filter(None, words))}" if any(words) else ""),
    ]


def _told(view: View, paper: Paper, one: Coding, name: str, *, mine: bool) -> dict[str, Any]:
    say, text = view.say, paper.document.text
    words_of: dict[str, dict[str, None]] = {}
    for e in one.evidence:
        words_of.setdefault(e.rule, {})[text[e.start : e.end]] = None
    lines = [
        ["faint", f"{say('rule')} {rule}　{say('evidence')} {' · '.join(found)}"]
        for rule, found in words_of.items()
    ]
    if not mine and not lines:
        lines = [["faint", say("by_person")]]
    about = memo_on(paper.document.id, (one.start, one.end, one.code))
    code = view.codes.get(one.code)
    return {
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "own": int(mine),
        "name": view.code_name(one.code),
        "colour": code.colour if code else "#888888",
        "whose": say("mine") if mine else one.coder,
        "lines": lines,
        **_memo(paper, about, name),
    }


def _memo(paper: Paper, about: str, name: str) -> dict[str, Any]:
    written = paper.memos.get(about, ())
    return {
        "about": about,
        "memo": next((text for who, text in written if who == name), ""),
        "others": [[who, text] for who, text in written if who != name],
    }
