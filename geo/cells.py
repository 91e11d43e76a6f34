"""How one cell is read: ids, codes, times, lists, figures.

Cells of a CSV arrive as text, values of JSON as they are. Text itself is never
changed, and any text is good text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from geo.problems import ColumnError, quoted
from geo.said import or_quote, said
from geo.timeline import format_moment, parse_moment

_ID = re.compile(r"[\w.:-]+")
_AS_OF = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

# What spreadsheets run instead of showing it, after OWASP's "CSV Injection".
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SIGNS = frozenset("'=+-@\t\r\n＝＋－＠")
MARKED = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")
"""Without it in a text, `unguarded` changes no cell of that text."""

Coded = TypeVar("Coded", bound=StrEnum)


def guarded(cell: str) -> str:
    """Put a ``'`` before a cell that a spreadsheet might run as a formula.

    A cell that has such a mark already gets one more, so that `unguarded`
    gives back exactly what was there.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'Three floors'")
    ("'=1+1", "''=1+1", "'Three floors'")
    """
    # Most cells are told by their first sign, which a pattern takes longer for.
    return f"'{cell}" if cell[:1] in _SIGNS and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take the mark off again that `guarded` puts before a cell.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("=1+1"), unguarded("'Three floors'")
    ('=1+1', '=1+1', "'Three floors'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _read_id(value: object) -> object:
    """Take an id that can stand in an address and in a list of ids."""
    if isinstance(value, str) and not _ID.fullmatch(value):
        raise ValueError(
            said(
                "{value} is not an id: letters, digits, and - _ . : only",
                value=quoted(value),
            )
        )
    return value


def _read_title(value: str) -> str:
    """Refuse a title that shows as nothing."""
    if not value.strip():
        raise ValueError(said("is empty"))
    return value


def _read_moment(value: object) -> object:
    """Take text only: a bare number would pass for seconds since 1970."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError(
            said("{value} is not a time written as text", value=quoted(value))
        )
    return parse_moment(value, needs_offset=True)


def _split(separator: str) -> Callable[[object], object]:
    """Make a reader of lists in one cell; an empty cell is an empty list."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        return (
            tuple(item.strip() for item in value.split(separator))
            if value.strip()
            else ()
        )

    return read


def _without_repeats(items: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list that names one thing twice."""
    repeated = sorted({item for item in items if items.count(item) > 1})
    if repeated:
        names = [quoted(item) for item in repeated]
        raise ValueError(said("names {names} more than once", names=names))
    return items


def _without_gaps(items: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list with an empty item, such as ``a;;b``."""
    if not all(items):
        raise ValueError(said("has an empty item in its list"))
    return items


def _none_as(empty: object) -> Callable[[object], object]:
    """Make a reader that takes null for what is simply not there."""
    return lambda value: empty if value is None else value


def read_code(vocabulary: type[Coded]) -> Callable[[object], Coded]:
    """Make a reader of one closed vocabulary whose error names its words."""

    def read(value: object) -> Coded:
        try:
            return vocabulary(str(value))
        except ValueError as error:
            raise ValueError(
                said(
                    "{value} is not one of: {choices}",
                    value=quoted(value),
                    choices=[word.value for word in vocabulary],
                )
            ) from error

    return read


def _read_as_of(value: str) -> str:
    """Take a day, a month or a year of the calendar."""
    try:
        if not _AS_OF.fullmatch(value):
            raise ValueError
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError as error:
        raise ValueError(
            said(
                "{value} is not a date YYYY, YYYY-MM or YYYY-MM-DD", value=quoted(value)
            )
        ) from error
    return value


def _read_figure(value: object) -> object:
    """Read what a claim gives: a plain number or a time; empty is None."""
    if not isinstance(value, str) or not value.strip():
        return value or None
    if _NUMBER.fullmatch(value.strip()):
        return float(value)
    try:
        return parse_moment(value, needs_offset=True)
    except ValueError as error:
        raise ValueError(
            said(
                "{reason}, nor a plain number, such as 227",
                reason=or_quote(str(error)),
            )
        ) from error


Id = Annotated[str, BeforeValidator(_read_id)]
OptionalId = Annotated[
    Id | None, BeforeValidator(lambda value: None if value == "" else value)
]
Title = Annotated[str, AfterValidator(_read_title)]
Text = Annotated[str, BeforeValidator(_none_as(""))]
Moment = Annotated[datetime, BeforeValidator(_read_moment)]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_split(";")),
    AfterValidator(_without_repeats),
]
Locators = Annotated[
    tuple[str, ...], BeforeValidator(_split(";")), AfterValidator(_without_gaps)
]
Texts = Annotated[
    tuple[str, ...],
    BeforeValidator(_split(" | ")),
    BeforeValidator(_none_as(())),
    AfterValidator(_without_gaps),
]
AsOf = Annotated[str, AfterValidator(_read_as_of)]
Length = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)]
Figure = Annotated[float | datetime | None, BeforeValidator(_read_figure)]


def require_order(steps: Mapping[str, float | datetime | None]) -> None:
    """Refuse values that go down; None stands for not known."""
    known = [(name, value) for name, value in steps.items() if value is not None]
    for (name, value), (next_name, next_value) in pairwise(known):
        if value > next_value:  # type: ignore[operator]  # one unit a row
            raise ColumnError(
                next_name,
                said(
                    "{value} is before {column} {other}: expected {order}",
                    value=shown(next_value),
                    column=name,
                    other=shown(value),
                    order=" ≤ ".join(steps),
                ),
            )


def shown(value: float | datetime) -> str:
    """Write a moment or a number in a message."""
    return format_moment(value) if isinstance(value, datetime) else f"{value:.15g}"
