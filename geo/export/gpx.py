"""Marches as GPX 1.1 routes, to walk them or see them in a GPS program.

A route runs along drawn legs only. Where the way is not known it breaks off,
and what follows is a route of its own: no line is put on a street for which
there is no basis. Places of events come along as waypoints.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.xml import add, document, root
from geo.query import Query
from geo.routes import Leg, Route, lengths_km
from geo.texts import Texts

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def to_gpx(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the marches of a query as routes, its places as waypoints."""
    chosen = choose(dataset, query, texts)
    gpx = root(
        "gpx", version="1.1", creator=chosen.imprint.whose.program, xmlns=_NAMESPACE
    )
    _add_metadata(gpx, chosen)
    for place, events in chosen.by_place().items():
        _add_waypoint(gpx, chosen, place, events)
    for route in chosen.routes.values():
        for stretch in stretches(route):
            _add_route(gpx, chosen, route, stretch)
    return document(gpx)


def stretches(route: Route) -> Iterator[list[Leg]]:
    """Give the drawn legs of a march in runs that touch end to end."""
    run: list[Leg] = []
    for leg in route.legs:
        if not leg.line:
            continue
        if run and run[-1].line[-1] != leg.line[0]:
            yield run
            run = []
        run.append(leg)
    if run:
        yield run


def _add_metadata(gpx: ET.Element, chosen: Chosen) -> None:
    """Say what the file is, and on what terms it may be used."""
    imprint = chosen.imprint
    metadata = add(gpx, "metadata")
    add(metadata, "name", imprint.title)
    add(metadata, "desc", "\n".join(imprint.lines[1:]))
    author = add(metadata, "author")
    add(author, "name", imprint.whose.dataset)
    # The stricter of the licences, the last: lines and points fall under it.
    for address in imprint.whose.addresses[-1:]:
        rights = add(metadata, "copyright", author=imprint.credit)
        add(rights, "year", str(imprint.day.year))
        add(rights, "license", address)


def _add_waypoint(
    gpx: ET.Element, chosen: Chosen, place: str, events: list[str]
) -> None:
    """Add a place with the events that happened there."""
    point = chosen.dataset.places.geometry[place]
    waypoint = add(gpx, "wpt", **_position(point.x, point.y))
    rows = (chosen.events[event] for event in events)
    lines = [f"{chosen.when(row)}: {chosen.texts.field(row, 'title')}" for row in rows]
    add(waypoint, "name", chosen.place_names[place])
    add(waypoint, "desc", "\n".join(lines))


def _add_route(
    gpx: ET.Element, chosen: Chosen, route: Route, stretch: list[Leg]
) -> None:
    """Add one unbroken run of legs; each leg's first point names its street."""
    row = dict(chosen.dataset.routes.loc[route.id])
    element = add(gpx, "rte")
    add(element, "name", chosen.texts.field(row, "title"))
    add(element, "desc", "\n".join(_route_lines(chosen, route)))
    add(element, "src", "; ".join(_sources(stretch)))
    add(element, "type", "march")
    for leg in stretch:
        is_first = leg is stretch[0]
        for number, (lon, lat) in enumerate(leg.line):
            if number == 0 and not is_first:
                _name(element[-1], chosen, leg)
                continue
            point = add(element, "rtept", **_position(lon, lat))
            if number == 0:
                _name(point, chosen, leg)


def _name(point: ET.Element, chosen: Chosen, leg: Leg) -> None:
    """Say at a leg's first point which street follows, and how sure that is."""
    row = dict(chosen.dataset.legs.loc[leg.id])
    add(point, "name", chosen.texts.field(row, "street"))
    add(point, "desc", chosen.texts.field(row, "note"))
    add(point, "type", chosen.texts.label(leg.evidence))


def _route_lines(chosen: Chosen, route: Route) -> Iterator[str]:
    """Say when a march was, how long it is, and how much of it is inferred."""
    texts = chosen.texts
    if route.start is not None and route.end is not None:
        yield texts.t(
            "about {start} to about {end} (estimated)",
            start=texts.moment(route.start),
            end=texts.moment(route.end),
        )
    for evidence, km in lengths_km(route).items():
        if km:
            words = texts.label(evidence)
            yield texts.t(
                "{evidence}: {n} km",
                evidence=words,
                n=chosen.texts.number(round(km, 1)),
            )
    if note := texts.field(dict(chosen.dataset.routes.loc[route.id]), "note"):
        yield note


def _sources(stretch: list[Leg]) -> list[str]:
    """Give the ids of all sources of some legs, each once."""
    return list(dict.fromkeys(source for leg in stretch for source in leg.sources))


def _position(lon: float, lat: float) -> dict[str, str]:
    """Write a position as GPX has it: two attributes, six decimals."""
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"}
