"""A question as people put it: codes by name, documents by attributes, units left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wenma.errors import QueryError, UsageError
from wenma.queries.case_filter import Conditions
from wenma.queries.code_names import CODED, resolve_code, resolve_options
from wenma.queries.copied_units import copied_units, without_units
from wenma.queries.dataset import Dataset
from wenma.queries.grouped import first_few
from wenma.queries.grouping import By, attributes
from wenma.queries.table import Query, Table

DEFAULTS = ("achievement", "commitment", "deficit", "problems", "answers", "pairs")
"""Options whose default names a code the question cannot do without."""


def put(
    data: Dataset,
    query: Query,
    *,
    by: By = None,
    headings: bool = False,
    where: Conditions | None = None,
    without: str | None = None,
    once: bool = False,
    without_copied: bool = False,
    **options: Any,
) -> Table:
    """The answer of a query to the documents that are chosen, with filters and coder in its basis.

    `where` names values of attributes, `without` a code whose units are left out. With `once`,
    of documents that are copies the first is asked alone; with `without_copied`, the units that
    stand in a passage of an earlier document of the study are left out. Codes may be called by
    their names.
    """
    codes = data.codes
    assert codes is not None  # a study knows its codebook
    said: dict[str, str] = {}
    # Before documents are chosen: what one of them copied may stand in another that is not.
    copied = copied_units(data) if without_copied else None
    if where:
        data = data.where(where)
        said["where"] = "; ".join(f"{name}={_listed(values)}" for name, values in where.items())
    if once:
        data, left = data.once()
        said["once"] = f"{len(left)} ({first_few(left, 12)})" if left else "0"
    if copied is not None:
        data, units = without_units(data, copied)
        said["without_copied"] = f"{units:,}"
    if without:
        path = resolve_code(without, codes)
        data, gone = data.without(path)
        said["without"] = f"{path} ({gone} units)"
    chosen = resolve_options(options, codes, attributes=attributes(data.cases))
    return query.function(
        replace(data, basis={**data.basis, **said}), **_by(by, query), headings=headings, **chosen
    )


def codes_named(query: Query, options: Mapping[str, Any], without: str | None) -> Collection[str]:
    """The codes a question cannot do without: those it names, and those its defaults do."""
    # Themes are told apart by stances, or by problems and answers.
    idle = ("problems", "answers") if options.get("themes") else ("lacking", "promised")
    # Of words, `boilerplate` is a flag; of robustness, a code.
    given = {
        name: value
        for name, value in options.items()
        if name in CODED and value and not isinstance(value, bool) and name not in idle
    }
    for option in query.options:
        if option.name in DEFAULTS and option.name not in (*given, *idle):
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


def both(first: Conditions, then: Mapping[str, Any]) -> dict[str, list[str]]:
    """The conditions that hold where both do: of one attribute, the values both allow.

    `QueryError` where they share no value.

    >>> both({"city": ["上海", "广州"]}, {"city": "广州", "year": 2021})
    {'city': ['广州'], 'year': ['2021']}
    """
    found = {name: _values(values) for name, values in first.items()}
    for name, given in then.items():
        values = _values(given)
        if name in found and (shared := [one for one in values if one in found[name]]):
            values = shared
        elif name in found:
            raise QueryError(
                f"no document is both: {name} {', '.join(found[name])} and {', '.join(values)}",
                cure="Leave out one of the conditions",
                zh=f"没有文件同时合乎这两个条件：{name} 为{'、'.join(found[name])}，"
                f"又为{'、'.join(values)}。请去掉一个。",
            )
        found[name] = values
    return found


def _values(given: str | int | Sequence[Any]) -> list[str]:
    return [str(given)] if isinstance(given, str | int) else [*dict.fromkeys(map(str, given))]


def _by(by: By, query: Query) -> dict[str, By]:
    """Nothing named leaves a query its own default, as `attention` has the city."""
    named = [by] if isinstance(by, str) else list(by or ())
    return {"by": named[0] if len(named) == 1 else named} if named else {}


def _listed(values: str | int | Sequence[str]) -> str:
    return str(values) if isinstance(values, str | int) else ",".join(map(str, values))
