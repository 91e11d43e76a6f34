"""Forgets a reader's session, and the file in it, soon after the reader left.

Streamlit keeps a session that lost its browser for two minutes, in case the
connection comes back, and then until somebody else's is lost. With a stranger's
file in it that is too long to wait for.
"""

import asyncio
import gc

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

GRACE_S = 60
"""How long a lost connection may take to come back."""


def watch() -> None:
    """Forget this session once its browser has gone; call it in every run."""
    context = get_script_run_ctx()
    if runtime.exists() and context is not None:
        _watched(context.session_id)


def _left(session: str) -> None:
    """Wait for the browser to come back; Streamlit calls it on its own loop."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        # Somebody emptied all caches: no browser has gone.
        return
    loop.call_later(GRACE_S, _forget, session)


@st.cache_resource(scope="session", on_release=_left, show_spinner=False)
def _watched(session: str) -> str:
    """Be kept by a session: what it keeps is released when its browser goes."""
    return session


def _forget(session: str) -> None:
    """Close a session that nobody came back to."""
    if runtime.exists() and not (server := runtime.get_instance()).is_active_session(
        session
    ):
        server.close_session(session)
        # A session is a knot of objects that only a search unties. Some of it may
        # be out of the search's sight, where `store` put what was there when our
        # own data came.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
