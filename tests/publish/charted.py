"""What tests of charts read out of them."""


def drawn(chart):
    """The rows of each of a chart's data sets."""
    return list(chart.to_dict(validate=True)["datasets"].values())


def rows_of(chart, *keys):
    """The chart's rows that have these keys, in order."""
    return next(rows for rows in drawn(chart) if rows and all(key in rows[0] for key in keys))
