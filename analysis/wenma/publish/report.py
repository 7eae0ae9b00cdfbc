"""A study becomes a report: the fifteen artefacts, numbered, with what stands behind each number.

This makes the report's content; `report_html` and `report_docx` write it down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wenma.errors import QueryError
from wenma.publish.artefacts import ARTEFACTS, PACK_ARTEFACT, Artefact, ArtefactTable, Own, lack
from wenma.publish.codebook_table import codebook_table
from wenma.publish.cross_layout import CELLS_OF_MATRIX, crossed, groups_down
from wenma.publish.drawing import Chart, said_too
from wenma.publish.figures import figure
from wenma.publish.labels import Language, code_names, heading
from wenma.publish.list_layout import held_columns, list_rows
from wenma.publish.methods import facts, methods
from wenma.publish.passages import Doors, Passages
from wenma.publish.print_table import SHORT_SHA256, around, in_language, titled
from wenma.publish.printed_table import Cell, Panel, PrintedTable, panel_of
from wenma.publish.report_words import crowded, few, first_codes, rows_cut, undrawn
from wenma.publish.reported import Reported, reported_of
from wenma.publish.rounded_shares import with_rounded_shares
from wenma.publish.validity_tables import validity_tables
from wenma.publish.word_passages import WordDoors
from wenma.queries.table import NAMES, Query, Table, query
from wenma.records import Bilingual
from wenma.reliability.validation import Validated

GROUPS = 120
"""Cities a table of cities shows: those with the most counted characters."""
PICTURED_GROUPS = 12
"""Cities of a figure, so that its labels can be read in print."""
DRAWN_GROUPS = 24
"""Cities that get a cross table of their own."""
PICTURED_CODES = 100
"""Codes of a figure: of more, nothing could be told apart."""
MOST_CODES_ACROSS = 60
"""Codes across a wide table."""
QUOTED = 8
"""Passages quoted of what one number counts."""
SAMPLES = 2
"""Passages quoted of each code in the table of examples."""

_OF_A_SAMPLE = ("city", "issuer", "number", "date", "period", "source")

AskQuestion = Callable[..., Table]
"""``ask(query, **options)``: the answer of one query to the study."""


CodedAt = Callable[[tuple[str, int, int, str]], str]
"""``made((document, start, end, code))``: when the passage got the code, "" where unknown."""


@dataclass(frozen=True)
class ReportFigure:
    """A numbered figure: the chart, to be drawn by whoever writes the report down."""

    number: int
    title: Bilingual
    chart: Chart


@dataclass(frozen=True)
class ReportSection:
    """One artefact: its tables and figures, and why what is not here is not."""

    id: str
    title: Bilingual
    items: tuple[PrintedTable | ReportFigure, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything a report says."""

    title: str
    subtitle: str
    language: Language
    date: str
    facts: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]
    sections: tuple[ReportSection, ...]
    passages: tuple[Passages, ...]
    names: Mapping[str, str]
    titles: Mapping[str, str]
    """Each document's title by its id."""


def report(
    studies: Sequence[Reported],
    ask: AskQuestion,
    *,
    unit_size: str,
    versions: Mapping[str, str],
    date: str,
    people: Sequence[str] = (),
    language: Language = "zh",
    headline: str = "",
    reference: Validated | None = None,
    made: CodedAt = lambda place: "",
    compared: Reported | None = None,
) -> Report:
    """The report of a study, asked through `ask`; `date` is told, there is no clock here.

    `studies` are its codings by each codebook, the one it is mainly about first.

    `people` are the coders who are no rules, `reference` is how the codebook's rules
    do on a reference coding, `made` tells when a passage got its code, `compared` the codings
    of the people whose agreement is asked. What a question refuses stands in the report as the
    reason why its place is empty.
    """
    study = studies[0]
    writer = _Writer(studies, ask, language, versions, reference, made, compared)
    sections = [writer.section(one, people=len(people)) for one in (*ARTEFACTS, PACK_ARTEFACT)]
    book = study.codebook
    name = Bilingual(book.zh, book.en).in_language(language) or book.zh
    return Report(
        title=headline
        or (f"{name}：编码报告" if language == "zh" else f"{name}: report of codings"),
        subtitle=f"{study.coder} · {date}",
        language=language,
        date=date,
        facts=tuple(facts(study, language=language)),
        methods=tuple(
            methods(
                study,
                unit_size=unit_size,
                versions=versions,
                date=date,
                language=language,
                reference=reference is not None,
            )
        ),
        sections=tuple(sections),
        passages=(
            *(one for doors in writer.every_door() for one in doors.opened()),
            *writer.words.opened(),
        ),
        names=writer.names,
        titles=dict(zip(study.documents["document"], study.documents["title"], strict=True)),
    )


class _Writer:
    """Asks, numbers and keeps the doors; one a report."""

    def __init__(
        self,
        studies: Sequence[Reported],
        ask: AskQuestion,
        language: Language,
        versions: Mapping[str, str],
        reference: Validated | None,
        made: CodedAt,
        compared: Reported | None,
    ) -> None:
        study = studies[0]
        self.made = made
        self.studies = studies
        self.study, self.ask, self.language, self.versions = study, ask, language, versions
        self.reference = reference
        self.judged = study.data.load_judged() is not None
        self.names = {
            path: name
            for one in reversed(studies)
            for path, name in code_names(one.codes, language=language).items()
        }
        asked = query("excerpts")

        def behind(door: Mapping[str, object], **of: str) -> Table:
            return ask(asked, **of, **door)

        self.doors = {
            one.key: Doors(
                one.data,
                partial(behind, codebook=one.key),
                most=QUOTED,
                prefix=f"{'e' * at}e",
            )
            for at, one in enumerate(studies)
        }
        self.words = WordDoors(study.data, most=QUOTED)
        # What people coded, behind the numbers of their agreement.
        self.compared = compared and Doors(compared.data, behind, most=QUOTED, prefix="p")
        self.samples = Doors(study.data, behind, most=SAMPLES)
        self.tables = self.figures = 0
        by_size = study.documents.groupby("city")["countable"].agg(["size", "sum"])
        self.sizes = {str(city): (int(n), float(han)) for city, n, han in by_size.itertuples()}
        self.largest = sorted(self.sizes, key=lambda city: (-self.sizes[city][1], city))

    def section(self, artefact: Artefact, *, people: int) -> ReportSection:
        known = self.reference is not None or self.judged
        needs = [need for need in artefact.needs if need != "reference" or not known]
        reasons = [why for need in needs if (why := lack(need, self.studies, people))]
        items: list[PrintedTable | ReportFigure] = []
        said = [self._in(why) for why in reasons]
        for part in () if reasons else artefact.parts:
            if isinstance(part, Own):
                items += self._own(part)
            elif part.judged and not self.judged:
                continue
            elif part.query not in NAMES:
                said.append(
                    self._in(
                        Bilingual(
                            f"本版本的 wenma 尚无“{part.query}”一问。",
                            f"This version of wenma has no question {part.query} yet.",
                        )
                    )
                )
            else:
                try:
                    items += self._asked(query(part.query), part, said)
                except QueryError as error:
                    said.append(error.said(self.language))
        return ReportSection(artefact.id, artefact.title, tuple(items), tuple(said))

    # -- tables ----------------------------------------------------------------

    def _asked(
        self, asked: Query, part: ArtefactTable, said: list[str]
    ) -> list[PrintedTable | ReportFigure]:
        if part.each_dimension:
            return [
                item
                for dimension in self._dimensions()
                for item in self._answered(asked, part.of(dimension, self.names), said)
            ]
        return self._answered(asked, part, said)

    def _dimensions(self) -> list[str]:
        """The dimensions with codes to compare: two or more directly under them."""
        codes = self.study.codes
        many = codes["parent"].value_counts()
        return [one for one in codes["code"] if "/" not in one and many.get(one, 0) > 1]

    def _answered(
        self, asked: Query, part: ArtefactTable, said: list[str]
    ) -> list[PrintedTable | ReportFigure]:
        table = self.ask(asked, **part.options)
        whole = table
        most = part.groups or (DRAWN_GROUPS if part.layout == "drawn" else GROUPS)
        table, left_out = self._few(whole, most)
        items: list[PrintedTable | ReportFigure] = [self._shown(table, part, left_out)]
        pictured, _ = self._few(whole, PICTURED_GROUPS)
        drawn_codes = pictured.frame["code"].nunique() if "code" in pictured.frame else 0
        too_many = drawn_codes > PICTURED_CODES
        if part.charts and too_many:
            said.append(self._in(crowded(drawn_codes, PICTURED_CODES)))
        for chart in part.charts if len(pictured.frame) and not too_many else ():
            try:
                shown, line = self._pictured(asked, part, pictured, chart.name)
                drawn = figure(chart.name).draw(
                    shown,
                    self._of(table).codes,
                    language=self.language,
                    door=lambda door: f"#{self._doors(table).anchor(door)}",
                    **chart.options,
                )
                drawn = said_too(drawn, line) if line else drawn
            except QueryError as error:  # the table stands without its picture
                said.append(self._in(undrawn(error)))
                continue
            self.figures += 1
            title = chart.words or titled(table, chart.options.get("measure", ""))
            items.append(ReportFigure(self.figures, title, drawn))
        return items

    def _pictured(
        self, asked: Query, part: ArtefactTable, table: Table, name: str
    ) -> tuple[Table, str]:
        """The answer a figure is drawn of, and what it says where that is not of all cities."""
        wanted, every = figure(name), len(self.largest)
        if not wanted.at_once or table.by != "city" or every <= wanted.most:
            return table, ""
        some = {"city": self.largest[: wanted.most]}
        return self.ask(asked, **part.options, where=some), self._in(few(wanted.most, every))

    def _shown(self, table: Table, part: ArtefactTable, left_out: list[str]) -> PrintedTable:
        link = self._doors(table).anchor if table.drill_to == "excerpts" else self.words.anchor
        names, language = self.names, self.language
        table, said = with_rounded_shares(table)
        first: list[str] = []
        if part.layout == "drawn" and len(table.frame):
            panels = list(crossed(table, names=names, language=language, link=link))
            if table.name == "matrix":
                first = [self._in(CELLS_OF_MATRIX)]
        elif part.layout == "wide" and len(table.frame):
            codes = self._leaves(table)
            if len(codes) > MOST_CODES_ACROSS:
                first = [self._in(first_codes(len(codes), MOST_CODES_ACROSS, table.name))]
            panels = [
                groups_down(
                    table,
                    part.value,
                    beside=part.beside,
                    codes=codes[:MOST_CODES_ACROSS],
                    sizes=self.sizes,
                    names=names,
                    language=language,
                    link=link,
                )
            ]
        else:
            rows, first = self._rows(table, part)
            shown = held_columns(table)
            if table.name == "documents" and "date" in table.frame:
                # A sample has a place for these, though nobody states them.
                shown = [one for one in map(str, table.frame) if one in (*shown, *_OF_A_SAMPLE)]
                first = [*first, self._in(SHORT_SHA256)]
            panels = [list_rows(table, shown, names=names, language=language, rows=rows, link=link)]
        if part.layout == "wide" and part.value != "share":
            said = ()  # a table of rates has no percentages
        printed = around(
            table,
            panels,
            title=part.words or titled(table, part.value),
            language=language,
            layout_notes=[*first, *in_language(said, language), *left_out],
        )
        return self._numbered(printed)

    def _rows(self, table: Table, part: ArtefactTable) -> tuple[list[int], list[str]]:
        """The rows that are shown, the highest first where they are ranked; what is said of it."""
        every = list(range(len(table.frame)))
        by = part.sort if part.sort in table.frame else ""
        if by:
            order = table.frame[by].fillna(float("-inf")).to_numpy()
            every.sort(key=lambda row: -order[row])
        if len(every) <= part.most:
            return every, []
        line = rows_cut(part.most, len(every), by, table.name, self.language)
        return every[: part.most], [self._in(line)]

    def _of(self, table: Table) -> Reported:
        """The codings a table counts, by the codebook its basis names."""
        return reported_of(table.basis.get("codebook", ""), self.studies)

    def every_door(self) -> Sequence[Doors]:
        """The ways to passages, of each codebook and of the people compared."""
        return [*self.doors.values(), *([self.compared] if self.compared else [])]

    def _doors(self, table: Table) -> Doors:
        if self.compared and "sampling" in table.basis:
            return self.compared
        return self.doors[self._of(table).key]

    def _few(self, table: Table, most: int) -> tuple[Table, list[str]]:
        """The table of the cities with the most text, and a line that says so."""
        if table.by != "city" or "group" not in table.frame:
            return table, []
        every = table.frame["group"].nunique()
        if every <= most:
            return table, []
        kept = set(self.largest[:most])
        frame = table.frame[table.frame["group"].isin(kept)].reset_index(drop=True)
        line = Bilingual(
            f"只列计数汉字最多的 {most} 个城市（共 {every} 个）；全部见可复现包"
            f"（wenma export 项目.db 包.zip）的 tables/{table.name}-by-city.csv，"
            f"或 wenma query 项目.db {table.name} --by city。",
            f"The {most} cities with the most counted text of {every}; all are in "
            f"tables/{table.name}-by-city.csv of the pack (wenma export FILE.db PACK.zip), or: "
            f"wenma query FILE.db {table.name} --by city.",
        )
        return replace(table, frame=frame), [self._in(line)]

    def _leaves(self, table: Table) -> list[str]:
        """Codes that add up to their dimension, in the codebook's order.

        Those that have none under them; a parent given itself stands for its own.
        """
        frame = table.frame
        there = list(dict.fromkeys(frame["code"]))
        parents = {path.rpartition("/")[0] for path in there}
        own = frame["references_own"] > 0 if "references_own" in frame else frame["code"] == ""
        given = set(frame["code"][own]) & parents
        return [
            path
            for path in there
            if (path in given or path not in parents)
            and not any(path.startswith(f"{parent}/") for parent in given)
        ]

    # -- tables of the report's own ----------------------------------------------

    def _own(self, part: Own) -> list[PrintedTable]:
        if part.name == "validity":
            return self._validity()
        makers = {"codebook": self._codebook, "samples": self._samples, "settings": self._settings}
        return [makers[part.name]()]

    def _validity(self) -> list[PrintedTable]:
        if self.reference is None:
            return []
        coder = self.study.codebook.coder
        printed = validity_tables(
            self.reference, coder=coder, names=self.names, language=self.language
        )
        return [self._numbered(one) for one in printed]

    def _codebook(self) -> PrintedTable:
        one = self.study
        printed = codebook_table(one.codebook, one.before, language=self.language, kept=one.kept)
        return self._numbered(printed)

    def _samples(self) -> PrintedTable:
        words = Bilingual(
            f"每个编码至多 {SAMPLES} 处，在全部参考点中均匀抽取；起止为原文清洗后文本的字符序号。"
            "规则一栏为“人工”者由人编码；规则编码的时间为该次编码运行的时间。",
            f"At most {SAMPLES} passages of each code, evenly spread over all of them; start and "
            "end count characters of the cleaned text. Where the rule is “manual” a person coded "
            "it; the time of a coding by rules is that of the run.",
        )
        columns = (
            "code", "excerpt", "document", "section", "unit", "start", "end", "coder", "rule",
            "evidence",
        )  # fmt: skip
        rows, manual = [], self._in(Bilingual("人工", "manual"))
        for path in self._given():
            self.samples.anchor({"code": path, "children": False})
        for passages in self.samples.opened():
            path = str(passages.door["code"])
            for quote in passages.quotes:
                rows.append(
                    (
                        self._code(path, self.doors[self.study.key].anchor({"code": path})),
                        Cell(quote.text),
                        Cell(quote.document),
                        Cell(quote.section),
                        Cell(str(quote.unit) if quote.unit >= 0 else "—", number=True),
                        Cell(str(quote.start), number=True),
                        Cell(str(quote.end), number=True),
                        Cell(quote.coder),
                        Cell("; ".join(quote.rules) or manual),
                        Cell(quote.evidence),
                        Cell(self.made((quote.document, quote.start, quote.end, path))),
                    )
                )
        head = [heading(column, language=self.language) for column in columns]
        head.append(self._in(Bilingual("编码时间", "Coded at")))
        title = Bilingual("编码示例", "Examples of codings")
        return self._own_table(title, panel_of(head, rows), words, basis=self.study.coder)

    def _given(self) -> list[str]:
        used = set(self.study.codings["code"])
        return [path for path in self.study.codes["code"] if path in used]

    def _settings(self) -> PrintedTable:
        words = Bilingual(
            "可复现包：wenma export 项目.db 包.zip；"
            "由包重得同样的数字：wenma code 包.zip --project 新.db。",
            "The pack: wenma export FILE.db PACK.zip; the same numbers from it: "
            "wenma code PACK.zip --project NEW.db.",
        )
        rows = [(Cell(n, role="head"), Cell(v)) for n, v in self.versions.items()]
        head = self._in(Bilingual("软件|版本", "Software|Version")).split("|")
        title = Bilingual("软件与版本", "Software and versions")
        return self._own_table(title, panel_of(head, rows), words)

    def _code(self, path: str, anchor: str = "", *, depth: int = 0) -> Cell:
        return Cell(self.names.get(path, path), anchor, path, depth=depth, role="head")

    def _own_table(
        self, title: Bilingual, panel: Panel, *said: Bilingual, basis: str = ""
    ) -> PrintedTable:
        notes = tuple(map(self._in, said))
        return self._numbered(
            PrintedTable(title, (panel,), self.language, notes=notes, basis=basis)
        )

    def _numbered(self, printed: PrintedTable) -> PrintedTable:
        self.tables += 1
        return replace(printed, number=self.tables)

    def _in(self, words: Bilingual) -> str:
        return words.in_language(self.language)
