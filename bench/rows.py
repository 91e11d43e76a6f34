"""The events every peer draws, as a plain table: the shipped ones, or N made up.

Imports nothing of this project, so that a peer's server carries only its own.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

DATA = Path(__file__).resolve().parents[1] / "data"
SHIPPED = 139
"""The size that stands for the shipped data."""
SIZES = (SHIPPED, 1_000, 10_000, 100_000)
SEED = 20220105
FIRST = datetime(2022, 1, 2)  # noqa: DTZ001 - Almaty's wall clock, which is what st.slider shows
LAST = datetime(2022, 1, 17)  # noqa: DTZ001
DAY_MIN = 24 * 60
CENTRE = (43.245, 76.92)
SPREAD_DEGREES = (0.05, 0.09)


def rows(size: int) -> pd.DataFrame:
    """Return the events that a peer can mark, by start.

    Returns
    -------
    frame
        Columns n (int, the event's number), id, title, lat, lon (degrees,
        WGS84), start, end (wall clock of Almaty, naive).
    """
    return shipped() if size == SHIPPED else made_up(size)


def made_up(size: int) -> pd.DataFrame:
    """Make up events of a moment each, evenly spread in time, round the city.

    The same for the same size. None falls on a midnight, so that no tool's
    reading of a window's edge matters.
    """
    chance = np.random.default_rng(SEED + size)
    days = (LAST - FIRST).days
    minute = np.sort(
        chance.integers(days, size=size) * DAY_MIN
        + chance.integers(1, DAY_MIN, size=size)
    )
    start = np.datetime64(FIRST, "us") + minute.astype("timedelta64[m]")
    number = np.arange(size)
    ids = [f"event-{n}" for n in number]
    return pd.DataFrame(
        {
            "n": number,
            "id": ids,
            "title": [f"Event {n}" for n in number],
            "lat": np.round(chance.normal(CENTRE[0], SPREAD_DEGREES[0], size), 6),
            "lon": np.round(chance.normal(CENTRE[1], SPREAD_DEGREES[1], size), 6),
            "start": start,
            "end": start,
        }
    )


def shipped() -> pd.DataFrame:
    """Read the shipped events with the position of their first marked place."""
    places = json.loads((DATA / "locations.geojson").read_text(encoding="utf-8"))
    positions = {
        feature["properties"]["id"]: _position(feature, places["home"])
        for feature in places["features"]
    }
    events = pd.read_csv(DATA / "events.csv", keep_default_na=False)
    where = events["places"].map(
        lambda ids: next(filter(None, map(positions.get, ids.split(";"))), None)
    )
    frame = events[["id", "title"]].assign(n=np.arange(len(events)))
    for column in ("start", "end"):
        frame[column] = pd.to_datetime(events[column]).dt.tz_localize(None)
    frame = frame[where.notna()]
    frame["lat"], frame["lon"] = zip(*where.dropna(), strict=True)
    return frame.sort_values("start", kind="stable").reset_index(drop=True)


def _position(feature: dict[str, Any], home: str) -> tuple[float, float] | None:
    """Return (lat, lon) of a place that deserves a marker."""
    properties = feature["properties"]
    is_wide = properties["kind"] == "country" or properties["id"] == home
    if feature["geometry"] is None or is_wide:
        return None
    lon, lat = feature["geometry"]["coordinates"]
    return lat, lon


def between(frame: pd.DataFrame, end: datetime, hours: float) -> pd.DataFrame:
    """Return the events that overlap the window of some hours up to `end`."""
    start = end - timedelta(hours=hours)
    instant = frame["start"] == frame["end"]
    inside = (frame["start"] < end) & (instant | (frame["end"] > start))
    return frame[inside & (~instant | (frame["start"] >= start))]
