"""The list, the cards and the routes in words, ready for the template.

Everything here is plain text; the template escapes it. An event's words are
written once, here, and found again by the script's search.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.links import web_address
from geo.routes import Leg, Route, lengths_km, routes_of
from geo.texts import Texts, short_name, title_language
from geo.timeline import minute_of
from geo.vocab import (
    GROUP_OF,
    Attribution,
    Confidence,
    Corroboration,
    Kind,
    KindGroup,
    PlacePrecision,
    Scope,
    Sketch,
    TimeBasis,
    TimePrecision,
)


@dataclass(frozen=True)
class SourceView:
    """One source, and where it can be read."""

    id: str
    title: str
    title_language: str
    """Where it is not the page's own."""
    publisher: str
    issued: str
    url: str | None
    is_official: bool
    dependence: str


@dataclass(frozen=True)
class EvidenceView:
    """What a source adds to one event."""

    id: str
    adds: str


@dataclass(frozen=True)
class PlaceView:
    """A place with how exactly it is known."""

    id: str
    name: str
    precision: str
    note: str


@dataclass(frozen=True)
class EventView:
    """One event, for its line in the list and for its card."""

    row: int
    id: str
    group: int
    kind: str
    title: str
    summary: str
    note: str
    when: str
    span: str
    time_precision: str
    time_basis: str
    where: str
    places: tuple[str, ...]
    by: str
    corroboration: str
    actors: tuple[str, ...]
    contradictions: tuple[str, ...]
    locators: tuple[str, ...]
    route: str
    route_title: str
    sources: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class LegView:
    """One leg of a route in words."""

    street: str
    evidence: str
    drawn: str
    note: str


@dataclass(frozen=True)
class RouteView:
    """A route for the entry below the list."""

    id: str
    title: str
    when: str
    lengths: str
    claimed: str
    legs: tuple[LegView, ...]
    conflicts: tuple[str, ...]
    unknown: tuple[str, ...]
    note: str
    basis: str
    is_drawn: bool


def kind_views(texts: Texts) -> list[dict[str, Any]]:
    """Every kind with its group's index and its words."""
    groups = list(KindGroup)
    return [
        {
            "code": kind.value,
            "group": groups.index(GROUP_OF[kind]),
            "label": texts.label(kind),
        }
        for kind in Kind
    ]


def moment_views(dataset: Dataset, texts: Texts) -> list[dict[str, Any]]:
    """The moments one click away, as windows in minutes on Almaty's clock."""
    return [
        {
            "title": texts.field(moment, "title"),
            "from_minute": minute_of(moment["start"]),
            "to_minute": minute_of(moment["end"]),
        }
        for moment in dataset.moments.to_dict("records")
    ]


def event_views(dataset: Dataset, texts: Texts) -> list[tuple[Scope, list[EventView]]]:
    """All events under the headings of the list, each in the data's order."""
    evidence = {
        str(event): rows
        for event, rows in dataset.evidence.groupby("event", sort=False)
    }
    headings: dict[Scope, list[EventView]] = {scope: [] for scope in Scope}
    for row, (event_id, event) in enumerate(dataset.events.to_dict("index").items()):
        rows = evidence.get(str(event_id))
        view = _event(dataset, texts, row, str(event_id), event, rows)
        headings[Scope(event["scope"])].append(view)
    return [(scope, views) for scope, views in headings.items() if views]


def _event(
    dataset: Dataset,
    texts: Texts,
    row: int,
    event_id: str,
    event: Mapping[Any, Any],
    evidence: pd.DataFrame | None,
) -> EventView:
    """One event in words."""
    kind = Kind(event["kind"])
    times = (event["start"], event["end"])
    precision = TimePrecision(event["time_precision"])
    names = (dict(dataset.places.loc[place]) for place in event["places"])
    return EventView(
        row=row,
        id=event_id,
        group=list(KindGroup).index(GROUP_OF[kind]),
        kind=kind.value,
        title=texts.field(event, "title"),
        summary=texts.field(event, "summary"),
        note=texts.field(event, "note"),
        when=texts.when(*times, precision),
        span=texts.span(*times, event["earliest"], event["latest"], precision),
        time_precision=texts.label(precision),
        time_basis=texts.label(TimeBasis(event["time_basis"])),
        where="; ".join(short_name(texts.field(place, "name")) for place in names),
        places=tuple(event["places"]),
        by=texts.label(Attribution(event["attribution"])),
        corroboration=texts.label(Corroboration(event["corroboration"])),
        actors=texts.listed(event, "actors"),
        contradictions=texts.listed(event, "contradictions"),
        locators=tuple(locator_words(part, texts) for part in event["article_locator"]),
        route=str(event["route"]),
        route_title=_route_title(dataset, texts, str(event["route"])),
        sources=_sources(texts, evidence),
    )


def locator_words(locator: str, texts: Texts) -> str:
    """Words for a place in the article; what is no such place stays as it is.

    Examples
    --------
    >>> locator_words("S4p8", Texts("en"))
    'section 4, paragraph 8'
    >>> locator_words("the preface", Texts("en"))
    'the preface'
    """
    match = re.fullmatch(r"S(?P<section>[0-9]+)p(?P<paragraph>[0-9]+)", locator)
    if match is None:
        return locator
    return texts.t("section {section}, paragraph {paragraph}", **match.groupdict())


def place_views(dataset: Dataset, texts: Texts) -> list[PlaceView]:
    """The places of all events, each once."""
    used = dict.fromkeys(
        place for places in dataset.events["places"] for place in places
    )
    return [_place(dataset, texts, place) for place in used]


def _place(dataset: Dataset, texts: Texts, place_id: str) -> PlaceView:
    """One place in words."""
    place = dict(dataset.places.loc[place_id])
    name = short_name(texts.field(place, "name"))
    return PlaceView(place_id, name, *place_note(place, texts))


def place_note(place: Mapping[Any, Any], texts: Texts) -> tuple[str, str]:
    """Say how exactly a place is known, and a note on it.

    Why it has no coordinate is said; other notes are not for readers.
    """
    if place["geometry"] is None:
        return texts.t("not on the map"), texts.field(place, "note")
    precision = texts.label(PlacePrecision(place["precision"]))
    if not place["marked"]:
        return precision, ""
    words = texts.t(
        "{precision}, to within {radius}; {confidence}",
        precision=precision,
        radius=distance_words(float(place["radius_m"]), texts),
        confidence=texts.label(Confidence(place["confidence"])),
    )
    return words, ""


def distance_words(metres: float, texts: Texts) -> str:
    """A distance a reader can hold: metres below one kilometre.

    Examples
    --------
    >>> distance_words(350, Texts("en")), distance_words(15700, Texts("en"))
    ('350 m', '15.7 km')
    """
    if metres < 1000:
        return texts.t("{n} m", n=texts.number(round(metres)))
    return texts.t("{n} km", n=texts.number(round(metres / 1000, 1)))


def _route_title(dataset: Dataset, texts: Texts, route_id: str) -> str:
    return texts.field(dict(dataset.routes.loc[route_id]), "title") if route_id else ""


def _sources(texts: Texts, evidence: pd.DataFrame | None) -> tuple[EvidenceView, ...]:
    """The sources of an event with what each adds."""
    if evidence is None:
        return ()
    return tuple(
        EvidenceView(id=str(row["source"]), adds=texts.field(row, "adds"))
        for row in evidence.to_dict("records")
    )


def source_views(dataset: Dataset, texts: Texts) -> list[SourceView]:
    """The sources that events rest on, each once."""
    cited = dict.fromkeys(dataset.evidence["source"])
    return [_source(dataset.sources[str(source)], texts) for source in cited]


def _source(item: Mapping[str, Any], texts: Texts) -> SourceView:
    """A CSL-JSON item in words."""
    custom = item.get("custom", {})
    return SourceView(
        id=str(item["id"]),
        title=str(item.get("title", item["id"])),
        title_language=title_language(item, texts.language),
        publisher=str(item.get("container-title") or item.get("publisher") or ""),
        issued=issued_words(item.get("issued")),
        url=web_address(item.get("URL")),
        is_official=bool(custom.get("official_origin")),
        dependence=texts.field(custom, "dependence"),
    )


def issued_words(issued: Mapping[str, Any] | None) -> str:
    """The date of a CSL-JSON item as ISO 8601, as exact as it is known.

    Examples
    --------
    >>> issued_words({"date-parts": [[2022, 1, 5]]})
    '2022-01-05'
    """
    parts: Sequence[Any] = ((issued or {}).get("date-parts") or [[]])[0]
    return "-".join(f"{int(part):02d}" for part in parts)


def route_views(dataset: Dataset, texts: Texts) -> list[RouteView]:
    """All routes in words, those not drawn included."""
    return [_route(dataset, texts, route) for route in routes_of(dataset).values()]


def _route(dataset: Dataset, texts: Texts, route: Route) -> RouteView:
    row = dict(dataset.routes.loc[route.id])
    claimed = route.claimed_km
    return RouteView(
        id=route.id,
        title=texts.field(row, "title"),
        when=_route_when(route, texts),
        lengths=_lengths(route, texts),
        claimed=""
        if claimed is None
        else texts.t("The article gives {n} km.", n=texts.number(claimed)),
        legs=tuple(_leg(dataset, leg, texts) for leg in route.legs),
        conflicts=texts.listed(row, "conflicts"),
        unknown=texts.listed(row, "unknown"),
        note=texts.field(row, "note"),
        basis=texts.field(row, "time_basis"),
        is_drawn=any(leg.sketch is not Sketch.NONE for leg in route.legs),
    )


def _route_when(route: Route, texts: Texts) -> str:
    """Start and end of a march, or the bounds where they are not known."""
    if route.start is not None and route.end is not None:
        return texts.t(
            "about {start} to about {end} (estimated)",
            start=texts.moment(route.start),
            end=texts.moment(route.end),
        )
    if route.earliest is None or route.latest is None:
        return texts.t("time not known")
    return texts.t(
        "some time between {start} and {end}",
        start=texts.moment(route.earliest),
        end=texts.moment(route.latest),
    )


def _lengths(route: Route, texts: Texts) -> str:
    """Measured length, in all and by evidence."""
    parts = [
        texts.t(
            "{evidence}: {n} km",
            evidence=texts.label(evidence),
            n=texts.number(round(km, 1)),
        )
        for evidence, km in lengths_km(route).items()
        if km
    ]
    if not parts:
        return ""
    total = texts.number(round(route.length_km, 1))
    return texts.t(
        "Measured on the map: {n} km ({parts}).", n=total, parts="; ".join(parts)
    )


def _leg(dataset: Dataset, leg: Leg, texts: Texts) -> LegView:
    row = dict(dataset.legs.loc[leg.id])
    return LegView(
        street=texts.field(row, "street"),
        evidence=texts.label(leg.evidence),
        drawn=texts.label(leg.sketch),
        note=texts.field(row, "note"),
    )
