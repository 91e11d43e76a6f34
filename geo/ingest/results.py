"""What reading somebody else's file leads to.

Nothing is lost on the way: a `Reading` accounts for every row as shown or set
aside, and what cannot be read at all is one `FileError` that says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.dataset import Dataset
from geo.ingest.kinds import FileKind
from geo.problems import Problem
from geo.said import said


class FileError(Exception):
    """The file as a whole cannot be read; the message is for people."""


class ZoneWanted(FileError):  # noqa: N818 - a question, not a failure
    """Times without an offset stand in the file, and nobody said whose clock."""

    def __init__(self, name: str, count: int, example: str) -> None:
        self.name, self.count, self.example = name, count, example
        super().__init__(
            said(
                "times in {name} have no UTC offset, such as {example} (1 of {count}):"
                " which time zone do they follow?",
                name=name,
                example=example,
                count=count,
            )
        )

    def __reduce__(self) -> tuple[type[ZoneWanted], tuple[str, int, str]]:
        """Be made anew from what is asked, when it comes from another process."""
        return type(self), (self.name, self.count, self.example)


class NoteKind(StrEnum):
    """What a note is about, so that a page can sort and translate it."""

    ENCODING = "encoding"
    ZONE = "zone"
    SECONDS = "seconds"
    TWICE = "twice"
    SWAPPED = "swapped"
    ORIGIN = "origin"
    GEOCODED = "geocoded"
    NO_PLACE = "no-place"
    KIND = "kind"
    ROUTE = "route"
    COLUMNS = "columns"
    IDS = "ids"
    DATES = "dates"
    BROKEN_OFF = "broken-off"
    EMPTY = "empty"


@dataclass(frozen=True)
class Note:
    """What a reader must know of rows that are shown all the same."""

    kind: NoteKind
    message: str
    rows: tuple[int, ...] = ()
    """The rows it is about, as `Problem` counts them; empty: the whole file."""


@dataclass(frozen=True)
class SetAside:
    """One row that cannot be used, as it stands in the file."""

    line: int
    """Line of the file at which the row begins, from 1."""
    number: int
    """The row a spreadsheet shows, or the number of the feature or item."""
    cells: tuple[str, ...]
    """The row unchanged: its cells, or one cell with the text that is no row."""
    problems: tuple[Problem, ...]
    """What is wrong with it; at least one."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A file that was read: ``read == shown + len(set_aside)``."""

    name: str
    """Of the file, without its folder."""
    kind: FileKind
    encoding: str
    """Such as UTF-8, for people."""
    separator: str | None
    """Between the cells of a CSV; None for JSON."""
    header: tuple[str, ...]
    """Heads the cells of the rows set aside."""
    read: int
    """Rows that the file has; blank lines and empty rows are none."""
    dataset: Dataset | None
    """What can be shown, as our own data stand; None if nothing can."""
    set_aside: tuple[SetAside, ...]
    """In the order of the file."""
    notes: tuple[Note, ...]

    @property
    def shown(self) -> int:
        """How many rows the dataset shows."""
        return 0 if self.dataset is None else len(self.dataset.events)
