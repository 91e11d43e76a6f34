from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from geo.cube.faults import CubeError
from geo.cube.parquet import layout_of
from tests.geo.cube.given import (
    SQUARE,
    cube,
    geo,
    index,
    level,
    point,
    points,
    run,
    set_aside,
    table,
)

Output = pytest.CaptureFixture[str]
ALMATY = ("--zone", "Asia/Almaty")
MOMENT = datetime(2022, 1, 5, 8, 50, tzinfo=UTC)


def refusal(path: Path) -> str:
    with pytest.raises(CubeError) as error:
        layout_of(path)
    assert str(error.value).startswith(str(path))
    return str(error.value)


def test_the_same_events_are_the_same_counts_as_in_a_csv(tmp_path: Path) -> None:
    there = level(cube(tmp_path, table(tmp_path / "x.csv", SQUARE)), 16)
    path = points(tmp_path / "x.parquet", date=pa.array([MOMENT]), kind=["fire"])
    assert level(cube(tmp_path, path), 16) == there


def test_what_geopandas_writes_is_read(tmp_path: Path) -> None:
    frame = pd.DataFrame({"start": [pd.Timestamp(MOMENT)] * 2, "kind": ["fire", None]})
    places = geopandas.points_from_xy([76.9452, 76.9452], [43.2382, 43.2382])
    path = tmp_path / "x.parquet"
    geopandas.GeoDataFrame(frame, geometry=places, crs="EPSG:4326").to_parquet(path)
    folder = cube(tmp_path, path)
    assert set_aside(folder) == {}
    assert sorted(row.kind for row in level(folder, 16)) == ["fire", "observation"]


@pytest.mark.parametrize(
    "times",
    [
        pa.array([MOMENT], pa.timestamp("us", "Europe/Kyiv")),
        pa.array([datetime(2022, 1, 5, 14, 50)], pa.timestamp("ms")),  # noqa: DTZ001
        pa.array(["2022-01-05T08:50Z"]),
        pa.array([" 2022-01-05 14:50"], pa.large_string()),
        pa.array(["2022-01-05T14:50+06:00"]).dictionary_encode(),
    ],
    ids=str,
)
def test_times_of_every_type(tmp_path: Path, times: pa.Array) -> None:
    path = points(tmp_path / "x.parquet", when=times)
    folder = cube(tmp_path, path, *ALMATY)
    assert index(folder)["first_hour"] == 18_997 * 24 + 14


def test_dates_are_counted_in_the_first_hour_of_their_day(tmp_path: Path) -> None:
    path = points(tmp_path / "x.parquet", date=pa.array([date(2022, 1, 5)]))
    folder = cube(tmp_path, path, *ALMATY)
    assert index(folder)["first_hour"] == 18_997 * 24
    assert index(folder)["only_day_known"] == 1


def test_where_a_start_is_missing_the_date_is_taken(tmp_path: Path) -> None:
    path = points(
        tmp_path / "x.parquet",
        [point(76.9, 43.2)] * 3,
        start=pa.array(["2022-01-06T10:00Z", "", None]),
        date=pa.array([MOMENT, MOMENT, None]),
    )
    folder = cube(tmp_path, path)
    assert set_aside(folder) == {"no-time": 1}
    assert index(folder)["hours"] == 27


def test_rows_that_cannot_be_counted_are_set_aside(tmp_path: Path) -> None:
    shapes = [point(76.9, 43.2), None, b"\x01\x02", point(76.9, 99.0)]
    path = points(tmp_path / "x.parquet", shapes)
    assert set_aside(cube(tmp_path, path)) == {
        "no-position": 1,
        "off-map": 1,
        "not-a-point": 1,
    }


def test_every_group_of_rows_is_read(tmp_path: Path) -> None:
    whole = points(tmp_path / "x.parquet", [point(76.9, 43.2)] * 10)
    path = tmp_path / "y.parquet"
    parquet.write_table(parquet.read_table(whole), path, row_group_size=3)
    assert index(cube(tmp_path, path))["total"] == 10


@pytest.mark.parametrize(
    "system",
    [
        {"id": {"authority": "OGC", "code": "CRS84"}},
        {"id": {"authority": "EPSG", "code": 4326}},
    ],
)
def test_reference_systems_that_are_read(
    tmp_path: Path, system: dict[str, object]
) -> None:
    assert layout_of(points(tmp_path / "x.parquet", metadata=geo(crs=system)))


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({}, 'has no "geo" metadata'),
        ({b"geo": b"{"}, "cannot be read"),
        ({b"geo": b"[1]"}, "cannot be read"),
        (geo(crs=None), "is in an unknown reference system"),
        (geo(crs={"name": "WGS 84 / UTM", "id": {"authority": "EPSG", "code": 32643}}),
         '"WGS 84 / UTM"; OGC:CRS84 and EPSG:4326 are read'),
        (geo(crs="EPSG:4326"), "OGC:CRS84 and EPSG:4326 are read"),
        (geo(encoding="point"), 'encoding "point"; WKB is read'),
        (geo(geometry_types=["Polygon", "MultiPoint"]), 'holds "Polygon, MultiPoint"'),
    ],
)  # fmt: skip
def test_other_geometry_is_refused_with_its_column(
    tmp_path: Path, metadata: dict[bytes, bytes], message: str
) -> None:
    assert message in refusal(points(tmp_path / "x.parquet", metadata=metadata))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"title": ["A"]}, "lacks a column date or start"),
        ({"date": [20220105]}, 'column "date": holds int64'),
        ({"date": ["2022-01-05"], "kind": [7]}, 'column "kind": holds int64'),
    ],
)
def test_other_columns_are_refused_by_name(
    tmp_path: Path, columns: dict[str, Any], message: str
) -> None:
    assert message in refusal(points(tmp_path / "x.parquet", **columns))


def test_a_file_broken_off_is_said(tmp_path: Path) -> None:
    path = points(tmp_path / "x.parquet")
    path.write_bytes(path.read_bytes()[:-20])
    assert "is no whole Parquet file" in refusal(path)


def test_a_damaged_file_leaves_nothing(tmp_path: Path, capsys: Output) -> None:
    path = points(tmp_path / "x.parquet", [point(76.9, 43.2)] * 1000)
    raw = bytearray(path.read_bytes())
    raw[4:200] = b"\xff" * 196
    path.write_bytes(raw)
    assert run(path, "-o", tmp_path / "cube") == 1
    assert f"{path}: is damaged" in capsys.readouterr().err
    assert not (tmp_path / "cube").exists()


def test_stamps_without_a_zone_ask_for_one(tmp_path: Path, capsys: Output) -> None:
    path = points(tmp_path / "x.parquet", date=pa.array([date(2022, 1, 5)]))
    assert run(path, "-o", tmp_path / "cube") == 2
    assert "which time zone do they follow? (say so with" in capsys.readouterr().err
