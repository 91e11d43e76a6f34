import math
import struct

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.cube import positions
from geo.cube.columns import FINE, reason_of
from geo.cube.faults import Reason
from geo.cube.positions import Positions
from geo.ingest.positions import reader_of
from tests.geo.cube.given import point

Found = tuple[float, float] | Reason


def first(found: Positions) -> Found:
    code = int(found.codes[0])
    if code != FINE:
        return reason_of(code)
    return float(found.lat[0]), float(found.lon[0])


def text(lat: str, lon: str, *, comma: bool = False) -> Found:
    cells = (pa.array([each], pa.string()) for each in (lat, lon))
    return first(positions.from_text(*cells, comma=comma))


def wkb(cell: bytes | None) -> Found:
    return first(positions.from_wkb(pa.array([cell], pa.binary())))


def text_of_one(lat: str, lon: str, *, comma: bool) -> Found:
    """The same, as the reader of single files does it."""
    try:
        found = reader_of(";" if comma else ",")((lat, lon))
    except ValueError as error:
        return Reason.OFF_MAP if "on no map" in str(error) else Reason.BAD_POSITION
    return Reason.NO_POSITION if found is None else (found.lat, found.lon)


numbers = st.from_regex(
    r"[+-]?[0-9]{1,4}([.,][0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
) | st.text("0123456789+-.,eE nainf", max_size=6)


@given(numbers, numbers, st.booleans())
@example("90", "-180", False)
@example("90.0000000000001", "180", False)
@example("1e999", "1", False)
@example("43,5", "76,9", True)
@example("43,5", "76,9", False)
@example("nan", "inf", False)
@example("+0043.2382", ".5", False)
@example("", "76.9", False)
@example(" ", "", False)
def test_degrees_are_read_as_in_a_single_file(lat: str, lon: str, comma: bool) -> None:
    assert text(lat, lon, comma=comma) == text_of_one(lat, lon, comma=comma)


def test_the_mark_against_formulas_is_taken_off() -> None:
    assert text("'-43.5", "'+76.5") == (-43.5, 76.5)


@pytest.mark.parametrize(
    "cell",
    [
        struct.pack("<BIdd", 1, 1, 76.5, 43.5),
        struct.pack(">BIdd", 0, 1, 76.5, 43.5),
        struct.pack("<BIddd", 1, 1001, 76.5, 43.5, 900.0),
        struct.pack("<BIddd", 1, 2001, 76.5, 43.5, 900.0),
        struct.pack("<BIddd", 1, 0x80000001, 76.5, 43.5, 900.0),
        struct.pack(">BIdddd", 0, 3001, 76.5, 43.5, 900.0, 1.0),
    ],
)
def test_points_of_every_dimension_and_order_of_bytes(cell: bytes) -> None:
    assert wkb(cell) == (43.5, 76.5)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, Reason.NO_POSITION),
        (point(math.nan, math.nan), Reason.NO_POSITION),
        (point(math.nan, 43.0), Reason.BAD_POSITION),
        (point(math.inf, 43.0), Reason.OFF_MAP),
        (point(43.0, 90.5), Reason.OFF_MAP),
        (point(180.5, 43.0), Reason.OFF_MAP),
        (b"", Reason.NOT_A_POINT),
        (point(76.5, 43.5)[:-1], Reason.NOT_A_POINT),
        (point(76.5, 43.5) + b"\0", Reason.NOT_A_POINT),
        (struct.pack("<BIdd", 1, 2, 76.5, 43.5), Reason.NOT_A_POINT),
        (struct.pack("<BIdd", 2, 1, 76.5, 43.5), Reason.NOT_A_POINT),
    ],
)
def test_what_is_no_point_on_the_map(cell: bytes | None, reason: Reason) -> None:
    assert wkb(cell) is reason


def test_a_slice_of_a_column_is_read_where_it_begins() -> None:
    cells = pa.array([None, point(1, 2), b"x", point(3, 4)], pa.binary())
    found = positions.from_wkb(cells[2:])
    assert found.lat.tolist() == [0.0, 4.0]
