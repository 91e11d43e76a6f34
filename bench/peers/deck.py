"""F: st.slider and st.pydeck_chart, one ScatterplotLayer, an empty base map."""

import pydeck as pdk
import streamlit as st

from bench.peers.common import ASSETS, HEIGHT_PX, in_window, read_events, time_slider
from bench.rows import CENTRE


def main() -> None:
    """Show the page."""
    shown = in_window(read_events(), time_slider())
    layer = pdk.Layer(
        "ScatterplotLayer",
        data=shown[["n", "lon", "lat"]],
        id="events",
        get_position=["lon", "lat"],
        get_fill_color=[36, 80, 107],
        get_radius=4,
        radius_units="'pixels'",
    )
    view = pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=11)
    # Without a style Streamlit asks another host for one.
    style = f"{ASSETS}/nothing.json"
    deck = pdk.Deck(layers=[layer], initial_view_state=view, map_style=style)
    st.pydeck_chart(deck, height=HEIGHT_PX, key="map")


main()
