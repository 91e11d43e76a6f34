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
from geo.labels import noop
from geo.listing import printable
from geo.said import Message, said, said_n
from geo.texts import Texts

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


def make(wishes: Wishes, texts: Texts) -> Made:
    """Count files, and write the cube.

    Parameters
    ----------
    texts
        Says on standard error how far it is.

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
    progress = _Progress(sum(block.weight for block in blocks), texts)
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
        message = said(
            "--engine dask needs the --scheduler of a cluster, such as {example};"
            " on one machine DuckDB needs none",
            example="tcp://127.0.0.1:8786",
        )
        raise Misused(message)
    if wishes.engine != "dask" and wishes.scheduler:
        raise Misused(said("--scheduler is for --engine dask"))


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

    def __init__(self, total: int, texts: Texts) -> None:
        self._total, self._texts = max(total, 1), texts
        self._start = self._last = time.monotonic()

    def __call__(self, done: int) -> None:
        """Say it, unless it was said a moment ago."""
        now = time.monotonic()
        if now - self._last < _SILENT_S:
            return
        self._last = now
        message = said(
            "{share} of {size} MB, {seconds} s",
            share=f"{done / self._total:4.0%}",
            size=round(self._total / _MEGABYTE),
            seconds=round(now - self._start),
        )
        print(self._texts.say(message), file=sys.stderr)


def lines(made: Made, output: str, texts: Texts) -> Iterator[str]:
    """Say what was counted, what was not and why, and what was written."""
    for number, name in enumerate(made.names):
        first, *others = _of_file(name, made.counts.tallies.get(number, Tally()))
        yield printable(texts.say(first))
        yield from _indented(others, texts)
    if len(made.names) > 1:
        message = said_n(
            "{n} file: {counts}",
            "{n} files: {counts}",
            len(made.names),
            counts=_sum(made.total),
        )
        yield printable(texts.say(message))
    yield printable(texts.say(said("written to {folder}:", folder=output)))
    yield from _level_lines(made.levels, texts)
    if made.counts.left_out:
        zooms = list(map(str, made.counts.left_out))
        message = said("left out, for too many rows: zoom {zooms}", zooms=zooms)
        yield from _indented([message], texts)
    yield printable(texts.say(_cost(made)))


def _indented(messages: Sequence[Message], texts: Texts) -> Iterator[str]:
    """Say what belongs to the line before."""
    yield from (f"  {printable(texts.say(each))}" for each in messages)


def _of_file(name: str, tally: Tally) -> Iterator[Message]:
    """Account for one file."""
    yield said("{name}: {message}", name=name, message=_sum(tally))
    for reason, count in tally.set_aside.items():
        _, example = tally.examples[reason]
        template = noop("{count} set aside: {reason}")
        if example:
            template = noop("{count} set aside: {reason} (first: {example})")
        yield said(template, count=count, reason=ABOUT[reason], example=example)
    if tally.days:
        yield said(
            "{count} counted in the first hour of their day: no time is given",
            count=tally.days,
        )
    if tally.other_kinds:
        yield said(
            "{count} counted as observations: their kind is none of ours",
            count=tally.other_kinds,
        )


def _sum(tally: Tally) -> Message:
    """Say that the counts add up."""
    return said_n(
        "{n} row read = {counted} counted + {aside} set aside",
        "{n} rows read = {counted} counted + {aside} set aside",
        tally.read,
        counted=tally.counted,
        aside=tally.read - tally.counted,
    )


def _level_lines(levels: Sequence[Written], texts: Texts) -> Iterator[str]:
    """Give a table of the levels, its columns below each other."""
    cells = [
        (
            texts.t("zoom {zoom}", zoom=f"{each.zoom:2}"),
            texts.n("{n} row", "{n} rows", each.rows),
            texts.n("{n} byte", "{n} bytes", each.size),
        )
        for each in levels
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        shown = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  " + "  ".join(shown)


def _cost(made: Made) -> Message:
    """Say how long it took and how much memory, as far as that is told."""
    seconds, here = round(made.seconds, 1), peak_bytes()
    if not here:
        return said("{seconds} s", seconds=seconds)
    memory = round(here / _MEGABYTE)
    if not made.counts.worker_bytes:
        return said(
            "{seconds} s, at most {memory} MB of memory", seconds=seconds, memory=memory
        )
    return said(
        "{seconds} s, at most {memory} MB of memory here and {other} MB in a worker",
        seconds=seconds,
        memory=memory,
        other=round(made.counts.worker_bytes / _MEGABYTE),
    )
