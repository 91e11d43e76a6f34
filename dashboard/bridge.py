"""Mounts the map's component and the relay that carries its state.

`bridge.js` and `relay.js` say how the two work together.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import streamlit as st

from dashboard.state import Ask
from geo.texts import Texts

HOST_KEY = "map-host"
RELAY_KEY = "map-relay"

_HERE = Path(__file__).resolve().parent

# Passed as text of several lines: a one-line `js=` that holds `*`, `?`, `[` or
# `/` would be taken for a path.
_host = st.components.v2.component(
    "almaty_events_map",
    css=(_HERE / "bridge.css").read_text(encoding="utf-8"),
    js=(_HERE / "bridge.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_relay = st.components.v2.component(
    "almaty_events_map_relay",
    js=(_HERE / "relay.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class Words(TypedDict):
    """What the component says in its own part of the page."""

    title: str
    note: str
    report: str
    copy: str
    copied: str
    link: str
    select: str


def host(document: str, texts: Texts, corrections: str | None) -> None:
    """Show the map; the same document keeps its frame, whatever else reruns.

    Parameters
    ----------
    document
        Self-contained HTML, shown in a frame that cannot reach this page.
    corrections
        The link for corrections, if there is one.
    """
    words = _words(texts)
    data = {"document": document, "words": words, "corrections": corrections}
    _host(key=HOST_KEY, data=data)


def relay(ask: Ask, on_view: Callable[[object], None]) -> None:
    """Listen to the map and pass on to it what is asked, once an ask.

    Call it in a fragment: each time the map comes to rest, the fragment reruns.

    Parameters
    ----------
    on_view
        Called with what the browser sent, unchecked.
    """

    def hear() -> None:
        on_view(st.session_state[RELAY_KEY]["view"])

    data = {"ask": {"id": ask.id, "state": ask.state}}
    _relay(key=RELAY_KEY, data=data, on_view_change=hear)


def _words(texts: Texts) -> Words:
    """Translate what the component says."""
    return {
        "title": texts.t("Map of the events, with its timeline and list"),
        "note": texts.t("This map speaks of violence and death."),
        "report": texts.t("Report a correction"),
        "copy": texts.t("Copy link to this view"),
        "copied": texts.t("Link copied."),
        "link": texts.t("Link to this view"),
        "select": texts.t("Copying is not allowed here. Copy the link from the field."),
    }
