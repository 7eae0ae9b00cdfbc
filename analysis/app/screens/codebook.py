"""编码本: what does each code mean, and what would a change do?"""

from collections import Counter

import pandas as pd
import streamlit as st

from analysis.app import address, codebook_draft, text_component
from analysis.app.excerpt_list import show_excerpts
from analysis.app.view import View
from analysis.publish import labels
from analysis.records import Code, Rule


def draw(view: View) -> None:
    """The tree at the left, the chosen code at the right."""
    say, book = view.say, view.study.codebook
    name = book.zh if say.language == "zh" else book.en
    left, right = st.columns([2, 5])
    with left:
        st.text(say("version", name=name, version=book.version))
        _tree(view)
    path = address.one("code") or view.leaves[0]
    with right:
        if path in view.codes:
            _code(view, view.codes[path])
        else:
            st.info(say("choose_code"))
    show_excerpts(view)
    codebook_draft.draw(view, path if path in view.codes else view.leaves[0])


def _tree(view: View) -> None:
    counts = view.ask("frequency").frame.set_index("code")["references"]
    paths = list(view.codes)
    key = f"tree {view.say.language}"

    def chosen() -> None:
        cells = st.session_state[key].selection.cells
        if cells:
            address.write(code=paths[cells[0][0]], excerpts="")

    st.dataframe(
        pd.DataFrame(
            {
                "code": [
                    "　" * (view.codes[path].depth - 1) + view.code_name(path) for path in paths
                ],
                "references": [int(counts.get(path, 0)) for path in paths],
            }
        ),
        key=key,
        hide_index=True,
        height=620,
        column_config={
            "code": st.column_config.Column(labels.heading("code", language=view.say.language)),
            "references": st.column_config.NumberColumn(
                labels.heading("references", language=view.say.language), format="localized"
            ),
        },
        selection_mode="single-cell",
        on_select=chosen,
    )


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
    codings = view.study.codings
    if not view.filters.headings:
        codings = codings[codings["kind"] != "heading"]
    fired: Counter[str] = Counter(
        rule
        for rules in codings.loc[codings["code"] == code.path, "rule"]
        for rule in rules.split("; ")
    )
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
        roles = between.join(labels.value(r, language=say.language) for r in rule.roles)
        parts.append(say("wording_roles", roles=roles))
    if rule.not_in:
        parts.append(say("wording_not_in", words=between.join(rule.not_in)))
    if rule.not_with:
        parts.append(say("wording_not_with", words=between.join(rule.not_with)))
    return "　".join(part for part in parts if part)
