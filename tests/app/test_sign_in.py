"""Signing in with a provider, in a real browser: who may see what, and do what."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.conftest import free_port, serving
from tests.app.open_id import CLIENT, SECRET, Provider, providing
from tests.app.shared_task import do_task
from tests.app.test_browser import Window
from tests.app.test_work_in_browser import choose_row, press
from wenma.app.main import PAGES
from wenma.records import SETTLED
from wenma.store.annotations import decided_proposals
from wenma.store.history import history
from wenma.store.project import Project

READER, CODER, SUPERVISOR = "wang@example.org", "lin@example.org", "zhou@example.org"
CODE = "stage/recover"
NOT_OURS = "[data-testid=stSidebar], [data-testid=stDataFrame], .passage, .line, iframe"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as one:
        yield one


@pytest.fixture(scope="module")
def file(sample: Path, tmp_path_factory) -> Path:
    """The sample with a task two have done, once differently."""
    with Project.open(sample):
        file = Path(shutil.copy(sample, tmp_path_factory.mktemp("signed") / "work.db"))
    do_task(file)
    return file


@pytest.fixture(scope="module")
def app(file: Path, provider: Provider, chromium: object, tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("secrets")
    port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""
        [auth]
        redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
        cookie_secret = "thirty-two characters or more, as it should be"
        client_id = "{CLIENT}"
        client_secret = "{SECRET}"
        server_metadata_url = "{provider.address}/.well-known/openid-configuration"
        [wenma.roles]
        "{READER}" = "reader"
        "{CODER}" = "coder"
        "Zhou@Example.org" = "supervisor"
        """,
        encoding="utf-8",
    )
    with serving(file, folder, port=port, secrets=secrets) as where:
        yield where


@pytest.fixture
def browser(chromium, app) -> Iterator[Window]:
    """A browser nobody has signed in with yet."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield Window(context.new_page(), app)
    context.close()


@pytest.fixture
def sign_in(browser, provider):
    def signed_in(email: str, **claims: object) -> Window:
        provider.account = {"sub": email, "email": email, **claims}
        browser.go("?language=zh")
        browser.page.get_by_role("button", name="登录", exact=True).click()
        browser.page.get_by_role("button", name="退出", exact=True).wait_for()
        browser.rest()
        return browser

    return signed_in


def words(window: Window) -> str:
    """All that stands on the page, in our components too."""
    parts = window.page.locator("[data-testid=stMain], .line")
    return "\n".join(parts.all_inner_texts())


def account(window: Window) -> str:
    return window.page.get_by_test_id("stSidebar").inner_text()


def own(file: Path, coder: str) -> list[str]:
    with Project.open(file) as project:
        return [
            one.code for id in project.document_ids() for one in project.codings(id, coder=coder)
        ]


def acts(file: Path) -> int:
    with Project.open(file) as project:
        return len(history(project)[0])


def settle(window: Window) -> None:
    window.go("reliability?language=zh&one=周二&other=王三")
    choose_row(window, 1)
    window.page.get_by_role("button", name="定稿", exact=True).click()
    window.rest()


def saved(window: Window) -> str:
    """What the codebook's page says to who would save a draft."""
    window.go(f"codebook?language=zh&code={CODE}&change=yes&person={SUPERVISOR}")
    for button in window.page.get_by_role("button", name="存为新版本并重编").all():
        button.click()  # a reader has none
        window.rest()
    return words(window)


@pytest.mark.parametrize("page", PAGES)
def test_before_sign_in_no_page_shows_anything(browser, page):
    browser.go(f"{page}?language=zh&person={SUPERVISOR}&code={CODE}")
    expect(browser.page.get_by_role("button")).to_have_text(["登录"], timeout=60_000)
    assert words(browser).split() == ["文码", "登录"]
    assert browser.page.locator(NOT_OURS).count() == 0


def test_a_reader_reads_and_no_address_lets_them_do_more(sign_in, file):
    window, before = sign_in(READER), acts(file)
    assert window.page.get_by_test_id("stSidebar").count() == 1
    # Under another's name in the address it is still the account that acts.
    window.go(f"review?language=zh&reviewed={CODE}&person={CODER}")
    assert f"{READER} · 读者" in account(window)
    for key in "ade":
        press(window, key)
        assert f"{READER} 在这里只能阅读" in words(window)
    press(window, "z")
    assert "只有督导可以改编码本" in saved(window)
    settle(window)
    assert "不能定稿" in words(window)
    assert acts(file) == before
    with Project.open(file) as project:
        assert len(project.codebooks()) == 1 and SETTLED not in project.coders()


def test_a_coder_codes_but_neither_settles_nor_changes_the_codebook(sign_in, file):
    window = sign_in(CODER)
    window.go(f"review?language=zh&reviewed={CODE}")
    press(window, "a")
    assert own(file, CODER) == [CODE]
    with Project.open(file) as project:
        assert list(decided_proposals(project, person=CODER).values()) == ["accepted"]
    press(window, "z")
    assert own(file, CODER) == []
    settle(window)
    assert f"{CODER} 不能定稿" in words(window)
    assert own(file, SETTLED) == []
    assert "只有督导可以改编码本" in saved(window)


def test_a_supervisor_settles_and_may_change_the_codebook(sign_in, file):
    window = sign_in(SUPERVISOR.upper())  # as the provider has it
    settle(window)
    assert "已定稿" in words(window)
    assert sorted(own(file, SETTLED)) == ["stage/absorb", "stage/resist"]
    with Project.open(file) as project:
        (newest,), _ = history(project, most=1)
        assert (newest.verb, newest.person) == ("settle", SUPERVISOR)
    assert "草稿与现用版本相同" in saved(window)  # the role is looked at before the draft


@pytest.mark.parametrize(
    ("email", "claims", "told"),
    [
        ("stranger@example.org", {}, "stranger@example.org 在这个项目里没有角色"),
        # Anyone can write a supervisor's address into an account of their own.
        (SUPERVISOR, {"email_verified": False}, "没有经过验证的邮箱"),
        ("", {"name": SUPERVISOR}, "没有经过验证的邮箱"),
    ],
)
def test_an_account_nobody_has_named_is_told_so_and_shown_nothing(sign_in, email, claims, told):
    window = sign_in(email, **claims)
    assert told in words(window)
    for page in ("reader", "export"):
        window.go(f"{page}?language=zh&person={SUPERVISOR}")
        assert told in words(window)
        expect(window.page.get_by_role("button")).to_have_text(["退出"], timeout=60_000)
        assert window.page.locator(NOT_OURS).count() == 0


def test_who_signs_out_is_shown_nothing_more(sign_in, provider):
    window = sign_in(CODER)
    window.go("review?language=zh")
    ended = provider.signed_out
    window.page.get_by_role("button", name="退出", exact=True).click()
    window.page.get_by_role("button", name="登录", exact=True).wait_for()
    window.rest()
    assert provider.signed_out == ended + 1
    window.go("reader?language=zh")
    assert words(window).split() == ["文码", "登录"]
    assert window.page.locator(NOT_OURS).count() == 0
