"""Local streets from an extract of OpenStreetMap."""

import json
import shutil
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from geo.basemap import BasemapError, basemap_json, bounds_of
from geo.cli import main
from geo.dataset import BASEMAP, DATA_DIR, DataError, load
from geo.texts import Texts
from geo.timemap.base import base_of

BOUNDS = (76.8, 43.1, 77.0, 43.4)
ABAY = {
    "highway": "primary",
    "name": "Абай даңғылы",
    "name:ru": 'проспект "Абая"',
    "name:en": r"Abay \ Avenue",
}
WEST, MIDDLE, EAST = (76.90, 43.24), (76.92, 43.24), (76.94, 43.24)

Way = tuple[list[tuple[float, float]], dict[str, str]]


def extract(folder: Path, *ways: Way) -> Path:
    """Write an extract in OpenStreetMap's own XML."""
    numbers: dict[tuple[float, float], int] = {}
    written = []
    for number, (points, tags) in enumerate(ways, start=1):
        ends = "".join(
            f'<nd ref="{numbers.setdefault(point, len(numbers) + 1)}"/>'
            for point in points
        )
        said = "".join(
            f"<tag k={quoteattr(key)} v={quoteattr(value)}/>"
            for key, value in tags.items()
        )
        written.append(f'<way id="{number}">{ends}{said}</way>')
    nodes = "".join(
        f'<node id="{number}" lon="{lon}" lat="{lat}"/>'
        for (lon, lat), number in numbers.items()
    )
    path = folder / "city.osm"
    text = f'<?xml version="1.0"?><osm version="0.6">{nodes}{"".join(written)}</osm>'
    path.write_text(text, encoding="utf-8")
    return path


def features(path: Path) -> list[dict[str, Any]]:
    content, count = basemap_json(path, BOUNDS)
    found: list[dict[str, Any]] = json.loads(content)["features"]
    assert len(found) == count
    return found


def test_names_come_in_three_languages_and_the_local_one_fills_gaps(
    tmp_path: Path,
) -> None:
    (street,) = features(extract(tmp_path, ([WEST, EAST], ABAY)))
    assert street["properties"] == {
        "id": "way-1",
        "name_en": r"Abay \ Avenue",
        "name_ru": 'проспект "Абая"',
        "name_kk": "Абай даңғылы",
        "rank": 1,
    }


def test_ways_of_one_street_are_joined_end_to_end(tmp_path: Path) -> None:
    (street,) = features(
        extract(tmp_path, ([WEST, MIDDLE], ABAY), ([MIDDLE, EAST], ABAY))
    )
    assert street["geometry"]["coordinates"] == [[76.9, 43.24], [76.94, 43.24]]


def test_a_street_in_two_pieces_stays_in_two(tmp_path: Path) -> None:
    pieces = ([WEST, (76.91, 43.24)], ABAY), ([MIDDLE, EAST], ABAY)
    assert len(features(extract(tmp_path, *pieces))) == 2


def test_streets_without_a_name_are_drawn_too(tmp_path: Path) -> None:
    (street,) = features(extract(tmp_path, ([WEST, EAST], {"highway": "residential"})))
    assert street["properties"]["name_en"] == ""
    assert street["properties"]["rank"] == 4


@pytest.mark.parametrize("kind", ["footway", "steps", "construction", ""])
def test_what_is_no_street_is_left_out(tmp_path: Path, kind: str) -> None:
    path = extract(
        tmp_path, ([WEST, EAST], ABAY), ([WEST, (76.9, 43.3)], {"highway": kind})
    )
    assert [each["properties"]["rank"] for each in features(path)] == [1]


def test_what_lies_outside_is_cut_off(tmp_path: Path) -> None:
    (street,) = features(extract(tmp_path, ([WEST, (77.5, 43.24)], ABAY)))
    assert street["geometry"]["coordinates"][-1] == [77.0, 43.24]


def test_main_streets_come_first(tmp_path: Path) -> None:
    path = extract(
        tmp_path,
        ([WEST, (76.9, 43.3)], {"highway": "tertiary"}),
        ([WEST, EAST], {"highway": "secondary"}),
    )
    assert [each["properties"]["rank"] for each in features(path)] == [2, 3]


def test_an_extract_from_elsewhere_is_refused(tmp_path: Path) -> None:
    path = extract(tmp_path, ([(10.0, 50.0), (10.1, 50.0)], ABAY))
    with pytest.raises(BasemapError, match="has no street in the part of the map"):
        basemap_json(path, BOUNDS)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BasemapError, match=r'no file ".*gone\.osm"'):
        basemap_json(tmp_path / "gone.osm", BOUNDS)


@pytest.mark.parametrize("name", ["city.vrt", "city.geojson", "city"])
def test_a_file_of_another_kind_never_reaches_gdal(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<OGRVRTDataSource/>", encoding="utf-8")
    with pytest.raises(BasemapError, match=r"does not end in \.osm, \.pbf"):
        basemap_json(path, BOUNDS)


def test_a_file_that_only_looks_like_an_extract_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "city.osm"
    path.write_text("id,title\n1,x\n", encoding="utf-8")
    with pytest.raises(BasemapError, match="is no OpenStreetMap extract"):
        basemap_json(path, BOUNDS)


def test_the_command_writes_beside_the_data_and_the_map_draws_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR, folder, ignore=shutil.ignore_patterns(BASEMAP))
    path = extract(tmp_path, ([WEST, EAST], ABAY))
    assert main(["basemap", str(path), "--data", str(folder)]) == 0
    assert "1 piece of street" in capsys.readouterr().err
    dataset = load(folder)
    drawn = base_of(dataset, Texts("ru"))
    assert drawn["streets"] == [
        {"name": 'проспект "Абая"', "rank": 1, "line": [(43.24, 76.9), (43.24, 76.94)]}
    ]
    # Districts and squares stay, and so does what the geocoder goes by.
    schematic = base_of(load(), Texts("ru"))
    assert drawn["labels"] == schematic["labels"]
    assert dataset.streets.equals(load().streets)


def test_the_command_refuses_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["basemap", str(tmp_path / "gone.osm")]) == 1
    assert capsys.readouterr().err.startswith("there is no file")


def test_a_street_without_a_line_is_a_problem_of_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR, folder)
    names = {"name_en": "", "name_ru": "", "name_kk": ""}
    feature = {
        "type": "Feature",
        "properties": {"id": "way-1", **names, "rank": 5},
        "geometry": None,
    }
    good = {**feature, "properties": {"id": "way-1", **names, "rank": 4}}
    content = {"type": "FeatureCollection", "features": [feature, good]}
    (folder / BASEMAP).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    said = [str(problem) for problem in caught.value.problems]
    assert any("basemap.geojson, feature 1, property rank" in each for each in said)
    assert any(
        "basemap.geojson, feature 2" in each and "not null" in each for each in said
    )
    assert any("way-1" in each and "feature 2" in each for each in said)


def test_the_map_s_part_is_a_little_more_than_the_schematic_city() -> None:
    west, south, east, north = bounds_of(load())
    assert 76.6 < west < 76.8 < 77.0 < east < 77.2
    assert 43.0 < south < 43.2 < 43.3 < north < 43.6
