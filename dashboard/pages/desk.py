"""The Desk page: filter, read, compare, quote and take away."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard import bridge, desk, state, store, takeaway
from dashboard.address import show_dropped, write_address
from dashboard.changes import show_changes
from dashboard.claims import show_claims
from dashboard.desk_form import answer
from dashboard.desk_report import Turn, report_of
from dashboard.markup import show
from dashboard.own_line import show_line
from dashboard.settings import corrections_link
from geo.dataset import Dataset
from geo.texts import Texts


def show_page(dataset: Dataset, texts: Texts) -> None:
    """Show the page for the view of the address or, on return, the session's."""
    session = st.session_state
    view = state.arrive(session, st.query_params.to_dict(), dataset)
    write_address(view)
    if "from" not in session[state.ASK].state:
        state.show_all(session, view, dataset)
    with st.container():
        headings = headings_of(dataset, texts)
        show("desk.html.j2", texts, sections=headings)
        show_line(texts)
        show_dropped(texts)
    parts = store.desk_parts(texts.language)
    with st.container(key="desk"):
        desk.show_filters(parts, texts.language)
        desk.show_answer()
        desk.show_table(parts, texts.language)
        bridge.host(
            store.document(texts.language, is_compact=True),
            texts,
            corrections_link(),
            bridge.Place.DESK,
            is_own=bool(dataset.file),
        )
    show("heading.html.j2", texts, anchor="take", heading=headings["take"])
    follow(texts)
    if "claims" in headings:
        show("heading.html.j2", texts, anchor="claims", heading=headings["claims"])
        show_claims(dataset, texts)
        show("heading.html.j2", texts, anchor="changes", heading=headings["changes"])
        show_changes(texts)


def headings_of(dataset: Dataset, texts: Texts) -> dict[str, str]:
    """Name the parts of the page; a reader's own file has no claims, no log."""
    if dataset.file:
        return {"take": texts.t("Take away")}
    return {
        "claims": texts.t("Compare claims"),
        "take": texts.t("Quote and take away"),
        "changes": texts.t("What changed in the data"),
    }


@st.fragment
def follow(texts: Texts) -> None:
    """Hear of the map and the form, and answer; only this part reruns."""
    session = st.session_state

    def hear_map(message: object) -> None:
        state.hear(session, message, store.dataset())

    def hear_form(message: object) -> None:
        if not isinstance(message, Mapping):
            return
        view: state.MapState = session[state.STATE]
        dataset = store.dataset()
        query, problems = answer(message, view.query, dataset, texts)
        number = message.get("turn")
        session[state.TURN] = Turn(number if isinstance(number, int) else 0, problems)
        state.show_all(session, replace(view, query=query), dataset, moves=False)

    view: state.MapState = session[state.STATE]
    turn: Turn = session.get(state.TURN, Turn())
    dataset = store.dataset()
    report = report_of(view, turn, dataset, texts)
    bridge.relay(session[state.ASK], hear_map, report=dict(report), on_form=hear_form)
    takeaway.show_takeaway(view, dataset, texts)


show_page(store.dataset(), store.texts())
