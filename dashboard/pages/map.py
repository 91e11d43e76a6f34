"""The Map page: what this is, the map, and a link to what it shows."""

import streamlit as st

from dashboard import bridge, state, store
from dashboard.address import show_dropped, write_address
from dashboard.markup import show
from dashboard.own_line import show_line
from dashboard.settings import corrections_link
from geo.dataset import Dataset
from geo.texts import Texts


def show_page(dataset: Dataset, texts: Texts) -> None:
    """Show the page for the view of the address or, on return, the session's."""
    view = state.arrive(st.session_state, st.query_params.to_dict(), dataset)
    write_address(view)
    # Always there, so that a note never moves the map's element, which would
    # load its frame anew.
    with st.container():
        if not st.context.is_embedded:
            show("own_intro.html.j2" if dataset.file else "intro.html.j2", texts)
        show_line(texts)
        show_notes(view, texts)
    place = bridge.Place.EMBEDDED if st.context.is_embedded else bridge.Place.PAGE
    bridge.host(
        store.document(texts.language),
        texts,
        corrections_link(),
        place,
        is_own=bool(dataset.file),
    )
    follow_map()


def show_notes(view: state.MapState, texts: Texts) -> None:
    """Name what was dropped of the link, and filters the map cannot undo."""
    show_dropped(texts)
    if view.narrowed:
        filters = ", ".join(f"{name}={value}" for name, value in view.narrowed.items())
        sentence = texts.t(
            "This link shows only events with {filters}.", filters=filters
        )
        show("note.html.j2", texts, sentences=[sentence])
        st.button(texts.t("Show all events again"), on_click=widen, args=(view,))


def widen(view: state.MapState) -> None:
    """Leave the filters the map cannot undo."""
    wider = state.widened(view)
    state.show(st.session_state, wider, store.dataset())
    write_address(wider)


@st.fragment
def follow_map() -> None:
    """Hear of each view the map comes to rest at; only this part reruns."""

    def hear(message: object) -> None:
        write_address(state.hear(st.session_state, message, store.dataset()))

    bridge.relay(st.session_state[state.ASK], hear)


show_page(store.dataset(), store.texts())
