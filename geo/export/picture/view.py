"""Which part of the world a picture shows, in Web Mercator as on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.export.picture.scene import Box, Point

LonLat = tuple[float, float]
"""WGS84 degrees."""

_TILE_PX = 256
_EARTH_M = 40_075_016.686
"""Round the equator of WGS84."""
_CLOSEST = 15.2
_MARGIN = 60.0


@dataclass(frozen=True)
class View:
    """A centre and a zoom, as in ``window.timemap.state().view``."""

    lat: float
    lon: float
    zoom: float
    """As Leaflet counts: the world is 256 · 2^zoom units wide."""


@dataclass(frozen=True)
class Projection:
    """Puts a view into a frame on the page, the view's centre in the middle."""

    view: View
    frame: Box
    scale: float = 1.0
    """Units of the page a pixel of the screen; smaller draws everything finer."""

    @property
    def world(self) -> float:
        """How wide the whole world is, in the page's units."""
        return _TILE_PX * 2**self.view.zoom * self.scale

    def point(self, lon: float, lat: float) -> Point:
        """Give a position on the page."""
        x0, y0 = _mercator(self.view.lon, self.view.lat)
        x, y = _mercator(lon, lat)
        across, down = self.frame.centre
        return across + (x - x0) * self.world, down + (y - y0) * self.world

    def line(self, points: Sequence[LonLat]) -> tuple[Point, ...]:
        """Give positions on the page."""
        return tuple(self.point(lon, lat) for lon, lat in points)

    def length(self, metres: float, lat: float | None = None) -> float:
        """Give how long some metres are on the page, at a latitude.

        By default at the middle of the view.
        """
        at = math.radians(self.view.lat if lat is None else lat)
        return metres / (_EARTH_M * math.cos(at)) * self.world


def fitted(
    points: Sequence[LonLat],
    frame: Box,
    *,
    scale: float = 1.0,
    closest: float = _CLOSEST,
    margin: float = _MARGIN,
) -> View:
    """Find the view that holds all points with a margin, not too close.

    Parameters
    ----------
    points
        (lon, lat), at least one.
    scale
        As a `Projection` has it.
    closest
        The zoom beyond which nothing is enlarged.
    margin
        Kept free on all sides, in pixels of the screen.
    """
    corners = [_mercator(lon, lat) for lon, lat in points]
    xs, ys = zip(*corners, strict=True)
    room = (frame.width - 2 * margin * scale, frame.height - 2 * margin * scale)
    spans = (max(xs) - min(xs), max(ys) - min(ys))
    sizes = [
        side / (span * _TILE_PX * scale)
        for side, span in zip(room, spans, strict=True)
        if span > 0
    ]
    zoom = min([closest, *map(math.log2, sizes)])
    lon, lat = _degrees((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return View(lat, lon, zoom)


def _mercator(lon: float, lat: float) -> Point:
    """Put a position on a world of size one; y runs down from the north."""
    sine = math.sin(math.radians(lat))
    return lon / 360 + 0.5, 0.5 - math.atanh(sine) / (2 * math.pi)


def _degrees(x: float, y: float) -> LonLat:
    """Give (lon, lat) of a point on the world of size one."""
    lat = math.degrees(math.asin(math.tanh((0.5 - y) * 2 * math.pi)))
    return (x - 0.5) * 360, lat
