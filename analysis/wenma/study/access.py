"""Who may do what: decided from a name, the secrets and where the app listens.

Nothing is read here. Whoever reads the secrets hands over what was found
(`SecretsFile`); `read_sign_in` says what they mean and `access_of` what one person may do.
What cannot be understood opens nothing: the answer is then no role, and why.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import Any, Literal, NamedTuple, cast

from wenma.errors import AccessError
from wenma.records import Bilingual

AccessRole = Literal["reader", "coder", "supervisor"]
ROLES: tuple[AccessRole, ...] = ("reader", "coder", "supervisor")
"""From who may do least to who may do all."""
EVERYBODY = "*"
"""In the place of an account: the role of every account that is not named."""


class SecretsFile(NamedTuple):
    """What was found where secrets may lie.

    `content` is the file as it is, a table for a folder with a file for each secret, or
    None where there is nothing; `problem` is why it could not be read.
    """

    path: str
    content: bytes | Mapping[str, Any] | None
    problem: str = ""


@dataclass(frozen=True)
class SignIn:
    """What the secrets say of signing in.

    `roles` gives the word written for each account, in small letters. With a `fault`
    nobody may do anything.
    """

    required: bool = False
    roles: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    fault: Bilingual | None = None


@dataclass(frozen=True)
class Access:
    """What one person may do; without a role nothing at all, and `why` says so.

    >>> Access("林一", "coder").demand("reader")
    >>> Access("林一", "reader").may("coder")
    False
    """

    person: str
    role: AccessRole | None
    why: Bilingual | None = None

    def may(self, least: AccessRole) -> bool:
        """Has this person the role an act needs, or a higher one?"""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(least)

    def demand(self, least: AccessRole) -> None:
        """Pass whoever has this role or a higher one; `AccessError` for everybody else.

        >>> Access("林一", "reader").demand("coder")
        Traceback (most recent call last):
        wenma.errors.AccessError: 林一 may read here, not code. Ask a supervisor for the role coder.
        """
        if self.may(least):
            return
        reason = self.why or _less(self.person, least)
        if self.role is not None:
            reason = _less(self.person, least)
        raise AccessError(reason.en, zh=reason.zh)


def read_sign_in(files: Sequence[SecretsFile], *, required: bool = False) -> SignIn:
    """What these files say of signing in; a later one replaces the tables of an earlier.

    `required` says that sign-in was set up before: it stays so, whatever the files say now.

    >>> roles = b'[auth]\\n[wenma.roles]\\n"lin@example.org" = "coder"'
    >>> access_of(read_sign_in([SecretsFile("secrets.toml", roles)]), "Lin@example.org").role
    'coder'
    >>> read_sign_in([SecretsFile("secrets.toml", b"[auth")]).fault.en
    "secrets.toml cannot be read as TOML (Expected ']' at the end of a table declaration \
(at end of document)). Mend it; nobody is let in until then."
    """
    tables: dict[str, Any] = {}
    for file in files:
        found = _parsed(file)
        if isinstance(found, Bilingual):
            return SignIn(True, fault=found)
        tables |= found
    if "auth" not in tables and "wenma" not in tables:
        return SignIn(required, fault=_vanished() if required else None)
    return _set_up(tables)


def access_of(signing: SignIn, person: str, *, local: bool = True) -> Access:
    """What this person may do, `local` being whether only this machine can reach the app.

    Without sign-in everybody may do all, on this machine and nowhere else.

    >>> access_of(SignIn(), "林一").role
    'supervisor'
    >>> access_of(SignIn(), "林一", local=False).role
    """
    if signing.fault:
        return Access(person, None, signing.fault)
    if not signing.required:
        return Access(person, "supervisor") if local else Access(person, None, _open())
    if not person:
        return Access(person, None, _nobody())
    said = signing.roles.get(person.lower(), signing.roles.get(EVERYBODY))
    if said is None:
        return Access(person, None, _not_named(person))
    strange = next((one for one in said if one not in ROLES), None)
    if strange is not None:
        return Access(person, None, _no_role(person, strange))
    # An account written down twice, in capitals and not, has the lesser of the two roles.
    return Access(person, min((cast(AccessRole, one) for one in said), key=ROLES.index))


def only_here(address: str | None, client: str | None = None) -> bool:
    """Can only this machine reach a server at `address`?

    Without an address it listens everywhere: then what counts is where `client` is,
    None for here.

    >>> [only_here(one) for one in ("localhost", "127.0.0.1", "0.0.0.0", "计算机")]
    [True, True, False, False]
    >>> only_here(None), only_here(None, "192.0.2.7")
    (True, False)
    """
    where = address or client
    return where is None or where.lower() == "localhost" or _loopback(where.strip("[]"))


def _loopback(where: str) -> bool:
    try:
        found = ip_address(where)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (mapped or found).is_loopback


def _parsed(file: SecretsFile) -> dict[str, Any] | Bilingual:
    if file.problem:
        return _locked(file.path, f"cannot be read ({file.problem})", f"读不出（{file.problem}）")
    if file.content is None:
        return {}
    if not isinstance(file.content, bytes):
        return dict(file.content)
    if file.content.startswith(b"\xef\xbb\xbf"):
        return _locked(
            file.path,
            "begins with a byte order mark, which TOML does not know",
            "开头有 BOM 标记，不合 TOML 格式。请存为不带 BOM 的 UTF-8",
        )
    try:
        found = tomllib.loads(file.content.decode())
    except UnicodeDecodeError:
        return _locked(file.path, "is not UTF-8 text", "不是 UTF-8 文本")
    except (ValueError, RecursionError) as error:
        return _locked(file.path, f"cannot be read as TOML ({error})", f"不合 TOML 格式（{error}）")
    # An editor that is just saving, or a disk that is full, leaves an empty file.
    return found or _locked(file.path, "says nothing", "是空的。不用登录请删去这个文件，要用请填好")


def _set_up(tables: Mapping[str, Any]) -> SignIn:
    auth, ours = tables.get("auth"), tables.get("wenma", {})
    if "auth" not in tables:
        return _faulty("name roles ([wenma]) but no provider ([auth])", "有 [wenma] 而没有 [auth]")
    if not isinstance(auth, Mapping):
        return _faulty("have auth, but not as a table [auth]", "中的 auth 不是表 [auth]")
    if not isinstance(ours, Mapping):
        return _faulty("have wenma, but not as a table", "中的 wenma 不是表")
    if "roles" not in ours:
        return _faulty(
            "give nobody a role: [wenma.roles] is missing", "缺 [wenma.roles]，谁也没有角色"
        )
    if not isinstance(ours["roles"], Mapping):
        return _faulty(
            "have roles, but not as a table [wenma.roles]", "中的 roles 不是表 [wenma.roles]"
        )
    roles: dict[str, tuple[object, ...]] = {}
    for account, said in ours["roles"].items():
        roles[account.lower()] = (*roles.get(account.lower(), ()), said)
    return SignIn(True, roles)


def _faulty(en: str, zh: str) -> SignIn:
    return SignIn(
        True,
        fault=Bilingual(
            en=f"the secrets {en}. Mend them (docs/people.md); nobody is let in until then.",
            zh=f"secrets {zh}。请改正（见 docs/people.md），此前谁也不能进入。",
        ),
    )


def _locked(path: str, en: str, zh: str) -> Bilingual:
    return Bilingual(
        en=f"{path} {en}. Mend it; nobody is let in until then.",
        zh=f"{path} {zh}。请改正，此前谁也不能进入。",
    )


def _vanished() -> Bilingual:
    return Bilingual(
        en="sign-in was set up when this app started, and the secrets no longer say so. "
        "Put [auth] back, or start the app again.",
        zh="启动时设有登录，而现在 secrets 中已没有。请恢复 [auth]，或重新启动。",
    )


def _open() -> Bilingual:
    return Bilingual(
        en="without sign-in the app answers this machine only. Start it with "
        "--server.address localhost, or set up [auth] in .streamlit/secrets.toml (docs/people.md).",
        zh="没有设登录时，只有本机可以使用。请以 --server.address localhost 启动，"
        "或在 .streamlit/secrets.toml 中设 [auth]（见 docs/people.md）。",
    )


def _nobody() -> Bilingual:
    return Bilingual(
        en="this account has no verified e-mail address. Sign in with another.",
        zh="这个账号没有经过验证的邮箱。请换一个账号登录。",
    )


def _not_named(person: str) -> Bilingual:
    return Bilingual(
        en=f"{person} has no role in this project. Whoever runs the app can give one "
        "([wenma.roles], docs/people.md).",
        zh=f"{person} 在这个项目里没有角色。"
        "请运行本程序的人在 [wenma.roles] 中设定（见 docs/people.md）。",
    )


def _no_role(person: str, said: object) -> Bilingual:
    return Bilingual(
        en=f"the role of {person}, {said!r}, is not one of {', '.join(ROLES)}. "
        "Whoever runs the app can correct it ([wenma.roles]).",
        zh=f"{person} 的角色 {said!r} 不是 {'、'.join(ROLES)} 之一。"
        "请运行本程序的人在 [wenma.roles] 中改正。",
    )


def _less(person: str, least: AccessRole) -> Bilingual:
    name = (person or "nobody", person or "未登录者")
    if least == "supervisor":
        return Bilingual(
            en=f"{name[0]} may not settle differences, give tasks or change the codebook. "
            "Ask for the role supervisor.",
            zh=f"{name[1]} 不能定稿、分派任务或改编码本。请向管理者要督导角色。",
        )
    return Bilingual(
        en=f"{name[0]} may read here, not code. Ask a supervisor for the role coder.",
        zh=f"{name[1]} 在这里只能阅读，不能编码。请向督导要编码者角色。",
    )
