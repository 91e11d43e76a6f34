"""A scene as PNG, painted by matplotlib."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import matplotlib.path as mpath
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from geo.export.picture.fonts import drawable, face_path, width_of
from geo.export.picture.scene import (
    Disc,
    Glyph,
    Ink,
    Label,
    Line,
    Point,
    Scene,
    Shape,
)
from geo.export.picture.svg import BASELINE

_UNITS_AN_INCH = 72.0
SCALE = 2.0
"""Pixels a unit of the page: 2400 wide, enough for three newspaper columns."""

# How much of a line stands before the point it is anchored at.
_BACK: Mapping[str, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
_TOKEN = re.compile(r"([MLHVAZ])|(-?\d+(?:\.\d+)?)")
_ARC_STEPS = 24


def paint_png(scene: Scene, *more: Scene, scale: float = SCALE) -> bytes:
    """Write a scene as a picture, its imprint in the text chunks.

    Uses no state of matplotlib's that all threads share.

    Parameters
    ----------
    more
        Further pages of the same size; they stand below, one after the other.
    scale
        Pixels a unit of the page.
    """
    scenes = (scene, *more)
    width, height = scene.width, scene.height * len(scenes)
    size = (width / _UNITS_AN_INCH, height / _UNITS_AN_INCH)
    figure = Figure(figsize=size, dpi=_UNITS_AN_INCH * scale)
    FigureCanvasAgg(figure)
    for number, each in enumerate(scenes, 1):
        share = 1 / len(scenes)
        _paint(figure.add_axes((0, 1 - number * share, 1, share)), each)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata=_metadata(scene))
    return out.getvalue()


def _paint(axes: Axes, scene: Scene) -> None:
    """Paint one page."""
    axes.set_axis_off()
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    frame = scene.frame
    clip = Rectangle((frame.x0, frame.y0), frame.width, frame.height)
    clip.set_transform(axes.transData)
    artists = (
        (artist, layer.is_clipped)
        for layer in scene.layers
        for shape in layer.shapes
        for artist in _artists(shape)
    )
    for order, (artist, is_clipped) in enumerate(artists):
        artist.set_zorder(order)
        axes.add_patch(artist)
        artist.set_clip_path(clip if is_clipped else None)


def _metadata(scene: Scene) -> dict[str, str]:
    """Give the text chunks, without the painter's own version in them."""
    return {
        "Title": scene.title,
        "Description": "\n".join(scene.about),
        "Copyright": scene.credit,
        "Software": "",
    }


def _artists(shape: Shape) -> Iterator[Patch]:
    """Give what paints one shape."""
    painters: dict[type, Callable[..., Patch]] = {
        Line: _line,
        Disc: _disc,
        Glyph: _glyph,
        Label: _label,
    }
    yield painters[type(shape)](shape)


def _line(line: Line) -> Patch:
    return _patch(_path(line.points, is_closed=line.is_closed), line.ink)


def _disc(disc: Disc) -> Patch:
    place = Affine2D().scale(disc.radius).translate(disc.x, disc.y)
    return _patch(mpath.Path.unit_circle().transformed(place), disc.ink)


def _glyph(glyph: Glyph) -> Patch:
    place = Affine2D().scale(glyph.scale).translate(glyph.x, glyph.y)
    path = _path(glyph_points(glyph.path), is_closed=True)
    return _patch(path.transformed(place), glyph.ink)


def _path(points: Sequence[Point], *, is_closed: bool) -> mpath.Path:
    """Give a path; matplotlib reads no point from the step that closes one."""
    closing = [points[0]] if is_closed else []
    return mpath.Path(np.array([*points, *closing]), closed=is_closed)


def _patch(path: mpath.Path, ink: Ink) -> Patch:
    """Give a path in an ink; fill and stroke each have their own strength."""
    fill = to_rgba(ink.fill, ink.fill_opacity) if ink.fill else "none"
    stroke = to_rgba(ink.stroke, ink.stroke_opacity) if ink.stroke else "none"
    patch = PathPatch(path, facecolor=fill, edgecolor=stroke, fill=bool(ink.fill))
    patch.set_linewidth(ink.width if ink.stroke else 0)
    patch.set_joinstyle("round")
    patch.set_capstyle("round" if ink.is_round else "butt")
    if ink.dash:
        # matplotlib counts dashes in widths of the line.
        patch.set_linestyle((0, [length / ink.width for length in ink.dash]))
    return patch


def _label(label: Label) -> Patch:
    """Give a text on its base line, turned round the middle of its letters.

    As outlines: matplotlib's own texts fit their letters to the pixels, and a
    line then comes out longer than it was measured.
    """
    turn = np.deg2rad(label.angle)
    down = BASELINE * label.font.size
    text = drawable(label.text, label.font)
    face = FontProperties(fname=str(face_path(label.font)))
    back = _BACK[label.anchor] * width_of(text, label.font)
    # Never as a formula, whatever dollars stand in it.
    corners, codes = text_to_path.get_text_path(face, text, ismath=False)
    outline = mpath.Path(np.array(corners), codes)
    size = label.font.size / text_to_path.FONT_SCALE
    place = Affine2D().scale(size, -size).translate(-back, 0).rotate(turn)
    place.translate(label.x - down * np.sin(turn), label.y + down * np.cos(turn))
    patch = PathPatch(
        place.transform_path(outline), facecolor=label.colour, linewidth=0
    )
    if label.halo:
        halo = withStroke(linewidth=label.halo_width, foreground=label.halo)
        patch.set_path_effects([halo])
    return patch


def glyph_points(path: str) -> list[Point]:
    """Give the corners of a shape of `geo.palette.GLYPHS`.

    Knows the commands that those have: M, L, H, V, Z, and A for half circles.

    Examples
    --------
    >>> glyph_points("M0-7.4L7 5.4H-7Z")
    [(0.0, -7.4), (7.0, 5.4), (-7.0, 5.4)]
    """
    points: list[Point] = []
    for command, numbers in _commands(path):
        x, y = points[-1] if points else (0.0, 0.0)
        if command in "ML":
            points.append((numbers[0], numbers[1]))
        elif command == "H":
            points.append((numbers[0], y))
        elif command == "V":
            points.append((x, numbers[0]))
        elif command == "A":
            points += _half_circle((x, y), (numbers[5], numbers[6]))
    return points


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Give each command of a path with its numbers."""
    command, numbers = "", list[float]()
    for letter, number in _TOKEN.findall(path):
        if number:
            numbers.append(float(number))
            continue
        if command:
            yield command, numbers
        command, numbers = letter, []
    yield command, numbers


def _half_circle(start: Point, end: Point) -> list[Point]:
    """Give points clockwise on the half circle from one point to another."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    radius = np.hypot(end[0] - start[0], end[1] - start[1]) / 2
    first = np.arctan2(start[1] - y, start[0] - x)
    angles = first + np.linspace(0, np.pi, _ARC_STEPS + 1)[1:]
    return [
        (float(x + radius * np.cos(at)), float(y + radius * np.sin(at)))
        for at in angles
    ]
