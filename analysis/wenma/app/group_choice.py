"""One city, plan or period to look at, or everything."""

from dataclasses import replace

from wenma.app import address
from wenma.app.filters import COLUMNS, Filters, narrowed
from wenma.app.view import View

EVERYTHING = "all"


def choose_group(view: View, label: str, name: str, *, first: int | None = None) -> View:
    """The view of the group chosen in the list; of all documents when none is.

    `first` is the number of the group shown before anyone has chosen.
    """
    say = view.say
    groups = {
        f"{column}={value}": (column, value)
        for column in COLUMNS
        for value in view.study.documents[column].unique()
        if value
    }
    chosen = address.select(
        label,
        name,
        [EVERYTHING, *groups],
        show=lambda key: (
            say("everything")
            if key == EVERYTHING
            else "：".join((say(groups[key][0]), groups[key][1]))
        ),
        default=EVERYTHING if first is None else [*groups, EVERYTHING][min(first, len(groups))],
    )
    if chosen == EVERYTHING:
        return view
    column, value = groups[chosen]
    # Columns are named at run time; `Filters` refuses one it does not have.
    inside = narrowed(view.study, Filters(**{column: (value,)}))  # type: ignore[arg-type]
    return replace(view, study=inside, within={column: value})
