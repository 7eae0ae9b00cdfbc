"""阅读: what does the text say, and why was it coded so?"""

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.app import address, project_file, text_component
from analysis.app.excerpt_list import chips
from analysis.app.reading_view import blocks, codes_used, outline, unit_at
from analysis.app.view import View
from analysis.records import Coding, Document, Unit

KEY = "reader"


def draw(view: View) -> None:
    """The outline, the text with its codes, the codings of the chosen sentence."""
    say = view.say
    ids = list(view.study.documents["document"])
    asked = address.one("document")
    # A link leads to its document even where the filters would leave it out.
    if asked and asked not in ids and asked in view.names:
        ids.insert(0, asked)
    elif asked and asked not in ids:
        st.info(say("no_such_document"))
    id = address.select(
        say("document"),
        "document",
        ids,
        show=view.document_name,
        hide_label=True,
        clears=("at", "hidden"),
    )
    document, units, codings = project_file.document(view.project, id, view.study.coder, view.state)
    counts = codes_used(codings, view.codes)
    hidden = [code for code in address.several("hidden") if code in counts]
    order = {code: number for number, code in enumerate(counts) if code not in hidden}
    chosen = _chosen(units)
    text, why = st.columns([3, 1])
    with text:
        text_component.reading(
            KEY,
            version=f"{id} {view.study.coder} {view.state} {hidden} {say.language}",
            blocks=blocks(document, units, codings, order=order),
            outline=outline(document, codings),
            chips=chips(view, counts, counts, hidden=hidden),
            words={
                "document": id,
                "outline": say("outline"),
                "no_outline": say("no_outline"),
                "show_codes": say("show_codes"),
            },
            unit=chosen.number if chosen else None,
            chosen=_on_unit(units),
            toggled=_on_code(hidden),
        )
    with why:
        _why(view, document, chosen, codings)


def _chosen(units: Sequence[Unit]) -> Unit | None:
    at = address.one("at")
    return unit_at(units, int(at)) if at.isdecimal() else None


def _why(view: View, document: Document, unit: Unit | None, codings: Sequence[Coding]) -> None:
    """The chosen unit, where it stands, and each of its codings with rule and words."""
    say = view.say
    if unit is None:
        text_component.lines("why", ("faint", say("choose_sentence")))
        return
    here = [one for one in codings if one.start < unit.end and one.end > unit.start]
    place = document.place(unit.start)
    words = [
        say("place_page", page=place.page) if place.page else "",
        say("place_line", line=place.line) if place.line else "",
    ]
    lines = [
        ("title", say("sentence")),
        ("quote", document.text[unit.start : unit.end]),
        ("faint", document.address(unit.section)),
        ("faint", f"{say('place_in_file')} {' '.join(filter(None, words))}" if any(words) else ""),
    ]
    for one in here:
        lines.append(("code", view.code_name(one.code)))
        words_of: dict[str, dict[str, None]] = {}
        for e in one.evidence:
            words_of.setdefault(e.rule, {})[document.text[e.start : e.end]] = None
        lines += [
            ("faint", f"{say('rule')} {rule}　{say('evidence')} {' · '.join(found)}")
            for rule, found in words_of.items()
        ] or [("faint", say("by_person"))]
    if not here:
        lines.append(("faint", say("not_coded")))
    text_component.lines("why", *lines)


def _on_unit(units: Sequence[Unit]) -> Callable[[], None]:
    starts = {one.number: one.start for one in units}

    def chosen() -> None:
        number = st.session_state[KEY].unit
        if number in starts:
            address.write(at=str(starts[number]))

    return chosen


def _on_code(hidden: Sequence[str]) -> Callable[[], None]:
    def toggled() -> None:
        code = st.session_state[KEY].code
        if code:
            address.write(
                hidden=[one for one in hidden if one != code]
                if code in hidden
                else [*hidden, str(code)]
            )

    return toggled
