"""The rows of a CSV, each where a spreadsheet shows it.

One bad quote does not swallow the rows below it: where a cell that was never
closed has run over rows that stand on their own, only its first line is set
aside, and reading goes on with the next.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.cells import MARKED, unguarded
from geo.ingest.decoding import NO_TEXT, may_be_no_text
from geo.ingest.results import FileError, SetAside
from geo.ingest.sheet import MOST_COLUMNS, Columns, Limits, Progress, Sheet
from geo.problems import Problem
from geo.reading import wrong_length
from geo.said import Quote, said, said_n

SEPARATORS = (",", ";", "\t")
_STEP = 20_000
# Lines read once more after bad quotes; then each line is read on its own, so
# that a file of nothing but quotes takes no longer than another.
_MOST_REREAD = 200_000
# The line by which Excel is told the separator.
_TOLD = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)


@dataclass
class _Feed:
    """Lines for the csv module, which may be told to go back."""

    lines: Sequence[str]
    at: int
    end: int

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at >= self.end:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


@dataclass(frozen=True)
class Head:
    """What a CSV says before its rows."""

    lines: Sequence[str]
    """Of the whole text, with their ends."""
    first: int
    """The line of the header, from 0."""
    after: int
    """The line after the header."""
    names: tuple[str, ...]
    """Of the columns; each is different."""
    separator: str


class Piece(NamedTuple):
    """What the csv module made of some lines."""

    line: int
    """Of the first, from 0."""
    cells: list[str]
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether this is no row: a blank line, or a row of empty cells."""
        return self.problem is None and not any(map(str.strip, self.cells))

    def problem_in(self, width: int, *, may_be_no_text: bool = True) -> str | None:
        """Say what is wrong with this as a row of so many cells.

        Parameters
        ----------
        may_be_no_text
            False if the whole text is known to hold only text: quicker.
        """
        # A separator at the end of a row adds an empty cell, and does no harm.
        excess = self.cells[width:]
        is_whole = len(self.cells) == width or (excess and not any(excess))
        if self.problem is None and not is_whole:
            return wrong_length(len(self.cells), width)
        if (
            self.problem is None
            and may_be_no_text
            and any(map(NO_TEXT.search, self.cells))
        ):
            return said("has bytes that are no text in this file's encoding")
        return self.problem


@dataclass
class _Rows:
    """Sorts pieces into rows, and what is none."""

    file: str
    good: Columns
    most: int
    """Rows a file may have."""
    may_be_guarded: bool
    """Whether any cell may bear the mark that keeps it from being run."""
    may_be_no_text: bool
    given: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The rows, counted from 0, whose cells are not as the file has them."""
    broken: list[SetAside] = field(default_factory=list)

    def take(self, number: int, piece: Piece) -> None:
        """Sort one piece; blank lines and empty rows are no rows."""
        if piece.is_blank:
            return
        if len(self.good.numbers) + len(self.broken) == self.most:
            raise FileError(
                said_n(
                    "has more than {n} row: split it",
                    "has more than {n} rows: split it",
                    self.most,
                )
            )
        cells = piece.cells
        problem = piece.problem_in(
            len(self.good.header), may_be_no_text=self.may_be_no_text
        )
        if problem is None:
            self._keep(number, piece)
            return
        problems = (Problem(self.file, number, None, problem),)
        self.broken.append(SetAside(piece.line + 1, number, tuple(cells), problems))

    def _keep(self, number: int, piece: Piece) -> None:
        """Keep a good row, without what is no part of its cells."""
        cells = known = piece.cells[: len(self.good.header)]
        if self.may_be_guarded:
            known = list(map(unguarded, cells))
        if known != piece.cells:
            self.given[len(self.good.numbers)] = tuple(piece.cells)
        self.good.add(number, piece.line + 1, known)


def read_csv_sheet(text: str, file: str, progress: Progress, limits: Limits) -> Sheet:
    """Read a CSV whose cells are separated by commas, semicolons or tabs.

    Raises
    ------
    FileError
        If there is no header, or there are too many columns or rows.
    """
    head = read_head(text)
    lines = head.lines
    rows = _Rows(
        file,
        Columns(head.names),
        limits.most_rows,
        may_be_guarded="'" in text and MARKED.search(text) is not None,
        may_be_no_text=may_be_no_text(text),
    )
    found = pieces(lines, head.after, head.separator, len(head.names))
    for number, piece in enumerate(found, start=head.first + 2):
        rows.take(number, piece)
        if number % _STEP == 0:
            progress(piece.line / len(lines))
    return Sheet(
        header=head.names,
        columns=rows.good.columns(),
        numbers=rows.good.numbers,
        lines=rows.good.lines,
        given=rows.given.get,
        broken=tuple(rows.broken),
        given_header=head.names,
        separator=head.separator,
    )


def read_head(text: str) -> Head:
    """Read the header of a CSV, and find out what separates its cells.

    Raises
    ------
    FileError
        If there is no header, or there are too many columns.
    """
    lines = list(io.StringIO(text, newline=""))
    told = _TOLD.fullmatch(lines[0]) if lines else None
    first = next(
        (at for at, line in enumerate(lines) if at >= bool(told) and line.strip()), None
    )
    if first is None:
        raise FileError(said("is empty"))
    separator = told[1] if told else _separator_of(lines[first])
    names, after = _header(lines, first, separator)
    return Head(lines, first, after, _named(names), separator)


def _separator_of(line: str) -> str:
    """Give the separator that makes most of the header."""
    # The first of equals is the comma.
    return max(SEPARATORS, key=line.count)


def _header(lines: Sequence[str], first: int, separator: str) -> tuple[list[str], int]:
    """Read the header; give it and the line after it."""
    feed = _Feed(lines, first, len(lines))
    try:
        head = next(csv.reader(feed, delimiter=separator, strict=True))
    except csv.Error as error:
        raise FileError(
            said("has a header that is not CSV: {reason}", reason=Quote(error))
        ) from error
    if any("\0" in name for name in head):
        raise FileError(
            said(
                "has null bytes in its header, as UTF-16 without a byte order mark has:"
                " save the file as UTF-8"
            )
        )
    return head, feed.at


def _named(head: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own.

    Raises
    ------
    FileError
        If there are too many.
    """
    if len(head) > MOST_COLUMNS:
        raise FileError(
            said_n(
                "has {n} column; {most} is the most",
                "has {n} columns; {most} is the most",
                len(head),
                most=MOST_COLUMNS,
            )
        )
    names: dict[str, None] = {}
    for at, cell in enumerate(head, start=1):
        name = base = NO_TEXT.sub("\ufffd", unguarded(cell)).strip() or f"column {at}"
        count = 2
        while name in names:
            name, count = f"{base} ({count})", count + 1
        names[name] = None
    return tuple(names)


def pieces(
    lines: Sequence[str], at: int, separator: str, width: int
) -> Iterator[Piece]:
    """Read record by record, and go back where a quote has run too far."""
    feed, left = _Feed(lines, at, len(lines)), _MOST_REREAD
    reader = csv.reader(feed, delimiter=separator, strict=True)
    while feed.at < len(lines):
        start = feed.at
        if left <= 0:
            feed.end = start + 1
        piece = _piece(reader, lines, feed)
        further = lines[start + 1 : feed.at]
        is_bad = piece.problem is not None or len(piece.cells) != width
        if is_bad and any(line.count(separator) >= width - 1 for line in further):
            left -= len(further)
            feed.at = start + 1
            reader = csv.reader(feed, delimiter=separator, strict=True)
            text = lines[start].rstrip("\r\n")
            piece = Piece(start, [text], said("opens a quote that is not closed"))
        yield piece


def _piece(reader: Iterator[list[str]], lines: Sequence[str], feed: _Feed) -> Piece:
    """Read one record; what is none is given as one cell."""
    start = feed.at
    try:
        return Piece(start, next(reader))
    except csv.Error as error:
        text = "".join(lines[start : feed.at]).rstrip("\r\n")
        return Piece(start, [text], said("is not CSV: {reason}", reason=Quote(error)))
