"""A reader without a mouse: every stop is seen, none is a trap, none is lost."""

import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.maps import map_frame, open_exported, open_map, set_state, state
from tests.browser.server import AppServer

# More than the stops of any page: the list has one an event.
MOST_STOPS = 400
BUSY_PLACE = "almaty-akimat"
CARD = "akimat-broken-into"
WEEKDAY = re.compile(r"^[A-Z][a-z]+day,? \d+ January 2022, \d\d:\d\d$")

# What has the focus, and whether it can be seen that it has: by an outline, a
# line round a mark, or an edge drawn by a part of it.
STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const outlined = (pseudo) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one, pseudo);
        return outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
    };
    const paper = one.querySelector(".tm-mark-paper");
    // Streamlit's own buttons and fields: a shadow that is all spread.
    const shaded = /0px 0px 0px [1-9]/.test(getComputedStyle(one).boxShadow);
    const ringed = paper !== null && parseFloat(getComputedStyle(paper).strokeWidth) >= 2;
    return {
        html: one.outerHTML.slice(0, 160),
        part: one.dataset.part ?? "",
        region: one.closest("section[aria-label]")?.className.split(" ")[0] ?? "",
        seen: [null, "::before", "::after"].some(outlined) || shaded || ringed,
    };
}"""


def stop(frame: Frame) -> dict[str, Any] | None:
    """Tell what has the focus in a frame; None if nothing has."""
    found: dict[str, Any] | None = frame.evaluate(STOP)
    return found


def tab_to(page: Page, frame: Frame, selector: str, key: str = "Tab") -> None:
    """Press a key until what a selector names has the focus, however far it is."""
    has_focus = "selector => document.activeElement?.matches(selector) === true"
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if frame.evaluate(has_focus, selector):
            return
    raise AssertionError(f"no stop is {selector}")


def stops(page: Page, frame: Frame, key: str = "Tab") -> list[dict[str, Any]]:
    """Press a key through a document and give its stops, to where focus leaves it."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        here = stop(frame)
        # Beyond its end a document leaves the focus to the browser, or begins anew.
        if here is None or here["html"] in [each["html"] for each in found[:1]]:
            return found
        found.append(here)
    raise AssertionError(f"{MOST_STOPS} stops and no end: {found[-3:]}")


# The journey


def test_a_reader_without_a_mouse_goes_all_the_way(
    page: Page, app_server: AppServer
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    frame = open_map(page, app_server.url)
    page.wait_for_url(re.compile("from=2022-01-04T00"))
    # A window.
    tab_to(page, frame, "[data-part=from]")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    tab_to(page, frame, "[data-part=to]")
    page.keyboard.press("ArrowLeft")
    assert state(frame)["from"] == "2022-01-04T12:00"
    assert state(frame)["to"] == "2022-01-06T23:00"
    page.wait_for_url(re.compile("from=2022-01-04T12"))
    # A filter.
    tab_to(page, frame, "[data-group='2']")
    page.keyboard.press("Space")
    expect(frame.locator("[data-group='2']")).to_have_attribute("aria-pressed", "true")
    # An event, and its source.
    tab_to(page, frame, ".tm-item button")
    page.keyboard.press("Enter")
    frame.wait_for_function("() => timemap.state().selected !== null")
    event = state(frame)["selected"]
    expect(frame.locator(f"#tm-card-{event} h2")).to_be_focused()
    tab_to(page, frame, f"#tm-card-{event} .tm-sources a[href^=http]")
    # Back to where it was opened.
    page.keyboard.press("Escape")
    assert state(frame)["selected"] is None
    assert "tm-item" in frame.evaluate(
        "() => document.activeElement.parentElement.className"
    )
    # The link, which stands before the map.
    tab_to(page, page.main_frame, ".almaty-map-copy", "Shift+Tab")
    tab_to(page, page.main_frame, ".almaty-map-copy:first-of-type", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Link copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query)["from"] == ["2022-01-04T12:00"]
    # The class, and its next chapter.
    tab_to(page, page.main_frame, "a[href$='/class']", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/class?step=0")
    lesson = map_frame(page)
    tab_to(page, lesson, "[data-part=story-next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/class?step=1")


# Stops


@pytest.fixture
def walked(page: Page, exported_page: Path) -> list[dict[str, Any]]:
    frame = open_exported(page, exported_page)
    return stops(page, frame)


def test_every_stop_shows_that_it_has_the_focus(walked: list[dict[str, Any]]) -> None:
    assert [each["html"] for each in walked if not each["seen"]] == []


def test_the_stops_lead_through_timeline_map_legend_and_list(
    walked: list[dict[str, Any]],
) -> None:
    regions = [region for region, _ in groupby(each["region"] for each in walked)]
    assert regions == ["tm-time", "tm-stage", "tm-filters", "tm-panel"]


def test_the_way_back_has_the_same_stops(page: Page, exported_page: Path) -> None:
    frame = open_exported(page, exported_page)
    there = [each["html"] for each in stops(page, frame)]
    back = [each["html"] for each in stops(page, frame, "Shift+Tab")]
    assert back[::-1] == there


def test_a_card_is_the_last_part_and_ends(page: Page, exported_page: Path) -> None:
    frame = open_exported(page, exported_page)
    set_state(frame, {"selected": CARD})
    walked = stops(page, frame)
    assert walked[-1]["region"] == "tm-panel"
    assert all(each["seen"] for each in walked)
    assert "<a " in walked[-1]["html"]


@pytest.mark.parametrize("path", ["desk", "class", "sources"])
def test_every_stop_of_a_page_shows_that_it_has_the_focus(
    page: Page, app_server: AppServer, path: str
) -> None:
    page.goto(f"{app_server.url}/{path}")
    if path == "sources":
        page.locator("#licences").wait_for()
    else:
        map_frame(page)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = stop(page.main_frame)
        if here and "<iframe" in here["html"]:
            here = stop(page.frames[-1])
        if here and not here["seen"]:
            unseen.append(here["html"])
    assert unseen == []


def test_a_folded_navigation_is_no_stop_and_unfolds_by_key(
    page: Page, app_server: AppServer
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{app_server.url}/sources")
    page.locator("#licences").wait_for()
    button = "[data-testid=stExpandSidebarButton]"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(f"{button}:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Class", exact=True)
    expect(link).to_be_in_viewport()
    link.press("Enter")
    page.wait_for_url("**/class?step=0")


# Handles


def test_handles_are_sliders_that_say_their_moment_in_words(
    page: Page, exported_page: Path
) -> None:
    frame = open_exported(page, exported_page)
    for name in ("Window from", "Window to"):
        slider = frame.get_by_role("slider", name=name)
        slider.focus()
        before = slider.get_attribute("aria-valuetext") or ""
        assert WEEKDAY.match(before), before
        page.keyboard.press("ArrowLeft")
        frame.wait_for_function(
            "([name, before]) => document.querySelector(`[aria-label='${name}']`)"
            ".getAttribute('aria-valuetext') !== before",
            arg=[name, before],
        )


# Escape


def open_from_list(page: Page, frame: Frame) -> str:
    tab_to(page, frame, ".tm-item button")
    return ".tm-item button"


def open_from_mark(page: Page, frame: Frame) -> str:
    selector = ".tm-mark[data-count='1']"
    tab_to(page, frame, selector)
    return selector


def open_from_place(page: Page, frame: Frame) -> str:
    selector = f".tm-mark[data-places*='{BUSY_PLACE}']"
    tab_to(page, frame, selector)
    return selector


@pytest.mark.parametrize(
    "opener",
    [open_from_list, open_from_mark, open_from_place],
    ids=lambda one: one.__name__,
)
def test_escape_gives_the_focus_back_to_what_was_left(
    page: Page, exported_page: Path, opener: Callable[[Page, Frame], str]
) -> None:
    frame = open_exported(page, exported_page)
    selector = opener(page, frame)
    before = frame.evaluate("() => { window.left = document.activeElement; }")
    page.keyboard.press("Enter")
    frame.wait_for_function("() => document.activeElement !== window.left")
    page.keyboard.press("Escape")
    frame.wait_for_function("() => document.activeElement === window.left")
    assert before is None
    assert frame.evaluate("s => document.activeElement.matches(s)", selector)


def test_escape_leads_from_a_card_through_its_places_list_to_the_mark(
    page: Page, exported_page: Path
) -> None:
    frame = open_exported(page, exported_page)
    mark = open_from_place(page, frame)
    page.keyboard.press("Enter")
    expect(frame.locator("[data-part=place-name]")).to_be_focused()
    tab_to(page, frame, ".tm-item button")
    page.keyboard.press("Enter")
    frame.wait_for_function("() => timemap.state().selected !== null")
    page.keyboard.press("Escape")
    expect(frame.locator(".tm-item button:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(frame.locator(f"{mark}:focus")).to_have_count(1)


def test_escape_leads_from_a_card_of_a_link_to_its_line_in_the_list(
    page: Page, exported_page: Path
) -> None:
    frame = open_exported(page, exported_page, f"id={CARD}")
    page.keyboard.press("Escape")
    frame.wait_for_function("() => timemap.state().selected === null")
    page.keyboard.press("Tab")
    assert stop(frame) is not None


def test_escape_leads_from_a_card_to_its_row_on_the_desk(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/desk")
    frame = map_frame(page)
    row = page.locator(f"tr[data-id='{CARD}'] button")
    row.focus()
    page.keyboard.press("Enter")
    expect(frame.locator(f"#tm-card-{CARD} h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_a_message_that_crosses_a_choice_does_not_undo_it(
    page: Page, app_server: AppServer
) -> None:
    page.goto(f"{app_server.url}/desk")
    frame = map_frame(page)
    row = page.locator(f"tr[data-id='{CARD}'] button")
    row.focus()
    page.evaluate(
        """id => {
            const { host, table, heard } = globalThis[Symbol.for("almaty-events-map")];
            const ask = host.awaited;
            table.open(document.querySelector(`tr[data-id='${id}']`));
            const state = { ...heard, selected: null };
            const data = { type: "timemap:state", state, ask };
            host.hear({ source: host.frame.contentWindow, data });
        }""",
        CARD,
    )
    expect(frame.locator(f"#tm-card-{CARD} h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


# What is said

# How often something is said for two seconds, by any live region.
CHANGES_IN_TWO_SECONDS = """async () => {
    let changes = 0;
    const watch = new MutationObserver((all) => { changes += all.length; });
    for (const region of document.querySelectorAll("[aria-live], [role=status], output")) {
        watch.observe(region, { childList: true, characterData: true, subtree: true });
    }
    await new Promise((done) => setTimeout(done, 2000));
    watch.disconnect();
    return changes;
}"""


def test_playing_does_not_chatter(page: Page, exported_page: Path) -> None:
    frame = open_exported(page, exported_page)
    set_state(frame, {"from": "2022-01-05T10:00", "to": "2022-01-05T13:00"})
    frame.locator("[data-part=live]").filter(has_text="events").wait_for(
        state="attached"
    )
    start = state(frame)["to"]
    frame.evaluate("() => window.timemap.play()")
    assert frame.evaluate(CHANGES_IN_TWO_SECONDS) <= 1
    assert state(frame)["to"] > start


def test_the_count_is_said_once_the_hand_rests(page: Page, exported_page: Path) -> None:
    frame = open_exported(page, exported_page)
    live = frame.locator("[data-part=live]")
    expect(live).to_contain_text("events")
    tab_to(page, frame, "[data-part=to]")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowLeft")
    expect(live).to_contain_text(f"{len(state(frame)['visible'])} events")
