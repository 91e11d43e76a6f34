"""The Almaty clock, windows of time, and how events fall into them.

Minutes here are whole minutes since 1970-01-01T00:00 on Almaty's wall clock,
so that the rules are sums of integers, need no time zone, and can stand once
more, number for number, in the map's script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from geo.said import Message, Quote, said
from geo.vocab import COARSE_PRECISIONS, Status

ALMATY = ZoneInfo("Asia/Almaty")
"""UTC+6 in January 2022; UTC+5 since March 2024."""

MINUTES_A_DAY = 24 * 60

EXAMPLE = "2022-01-05T14:50+06:00"

# Before May 1924 Almaty's clock stood at +05:07:48, which no whole minute fits.
FIRST_YEAR, LAST_YEAR = 1925, 2199

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::(?P<seconds>[0-9]{2}))?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)

Minutes = npt.NDArray[np.int64]


def minute_of(when: datetime) -> int:
    """Count whole minutes on Almaty's wall clock since 1970-01-01T00:00.

    Parameters
    ----------
    when
        Aware; any zone. Seconds are cut off.

    Examples
    --------
    >>> minute_of(datetime(1970, 1, 2, 0, 1, tzinfo=ALMATY))
    1441
    """
    if when.tzinfo is None:
        raise ValueError(f"{when} has no time zone")
    wall_clock = when.astimezone(ALMATY).replace(tzinfo=None)
    return (wall_clock - _EPOCH) // timedelta(minutes=1)


def moment_of(minute: int) -> datetime:
    """Give the aware Almaty time of a minute; the inverse of `minute_of`."""
    return (_EPOCH + timedelta(minutes=int(minute))).replace(tzinfo=ALMATY)


def parse_moment(text: str, *, needs_offset: bool = False) -> datetime:
    """Read an ISO 8601 time to the minute; without an offset it is Almaty's.

    Parameters
    ----------
    text
        ``YYYY-MM-DDTHH:MM``, with or without ``:00`` seconds and an offset.
    needs_offset
        True for data files, where a time must say its offset.

    Returns
    -------
    moment
        Aware, in Asia/Almaty.

    Raises
    ------
    ValueError
        If the text is anything else: a bare number, a date in another
        order (which lenient readers take for another day), a time that does
        not exist, or one with seconds.

    Examples
    --------
    >>> parse_moment("2022-01-05T08:50Z").isoformat()
    '2022-01-05T14:50:00+06:00'
    """
    match = _MOMENT.fullmatch(text)
    if match is None or (needs_offset and match["offset"] is None):
        raise ValueError(_expected(text, needs_offset=needs_offset))
    if match["seconds"] not in (None, "00"):
        raise ValueError(
            said(
                '"{text}" has seconds: times are kept to the minute, such as {example}',
                text=text,
                example=EXAMPLE,
            )
        )
    if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        raise ValueError(
            said(
                '"{text}" is not in the years {first} to {last}',
                text=text,
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            said(
                '"{text}" is no time of the calendar and the clock ({reason})',
                text=text,
                reason=Quote(error),
            )
        ) from error
    return (
        when.replace(tzinfo=ALMATY) if when.tzinfo is None else when.astimezone(ALMATY)
    )


def _expected(text: str, *, needs_offset: bool) -> Message:
    """Say what a time should look like."""
    if needs_offset:
        return said(
            '"{text}" is not ISO 8601 with an offset, such as {example}',
            text=text,
            example=EXAMPLE,
        )
    return said(
        '"{text}" is not an ISO 8601 time, such as {example}',
        text=text,
        example=EXAMPLE[:16],
    )


def format_moment(when: datetime) -> str:
    """Write a moment as ``YYYY-MM-DDTHH:MM``, Almaty time."""
    return when.astimezone(ALMATY).strftime("%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Window:
    """A half-open stretch of time, ``[start, end)``.

    Examples
    --------
    >>> Window(moment_of(0), moment_of(60)).minutes
    (0, 60)
    """

    start: datetime
    """Aware; the first minute inside."""
    end: datetime
    """Aware; the first minute after it. At or before `start`: an empty window."""

    @property
    def minutes(self) -> tuple[int, int]:
        """Both edges as minutes on Almaty's wall clock."""
        return minute_of(self.start), minute_of(self.end)


def span_of(earliest: Iterable[int], latest: Iterable[int]) -> Window:
    """Give the whole days, midnight to midnight, that hold all the bounds.

    Raises
    ------
    ValueError
        If there are no bounds.
    """
    first, last = min(earliest), max(latest)
    return Window(
        moment_of(first // MINUTES_A_DAY * MINUTES_A_DAY),
        moment_of(-(-last // MINUTES_A_DAY) * MINUTES_A_DAY),
    )


def overlaps(start: int, end: int, lo: int, hi: int) -> bool:
    """Tell whether ``[start, end)`` meets the window ``[lo, hi)``.

    An instant (``start == end``) counts where ``lo <= start < hi``. An empty
    window (``hi <= lo``) meets nothing.

    Examples
    --------
    >>> overlaps(10, 10, 0, 10), overlaps(10, 10, 10, 20)
    (False, True)
    """
    if hi <= lo:
        return False
    if start == end:
        return lo <= start < hi
    return start < hi and end > lo


def status(
    start: int,
    end: int,
    earliest: int,
    latest: int,
    precision: str,
    window: tuple[int, int],
) -> Status | None:
    """Tell how surely one event falls into a window; None if it does not.

    Parameters
    ----------
    start, end
        Best estimate, minutes; the end is exclusive.
    earliest, latest
        Outer bounds, minutes, ``earliest <= start <= end <= latest``.
    precision
        A `TimePrecision` or its word.
    window
        First minute and first minute after, as `Window.minutes` gives them.
    """
    lo, hi = window
    if overlaps(start, end, lo, hi):
        if lo <= earliest and latest <= hi:
            return Status.CERTAIN
        reaches_beyond = start < lo or end > hi
        if reaches_beyond and precision in COARSE_PRECISIONS:
            return Status.COARSE
        return Status.LIKELY
    return Status.POSSIBLE if overlaps(earliest, latest, lo, hi) else None


_STATUSES = np.array([None, *Status], dtype=object)
_CODE = {each: code for code, each in enumerate(_STATUSES)}


def statuses(
    start: Minutes,
    end: Minutes,
    earliest: Minutes,
    latest: Minutes,
    precision: npt.ArrayLike,
    window: tuple[int, int],
) -> npt.NDArray[np.object_]:
    """Give the status of many events at once; the same rule as `status`.

    Parameters
    ----------
    start, end, earliest, latest
        Minutes, one item an event.
    precision
        Words of `TimePrecision`, one item an event.
    window
        First minute and first minute after.

    Returns
    -------
    statuses
        A `Status` or None for each event.
    """
    lo, hi = window
    best = _overlap(start, end, lo, hi)
    is_coarse = np.isin(
        np.asarray(precision, dtype=str), [str(each) for each in COARSE_PRECISIONS]
    )
    codes = np.select(
        [
            best & (lo <= earliest) & (latest <= hi),
            best & is_coarse & ((start < lo) | (end > hi)),
            best,
            _overlap(earliest, latest, lo, hi),
        ],
        [
            _CODE[Status.CERTAIN],
            _CODE[Status.COARSE],
            _CODE[Status.LIKELY],
            _CODE[Status.POSSIBLE],
        ],
        default=_CODE[None],
    )
    return np.asarray(_STATUSES[codes], dtype=object)


def _overlap(start: Minutes, end: Minutes, lo: int, hi: int) -> npt.NDArray[np.bool_]:
    """Do what `overlaps` does, for many at once."""
    if hi <= lo:
        return np.zeros(len(start), dtype=bool)
    instant = (start == end) & (lo <= start)
    return np.asarray((start < hi) & (instant | (end > lo)), dtype=bool)
