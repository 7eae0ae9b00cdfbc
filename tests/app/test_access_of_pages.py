"""Sign-in as the app reads it: what is wrong with the secrets locks every page and says why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from wenma.app import person
from wenma.app.main import PAGES
from wenma.errors import AccessError
from wenma.study.session import Session

WHO = "lin@x"
GOOD = """
[auth]
client_id = "x"
[wenma.roles]
"lin@x" = "coder"
"""


@pytest.fixture
def secrets(tmp_path, monkeypatch) -> Path:
    """A file where the app looks for its secrets; a process that has seen none yet."""
    file = tmp_path / "secrets.toml"
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    person._seen.clear()
    monkeypatch.delenv("WENMA_SIGN_IN", raising=False)
    yield file
    config.set_option("secrets.files", before)
    person._seen.clear()


def locked(app: AppTest) -> str:
    """What a page says that shows nothing else, in Chinese and in English."""
    assert not app.exception
    assert not (app.dataframe or app.metric or app.selectbox or app.multiselect or app.button)
    assert [one.value for one in app.header] in (["文码"], ["wenma"])
    told, in_english = [str(one.value) for one in app.text]
    assert told != in_english and in_english.isascii()
    return told


@pytest.mark.parametrize("page", PAGES)
def test_secrets_that_cannot_be_read_lock_every_page(opened, secrets, page):
    secrets.write_text("[auth", encoding="utf-8")
    assert "不合 TOML 格式" in locked(opened(page, person=WHO))


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda file: file.write_text("", encoding="utf-8"),
        lambda file: file.write_text("[[[", encoding="utf-8"),
        lambda file: file.write_text('[x]\ny = "z"', encoding="utf-8"),
        lambda file: file.write_text("[auth]\n[wenma]\nroles = 'x'", encoding="utf-8"),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_secrets_that_go_while_the_app_runs_lock_it(
    opened, secrets, spoil: Callable[[Path], object]
):
    secrets.write_text(GOOD, encoding="utf-8")
    assert [one.label for one in opened("reader", person=WHO).button] == ["登录"]
    spoil(secrets)
    assert locked(opened("reader", person=WHO))


def test_who_has_not_signed_in_sees_the_way_in_and_nothing_else(opened, secrets):
    secrets.write_text(GOOD, encoding="utf-8")
    for page in ("overview", "review", "export"):
        app = opened(page, person=WHO)
        assert not app.exception
        assert [one.label for one in app.button] == ["登录"]
        assert not (app.dataframe or app.metric or app.selectbox or app.text)


def test_without_secrets_the_app_is_open_on_this_machine(opened, secrets):
    app = opened("overview", person="林一")
    assert app.metric and not app.exception


def test_without_secrets_a_server_for_other_machines_is_locked(opened, secrets):
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        assert "只有本机可以使用" in locked(opened("overview", person="林一"))
        secrets.write_text(GOOD, encoding="utf-8")
        assert [one.label for one in opened("overview").button] == ["登录"]
    finally:
        config.set_option("server.address", before)


def test_the_role_is_asked_at_every_act(secrets, sample, monkeypatch):
    monkeypatch.setattr(person, "_known", lambda signing: WHO)
    secrets.write_text(GOOD, encoding="utf-8")
    with person.session(str(sample), WHO) as session:
        assert isinstance(session, Session)
        with pytest.raises(AccessError, match="may not settle"):
            session.settle([], "")
    with (
        pytest.raises(AccessError, match="may not settle"),
        person.session(str(sample), WHO, least="supervisor"),
    ):
        pass
    with (
        pytest.raises(AccessError, match="drawn for zhou@x"),
        person.session(str(sample), "zhou@x"),
    ):
        pass
    secrets.write_text(GOOD.replace('"coder"', '"reader"'), encoding="utf-8")
    with (
        pytest.raises(AccessError, match="may read here, not code"),
        person.session(str(sample), WHO),
    ):
        pass
    secrets.unlink()
    with (
        pytest.raises(AccessError, match="no longer say so"),
        person.session(str(sample), WHO),
    ):
        pass
