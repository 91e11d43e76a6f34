"""C: a map that stays, its events in `feature_group_to_add`, in a fragment."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from bench.peers.common import (
    HEIGHT_PX,
    in_window,
    layer,
    make_map,
    shared_events,
    time_slider,
)


@st.fragment
def show() -> None:
    """Rerun alone when the slider moves."""
    group = folium.FeatureGroup(name="events")
    layer(in_window(shared_events(), time_slider())).add_to(group)
    st_folium(
        make_map(),
        feature_group_to_add=group,
        key="map",
        height=HEIGHT_PX,
        width=1100,
        returned_objects=[],
    )


show()
