"""Mounts the parts of the Desk that live in the browser.

`desk_filters.js`, `desk_answer.js` and `desk_table.js` stay where they are put
while the answer changes; `relay.js` hands each of them what the server says.
"""

from pathlib import Path

import streamlit as st

from dashboard.desk_parts import DeskParts

FILTERS_KEY = "desk-filters"
ANSWER_KEY = "desk-answer"
TABLE_KEY = "desk-table"

_HERE = Path(__file__).resolve().parent


def _script(name: str) -> str:
    """Read a script; as text of several lines it is not taken for a path."""
    return (_HERE / name).read_text(encoding="utf-8")


_filters = st.components.v2.component(
    "almaty_events_desk_filters",
    css=_script("desk.css"),
    js=_script("desk_filters.js"),
    isolate_styles=False,
)
_answer = st.components.v2.component(
    "almaty_events_desk_answer", js=_script("desk_answer.js"), isolate_styles=False
)
_table = st.components.v2.component(
    "almaty_events_desk_table", js=_script("desk_table.js"), isolate_styles=False
)


def show_filters(parts: DeskParts, language: str) -> None:
    """Show the form."""
    _filters(key=FILTERS_KEY, data={"html": parts.filters, "language": language})


def show_answer() -> None:
    """Make room for how many events there are, and for the chart."""
    _answer(key=ANSWER_KEY)


def show_table(parts: DeskParts, language: str) -> None:
    """Show the table of the events."""
    words = {"statuses": parts.statuses}
    data = {"html": parts.table, "language": language, "words": words}
    _table(key=TABLE_KEY, data=data)
