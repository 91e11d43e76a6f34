"""A file as a sheet: a header, whole rows, and what is no row at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geo.ingest.results import Note, SetAside

MOST_ROWS = 500_000
MOST_COLUMNS = 1_000

Progress = Callable[[float], None]
"""Is told how much of the reading is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row with as many cells as the header."""

    number: int
    """The row a spreadsheet shows, or the number of the feature or item."""
    line: int
    """Line of the file at which it begins, from 1."""
    cells: tuple[str, ...]
    given: tuple[str, ...] | None = None
    """The row as the file has it, where that is not its cells."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, of whatever kind."""

    header: tuple[str, ...]
    records: tuple[Record, ...]
    broken: tuple[SetAside, ...]
    """What could not be read as a row."""
    given_header: tuple[str, ...]
    """Heads what the file has: its header, or one name for a whole item."""
    separator: str | None = None
    members: Mapping[str, Any] | None = None
    """What a JSON file says beside its list."""
    notes: tuple[Note, ...] = ()

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The cells of each column, in file order."""
        if not self.records:
            return dict.fromkeys(self.header, ())
        cells = zip(*(record.cells for record in self.records), strict=True)
        return dict(zip(self.header, cells, strict=True))
