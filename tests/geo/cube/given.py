"""Short ways to make files of events, and to read the cube made of them."""

import csv
import json
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from geo.cli import main

HEADER = ("date", "lat", "lon", "kind")
SQUARE = ("2022-01-05T14:50+06:00", "43.2382", "76.9452", "fire")
"""An event whose every cell is good."""

CRS84 = {"version": "1.1.0", "primary_column": "geometry"}


class Row(NamedTuple):
    """One row of a level."""

    hour: int
    y: int
    x: int
    kind: str


def table(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    """Write a CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def point(lon: float, lat: float) -> bytes:
    """Write a point as well-known binary."""
    return struct.pack("<BIdd", 1, 1, lon, lat)


def geo(**column: Any) -> dict[bytes, bytes]:
    """Write the metadata of GeoParquet."""
    columns = {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], **column}}
    return {b"geo": json.dumps({**CRS84, "columns": columns}).encode()}


def points(
    path: Path,
    cells: Iterable[bytes | None] = (point(76.9452, 43.2382),),
    metadata: dict[bytes, bytes] | None = None,
    **columns: Any,
) -> Path:
    """Write GeoParquet; without columns all happened on 5 January, 14:50."""
    shapes = pa.array(list(cells), pa.binary())
    if not columns:
        moment = datetime(2022, 1, 5, 8, 50, tzinfo=UTC)
        columns["date"] = pa.array([moment] * len(shapes))
    whole = pa.table({**columns, "geometry": shapes})
    known = geo() if metadata is None else metadata
    parquet.write_table(whole.replace_schema_metadata(known), path)
    return path


def index(folder: Path) -> dict[str, Any]:
    """Read what a cube says of itself."""
    found: dict[str, Any] = json.loads((folder / "cube.json").read_text("utf-8"))
    return found


def level(folder: Path, zoom: int) -> Counter[Row]:
    """Read one level by the words of its description."""
    about = index(folder)
    (found,) = (each for each in about["levels"] if each["zoom"] == zoom)
    count, raw = found["rows"], (folder / found["file"]).read_bytes()
    columns = []
    for kind in ("<u4", "<u4", "<u4", "u1", "<u4"):
        columns.append(np.frombuffer(raw, kind, count))
        raw = raw[columns[-1].nbytes :]
    assert raw == b""
    hours, xs, ys, kinds, counts = (column.tolist() for column in columns)
    rows = [
        Row(hour + about["first_hour"], y, x, about["kinds"][kind])
        for hour, x, y, kind in zip(hours, xs, ys, kinds, strict=True)
    ]
    keys = list(zip(hours, ys, xs, kinds, strict=True))
    assert keys == sorted(set(keys))
    return Counter(dict(zip(rows, counts, strict=True)))


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def run(*arguments: object) -> int:
    """Run the command; give its exit code."""
    try:
        return main(["cube", *map(str, arguments)])
    except SystemExit as leaving:
        return int(str(leaving.code or 0))


def cube(folder: Path, *arguments: object) -> Path:
    """Make a cube in a folder; give the cube's."""
    output = folder / "cube"
    assert run(*arguments, "-o", output) in (0, 1)
    return output


def set_aside(folder: Path) -> dict[str, int]:
    """Give what was set aside, and check that the counts add up."""
    about = index(folder)
    for each in (about | {"counted": about["total"]}, *about["files"]):
        assert each["read"] == each["counted"] + sum(each["set_aside"].values())
    assert about["total"] == sum(each["counted"] for each in about["files"])
    for each in about["levels"]:
        assert level(folder, each["zoom"]).total() == about["total"]
    found: dict[str, int] = about["set_aside"]
    return found
