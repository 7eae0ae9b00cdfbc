"""Which codebook and which coders a question asks: chosen once, always told."""

import pytest

from tests.store.conftest import NOW, YAML
from tests.study.conftest import OTHER, RULES, acting, of_city
from wenma.codebook.yaml_file import parse_codebook
from wenma.errors import ProjectError, QueryError, WenmaError
from wenma.study.choice import choose, coders_known, people_to_compare
from wenma.study.study import Study

TEXT = "一、任务\n加强预警和救援。\n社区储备物资。"


@pytest.fixture
def both(project, keep):
    """Coded with `small`, then with `other`."""
    keep(of_city("甲.txt", "云州", TEXT))
    keep(of_city("甲.txt", "云州", TEXT), codebook=OTHER)
    return Study(project)


def test_the_codebook_used_last_is_asked(both):
    assert choose(both.project).coders == ("rules:other@1",)
    assert both.ask("frequency").basis["codebook"] == "other 1"


def test_a_question_about_a_code_takes_the_codebook_that_has_it(both):
    for code in ("stage/resist", "抵御", "stage"):
        assert both.ask("excerpts", code=code).basis["codebook"] == "small 1"
    assert both.ask("excerpts", code="actor").basis["codebook"] == "other 1"
    assert both.ask("frequency", without="stage/absorb").basis["codebook"] == "small 1"


def test_a_codebook_is_named_with_or_without_its_version(both):
    for name in ("small", "small@1", "rules:small@1"):
        assert both.ask("frequency", codebook=name).basis["codebook"] == "small 1"
    with pytest.raises(ProjectError, match=r"Did you mean small@1") as error:
        both.ask("frequency", codebook="smal@1")
    assert "small@1" in error.value.said("zh")


def test_the_newer_version_answers_for_its_codebook(both, keep):
    newer = parse_codebook(YAML.replace('"1"', '"2"'))
    keep(of_city("甲.txt", "云州", TEXT), codebook=newer)
    assert both.ask("frequency", codebook="small").basis["codebook"] == "small 2"
    assert both.ask("frequency", codebook="small@1").basis["codebook"] == "small 1"


def test_a_codebook_kept_and_not_used_answers_no_question(both):
    both.project.keep_codebook(parse_codebook(YAML.replace('"1"', '"3"')), now=NOW, in_use=False)
    assert choose(both.project, codes=["stage"]).stored.version == "1"


def test_rules_answer_for_their_own_codebook(both):
    assert choose(both.project, coder=RULES).stored.name == "small"
    with pytest.raises(ProjectError, match=r"Did you mean rules:small@1\?"):
        choose(both.project, coder="rules:smal@1")


def test_reviewed_holds_rules_and_people_and_is_asked_alone(both):
    acting(both, "林一").code("甲.txt", 0, 4, "people", now=NOW)
    choice = choose(both.project, coder="reviewed")
    assert (choice.name, choice.people) == ("reviewed", ("林一",))
    with pytest.raises(ProjectError, match="asked by itself") as error:
        both.ask("frequency", coder=["reviewed", "林一"])
    assert error.value.said("zh") != str(error.value)


def test_reviewed_is_offered_once_people_have_done_something(both):
    assert coders_known(both.project) == ("rules:other@1", RULES)
    acting(both, "林一").code("甲.txt", 0, 4, "people", now=NOW)
    assert coders_known(both.project) == ("rules:other@1", RULES, "reviewed", "decided", "林一")


def test_agreement_never_takes_the_rules_unasked(both):
    with pytest.raises(QueryError, match="two people or more"):
        both.ask("agreement")
    acting(both, "林一").code("甲.txt", 5, 13, "people", now=NOW)
    with pytest.raises(QueryError, match="only 林一") as error:
        people_to_compare(both.project)
    assert "--coders 林一 rules:other@1" in str(error.value)
    acting(both, "周二").code("甲.txt", 5, 13, "people", now=NOW)
    assert both.ask("agreement", resamples=0).basis["coders"] == "周二; 林一"
    three = both.ask("agreement", coders=["林一", "周二", RULES], resamples=0)
    assert three.basis["coders"] == f"林一; 周二; {RULES}"


@pytest.mark.parametrize("coder", [None, "reviewed", "decided", "林一", ["林一", RULES]])
def test_a_choice_asked_again_by_its_own_word_is_the_same(decided, coder):
    choice = choose(decided.project, coder=coder)
    again = choose(decided.project, coder=choice.asked)
    assert (again.name, again.coders, again.mixed) == (choice.name, choice.coders, choice.mixed)


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("frequencies", {}, "no query"),
        ("frequency", {"cod": "stage"}, "no option"),
        ("excerpts", {"cod": "stage"}, 'Did you mean "code"'),
        ("frequency", {"task": "试"}, "agreement, audit"),
        ("frequency", {"by": "省"}, "no attribute"),
        ("frequency", {"where": {"city": "海州"}}, "no document has"),
    ],
)
def test_what_cannot_be_asked_is_told_in_both_languages(study, name, options, told):
    with pytest.raises(WenmaError, match=told) as error:
        study.ask(name, **options)
    assert error.value.said("zh") != error.value.said("en")


def test_filters_narrow_and_never_widen(study):
    assert set(study.where(city="云州").ask("documents").frame["document"]) == {"甲.txt", "乙.txt"}
    narrow = study.where(city=["云州", "溪州"]).where(city="云州", year=2026)
    assert list(narrow.ask("documents").frame["document"]) == ["乙.txt"]
    assert narrow.ask("documents").basis["where"] == "city=云州; year=2026"
    with pytest.raises(QueryError, match="no document is both") as error:
        study.where(city="云州").ask("frequency", where={"city": "溪州"})
    assert "云州" in error.value.said("zh")
