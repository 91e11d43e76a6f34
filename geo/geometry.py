"""GeoJSON geometries, read strictly: (lon, lat) order, ranges, shapes."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.problems import quoted
from geo.said import said, said_n

# Kazakhstan, generously. Whoever writes (lat, lon) for a place in most of it
# gets a point in the Arctic, which is how exchanged numbers are recognised.
_LON_RANGE, _LAT_RANGE = (46.0, 88.0), (40.0, 56.0)


def read_geometry(value: object, types: Sequence[str]) -> BaseGeometry | None:
    """Read a GeoJSON geometry of one of the given types; null gives None.

    Parameters
    ----------
    value
        A parsed GeoJSON geometry.
    types
        From Point, LineString and Polygon.

    Raises
    ------
    ValueError
        If it is of another type, has the wrong shape, or a coordinate is
        no number, out of range, or evidently in (lat, lon) order.
    """
    if value is None:
        return None
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in types:
        raise ValueError(
            said(
                "{value} is not one of: {choices}",
                value=quoted(kind),
                choices=[*types, "null"],
            )
        )
    coordinates = value.get("coordinates")
    if kind == "Point":
        _check_position(coordinates)
    elif kind == "LineString":
        _check_line(coordinates, at_least=2)
    else:
        _check_polygon(coordinates)
    return shape({"type": kind, "coordinates": coordinates})


def _check_polygon(rings: object) -> None:
    """Refuse rings that are not closed."""
    if not isinstance(rings, list) or not rings:
        raise ValueError(said("a Polygon needs a list of rings"))
    for ring in rings:
        positions = _check_line(ring, at_least=4)
        if positions[0] != positions[-1]:
            raise ValueError(said("a ring does not end where it starts"))


def _check_line(positions: object, *, at_least: int) -> list[object]:
    """Refuse too few positions, or bad ones."""
    if not isinstance(positions, list) or len(positions) < at_least:
        raise ValueError(
            said_n(
                "needs a list of at least {n} position",
                "needs a list of at least {n} positions",
                at_least,
            )
        )
    for position in positions:
        _check_position(position)
    return positions


def _check_position(position: object) -> None:
    """Refuse what is not two numbers on the Earth, longitude first."""
    if not isinstance(position, list) or len(position) != 2:
        raise ValueError(
            said("{value} is not a position [lon, lat]", value=quoted(position))
        )
    lon, lat = position
    for number in (lon, lat):
        if type(number) not in (int, float):
            raise ValueError(
                said(
                    "{value} in {position} is not a number",
                    value=quoted(number),
                    position=quoted(position),
                )
            )
    if not -180 <= lon <= 180:
        raise ValueError(said("longitude {lon} is not in -180 to 180", lon=str(lon)))
    if not -90 <= lat <= 90:
        raise ValueError(
            said(
                "latitude {lat} is not in -90 to 90; expected [lon, lat]", lat=str(lat)
            )
        )
    if _is_in_kazakhstan(lat, lon) and not _is_in_kazakhstan(lon, lat):
        raise ValueError(
            said(
                "{found} looks exchanged: expected [lon, lat], {expected}",
                found=f"[{lon}, {lat}]",
                expected=f"[{lat}, {lon}]",
            )
        )


def _is_in_kazakhstan(lon: float, lat: float) -> bool:
    """Tell whether a position may lie in Kazakhstan."""
    return _within(lon, _LON_RANGE) and _within(lat, _LAT_RANGE)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    """Tell whether a value lies between two others."""
    return bounds[0] <= value <= bounds[1]
