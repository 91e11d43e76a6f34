"""`window.timemap` as others may rely on it, in the page from disk."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from geo.dataset import Dataset
from geo.vocab import Status
from tests.browser.guard import Guard
from tests.browser.hands import FRAMES_GRANTED, part, set_state, state, until_state
from tests.browser.maps import open_exported

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")

KEYS = [
    *("from", "to", "mode", "possible", "kinds", "attributions", "q", "only"),
    *("selected", "view", "visible", "possible_ids", "statuses", "marks", "total"),
]


def test_state_has_the_keys_of_the_contract_and_no_others(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    assert list(state(page)) == KEYS


def test_first_state_is_unfiltered_and_has_the_types_of_the_contract(
    page: Page, exported_page: Path, shipped: Dataset
) -> None:
    open_exported(page, exported_page)
    first = state(page)
    assert MOMENT.fullmatch(first["from"])
    assert MOMENT.fullmatch(first["to"])
    plain = ("mode", "possible", "kinds", "attributions", "q", "only", "selected")
    assert [first[key] for key in plain] == ["window", False, [], [], "", None, None]
    assert set(first["view"]) == {"lat", "lon", "zoom"}
    assert first["total"] == len(shipped.events)
    assert set(first["statuses"].values()) <= set(Status)
    assert set(first["visible"]) | set(first["possible_ids"]) == set(first["statuses"])


def test_page_opens_on_4_to_6_january(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    first = state(page)
    assert (first["from"], first["to"]) == ("2022-01-04T00:00", "2022-01-07T00:00")


# Odd minutes, an empty window, one turned round, and years nothing is known of.
WINDOWS = [
    ("2022-01-05T14:07", "2022-01-05T14:08"),
    ("2022-01-05T14:00", "2022-01-05T14:00"),
    ("2022-01-06T00:00", "2022-01-05T00:00"),
    ("1999-12-31T23:59", "2000-01-01T00:01"),
    ("2022-01-01T00:00", "2199-12-31T23:59"),
]


def test_set_window_is_neither_clamped_nor_snapped(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    for window in WINDOWS:
        set_state(page, from_=window[0], to=window[1])
        now = state(page)
        assert (now["from"], now["to"]) == window


VIEWS = [
    {"lat": 43.25, "lon": 76.9, "zoom": 12},
    {"lat": 43.2534, "lon": 76.9123, "zoom": 12},
    {"lat": 43.25341, "lon": 76.91231, "zoom": 12},
    {"lat": 43.2534, "lon": 76.9123, "zoom": 12.34},
    {"lat": 48.5, "lon": 67.25, "zoom": 4.5},
    {"lat": 43.238949, "lon": 76.945465, "zoom": 18},
]


def test_view_reads_back_exactly_as_it_was_set(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    for view in VIEWS:
        set_state(page, view=view)
        assert state(page)["view"] == view


def test_view_set_together_with_a_card_is_kept(page: Page, exported_page: Path) -> None:
    # Neither the card's own place nor the mark's may draw the map away.
    open_exported(page, exported_page)
    view = {"lat": 50.28, "lon": 57.17, "zoom": 11}
    set_state(page, selected="residence-approaches", view=view)
    until_state(page, "state.selected === 'residence-approaches'")
    page.evaluate(
        "async () => { for (let i = 0; i < 40; i += 1) await new Promise(requestAnimationFrame) }"
    )
    assert state(page)["view"] == view


# Frames until the list and the marks in the document are those of the new state.
FRAMES_UNTIL_SHOWN = """async ([partial, titles]) => {
    const shown = () => [...document.querySelectorAll(".tm-item")]
        .filter(item => !item.hidden && !item.closest("[data-scope]").hidden).length;
    window.timemap.set(partial);
    for (let frames = 1; frames <= 60; frames += 1) {
        await new Promise(requestAnimationFrame);
        if (shown() === titles) return frames;
    }
    return null;
}"""


CHANGES: list[tuple[dict[str, Any], int]] = [
    ({"from": "2022-01-05T14:00", "to": "2022-01-05T16:00"}, 35),
    ({"from": "2022-01-01T00:00", "to": "2022-01-28T00:00"}, 139),
    ({"from": "2022-01-05T14:00", "to": "2022-01-05T14:00"}, 0),
]


def test_set_shows_within_two_frames(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    for partial, events in CHANGES:
        frames = page.evaluate(FRAMES_UNTIL_SHOWN, [partial, events])
        assert frames is not None
        assert frames <= FRAMES_GRANTED


def test_possible_events_are_told_always_and_visible_when_asked_for(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T14:00", to="2022-01-05T16:00", possible=True)
    shown = state(page)
    set_state(page, possible=False)
    hidden = state(page)
    assert len(shown["possible_ids"]) == 9
    assert hidden["possible_ids"] == shown["possible_ids"]
    assert hidden["statuses"] == shown["statuses"]
    assert set(shown["visible"]) - set(hidden["visible"]) == set(shown["possible_ids"])


def test_only_keeps_to_the_ids_handed_over(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    # In file order, whatever order they are asked for in; the unknown is nobody.
    set_state(page, only=["akimat-broken-into", "nobody", "nur-otan-fire"])
    assert state(page)["visible"] == ["nur-otan-fire", "akimat-broken-into"]
    set_state(page, only=[])
    assert state(page)["visible"] == []
    set_state(page, only=None)
    assert len(state(page)["visible"]) > 100


def test_sofar_begins_with_the_data(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    window = {"from_": "2022-01-05T14:00", "to": "2022-01-05T16:00"}
    set_state(page, **window, mode="sofar")
    so_far = state(page)["visible"]
    set_state(page, from_="2022-01-01T00:00", to="2022-01-05T16:00", mode="window")
    assert state(page)["visible"] == so_far


def test_selected_opens_a_card_and_null_closes_it(
    page: Page, exported_page: Path, shipped: Dataset
) -> None:
    open_exported(page, exported_page)
    for event in ("akimat-broken-into", "nur-otan-fire"):
        set_state(page, selected=event)
        cards = page.locator(".tm-card:visible")
        expect(cards).to_have_count(1)
        expect(cards.locator("h2")).to_have_text(shipped.events.loc[event, "title"])
        assert state(page)["selected"] == event
    set_state(page, selected=None)
    expect(page.locator(".tm-card:visible")).to_have_count(0)
    expect(part(page, "list")).to_be_visible()
    assert state(page)["selected"] is None


def test_marks_are_the_markers_in_the_document(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    for zoom in (4, 9, 12, 15, 18):
        for to in ("2022-01-04T06:00", "2022-01-05T16:00", "2022-01-28T00:00"):
            view = {"lat": 43.24, "lon": 76.94, "zoom": zoom}
            set_state(page, from_="2022-01-01T00:00", to=to, view=view)
            assert state(page)["marks"] == page.locator(".tm-mark").count()


def test_marks_part_as_one_zooms_in(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    numbers = []
    for zoom in (10, 12, 14, 16):
        set_state(page, view={"lat": 43.24, "lon": 76.94, "zoom": zoom})
        numbers.append(state(page)["marks"])
    assert numbers == sorted(set(numbers))


def test_state_is_a_copy(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    before = state(page)
    page.evaluate(
        """() => {
            const state = window.timemap.state();
            state.kinds.push("fire"); state.view.zoom = 3; state.visible.length = 0;
            state.statuses["akimat-broken-into"] = "possible";
        }"""
    )
    assert state(page) == before


REFUSED: list[dict[str, Any]] = [
    {"from": "05.01.2022"},
    {"q": "words", "mode": "range"},
    {"kinds": ["flood"]},
    {"view": {"lat": 43}},
    {"possible": 1},
]


def test_set_refuses_what_it_cannot_read_and_changes_nothing(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    before = state(page)
    for partial in REFUSED:
        with pytest.raises(Error, match=r"expected|such|not"):
            page.evaluate("partial => window.timemap.set(partial)", partial)
        assert state(page) == before


def test_play_walks_on_and_pause_stops(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T08:00", to="2022-01-05T11:00")
    page.evaluate("() => window.timemap.play()")
    until_state(page, "state.to > '2022-01-05T11:20'")
    page.evaluate("() => window.timemap.pause()")
    stopped = state(page)
    page.evaluate(
        "async () => { for (let i = 0; i < 20; i += 1) await new Promise(requestAnimationFrame) }"
    )
    assert state(page) == stopped


def test_play_keeps_the_width_of_the_window(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T08:00", to="2022-01-05T11:00")
    page.evaluate("() => window.timemap.play()")
    until_state(page, "state.to > '2022-01-05T11:20'")
    assert page.evaluate(
        """() => {
            window.timemap.pause();
            const { from, to } = window.timemap.state();
            return (new Date(`${to}Z`) - new Date(`${from}Z`)) / 60000;
        }"""
    ) == pytest.approx(180)


def test_play_ends_with_the_data(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-27T20:00", to="2022-01-27T23:30")
    part(page, "speed").select_option("240")
    page.evaluate("() => window.timemap.play()")
    expect(page.locator(".tm")).to_have_attribute("data-playing", "false")
    assert state(page)["to"] == "2022-01-28T00:00"


# What the page looked like at the moment window.timemap came into being.
CATCH = """() => {
    Object.defineProperty(window, "timemap", {
        configurable: true,
        get: () => undefined,
        set(value) {
            window.caught = {
                ready: document.querySelector(".tm").dataset.ready,
                marks: document.querySelectorAll(".tm-mark").length,
                listed: [...document.querySelectorAll(".tm-item")].filter(i => !i.hidden).length,
            };
            Object.defineProperty(window, "timemap", { value, writable: true });
        },
    });
}"""


def test_contract_is_exposed_when_the_map_is_drawn_and_not_before(
    page: Page, exported_page: Path
) -> None:
    page.add_init_script(f"({CATCH})()")
    open_exported(page, exported_page)
    first = state(page)
    assert page.evaluate("window.caught") == {
        "ready": "true",
        "marks": first["marks"],
        "listed": len(first["visible"]),
    }


def test_map_that_cannot_be_drawn_says_so_and_exposes_nothing(
    page: Page, exported_page: Path, tmp_path: Path, guard: Guard
) -> None:
    guard.allow("TypeError")  # the console says why, as the page promises
    broken = tmp_path / "broken.html"
    text = exported_page.read_text(encoding="utf-8")
    assert text.count('"events":{"ids"') == 1
    broken.write_text(
        text.replace('"events":{"ids"', '"lost":{"ids"'), encoding="utf-8"
    )
    page.goto(broken.as_uri())
    expect(part(page, "failure")).to_be_visible()
    assert page.evaluate("window.timemap === undefined")


def test_fragment_sets_the_first_state(page: Page, exported_page: Path) -> None:
    fragment = (
        "from=2022-01-05T14:07&to=2022-01-05T16:00&mode=sofar&possible=1&kinds=fire,clash"
        "&by=observed&q=%D0%B5%20akimat&id=nur-otan-fire&view=43.25,76.95,13.5"
    )
    open_exported(page, exported_page, fragment)
    now = state(page)
    assert {key: now[key] for key in KEYS[:7]} == {
        "from": "2022-01-05T14:07",
        "to": "2022-01-05T16:00",
        "mode": "sofar",
        "possible": True,
        "kinds": ["fire", "clash"],
        "attributions": ["observed"],
        "q": "е akimat",
    }
    assert now["selected"] == "nur-otan-fire"
    assert now["view"] == {"lat": 43.25, "lon": 76.95, "zoom": 13.5}


def test_address_of_a_state_opens_the_same_state(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    set_state(
        page,
        from_="2022-01-05T14:07",
        to="2022-01-06T16:00",
        possible=True,
        kinds=["fire", "clash"],
        q="the",
        selected="nur-otan-fire",
        view={"lat": 43.25, "lon": 76.95, "zoom": 13.5},
    )
    page.wait_for_function("() => location.hash.includes('id=nur-otan-fire')")
    before, address = state(page), page.evaluate("location.hash")
    page.goto("about:blank")
    open_exported(page, exported_page, address.removeprefix("#"))
    assert state(page) == before


def test_address_changed_by_hand_changes_the_map(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    page.evaluate("location.hash = '#from=2022-01-05T14:00&to=2022-01-05T16:00'")
    until_state(page, "state.visible.length === 35")


def test_spoilt_fragment_is_dropped_without_an_error(
    page: Page, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    before = state(page)
    page.goto("about:blank")
    open_exported(page, exported_page, "from=05.01.2022&mode=x&kinds=flood&view=1,2")
    assert state(page) == before


def test_text_stands_in_the_ordinary_document(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    assert page.evaluate(
        "() => [...document.querySelectorAll('*')].every(one => !one.shadowRoot)"
    )
