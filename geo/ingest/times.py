"""When each event happened: best estimate, outer bounds, precision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from geo.ingest.clock import (
    Stamp,
    Stretch,
    months_come_first,
    read_acled_date,
    read_clock,
    read_slashed,
    read_stamp,
)
from geo.ingest.draft import Draft
from geo.ingest.kinds import FileKind
from geo.ingest.results import NoteKind, ZoneWanted
from geo.problems import quoted
from geo.said import said
from geo.vocab import TimePrecision

_HALF_A_WEEK = timedelta(days=3)

ReadDay = Callable[[str], Stamp | None]


def fill_times(draft: Draft, zone: tzinfo | None) -> None:
    """Fill start, end, earliest, latest and, if the file says none, precision.

    An ``end`` or ``latest`` that is a date means the whole of that day.

    Raises
    ------
    ZoneWanted
        If times have no offset, and no zone is given.
    """
    starts = _starts(draft, zone)
    others = {
        name: _read_others(draft, name, zone)
        for name in ("end", "earliest", "latest")
        if name in draft.fields
    }
    _ask_for_zone(draft, zone, [("date", starts), *others.items()])
    ends = _or_else(others.get("end"), starts)
    draft.values["start"] = [each and each.start for each in starts]
    draft.values["end"] = [each and each.end for each in ends]
    bounds = (
        _or_else(others.get("earliest"), starts),
        _or_else(others.get("latest"), ends),
    )
    draft.values["earliest"] = [each and each.start for each in bounds[0]]
    draft.values["latest"] = [each and each.end for each in bounds[1]]
    draft.values["time_precision"] = [
        TimePrecision.DAY if _is_day(start) or _is_day(end) else TimePrecision.MINUTE
        for start, end in zip(starts, ends, strict=True)
    ]
    _say_what_was_done(draft, [starts, *others.values()])


def fill_acled_times(draft: Draft, zone: tzinfo | None) -> None:
    """Fill the times of ACLED: a date, and how exactly it is known.

    Raises
    ------
    ZoneWanted
        If no zone is given: ACLED's dates are local ones.
    """
    days = draft.read("date", draft.cells("date"), _required(read_acled_date))
    on_clock = {each: None if each is None else each.on(zone) for each in set(days)}
    stretches = [on_clock[each] for each in days]
    _ask_for_zone(draft, zone, [("date", stretches)])
    codes = draft.read("acled_time", draft.cells("acled_time"), _time_code)
    draft.values["start"] = [each and each.start for each in stretches]
    draft.values["end"] = [each and each.end for each in stretches]
    pairs = list(zip(days, codes, strict=True))
    known = {pair: _acled_bounds(*pair, zone) for pair in set(pairs)}
    bounds = [known[pair] for pair in pairs]
    draft.values["earliest"] = [each and each[0] for each in bounds]
    draft.values["latest"] = [each and each[1] for each in bounds]
    draft.values["time_precision"] = [TimePrecision.DAY] * len(draft)
    _say_what_was_done(draft, [stretches])


def _time_code(cell: str) -> int:
    """Read ACLED's time_precision; nothing said is the day itself."""
    code = cell.strip() or "1"
    if code not in ("1", "2", "3"):
        raise ValueError(said("{value} is not 1, 2 or 3", value=quoted(cell)))
    return int(code)


def _acled_bounds(
    stamp: Stamp | None, code: int | None, zone: tzinfo | None
) -> tuple[datetime, datetime] | None:
    """Give the bounds of a date, after ACLED's codebook.

    1 is the day; 2 some day of a week or so, whose middle is the date; 3 some
    day of the month. (ACLED Codebook, "Event date and time precision"; from
    memory of its edition of 2023.)
    """
    if stamp is None or code is None:
        return None
    first, last = stamp, stamp
    if code == 2:
        first = replace(stamp, day=stamp.day - _HALF_A_WEEK)
        last = replace(stamp, day=stamp.day + _HALF_A_WEEK)
    if code == 3:
        first = replace(stamp, day=stamp.day.replace(day=1))
        next_month = (first.day + timedelta(days=31)).replace(day=1)
        last = replace(stamp, day=next_month - timedelta(days=1))
    return first.on(zone).start, last.on(zone).end


def _starts(draft: Draft, zone: tzinfo | None) -> list[Stretch | None]:
    """Read when each event began, from one column or from two."""
    read_day = read_stamp
    if draft.kind is FileKind.TIMEMAP and months_come_first(draft.cells("date")):
        read_day = read_slashed
        draft.note(
            NoteKind.DATES,
            said(
                "Dates such as 02/24/2022 are month/day/year, as TimeMap writes them:"
                " in this file they can be nothing else."
            ),
        )
    starts, dates = draft.cells("start"), draft.cells("date")
    name = "start" if "start" in draft.fields else "date"
    cells = [
        start if start.strip() else day
        for start, day in zip(starts, dates, strict=True)
    ]
    return draft.read(
        name,
        zip(cells, draft.cells("time"), strict=True),
        lambda pair: _started(*pair, read_day, zone),
    )


def _read_others(draft: Draft, name: str, zone: tzinfo | None) -> list[Stretch | None]:
    """Read a column of times that may be empty."""
    return draft.read(
        name, draft.cells(name), lambda cell: _stretch(cell, "", read_stamp, zone)
    )


def _started(day: str, clock: str, read_day: ReadDay, zone: tzinfo | None) -> Stretch:
    """Read when an event began."""
    found = _stretch(day, clock, read_day, zone)
    if found is None:
        raise ValueError(said("is empty: when did it happen?"))
    return found


def _stretch(
    day: str, clock: str, read_day: ReadDay, zone: tzinfo | None
) -> Stretch | None:
    """Read a day or a moment; None if there is none."""
    stamp = read_day(day)
    if stamp is None:
        return None
    given = read_clock(clock)
    if stamp.clock is None and given is not None:
        stamp = replace(stamp, clock=given[0], has_seconds=given[1])
    return stamp.on(zone)


def _required(read_day: ReadDay) -> Callable[[str], Stamp]:
    """Make a reader that refuses empty cells."""

    def read(cell: str) -> Stamp:
        stamp = read_day(cell)
        if stamp is None:
            raise ValueError(said("is empty: when did it happen?"))
        return stamp

    return read


def _or_else(
    given: Sequence[Stretch | None] | None, default: Sequence[Stretch | None]
) -> list[Stretch | None]:
    """Take what is given, else the default, row by row."""
    if given is None:
        return list(default)
    return [one or other for one, other in zip(given, default, strict=True)]


def _is_day(stretch: Stretch | None) -> bool:
    """Whether only the day is known."""
    return stretch is not None and stretch.is_day


def _ask_for_zone(
    draft: Draft,
    zone: tzinfo | None,
    columns: Sequence[tuple[str, Sequence[Stretch | None]]],
) -> None:
    """Ask whose clock the times follow that do not say so."""
    open_rows = [
        (name, row)
        for name, stretches in columns
        for row, each in enumerate(stretches)
        if each is not None and each.needs_zone
    ]
    if zone is None and open_rows:
        name, row = open_rows[0]
        cells = draft.cells(name)
        if not cells[row].strip():
            cells = draft.cells("start")
        raise ZoneWanted(draft.file, len(open_rows), quoted(cells[row]))
    if zone is not None and open_rows:
        rows = sorted({row for _, row in open_rows})
        message = said(
            "Times without an offset were read on the clock of {zone}.", zone=str(zone)
        )
        draft.note(NoteKind.ZONE, message, rows)


def _say_what_was_done(
    draft: Draft, columns: Sequence[Sequence[Stretch | None]]
) -> None:
    """Note seconds that were cut off, and times that a clock showed twice."""
    messages = {
        NoteKind.SECONDS: (
            "has_seconds",
            said("Seconds were cut off: times are kept to the minute."),
        ),
        NoteKind.TWICE: (
            "is_twice",
            said(
                "The clock was put back in this hour: the first of the two was taken."
            ),
        ),
    }
    for kind, (name, message) in messages.items():
        rows = sorted(
            {
                row
                for stretches in columns
                for row, each in enumerate(stretches)
                if each is not None and getattr(each, name)
            }
        )
        if rows:
            draft.note(kind, message, rows)
