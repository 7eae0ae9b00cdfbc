"""A pack gives the same numbers again, and a pack that was meddled with is refused."""

import csv
import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from wenma.cli.main import main
from wenma.errors import SourceError, WenmaError
from wenma.interchange import opened_bundle
from wenma.interchange.bundle import SUMS, bared, packed, shielded
from wenma.interchange.opened_bundle import open_bundle
from wenma.queries.table import queries
from wenma.shipped import shipped
from wenma.store.frames import units_frame
from wenma.store.project import Project
from wenma.study.study import Study

BOOK = shipped("codebooks") / "resilience.yaml"
BY = ("city", "plan", "period", "document")
FORMULA = "=HYPERLINK(1)"


def code(*given: str | Path) -> int:
    return main(["code", *map(str, given), "--format", "json"])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, coded from its files."""
    project = tmp_path_factory.mktemp("first") / "first.db"
    assert code(shipped("corpus"), "--codebook", BOOK, "--project", project) == 0
    return project


@pytest.fixture(scope="module")
def pack(first: Path) -> Path:
    file = first.with_name("pack.zip")
    assert main(["export", str(first), str(file)]) == 0
    return file


@pytest.fixture(scope="module")
def again(pack: Path) -> Path:
    """The same, coded from the pack."""
    project = pack.with_name("again.db")
    assert code(pack, "--project", project) == 0
    return project


def members(pack: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(pack) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(pack: Path, file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The pack with its members changed and their sums made to fit."""
    inside = members(pack)
    del inside[SUMS]
    change(inside)
    file.write_bytes(packed(inside))
    return file


def refused(file: Path, words: str) -> None:
    with pytest.raises(SourceError, match=words) as told:
        open_bundle(file)
    assert str(told.value).startswith(str(file))
    assert "\n" not in str(told.value)


def test_texts_outlines_units_and_codings_come_back_exactly(first: Path, again: Path):
    with Project.open(first) as one, Project.open(again) as two:
        assert one.document_ids() == two.document_ids()
        for id in one.document_ids():
            before, after = one.document(id), two.document(id)
            for field in before.__slots__:
                if field != "path":  # the one was a file, the other is in a pack
                    assert getattr(before, field) == getattr(after, field), (id, field)
            assert one.units(id) == two.units(id)
            assert one.codings(id) == two.codings(id)
        assert units_frame(one).equals(units_frame(two))


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_every_question_has_the_same_answer_to_the_last_digit(query, first: Path, again: Path):
    answers = []
    for file in (first, again):
        with Study.open(file) as study:
            for by in (None, *BY):
                try:
                    answers.append((file, by, study.ask(query.name, by=by)))
                except WenmaError as error:
                    answers.append((file, by, str(error).replace(str(file), "FILE")))
    half = len(answers) // 2
    for (_, by, one), (_, _, two) in zip(answers[:half], answers[half:], strict=True):
        if isinstance(one, str):
            assert one == two
            continue
        assert one.frame.equals(two.frame), by
        assert one.notes == two.notes
        assert {**one.basis, "project": ""} == {**two.basis, "project": ""}


def test_the_pack_of_the_second_project_is_the_pack_of_the_first_byte_for_byte(
    pack: Path, again: Path
):
    other = again.with_name("other.zip")
    assert main(["export", str(again), str(other)]) == 0
    assert other.read_bytes() == pack.read_bytes()


def test_coding_a_pack_says_that_the_codings_are_those_of_the_pack(pack: Path, again: Path, capsys):
    assert code(pack, "--project", again.with_name("third.db")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pack"]["same_codings"] is True
    assert told["pack"]["codings"] == len(members(pack)["codings.jsonl"].splitlines()) > 0
    assert main(["code", str(pack), "--project", str(again)]) == 0
    out = capsys.readouterr().out
    assert "7 unchanged" in out and "are those of the pack" in out


def test_another_codebook_is_told_as_the_reason_for_other_codings(
    pack: Path, tmp_path: Path, capsys
):
    book = shipped("codebooks") / "pmc.yaml"
    assert main(["code", str(pack), "--codebook", str(book), "--project", f"{tmp_path}/p.db"]) == 0
    assert "differ from those of the pack: another codebook was used" in capsys.readouterr().out


def test_two_jobs_code_a_pack_alike(pack: Path, again: Path, tmp_path: Path):
    assert code(pack, "--project", tmp_path / "two.db", "--jobs", "2") == 0
    with Study.open(tmp_path / "two.db") as two, Study.open(again) as one:
        assert two.dataset().details().equals(one.dataset().details())


def test_the_size_of_units_travels_with_the_pack(tmp_path: Path):
    plan = tmp_path / "plan.txt"
    plan.write_text("一、加强灾害监测预警，储备应急物资。\n组织灾后恢复重建。\n", encoding="utf-8")
    one, two, file = tmp_path / "one.db", tmp_path / "two.db", tmp_path / "p.zip"
    code(plan, "--codebook", BOOK, "--project", one, "--unit", "clause")
    assert main(["export", str(one), str(file)]) == 0
    assert code(file, "--project", two) == 0
    with Project.open(one) as before, Project.open(two) as after:
        assert units_frame(before).equals(units_frame(after))


def test_documents_of_different_units_are_not_packed(tmp_path: Path, capsys):
    for name, unit in (("甲", "clause"), ("乙", "sentence")):
        (tmp_path / f"{name}.txt").write_text("加强灾害监测预警。", encoding="utf-8")
        project = tmp_path / "s.db"
        code(tmp_path / f"{name}.txt", "--codebook", BOOK, "--project", project, "--unit", unit)
    assert main(["export", str(project), str(tmp_path / "p.zip")]) == 1
    assert "Code all of them with one --unit" in capsys.readouterr().err
    assert not (tmp_path / "p.zip").exists()


def test_facts_that_look_like_formulas_are_harmless_in_the_pack_and_come_back(tmp_path: Path):
    (tmp_path / "a.txt").write_text("加强灾害监测预警。", encoding="utf-8")
    odd = f"'{FORMULA}"
    (tmp_path / "manifest.csv").write_text(
        f'path,title,city,note\na.txt,{FORMULA},{odd},"两行\n，“引”""号"\n', encoding="utf-8"
    )
    code(tmp_path, "--codebook", BOOK, "--project", tmp_path / "s.db")
    assert main(["export", str(tmp_path / "s.db"), str(tmp_path / "p.zip")]) == 0
    inside = members(tmp_path / "p.zip")
    for name in ("manifest.csv", "codings.csv", "tables/documents.csv"):
        rows = list(csv.reader(StringIO(inside[name].decode(), newline="")))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    (entry,) = open_bundle(tmp_path / "p.zip").entries
    assert (entry.title, entry.city, entry.note) == (FORMULA, odd, '两行\n，“引”"号')


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "－", "\t1", "'", "", "韧性", "1'="])
def test_what_is_shielded_is_bared_again(text: str):
    assert bared(shielded(text)) == text


def test_the_commands_of_the_readme_write_the_tables_of_the_pack(
    pack: Path, again: Path, monkeypatch
):
    inside = members(pack)
    monkeypatch.chdir(again.parent)
    told = inside["README.txt"].decode().splitlines()
    typed = inside["commands.txt"].decode().splitlines()
    assert typed == [line.strip() for line in told if line.startswith("  wenma ")]
    assert typed[0].startswith("wenma code") and typed[-1].startswith("wenma export")
    commands = [line.split() for line in typed[1:-1]]
    tables = {name for name in inside if name.startswith("tables/")}
    assert len(commands) == len(tables)
    for command in commands:
        assert main(command[1:]) == 0
        name = command[-1]
        assert Path(name).read_bytes() == inside[f"tables/{name}"]
    assert "pmc: the codebook of these codings has no index" in inside["README.txt"].decode()


def test_every_place_of_evidence_holds_its_words(pack: Path):
    inside = members(pack)
    table = list(csv.DictReader(StringIO(inside["codings.csv"].decode("utf-8-sig"))))
    manifest = list(csv.DictReader(StringIO(inside["manifest.csv"].decode("utf-8-sig"))))
    texts = {row["id"]: inside[row["path"]].decode() for row in manifest}
    told = 0
    for row in table:
        places = [one.split("-") for one in row["evidence_spans"].split("; ") if one]
        words = [texts[row["document"]][int(start) : int(end)] for start, end in places]
        assert "; ".join(words) == bared(row["evidence"])
        told += len(words)
    assert told > len(table) > 1000


def test_the_sums_are_those_another_program_makes(pack: Path, tmp_path: Path):
    with zipfile.ZipFile(pack) as opened:
        opened.extractall(tmp_path)
        assert opened.namelist() == sorted(opened.namelist())
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_an_unpacked_pack_is_a_folder_wenma_reads(pack: Path, tmp_path: Path):
    with zipfile.ZipFile(pack) as opened:
        opened.extractall(tmp_path / "out")
    assert code(tmp_path / "out", "--codebook", BOOK, "--project", tmp_path / "s.db") == 0


def test_the_real_documents_come_out_of_their_pack_as_they_went_in(shared: Path, tmp_path: Path):
    one, two, file = tmp_path / "one.db", tmp_path / "two.db", tmp_path / "p.zip"
    some = [p for p in sorted((shared / "corpus").rglob("*.txt"))[:12]]
    code(*some, "--codebook", BOOK, "--project", one)
    assert main(["export", str(one), str(file)]) == 0
    assert code(file, "--project", two) == 0
    with Study.open(one) as before, Study.open(two) as after:
        assert units_frame(before.project).equals(units_frame(after.project))
        assert before.dataset().details().equals(after.dataset().details())


# -- packs that are not as they were made ----------------------------------------------


def test_a_changed_text_is_refused(pack: Path, tmp_path: Path):
    inside = members(pack)
    name = "documents/00001.txt"
    inside[name] = inside[name].replace("城".encode(), "域".encode(), 1)
    file = tmp_path / "p.zip"
    with zipfile.ZipFile(file, "w") as out:
        for member, data in inside.items():
            out.writestr(member, data)
    refused(file, f"{name} was changed since the pack was made")


@pytest.mark.parametrize(
    "name", ["documents/00002.txt", "documents/00002.json", "codebook.yaml", SUMS, "README.txt"]
)
def test_a_missing_member_is_refused(name: str, pack: Path, tmp_path: Path):
    file = tmp_path / "p.zip"
    with zipfile.ZipFile(file, "w") as out:
        for member, data in members(pack).items():
            if member != name:
                out.writestr(member, data)
    refused(file, f"{name} is missing")


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "documents/../../e.txt", "C:\\e"])
def test_a_member_that_leads_out_of_the_pack_is_refused(name: str, pack: Path, tmp_path: Path):
    file = changed(pack, tmp_path / "p.zip", lambda inside: inside.update({name: b"x"}))
    refused(file, "leads out of the pack")


def test_a_member_that_is_no_part_of_a_pack_or_not_listed_is_refused(pack: Path, tmp_path: Path):
    refused(
        changed(pack, tmp_path / "a.zip", lambda inside: inside.update({"run.py": b"x"})),
        "does not belong in a pack",
    )
    file = tmp_path / "b.zip"
    file.write_bytes(pack.read_bytes())
    with zipfile.ZipFile(file, "a") as out:
        out.writestr("tables/more.csv", "x")
    refused(file, "which SHA256SUMS does not list")


def test_a_flood_is_refused_before_it_is_unpacked(pack: Path, tmp_path: Path, monkeypatch):
    zeros = bytes(50_000_000)
    file = changed(pack, tmp_path / "p.zip", lambda i: i.update({"tables/zeros.csv": zeros}))
    assert file.stat().st_size < 2_000_000
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    refused(file, "would unpack to 50,000,000 bytes, as no text does")
    monkeypatch.setattr(opened_bundle, "MOST_BYTES", 1000)
    refused(pack, "would unpack to .* more than 1,000")


def test_a_member_that_is_larger_than_it_says_is_refused(pack: Path, tmp_path: Path):
    """A bomb lies about its size: what is read ends where the pack says it does."""
    data = bytearray(pack.read_bytes())
    at = data.rindex(b"codings.jsonl", 0, data.rindex(b"codings.jsonl") + 13) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    file = tmp_path / "p.zip"
    file.write_bytes(data)
    refused(file, "damaged|changed")


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.999])
def test_half_a_file_is_refused(cut: float, pack: Path, tmp_path: Path):
    file = tmp_path / "p.zip"
    data = pack.read_bytes()
    file.write_bytes(data[: int(len(data) * cut)])
    refused(file, "is damaged or not a zip file")


def test_any_flipped_byte_is_refused_or_changes_nothing(pack: Path, tmp_path: Path):
    data, file = pack.read_bytes(), tmp_path / "p.zip"
    sound = [entry.document for entry in open_bundle(pack).entries]
    told = 0
    for at in range(0, len(data), len(data) // 40):
        file.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            texts = [entry.document.text for entry in open_bundle(file).entries]
        except SourceError:
            told += 1
        else:  # a date in a header
            assert texts == [document.text for document in sound]
    assert told > 30


def test_an_outline_that_is_out_of_place_is_refused(pack: Path, tmp_path: Path):
    name = "documents/00001.json"
    for key, at, value in [
        ("sections", (0, 7), 0),  # its own parent: a ring
        ("sections", (0, 0), -1),
        ("sections", (0, 2), 10**9),
        ("sections", (0, 6), "<b>"),
        ("paragraphs", (0, 1), 10**9),
        ("paragraphs", (0, 3), 99_999),
        ("map", (0, 0), "x"),
    ]:

        def meddle(inside: dict[str, bytes], key=key, at=at, value=value) -> None:
            told = json.loads(inside[name])
            told[key][at[0]][at[1]] = value
            inside[name] = json.dumps(told).encode()

        refused(
            changed(pack, tmp_path / "p.zip", meddle), "is not an outline of documents/00001.txt"
        )
    for text in (b"{", b"[]", b"{}", b"null", b'{"sections": 1}', b"[" * 100_000):
        file = changed(pack, tmp_path / "p.zip", lambda i, text=text: i.update({name: text}))
        refused(file, "is not an outline")


def test_a_manifest_or_settings_that_do_not_fit_are_refused(pack: Path, tmp_path: Path):
    file = tmp_path / "p.zip"

    def swap(name: str, old: str, new: str) -> Path:
        def change(inside: dict[str, bytes]) -> None:
            assert old.encode() in inside[name]
            inside[name] = inside[name].replace(old.encode(), new.encode(), 1)

        return changed(pack, file, change)

    refused(swap("manifest.csv", "documents/00002.txt", "documents/00001.txt"), "twice")
    refused(swap("manifest.csv", "documents/00002.txt", "documents/99999.txt"), "is missing")
    refused(swap("manifest.csv", "sha256_of_text", "sha"), "has no column sha256_of_text")
    refused(swap("settings.json", "wenma-pack 4", "wenma-pack 5"), "by a newer wenma")
    refused(swap("settings.json", "wenma-pack 4", "pack"), "does not say that this is a pack")
    refused(swap("settings.json", '"sentence"', '"word"'), "does not say the size of the units")
    refused(changed(pack, file, lambda i: i.update({"settings.json": b"{"})), "is not JSON")
    refused(changed(pack, file, lambda i: i.update({"manifest.csv": b"\xff"})), "is not UTF-8")
    text = members(pack)["documents/00001.txt"]
    other = hashlib.sha256(text).hexdigest()
    refused(swap("manifest.csv", other, "0" * 64), "is not the text that manifest.csv says")


def test_another_zip_and_no_file_are_refused(tmp_path: Path, capsys):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as other:
        other.writestr("a.txt", "x")
    (tmp_path / "o.zip").write_bytes(out.getvalue())
    refused(tmp_path / "o.zip", "does not belong in a pack")
    assert code(tmp_path / "gone.zip", "--project", tmp_path / "s.db") == 1
    assert "there is no such pack" in capsys.readouterr().err
    assert not (tmp_path / "s.db").exists()


# -- the commands ----------------------------------------------------------------------


def test_a_pack_is_never_coded_into_a_project_of_other_documents(pack: Path, first: Path, capsys):
    before = first.read_bytes()
    assert code(pack, "--project", first) == 1
    assert "Code the pack into a new project file" in capsys.readouterr().err
    with Project.open(first) as project:
        assert "pack.zip" not in "".join(project.origins().values())
    assert before[:100] == first.read_bytes()[:100]


def test_a_folder_needs_a_codebook_and_a_pack_stands_alone(pack: Path, tmp_path: Path, capsys):
    assert code(shipped("corpus"), "--project", tmp_path / "s.db") == 2
    assert "only a pack brings its own" in capsys.readouterr().err
    assert code(pack, shipped("corpus"), "--project", tmp_path / "s.db") == 2
    assert "is coded by itself" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["study.xlsx", "study.odt", "study"])
def test_what_cannot_be_exported_yet_is_told_with_what_can(
    name: str, first: Path, tmp_path, capsys
):
    assert main(["export", str(first), str(tmp_path / name)]) == 2
    assert "End it in .zip" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_pack_that_cannot_be_written_leaves_nothing_behind(first: Path, tmp_path, capsys):
    assert main(["export", str(first), str(tmp_path / "no" / "p.zip")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_the_pack_holds_what_each_question_answers(pack: Path):
    inside = members(pack)
    # What wants another codebook, a second coder, a judged sample or a word, is not asked.
    unasked = {"pmc", "alignment", "agreement", "kwic", "collocates", "overall_agreement"}
    unasked |= {"confusion_matrix", "nvivo_comparison", "disagreement_list"}
    unasked |= {"scores", "scale_agreement", "audit", "estimates", "differences"}
    missing = {f"tables/{q.name}.csv" for q in queries()} - set(inside)
    assert missing == {f"tables/{name}.csv" for name in unasked}


def test_a_pack_from_before_evidence_had_places_gives_its_codings_again(
    pack: Path, tmp_path: Path, capsys
):
    def older(inside: dict[str, bytes]) -> None:
        rows = [json.loads(line) for line in inside["codings.jsonl"].decode().splitlines()]
        short = [{k: v for k, v in row.items() if k != "evidence_spans"} for row in rows]
        compact = {"ensure_ascii": False, "separators": (",", ":")}
        inside["codings.jsonl"] = "".join(f"{json.dumps(r, **compact)}\n" for r in short).encode()
        told = json.loads(inside["settings.json"])
        inside["settings.json"] = json.dumps(told | {"format": "wenma-pack 1"}).encode()

    file = changed(pack, tmp_path / "old.zip", older)
    assert code(file, "--project", tmp_path / "old.db") == 0
    assert json.loads(capsys.readouterr().out)["pack"]["same_codings"]
