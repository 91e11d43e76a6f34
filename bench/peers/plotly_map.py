"""G: st.slider and st.plotly_chart, one scatter map without tiles."""

import plotly.graph_objects as go
import streamlit as st

from bench.peers.common import (
    COLOUR,
    HEIGHT_PX,
    RADIUS_PX,
    in_window,
    read_events,
    time_slider,
)
from bench.rows import CENTRE


def main() -> None:
    """Show the page."""
    shown = in_window(read_events(), time_slider())
    marks = go.Scattermap(
        lat=shown["lat"],
        lon=shown["lon"],
        customdata=shown["n"],
        mode="markers",
        marker={"size": 2 * RADIUS_PX, "color": COLOUR},
        hoverinfo="skip",
    )
    figure = go.Figure(marks)
    figure.update_layout(
        map={
            "style": "white-bg",
            "center": {"lat": CENTRE[0], "lon": CENTRE[1]},
            "zoom": 11,
        },
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=HEIGHT_PX,
        uirevision="map",
    )
    st.plotly_chart(figure, key="map")


main()
