"""The groups there is room for on a page."""

from dataclasses import replace

from wenma.queries.table import Table


def largest_groups(table: Table, most: int) -> Table:
    """The rows of the groups with the most Han characters, in the table's own order.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"group": ["甲", "乙", "丙"], "countable": [5, 9, 7]})
    >>> list(largest_groups(Table("frequency", frame), 2).frame["group"])
    ['乙', '丙']
    """
    sizes = table.frame.groupby("group", sort=False)["countable"].first()
    kept = sizes.nlargest(most).index
    frame = table.frame[table.frame["group"].isin(kept)]
    return replace(table, frame=frame.reset_index(drop=True))
