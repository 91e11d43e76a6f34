"""E1: folium's TimestampedGeoJson.

It knows one time an event, so one that lasts is shown by its start alone.
"""

from datetime import datetime, timedelta

import folium
import streamlit as st
from folium.plugins import TimestampedGeoJson

from bench.peers.common import (
    ASSETS,
    COLOUR,
    RADIUS_PX,
    features,
    make_map,
    shared_events,
)
from bench.peers.plugin import MOMENT_JS, asked, frame, milliseconds, show
from bench.rows import DAY_MIN, FIRST

CIRCLE = {"radius": RADIUS_PX, "color": COLOUR, "weight": 1, "fill": True}
FASTEST_MS = 16
SPEED = 1000 // FASTEST_MS


class LocalTimestamped(TimestampedGeoJson):
    """The plugin with its scripts near; jQuery, which it does not call, left out."""

    default_js = [  # noqa: RUF012 - as folium has it
        ("iso8601", f"{ASSETS}/iso8601.js"),
        ("leaflet.timedimension", f"{ASSETS}/leaflet.timedimension.min.js"),
        MOMENT_JS,
    ]
    default_css = [  # noqa: RUF012
        (
            "leaflet.timedimension_css",
            f"{ASSETS}/leaflet.timedimension.control.min.css",
        ),
    ]


@st.cache_resource
def document(hours: int, step_min: int, opening: str) -> str:
    """Make the page whose windows are so long and whose steps so wide."""
    events = shared_events()
    marks = features(events)
    for mark, start in zip(marks, events["start"], strict=True):
        # A millisecond on: [from, to) then holds at both edges, as it does here.
        mark["properties"] |= {
            "times": [milliseconds(start) + 1],
            "icon": "circle",
            "iconstyle": CIRCLE,
        }
    chart = make_map()
    plugin = LocalTimestamped(  # type: ignore[no-untyped-call]
        {"type": "FeatureCollection", "features": [*marks, _grid()]},
        period=f"PT{step_min}M",
        duration=f"PT{hours}H",
        transition_time=FASTEST_MS,
        max_speed=SPEED,
        auto_play=False,
        loop=True,
        time_slider_drag_update=True,
    )
    plugin.add_to(chart)
    at = milliseconds(datetime.fromisoformat(opening))
    jump = f"{chart.get_name()}.timeDimension.setCurrentTime({at})"
    chart.get_root().script.add_child(  # type: ignore[attr-defined]  # a Figure's
        folium.Element(f"addEventListener('DOMContentLoaded', () => {jump});")
    )
    return show(chart)


def _grid() -> dict[str, object]:
    """A midnight before all windows, from which the steps are counted."""
    before: datetime = FIRST - timedelta(days=10)
    return {
        "type": "Feature",
        "properties": {
            "times": [milliseconds(before)],
            "icon": "circle",
            "iconstyle": CIRCLE,
        },
        "geometry": {"type": "Point", "coordinates": [76.92, 43.245]},
    }


frame(
    document(
        asked("hours", 24),
        asked("step", DAY_MIN),
        st.query_params.get("to", "2022-01-05"),
    )
)
