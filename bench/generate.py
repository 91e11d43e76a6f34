"""`python -m bench.generate 10000000 events.csv`: made-up events for the cube.

Nothing in them happened. Days, hours and places are drawn so that they look
like the unrest of January 2022: most in a few nights, most in a few cities,
half of all in Almaty. The same seed makes the same rows, in CSV or GeoParquet,
a chunk at a time: memory does not grow with their number.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from geo.vocab import Kind

CHUNK_ROWS = 250_000

_FIRST = np.datetime64("2022-01-02T00:00")
_DAYS = (1, 2, 12, 30, 20, 14, 8, 6, 4, 3)
# The share of a day's events in each of its hours.
_HOURS = (6, 5, 4, 3, 2, 1, 1, 2, 2, 3, 4, 5, 5, 5, 6, 7, 8, 8, 9, 9, 9, 9, 8, 7)
# Latitude and longitude in degrees, and the share of the city.
_CITIES = (
    (43.238, 76.945, 50),
    (51.169, 71.449, 8),
    (42.341, 69.590, 8),
    (43.341, 52.862, 7),
    (43.651, 51.198, 6),
    (42.901, 71.378, 5),
    (50.283, 57.167, 4),
    (44.853, 65.482, 4),
    (45.018, 78.382, 4),
    (49.807, 73.088, 4),
)
_SPREAD = 0.035
_DECIMALS = 5
_NAMES = ("title", "date", "lat", "lon", "kind")


def chunks(rows: int, seed: int) -> Iterator[pa.Table]:
    """Make rows: title, date, lat, lon, kind.

    Parameters
    ----------
    rows
        How many.
    seed
        From 0; another seed makes other rows.
    """
    minutes = _FIRST + np.arange(len(_DAYS) * 24 * 60).astype("m8[m]")
    stamps = pa.array([f"{each}+06:00" for each in np.datetime_as_string(minutes, "m")])
    for number, start in enumerate(range(0, rows, CHUNK_ROWS)):
        count = min(CHUNK_ROWS, rows - start)
        yield _chunk(np.random.default_rng([seed, number]), count, stamps)


def write_csv(path: Path, rows: int, seed: int) -> None:
    """Write rows as CSV."""
    schema = pa.schema(
        [
            (name, pa.float64() if name in ("lat", "lon") else pa.string())
            for name in _NAMES
        ]
    )
    options = csv.WriteOptions(quoting_style="needed")
    with csv.CSVWriter(path, schema, write_options=options) as writer:
        for chunk in chunks(rows, seed):
            writer.write_table(chunk.cast(schema))


def write_parquet(path: Path, rows: int, seed: int) -> None:
    """Write rows as GeoParquet, with time stamps in UTC."""
    schema = pa.schema(
        [
            ("title", pa.string()),
            ("date", pa.timestamp("ms", "UTC")),
            ("kind", pa.string()),
            ("geometry", pa.binary()),
        ],
        metadata={"geo": json.dumps(_GEO)},
    )
    with parquet.ParquetWriter(path, schema) as writer:
        for chunk in chunks(rows, seed):
            text = chunk["date"].cast(pa.timestamp("ms", "UTC"))
            points = _points(chunk["lon"].to_numpy(), chunk["lat"].to_numpy())
            columns = [chunk["title"], text, chunk["kind"], points]
            writer.write_table(pa.table(columns, schema=schema))


_GEO = {
    "version": "1.0.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def _chunk(random: np.random.Generator, count: int, stamps: pa.Array) -> pa.Table:
    """Make some rows."""
    day = random.choice(len(_DAYS), count, p=_shares(_DAYS))
    hour = random.choice(24, count, p=_shares(_HOURS))
    minute = (day * 24 + hour) * 60 + random.integers(0, 60, count)
    lat, lon, share = np.array(_CITIES).T
    city = random.choice(len(share), count, p=share / share.sum())
    kinds = np.array([str(kind) for kind in Kind])
    weights = 1 / np.arange(1, len(kinds) + 1)
    kind = random.choice(len(kinds), count, p=weights / weights.sum())
    shifts = random.normal(0, _SPREAD, (2, count))
    codes = pa.array(kinds)
    columns = [
        codes.take(pa.array(kind)),
        stamps.take(pa.array(minute)),
        pa.array(np.round(lat[city] + shifts[0], _DECIMALS)),
        pa.array(np.round(lon[city] + shifts[1] * 1.4, _DECIMALS)),
        codes.take(pa.array(kind)),
    ]
    return pa.table(columns, names=list(_NAMES))


def _points(lon: np.ndarray, lat: np.ndarray) -> pa.Array:
    """Write points as well-known binary, little-endian."""
    head = np.frombuffer(b"\x01\x01\x00\x00\x00", np.uint8)
    cells = np.empty((len(lon), 21), np.uint8)
    cells[:, :5] = head
    cells[:, 5:] = np.stack([lon, lat], axis=1).astype("<f8").view(np.uint8)
    offsets = np.arange(len(lon) + 1, dtype=np.int32) * 21
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(cells)]
    return pa.Array.from_buffers(pa.binary(), len(lon), buffers)


def _shares(weights: tuple[int, ...]) -> np.ndarray:
    """Give weights that add up to 1."""
    return np.array(weights) / sum(weights)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.generate", description=__doc__
    )
    parser.add_argument("rows", type=int, help="how many")
    parser.add_argument("file", type=Path, nargs="+", help="ends with .csv or .parquet")
    parser.add_argument("--seed", type=int, default=2022)
    options = parser.parse_args()
    for path in options.file:
        write = write_parquet if path.suffix == ".parquet" else write_csv
        write(path, options.rows, options.seed)


if __name__ == "__main__":
    main()
