"""Who may do what, from every kind of secrets file there is."""

import pytest

from wenma.cli.secrets_files import read_secrets
from wenma.errors import AccessError
from wenma.study.access import (
    EVERYBODY,
    ROLES,
    Access,
    SecretsFile,
    SignIn,
    access_of,
    only_here,
    read_sign_in,
)

GOOD = """
[auth]
client_id = "x"
[wenma.roles]
"lin@x" = "coder"
"Zhou@x" = "supervisor"
"wang@x" = "reader"
"typo@x" = "superviser"
"both@x" = "supervisor"
"BOTH@x" = "reader"
"five@x" = 5
"""


def signing(text: str, **options: bool) -> SignIn:
    return read_sign_in([SecretsFile("secrets.toml", text.encode())], **options)


def role(person: str, text: str = GOOD) -> str | None:
    return access_of(signing(text), person).role


def test_an_account_has_the_role_written_for_it_however_it_is_spelled():
    assert [role(one) for one in ("lin@x", "LIN@X", "zhou@x", "wang@x")] == [
        "coder",
        "coder",
        "supervisor",
        "reader",
    ]
    assert role("both@x") == "reader"  # the lesser of two


@pytest.mark.parametrize("person", ["other@x", "typo@x", "five@x", "", EVERYBODY])
def test_who_is_not_named_or_wrongly_has_no_role_and_is_told_why(person):
    found = access_of(signing(GOOD), person)
    assert found.role is None and found.why and found.why.en != found.why.zh
    for least in ROLES:
        with pytest.raises(AccessError) as error:
            found.demand(least)
        assert error.value.said("zh") == found.why.zh


def test_everybody_may_be_given_a_role_but_nobody_may_not():
    text = GOOD + f'"{EVERYBODY}" = "reader"\n'
    assert [role(one, text) for one in ("other@x", "lin@x", "")] == ["reader", "coder", None]


def test_each_role_may_do_what_those_below_it_may():
    for held, number in zip(ROLES, (1, 2, 3), strict=True):
        assert [Access("林", held).may(least) for least in ROLES] == [
            one < number for one in range(3)
        ]
    with pytest.raises(AccessError, match="may read here, not code"):
        Access("林", "reader").demand("coder")
    with pytest.raises(AccessError, match="may not settle"):
        Access("林", "coder").demand("supervisor")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "says nothing"),
        ("# 以后再填\n", "says nothing"),
        ("[auth", "cannot be read as TOML"),
        ("a = 1\na = 2", "cannot be read as TOML"),
        ("\ufeff" + GOOD, "byte order mark"),
        ('auth = "x"', "not as a table [auth]"),
        ("auth = [1]", "not as a table [auth]"),
        ("[auth]", "[wenma.roles] is missing"),
        ("[auth]\n[wenma]\n", "[wenma.roles] is missing"),
        ('wenma = "x"\n[auth]', "wenma, but not as a table"),
        ('[auth]\n[wenma]\nroles = "x"', "not as a table [wenma.roles]"),
        ('[auth]\n[wenma]\nroles = ["lin@x"]', "not as a table [wenma.roles]"),
        ('[wenma.roles]\n"lin@x" = "supervisor"', "no provider ([auth])"),
    ],
)
def test_secrets_that_are_not_understood_let_nobody_in(text, told):
    found = signing(text)
    assert found.required and found.fault and told in found.fault.en
    for person in ("lin@x", "", "林一"):
        assert access_of(found, person).role is None
        assert access_of(found, person).why == found.fault


def test_files_that_cannot_be_read_let_nobody_in(tmp_path):
    folder = tmp_path / "secrets.toml"
    folder.mkdir()
    latin = tmp_path / "latin.toml"
    latin.write_bytes("[auth]\n# 密".encode("gb18030"))
    flat = tmp_path / "mounted"
    flat.mkdir()
    (flat / "auth").write_text("x")
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    for path in (folder, latin, flat, loop, tmp_path / "no-such-folder"):
        found = read_sign_in(read_secrets([str(path)]))
        assert found.fault and str(path) in found.fault.en, path
    denied = SecretsFile("secrets.toml", None, "Permission denied")
    assert read_sign_in([denied]).fault


def test_one_bad_file_spoils_a_good_one():
    good, bad = SecretsFile("home.toml", GOOD.encode()), SecretsFile("here.toml", b"[auth")
    assert read_sign_in([good, bad]).fault and read_sign_in([bad, good]).fault


def test_the_later_file_replaces_the_tables_of_the_earlier():
    here = b'[wenma.roles]\n"lin@x" = "reader"\n'
    found = read_sign_in([SecretsFile("home", GOOD.encode()), SecretsFile("here", here)])
    assert access_of(found, "lin@x").role == "reader"
    assert access_of(found, "zhou@x").role is None


def test_secrets_mounted_as_folders_are_read(tmp_path):
    auth = tmp_path / "mounted" / "auth"
    auth.mkdir(parents=True)
    (auth / "client_id").write_text("x")
    (auth / "client_secret").write_text("y")
    roles = tmp_path / "roles.toml"
    roles.write_text('[wenma.roles]\n"lin@x" = "coder"\n')
    found = read_sign_in(read_secrets([str(auth.parent), str(roles)]))
    assert access_of(found, "lin@x").role == "coder"


def test_no_secrets_or_secrets_of_something_else_ask_for_no_sign_in(tmp_path):
    absent = read_secrets([str(tmp_path / "none.toml")])
    for found in (read_sign_in([]), read_sign_in(absent), signing('[database]\nurl = "x"')):
        assert found == SignIn()
        assert access_of(found, "林一").role == "supervisor"


def test_once_asked_for_sign_in_stays_asked_for():
    for found in (read_sign_in([], required=True), signing('[x]\ny = "z"', required=True)):
        assert found.required and found.fault
        assert access_of(found, "林一").role is None
    assert access_of(signing(GOOD, required=True), "lin@x").role == "coder"


@pytest.mark.parametrize(
    ("address", "client", "here"),
    [
        ("localhost", None, True),
        ("LOCALHOST", None, True),
        ("127.0.0.1", "192.0.2.7", True),
        ("::1", None, True),
        ("[::1]", None, True),
        (None, None, True),
        (None, "::ffff:127.0.0.1", True),
        (None, "192.0.2.7", False),
        ("", "192.0.2.7", False),
        ("0.0.0.0", None, False),
        ("::", None, False),
        ("192.0.2.7", None, False),
        ("unix://app.sock", None, False),
        ("my-machine", None, False),
    ],
)
def test_without_sign_in_only_this_machine_is_answered(address, client, here):
    assert only_here(address, client) == here
    found = access_of(SignIn(), "林一", local=only_here(address, client))
    assert (found.role == "supervisor") == here
    assert here or "this machine only" in found.why.en
