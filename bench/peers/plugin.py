"""What both time plugins of folium need: a finished page, made once."""

from datetime import UTC, datetime

import folium
import streamlit as st

from bench.peers.common import ASSETS, HEIGHT_PX

MOMENT_JS = ("moment", f"{ASSETS}/moment.min.js")


def milliseconds(wall: datetime) -> int:
    """Return milliseconds since 1970 as if the wall clock were UTC's."""
    return round(wall.replace(tzinfo=UTC).timestamp() * 1000)


def asked(name: str, default: int) -> int:
    """Read a number from the address."""
    return int(st.query_params.get(name, default))


def show(chart: folium.Map) -> str:
    """Render a page once; return it for the cache."""
    return str(chart.get_root().render())


def frame(document: str) -> None:
    """Put a finished page into the Streamlit page."""
    st.iframe(document, height=HEIGHT_PX)
