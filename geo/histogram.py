"""How many events fall into each stretch of time, by group of kinds.

An event counts 1 in all, spread evenly over the time it may have taken, so
that a day-long uncertainty is no tower at three in the morning. Events whose
clock part is only a bound stand in a band of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.timeline import Minutes, Window
from geo.vocab import COARSE_PRECISIONS, KindGroup

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Histogram:
    """Weights of events in consecutive bins."""

    edges: Minutes
    """Edges of the n bins, n + 1 minutes on Almaty's wall clock; the last bin
    is shorter if the window is no multiple of a bin."""
    fine: Mapping[KindGroup, Weights]
    """Weight in each of the n bins of events known to the hour or minute."""
    coarse: Mapping[KindGroup, Weights]
    """The same of events that happened some time in a part of a day, or a day."""


def histogram(events: pd.DataFrame, window: Window, bin_minutes: int) -> Histogram:
    """Count events over a window, each spread over its best estimate.

    Parameters
    ----------
    events
        With ``start_min``, ``end_min``, ``time_precision`` and ``group``, as in
        `geo.dataset.Dataset`.
    window
        What falls outside it is not counted.
    bin_minutes
        Width of a bin.

    Raises
    ------
    ValueError
        If a bin has no width or the window is empty.
    """
    lo, hi = window.minutes
    if bin_minutes <= 0 or hi <= lo:
        raise ValueError(f"no bins of {bin_minutes} minutes in {lo} to {hi}")
    edges = np.append(np.arange(lo, hi, bin_minutes, dtype=np.int64), hi)
    is_coarse = events["time_precision"].isin(
        [each.value for each in COARSE_PRECISIONS]
    )

    def weights(group: KindGroup, *, coarse: bool) -> Weights:
        chosen = events[(events["group"] == group.value) & (is_coarse == coarse)]
        return spread(
            chosen["start_min"].to_numpy(), chosen["end_min"].to_numpy(), edges
        )

    return Histogram(
        edges=edges,
        fine={group: weights(group, coarse=False) for group in KindGroup},
        coarse={group: weights(group, coarse=True) for group in KindGroup},
    )


def spread(start: Minutes, end: Minutes, edges: Minutes) -> Weights:
    """Spread a weight of 1 an event evenly over the bins of ``[start, end)``.

    An instant puts its whole weight into its bin. What lies outside the edges
    is lost, so the sum is the number of events only if all lie inside.

    Parameters
    ----------
    start, end
        Minutes, one item an event.
    edges
        Rising edges of n bins, n + 1 minutes.

    Examples
    --------
    >>> spread(np.array([30]), np.array([90]), np.array([0, 60, 120])).tolist()
    [0.5, 0.5]
    """
    is_instant = start == end
    at = start[is_instant & (edges[0] <= start) & (start < edges[-1])]
    counted, _ = np.histogram(at, edges)
    meets = ~is_instant & (start < edges[-1]) & (end > edges[0])
    return counted + _spread_stretches(start[meets], end[meets], edges)


def _spread_stretches(start: Minutes, end: Minutes, edges: Minutes) -> Weights:
    """Spread events that take time and meet the bins.

    The first and the last bin of an event get their parts one by one; the bins
    between are filled at once, as a running sum of rates that begin and end.
    """
    bins = len(edges) - 1
    rate = 1.0 / (end - start)
    begin, stop = np.maximum(start, edges[0]), np.minimum(end, edges[-1])
    first = np.searchsorted(edges, begin, side="right") - 1
    last = np.searchsorted(edges, stop, side="left") - 1
    in_first = np.minimum(stop, edges[first + 1]) - begin
    in_last = np.where(last > first, stop - edges[last], 0)
    ends = np.bincount(first, in_first * rate, bins) + np.bincount(
        last, in_last * rate, bins
    )
    between = last > first + 1
    begins = np.bincount(first[between] + 1, rate[between], bins)
    stops = np.bincount(last[between], rate[between], bins)
    rates = np.cumsum(begins - stops)
    # A running sum of fractions may end a hair below nothing.
    return np.asarray(ends + np.maximum(rates, 0.0) * np.diff(edges), dtype=np.float64)
