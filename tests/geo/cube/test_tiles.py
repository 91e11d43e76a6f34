import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cube.tiles import (
    FINEST,
    coarser,
    columns,
    edges_south_to_north,
    packed,
    rows,
    unpacked,
)

SIDE = 2**FINEST
UNITS = 10**6


def row(lat: float) -> int:
    return int(rows(np.array([lat]))[0])


def column(lon: float) -> int:
    return int(columns(np.array([lon]))[0])


def plain_row(lat: float) -> float:
    """Give y as the wiki of OpenStreetMap does ("Slippy map tilenames")."""
    radians = math.radians(lat)
    return float((1 - math.asinh(math.tan(radians)) / math.pi) / 2 * SIDE)


@given(st.integers(-85 * UNITS, 85 * UNITS))
def test_rows_are_those_of_the_plain_formula(units: int) -> None:
    lat = units / UNITS
    expected = plain_row(lat)
    # So near to an edge the formula's own last digits decide.
    if abs(expected - round(expected)) > 1e-9:
        assert row(lat) == math.floor(expected)


@given(st.integers(-180 * UNITS, 180 * UNITS - 1))
def test_columns_are_those_of_the_plain_formula(units: int) -> None:
    assert column(units / UNITS) == (units + 180 * UNITS) * SIDE // (360 * UNITS)


@pytest.mark.parametrize("lat", [85.0511, 85.06, 89.9999, 90.0])
def test_what_is_north_of_the_map_stays_in_its_first_row(lat: float) -> None:
    assert row(lat) == 0


@pytest.mark.parametrize("lat", [-85.0511, -85.06, -89.9999, -90.0])
def test_what_is_south_of_the_map_stays_in_its_last_row(lat: float) -> None:
    assert row(lat) == SIDE - 1


@pytest.mark.parametrize(
    ("lon", "expected"),
    [(-180.0, 0), (0.0, SIDE // 2), (-1e-6, SIDE // 2 - 1), (180.0, SIDE - 1)],
)
def test_columns_at_their_edges(lon: float, expected: int) -> None:
    assert column(lon) == expected


def test_the_equator_is_the_edge_of_the_row_south_of_it() -> None:
    assert [row(1e-6), row(0.0), row(-0.0), row(-1e-6)] == [
        SIDE // 2 - 1,
        SIDE // 2,
        SIDE // 2,
        SIDE // 2,
    ]


def test_every_edge_parts_two_rows() -> None:
    edges = edges_south_to_north()
    south = np.arange(SIDE - 1, 0, -1)
    assert (rows(edges / UNITS) == south).all()
    assert (rows((edges + 1) / UNITS) == south - 1).all()


def test_no_edge_is_decided_by_the_last_digit_of_a_library() -> None:
    steps = np.arange(1, SIDE // 2)
    edges = np.degrees(np.arctan(np.sinh(np.pi * steps / (SIDE // 2)))) * UNITS
    # Numbers near 8.5e7 are 1.5e-8 apart: hundreds of last digits lie between.
    assert np.abs(edges - np.rint(edges)).min() > 5e-6


def arctangent(value: Decimal) -> Decimal:
    """Add up the series, after halving the angle until it is quick."""
    halvings = 0
    while abs(value) > Decimal("0.01"):
        value = value / (1 + (1 + value * value).sqrt())
        halvings += 1
    total, power, sign = Decimal(0), value, 1
    for odd in range(1, 60, 2):
        total += sign * power / odd
        power, sign = power * value * value, -sign
    return total * Decimal(2) ** halvings


def exact_edge(step: int) -> int:
    """Work out with fifty digits the edge some rows north of the equator."""
    with localcontext() as context:
        context.prec = 50
        pi = 4 * arctangent(Decimal(1))
        angle = 2 * arctangent((pi * step / (SIDE // 2)).exp()) - pi / 2
        return math.floor(angle * 180 / pi * UNITS)


@pytest.mark.parametrize("step", [1, 2, 3, 4_321, 16_384, 29_999, 32_766, 32_767])
def test_edges_are_those_of_fifty_digits(step: int) -> None:
    edges = edges_south_to_north()
    middle = SIDE // 2 - 1
    assert edges[middle + step] == exact_edge(step)
    assert edges[middle - step] == -exact_edge(step) - 1


def test_almaty_is_where_every_map_has_it() -> None:
    # tile.openstreetmap.org/10/730/375.png shows the city's centre.
    steps = FINEST - 10
    assert (column(76.9452) >> steps, row(43.2382) >> steps) == (730, 375)


numbers = st.tuples(
    st.integers(-400_000, 2_100_000),
    st.integers(0, SIDE - 1),
    st.integers(0, SIDE - 1),
    st.integers(0, 17),
)


def pack(row: tuple[int, int, int, int]) -> int:
    return int(packed(*(np.array([each]) for each in row))[0])


@given(numbers, numbers)
def test_keys_sort_as_hour_row_column_and_kind(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> None:
    assert (pack(one) < pack(other)) == (one < other)


@given(numbers)
def test_keys_give_back_what_they_hold(row: tuple[int, int, int, int]) -> None:
    found = unpacked(np.array([pack(row)]))
    assert tuple(int(each[0]) for each in found) == row


@given(numbers, st.integers(1, 12))
def test_a_coarser_cell_holds_the_finer_ones(
    row: tuple[int, int, int, int], steps: int
) -> None:
    hour, y, x, kind = (
        int(e[0]) for e in unpacked(coarser(np.array([pack(row)]), steps))
    )
    assert (hour, y, x, kind) == (
        row[0],
        row[1] // 2**steps,
        row[2] // 2**steps,
        row[3],
    )
