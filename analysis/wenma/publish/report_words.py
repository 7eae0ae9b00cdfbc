"""What a report says above its tables, and where it shows less than all."""

from collections.abc import Mapping
from typing import Any

from wenma.errors import QueryError
from wenma.publish.columns import Words
from wenma.publish.labels import Language, heading, title
from wenma.queries.table import Table

_BY = {
    "city": Words("城市", "city"),
    "plan": Words("规划", "plan"),
    "period": Words("规划期", "period"),
    "document": Words("文件", "document"),
}


def caption(table: Table, options: Mapping[str, Any]) -> tuple[str, str]:
    """The caption in Chinese and in English: the table's title, by what, which measure."""
    by, measure = table.by, options.get("measure", "")
    return (
        f"{f'各{_BY[by].zh}' if by else ''}{title(table.name, language='zh')}"
        + (f"（{heading(measure, language='zh')}）" if measure else ""),
        title(table.name, language="en")
        + (f" by {_BY[by].en}" if by else "")
        + (f" ({heading(measure, language='en')})" if measure else ""),
    )


def undrawn(error: QueryError) -> Words:
    """Why a table stands without its picture."""
    return Words(f"图未画（{error.said('zh')}）", f"No figure: {error}")


def crowded(codes: int, most: int) -> Words:
    """That more codes than can be told apart have no picture."""
    return Words(
        f"图未画：{codes:,} 个编码多于能画清的 {most} 个。",
        f"No figure: {codes:,} codes are more than the {most} that can be told apart.",
    )


def first_codes(every: int, most: int, name: str) -> Words:
    """That a wide table has only the first codes."""
    return Words(
        f"只列编码本中前 {most} 个编码（共 {every:,} 个）；全部见 wenma query {name}。",
        f"The first {most} codes of the codebook's {every:,}; all: wenma query {name}.",
    )


def cut(most: int, every: int, by: str, name: str, language: Language) -> Words:
    """That a table has only its first or highest rows."""
    ranked = heading(by, language=language) if by else ""
    return Words(
        f"只列{f'{ranked}最高的' if by else '前'} {most} 行（共 {every:,} 行）；"
        f"全部见 wenma query {name}。",
        f"The {most} rows {f'highest in {ranked} ' if by else ''}of {every:,}; "
        f"all: wenma query {name}.",
    )


def few(most: int, every: int) -> Words:
    """That a figure has only the cities with the most text."""
    return Words(
        f"只画计数汉字最多的 {most} 个城市（共 {every} 个）",
        f"The {most} cities with the most counted text of {every}",
    )
