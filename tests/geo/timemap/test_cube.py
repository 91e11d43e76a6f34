"""A folder of counts: what is read, what is refused, what the page carries."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.texts import Texts
from geo.timemap.cube import CubeError, read_cube, render_cube_page
from geo.timemap.cube.payload import bounds_of, span_minutes
from geo.vocab import Kind
from tests.counted import FINEST, FIRST_HOUR, HOURS, counted_rows, write_cube

EVENTS = 5000


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return counted_rows(EVENTS)


@pytest.fixture
def cube(rows: pd.DataFrame, tmp_path: Path) -> Path:
    return write_cube(tmp_path, rows)


def test_columns_are_read_as_they_were_written(cube: Path, rows: pd.DataFrame) -> None:
    read = read_cube(cube)
    finest = read.levels[-1]
    assert (read.total, read.first_hour, read.hours) == (EVENTS, FIRST_HOUR, HOURS)
    assert finest.zoom == FINEST
    counts = rows.groupby(["hour", "y", "x", "kind"]).size()
    found = zip(finest.hour, finest.y, finest.x, finest.kind, strict=True)
    assert [tuple(map(int, row)) for row in found] == counts.index.tolist()
    assert finest.count.tolist() == counts.tolist()


def test_every_level_counts_the_same_events(cube: Path) -> None:
    levels = read_cube(cube).levels
    assert [int(level.count.sum()) for level in levels] == [EVENTS] * len(levels)
    rows = [len(level.hour) for level in levels]
    assert rows == sorted(rows)


def _head(**changes: Any) -> Callable[[Path], None]:
    """Spoil cube.json."""

    def spoil(folder: Path) -> None:
        path = folder / "cube.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    return spoil


def _value(column: int, value: int) -> Callable[[Path], None]:
    """Spoil the last value of a column of the widest level, whose columns are hour, x, y."""

    def spoil(folder: Path) -> None:
        path = folder / "level-06.bin"
        data = bytearray(path.read_bytes())
        n = len(data) // 17
        at = (column + 1) * n * 4 - 4
        data[at : at + 4] = np.uint32(value).tobytes()
        path.write_bytes(data)

    return spoil


SPOILT: list[tuple[Callable[[Path], Any], str]] = [
    (lambda folder: (folder / "cube.json").unlink(), "cube.json: cannot be read"),
    (lambda folder: (folder / "cube.json").write_text("{"), "is no JSON"),
    (lambda folder: (folder / "cube.json").write_bytes(b"\xff"), "is no JSON in UTF-8"),
    (_head(version=2), "version 2, expected 1"),
    (_head(kinds=["fire"]), "its kinds are not those"),
    (_head(hours="many"), "hours: "),
    (_head(levels=[]), "levels: "),
    (_head(levels=[{"zoom": 6, "rows": 1, "file": "../x"}]), r"levels\[1\].file: "),
    (_head(total=EVENTS + 1), f"counts {EVENTS:,} events, expected {EVENTS + 1:,}"),
    (lambda folder: (folder / "level-09.bin").unlink(), "level-09.bin: cannot be read"),
    (
        lambda folder: (folder / "level-09.bin").write_bytes(b"12"),
        "level-09.bin: 2 bytes, expected",
    ),
    (_value(0, HOURS), f"hour {HOURS}, expected less than {HOURS}"),
    (_value(0, 0), "rows are not sorted by hour"),
    (_value(1, 64), "x 64, expected less than 64"),
    (_value(2, 99), "y 99, expected less than 64"),
]


@pytest.mark.parametrize(("spoil", "why"), SPOILT, ids=[why for _, why in SPOILT])
def test_a_spoilt_folder_is_refused_with_its_reason(
    cube: Path, spoil: Callable[[Path], Any], why: str
) -> None:
    spoil(cube)
    with pytest.raises(CubeError, match=why):
        read_cube(cube)


def test_span_is_whole_days_round_all_hours(cube: Path) -> None:
    low, high = span_minutes(read_cube(cube))
    assert low % 1440 == high % 1440 == 0
    assert 0 <= FIRST_HOUR * 60 - low < 1440
    assert 0 <= high - (FIRST_HOUR + HOURS) * 60 < 1440


def test_bounds_hold_the_city(cube: Path) -> None:
    (south, west), (north, east) = bounds_of(read_cube(cube).levels[-1])
    assert south < 43.2 < 43.3 < north
    assert west < 76.8 < 77.0 < east


def test_page_is_the_same_for_the_same_folder(cube: Path) -> None:
    page = render_cube_page(cube)
    assert page == render_cube_page(cube)
    assert "timemapCube" in page
    assert "timemapIndex" not in page
    assert 'lang="kk"' in render_cube_page(cube, texts=Texts("kk")).replace(
        "lang=kk", 'lang="kk"'
    )


def test_kinds_are_in_the_order_of_the_vocabulary(cube: Path) -> None:
    head = json.loads((cube / "cube.json").read_text())
    assert head["kinds"] == [kind.value for kind in Kind]
