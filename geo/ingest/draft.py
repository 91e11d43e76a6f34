"""The rows of a file on their way to events.

A column is read at once, each different cell of it one time; a row that fails
keeps its problems and drops out. Nothing else of the rows is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

from geo.ingest.kinds import FileKind, field_columns
from geo.ingest.results import Note, NoteKind, SetAside
from geo.ingest.sheet import Sheet
from geo.problems import Problem, quoted
from geo.said import said, said_n

Cell = TypeVar("Cell", bound=Hashable)
Value = TypeVar("Value")

_MOST_NAMED = 5


@dataclass
class Draft:
    """What is known of the rows so far; rows are counted from 0."""

    file: str
    kind: FileKind
    sheet: Sheet
    fields: dict[str, str]
    """The column of each field that the file has."""
    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    """The values of each field of an event, one a row."""
    remarks: list[tuple[NoteKind, str, tuple[int, ...] | None]] = field(
        default_factory=list
    )
    """What to tell of rows, or of the whole file, if the rows stay good."""
    verbatim: set[str] = field(default_factory=set)
    """Columns that went over unchanged."""
    problems: defaultdict[int, list[Problem]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, file: str, kind: FileKind, sheet: Sheet) -> Draft:
        """Begin with the rows of a sheet."""
        return cls(file, kind, sheet, field_columns(kind, sheet.header))

    def __len__(self) -> int:
        return len(self.sheet)

    def cells(self, name: str) -> list[str]:
        """Give the cells of a field; empty cells if the file has no such column."""
        column = self.fields.get(name)
        if column is None:
            return [""] * len(self)
        cells: list[str] = self.sheet.columns[column].to_pylist()
        return cells

    def read(
        self, name: str, cells: Iterable[Cell], reader: Callable[[Cell], Value | None]
    ) -> list[Value | None]:
        """Read a column; None, and a problem, where a cell cannot be read.

        Parameters
        ----------
        name
            The field whose column a problem names.
        reader
            Raises ValueError with a message for people.
        """
        cells = list(cells)
        known: dict[Cell, Value | None] = {}
        failures: dict[Cell, str] = {}
        for cell in dict.fromkeys(cells):
            try:
                known[cell] = reader(cell)
            except ValueError as error:
                known[cell], failures[cell] = None, str(error)
        if failures:
            for row, cell in enumerate(cells):
                if cell in failures:
                    self.fail(row, name, failures[cell])
        return [known[cell] for cell in cells]

    def fail(self, row: int, name: str | None, message: str) -> None:
        """Note what is wrong with a row."""
        column = None if name is None else self.fields.get(name, name)
        number = self.sheet.numbers[row]
        self.problems[row].append(Problem(self.file, number, column, message))

    def good_rows(self) -> list[int]:
        """Give the rows that have not failed."""
        return [row for row in range(len(self)) if row not in self.problems]

    def note(
        self, kind: NoteKind, message: str, rows: Iterable[int] | None = None
    ) -> None:
        """Tell the reader something of rows that are good all the same."""
        self.remarks.append((kind, message, None if rows is None else tuple(rows)))

    def notes(self) -> tuple[Note, ...]:
        """Give what there is to tell of the whole file, and of good rows."""
        notes = list(self.sheet.notes)
        for kind, message, rows in self.remarks:
            good = [row for row in rows or () if row not in self.problems]
            if good or rows is None:
                numbers = tuple(self.sheet.numbers[row] for row in good)
                notes.append(Note(kind, message, numbers))
        return tuple(notes)

    def set_aside(self) -> tuple[SetAside, ...]:
        """Give the rows that failed and what was no row, in file order."""
        failed = (
            SetAside(
                record.line, record.number, record.given, tuple(self.problems[row])
            )
            for row in self.problems
            if (record := self.sheet.record(row))
        )
        return tuple(
            sorted((*failed, *self.sheet.broken), key=lambda each: each.number)
        )


def picked(values: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """Give the values of some rows."""
    if len(rows) < 2:
        return [values[row] for row in rows]
    chosen: tuple[Any, ...] = itemgetter(*rows)(values)
    return chosen


def some(words: Iterable[str]) -> str:
    """Name a few of many words, each once.

    Examples
    --------
    >>> some(["a", "b", "a"]), some("abcdefg")
    ('"a", "b"', '"a", "b", "c", "d", "e" and 2 more')
    """
    different = list(dict.fromkeys(words))
    named = [quoted(word) for word in different[:_MOST_NAMED]]
    more = len(different) - _MOST_NAMED
    if more <= 0:
        return said("{names}", names=named)
    return said_n("{names} and {n} more", "{names} and {n} more", more, names=named)
