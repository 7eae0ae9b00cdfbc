"""What a page compares: an attribute or two crossed; or one group alone."""

from streamlit.delta_generator import DeltaGenerator

from wenma.app import address
from wenma.app.view import View
from wenma.queries.grouping import By

EVERYTHING = "all"
NOTHING = ""


def choose_by(view: View, first: DeltaGenerator, second: DeltaGenerator) -> tuple[str, ...]:
    """The attribute chosen to break a table down by, and the one it is crossed with, if any.

    A list to choose it from is drawn in each of the two places.
    """
    say = view.say
    with first:
        one = address.select(say("by"), "by", view.groupings, show=view.attribute)
    others = [NOTHING, *(name for name in view.groupings if name != one)]
    with second:
        other = address.select(
            say("crossed_with"),
            "and",
            others,
            show=lambda name: view.attribute(name) if name else say("not_crossed"),
        )
    return (one, other) if other else (one,)


def by_of(chosen: tuple[str, ...]) -> By:
    """The chosen attributes as a question takes them."""
    return chosen[0] if len(chosen) == 1 else list(chosen)


def attributes_said(view: View, chosen: tuple[str, ...]) -> str:
    """The chosen attributes in a sentence."""
    return " × ".join(map(view.attribute, chosen)).lower()


def choose_group(view: View, label: str, name: str, *, first: int | None = None) -> View:
    """The view of the group chosen in the list; of all documents when none is.

    `first` is the number of the group shown before anyone has chosen.
    """
    say = view.say
    groups = {
        f"{attribute}={value}": (attribute, value)
        for attribute, values in view.filterable.items()
        for value in values
    }
    chosen = address.select(
        label,
        name,
        [EVERYTHING, *groups],
        show=lambda key: (
            say("everything")
            if key == EVERYTHING
            else "：".join((view.attribute(groups[key][0]), groups[key][1]))
        ),
        default=EVERYTHING if first is None else [*groups, EVERYTHING][min(first, len(groups))],
    )
    return view if chosen == EVERYTHING else view.inside(*groups[chosen])
