"""Datasets of any size, the same for the same seed, made without reading rows.

Most events fall on a few busy days and into one city, as in the real data.
Some have no place, two places, bounds wider than their times, or last over
days; places are shared by two events each, some have no position.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.dataset import Dataset, load
from geo.frames import CRS
from geo.timeline import (
    ALMATY,
    MINUTES_A_DAY,
    Minutes,
    minute_of,
    parse_moment,
    span_of,
)
from geo.vocab import (
    GROUP_OF,
    Attribution,
    Confidence,
    Corroboration,
    Kind,
    PlaceKind,
    PlacePrecision,
    Scope,
    TimeBasis,
    TimePrecision,
)

SEED = 20220105
FIRST = parse_moment("2022-01-02T00:00")
DAYS = 26
# (lon, lat) of the middle of the city, and how far events lie from it.
CITY, SPREAD = (76.93, 43.245), (0.05, 0.03)
SOURCES = 40

Chance = np.random.Generator
Objects = npt.NDArray[np.object_]


def generated(events: int, *, seed: int = SEED) -> Dataset:
    """Make a dataset of some events, with half as many places."""
    chance = np.random.default_rng(seed)
    shipped = load()
    places = _places(chance, max(1, events // 2))
    frame = _events(chance, events, places)
    evidence = {
        "event": frame.index,
        "source": [sources[0] for sources in frame["sources"]],
        "adds": _some(chance, ["", "It names the street."], events),
    }
    return replace(
        shipped,
        events=frame,
        places=places,
        routes=shipped.routes.iloc[:0],
        legs=shipped.legs.iloc[:0],
        evidence=pd.DataFrame(evidence),
        claims=shipped.claims.iloc[:0],
        sources=MappingProxyType(dict(map(_source, range(SOURCES)))),
        chapters=(),
        home=None,
        span=span_of(frame["earliest_min"], frame["latest_min"]),
    )


def _source(number: int) -> tuple[str, dict[str, str]]:
    name = f"source-{number}"
    return name, {"id": name, "type": "webpage", "title": f"[Report {number}]"}


def _places(chance: Chance, n: int) -> gpd.GeoDataFrame:
    """Scatter places: a quarter of them over the country, some nowhere."""
    lon, lat = (chance.normal(*axis, n) for axis in zip(CITY, SPREAD, strict=True))
    is_far, is_nowhere = chance.random(n) < 0.25, chance.random(n) < 0.02
    points = shapely.points(
        np.where(is_far, chance.uniform(50, 85, n), lon).round(6),
        np.where(is_far, chance.uniform(42, 54, n), lat).round(6),
    )
    points[is_nowhere] = None
    names = [f"Place {number}" for number in range(n)]
    columns = {
        "id": [f"place-{number}" for number in range(n)],
        "name_en": names,
        "name_ru": [f"Место {number}" for number in range(n)],
        "name_kk": [f"Орын {number}" for number in range(n)],
        "kind": PlaceKind.AREA.value,
        "precision": PlacePrecision.VICINITY.value,
        "radius_m": np.where(is_nowhere, np.nan, chance.integers(3, 60, n) * 10.0),
        "confidence": Confidence.MEDIUM.value,
        "note": np.where(is_nowhere, "Nobody says where.", ""),
        "street": "",
        "marked": ~is_nowhere,
    }
    shapes = gpd.GeoSeries(points, crs=CRS)
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=shapes).set_index("id")


def _events(chance: Chance, n: int, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    precision = chance.choice(4, n, p=[0.3, 0.4, 0.15, 0.15])
    minutes = _times(chance, precision)
    kinds = chance.integers(0, len(Kind), n)
    lists, points = _places_of(chance, n, places)
    columns = {
        "id": [f"row-{number}" for number in range(2, n + 2)],
        "title": [f"Event {number}" for number in range(n)],
        "summary": _some(chance, SUMMARIES, n),
        "kind": _words(Kind)[kinds],
        **{name[:-4]: _moments(column) for name, column in minutes.items()},
        "time_precision": _words(TimePrecision)[precision],
        "time_basis": _some(chance, _words(TimeBasis), n),
        "places": lists,
        "route": "",
        "attribution": _some(chance, _words(Attribution), n),
        "corroboration": _some(chance, _words(Corroboration), n),
        "actors": _some(chance, [(), ("police",), ("police", "protesters")], n),
        "article_locator": _some(chance, [(), ("S1p3",)], n),
        "sources": _some(chance, [(f"source-{i}",) for i in range(SOURCES)], n),
        "contradictions": _some(chance, [(), (), (), ("16:30", "17:00")], n),
        "note": _some(chance, ["", "", "", "A note."], n),
        **minutes,
        "group": _words(GROUP_OF.values())[kinds],
        "scope": np.where(
            pd.isna(points), Scope.UNKNOWN.value, Scope.MAPPED.value
        ).astype(object),
    }
    frame, shapes = pd.DataFrame(columns), gpd.GeoSeries(points, crs=CRS)
    return gpd.GeoDataFrame(frame, geometry=shapes).set_index("id")


SUMMARIES = [
    "People stood on the square.",
    "A fire was seen from afar.",
    "Shots were heard near the avenue; nobody says whose.",
    "The network went down for some hours.",
]


def _times(chance: Chance, precision: npt.NDArray[np.int64]) -> dict[str, Minutes]:
    """Draw times as exact as their precision says: instants, hours, days."""
    n = len(precision)
    first = minute_of(FIRST)
    day = np.clip(chance.gamma(4.0, 1.1, n), 0, DAYS - 3).astype(np.int64)
    at = chance.integers(0, MINUTES_A_DAY, n)
    step = np.array([1, 15, 360, MINUTES_A_DAY])[precision]
    start = first + day * MINUTES_A_DAY + at // step * step
    lasts = np.array([0, 60, 360, MINUTES_A_DAY])[precision]
    lasts = np.where(chance.random(n) < 0.05, lasts * 2 + 30, lasts)
    slack = np.where(chance.random(n) < 0.2, chance.integers(0, 600, n), 0)
    return {
        "start_min": start,
        "end_min": start + lasts,
        "earliest_min": start - slack,
        "latest_min": start + lasts + slack // 2,
    }


def _places_of(
    chance: Chance, n: int, places: gpd.GeoDataFrame
) -> tuple[Objects, Objects]:
    """Give each event a place, a few two or none, and the points of these."""
    ids, shapes = places.index.to_numpy(), places.geometry.to_numpy()
    first, second = chance.integers(0, len(ids), (2, n))
    how_many = chance.choice(3, n, p=[0.02, 0.96, 0.02])
    pairs = [
        (ids[one], ids[other])[:count]
        for one, other, count in zip(first, second, how_many, strict=True)
    ]
    points = shapes[first].copy()
    points[how_many == 0] = None
    both = (how_many == 2) & ~pd.isna(shapes[first]) & ~pd.isna(shapes[second])
    points[both] = shapely.union(shapes[first[both]], shapes[second[both]])
    lost = (how_many == 2) & pd.isna(shapes[first])
    points[lost] = shapes[second[lost]]
    return _objects(pairs), points


def _moments(minutes: Minutes) -> pd.Series[Any]:
    """Give minutes on Almaty's wall clock as moments."""
    wall = pd.DatetimeIndex((minutes * 60_000_000).view("datetime64[us]"))
    return pd.Series(wall.tz_localize(ALMATY))


def _words(members: Iterable[StrEnum]) -> Objects:
    return _objects([each.value for each in members])


def _some(chance: Chance, values: Sequence[Any] | Objects, n: int) -> Objects:
    return _objects(values)[chance.integers(0, len(values), n)]


def _objects(values: Sequence[Any] | Objects) -> Objects:
    """Make an array of objects, whatever they are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
