"""Forgets a reader's session, and the file in it, soon after the reader left.

Streamlit keeps a session that lost its browser for two minutes, in case the
connection comes back, and then until somebody else's is lost. With a stranger's
file in it that is too long to wait for.
"""

import asyncio
import gc
import weakref
from typing import TypeAlias

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.opened import Opened

Watched: TypeAlias = tuple[str, weakref.ref[Opened]]
"""The id of a session, and its file."""

GRACE_S = 60
"""How long a lost connection may take to come back."""
_REST_S = 2


def watch(own: Opened) -> None:
    """Forget this session's file once its browser has gone; call it in every run."""
    context = get_script_run_ctx()
    if runtime.exists() and context is not None:
        _watched(context.session_id, own.id, own)


def _left(watched: Watched) -> None:
    """Wait for the browser to come back; Streamlit calls it on its own loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # Somebody emptied all caches: no browser has gone.
        return
    loop.call_later(GRACE_S, _forget, *watched)


@st.cache_resource(scope="session", on_release=_left, show_spinner=False)
def _watched(session: str, file: str, _own: Opened) -> Watched:
    """Be kept by a session: what it keeps is released when its browser goes."""
    del file  # tells one file of a session from the next
    return session, weakref.ref(_own)


def _forget(session: str, own: weakref.ref[Opened]) -> None:
    """Empty a file that nobody came back to, and close its session."""
    server = runtime.get_instance()
    if server.is_active_session(session):
        return
    # Streamlit itself may hold on to the session it last spoke with.
    if (left := own()) is not None:
        left.forget()
    server.close_session(session)
    # What Streamlit has still to do with it comes first.
    asyncio.get_running_loop().call_later(_REST_S, _collect)


def _collect() -> None:
    """Free the objects of closed sessions: knots that only a search unties.

    Some may be out of the search's sight, where `store` put whatever there was
    when our own data came.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
