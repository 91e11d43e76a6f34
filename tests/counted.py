"""Folders of counts, the same for the same seed, as `geo.timemap.cube` reads them."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from geo.timeline import minute_of, parse_moment
from geo.timemap.cube.reading import COLUMNS
from geo.vocab import Kind

SEED = 20220105
FIRST_HOUR = minute_of(parse_moment("2022-01-03T05:00")) // 60
HOURS = 24 * 6
ZOOMS = (6, 9, 12, 15)
FINEST = ZOOMS[-1]
# Tile address at the finest zoom of the middle of the city.
CITY = (23384, 12041)


def counted_rows(events: int, *, seed: int = SEED) -> pd.DataFrame:
    """Draw events as hour, x, y and kind at the finest zoom, one row each."""
    chance = np.random.default_rng(seed)
    spread = np.where(chance.random(events) < 0.2, 900, 25)
    return pd.DataFrame(
        {
            "hour": np.minimum(HOURS - 1, chance.gamma(6, 9, events).astype(np.int64)),
            "x": (CITY[0] + chance.normal(0, 1, events) * spread).astype(np.int64),
            "y": (CITY[1] + chance.normal(0, 1, events) * spread).astype(np.int64),
            "kind": chance.integers(0, len(Kind), events),
        }
    )


def write_cube(folder: Path, rows: pd.DataFrame) -> Path:
    """Write a folder of counts and give it back."""
    levels = []
    for zoom in ZOOMS:
        cells = rows.assign(
            **{name: rows[name] // 2 ** (FINEST - zoom) for name in ("x", "y")}
        )
        counts = (
            cells.groupby(["hour", "y", "x", "kind"]).size().reset_index(name="count")
        )
        name = f"level-{zoom:02}.bin"
        columns = (
            counts[column].to_numpy().astype(kind) for column, kind in COLUMNS.items()
        )
        (folder / name).write_bytes(b"".join(column.tobytes() for column in columns))
        levels.append({"zoom": zoom, "rows": len(counts), "file": name})
    head = {
        "version": 1,
        "total": len(rows),
        "first_hour": FIRST_HOUR,
        "hours": HOURS,
        "kinds": [kind.value for kind in Kind],
        "levels": levels,
    }
    (folder / "cube.json").write_text(json.dumps(head), encoding="utf-8")
    return folder
