"""A picture as shapes and words on a page, before anything paints it.

Two painters read it, one writes SVG and one PNG; so both show the same. Units
are those of the page, some 1/72 inch in print; x runs right, y runs down.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
"""(x, y) on the page."""


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.y1 - self.y0

    @property
    def centre(self) -> Point:
        """The middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def corners(self) -> tuple[Point, ...]:
        """From the upper left, clockwise."""
        left, top, right, bottom = self.x0, self.y0, self.x1, self.y1
        return (left, top), (right, top), (right, bottom), (left, bottom)

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share area."""
        return (
            self.x0 < other.x1
            and other.x0 < self.x1
            and self.y0 < other.y1
            and other.y0 < self.y1
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies wholly inside."""
        return (
            self.x0 <= other.x0
            and other.x1 <= self.x1
            and self.y0 <= other.y0
            and other.y1 <= self.y1
        )

    def has(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1


@dataclass(frozen=True)
class Ink:
    """How a shape is drawn; colours are #rrggbb, None draws nothing."""

    fill: str | None = None
    fill_opacity: float = 1.0
    stroke: str | None = None
    stroke_opacity: float = 1.0
    width: float = 1.0
    dash: tuple[float, ...] = ()
    """Lengths of strokes and gaps; empty is a solid line."""
    is_round: bool = True
    """Ends of lines and dashes."""


@dataclass(frozen=True)
class Font:
    """One face at one size."""

    size: float
    family: str = "sans"
    """``sans`` or ``serif``."""
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class Line:
    """Points joined by straight strokes."""

    points: tuple[Point, ...]
    ink: Ink
    is_closed: bool = False


@dataclass(frozen=True)
class Disc:
    """A circle."""

    x: float
    y: float
    radius: float
    ink: Ink


@dataclass(frozen=True)
class Glyph:
    """A shape of `geo.palette.GLYPHS` round a point."""

    path: str
    x: float
    y: float
    ink: Ink
    scale: float = 1.0


@dataclass(frozen=True)
class Label:
    """One line of text."""

    text: str
    x: float
    y: float
    """Half-way up a small letter."""
    font: Font
    colour: str
    anchor: str = "start"
    """``start``, ``middle`` or ``end``: what of the text stands at x."""
    angle: float = 0.0
    """Degrees, clockwise."""
    halo: str | None = None
    halo_width: float = 3.0


Shape = Line | Disc | Glyph | Label


@dataclass(frozen=True)
class Layer:
    """Shapes that belong together, drawn in order."""

    name: str
    shapes: tuple[Shape, ...]
    is_clipped: bool = False
    """Cut off at the frame of the map."""


@dataclass(frozen=True)
class Scene:
    """The whole page."""

    width: float
    height: float
    frame: Box
    """Where the map itself stands."""
    layers: tuple[Layer, ...]
    title: str
    about: tuple[str, ...]
    """What the file says of itself, in lines."""
    credit: str
