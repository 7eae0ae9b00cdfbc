"""Whose codings a question is asked of, and by which codebook: chosen once, told always."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from wenma.errors import AccessError, ProjectError, QueryError
from wenma.records import MIXED, by_rules, people
from wenma.store.annotations import at_work
from wenma.store.project import Project, StoredCodebook
from wenma.study.outlines import CodebookOutline, outline_of


@dataclass(frozen=True)
class Choice:
    """A codebook, the coders asked, and how they are put together.

    `rules` is the coder of the codebook's rules. `mixed` is REVIEWED, DECIDED or nothing;
    `people` are those whose work counts there.
    """

    outline: CodebookOutline
    stored: StoredCodebook
    coders: tuple[str, ...]
    mixed: str = ""
    people: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What tables call the coder."""
        return self.mixed or " + ".join(self.coders)

    @property
    def asked(self) -> str | tuple[str, ...]:
        """What `Study.ask` takes as `coder` to choose the same again."""
        return self.mixed or self.coders

    @property
    def rules(self) -> str:
        """The coder of the codebook's rules."""
        return self.stored.coder


def choose(
    project: Project,
    *,
    coder: str | Sequence[str] | None = None,
    codebook: str | None = None,
    codes: Collection[str] = (),
    hidden: Collection[str] = (),
) -> Choice:
    """Whose codings are asked, by which codebook.

    The coders that are named, else the rules of the codebook. The codebook that is named
    (``resilience`` or ``resilience@1.6``), else that of a coder who is a codebook's rules, else
    the one used last that has all of `codes` (paths or names). `ProjectError` for a coder or
    codebook there is not, `AccessError` for a coder who is `hidden` from whoever asks.
    """
    books = project.codebooks()
    if not books:
        raise _empty(project)
    named = [coder] if isinstance(coder, str) else [*dict.fromkeys(coder or ())]
    mixed = [one for one in named if one in MIXED]
    if mixed and len(named) > 1:
        raise ProjectError(
            f"{mixed[0]} is asked by itself: it holds rules and people already",
            file=project.name,
            cure=f"Name {mixed[0]} alone, or the coders without it",
            zh=f"“{mixed[0]}”已含规则与各人，不能再与别的编码者合问。",
        )
    working = at_work(project)
    _refuse(project, [one for one in named if one not in MIXED], books, working, hidden)
    stored = _book(project, books, named, codebook, codes)
    outline = outline_of(project, stored)
    persons = tuple(one for one in working if not by_rules(one) and one not in hidden)
    if mixed:
        return Choice(outline, stored, (stored.coder, *persons), mixed[0], persons)
    return Choice(outline, stored, tuple(named) or (stored.coder,))


def coders_known(project: Project, *, hidden: Collection[str] = ()) -> tuple[str, ...]:
    """Everyone who coded and may be asked: the codebook used last first, then older, then people.

    REVIEWED and DECIDED are among them as soon as people have decided or coded something.
    """
    rules = [book.coder for book in reversed(project.codebooks())]
    working = [one for one in at_work(project) if one not in hidden]
    mixed = MIXED if any(not by_rules(one) for one in working) or project.judged() else ()
    return tuple(dict.fromkeys([*rules, *mixed, *working]))


def people_to_compare(project: Project, *, hidden: Collection[str] = ()) -> tuple[str, ...]:
    """The people whose agreement is asked when nobody is named; never the rules unasked.

    `QueryError` for fewer than two.
    """
    persons = [one for one in people(at_work(project)) if one not in hidden]
    if len(persons) > 1:
        return tuple(persons)
    rules = project.codebooks()
    example = f"--coders {persons[0]} {rules[-1].coder}" if persons and rules else ""
    raise QueryError(
        f"agreement is between two people or more, and this project has "
        f"{f'only {persons[0]}' if persons else 'none'}",
        cure=f"To compare with the rules, name both: {example}"
        if example
        else "Let two people code the same documents: wenma app FILE.db",
        zh=f"一致性须有两人以上，本项目{f'只有 {persons[0]}' if persons else '还没有人工编码'}。"
        + (f"若要与规则比较，请写明两者：{example}" if example else "请先由两人编码相同的文件。"),
    )


def latest_books(books: Iterable[StoredCodebook]) -> list[StoredCodebook]:
    """The version used last of each codebook, the one used last first."""
    found: dict[str, StoredCodebook] = {}
    for book in books:
        if book.used:
            found.pop(book.name, None)
            found[book.name] = book
    return [*reversed(found.values())]


def _book(
    project: Project,
    books: Sequence[StoredCodebook],
    named: Sequence[str],
    codebook: str | None,
    codes: Collection[str],
) -> StoredCodebook:
    if codebook is not None:
        wanted = codebook.removeprefix("rules:")
        found = [one for one in books if wanted in (one.name, f"{one.name}@{one.version}")]
        if found:
            return found[-1]
        names = [f"{one.name}@{one.version}" for one in books]
        near = get_close_matches(wanted, [*names, *(one.name for one in books)], n=1)
        raise ProjectError(
            f"has no codings by a codebook {codebook!r}",
            file=project.name,
            cure=f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}",
            zh=f"没有用编码本“{codebook}”编码。现有：{'、'.join(names)}",
        )
    latest = {one.coder: one for one in books}
    for one in named:
        if one in latest:
            return latest[one]
    candidates = latest_books(books) or [books[-1]]
    if not codes:
        return candidates[0]
    for stored in candidates:
        known = outline_of(project, stored).names
        if all(wanted in known or wanted.lower() in known for wanted in codes):
            return stored
    return candidates[0]


def _refuse(
    project: Project,
    named: Sequence[str],
    books: Sequence[StoredCodebook],
    working: Sequence[str],
    hidden: Collection[str],
) -> None:
    if secret := [one for one in named if one in hidden]:
        raise AccessError(
            f"the codings of {', '.join(secret)} are not shown before the task is done",
            file=project.name,
            cure="Finish your units of the task first.",
            zh=f"任务完成之前不显示 {'、'.join(secret)} 的编码。请先完成您的单元。",
        )
    known = [*dict.fromkeys([*(one for one in working if one not in hidden),
                             *(book.coder for book in books), *MIXED])]  # fmt: skip
    for coder in named:
        if coder in known:
            continue
        near = get_close_matches(coder, known, n=1)
        raise ProjectError(
            f"has no codings by {coder!r}",
            file=project.name,
            cure=f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}",
            zh=f"没有 {coder} 的编码。"
            + (f"是否想写 {near[0]}？" if near else f"现有：{'、'.join(known)}"),
        )


def _empty(project: Project) -> ProjectError:
    return ProjectError(
        "holds no codings yet",
        file=project.name,
        cure=f"Make some: wenma code FOLDER --codebook FILE --project {project.name}",
        zh="还没有编码。请先编码：wenma code 文件夹 --codebook 编码本.yaml "
        f"--project {project.name}",
    )
