"""Text in lines, and blocks of lines that stand anywhere on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from geo.export.picture.fonts import drawable, width_of
from geo.export.picture.scene import Font, Label, Shape
from geo.palette import MAP_COLOURS

INK, SOFT = MAP_COLOURS["ink"], MAP_COLOURS["soft"]
# From the middle of a line up to the middle of its small letters, in sizes.
_UP = 0.06


@dataclass(frozen=True)
class Run:
    """Text in one face."""

    text: str
    font: Font
    colour: str = INK

    def like(self, text: str) -> Run:
        """Give other text in the same face."""
        return Run(text, self.font, self.colour)


Piece = tuple[float, Run]
"""A run and how far from the left of its line it begins."""


@dataclass(frozen=True)
class Strip:
    """What cannot be broken: one line, with what stands on it."""

    height: float
    draw: Callable[[float, float], Iterable[Shape]]
    """Takes the left and the top."""


@dataclass(frozen=True)
class Block:
    """Strips that are kept together where that can be."""

    strips: tuple[Strip, ...]

    @property
    def height(self) -> float:
        """Of all its strips."""
        return sum(strip.height for strip in self.strips)

    def shapes(self, left: float, top: float) -> Iterator[Shape]:
        """Draw it at a place."""
        for strip in self.strips:
            yield from strip.draw(left, top)
            top += strip.height

    def cut(self, height: float) -> tuple[Block, Block]:
        """Give the strips that fit into a height, at least one, and the rest."""
        used, count = 0.0, 0
        for strip in self.strips:
            used += strip.height
            if count and used > height:
                break
            count += 1
        return Block(self.strips[:count]), Block(self.strips[count:])


def paragraph(
    runs: Sequence[Run], width: float, leading: float, indent: float = 0.0
) -> list[Strip]:
    """Set text in lines.

    Parameters
    ----------
    width
        From the block's left edge to the right end of the lines.
    leading
        From line to line.
    indent
        Where the lines begin.
    """
    return [
        Strip(leading, _drawn(line, leading, indent))
        for line in lines_of(runs, width - indent)
    ]


def space(height: float) -> Strip:
    """Leave room."""
    return Strip(height, lambda left, top: ())


def lines_of(runs: Sequence[Run], width: float) -> list[list[Piece]]:
    """Break runs of text into lines no wider than some width.

    Words go over to the next line whole; one that is wider than a line is
    broken where it must be. Nothing is left out.
    """
    lines: list[list[Piece]] = [[]]
    x = 0.0
    for word in _words(runs, width):
        gap = _gap(word.font) if lines[-1] else 0.0
        own = width_of(word.text, word.font)
        if lines[-1] and x + gap + own > width:
            lines.append([])
            x, gap = 0.0, 0.0
        lines[-1].append((x + gap, word))
        x += gap + own
    return [_joined(line) for line in lines if line]


def line_width(line: Sequence[Piece]) -> float:
    """Give where the last piece of a line ends."""
    return max((x + width_of(run.text, run.font) for x, run in line), default=0.0)


def middle(top: float, leading: float, size: float) -> float:
    """Give the y of a label that stands in a line."""
    return top + leading / 2 - _UP * size


def _drawn(
    line: Sequence[Piece], leading: float, indent: float
) -> Callable[[float, float], Iterable[Shape]]:
    """Give what draws a line of text."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        for x, run in line:
            y = middle(top, leading, run.font.size)
            yield Label(run.text, left + indent + x, y, run.font, run.colour)

    return draw


def _words(runs: Iterable[Run], width: float) -> Iterator[Run]:
    """Give the words, in signs that the faces have, none wider than a line."""
    for run in runs:
        for word in drawable(run.text, run.font).split():
            rest = word
            while width_of(rest, run.font) > width and len(rest) > 1:
                fit = _fitting(rest, run.font, width)
                yield run.like(rest[:fit])
                rest = rest[fit:]
            yield run.like(rest)


@cache
def _gap(font: Font) -> float:
    """Say how wide the gap between two words is; alone it measures nothing."""
    return width_of("x x", font) - 2 * width_of("x", font)


def _fitting(word: str, font: Font, width: float) -> int:
    """Say how many signs of a word fit into a width, one at least."""
    used = 0.0
    for count, sign in enumerate(word):
        used += width_of(sign, font)
        if used > width:
            return max(count, 1)
    return len(word)


def _joined(line: Sequence[Piece]) -> list[Piece]:
    """Put neighbouring words of one face together again."""
    joined = []
    for (font, colour), group in groupby(line, lambda p: (p[1].font, p[1].colour)):
        pieces = list(group)
        text = " ".join(run.text for _, run in pieces)
        joined.append((pieces[0][0], Run(text, font, colour)))
    return joined
