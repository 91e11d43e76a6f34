"""A file as a sheet: a header, the cells of each column, and what is no row."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.ingest.results import FileError, Note, SetAside
from geo.said import said

MOST_COLUMNS = 1_000

Progress = Callable[[float], None]
"""Is told how much of the reading is done, 0 to 1."""

_AT_ONCE = 20_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How large a file may be."""

    most_bytes: int = 50_000_000
    most_rows: int = 500_000


UPLOAD = Limits()
"""What a server takes from a stranger."""
COMMAND_LINE = Limits(2_000_000_000, 10_000_000)
"""What is read by whoever owns the machine: as much as its memory holds, but for
the 2 GB that a column of text can address."""


def bytes_of(source: bytes | Path, limits: Limits) -> bytes:
    """Give the bytes of a file.

    Raises
    ------
    FileError
        If it is too large.
    OSError
        If there is no such file, or it cannot be opened.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.most_bytes:
        raise FileError(
            said(
                "is {size} MB; {most} MB is the most",
                size=round(size / _MEGABYTE, 1),
                most=limits.most_bytes // _MEGABYTE,
            )
        )
    return source if isinstance(source, bytes) else source.read_bytes()


@dataclass(frozen=True)
class Record:
    """One row with as many cells as the header."""

    number: int
    """The row a spreadsheet shows, or the number of the feature or item."""
    line: int
    """Line of the file at which it begins, from 1."""
    given: tuple[str, ...]
    """The row as the file has it."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, of whatever kind."""

    header: tuple[str, ...]
    columns: Mapping[str, pa.ChunkedArray]
    """The cells of each column, in file order."""
    numbers: Sequence[int]
    """The number of each row, as `Record` has it."""
    lines: Sequence[int]
    """The line at which each row begins."""
    given: Callable[[int], tuple[str, ...] | None]
    """Gives a row, counted from 0, as the file has it; None: that is its cells."""
    broken: tuple[SetAside, ...]
    """What could not be read as a row."""
    given_header: tuple[str, ...]
    """Heads what the file has: its header, or one name for a whole item."""
    separator: str | None = None
    members: Mapping[str, Any] | None = None
    """What a JSON file says beside its list."""
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def record(self, row: int) -> Record:
        """Give one row, counted from 0."""
        given = self.given(row)
        if given is None:
            given = tuple(column[row].as_py() for column in self.columns.values())
        return Record(self.numbers[row], self.lines[row], given)


@dataclass
class Columns:
    """Gathers rows, and keeps them as columns without an object for each cell."""

    header: tuple[str, ...]
    numbers: array[int] = field(default_factory=lambda: array("q"))
    lines: array[int] = field(default_factory=lambda: array("q"))
    _rows: list[Sequence[str]] = field(default_factory=list)
    _parts: list[list[pa.Array]] = field(default_factory=list)

    def add(self, number: int, line: int, cells: Sequence[str]) -> None:
        """Add a row with as many cells as the header."""
        self.numbers.append(number)
        self.lines.append(line)
        self._rows.append(cells)
        if len(self._rows) == _AT_ONCE:
            self._settle()

    def columns(self) -> dict[str, pa.ChunkedArray]:
        """Give the columns of all rows."""
        self._settle()
        return {
            name: pa.chunked_array([part[at] for part in self._parts], pa.string())
            for at, name in enumerate(self.header)
        }

    def _settle(self) -> None:
        """Turn the rows gathered so far into columns."""
        if self._rows:
            cells = zip(*self._rows, strict=True)
            self._parts.append([pa.array(each, pa.string()) for each in cells])
            self._rows = []
