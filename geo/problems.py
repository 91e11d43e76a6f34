"""What is wrong with a data file, said so that a person can put it right.

Problems are collected over all files and raised once, as a `DataError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from geo.labels import noop
from geo.said import Message, Quote, or_quote, said

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Words = TypeVar("Words")

# By file: where a problem of a row stands, of a cell in it, of a whole column.
_WHERE = {
    ".csv": (
        noop("{file}, row {row}: {message}"),
        noop("{file}, row {row}, column {column}: {message}"),
        noop("{file}, column {column}: {message}"),
    ),
    ".geojson": (
        noop("{file}, feature {row}: {message}"),
        noop("{file}, feature {row}, property {column}: {message}"),
        noop("{file}, property {column}: {message}"),
    ),
    ".json": (
        noop("{file}, item {row}: {message}"),
        noop("{file}, item {row}, field {column}: {message}"),
        noop("{file}, field {column}: {message}"),
    ),
}
_TWICE = {
    ".csv": noop("{value} stands already in row {row}"),
    ".geojson": noop("{value} stands already in feature {row}"),
    ".json": noop("{value} stands already in item {row}"),
}
# pydantic's words for what a number breaks, in ours; by its name for the rule.
_BOUNDS = {
    "greater_than": ("gt", noop("{value} is not greater than {bound}")),
    "greater_than_equal": ("ge", noop("{value} is less than {bound}")),
    "less_than_equal": ("le", noop("{value} is greater than {bound}")),
}
_TYPES = {
    "string_type": noop("{value} is not text"),
    "bool_type": noop("{value} is neither true nor false"),
    "finite_number": noop("{value} is not a finite number"),
    "float_type": noop("{value} is not a number"),
    "int_type": noop("{value} is not a whole number"),
    "int_from_float": noop("{value} is not a whole number"),
    "int_parsing": noop("{value} is not a whole number"),
    "int_parsing_size": noop("{value} is too large a number"),
    "datetime_type": noop("{value} is not a time written as text"),
    "model_type": noop("{value} is not an object"),
    "tuple_type": noop("{value} is not a list"),
    "too_short": noop("{value} has too few items"),
    "too_long": noop("{value} has too many items"),
}
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
    """What was found and what was expected, as `geo.said` makes it."""

    @property
    def sentence(self) -> Message:
        """File, row, column and message, on one line."""
        of_row, of_cell, of_column = _of_file(_WHERE, self.file)
        template = of_cell
        if self.row is None:
            template = noop("{file}: {message}") if self.column is None else of_column
        elif self.column is None:
            template = of_row
        return said(
            template,
            file=self.file,
            row=str(self.row),
            column=self.column,
            message=or_quote(self.message),
        )

    def __str__(self) -> str:
        """Write the problem on one line, in English."""
        return self.sentence


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


def stands_already(file: str, value: str, number: int) -> Message:
    """Say that an id stands in another row, feature or item of a file, too."""
    return said(_of_file(_TWICE, file), value=quoted(value), row=str(number))


def named(name: str, message: str) -> str:
    """Name what a message is about; "" if it has no name."""
    if not name:
        return message
    return said("{name}: {message}", name=name, message=or_quote(message))


def _of_file(words: Mapping[str, Words], file: str) -> Words:
    """Choose the words for a kind of file; what is no other has rows."""
    return words.get(PurePath(file).suffix, words[".csv"])


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


def explain(error: ValidationError) -> list[tuple[str | None, str]]:
    """Turn a failed row into (column, message) pairs; no column: the row."""
    return [_explained(details) for details in error.errors(include_url=False)]


def _explained(details: ErrorDetails) -> tuple[str | None, str]:
    """Say one failure in our words."""
    column = _path(*details["loc"])
    kind = details["type"]
    if kind == "missing":
        return column, said("is missing")
    if kind == "extra_forbidden":
        return column, said("is not a known name here")
    if kind == "value_error":
        reason = details["ctx"]["error"]
        inner = getattr(reason, "column", None)
        return (_path(*details["loc"], inner) if inner else column), str(reason)
    return column, _broken_rule(details)


def _broken_rule(details: ErrorDetails) -> Message:
    """Say which rule of pydantic's own a value breaks; its words for rare ones."""
    kind, value = details["type"], quoted(details["input"])
    if kind in _TYPES:
        return said(_TYPES[kind], value=value)
    if kind in _BOUNDS:
        name, template = _BOUNDS[kind]
        return said(template, value=value, bound=f"{details['ctx'][name]:g}")
    return said("{value}: {reason}", value=value, reason=Quote(details["msg"]))


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
