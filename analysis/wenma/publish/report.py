"""A study becomes a report: the fifteen artefacts, numbered, with what stands behind each number.

This makes the report's content; `report_html` and `report_docx` write it down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wenma.errors import QueryError
from wenma.publish.artefacts import ARTEFACTS, PACK_ARTEFACT, Artefact, ArtefactTable, Own, lack
from wenma.publish.cross_layout import CELLS_OF_MATRIX, crossed, groups_down
from wenma.publish.drawing import Chart, said_too
from wenma.publish.figures import figure
from wenma.publish.labels import Language, code_names, heading
from wenma.publish.list_layout import held_columns, list_rows
from wenma.publish.methods import facts, methods
from wenma.publish.passages import Doors, Passages
from wenma.publish.print_table import around, in_language, titled
from wenma.publish.printed_table import Cell, Panel, PrintedTable, panel_of
from wenma.publish.report_words import crowded, few, first_codes, rows_cut, undrawn
from wenma.publish.reported import Reported, reported_of
from wenma.publish.rounded_shares import with_rounded_shares
from wenma.publish.validity_tables import validity_tables
from wenma.queries.table import NAMES, Query, Table, query
from wenma.records import Bilingual
from wenma.reliability.validation import Validated

GROUPS = 24
"""Cities a table or chart of cities shows: those with the most counted characters."""
PICTURED_GROUPS = 12
"""Cities of a figure, so that its labels can be read in print."""
DRAWN_GROUPS = 6
"""Cities that get a cross table of their own."""
PICTURED_CODES = 100
"""Codes of a figure: of more, nothing could be told apart."""
MOST_CODES_ACROSS = 60
"""Codes across a wide table."""
QUOTED = 8
"""Passages quoted of what one number counts."""
SAMPLES = 2
"""Passages quoted of each code in the table of examples."""

AskQuestion = Callable[..., Table]
"""``ask(query, **options)``: the answer of one query to the study."""


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
    compared: Reported | None = None,
) -> Report:
    """The report of a study, asked through `ask`; `date` is told, there is no clock here.

    `studies` are its codings by each codebook, the one it is mainly about first.

    `people` are the coders who are no rules, `reference` is how the codebook's rules
    do on a reference coding, `compared` the codings of the people whose agreement is asked. What a
    question refuses stands in
    the report as the reason why its place is empty.
    """
    study = studies[0]
    writer = _Writer(studies, ask, language, versions, reference, compared)
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
            methods(study, unit_size=unit_size, versions=versions, date=date, language=language)
        ),
        sections=tuple(sections),
        passages=tuple(one for doors in writer.every_door() for one in doors.opened()),
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
        compared: Reported | None,
    ) -> None:
        study = studies[0]
        self.studies = studies
        self.study, self.ask, self.language, self.versions = study, ask, language, versions
        self.reference = reference
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
        # What people coded, behind the numbers of their agreement.
        self.compared = compared and Doors(compared.data, behind, most=QUOTED, prefix="p")
        self.samples = Doors(study.data, behind, most=SAMPLES)
        self.tables = self.figures = 0
        by_size = study.documents.groupby("city")["countable"].agg(["size", "sum"])
        self.sizes = {str(city): (int(n), float(han)) for city, n, han in by_size.itertuples()}
        self.largest = sorted(self.sizes, key=lambda city: (-self.sizes[city][1], city))

    def section(self, artefact: Artefact, *, people: int) -> ReportSection:
        needs = [need for need in artefact.needs if need != "reference" or not self.reference]
        reasons = [why for need in needs if (why := lack(need, self.studies, people))]
        items: list[PrintedTable | ReportFigure] = []
        said = [self._in(why) for why in reasons]
        for part in () if reasons else artefact.parts:
            if isinstance(part, Own):
                items += self._own(part)
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
        table = self.ask(asked, **part.options)
        whole = table
        table, left_out = self._few(whole, DRAWN_GROUPS if part.layout == "drawn" else GROUPS)
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
        # A word's lines are not kept in the report: only codes lead to their passages.
        link = self._doors(table).anchor if table.drill_to == "excerpts" else None
        names, language = self.names, self.language
        first: list[str] = []
        if part.layout == "drawn" and len(table.frame):
            rounded, said = with_rounded_shares(table)
            panels = list(crossed(rounded, names=names, language=language, link=link))
            if table.name == "matrix":
                first = [self._in(CELLS_OF_MATRIX), *in_language(said, language)]
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
            panels = [list_rows(table, shown, names=names, language=language, rows=rows, link=link)]
        printed = around(
            table,
            panels,
            title=part.words or titled(table, part.value),
            language=language,
            layout_notes=[*first, *left_out],
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
            f"只列计数汉字最多的 {most} 个城市（共 {every} 个）；"
            f"全部见 wenma query {table.name} --by city。",
            f"The {most} cities with the most counted text of {every}; "
            f"all: wenma query {table.name} --by city.",
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
        heads = Bilingual(
            "编码|定义|何时用|何时不用|例句|近似而不编码的例句|规则数|出处",
            "Code|Definition|When to use|When not|Examples|Near misses|Rules|Source",
        )
        rows = []
        for code in self.study.codebook.codes:
            name = self._code(code.path, depth=code.depth - 1)
            parts = (code.when, code.when_not, code.examples, code.near_misses)
            texts = [code.definition, *("；".join(some) for some in parts)]
            rows.append(
                (
                    name,
                    *(Cell(" ".join(text.split())) for text in texts),
                    Cell(f"{len(code.rules)}", number=True),
                    Cell(code.source),
                )
            )
        book = self.study.codebook
        basis = f"{book.id} {book.version} · SHA-256 {book.fingerprint}"
        panel = _filled(self._in(heads).split("|"), rows)
        return self._own_table(Bilingual("编码手册", "Codebook"), panel, basis=basis)

    def _samples(self) -> PrintedTable:
        words = Bilingual(
            f"每个编码至多 {SAMPLES} 处，在全部参考点中均匀抽取；起止为原文清洗后文本的字符序号。",
            f"At most {SAMPLES} passages of each code, evenly spread over all of them; start and "
            "end count characters of the cleaned text.",
        )
        columns = ("code", "excerpt", "document", "section", "start", "end", "rule", "evidence")
        rows = []
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
                        Cell(str(quote.start), number=True),
                        Cell(str(quote.end), number=True),
                        Cell("; ".join(quote.rules)),
                        Cell(quote.evidence),
                    )
                )
        head = [heading(column, language=self.language) for column in columns]
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


def _filled(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Panel:
    """The panel without columns that hold nothing."""
    kept = [at for at in range(len(head)) if at == 0 or any(row[at].text for row in rows)]
    return panel_of([head[at] for at in kept], [[row[at] for at in kept] for row in rows])
