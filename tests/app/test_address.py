"""The address says what is on the page."""


def said(app, name):
    """What the address says; AppTest gives one value bare."""
    value = app.query_params[name]
    return value if isinstance(value, list) else [value]


def references(app):
    return app.metric[2].value


def body(study, **chosen):
    codings = study.dataset().where(chosen).details()
    codings = codings[codings["kind"] != "heading"]
    return f"{len(codings):,}"


def test_filters_in_the_address_narrow_the_page(opened, study):
    city = study.documents()["city"].iloc[1]
    app = opened(city=city)
    assert app.metric[0].value == "1"
    assert references(app) == body(study, city=city)
    assert app.multiselect[0].value == [city]


def test_filters_hold_on_every_page(opened, study):
    period = study.documents()["period"].iloc[0]
    app = opened("overview", period=period)
    app.session_state["step"] = ("documents", {})
    app.run()
    app.run()
    assert said(app, "period") == [period]
    shown = app.dataframe[0].value
    assert set(shown["period"]) == {period}


def test_what_a_person_chooses_goes_into_the_address(opened, study):
    plan = study.documents()["plan"].iloc[0]
    app = opened()
    next(one for one in app.multiselect if one.label == "规划").set_value([plan]).run()
    assert said(app, "plan") == [plan]
    assert references(app) == body(study, plan=plan)


def test_headings_are_counted_when_the_address_says_so(opened, study):
    assert references(opened(headings="yes")) == f"{len(study.dataset()):,}"


def test_the_switch_of_language_stays_in_the_address(opened):
    app = opened()
    app.segmented_control[0].set_value("en").run()
    assert said(app, "language") == ["en"]
    assert app.header[0].value == "Overview"


def test_unknown_values_in_the_address_are_passed_over(opened, study):
    app = opened(city="无此市", coder="nobody", measure="none", excerpts="{", headings="maybe")
    assert not app.exception
    assert references(app) == body(study)


def test_an_address_may_ask_for_excerpts_that_are_not_there(opened):
    for door in ('{"code": "no/such"}', '{"os": "system"}', "[1]", '{"code": 3}'):
        app = opened(excerpts=door)
        assert not app.exception, door


def test_a_choice_of_measure_and_group_stands_in_the_address(opened, study):
    app = opened("frequencies")
    next(one for one in app.selectbox if one.label == "分组").set_value("period").run()
    assert said(app, "by") == ["period"]
    expected = study.ask("frequency", by="period").frame
    assert list(app.dataframe[0].value["references"]) == list(expected["references"])


def test_filters_that_leave_nothing_say_what_to_do(opened, study):
    early = study.documents()[study.documents()["period"] == "十四五"]["city"].iloc[0]
    app = opened(city=early, period="十五五")
    assert "放宽筛选" in app.info[0].value
