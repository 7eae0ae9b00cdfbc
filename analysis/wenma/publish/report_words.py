"""What a report says above its tables, and where it shows less than all."""

from wenma.errors import QueryError
from wenma.publish.labels import Language, heading
from wenma.records import Bilingual


def undrawn(error: QueryError) -> Bilingual:
    """Why a table stands without its picture."""
    return Bilingual(f"图未画（{error.said('zh')}）", f"No figure: {error}")


def crowded(codes: int, most: int) -> Bilingual:
    """That more codes than can be told apart have no picture."""
    return Bilingual(
        f"图未画：{codes:,} 个编码多于能画清的 {most} 个。",
        f"No figure: {codes:,} codes are more than the {most} that can be told apart.",
    )


def first_codes(every: int, most: int, name: str) -> Bilingual:
    """That a wide table has only the first codes."""
    return Bilingual(
        f"只列编码本中前 {most} 个编码（共 {every:,} 个）；全部见 wenma query {name}。",
        f"The first {most} codes of the codebook's {every:,}; all: wenma query {name}.",
    )


def rows_cut(most: int, every: int, by: str, name: str, language: Language) -> Bilingual:
    """That a table has only its first or highest rows."""
    ranked = heading(by, language=language) if by else ""
    return Bilingual(
        f"只列{f'{ranked}最高的' if by else '前'} {most} 行（共 {every:,} 行）；"
        f"全部见可复现包的 tables/{name}.csv，或 wenma query {name}。",
        f"The {most} rows {f'highest in {ranked} ' if by else ''}of {every:,}; "
        f"all are in tables/{name}.csv of the pack, or: wenma query {name}.",
    )


def few(most: int, every: int) -> Bilingual:
    """That a figure has only the cities with the most text."""
    return Bilingual(
        f"只画计数汉字最多的 {most} 个城市（共 {every} 个）",
        f"The {most} cities with the most counted text of {every}",
    )
