"""The paper the project starts from, coded by our codebooks: does each chapter say what it says?

Liu & Zhang (2026), CC BY 4.0. Only numbers of sections, codes and judgements stand here.
"""

from functools import cache
from pathlib import Path

import pytest

from wenma import code, read
from wenma.codebook.yaml_file import load_codebook
from wenma.queries.assessment import assessment
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.shipped import shipped
from wenma.store.frames import codes_frame

STRENGTH, EMERGING, MIXED, DEFICIT = "strength", "emerging", "mixed", "deficit"
SILENT = "not stated"

# §4.4, the assessment of Chengdu. Beside each other: what a careful reader finds, what a second
# one may find, and what the rules find. Where the rules differ, the paper takes a sentence's
# first half back in its second (a base is there, but …), and a sentence has one stance.
CHENGDU = [
    ("resist", "technology", STRENGTH, (), STRENGTH),
    ("resist", "institution", DEFICIT, (), DEFICIT),
    ("resist", "actor", SILENT, (), SILENT),
    ("absorb", "technology", STRENGTH, (EMERGING,), STRENGTH),
    ("absorb", "institution", DEFICIT, (), DEFICIT),
    ("absorb", "actor", DEFICIT, (), DEFICIT),
    ("recover", "technology", EMERGING, (STRENGTH, MIXED), MIXED),
    ("recover", "institution", DEFICIT, (), DEFICIT),
    ("recover", "actor", SILENT, (), SILENT),
    ("adapt", "technology", MIXED, (DEFICIT,), DEFICIT),
    ("adapt", "institution", DEFICIT, (), DEFICIT),
    ("adapt", "actor", DEFICIT, (), DEFICIT),
]

# §6 and §7: what a section says of other themes too, and the rules' known false alarms. Its own
# theme with every sub-point must be found; nothing else may be.
THEMES = {
    "6.1": ((), ("data-and-coordination",)),
    "6.2": ((), ()),
    "6.3": ((), ("data-and-coordination",)),
    "6.4": (("law-and-data-security/privacy-leaks",), ("data-and-coordination",)),
    "6.5": (("technology-fit",), ()),
    "7.1": ((), ("data-and-coordination/data-fusion",)),
    "7.2": (("law-and-data-security/data-standards",), ()),
    "7.3": (("data-and-coordination", "technology-fit"), ()),
    "7.4": (
        (
            "data-and-coordination",
            "data-and-coordination/information-flow",
            "data-and-coordination/data-fusion",
        ),
        (),
    ),
    "7.5": (
        (
            "data-and-coordination/data-platform",
            "data-and-coordination/data-fusion",
            "technology-fit",
        ),
        (),
    ),
}


@pytest.fixture(scope="module")
def coded(shared: Path):
    """The paper's codings by a codebook, and the codebook's codes."""
    paper = read(shared / "method" / "framework_paper.txt")

    @cache
    def by(name: str):
        book = load_codebook(shipped("codebooks") / f"{name}.yaml")
        return code(paper, book), codes_frame(book)

    return by


@pytest.fixture(scope="module")
def chengdu(coded):
    codings, codes = coded("resilience")
    return assessment(dataset(codings, codes=codes), under="4.4")


@pytest.fixture(scope="module")
def dilemmas_and_pathways(coded):
    """The codes found in the body text of a section, and the codebook's codes in order."""
    codings, codes = coded("dilemmas_pathways")

    def found(section: str) -> set[str]:
        joined = excerpts(dataset(codings, codes=codes), under=section).frame["codes"]
        return {path for paths in joined for path in paths.split("; ")}

    return found, list(codes["code"])


@pytest.mark.parametrize(
    ("stage", "layer", "paper", "also", "rules"),
    CHENGDU,
    ids=[f"{stage}-{layer}" for stage, layer, *_ in CHENGDU],
)
def test_the_assessment_of_chengdu_is_the_papers(chengdu, stage, layer, paper, also, rules):
    told = chengdu.frame.set_index(["code", "code_b"])["tendency"]
    assert told[(f"stage/{stage}", f"layer/{layer}")] == rules
    assert rules in (paper, *also)


def test_one_section_of_one_paper_is_too_little_to_judge_a_city_by(chengdu):
    """Its tendencies are the paper's; of ten statements or more no cell has any."""
    told = chengdu.frame[chengdu.frame["tendency"] != SILENT]
    assert (told["judgement"] == "few").all() and (told["rests_on"] < 10).all()


def test_every_judgement_on_chengdu_rests_on_sentences_of_the_assessment(coded, chengdu):
    codings, codes = coded("resilience")
    for row, cell in chengdu.frame.iterrows():
        behind = excerpts(dataset(codings, codes=codes), **chengdu.drill_through(row)).frame
        assert len(behind) == cell["units"]
        assert behind["section"].str.contains("› 4.4. ", regex=False).all()
        assert (len(behind) == 0) == (cell["tendency"] == SILENT)


@pytest.mark.parametrize("section", THEMES)
def test_a_section_has_all_points_of_its_theme_and_none_of_the_other_pole(
    dilemmas_and_pathways, section
):
    found, codes = dilemmas_and_pathways
    chapter, number = section.split(".")
    pole = {"6": "dilemma", "7": "pathway"}[chapter]
    themes = [path for path in codes if path.startswith(f"{pole}/") and path.count("/") == 1]
    theme = themes[int(number) - 1]
    points = {path for path in codes if path.startswith(f"{theme}/")}
    also, wrong = THEMES[section]
    here = found(section)
    assert points <= here
    assert here - points - {theme} == {f"{pole}/{path}" for path in (*also, *wrong)}


def test_the_themes_have_as_many_points_as_the_paper_makes(dilemmas_and_pathways):
    _, codes = dilemmas_and_pathways
    points = {
        pole: [
            sum(path.startswith(f"{theme}/") for path in codes)
            for theme in codes
            if theme.startswith(f"{pole}/") and theme.count("/") == 1
        ]
        for pole in ("dilemma", "pathway")
    }
    assert points == {"dilemma": [4, 3, 4, 3, 3], "pathway": [4, 3, 3, 4, 4]}
