from typing import Any

import pytest

from geo.geometry import read_geometry

TYPES = ["Point", "LineString", "Polygon"]
RING = [[76.8, 43.2], [76.9, 43.2], [76.9, 43.3], [76.8, 43.2]]


def read(kind: str, coordinates: object) -> Any:  # noqa: ANN401 - shapely has no types
    return read_geometry({"type": kind, "coordinates": coordinates}, TYPES)


def test_null_is_no_geometry() -> None:
    assert read_geometry(None, TYPES) is None


def test_a_point_is_in_longitude_and_latitude() -> None:
    point = read("Point", [76.9453, 43.2382])
    assert (point.x, point.y) == (76.9453, 43.2382)


def test_a_line_keeps_its_positions() -> None:
    assert list(read("LineString", RING).coords) == [tuple(each) for each in RING]


def test_a_polygon_has_its_area() -> None:
    assert read("Polygon", [RING]).area == pytest.approx(0.1 * 0.1 / 2)


@pytest.mark.parametrize("corner", [[180, 90], [-180, -90], [180.0, -90.0]])
def test_the_corners_of_the_world_are_on_it(corner: list[float]) -> None:
    assert read("Point", corner).coords[0] == tuple(corner)


@pytest.mark.parametrize(
    ("kind", "coordinates", "message"),
    [
        ("LineString", [[76.8, 43.2]], "at least 2 positions"),
        ("LineString", "76.8 43.2", "at least 2 positions"),
        ("LineString", None, "at least 2 positions"),
        ("LineString", [[76.8, 43.2], [43.2, 76.8]], "looks exchanged"),
        ("Polygon", [], "needs a list of rings"),
        ("Polygon", "ring", "needs a list of rings"),
        ("Polygon", [RING[:3]], "at least 4 positions"),
        ("Polygon", [[*RING[:3], [76.8, 43.3]]], "does not end where it starts"),
        ("Point", [76.8, 43.2, 800.0], "not a position"),
        ("Point", None, "not a position"),
        ("MultiPoint", [[76.8, 43.2]], "not one of: Point, LineString, Polygon, null"),
    ],
)
def test_a_bad_geometry_is_refused(
    kind: str, coordinates: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read(kind, coordinates)


@pytest.mark.parametrize("value", ["Point", 7, [], {}, {"type": ["Point"]}])
def test_what_is_no_geometry_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        read_geometry(value, TYPES)


# Uralsk reads as a place in Kazakhstan either way round, London and Moscow in neither.
@pytest.mark.parametrize("point", [[51.37, 51.23], [-0.13, 51.5], [37.62, 55.75]])
def test_only_evidently_exchanged_numbers_are_refused(point: list[float]) -> None:
    assert read("Point", point)
