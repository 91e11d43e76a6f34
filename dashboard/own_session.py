"""The reader's own file in the session: how it comes, is read and is closed."""

import time
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import leaving, state
from dashboard.arrival import Arrival, Got, take
from dashboard.opened import Choice, Opened
from geo.dataset import Dataset
from geo.texts import Texts

SHOWS_AFTER_S = 1.0
"""What takes less shows no bar."""
_STEP_S = 0.2


def opened() -> Opened | None:
    """Return the reader's own file, if one is open."""
    own: Opened | None = st.session_state.get(state.OPENED)
    if own is not None:
        leaving.watch(own)
    return own


def got() -> Got | None:
    """Say how much has come of the file the browser last sent."""
    said: Got | None = st.session_state.get(state.GOT)
    return said


def receive(message: object) -> None:
    """Take a part of a file from the browser."""
    session = st.session_state
    arrival = take(session.get(state.ARRIVAL), message)
    if arrival is not None:
        session[state.ARRIVAL], session[state.GOT] = arrival, arrival.got


def has_come() -> bool:
    """Open the file whose last part has come; tell whether there is one."""
    arrival: Arrival | None = st.session_state.get(state.ARRIVAL)
    if arrival is None or not arrival.is_whole:
        return False
    close()
    st.session_state[state.OPENED] = Opened(arrival.name, arrival.content)
    return True


def close() -> None:
    """Let go of the file and all that was made of it."""
    own: Opened | None = st.session_state.get(state.OPENED)
    if own is not None:
        own.forget()
    for key in (state.OPENED, state.ARRIVAL):
        st.session_state.pop(key, None)
    state.forget_view(st.session_state)


def choose(own: Opened, choice: Choice) -> None:
    """Have the file read anew, as the reader says."""
    own.choose(choice)
    state.forget_view(st.session_state)


def read(own: Opened, gazetteer: Dataset, texts: Texts) -> None:
    """Read the file, with a bar if it takes a while."""
    place = st.empty()
    own.read(gazetteer, _bar(place, texts))
    place.empty()


def _bar(place: DeltaGenerator, texts: Texts) -> Callable[[float], None]:
    """Give what shows the progress, not more often than one can see."""
    words = texts.t("The file is being read.")
    next_s = time.monotonic() + SHOWS_AFTER_S

    def show(share: float) -> None:
        nonlocal next_s
        if time.monotonic() >= next_s:
            next_s = time.monotonic() + _STEP_S
            place.progress(min(max(share, 0.0), 1.0), text=words)

    return show
