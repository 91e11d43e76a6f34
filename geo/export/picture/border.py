"""What stands on the map and is no part of it: frame, scale bar, north arrow."""

from __future__ import annotations

import math

from geo.export.picture.scene import Box, Font, Ink, Label, Layer, Line, Shape
from geo.export.picture.view import Projection
from geo.palette import MAP_COLOURS
from geo.texts import Texts

_INK = MAP_COLOURS["ink"]
_LONGEST_SCALE = 150.0


def frame_and_scale(projection: Projection, texts: Texts) -> tuple[Layer, list[Box]]:
    """Give the frame, the scale bar and the north arrow; and their boxes."""
    frame = projection.frame
    border = Line(
        frame.corners, Ink(stroke=MAP_COLOURS["soft"], width=0.8), is_closed=True
    )
    scale, scale_box = _scale(projection, texts)
    north, north_box = _north(projection, texts)
    return Layer("frame", (border, *scale, *north)), [scale_box, north_box]


def _scale(projection: Projection, texts: Texts) -> tuple[list[Shape], Box]:
    """Give the longest bar of a round length, true at the middle of the view."""
    frame = projection.frame
    size = projection.scale
    limit_m = _LONGEST_SCALE * size / projection.length(1)
    power = 10 ** math.floor(math.log10(limit_m))
    metres = max(step * power for step in (1, 2, 5) if step * power <= limit_m)
    length = projection.length(metres)
    x0, y, tick = frame.x0 + 16 * size, frame.y1 - 14 * size, 6 * size
    bar = ((x0, y - tick), (x0, y), (x0 + length, y), (x0 + length, y - tick))
    is_far = metres >= 1000
    words = (
        texts.t("{n} km", n=texts.number(metres / 1000))
        if is_far
        else texts.t("{n} m", n=texts.number(metres))
    )
    halo = Ink(stroke=MAP_COLOURS["land"], stroke_opacity=0.9, width=5)
    label = Label(
        words,
        x0 + length / 2,
        y - 12 * size,
        Font(10 * size),
        _INK,
        "middle",
        halo=MAP_COLOURS["land"],
    )
    shapes: list[Shape] = [
        Line(bar, halo),
        Line(bar, Ink(stroke=_INK, width=1.5)),
        label,
    ]
    return shapes, Box(x0 - 6, y - 24 * size, x0 + length + 6, y + 6)


def _north(projection: Projection, texts: Texts) -> tuple[list[Shape], Box]:
    """Give an arrow to the north; Mercator's north is up everywhere."""
    size, frame, halo = projection.scale, projection.frame, MAP_COLOURS["land"]
    x, y = frame.x1 - 22 * size, frame.y0 + 14 * size
    corners = ((0, 0), (6, 17), (0, 13), (-6, 17))
    arrow = tuple((x + dx * size, y + dy * size) for dx, dy in corners)
    font, letter_y = Font(10 * size, is_bold=True), y + 26 * size
    shapes: list[Shape] = [
        Line(arrow, Ink(fill=_INK, stroke=halo, width=1.5), is_closed=True),
        Label(texts.t("N"), x, letter_y, font, _INK, "middle", halo=halo),
    ]
    return shapes, Box(x - 12 * size, y - 6, x + 12 * size, y + 36 * size)
