"""Turns figures into cells, ratios and tables; knows nothing of browsers."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import Figures, Measure, Run
from bench.subjects import EMPTY, OURS, PEERS, Subject

Value = Callable[[Figures, Figures], float | None]
"""Computes one number of a cell and of the empty page's; None if it has none."""


@dataclass(frozen=True)
class Column:
    """One thing that is measured of every subject at every size."""

    key: str
    title: str
    unit: str
    needs: Measure
    value: Value
    is_more_better: bool = False
    note: str = ""
    decimals: int = 0


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile, inclusive; of a single value, itself."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _middle(name: str) -> Value:
    """Take the median of a list of figures."""

    def value(figures: Figures, _: Figures) -> float | None:
        values: list[float] = getattr(figures, name)
        return median(values) if values else None

    return value


def _own_share(name: str) -> Value:
    """Take a median less the empty page's."""

    def value(figures: Figures, empty: Figures) -> float | None:
        values, less = getattr(figures, name), getattr(empty, name)
        return median(values) - median(less) if values and less else None

    return value


def _mean(name: str) -> Value:
    """Take the mean, where single figures are of the clock's own coarseness."""

    def value(figures: Figures, _: Figures) -> float | None:
        values: list[float] = getattr(figures, name)
        return statistics.fmean(values) if values else None

    return value


def _slow_step(figures: Figures, _: Figures) -> float | None:
    return p95(figures.step_ms) if figures.step_ms else None


def _frames_a_second(figures: Figures, _: Figures) -> float | None:
    times = figures.frame_ms
    return 1000 * len(times) / sum(times) if times else None


def _slow_frame(figures: Figures, _: Figures) -> float | None:
    return p95(figures.frame_ms) if figures.frame_ms else None


COLUMNS = (
    Column(
        "load",
        "First load",
        "ms",
        "load",
        _own_share("load_ms"),
        note="From the start of the navigation to the first painted picture with "
        "exactly the expected marks, warm, less the same for an empty Streamlit page.",
    ),
    Column(
        "step",
        "Filter change to picture, median",
        "ms",
        "step",
        _middle("step_ms"),
        note="From the key's own time stamp to the first painted frame with exactly "
        "the expected marks.",
    ),
    Column("step95", "The same, 95th percentile", "ms", "step", _slow_step),
    Column(
        "frames",
        "Frames a second in play",
        "a second",
        "play",
        _frames_a_second,
        is_more_better=True,
        note="The screen gives 60 at most. A frame need not bring anything new.",
        decimals=1,
    ),
    Column(
        "sets",
        "Different sets of marks a second in play",
        "a second",
        "play",
        _middle("sets_a_second"),
        is_more_better=True,
        note="How often the marks changed from one frame to the next, while a window "
        "of 12 hours walks in steps of 15 minutes as fast as the tool can (E1, E2) "
        "or 4 hours a second (this project). With few events most frames change none.",
        decimals=1,
    ),
    Column(
        "frame95",
        "Frame in play, 95th percentile",
        "ms",
        "play",
        _slow_frame,
        decimals=1,
    ),
    Column(
        "bytes",
        "Bytes a change",
        "kB",
        "step",
        lambda figures, empty: _thousandth(_middle("step_bytes")(figures, empty)),
        note="All that goes over the wire, both ways, in a step and the rest after it.",
        decimals=1,
    ),
    Column(
        "payload",
        "Bytes of a load",
        "kB",
        "load",
        lambda figures, empty: _thousandth(_own_share("load_bytes")(figures, empty)),
        note="All that goes over the wire while a warm browser loads the page, less "
        "the same for an empty Streamlit page.",
    ),
    Column(
        "cpu",
        "Server's processor time a change",
        "ms",
        "step",
        _mean("step_cpu_ms"),
        note="Mean, as Linux counts in ticks of 10 ms; the rest after a step included.",
    ),
    Column(
        "browser",
        "Memory of the browser",
        "MB",
        "step",
        _own_share("browser_mb"),
        note="All its processes after the steps, less the same with an empty page; "
        "what they share counts once (PSS).",
    ),
    Column(
        "server",
        "Memory of the server",
        "MB",
        "step",
        _own_share("server_mb"),
        note="After the steps, less a server's with an empty page.",
    ),
)


def _thousandth(value: float | None) -> float | None:
    return None if value is None else value / 1000


def column(key: str) -> Column:
    """Find a column by its key."""
    return next(each for each in COLUMNS if each.key == key)


def number(run: Run, key: str, subject: Subject, size: int) -> float | None:
    """Return a cell's number, None where there is none."""
    cell = run.cells.get((subject.key, size))
    empty = run.cells.get((EMPTY.key, size))
    if cell is None or empty is None:
        return None
    return column(key).value(cell, empty)


def why(run: Run, key: str, subject: Subject, size: int) -> str:
    """Say why a cell has no number."""
    cell = run.cells.get((subject.key, size))
    if cell is None:
        return "not run"
    reasons = [cell.why.get(column(key).needs), cell.why.get("load")]
    return next(filter(None, reasons), "not known here")


def said(run: Run, key: str, subject: Subject, size: int) -> str:
    """Return a cell's words: its number, or why there is none."""
    value = number(run, key, subject, size)
    if value is None:
        return why(run, key, subject, size)
    return f"{value:,.{column(key).decimals}f}"


def ratio(run: Run, key: str, peer: Subject, size: int) -> float | None:
    """Return how many times better this project is; below 1 it is worse.

    None where either has no number, or one is nothing at all (an own share within
    the noise may even be less), which no ratio can express.
    """
    ours, theirs = (number(run, key, each, size) for each in (OURS, peer))
    if ours is None or theirs is None or min(ours, theirs) <= 0:
        return None
    return ours / theirs if column(key).is_more_better else theirs / ours


def measured(run: Run) -> list[Subject]:
    """Return the subjects of a run, this project first."""
    keys = {key for key, _ in run.cells}
    return [each for each in (OURS, *PEERS) if each.key in keys]


def figures_table(run: Run, key: str) -> str:
    """Return a column: a line a subject, a cell a size, ratios beside numbers."""
    head = ["", *(f"{size:,}" for size in run.sizes)]
    lines = [
        [f"**{each.key}**", *(_cell(run, key, each, size) for size in run.sizes)]
        for each in measured(run)
    ]
    return table(head, lines)


def _cell(run: Run, key: str, subject: Subject, size: int) -> str:
    found = None if subject is OURS else ratio(run, key, subject, size)
    words = said(run, key, subject, size)
    return words if found is None else f"{words} ({times(found)})"


def times(value: float) -> str:
    """Say how many times better; what is far better loses its decimals."""
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return f"{value:.{digits}f} ×"


def legend(run: Run) -> str:
    """Return what the letters stand for."""
    return table(
        ("", "what it is"), [(f"**{each.key}**", each.name) for each in measured(run)]
    )


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns line up, numbers to the right."""
    cells = [head, *lines]
    widths = [max(3, *(len(line[i]) for line in cells)) for i in range(len(head))]
    rule = [f":{'-' * (widths[0] - 1)}", *("-" * (w - 1) + ":" for w in widths[1:])]
    padded = [
        [
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        for line in (head, rule, *lines)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)
