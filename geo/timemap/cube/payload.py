"""What the map's script needs of a cube."""

from collections.abc import Mapping
from math import atan, degrees, pi, sinh
from typing import Any, TypedDict

import numpy as np

from geo.dataset import Dataset
from geo.texts import Texts
from geo.timeline import MINUTES_A_DAY
from geo.timemap.base import LatLon, base_of
from geo.timemap.cube.reading import Cube, Level
from geo.timemap.large.messages import large_messages
from geo.timemap.large.packing import Bundle, bundle, narrow
from geo.timemap.messages import messages_of
from geo.timemap.payload import Common, busiest_window, days_of, groups_of, opening_of
from geo.vocab import GROUP_OF, Attribution, Kind, KindGroup

MINUTES_AN_HOUR = 60


class PackedLevel(TypedDict):
    """Counts at one zoom; ``hour`` as differences to the row before."""

    zoom: int
    rows: Bundle


class PackedCube(TypedDict):
    """Everything that is counted."""

    total: int
    first: int
    """The first hour since 1970-01-01T00 on Almaty's wall clock."""
    hours: int
    levels: list[PackedLevel]


class CubePayload(Common):
    """Everything the script is given."""

    cube: PackedCube


def cube_payload_of(
    cube: Cube, ground: Dataset, texts: Texts, state: Mapping[str, Any]
) -> CubePayload:
    """Gather what the script needs.

    Parameters
    ----------
    ground
        Whose streets and towns lie beneath.
    """
    span = span_minutes(cube)
    bounds = bounds_of(cube.levels[-1])
    packed = PackedCube(
        total=cube.total,
        first=cube.first_hour,
        hours=cube.hours,
        levels=[_packed(level) for level in cube.levels],
    )
    return CubePayload(
        lang=texts.language,
        home=None,
        span=span,
        opening=opening_of(_busiest(cube, span), span, state),
        bounds={"city": bounds, "country": bounds},
        groups=groups_of(texts),
        groupOf=[list(KindGroup).index(GROUP_OF[kind]) for kind in Kind],
        kinds=[kind.value for kind in Kind],
        attributions=[by.value for by in Attribution],
        routes=[],
        base=base_of(ground, texts),
        days=days_of(*span, texts),
        messages=messages_of(texts) | large_messages(texts, is_file=True),
        tiles=None,
        cube=packed,
    )


def span_minutes(cube: Cube) -> tuple[int, int]:
    """Give the whole days that hold all hours, in minutes."""
    first = cube.first_hour * MINUTES_AN_HOUR
    last = first + cube.hours * MINUTES_AN_HOUR
    return (
        first // MINUTES_A_DAY * MINUTES_A_DAY,
        -(-last // MINUTES_A_DAY) * MINUTES_A_DAY,
    )


def _busiest(cube: Cube, span: tuple[int, int]) -> tuple[int, int]:
    """Give the days in a row with most events; in minutes."""
    level = cube.levels[0]
    days = (cube.first_hour + level.hour.astype(np.int64)) // 24
    first = span[0] // MINUTES_A_DAY
    a_day = np.bincount(days - first, weights=level.count)
    return busiest_window(first, a_day, span[1])


def _packed(level: Level) -> PackedLevel:
    hours = level.hour.astype(np.int64)
    columns = {
        "hour": narrow(np.diff(hours, prepend=0)),
        "x": narrow(level.x),
        "y": narrow(level.y),
        "kind": narrow(level.kind),
        "count": narrow(level.count),
    }
    return PackedLevel(zoom=level.zoom, rows=bundle(columns))


def bounds_of(level: Level) -> tuple[LatLon, LatLon]:
    """South-west and north-east corners, (lat, lon), of all cells of a level."""
    west, east = int(level.x.min()), int(level.x.max()) + 1
    north, south = int(level.y.min()), int(level.y.max()) + 1
    return (
        (_latitude(south, level.zoom), _longitude(west, level.zoom)),
        (_latitude(north, level.zoom), _longitude(east, level.zoom)),
    )


def _longitude(x: int, zoom: int) -> float:
    return 360 * x / 2.0**zoom - 180


def _latitude(y: int, zoom: int) -> float:
    """Give the latitude of a tile's northern edge: inverse Web Mercator."""
    north = pi * (1 - 2 * y / 2.0**zoom)
    return degrees(atan(sinh(north)))
