"""Hours on Almaty's wall clock, for many times at once.

The offsets are those of Python's zoneinfo, laid out as a table: one clock for
both engines, and the one that reads single events too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

import numpy as np
import numpy.typing as npt

from geo.timeline import ALMATY, FIRST_YEAR, LAST_YEAR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY, _HOUR = 86_400, 3_600
_LONG_AGO = np.iinfo(np.int64).min // 2

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Clock:
    """A time zone: stretches of one offset each."""

    starts: Ints
    """Seconds since 1970 in UTC at which each stretch begins."""
    offsets: Ints
    """Seconds east of Greenwich in that stretch."""

    def wall(self, utc: Ints) -> Ints:
        """Give seconds on the wall clock for seconds in UTC."""
        at = np.searchsorted(self.starts, utc, side="right") - 1
        return np.asarray(utc + self.offsets[at], dtype=np.int64)

    def utc(self, wall: Ints) -> tuple[Ints, Mask]:
        """Give seconds in UTC for the wall clock, and which were skipped.

        Of a time that the clock showed twice the first is meant. One that it
        skipped is read with the offset before the gap, as datetime reads it.
        """
        ends = np.append(self.starts[1:] + self.offsets[:-1], -_LONG_AGO)
        at = np.searchsorted(ends, wall, side="right")
        is_skipped = wall < self.starts[at] + self.offsets[at]
        before = np.where(is_skipped, at - 1, at)
        return wall - self.offsets[before], is_skipped


@cache
def clock_of(zone: tzinfo) -> Clock:
    """Lay out a time zone for the years that the timeline knows."""
    starts, offsets = [_LONG_AGO], []
    low = _seconds(datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC))
    end = _seconds(datetime(LAST_YEAR + 2, 1, 1, tzinfo=UTC))
    known = _offset(zone, low)
    offsets.append(known)
    for high in range(low + _DAY, end, _DAY):
        found = _offset(zone, high)
        if found != known:
            starts.append(_change(zone, high - _DAY, high))
            offsets.append(found)
            known = found
    return Clock(np.array(starts), np.array(offsets))


def almaty_hours(utc: Ints) -> Ints:
    """Give hours since 1970-01-01T00 on Almaty's wall clock."""
    return clock_of(ALMATY).wall(utc) // _HOUR


def _change(zone: tzinfo, low: int, high: int) -> int:
    """Find the second at which the offset changes, between two that differ."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: tzinfo, utc: int) -> int:
    """Give the offset in seconds at a moment."""
    when = (_EPOCH + timedelta(seconds=utc)).astimezone(zone)
    offset = when.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _seconds(when: datetime) -> int:
    """Count seconds since 1970 in UTC."""
    return (when - _EPOCH) // timedelta(seconds=1)
