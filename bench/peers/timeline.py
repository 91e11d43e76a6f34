"""E2: folium's Timeline and TimelineSlider.

It shows what lasts at one instant; each event lasts a window longer here, so
that an instant shows exactly the window before it.
"""

from datetime import datetime, timedelta

import streamlit as st
from folium.plugins import Timeline, TimelineSlider
from folium.utilities import JsCode

from bench.peers.common import (
    ASSETS,
    COLOUR,
    RADIUS_PX,
    features,
    make_map,
    shared_events,
)
from bench.peers.plugin import MOMENT_JS, asked, frame, milliseconds, show
from bench.rows import DAY_MIN

RANGE_DAYS = 10
FASTEST_MS = 16
SCRIPTS = [("timeline", f"{ASSETS}/leaflet.timeline.js"), MOMENT_JS]
TO_CIRCLE = f"""function (feature, latlng) {{
  return L.circleMarker(latlng, {{radius: {RADIUS_PX}, color: "{COLOUR}", weight: 1, fill: true}});
}}"""


class LocalTimeline(Timeline):
    """The plugin with its scripts near."""

    default_js = SCRIPTS


class LocalSlider(TimelineSlider):
    """Its control, with the same scripts."""

    default_js = SCRIPTS


@st.cache_resource
def document(hours: int, step_min: int, opening: str) -> str:
    """Make the page whose windows are so long and whose steps so wide."""
    events = shared_events()
    marks = features(events)
    spans = zip(events["start"], events["end"], strict=True)
    for mark, (start, end) in zip(marks, spans, strict=True):
        # A millisecond in: [from, to) then holds at both edges, as it does here.
        lasting = milliseconds(end) + hours * 3_600_000
        is_moment = start == end
        mark["properties"] |= {
            "start": milliseconds(start) + 1,
            "end": lasting if is_moment else lasting - 1,
        }
    chart = make_map()
    timeline = LocalTimeline(
        {"type": "FeatureCollection", "features": marks},
        point_to_layer=JsCode(TO_CIRCLE),
    )
    timeline.add_to(chart)
    first = datetime.fromisoformat(opening)
    steps = RANGE_DAYS * DAY_MIN // step_min
    slider = LocalSlider(
        start=milliseconds(first),
        end=milliseconds(first + timedelta(days=RANGE_DAYS)),
        steps=steps,
        playback_duration=steps * FASTEST_MS,
        auto_play=False,
        show_ticks=False,
        enable_keyboard_controls=False,
    )
    slider.add_timelines(timeline).add_to(chart)  # type: ignore[no-untyped-call]
    return show(chart)


frame(
    document(
        asked("hours", 24),
        asked("step", DAY_MIN),
        st.query_params.get("to", "2022-01-05"),
    )
)
