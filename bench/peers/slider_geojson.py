"""A2: as A, with all events of the window in one GeoJson layer."""

from streamlit_folium import st_folium

from bench.peers.common import (
    HEIGHT_PX,
    in_window,
    layer,
    make_map,
    read_events,
    time_slider,
)


def main() -> None:
    """Show the page."""
    chart = make_map()
    layer(in_window(read_events(), time_slider())).add_to(chart)
    st_folium(chart, key="map", height=HEIGHT_PX, width=1100, returned_objects=[])


main()
