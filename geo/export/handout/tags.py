"""Numbers on the map: which stand where, and how they keep off one another.

Events of one place share a tag. A tag stands on its place, or, where that
would hide another, beside it with a line to the exact point.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from geo.export.chosen import Chosen
from geo.export.handout.flow import INK
from geo.export.picture.fonts import width_of
from geo.export.picture.layout import Room, box_round, boxes_on, merged
from geo.export.picture.marks import STRENGTHS
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Ink,
    Label,
    Line,
    Point,
    Shape,
)
from geo.export.picture.sites import Site
from geo.export.picture.view import Projection
from geo.palette import MAP_COLOURS

FONT = Font(8, is_bold=True)
LINE = 10.0
_PADDING = 3.5
_WIDEST = 84.0
# Places closer than this are one place at this scale.
_MERGE = 9.0
_CLEAR = 1.5
_AWAY = (7.0, 12.0, 18.0, 26.0, 36.0, 50.0, 70.0, 96.0, 130.0)
_DIRECTIONS = 24
_CORNER_STEPS = 5
_DOT = 2.3
_PAPER, _ACCENT, _SOFT = (MAP_COLOURS[name] for name in ("panel", "accent", "soft"))

STRENGTH_ORDER = ("solid", "pale", "hollow")


@dataclass(frozen=True)
class Tag:
    """The numbers of the events of one spot."""

    anchor: Point
    box: Box
    lines: tuple[str, ...]
    numbers: tuple[int, ...]
    strength: str
    sites: tuple[Site, ...]
    """The heaviest first."""

    @property
    def is_aside(self) -> bool:
        """Whether it stands beside its place."""
        return self.box.centre != self.anchor

    def covers(self, x: float, y: float) -> bool:
        """Tell whether what stands at a point would hide the numbers."""
        return self.box.has((x, y))

    @property
    def leader(self) -> tuple[Point, Point]:
        """The line from the exact point to the tag's edge."""
        (x, y), (cx, cy) = self.anchor, self.box.centre
        reach = max(
            abs(x - cx) / (self.box.width / 2) if self.box.width else 0.0,
            abs(y - cy) / (self.box.height / 2) if self.box.height else 0.0,
        )
        share = 1 / reach if reach > 1 else 0.0
        return (x, y), (cx + (x - cx) * share, cy + (y - cy) * share)

    def moved(self, dx: float, dy: float) -> Tag:
        """Give the same tag at another place, its anchor where it was."""
        box = Box(
            self.box.x0 + dx, self.box.y0 + dy, self.box.x1 + dx, self.box.y1 + dy
        )
        return Tag(
            self.anchor, box, self.lines, self.numbers, self.strength, self.sites
        )


def number_words(numbers: Sequence[int]) -> str:
    """Write a rising list of numbers, runs of three and more as a span.

    Examples
    --------
    >>> number_words([3, 5, 6, 7, 9, 10])
    '3, 5–7, 9, 10'
    """
    parts: list[str] = []
    for _, group in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
        run = [number for _, number in group]
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(parts)


def tags_of(
    chosen: Chosen,
    numbers: Mapping[str, int],
    sites: Sequence[Site],
    projection: Projection,
) -> list[Tag]:
    """Give the tags of some sites, each on its place, the heaviest first."""
    told = [site for site in sites if any(event in numbers for event in site.events)]
    points = [projection.point(site.lon, site.lat) for site in told]
    weights = [sum(event in numbers for event in site.events) for site in told]
    return [
        _tag(chosen, numbers, [told[i] for i in group], points[group[0]])
        for group in merged(points, weights, _MERGE)
    ]


def place(tags: Sequence[Tag], room: Room) -> list[Tag]:
    """Give the tags where none hides another; one that has no room is left out.

    Takes the room of the tags and of their lines.
    """
    placed: list[Tag] = []
    for tag in sorted(tags, key=lambda tag: -len(tag.numbers)):
        others = [box_round(*each.anchor, 5, 5) for each in tags if each is not tag]
        for moved in _places(tag):
            if _is_free(moved, room, others):
                room.taken += [grown(moved.box, _CLEAR), *_leader_boxes(moved)]
                placed.append(moved)
                break
    return placed


def chip(
    left: float, top: float, text: str, strength: str = "solid"
) -> Iterator[Shape]:
    """Draw a number as it stands on the map."""
    width = max(width_of(text, FONT) + 2 * _PADDING, LINE + _PADDING)
    box = Box(left, top, left + width, top + LINE + _PADDING)
    yield from _face(box, (text,), strength)


def chip_width(text: str) -> float:
    """Say how wide a number is with what it stands on."""
    return max(width_of(text, FONT) + 2 * _PADDING, LINE + _PADDING)


CHIP_HEIGHT = LINE + _PADDING


def faces(tags: Sequence[Tag]) -> Iterator[Shape]:
    """Draw tags, all lines to their points first."""
    for tag in tags:
        if tag.is_aside:
            yield Line(tag.leader, Ink(stroke=_PAPER, width=2.4))
            yield Line(tag.leader, Ink(stroke=INK, width=0.9))
            yield Disc(*tag.anchor, 2.2, Ink(fill=INK, stroke=_PAPER, width=0.8))
    for tag in tags:
        yield from _face(tag.box, tag.lines, tag.strength)


def dot(x: float, y: float) -> Disc:
    """Draw the place of events that have no number here."""
    return Disc(x, y, _DOT, Ink(fill=_PAPER, stroke=_SOFT, width=1.3))


def _tag(
    chosen: Chosen, numbers: Mapping[str, int], sites: Sequence[Site], at: Point
) -> Tag:
    """Give the tag of one spot, on its place."""
    events = [event for site in sites for event in site.events if event in numbers]
    own = sorted({numbers[event] for event in events})
    lines = _lines(number_words(own))
    width = max(width_of(line, FONT) for line in lines) + 2 * _PADDING
    height = len(lines) * LINE + _PADDING
    strengths = {STRENGTHS[chosen.selection.statuses[event]] for event in events}
    strength = next(each for each in STRENGTH_ORDER if each in strengths)
    box = box_round(*at, max(width, height), height)
    return Tag(at, box, tuple(lines), tuple(own), strength, tuple(sites))


def _lines(text: str) -> list[str]:
    """Break a list of numbers into lines of some width."""
    lines = [""]
    for part in text.split(" "):
        longer = f"{lines[-1]} {part}".strip()
        if not lines[-1] or width_of(longer, FONT) <= _WIDEST:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _places(tag: Tag) -> Iterator[Tag]:
    """Give where a tag may stand: on its place, then ever farther around."""
    yield tag
    half_width, half_height = tag.box.width / 2, tag.box.height / 2
    for away in _AWAY:
        for step in range(_DIRECTIONS):
            angle = 2 * math.pi * step / _DIRECTIONS
            dx, dy = math.cos(angle), math.sin(angle)
            reach = away + min(
                half_width / abs(dx) if abs(dx) > 1e-9 else math.inf,
                half_height / abs(dy) if abs(dy) > 1e-9 else math.inf,
            )
            yield tag.moved(dx * reach, dy * reach)


def _is_free(tag: Tag, room: Room, others: Sequence[Box]) -> bool:
    """Tell whether a tag and its line hide nothing and are not hidden."""
    box = grown(tag.box, _CLEAR)
    if not room.is_free([box]) or any(box.meets(other) for other in others):
        return False
    return not any(
        part.meets(taken) for part in _leader_boxes(tag) for taken in room.taken
    )


def _leader_boxes(tag: Tag) -> list[Box]:
    """Cover the line of a tag, and the point it ends in, with small boxes."""
    if not tag.is_aside:
        return []
    return [*boxes_on(tag.leader, 2.0), box_round(*tag.anchor, 5, 5)]


def grown(box: Box, by: float) -> Box:
    """Give a box with a margin."""
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def _face(box: Box, lines: Sequence[str], strength: str) -> Iterator[Shape]:
    """Draw a tag: dark where its events are sure or likely, else light."""
    is_solid = strength == "solid"
    ink = {
        "solid": Ink(fill=_ACCENT, stroke=_PAPER, width=0.8),
        "pale": Ink(fill=MAP_COLOURS["line"], stroke=_ACCENT, width=1.2),
        "hollow": Ink(
            fill=_PAPER, stroke=_ACCENT, width=1.2, dash=(2.0, 1.6), is_round=False
        ),
    }[strength]
    yield Line(_rounded(box), ink, is_closed=True)
    colour = _PAPER if is_solid else INK
    x, y = box.centre
    y -= (len(lines) - 1) * LINE / 2
    for at, line in enumerate(lines):
        yield Label(line, x, y + at * LINE, FONT, colour, "middle")


def _rounded(box: Box) -> tuple[Point, ...]:
    """Give the outline of a box with round corners."""
    radius = min(LINE + _PADDING, box.height) / 2
    corners = (
        (box.x1 - radius, box.y0 + radius, -0.25),
        (box.x1 - radius, box.y1 - radius, 0.0),
        (box.x0 + radius, box.y1 - radius, 0.25),
        (box.x0 + radius, box.y0 + radius, 0.5),
    )
    return tuple(
        (x + radius * math.cos(angle), y + radius * math.sin(angle))
        for x, y, turn in corners
        for step in range(_CORNER_STEPS + 1)
        for angle in [2 * math.pi * (turn + 0.25 * step / _CORNER_STEPS)]
    )
