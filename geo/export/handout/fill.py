"""Blocks on pages: the map, two columns of list, texts across, a foot.

Fills one page after the other; what does not fit goes on on the next, and
only what is longer than a page is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.export.handout.blocks import Look
from geo.export.handout.chart import Chart, layers_of
from geo.export.handout.flow import Block
from geo.export.picture.scene import Box, Layer, Shape

HEAD = 19.0
"""What the line above everything takes."""
_KEY_GAP = 3.0
_GAP = 7.0
_GUTTER = 16.0
_BETWEEN = 4.0


@dataclass
class Leaf:
    """One page while it is filled."""

    top: float
    """Where the next thing goes."""
    bottom: float
    shapes: list[Shape] = field(default_factory=list)
    layers: tuple[Layer, ...] = ()
    frame: Box | None = None

    @property
    def room(self) -> float:
        """What is left of its height."""
        return self.bottom - self.top

    def put(self, block: Block, left: float) -> None:
        """Set a block below what there is."""
        self.shapes += block.shapes(left, self.top)
        self.top += block.height


@dataclass(frozen=True)
class Parts:
    """The blocks of a sheet in one look."""

    look: Look
    heading: Block
    key: Block
    entries: list[Block]
    texts: list[Block]
    credits: Block

    @property
    def height(self) -> float:
        """What they take on a page of their own, beside the map."""
        columns = max(map(_column_height, _balanced(self.entries)))
        texts = sum(block.height + _GAP for block in self.texts)
        list_height = columns + _GAP if self.entries else 0.0
        return (
            HEAD
            + self.heading.height
            + _KEY_GAP
            + self.key.height
            + _GAP
            + list_height
            + texts
            + self.credits.height
            + _GAP
        )


def column_width(area: Box) -> float:
    """Give how wide each of the list's two columns is."""
    return (area.width - _GUTTER) / 2


def filled(parts: Parts, chart: Chart, area: Box) -> list[Leaf]:
    """Put everything on pages, as many as are needed."""
    first = _leaf(parts, area)
    first.put(parts.heading, area.x0)
    first.frame = chart.projection.frame
    first.layers = layers_of(chart)
    first.top = first.frame.y1 + _KEY_GAP
    first.put(parts.key, area.x0)
    first.top += _GAP
    leaves = [first]
    _fill_list(leaves, parts, area)
    for block in parts.texts:
        _fill_text(leaves, block, parts, area)
    return leaves


def _leaf(parts: Parts, area: Box) -> Leaf:
    """Begin a page; its credits stand at its foot."""
    leaf = Leaf(area.y0 + HEAD, area.y1 - parts.credits.height - _GAP)
    foot = area.y1 - parts.credits.height
    leaf.shapes += parts.credits.shapes(area.x0, foot)
    return leaf


def _fill_list(leaves: list[Leaf], parts: Parts, area: Box) -> None:
    """Set the list in two columns a page."""
    rest = list(parts.entries)
    while rest:
        leaf = leaves[-1]
        columns = _balanced(rest)
        if max(map(_column_height, columns)) > leaf.room + 0.01:
            columns = _taken(rest, leaf.room, is_fresh=leaf.frame is None)
            rest = columns.pop()
        else:
            rest = []
        _put_columns(leaf, columns, area)
        if rest:
            leaves.append(_leaf(parts, area))


def _put_columns(leaf: Leaf, columns: Sequence[Sequence[Block]], area: Box) -> None:
    """Set columns side by side and go on below the longer one."""
    step = column_width(area) + _GUTTER
    for at, column in enumerate(columns):
        top = leaf.top
        for block in column:
            leaf.shapes += block.shapes(area.x0 + at * step, top)
            top += block.height + _BETWEEN
    leaf.top += max(map(_column_height, columns)) + _GAP


def _taken(
    entries: Sequence[Block], room: float, *, is_fresh: bool
) -> list[list[Block]]:
    """Fill two columns of some height; give them, and what is left over.

    On a fresh page an entry that is longer than a column is cut.
    """
    rest, columns = list(entries), []
    for _ in range(2):
        column: list[Block] = []
        used = 0.0
        while rest and used + rest[0].height <= room:
            column.append(rest.pop(0))
            used += column[-1].height + _BETWEEN
        if rest and not column and is_fresh:
            start, end = rest[0].cut(room)
            column, rest = [start], [end, *rest[1:]]
        columns.append(column)
    return [*columns, rest]


def _fill_text(leaves: list[Leaf], block: Block, parts: Parts, area: Box) -> None:
    """Set a text across the page; one that does not fit goes over."""
    if block.height > leaves[-1].room + 0.01:
        leaves.append(_leaf(parts, area))
    while block.height > leaves[-1].room + 0.01:
        start, block = block.cut(leaves[-1].room)
        leaves[-1].put(start, area.x0)
        leaves.append(_leaf(parts, area))
    leaves[-1].put(block, area.x0)
    leaves[-1].top += _GAP


def _balanced(entries: Sequence[Block]) -> list[list[Block]]:
    """Break a list into two columns, the left one no shorter."""
    for count in range(len(entries) + 1):
        left, right = list(entries[:count]), list(entries[count:])
        if _column_height(left) >= _column_height(right):
            return [left, right]
    return [[], []]


def _column_height(column: Sequence[Block]) -> float:
    """Give what blocks take below one another."""
    between = _BETWEEN * max(len(column) - 1, 0)
    return sum(block.height for block in column) + between
