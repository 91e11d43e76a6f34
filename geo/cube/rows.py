"""One block of a file, from its cells to keys, or to reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

import numpy as np
import pyarrow as pa

from geo.cube import csv_blocks, kinds, moments, parquet, positions
from geo.cube.clock import almaty_hours
from geo.cube.columns import FINE, cleaned, first_of, reason_of
from geo.cube.csv_blocks import CsvLayout
from geo.cube.faults import CubeError, Reason, ZoneNeeded, of_file
from geo.cube.kinds import Kinds
from geo.cube.moments import Moments
from geo.cube.parquet import ParquetLayout
from geo.cube.partial import Tally
from geo.cube.positions import Positions
from geo.cube.tiles import Ints, columns, packed
from geo.cube.tiles import rows as tile_rows
from geo.problems import quoted
from geo.said import Quote, said


@dataclass(frozen=True)
class Block:
    """Some rows of a file, few enough for the memory of any machine."""

    path: str
    file: int
    """The number of the file on the command line, from 0."""
    number: int
    """Of the block in its file, from 0."""
    layout: CsvLayout | ParquetLayout
    span: tuple[int, int]
    """Of a CSV its first byte and the first after it; of Parquet the group of
    rows, and its size in bytes."""
    zone: tzinfo | None

    @property
    def weight(self) -> int:
        """How much there is to read, in bytes."""
        if isinstance(self.layout, CsvLayout):
            return self.span[1] - self.span[0]
        return self.span[1]


@dataclass(frozen=True)
class Rows:
    """Rows that were read."""

    keys: Ints
    """Of those that are counted; as `tiles.packed` makes them."""
    tally: Tally


def read(block: Block) -> Iterator[Rows]:
    """Read the rows of a block, some at a time.

    Raises
    ------
    CubeError
        If the file is damaged or has changed.
    ZoneNeeded
        If times have no offset and no zone is given.
    """
    path = Path(block.path)
    try:
        if isinstance(block.layout, CsvLayout):
            table = csv_blocks.read_block(path, *block.span, block.layout)
            yield _of_csv(block, block.layout, table)
            return
        for batch in parquet.read_group(path, block.span[0], block.layout):
            yield _of_parquet(block, block.layout, batch)
    except ZoneNeeded as error:
        raise ZoneNeeded(of_file(path, str(error))) from error
    except OSError as error:
        reason = Quote(error.strerror or error)
        message = said("cannot be read: {reason}", reason=reason)
        raise CubeError(of_file(path, message)) from error


def _of_csv(block: Block, layout: CsvLayout, table: csv_blocks.Table) -> Rows:
    """Read what Arrow or the reader of rows made of a CSV."""
    cells = table.cells
    text = moments.joined(cells.get("start"), cells.get("date"), cells.get("time"))
    when = moments.from_text(text, block.zone, acled=layout.is_acled)
    lat, lon = cells["lat"], cells["lon"]
    where = positions.from_text(lat, lon, comma=layout.separator != ",")
    if layout.is_acled:
        what = kinds.from_acled(cells["type"], _or_empty(cells, "sub_type"))
    else:
        what = kinds.from_text(_or_empty(cells, "kind"))

    def shown(reason: Reason, row: int) -> str:
        if reason in (Reason.BAD_TIME, Reason.SKIPPED_TIME):
            return quoted(str(text[row]))
        if reason in (Reason.BAD_POSITION, Reason.OFF_MAP):
            return f"{quoted(str(lat[row]))}, {quoted(str(lon[row]))}"
        return ""

    found = _counted(block, _Columns(when, where, what), shown)
    broken = Tally()
    if table.broken:
        first = {Reason.BROKEN: (block.number, table.broken[0])}
        count = len(table.broken)
        broken = Tally(count, {Reason.BROKEN: count}, first)
    return Rows(found.keys, found.tally + broken)


def _of_parquet(block: Block, layout: ParquetLayout, batch: pa.RecordBatch) -> Rows:
    """Read a part of a group of rows."""
    times = [batch.column(name) for name in layout.times]
    readings = [_moments(each, block.zone) for each in times]
    when = readings[0]
    for other in readings[1:]:
        when = when.filled(other)
    where = positions.from_wkb(batch.column(layout.geometry))
    what = kinds.from_nothing(batch.num_rows)
    if layout.kind is not None:
        what = kinds.from_text(batch.column(layout.kind).cast(pa.string()))

    def shown(reason: Reason, row: int) -> str:
        if reason in (Reason.BAD_TIME, Reason.SKIPPED_TIME):
            return ", ".join(quoted(_said(each, row)) for each in times)
        return ""

    return _counted(block, _Columns(when, where, what), shown)


def _moments(cells: pa.Array, zone: tzinfo | None) -> Moments:
    """Read a column of times, of whatever type."""
    if parquet.is_text(cells.type):
        return moments.from_text(cleaned(cells.cast(pa.string())), zone)
    return moments.from_stamps(cells, zone)


def _said(cells: pa.Array, row: int) -> str:
    """Give one cell as text; stamps may lie in years that datetime lacks."""
    try:
        return str(cells[row])
    except (ValueError, OverflowError):
        return str(cells.type)


@dataclass(frozen=True)
class _Columns:
    """When, where and what; one item a row each."""

    when: Moments
    where: Positions
    what: Kinds


def _counted(block: Block, rows: _Columns, shown: Callable[[Reason, int], str]) -> Rows:
    """Make keys of the good rows, and say why the others are none."""
    codes = first_of([rows.when.codes, rows.where.codes])
    good = np.flatnonzero(codes == FINE)
    keys = packed(
        almaty_hours(rows.when.utc[good]),
        tile_rows(rows.where.lat[good]),
        columns(rows.where.lon[good]),
        rows.what.numbers[good],
    )
    found, at, counts = np.unique(codes, return_index=True, return_counts=True)
    reasons = {
        reason_of(int(code)): (int(row), int(count))
        for code, row, count in zip(found, at, counts, strict=True)
        if code != FINE
    }
    tally = Tally(
        read=len(codes),
        set_aside={reason: count for reason, (_, count) in reasons.items()},
        examples={
            reason: (block.number, shown(reason, row))
            for reason, (row, _) in reasons.items()
        },
        days=int(rows.when.is_day[good].sum()),
        other_kinds=int(rows.what.is_other[good].sum()),
    )
    return Rows(keys, tally)


def _or_empty(cells: Mapping[str, pa.Array], name: str) -> pa.Array:
    """Give a column, or empty cells."""
    if name in cells:
        return cells[name]
    count = len(next(iter(cells.values())))
    return pa.array([""] * count, pa.string())
