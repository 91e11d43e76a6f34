"""Writes `docs/benchmark.md`: figures, ratios, promises, reasons, method."""

from pathlib import Path

from bench.figures import Run
from bench.reasons import REASONS
from bench.report import (
    COLUMNS,
    Column,
    figures_table,
    legend,
    measured,
    median,
    number,
    ratio,
    said,
    table,
)
from bench.required import checks
from bench.rows import SHIPPED
from bench.subjects import EMPTY, OURS, Subject

METHOD = Path(__file__).parent / "method.md"
NOISE = 0.95
"""A ratio above this is no lead of the other's: two runs differ by as much."""

_HEAD = """# How fast the map is, beside what else one would use

Written by `make bench`; do not edit. Sizes are numbers of events; {shipped} is what is shipped.

![Filter change to picture, frames and first load by number of events]({chart})
"""


def document(run: Run, chart: str) -> str:
    """Return the page.

    Parameters
    ----------
    chart
        The chart's file, as seen from the page.
    """
    parts = [
        _HEAD.format(shipped=SHIPPED, chart=chart),
        legend(run),
        circumstances(run),
        "## Figures",
        "In brackets, how many times better P is; below 1 the other is.",
        *(_figures(run, each) for each in COLUMNS),
        "## Promises",
        "How many times better this project has to be, and what else it has to keep.",
        promises(run),
        "## Where this project does not lead",
        *_behind(run),
        "## While a hand drags",
        _drag_table(run),
        METHOD.read_text(encoding="utf-8"),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def circumstances(run: Run) -> str:
    """Say when, where and with what the run was made."""
    empty = [
        value
        for (key, _), cell in run.cells.items()
        if key == EMPTY.key
        for value in cell.load_ms
    ]
    base = f"An empty page loads in {median(empty):.0f} ms here." if empty else ""
    return (
        f"{run.made_with}; rounds in turn: {run.rounds}; "
        f"{run.seconds / 60:.0f} minutes. {base}"
    )


def _figures(run: Run, of: Column) -> str:
    """A column's numbers, and its ratios beside them."""
    order = "more is better" if of.is_more_better else "less is better"
    how = f"{of.unit}; {order}. {of.note}".strip()
    return f"### {of.title}\n\n{how}\n\n{figures_table(run, of.key)}"


def promises(run: Run) -> str:
    """Return the table of promises, each met or missed."""
    lines = [
        (check.promise, check.required, check.measured, check.verdict)
        for check in checks(run)
    ]
    return table(("promise", "required", "measured", ""), lines)


def _behind(run: Run) -> list[str]:
    """Name each column in which another leads, where, and why."""
    parts = []
    for of in COLUMNS:
        leads = _leads(run, of)
        if leads:
            parts.append(f"**{of.title}.** {'; '.join(leads)}. {REASONS[of.key]}")
    return parts or ["It leads every column at every size."]


def _leads(run: Run, of: Column) -> list[str]:
    """Name who leads at which sizes, with both numbers."""
    found = []
    for size in run.sizes:
        ahead = [
            f"{peer.key} {said(run, of.key, peer, size)}"
            for peer in measured(run)
            if _is_ahead(run, of, peer, size)
        ]
        if ahead:
            ours = said(run, of.key, OURS, size)
            found.append(f"{size:,} events: {', '.join(ahead)}, P {ours} {of.unit}")
    return found


def _is_ahead(run: Run, of: Column, peer: Subject, size: int) -> bool:
    if peer is OURS:
        return False
    theirs = number(run, of.key, peer, size)
    found = ratio(run, of.key, peer, size)
    if theirs is None or found is not None:
        return found is not None and found < NOISE
    ours = number(run, of.key, OURS, size)
    if ours is None:
        return True
    return theirs > ours if of.is_more_better else theirs < ours


def _drag_table(run: Run) -> str:
    """What was shown and said while the handle was held."""
    lines = []
    for size in run.sizes:
        for subject in measured(run):
            cell = run.cells.get((subject.key, size))
            if cell is None or not cell.drag_moves:
                continue
            shown = len(cell.drag_ms) if subject is OURS else sum(cell.drag_updates)
            lines.append(
                [
                    f"**{subject.key}**, {size:,} events",
                    f"{shown:.0f} of {sum(cell.drag_moves):.0f}",
                    f"{median(cell.drag_ms):.1f} ms" if cell.drag_ms else "–",
                    f"{sum(cell.sent_in_drag):.0f}",
                    f"{sum(cell.bytes_in_drag) / 1000:.1f} kB",
                    f"{sum(cell.sent_after_rest):.0f}",
                ]
            )
    head = (
        "",
        "moves shown",
        "move to picture, median",
        "messages while held",
        "bytes while held",
        "messages after",
    )
    note = "E1 and E2 have no server in the matter and are not in this table."
    return f"{table(head, lines)}\n\n{note}"
