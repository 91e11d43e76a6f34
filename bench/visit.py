"""One page of one subject, driven as a reader's hand would."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import BrowserContext, Frame, Locator, Page, WebSocket

from bench.expected import HOURS, OPENING_END, Events, Expected
from bench.subjects import Key, Subject
from tests.browser.maps import map_frame
from tests.browser.server import AppServer

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
FAILED = "[data-testid=stException]"
LIMIT_S = 30
"""As long as `probe.js` waits."""
LIMIT_MS = (LIMIT_S + 5) * 1000
PLAY_HOURS = 12
PLAY_STEP_MIN = 15
FASTEST = "240"


class CannotError(Exception):
    """A subject cannot do what is measured; says why in a cell's words."""


class Traffic:
    """Counts what a page exchanges with any server."""

    def __init__(self, page: Page) -> None:
        self.sent = 0
        self.bytes = 0.0
        page.on("websocket", self._watch)
        network = page.context.new_cdp_session(page)
        network.on("Network.loadingFinished", self._loaded)
        network.send("Network.enable")

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framesent", self._say)
        socket.on("framereceived", self._hear)

    def _say(self, payload: str | bytes) -> None:
        self.sent += 1
        self.bytes += len(payload)

    def _hear(self, payload: str | bytes) -> None:
        self.bytes += len(payload)

    def _loaded(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


class Visit:
    """A page with a window of a day that can be moved by a day."""

    frame: Frame

    def __init__(
        self,
        subject: Subject,
        server: AppServer,
        context: BrowserContext,
        events: Events,
    ) -> None:
        self.subject = subject
        self.server = server
        self.events = events
        self.page = context.new_page()
        self.page.set_default_timeout(LIMIT_MS)
        self.traffic = Traffic(self.page)

    def expected(self, end: datetime, hours: float = HOURS) -> Expected:
        """Return what the window up to `end` must show."""
        if self.subject.reader == "empty":
            return {"reader": "empty"}
        by_start = self.subject.by_start
        return self.events.expected(
            self.subject.reader, end, hours=hours, by_start=by_start
        )

    def address(self, window_hours: int = HOURS, **more: int) -> str:
        """Return the page's address with its first window."""
        start = OPENING_END - timedelta(hours=window_hours)
        window = {
            "from": f"{start:%Y-%m-%dT%H:%M}",
            "to": f"{OPENING_END:%Y-%m-%dT%H:%M}",
        }
        extra = more if self.subject.control.frame == "plugin" else {}
        return f"{self.server.url}/?{urlencode(window | extra)}"

    def load(self) -> float:
        """Load the page; return ms from its start to its first exact picture."""
        expected = json.dumps(self.expected(OPENING_END))
        self.page.add_init_script(f"{PROBE}; window.bench.watchLoad({expected});")
        self.page.goto(self.address())
        self.frame = self._find_frame()
        reply = self._first_picture()
        if "failed" in reply:
            raise CannotError(self._reason(reply["failed"]))
        started = float(self.page.evaluate("performance.timeOrigin"))
        return float(reply["at"]) - started

    def open_to_play(self) -> None:
        """Open the page with a shorter window and small steps."""
        self.page.add_init_script(PROBE)
        self.page.goto(self.address(PLAY_HOURS, hours=PLAY_HOURS, step=PLAY_STEP_MIN))
        self.frame = self._find_frame()
        if self.subject.control.frame == "own":
            self.frame.locator("[data-part=speed]").select_option(FASTEST)
        self.settle(OPENING_END, PLAY_HOURS)

    def ready(self) -> None:
        """Set the step and let the page come to rest."""
        if self.subject.control.frame == "own":
            self.frame.locator("[data-part=step]").select_option("1440")
        self.rest(500)

    def settle(self, end: datetime, hours: float = HOURS) -> None:
        """Wait for the marks of a window."""
        self.frame.evaluate("e => window.bench.settle(e)", self.expected(end, hours))

    def step(self, *, forward: bool, end: datetime) -> float:
        """Move the window by a day; return ms until its marks were painted."""
        selector, _ = key = self._key(forward=forward)
        self.frame.locator(selector).last.focus()
        self.frame.evaluate("e => window.bench.arm('keydown', e)", self.expected(end))
        self._press(key)
        return float(self.frame.evaluate("window.bench.result()"))

    def press(self, *, forward: bool) -> None:
        """Move the window by a day, untimed."""
        self.frame.locator(self._key(forward=forward)[0]).last.focus()
        self._press(self._key(forward=forward))

    def play(self, seconds: float, watched_s: float) -> tuple[list[float], float]:
        """Play; return the frames' intervals, and the sets shown a second."""
        expected = self.expected(OPENING_END, PLAY_HOURS)
        self.frame.locator(self.subject.control.play).first.click()
        intervals = self.frame.evaluate("s => window.bench.frames(s)", seconds)
        changes = self.frame.evaluate(
            "([expected, s]) => window.bench.changes(expected, s)",
            [expected, watched_s],
        )
        return [float(each) for each in intervals], changes / watched_s

    def handle(self) -> Locator:
        """Return what a pointer drags."""
        if self.subject.control.frame == "own":
            return self.frame.locator("[data-part=to][role=slider]")
        # The input is hidden; the thumb it belongs to is what one sees.
        slider = self.page.locator("[data-testid=stSlider] input[type=range]").last
        return slider.locator("xpath=../..")

    @contextmanager
    def held(self) -> Iterator[tuple[float, float]]:
        """Hold the handle down; gives where it stands, in pixels of the page."""
        self.handle().scroll_into_view_if_needed()
        box = self.handle().bounding_box()
        if box is None:
            raise CannotError("no handle on screen")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        try:
            yield x, y
        finally:
            self.page.mouse.up()

    def pixels_a_minute(self) -> float:
        """Return the timeline's scale, read off the shaded window of a day."""
        box = self.frame.locator("[data-part=window]").bounding_box()
        if box is None:
            raise CannotError("no window on the timeline")
        return box["width"] / (HOURS * 60)

    def rest(self, ms: float) -> None:
        """Let some time pass and the server finish what it has begun."""
        self.page.wait_for_timeout(ms)
        self.page.locator(IDLE).wait_for(state="attached")

    def address_follows(self) -> bool:
        """Tell whether the URL holds the window the map shows."""
        end = self.frame.evaluate("window.timemap.state().to")
        return parse_qs(urlsplit(self.page.url).query).get("to") == [end]

    def collect_garbage(self) -> None:
        """Leave nothing in memory that the page no longer needs."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("HeapProfiler.collectGarbage")

    def close(self) -> None:
        """Close the page."""
        self.page.close()

    def _key(self, *, forward: bool) -> Key:
        control = self.subject.control
        return control.forward if forward else control.back

    def _press(self, key: Key) -> None:
        self.page.keyboard.press(key[1])

    def _find_frame(self) -> Frame:
        """Return the frame that holds the control, once it is there."""
        where = self.subject.control.frame
        if where == "own":
            return map_frame(self.page)
        if where == "page":
            return self.page.main_frame
        holder = self.page.locator("iframe").first
        holder.wait_for(state="attached")
        found = holder.element_handle().content_frame()
        if found is None:
            raise CannotError("its frame is empty")
        found.locator(self.subject.control.forward[0]).wait_for(state="attached")
        return found

    def _first_picture(self) -> dict[str, Any]:
        """Return when it was painted; a peer's frame is looked into from the page."""
        own = self.subject.control.frame == "own"
        frame = self.frame if own else self.page.main_frame
        frame.wait_for_function("() => window.benchLoaded !== undefined")
        reply: dict[str, Any] = frame.evaluate("window.benchLoaded")
        return reply

    def _reason(self, words: str) -> str:
        """Prefer what Streamlit says of a failed script."""
        failed = self.page.locator(FAILED)
        return "its script fails" if failed.count() else words
