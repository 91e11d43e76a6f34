"""What the map's script needs of a dataset: columns, lines and messages.

Holds no words about single events: those stand in the page itself, written
by `geo.timemap.views`. Times are whole minutes on Almaty's wall clock, points
(lat, lon) in WGS84 degrees as Leaflet wants them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, NotRequired, TypedDict

import numpy as np

from geo.dataset import Dataset
from geo.palette import GLYPHS
from geo.routes import Leg, Route, routes_of
from geo.texts import Texts, short_name
from geo.timeline import minute_of
from geo.timemap.base import LatLon, base_of, latlons
from geo.timemap.chapters import Step
from geo.timemap.messages import messages_of
from geo.timemap.tiles import TileSource
from geo.timemap.words import PackedWords, other_words
from geo.vocab import (
    GROUP_OF,
    Attribution,
    Direction,
    Kind,
    KindGroup,
    Sketch,
    TimePrecision,
)

DAY_MIN = 1440
OPENING_DAYS = 3

# The corners of the country, for data that names no place at all.
KAZAKHSTAN: tuple[LatLon, ...] = ((40.6, 46.5), (55.4, 87.3))

COARSE = frozenset({TimePrecision.PART_OF_DAY.value, TimePrecision.DAY.value})


class Events(TypedDict):
    """Columns of equal length, in the order of the dataset."""

    ids: list[str]
    start: list[int]
    end: list[int]
    earliest: list[int]
    latest: list[int]
    coarse: list[int]
    kind: list[int]
    by: list[int]
    route: list[str]
    """Ids of routes; "" for none."""
    sites: list[list[int]]


class Site(TypedDict):
    """One spot on the map: all marked places that share a coordinate."""

    lat: float
    lon: float
    radius_m: int
    style: str
    name: str
    places: list[str]
    street: NotRequired[list[LatLon]]
    """Only of a place that is a whole street."""


class Common(TypedDict):
    """What the script is given of any dataset, small or large."""

    lang: str
    home: str | None
    span: tuple[int, int]
    opening: dict[str, Any]
    bounds: dict[str, tuple[LatLon, LatLon]]
    groups: list[dict[str, Any]]
    groupOf: list[int]
    kinds: list[str]
    attributions: list[str]
    routes: list[dict[str, Any]]
    base: dict[str, list[dict[str, Any]]]
    days: dict[str, Any]
    messages: dict[str, Any]
    tiles: dict[str, Any] | None
    chapters: NotRequired[list[Step]]
    """Only of a page that tells the story."""


class Payload(Common):
    """Everything the script is given of a small dataset."""

    events: Events
    sites: list[Site]
    words: PackedWords | None


def payload_of(
    dataset: Dataset,
    texts: Texts,
    state: Mapping[str, Any],
    tiles: TileSource | None = None,
) -> Payload:
    """Gather what the script needs.

    Parameters
    ----------
    state
        The first state, in the terms of ``window.timemap.state()``; what it
        lacks is filled from the data.
    """
    sites, site_of = sites_of(dataset, texts)
    marks = np.array([(site["lat"], site["lon"]) for site in sites])
    bounds = bounds_of(dataset, marks)
    return Payload(
        **common_of(dataset, texts, state, tiles, bounds),
        events=_events(dataset, site_of, texts),
        sites=sites,
        words=other_words(dataset, texts),
    )


def common_of(
    dataset: Dataset,
    texts: Texts,
    state: Mapping[str, Any],
    tiles: TileSource | None,
    bounds: dict[str, tuple[LatLon, LatLon]],
) -> Common:
    """Gather what the script needs of any dataset."""
    low, high = dataset.span.minutes
    return Common(
        lang=texts.language,
        home=texts.field(dataset.places.loc[dataset.home], "name")
        if dataset.home
        else None,
        span=(low, high),
        opening=opening_of(opening_window(dataset), (low, high), state),
        bounds=bounds,
        groups=groups_of(texts),
        groupOf=[list(KindGroup).index(GROUP_OF[kind]) for kind in Kind],
        kinds=[kind.value for kind in Kind],
        attributions=[by.value for by in Attribution],
        routes=[_route(dataset, texts, route) for route in routes_of(dataset).values()],
        base=base_of(dataset, texts),
        days=days_of(low, high, texts),
        messages=messages_of(texts),
        tiles=asdict(tiles) if tiles else None,
    )


def sites_of(dataset: Dataset, texts: Texts) -> tuple[list[Site], dict[str, int]]:
    """Spots to mark, and for each marked place of an event the index of its spot."""
    sites: list[Site] = []
    by_point: dict[LatLon, int] = {}
    site_of: dict[str, int] = {}
    used = {place for places in dataset.events["places"] for place in places}
    marked = dataset.places["marked"] & dataset.places.index.isin(used)
    for place_id, place in dataset.places[marked].to_dict("index").items():
        point = (place["geometry"].y, place["geometry"].x)
        if point not in by_point:
            by_point[point] = len(sites)
            sites.append(_site(dataset, texts, place))
        site_of[str(place_id)] = by_point[point]
        sites[by_point[point]]["places"].append(str(place_id))
    return sites, site_of


def opening_of(
    window: tuple[int, int], span: tuple[int, int], state: Mapping[str, Any]
) -> dict[str, Any]:
    """What a page opens with: a window, the time round it, the first state."""
    return {
        "from": window[0],
        "to": window[1],
        "detail": _widened(window, span),
        "state": dict(state),
    }


def opening_window(dataset: Dataset) -> tuple[int, int]:
    """The whole days, three at most, in which most events begin; in minutes."""
    days = dataset.events["start_min"].to_numpy() // DAY_MIN
    first = int(days.min())
    return busiest_window(first, np.bincount(days - first), dataset.span.minutes[1])


def busiest_window(
    first: int, a_day: "np.ndarray[Any, Any]", high: int
) -> tuple[int, int]:
    """The days in a row with most events; in minutes.

    Parameters
    ----------
    first
        The first day, days since 1970.
    a_day
        How many events each day has from then on.
    high
        The first minute after all of time.
    """
    # The first of several that are equal: days after the last hold nothing.
    run = np.convolve(a_day, np.ones(OPENING_DAYS, dtype=np.int64))
    best = first + int(run[OPENING_DAYS - 1 :].argmax())
    return best * DAY_MIN, min((best + OPENING_DAYS) * DAY_MIN, high)


def _widened(window: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
    """A window with a twentieth more on either side, so both handles are seen."""
    margin = (window[1] - window[0]) // 20
    return max(span[0], window[0] - margin), min(span[1], window[1] + margin)


def _site(dataset: Dataset, texts: Texts, place: Mapping[Any, Any]) -> Site:
    """One spot, named after its first place."""
    site = Site(
        lat=place["geometry"].y,
        lon=place["geometry"].x,
        radius_m=round(place["radius_m"]),
        style={"region": "region", "city": "town"}.get(str(place["kind"]), "point"),
        name=short_name(texts.field(place, "name")),
        places=[],
    )
    street = dataset.streets.geometry.get(place["street"]) if place["street"] else None
    if street is not None:
        site["street"] = latlons(street.coords)
    return site


def _events(dataset: Dataset, site_of: Mapping[str, int], texts: Texts) -> Events:
    """The events' columns."""
    frame = dataset.events
    kinds, attributions = [k.value for k in Kind], [a.value for a in Attribution]
    return Events(
        ids=[str(event) for event in frame.index],
        start=frame["start_min"].tolist(),
        end=frame["end_min"].tolist(),
        earliest=frame["earliest_min"].tolist(),
        latest=frame["latest_min"].tolist(),
        coarse=frame["time_precision"].isin(COARSE).astype(int).tolist(),
        kind=[kinds.index(str(kind)) for kind in frame["kind"]],
        by=[attributions.index(str(by)) for by in frame["attribution"]],
        route=[str(route) for route in frame["route"]],
        sites=[
            list(dict.fromkeys(site_of[place] for place in places if place in site_of))
            for places in frame["places"]
        ],
    )


def _route(dataset: Dataset, texts: Texts, route: Route) -> dict[str, Any]:
    """One route with its legs in order; a route without any time is never drawn."""
    low, high = dataset.span.minutes
    drawn = [point for leg in route.legs for point in latlons(leg.line)]
    return {
        "id": route.id,
        "title": texts.field(dict(dataset.routes.loc[route.id]), "title"),
        "start": None if route.start is None else minute_of(route.start),
        "end": None if route.end is None else minute_of(route.end),
        "earliest": low if route.earliest is None else minute_of(route.earliest),
        "latest": high if route.latest is None else minute_of(route.latest),
        "both": route.direction is Direction.BOTH,
        "legs": [_leg(dataset, leg) for leg in route.legs],
        "bounds": _corners(drawn) if drawn else None,
    }


def _leg(dataset: Dataset, leg: Leg) -> dict[str, Any]:
    """A leg as it is to be drawn: a line, a dotted link, an area or nothing."""
    out: dict[str, Any] = {"evidence": leg.evidence.value}
    if leg.sketch is Sketch.LINE:
        out["line"] = latlons(leg.line)
        out["km"] = [round(km, 4) for km in leg.distances_km]
    elif leg.sketch is Sketch.LINK:
        out["link"] = [
            _place_point(dataset, end) for end in (leg.from_place, leg.to_place)
        ]
    elif leg.sketch in (Sketch.AREA, Sketch.POINT):
        lat, lon = _place_point(dataset, leg.from_place)
        radius_m = float(dataset.places.loc[leg.from_place, "radius_m"])
        out["area"] = {"lat": lat, "lon": lon, "radius_m": radius_m}
    return out


def groups_of(texts: Texts) -> list[dict[str, Any]]:
    """The six groups with their shapes and kinds."""
    return [
        {
            "code": group.value,
            "label": texts.label(group),
            "glyph": GLYPHS[group],
            "kinds": [kind.value for kind in Kind if GROUP_OF[kind] is group],
            "kind_words": ", ".join(
                texts.label(kind) for kind in Kind if GROUP_OF[kind] is group
            ),
        }
        for group in KindGroup
    ]


def days_of(low: int, high: int, texts: Texts) -> dict[str, Any]:
    """Every day of the span in words, long and short."""
    first = date(1970, 1, 1) + timedelta(days=low // DAY_MIN)
    days = [first + timedelta(days=i) for i in range((high - low) // DAY_MIN + 1)]
    return {
        "first": low // DAY_MIN,
        "long": [texts.weekday(day) for day in days],
        "short": [texts.short_day(day) for day in days],
    }


def bounds_of(
    dataset: Dataset, marks: "np.ndarray[Any, Any]"
) -> dict[str, tuple[LatLon, LatLon]]:
    """South-west and north-east corners of the drawn routes and of all marks.

    Parameters
    ----------
    marks
        (lat, lon), one row a mark.
    """
    lines = dataset.legs.geometry[dataset.legs["sketch"] == Sketch.LINE]
    drawn = [point for line in lines for point in latlons(line.coords)]
    # Data without a single mark is still data: show where its lines or places are.
    if len(marks):
        (south, west), (north, east) = marks.min(axis=0), marks.max(axis=0)
        country = (float(south), float(west)), (float(north), float(east))
    else:
        located = dataset.places.geometry[dataset.places.geometry.notna()]
        anywhere = [(point.y, point.x) for point in located]
        country = _corners(drawn or anywhere or KAZAKHSTAN)
    return {"city": _corners(drawn) if drawn else country, "country": country}


def _corners(points: Sequence[LatLon]) -> tuple[LatLon, LatLon]:
    lats, lons = zip(*points, strict=True)
    return (min(lats), min(lons)), (max(lats), max(lons))


def _place_point(dataset: Dataset, place_id: str) -> LatLon:
    point = dataset.places.geometry[place_id]
    return (point.y, point.x)
