"""A study becomes a pack: one zip with which anyone gets the same numbers again.

The same study gives the same bytes: names are sorted, times are fixed, and no
clock, path or project name goes in. What `wenma code PACK.zip` needs are the
texts as they were cleaned, their outlines, the codebook and the settings; the
rest is there to be read.
"""

import csv
import hashlib
import json
import platform
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from wenma.errors import ProjectError, QueryError
from wenma.interchange.packed_annotations import lines_of
from wenma.publish.labels import Language
from wenma.queries.table import Query, Table, queries
from wenma.records import SETTLED, Coding, Document
from wenma.sources.reading import READER_VERSION
from wenma.store.exchange_annotations import AnnotationRow, annotation_rows
from wenma.store.keyed_rows import KEYS
from wenma.store.project import Project
from wenma.store.serialization import pack_quality
from wenma.version import __version__

if TYPE_CHECKING:
    from pandas import DataFrame

    from wenma.publish.reported import Reported

FORMAT = 4
"""Version of the pack's layout; a reader refuses a higher one."""

KIND = "wenma-pack"
SUMS = "SHA256SUMS"
PEOPLE = "people.jsonl"
BY_PEOPLE = "codings_by_people.csv"
REFI = "project.qdpx"
SEEDS = {"agreement": 0, "attention, periods, keyness": 0, "saturation (random order)": 1}
"""Where numbers are drawn at random, and the seed that makes them the same again."""
FACTS = "path id title city plan period year kind level doc_number issuer source_url note".split()
"""Columns of manifest.csv a reader takes; those `wenma code FOLDER` knows bear its names."""
FIELDS = {"doc_number": "number", "source_url": "source"}
"""Columns whose names are not those of the document's fields."""
HASHES = ["sha256_of_file", "sha256_of_text"]
PACKAGES = (
    "ahocorasick-rs google-re2 jieba lxml numpy pandas pypdfium2 python-docx rjieba scikit-learn "
    "scipy selectolax spacy"
).split()
"""Packages whose version can change a number."""
MOST_UNITS = 500_000
"""A study of more units leaves units.csv out: they follow from the texts."""

_MARK = "attribute:"
_TIME = (1980, 1, 1, 0, 0, 0)
# A cell that a spreadsheet would take for a formula gets an apostrophe; so does one
# that looks as if it had got one, so that the reader can take it away again.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")

Ask = Callable[..., Table]
"""``ask(query, **options)``: the answer of one query to the study."""


def bundle(
    project: Project,
    study: "Reported",
    ask: Ask,
    *,
    language: Language = "zh",
    hidden: Collection[str] = (),
) -> bytes:
    """The pack of a study, as the bytes of a zip file.

    Documents the codebook has not coded are not in it, nor is anything by people who are
    `hidden` from whoever makes it.
    """
    return packed(contents(project, study, ask, language=language, hidden=hidden))


def contents(
    project: Project,
    study: "Reported",
    ask: Ask,
    *,
    language: Language = "zh",
    hidden: Collection[str] = (),
) -> dict[str, bytes]:
    """Every member of the pack by its name, but for the sums."""
    from wenma.interchange.refi_project import refi_project

    unit_size = _unit_size(project, study)
    documents = [project.document(id) for id in dict.fromkeys(study.documents["document"])]
    members: dict[str, str] = {
        "manifest.csv": _manifest(documents),
        "codebook.yaml": study.codebook.text,
        "settings.json": _json(settings(study, unit_size), indent=2),
        "codings.csv": _csv(_columns(study.codings), _rows(_with_places(study.codings))),
        "codings.jsonl": codings_jsonl(study.codings),
    }
    for number, document in enumerate(documents, 1):
        members[_text_name(number)] = document.text
        members[_outline_name(number)] = _json(outline_parts(document))
    rows = annotation_rows(project, {*study.documents["document"]})
    people = [one for one in rows if not _is_hidden(one, hidden)]
    if people:
        members[PEOPLE] = lines_of(people)
    theirs = codings_of_people(people)
    if theirs:
        members[BY_PEOPLE] = _csv(_BY_PEOPLE, _told(theirs, documents))
    if study.data.units is not None and len(study.data.units) <= MOST_UNITS:
        units = study.data.units.drop(columns="text")
        members["units.csv"] = _csv(_columns(units), _rows(units))
    tables, refused = _tables(study, ask, language)
    members |= {f"tables/{name}.csv": text for name, (_, text) in tables.items()}
    commands = {name: command for name, (command, _) in tables.items()}
    members["commands.txt"] = "".join(f"{line}\n" for line in _commands(commands))
    members["README.txt"] = _readme(study, unit_size, commands, refused)
    book = study.codebook
    refi = refi_project(book.zh, book, documents, [*_main_codings(study), *theirs])
    return {**{name: text.encode() for name, text in members.items()}, REFI: refi}


def codings_of_people(rows: Iterable[AnnotationRow]) -> list[Coding]:
    """What people coded themselves, of all that they added, in the order of the texts."""
    found = []
    for row in rows:
        if row.table == "coding":
            cells = dict(zip(KEYS["coding"], row.key, strict=True))
            found.append(
                Coding(
                    str(cells["document"]),
                    int(row.values.get("unit", -1)),
                    int(cells["start"]),
                    int(cells["end"]),
                    str(cells["code"]),
                    str(cells["coder"]),
                )
            )
    return sorted(found)


_BY_PEOPLE = ("coder", "document", "city", "unit", "start", "end", "code", "excerpt")


def _told(codings: Sequence[Coding], documents: Sequence[Document]) -> Iterator[tuple[Any, ...]]:
    """Codings with the words they stand on, as a spreadsheet reads them."""
    by_id = {one.id: one for one in documents}
    for one in codings:
        if (document := by_id.get(one.document)) is not None:
            words = document.text[one.start : one.end]
            place = (one.unit, one.start, one.end)
            yield (one.coder, one.document, document.city, *place, one.code, words)


def _main_codings(study: "Reported") -> Iterator[Coding]:
    columns = ["document", "unit", "start", "end", "code", "coder"]
    for document, unit, start, end, code, coder in study.codings[columns].itertuples(
        index=False, name=None
    ):
        for each in str(coder).split("; "):
            yield Coding(document, int(unit), int(start), int(end), code, each)


def _is_hidden(row: AnnotationRow, hidden: Collection[str]) -> bool:
    """Is it somebody's who is hidden, or the note to a unit whose settlement is?"""
    note = row.table == "memo" and str(row.key[0]).startswith("unit:")
    return row.person in hidden or (note and SETTLED in hidden)


def packed(members: dict[str, bytes]) -> bytes:
    """The members and their sums as one zip, the same bytes every time."""
    sums = "".join(f"{hashlib.sha256(members[n]).hexdigest()}  {n}\n" for n in sorted(members))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in sorted({**members, SUMS: sums.encode()}.items()):
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type, info.external_attr, info.create_system = 8, 0o644 << 16, 3
            pack.writestr(info, data)
    return out.getvalue()


def outline_parts(document: Document) -> dict[str, Any]:
    """What a document is beside its text and facts: sections, paragraphs, places, quality."""
    places = document.source_map
    return {
        "sections": [
            [s.start, s.heading_end, s.end, s.level, s.number, s.title, s.role, s.parent, s.box]
            for s in document.sections
        ],
        "paragraphs": [list(one) for one in document.paragraphs],
        "map": [places.starts, places.pages, places.lines],
        "quality": json.loads(pack_quality(document.quality)),
    }


def codings_jsonl(codings: "DataFrame") -> str:
    """The codings, one JSON object a line, exactly as they are."""
    columns = _columns(codings)
    return "".join(f"{_json(dict(zip(columns, row, strict=True)))}\n" for row in _rows(codings))


def settings(study: "Reported", unit_size: str) -> dict[str, Any]:
    """What the codings depend on beside the texts and the codebook."""
    return {
        "format": f"{KIND} {FORMAT}",
        "unit": unit_size,
        "coder": study.coder,
        "codebook": {
            "id": study.codebook.id,
            "version": study.codebook.version,
            "sha256": study.codebook.fingerprint,
        },
        "reader": READER_VERSION,
        "seeds": SEEDS,
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """The version of wenma, of Python, and of every package that can change a number."""
    found = {"wenma": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def shielded(cell: Any) -> Any:
    """A text no spreadsheet takes for a formula; `bared` gives it back.

    >>> shielded("=1+1"), bared(shielded("=1+1")), bared(shielded("'=")), shielded("韧性")
    ("'=1+1", '=1+1', "'=", '韧性')
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def bared(cell: str) -> str:
    """The text as it was before it was shielded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _unit_size(project: Project, study: "Reported") -> str:
    sizes = project.unit_sizes(study.documents["document"])
    if len(sizes) > 1:
        counts = ", ".join(f"{size} {count}" for size, count in sorted(sizes.items()))
        raise ProjectError(
            f"its documents are cut into units of several sizes ({counts})",
            file=project.name,
            cure="Code all of them with one --unit, then export.",
            zh=f"各文件的编码单元大小不一（{counts}）。请用同一种 --unit 全部重编后再导出。",
        )
    return next(iter(sizes), "sentence")


def _text_name(number: int) -> str:
    return f"documents/{number:05}.txt"


def _outline_name(number: int) -> str:
    return f"documents/{number:05}.json"


def _manifest(documents: Sequence[Document]) -> str:
    further = [*dict.fromkeys(name for one in documents for name, _ in one.attributes)]
    rows = []
    for number, one in enumerate(documents, 1):
        own = dict(one.attributes)
        facts = [getattr(one, FIELDS.get(name, name)) for name in FACTS[2:]]
        hashes = [one.sha256, hashlib.sha256(one.text.encode()).hexdigest()]
        values = [own.get(name, "") for name in further]
        rows.append([_text_name(number), one.id, *facts, *hashes, *values])
    return _csv([*FACTS, *HASHES, *map(column_of, further)], rows)


def column_of(attribute: str) -> str:
    """The column of an attribute that is not one of `FACTS`; `attribute_of` gives it back.

    >>> column_of("人口"), column_of("id"), attribute_of(column_of("id"))
    ('人口', 'attribute:id', 'id')
    """
    clash = attribute in (*FACTS, *HASHES, *FIELDS.values()) or attribute.startswith(_MARK)
    return _MARK + attribute if clash else attribute


def attribute_of(column: str) -> str:
    """The attribute a column of manifest.csv is of."""
    return column.removeprefix(_MARK)


def _csv(columns: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    out = StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(columns)
    write.writerows([shielded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _columns(frame: "DataFrame") -> list[str]:
    return [str(column) for column in frame]


def _rows(frame: "DataFrame") -> Iterator[tuple[Any, ...]]:
    whole = frame.astype(object).where(frame.notna(), None)
    return zip(*(whole[column].tolist() for column in whole), strict=True)


def _json(value: Any, *, indent: int | None = None) -> str:
    gaps = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=gaps)
    return text + "\n" * bool(indent)


def _tables(
    study: "Reported", ask: Ask, language: Language
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Each table with the command that makes it; and why a question has none."""
    # `wenma code` asks this room whether a path is a pack: it must not wait for pandas and charts.
    from wenma.publish.data_text import csv_text

    tables: dict[str, tuple[str, str]] = {}
    refused: dict[str, str] = {}
    for asked in queries():
        for by in (None, "city"):
            name = f"{asked.name}-by-{by}" if by else asked.name
            if by and _same_by_city(asked):
                continue
            command = f"wenma query again.db {asked.name}{f' --by {by}' if by else ''}"
            try:
                table = ask(asked, by=by)
                text = csv_text(table, codes=study.codes, language=language)
            except QueryError as error:
                refused[name] = str(error)
            else:
                tells = f"{command} --language {language} --output {name}.csv"
                tables[name] = (tells, text)
    return tables, refused


def _commands(tables: Mapping[str, str]) -> list[str]:
    """What makes the study, each table and the pack again."""
    begin, end = "wenma code PACK.zip --project again.db", "wenma export again.db AGAIN.zip"
    return [begin, *tables.values(), end]


def _with_places(codings: "DataFrame") -> "DataFrame":
    """The codings with the places of their evidence as 12-15; 30-33, parallel to its words."""
    if "evidence_spans" not in codings:
        return codings
    places = ["; ".join(f"{one.start}-{one.end}" for one in e) for e in codings["evidence_spans"]]
    return codings.assign(evidence_spans=places)


def _same_by_city(asked: Query) -> bool:
    """Of excerpts, groups change only the order: they would double the pack."""
    return asked.name == "excerpts"


def _readme(
    study: "Reported", unit_size: str, commands: dict[str, str], refused: dict[str, str]
) -> str:
    used = versions()
    install = " ".join(f"'{n}=={v}'" for n, v in used.items() if n not in ("wenma", "python"))
    left_out = (
        f"{study.uncoded} documents of the project were not yet coded and are not in this pack.\n"
        if study.uncoded
        else ""
    )
    lines = [
        "A pack of wenma 文码: texts, codebook, codings, tables and settings of one study.",
        "用 wenma 文码 制作的可复现包：一项研究的文本、编码本、编码、表格与设置。",
        "",
        "THE SAME NUMBERS AGAIN 复现",
        "",
        f"  pip install 'wenma=={used['wenma']}' {install}",
        "  sha256sum -c SHA256SUMS          (in the unpacked folder)",
        *(f"  {command}" for command in _commands(commands)),
        "                                   (the same bytes as this pack)",
        "",
        f"Python {used['python']}; units: {unit_size}; coder: {study.coder}.",
        "The codings are not drawn at random. Intervals and permutations are, with these seeds:",
        f"  {'; '.join(f'{what} {seed}' for what, seed in SEEDS.items())}.",
        left_out,
        "WHAT IS IN IT 内容",
        "",
        "  manifest.csv    every document: its facts, SHA-256 of the file it was read from and of",
        "                  its text; a cell that begins like a formula has an apostrophe before it",
        "  documents/      N.txt the text as it was cleaned, N.json its outline: sections (start,",
        "                  heading_end, end, level, number, title, role, parent, box), paragraphs",
        "                  (start, end, kind, section), map (starts, pages, lines). Offsets count",
        "                  code points of the text, end excluded",
        "  codebook.yaml   the codebook as it was used",
        "  settings.json   size of unit, coder, versions",
        "  codings.jsonl   every coding, one a line; codings.csv the same for a spreadsheet",
        "  codings_by_people.csv   what people coded, with the words: coder, document, start, end,",
        "                  code (not there where nobody did)",
        "  project.qdpx    the texts, codes, codings of the rules and of people and the documents'",
        "                  facts as a REFI-QDA project: NVivo, MAXQDA, ATLAS.ti and QualCoder open",
        "                  it without wenma. Positions count code points, end excluded",
        "  people.jsonl    what people added: codings, verdicts, memos, tasks, attributes they",
        "                  corrected (with what the manifest had stated), stretches that belong",
        "                  elsewhere; a row a line, with its table, key and values (not there",
        "                  where nobody added any)",
        "  units.csv       every unit: document, number, kind, section, paragraph, role, span",
        "                  (left out of very large studies)",
        "  tables/         the answer to every question",
        "  commands.txt    the commands above, to run one after the other",
        "  SHA256SUMS      of everything else",
        "",
    ]
    if refused:
        lines += ["NOT ASKED 未能回答", "", *(f"  {n}: {why}" for n, why in refused.items()), ""]
    return "\n".join(lines)
