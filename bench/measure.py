"""The run: for each size, rounds in which all subjects take turns.

Each turn has a server and a browser of its own, so that nobody pays for what
another left behind, and one that hangs takes nobody along.
"""

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Playwright,
    sync_playwright,
)

from bench.assets import NoScriptsError, fetch, serve_scripts
from bench.desk import filter_to_table
from bench.expected import OPENING_END, Events, ends, events_of
from bench.figures import Figures, Measure, Run
from bench.processes import cpu_ms, memory_mb
from bench.rows import SHIPPED
from bench.subjects import EMPTY, OURS, Subject
from bench.visit import LIMIT_S, CannotError, Visit
from tests.browser.chromium import READER, launch_options
from tests.browser.server import ROOT, AppServer, serve_app

REST_MS = 400
WARM_UPS = 2
PLAY_S = 4.0
WATCHED_S = 3.0
DRAG_MOVES = 24
DRAG_MIN = 6 * 60
PEER_DRAG_S = 3.0
PEER_DRAG_PX = 300
TURN_LIMIT_S = 120
"""After so long a turn begins no further step."""
# As this project's own configuration has it.
OWN_OPTIONS = ("--runner.postScriptGC", "false")
# Nothing outside this machine is ever asked, nor waited for.
NO_HOSTS = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass(frozen=True)
class Plan:
    """What is to be measured."""

    subjects: Sequence[Subject]
    sizes: Sequence[int]
    rounds: int = 3
    loads: int = 2


@dataclass
class Turn:
    """One subject's turn at one size."""

    subject: Subject
    server: AppServer
    browser: Browser
    context: BrowserContext
    events: Events
    figures: Figures
    is_shipped: bool

    def visit(self) -> Visit:
        """Open a new page."""
        return Visit(self.subject, self.server, self.context, self.events)


def measure(plan: Plan) -> Run:
    """Measure everything."""
    run = Run(rounds=plan.rounds)
    began = time.monotonic()
    run.page_bytes, run.page_gzip_bytes = export_sizes()
    no_npm = _why_no_scripts(plan)
    with serve_scripts() as assets, sync_playwright() as playwright:
        for size in plan.sizes:
            events = events_of(size)
            for i in range(plan.rounds):
                order = [EMPTY, *plan.subjects]
                for subject in order if i % 2 == 0 else reversed(order):
                    figures = run.cell(subject.key, size)
                    if subject.needs_npm and no_npm:
                        figures.why["load"] = no_npm
                    if "load" in figures.why:
                        continue
                    _say(f"{size:,} events, round {i + 1}: {subject.key}")
                    try:
                        with _turn(
                            playwright, subject, size, events, assets, run
                        ) as turn:
                            _take(turn, plan, run)
                    except RuntimeError:
                        figures.why["load"] = "its server does not start"
    run.seconds = time.monotonic() - began
    return run


def export_sizes() -> tuple[int, int]:
    """Write the self-contained page; return its bytes, raw and gzipped."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "almaty.html"
        command = [sys.executable, "-m", "geo", "export", "html", "-o", str(path)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        page = path.read_bytes()
    return len(page), len(gzip.compress(page))


def _why_no_scripts(plan: Plan) -> str:
    """Fetch the scripts of peers that need some; "" if all is well."""
    if not any(subject.needs_npm for subject in plan.subjects):
        return ""
    try:
        fetch()
    except NoScriptsError as error:
        return str(error)
    return ""


@contextmanager
def _turn(
    playwright: Playwright,
    subject: Subject,
    size: int,
    events: Events,
    assets: str,
    run: Run,
) -> Iterator[Turn]:
    """Start a server and a browser for one turn."""
    env = {"PEER_SIZE": str(size), "PEER_ASSETS": assets, "PYTHONPATH": str(ROOT)}
    options = OWN_OPTIONS if subject is OURS else ()
    chromium = launch_options()
    chromium["args"].append(NO_HOSTS)
    with serve_app(subject.script(size), env=env, options=options) as server:
        browser = playwright.chromium.launch(**chromium)
        run.browser = browser.version
        try:
            context = browser.new_context(**READER)
            figures = run.cell(subject.key, size)
            yield Turn(
                subject, server, browser, context, events, figures, size == SHIPPED
            )
        finally:
            browser.close()


def _take(turn: Turn, plan: Plan, run: Run) -> None:
    """Measure all that a subject can do."""
    if not _try(turn, "load", lambda: _loads(turn, plan.loads)):
        return
    if turn.subject is EMPTY:
        return
    _try(turn, "drag", lambda: _drag(turn))
    if turn.subject.control.play:
        _try(turn, "play", lambda: _play(turn))
    else:
        turn.figures.why["play"] = "no play"
    if turn.subject is OURS and turn.is_shipped:
        dataset = turn.events.dataset
        run.filter_ms += filter_to_table(turn.context, turn.server, dataset)


def _try(turn: Turn, measure: Measure, act: Callable[[], None]) -> bool:
    """Do it, or note why it could not be done."""
    try:
        act()
    except (CannotError, Error) as error:
        turn.figures.why[measure] = reason(str(error))
        _say(f"  {measure}: {turn.figures.why[measure]}")
        return False
    return True


def reason(words: str) -> str:
    """Put what a browser says into a cell's words."""
    first = words.splitlines()[0]
    if "Timeout" in first or "over " in first:
        return f"over {LIMIT_S} s"
    if "crash" in first.lower() or "closed" in first:
        return "the page crashes"
    return first.rsplit("Error: ", 1)[-1]


def _loads(turn: Turn, loads: int) -> None:
    """Load the page anew some times; walk through the windows on the last one."""
    for i in range(WARM_UPS + loads):
        visit = turn.visit()
        took = visit.load()
        if i >= WARM_UPS:
            visit.rest(REST_MS)
            turn.figures.load_ms.append(took)
            turn.figures.load_bytes.append(visit.traffic.bytes)
        if i < WARM_UPS + loads - 1:
            visit.close()
    if turn.subject is not EMPTY:
        visit.ready()
        _try(turn, "step", lambda: _steps(turn, visit))
    visit.collect_garbage()
    _memory(turn)
    visit.close()


def _steps(turn: Turn, visit: Visit) -> None:
    """Step forth and back; time each step that changes the marks."""
    at, figures = OPENING_END, turn.figures
    stop = time.monotonic() + TURN_LIMIT_S
    for end in ends()[1:]:
        visit.rest(REST_MS)
        if visit.expected(end) == visit.expected(at):
            visit.press(forward=end > at)
        else:
            cpu, sent = cpu_ms(turn.server.process.pid), visit.traffic.bytes
            figures.step_ms.append(visit.step(forward=end > at, end=end))
            visit.rest(REST_MS)
            figures.step_bytes.append(visit.traffic.bytes - sent)
            after = cpu_ms(turn.server.process.pid)
            if cpu is not None and after is not None:
                figures.step_cpu_ms.append(after - cpu)
        at = end
        if time.monotonic() > stop:
            break


def _memory(turn: Turn) -> None:
    """Note what server and browser hold."""
    session = turn.browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    browser = next(each["id"] for each in told if each["type"] == "browser")
    for pid, sizes in (
        (browser, turn.figures.browser_mb),
        (turn.server.process.pid, turn.figures.server_mb),
    ):
        size = memory_mb(pid)
        if size is not None:
            sizes.append(size)


def _drag(turn: Turn) -> None:
    """Drag the handle, and count what is said meanwhile and after."""
    if turn.subject.control.frame == "plugin":
        return
    visit, figures = turn.visit(), turn.figures
    visit.load()
    visit.rest(REST_MS)
    sent, size = visit.traffic.sent, visit.traffic.bytes
    is_ours = turn.subject is OURS
    figures.drag_moves.append(DRAG_MOVES)
    with visit.held() as (x, y):
        if is_ours:
            for took in _drag_ours(visit, x, y):
                figures.drag_ms.append(took)
        else:
            figures.drag_updates.append(_drag_peer(visit, x, y))
        figures.sent_in_drag.append(visit.traffic.sent - sent)
        figures.bytes_in_drag.append(visit.traffic.bytes - size)
        sent = visit.traffic.sent
    visit.rest(3 * REST_MS)
    figures.sent_after_rest.append(visit.traffic.sent - sent)
    if is_ours:
        figures.address_follows.append(visit.address_follows())
    visit.close()


def _drag_ours(visit: Visit, x: float, y: float) -> Iterator[float]:
    """Move a quarter of an hour at a time; give ms until each showed its window."""
    pixels = visit.pixels_a_minute() * DRAG_MIN
    first = OPENING_END - timedelta(minutes=DRAG_MIN + 60)
    table = visit.events.own_by_end(first, OPENING_END)
    visit.frame.evaluate("table => { window.benchTable = table; }", table)
    for i in range(1, DRAG_MOVES + 1):
        visit.frame.evaluate("window.bench.armMove(window.benchTable)")
        visit.page.mouse.move(x - pixels * i / DRAG_MOVES, y)
        yield float(visit.frame.evaluate("window.bench.result()"))


def _drag_peer(visit: Visit, x: float, y: float) -> float:
    """Move for some seconds; return how often the marks changed meanwhile."""
    visit.page.evaluate(
        "e => { window.benchStop = window.bench.countChanges(e); }",
        visit.expected(OPENING_END),
    )
    for i in range(1, DRAG_MOVES + 1):
        visit.page.mouse.move(x + PEER_DRAG_PX * i / DRAG_MOVES, y)
        visit.page.wait_for_timeout(1000 * PEER_DRAG_S / DRAG_MOVES)
    return float(visit.page.evaluate("window.benchStop()"))


def _play(turn: Turn) -> None:
    visit = turn.visit()
    visit.open_to_play()
    visit.rest(REST_MS)
    intervals, sets = visit.play(PLAY_S, WATCHED_S)
    turn.figures.frame_ms += intervals
    turn.figures.sets_a_second.append(sets)
    visit.close()


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
