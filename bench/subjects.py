"""Drives this map's dashboard and the peer as a reader's hand would."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Frame, Locator, Page, WebSocket

from bench.expected import OPENING_END, START, Event, Expectations
from geo.timeline import ALMATY, format_moment
from tests.browser.maps import map_frame
from tests.browser.server import AppServer

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ARM = "events => window.benchProbe.{}('keydown', events)"
SETTLE = "events => window.benchProbe.{}(events)"


class Traffic:
    """Counts the messages a page exchanges with its server."""

    def __init__(self, page: Page) -> None:
        self.sent = 0
        self.received = 0
        page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda _: self._count(sent=1))
        socket.on("framereceived", lambda _: self._count(received=1))

    def _count(self, *, sent: int = 0, received: int = 0) -> None:
        self.sent += sent
        self.received += received


class Site(ABC):
    """A server and the page it shows first."""

    def __init__(self, server: AppServer) -> None:
        self.server = server

    @property
    def address(self) -> str:
        """The page, with the first window in its address."""
        window = f"from={format_moment(START)}&to={format_moment(OPENING_END)}"
        return f"{self.server.url}/?{window}"

    @abstractmethod
    def first_mark_frame(self, page: Page) -> Frame:
        """Return the frame of such a page that holds marks."""


class Subject(Site):
    """A page with a time range whose upper handle can be moved."""

    def __init__(
        self, server: AppServer, context: BrowserContext, expected: Expectations
    ) -> None:
        super().__init__(server)
        self.expected = expected
        self.page = context.new_page()
        self.traffic = Traffic(self.page)

    @abstractmethod
    def open(self) -> None:
        """Open the page on the first window."""

    @abstractmethod
    def shown(self, end: datetime) -> list[Event]:
        """Return the events whose marks the window up to `end` must show."""

    @abstractmethod
    def handle(self) -> Locator:
        """Return the upper handle."""

    @abstractmethod
    def step(self, key: str, end: datetime) -> float:
        """Press a key on the handle; return ms until its marks were painted."""

    def press(self, key: str) -> None:
        """Press a key on the handle."""
        self.handle().focus()
        self.page.keyboard.press(key)

    def rest(self, ms: float) -> None:
        """Let some time pass and the server finish what it has begun."""
        self.page.wait_for_timeout(ms)
        self.page.locator(IDLE).wait_for(state="attached")

    def cpu_ms(self) -> float | None:
        """Return the processor time its server has used; None where unknown."""
        stat = Path(f"/proc/{self.server.process.pid}/stat")
        if not stat.exists():
            return None
        fields = stat.read_text().rsplit(")", 1)[1].split()
        ticks_ms = 10  # USER_HZ is 100 wherever Linux shows it to programs
        return (int(fields[11]) + int(fields[12])) * ticks_ms


class Ours(Subject):
    """The dashboard's Map page."""

    frame: Frame

    def open(self) -> None:
        """Open the page on the first window."""
        self.page.goto(self.address)
        self.frame = map_frame(self.page)
        self.frame.evaluate(PROBE)
        self.frame.locator("[data-part=step]").select_option("60")
        self.settle(OPENING_END)

    def shown(self, end: datetime) -> list[Event]:
        """Return the events whose marks the window up to `end` must show."""
        return self.expected.city_only(self.expected.events(START, end))

    def settle(self, end: datetime) -> None:
        """Wait for the marks of a window."""
        self.frame.evaluate(SETTLE.format("settleTimemap"), self.shown(end))

    def handle(self) -> Locator:
        """Return the upper handle."""
        return self.frame.locator("[data-part=to][role=slider]")

    def step(self, key: str, end: datetime) -> float:
        """Press a key on the handle; return ms until its marks were painted."""
        self.frame.evaluate(ARM.format("armTimemap"), self.shown(end))
        self.press(key)
        return float(self.frame.evaluate("window.benchProbe.result()"))

    def set_end(self, end: datetime) -> None:
        """Go back to a window without a hand."""
        span = {"from": format_moment(START), "to": format_moment(end)}
        self.frame.evaluate("span => window.timemap.set(span)", span)
        self.settle(end)

    def drag(self, moves: int, last: datetime) -> list[float]:
        """Drag the handle right; return ms of each move.

        Each must cross at least one step of the time grid, or it never ends.
        """
        x, y = _middle(self.handle())
        pixels = self._pixels_a_minute() * ((last - OPENING_END) / MINUTE)
        table = self.expected.by_end(START, last + HOUR)  # a pixel may overshoot
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        times = []
        for i in range(1, moves + 1):
            self.frame.evaluate("table => window.benchProbe.armMove(table)", table)
            self.page.mouse.move(x + pixels * i / moves, y)
            times.append(float(self.frame.evaluate("window.benchProbe.result()")))
        return times

    def _pixels_a_minute(self) -> float:
        """Return the timeline's scale, read off the shaded window."""
        box = self.frame.locator("[data-part=window]").bounding_box()
        if box is None:
            raise RuntimeError("the window is not on the timeline")
        return box["width"] / ((OPENING_END - START) / MINUTE)

    def play(self, seconds: float) -> dict[str, Any]:
        """Play for some seconds; return the frames and sets it painted."""
        self.frame.evaluate("window.timemap.play()")
        seen: dict[str, Any] = self.frame.evaluate(
            "seconds => window.benchProbe.watch(seconds)", seconds
        )
        self.frame.evaluate("window.timemap.pause()")
        return seen

    def address_follows(self) -> bool:
        """Tell whether the URL holds the window the map shows."""
        end = self.frame.evaluate("window.timemap.state().to")
        return parse_qs(urlsplit(self.page.url).query).get("to") == [end]

    def first_mark_frame(self, page: Page) -> Frame:
        """Return the frame of such a page that holds marks."""
        return map_frame(page)


class Peer(Subject):
    """st.slider, a rebuilt folium map, st_folium."""

    def shown(self, end: datetime) -> list[Event]:
        """Return the events whose marks the window up to `end` must show."""
        return self.expected.events(START, end)

    def open(self) -> None:
        """Open the page on the first window."""
        self.page.goto(self.address)
        self.page.evaluate(PROBE)
        self.settle(OPENING_END)

    def settle(self, end: datetime) -> None:
        """Wait for the marks of a window."""
        self.page.evaluate(SETTLE.format("settlePeer"), self.shown(end))

    def handle(self) -> Locator:
        """Return the upper handle."""
        return self.page.locator("[data-testid=stSlider] input[type=range]").last

    def step(self, key: str, end: datetime) -> float:
        """Press a key on the handle; return ms until its marks were painted."""
        self.page.evaluate(ARM.format("armPeer"), self.shown(end))
        self.press(key)
        return float(self.page.evaluate("window.benchProbe.result()"))

    def drag(self, seconds_of_moves: Sequence[float], pixels: float) -> int:
        """Drag the handle right; return how often its marks changed meanwhile."""
        self.page.evaluate("window.benchStop = window.benchProbe.countPeerChanges()")
        x, y = _middle(self.handle().locator("xpath=../.."))
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for i, pause in enumerate(seconds_of_moves, start=1):
            self.page.mouse.move(x + pixels * i / len(seconds_of_moves), y)
            self.page.wait_for_timeout(pause * 1000)
        return int(self.page.evaluate("window.benchStop()"))

    def end(self) -> datetime:
        """Return where the upper handle stands."""
        micros = int(self.handle().input_value())
        wall = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
        return wall.replace(tzinfo=ALMATY)

    def first_mark_frame(self, page: Page) -> Frame:
        """Return the frame that can look into the one with the marks."""
        return page.main_frame


class Empty(Site):
    """A page with one line of text."""

    def first_mark_frame(self, page: Page) -> Frame:
        """Return the frame that holds the line."""
        return page.main_frame


def _middle(locator: Locator) -> tuple[float, float]:
    """Return the middle of what is on screen, in the page's pixels."""
    box = locator.bounding_box()
    if box is None:
        raise RuntimeError(f"{locator} is not on screen")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
