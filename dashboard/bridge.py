"""Mounts the map's component and the relay that carries its state.

`bridge.js` and `relay.js` say how the two work together.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from dashboard.state import Ask
from geo.texts import Texts

HOST_KEY = "map-host"
RELAY_KEY = "map-relay"
CLASS_HOST_KEY = "class-host"
CLASS_RELAY_KEY = "class-relay"

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


class Place(StrEnum):
    """Where the map stands, on which its size and its buttons depend."""

    PAGE = "page"
    EMBEDDED = "embedded"
    DESK = "desk"
    CLASS = "class"

    @property
    def link(self) -> str:
        """Name what host and relay share: a class does not share the map's views."""
        return "almaty-events-class" if self is Place.CLASS else "almaty-events-map"


class Words(TypedDict):
    """What the component says in its own part of the page."""

    title: str
    note: str
    report: str
    whole: str
    copy: str
    copied: str
    link: str
    select: str
    copyEmbed: str
    copiedEmbed: str
    embed: str
    selectEmbed: str


def host(
    document: str,
    texts: Texts,
    corrections: str | None,
    place: Place,
    *,
    steps: int = 0,
    is_own: bool = False,
) -> None:
    """Show the map; the same document keeps its frame, whatever else reruns.

    Parameters
    ----------
    document
        Self-contained HTML, shown in a frame that cannot reach this page.
    corrections
        The link for corrections, if there is one.
    steps
        How many chapters the keys step through, on the Class page.
    is_own
        Whether it shows a reader's own file: no link carries that, and nobody
        corrects it here.
    """
    data = {
        "document": document,
        "words": {**_words(texts), **(_own_words(texts) if is_own else {})},
        "corrections": None if is_own else corrections,
        "canEmbed": not is_own,
        "place": place.value,
        "link": place.link,
        "steps": steps,
    }
    _host(key=CLASS_HOST_KEY if place is Place.CLASS else HOST_KEY, data=data)


def relay(
    ask: Ask,
    on_view: Callable[[object], None],
    *,
    place: Place = Place.PAGE,
    report: Mapping[str, Any] | None = None,
    on_form: Callable[[object], None] | None = None,
) -> None:
    """Listen to the map and pass on to it what is asked, once an ask.

    Call it in a fragment: each time the map comes to rest, the fragment reruns.

    Parameters
    ----------
    on_view, on_form
        Called with what the browser sent, unchecked: a state of the map, and
        what the reader did to the Desk's form.
    report
        What the Desk shows.
    """
    key = CLASS_RELAY_KEY if place is Place.CLASS else RELAY_KEY

    def hear(name: str, listener: Callable[[object], None] | None) -> None:
        # What a page said that has just been left comes too late.
        if listener and (said := st.session_state.get(key)):
            listener(said[name])

    _relay(
        key=key,
        data={
            "ask": {"id": ask.id, "state": ask.state},
            "report": report,
            "link": place.link,
        },
        on_view_change=lambda: hear("view", on_view),
        on_form_change=lambda: hear("form", on_form),
    )


def _own_words(texts: Texts) -> dict[str, str]:
    """Say what a link does not do while a reader's own file is shown."""
    return {
        "note": "",
        "copy": texts.t("Copy link, without your file"),
        "copied": texts.t(
            "Link copied. It holds dates and filters, not your file: it opens Almaty’s events. To pass on your map, take it from the Desk as a page (.html)."
        ),
    }


def _words(texts: Texts) -> Words:
    """Translate what the component says."""
    return {
        "title": texts.t("Map of the events, with its timeline and list"),
        "note": texts.t("This map speaks of violence and death."),
        "report": texts.t("Report a correction"),
        "whole": texts.t("See all"),
        "copy": texts.t("Copy link to this view"),
        "copied": texts.t("Link copied."),
        "link": texts.t("Link to this view"),
        "select": texts.t("Copying is not allowed here. Copy the link from the field."),
        "copyEmbed": texts.t("Copy embed code"),
        "copiedEmbed": texts.t("Embed code copied."),
        "embed": texts.t("Embed code of this view"),
        "selectEmbed": texts.t(
            "Copying is not allowed here. Copy the embed code from the field."
        ),
    }
