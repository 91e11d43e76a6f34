"""Scenes as a PDF: a page each, text as text, faces embedded.

Written by hand rather than by matplotlib, which turns every text with a halo
into outlines that nobody can search, and which takes its setting for embedded
faces from a place that all threads share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geo.export.picture.fonts import drawable, width_of
from geo.export.picture.pdf_file import About, Objects, Page, ref, write_file
from geo.export.picture.pdf_fonts import EmbeddedFace, Outlines, embed
from geo.export.picture.png import glyph_points
from geo.export.picture.scene import (
    Disc,
    Font,
    Glyph,
    Ink,
    Label,
    Line,
    Point,
    Scene,
    Shape,
)
from geo.export.picture.svg import BASELINE, decimal

# How far the handles of a quarter of a circle reach, at radius one.
_HANDLE = 4 / 3 * (math.sqrt(2) - 1)
_QUARTERS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
_ROUND = 1


def paint_pdf(scenes: Sequence[Scene], about: About) -> bytes:
    """Write scenes as pages of one file, a unit of the page 1/72 inch.

    Parameters
    ----------
    scenes
        At least one; their titles become the bookmarks.
    """
    objects = Objects()
    painter = _Painter(_embedded(objects, scenes))
    pages = [
        Page(scene.width, scene.height, painter.page(scene), scene.title)
        for scene in scenes
    ]
    return write_file(objects, pages, painter.resources(), about)


def _embedded(objects: Objects, scenes: Sequence[Scene]) -> dict[Font, EmbeddedFace]:
    """Embed each face with the signs that all pages show in it."""
    texts: dict[Font, list[str]] = {}
    for scene in scenes:
        for layer in scene.layers:
            for shape in layer.shapes:
                if isinstance(shape, Label):
                    shown = drawable(shape.text, shape.font)
                    texts.setdefault(_face(shape.font), []).append(f"{shown} ")
    return {face: embed(objects, face, shown) for face, shown in texts.items()}


def _face(font: Font) -> Font:
    """Give a face without its size."""
    return Font(0, font.family, font.is_bold, font.is_italic)


@dataclass
class _Painter:
    """Writes what is on pages; remembers which strengths of ink they share."""

    faces: dict[Font, EmbeddedFace]
    outlines: Outlines = field(default_factory=Outlines)
    strengths: dict[tuple[float, float], str] = field(default_factory=dict)

    def page(self, scene: Scene) -> bytes:
        """Write the content of one page; its y runs up."""
        frame = scene.frame
        clip = (frame.x0, frame.y0, frame.width, frame.height)
        steps = [f"1 0 0 -1 0 {decimal(scene.height)} cm"]
        for layer in scene.layers:
            steps.append("q")
            if layer.is_clipped:
                steps.append(f"{' '.join(map(decimal, clip))} re W n")
            for shape in layer.shapes:
                steps += self._shape(shape)
            steps.append("Q")
        return "\n".join(steps).encode("ascii")

    def resources(self) -> str:
        """Give the dictionary of faces and strengths, once all is painted."""
        faces = " ".join(
            f"/{self._name(face)} {ref(each.number)}"
            for face, each in self.faces.items()
        )
        strengths = " ".join(
            f"/{name} << /ca {decimal(fill)} /CA {decimal(stroke)} >>"
            for (fill, stroke), name in self.strengths.items()
        )
        return f"<< /Font << {faces} >> /ExtGState << {strengths} >> >>"

    def _name(self, face: Font) -> str:
        """Name a face within the file."""
        return f"F{list(self.faces).index(face)}"

    def _shape(self, shape: Shape) -> Iterator[str]:
        """Write one shape; what it sets does not outlive it."""
        writers: dict[type, Callable[..., Iterator[str]]] = {
            Line: self._line,
            Disc: self._disc,
            Glyph: self._glyph,
            Label: self._label,
        }
        yield "q"
        yield from writers[type(shape)](shape)
        yield "Q"

    def _line(self, line: Line) -> Iterator[str]:
        yield from self._ink(line.ink)
        yield from _path(line.points)
        yield _painted(line.ink, is_closed=line.is_closed)

    def _disc(self, disc: Disc) -> Iterator[str]:
        yield from self._ink(disc.ink)
        yield from _circle(disc)
        yield _painted(disc.ink, is_closed=True)

    def _glyph(self, glyph: Glyph) -> Iterator[str]:
        yield from self._ink(glyph.ink)
        points = [
            (glyph.x + x * glyph.scale, glyph.y + y * glyph.scale)
            for x, y in glyph_points(glyph.path)
        ]
        yield from _path(points)
        yield _painted(glyph.ink, is_closed=True)

    def _label(self, label: Label) -> Iterator[str]:
        """Write a text turned upright again, its halo as lines under it."""
        text = drawable(label.text, label.font)
        turn, size = math.radians(label.angle), label.font.size
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
        left, down = -share * width_of(text, label.font), BASELINE * size
        c, s = math.cos(turn), math.sin(turn)
        x, y = label.x + left * c - down * s, label.y + left * s + down * c
        yield f"{c:.5f} {s:.5f} {s:.5f} {-c:.5f} {x:.3f} {y:.3f} cm"
        if label.halo:
            yield from self._halo(label, text)
        face = _face(label.font)
        # Closed by a space: some readers would glue it to the next line.
        shown = self.faces[face].written(f"{text} ")
        yield f"{_colour(label.colour)} rg"
        yield f"BT /{self._name(face)} {decimal(size)} Tf {shown} Tj ET"

    def _halo(self, label: Label, text: str) -> Iterator[str]:
        """Stroke the letters' outlines in the halo's colour."""
        path, units = self.outlines.path(text, label.font)
        scale = label.font.size / units
        yield "q"
        yield f"{scale:.7f} 0 0 {scale:.7f} 0 0 cm"
        yield f"{_ROUND} j {decimal(label.halo_width / scale)} w"
        yield f"{_colour(label.halo or '')} RG"
        yield path
        yield "S"
        yield "Q"

    def _ink(self, ink: Ink) -> Iterator[str]:
        """Set what a shape is drawn with."""
        key = (ink.fill_opacity, ink.stroke_opacity)
        if key != (1.0, 1.0):
            yield f"/{self.strengths.setdefault(key, f'S{len(self.strengths)}')} gs"
        if ink.fill:
            yield f"{_colour(ink.fill)} rg"
        if ink.stroke:
            yield f"{_colour(ink.stroke)} RG {decimal(ink.width)} w"
            yield f"{_ROUND} j {_ROUND if ink.is_round else 0} J"
        if ink.dash:
            yield f"[{' '.join(map(decimal, ink.dash))}] 0 d"


def _path(points: Sequence[Point]) -> Iterator[str]:
    """Write points joined by straight steps."""
    for at, (x, y) in enumerate(points):
        yield f"{decimal(x)} {decimal(y)} {'l' if at else 'm'}"


def _circle(disc: Disc) -> Iterator[str]:
    """Write a circle as four Bézier curves."""

    def at(x: float, y: float) -> str:
        return (
            f"{decimal(disc.x + x * disc.radius)} {decimal(disc.y + y * disc.radius)}"
        )

    yield f"{at(1, 0)} m"
    for (x0, y0), (x1, y1) in pairwise(_QUARTERS):
        first = at(x0 + _HANDLE * x1, y0 + _HANDLE * y1)
        second = at(x1 + _HANDLE * x0, y1 + _HANDLE * y0)
        yield f"{first} {second} {at(x1, y1)} c"


def _painted(ink: Ink, *, is_closed: bool) -> str:
    """Give the step that fills and strokes a path."""
    close = "h " if is_closed else ""
    if ink.fill and ink.stroke:
        return f"{close}B"
    if ink.fill:
        return "f"
    return f"{close}S" if ink.stroke else "n"


def _colour(colour: str) -> str:
    """Write #rrggbb as three shares.

    Examples
    --------
    >>> _colour("#ff0033")
    '1 0 0.2'
    """
    parts = bytes.fromhex(colour.removeprefix("#"))
    return " ".join(decimal(part / 255) for part in parts)
