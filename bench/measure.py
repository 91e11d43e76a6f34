"""The run: rounds in which this map and the peer take turns."""

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bench.assets import serve_leaflet
from bench.desk import filter_to_table
from bench.expected import OPENING_END, START, STEP, STEPS, Expectations, ends
from bench.subjects import Empty, Ours, Peer, Site, Subject
from geo.dataset import load
from tests.browser.chromium import READER, launch_options
from tests.browser.server import ROOT, serve_app

HERE = Path(__file__).parent
REST_MS = 600
DRAG_MOVES = 24
PEER_DRAG_S = 3.0
PEER_DRAG_PX = 60
LOADS_A_ROUND = 4
PLAY_S = 4.0
TIMEOUT_MS = 60_000


@dataclass
class Figures:
    """What one subject did, all rounds together."""

    step_ms: list[float] = field(default_factory=list)
    step_cpu_ms: list[float] = field(default_factory=list)
    drag_ms: list[float] = field(default_factory=list)
    drag_updates: list[int] = field(default_factory=list)
    sent_in_drag: list[int] = field(default_factory=list)
    sent_after_rest: list[int] = field(default_factory=list)
    address_follows: list[bool] = field(default_factory=list)
    first_mark_ms: list[float] = field(default_factory=list)
    frame_ms: list[float] = field(default_factory=list)
    sets_a_second: list[float] = field(default_factory=list)


@dataclass
class Run:
    """All figures of a run."""

    ours: Figures = field(default_factory=Figures)
    peer: Figures = field(default_factory=Figures)
    empty: Figures = field(default_factory=Figures)
    filter_ms: list[float] = field(default_factory=list)
    page_bytes: int = 0
    page_gzip_bytes: int = 0
    browser: str = ""


def measure(rounds: int) -> Run:
    """Measure everything, `rounds` times in turn."""
    run = Run()
    run.page_bytes, run.page_gzip_bytes = export_sizes()
    with _subjects(run) as (ours, peer, empty, loads):
        for site in (empty, ours, peer):  # warm the servers and the browser's cache
            _first_mark(loads, site)
        for i in range(rounds):
            print(f"round {i + 1} of {rounds}", file=sys.stderr, flush=True)
            _round(run, ours, peer, empty, loads, ours_first=i % 2 == 0)
    return run


def export_sizes() -> tuple[int, int]:
    """Write the self-contained page; return its bytes, raw and gzipped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "almaty.html"
        command = [sys.executable, "-m", "geo", "export", "html", "-o", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        page = path.read_bytes()
    return len(page), len(gzip.compress(page))


@contextmanager
def _subjects(run: Run) -> Iterator[tuple[Ours, Peer, Empty, BrowserContext]]:
    """Start three servers and one browser."""
    expected = Expectations(load())
    with (
        serve_leaflet() as assets,
        serve_app(ROOT / "app.py") as ours,
        serve_app(HERE / "peer_slider.py", env={"PEER_ASSETS": assets}) as peer,
        serve_app(HERE / "empty_page.py") as empty,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_options())
        run.browser = browser.version
        context, loads = _context(browser), _context(browser)
        loads.add_init_script(path=HERE / "first_mark.js")
        yield (
            Ours(ours, context, expected),
            Peer(peer, context, expected),
            Empty(empty),
            loads,
        )
        browser.close()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(**READER)
    context.set_default_timeout(TIMEOUT_MS)
    return context


def _round(
    run: Run,
    ours: Ours,
    peer: Peer,
    empty: Empty,
    loads: BrowserContext,
    *,
    ours_first: bool,
) -> None:
    pairs: list[tuple[Subject, Figures]] = [(ours, run.ours), (peer, run.peer)]
    if not ours_first:
        pairs.reverse()
    for _ in range(LOADS_A_ROUND):
        run.empty.first_mark_ms.append(_first_mark(loads, empty))
        for subject, figures in pairs:
            figures.first_mark_ms.append(_first_mark(loads, subject))
    for subject, figures in pairs:
        subject.page.bring_to_front()  # a page behind another paints once a second
        subject.open()
        _steps(subject, figures)
    _drag_ours(ours, run.ours)
    _drag_peer(peer, run.peer)
    _play(ours, run.ours)
    run.filter_ms += filter_to_table(loads, ours.server, ours.expected.dataset)


def _first_mark(loads: BrowserContext, site: Site) -> float:
    """Load a page anew; return ms from the start to its first painted mark."""
    page = loads.new_page()
    page.goto(site.address)
    frame = site.first_mark_frame(page)
    frame.wait_for_function("window.benchFirstMark !== undefined")
    painted = float(frame.evaluate("window.benchFirstMark"))
    started = float(page.evaluate("performance.timeOrigin"))
    page.close()
    return painted - started


def _steps(subject: Subject, figures: Figures) -> None:
    """Step the upper handle forth and back; time each step that changes the marks."""
    at = OPENING_END
    for end in ends()[1:]:
        subject.rest(REST_MS)
        key = "ArrowRight" if end > at else "ArrowLeft"
        if subject.shown(end) == subject.shown(at):
            subject.press(key)
        else:
            before = subject.cpu_ms()
            figures.step_ms.append(subject.step(key, end))
            subject.rest(REST_MS)
            after = subject.cpu_ms()
            if before is not None and after is not None:
                figures.step_cpu_ms.append(after - before)
        at = end


def _drag_ours(ours: Ours, figures: Figures) -> None:
    ours.page.bring_to_front()
    ours.handle().scroll_into_view_if_needed()
    ours.rest(REST_MS)
    before = ours.traffic.sent
    times = ours.drag(DRAG_MOVES, START + STEP * (STEPS + 6))
    figures.drag_ms += times
    figures.drag_updates.append(len(times))
    figures.sent_in_drag.append(ours.traffic.sent - before)
    before = ours.traffic.sent
    ours.page.mouse.up()
    ours.rest(2 * REST_MS)
    figures.sent_after_rest.append(ours.traffic.sent - before)
    figures.address_follows.append(ours.address_follows())


def _drag_peer(peer: Peer, figures: Figures) -> None:
    peer.page.bring_to_front()
    peer.rest(REST_MS)
    before = peer.traffic.sent
    pauses = [PEER_DRAG_S / DRAG_MOVES] * DRAG_MOVES
    figures.drag_updates.append(peer.drag(pauses, PEER_DRAG_PX))
    figures.sent_in_drag.append(peer.traffic.sent - before)
    before = peer.traffic.sent
    peer.page.mouse.up()
    peer.rest(2 * REST_MS)
    peer.settle(peer.end())
    figures.sent_after_rest.append(peer.traffic.sent - before)


def _play(ours: Ours, figures: Figures) -> None:
    ours.page.bring_to_front()
    ours.set_end(OPENING_END)
    seen = ours.play(PLAY_S)
    figures.frame_ms += seen["intervals"]
    figures.sets_a_second.append(seen["sets"] / PLAY_S)
