"""What the map tells the page that holds it, and whom it obeys."""

import html
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.hands import middle
from tests.browser.maps import READY
from tests.browser.maps import state as state_of

REST_MS = 300
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

# A page that keeps what its frames tell it, and a second frame beside the map's.
PARENT = """<!DOCTYPE html>
<title>A page that holds a map</title>
<script>
const heard = [];
addEventListener("message", event => heard.push(
    {{ ...event.data, mine: event.source === document.querySelector("iframe").contentWindow }}));
const states = () => heard.filter(message => message.type === "timemap:state");
const tell = message => document.querySelector("iframe").contentWindow.postMessage(message, "*");
</script>
<iframe sandbox="allow-scripts" {source} style="width: 1300px; height: 800px"></iframe>
<iframe sandbox="allow-scripts" id="sibling" srcdoc="a frame beside it"></iframe>
"""

Embed = Callable[[], Frame]

either_way = pytest.mark.parametrize("embed", ["srcdoc", "src"], indirect=True)


@pytest.fixture
def embed(
    page: Page, exported_page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Embed:
    """Hold the map as the dashboard does (srcdoc), or as another page would (src)."""
    text = exported_page.read_text(encoding="utf-8")
    source = {
        "srcdoc": f'srcdoc="{html.escape(text)}"',
        "src": f'src="{exported_page.as_uri()}"',
    }
    parent = tmp_path / "parent.html"
    parent.write_text(
        PARENT.format(source=source[getattr(request, "param", "srcdoc")]),
        encoding="utf-8",
    )

    def open_parent() -> Frame:
        page.goto(parent.as_uri())
        frame = page.locator("iframe").first.element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function(READY)
        return frame

    return open_parent


@pytest.fixture
def still(page: Page) -> Page:
    """Stop the clock, so that a rest of 300 ms is 300 ms on any machine."""
    page.clock.install(time=NOON)
    return page


def states(page: Page) -> list[dict[str, Any]]:
    """Give the states the parent has been told so far."""
    told: list[dict[str, Any]] = page.evaluate("states().map(one => one.state)")
    return told


def rest(page: Page, frame: Frame, milliseconds: int) -> None:
    """Let time pass, and what was posted by then arrive."""
    page.clock.run_for(milliseconds)
    # Messages between two windows keep their order: this one comes last.
    frame.evaluate("parent.postMessage({ type: 'last' }, '*')")
    page.wait_for_function("() => heard.at(-1)?.type === 'last'")


def start_afresh(page: Page, frame: Frame) -> None:
    """Let the opening's own rest pass, and forget what was told."""
    page.clock.pause_at(datetime(2026, 1, 1, 13, tzinfo=UTC))
    rest(page, frame, 1000)
    page.evaluate("heard.length = 0")


@either_way
def test_parent_is_told_once_after_300_ms_of_rest(still: Page, embed: Embed) -> None:
    frame = embed()
    start_afresh(still, frame)
    frame.evaluate("timemap.set({ q: 'first' })")
    rest(still, frame, REST_MS - 50)
    frame.evaluate("timemap.set({ q: 'second' })")
    rest(still, frame, REST_MS - 1)
    assert states(still) == []
    rest(still, frame, 1)
    assert [one["q"] for one in states(still)] == ["second"]
    rest(still, frame, 10_000)
    assert len(states(still)) == 1


def test_parent_is_told_the_whole_state(still: Page, embed: Embed) -> None:
    frame = embed()
    start_afresh(still, frame)
    frame.evaluate("timemap.set({ possible: true, kinds: ['fire'] })")
    rest(still, frame, REST_MS)
    assert states(still) == [state_of(frame)]
    assert still.evaluate("states().every(one => one.mine)")


def test_each_rest_tells_once(still: Page, embed: Embed) -> None:
    frame = embed()
    start_afresh(still, frame)
    for words in ("one", "two", "three"):
        frame.evaluate("words => timemap.set({ q: words })", words)
        rest(still, frame, REST_MS)
    assert [one["q"] for one in states(still)] == ["one", "two", "three"]


def test_nothing_is_told_while_a_handle_is_dragged(still: Page, embed: Embed) -> None:
    frame = embed()
    start_afresh(still, frame)
    x, y = middle(frame.locator("[data-part='to']"))
    still.mouse.move(x, y)
    still.mouse.down()
    for step in range(1, 21):
        still.mouse.move(x - 8 * step, y)
        still.clock.run_for(50)
    # A hand that holds still holds all the same.
    rest(still, frame, 4 * REST_MS)
    assert states(still) == []
    still.mouse.up()
    rest(still, frame, REST_MS)
    assert [one["to"] for one in states(still)] == [state_of(frame)["to"]]
    assert state_of(frame)["to"] < "2022-01-07T00:00"


def test_play_tells_nothing_until_it_rests(still: Page, embed: Embed) -> None:
    frame = embed()
    start_afresh(still, frame)
    frame.evaluate("timemap.set({ from: '2022-01-05T08:00', to: '2022-01-05T11:00' })")
    frame.evaluate("timemap.play()")
    rest(still, frame, 2000)
    assert states(still) == []
    frame.evaluate("timemap.pause()")
    rest(still, frame, REST_MS)
    assert [one["to"] for one in states(still)] == [state_of(frame)["to"]]
    assert state_of(frame)["to"] > "2022-01-05T12:00"


@either_way
def test_set_from_the_parent_is_obeyed(page: Page, embed: Embed) -> None:
    frame = embed()
    page.evaluate(
        "tell({ type: 'timemap:set', state: { q: 'akimat', possible: true }})"
    )
    frame.wait_for_function("() => timemap.state().q === 'akimat'")
    assert state_of(frame)["possible"] is True


# The map heard the message: only then does it mean something that nothing changed.
LISTEN = "window.met = []; addEventListener('message', event => met.push(event.data))"
MET = "() => met.length > 0"


def test_set_from_a_sibling_is_not_obeyed(page: Page, embed: Embed) -> None:
    frame = embed()
    before = state_of(frame)
    frame.evaluate(LISTEN)
    sibling = page.locator("#sibling").element_handle().content_frame()
    assert sibling is not None
    sibling.evaluate(
        "parent.frames[0].postMessage({ type: 'timemap:set', state: { q: 'x' }}, '*')"
    )
    frame.wait_for_function(MET)
    assert state_of(frame) == before


def test_set_from_the_map_itself_is_not_obeyed(page: Page, embed: Embed) -> None:
    frame = embed()
    before = state_of(frame)
    frame.evaluate(LISTEN)
    frame.evaluate("postMessage({ type: 'timemap:set', state: { q: 'x' }}, '*')")
    frame.wait_for_function(MET)
    assert state_of(frame) == before


def test_other_messages_of_the_parent_are_passed_over(page: Page, embed: Embed) -> None:
    frame = embed()
    before = state_of(frame)
    frame.evaluate(LISTEN)
    others = [
        "null",
        "'timemap:set'",
        "{ type: 'timemap:get' }",
        "{ state: { q: 'x' }}",
    ]
    for message in others:
        page.evaluate(f"tell({message})")
    frame.wait_for_function(f"() => met.length === {len(others)}")
    assert state_of(frame) == before


def test_page_opened_by_itself_obeys_no_message(
    page: Page, exported_page: Path
) -> None:
    page.goto(exported_page.as_uri())
    page.wait_for_function(READY)
    before = state_of(page.main_frame)
    page.evaluate(LISTEN)
    page.evaluate("postMessage({ type: 'timemap:set', state: { q: 'x' }}, '*')")
    page.wait_for_function(MET)
    assert state_of(page.main_frame) == before
