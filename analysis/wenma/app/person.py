"""Who is at work: their name, their account, and a session for each act.

Where sign-in is set up (Streamlit's own OpenID Connect, ``[auth]`` in its secrets) the
name is that of the account, and its role stands in ``[wenma.roles]`` of the secrets.
Without sign-in the app answers this machine only, and the name is what the person writes.
What either means is decided in `wenma.study.access`; here Streamlit is read, anew for
every act, so that a role taken away is gone at once.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import streamlit as st

from wenma.app import address
from wenma.app.messages import Say
from wenma.cli.secrets_files import REQUIRED, read_secrets
from wenma.errors import AccessError, WenmaError
from wenma.study.access import (
    Access,
    AccessRole,
    SignIn,
    access_of,
    only_here,
    read_sign_in,
)
from wenma.study.session import Session
from wenma.study.study import Study

_seen = Event()  # not in Streamlit's cache: anybody at the browser can clear that


def sign_in() -> SignIn:
    """What the secrets say of signing in, now."""
    files = read_secrets(st.get_option("secrets.files"))
    before = _seen.is_set() or bool(os.environ.get(REQUIRED))
    found = read_sign_in(files, required=before)
    if found.required:
        _seen.set()
    return found


def access() -> Access:
    """What whoever sits there may do, now."""
    return _access(sign_in())


def may(name: str, least: AccessRole) -> bool:
    """Has this person, being the one who sits there, the role an act needs or a higher one?"""
    found = access()
    return found.person == name and found.may(least)


def known() -> str:
    """The name given or signed in with so far, without asking; "" for nobody."""
    return _known(sign_in())


def asked(say: Say) -> str:
    """The person's name: their account's, or what they write into the field drawn here."""
    signing = sign_in()
    if signing.required:
        name = _known(signing)
        st.text(name)
        return name
    return address.written(say("person"), "person", placeholder=say("person_example")).strip()


def account(say: Say) -> None:
    """Whose account it is and the way out, or the way in; nothing without sign-in."""
    signing = sign_in()
    found = _access(signing)
    if found.role is not None and signing.required:
        st.text(f"{found.person} · {say(f'role_{found.role}')}")
    elif found.why and (signing.fault or not signing.required or _signed_in()):
        # In both languages: there is no switch on a page that shows nothing else.
        st.text(found.why.zh)
        st.text(found.why.en)
    if signing.required and _signed_in():
        st.button(say("sign_out"), on_click=st.logout)
    elif signing.required and not signing.fault:
        st.button(say("sign_in"), on_click=st.login)


def own_part(say: Say, draw: Callable[[], None]) -> None:
    """Draw a part of the page that is drawn again by itself, as long as the same person may.

    What is shown depends on who looks, and on what they may: when that changes the whole
    app asks again.
    """
    _own_part(say, draw, access())


@st.fragment
def _own_part(say: Say, draw: Callable[[], None], seen: Access) -> None:
    if not access().may("reader"):
        st.rerun(scope="app")
    try:
        draw()
    except WenmaError as error:
        st.text(error.said(say.language))
    if access() != seen:
        st.rerun(scope="app")


@contextmanager
def session(project: str, name: str, *, least: AccessRole = "coder") -> Iterator[Session]:
    """Where the person acts, with the role they have now; `AccessError` for whose is less.

    The name is the one a page was drawn for: who has signed in as somebody else since
    does nothing under it.
    """
    found = access()
    if found.person != name:
        who = {"name": name or "-", "now": found.person or "-"}
        raise AccessError(Say("en")("drawn_for", **who), zh=Say("zh")("drawn_for", **who))
    found.demand(least)
    with Study.open(project, access=found) as study:
        yield study.session(name)


@contextmanager
def study_now(project: str) -> Iterator[Study]:
    """The study as it is at this moment, and as whoever sits there may see it."""
    with Study.open(project, access=access()) as study:
        yield study


def _access(signing: SignIn) -> Access:
    client = st.context.ip_address  # None for this machine
    local = only_here(st.get_option("server.address"), client)
    return access_of(signing, _known(signing), local=local)


def _known(signing: SignIn) -> str:
    if not signing.required:
        return address.one("person").strip()
    user: Any = st.user
    # Anyone may write another's address into an account of their own: it must be verified.
    if _signed_in() and user.get("email") and user.get("email_verified", True) is not False:
        return str(user["email"]).lower()
    return ""


def _signed_in() -> bool:
    user: Any = st.user
    return bool(user.get("is_logged_in", False))
