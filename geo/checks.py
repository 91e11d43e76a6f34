"""Cross-checks: what no row can know by itself.

Ids are unique, references resolve, sets that say the same thing twice agree,
and a place that is not on the map says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

from geo.labels import noop
from geo.model import (
    BasemapRow,
    ClaimRow,
    EventRow,
    EvidenceRow,
    LegRow,
    MomentRow,
    PlaceRow,
    RouteRow,
    SourceItem,
    StreetRow,
)
from geo.problems import Problem, named, quoted, stands_already
from geo.reading import Entry, Table
from geo.said import said
from geo.story import Chapter
from geo.story_checks import Ground, story_problems
from geo.vocab import Sketch, StreetLayer

Row = TypeVar("Row", bound=BaseModel)

_SHAPE_OF = {
    StreetLayer.STREET: "LineString",
    StreetLayer.OUTLINE: "Polygon",
    StreetLayer.LABEL: "Point",
}

_POINTS_OF = {
    Sketch.AREA: ("from_place",),
    Sketch.POINT: ("from_place",),
    Sketch.LINK: ("from_place", "to_place"),
}


@dataclass(frozen=True)
class Tables:
    """All that was read, before anything is known to agree."""

    events: Table[EventRow]
    evidence: Table[EvidenceRow]
    claims: Table[ClaimRow]
    moments: Table[MomentRow]
    places: Table[PlaceRow]
    routes: Table[RouteRow]
    legs: Table[LegRow]
    streets: Table[StreetRow]
    basemap: Table[BasemapRow]
    sources: Table[SourceItem]
    chapters: Table[Chapter]
    home: object
    """The foreign member ``home`` of locations.geojson, as it stands there."""


def problems_of(tables: Tables) -> list[Problem]:
    """Give every problem: those met in reading, then those between rows."""
    met = [
        problem
        for table in (
            tables.events,
            tables.evidence,
            tables.claims,
            tables.moments,
            tables.places,
            tables.routes,
            tables.legs,
            tables.streets,
            tables.basemap,
            tables.sources,
            tables.chapters,
        )
        for problem in table.problems
    ]
    return [*met, *_between(tables)]


def _between(tables: Tables) -> Iterator[Problem]:
    """Run the cross-checks."""
    yield from _repeated_ids(tables)
    yield from _repeated_orders(tables.legs)
    yield from _references(tables)
    yield from _evidence_agrees(tables)
    yield from _places_say_why(tables)
    yield from _legs_match_their_sketch(tables.legs)
    yield from _sketches_have_their_points(tables)
    yield from _streets_have_their_shape(tables.streets, lambda row: row.layer)
    yield from _streets_have_their_shape(tables.basemap, lambda _: StreetLayer.STREET)
    ground = Ground(
        events=tables.events,
        claims=tables.claims,
        places=tables.places,
        routes=tables.routes,
        legs=tables.legs,
    )
    yield from story_problems(tables.chapters, ground)


def _repeated_ids(tables: Tables) -> Iterator[Problem]:
    """Report ids that stand in more than one row, of bad rows too."""
    for table in (
        tables.events,
        tables.moments,
        tables.places,
        tables.streets,
        tables.basemap,
        tables.sources,
    ):
        yield from _repeated(table, "id")
    yield from _repeated(tables.legs, "leg")
    listed: dict[str, Table[Any]] = {
        "routes": tables.routes,
        "chapters": tables.chapters,
    }
    for member, table in listed.items():
        for each in _repeated(table, "id"):
            yield Problem(each.file, None, f"{member}[{each.row}].id", each.message)


def _repeated(table: Table[Any], column: str) -> Iterator[Problem]:
    """Report the ids of one table that stand in more than one row."""
    for each, (first, *others) in table.ids.items():
        message = stands_already(table.file, each, first)
        for number in others:
            yield Problem(table.file, number, column, message)


def _repeated_orders(legs: Table[LegRow]) -> Iterator[Problem]:
    """Report legs that claim the same place in one route."""
    first: dict[tuple[str, int], str] = {}
    for entry in legs.entries:
        leg = entry.row
        other = first.setdefault((leg.route, leg.order), leg.leg)
        if other != leg.leg:
            message = said(
                "{name}: {other} is number {number} already",
                name=quoted(leg.leg),
                other=quoted(other),
                number=leg.order,
            )
            yield Problem(legs.file, entry.number, "order", message)


def _references(tables: Tables) -> Iterator[Problem]:
    """Report ids that refer to nothing."""
    events, places = tables.events, tables.places
    routes, sources = tables.routes, tables.sources
    yield from _unknown(events, "places", lambda row: row.places, places)
    yield from _unknown(events, "sources", lambda row: row.sources, sources)
    yield from _unknown(events, "route", lambda row: [row.route], routes)
    yield from _unknown(tables.evidence, "event", lambda row: [row.event], events)
    yield from _unknown(tables.evidence, "source", lambda row: [row.source], sources)
    yield from _unknown(tables.claims, "source", lambda row: [row.source], sources)
    yield from _unknown(places, "street", lambda row: [row.street], tables.streets)
    legs = tables.legs
    yield from _unknown(legs, "route", lambda row: [row.route], routes)
    yield from _unknown(legs, "sources", lambda row: row.sources, sources)
    yield from _unknown(legs, "from_place", lambda row: [row.from_place], places)
    yield from _unknown(legs, "to_place", lambda row: [row.to_place], places)
    home = tables.home
    if home is not None and places.is_complete and home not in places.ids:
        message = said("{value} is no place's id", value=quoted(home))
        yield Problem(places.file, None, "home", message)


def _unknown(
    table: Table[Row],
    column: str,
    ids_of: Callable[[Row], Iterable[str | None]],
    target: Table[Any],
) -> Iterator[Problem]:
    """Report ids in one column that the target table does not have."""
    if not target.is_complete:
        return
    for entry in table.entries:
        for each in ids_of(entry.row):
            if each is not None and each not in target.ids:
                message = said(
                    "{value} is not in {file}", value=quoted(each), file=target.file
                )
                yield Problem(table.file, entry.number, column, message)


def _evidence_agrees(tables: Tables) -> Iterator[Problem]:
    """Report events whose sources are not those of evidence.csv."""
    events, evidence = tables.events, tables.evidence
    if not (events.is_complete and evidence.is_complete):
        return
    adding: dict[str, set[str]] = defaultdict(set)
    for row in evidence.rows:
        adding[row.event].add(row.source)
    # A bad row of evidence.csv is reported once, there.
    unread = {each.row for each in evidence.problems}
    for entry in events.entries:
        for source in entry.row.sources:
            if source not in adding[entry.row.id] and not unread:
                message = said(
                    "{value} has no row in {file} for this event",
                    value=quoted(source),
                    file=evidence.file,
                )
                yield Problem(events.file, entry.number, "sources", message)
    naming = {row.id: set(row.sources) for row in events.rows}
    for line in evidence.entries:
        event, source = line.row.event, line.row.source
        if event in naming and source not in naming[event]:
            message = said(
                "{source} is not among the sources of the event {event}",
                source=quoted(source),
                event=quoted(event),
            )
            yield Problem(evidence.file, line.number, "source", message)


def _places_say_why(tables: Tables) -> Iterator[Problem]:
    """Report places off the map without a reason, or on it without a size."""
    broken = _rows_with_a_bad_geometry(tables.places)
    for entry in tables.places.entries:
        place, number = entry.row, entry.number
        if number in broken:
            continue
        name = quoted(place.id)
        if entry.geometry is None and not place.note.strip():
            message = named(name, said("has no geometry, and no note that says why"))
            yield Problem(tables.places.file, number, "note", message)
        if entry.geometry is not None and place.radius_m is None:
            message = named(
                name, said("has a geometry but no {column}", column="radius_m")
            )
            yield Problem(tables.places.file, number, "radius_m", message)


def _legs_match_their_sketch(legs: Table[LegRow]) -> Iterator[Problem]:
    """Report lines without a geometry, and geometries that are no line."""
    broken = _rows_with_a_bad_geometry(legs)
    for entry in legs.entries:
        has_line = entry.geometry is not None
        if entry.number in broken or has_line == (entry.row.sketch is Sketch.LINE):
            continue
        name = quoted(entry.row.leg)
        template = (
            noop("has a geometry, but its sketch is {sketch}")
            if has_line
            else noop("its sketch is {sketch}, but it has no geometry")
        )
        message = said(template, sketch=entry.row.sketch)
        yield Problem(legs.file, entry.number, "sketch", named(name, message))


def _sketches_have_their_points(tables: Tables) -> Iterator[Problem]:
    """Report sketches that hang on a place without a position."""
    unplaced = {
        entry.row.id for entry in tables.places.entries if entry.geometry is None
    }
    for entry in tables.legs.entries:
        leg = entry.row
        ends = {"from_place": leg.from_place, "to_place": leg.to_place}
        for column in _POINTS_OF.get(leg.sketch, ()):
            if ends[column] in unplaced:
                message = said(
                    "{name}: a sketch {sketch} needs a position, and {place} has none",
                    name=quoted(leg.leg),
                    sketch=leg.sketch,
                    place=quoted(ends[column]),
                )
                yield Problem(tables.legs.file, entry.number, column, message)


def _streets_have_their_shape(
    streets: Table[StreetRow] | Table[BasemapRow],
    layer_of: Callable[[Any], StreetLayer],
) -> Iterator[Problem]:
    """Report features whose geometry is not what their layer draws."""
    broken = _rows_with_a_bad_geometry(streets)
    for entry in streets.entries:
        layer, found = layer_of(entry.row), _shape_of(entry)
        if entry.number not in broken and found != _SHAPE_OF[layer]:
            message = said(
                "{name}: a {layer} is a {expected}, not {found}",
                name=quoted(entry.row.id),
                layer=layer,
                expected=_SHAPE_OF[layer],
                found=found or "null",
            )
            yield Problem(streets.file, entry.number, "geometry", message)


def _shape_of(entry: Entry[StreetRow] | Entry[BasemapRow]) -> str | None:
    """Name the type of a feature's geometry."""
    geometry: BaseGeometry | None = entry.geometry
    return None if geometry is None else str(geometry.geom_type)


def _rows_with_a_bad_geometry(table: Table[Any]) -> set[int | None]:
    """Give the features whose geometry was already reported."""
    return {each.row for each in table.problems if each.column == "geometry"}
