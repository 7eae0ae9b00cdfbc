"""Cities alone: what the State and provinces planned is compared with them only when asked."""

import numpy as np

from wenma.queries.dataset import Dataset
from wenma.queries.grouped import first_few
from wenma.queries.grouping import as_text
from wenma.queries.table import Note
from wenma.sources.places.places import place_of


def only_cities(data: Dataset) -> tuple[Dataset, list[Note], dict[str, str]]:
    """The cases of cities, a note on who was left out, and what the basis says of it.

    Left out is whose city is the State or a province (国家, 广东省) by the official list;
    municipalities, prefectures, counties and names that are not on the list stay. Nobody is left
    out where nobody else is there, or where cities are chosen by name: then they are asked for.
    """
    by_name = data.basis.get("where", "").startswith("city=")
    if "city" not in data.cases or by_name or "; city=" in data.basis.get("where", ""):
        return data, [], {}
    named = as_text(data.cases["city"])
    above = [one for one in dict.fromkeys(named) if not _may_be_city(one)]
    kept = ~np.isin(named.to_numpy(dtype=object), np.array(above, dtype=object))
    if not above or not kept.any():
        return data, [], {}
    note = Note(
        f"Left out, as no cities: {first_few(above)} ({int((~kept).sum())} documents). "
        "Ask for provinces to have them compared.",
        zh=f"未计入非城市：{first_few(above)}（{int((~kept).sum())} 份文件）。"
        "要一并比较，请加 provinces。",
    )
    return data.of_cases(kept), [note], {"no_cities": ", ".join(above)}


def _may_be_city(name: str) -> bool:
    place = place_of(name)
    return place is None or place.is_city
