"""What kind an attribute is, found out from its values: text, number or date."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from wenma.language.ordering import date_of, number_of

if TYPE_CHECKING:
    from pandas import DataFrame

AttributeKind = Literal["text", "number", "date"]


def attribute_kinds(
    columns: "DataFrame | Mapping[str, Iterable[Any]]",
) -> dict[str, AttributeKind]:
    """The kind of each column: a number or a date when every value that is not blank is one.

    A code with a leading zero is text, and so is a column without any value.

    >>> kinds = attribute_kinds({
    ...     "人口": ["1,234.5", "８７", ""], "印发日期": ["2025年3月", "2024-12-01"],
    ...     "代码": ["007", "12"], "时期": ["十四五", "十五五"], "year": [2021, None], "空": [""],
    ... })
    >>> [name for name, kind in kinds.items() if kind == "number"]
    ['人口', 'year']
    >>> kinds["印发日期"], kinds["代码"], kinds["时期"], kinds["空"]
    ('date', 'text', 'text', 'text')
    """
    return {str(name): attribute_kind(values) for name, values in columns.items()}


def attribute_kind(values: Iterable[Any]) -> AttributeKind:
    """The kind of one column.

    >>> attribute_kind(["3", "十四五"]), attribute_kind(["2021年"])
    ('text', 'date')
    """
    shown = {str(one).strip() for one in values} - {"None", "nan", "NaN"}
    told = shown - {"", "<NA>"}
    if told and all(number_of(one) is not None for one in told):
        return "number"
    if told and all(date_of(one) is not None for one in told):
        return "date"
    return "text"
