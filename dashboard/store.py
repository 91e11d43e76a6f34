"""Which data a session sees, and what is made of them: the map, the Desk.

The only seam between Streamlit's caches and `geo`. What is made of Almaty's
events is made once for all sessions; what is made of a reader's own file hangs
on that file, and no cache of the process ever holds it. Nobody writes to what
these functions return.
"""

import gc
from pathlib import Path

import streamlit as st

from dashboard import language, own_session
from dashboard.desk_parts import DeskParts, parts_of
from dashboard.settings import data_directory, tiles
from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.timemap import render_page


def dataset() -> Dataset:
    """Return the events this session sees: those of its own file, or Almaty's.

    Raises
    ------
    DataError
        As `almaty` does.
    """
    own = own_session.opened()
    return own.dataset if own and own.dataset else almaty()


def almaty() -> Dataset:
    """Return Almaty's events, whatever file is open.

    Raises
    ------
    DataError
        With all problems; tried anew on the next run, so that a mended file
        needs no restart.
    """
    return _dataset(data_directory())


def check() -> None:
    """Read the data and the settings before any page needs them.

    Raises
    ------
    DataError
        With all problems.
    """
    almaty()
    tiles()


def texts() -> Texts:
    """Return the translator for the reader of this run."""
    return _texts(language.current())


def document(
    language: str, *, is_compact: bool = False, has_story: bool = False
) -> str:
    """Return the map as one HTML document, byte for byte the same each time.

    Parameters
    ----------
    has_story
        With the chapters beside it, which only Almaty's events have.
    """
    own = None if has_story else own_session.opened()
    if own is None or own.dataset is None:
        return _document(data_directory(), language, is_compact, has_story)
    shown = own.dataset
    return own.kept(
        ("document", language, is_compact),
        lambda: render_page(
            shown, texts=_texts(language), tiles=tiles(), is_compact=is_compact
        ),
    )


def desk_parts(language: str) -> DeskParts:
    """Return the Desk's form and table, byte for byte the same each time."""
    own = own_session.opened()
    if own is None or own.dataset is None:
        return _desk_parts(data_directory(), language)
    shown = own.dataset
    return own.kept(("desk", language), lambda: parts_of(shown, _texts(language)))


@st.cache_resource(show_spinner=False)
def _dataset(directory: Path) -> Dataset:
    """Load a folder and take its objects out of the garbage collector's sight.

    Streamlit's runs would otherwise walk them again and again.
    """
    loaded = load(directory)
    gc.collect()
    gc.freeze()
    return loaded


@st.cache_resource(show_spinner=False)
def _texts(language: str) -> Texts:
    """Read a catalogue once."""
    return Texts(language)


@st.cache_resource(show_spinner=False)
def _document(directory: Path, language: str, is_compact: bool, has_story: bool) -> str:
    """Render once: folium's random ids would make each rendering another text."""
    return render_page(
        _dataset(directory),
        texts=_texts(language),
        tiles=tiles(),
        is_compact=is_compact,
        has_story=has_story,
    )


@st.cache_resource(show_spinner=False)
def _desk_parts(directory: Path, language: str) -> DeskParts:
    """Render the words of every event once for all readers of a language."""
    return parts_of(_dataset(directory), _texts(language))
