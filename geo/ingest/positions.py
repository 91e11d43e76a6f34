"""Latitude and longitude as other people write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.problems import quoted
from geo.said import said
from geo.vocab import PlacePrecision

_POINT = re.compile(
    r"[+-]?[0-9]{1,15}(?:\.(?P<decimals>[0-9]{1,40}))?(?:[eE][+-]?[0-9]{1,3})?"
)
_COMMA = re.compile(r"[+-]?[0-9]{1,15},(?P<decimals>[0-9]{1,40})")

# Decimals of a degree -> precision and radius in metres. A point is known no
# more exactly than it is written: half a unit of the last decimal, along the
# meridian (111 km a degree).
_EXACTNESS = (
    (PlacePrecision.REGION, 55_000.0),
    (PlacePrecision.CITY, 5_500.0),
    (PlacePrecision.LOCALITY, 550.0),
    (PlacePrecision.VICINITY, 100.0),
)
# Degrees round the places we know, or round the middle of a file, within which
# a position is no surprise.
_MARGIN, _NEAR, _FAR = 1.0, 3.0, 10.0

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the map, WGS84 degrees, and how exactly it is written."""

    lat: float
    lon: float
    precision: PlacePrecision
    radius_m: float


def reader_of(separator: str | None) -> Callable[[tuple[str, str]], Position | None]:
    """Make a reader of latitude and longitude, in this order.

    Parameters
    ----------
    separator
        Of the file; None in JSON. Unless it is a comma, decimals may have one.
    """
    may_have_comma = separator != ","

    def read(pair: tuple[str, str]) -> Position | None:
        lat_text, lon_text = pair[0].strip(), pair[1].strip()
        if not lat_text and not lon_text:
            return None
        if not lat_text or not lon_text:
            raise ValueError(said("only one of latitude and longitude is given"))
        lat, lat_decimals = _degrees(lat_text, comma=may_have_comma)
        lon, lon_decimals = _degrees(lon_text, comma=may_have_comma)
        _check_range(lat, lon)
        precision, radius_m = _EXACTNESS[min(max(lat_decimals, lon_decimals), 3)]
        return Position(lat, lon, precision, radius_m)

    return read


def look_swapped(
    lat: Numbers, lon: Numbers, known_lat: Numbers, known_lon: Numbers
) -> Mask:
    """Tell which positions look as if latitude and longitude were exchanged.

    Where they stand is a surprise, and exchanged they would be none: among the
    places we know, or near the middle of the file.

    Parameters
    ----------
    known_lat, known_lon
        Of the places of the data, degrees.
    """

    def is_known(lats: Numbers, lons: Numbers) -> Mask:
        if not known_lat.size:
            return np.zeros(len(lats), dtype=bool)
        return _within(lats, known_lat) & _within(lons, known_lon)

    middle = np.median(lat), np.median(lon)

    def distance(lats: Numbers, lons: Numbers) -> Any:  # noqa: ANN401 - numpy's own
        return np.maximum(np.abs(lats - middle[0]), np.abs(lons - middle[1]))

    among_known = is_known(lon, lat) & ~is_known(lat, lon)
    among_others = (distance(lat, lon) > _FAR) & (distance(lon, lat) < _NEAR)
    return np.asarray(among_known | among_others, dtype=bool)


def _within(values: Numbers, known: Numbers) -> Mask:
    """Tell which values lie between the known ones, with a margin."""
    low, high = known.min() - _MARGIN, known.max() + _MARGIN
    return np.asarray((low <= values) & (values <= high), dtype=bool)


def _degrees(text: str, *, comma: bool) -> tuple[float, int]:
    """Read a number of degrees; give its decimals too."""
    match = _POINT.fullmatch(text) or (_COMMA.fullmatch(text) if comma else None)
    if match is None:
        raise ValueError(
            said(
                "{value} is not a number of degrees, such as 43.2382",
                value=quoted(text),
            )
        )
    return float(text.replace(",", ".")), len(match["decimals"] or "")


def _check_range(lat: float, lon: float) -> None:
    """Refuse what lies on no map."""
    if -90 <= lat <= 90 and -180 <= lon <= 180:
        return
    degrees = {"lat": f"{lat:.15g}", "lon": f"{lon:.15g}"}
    if -90 <= lon <= 90 and -180 <= lat <= 180:
        raise ValueError(
            said(
                "latitude {lat}, longitude {lon} lies on no map:"
                " are latitude and longitude swapped?",
                **degrees,
            )
        )
    raise ValueError(said("latitude {lat}, longitude {lon} lies on no map", **degrees))
