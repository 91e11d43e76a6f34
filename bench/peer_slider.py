"""What people use today: st.slider, a rebuilt folium map, and st_folium.

Written as its users write it, with their usual cares: data cached, nothing sent
back from the map. It draws one Marker an event and leaves out tiles and popups,
which would only slow it down; its scripts come from $PEER_ASSETS, as it would show
nothing without them.
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

DATA = Path(__file__).resolve().parents[1] / "data"
ASSETS = os.environ["PEER_ASSETS"]
STEP = timedelta(hours=1)


class LocalMap(folium.Map):
    """A folium map whose Leaflet is near; jQuery and Bootstrap are left out."""

    default_js = [("leaflet", f"{ASSETS}/leaflet.js")]  # noqa: RUF012 - as folium has it
    default_css = [("leaflet_css", f"{ASSETS}/leaflet.css")]  # noqa: RUF012


def position(feature: dict[str, Any], home: str) -> tuple[float, float] | None:
    """Return (lat, lon) of a place that deserves a marker."""
    properties = feature["properties"]
    is_wide = properties["kind"] == "country" or properties["id"] == home
    if feature["geometry"] is None or is_wide:
        return None
    lon, lat = feature["geometry"]["coordinates"]
    return lat, lon


@st.cache_data
def read_events() -> pd.DataFrame:
    """Read events with the position of their first marked place."""
    places = json.loads((DATA / "locations.geojson").read_text(encoding="utf-8"))
    positions = {
        feature["properties"]["id"]: position(feature, places["home"])
        for feature in places["features"]
    }
    events = pd.read_csv(DATA / "events.csv", keep_default_na=False)
    for column in ("start", "end"):
        # Almaty's wall clock, which is what st.slider shows
        events[column] = pd.to_datetime(events[column]).dt.tz_localize(None)
    events["position"] = events["places"].map(
        lambda ids: next(filter(None, map(positions.get, ids.split(";"))), None)
    )
    return events[events["position"].notna()]


def moment(name: str, default: datetime) -> datetime:
    """Read a moment from the address."""
    return datetime.fromisoformat(st.query_params.get(name, default.isoformat()))


def main() -> None:
    """Show the page."""
    events = read_events()
    first, last = datetime(2022, 1, 1), datetime(2022, 2, 1)  # noqa: DTZ001 - st.slider knows no zones
    start, end = st.slider(
        "Time",
        min_value=first,
        max_value=last,
        value=(moment("from", first), moment("to", last)),
        step=STEP,
        format="D MMM HH:mm",
    )
    instant = events["start"] == events["end"]
    inside = (events["start"] < end) & (instant | (events["end"] > start))
    shown = events[inside & (~instant | (events["start"] >= start))]
    chart = LocalMap(location=(43.245, 76.92), zoom_start=12, tiles=None)
    columns = (shown[name] for name in ("id", "title", "position"))
    for event, title, where in zip(*columns, strict=True):
        folium.Marker(where, tooltip=title, title=event).add_to(chart)
    st_folium(chart, key="map", height=600, width=1100, returned_objects=[])


main()
