"""The one door: opening, adding, coding, asking, drawing, reporting, exporting, and people's acts.

What a person may see is decided here, once: whose work is hidden from them, and which role an
act needs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenma.errors import AccessError, QueryError, UsageError
from wenma.records import (
    MIXED,
    SETTLED,
    Codebook,
    Coding,
    Document,
    Unit,
    UnitSize,
    by_rules,
)
from wenma.store.annotations import blind_to
from wenma.store.project import Project
from wenma.study.access import Access
from wenma.study.choice import Choice, choose, coders_known, people_to_compare

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.publish.labels import Language
    from wenma.queries.case_filter import Conditions
    from wenma.queries.dataset import Dataset
    from wenma.queries.grouping import By
    from wenma.queries.table import Query
    from wenma.store.attribute_edits import KeptCase
    from wenma.store.damage import Damage
    from wenma.store.edit_log import Act
    from wenma.study.adding import Given, Run
    from wenma.study.answer import Answer
    from wenma.study.case_rules import FoundCase
    from wenma.study.claiming import Claimed
    from wenma.study.drawing import Drawn
    from wenma.study.guessed import Offer
    from wenma.study.revising import Revision
    from wenma.study.session import Session

OWNER = Access("", "supervisor")
"""Whoever holds the file itself may do all."""


@dataclass(frozen=True, eq=False)
class Study:
    """A study on disk, seen by one person, narrowed to some of its documents.

    Open one with `Study.open` or `Study.create`; use it in a ``with`` block, or `close` it.

    >>> from wenma.shipped import shipped
    >>> with Study.create(":memory:", codebook=shipped("codebooks") / "resilience.yaml") as study:
    ...     added = study.add(shipped("corpus"))
    ...     done = study.code()
    ...     table = study.ask("frequency", by="city")
    >>> len(table.frame) > 0 and "resilience" in table.basis["codebook"]
    True
    """

    project: Project
    access: Access = OWNER
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language: "Language" = "zh"
    created_with: Codebook | None = None
    once: bool = False
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.access.demand("reader")

    # -- opening ---------------------------------------------------------------

    @classmethod
    def open(cls, where: str | Path, *, access: Access = OWNER) -> "Study":
        """The study in a file or database; `ProjectError` when there is none.

        `access` says who asks and with which role: without it, whoever holds the file.
        `AccessError` for who has no role.
        """
        access.demand("reader")
        return cls(Project.open(where), access)

    @classmethod
    def create(cls, where: str | Path, *, codebook: str | Path | Codebook | None = None) -> "Study":
        """The study in a file or database, made where there is none; ":memory:" for a notebook.

        `codebook` is the one to code with: kept, and used by `code`.
        """
        from wenma.study.clock import now

        project = (
            Project.in_memory() if str(where) == ":memory:" else Project.open(where, create=True)
        )
        book = None if codebook is None else _book(codebook)
        if book is not None:
            project.keep_codebook(book, now=now(), in_use=False)
        return cls(project, created_with=book)

    def close(self) -> None:
        """Let go of the file."""
        self.project.close()

    def __enter__(self) -> "Study":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The file or address, without a password."""
        return self.project.name

    # -- documents and coding --------------------------------------------------

    def add(
        self,
        *paths: str | Path,
        unit: UnitSize = "sentence",
        replace: bool = False,
        seen: Callable[[str], None] = lambda _: None,
    ) -> "Run":
        """Read files, folders or packs into the study, without coding them; what came of each.

        Folders may hold a ``manifest.csv``, whose columns become attributes. What is there and
        unchanged is not read again. `replace` lets a file take the place of another of its name.
        """
        self.access.demand("supervisor")
        from wenma.study.adding import add_paths

        return self._changed(
            add_paths(self.project, paths, unit_size=unit, replace=replace, seen=seen)
        )

    def code(
        self,
        *paths: str | Path,
        codebook: str | Path | Codebook | None = None,
        unit: UnitSize | None = None,
        jobs: int = 1,
        replace: bool = False,
        seen: Callable[[str], None] = lambda _: None,
        given: "Given | None" = None,
    ) -> "Run":
        """Code what is not yet coded, reading `paths` first; what was done, and what failed.

        By the codebook named, else the one the study was made with or used last. Each document
        is kept as soon as it is coded: a run that is stopped goes on where it was.
        """
        self.access.demand("supervisor")
        from wenma.study.adding import code_paths

        return self._changed(
            code_paths(
                self.project,
                paths,
                codebook=None if codebook is None else _book(codebook),
                otherwise=self.created_with,
                unit_size=unit,
                jobs=jobs,
                replace=replace,
                seen=seen,
                given=given,
            )
        )

    @staticmethod
    def given(
        paths: Sequence[str | Path],
        *,
        codebook: str | Path | Codebook | None = None,
        unit: UnitSize | None = None,
        text_column: str = "",
        title_column: str = "",
    ) -> "Given":
        """What these paths hold, before a study is touched: everything wrong with them is told.

        The columns are those of a table whose rows are documents; "" to find them out.
        """
        from wenma.sources.listings.text_tables import TextColumns
        from wenma.study.adding import given_paths

        texts = TextColumns(text_column, title_column)
        return given_paths(paths, None if codebook is None else _book(codebook), unit, texts)

    def documents(self) -> "DataFrame":
        """A row for each document, with its attributes and counts."""
        from wenma.store.frames import documents_frame

        found: DataFrame = self._keep("documents", lambda: documents_frame(self.project))
        return found.copy()

    def find_cases(self, attribute: str, **rules: Any) -> "list[FoundCase]":
        """Passages that belong to another value of an attribute than their document, by rules.

        ``find_cases("city", names=["成都", "深圳"])`` by names in the text,
        ``find_cases("dimension", headings=["5.1", "5.2"])`` by headings. Keep them with
        `Session.keep_cases`: from then on every question counts them there.
        """
        from wenma.study.case_rules import found_cases

        return found_cases(self, attribute, **rules)

    def cases(self, attribute: str = "", *, documents: Sequence[str] = ()) -> "list[KeptCase]":
        """The passages kept that belong to another value of an attribute than their document.

        Of one `attribute` and these `documents` only, where they are named; `ProjectError` for
        a document there is not.
        """
        from wenma.store.attribute_edits import case_spans

        for id in documents:
            self.document(id)
        return [
            one
            for one in case_spans(self.project)
            if attribute in ("", one.attribute) and (not documents or one.document in documents)
        ]

    def guesses(
        self, *, documents: Sequence[str] = (), attributes: Sequence[str] = ()
    ) -> "list[Offer]":
        """Guesses at what documents do not state (city, level, kind, year …), with their grounds.

        Nothing is written: `Session.accept_guesses` takes those that are right.
        """
        from wenma.study.guessed import offered_guesses

        return offered_guesses(self, documents, attributes)

    def region_corrections(
        self, *names: str, documents: Sequence[str] = ()
    ) -> "list[tuple[str, str, str]]":
        """What documents are to state of these regions and clusters, by the places they are of.

        ``session.correct_all(study.region_corrections("长三角", "成渝"))``; without names 东部,
        中部, 西部 and 东北.
        """
        from wenma.study.guessed import region_corrections

        return region_corrections(self, names, documents)

    def document_ids(self) -> list[str]:
        """The documents, in the order of the corpus."""
        return self.project.document_ids()

    def document(self, id: str) -> Document:
        """One document, whole, with its outline; `ProjectError` when there is none."""
        return self.project.document(id)

    def units(self, id: str) -> list[Unit]:
        """The units of one document, in order."""
        return self.project.units(id)

    def page_picture(self, id: str, page: int) -> bytes:
        """A page of the PDF a document was read from, as a PNG.

        ``study.document(id).place(offset).page`` is the page of a character. `SourceError` for
        what is no PDF, and where the file is gone or another one.
        """
        from wenma.study.page_pictures import picture_of

        return picture_of(self.document(id), page)

    def codings(self, id: str, *, coder: str) -> list[Coding]:
        """What a coder coded in one document; `AccessError` when it may not be seen yet.

        Of "reviewed" and "decided" the codings that hold, each with the coder it is of.
        """
        if coder in MIXED:
            return self._holding(id, self.choice(coder=coder))
        self._shown([coder])
        return self.project.codings(id, coder=coder)

    # -- asking ----------------------------------------------------------------

    def where(
        self,
        conditions: "Conditions | None" = None,
        /,
        *,
        once: bool = False,
        **more: str | int | Sequence[str],
    ) -> "Study":
        """The study narrowed to documents (or cases) with these attributes.

        Values of one attribute are alternatives; several attributes must all hold:
        ``study.where(city=["上海", "广州"], year=2021)``. Narrowed again, both hold. With
        ``once=True``, of documents that are copies of each other the first is asked alone.
        """
        from wenma.study.question import both

        wanted = both(self.filters, conditions or {})
        return replace(self, filters=both(wanted, more), once=self.once or once)

    def ask(
        self,
        name: str,
        *,
        by: "By" = None,
        coder: str | Sequence[str] | None = None,
        codebook: str | None = None,
        headings: bool = False,
        where: "Conditions | None" = None,
        without: str | None = None,
        once: bool = False,
        without_copied: bool = False,
        task: str | None = None,
        **options: Any,
    ) -> "Answer":
        """The answer to a question, with the basis it stands on.

        name      a question of `questions()`; each takes `options` of its own
        by        an attribute of the documents, or several crossed
        coder     whose codings: one or several names, "reviewed" (the rules' without those
                  somebody rejected, with what people added) or "decided" (what people accepted
                  or made); without it, the rules of the codebook
        codebook  its id; without it, the one used last that has the codes asked for
        where     only documents with these attributes, beside those of `Study.where`
        without   a code whose units are left out
        once      of documents that are copies of each other, the first alone
        without_copied  leave out the units that stand in a passage of an earlier document
        task      agreement: only the units of this task; "" for all units of the documents both
                  have coded. Without it, the units of the tasks the coders share, if they do.
                  audit, estimates, differences: the task whose units were judged; without it,
                  the one of which most is done

        `QueryError` for what cannot be asked, `AccessError` for what may not be seen.
        """
        from wenma.queries.table import DESIGNED, query
        from wenma.store.frames import codes_frame
        from wenma.study.answer import answer
        from wenma.study.question import both, put
        from wenma.study.remembering import recall, remember

        asked = query(name)
        choice, apart, options = self.choose(asked, coder, codebook, without, options)
        wanted = both(self.filters, where or {})
        sampled = name in DESIGNED or bool(options.get("corrected"))
        if task and not (asked.compares or sampled):
            raise UsageError(
                f"{name} is not asked of the units of a task",
                cure=f"Ask it of all documents; agreement, {', '.join(DESIGNED)} take a task.",
                zh=f"{name} 不能只问任务中的单元；agreement、{'、'.join(DESIGNED)} 可以。",
            )
        # What is hidden from whoever asks is in no answer of theirs, and may be in another's.
        alone = self.once or once
        tasks: tuple[str, ...] = (task,) if task else ()
        if asked.compares and task is None:
            from wenma.study.task_units import shared_tasks

            tasks = tuple(shared_tasks(self.project, options["coders"]))
        key = [name, by, headings, wanted, without, alone, without_copied, tasks, options,
               choice.name, choice.coders, apart, choice.stored.fingerprint,
               sorted(self.hidden)]  # fmt: skip
        if (kept := recall(self.project, asked, key)) is not None:
            table = kept
        else:
            data = self.dataset(choice, apart=apart)
            if tasks and asked.compares:
                from wenma.study.task_units import on_tasks

                data = on_tasks(self.project, data, tasks, options["coders"])
            if sampled:
                from wenma.study.judging import with_judged

                data = with_judged(self, data, task)
            table = put(
                data, asked, by=by, headings=headings, where=wanted, without=without,
                once=alone, without_copied=without_copied, **options,
            )  # fmt: skip
            remember(self.project, asked, key, table)
        return answer(table, codes_frame(choice.outline.codebook), language=self.language)

    def claim(
        self,
        sentence: str,
        *,
        by: str | Sequence[str] | None = None,
        coder: str | Sequence[str] | None = None,
        codebook: str | None = None,
        where: "Conditions | None" = None,
        **options: Any,
    ) -> "Claimed":
        """In how many of the ways to count a sentence holds, and what it hangs on.

        ``study.claim("恢复: 上海 > 广州")``, or ``"成都: 抵御 > 恢复"``, ``"恢复: 上海 最多"``:
        codes by path or name, groups by any attribute's value (by an attribute of `by` where
        several have it). What comes back saves the card, the ways and the curve.

        `coder`, `codebook` and `where` as in `ask`; `boilerplate` is the code of wording all
        plans share. `QueryError` for a sentence that cannot be claimed, `AccessError` for what
        may not be seen.
        """
        from wenma.study.claiming import claim_of, copied_in

        def copied(choice: Choice) -> "DataFrame | None":
            found: DataFrame | None = self._keep(
                ("copied", choice.stored), lambda: copied_in(self, choice)
            )
            return found

        return claim_of(
            self, sentence, copied=copied, by=by, coder=coder, codebook=codebook, where=where,
            **options,
        )  # fmt: skip

    def choose(
        self,
        asked: "Query",
        coder: str | Sequence[str] | None,
        codebook: str | None,
        without: str | None,
        options: Mapping[str, Any],
    ) -> tuple[Choice, bool, dict[str, Any]]:
        """Whose codings a question is asked of, whether apart, and its options as they will be."""
        from wenma.queries.table import nearest
        from wenma.study.question import codes_named

        chosen = dict(options)
        known = [one.name for one in asked.options]
        if strange := [one for one in chosen if one not in known]:
            raise QueryError(
                f'{asked.name} has no option "{strange[0]}"',
                cure=nearest(strange[0], known),
                zh=f"{asked.name} 没有选项“{strange[0]}”。",
            )
        codes = codes_named(asked, chosen, without)
        stated = {"document", *self.project.attribute_names()}
        codes = [one for one in codes if one not in stated]
        if asked.compares:
            named = (
                chosen.get("coders") or coder or people_to_compare(self.project, hidden=self.hidden)
            )
            named = [named] if isinstance(named, str) else list(named)
            by_people = not any(map(by_rules, named))
            if asked.name == "scale_agreement" and codebook is None and by_people:
                codebook = self._book_with(lambda book: bool(book.scales))
            choice = choose(
                self.project, coder=named, codebook=codebook, codes=codes, hidden=self.hidden
            )
            return choice, True, chosen | {"coders": named}
        if asked.name == "pmc" and coder is None and codebook is None:
            codebook = self._book_with(lambda book: book.index is not None)
        if asked.name == "scores" and coder is None and codebook is None:
            codebook = self._book_with(lambda book: bool(book.scales))
        choice = choose(
            self.project, coder=coder, codebook=codebook, codes=codes, hidden=self.hidden
        )
        return choice, False, chosen

    def choice(
        self, *, coder: str | Sequence[str] | None = None, codebook: str | None = None
    ) -> Choice:
        """Whose codings are asked, by which codebook, where no question says which codes it needs.

        `AccessError` for a coder who may not be seen yet, `ProjectError` for one there is not.
        """
        return choose(self.project, coder=coder, codebook=codebook, hidden=self.hidden)

    def dataset(self, choice: Choice | None = None, *, apart: bool = False) -> "Dataset":
        """The codings of a choice of coders as columns, with their documents: what queries take.

        Of the whole study: `where` narrows it.
        """
        from wenma.study.opened_dataset import open_dataset

        picked = choice or choose(self.project, hidden=self.hidden)
        self._shown(picked.coders)
        key = ("dataset", picked.coders, picked.mixed, picked.stored, apart)
        found: Dataset = self._keep(
            key, lambda: open_dataset(self.project, picked, apart=apart, hidden=self.hidden)
        )
        return found

    def coders(self) -> tuple[str, ...]:
        """Everybody whose codings this person may ask for, the codebook used last first."""
        return coders_known(self.project, hidden=self.hidden)

    def codebook(self, choice: Choice | None = None) -> Codebook:
        """The codebook of a choice of coders, whole; of the one used last without a choice."""
        from wenma.study.outlines import whole_codebook

        stored = (choice or choose(self.project, hidden=self.hidden)).stored
        found: Codebook = self._keep(
            ("codebook", stored), lambda: whole_codebook(self.project, stored)
        )
        return found

    def codebooks(self) -> dict[str, tuple[str, ...]]:
        """The codebooks by id, the one used last first, each with its versions, the last first."""
        found: dict[str, tuple[str, ...]] = {}
        for one in reversed(self.project.codebooks()):
            found[one.name] = (*found.get(one.name, ()), one.version)
        return found

    def attributes(self) -> dict[str, str]:
        """What the documents state, and of which kind: text, number or date."""
        from wenma.queries.grouping import attributes
        from wenma.store.attributes import attribute_kinds

        frame = self.documents()
        return dict(self._keep("attributes", lambda: attribute_kinds(frame[attributes(frame)])))

    @property
    def hidden(self) -> frozenset[str]:
        """Whose work this person must not see before their common task is done.

        What was settled of it is hidden with it.
        """
        # Whoever holds the file itself sees what is in it; a person sees what is theirs to see.
        if self.access is OWNER:
            return frozenset()
        # A task may be given while the study is open.
        found = blind_to(self.project, self.access.person)
        return frozenset(found | {SETTLED} if found else found)

    # -- what comes out --------------------------------------------------------

    def figure(self, name: str, **options: Any) -> "Drawn":
        """A figure by its name, drawn from the answer to its question; `save` writes it.

        `options` are those of `ask` and of the figure: ``by``, ``groups``, ``width`` (cm) …
        """
        from wenma.study.drawing import draw

        return draw(self, name, **options)

    def report(
        self,
        path: str | Path,
        *,
        coder: str | Sequence[str] | None = None,
        codebook: str | None = None,
        gold: str | Path | None = None,
        title: str = "",
        language: "Language | None" = None,
    ) -> list[str]:
        """Write the study into one file (.html or .docx): the artefacts nothing could fill.

        Each artefact is asked of the codebook that can fill it, or of `codebook` alone. `gold` is
        a reference coding.
        """
        from wenma.study.reporting import write_report

        return write_report(
            self, Path(path), coder=coder, codebook=codebook, gold=gold, title=title,
            language=language or self.language,
        )  # fmt: skip

    def export(self, path: str | Path, **options: Any) -> dict[str, Any]:
        """Write the study for others: a pack (.zip) or the network of codes (.graphml, .gexf, .dl).

        What is hidden from the person who asks is not in it. Returns what was written.
        """
        from wenma.study.exporting import export

        return export(self, Path(path), **options)

    # -- a person's acts -------------------------------------------------------

    def session(self, person: str = "") -> "Session":
        """Where a person codes, decides and notes; each act can be undone.

        ``with study.session("林一") as session: session.accept(coding)``.
        """
        from wenma.study.session import Session

        return Session(self, self._as(person))

    def try_codebook(self, codebook: str | Path | Codebook, **options: Any) -> "Revision":
        """What a changed codebook would code otherwise; nothing is written."""
        from wenma.study.revising import try_codebook

        return try_codebook(self, _book(codebook), **options)

    def revise(self, revision: "Revision", *, person: str = "") -> Any:
        """Put a version of the codebook that was tried to use; people's work follows its codes."""
        from wenma.study.revising import revise

        return revise(self, revision, person=self._as(person) if person else "")

    def assign(self, task: str, people: Sequence[str], **options: Any) -> Any:
        """Draw units for several people to code blind (`wenma.study.tasks.draw_task`)."""
        self.access.demand("supervisor")
        from wenma.study.tasks import draw_task

        return draw_task(self, task, people, **options)

    def change_token(self) -> tuple[float, ...]:
        """Numbers that are others as soon as documents, codings or acts of people are."""
        return self.project.change_token()

    def history(self, *, most: int | None = None) -> "tuple[list[Act], set[int]]":
        """What people did, the newest first, and the numbers of the acts that hold.

        Acts of people who are hidden from whoever asks, and on their work, are left out.
        """
        from wenma.store.history import history, may_be_seen

        hidden = self.hidden
        acts, holding = history(self.project, most=None if hidden else most)
        seen = [one for one in acts if may_be_seen(one, hidden)]
        return seen[:most], holding

    def history_lines(self) -> str:
        """The whole history, a JSON object a line, with every row before and after."""
        from wenma.store.history import history_lines

        return history_lines(self.project, hidden=self.hidden)

    def damages(self) -> "list[Damage]":
        """What is not as it was stored, document by document; empty where the study is whole."""
        from wenma.store.damage import damages

        return damages(self.project)

    def copy_to(self, where: str | Path) -> tuple[str, dict[str, int]]:
        """Copy the whole study to a place that holds none; its name there, and rows copied.

        `AccessError` for who must not see some of it yet.
        """
        self.access.demand("supervisor")
        self._shown(sorted(self.hidden))
        from wenma.store.copying import copy_project

        with Project.open(where, create=True) as there:
            return there.name, copy_project(self.project, there)

    def as_person(self, access: Access) -> "Study":
        """The same study as somebody else sees it."""
        return Study(
            self.project, access, self.filters, self.language, self.created_with, self.once
        )

    # -- within ----------------------------------------------------------------

    def _shown(self, coders: Iterable[str]) -> None:
        if secret := [one for one in coders if one in self.hidden]:
            choose(self.project, coder=secret, hidden=self.hidden)  # says why

    def _holding(self, id: str, choice: Choice) -> list[Coding]:
        """The codings of rules and people that a mixed choice keeps in one document."""
        data = self.dataset(choice)
        columns = data.columns
        if id not in columns.documents:
            return []
        rows = (columns.document == columns.documents.index(id)).nonzero()[0].tolist()
        kept = {
            (int(columns.start[n]), int(columns.end[n]), columns.paths[columns.code[n]])
            for n in rows
        }
        every = (one for who in choice.coders for one in self.project.codings(id, coder=who))
        first: dict[tuple[int, int, str], Coding] = {}
        for one in every:
            first.setdefault((one.start, one.end, one.code), one)
        return [one for key, one in first.items() if key in kept]

    def _as(self, person: str) -> str:
        """The name somebody acts under: a person who signed in has one, and no other."""
        named = person or self.access.person
        if self.access is not OWNER and named != self.access.person:
            raise AccessError(
                f"{self.access.person or 'nobody'} may not act as {named}",
                cure="Act under your own name.",
                zh=f"{self.access.person or '未登录者'} 不能以 {named} 的名义操作。",
            )
        return named

    def _keep(self, key: Any, make: Callable[[], Any]) -> Any:
        """What was made before, or is made now; made anew when anybody has changed the project."""
        token = self.project.change_token()
        if self._kept.get("token") != token:
            self._kept.clear()
            self._kept["token"] = token
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _book_with(self, what: Callable[[Codebook], bool]) -> str | None:
        """The codebook used last that has what a question needs; None where none has."""
        from wenma.study.choice import latest_books
        from wenma.study.outlines import outline_of

        for stored in latest_books(self.project.codebooks()):
            if what(outline_of(self.project, stored).codebook):
                return f"{stored.name}@{stored.version}"
        return None

    def _changed(self, summary: "Run") -> "Run":
        self.forget()
        return summary

    def forget(self) -> None:
        """Read the study anew at the next question: something was changed."""
        self._kept.clear()


def questions() -> dict[str, str]:
    """The questions by name, and what each answers.

    >>> "frequency" in questions()
    True
    """
    from wenma.queries.table import queries

    return {one.name: one.summary for one in queries()}


def _book(given: str | Path | Codebook) -> Codebook:
    if isinstance(given, Codebook):
        return given
    from wenma.codebook.yaml_file import load_codebook

    return load_codebook(given)
