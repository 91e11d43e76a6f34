"""A small screen under a thumb: the sheet, the gestures, and nothing cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Frame, Locator, Page, expect

from tests.browser.chromium import READER
from tests.browser.exports import export
from tests.browser.guard import Guard
from tests.browser.hands import marks
from tests.browser.maps import open_exported, open_map, set_state, state
from tests.browser.server import AppServer

PHONE = {"width": 375, "height": 740}
LONG = pytest.mark.long
NARROW = {"width": 320, "height": 640}


def phone(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    options: dict[str, Any] = {
        **READER,
        "viewport": size,
        "has_touch": True,
        "is_mobile": True,
    }
    context = browser.new_context(**options)
    guard = Guard(context)
    yield context.new_page()
    guard.check()
    context.close()


@pytest.fixture
def hand(browser: Browser) -> Iterator[Page]:
    yield from phone(browser, PHONE)


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    yield from phone(browser, NARROW)


@pytest.fixture(
    scope="module",
    params=[pytest.param("en", marks=LONG), pytest.param("ru", marks=LONG), "kk"],
)
def translated_page(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    return export("html", folder / "map.html", "--lang", str(request.param))


def sheet(frame: Frame) -> str:
    return str(frame.evaluate("document.querySelector('.tm').dataset.sheet"))


def grip(frame: Frame) -> Locator:
    return frame.locator(".tm-sheet-grip")


def pull(page: Page, frame: Frame, pixels: int) -> None:
    """Pull the sheet up, or down by a negative number."""
    box = grip(frame).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - pixels, steps=4)
    page.mouse.up()


def at_rest(frame: Frame) -> None:
    """Wait until the sheet has come to its height."""
    frame.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")


def swipe(cdp: CDPSession, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Draw one finger over the screen, slowly enough to be no fling."""

    def touch(kind: str, *points: dict[str, float]) -> None:
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*points]})

    touch("touchStart", {"x": start[0], "y": start[1]})
    for step in range(1, 11):
        part = step / 10
        touch("touchMove", {"x": start[0] + part * by[0], "y": start[1] + part * by[1]})
    touch("touchEnd")


# The sheet


def test_map_timeline_and_the_top_of_the_list_share_the_first_screen(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    expect(frame.locator(".tm-count")).to_be_in_viewport()
    expect(frame.locator(".tm-ticks")).to_be_in_viewport(ratio=1)
    box = frame.locator("[data-part=stage]").bounding_box()
    assert box
    assert box["height"] >= 240
    assert frame.evaluate("document.documentElement.scrollHeight") == PHONE["height"]


def test_a_tap_on_the_grip_raises_and_lowers_the_list(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    button = frame.get_by_role("button", name="Pull the list up")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.tap()
    expect(frame.get_by_role("button", name="Lower the list")).to_have_attribute(
        "aria-expanded", "true"
    )
    expect(frame.locator(".tm-item:visible").first).to_be_in_viewport()
    grip(frame).tap()
    assert sheet(frame) == "low"


@pytest.mark.parametrize(
    ("pixels", "rest"), [(40, "low"), (330, "half"), (600, "full")]
)
def test_the_sheet_rests_where_it_is_nearest(
    hand: Page, exported_page: Path, pixels: int, rest: str
) -> None:
    frame = open_exported(hand, exported_page)
    pull(hand, frame, pixels)
    assert sheet(frame) == rest


def test_a_card_raises_the_sheet_and_shows_its_mark_above(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    set_state(frame, {"selected": "oyan-gathering-park"})
    at_rest(frame)
    assert sheet(frame) == "half"
    frame.wait_for_timeout(400)
    top = frame.locator("[data-part=panel]").bounding_box()
    mark = frame.locator(".tm-mark:has(.tm-mark-chosen)").bounding_box()
    assert top
    assert mark
    assert mark["y"] + mark["height"] <= top["y"]


def test_a_closed_card_leaves_the_sheet_as_it_was(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    set_state(frame, {"selected": "akimat-broken-into"})
    set_state(frame, {"selected": None})
    assert sheet(frame) == "low"


def test_the_keyboard_never_goes_where_nothing_can_be_seen(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    grip(frame).focus()
    hand.keyboard.press("Tab")
    assert sheet(frame) == "half"
    expect(frame.locator(":focus")).to_be_in_viewport()


def test_a_wide_screen_has_no_sheet(page: Page, exported_page: Path) -> None:
    frame = open_exported(page, exported_page)
    expect(grip(frame)).to_be_hidden()
    set_state(frame, {"selected": "akimat-broken-into"})
    expect(frame.locator("#tm-card-akimat-broken-into h2")).to_be_in_viewport()


# Gestures


def test_one_finger_on_the_map_scrolls_the_page_around_it(
    hand: Page, app_server: AppServer
) -> None:
    frame = open_map(hand, app_server.url)
    before = state(frame)["view"]
    box = frame.locator(".leaflet-container").bounding_box()
    assert box
    main = hand.locator("[data-testid=stMain]")
    finger = hand.context.new_cdp_session(hand)
    # A page that is busy may take the first touch for none.
    for _ in range(5):
        swipe(finger, (box["x"] + 150, min(box["y"] + 150, 700)), (0, -250))
        hand.wait_for_timeout(500)
        if main.evaluate("main => main.scrollTop") > 100:
            break
    assert main.evaluate("main => main.scrollTop") > 100
    assert state(frame)["view"] == before


def test_who_pulls_the_map_with_one_finger_is_told_how_to(
    hand: Page, app_server: AppServer
) -> None:
    frame = open_map(hand, app_server.url)
    before = state(frame)["view"]
    box = frame.locator(".leaflet-container").bounding_box()
    assert box
    # It goes by itself: whether it came must be noted when it does.
    frame.evaluate(
        """() => {
            const hint = document.querySelector("[data-part=hint]");
            window.told = new Promise(done => new MutationObserver(
                () => hint.checkVisibility() && done(hint.textContent),
            ).observe(hint, { attributes: true }));
        }"""
    )
    swipe(
        hand.context.new_cdp_session(hand),
        (box["x"] + 80, box["y"] + 100),
        (180, 0),
    )
    assert frame.evaluate("window.told") == "Use two fingers to move the map"
    assert state(frame)["view"] == before
    expect(frame.get_by_text("Use two fingers to move the map")).to_be_hidden()


def test_one_finger_moves_the_map_of_a_page_of_its_own(
    hand: Page, exported_page: Path
) -> None:
    frame = open_exported(hand, exported_page)
    before = state(frame)["view"]
    swipe(hand.context.new_cdp_session(hand), (200, 250), (-90, 0))
    hand.wait_for_function(
        "lon => window.timemap.state().view.lon > lon", arg=before["lon"] + 0.005
    )


def test_a_thumb_moves_a_handle(hand: Page, exported_page: Path) -> None:
    frame = open_exported(hand, exported_page)
    box = frame.locator(".tm-handle-from").bounding_box()
    assert box
    assert box["width"] >= 44
    assert box["height"] >= 44
    before = state(frame)["from"]
    swipe(
        hand.context.new_cdp_session(hand),
        (box["x"] + 30, box["y"] + box["height"] / 2),
        (60, 0),
    )
    assert state(frame)["from"] > before


# Narrow, in the longest language


def test_nothing_is_cut_off_at_320_pixels(narrow: Page, translated_page: Path) -> None:
    frame = open_exported(narrow, translated_page)
    assert marks(narrow)
    assert frame.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    outside = """() => [...document.querySelectorAll(
            ".tm-time button, .tm-time select, .tm-time label, .tm-panel button")]
        .filter(one => one.checkVisibility() && !one.closest(".tm-moments"))
        .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)
        .map(one => one.textContent.trim() || one.getAttribute("aria-label"))"""
    assert frame.evaluate(outside) == []
    set_state(frame, {"selected": "akimat-broken-into"})
    at_rest(frame)
    assert frame.evaluate(outside) == []
