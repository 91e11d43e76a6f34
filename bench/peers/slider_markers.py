"""A: st.slider, a folium map rebuilt with a Marker an event, and st_folium."""

import folium
from streamlit_folium import st_folium

from bench.peers.common import (
    HEIGHT_PX,
    in_window,
    make_map,
    read_events,
    time_slider,
)


def main() -> None:
    """Show the page."""
    shown = in_window(read_events(), time_slider())
    chart = make_map()
    columns = (shown[name].tolist() for name in ("n", "title", "lat", "lon"))
    for n, title, lat, lon in zip(*columns, strict=True):
        folium.Marker((lat, lon), title=title, n=n).add_to(chart)
    st_folium(chart, key="map", height=HEIGHT_PX, width=1100, returned_objects=[])


main()
