"""Who is at work, and what they may do.

Where sign-in is set up (Streamlit's own OpenID Connect, ``[auth]`` in its secrets) the
name is that of the account, and its role stands in ``[wenma.roles]`` of the secrets:
reader, coder or supervisor; an account that is not named there reads. Without sign-in
the app listens on this machine only, the name is what the person writes, and may do all.
"""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from analysis.app import address
from analysis.app.texts import Say
from analysis.errors import ProjectError
from analysis.project.desk import Desk
from analysis.project.store import Project

Role = Literal["reader", "coder", "supervisor"]
ROLES: tuple[Role, ...] = ("reader", "coder", "supervisor")


def signs_in() -> bool:
    """Is sign-in set up?"""
    return "auth" in _secrets()


def role(name: str) -> Role:
    """What this person may do."""
    if not signs_in():
        return "supervisor"
    roles = _secrets().get("wenma", {}).get("roles", {})
    said = str(roles.get(name, "reader"))
    return next((one for one in ROLES if one == said), "reader")


def asked(say: Say) -> str:
    """The person's name: their account's, or what they write into the field drawn here."""
    if signs_in():
        return _account(say)
    return address.written(say("person"), "person", placeholder=say("person_example")).strip()


def known() -> str:
    """The name given or signed in with so far, without asking; "" for nobody."""
    if signs_in():
        user: Any = st.user
        if not user.get("is_logged_in", False):
            return ""
        return str(user.get("email") or user.get("name") or "")
    return address.one("person").strip()


def desk(project: Project, name: str) -> Desk:
    """The person's desk; `ProjectError` for who may only read."""
    if role(name) == "reader":
        say = Say("zh")
        raise ProjectError(
            f"{name or 'a visitor'} may read here, not code",
            cure="Ask a supervisor for the role.",
            zh=say("readers_only_read"),
        )
    return Desk(project, name)


def _account(say: Say) -> str:
    name = known()
    if not name:
        st.button(say("sign_in"), on_click=st.login)
        return ""
    st.text(f"{name} · {say(f'role_{role(name)}')}")
    st.button(say("sign_out"), on_click=st.logout)
    return name


def _secrets() -> Mapping[str, Any]:
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:  # no secrets at all
        return {}
