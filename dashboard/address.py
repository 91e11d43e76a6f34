"""The page's address: writing a view into it, and what a link lacked."""

from collections.abc import Mapping

import streamlit as st

from dashboard import language, lesson, state
from dashboard.markup import show
from geo.changelog import changelog
from geo.query import Dropped
from geo.texts import Texts


def write_address(view: state.MapState) -> None:
    """Put a view into the address, unless it is there already."""
    _write(state.address_of(view, st.query_params.to_dict()))


def write_lesson_address(now: lesson.Lesson) -> None:
    """Put a step of the story into the address, unless it is there already."""
    _write(lesson.address_of(now, st.query_params.to_dict()))


def _write(address: Mapping[str, str]) -> None:
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)


def show_dropped(texts: Texts, key: str = state.DROPPED) -> None:
    """Name what could not be used of the link, kept in the session under a key."""
    dropped = [*st.session_state[key]]
    if unknown := language.dropped_of(st.query_params.to_dict()):
        dropped.append(unknown)
    if dropped:
        show("note.html.j2", texts, sentences=[about(each, texts) for each in dropped])


def about(dropped: Dropped, texts: Texts) -> str:
    """Say what was left out of a link and why."""
    gone = changelog().withdrawal_of(dropped.value)
    if dropped.reason == state.NO_EVENT and gone:
        return texts.t(
            "The event {id} was withdrawn in version {version} of the data ({day}): {reason}",
            id=gone.id,
            version=gone.version,
            day=texts.day(gone.day),
            reason=gone.reason.in_language(texts),
        )
    return texts.t(
        "Left out of the link: {name}={value}, which {reason}.",
        name=dropped.name,
        value=dropped.value,
        reason=texts.t(dropped.reason, choices=dropped.choices),
    )
