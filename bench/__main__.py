"""`python -m bench`: measure, print a table, and keep it if asked to."""

import argparse
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.measure import Figures, Run, measure
from bench.report import Row, median, p95, table

PACKAGES = ("streamlit", "folium", "streamlit-folium")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often all is measured"
    )
    parser.add_argument(
        "-o", "--output", type=Path, help="a Markdown file to write too"
    )
    options = parser.parse_args()
    run = measure(options.rounds)
    text = f"{table(rows(run))}\n\n{circumstances(run, options.rounds)}\n"
    print(text)
    if options.output:
        options.output.write_text(
            f"# The last recorded run\n\n{text}", encoding="utf-8"
        )


def rows(run: Run) -> list[Row]:
    """Return the table's rows."""
    return [
        *_step_rows(run),
        *_drag_rows(run),
        *_play_rows(run.ours),
        _filter_row(run.filter_ms),
        *_load_rows(run),
    ]


def _step_rows(run: Run) -> list[Row]:
    ours, peer = run.ours, run.peer
    fast, slow = median(ours.step_ms), median(peer.step_ms)
    return [
        Row(
            f"step by key to marks painted, median of {len(ours.step_ms)}",
            _ms(fast),
            _ms(slow),
            _times(slow / fast),
            "<= 33 ms, >= 10 x",
            fast <= 33 and slow / fast >= 10,
        ),
        Row(
            "the same, 95th percentile", _ms(p95(ours.step_ms)), _ms(p95(peer.step_ms))
        ),
        _cpu_row(ours, peer),
    ]


def _cpu_row(ours: Figures, peer: Figures) -> Row:
    name = "server's processor time a step, mean"
    if not ours.step_cpu_ms or not peer.step_cpu_ms:
        return Row(name, "-")
    means = [sum(f.step_cpu_ms) / len(f.step_cpu_ms) for f in (ours, peer)]
    return Row(name, _ms(means[0]), _ms(means[1]))


def _drag_rows(run: Run) -> list[Row]:
    ours, peer = run.ours, run.peer
    fast, slow = median(ours.drag_ms), median(peer.step_ms)
    return [
        Row(
            f"handle's move in a drag to marks painted, median of {len(ours.drag_ms)}",
            _ms(fast),
            f"{_ms(slow)} (by key)",
            _times(slow / fast),
            "<= 33 ms, >= 10 x",
            fast <= 33 and slow / fast >= 10,
        ),
        Row("the same, 95th percentile", _ms(p95(ours.drag_ms))),
        Row(
            "windows shown in a drag of 24 moves",
            _span(ours.drag_updates),
            _span(peer.drag_updates),
        ),
        Row(
            "messages to the server while dragging",
            _span(ours.sent_in_drag),
            _span(peer.sent_in_drag),
            required="0",
            met=not any(ours.sent_in_drag),
        ),
        Row(
            "messages after the hand rests",
            _span(ours.sent_after_rest),
            _span(peer.sent_after_rest),
            required=">= 1, and the URL follows",
            met=all(ours.sent_after_rest) and all(ours.address_follows),
        ),
    ]


def _play_rows(ours: Figures) -> list[Row]:
    frames = 1000 * len(ours.frame_ms) / sum(ours.frame_ms)
    return [
        Row(
            "frames a second in play",
            f"{frames:.1f}",
            "none",
            "-",
            ">= 55",
            frames >= 55,
        ),
        Row("frame in play, 95th percentile", _ms(p95(ours.frame_ms)), "none"),
        Row(
            "different sets of marks a second in play",
            f"{median(ours.sets_a_second):.1f}",
            "none",
        ),
    ]


def _filter_row(filter_ms: list[float]) -> Row:
    middle = median(filter_ms)
    return Row(
        f"filter to table on the Desk, median of {len(filter_ms)}",
        _ms(middle),
        required="<= 300 ms",
        met=middle <= 300,
    )


def _load_rows(run: Run) -> list[Row]:
    empty = median(run.empty.first_mark_ms)
    ours, peer = (median(f.first_mark_ms) - empty for f in (run.ours, run.peer))
    return [
        Row(
            f"first mark after an empty page's {empty:.0f} ms, warm, median of {len(run.empty.first_mark_ms)}",
            _ms(ours),
            _ms(peer),
            _times(peer / ours) if ours > 0 else "-",
            "<= 600 ms",
            ours <= 600,
        ),
        Row(
            "self-contained page (gzipped)",
            f"{run.page_bytes / 1000:.0f} kB ({run.page_gzip_bytes / 1000:.0f})",
            "none",
            "-",
            "<= 600 kB",
            run.page_bytes <= 600_000,
        ),
    ]


def circumstances(run: Run, rounds: int) -> str:
    """Say where and with what the run was made."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {rounds} rounds in turn, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}, "
        f"headless Chromium {run.browser} without GPU, {packages}."
    )


def _ms(value: float) -> str:
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def _times(value: float) -> str:
    return f"{value:.1f} x"


def _span(values: list[int]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


if __name__ == "__main__":
    main()
