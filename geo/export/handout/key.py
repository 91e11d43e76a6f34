"""The key under a handout's map: only what is to be seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.export.handout.chart import SCALE, Chart
from geo.export.handout.flow import INK, Strip, middle
from geo.export.handout.tags import CHIP_HEIGHT, chip, chip_width, dot
from geo.export.picture.fonts import width_of
from geo.export.picture.legend import Entry, Symbol, line_entries
from geo.export.picture.scene import Font, Label, Shape
from geo.vocab import Status

_FONT = Font(7.5)
_ROW = 15.0
_SYMBOL = 30.0
_MIDDLE = 13.0
_GAP = 12.0


def key_strips(chart: Chart, width: float) -> list[Strip]:
    """Give the rows of the key.

    Parameters
    ----------
    width
        Of the page; the rows break there.
    """
    rows: list[list[Entry]] = []
    room = 0.0
    for entry in _entries(chart):
        if _width(entry) > room or not rows:
            rows.append([])
            room = width
        rows[-1].append(entry)
        room -= _width(entry)
    return [_row(row) for row in rows]


def _entries(chart: Chart) -> Iterator[Entry]:
    """Give what is explained, in order."""
    texts, sheet = chart.sheet.chosen.texts, chart.sheet
    shown = {sheet.strength(event) for event in sheet.numbered}
    words = {
        "solid": texts.t("number in the list"),
        "pale": texts.label(Status.COARSE),
        "hollow": texts.label(Status.POSSIBLE),
    }
    for strength, said in words.items():
        if strength in shown:
            yield Entry(_chip_symbol(strength), said)
    if others := _others_words(chart):
        yield Entry(_dot_symbol if chart.dots else _no_symbol, others)
    yield from line_entries(chart.lines, texts, SCALE)


def _others_words(chart: Chart) -> str:
    """Count the events without a number; empty if all have one."""
    texts, others = chart.sheet.chosen.texts, chart.sheet.others
    if not others:
        return ""
    here = sum(event in chart.on_map for event in others)
    if not here:
        return texts.n(
            "{n} more event in this window, not on this map",
            "{n} more events in this window, none of them on this map",
            len(others),
        )
    return texts.n(
        "{n} more event in this window, {here} on this map",
        "{n} more events in this window, {here} of them on this map",
        len(others),
        here=texts.number(here),
    )


def _width(entry: Entry) -> float:
    """Say what an entry takes in a row."""
    return _SYMBOL + width_of(entry.words, _FONT) + _GAP


def _row(entries: Sequence[Entry]) -> Strip:
    """Give one row."""

    def draw(left: float, top: float) -> Iterator[Shape]:
        for entry in entries:
            yield from entry.symbol(left + _MIDDLE, top + _ROW / 2)
            y = middle(top, _ROW, _FONT.size)
            yield Label(entry.words, left + _SYMBOL, y, _FONT, INK)
            left += _width(entry)

    return Strip(_ROW, draw)


def _chip_symbol(strength: str) -> Symbol:
    """Draw a number as one of some strength stands on the map."""

    def draw(x: float, y: float) -> list[Shape]:
        left = x - chip_width("1") / 2
        return list(chip(left, y - CHIP_HEIGHT / 2, "1", strength))

    return draw


def _dot_symbol(x: float, y: float) -> list[Shape]:
    """Draw a dot."""
    return [dot(x, y)]


def _no_symbol(x: float, y: float) -> list[Shape]:
    """Draw nothing: none of what is counted is on the map."""
    del x, y
    return []
