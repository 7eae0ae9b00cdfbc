import random
from collections import Counter

import pandas as pd
import pytest
from scipy.stats import binomtest

from wenma.errors import QueryError
from wenma.queries.assessment import JUDGEMENTS, assessment
from wenma.queries.dataset import dataset
from wenma.queries.excerpts import excerpts
from wenma.queries.matrix import matrix

DONE, BEGUN, TO_DO, LACKING = (
    "stance/achievement",
    "stance/achievement/emerging",
    "stance/commitment",
    "stance/deficit",
)
STANCES = {"achievement": DONE, "emerging": BEGUN, "commitment": TO_DO, "deficit": LACKING}

# What the units of a cell say, one stance each ("" for none), and what the cell then is.
CELLS = {
    ("stage/resist", "layer/institution"): ([LACKING, LACKING, TO_DO], "deficit"),
    ("stage/resist", "layer/technology"): ([DONE, DONE, LACKING], "strength"),
    ("stage/resist", "layer/actor"): ([], "not stated"),
    ("stage/absorb", "layer/institution"): ([DONE, LACKING], "mixed"),
    ("stage/absorb", "layer/technology"): ([BEGUN, BEGUN, DONE], "emerging"),
    ("stage/absorb", "layer/actor"): ([TO_DO], "promise"),
    ("stage/recover", "layer/institution"): ([TO_DO] * 10 + [LACKING], "promise"),
    ("stage/recover", "layer/technology"): ([TO_DO] * 9 + [LACKING], "deficit"),
    ("stage/recover", "layer/actor"): ([""], "not stated"),
    ("stage/adapt", "layer/institution"): ([BEGUN, DONE], "strength"),
    ("stage/adapt", "layer/technology"): ([DONE] * 3 + [LACKING] * 2, "mixed"),
    ("stage/adapt", "layer/actor"): ([LACKING], "deficit"),
}


@pytest.fixture
def assessed(small, coding_of):
    """A study in which each cell of `CELLS` is said by units of its own."""
    rows, unit = [], 0
    for (stage, layer), stances in ((key, said) for key, (said, _) in CELLS.items()):
        for stance in stances:
            paths = [stage, layer, *[stance] * bool(stance)]
            rows += [coding_of("甲", unit, path) | {"section": f"4.{unit} 评估"} for path in paths]
            unit += 1
    return type(small)(pd.DataFrame(rows), small.documents, small.codes)


@pytest.fixture(scope="session")
def many(large):
    """The large study, each unit with a stance or none, drawn by a seed."""
    draw = random.Random(20260102)
    whole = large.codings.assign(
        section=["4.4.1 抵御" if unit % 3 else "14.4 其他" for unit in large.codings["unit"]]
    )
    rows = [whole]
    for _, one in whole[whole["unit"] >= 0].groupby(["document", "unit"]):
        stances = [*draw.choices([[DONE], [DONE, BEGUN], [TO_DO], [LACKING], []])[0]]
        rows += [one.head(1).assign(code=stance) for stance in stances]
    codes = [{"code": path} for path in ("stance", DONE, BEGUN, TO_DO, LACKING)]
    return type(large)(
        pd.concat(rows, ignore_index=True),
        large.documents,
        pd.concat([large.codes, pd.DataFrame(codes)], ignore_index=True),
    )


def cells(table):
    return table.frame.set_index(["code", "code_b"])


def units_behind(study, **door):
    frame = study.ask(excerpts, **door).frame
    return len(frame[frame["unit"] >= 0].drop_duplicates(["document", "unit"]))


def test_each_cell_is_judged_by_what_its_own_units_say(assessed):
    found = cells(assessed.ask(assessment))
    assert found["tendency"].to_dict() == {key: told for key, (_, told) in CELLS.items()}
    assert set(found["tendency"]) == set(JUDGEMENTS) - {"few"}


def test_the_counts_are_units_and_the_emerging_are_among_the_achieved(assessed):
    found = cells(assessed.ask(assessment))
    for key, (said, _) in CELLS.items():
        counted, row = Counter(said), found.loc[key]
        assert row["units"] == len(said)
        assert row["achievement"] == counted[DONE] + counted[BEGUN]
        assert row["emerging"] == counted[BEGUN]
        assert (row["commitment"], row["deficit"]) == (counted[TO_DO], counted[LACKING])


@pytest.mark.parametrize("present", [0, "1/100", 1])
def test_an_empty_cell_stays_empty_whatever_the_thresholds(assessed, present):
    found = cells(assessed.ask(assessment, present=present, clear=1))["tendency"]
    assert found[("stage/resist", "layer/actor")] == "not stated"
    assert found[("stage/recover", "layer/actor")] == "not stated"


def test_a_promise_alone_is_never_a_strength_or_a_deficit(assessed):
    found = cells(assessed.ask(assessment, present=0))["tendency"]
    assert found[("stage/absorb", "layer/actor")] == "promise"


def test_how_much_must_speak_of_the_present_can_be_chosen(assessed):
    key = ("stage/recover", "layer/institution")  # ten promises, one deficit
    assert cells(assessed.ask(assessment, present="1/11"))["tendency"][key] == "deficit"
    assert cells(assessed.ask(assessment, present=0.1))["tendency"][key] == "promise"


def test_how_clear_a_majority_must_be_can_be_chosen(assessed):
    key = ("stage/adapt", "layer/technology")  # three achievements, two deficits
    assert cells(assessed.ask(assessment, clear="3/5"))["tendency"][key] == "strength"
    assert cells(assessed.ask(assessment, clear=0.61))["tendency"][key] == "mixed"


def test_fewer_statements_than_asked_for_state_nothing(assessed):
    found = cells(assessed.ask(assessment, min_count="2"))["tendency"]
    assert found[("stage/adapt", "layer/actor")] == "not stated"
    assert found[("stage/absorb", "layer/institution")] == "mixed"
    # One deficit among nine promises is too little to stand on; the promises are not.
    assert found[("stage/recover", "layer/technology")] == "promise"


def test_a_judgement_says_how_many_statements_it_rests_on(assessed):
    table = assessed.ask(assessment)
    found = cells(table)["rests_on"]
    assert found[("stage/recover", "layer/technology")] == 1  # nine promises beside it
    assert found[("stage/adapt", "layer/technology")] == 5  # mixed: both sides
    assert found[("stage/recover", "layer/institution")] == 10
    assert found[("stage/resist", "layer/actor")] == 0
    assert sum("3 tendencies rest on a single sentence" in note for note in table.notes) == 1


def test_strength_and_deficit_are_judged_by_one_measure(many):
    mirror = {"strength": "deficit", "deficit": "strength"}
    for clear in ("2/3", "0.51", 1):
        plain = many.ask(assessment, by="document", clear=clear, emerging="none").frame
        turned = many.ask(
            assessment,
            by="document",
            clear=clear,
            emerging="none",
            achievement=LACKING,
            deficit=DONE,
        ).frame
        assert {"strength", "mixed", "deficit"} <= set(plain["tendency"])
        mirrored = [mirror.get(word, word) for word in turned["tendency"]]
        assert plain["tendency"].tolist() == mirrored


@pytest.mark.parametrize(
    "options", [{}, {"by": "city"}, {"headings": True}, {"under": "4.4"}, {"by": "document"}]
)
def test_every_number_of_a_cell_equals_the_units_of_its_excerpts(many, options):
    table = many.ask(assessment, **options)
    for row in range(0, len(table.frame), 5 if "by" in options else 1):
        told, door = table.frame.iloc[row], table.drill_through(row)
        assert units_behind(many, **door) == told["units"]
        for name, path in STANCES.items():
            behind = units_behind(many, **{**door, "also": [door["also"], path]})
            assert behind == told[name], (door, name)


@pytest.mark.parametrize("by", [None, "city", "period"])
def test_a_cell_has_the_units_of_the_matrix(many, by):
    table = many.ask(assessment, by=by)
    sides = {side: [table.basis[side]] for side in ("rows", "columns")}
    crossed = many.ask(matrix, by=by, **sides)
    assert table.frame["units"].tolist() == crossed.frame["units"].tolist()


def test_only_what_stands_under_the_heading_is_judged(assessed):
    found = cells(assessed.ask(assessment, under="4.0"))
    assert found["units"].sum() == 1
    assert found["tendency"][("stage/resist", "layer/institution")] == "deficit"


def test_a_heading_nobody_wrote_is_refused_with_the_nearest(assessed):
    with pytest.raises(QueryError, match=r'holds "4\.99"'):
        assessed.ask(assessment, under="4.99")


def test_a_codebook_without_stance_is_refused_and_the_cure_named(small):
    codes = small.codes[small.codes["code"] != LACKING]
    with pytest.raises(QueryError, match=r'no code "stance/deficit" .*--deficit CODE'):
        assessment(dataset(small.codings, documents=small.documents, codes=codes))


def test_codes_of_other_names_can_be_named(assessed):
    def renamed(column):
        return column.str.replace("stance", "立场", regex=False)

    codings = assessed.codings.assign(code=renamed(assessed.codings["code"]))
    codes = assessed.codes.assign(code=renamed(assessed.codes["code"]))
    named = {name: path.replace("stance", "立场") for name, path in STANCES.items()}
    table = assessment(dataset(codings, documents=assessed.documents, codes=codes), **named)
    assert table.frame.equals(assessed.ask(assessment).frame)


def test_without_a_code_for_it_nothing_is_emerging_and_the_note_says_so(assessed):
    codes = assessed.codes[assessed.codes["code"] != BEGUN]
    codings = assessed.codings.replace(BEGUN, DONE)
    table = assessment(dataset(codings, documents=assessed.documents, codes=codes))
    assert table.frame["emerging"].isna().all() and "emerging" not in set(table.frame["tendency"])
    assert cells(table)["tendency"][("stage/absorb", "layer/technology")] == "strength"
    assert any('no code "stance/achievement/emerging"' in note for note in table.notes)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("clear", "1/2"),
        ("clear", "1.01"),
        ("clear", "most"),
        ("clear", "1/0"),
        ("present", "-0.1"),
        ("present", 2),
        ("min_count", "0"),
        ("min_count", "few"),
    ],
)
def test_a_threshold_that_decides_nothing_is_refused(assessed, option, value):
    with pytest.raises(QueryError, match=f'{option} is "{value}"'):
        assessed.ask(assessment, **{option: value})


def test_the_rule_stands_under_the_table_in_both_languages(assessed):
    (rule,) = [note for note in assessed.ask(assessment, clear=0.75).notes if "Judged" in note]
    assert "at least 3/4" in rule and "至少 3/4" in rule.zh


def test_each_count_has_a_door_of_its_own_to_the_units_it_counts(assessed):
    table = assessed.ask(assessment)
    assert set(table.also) == {"achievement", "emerging", "commitment", "deficit"}
    for at, row in enumerate(table.frame.to_dict("records")):
        for column in table.also:
            assert units_behind(assessed, **table.drill_through(at, column)) == row[column]
        assert units_behind(assessed, **table.drill_through(at)) == row["units"]


def sayings(coding_of, **stances):
    """One cell of which so many units say each stance."""
    paths = [STANCES[name] for name, many in stances.items() for _ in range(many)]
    rows = [
        coding_of("甲", unit, path)
        for unit, stance in enumerate(paths)
        for path in ("stage/resist", "layer/actor", stance)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("stances", "tendency", "judgement"),
    [
        ({"achievement": 1, "commitment": 6}, "strength", "few"),  # one achievement
        ({"achievement": 9}, "strength", "few"),  # fewer than ten
        ({"achievement": 10}, "strength", "strength"),  # Wilson from .72
        ({"achievement": 9, "deficit": 2}, "strength", "few"),  # .82, from .52
        ({"achievement": 40, "deficit": 8}, "strength", "strength"),  # .83, from .70
        ({"deficit": 12}, "deficit", "deficit"),
        ({"emerging": 12}, "emerging", "emerging"),
        ({"achievement": 4, "emerging": 9}, "emerging", "few"),  # .69 emerging, from .42
        ({"achievement": 10, "deficit": 10}, "mixed", "few"),  # .50, up to .70
        ({"achievement": 30, "deficit": 30}, "mixed", "mixed"),  # .50, up to .62
        ({"commitment": 20}, "promise", "few"),  # none of 20 on the present: up to .16
        ({"commitment": 40}, "promise", "promise"),  # up to .09
        ({"achievement": 12, "commitment": 60}, "strength", "few"),  # .17, from .10 on less
    ],
)
def test_a_cell_is_judged_only_where_its_intervals_keep_to_one_side(
    small, coding_of, stances, tendency, judgement
):
    rows = sayings(coding_of, **stances)
    if "emerging" in stances:  # what is emerging is achieved too
        also = rows[rows["code"] == BEGUN].assign(code=DONE)
        rows = pd.concat([rows, also], ignore_index=True)
    table = type(small)(rows, small.documents, small.codes).ask(assessment)
    cell = cells(table).loc[("stage/resist", "layer/actor")]
    assert (cell["tendency"], cell["judgement"]) == (tendency, judgement)
    told = [note for note in table.notes if note.startswith("Too few to say")]
    assert bool(told) == (judgement == "few")
    assert all("太少，无法判断" in note.zh for note in told)


def test_how_many_statements_a_judgement_needs_can_be_chosen(small, coding_of):
    rows = sayings(coding_of, achievement=8)
    study = type(small)(rows, small.documents, small.codes)
    key = ("stage/resist", "layer/actor")
    assert cells(study.ask(assessment))["judgement"][key] == "few"
    assert cells(study.ask(assessment, at_least=8))["judgement"][key] == "strength"
    assert cells(study.ask(assessment, at_least=30))["judgement"][key] == "few"
    with pytest.raises(QueryError, match='at_least is "0"'):
        study.ask(assessment, at_least="0")


def test_the_limits_are_wilsons(many):
    """Judged anew with scipy's intervals."""
    frame = many.ask(assessment, at_least=10).frame

    def limits(part, whole):
        if not whole:
            return 0, 1
        told = binomtest(int(part), int(whole)).proportion_ci(method="wilson")
        return told.low, told.high

    for row in frame.to_dict("records"):
        now = row["achievement"] + row["deficit"]
        sure = now >= 10 and limits(now, now + row["commitment"])[0] >= 0.1
        if row["tendency"] == "mixed":
            sides = [limits(row[side], now)[1] < 2 / 3 for side in ("achievement", "deficit")]
            assert (row["judgement"] == "mixed") == (sure and all(sides))
        if row["tendency"] == "deficit":
            assert (row["judgement"] == "deficit") == (
                sure and limits(row["deficit"], now)[0] >= 2 / 3
            )
    assert {"few", "mixed"} & set(frame["judgement"])
