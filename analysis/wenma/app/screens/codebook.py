"""编码本: what does each code mean, and what would a change do?"""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from wenma.app import (
    address,
    codebook_changes,
    codebook_draft,
    codebook_form,
    codebook_tree,
    codebook_warnings,
    codebook_yaml,
    person,
    text_component,
)
from wenma.app.codebook_draft import TOLD
from wenma.app.codebook_tree import TreeRow
from wenma.app.excerpt_list import show_excerpts
from wenma.app.view import View
from wenma.codebook.editing import EditedCodebook, Paths, ShiftStep, Where, move_code, shift_code
from wenma.errors import WenmaError
from wenma.publish import labels
from wenma.records import RULES, Code, Codebook, Rule

TREE, DONE, COUNTS = "codebook-tree", "codebook-tree done", "codebook-tree counts"
EDITING_WAYS = ("form", "yaml")
DRAFT_MARKS = ("added", "moved", "merged", "recoded", "rescored", "reworded", "examples")
"""What a draft has made of a code, told in its row."""


def draw(view: View) -> None:
    """The tree at the left, the chosen code at the right; a draft of it where it is changed."""
    say = view.say
    way, fault = "", ""
    head, switch = st.columns([3, 2], vertical_alignment="bottom")
    with head:
        shown = view.book
        st.text(say("version", name=_named(view, shown), version=shown.version))
    with switch:
        if view.of_rules and address.tick(say("change_codebook"), "change"):
            newest = next(one for one in view.coders if one.startswith(f"{RULES}{shown.id}@"))
            if view.coder != newest:
                fault = say("older_version", coder=newest)
            elif not person.may(person.known(), "coder"):
                fault = say("supervisors_only")
            else:
                way = "form"
    if fault:
        st.info(fault)
    if way:
        way = _bar(view)
    book = _drafted(view) if way else view.book
    codes = {code.path: code for code in book.codes}
    path = address.one("code") or view.leaves[0]
    path = (
        codebook_draft.current_draft(view).now.paths.get(path, path) if path not in codes else path
    )
    path = path if path in codes else next(iter(codes))
    left, right = st.columns([2, 3] if way else [2, 4])
    with left:
        _tree(view, book, path, may_move=bool(way))
    with right:
        if way == "yaml":
            codebook_yaml.draw(view, path)
        elif way:
            codebook_form.draw(view, book, codes[path])
        elif path in view.codes:
            _code(view, view.codes[path])
    if way:
        codebook_changes.draw(view, book)
    codebook_warnings.draw(view, book)
    show_excerpts(view)


def _named(view: View, book: Codebook) -> str:
    return book.zh if view.say.language == "zh" else book.en


def _bar(view: View) -> str:
    """Who changes it, how, and what can be done with the draft; the way that was chosen."""
    say = view.say
    first, second, *places = st.columns([3, 3, 2, 2, 2, 4], vertical_alignment="bottom")
    with first:
        person.asked(say)
    with second:
        way = address.switch(
            say("change_by"), "by", EDITING_WAYS, show=lambda one: say(f"by_{one}")
        )
    steps = (
        ("undo", partial(codebook_draft.take_step, view, "undo")),
        ("redo", partial(codebook_draft.take_step, view, "redo")),
        ("try_draft", partial(codebook_draft.try_out, view)),
    )
    for place, (word, act) in zip(places, steps, strict=False):
        place.button(say(word), key=f"draft {word}", on_click=act, width="stretch")
    places[3].button(
        say("save_draft"),
        on_click=partial(codebook_draft.save, view),
        type="primary",
        width="stretch",
    )
    if told := st.session_state.pop(TOLD, ""):
        with st.container(border=True):
            text_component.lines("draft-told", ("body", told))
    return way


def _drafted(view: View) -> Codebook:
    """The codebook the draft makes; the version in use, and why, where it makes none."""
    try:
        return codebook_draft.book_of(view)
    except WenmaError as error:
        text_component.lines("draft-wrong", ("body", error.said(view.say.language)))
        return view.book


# -- the tree ----------------------------------------------------------------------------------


def _tree(view: View, book: Codebook, path: str, *, may_move: bool) -> None:
    say = view.say
    codebook_tree.tree(
        TREE,
        _rows(view, book),
        chosen=path,
        may_move=may_move,
        words={"tree": say("codebook"), "help": say("tree_help")},
        done=st.session_state.get(DONE, {}),
        on_chosen=_chosen,
        on_act=partial(_acted, view, may_move),
    )


def _rows(view: View, book: Codebook) -> list[TreeRow]:
    """A row for each code, with the references it had where it was."""
    paths = codebook_draft.current_draft(view).now.paths if book is not view.book else {}
    counts: Counter[str] = Counter()
    for path, n in _references(view).items():
        counts[paths.get(path, path)] += n
    changes = reversed(codebook_changes.compared(view, book))
    marks = {one.code: one.what for one in changes if one.what in DRAFT_MARKS}
    chinese = view.say.language == "zh"
    return [
        TreeRow(
            code.path,
            code.zh if chinese else code.en,
            code.path.rpartition("/")[2],
            code.colour,
            code.depth,
            counts[code.path],
            view.say(f"mark_{marks[code.path]}") if code.path in marks else "",
        )
        for code in book.codes
    ]


def _references(view: View) -> dict[str, int]:
    """Code → references, counted once for what the filters show: a draft is many small steps."""
    here = view.key
    known = st.session_state.get(COUNTS)
    if known is None or known[0] != here:
        frame = view.ask("frequency").frame
        found = {str(c): int(n) for c, n in zip(frame["code"], frame["references"], strict=True)}
        known = st.session_state[COUNTS] = (here, found)
    counts: dict[str, int] = known[1]
    return counts


def _chosen() -> None:
    address.write(code=str(st.session_state[TREE].chosen), excerpts="")


def _acted(view: View, may_move: bool) -> None:
    """Do what was done to the tree, each act once."""
    asked = st.session_state[TREE].act
    if not isinstance(asked, Mapping) or not may_move:
        return
    page, acts = str(asked.get("page")), asked.get("acts")
    before = st.session_state.get(DONE, {})
    reached = before.get("n", 0) if before.get("page") == page else 0
    chosen = address.one("code")
    for one in acts if isinstance(acts, list) else ():
        number = one.get("n") if isinstance(one, Mapping) else None
        if isinstance(number, int) and number > reached:
            reached = number
            gone = _done(view, one)
            chosen = gone.get(chosen, chosen)
            st.session_state[DONE] = {"page": page, "n": number}
    # A click that follows may break in here, where something is sent to the browser, not before:
    # an act is done and known to be done, or neither.
    address.write(code=chosen)


def _done(view: View, asked: Mapping[str, Any]) -> Paths:
    """Change the draft as the tree was changed; where codes have gone."""
    path, step, where = str(asked.get("path")), asked.get("step"), asked.get("where")
    if step in codebook_form.SHIFTS:
        return codebook_draft.change(view, partial(_shifted, path, step)) or {}
    if where in ("into", "before", "after"):
        to = str(asked.get("to"))
        return codebook_draft.change(view, partial(_moved, path, to, where)) or {}
    codebook_draft.tell_next(view.say("not_understood"))
    return {}


def _shifted(path: str, step: ShiftStep, text: str, version: str) -> EditedCodebook:
    return shift_code(text, path, step, version=version)


def _moved(path: str, to: str, where: Where, text: str, version: str) -> EditedCodebook:
    return move_code(text, path, to, where=where, version=version)


# -- a code to read ----------------------------------------------------------------------------


def _code(view: View, code: Code) -> None:
    """What it means; what it is and is not, side by side; its rules."""
    say = view.say
    text_component.lines(
        "code",
        ("title", view.code_name(code.path)),
        ("faint", f"{say('path')} {code.path}"),
        *((("body", code.definition),) if code.definition else ()),
        *((("faint", f"{say('source')} {code.source}"),) if code.source else ()),
    )
    sides = (
        (("when", code.when), ("examples", code.examples)),
        (("when_not", code.when_not), ("near_misses", code.near_misses)),
    )
    for number, (place, lists) in enumerate(zip(st.columns(2), sides, strict=True)):
        with place:
            text_component.lines(
                f"code-{number}",
                *(
                    line
                    for title, texts in lists
                    if texts
                    for line in (("strong", say(title)), *(("quote", text) for text in texts))
                ),
            )
    if code.rules:
        _rules(view, code)


def _rules(view: View, code: Code) -> None:
    """Each rule with its wording and how often it fired; a click opens where."""
    say = view.say
    asked = view.ask("rules", of=code.path).frame
    own = asked[asked["code"] == code.path]
    fired: Counter[str] = Counter(dict(zip(own["rule"], own["references"], strict=True)))
    key = f"rules {code.path} {say.language}"

    def chosen() -> None:
        cells = st.session_state[key].selection.cells
        rule = code.rules[cells[0][0]].id if cells else ""
        address.open_door(
            {"code": code.path, "rule": rule, "children": False} if fired[rule] else None
        )

    text_component.lines("rules-title", ("strong", say("rules")))
    st.dataframe(
        pd.DataFrame(
            {
                "rule": [rule.id for rule in code.rules],
                "fired": [fired[rule.id] for rule in code.rules],
                "wording": [_wording(view, rule) for rule in code.rules],
            }
        ),
        key=key,
        hide_index=True,
        column_config={
            "rule": st.column_config.Column(say("rule")),
            "fired": st.column_config.NumberColumn(say("fired"), format="localized"),
            "wording": st.column_config.Column(say("wording"), width="large"),
        },
        selection_mode="single-cell",
        on_select=chosen,
    )


def _wording(view: View, rule: Rule) -> str:
    """A rule in one line."""
    say = view.say
    between = "、" if say.language == "zh" else ", "
    parts = [between.join(rule.terms), " + ".join(between.join(g) for g in rule.all_of)]
    if rule.near:
        parts.append(
            say(
                "wording_near",
                first=between.join(rule.near.first),
                second=between.join(rule.near.second),
                within=rule.near.within,
            )
        )
    parts += [rule.pattern, *rule.tokens]
    if rule.roles:
        roles = between.join(labels.fixed_word(r, language=say.language) for r in rule.roles)
        parts.append(say("wording_roles", roles=roles))
    if rule.not_in:
        parts.append(say("wording_not_in", words=between.join(rule.not_in)))
    if rule.not_with:
        parts.append(say("wording_not_with", words=between.join(rule.not_with)))
    return "　".join(part for part in parts if part)
