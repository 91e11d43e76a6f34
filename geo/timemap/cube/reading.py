"""Reads a folder of counts, and refuses one that cannot be right.

``cube.json`` names its levels; a level is a file of five columns, one after
the other, little-endian: hour, x, y (uint32), kind (uint8), count (uint32).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.problems import Problem, explain
from geo.said import Quote, said
from geo.vocab import Kind

VERSION = 1
COLUMNS = {"hour": "<u4", "x": "<u4", "y": "<u4", "kind": "<u1", "count": "<u4"}
ROW_BYTES = sum(np.dtype(kind).itemsize for kind in COLUMNS.values())

Column = npt.NDArray[np.unsignedinteger[Any]]


class CubeError(ValueError):
    """A folder of counts that cannot be read; the message says what of it."""


class _LevelHead(BaseModel):
    """One entry of the levels in cube.json."""

    model_config = ConfigDict(frozen=True)

    zoom: int = Field(ge=0, le=30)
    rows: int = Field(ge=0)
    file: str = Field(pattern=r"^[\w.-]+$")


class _Head(BaseModel):
    """What cube.json says."""

    model_config = ConfigDict(frozen=True)

    version: int
    total: int = Field(ge=1)
    first_hour: int = Field(ge=-400_000, le=2_100_000)
    hours: int = Field(ge=1, le=2_500_000)
    kinds: list[str]
    levels: list[_LevelHead] = Field(min_length=1)


@dataclass(frozen=True)
class Level:
    """Counts at one zoom, sorted by hour, y, x and kind; columns of one length."""

    zoom: int
    hour: Column
    """Hours after the cube's first."""
    x: Column
    """Web Mercator tile address at that zoom, eastward."""
    y: Column
    """The same, southward."""
    kind: Column
    """Place of the kind in `geo.vocab.Kind`."""
    count: Column


@dataclass(frozen=True)
class Cube:
    """Counts of events by cell, hour and kind, at several zooms."""

    total: int
    first_hour: int
    """Hours since 1970-01-01T00 on Almaty's wall clock."""
    hours: int
    levels: tuple[Level, ...]
    """From the widest cells to the narrowest."""


def read_cube(folder: Path) -> Cube:
    """Read a folder of counts.

    Raises
    ------
    CubeError
        If a file is missing or is not what cube.json says.
    """
    path = Path(folder) / "cube.json"
    head = _read_head(path)
    if head.version != VERSION:
        message = said(
            "version {version}, expected {expected}",
            version=str(head.version),
            expected=str(VERSION),
        )
        raise _fault(path, message)
    if head.kinds != [kind.value for kind in Kind]:
        raise _fault(path, said("its kinds are not those of this program"))
    levels = [_read_level(path.parent, each, head) for each in head.levels]
    levels.sort(key=lambda level: level.zoom)
    return Cube(head.total, head.first_hour, head.hours, tuple(levels))


def _read_head(path: Path) -> _Head:
    """Read cube.json."""
    try:
        return _Head.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValidationError as error:
        column, message = explain(error)[0]
        raise _fault(path, message, column) from error
    except ValueError as error:
        message = said("is no JSON in UTF-8 ({reason})", reason=Quote(error))
        raise _fault(path, message) from error


def _read_level(folder: Path, entry: _LevelHead, head: _Head) -> Level:
    """Read and check the columns of one level."""
    path = folder / entry.file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) != entry.rows * ROW_BYTES:
        message = said(
            "{size} bytes, expected {expected} for {rows} rows",
            size=len(data),
            expected=entry.rows * ROW_BYTES,
            rows=entry.rows,
        )
        raise _fault(path, message)
    columns, at = {}, 0
    for name, kind in COLUMNS.items():
        columns[name] = np.frombuffer(data, kind, entry.rows, at)
        at += columns[name].nbytes
    level = Level(entry.zoom, **columns)
    _check(path, level, head)
    return level


def _check(path: Path, level: Level, head: _Head) -> None:
    """Hold every column to its range, the order and the sum."""
    for name, most in (
        ("hour", head.hours),
        ("x", 2**level.zoom),
        ("y", 2**level.zoom),
        ("kind", len(head.kinds)),
    ):
        column: Column = getattr(level, name)
        if len(column) and int(column.max()) >= most:
            message = said(
                "{column} {value}, expected less than {most}",
                column=name,
                value=str(column.max()),
                most=str(most),
            )
            raise _fault(path, message)
    if (np.diff(level.hour.astype(np.int64)) < 0).any():
        raise _fault(path, said("rows are not sorted by hour"))
    total = int(level.count.sum(dtype=np.int64))
    if total != head.total:
        message = said(
            "counts {total} events, expected {expected}",
            total=total,
            expected=head.total,
        )
        raise _fault(path, message)


def _unreadable(path: Path, error: OSError) -> CubeError:
    """Say why the system did not read a file."""
    reason = Quote(error.strerror or error)
    return _fault(path, said("cannot be read: {reason}", reason=reason))


def _fault(path: Path, message: str, field: str | None = None) -> CubeError:
    """Say what is wrong with a file, or with a field of it."""
    return CubeError(Problem(str(path), None, field, message).sentence)
