"""Cross-checks of the story: its ids refer to something, its windows hold.

A chapter may tell only what its window shows, so an event that is merely
possible there is a problem, and so is a march that the map cannot play.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geo.labels import noop
from geo.model import ClaimRow, EventRow, LegRow, PlaceRow, RouteRow
from geo.problems import Problem, named, quoted
from geo.reading import Entry, Table
from geo.said import said
from geo.story import Chapter
from geo.timeline import format_moment, minute_of, overlaps, status
from geo.vocab import Mode, Sketch, Status


@dataclass(frozen=True)
class Ground:
    """What a story stands on: the tables that it cites."""

    events: Table[EventRow]
    claims: Table[ClaimRow]
    places: Table[PlaceRow]
    routes: Table[RouteRow]
    legs: Table[LegRow]


def story_problems(chapters: Table[Chapter], ground: Ground) -> Iterator[Problem]:
    """Run the cross-checks of the story."""
    for entry in chapters.entries:
        yield from _unknown_ids(chapters, entry, ground)
        yield from _topics_without_claims(chapters, entry, ground.claims)
        yield from _events_outside(chapters, entry, ground.events)
        yield from _march_that_cannot_be_played(chapters, entry, ground)
    for before, entry in pairwise(chapters.entries):
        if entry.row.start < before.row.start:
            message = said(
                "is before the chapter {chapter} begins", chapter=quoted(before.row.id)
            )
            yield _problem(chapters, entry, "from", message)


def _problem(
    chapters: Table[Chapter], entry: Entry[Chapter], field: str, message: str
) -> Problem:
    """Place a problem in one field of one chapter."""
    column = f"chapters[{entry.number}].{field}"
    return Problem(chapters.file, None, column, named(quoted(entry.row.id), message))


def _unknown_ids(
    chapters: Table[Chapter], entry: Entry[Chapter], ground: Ground
) -> Iterator[Problem]:
    """Report ids that refer to nothing."""
    for field, ids, table in _cited(entry.row, ground):
        for each in ids:
            if table.is_complete and each not in table.ids:
                message = said(
                    "{value} is not in {file}", value=quoted(each), file=table.file
                )
                yield _problem(chapters, entry, field, message)


def _cited(
    chapter: Chapter, ground: Ground
) -> Iterator[tuple[str, Iterable[str], Table[Any]]]:
    """Give the fields that hold ids, and the table each refers to."""
    yield "events", chapter.events, ground.events
    yield "route", [chapter.route] if chapter.route else [], ground.routes
    yield "unsettled.routes", chapter.unsettled.routes, ground.routes
    for number, question in enumerate(chapter.questions, start=1):
        if question.count:
            field = f"questions[{number}].count.place"
            yield field, question.count.place, ground.places


def _topics_without_claims(
    chapters: Table[Chapter], entry: Entry[Chapter], claims: Table[ClaimRow]
) -> Iterator[Problem]:
    """Report topics on which nobody has given a figure."""
    if not claims.is_complete or claims.problems:
        return
    known = {claim.topic for claim in claims.rows}
    for topic in entry.row.unsettled.claims:
        if topic not in known:
            message = said(
                "{value} has no row in {file}",
                value=quoted(topic.value),
                file=claims.file,
            )
            yield _problem(chapters, entry, "unsettled.claims", message)


def _events_outside(
    chapters: Table[Chapter], entry: Entry[Chapter], events: Table[EventRow]
) -> Iterator[Problem]:
    """Report events that the chapter's window does not surely show."""
    rows = {row.id: row for row in events.rows}
    lo, hi = entry.row.window.minutes
    if rows and entry.row.mode is Mode.SOFAR:
        lo = min(minute_of(row.earliest) for row in rows.values())
    for each in entry.row.events:
        if each not in rows:
            continue
        found = _status(rows[each], (lo, hi))
        if found in (None, Status.POSSIBLE):
            template = (
                noop("{event} does not fall into the window, {start} to {end}")
                if found is None
                else noop(
                    "{event} falls only possibly into the window, {start} to {end}"
                )
            )
            message = said(
                template,
                event=quoted(each),
                start=format_moment(entry.row.start),
                end=format_moment(entry.row.end),
            )
            yield _problem(chapters, entry, "events", message)


def _status(event: EventRow, window: tuple[int, int]) -> Status | None:
    """Tell how surely one event falls into a window of minutes."""
    bounds = (event.start, event.end, event.earliest, event.latest)
    start, end, earliest, latest = map(minute_of, bounds)
    return status(start, end, earliest, latest, event.time_precision, window)


def _march_that_cannot_be_played(
    chapters: Table[Chapter], entry: Entry[Chapter], ground: Ground
) -> Iterator[Problem]:
    """Report a march without times or line, or outside the chapter's window."""
    route = next((row for row in ground.routes.rows if row.id == entry.row.route), None)
    if route is None:
        return
    legs = [row for row in ground.legs.rows if row.route == route.id]
    if route.start is None or route.end is None:
        message = said("{route} lacks a start or an end", route=quoted(route.id))
        yield _problem(chapters, entry, "route", message)
    elif not overlaps(
        minute_of(route.start), minute_of(route.end), *entry.row.window.minutes
    ):
        message = said("{route} does not fall into the window", route=quoted(route.id))
        yield _problem(chapters, entry, "route", message)
    if ground.legs.is_complete and not any(leg.sketch is Sketch.LINE for leg in legs):
        message = said(
            "{route} has no leg that is drawn as a line", route=quoted(route.id)
        )
        yield _problem(chapters, entry, "route", message)
