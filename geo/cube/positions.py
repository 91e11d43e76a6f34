"""Where each row is, from text or from points of GeoParquet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.cube.columns import FINE, Codes, cleaned, code_of, mask_of
from geo.cube.faults import Reason

_POINT = r"^[+-]?[0-9]{1,15}(?:\.[0-9]{1,40})?$"
_COMMA = r"^[+-]?[0-9]{1,15}(?:[.,][0-9]{1,40})?$"
_POWER = r"^[+-]?[0-9]{1,15}(?:\.[0-9]{1,40})?[eE][+-]?[0-9]{1,3}$"

# Well-known binary: byte order, type, then two, three or four doubles. ISO adds
# 1000 a dimension to the type, EWKB sets high bits; SRIDs, which EWKB may put
# in between, are no part of GeoParquet.
_HEAD, _DOUBLE = 5, 8
_POINT_TYPES = {
    2: (1,),
    3: (1001, 2001, 0x8000_0001, 0x4000_0001),
    4: (3001, 0xC000_0001),
}

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Positions:
    """One item a row; WGS84 degrees, 0 where a row is set aside."""

    lat: Floats
    lon: Floats
    codes: Codes


def from_text(lat: pa.Array, lon: pa.Array, *, comma: bool) -> Positions:
    """Read columns of degrees, as `geo.ingest.positions` reads one.

    Parameters
    ----------
    comma
        Whether decimals may follow a comma.
    """
    lat, lon = cleaned(lat), cleaned(lon)
    is_empty = mask_of(pc.equal(lat, "")) & mask_of(pc.equal(lon, ""))
    return _checked(_degrees(lat, comma=comma), _degrees(lon, comma=comma), is_empty)


def from_wkb(cells: pa.Array) -> Positions:
    """Read a column of points in well-known binary, longitude first."""
    is_null = mask_of(cells.is_null())
    cells = cells.cast(pa.large_binary()).fill_null(b"")
    starts, data = _buffers(cells)
    lengths = np.diff(starts)
    lon, lat = np.full((2, len(cells)), np.nan)
    is_point = np.zeros(len(cells), dtype=bool)
    for doubles, types in _POINT_TYPES.items():
        size = _HEAD + doubles * _DOUBLE
        at = np.flatnonzero(lengths == size)
        points = data[starts[at, None] + np.arange(size)]
        for order, sign in ((1, "<"), (0, ">")):
            is_ours = (points[:, 0] == order) & np.isin(_types(points, sign), types)
            ours = points[is_ours]
            is_point[at[is_ours]] = True
            lon[at[is_ours]] = _doubles(ours, _HEAD, sign)
            lat[at[is_ours]] = _doubles(ours, _HEAD + _DOUBLE, sign)
    is_empty = is_null | (is_point & np.isnan(lon) & np.isnan(lat))
    found = _checked(lat, lon, is_empty)
    codes = found.codes
    codes[~is_point & ~is_null] = code_of(Reason.NOT_A_POINT)
    return found


def _checked(lat: Floats, lon: Floats, is_empty: Mask) -> Positions:
    """Refuse what is no number, and what lies on no map."""
    is_number = ~np.isnan(lat) & ~np.isnan(lon)
    is_on_map = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    codes = np.where(is_on_map, FINE, code_of(Reason.OFF_MAP))
    codes[~is_number] = code_of(Reason.BAD_POSITION)
    codes[is_empty] = code_of(Reason.NO_POSITION)
    is_fine = codes == FINE
    return Positions(np.where(is_fine, lat, 0.0), np.where(is_fine, lon, 0.0), codes)


def _degrees(text: pa.Array, *, comma: bool) -> Floats:
    """Read numbers; not a number where there is none."""
    is_plain = pc.match_substring_regex(text, _COMMA if comma else _POINT)
    plain = pc.utf8_ltrim(pc.if_else(is_plain, text, None), characters="+")
    if comma:
        plain = pc.replace_substring(plain, ",", ".")
    found = plain.cast(pa.float64()).to_numpy(zero_copy_only=False).copy()
    is_power = pc.and_(pc.invert(is_plain), pc.match_substring_regex(text, _POWER))
    for at in np.flatnonzero(mask_of(is_power)):
        found[at] = float(str(text[int(at)]))
    return np.asarray(found, dtype=np.float64)


def _buffers(cells: pa.Array) -> tuple[npt.NDArray[np.int64], Bytes]:
    """Give where each cell begins, and the bytes of all."""
    _, offsets, data = cells.buffers()
    starts = np.frombuffer(offsets, np.int64)[cells.offset :][: len(cells) + 1]
    content = np.empty(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return starts, content


def _types(points: Bytes, sign: str) -> npt.NDArray[np.uint32]:
    """Give the number of each geometry's type."""
    return np.ascontiguousarray(points[:, 1:_HEAD]).view(f"{sign}u4")[:, 0]


def _doubles(points: Bytes, at: int, sign: str) -> Floats:
    """Give one coordinate of each point."""
    column = np.ascontiguousarray(points[:, at : at + _DOUBLE])
    return column.view(f"{sign}f8")[:, 0].astype(np.float64)
