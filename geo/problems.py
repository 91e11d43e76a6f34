"""What is wrong with a data file, said so that a person can put it right.

Problems are collected over all files and raised once, as a `DataError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_ROW_WORD = {".csv": "row", ".geojson": "feature", ".json": "item"}
_COLUMN_WORD = {".csv": "column", ".geojson": "property", ".json": "field"}
_LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file."""

    file: str
    """Name of the file, without its folder."""
    row: int | None
    """In a CSV the row a spreadsheet shows (the header is row 1); elsewhere
    the number of the feature or item, from 1. None: the file as a whole."""
    column: str | None
    """Column or property; None: the row as a whole."""
    message: str
    """What was found and what was expected."""

    def __str__(self) -> str:
        """Write the problem on one line."""
        where = [self.file]
        if self.row is not None:
            where.append(f"{row_word(self.file)} {self.row}")
        if self.column is not None:
            where.append(f"{_column_word(self.file)} {self.column}")
        return f"{', '.join(where)}: {self.message}"


class DataError(Exception):
    """The data cannot be used; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ColumnError(ValueError):
    """A check over several columns failed; carries the one to look at."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


def row_word(file: str) -> str:
    """Name what a number in this file counts: row, feature or item."""
    return _ROW_WORD.get(PurePath(file).suffix, "row")


def quoted(value: object) -> str:
    """Put a value in quotes on one line, cut short if it is long.

    Examples
    --------
    >>> quoted("05.01.2022"), quoted(7)
    ('"05.01.2022"', '7')
    """
    if not isinstance(value, str):
        text = repr(value)
        return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    # What a terminal might obey, and line breaks, would spoil the report.
    line = "".join(sign if sign.isprintable() else " " for sign in value)
    return f'"{line}"' if len(line) <= _LONGEST_QUOTE else f'"{line[:_LONGEST_QUOTE]}…"'


def _column_word(file: str) -> str:
    """Name what a column of this file is called."""
    return _COLUMN_WORD.get(PurePath(file).suffix, "column")


def explain(error: ValidationError) -> list[tuple[str | None, str]]:
    """Turn a failed row into (column, message) pairs; no column: the row."""
    return [_explained(details) for details in error.errors(include_url=False)]


def _explained(details: ErrorDetails) -> tuple[str | None, str]:
    """Say one failure in our words."""
    column = _path(*details["loc"])
    kind, found = details["type"], details["input"]
    if kind == "missing":
        return column, "is missing"
    if kind == "extra_forbidden":
        return column, "is not a known name here"
    if kind == "value_error":
        reason = details["ctx"]["error"]
        inner = getattr(reason, "column", None)
        return (_path(*details["loc"], inner) if inner else column), str(reason)
    if kind == "string_type":
        return column, f"{quoted(found)} is not text"
    return column, f"{quoted(found)}: {details['msg'][0].lower()}{details['msg'][1:]}"


def _path(*steps: str | int) -> str | None:
    """Name a field, and the object in a list that it stands in, from 1.

    The number of a plain value in a list is left out: the value is quoted.

    Examples
    --------
    >>> _path("questions", 1, "ask"), _path("sources", 3), _path()
    ('questions[2].ask', 'sources', None)
    """
    path, numbers = "", ""
    for step in steps:
        if isinstance(step, int):
            numbers += f"[{step + 1}]"
        else:
            path += f"{numbers}.{step}" if path else step
            numbers = ""
    return path or None
