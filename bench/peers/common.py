"""What the peers' pages share: the events, the slider, a map without hosts.

As their users write it, with the usual cares: data cached, nothing sent back
from the map. Tiles, popups and tooltips are left out, which would only slow a
peer down; scripts come from $PEER_ASSETS, as it would show nothing without.
"""

import os
from datetime import datetime, timedelta
from typing import Any

import folium
import pandas as pd
import streamlit as st

from bench.rows import CENTRE, DAY_MIN, LAST, between, rows

ASSETS = os.environ.get("PEER_ASSETS", "")
SIZE = int(os.environ.get("PEER_SIZE", "139"))
HOURS = 24
STEP = timedelta(minutes=DAY_MIN)
FIRST_END = datetime(2022, 1, 3)  # noqa: DTZ001 - st.slider knows no zones
COLOUR = "#24506b"
RADIUS_PX = 4
HEIGHT_PX = 600


class LocalMap(folium.Map):
    """A folium map whose Leaflet is near; jQuery and Bootstrap are left out."""

    default_js = [("leaflet", f"{ASSETS}/leaflet.js")]  # noqa: RUF012 - as folium has it
    default_css = [("leaflet_css", f"{ASSETS}/leaflet.css")]  # noqa: RUF012


def make_map() -> folium.Map:
    """Return the empty map; canvas draws many circles faster than SVG does."""
    return LocalMap(location=CENTRE, zoom_start=12, tiles=None, prefer_canvas=True)


@st.cache_data
def read_events() -> pd.DataFrame:
    """Read the events once; st.cache_data copies them at each run."""
    return rows(SIZE)


@st.cache_resource
def shared_events() -> pd.DataFrame:
    """Read the events once for all runs, without a copy."""
    return rows(SIZE)


def time_slider() -> datetime:
    """Show the slider; return the end of the window of a day."""
    opening = st.query_params.get("to", FIRST_END.isoformat())
    return st.slider(
        "A day up to",
        min_value=FIRST_END,
        max_value=LAST,
        value=datetime.fromisoformat(opening),
        step=STEP,
        format="D MMM HH:mm",
    )


def in_window(events: pd.DataFrame, end: datetime) -> pd.DataFrame:
    """Return the events of the day up to `end`."""
    return between(events, end, HOURS)


def features(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn rows into GeoJSON features that carry their number."""
    columns = (frame[name].tolist() for name in ("n", "lon", "lat"))
    return [
        {
            "type": "Feature",
            "properties": {"n": n},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for n, lon, lat in zip(*columns, strict=True)
    ]


def layer(frame: pd.DataFrame) -> folium.GeoJson:
    """Return one layer of circles."""
    collection = {"type": "FeatureCollection", "features": features(frame)}
    circle = folium.CircleMarker(radius=RADIUS_PX, color=COLOUR, weight=1, fill=True)
    return folium.GeoJson(collection, marker=circle)
