"""Other people's times: ISO 8601, to the minute, on a clock that is known.

What could be read in two ways (05.01.2022, 01/05/2022) is refused. A time
without an offset follows the time zone that the reader was told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from geo.problems import quoted
from geo.said import or_quote, said
from geo.timeline import ALMATY, FIRST_YEAR, LAST_YEAR

_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?P<clock>[0-9]{2}:[0-9]{2})(?::(?P<seconds>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r" ?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_CLOCK = re.compile(
    r"(?P<clock>[0-9]{2}:[0-9]{2})(?::(?P<seconds>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?")
_SLASHED = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})")
_NAMED = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>[0-9]{4})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time as a file gives it."""

    day: date
    clock: time | None = None
    """None: the whole day is meant."""
    zone: tzinfo | None = None
    """The offset in the text; None if it has none."""
    has_seconds: bool = False
    """Whether seconds other than :00 were cut off."""

    def on(self, zone: tzinfo | None) -> Stretch:
        """Give the stretch of time that is meant.

        Parameters
        ----------
        zone
            Whose clock a time without an offset follows.

        Raises
        ------
        ValueError
            If the clock skipped this time, as it does in spring.
        """
        found = self.zone or zone or ALMATY
        if self.clock is None:
            start = datetime.combine(self.day, time(), found)
            end = datetime.combine(self.day + timedelta(days=1), time(), found)
            return Stretch(
                start.astimezone(ALMATY),
                end.astimezone(ALMATY),
                needs_zone=self.zone is None,
            )
        when = datetime.combine(self.day, self.clock, found)
        again = when.astimezone(UTC).astimezone(found)
        if again.replace(tzinfo=None) != when.replace(tzinfo=None):
            raise ValueError(
                said(
                    "{time} does not exist in {zone}",
                    time=f"{when:%Y-%m-%d %H:%M}",
                    zone=str(found),
                )
            )
        is_twice = when.utcoffset() != when.replace(fold=1).utcoffset()
        moment = when.astimezone(ALMATY)
        return Stretch(
            moment,
            moment,
            needs_zone=self.zone is None,
            has_seconds=self.has_seconds,
            is_twice=is_twice,
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """From its first minute to the first after it; a moment has equal ends."""

    start: datetime
    """Aware, Asia/Almaty."""
    end: datetime
    needs_zone: bool = False
    """Whether the text had no offset."""
    has_seconds: bool = False
    """Whether seconds were cut off."""
    is_twice: bool = False
    """Whether the clock showed this time twice, as it does in autumn."""

    @property
    def is_day(self) -> bool:
        """Whether only the day is known."""
        return self.start != self.end


def read_stamp(text: str) -> Stamp | None:
    """Read an ISO 8601 date or time; None if the cell is empty.

    Raises
    ------
    ValueError
        If it is anything else, or in no year we know.

    Examples
    --------
    >>> read_stamp("2022-01-05").clock is None
    True
    >>> read_stamp("2022-01-05 14:50").zone is None
    True
    """
    text = text.strip()
    if not text:
        return None
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(
            said(
                "{value} is not ISO 8601, such as 2022-01-05 or 2022-01-05T14:50+06:00",
                value=quoted(text),
            )
        )
    try:
        day = _in_range(date.fromisoformat(match["day"]))
        clock = None if match["clock"] is None else time.fromisoformat(match["clock"])
        zone = None if match["offset"] is None else _fixed(match["offset"])
        has_seconds = _has_seconds(match["seconds"])
    except ValueError as error:
        raise ValueError(
            said(
                "{value} is no such day or time ({reason})",
                value=quoted(text),
                reason=or_quote(str(error)),
            )
        ) from error
    return Stamp(day, clock, zone, has_seconds)


def read_clock(text: str) -> tuple[time, bool] | None:
    """Read a time of the day that stands in a column of its own.

    Returns
    -------
    clock, has_seconds
        None if the cell is empty.
    """
    text = text.strip()
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(
            said("{value} is not a time such as 14:50", value=quoted(text))
        )
    try:
        return time.fromisoformat(match["clock"]), _has_seconds(match["seconds"])
    except ValueError as error:
        raise ValueError(
            said("{value} is no time of the clock", value=quoted(text))
        ) from error


def read_acled_date(text: str) -> Stamp | None:
    """Read a date as ACLED exports write it, or in ISO 8601.

    Examples
    --------
    >>> read_acled_date("05 January 2022").day
    datetime.date(2022, 1, 5)
    """
    match = _NAMED.fullmatch(text.strip())
    if match is None or match["month"] not in _MONTHS:
        if _ISO.fullmatch(text.strip()) or not text.strip():
            return read_stamp(text)
        raise ValueError(
            said(
                "{value} is neither a date such as {example} nor ISO 8601",
                value=quoted(text),
                example="05 January 2022",
            )
        )
    month = _MONTHS.index(match["month"]) + 1
    return Stamp(_day(text, int(match["year"]), month, int(match["day"])))


def read_slashed(text: str) -> Stamp | None:
    """Read month/day/year, which TimeMap writes by default, or ISO 8601."""
    match = _SLASHED.fullmatch(text.strip())
    if match is None:
        return read_stamp(text)
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    return Stamp(_day(text, year, month, day))


def months_come_first(cells: Sequence[str]) -> bool:
    """Whether dates with slashes can only be month/day/year."""
    matches = [
        match for cell in set(cells) if (match := _SLASHED.fullmatch(cell.strip()))
    ]
    return any(int(match["day"]) > 12 for match in matches) and all(
        int(match["month"]) <= 12 for match in matches
    )


def zone_of(text: str) -> tzinfo:
    """Find a time zone by its name, or by its offset from UTC.

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> zone_of("Asia/Almaty"), zone_of("+06:00")
    (zoneinfo.ZoneInfo(key='Asia/Almaty'), datetime.timezone(datetime.timedelta(seconds=21600)))
    """
    if text == "Z" or _OFFSET.fullmatch(text):
        return _fixed(text)
    # Looked up in the list: a name is never taken for a path.
    if text in available_timezones():
        return ZoneInfo(text)
    raise ValueError(
        said(
            "{value} is no time zone, such as {examples} or +06:00",
            value=quoted(text),
            examples=["Asia/Almaty", "Europe/Kyiv"],
        )
    )


def _fixed(text: str) -> tzinfo:
    """Read an offset."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        return UTC
    minutes = int(match["minutes"] or 0)
    if minutes > 59:
        raise ValueError(said("an hour has 60 minutes"))
    offset = timedelta(hours=int(match["hours"]), minutes=minutes)
    return timezone(offset if match["sign"] == "+" else -offset)


def _day(text: str, year: int, month: int, day: int) -> date:
    """Give a day of the calendar."""
    try:
        return _in_range(date(year, month, day))
    except ValueError as error:
        raise ValueError(
            said(
                "{value} is no such day ({reason})",
                value=quoted(text),
                reason=or_quote(str(error)),
            )
        ) from error


def _in_range(day: date) -> date:
    """Refuse years the timeline does not know."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            said(
                "not in the years {first} to {last}",
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    return day


def _has_seconds(text: str | None) -> bool:
    """Whether there are seconds to be cut off."""
    if text is not None and int(text) > 59:
        raise ValueError(said("a minute has 60 seconds"))
    return text not in (None, "00")
