"""阅读: what does the text say, why was it coded so, and how do I code it?"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256

import streamlit as st

from wenma.app import address, code_picker, person, text_component
from wenma.app.excerpt_list import chips
from wenma.app.messages import Say
from wenma.app.numbered_acts import NOTHING_DONE
from wenma.app.reader_acts import DONE, KEY, at_hand, chosen_unit, on_act
from wenma.app.reader_panel import Paper, handed_on, panel
from wenma.app.reading_view import (
    blocks,
    carrying,
    codes_used,
    outline_lines,
    stripes,
    undecided,
    within,
)
from wenma.app.view import View
from wenma.errors import WenmaError
from wenma.records import Coding, Document, Unit
from wenma.study.own_work import own_acts, own_verdicts, seen_memos
from wenma.study.page_pictures import has_pages
from wenma.study.study import Study


def draw(view: View) -> None:
    """The outline, the text with its codes, the codings of the chosen sentence."""
    person.own_part(view.say, partial(_draw, view))


def _draw(view: View) -> None:
    say = view.say
    first, second, third, fourth, last = st.columns(
        [4, 2.2, 2.2, 1.9, 2.2], vertical_alignment="bottom"
    )
    with first:
        id = _document(view)
    with last:
        name = _person(say)
    if problem := _refused(view, name):
        st.text(problem)
        name = ""
    paper = _paper(view, id, name)
    to_decide = undecided(paper.units, paper.theirs, mine=paper.mine, judged=paper.judged)
    with second:
        whose = _whose(say)
    with third:
        stance = _stance(view)
    with fourth:
        only = address.tick(say("only_undecided"), "undecided")
    theirs, mine = _shown(paper, to_decide if only else None, whose=whose, stance=stance)
    hidden = address.several("hidden", fits=view.codes.__contains__)
    order = {code: n for n, code in enumerate(view.codes) if code not in hidden}
    counts = codes_used([*theirs, *mine], view.codes)
    unit = chosen_unit(paper.units)
    text_component.reading(
        KEY,
        _packed(view, paper, theirs, order),
        document=id,
        mine=stripes(mine, order=order),
        outline=outline_lines(paper.document, [*theirs, *mine]),
        chips=chips(view, counts, counts, hidden=hidden),
        codes=code_picker.sent_entries(
            code_picker.picker_entries(view.codes.values(), language=say.language)
        ),
        words=_words(view),
        unit=unit.number if unit else None,
        undecided=[one.number for one in to_decide],
        panel=panel(view, paper, unit, name),
        keys=at_hand(view, name).keys,
        person=name,
        acts=paper.acts,
        done=st.session_state.get(DONE, NOTHING_DONE),
        chosen=_on_unit(paper.units),
        toggled=_on_code,
        acted=on_act(view, name),
    )
    page = paper.document.place(unit.start if unit else 0).page
    if page and has_pages(paper.document) and address.tick(say("page_picture"), "original"):
        _page(view, paper.document, page)


def _page(view: View, document: Document, page: int) -> None:
    """The page of the file in which the chosen unit begins."""
    try:
        picture = _picture(view.study, document.id, document.sha256, page)
    except WenmaError as error:
        st.info(error.said(view.say.language))
        return
    st.image(picture, caption=view.say("page_of_file", page=page))


@st.cache_data(show_spinner=False, max_entries=8)
def _picture(_study: Study, id: str, sha256: str, page: int) -> bytes:
    """A page, drawn once and not at every click: a file of one hash has the same pages."""
    return _study.page_picture(id, page)


# -- what is asked for ------------------------------------------------------------------


def _document(view: View) -> str:
    ids = list(view.documents)
    asked = address.one("document")
    # A link leads to its document even where the filters would leave it out.
    if asked and asked not in ids and asked in view.names:
        ids.insert(0, asked)
    elif asked and asked not in ids:
        st.info(view.say("no_such_document"))
    return address.select(
        view.say("document"),
        "document",
        ids,
        show=view.document_name,
        hide_label=True,
        clears=("at", "hidden"),
    )


def _person(say: Say) -> str:
    """Who codes: known from another page, from the address, or written here."""
    known = str(st.session_state.get("person", ""))
    if known and not address.one("person"):
        address.write(person=known)
    return person.asked(say)


def _refused(view: View, name: str) -> str:
    """Why this name cannot be a coder's; empty when it can, and where there is none."""
    if name:
        try:
            with person.study_now(view.project) as study:
                study.session(name)
        except WenmaError as error:
            return error.said(view.say.language)
    return ""


def _whose(say: Say) -> str:
    names = {
        "both": say("whose_both"),
        "mine": say("whose_mine"),
        "theirs": say("whose_theirs"),
    }
    return address.select(
        say("whose"), "whose", list(names), show=names.__getitem__, hide_label=True
    )


def _stance(view: View) -> str:
    """The stance a unit must carry to be shown; empty for any, or where none are coded."""
    paths = [path for path, code in view.codes.items() if code.parent == "stance"]
    if not paths:
        return ""
    return address.select(
        view.say("stance"),
        "stance",
        ["", *paths],
        show=lambda path: view.code_name(path) if path else view.say("any_stance"),
        hide_label=True,
    )


# -- what is there ------------------------------------------------------------------------


def _paper(view: View, id: str, name: str) -> Paper:
    document, units = view.document(id)
    with person.study_now(view.project) as study:  # what people do is read as it is now
        if study.hidden != view.study.hidden:  # a task was given or finished meanwhile
            st.rerun(scope="app")
        mine = study.codings(id, coder=name) if name else []
        judged = {key[1:] for key in own_verdicts(study, id)}
        notes, acts = seen_memos(study), own_acts(study)
    everyone = (one for codings in view.codings(id).values() for one in codings)
    theirs = [one for one in everyone if one.coder != name]
    memos_here = handed_on(notes, id, theirs, mine, name)
    return Paper(document, units, theirs, mine, judged, memos_here, acts)


def _shown(
    paper: Paper, units: Sequence[Unit] | None, *, whose: str, stance: str
) -> tuple[Sequence[Coding], Sequence[Coding]]:
    """The codings the filters let through, of the chosen coder and of the person."""
    theirs = [] if whose == "mine" else paper.theirs
    mine = [] if whose == "theirs" else paper.mine
    if stance:
        every = (*paper.theirs, *paper.mine)
        stated = [one for one in every if f"{one.code}/".startswith(f"{stance}/")]
        of_stance = carrying(paper.units, stated)
        theirs, mine = within(theirs, of_stance), within(mine, of_stance)
    if units is not None:
        theirs, mine = within(theirs, units), within(mine, units)
    return theirs, mine


def _packed(view: View, paper: Paper, theirs: Sequence[Coding], order: Mapping[str, int]) -> bytes:
    """The text with the chosen coder's marks, worked out anew only when one has changed."""
    marks = [(one.start, one.end, one.code, one.coder) for one in theirs]
    known = (view.project, paper.document.id, view.state, marks, list(order))
    return _pack(sha256(repr(known).encode()).hexdigest()[:16], paper, theirs, order)


@st.cache_resource(show_spinner=False, max_entries=12)
def _pack(
    version: str, _paper: Paper, _theirs: Sequence[Coding], _order: Mapping[str, int]
) -> bytes:
    drawn = blocks(_paper.document, _paper.units, _theirs, order=_order)
    return text_component.packed_paper(version, drawn, stripes(_theirs, order=_order))


def _words(view: View) -> dict[str, str]:
    say = view.say
    return {
        "outline": say("outline"),
        "no_outline": say("no_outline"),
        "show_codes": say("show_codes"),
        "sentence": say("chosen_unit"),
        "mine": say("mine"),
        "theirs": view.say.coder(view.coder),
        "find_code": say("find_code"),
        "no_code": say("no_code"),
        "selected": say("selected", n="{n}"),
        "unit_meant": say("unit_meant"),
        "nothing_meant": say("nothing_meant"),
        "select_first": say("select_first"),
        "choose_own": say("choose_own"),
        "recoding": say("recoding"),
        "no_key": say("no_key"),
        "keys": say("key_help"),
        "undecided": say("undecided_left", n="{n}"),
        "none_after": say("none_after"),
        "none_before": say("none_before"),
        "uncode": say("uncode"),
        "recode": say("recode"),
        "extend": say("extend"),
        "split": say("split"),
        "merge": say("merge"),
        "take": say("take"),
        "memo": say("memo"),
        "keep": say("keep"),
        "leave": say("leave"),
    }


def _on_unit(units: Sequence[Unit]) -> Callable[[], None]:
    starts = {one.number: one.start for one in units}

    def chosen() -> None:
        number = st.session_state[KEY].unit
        if number in starts:
            address.write(at=str(starts[number]))

    return chosen


def _on_code() -> None:
    code = st.session_state[KEY].code
    hidden = address.several("hidden")
    if code:
        left = [one for one in hidden if one != code]
        address.write(hidden=left if code in hidden else [*hidden, str(code)])
