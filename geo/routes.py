"""Marches: their legs, how long they are, and where the head is at a moment.

Lengths are geodesic on WGS84. Times are known for whole routes, not for legs,
so the head moves along the drawn legs in proportion to their length.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any

import pandas as pd
from pyproj import Geod

from geo.dataset import Dataset
from geo.timeline import Window, minute_of, overlaps
from geo.vocab import Direction, LegEvidence, Sketch

_WGS84 = Geod(ellps="WGS84")

Point = tuple[float, float]
"""(lon, lat), WGS84 degrees."""


@dataclass(frozen=True)
class Leg:
    """One stretch of a route, with its own evidence."""

    id: str
    street: str
    evidence: LegEvidence
    sketch: Sketch
    line: tuple[Point, ...]
    """Empty unless `sketch` is line."""
    from_place: str
    to_place: str
    """Ids of places; empty if not known."""
    sources: tuple[str, ...]
    note: str

    @property
    def length_km(self) -> float:
        """Geodesic length of the line; 0 if none is drawn."""
        return sum(_lengths_m(self.line)) / 1000

    @property
    def distances_km(self) -> tuple[float, ...]:
        """Geodesic distance of each point of the line from its first."""
        return tuple(accumulate((m / 1000 for m in _lengths_m(self.line)), initial=0.0))


@dataclass(frozen=True)
class Route:
    """One march: legs in order, and the times of the whole way."""

    id: str
    title: str
    start: datetime | None
    end: datetime | None
    """Best estimates, Asia/Almaty; None if not known."""
    earliest: datetime | None
    latest: datetime | None
    """Outermost of all known times and bounds; None if none is known."""
    claimed_km: float | None
    """A length somebody reported; it stays beside the measured one."""
    direction: Direction
    legs: tuple[Leg, ...]

    @property
    def length_km(self) -> float:
        """Geodesic length of all drawn legs."""
        return sum(leg.length_km for leg in self.legs)


def routes_of(dataset: Dataset) -> dict[str, Route]:
    """Give all routes by id, in file order."""
    return {
        str(route_id): _route(str(route_id), dict(row), dataset)
        for route_id, row in dataset.routes.iterrows()
    }


def _route(route_id: str, row: Mapping[str, Any], dataset: Dataset) -> Route:
    """Make one route from its row and its legs."""
    times = {
        name: _moment(row[name])
        for name in (
            "start", "end",
            "earliest_start", "latest_start", "earliest_end", "latest_end",
        )
    }  # fmt: skip
    known = [each for each in times.values() if each is not None]
    legs = dataset.legs[dataset.legs["route"] == route_id]
    return Route(
        id=route_id,
        title=row["title"],
        start=times["start"],
        end=times["end"],
        earliest=min(known, default=None),
        latest=max(known, default=None),
        claimed_km=None if pd.isna(row["claimed_km"]) else row["claimed_km"],
        direction=Direction(row["direction"]),
        legs=tuple(_leg(leg_id, dict(leg)) for leg_id, leg in legs.iterrows()),
    )


def _leg(leg_id: str, row: Mapping[str, Any]) -> Leg:
    """Make one leg from its row."""
    line = row["geometry"]
    return Leg(
        id=leg_id,
        street=row["street"],
        evidence=LegEvidence(row["evidence"]),
        sketch=Sketch(row["sketch"]),
        line=() if line is None else tuple((lon, lat) for lon, lat in line.coords),
        from_place=row["from_place"],
        to_place=row["to_place"],
        sources=row["sources"],
        note=row["note"],
    )


def _moment(value: pd.Timestamp) -> datetime | None:
    """Take a cell of a frame as a datetime or None."""
    return None if pd.isna(value) else value.to_pydatetime()


def lengths_km(route: Route) -> dict[LegEvidence, float]:
    """Sum the drawn legs of a route by the evidence for them.

    Returns
    -------
    lengths
        Geodesic kilometres; every class is there, 0 if nothing is drawn.
    """
    return {
        evidence: sum(leg.length_km for leg in route.legs if leg.evidence is evidence)
        for evidence in LegEvidence
    }


def progress_at(route: Route, when: datetime) -> float | None:
    """Give the share of its time a march has walked, 0 to 1.

    Parameters
    ----------
    when
        Aware; any zone.

    Returns
    -------
    progress
        None before the start, and for a route without both times.
    """
    if route.start is None or route.end is None or when < route.start:
        return None
    if when >= route.end:
        return 1.0
    return (when - route.start) / (route.end - route.start)


def position_at(route: Route, when: datetime) -> Point | None:
    """Place the head of a march at a moment: an estimate.

    Linear in geodesic length along the drawn legs, between the start and the
    end of the whole route. A gap between two drawn legs takes no time.

    Parameters
    ----------
    when
        Aware; any zone.

    Returns
    -------
    point
        (lon, lat), WGS84 degrees; None before the start, for a route without
        both times, and for one with nothing drawn. The last point after the
        end.
    """
    progress = progress_at(route, when)
    pieces = [piece for leg in route.legs for piece in pairwise(leg.line)]
    if progress is None or not pieces:
        return None
    if progress == 1.0:
        return pieces[-1][1]
    left_m = progress * route.length_km * 1000
    for start, end in pieces:
        azimuth, _, length_m = _WGS84.inv(*start, *end)
        if left_m <= length_m:
            lon, lat, _ = _WGS84.fwd(*start, azimuth, left_m)
            return lon, lat
        left_m -= length_m
    return pieces[-1][1]


def is_shown(route: Route, window: Window) -> bool:
    """Tell whether the bounds of a route overlap a window.

    A route of which no time is known is never shown.
    """
    if route.earliest is None or route.latest is None:
        return False
    return overlaps(minute_of(route.earliest), minute_of(route.latest), *window.minutes)


def _lengths_m(line: tuple[Point, ...]) -> list[float]:
    """Give the geodesic length of each piece of a line."""
    return [_WGS84.inv(*start, *end)[2] for start, end in pairwise(line)]
