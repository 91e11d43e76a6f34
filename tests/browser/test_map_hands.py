"""The map under a reader's hands: keys, pointer, buttons, words and cards."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from geo.dataset import Dataset
from geo.query import Query, select
from geo.timeline import minute_of, moment_of, parse_moment
from geo.vocab import GROUP_OF, Attribution, Kind, KindGroup
from tests.browser.hands import (
    count_at,
    item,
    marks,
    middle,
    part,
    set_state,
    state,
    until_state,
)
from tests.browser.maps import open_exported

NARROW = {"from_": "2022-01-05T14:00", "to": "2022-01-05T16:00"}
QUARTER_MIN = 15


@pytest.fixture
def map_page(page: Page, exported_page: Path) -> Page:
    """Show 5 January, 14:00 to 16:00."""
    open_exported(page, exported_page)
    set_state(page, **NARROW)
    return page


def window(page: Page) -> tuple[str, str]:
    """Give the clock parts of a window on 5 January, else the whole moments."""
    now = state(page)
    start, end = now["from"], now["to"]
    return start.removeprefix("2022-01-05T"), end.removeprefix("2022-01-05T")


def press(page: Page, name: str, *keys: str) -> tuple[str, str]:
    for key in keys:
        part(page, name).press(key)
    return window(page)


# Keys on a handle


def test_arrows_move_a_handle_by_the_step(map_page: Page) -> None:
    assert press(map_page, "to", "ArrowRight") == ("14:00", "17:00")
    assert press(map_page, "to", "ArrowLeft", "ArrowDown") == ("14:00", "15:00")
    assert press(map_page, "from", "ArrowLeft") == ("13:00", "15:00")
    assert press(map_page, "from", "ArrowUp") == ("14:00", "15:00")


def test_step_is_the_readers_choice(map_page: Page) -> None:
    part(map_page, "step").select_option("15")
    assert press(map_page, "to", "ArrowRight") == ("14:00", "16:15")
    part(map_page, "step").select_option("1440")
    assert press(map_page, "to", "ArrowRight") == ("14:00", "2022-01-06T16:15")


def test_shift_and_page_keys_step_further(map_page: Page) -> None:
    assert press(map_page, "to", "Shift+ArrowRight") == ("14:00", "20:00")
    assert press(map_page, "to", "PageDown") == ("14:00", "16:00")
    assert press(map_page, "to", "PageUp") == ("14:00", "20:00")
    assert press(map_page, "to", "Shift+ArrowLeft") == ("14:00", "16:00")


def test_home_and_end_jump_to_the_edges_of_the_data(map_page: Page) -> None:
    assert press(map_page, "from", "Home") == ("2022-01-01T00:00", "16:00")
    assert press(map_page, "to", "End") == ("2022-01-01T00:00", "2022-01-28T00:00")


def test_a_handle_never_passes_the_other(map_page: Page) -> None:
    assert press(map_page, "from", "End") == ("15:45", "16:00")
    assert press(map_page, "to", "Home") == ("15:45", "16:00")


def test_handles_speak_as_sliders_in_almatys_words(map_page: Page) -> None:
    handle = part(map_page, "to")
    expect(handle).to_have_role("slider")
    expect(handle).to_have_accessible_name("Window to")
    words = "Wednesday, 5 January 2022, 16:00"
    expect(handle).to_have_attribute("aria-valuetext", words)
    low, now, high = (
        int(handle.get_attribute(f"aria-value{name}") or "")
        for name in ("min", "now", "max")
    )
    assert low < now < high
    assert now == minute_of(parse_moment("2022-01-05T16:00"))


def test_focus_on_a_handle_is_visible(map_page: Page) -> None:
    part(map_page, "from").press("ArrowLeft")
    outlines = part(map_page, "from").evaluate(
        """handle => [handle, ...[null, "::before", "::after"].map(p => p)]
            .slice(1).map(p => getComputedStyle(handle, p))
            .some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                || style.boxShadow !== "none")"""
    )
    assert outlines


# The pointer on the timeline

# What is on screen at each move: the window's end, events told, listed and marked.
RECORD = """() => {
    window.seen = [];
    addEventListener("pointermove", () => {
        const { from, to, visible, marks } = window.timemap.state();
        const listed = [...document.querySelectorAll(".tm-item")].filter(item => !item.hidden);
        seen.push({ from, to, visible: visible.length, listed: listed.length, marks,
            drawn: document.querySelectorAll(".tm-mark").length });
    });
}"""


def drag(page: Page, start: tuple[float, float], by: int, steps: int) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by, start[1], steps=steps)
    page.mouse.up()


def minutes(text: str) -> int:
    return minute_of(parse_moment(text))


@pytest.mark.parametrize(("name", "by"), [("to", 90), ("from", -90)])
def test_dragged_handle_shows_every_quarter_of_an_hour_it_crosses(
    map_page: Page, shipped: Dataset, name: str, by: int
) -> None:
    map_page.evaluate(RECORD)
    drag(map_page, middle(part(map_page, name)), by, steps=abs(by))
    seen: list[dict[str, Any]] = map_page.evaluate("seen")
    crossed = list(dict.fromkeys(minutes(one[name]) for one in seen))
    way = QUARTER_MIN if by > 0 else -QUARTER_MIN
    assert len(crossed) > 10
    assert crossed == list(range(crossed[0], crossed[-1] + way, way))
    for one in seen:
        query = Query(start=parse_moment(one["from"]), end=parse_moment(one["to"]))
        wanted = len(select(shipped, query).visible)
        assert (one["visible"], one["listed"]) == (wanted, wanted)
        assert one["marks"] == one["drawn"]


def test_dragging_the_window_moves_both_its_ends(map_page: Page) -> None:
    map_page.evaluate(RECORD)
    drag(map_page, middle(part(map_page, "window")), 80, steps=40)
    seen = map_page.evaluate("seen")
    widths = {minutes(one["to"]) - minutes(one["from"]) for one in seen}
    assert widths == {120}
    assert len({one["to"] for one in seen}) > 10
    assert state(map_page)["from"] > "2022-01-05T16:00"


def test_window_dragged_against_the_end_keeps_its_width(map_page: Page) -> None:
    set_state(map_page, from_="2022-01-27T18:00", to="2022-01-27T22:00")
    drag(map_page, middle(part(map_page, "window")), 700, steps=10)
    assert window(map_page) == ("2022-01-27T20:00", "2022-01-28T00:00")


def test_press_beside_the_window_brings_the_nearer_end(map_page: Page) -> None:
    x, y = middle(part(map_page, "to"))
    map_page.mouse.click(x + 60, y)
    start, end = window(map_page)
    assert start == "14:00"
    assert end > "18:00"


def test_overview_moves_what_the_detail_shows_and_not_the_window(
    map_page: Page,
) -> None:
    ticks = part(map_page, "ticks")
    before = ticks.inner_text()
    box = part(map_page, "overview").bounding_box()
    assert box
    map_page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
    expect(ticks).not_to_have_text(before)
    assert window(map_page) == ("14:00", "16:00")


def test_zoom_buttons_of_the_timeline_leave_the_window_alone(map_page: Page) -> None:
    width = "element => element.getBoundingClientRect().width"
    before = part(map_page, "brush").evaluate(width)
    part(map_page, "zoom-in").click()
    part(map_page, "zoom-in").click()
    map_page.wait_for_function(
        "([before]) => document.querySelector('[data-part=brush]')"
        ".getBoundingClientRect().width < before / 2",
        arg=[before],
    )
    assert window(map_page) == ("14:00", "16:00")


# Filters


def chip(page: Page, group: KindGroup) -> Locator:
    return page.locator(f"[data-group='{list(KindGroup).index(group)}']")


def kinds_of(*groups: KindGroup) -> set[str]:
    return {kind.value for kind in Kind if GROUP_OF[kind] in groups}


def test_legend_chips_filter_by_their_kinds(map_page: Page) -> None:
    fire = chip(map_page, KindGroup.ATTACK_AND_FIRE)
    fire.click()
    assert set(state(map_page)["kinds"]) == kinds_of(KindGroup.ATTACK_AND_FIRE)
    expect(fire).to_have_attribute("aria-pressed", "true")
    chip(map_page, KindGroup.SHOTS_AND_HARM).click()
    both = (KindGroup.ATTACK_AND_FIRE, KindGroup.SHOTS_AND_HARM)
    assert set(state(map_page)["kinds"]) == kinds_of(*both)
    fire.click()
    assert set(state(map_page)["kinds"]) == kinds_of(KindGroup.SHOTS_AND_HARM)
    expect(fire).to_have_attribute("aria-pressed", "false")


def test_all_chips_together_are_no_filter(map_page: Page) -> None:
    for group in KindGroup:
        chip(map_page, group).click()
    assert state(map_page)["kinds"] == []
    assert len(state(map_page)["visible"]) == 35


def test_attribution_chips_filter_by_who_says_so(map_page: Page) -> None:
    map_page.get_by_text("Who says so").first.click()
    map_page.locator("[data-by='rumour']").click()
    map_page.locator("[data-by='observed']").click()
    wanted = {Attribution.RUMOUR.value, Attribution.OBSERVED.value}
    assert set(state(map_page)["attributions"]) == wanted
    map_page.locator("[data-by='observed']").click()
    assert state(map_page)["attributions"] == [Attribution.RUMOUR.value]
    assert state(map_page)["visible"] == [
        "rumour-defections",
        "rumour-gas-roofs",
        "live-or-rubber-rounds",
    ]


def test_words_filter_as_they_are_typed(map_page: Page) -> None:
    part(map_page, "words").press_sequentially("TOLE bárr")
    assert state(map_page)["q"] == "TOLE bárr"
    assert "tole-bi-barricades" in state(map_page)["visible"]
    part(map_page, "words").press("Space")
    expect(map_page.locator(".tm")).to_have_attribute("data-playing", "false")


def test_possible_too_is_a_switch(map_page: Page) -> None:
    part(map_page, "possible").check()
    assert len(state(map_page)["visible"]) == 35 + 9
    part(map_page, "possible").uncheck()
    assert len(state(map_page)["visible"]) == 35


def test_mode_is_a_choice_of_two(map_page: Page) -> None:
    map_page.get_by_label("Everything so far").check()
    assert state(map_page)["mode"] == "sofar"
    expect(part(map_page, "clock")).to_contain_text("Everything up to")
    map_page.get_by_label("Only this window").check()
    assert state(map_page)["mode"] == "window"


def test_clear_lifts_all_filters_but_the_time(map_page: Page) -> None:
    expect(part(map_page, "clear")).to_be_hidden()
    chip(map_page, KindGroup.ATTACK_AND_FIRE).click()
    part(map_page, "words").fill("fire")
    part(map_page, "clear").click()
    now = state(map_page)
    assert [now[key] for key in ("kinds", "attributions", "q", "only")] == [
        [],
        [],
        "",
        None,
    ]
    expect(part(map_page, "words")).to_have_value("")
    assert window(map_page) == ("14:00", "16:00")


def test_moments_are_one_click_away(map_page: Page) -> None:
    moment = map_page.locator("[data-moment]").first
    moment.click()
    assert window(map_page) == ("2022-01-04T17:00", "2022-01-04T21:00")
    expect(moment).to_have_attribute("aria-pressed", "true")
    part(map_page, "forward").click()
    expect(moment).to_have_attribute("aria-pressed", "false")


# Steps and play


def test_step_buttons_move_the_whole_window(map_page: Page) -> None:
    part(map_page, "forward").click()
    assert window(map_page) == ("15:00", "17:00")
    part(map_page, "back").click()
    part(map_page, "back").click()
    assert window(map_page) == ("13:00", "15:00")


def test_window_stepped_against_the_start_keeps_its_width(map_page: Page) -> None:
    set_state(map_page, from_="2022-01-01T01:00", to="2022-01-01T04:00")
    for _ in range(3):
        part(map_page, "back").click()
    assert window(map_page) == ("2022-01-01T00:00", "2022-01-01T03:00")


def test_window_stepped_against_the_end_keeps_its_width(map_page: Page) -> None:
    set_state(map_page, from_="2022-01-27T20:00", to="2022-01-27T23:30")
    for _ in range(3):
        part(map_page, "forward").click()
    assert window(map_page) == ("2022-01-27T20:30", "2022-01-28T00:00")


def is_playing(page: Page, *, wanted: bool) -> None:
    expect(page.locator(".tm")).to_have_attribute("data-playing", str(wanted).lower())


def test_motion_is_paused_at_first(map_page: Page) -> None:
    is_playing(map_page, wanted=False)


def test_space_plays_and_pauses(map_page: Page) -> None:
    map_page.keyboard.press("Space")
    is_playing(map_page, wanted=True)
    until_state(map_page, "state.to > '2022-01-05T16:10'")
    map_page.keyboard.press("Space")
    is_playing(map_page, wanted=False)


def test_space_on_the_map_plays_too(map_page: Page) -> None:
    map_page.locator(".leaflet-container").focus()
    map_page.keyboard.press("Space")
    is_playing(map_page, wanted=True)


def test_space_on_the_play_button_toggles_once(map_page: Page) -> None:
    button = part(map_page, "play")
    expect(button).to_have_accessible_name("Play")
    button.press("Space")
    is_playing(map_page, wanted=True)
    expect(button).to_have_accessible_name("Pause")
    button.press("Space")
    is_playing(map_page, wanted=False)


def test_hand_on_a_handle_ends_play(map_page: Page) -> None:
    part(map_page, "play").click()
    is_playing(map_page, wanted=True)
    part(map_page, "to").press("ArrowRight")
    is_playing(map_page, wanted=False)


def test_speed_is_the_readers_choice(map_page: Page) -> None:
    # Four hours a second reach the next day long before one hour a second does.
    map_page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    map_page.reload()
    map_page.wait_for_function("() => window.timemap !== undefined")
    set_state_without_frames(map_page)
    map_page.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))
    ends = {}
    for speed in ("15", "60", "240"):
        set_state_without_frames(map_page)
        part(map_page, "speed").select_option(speed)
        map_page.evaluate("() => window.timemap.play()")
        map_page.clock.run_for(2000)
        map_page.evaluate("() => window.timemap.pause()")
        ends[speed] = minutes(state(map_page)["to"])
    start = minutes("2022-01-05T16:00")
    for speed, end in ends.items():
        assert end - start == pytest.approx(2 * int(speed), rel=0.1)


def set_state_without_frames(page: Page) -> None:
    """Set the narrow window where the clock may stand still."""
    page.evaluate(
        "() => window.timemap.set({ from: '2022-01-05T14:00', to: '2022-01-05T16:00' })"
    )


# List, cards and marks

TITLE = "People break into the city administration"
EVENT = "akimat-broken-into"


def open_card(page: Page) -> Locator:
    return page.locator(".tm-card:visible")


def test_item_of_the_list_opens_its_card(map_page: Page) -> None:
    item(map_page, TITLE).click()
    heading = open_card(map_page).locator("h2")
    expect(heading).to_have_text(TITLE)
    expect(heading).to_be_focused()
    assert state(map_page)["selected"] == EVENT


def test_enter_on_an_item_opens_its_card(map_page: Page) -> None:
    item(map_page, TITLE).press("Enter")
    expect(open_card(map_page).locator("h2")).to_have_text(TITLE)


def test_escape_closes_the_card_and_gives_the_focus_back(map_page: Page) -> None:
    item(map_page, TITLE).press("Enter")
    expect(open_card(map_page)).to_be_visible()
    map_page.keyboard.press("Escape")
    expect(open_card(map_page)).to_have_count(0)
    expect(item(map_page, TITLE)).to_be_focused()
    assert state(map_page)["selected"] is None


def test_escape_closes_a_card_that_somebody_else_opened(map_page: Page) -> None:
    set_state(map_page, selected=EVENT)
    expect(open_card(map_page)).to_be_visible()
    map_page.keyboard.press("Escape")
    expect(open_card(map_page)).to_have_count(0)
    assert state(map_page)["selected"] is None


def test_back_to_the_list_closes_the_card(map_page: Page) -> None:
    item(map_page, TITLE).click()
    map_page.get_by_role("button", name="Back to the list").click()
    expect(part(map_page, "list")).to_be_visible()
    expect(item(map_page, TITLE)).to_be_focused()


def test_card_says_all_a_reader_must_know(map_page: Page, shipped: Dataset) -> None:
    item(map_page, TITLE).click()
    row = shipped.events.loc[EVENT]
    card = open_card(map_page)
    expect(card).to_contain_text(row["summary"])
    expect(card).to_contain_text("Attack on a building")
    expect(card).to_contain_text("5 January 2022")
    expect(card).to_contain_text("known to about an hour")
    expect(card).to_contain_text("Almaty city administration")
    expect(card).to_contain_text("the authors saw it")
    expect(card).to_contain_text("confirmed by an independent source")
    for text in (*row["contradictions"], row["note"]):
        expect(card).to_contain_text(text)
    expect(card.locator(".tm-sources li")).to_have_count(len(row["sources"]))
    for adds in shipped.evidence["adds"][shipped.evidence["event"] == EVENT]:
        expect(card).to_contain_text(adds)


def test_sources_are_links_that_leave_the_page_alone(map_page: Page) -> None:
    item(map_page, TITLE).click()
    links = open_card(map_page).locator(".tm-sources a")
    expect(links).not_to_have_count(0)
    for link in links.all():
        assert re.match("https?://", link.get_attribute("href") or "")
    assert map_page.evaluate("document.querySelector('base').target") == "_blank"
    expect(map_page.locator("meta[name=referrer]")).to_have_attribute(
        "content", "no-referrer"
    )


def test_earlier_and_later_walk_through_the_window(map_page: Page) -> None:
    visible = state(map_page)["visible"]
    place = visible.index(EVENT)
    item(map_page, TITLE).click()
    map_page.get_by_role("button", name="Later").click()
    assert state(map_page)["selected"] == visible[place + 1]
    map_page.get_by_role("button", name="Earlier").click()
    map_page.get_by_role("button", name="Earlier").click()
    assert state(map_page)["selected"] == visible[place - 1]
    expect(open_card(map_page)).to_have_count(1)


def test_last_event_has_no_later_one(map_page: Page) -> None:
    last = state(map_page)["visible"][-1]
    set_state(map_page, selected=last)
    later = map_page.get_by_role("button", name="Later")
    if later.is_enabled():
        later.click()
    assert state(map_page)["selected"] == last


def test_show_on_the_map_brings_the_place_into_view(map_page: Page) -> None:
    set_state(map_page, view={"lat": 50.0, "lon": 60.0, "zoom": 9}, selected=EVENT)
    part(map_page, "locate").click()
    until_state(map_page, "Math.abs(state.view.lat - 43.24) < 0.05")
    assert state(map_page)["view"]["lon"] == pytest.approx(76.95, abs=0.05)
    assert state(map_page)["selected"] == EVENT


def test_event_without_a_place_offers_no_way_to_the_map(map_page: Page) -> None:
    set_state(map_page, selected="few-police-visible")
    expect(open_card(map_page)).to_be_visible()
    expect(part(map_page, "locate")).to_be_hidden()


NEAR = {"lat": 43.2382, "lon": 76.9453, "zoom": 16}


def mark(page: Page, place: str) -> Locator:
    return page.locator(f".tm-mark[data-places~='{place}']")


def test_enter_on_a_mark_of_one_event_opens_its_card(map_page: Page) -> None:
    set_state(map_page, view=NEAR, only=[EVENT])
    mark(map_page, "almaty-akimat").press("Enter")
    expect(open_card(map_page).locator("h2")).to_have_text(TITLE)
    map_page.keyboard.press("Escape")
    expect(mark(map_page, "almaty-akimat")).to_be_focused()


def test_space_on_a_mark_opens_it_and_does_not_play(map_page: Page) -> None:
    set_state(map_page, view=NEAR, only=[EVENT])
    mark(map_page, "almaty-akimat").press("Space")
    expect(open_card(map_page)).to_be_visible()
    is_playing(map_page, wanted=False)


def test_click_on_a_mark_of_several_lists_that_places_events(map_page: Page) -> None:
    set_state(map_page, view=NEAR)
    assert count_at(map_page, "republic-square") == 4
    mark(map_page, "republic-square").click()
    expect(part(map_page, "place-name")).to_have_text("Republic Square")
    expect(part(map_page, "place-name")).to_be_focused()
    times = map_page.locator(".tm-item:visible").evaluate_all(
        "items => items.map(item => Number(item.dataset.row))"
    )
    assert len(times) == 4
    assert times == sorted(times)
    assert len(state(map_page)["visible"]) == 35
    map_page.keyboard.press("Escape")
    expect(part(map_page, "place")).to_be_hidden()
    expect(map_page.locator(".tm-item:visible")).to_have_count(35)


def test_all_places_leads_back_to_the_whole_list(map_page: Page) -> None:
    set_state(map_page, view=NEAR)
    mark(map_page, "republic-square").press("Enter")
    map_page.get_by_role("button", name="All places").click()
    expect(map_page.locator(".tm-item:visible")).to_have_count(35)


def test_city_and_country_are_one_click_away(map_page: Page) -> None:
    map_page.get_by_role("button", name="The whole country").click()
    until_state(map_page, "state.view.zoom < 7")
    assert any("aktobe" in one.places for one in marks(map_page))
    map_page.get_by_role("button", name="The city", exact=True).click()
    until_state(map_page, "state.view.zoom > 10")


# Routes


def test_entry_of_a_route_shows_its_march(map_page: Page, shipped: Dataset) -> None:
    entry = map_page.locator("#tm-route-r5-tole-bi-march-5-jan")
    entry.locator("summary").click()
    entry.get_by_role("button", name="Show this march on the map").click()
    row = shipped.routes.loc["r5-tole-bi-march-5-jan"]
    now = state(map_page)
    assert (parse_moment(now["from"]), parse_moment(now["to"])) == (
        row["start"],
        row["end"],
    )
    expect(map_page.locator("path.tm-leg.tm-chosen").first).to_be_attached()


def test_card_of_a_march_leads_to_its_route(map_page: Page) -> None:
    set_state(map_page, selected="tole-bi-march-reaches-square")
    open_card(map_page).locator("[data-route]").click()
    expect(map_page.locator("path.tm-leg.tm-chosen").first).to_be_attached()


def test_route_of_unknown_way_is_listed_and_not_drawn(
    map_page: Page, shipped: Dataset
) -> None:
    set_state(map_page, from_="2022-01-01T00:00", to="2022-01-28T00:00")
    drawn = int((shipped.legs["sketch"] == "line").sum())
    expect(map_page.locator("path.tm-leg.tm-faint")).to_have_count(drawn)
    expect(map_page.locator(".tm-route")).to_have_count(len(shipped.routes))


def test_routes_show_only_while_their_bounds_overlap_the_window(map_page: Page) -> None:
    set_state(map_page, from_="2022-01-20T00:00", to="2022-01-21T00:00")
    expect(map_page.locator("path.tm-leg.tm-faint")).to_have_count(0)


def test_head_of_a_timed_march_is_estimated_and_moves(map_page: Page) -> None:
    label = map_page.locator(".tm-head-label")
    spots = []
    for to in ("2022-01-05T12:00", "2022-01-05T13:00"):
        set_state(map_page, from_="2022-01-05T11:00", to=to, view=NEAR | {"zoom": 12})
        expect(label).to_have_count(1)
        expect(label).to_contain_text("estimated")
        spots.append(middle(map_page.locator(".tm-head svg")))
    assert spots[0] != spots[1]


# What is said aloud


def test_count_is_spoken_after_a_rest_and_not_before(
    page: Page, exported_page: Path
) -> None:
    page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    open_exported(page, exported_page)
    page.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))
    page.clock.run_for(5000)
    live = part(page, "live")
    before = live.text_content()
    set_state_without_frames(page)
    page.clock.run_for(300)
    assert live.text_content() == before
    page.clock.run_for(2000)
    expect(live).to_have_text(
        "35 events of 139: 0 sure, 7 likely, 28 some time that day, 0 possible"
    )
    assert live.get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_is_spoken_in_play_and_the_count_after_it(
    page: Page, exported_page: Path, motion: Literal["no-preference", "reduce"]
) -> None:
    # With less motion there is a rest of a second between two steps of play.
    page.emulate_media(reduced_motion=motion)
    page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    open_exported(page, exported_page)
    set_state_without_frames(page)
    page.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))
    page.clock.run_for(5000)
    live = part(page, "live")
    before = live.text_content()
    page.evaluate("() => window.timemap.play()")
    page.clock.run_for(5900)
    assert state(page)["to"] > "2022-01-05T20:00"
    assert live.text_content() == before
    page.evaluate("() => window.timemap.pause()")
    page.clock.run_for(2000)
    now = state(page)
    expect(live).to_contain_text(f"{len(now['visible'])} events of 139")


# What a hand can reach, set() gives


def test_state_reached_by_hand_is_what_set_gives(map_page: Page) -> None:
    part(map_page, "to").press("ArrowRight")
    chip(map_page, KindGroup.ATTACK_AND_FIRE).click()
    part(map_page, "possible").check()
    map_page.get_by_label("Everything so far").check()
    part(map_page, "words").fill("administration")
    item(map_page, TITLE).click()
    by_hand = state(map_page)
    set_state(
        map_page,
        from_="2022-01-01T00:00",
        to="2022-01-02T00:00",
        mode="window",
        possible=False,
        kinds=[],
        q="",
        selected=None,
        view={"lat": 48.0, "lon": 66.0, "zoom": 5},
    )
    keys = ("from", "to", "mode", "possible", "kinds", "attributions", "q", "only")
    wanted = {key: by_hand[key] for key in (*keys, "selected", "view")}
    map_page.evaluate("wanted => window.timemap.set(wanted)", wanted)
    assert state(map_page) == by_hand
    assert by_hand["visible"]
    assert moment_of(minutes(by_hand["to"])).hour == 17
