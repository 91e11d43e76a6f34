"""P with made-up events: the dashboard's Map page over another dataset.

The shipped data are measured in `app.py` itself.
"""

import gc
import os

import streamlit as st

from bench.synthetic import dataset as made_up
from dashboard import bridge, state, store
from dashboard.address import write_address
from dashboard.markup import show, show_styles
from geo.dataset import Dataset
from geo.timemap import render_page

SIZE = int(os.environ["PEER_SIZE"])


@st.cache_resource(show_spinner=False)
def dataset() -> Dataset:
    """Make the data once, as `store` loads the shipped ones."""
    made = made_up(SIZE)
    gc.collect()
    gc.freeze()
    return made


@st.cache_resource(show_spinner=False)
def document() -> str:
    """Render once."""
    return render_page(dataset(), texts=store.texts())


def main() -> None:
    """Show the page as `dashboard/pages/map.py` does."""
    st.set_page_config(layout="wide")
    show_styles()
    view = state.arrive(st.session_state, st.query_params.to_dict(), dataset())
    write_address(view)
    with st.container():
        show("intro.html.j2", store.texts())
    bridge.host(document(), store.texts(), None, bridge.Place.PAGE)
    follow()


@st.fragment
def follow() -> None:
    """Hear of each view the map comes to rest at."""

    def hear(message: object) -> None:
        write_address(state.hear(st.session_state, message, dataset()))

    bridge.relay(st.session_state[state.ASK], hear)


main()
