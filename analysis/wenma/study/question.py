"""A question as people put it: codes by name, documents by attributes, units left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wenma.errors import UsageError
from wenma.queries.case_filter import Conditions
from wenma.queries.code_names import CODED, resolve_code, resolve_options
from wenma.queries.dataset import Dataset
from wenma.queries.grouping import By, attributes
from wenma.queries.table import Query, Table

DEFAULTS = ("achievement", "commitment", "deficit", "problems", "answers")
"""Options whose default names a code the question cannot do without."""


def put(
    data: Dataset,
    query: Query,
    *,
    by: By = None,
    headings: bool = False,
    where: Conditions | None = None,
    without: str | None = None,
    **options: Any,
) -> Table:
    """The answer of a query to the documents that are chosen, with filters and coder in its basis.

    `where` names values of attributes, `without` a code whose units are left out. Codes may be
    called by their names.
    """
    assert data.codes is not None  # a study knows its codebook
    said: dict[str, str] = {}
    if where:
        data = data.where(where)
        said["where"] = "; ".join(f"{name}={_listed(values)}" for name, values in where.items())
    if without:
        path = resolve_code(without, data.codes)
        data, gone = data.without(path)
        said["without"] = f"{path} ({gone} units)"
    chosen = resolve_options(options, data.codes, attributes=attributes(data.cases))
    return query.function(
        replace(data, basis=data.basis | said), **_by(by, query), headings=headings, **chosen
    )


def codes_named(query: Query, options: Mapping[str, Any], without: str | None) -> Collection[str]:
    """The codes a question cannot do without: those it names, and those its defaults do."""
    given = {name: value for name, value in options.items() if name in CODED and value}
    for option in query.options:
        if option.name in DEFAULTS and option.name not in given:
            given[option.name] = option.default
    found: list[str] = [without] if without else []
    for value in given.values():
        if isinstance(value, bool):  # a flag of the same name
            continue
        found += [value] if isinstance(value, str) else list(value)
    return [one for one in dict.fromkeys(found) if not one.startswith("level:")]


def conditions(where: Sequence[str]) -> dict[str, list[str]]:
    """``city=上海,广州`` is the city, one of two; `UsageError` for what is not a condition.

    >>> conditions(["city=上海,广州", "year=2021"])
    {'city': ['上海', '广州'], 'year': ['2021']}
    """
    found: dict[str, list[str]] = {}
    for condition in where:
        name, sign, values = condition.partition("=")
        if not (name and sign and values):
            raise UsageError(
                f"--where {condition} is not a condition",
                cure="Write it as --where city=上海,广州",
                zh=f"--where {condition} 不是条件。请写作 --where city=上海,广州",
            )
        found.setdefault(name, []).extend(values.replace("，", ",").split(","))
    return found


def _by(by: By, query: Query) -> dict[str, By]:
    """Nothing named leaves a query its own default, as `attention` has the city."""
    named = [by] if isinstance(by, str) else list(by or ())
    return {"by": named[0] if len(named) == 1 else named} if named else {}


def _listed(values: str | int | Sequence[str]) -> str:
    return str(values) if isinstance(values, str | int) else ",".join(map(str, values))
