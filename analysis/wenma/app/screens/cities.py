"""城市比较: who resembles whom, what is particular to one?"""

import streamlit as st

from wenma.app import address, text_component
from wenma.app.chart_view import mark_door, show_chart
from wenma.app.excerpt_list import show_excerpts
from wenma.app.group_choice import attributes_said, by_of, choose_by
from wenma.app.largest_groups import largest_groups
from wenma.app.messages import as_it_stands
from wenma.app.table_view import show_table
from wenma.app.view import View
from wenma.publish.charts import attention_heatmap
from wenma.publish.city_charts import city_profile
from wenma.publish.query_figures import cities_map, cities_tree, keyness_words
from wenma.queries.grouping import By
from wenma.queries.table import Table
from wenma.study.answer import Answer

AT_ONCE = 8
"""Lines of a profile that can be told apart."""
PLACED = 40
"""Groups whose names a map or a tree has room for."""
WIDE, HIGH, SQUARE = 430, 330, 390
MARGIN = 60
PICTURES = ("map", "tree")
NOBODY = ""
ALL_CODES = ""


def draw(view: View) -> None:
    """Profiles beside a map or a tree; the pairs under them; the words of the chosen one."""
    say = view.say
    if not len(view.data):
        st.info(say("no_codings"))
        return
    first, second, third, fourth = st.columns([2, 2, 3, 3], vertical_alignment="bottom")
    chosen = choose_by(view, first, second)
    by = by_of(chosen)
    dimension = ALL_CODES
    if view.parents:  # a flat codebook is one dimension
        with third:
            dimension = address.select(
                say("dimension"), "dimension", _compared(view), show=view.code_name
            )
    with fourth:
        picture = address.switch(
            say("nearness"), "picture", PICTURES, show=lambda p: say(f"as_{p}")
        )
    shares = view.ask("frequency", by=by)
    groups = [name for name in dict.fromkeys(shares.frame["group"]) if name]
    if len(groups) < 2:
        st.info(say("one_group", by=as_it_stands(attributes_said(view, chosen))))
        return
    left, right = st.columns(2)
    with left:
        st.subheader(say("profiles"), anchor=False)
        _profiles(view, largest_groups(shares, AT_ONCE), dimension)
        if len(groups) > AT_ONCE:
            st.caption(say("group_count", shown=AT_ONCE, all=len(groups)))
    with right:
        st.subheader(say(f"as_{picture}_title"), anchor=False)
        _placed(view, picture, by=by, of=_of(view, dimension), groups=len(groups))
    show_excerpts(view)
    st.subheader(say("likeness"), anchor=False)
    pairs = view.ask("cities", by=by, of=_of(view, dimension))
    show_table(
        view,
        pairs,
        "cities",
        columns=("group", "group_b", "similarity", "cosine", "pearson", "jaccard", "dice"),
        height=280,
    )
    _own_words(view, by, groups)


def _compared(view: View) -> list[str]:
    """Dimensions with at least two codes under them: of fewer nothing can be compared."""
    parents = [code.parent for code in view.codes.values() if code.parent]
    several = [path for path in dict.fromkeys(parents) if parents.count(path) > 1]
    return several or view.dimensions


def _of(view: View, dimension: str) -> list[str]:
    """The codes that are compared, as the question takes them."""
    return view.leaves if dimension == ALL_CODES else [dimension]


def _profiles(view: View, table: Table, dimension: str) -> None:
    if dimension == ALL_CODES:
        names = table.frame["code"].nunique()
        chart = attention_heatmap(
            table,
            view.codes_frame,
            measure="share",
            language=view.say.language,
            door=mark_door(view),
        )
        show_chart(chart, "profiles", columns=max(MARGIN, (WIDE - MARGIN) // AT_ONCE))
        return
    chart = city_profile(
        table,
        view.codes_frame,
        measure="share",
        dimension=dimension.partition("/")[0],
        language=view.say.language,
        door=mark_door(view),
    )
    across = table.frame["code"].str.startswith(f"{dimension}/")
    codes = table.frame["code"][across].str.count("/").eq(dimension.count("/") + 1)
    names = table.frame["code"][across][codes].nunique()
    show_chart(
        chart, "profiles", columns=max(MARGIN, (WIDE - MARGIN) // max(names, 1)), height=HIGH
    )


def _placed(view: View, picture: str, *, by: By, of: list[str], groups: int) -> None:
    say = view.say
    if groups > PLACED:
        st.info(say("too_many_placed", most=PLACED, all=groups))
        return
    table = view.ask("cities", by=by, of=of, view=picture)
    if not len(table.frame):
        text_component.lines("placed", *(("faint", one) for one in _notes(view, table)))
        return
    codes, language = view.codes_frame, say.language
    if picture == "map":
        show_chart(cities_map(table, codes, size=SQUARE, language=language), picture)
    else:
        show_chart(cities_tree(table, codes, language=language), picture, width=WIDE)
    text_component.lines("placed", *(("faint", one) for one in _notes(view, table)))


def _notes(view: View, table: Table) -> list[str]:
    return [note.zh if view.say.language == "zh" else str(note) for note in table.notes]


def _own_words(view: View, by: By, groups: list[str]) -> None:
    """The words one group uses more than the others: counted when somebody asks."""
    say = view.say
    st.subheader(say("own_words"), anchor=False)
    chosen = address.select(
        say("own_words_of"),
        "own",
        [NOBODY, *groups],
        show=lambda name: _named(view, by, name) if name else say("choose_one"),
    )
    if not chosen:
        st.caption(say("own_words_help"))
        return
    with st.spinner(say("counting_words")):
        table = _keyness(view, view.key, by, chosen)
    left, right = st.columns(2)
    with left:
        chart = keyness_words(table, view.codes_frame, language=say.language)
        show_chart(chart, "own", width=WIDE - 60)
    with right:
        show_table(
            view,
            table,
            "own-words",
            columns=("word", "a", "b", "zeta", "log_ratio", "log_ratio_low", "log_ratio_high", "q"),
            height=420,
        )


def _named(view: View, by: By, name: str) -> str:
    return view.document_name(name) if by == "document" else name


@st.cache_resource(show_spinner=False, max_entries=8)
def _keyness(_view: View, key: tuple[object, ...], by: By, group: str) -> Answer:
    return _view.ask("keyness", by=by, group=group)
