"""Who is at work, and what they may do.

Where sign-in is set up (Streamlit's own OpenID Connect, ``[auth]`` in its secrets) the
name is that of the account, and its role stands in ``[wenma.roles]`` of the secrets:
reader, coder or supervisor. An account that is not named there is shown nothing, unless
``"*"`` gives everybody a role: whoever has any account at the provider can sign in.
Without sign-in the app listens on this machine only, the name is what the person writes,
and may do all.
"""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from wenma.app import address
from wenma.app.messages import Say
from wenma.errors import ProjectError
from wenma.store.coding_session import CodingSession
from wenma.store.project import Project

Role = Literal["reader", "coder", "supervisor"]
ROLES: tuple[Role, ...] = ("reader", "coder", "supervisor")
"""From who may do least to who may do all."""
EVERYBODY = "*"


def signs_in() -> bool:
    """Is sign-in set up?"""
    return "auth" in _secrets()


def role(name: str) -> Role | None:
    """What this person may do; None for nothing at all, not even read."""
    if not signs_in():
        return "supervisor"
    given = _secrets().get("wenma", {}).get("roles", {})
    roles = {str(account).lower(): str(said) for account, said in given.items()}
    said = roles.get(name.lower(), roles.get(EVERYBODY)) if name else None
    return next((one for one in ROLES if one == said), None)


def may_read() -> bool:
    """May whoever sits there see the project?"""
    return not signs_in() or role(known()) is not None


def may(name: str, least: Role) -> bool:
    """Has this person the role an act needs, or a higher one?"""
    held = role(name)
    return held is not None and ROLES.index(held) >= ROLES.index(least)


def asked(say: Say) -> str:
    """The person's name: their account's, or what they write into the field drawn here."""
    if signs_in():
        name = known()
        st.text(name)
        return name
    return address.written(say("person"), "person", placeholder=say("person_example")).strip()


def account(say: Say) -> None:
    """Whose account it is and the way out, or the way in; nothing without sign-in."""
    if not signs_in():
        return
    if not st.user.get("is_logged_in", False):
        st.button(say("sign_in"), on_click=st.login)
        return
    name = known()
    if held := role(name):
        st.text(f"{name} · {say(f'role_{held}')}")
    else:
        st.text(say("no_role", name=name) if name else say("no_address"))
    st.button(say("sign_out"), on_click=st.logout)


def known() -> str:
    """The name given or signed in with so far, without asking; "" for nobody."""
    if not signs_in():
        return address.one("person").strip()
    user: Any = st.user
    if not user.get("is_logged_in", False):
        return ""
    # Anyone may write another's address into an account of their own: it must be verified.
    if user.get("email") and user.get("email_verified", True) is not False:
        return str(user["email"]).lower()
    return ""


def desk(project: Project, name: str, *, least: Role = "coder") -> CodingSession:
    """The person's desk; `ProjectError` for whose role is less than this act needs."""
    if not may(name, least):
        raise ProjectError(_needed(Say("en"), name, least), zh=_needed(Say("zh"), name, least))
    return CodingSession(project, name)


def _needed(say: Say, name: str, least: Role) -> str:
    return say(f"needs_{least}", name=name or say("nobody"))


def _secrets() -> Mapping[str, Any]:
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:  # no secrets at all
        return {}
