"""Counting with DuckDB: one process, a limit of memory, the rest on disk.

DuckDB is given numbers alone. No name of a file and no cell of one is ever
part of a statement, and it may neither load extensions nor reach the network.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from geo.cube import rows
from geo.cube.engine import Counts, Level, Progress
from geo.cube.faults import CubeError
from geo.cube.partial import Tally, sum_of
from geo.cube.rows import Block, Rows
from geo.cube.tiles import COARSEST, FINEST, ZOOMS, unpacked
from geo.said import Quote, said

_MEGABYTE = 1_000_000
_MOST_THREADS = 8
_SCHEMA = pa.schema(
    [
        ("hour", pa.int32()),
        ("y", pa.uint16()),
        ("x", pa.uint16()),
        ("kind", pa.uint8()),
    ]
)


def count(
    blocks: Iterable[Block],
    *,
    most_rows: int,
    memory_bytes: int,
    spill: Path,
    progress: Progress,
) -> Counts:
    """Count blocks.

    Parameters
    ----------
    most_rows
        Levels with more rows are left out, but for the coarsest.
    memory_bytes
        What DuckDB may hold in memory.
    spill
        A folder for what it may not; the caller removes it.

    Raises
    ------
    CubeError
        If a file cannot be read, or memory and disk are too small.
    """
    feed = _Feed(blocks, progress)
    connection = _connection(memory_bytes, spill)
    try:
        _count_events(connection, feed)
        sizes = _pyramid(connection)
    except duckdb.Error as error:
        connection.close()
        reason = Quote(" ".join(str(error).split("\n\n")[0].split()))
        raise CubeError(said("DuckDB cannot go on: {reason}", reason=reason)) from error
    except BaseException:
        connection.close()
        raise
    fit = [zoom for zoom in ZOOMS if sizes[zoom] <= most_rows or zoom == COARSEST]
    left_out = tuple(zoom for zoom in ZOOMS if zoom not in fit)
    return Counts(feed.tallies, _levels(connection, fit), left_out)


@dataclass
class _Feed:
    """Reads blocks on all cores, and hands them over in their order."""

    blocks: Iterable[Block]
    progress: Progress
    tallies: dict[int, Tally] = field(default_factory=dict)
    error: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches()
        except BaseException as error:
            # DuckDB would tell it as text.
            self.error = error
            raise

    def _batches(self) -> Iterator[pa.RecordBatch]:
        cores = _cores()
        done = 0
        with ThreadPoolExecutor(cores) as pool:
            try:
                for block, found in _ahead(pool, self.blocks, cores + 1):
                    for each in found:
                        tally = {block.file: each.tally}
                        self.tallies = sum_of([self.tallies, tally])
                        yield _batch(each)
                    done += block.weight
                    self.progress(done)
            finally:
                pool.shutdown(cancel_futures=True)


def _ahead(
    pool: ThreadPoolExecutor, blocks: Iterable[Block], most: int
) -> Iterator[tuple[Block, list[Rows]]]:
    """Read some blocks before they are asked for; give them in their order."""
    waiting: deque[tuple[Block, Future[list[Rows]]]] = deque()
    for block in blocks:
        waiting.append((block, pool.submit(_read, block)))
        if len(waiting) >= most:
            done, future = waiting.popleft()
            yield done, future.result()
    for done, future in waiting:
        yield done, future.result()


def _read(block: Block) -> list[Rows]:
    """Read a whole block."""
    return list(rows.read(block))


def _batch(found: Rows) -> pa.RecordBatch:
    """Give the numbers of rows as columns."""
    hour, y, x, kind = unpacked(found.keys)
    columns = [
        pa.array(values.astype(each.type.to_pandas_dtype()), each.type)
        for values, each in zip((hour, y, x, kind), _SCHEMA, strict=True)
    ]
    return pa.record_batch(columns, schema=_SCHEMA)


def _count_events(connection: duckdb.DuckDBPyConnection, feed: _Feed) -> None:
    """Count at the finest zoom."""
    reader = pa.RecordBatchReader.from_batches(_SCHEMA, iter(feed))
    connection.register("events", reader)
    try:
        connection.execute(
            f"CREATE TABLE level_{FINEST} AS SELECT hour, y, x, kind,"
            " count(*) AS count FROM events GROUP BY ALL"
        )
    except duckdb.Error:
        # What went wrong while it was fed says more.
        if feed.error is not None:
            raise feed.error from None
        raise


def _cores() -> int:
    """Give how many threads may work: each needs memory for a block."""
    return min(os.cpu_count() or 1, _MOST_THREADS)


def _connection(memory_bytes: int, spill: Path) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that reaches nothing but its own folder."""
    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory_bytes // _MEGABYTE}MB",
            "temp_directory": str(spill),
            "threads": str(_cores()),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )


def _pyramid(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Make every level of the next finer one; give their numbers of rows."""
    sizes = {FINEST: _size(connection, FINEST)}
    for zoom in reversed(ZOOMS[:-1]):
        finer = zoom + 2
        connection.execute(
            f"CREATE TABLE level_{zoom} AS SELECT hour, (y >> 2)::USMALLINT AS y,"
            " (x >> 2)::USMALLINT AS x, kind, sum(count)::BIGINT AS count"
            f" FROM level_{finer} GROUP BY ALL"
        )
        sizes[zoom] = _size(connection, zoom)
    return sizes


def _size(connection: duckdb.DuckDBPyConnection, zoom: int) -> int:
    """Count the rows of a level."""
    found = connection.execute(f"SELECT count(*) FROM level_{zoom}").fetchone()
    return 0 if found is None else int(found[0])


def _levels(
    connection: duckdb.DuckDBPyConnection, zooms: Iterable[int]
) -> Iterator[Level]:
    """Give levels sorted, one at a time."""
    try:
        for zoom in zooms:
            yield _level(connection, zoom)
    finally:
        connection.close()


def _level(connection: duckdb.DuckDBPyConnection, zoom: int) -> Level:
    """Give one level, sorted."""
    found = connection.execute(
        f"SELECT hour, y, x, kind, count FROM level_{zoom} ORDER BY hour, y, x, kind"
    ).fetchnumpy()
    columns = {
        name: np.asarray(found[name], dtype=np.int64)
        for name in ("hour", "y", "x", "kind", "count")
    }
    return Level(zoom, **columns)
