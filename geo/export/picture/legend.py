"""What stands round the map: heading, key, what is not shown, credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from geo.export.chosen import Chosen
from geo.export.picture.fonts import width_of, wrapped
from geo.export.picture.marches import area_ink, link_ink, march_ink
from geo.export.picture.marks import (
    STRENGTHS,
    Mark,
    band_ink,
    part_ink,
    ring_ink,
)
from geo.export.picture.scene import (
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
from geo.export.question import filter_words, time_words
from geo.palette import GLYPHS, GROUP_COLOURS, MAP_COLOURS
from geo.texts import Texts
from geo.vocab import KindGroup, LegEvidence, Scope, Status

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
    """Say how many events there are, and of each status if time was asked for."""
    texts, selection = chosen.texts, chosen.selection
    events = texts.n(
        "{n} of {total} event",
        "{n} of {total} events",
        len(selection.visible),
        total=selection.total,
    )
    if chosen.query.start is None and chosen.query.end is None:
        return events
    counts = selection.counts
    words = {
        Status.CERTAIN: texts.t("{n} sure", n=counts[Status.CERTAIN]),
        Status.LIKELY: texts.t("{n} likely", n=counts[Status.LIKELY]),
        Status.COARSE: texts.t("{n} some time that day", n=counts[Status.COARSE]),
        Status.POSSIBLE: texts.t("{n} possible", n=counts[Status.POSSIBLE]),
    }
    parts = [words[status] for status in Status if counts[status]]
    if not parts:
        return events
    return texts.t("{events}: {parts}", events=events, parts=", ".join(parts))


def entries_of(
    chosen: Chosen, marks: list[Mark], sites: list[Site], drawn: Iterable[Shape]
) -> list[Entry]:
    """Give the key: only what is really to be seen in the picture.

    Parameters
    ----------
    sites
        Those in the frame.
    drawn
        Circles, bands and marches that meet the frame.
    """
    texts = chosen.texts
    return [
        *_group_entries(chosen, sites),
        *_strength_entries(marks, texts),
        *line_entries(drawn, texts),
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


def line_entries(
    drawn: Iterable[Shape], texts: Texts, scale: float = 1.0
) -> Iterator[Entry]:
    """Explain circles, bands and the lines of marches.

    Parameters
    ----------
    scale
        Of the `Projection` they were drawn with.
    """
    walked = partial(march_ink, scale=scale)
    ahead = partial(march_ink, is_faint=True, scale=scale)
    inks = {shape.ink for shape in drawn if isinstance(shape, Line | Disc)}
    discs = {
        ring_ink(): texts.t("somewhere in this circle"),
        area_ink(): texts.t("march round this place"),
    }
    lines = {
        band_ink(scale): texts.t("somewhere along this street"),
        walked(LegEvidence.DOCUMENTED): texts.t("march, documented street"),
        walked(LegEvidence.INFERRED): texts.t("march, inferred street"),
        ahead(LegEvidence.DOCUMENTED): texts.t("still to be walked"),
        ahead(LegEvidence.INFERRED): texts.t("still to be walked, inferred street"),
        link_ink(scale): texts.t("march, way not known"),
    }
    for ink, words in discs.items():
        if ink in inks:
            yield Entry(_disc_symbol(ink, 8 * scale), words)
    for ink, words in lines.items():
        if ink in inks:
            yield Entry(_line_symbol(ink), words)


def _disc_symbol(ink: Ink, radius: float) -> Symbol:
    """Draw a small circle."""
    return lambda x, y: [Disc(x, y, radius, ink)]


def _line_symbol(ink: Ink) -> Symbol:
    """Draw a piece of a line."""
    return lambda x, y: [_sample(x, y, ink)]


def _sample(x: float, y: float, ink: Ink) -> Line:
    """Give a short level line, its round ends within the same length."""
    half = _SAMPLE / 2 - (ink.width / 2 if ink.is_round else 0)
    return Line(((x - half, y), (x + half, y)), ink)
