"""Where things may stand: merged points, boxes, names along lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from geo.export.picture.scene import Box, Disc, Line, Point


@dataclass(frozen=True)
class Spot:
    """A place for a name on a line."""

    x: float
    y: float
    angle: float
    """Radians, clockwise, never upside down."""

    def moved(self, aside: float) -> Spot:
        """Give the spot so far below the line, seen along the text."""
        return Spot(
            self.x - aside * math.sin(self.angle),
            self.y + aside * math.cos(self.angle),
            self.angle,
        )


@dataclass
class Room:
    """What of a page is taken."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def is_free(self, boxes: Sequence[Box]) -> bool:
        """Tell whether boxes lie in the frame and touch nothing."""
        return all(self.frame.holds(box) for box in boxes) and not any(
            box.meets(other) for box in boxes for other in self.taken
        )

    def take(self, boxes: Sequence[Box]) -> bool:
        """Take boxes if they are free; tell whether they were."""
        if not self.is_free(boxes):
            return False
        self.taken.extend(boxes)
        return True


def merged(
    points: Sequence[Point], weights: Sequence[int], gap: float
) -> list[list[int]]:
    """Merge points that stand closer than a gap.

    Returns
    -------
    groups
        Indices of points; the heaviest leads its group and keeps its place.
    """
    groups: list[list[int]] = []
    for i in sorted(range(len(points)), key=lambda i: (-weights[i], i)):
        for group in groups:
            if math.dist(points[group[0]], points[i]) < gap:
                group.append(i)
                break
        else:
            groups.append([i])
    return groups


def box_round(x: float, y: float, width: float, height: float) -> Box:
    """Give the box of some size round a point."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def box_of(shape: Line | Disc) -> Box:
    """Give the upright box that holds a shape."""
    if isinstance(shape, Disc):
        return box_round(shape.x, shape.y, 2 * shape.radius, 2 * shape.radius)
    xs, ys = zip(*shape.points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def boxes_along(spot: Spot, width: float, height: float) -> list[Box]:
    """Cover a slanting name with small boxes: its corners claim nothing."""
    steps = max(1, math.ceil(width / (height * 1.2)))
    part = width / steps
    return [
        _turned(
            spot.x + off * math.cos(spot.angle),
            spot.y + off * math.sin(spot.angle),
            (part, height),
            spot.angle,
        )
        for off in (-width / 2 + part * (i + 0.5) for i in range(steps))
    ]


def boxes_on(line: Sequence[Point], breadth: float) -> list[Box]:
    """Cover a line with small boxes, some of its breadth each."""
    boxes = []
    for (x0, y0), (x1, y1) in pairwise(line):
        steps = max(1, math.ceil(math.dist((x0, y0), (x1, y1)) / breadth))
        for i in range(steps + 1):
            x, y = x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps
            boxes.append(box_round(x, y, breadth, breadth))
    return boxes


def straight_spots(
    line: Sequence[Point], width: float, spacing: float, slack: float
) -> Iterator[Spot]:
    """Find where a name can stand on a line without bending.

    Parameters
    ----------
    spacing
        Least distance between two spots, along the line.
    slack
        How far the line may leave the name's straight base.
    """
    lengths = runs(line)
    middle, last = width / 2 + 4, -math.inf
    while middle <= lengths[-1] - width / 2 - 4:
        if middle - last >= spacing:
            ends = [
                point_at(line, lengths, middle + d) for d in (-width / 2, width / 2)
            ]
            spot = _spot(ends, point_at(line, lengths, middle), width, slack)
            if spot is not None:
                last = middle
                yield spot
        middle += 16


def runs(line: Sequence[Point]) -> list[float]:
    """Give the length from a line's first point to each of its points."""
    steps = (math.dist(a, b) for a, b in pairwise(line))
    return list(accumulate(steps, initial=0.0))


def point_at(line: Sequence[Point], lengths: Sequence[float], at: float) -> Point:
    """Give the point at some length along a line."""
    i = next((i for i in range(1, len(line) - 1) if lengths[i] >= at), len(line) - 1)
    share = (at - lengths[i - 1]) / ((lengths[i] - lengths[i - 1]) or 1)
    share = max(0.0, min(1.0, share))
    (x0, y0), (x1, y1) = line[i - 1], line[i]
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _spot(
    ends: Sequence[Point], middle: Point, width: float, slack: float
) -> Spot | None:
    """Give the spot between two ends if the line is straight there."""
    (x0, y0), (x1, y1) = ends
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    if math.dist(*ends) < width - slack or math.dist((x, y), middle) > slack:
        return None
    angle = math.atan2(y1 - y0, x1 - x0)
    if angle > math.pi / 2:
        angle -= math.pi
    elif angle <= -math.pi / 2:
        angle += math.pi
    return Spot(x, y, angle)


def _turned(x: float, y: float, size: tuple[float, float], angle: float) -> Box:
    """Give the upright box round a rectangle turned by an angle."""
    c, s = abs(math.cos(angle)), abs(math.sin(angle))
    width, height = size
    return box_round(x, y, width * c + height * s, width * s + height * c)
