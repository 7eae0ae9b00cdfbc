"""A study becomes a report: the fifteen artefacts, numbered, with what stands behind each number.

This makes the report's content; `report_html` and `report_docx` write it down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from wenma.errors import QueryError
from wenma.publish.artefacts import ARTEFACTS, PACK, Artefact, Own, Part, lack
from wenma.publish.reported import Reported, reported_of
from wenma.publish.columns import Words
from wenma.publish.drawing import Chart, said_too
from wenma.publish.figures import figure
from wenma.publish.grids import Cell, Grid, Link, drawn_grids, rows_grid, wide_grid
from wenma.publish.labels import Language, basis_line, code_names, heading, notes
from wenma.publish.methods import facts, methods
from wenma.publish.paper_layout import IN_CELLS
from wenma.publish.passages import Doors, Passages
from wenma.publish.report_words import caption, crowded, cut, few, first_codes, undrawn
from wenma.publish.validity_tables import validity_tables
from wenma.queries.table import NAMES, Query, Table, query
from wenma.reliability.validation import Validated

GROUPS = 24
"""Cities a table or chart of cities shows: those with the most counted characters."""
PICTURED_GROUPS = 12
"""Cities of a figure, so that its labels can be read in print."""
DRAWN_GROUPS = 6
"""Cities that get a cross table of their own."""
PICTURED_CODES = 100
"""Codes of a figure: of more, nothing could be told apart."""
MOST_CODES = 60
"""Codes across a wide table."""
QUOTED = 8
"""Passages quoted of what one number counts."""
SAMPLES = 2
"""Passages quoted of each code in the table of examples."""

Ask = Callable[..., Table]
"""``ask(query, **options)``: the answer of one query to the study."""


@dataclass(frozen=True)
class Shown:
    """A numbered table as it is printed, with all that belongs under it."""

    number: int
    zh: str
    en: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Figure:
    """A numbered figure: the chart, to be drawn by whoever writes the report down."""

    number: int
    zh: str
    en: str
    chart: Chart


@dataclass(frozen=True)
class Section:
    """One artefact: its tables and figures, and why what is not here is not."""

    id: str
    zh: str
    en: str
    items: tuple[Shown | Figure, ...]
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
    sections: tuple[Section, ...]
    passages: tuple[Passages, ...]
    names: Mapping[str, str]
    titles: Mapping[str, str]
    """Each document's title by its id."""


def report(
    studies: Sequence[Reported],
    ask: Ask,
    *,
    unit_size: str,
    versions: Mapping[str, str],
    date: str,
    people: Sequence[str] = (),
    language: Language = "zh",
    headline: str = "",
    reference: Validated | None = None,
) -> Report:
    """The report of a study, asked through `ask`; `date` is told, there is no clock here.

    `studies` are its codings by each codebook, the one it is mainly about first.

    `people` are the coders who are no rules, `reference` is how the codebook's rules
    do on a reference coding. What a question refuses stands in
    the report as the reason why its place is empty.
    """
    study = studies[0]
    writer = _Writer(studies, ask, language, versions, reference)
    sections = [writer.section(one, people=len(people)) for one in (*ARTEFACTS, PACK)]
    book = study.codebook
    name = getattr(book, language) or book.zh
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
        passages=tuple(one for doors in writer.doors.values() for one in doors.opened()),
        names=writer.names,
        titles=dict(zip(study.documents["document"], study.documents["title"], strict=True)),
    )


class _Writer:
    """Asks, numbers and keeps the doors; one a report."""

    def __init__(
        self,
        studies: Sequence[Reported],
        ask: Ask,
        language: Language,
        versions: Mapping[str, str],
        reference: Validated | None,
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
        self.doors = {
            one.key: Doors(
                one.data,
                lambda door, one=one: ask(asked, codebook=one.key, **door),  # type: ignore[misc]
                most=QUOTED,
                prefix=f"{'e' * at}e",
            )
            for at, one in enumerate(studies)
        }
        self.samples = Doors(study.data, lambda door: ask(asked, **door), most=SAMPLES)
        self.tables = self.figures = 0
        by_size = study.documents.groupby("city")["countable"].agg(["size", "sum"])
        self.sizes = {str(city): (int(n), float(han)) for city, n, han in by_size.itertuples()}
        self.largest = sorted(self.sizes, key=lambda city: (-self.sizes[city][1], city))

    def section(self, artefact: Artefact, *, people: int) -> Section:
        needs = [need for need in artefact.needs if need != "reference" or not self.reference]
        reasons = [why for need in needs if (why := lack(need, self.studies, people))]
        items: list[Shown | Figure] = []
        said = [self._in(why) for why in reasons]
        for part in () if reasons else artefact.parts:
            if isinstance(part, Own):
                items += self._own(part)
            elif part.query not in NAMES:
                said.append(
                    self._in(
                        Words(
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
        return Section(artefact.id, artefact.zh, artefact.en, tuple(items), tuple(said))

    # -- tables ----------------------------------------------------------------

    def _asked(self, asked: Query, part: Part, said: list[str]) -> list[Shown | Figure]:
        table = self.ask(asked, **part.options)
        whole = table
        table, left_out = self._few(whole, DRAWN_GROUPS if part.layout == "drawn" else GROUPS)
        items: list[Shown | Figure] = [self._shown(table, part, left_out)]
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
            items.append(
                Figure(self.figures, *(chart.words or caption(table, chart.options)), drawn)
            )
        return items

    def _pictured(self, asked: Query, part: Part, table: Table, name: str) -> tuple[Table, str]:
        """The answer a figure is drawn of, and what it says where that is not of all cities."""
        wanted, every = figure(name), len(self.largest)
        if not wanted.at_once or table.by != "city" or every <= wanted.most:
            return table, ""
        some = {"city": self.largest[: wanted.most]}
        return self.ask(asked, **part.options, where=some), self._in(few(wanted.most, every))

    def _shown(self, table: Table, part: Part, left_out: list[str]) -> Shown:
        # A word's lines are not kept in the report: only codes lead to their passages.
        link: Link = self._doors(table).anchor if table.drill_to == "excerpts" else lambda _: ""
        said = [*left_out, *notes(table, language=self.language)]
        frame = table.frame
        if part.layout == "drawn" and len(frame):
            grids = drawn_grids(table, names=self.names, language=self.language, link=link)
            if table.name == "matrix":
                said.insert(0, getattr(IN_CELLS, self.language))
        elif part.layout == "wide" and len(frame):
            codes = self._leaves(table)
            if len(codes) > MOST_CODES:
                said.insert(0, self._in(first_codes(len(codes), MOST_CODES, table.name)))
            grids = [
                wide_grid(
                    table,
                    value=part.value,
                    beside=part.beside,
                    codes=codes[:MOST_CODES],
                    sizes=self.sizes,
                    names=self.names,
                    language=self.language,
                    link=link,
                )
            ]
        else:
            rows = list(range(len(frame)))
            by = part.sort if part.sort in frame else ""
            if by:
                order = frame[by].fillna(float("-inf")).to_numpy()
                rows.sort(key=lambda row: -order[row])
            if len(rows) > part.most:
                said.insert(0, self._in(cut(part.most, len(rows), by, table.name, self.language)))
                rows = rows[: part.most]
            grids = [rows_grid(table, rows, names=self.names, language=self.language, link=link)]
        zh, en = part.words or caption(table, {"measure": part.value} if part.value else {})
        basis = basis_line(table, language=self.language)
        return self._numbered(zh, en, grids, said, basis)

    def _of(self, table: Table) -> Reported:
        """The codings a table counts, by the codebook its basis names."""
        return reported_of(table.basis.get("codebook", ""), self.studies)

    def _doors(self, table: Table) -> Doors:
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
        line = Words(
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

    def _own(self, part: Own) -> list[Shown]:
        if part.name == "validity":
            return self._validity()
        makers = {"codebook": self._codebook, "samples": self._samples, "settings": self._settings}
        return [makers[part.name]()]

    def _validity(self) -> list[Shown]:
        if self.reference is None:
            return []
        coder = self.study.codebook.coder
        printed = validity_tables(
            self.reference, coder=coder, names=self.names, language=self.language
        )
        return [self._numbered(one.zh, one.en, [one.grid], one.notes, one.basis) for one in printed]

    def _codebook(self) -> Shown:
        heads = Words(
            "编码|定义|何时用|何时不用|例句|近似而不编码的例句|规则数|出处",
            "Code|Definition|When to use|When not|Examples|Near misses|Rules|Source",
        )
        rows = []
        for code in self.study.codebook.codes:
            name = Cell(
                self.names.get(code.path, code.path), "", code.path, depth=code.depth - 1, head=True
            )
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
        grid = Grid(tuple(self._in(heads).split("|")), tuple(rows))
        return self._numbered("编码手册", "Codebook", [_filled(grid)], [], basis)

    def _samples(self) -> Shown:
        words = Words(
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
                        Cell(self.names.get(path, path), self.doors[self.study.key].anchor({"code": path}), path,
                             head=True),
                        Cell(quote.text),
                        Cell(quote.document),
                        Cell(quote.section),
                        Cell(str(quote.start), number=True),
                        Cell(str(quote.end), number=True),
                        Cell("; ".join(quote.rules)),
                        Cell(quote.evidence),
                    )
                )  # fmt: skip
        head = tuple(heading(column, language=self.language) for column in columns)
        grid = Grid(head, tuple(rows))
        return self._numbered(
            "编码示例", "Examples of codings", [grid], [self._in(words)], self.study.coder
        )

    def _given(self) -> list[str]:
        used = set(self.study.codings["code"])
        return [path for path in self.study.codes["code"] if path in used]

    def _settings(self) -> Shown:
        words = Words(
            "可复现包：wenma export 项目.db 包.zip；"
            "由包重得同样的数字：wenma code 包.zip --project 新.db。",
            "The pack: wenma export FILE.db PACK.zip; the same numbers from it: "
            "wenma code PACK.zip --project NEW.db.",
        )
        rows = tuple((Cell(n, head=True), Cell(v)) for n, v in self.versions.items())
        head = ("软件", "版本") if self.language == "zh" else ("Software", "Version")
        return self._numbered(
            "软件与版本", "Software and versions", [Grid(head, rows)], [self._in(words)], ""
        )

    def _numbered(
        self, zh: str, en: str, grids: Sequence[Grid], said: Sequence[str], basis: str
    ) -> Shown:
        self.tables += 1
        return Shown(self.tables, zh, en, tuple(grids), tuple(dict.fromkeys(said)), basis)

    def _in(self, words: Words) -> str:
        return str(getattr(words, self.language))


def _filled(grid: Grid) -> Grid:
    """The grid without columns that hold nothing."""
    kept = [at for at in range(len(grid.head)) if at == 0 or any(row[at].text for row in grid.rows)]
    rows = tuple(tuple(row[at] for at in kept) for row in grid.rows)
    return Grid(tuple(grid.head[at] for at in kept), rows, grid.title)
