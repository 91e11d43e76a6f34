"""What this project promises, checked against a run.

The sizes of 100 events in the promises are those of the shipped data here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bench.figures import Figures, Run
from bench.report import column, median, number, ratio, why
from bench.rows import SHIPPED
from bench.subjects import OURS, PEERS, Subject

Verdict = Literal["met", "MISSED", "not measured"]
FRAME_MS = 1000 / 60
K, TEN_K, HUNDRED_K = 1_000, 10_000, 100_000


@dataclass(frozen=True)
class Check:
    """A promise, what was measured, and whether it holds."""

    promise: str
    required: str
    measured: str
    verdict: Verdict


# Peer, column, size, and how many times this project must be better.
RATIOS = (
    ("A", "step", SHIPPED, 10),
    ("A", "step", K, 13),
    ("A", "step", TEN_K, 60),
    ("A2", "step", SHIPPED, 9),
    ("A2", "step", K, 12),
    ("A2", "step", TEN_K, 12),
    ("A2", "step", HUNDRED_K, 40),
    ("E1", "step", HUNDRED_K, 8),
    ("E2", "step", HUNDRED_K, 4),
    ("E1", "sets", K, 10),
    ("E1", "sets", TEN_K, 10),
    ("E1", "sets", HUNDRED_K, 10),
    ("E1", "payload", K, 3),
    ("E1", "payload", TEN_K, 3),
    ("E1", "payload", HUNDRED_K, 3),
    ("E2", "payload", K, 2.2),
    ("E2", "payload", TEN_K, 2.2),
    ("E2", "payload", HUNDRED_K, 2.2),
    ("A", "load", K, 2.5),
    ("A", "load", TEN_K, 6),
)
# Column, size, and the worst that will do.
LIMITS = (
    ("step", HUNDRED_K, 33),
    ("step95", HUNDRED_K, 66),
    ("frames", SHIPPED, 55),
    ("frames", K, 55),
    ("frames", TEN_K, 55),
    ("frames", HUNDRED_K, 55),
    ("frame95", HUNDRED_K, 17),
    ("load", SHIPPED, 600),
    ("step", SHIPPED, 33),
)


def checks(run: Run) -> list[Check]:
    """Check every promise of which this run can know."""
    found = [*_ratios(run), *_frames_behind(run), *_limits(run), *_in_drag(run)]
    return [*found, *_page(run)]


def _peer(key: str) -> Subject:
    return next(each for each in PEERS if each.key == key)


def _verdict(*, is_met: bool) -> Verdict:
    return "met" if is_met else "MISSED"


def _ratios(run: Run) -> Iterator[Check]:
    for key, name, size, least in RATIOS:
        if size not in run.sizes:
            continue
        promise = f"{column(name).title}: {key} against this project, {size:,} events"
        found = ratio(run, name, _peer(key), size)
        if found is None:
            yield Check(promise, f"≥ {least:g} ×", *_one_sided(run, name, key, size))
        else:
            verdict = _verdict(is_met=found >= least)
            yield Check(promise, f"≥ {least:g} ×", f"{found:.1f} ×", verdict)


def _one_sided(run: Run, name: str, key: str, size: int) -> tuple[str, Verdict]:
    """A promise against a peer that cannot do it holds if this project can."""
    ours = number(run, name, OURS, size)
    if ours is not None and (key, size) in run.cells:
        return f"{key}: {why(run, name, _peer(key), size)}", "met"
    if ours is None and (OURS.key, size) in run.cells:
        return "this project has no figure", "MISSED"
    return "–", "not measured"


def _frames_behind(run: Run) -> Iterator[Check]:
    """Against tools without a server this project may lose a frame, no more."""
    for key in ("E1", "E2"):
        for size in (SHIPPED, K, TEN_K):
            ours = number(run, "step", OURS, size)
            theirs = number(run, "step", _peer(key), size)
            if ours is None or theirs is None:
                continue
            yield Check(
                f"{column('step').title}: behind {key}, {size:,} events",
                f"≤ {FRAME_MS:.0f} ms",
                f"{ours - theirs:+.0f} ms",
                _verdict(is_met=ours - theirs <= FRAME_MS),
            )


def _limits(run: Run) -> Iterator[Check]:
    for name, size, limit in LIMITS:
        if (OURS.key, size) not in run.cells:
            continue
        of, found = column(name), number(run, name, OURS, size)
        sign = "≥" if of.is_more_better else "≤"
        promise = f"{of.title}, {size:,} events"
        if found is None:
            yield Check(promise, f"{sign} {limit} {of.unit}", "no figure", "MISSED")
            continue
        # A frame of 60 a second measures 16.7 ms and rounds to 17.
        rounded = round(found)
        is_met = rounded >= limit if of.is_more_better else rounded <= limit
        yield Check(
            promise,
            f"{sign} {limit} {of.unit}",
            f"{found:.1f} {of.unit}",
            _verdict(is_met=is_met),
        )


def _in_drag(run: Run) -> Iterator[Check]:
    for size in run.sizes:
        cell = run.cells.get((OURS.key, size))
        if cell is not None and cell.drag_moves:
            yield from _drag_checks(cell, size)


def _drag_checks(cell: Figures, size: int) -> Iterator[Check]:
    said = sum(cell.sent_in_drag)
    yield Check(
        f"Messages to the server while dragging, {size:,} events",
        "0",
        f"{said:.0f}",
        _verdict(is_met=said == 0),
    )
    shown, moves = len(cell.drag_ms), sum(cell.drag_moves)
    yield Check(
        f"Steps of the grid that a drag shows, {size:,} events",
        "all",
        f"{shown} of {moves:.0f}",
        _verdict(is_met=shown == moves),
    )
    if not cell.drag_ms:
        return
    middle = median(cell.drag_ms)
    yield Check(
        f"Handle's move to marks painted, {size:,} events",
        "≤ 33 ms",
        f"{middle:.1f} ms",
        _verdict(is_met=middle <= 33),
    )
    is_told = all(cell.sent_after_rest) and all(cell.address_follows)
    yield Check(
        f"After the hand rests the server hears, the address follows, {size:,} events",
        "yes",
        "yes" if is_told else "no",
        _verdict(is_met=is_told),
    )


def _page(run: Run) -> Iterator[Check]:
    ours = run.cells.get((OURS.key, SHIPPED))
    if ours is not None:
        middle = median(run.filter_ms) if run.filter_ms else None
        yield Check(
            f"Filter to table on the Desk, median of {len(run.filter_ms)}",
            "≤ 300 ms",
            f"{middle:.0f} ms" if middle else ours.why.get("filter", "no figure"),
            _verdict(is_met=middle is not None and middle <= 300),
        )
    yield Check(
        "Self-contained page of the shipped data",
        "≤ 600 kB",
        f"{run.page_bytes / 1000:.0f} kB ({run.page_gzip_bytes / 1000:.0f} gzipped)",
        _verdict(is_met=run.page_bytes <= 600_000),
    )
