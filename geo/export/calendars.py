"""Events as an iCalendar file (RFC 5545).

Times carry Almaty's zone and the file says what that zone is; a floating time
would be another moment in every calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.imprint import Whose
from geo.export.wording import event_lines
from geo.query import Query
from geo.texts import Texts
from geo.timeline import ALMATY
from geo.vocab import Kind

_ZONE = "Asia/Almaty"
_LINE_OCTETS = 75
# TEXT may hold no control character but the tab; line breaks are escaped first.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def to_icalendar(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write one VEVENT an event, with its best estimate as its time.

    How exactly the time is known, who says so and the sources stand in the
    description: a calendar shows a span as if it were sure.
    """
    chosen = choose(dataset, query, texts)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_product(chosen.imprint.whose)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(chosen.imprint.title)}",
        f"X-WR-CALNAME:{_text(chosen.imprint.title)}",
        f"DESCRIPTION:{_text(_lines(chosen.imprint.lines[1:]))}",
        f"X-WR-CALDESC:{_text(_lines(chosen.imprint.lines[1:]))}",
        f"X-WR-TIMEZONE:{_ZONE}",
        *_zone_lines(chosen),
    ]
    for event in chosen.events:
        lines += _event_lines(chosen, event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def folded(line: str) -> str:
    r"""Break a line so that no piece is longer than 75 octets.

    A continuation begins with a blank, which counts; no character is cut in
    two.

    Examples
    --------
    >>> folded("х" * 40).split("\r\n ") == ["х" * 37, "х" * 3]
    True
    """
    pieces, room = [""], _LINE_OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append("")
            room = _LINE_OCTETS - 1
        pieces[-1] += sign
        room -= size
    return "\r\n ".join(pieces)


def _event_lines(chosen: Chosen, event: str) -> Iterator[str]:
    """Give the lines of one event."""
    row, texts = chosen.events[event], chosen.texts
    yield "BEGIN:VEVENT"
    yield f"UID:{event}@{chosen.imprint.whose.name}"
    # Of the data's version: the same question gives the same file.
    yield f"DTSTAMP:{chosen.imprint.day:%Y%m%d}T000000Z"
    yield f"DTSTART;TZID={_ZONE}:{_moment(row['start'])}"
    if row["end"] > row["start"]:
        yield f"DTEND;TZID={_ZONE}:{_moment(row['end'])}"
    yield f"SUMMARY:{_text(texts.field(row, 'title'))}"
    yield f"DESCRIPTION:{_text(_lines(event_lines(chosen, event)))}"
    places = "; ".join(chosen.place_names[place] for place in row["places"])
    if places:
        yield f"LOCATION:{_text(places)}"
    for place in list(chosen.marked(row))[:1]:
        point = chosen.dataset.places.geometry[place]
        yield f"GEO:{point.y:.6f};{point.x:.6f}"
    yield f"CATEGORIES:{_text(texts.label(Kind(row['kind'])))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _product(owner: Whose) -> str:
    """Name what made the calendar, with the version of the data if it is ours."""
    return "//".join(filter(None, ("-", owner.program, owner.version, "EN")))


def _zone_lines(chosen: Chosen) -> Iterator[str]:
    """Say which offset Almaty has over the time of the events."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{_ZONE}"
    for at, before in _changes(chosen):
        after = _offset_at(at)
        part = "DAYLIGHT" if at.astimezone(ALMATY).dst() else "STANDARD"
        yield f"BEGIN:{part}"
        # By the clock that stood before the change, as the RFC has it.
        yield f"DTSTART:{at + before:%Y%m%dT%H%M%S}"
        yield f"TZOFFSETFROM:{_offset(before)}"
        yield f"TZOFFSETTO:{_offset(after)}"
        yield f"END:{part}"
    yield "END:VTIMEZONE"


def _changes(chosen: Chosen) -> Iterator[tuple[datetime, timedelta]]:
    """Give the moments, in UTC, from which an offset holds, and the one before."""
    times = [row[name] for row in chosen.events.values() for name in ("start", "end")]
    span = chosen.dataset.span
    day = min(times, default=span.start).astimezone(UTC) - timedelta(days=1)
    last = max(times, default=span.end)
    known = _offset_at(day)
    yield day, known
    while day < last:
        following = day + timedelta(days=1)
        if _offset_at(following) != known:
            yield _turn(day, following), known
            known = _offset_at(following)
        day = following


def _turn(low: datetime, high: datetime) -> datetime:
    """Find the minute at which the offset changes between two moments in UTC."""
    before, minute = _offset_at(low), timedelta(minutes=1)
    while high - low > minute:
        middle = low + (high - low) // minute // 2 * minute
        low, high = (middle, high) if _offset_at(middle) == before else (low, middle)
    return high


def _offset_at(when: datetime) -> timedelta:
    """Give Almaty's distance from UTC at a moment."""
    return when.astimezone(ALMATY).utcoffset() or timedelta()


def _offset(offset: timedelta) -> str:
    """Write an offset from UTC, east positive.

    Examples
    --------
    >>> _offset(timedelta(hours=6)), _offset(-timedelta(hours=3, minutes=30))
    ('+0600', '-0330')
    """
    sign = "-" if offset < timedelta() else "+"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}"


def _moment(when: datetime) -> str:
    """Write a moment on Almaty's clock."""
    return f"{when.astimezone(ALMATY):%Y%m%dT%H%M%S}"


def _lines(lines: Iterable[str]) -> str:
    """Join lines."""
    return "\n".join(lines)


def _text(text: str) -> str:
    r"""Escape text as RFC 5545 asks; other control characters become U+FFFD.

    Examples
    --------
    >>> print(_text("a, b; c\\d\ne"))
    a\, b\; c\\d\ne
    """
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    broken = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _CONTROLS.sub("\ufffd", broken)
