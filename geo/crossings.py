"""Find where two streets cross: split the name, then meet the lines.

Holds the ways people write a crossing in three languages, and the geometry.
Which streets the two halves are, `geo.geocode` finds out.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyproj import Geod
from shapely import LineString, Point, affinity, get_parts, shortest_line

_WGS84 = Geod(ellps="WGS84")

REACH_M = 60.0
"""Two street lines that come this near each other are taken to meet."""

# A street's line is a mean of its carriageways about every 350 m. Of 345
# crossings known from OpenStreetMap (October 2024) 98 in 100 lie within 100 m
# of the point worked out here, half of them within 6 m; the rest are streets
# that meet at a flat angle or bend sharply.
_OFFSET_M = 40.0
_SMALLEST_RADIUS_M = 100.0
_SAME_CROSSING_M = 150.0

_OPENING = (
    r"corner|intersection|crossing|junction"
    r"|(на\s+)?(углу|угол)|(на\s+)?пересечени[ие]|(на\s+)?пер[её]кр[её]ст(ок|ке)"
)
_FRAMES = (
    re.compile(
        rf"^(the\s+|at\s+|at\s+the\s+)?({_OPENING})\s+(of\s+|улиц\s+)?", re.IGNORECASE
    ),
    re.compile(r"\s+(қиылысы|бұрышы|қиылыс|бұрыш)\w*$", re.IGNORECASE),
    re.compile(r"\s+(corner|intersection|crossing|junction)$", re.IGNORECASE),
)
# "х" is the Cyrillic letter, which people type for a multiplication sign.
_SIGNS = re.compile(r"\s+(?:[xх]|уг\.?)\s+|\s*[×/\\&+|;–—]\s*|\s+-\s+", re.IGNORECASE)
_WORDS = re.compile(
    r"\s+(?:and|und|at|и|с|угол|мен|бен|пен|және)\s+|\s*,\s*|-", re.IGNORECASE
)


@dataclass(frozen=True)
class Halves:
    """A name that may mean a crossing, split in two."""

    first: str
    second: str
    is_plain: bool
    """Whether the name says "crossing" outright, by a sign or a word."""


@dataclass(frozen=True)
class Meeting:
    """A point where two streets meet, or nearly do."""

    lon: float
    lat: float
    radius_m: float
    """How far the true crossing may lie away."""
    gap_m: float
    """How far the two lines lie apart there; 0 where they cross."""


def halves(name: str) -> Iterator[Halves]:
    """Split a name at each place where two streets may part.

    Examples
    --------
    >>> [(each.first, each.second) for each in halves("угол Абая и Сейфуллина")]
    [('Абая', 'Сейфуллина')]
    >>> [each.second for each in halves("Abay x al-Farabi")]
    ['al-Farabi', 'Farabi']
    """
    bare, has_frame = _without_frame(name)
    for pattern in (_SIGNS, _WORDS):
        for cut in pattern.finditer(bare):
            first, second = bare[: cut.start()].strip(), bare[cut.end() :].strip()
            if first and second:
                yield Halves(first, second, has_frame or pattern is _SIGNS)


def _without_frame(name: str) -> tuple[str, bool]:
    """Take off "corner of …" and "… қиылысы"; tell whether one was there."""
    bare = name.strip()
    for frame in _FRAMES:
        bare = frame.sub("", bare)
    return bare, bare != name.strip()


def meetings(first: LineString, second: LineString) -> tuple[Meeting, ...]:
    """Where two street lines cross, or come within reach of each other.

    Parameters
    ----------
    first, second
        (lon, lat), WGS84 degrees.

    Returns
    -------
    meetings
        None, one, or several where streets meet more than once; those within
        150 m of each other count as one.
    """
    stretch = math.cos(math.radians(first.centroid.y))
    a, b = (_stretched(line, stretch) for line in (first, second))
    found: list[Meeting] = []
    for point, gap_m in _touches(a, b, stretch):
        lon, lat = point.x / stretch, point.y
        if all(
            _distance_m(lon, lat, each.lon, each.lat) > _SAME_CROSSING_M
            for each in found
        ):
            found.append(Meeting(lon, lat, _radius_m(a, b, point, gap_m), gap_m))
    return tuple(found)


def gap_m(first: LineString, second: LineString) -> float:
    """Geodesic distance in metres between the nearest points of two lines."""
    stretch = math.cos(math.radians(first.centroid.y))
    bridge = shortest_line(_stretched(first, stretch), _stretched(second, stretch))
    (ax, ay), (bx, by) = bridge.coords
    return _distance_m(ax / stretch, ay, bx / stretch, by)


def _touches(
    a: LineString, b: LineString, stretch: float
) -> Iterator[tuple[Point, float]]:
    """Give common points of two lines, or the middle of the gap between them."""
    common = a.intersection(b)
    if not common.is_empty:
        for part in get_parts(common):
            yield part.centroid, 0.0
        return
    bridge = shortest_line(a, b)
    (ax, ay), (bx, by) = bridge.coords
    gap = _distance_m(ax / stretch, ay, bx / stretch, by)
    if gap <= REACH_M:
        yield bridge.interpolate(0.5, normalized=True), gap


def _radius_m(a: LineString, b: LineString, point: Point, gap: float) -> float:
    """How far off the crossing may be: the flatter the angle, the farther."""
    sine = abs(math.sin(_bearing(a, point) - _bearing(b, point)))
    radius = gap / 2 + _OFFSET_M / max(sine, 0.1)
    return float(max(_SMALLEST_RADIUS_M, math.ceil(radius / 10) * 10))


def _bearing(line: LineString, near: Point) -> float:
    """Direction of the stretch of a line nearest to a point, radians."""
    coords = list(line.coords)
    segments = [LineString(pair) for pair in pairwise(coords)]
    nearest = min(segments, key=near.distance)
    (ax, ay), (bx, by) = nearest.coords
    return math.atan2(by - ay, bx - ax)


def _stretched(line: LineString, stretch: float) -> LineString:
    """Degrees of longitude made as long as degrees of latitude."""
    return affinity.scale(line, xfact=stretch, yfact=1.0, origin=(0, 0))


def _distance_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Geodesic distance on WGS84 in metres."""
    return float(_WGS84.inv(lon1, lat1, lon2, lat2)[2])
