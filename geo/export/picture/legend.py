"""What stands round the map: heading, key, scale, north, credit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geo.export.chosen import Chosen
from geo.export.picture.fonts import width_of, wrapped
from geo.export.picture.marches import area_ink, link_ink, march_ink, shown_routes
from geo.export.picture.marks import (
    STRENGTHS,
    Mark,
    band_ink,
    has_ring,
    part_ink,
    ring_ink,
)
from geo.export.picture.scene import (
    Box,
    Disc,
    Font,
    Glyph,
    Ink,
    Label,
    Layer,
    Line,
    Shape,
)
from geo.export.picture.sites import Site
from geo.export.picture.view import Projection
from geo.export.question import filter_words, time_words
from geo.palette import GLYPHS, GROUP_COLOURS, MAP_COLOURS
from geo.texts import Texts
from geo.vocab import KindGroup, LegEvidence, Scope, Sketch, Status

_INK, _SOFT = MAP_COLOURS["ink"], MAP_COLOURS["soft"]
_TITLE_FONT = Font(25, "serif", is_bold=True)
_TIME_FONT = Font(15, is_bold=True)
_TEXT_FONT = Font(11.5)
_SMALL_FONT = Font(10)
_ROW = 21.0
_LINE = 16.0
_SYMBOL = 34.0
_SAMPLE = 26.0
_GAP = 20.0
_LONGEST_SCALE = 150.0

Symbol = Callable[[float, float], list[Shape]]
"""Draws a sample round a point."""


@dataclass(frozen=True)
class Entry:
    """One line of the key."""

    symbol: Symbol
    words: str

    @property
    def width(self) -> float:
        """What it takes in a row."""
        return _SYMBOL + width_of(self.words, _TEXT_FONT) + _GAP


def heading(
    chosen: Chosen, left: float, top: float, width: float
) -> tuple[Layer, float]:
    """Give title, time, count and question; and the height they take."""
    texts = chosen.texts
    y = top + 18
    shapes: list[Shape] = [
        Label(chosen.imprint.title, left, y, _TITLE_FONT, _INK),
    ]
    y += 30
    when = time_words(chosen.query, texts)
    shapes.append(Label(when, left, y, _TIME_FONT, _INK))
    clock_at = left + width_of(when, _TIME_FONT) + 12
    shapes.append(Label(chosen.imprint.clock, clock_at, y, _TEXT_FONT, _SOFT))
    filters = "; ".join(filter_words(chosen.query, chosen.dataset, texts))
    lines = [count_words(chosen)]
    if filters:
        asked = texts.t("Filters: {filters}", filters=filters)
        lines += wrapped(asked, _TEXT_FONT, width, 2)
    y += 7
    for line in lines:
        y += _LINE
        shapes.append(Label(line, left, y, _TEXT_FONT, _SOFT))
    return Layer("heading", tuple(shapes)), y + 14 - top


def count_words(chosen: Chosen) -> str:
    """Say how many events there are of each status."""
    selection = chosen.selection
    counts = {status.value: n for status, n in selection.counts.items()}
    return chosen.texts.n(
        "{n} event of {total}: {certain} sure, {likely} likely, "
        "{coarse} some time that day, {possible} possible",
        "{n} events of {total}: {certain} sure, {likely} likely, "
        "{coarse} some time that day, {possible} possible",
        len(selection.visible),
        total=selection.total,
        **counts,
    )


def entries_of(
    chosen: Chosen, marks: list[Mark], frame_sites: list[Site]
) -> list[Entry]:
    """Give the key: only what the picture really shows."""
    texts = chosen.texts
    return [
        *_group_entries(chosen, frame_sites),
        *_strength_entries(marks, texts),
        *_ring_entries(frame_sites, texts),
        *_march_entries(chosen),
    ]


def rows_of(entries: list[Entry], width: float) -> list[list[Entry]]:
    """Break the key into rows of a width."""
    rows: list[list[Entry]] = []
    room = 0.0
    for entry in entries:
        if entry.width > room or not rows:
            rows.append([])
            room = width
        rows[-1].append(entry)
        room -= entry.width
    return rows


def key_layer(rows: list[list[Entry]], left: float, top: float) -> Layer:
    """Give the rows of the key."""
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        x, y = left, top + number * _ROW + _ROW / 2
        for entry in row:
            shapes += entry.symbol(x + 13, y)
            shapes.append(Label(entry.words, x + _SYMBOL, y, _TEXT_FONT, _INK))
            x += entry.width
    return Layer("key", tuple(shapes))


def key_height(rows: list[list[Entry]]) -> float:
    """Give the height that rows of the key take."""
    return len(rows) * _ROW


def footer_lines(chosen: Chosen, shown: frozenset[str], width: float) -> list[str]:
    """Give what is not in the picture, and the credits, in lines of a width."""
    absent = absent_words(chosen, shown)
    lines = wrapped(absent, _SMALL_FONT, width, 3) if absent else []
    legal = " · ".join(chosen.imprint.legal_lines)
    return [*lines, *wrapped(legal, _SMALL_FONT, width, 3)]


def footer(lines: list[str], left: float, top: float) -> tuple[Layer, float]:
    """Give the lines at the foot, and the height they take."""
    labels = [
        Label(line, left, top + (i + 0.5) * _LINE, _SMALL_FONT, _SOFT)
        for i, line in enumerate(lines)
    ]
    return Layer("footer", tuple(labels)), len(lines) * _LINE


def absent_words(chosen: Chosen, shown: frozenset[str]) -> str:
    """Say which events have no mark in the picture, and why; empty if all have.

    Parameters
    ----------
    shown
        Ids of the events that have one.
    """
    texts = chosen.texts
    counts = Counter(
        row["scope"] for event, row in chosen.events.items() if event not in shown
    )
    names = {
        Scope.MAPPED: texts.t("outside of this picture"),
        Scope.CITY: texts.t("in the whole city"),
        Scope.COUNTRY: texts.t("in the whole country"),
        Scope.UNKNOWN: texts.t("at a place that is not known"),
    }
    parts = [
        texts.t("{n} {where}", n=counts[scope.value], where=names[scope])
        for scope in Scope
        if counts[scope.value]
    ]
    if not parts:
        return ""
    return texts.t("Events without a mark here: {parts}.", parts=", ".join(parts))


def frame_and_scale(projection: Projection, texts: Texts) -> tuple[Layer, list[Box]]:
    """Give the frame, the scale bar and the north arrow; and their boxes."""
    frame = projection.frame
    corners = (
        (frame.x0, frame.y0),
        (frame.x1, frame.y0),
        (frame.x1, frame.y1),
        (frame.x0, frame.y1),
    )
    border = Line(corners, Ink(stroke=MAP_COLOURS["soft"], width=0.8), is_closed=True)
    scale, scale_box = _scale(projection, texts)
    north, north_box = _north(frame, texts)
    return Layer("frame", (border, *scale, *north)), [scale_box, north_box]


def _scale(projection: Projection, texts: Texts) -> tuple[list[Shape], Box]:
    """Give the longest bar of a round length, true at the middle of the view."""
    frame = projection.frame
    limit_m = _LONGEST_SCALE / projection.length(1)
    power = 10 ** math.floor(math.log10(limit_m))
    metres = max(step * power for step in (1, 2, 5) if step * power <= limit_m)
    length = projection.length(metres)
    x0, y = frame.x0 + 16, frame.y1 - 14
    bar = ((x0, y - 6), (x0, y), (x0 + length, y), (x0 + length, y - 6))
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
        y - 12,
        _SMALL_FONT,
        _INK,
        "middle",
        halo=MAP_COLOURS["land"],
    )
    shapes: list[Shape] = [
        Line(bar, halo),
        Line(bar, Ink(stroke=_INK, width=1.5)),
        label,
    ]
    return shapes, Box(x0 - 6, y - 24, x0 + length + 6, y + 6)


def _north(frame: Box, texts: Texts) -> tuple[list[Shape], Box]:
    """Give an arrow to the north; Mercator's north is up everywhere."""
    x, y = frame.x1 - 22, frame.y0 + 14
    arrow = ((x, y), (x + 6, y + 17), (x, y + 13), (x - 6, y + 17))
    halo = MAP_COLOURS["land"]
    shapes: list[Shape] = [
        Line(arrow, Ink(fill=_INK, stroke=halo, width=1.5), is_closed=True),
        Label(
            texts.t("N"), x, y + 26, Font(10, is_bold=True), _INK, "middle", halo=halo
        ),
    ]
    return shapes, Box(x - 12, y - 6, x + 12, y + 36)


def _group_entries(chosen: Chosen, sites: list[Site]) -> Iterator[Entry]:
    """Give the groups of the events in the picture, with their numbers."""
    events = {event for site in sites for event in site.events}
    counts = Counter(chosen.events[event]["group"] for event in events)
    for group in KindGroup:
        if count := counts[group.value]:
            words = chosen.texts.t(
                "{group}: {n}", group=chosen.texts.label(group), n=count
            )
            yield Entry(_glyph_symbol(group, GROUP_COLOURS[group], "solid"), words)


def _glyph_symbol(group: KindGroup, colour: str, strength: str) -> Symbol:
    """Draw the shape of a group."""
    return lambda x, y: [Glyph(GLYPHS[group], x, y, part_ink(colour, strength))]


def _strength_entries(marks: list[Mark], texts: Texts) -> Iterator[Entry]:
    """Explain pale and hollow marks, in no group's colour."""
    shown = {strength for mark in marks for _, strength in mark.parts}
    for status in (Status.COARSE, Status.POSSIBLE):
        strength = STRENGTHS[status]
        if strength in shown:
            symbol = _glyph_symbol(KindGroup.THE_STATE_ACTS, _SOFT, strength)
            yield Entry(symbol, texts.label(status))


def _ring_entries(sites: list[Site], texts: Texts) -> Iterator[Entry]:
    """Explain circles and bands."""
    if any(map(has_ring, sites)):
        words = texts.t("somewhere in this circle")
        yield Entry(lambda x, y: [Disc(x, y, 8, ring_ink())], words)
    if any(site.street is not None for site in sites):
        words = texts.t("somewhere along this street")
        yield Entry(lambda x, y: [_sample(x, y, band_ink())], words)


def _march_entries(chosen: Chosen) -> Iterator[Entry]:
    """Explain the lines of marches."""
    texts = chosen.texts
    legs = [leg for route in shown_routes(chosen) for leg in route.legs]
    evidences = {leg.evidence for leg in legs if leg.line}
    words = {
        LegEvidence.DOCUMENTED: texts.t("march, documented street"),
        LegEvidence.INFERRED: texts.t("march, inferred street"),
    }
    for evidence, text in words.items():
        if evidence in evidences:
            yield Entry(_line_symbol(march_ink(evidence)), text)
    sketches = {leg.sketch for leg in legs}
    if Sketch.LINK in sketches:
        yield Entry(_line_symbol(link_ink()), texts.t("march, way not known"))
    if sketches & {Sketch.AREA, Sketch.POINT}:
        text = texts.t("march round this place")
        yield Entry(lambda x, y: [Disc(x, y, 8, area_ink())], text)


def _line_symbol(ink: Ink) -> Symbol:
    """Draw a piece of a line."""
    return lambda x, y: [_sample(x, y, ink)]


def _sample(x: float, y: float, ink: Ink) -> Line:
    """Give a short level line, its round ends within the same length."""
    half = _SAMPLE / 2 - (ink.width / 2 if ink.is_round else 0)
    return Line(((x - half, y), (x + half, y)), ink)
