"""The files of a cube: cube.json, and one file of columns a level.

Nothing in them tells when, where or with which engine they were made: the same
events give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geo.cube.engine import Counts, Level
from geo.cube.faults import CubeError, Misused
from geo.cube.kinds import CODES
from geo.cube.partial import Tally
from geo.said import said

VERSION = 1
INDEX = "cube.json"
LEVELS = "level-*.bin"

_MOST = 2**32 - 1


@dataclass(frozen=True)
class Written:
    """One level, as it is on disk."""

    zoom: int
    rows: int
    size: int
    """In bytes."""


@dataclass(frozen=True)
class _Span:
    """The hours that the events of a cube fall into."""

    first: int
    last: int


def write(folder: Path, names: Sequence[str], counts: Counts) -> tuple[Written, ...]:
    """Write a cube into an empty folder.

    Parameters
    ----------
    names
        Of the files that were counted, without their folders.

    Raises
    ------
    CubeError
        If nothing was counted, or more than can be written.
    """
    written: list[Written] = []
    span: _Span | None = None
    for level in counts.levels:
        if span is None:
            if not len(level.hour):
                message = said("no row can be counted, so nothing is written")
                raise CubeError(message)
            span = _Span(int(level.hour[0]), int(level.hour[-1]))
        written.append(_write_level(folder, level, span))
    if span is not None:
        index = _index(names, counts, written, span)
        text = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
        (folder / INDEX).write_bytes(text.encode())
    return tuple(written)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier cube.

    Raises
    ------
    Misused
        It would be lost when the new cube takes the folder's place.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        message = said(
            '"{folder}" is a file, and a cube is a folder', folder=str(folder)
        )
        raise Misused(message)
    ours = {folder / INDEX, *folder.glob(LEVELS)}
    foreign = sorted(each.name for each in folder.iterdir() if each not in ours)
    if foreign:
        message = said(
            '"{folder}" holds other files, such as "{name}": name a new folder',
            folder=str(folder),
            name=foreign[0],
        )
        raise Misused(message)


def _write_level(folder: Path, level: Level, span: _Span) -> Written:
    """Write the columns of a level, one after the other."""
    if int(level.count.max()) > _MOST:
        message = said("more than {most} events in one cell, hour and kind", most=_MOST)
        raise CubeError(message)
    columns = (
        (level.hour - span.first).astype("<u4"),
        level.x.astype("<u4"),
        level.y.astype("<u4"),
        level.kind.astype("u1"),
        level.count.astype("<u4"),
    )
    path = folder / _name(level.zoom)
    with path.open("wb") as file:
        for column in columns:
            file.write(np.ascontiguousarray(column).data)
    return Written(level.zoom, len(level.hour), path.stat().st_size)


def _index(
    names: Sequence[str], counts: Counts, written: Sequence[Written], span: _Span
) -> Mapping[str, Any]:
    """Say what the levels are, and what became of every row."""
    tallies = [counts.tallies.get(number, Tally()) for number in range(len(names))]
    total = sum(tallies, Tally())
    return {
        "version": VERSION,
        "total": total.counted,
        "first_hour": span.first,
        "hours": span.last - span.first + 1,
        "kinds": list(CODES),
        "levels": [
            {"zoom": each.zoom, "rows": each.rows, "file": _name(each.zoom)}
            for each in written
        ],
        "left_out": list(counts.left_out),
        **_account(total),
        "files": [
            {"name": name, "counted": tally.counted, **_account(tally)}
            for name, tally in zip(names, tallies, strict=True)
        ],
    }


def _account(tally: Tally) -> Mapping[str, Any]:
    """Account for rows."""
    return {
        "read": tally.read,
        "set_aside": {str(reason): n for reason, n in tally.set_aside.items()},
        "only_day_known": tally.days,
        "other_kinds": tally.other_kinds,
    }


def _name(zoom: int) -> str:
    """Name the file of a level."""
    return f"level-{zoom:02}.bin"
