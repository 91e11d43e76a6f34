"""The bar chart by hour: shapes, scale and the same numbers as a table. Pure.

Counts as the map's timeline does: an event weighs 1, spread evenly over its
best estimate; what is known to a part of a day only hangs below the axis.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.dataset import Dataset
from geo.histogram import Histogram, Weights, histogram
from geo.query import Query, window_of
from geo.texts import Texts
from geo.timeline import MINUTES_A_DAY, Window, moment_of
from geo.vocab import KindGroup, TimePrecision

HOUR_MIN = 60
MOST_HOURS = 60 * 24
"""Above this many, a bar stands for a day."""
MOST_BARS = 800
"""Above this many days, a bar stands for several."""

HEIGHT = 100.0
"""Of the drawing, in its own units; a bin is 1 wide."""

_COLUMNS = ("start_min", "end_min", "time_precision", "group")
_TICK_HOURS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336)
_MOST_TICKS = 8
# Below this many bins a gap between two bars can be seen.
_SPACED_BINS = 120


@dataclass(frozen=True)
class Tick:
    """A mark on the axis of time."""

    percent: float
    words: str
    is_day: bool


@dataclass(frozen=True)
class Row:
    """One bin that is not empty, in words."""

    when: str
    fine: str
    coarse: str


@dataclass(frozen=True)
class Chart:
    """What the template draws."""

    bins: int
    bin_minutes: int
    baseline: float
    """Where the axis lies, from the top, in units of `HEIGHT`."""
    bars: Mapping[KindGroup, str]
    """An SVG path a group, for groups that are there."""
    band: str
    """An SVG path of what hangs below the axis; empty without any."""
    top: str
    """The tallest bar as a number."""
    ticks: Sequence[Tick]
    rows: Sequence[Row]


def chart_of(
    dataset: Dataset, query: Query, visible: Sequence[str], texts: Texts
) -> Chart | None:
    """Draw the events that are visible over the query's window.

    Returns
    -------
    chart
        None where there is nothing to draw: no event, or an empty window.
    """
    low, high = _clipped(window_of(dataset, query), dataset.span.minutes)
    if not visible or high <= low:
        return None
    bin_minutes = _bin_minutes(high - low)
    window = Window(moment_of(low), moment_of(high))
    rows = dataset.events.index.get_indexer(list(visible))
    columns = pd.DataFrame(dataset.events[list(_COLUMNS)]).take(rows)
    counted = histogram(columns, window, bin_minutes)
    fine, coarse = _sum(counted.fine.values()), _sum(counted.coarse.values())
    scale = HEIGHT / max(float(fine.max() + coarse.max()), 1e-9)
    baseline = float(fine.max()) * scale
    return Chart(
        bins=len(fine),
        bin_minutes=bin_minutes,
        baseline=round(baseline, 2),
        bars=_bars(counted, baseline, scale),
        band=_path(np.full(len(coarse), baseline), coarse * scale),
        top=texts.number(round(float(fine.max()), 1)),
        ticks=_ticks(low, high, texts),
        rows=_rows(counted, fine, coarse, texts),
    )


def _bin_minutes(length: int) -> int:
    """Choose what a bar stands for: an hour, a day, or days in a long time."""
    if length <= MOST_HOURS * HOUR_MIN:
        return HOUR_MIN
    days = -(-length // MINUTES_A_DAY)
    return -(-days // MOST_BARS) * MINUTES_A_DAY


def _clipped(window: tuple[int, int], span: tuple[int, int]) -> tuple[int, int]:
    """Keep a window to the whole hours that hold it, inside the data's span."""
    low, high = max(window[0], span[0]), min(window[1], span[1])
    return low // HOUR_MIN * HOUR_MIN, -(-high // HOUR_MIN) * HOUR_MIN


def _sum(weights: Iterable[Weights]) -> Weights:
    """Add up the groups."""
    return np.asarray(np.sum(list(weights), axis=0), dtype=np.float64)


def _bars(counted: Histogram, baseline: float, scale: float) -> dict[KindGroup, str]:
    """Stack the groups upward from the axis."""
    foot = np.full(len(counted.edges) - 1, baseline)
    bars = {}
    for group, weights in counted.fine.items():
        heights = weights * scale
        foot = foot - heights
        if path := _path(foot, heights):
            bars[group] = path
    return bars


def _path(tops: Weights, heights: Weights) -> str:
    """Write one rectangle a bin, for bins that hold anything."""
    width = 0.86 if len(tops) <= _SPACED_BINS else 1
    return "".join(
        f"M{at + (1 - width) / 2:.6g} {top:.5g}h{width}v{height:.5g}h-{width}z"
        for at, (top, height) in enumerate(zip(tops, heights, strict=True))
        if height > 0
    )


def _ticks(low: int, high: int, texts: Texts) -> list[Tick]:
    """Mark hours or days, as many as can be read side by side."""
    step = next(
        (
            hours * HOUR_MIN
            for hours in _TICK_HOURS
            if (high - low) / (hours * HOUR_MIN) <= _MOST_TICKS
        ),
        -(-(high - low) // _MOST_TICKS // MINUTES_A_DAY) * MINUTES_A_DAY,
    )
    minutes = range(-(-low // step) * step, high, step)
    return [
        Tick(
            percent=round((minute - low) / (high - low) * 100, 3),
            words=_tick_words(minute, texts),
            is_day=minute % MINUTES_A_DAY == 0,
        )
        for minute in minutes
    ]


def _tick_words(minute: int, texts: Texts) -> str:
    """Say an hour; at midnight, the day that begins."""
    when = moment_of(minute)
    if minute % MINUTES_A_DAY == 0:
        return texts.short_day(when)
    return texts.clock(when)


def _rows(
    counted: Histogram, fine: Weights, coarse: Weights, texts: Texts
) -> list[Row]:
    """Say the bins that hold anything."""
    rows = []
    for at in np.flatnonzero(fine + coarse):
        start, end = (moment_of(minute) for minute in counted.edges[at : at + 2])
        when = texts.when(start, end, TimePrecision.MINUTE)
        numbers = (texts.number(round(float(part[at]), 2)) for part in (fine, coarse))
        rows.append(Row(when, *numbers))
    return rows
