"""Almaty's clock on screen, whatever zone, language or taste the viewer has."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.guard import Guard
from tests.browser.hands import part, set_state, state
from tests.browser.maps import open_exported

# Everything a reader can see or hear, in the order of the document; but not what
# is said aloud after a rest, which may lag behind in one of two pages.
EVERYTHING = """() => [...document.querySelectorAll("body *:not(script, [aria-live])")].flatMap(one => [
    ...["aria-label", "aria-valuetext", "title", "placeholder"].map(name => one.getAttribute(name)),
    ...[...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
]).filter(text => text?.trim())"""

STATES: list[dict[str, Any]] = [
    {"from_": "2022-01-05T14:00", "to": "2022-01-05T16:00"},
    {"from_": "2022-01-04T22:00", "to": "2022-01-05T02:30", "possible": True},
    {"from_": "2022-01-05T00:00", "to": "2022-01-06T00:00", "mode": "sofar"},
]


def texts(page: Page) -> list[list[str]]:
    """Read the whole page in several states, cards open in turn."""
    found = []
    for chosen in STATES:
        set_state(page, **chosen)
        set_state(page, selected=state(page)["visible"][-1])
        found.append(page.evaluate(EVERYTHING))
        set_state(page, selected=None)
    return found


@pytest.mark.parametrize(
    ("zone", "locale"),
    [
        ("Asia/Almaty", "ru-KZ"),
        ("Pacific/Apia", "de-DE"),
        pytest.param("Asia/Tokyo", "ja-JP", marks=pytest.mark.long),
    ],
)
def test_page_reads_the_same_in_every_zone_and_locale(
    page: Page,
    exported_page: Path,
    browser: Browser,
    browser_context_args: dict[str, Any],
    zone: str,
    locale: str,
) -> None:
    open_exported(page, exported_page)
    elsewhere = {"timezone_id": zone, "locale": locale}
    with browser.new_context(**(browser_context_args | elsewhere)) as context:
        guard, other = Guard(context), context.new_page()
        open_exported(other, exported_page)
        zone_seen = "Intl.DateTimeFormat().resolvedOptions().timeZone"
        assert other.evaluate(zone_seen) == zone
        assert texts(other) == texts(page)
        assert state(other) == state(page)
        guard.check()


def test_clock_is_almatys_in_new_york(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    set_state(page, **STATES[0])
    expect(part(page, "clock")).to_have_text("Wednesday, 5 January 2022, 14:00–16:00")
    expect(page.get_by_text("Almaty time, UTC+6").first).to_be_visible()


def test_midnight_at_the_end_is_24_00_of_the_day_before(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T00:00", to="2022-01-06T00:00")
    expect(part(page, "clock")).to_have_text("Wednesday, 5 January 2022, 00:00–24:00")


def test_card_tells_the_hour_of_the_data(page: Page, exported_page: Path) -> None:
    # events.csv: akimat-broken-into, 14:50 to 15:30, +06:00.
    open_exported(page, exported_page)
    set_state(page, selected="akimat-broken-into")
    span = page.locator(".tm-card:visible .tm-span")
    expect(span).to_contain_text("14:50")
    expect(span).to_contain_text("15:30")


def test_ticks_of_the_timeline_are_almatys_days(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    days = page.locator(".tm-tick-day").all_inner_texts()
    assert days == ["4 Jan", "5 Jan", "6 Jan", "7 Jan"]


@pytest.fixture
def calm(page: Page) -> Page:
    """Make the page one for somebody who asked for less motion; hold its clock."""
    page.emulate_media(reduced_motion="reduce")
    page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    return page


def test_play_moves_in_jumps_where_less_motion_is_asked_for(
    calm: Page, exported_page: Path
) -> None:
    open_exported(calm, exported_page)
    calm.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))
    calm.evaluate(
        "() => window.timemap.set({ from: '2022-01-05T08:00', to: '2022-01-05T11:00' })"
    )
    calm.evaluate("() => window.timemap.play()")
    ends = []
    for _ in range(30):
        calm.clock.run_for(100)
        ends.append(state(calm)["to"])
    # Three seconds at one hour a second: three jumps, and rest between them.
    assert len(set(ends)) == 3
    assert ends[0] == "2022-01-05T11:00"
    assert ends[-1] >= "2022-01-05T13:00"


def test_nothing_glides_where_less_motion_is_asked_for(
    calm: Page, exported_page: Path
) -> None:
    open_exported(calm, exported_page)
    durations = calm.evaluate(
        """() => [...document.querySelectorAll(".tm *")].map(one => getComputedStyle(one))
            .filter(style => style.transitionDuration.split(",").some(time => parseFloat(time) > 0)
                && style.transitionProperty !== "none" || style.animationName !== "none").length"""
    )
    assert durations == 0
