"""The map of a handout: the city, the marches, numbers, and quiet dots.

Everything under the numbers is painted by `geo.export.picture`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from geo.export.handout.sheet import Sheet
from geo.export.handout.tags import Tag, dot, faces, grown, place, tags_of
from geo.export.picture import city
from geo.export.picture.border import frame_and_scale
from geo.export.picture.compose import in_frame, view_of
from geo.export.picture.fonts import shortened, width_of
from geo.export.picture.layout import Room, box_of, box_round, merged
from geo.export.picture.marches import heads, marches
from geo.export.picture.marks import TOWN_ZOOM, has_ring, ring_of
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Ink,
    Label,
    Layer,
    Line,
    Point,
    Shape,
)
from geo.export.picture.sites import Site, sites_of
from geo.export.picture.view import LonLat, Projection, View, fitted
from geo.palette import MAP_COLOURS

SCALE = 0.75
"""A pixel of the screen is 1/96 inch, a point of the page 1/72."""

_NAME_FONT = Font(7.5, is_bold=True)
_NAME_WIDTH = 170.0
_SAME_DOT = 4.0
# Under scale and north arrow, so that no march runs through them.
_PLATE = Ink(fill=MAP_COLOURS["land"], fill_opacity=0.85)
# Room for a number and a name at the edge, in pixels of the screen.
_MARGIN = 34.0


class Spot(NamedTuple):
    """A dot: places whose events have no number here."""

    point: Point
    name: str


class Chart(NamedTuple):
    """Where everything of one map stands, before it is drawn."""

    sheet: Sheet
    projection: Projection
    tags: list[Tag]
    dots: list[Spot]
    on_map: frozenset[str]
    """Ids of the events whose number or dot is there."""
    lines: tuple[Line | Disc, ...]
    """Circles, bands and marches that meet the frame."""


def plan(sheet: Sheet, frame: Box) -> Chart:
    """Find the view and where each number goes."""
    view = _view(sheet, frame)
    projection = Projection(view, frame, SCALE)
    sites = in_frame(sheet.chosen, projection)
    _, taken = frame_and_scale(projection, sheet.chosen.texts)
    tags = tags_of(sheet.chosen, sheet.numbers, sites, projection)
    tags = place(tags, Room(frame, list(taken)))
    shown = {number for tag in tags for number in tag.numbers}
    others = set(sheet.others)
    quiet = [site for site in sites if not others.isdisjoint(site.events)]
    on_map = {event for event, number in sheet.numbers.items() if number in shown}
    on_map |= {event for site in quiet for event in site.events if event in others}
    return Chart(
        sheet,
        projection,
        tags,
        _dots(sheet, quiet, tags, projection),
        frozenset(on_map),
        tuple(_lines(sheet, sites, projection)),
    )


def layers_of(chart: Chart) -> tuple[Layer, ...]:
    """Draw the map; names come last, where room is left."""
    sheet, projection, tags = chart.sheet, chart.projection, chart.tags
    texts, frame = sheet.chosen.texts, projection.frame
    border, taken = frame_and_scale(projection, texts)
    room = Room(frame, [*taken, *(tag.box for tag in tags)])
    room.taken += [box_of(dot(*spot.point)) for spot in chart.dots]
    for tag in tags:
        if tag.is_aside:
            room.taken.append(_span(tag.leader))
    head_layer = Layer("heads", ())
    march_boxes: list[Box] = []
    if _has_streets(projection):
        head_layer = heads(sheet.chosen, projection, tags, room)
        _, march_boxes = marches(sheet.chosen, projection)
    place_names = _place_names(chart, room, march_boxes)
    room.taken += march_boxes
    land = Ink(fill=MAP_COLOURS["land"])
    plates = (Line(box.corners, _PLATE, is_closed=True) for box in taken)
    return (
        Layer("land", (Line(frame.corners, land, is_closed=True),)),
        *city.ground(sheet.chosen.dataset, projection),
        Layer("lines", chart.lines, is_clipped=True),
        city.names(sheet.chosen, projection, room),
        Layer("plates", tuple(plates), is_clipped=True),
        Layer("dots", tuple(dot(*spot.point) for spot in chart.dots), is_clipped=True),
        place_names,
        head_layer,
        Layer("numbers", tuple(faces(tags)), is_clipped=True),
        border,
    )


def _view(sheet: Sheet, frame: Box) -> View:
    """Find what the map shows.

    Of a chapter its view on screen, if the places of its numbers and the way of
    its march are in it; else what holds them all.
    """
    chapter, chosen = sheet.chapter, sheet.chosen
    if chapter is None:
        return view_of(chosen, frame, SCALE)
    view = View(chapter.view.lat, chapter.view.lon, chapter.view.zoom)
    is_near = view.zoom >= TOWN_ZOOM
    points: list[LonLat] = []
    for site in sites_of(chosen):
        is_told = any(event in sheet.numbers for event in site.events)
        if is_told and (site.style == "point" or not is_near):
            points.append((site.lon, site.lat))
    route = chosen.routes.get(chapter.route) if chapter.route else None
    if route is not None:
        points += [point for leg in route.legs for point in leg.line]
    inner = grown(frame, -_MARGIN * SCALE)
    as_told = Projection(view, frame, SCALE)
    if all(inner.has(as_told.point(*point)) for point in points):
        return view
    return fitted(points, frame, scale=SCALE, closest=view.zoom, margin=_MARGIN)


def _has_streets(projection: Projection) -> bool:
    """Tell whether the city is large enough to draw marches in it."""
    return projection.view.zoom >= TOWN_ZOOM


def _lines(
    sheet: Sheet, sites: Sequence[Site], projection: Projection
) -> list[Line | Disc]:
    """Give how exactly the numbered places are known, and the marches."""
    if not _has_streets(projection):
        return []
    told = [
        site
        for site in sites
        if any(event in sheet.numbers for event in site.events)
        and (has_ring(site) or site.street is not None)
    ]
    rings = (ring_of(site, projection) for site in told)
    layer, _ = marches(sheet.chosen, projection)
    shapes: list[Shape | None] = [*rings, *layer.shapes]
    return [
        shape
        for shape in shapes
        if isinstance(shape, Line | Disc) and box_of(shape).meets(projection.frame)
    ]


def _dots(
    sheet: Sheet, sites: Sequence[Site], tags: Sequence[Tag], projection: Projection
) -> list[Spot]:
    """Give the dots of the events without a number.

    One that a tag would hide stands at the tag's corner.
    """
    points = [projection.point(site.lon, site.lat) for site in sites]
    groups = merged(points, [len(site.events) for site in sites], _SAME_DOT)
    found: dict[Point, Spot] = {}
    for group in groups:
        x, y = points[group[0]]
        name = _name(sheet, projection, sites[group[0]])
        hiding = next((tag for tag in tags if tag.covers(x, y)), None)
        if hiding is not None:
            x, y, name = hiding.box.x1 - 1, hiding.box.y1 - 1, ""
        found[x, y] = Spot((x, y), name)
    return list(found.values())


def _place_names(chart: Chart, room: Room, better_free: Sequence[Box]) -> Layer:
    """Give the names of the places beside their numbers, where there is room.

    Where the country is shown the dots have names too: no street says where
    they are.

    Parameters
    ----------
    better_free
        What a name hides only where it would have no room otherwise.
    """
    sheet, projection = chart.sheet, chart.projection
    wanted = [(tag.box, _name(sheet, projection, tag.sites[0])) for tag in chart.tags]
    if not _has_streets(projection):
        wanted += [(box_of(dot(*spot.point)), spot.name) for spot in chart.dots]
    labels = (_placed(name, box, room, better_free) for box, name in wanted if name)
    return Layer("place names", tuple(filter(None, labels)), is_clipped=True)


def _placed(
    name: str, box: Box, room: Room, better_free: Sequence[Box]
) -> Label | None:
    """Put a name beside what it names; None if there is no room."""
    text = shortened(name, _NAME_FONT, _NAME_WIDTH)
    width, height = width_of(text, _NAME_FONT), _NAME_FONT.size + 2
    boxes = [
        box_round(x, y, width + 3, height) for x, y in _name_points(box, width, height)
    ]
    boxes.sort(key=lambda box: any(box.meets(other) for other in better_free))
    found = next((box for box in boxes if room.take([box])), None)
    if found is None:
        return None
    colour, halo = MAP_COLOURS["place-name"], MAP_COLOURS["land"]
    return Label(text, *found.centre, _NAME_FONT, colour, "middle", halo=halo)


def _name(sheet: Sheet, projection: Projection, site: Site) -> str:
    """Name a place; from afar all of the city is the city."""
    home = sheet.chosen.dataset.home
    if home is not None and not _has_streets(projection) and site.style == "point":
        return sheet.chosen.place_names[home]
    return site.name


def _name_points(box: Box, width: float, height: float) -> list[Point]:
    """Give where a name may stand: below, right, left, above."""
    x, y = box.centre
    aside = box.width / 2 + width / 2 + 3
    below = box.height / 2 + height / 2 + 1
    return [
        (x, y + below),
        (x + aside, y),
        (x - aside, y),
        (x, y - below),
        *((x + dx, y + dy) for dx in (aside, -aside) for dy in (below, -below)),
    ]


def _span(line: tuple[Point, Point]) -> Box:
    """Give the box that a short line takes."""
    xs, ys = zip(*line, strict=True)
    return Box(min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2)
