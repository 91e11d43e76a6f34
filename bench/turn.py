"""One turn: all that is measured of one subject at one size, once."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Error

from bench.desk import filter_to_table
from bench.expected import OPENING_END, Events, ends
from bench.figures import Figures, Measure, Run
from bench.processes import cpu_ms, memory_mb
from bench.subjects import EMPTY, OURS, Subject
from bench.visit import LIMIT_S, CannotError, Visit
from tests.browser.server import AppServer

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


def take(turn: Turn, loads: int, run: Run) -> None:
    """Measure all that a subject can do."""
    if not _try(turn, "load", lambda: _loads(turn, loads)):
        return
    if turn.subject is EMPTY:
        return
    if not _try(turn, "step", lambda: _walk(turn)):
        # A page that hangs would hold up the next ones, too.
        turn.figures.why["play"] = turn.figures.why["step"]
        return
    _try(turn, "drag", lambda: _drag(turn))
    if turn.subject.control.play:
        _try(turn, "play", lambda: _play(turn))
    else:
        turn.figures.why["play"] = "no play"
    if turn.subject is OURS and turn.is_shipped:
        _try(turn, "filter", lambda: _filter(turn, run))


def _try(turn: Turn, measure: Measure, act: Callable[[], None]) -> bool:
    """Do it, or note why it could not be done."""
    try:
        act()
    except (CannotError, Error) as error:
        turn.figures.why[measure] = reason(str(error))
        say(f"  {measure}: {turn.figures.why[measure]}")
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
    """Load the page anew some times, the first ones only to warm up."""
    for i in range(WARM_UPS + loads):
        visit = turn.visit()
        try:
            took = visit.load()
        except (CannotError, Error):
            if i > 0:
                raise
            # A server may be long in making its page for the first time.
            visit.close()
            continue
        if i >= WARM_UPS:
            visit.rest(REST_MS)
            turn.figures.load_ms.append(took)
            turn.figures.load_bytes.append(visit.traffic.bytes)
        if turn.subject is EMPTY and i == WARM_UPS + loads - 1:
            _memory(turn, visit)
        visit.close()


def _walk(turn: Turn) -> None:
    """Walk through the windows, and see what that leaves in memory."""
    visit = turn.visit()
    visit.load()
    visit.ready()
    _steps(turn, visit)
    _memory(turn, visit)
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


def _memory(turn: Turn, visit: Visit) -> None:
    """Note what server and browser hold."""
    visit.collect_garbage()
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


def _filter(turn: Turn, run: Run) -> None:
    dataset = turn.events.dataset
    run.filter_ms += filter_to_table(turn.context, turn.server, dataset)


def say(words: str) -> None:
    """Tell who waits how far the run is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
