"""The command ``cube``: from the names of files to a folder, and what is said."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from geo.cube import folder
from geo.cube.engine import Counts, Progress
from geo.cube.faults import ABOUT, Misused
from geo.cube.folder import Written
from geo.cube.memory import peak_bytes
from geo.cube.partial import Tally
from geo.cube.rows import Block
from geo.cube.sources import blocks_of, sources_of
from geo.files import whole_folder
from geo.listing import printable

_MEGABYTE = 1_000_000
_SILENT_S = 2.0


@dataclass(frozen=True)
class Wishes:
    """What the command line asks for."""

    files: Sequence[str]
    output: Path
    engine: str
    scheduler: str | None
    zone: tzinfo | None
    most_rows: int
    memory_bytes: int


@dataclass(frozen=True)
class Made:
    """A cube that was written."""

    names: tuple[str, ...]
    counts: Counts
    levels: tuple[Written, ...]
    seconds: float

    @property
    def total(self) -> Tally:
        """What became of the rows of all files."""
        return sum(self.counts.tallies.values(), Tally())


def make(wishes: Wishes) -> Made:
    """Count files, and write the cube.

    Raises
    ------
    CubeError
        If a file cannot be counted; nothing is written then.
    OSError
        If the folder cannot be written.
    """
    start = time.monotonic()
    _check_engine(wishes)
    folder.refuse_foreign(wishes.output)
    sources = sources_of(wishes.files)
    blocks = tuple(blocks_of(sources, wishes.zone))
    progress = _Progress(sum(block.weight for block in blocks))
    names = tuple(source.path.name for source in sources)
    # What DuckDB cannot keep in memory lies where there must be room anyway.
    with (
        whole_folder(wishes.output) as draft,
        tempfile.TemporaryDirectory(prefix=f"{draft.name}.", dir=draft.parent) as spill,
    ):
        counts = _count(wishes, blocks, Path(spill), progress)
        levels = folder.write(draft, names, counts)
        # Hours may have passed, and somebody may have filled it.
        folder.refuse_foreign(wishes.output)
    return Made(names, counts, levels, time.monotonic() - start)


def _check_engine(wishes: Wishes) -> None:
    """Refuse options that do not belong together."""
    if wishes.engine == "dask" and not wishes.scheduler:
        raise Misused(
            "--engine dask needs the --scheduler of a cluster, such as"
            " tcp://127.0.0.1:8786; on one machine DuckDB needs none"
        )
    if wishes.engine != "dask" and wishes.scheduler:
        raise Misused("--scheduler is for --engine dask")


def _count(
    wishes: Wishes, blocks: Sequence[Block], spill: Path, progress: Progress
) -> Counts:
    """Count with the engine that was asked for; only that one is imported."""
    if wishes.scheduler:
        from geo.cube import cluster

        return cluster.count(
            blocks,
            most_rows=wishes.most_rows,
            address=wishes.scheduler,
            progress=progress,
        )
    from geo.cube import duck

    return duck.count(
        blocks,
        most_rows=wishes.most_rows,
        memory_bytes=wishes.memory_bytes,
        spill=spill,
        progress=progress,
    )


class _Progress:
    """Says on standard error how far a long run is."""

    def __init__(self, total: int) -> None:
        self._total = max(total, 1)
        self._start = self._last = time.monotonic()

    def __call__(self, done: int) -> None:
        """Say it, unless it was said a moment ago."""
        now = time.monotonic()
        if now - self._last < _SILENT_S:
            return
        self._last = now
        print(
            f"{done / self._total:4.0%} of {self._total / _MEGABYTE:,.0f} MB,"
            f" {now - self._start:,.0f} s",
            file=sys.stderr,
        )


def lines(made: Made, output: str) -> Iterator[str]:
    """Say what was counted, what was not and why, and what was written."""
    for number, name in enumerate(made.names):
        yield from _file_lines(name, made.counts.tallies.get(number, Tally()))
    if len(made.names) > 1:
        yield f"{len(made.names)} files: {_sum_line(made.total)}"
    yield f"written to {printable(output)}:"
    for each in made.levels:
        yield f"  zoom {each.zoom:2}  {each.rows:>10,} rows  {each.size:>12,} bytes"
    if made.counts.left_out:
        zooms = ", ".join(map(str, made.counts.left_out))
        yield f"  left out, for too many rows: zoom {zooms}"
    yield f"{made.seconds:.1f} s{_memory(made.counts.worker_bytes)}"


def _file_lines(name: str, tally: Tally) -> Iterator[str]:
    """Account for one file."""
    yield f"{printable(name)}: {_sum_line(tally)}"
    for reason, count in tally.set_aside.items():
        _, example = tally.examples[reason]
        shown = f" (first: {example})" if example else ""
        yield f"  {count:,} set aside: {ABOUT[reason]}{shown}"
    if tally.days:
        yield f"  {tally.days:,} counted in the first hour of their day: no time is given"
    if tally.other_kinds:
        yield f"  {tally.other_kinds:,} counted as observations: their kind is none of ours"


def _sum_line(tally: Tally) -> str:
    """Say that the counts add up."""
    aside = tally.read - tally.counted
    return f"{tally.read:,} rows read = {tally.counted:,} counted + {aside:,} set aside"


def _memory(worker_bytes: int) -> str:
    """Say how much memory it took, as far as that is told."""
    here = peak_bytes()
    if not here:
        return ""
    text = f", at most {here / _MEGABYTE:,.0f} MB of memory"
    if worker_bytes:
        text += f" here and {worker_bytes / _MEGABYTE:,.0f} MB in a worker"
    return text
