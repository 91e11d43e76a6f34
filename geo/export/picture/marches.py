"""Marches: documented legs solid, inferred ones dashed, unknown ways dotted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from geo.export.chosen import Chosen
from geo.export.picture.fonts import width_of
from geo.export.picture.layout import Room, box_round, boxes_on, point_at, runs
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
from geo.export.picture.view import Projection
from geo.palette import MAP_COLOURS
from geo.routes import Leg, Route, position_at, progress_at
from geo.vocab import Direction, LegEvidence, Sketch

_COLOUR = MAP_COLOURS["route"]
_STRONG = 4.0
_FAINT = 3.0
_CHEVRON_EVERY = 84.0
_CHEVRON_SIZE = 6.5
_BREADTH = 9.0
_ARROW = ((12.0, 0.0), (-8.0, 9.0), (-3.0, 0.0), (-8.0, -9.0))
_HEAD_FONT = Font(11, "serif", is_italic=True)
_ARC_STEPS = 32
_ARC_BEND = 0.16

DASHES = {
    LegEvidence.DOCUMENTED: (),
    LegEvidence.INFERRED: (7.0, 6.0),
    LegEvidence.UNKNOWN: (1.0, 6.0),
}


def march_ink(
    evidence: LegEvidence, *, is_faint: bool = False, scale: float = 1.0
) -> Ink:
    """Say how a leg is drawn; what the head has not reached is faint.

    Parameters
    ----------
    scale
        As the `Projection` has it.
    """
    return Ink(
        stroke=_COLOUR,
        stroke_opacity=0.38 if is_faint else 0.95,
        width=(_FAINT if is_faint else _STRONG) * scale,
        dash=tuple(length * scale for length in DASHES[evidence]),
        is_round=False,
    )


def link_ink(scale: float = 1.0) -> Ink:
    """Say how a bow between two places is drawn, by which no street is meant."""
    dash = (0.1, 6.0 * scale)
    return Ink(stroke=_COLOUR, stroke_opacity=0.7, width=2.0 * scale, dash=dash)


def area_ink() -> Ink:
    """Say how a ring round the place of a march is drawn."""
    return Ink(
        fill=_COLOUR,
        fill_opacity=0.05,
        stroke=_COLOUR,
        stroke_opacity=0.6,
        width=1.5,
        dash=(0.1, 5.0),
    )


def marches(chosen: Chosen, projection: Projection) -> tuple[Layer, list[Box]]:
    """Give the layer of marches, and the boxes their lines take."""
    shapes: list[Shape] = []
    taken: list[Box] = []
    for route in shown_routes(chosen):
        shapes += _route(chosen, route, projection)
        for leg in route.legs:
            taken += boxes_on(projection.line(leg.line), _BREADTH * projection.scale)
    return Layer("marches", tuple(shapes), is_clipped=True), taken


def shown_routes(chosen: Chosen) -> list[Route]:
    """Give the marches of which anything is drawn."""
    routes = chosen.routes.values()
    return [
        route
        for route in routes
        if any(leg.sketch is not Sketch.NONE for leg in route.legs)
    ]


def _route(chosen: Chosen, route: Route, projection: Projection) -> Iterator[Shape]:
    """Give the shapes of one march."""
    for leg in route.legs:
        if leg.sketch is Sketch.LINK:
            ends = [_place(chosen, leg.from_place), _place(chosen, leg.to_place)]
            bow = _arc(*(projection.point(*end) for end in ends))
            yield Line(bow, link_ink(projection.scale))
        elif leg.sketch in (Sketch.AREA, Sketch.POINT):
            yield _area(chosen, leg, projection)
    walked = walked_share(chosen, route)
    lines = [leg for leg in route.legs if leg.line]
    # Of a march that is over nothing is left to rounding.
    left_km = route.length_km * walked if walked < 1 else math.inf
    for leg in lines:
        yield from _leg(leg, left_km, projection)
        left_km -= leg.length_km
    for leg in lines:
        is_both = route.direction is Direction.BOTH
        line, size = projection.line(leg.line), projection.scale
        yield from _chevrons(line, size, is_both_ways=is_both)


def walked_share(chosen: Chosen, route: Route) -> float:
    """Say how much of a march is behind its head at the window's end, 0 to 1.

    A march without both times is drawn whole: nothing is known of its
    progress.
    """
    end: datetime | None = chosen.query.end
    if end is None or route.start is None or route.end is None:
        return 1.0
    return progress_at(route, end) or 0.0


def _leg(leg: Leg, walked_km: float, projection: Projection) -> Iterator[Shape]:
    """Give a leg, the part behind the head strong and the rest faint."""
    line, scale = projection.line(leg.line), projection.scale
    share = max(0.0, min(1.0, walked_km / (leg.length_km or 1.0)))
    if share < 1:
        yield Line(line, march_ink(leg.evidence, is_faint=True, scale=scale))
    if share > 0:
        yield Line(_first_part(line, share), march_ink(leg.evidence, scale=scale))


class Cover(Protocol):
    """Whatever stands on the map with words on it."""

    def covers(self, x: float, y: float) -> bool:
        """Tell whether what stands at a point would hide the words."""


def heads(
    chosen: Chosen, projection: Projection, marks: Sequence[Cover], room: Room
) -> Layer:
    """Give the heads of marches under way, where they hide no count.

    Where a head would, the line that turns faint there still shows it.
    """
    shapes: list[Shape] = []
    for route in shown_routes(chosen):
        points = _head_points(chosen, route, projection)
        if points is None or any(mark.covers(*points[1]) for mark in marks):
            continue
        shapes.append(_arrow(*points, projection.scale))
        shapes += _head_words(chosen, points[1], projection.scale, room)
    return Layer("heads", tuple(shapes), is_clipped=True)


def _head_points(
    chosen: Chosen, route: Route, projection: Projection
) -> tuple[Point, Point, Point] | None:
    """Give the head of a march at the window's end, a minute before and after."""
    end = chosen.query.end
    if end is None or not 0 < walked_share(chosen, route) < 1:
        return None
    around = (end + timedelta(minutes=d) for d in (-1, 0, 1))
    places = [position_at(route, min(at, route.end or at)) for at in around]
    before, head, after = (
        projection.point(*(place or places[1] or (0.0, 0.0))) for place in places
    )
    return before, head, after


def _arrow(before: Point, head: Point, after: Point, scale: float) -> Shape:
    """Give the arrow at the head of a march."""
    turn = math.atan2(after[1] - before[1], after[0] - before[0])
    sized = ((x * scale, y * scale) for x, y in _ARROW)
    corners = tuple(_turned(corner, turn, head) for corner in sized)
    ink = Ink(fill=_COLOUR, stroke=MAP_COLOURS["panel"], width=1.6)
    return Line(corners, ink, is_closed=True)


def _head_words(
    chosen: Chosen, head: Point, scale: float, room: Room
) -> Iterator[Shape]:
    """Say beside a head that it is estimated, where there is room."""
    words = chosen.texts.t("position estimated")
    font = replace(_HEAD_FONT, size=_HEAD_FONT.size * scale)
    width = width_of(words, font)
    aside = width / 2 + 8 * scale
    for dx, down in ((aside, -18), (aside, 18), (0, -26), (0, 26)):
        x, y = head[0] + dx, head[1] + down * scale
        if room.take([box_round(x, y, width + 4, font.size + 5)]):
            halo = MAP_COLOURS["land"]
            yield Label(words, x, y, font, _COLOUR, "middle", halo=halo)
            return


def _turned(corner: Point, turn: float, to: Point) -> Point:
    """Turn a point round 0 0, and move it."""
    x, y = corner
    return (
        to[0] + x * math.cos(turn) - y * math.sin(turn),
        to[1] + x * math.sin(turn) + y * math.cos(turn),
    )


def _first_part(line: Sequence[Point], share: float) -> tuple[Point, ...]:
    """Cut a line at a share of its length; Mercator keeps shares over a city."""
    if share >= 1:
        return tuple(line)
    lengths = runs(line)
    at = share * lengths[-1]
    kept = [point for point, length in zip(line, lengths, strict=True) if length < at]
    return (*kept, point_at(line, lengths, at))


def _chevrons(
    line: Sequence[Point], scale: float, *, is_both_ways: bool
) -> Iterator[Shape]:
    """Give small arrowheads along a line; both ways alternate."""
    lengths = runs(line)
    ink = Ink(stroke=_COLOUR, width=1.8 * scale)
    every, size = _CHEVRON_EVERY * scale, _CHEVRON_SIZE * scale
    at, number = every / 2, 0
    while at < lengths[-1]:
        (x0, y0), (x1, y1) = (point_at(line, lengths, at + d) for d in (-0.5, 0.5))
        angle = math.atan2(y1 - y0, x1 - x0)
        if is_both_ways and number % 2:
            angle += math.pi
        tip = point_at(line, lengths, at)
        ends = (_wing(tip, size, angle, side) for side in (1, -1))
        yield Line((next(ends), tip, next(ends)), ink)
        at, number = at + every, number + 1


def _wing(tip: Point, size: float, angle: float, side: int) -> Point:
    """Give one end of an arrowhead."""
    turn = angle + math.pi - side * 0.62
    x, y = tip
    return x + size * math.cos(turn), y + size * math.sin(turn)


def _arc(start: Point, end: Point) -> tuple[Point, ...]:
    """Give a flat bow between two points."""
    (x0, y0), (x1, y1) = start, end
    middle = (
        (x0 + x1) / 2 + (y1 - y0) * _ARC_BEND,
        (y0 + y1) / 2 - (x1 - x0) * _ARC_BEND,
    )
    return tuple(
        (_weighed(t, x0, middle[0], x1), _weighed(t, y0, middle[1], y1))
        for t in (i / _ARC_STEPS for i in range(_ARC_STEPS + 1))
    )


def _weighed(t: float, first: float, middle: float, last: float) -> float:
    """Give a quadratic Bézier curve's coordinate."""
    return (1 - t) ** 2 * first + 2 * t * (1 - t) * middle + t * t * last


def _area(chosen: Chosen, leg: Leg, projection: Projection) -> Shape:
    """Give the ring round a leg's place."""
    place = chosen.dataset.places.loc[leg.from_place]
    lon, lat = _place(chosen, leg.from_place)
    radius = projection.length(float(place["radius_m"]), lat)
    return Disc(*projection.point(lon, lat), radius, area_ink())


def _place(chosen: Chosen, place: str) -> tuple[float, float]:
    """Give (lon, lat) of a place."""
    point = chosen.dataset.places.geometry[place]
    return point.x, point.y
