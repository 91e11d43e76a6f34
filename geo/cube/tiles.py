"""Cells of the map: rows and columns of Web Mercator tiles, in integers.

Degrees are rounded to millionths once (6 cm at most), and all that follows
compares and divides integers: no tangent and no logarithm of some
machine's library decides on which side of an edge an event falls. A point on
an edge belongs to the cell south or east of it, as x and y grow that way;
longitude 180 stays in the last column. Web Mercator ends at 85.05 degrees:
what is nearer to a pole stays in the row at the map's edge.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

FINEST = 16
"""Zoom of the cells that are counted; 2**16 rows and columns, some 600 m."""
ZOOMS = tuple(range(4, FINEST + 1, 2))
"""The levels of the pyramid, coarsest first."""
COARSEST = ZOOMS[0]

_PER_DEGREE = 1_000_000
_ROUND = 360 * _PER_DEGREE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# A cell, an hour and a kind in one number, in the order of the rows of a level:
# hour from 1912, then 16 bits of y, 16 of x, 5 of the kind.
_KIND_BITS, _AXIS_BITS = 5, FINEST
_X_AT = _KIND_BITS
_Y_AT = _X_AT + _AXIS_BITS
_HOUR_AT = _Y_AT + _AXIS_BITS
_FIRST_HOUR = -500_000
_AXIS_MASK, _KIND_MASK = (1 << _AXIS_BITS) - 1, (1 << _KIND_BITS) - 1


def columns(lon: Floats) -> Ints:
    """Give x at the finest zoom for longitudes in degrees, -180 to 180."""
    east = np.rint(lon * _PER_DEGREE).astype(np.int64) + _ROUND // 2
    last = (1 << FINEST) - 1
    return np.asarray(np.minimum((east << FINEST) // _ROUND, last), dtype=np.int64)


def rows(lat: Floats) -> Ints:
    """Give y at the finest zoom for latitudes in degrees, -90 to 90."""
    edges = edges_south_to_north()
    north = np.rint(lat * _PER_DEGREE).astype(np.int64)
    return len(edges) - np.searchsorted(edges, north, side="left").astype(np.int64)


@cache
def edges_south_to_north() -> Ints:
    """Give the edges between rows, in millionths of a degree.

    Of each edge the greatest integer that is not north of it. No edge but the
    equator lies so near to an integer that a library's last digit could change
    it; the tests hold the table against fifty digits.
    """
    half = 1 << (FINEST - 1)
    north = [
        math.degrees(math.atan(math.sinh(math.pi * step / half))) * _PER_DEGREE
        for step in range(1, half)
    ]
    floors = np.floor(north).astype(np.int64)
    return np.concatenate([-floors[::-1] - 1, [0], floors])


def packed(hour: Ints, y: Ints, x: Ints, kind: Ints) -> Ints:
    """Put hour, cell and kind into one number that sorts as they do."""
    return (hour - _FIRST_HOUR) << _HOUR_AT | y << _Y_AT | x << _X_AT | kind


def unpacked(keys: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Give hour, y, x and kind again."""
    return (
        (keys >> _HOUR_AT) + _FIRST_HOUR,
        keys >> _Y_AT & _AXIS_MASK,
        keys >> _X_AT & _AXIS_MASK,
        keys & _KIND_MASK,
    )


def coarser(keys: Ints, steps: int) -> Ints:
    """Move keys to the cells of a zoom that is less by some steps; unsorted."""
    hour, y, x, kind = unpacked(keys)
    return packed(hour, y >> steps, x >> steps, kind)
