"""The command line as a user meets it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wenma.cli.main import COMMANDS, main
from wenma.shipped import shipped

CODEBOOK = str(shipped("codebooks") / "resilience.yaml")


def sample_coded(folder: Path, codebook: str) -> Path:
    """The sample corpus, coded."""
    path = folder / "study.db"
    book = str(shipped("codebooks") / codebook)
    code = ["code", str(shipped("corpus")), "--codebook", book, "--project", str(path)]
    assert main([*code, "--format", "json"]) == 0
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_coded(tmp_path_factory.mktemp("sample"), "resilience.yaml")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coded with a codebook that has an index."""
    return sample_coded(tmp_path_factory.mktemp("indexed"), "pmc.yaml")


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coded with a codebook whose themes are problems here and answers there."""
    return sample_coded(tmp_path_factory.mktemp("themed"), "dilemmas_pathways.yaml")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coded with a codebook that has scales, in two versions."""
    from wenma.codebook.yaml_file import parse_codebook
    from wenma.store.project import Project
    from wenma.store.recoding import recode

    path = sample_coded(tmp_path_factory.mktemp("scored"), "policy_strength.yaml")
    with Project.open(path) as project:
        newer = project.codebooks()[-1].text.replace('version: "', 'version: "9.', 1)
        recode(project, parse_codebook(newer), now=lambda: "2026-11-24T10:00:00+00:00")
    return path


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def code(corpus: Path, project: Path, *more: str) -> list[str]:
    given = ["code", str(corpus), "--codebook", CODEBOOK, "--project", str(project)]
    return [*given, "--format", "json", *more]


def plans(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_help_needs_nothing_heavy():
    program = (
        "import sys; sys.argv = ['wenma', '--help']\n"
        "from wenma.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'spacy', 'streamlit', 'jieba', 'sqlalchemy', 'pydantic', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
    assert out.strip().endswith("[]")
    assert all(name in out for name in COMMANDS)


def test_coding_waits_for_nothing_it_does_not_need(tmp_path: Path):
    given = code(plans(tmp_path / "c", 甲="加强灾害监测预警。"), tmp_path / "study.db")
    program = (
        "import sys\n"
        "from wenma.cli.main import main\n"
        f"main({given!r})\n"
        "heavy = {'pandas', 'altair', 'spacy', 'streamlit', 'jieba', 'scipy', 'docx'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stderr.strip().endswith("[]"), ran.stderr


def test_importing_the_house_is_quiet_and_quick():
    program = "import sys, wenma; print(sorted(m for m in sys.modules if m.startswith('wenma')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("['wenma', 'wenma.version']", "")


def test_a_second_run_codes_nothing_and_a_changed_file_only_itself(tmp_path: Path, capsys):
    corpus = plans(tmp_path / "c", 甲="加强灾害监测预警。", 乙="储备应急物资。")
    project = tmp_path / "study.db"
    assert main(code(corpus, project)) == 0
    first = told(capsys)
    assert (first["documents"], first["coded"], first["unchanged"]) == (2, 2, 0)
    main(code(corpus, project))
    again = told(capsys)
    assert (again["coded"], again["unchanged"]) == (0, 2)
    (corpus / "乙.txt").write_text("储备应急物资。组织灾后恢复重建。", encoding="utf-8")
    main(code(corpus, project))
    changed = told(capsys)
    assert (changed["coded"], changed["unchanged"]) == (1, 1)
    assert changed["codings"]["stage/recover"] == 1


def test_a_changed_codebook_codes_everything_again(tmp_path: Path, capsys):
    corpus = plans(tmp_path / "c", 甲="加强灾害监测预警。")
    book = tmp_path / "book.yaml"
    book.write_text(Path(CODEBOOK).read_text(encoding="utf-8"), encoding="utf-8")
    arguments = code(corpus, tmp_path / "study.db")
    arguments[arguments.index(CODEBOOK)] = str(book)
    main(arguments)
    capsys.readouterr()
    book.write_text(book.read_text(encoding="utf-8") + "\n# 改\n", encoding="utf-8")
    main(arguments)
    assert told(capsys)["coded"] == 1


def test_two_jobs_give_the_same_codings(tmp_path: Path, sample: Path, capsys):
    from wenma.store.frames import codings_frame
    from wenma.store.project import Project

    assert main(code(shipped("corpus"), tmp_path / "two.db", "--jobs", "2")) == 0
    with Project.open(tmp_path / "two.db") as two, Project.open(sample) as one:
        assert codings_frame(two).equals(codings_frame(one))


def test_a_document_is_never_replaced_by_another_file_of_its_name(tmp_path: Path, capsys):
    first = plans(tmp_path / "a", plan="加强灾害监测预警。")
    second = plans(tmp_path / "b", plan="储备应急物资。")
    project = tmp_path / "study.db"
    assert main(code(first, project)) == 0
    capsys.readouterr()
    assert main(code(second, project)) == 1
    (failed,) = told(capsys)["failed"]
    assert "another file of this name is in the project already" in failed["error"]
    assert "--replace" in failed["error"]
    assert main(code(second, project, "--replace")) == 0
    assert told(capsys)["coded"] == 1


def test_the_summary_counts_as_the_tables_do_and_names_what_else_is_counted(tmp_path: Path, capsys):
    corpus = plans(
        tmp_path / "c", 甲="一、加强灾害监测预警\n加强灾害监测预警。", 乙="储备应急物资。"
    )
    project = tmp_path / "study.db"
    main(code(corpus, project))
    first = told(capsys)
    assert first["codings"]["stage/resist"] == 1
    assert first["in_headings"] >= 1
    assert first["elsewhere"] == []
    (corpus / "乙.txt").unlink()
    main(code(corpus, project))
    assert told(capsys)["elsewhere"] == ["乙.txt"]


def test_a_version_used_with_other_rules_is_told(tmp_path: Path, capsys):
    corpus = plans(tmp_path / "c", 甲="加强灾害监测预警。")
    book = tmp_path / "book.yaml"
    given = code(corpus, tmp_path / "study.db")
    given[given.index(CODEBOOK)] = str(book)
    for text in ("", "# 改\n"):
        book.write_text(Path(CODEBOOK).read_text(encoding="utf-8") + text, encoding="utf-8")
        main(given)
    first, second = capsys.readouterr().out.split("}\n{")
    assert '"reused_version": false' in first
    assert '"reused_version": true' in second


def test_where_nothing_can_be_read_no_project_is_made(tmp_path: Path, capsys):
    folder = plans(tmp_path / "c")
    (folder / "plan.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    assert main(code(folder, tmp_path / "study.db")) == 1
    assert "nothing here can be read" in capsys.readouterr().err
    assert not (tmp_path / "study.db").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_file_name_that_is_no_text_is_skipped_and_the_others_are_coded(tmp_path: Path, capsys):
    folder = plans(tmp_path / "c", 甲="加强灾害监测预警。")
    with open(bytes(folder) + b"/bad\xff.txt", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("储备应急物资。")
    assert main(code(folder, tmp_path / "study.db")) == 0
    summary = told(capsys)
    assert summary["coded"] == 1
    assert "rename it" in summary["skipped"][0]["reason"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path):
    text = "\n".join(f"加强第{n}类灾害的监测预警，健全第{n}项应急响应机制。" for n in range(2000))
    corpus = plans(tmp_path / "c", **{f"p{i:03}": text for i in range(60)})
    command = [
        sys.executable,
        "-m",
        "wenma.cli",
        *code(corpus, tmp_path / "s.db", "--jobs", "2"),
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def children() -> list[str]:
        return Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()

    for _ in range(1500):
        if len(workers := children()) == 2:
            break
        time.sleep(0.02)
    running.kill()
    running.wait()
    for _ in range(300):
        alive = [pid for pid in workers if Path(f"/proc/{pid}/cmdline").exists()]
        if not alive:
            break
        time.sleep(0.1)
    assert len(workers) == 2
    assert alive == []


def test_a_port_that_is_none_is_wrong_usage(capsys):
    assert main(["app", "--port", "99999999"]) == 2
    assert "Try --port 8501" in capsys.readouterr().err


def test_one_broken_document_does_not_stop_the_others(tmp_path: Path, capsys):
    corpus = plans(tmp_path / "c", 甲="加强灾害监测预警。", 乙="")
    (corpus / "丙.docx").write_bytes(b"PK\x03\x04 not a word file")
    assert main(code(corpus, tmp_path / "study.db")) == 1
    summary = told(capsys)
    assert summary["coded"] == 1
    assert sorted(one["document"] for one in summary["failed"]) == ["丙.docx", "乙.txt"]
    assert all(one["document"] in one["error"] for one in summary["failed"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corpus": "nowhere"}, "nowhere"),
        ({"codebook": "nowhere.yaml"}, "no such codebook"),
        ({"project": "no/where.db"}, "Make the folder first"),
    ],
)
def test_bad_input_is_one_line_and_costs_nothing(tmp_path: Path, capsys, monkeypatch, change, said):
    monkeypatch.chdir(tmp_path)
    plans(tmp_path / "c", 甲="加强灾害监测预警。")
    given = {"corpus": "c", "codebook": CODEBOOK, "project": "study.db"} | change
    before = sorted(p.name for p in tmp_path.iterdir())
    status = main(
        ["code", given["corpus"], "--codebook", given["codebook"], "--project", given["project"]]
    )
    out, err = capsys.readouterr()
    assert (status, out) == (1, "")
    assert said in err and err.startswith("wenma: ") and err.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_wrong_number_of_jobs_is_wrong_usage(tmp_path: Path, capsys):
    assert main(code(tmp_path, tmp_path / "x.db", "--jobs", "0")) == 2
    assert "Try --jobs 2" in capsys.readouterr().err


def test_a_run_killed_half_way_goes_on_where_it_stopped(tmp_path: Path, capsys):
    text = "\n".join(f"加强第{n}类灾害的监测预警，健全第{n}项应急响应机制。" for n in range(400))
    corpus = plans(tmp_path / "c", **{f"p{i:03}": text for i in range(150)})
    project = tmp_path / "study.db"
    command = [sys.executable, "-m", "wenma.cli", *code(corpus, project)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    from wenma.errors import ProjectError
    from wenma.store.project import Project

    done = 0
    while done < 5:
        time.sleep(0.02)
        assert running.poll() is None, "finished before it could be killed"
        try:
            with Project.open(project) as study:
                done = len(study.document_ids())
        except ProjectError:
            continue  # not made yet
    running.kill()
    running.wait()
    with Project.open(project) as study:
        kept = study.document_ids()
        counts = {len(study.codings(id)) for id in kept}
    assert 5 <= len(kept) < 150
    assert main(code(corpus, project)) == 0
    summary = told(capsys)
    assert (summary["unchanged"], summary["documents"]) == (len(kept), 150)
    with Project.open(project) as study:
        assert counts == {len(study.codings(id)) for id in study.document_ids()}
        assert min(counts) >= 800


def test_every_question_answers_in_every_format(
    sample: Path, indexed: Path, themed: Path, scored: Path, tmp_path: Path, capsys
):
    from wenma.codebook.yaml_file import parse_codebook
    from wenma.publish.table_files import TABLE_FORMATS
    from wenma.queries.table import DESIGNED, NAMES
    from wenma.store.coding_session import CodingSession
    from wenma.store.copying import copy_project
    from wenma.store.project import Project
    from wenma.store.recoding import recode

    twice = tmp_path / "twice.db"
    with Project.open(sample) as one, Project.open(twice, create=True) as two:
        copy_project(one, two)
        rules = two.codebooks()[-1].coder
        newer = parse_codebook(two.codebooks()[-1].text.replace('version: "', 'version: "9.', 1))
        recode(two, newer, now=lambda: "2026-11-24T10:00:00+00:00")
        document = two.document_ids()[0]
        units = [(document, one.number) for one in two.units(document) if one.kind == "body"][:6]
        desk = CodingSession(two, "林一")
        desk.assign("审", ["林一"], units, now="2026-11-24T11:00:00+00:00", chances=[0.5] * 6)
        for _, unit in units:
            desk.judge("审", document, unit, [], now="2026-11-24T12:00:00+00:00")
    looked_for = {
        "kwic": ["--pattern", "应急"],
        "collocates": ["--word", "应急"],
    }
    compared = ("agreement", "overall_agreement", "confusion_matrix", "nvivo_comparison")
    for name in (*compared, "disagreement_list"):
        looked_for[name] = ["--coders", rules, newer.coder]
    with Project.open(scored) as one:
        versions = [book.coder for book in one.codebooks()]
    looked_for["scale_agreement"] = ["--coders", *versions]
    for name in NAMES:
        other = {
            "pmc": indexed, "alignment": themed, "scores": scored, "scale_agreement": scored,
            **dict.fromkeys([*compared, "disagreement_list", *DESIGNED], twice),
        }  # fmt: skip
        project = str(other.get(name, sample))
        needed = looked_for.get(name, [])
        for form in TABLE_FORMATS:
            output = tmp_path / f"{name}.{form}"
            assert main(["query", project, name, *needed, "--output", str(output)]) == 0
            assert output.stat().st_size > (50 if name == "copies" else 100)
        for by in ("city", "plan", "period", "document"):
            given = ["query", project, name, *needed, "--by", by, "--format", "json"]
            assert main(given) == 0
            # None of the seven invented plans is a copy of another.
            assert bool(told(capsys)["rows"]) == (name not in ("copies", "disagreement_list"))


def test_a_table_for_a_paper_has_the_number_and_the_title_asked_for(
    sample: Path, tmp_path: Path, capsys
):
    asked = ["query", str(sample), "matrix", "--number", "3", "--caption", "环节与层面"]
    assert main([*asked, "--format", "tex"]) == 0
    printed = capsys.readouterr().out
    assert r"\setcounter{table}{2}" in printed and r"\caption[环节与层面]{环节与层面\\" in printed
    for wrong, said in (("md", "a md table has no number and no caption"), ("docx", "--output")):
        assert main([*asked, "--format", wrong]) == 2
        assert said in capsys.readouterr().err
    assert main(["query", str(sample), "matrix", "--format", "tex", "--number", "0"]) == 2


def test_json_carries_the_basis(sample: Path, capsys):
    main(["query", str(sample), "frequency", "--format", "json"])
    basis = told(capsys)["basis"]
    assert basis["coder"].startswith("rules:resilience@")
    assert basis["project"] == str(sample)


def test_what_is_left_out_is_gone_from_the_counts_and_told_in_the_basis(sample: Path, capsys):
    main(["query", str(sample), "frequency", "--format", "json"])
    whole = told(capsys)
    main(["query", str(sample), "frequency", "--without", "stance/deficit", "--format", "json"])
    fewer = told(capsys)
    counts = [{row["code"]: row["references"] for row in one["rows"]} for one in (whole, fewer)]
    assert counts[0]["stance/deficit"] > 0 == counts[1]["stance/deficit"]
    assert all(counts[1][code] <= count for code, count in counts[0].items())
    assert fewer["basis"]["without"].startswith("stance/deficit (")


def test_a_number_leads_to_its_excerpts(sample: Path, capsys):
    main(["query", str(sample), "frequency", "--by", "city", "--format", "json"])
    row = max(told(capsys)["rows"], key=lambda r: (r["code"] == "stage/absorb", r["references"]))
    assert row["code"] == "stage/absorb"
    asked = ["excerpts", "--code", row["code"], "--city", row["group"], "--format", "json"]
    main(["query", str(sample), *asked])
    assert len(told(capsys)["rows"]) == row["references"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frequencies"], 'Did you mean "frequency"?'),
        (["excerpts", "--code", "stage/resits"], 'Did you mean "stage/resist"?'),
        (["frequency", "--coder", "rules:resilience@0"], "Did you mean rules:resilience@"),
    ],
)
def test_a_slip_in_a_question_suggests_what_is_there(sample: Path, capsys, arguments, said):
    assert main(["query", str(sample), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_an_output_file_that_tells_no_format_is_wrong_usage(sample: Path, tmp_path: Path, capsys):
    assert main(["query", str(sample), "frequency", "--output", str(tmp_path / "x")]) == 2
    assert "Add --format" in capsys.readouterr().err


def test_check_runs_the_examples_of_the_shipped_codebooks(capsys):
    for path in shipped("codebooks").glob("*.yaml"):
        assert main(["check", str(path)]) == 0, capsys.readouterr().out


def test_check_names_an_example_the_rules_miss(tmp_path: Path, capsys):
    from tests.codebook.test_yaml_file import SMALL

    book = tmp_path / "b.yaml"
    book.write_text(
        SMALL.replace("rules:", "examples: [修建堤防。]\n        rules:"), encoding="utf-8"
    )
    assert main(["check", str(book)]) == 1
    out, err = capsys.readouterr()
    assert "line 8: stage/resist: example is not coded: 修建堤防。" in out
    assert "mend one of them" in err


def test_check_tells_what_changed_against_an_older_version(tmp_path: Path, capsys):
    from tests.codebook.test_yaml_file import SMALL

    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SMALL, encoding="utf-8")
    new.write_text(SMALL.replace("[监测预警]", "[监测预警, 预报]"), encoding="utf-8")
    assert main(["check", str(new), "--against", str(old)]) == 0
    assert "recoded: stage/resist (rules ~monitoring)" in capsys.readouterr().out


def test_the_app_refuses_a_missing_project_before_it_starts(tmp_path: Path, capsys):
    assert main(["app", str(tmp_path / "no.db")]) == 1
    assert "no such project" in capsys.readouterr().err


GOLD = "\n".join(
    json.dumps({"id": id, "document": "d", "text": text, "in_scope": inside, "codes": [code]})
    for id, text, inside, code in [
        ("1", "加强灾害监测预警。", True, "stage/resist"),
        ("2", "发展文化旅游。", False, "stage/recover"),
    ]
)


def test_validate_prints_json_that_others_read(tmp_path: Path, capsys):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    assert main(["validate", "--codebook", CODEBOOK, "--gold", str(gold), "--format", "json"]) == 0
    result = told(capsys)
    assert set(result["codes"]) == {"stage/resist", "stage/recover"}
    resist, recover = result["codes"]["stage/resist"], result["codes"]["stage/recover"]
    assert (resist["precision"], resist["recall"], resist["f1"], resist["support"]) == (1, 1, 1, 1)
    assert (recover["precision"], recover["recall"], recover["f1"]) == (None, 0, 0)
    assert result["macro_f1"] == 0.5
    assert result["scope"]["accuracy"] == 1 and result["scope"]["f1"] == 1


def test_validate_tells_all_of_each_city_and_where_the_reference_is_from(tmp_path, capsys):
    gold = tmp_path / "gold.jsonl"
    pairs = zip(GOLD.split("\n"), "甲乙", strict=True)
    rows = [json.loads(line) | {"city": city} for line, city in pairs]
    gold.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    asked = ["validate", "--codebook", CODEBOOK, "--gold", str(gold)]
    assert main([*asked, "--by", "city"]) == 0
    out = capsys.readouterr().out
    of_one_city = out.partition("甲 (1 rows)")[2].partition("乙 (1 rows)")[0]
    assert "MCC" in of_one_city and "stage/resist" in of_one_city and "1.00 [" in of_one_city
    assert "gold.jsonl (SHA-256" in out and "2 sentences of 1 documents" in out
    assert main([*asked, "--format", "json"]) == 0
    whence = told(capsys)["provenance"]
    assert (whence["rows"], whence["documents"], whence["twice"]) == (2, 1, 0)


def test_validate_names_the_rows_on_which_rules_and_people_differ(tmp_path: Path, capsys):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    assert main(["validate", "--codebook", CODEBOOK, "--gold", str(gold), "--errors", "5"]) == 0
    out = capsys.readouterr().out
    assert "stage/recover 2 missed: 发展文化旅游。" in out
    assert "not in the reference, so not judged:" in out


def test_a_question_to_some_cities_says_so_and_counts_only_them(sample: Path, capsys):
    asked = ["query", str(sample), "frequency", "--by", "city", "--format", "json"]
    main([*asked, "--where", "city=澜屿市，和槐市"])
    some = told(capsys)
    assert {row["group"] for row in some["rows"]} == {"澜屿市", "和槐市"}
    assert some["basis"]["where"] == "city=澜屿市,和槐市" and some["basis"]["documents"] == "2"
    assert main([*asked, "--where", "city"]) == 2
    assert "Write it as --where" in capsys.readouterr().err


def test_parts_of_a_reference_are_not_held_out(tmp_path, capsys):
    gold, book = tmp_path / "gold.jsonl", shipped("codebooks") / "resilience.yaml"
    row = {"id": "1", "document": "甲", "text": "完善预警。", "in_scope": True, "codes": []}
    gold.write_text(json.dumps(row), encoding="utf-8")
    asked = ["validate", "--codebook", str(book), "--gold", str(gold), "--held-out", "--by", "city"]
    assert main(asked) == 2
    assert "Ask for one at a time" in capsys.readouterr().err
