"""Draws the figures: one panel a measure, one line a subject, SVG."""

from math import nan
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.figures import Run
from bench.report import column, measured, number
from bench.subjects import OURS, Subject
from geo.palette import GROUP_COLOURS, MAP_COLOURS

PANELS = ("step", "load", "frames", "cpu")
COLOURS = (*GROUP_COLOURS.values(), MAP_COLOURS["soft"])
MARKERS = ("s", "^", "D", "v", "P", "X", "h")
FLOOR = 1.0
"""The least a logarithmic axis shows; what is less, down to nothing, stands there."""


def draw(run: Run, path: Path) -> None:
    """Write the chart of a run."""
    look: Any = {
        "svg.hashsalt": "bench",
        "font.family": "serif",
        "font.size": 9,
        "text.color": MAP_COLOURS["ink"],
        "axes.labelcolor": MAP_COLOURS["soft"],
        "xtick.color": MAP_COLOURS["soft"],
        "ytick.color": MAP_COLOURS["soft"],
        "axes.edgecolor": MAP_COLOURS["line"],
    }
    with mpl.rc_context(look):
        figure = Figure(figsize=(9, 7), facecolor=MAP_COLOURS["paper"])
        axes = figure.subplots(2, 2)
        for panel, axis in zip(PANELS, axes.flat, strict=True):
            _panel(run, panel, axis)
        handles, labels = axes.flat[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="lower center", ncols=2, frameon=False)
        figure.tight_layout(rect=(0, 0.15, 1, 1))
        figure.savefig(path, metadata={"Date": None})


def _panel(run: Run, key: str, axis: Axes) -> None:
    """One measure against the number of events."""
    of = column(key)
    axis.set_facecolor(MAP_COLOURS["panel"])
    title = of.title if of.is_more_better else f"{of.title}, {of.unit}"
    axis.set_title(title, loc="left", fontsize=10)
    axis.set_xscale("log")
    if not of.is_more_better:
        axis.set_yscale("log")
        axis.yaxis.set_major_formatter("{x:,.0f}")
    for i, subject in enumerate(measured(run)):
        _line(run, key, axis, subject, i)
    axis.set_xticks(run.sizes, [f"{size:,}" for size in run.sizes])
    axis.minorticks_off()
    axis.grid(axis="y", color=MAP_COLOURS["line"], linewidth=0.5)
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)
    if of.is_more_better:
        axis.set_ylim(bottom=0)


def _line(run: Run, key: str, axis: Axes, subject: Subject, i: int) -> None:
    """A subject's points; the line breaks where there is no number, or noise."""
    is_ours = subject is OURS
    floor = 0 if column(key).is_more_better else FLOOR
    values = [number(run, key, subject, size) for size in run.sizes]
    axis.plot(
        run.sizes,
        [nan if value is None or value < 0 else max(floor, value) for value in values],
        label=f"{subject.key}: {subject.name}",
        color=MAP_COLOURS["accent"] if is_ours else COLOURS[(i - 1) % len(COLOURS)],
        marker="o" if is_ours else MARKERS[(i - 1) % len(MARKERS)],
        markersize=7 if is_ours else 5,
        linewidth=3 if is_ours else 1.1,
        zorder=3 if is_ours else 2,
    )
