"""One mark a place: its count, a ring by kinds of act, and its name.

In the ring of a mark for several events each part carries the shape of its
group as well as the colour: print without colour keeps the meaning.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.export.chosen import Chosen
from geo.export.picture.fonts import shortened, width_of
from geo.export.picture.layout import Room, box_round, merged
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Glyph,
    Ink,
    Label,
    Layer,
    Line,
    Point,
    Shape,
)
from geo.export.picture.sites import Site, sites_of
from geo.export.picture.view import Projection
from geo.palette import GLYPHS, GROUP_COLOURS, MAP_COLOURS
from geo.vocab import KindGroup, Status

STRENGTHS = {
    Status.CERTAIN: "solid",
    Status.LIKELY: "solid",
    Status.COARSE: "pale",
    Status.POSSIBLE: "hollow",
}

TOWN_ZOOM = 9.5
"""Seen from farther away, what stands in the home city is the city."""
_MERGE = 40.0
_RING = 9.5
_WIDEST_RING_M = 15_000
_NARROWEST_RING_M = 100
_BAND = 13.0

_COUNT_FONT = Font(12.5, is_bold=True)
_NAME_FONT = Font(10.5, is_bold=True)
_NAME_WIDTH = 230.0


@dataclass(frozen=True)
class Mark:
    """Sites that stand too close to tell apart, under the heaviest of them."""

    x: float
    y: float
    name: str
    parts: Mapping[tuple[KindGroup, str], int]
    """Number of events by group and strength, in the order of the groups."""

    @property
    def total(self) -> int:
        """Number of events."""
        return sum(self.parts.values())

    @property
    def radius(self) -> float:
        """Grows with the root of the number: the area is what is compared."""
        return min(32.0, 12.5 + 3.4 * math.sqrt(self.total)) if self.total > 1 else 13.5

    def covers(self, x: float, y: float) -> bool:
        """Tell whether what stands at a point would hide the count."""
        return math.dist((x, y), (self.x, self.y)) < self.radius - _RING / 2

    @property
    def box(self) -> Box:
        """The square round it."""
        return box_round(self.x, self.y, 2 * self.radius, 2 * self.radius)


def marks_of(chosen: Chosen, projection: Projection) -> list[Mark]:
    """Give the marks in the frame, each event of a mark counted once."""
    zoom = projection.view.zoom
    sites = [
        site
        for site in sites_of(chosen)
        if projection.frame.has(projection.point(site.lon, site.lat))
        and (site.style != "region" or zoom < TOWN_ZOOM)
    ]
    points = [projection.point(site.lon, site.lat) for site in sites]
    groups = merged(points, [len(site.events) for site in sites], _MERGE)
    return [
        _mark(chosen, [sites[i] for i in group], points[group[0]], zoom)
        for group in groups
    ]


def rings(chosen: Chosen, projection: Projection) -> Layer:
    """Give the circle or the street within which each inexact place lies."""
    shapes = [ring_of(site, projection) for site in sites_of(chosen)]
    return Layer(
        "uncertainty",
        tuple(shape for shape in shapes if shape is not None),
        is_clipped=True,
    )


def has_ring(site: Site) -> bool:
    """Tell whether a circle says how exactly a site is known."""
    is_inexact = _NARROWEST_RING_M < site.radius_m <= _WIDEST_RING_M
    return is_inexact and site.street is None


def ring_ink() -> Ink:
    """Say how the circle round an inexact place is drawn."""
    return Ink(
        fill=MAP_COLOURS["accent"],
        fill_opacity=0.028,
        stroke=MAP_COLOURS["accent"],
        stroke_opacity=0.42,
        width=1.1,
        dash=(3.0, 4.0),
        is_round=False,
    )


def band_ink(scale: float = 1.0) -> Ink:
    """Say how the street along which a place lies is drawn."""
    width = _BAND * scale
    return Ink(stroke=MAP_COLOURS["accent"], stroke_opacity=0.16, width=width)


def part_ink(own: str, strength: str) -> Ink:
    """Say how events are drawn in their colour, by how surely they belong here."""
    if strength == "pale":
        return Ink(fill=own, fill_opacity=0.3, stroke=own)
    if strength == "hollow":
        paper = MAP_COLOURS["panel"]
        return Ink(fill=paper, stroke=own, width=1.6, dash=(2.0, 1.6), is_round=False)
    edge = MAP_COLOURS["ink"]
    return Ink(fill=own, stroke=edge, stroke_opacity=0.45, width=0.8)


def faces(marks: Sequence[Mark]) -> Layer:
    """Give the marks themselves, the heaviest on top."""
    ordered = sorted(marks, key=lambda mark: mark.total)
    shapes = [shape for mark in ordered for shape in _face(mark)]
    return Layer("marks", tuple(shapes), is_clipped=True)


def mark_names(marks: Sequence[Mark], room: Room) -> Layer:
    """Give names beside the marks where there is room, the heaviest first."""
    labels: list[Shape] = []
    for mark in sorted(marks, key=lambda mark: -mark.total):
        text = shortened(mark.name, _NAME_FONT, _NAME_WIDTH)
        width = width_of(text, _NAME_FONT)
        for x, y in _name_points(mark, width):
            if room.take([box_round(x, y, width + 4, _NAME_FONT.size + 5)]):
                labels.append(_name(text, x, y))
                break
    return Layer("mark names", tuple(labels), is_clipped=True)


def _mark(chosen: Chosen, sites: list[Site], at: Point, zoom: float) -> Mark:
    """Give one mark for some sites, the heaviest first."""
    events = {event: None for site in sites for event in site.events}
    counts = Counter(
        (
            KindGroup(chosen.events[event]["group"]),
            STRENGTHS[chosen.selection.statuses[event]],
        )
        for event in events
    )
    order = list(KindGroup)
    parts = sorted(
        counts.items(), key=lambda part: (order.index(part[0][0]), part[0][1])
    )
    return Mark(*at, _mark_name(chosen, sites, zoom), dict(parts))


def _mark_name(chosen: Chosen, sites: list[Site], zoom: float) -> str:
    """Name a mark after its heaviest site and say how many more it stands for."""
    home = chosen.dataset.home
    if home is not None and zoom < TOWN_ZOOM and sites[0].style == "point":
        return chosen.place_names[home]
    more = f" +{len(sites) - 1}" if len(sites) > 1 else ""
    return sites[0].name + more


def ring_of(site: Site, projection: Projection) -> Line | Disc | None:
    """Give the circle or the band of one site; none where it is exact."""
    if site.street is not None:
        return Line(projection.line(site.street), band_ink(projection.scale))
    if not has_ring(site):
        return None
    radius = projection.length(site.radius_m, site.lat)
    return Disc(*projection.point(site.lon, site.lat), radius, ring_ink())


def _face(mark: Mark) -> Iterator[Shape]:
    """Give a shape for one event, a ring with a count for more."""
    edge = Ink(
        fill=MAP_COLOURS["panel"], stroke=MAP_COLOURS["ink"], stroke_opacity=0.45
    )
    yield Disc(mark.x, mark.y, mark.radius, edge)
    if mark.total == 1:
        ((group, strength),) = mark.parts
        yield Glyph(
            GLYPHS[group], mark.x, mark.y, part_ink(GROUP_COLOURS[group], strength)
        )
        return
    start = 0.0
    for (group, strength), count in mark.parts.items():
        end = start + count / mark.total
        yield _segment(mark, (start, end), part_ink(GROUP_COLOURS[group], strength))
        yield _small_glyph(mark, (start + end) / 2, group, strength)
        start = end
    count_ink = MAP_COLOURS["ink"]
    text = str(mark.total)
    yield Label(text, mark.x, mark.y, _COUNT_FONT, count_ink, "middle")


def _segment(mark: Mark, turns: tuple[float, float], ink: Ink) -> Shape:
    """Give a part of the ring between two turns, 0 is north, clockwise."""
    start, end = turns
    steps = max(2, math.ceil((end - start) * 90))
    angles = [start + (end - start) * i / steps for i in range(steps + 1)]
    outer = [_on_ring(mark, mark.radius - 0.5, turn) for turn in angles]
    inner = [_on_ring(mark, mark.radius - _RING, turn) for turn in reversed(angles)]
    return Line((*outer, *inner), ink, is_closed=True)


def _small_glyph(mark: Mark, turn: float, group: KindGroup, strength: str) -> Shape:
    """Give the group's shape in the middle of its part of the ring."""
    x, y = _on_ring(mark, mark.radius - (_RING + 0.5) / 2, turn)
    is_solid = strength == "solid"
    ink = Ink(fill=MAP_COLOURS["panel"] if is_solid else GROUP_COLOURS[group])
    return Glyph(GLYPHS[group], x, y, ink, scale=0.44)


def _on_ring(mark: Mark, radius: float, turn: float) -> Point:
    """Give a point at some turn from north."""
    angle = turn * 2 * math.pi
    return mark.x + radius * math.sin(angle), mark.y - radius * math.cos(angle)


def _name_points(mark: Mark, width: float) -> Iterator[Point]:
    """Give where a name may stand: below, right, left, above."""
    aside, height = mark.radius + width / 2 + 5, _NAME_FONT.size + 6
    yield mark.x, mark.y + mark.radius + height / 2
    yield mark.x + aside, mark.y
    yield mark.x - aside, mark.y
    yield mark.x, mark.y - mark.radius - height / 2


def _name(text: str, x: float, y: float) -> Shape:
    """Give a mark's name with a halo, centred."""
    colour, halo = MAP_COLOURS["place-name"], MAP_COLOURS["land"]
    return Label(text, x, y, _NAME_FONT, colour, "middle", halo=halo, halo_width=4)
