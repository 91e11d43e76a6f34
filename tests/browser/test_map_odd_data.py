"""Data of strangers: valid, and nothing like the shipped one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.dataset import load
from geo.timemap import render_page
from tests import cast
from tests.browser.hands import count_at, headings, item, part, set_state, state
from tests.browser.maps import open_exported

Show = Callable[..., None]

TEN, ELEVEN = cast.at("10:00"), cast.at("11:00")


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Show:
    """Write the cast with changes, and open its page."""

    def open_page(**changes: Any) -> None:
        folder = tmp_path / "data"
        folder.mkdir()
        path = tmp_path / "page.html"
        path.write_text(render_page(load(cast.write(folder, **changes))), "utf-8")
        open_exported(page, path)

    return open_page


def test_cast_shows_the_statuses_known_by_heart(page: Page, show: Show) -> None:
    show()
    set_state(page, from_=cast.FROM, to=cast.TO)
    assert state(page)["statuses"] == cast.STATUSES
    assert state(page)["possible_ids"] == ["shots-perhaps"]


def test_events_of_unknown_place_are_listed_under_their_heading(
    page: Page, show: Show
) -> None:
    show()
    set_state(page, from_=cast.FROM, to=cast.TO)
    # By heart: four at the square and the monument; the network; a hospital whose
    # address is not known and a statement from nowhere.
    assert headings(page) == {
        "On the map": 4,
        "The whole country": 1,
        "Place not known": 2,
    }
    expect(part(page, "count-listed")).to_have_text("3 in the list only")


def test_one_event_at_two_places_counts_at_each_and_once_where_they_merge(
    page: Page, show: Show
) -> None:
    show(events=[cast.event("one", TEN, ELEVEN, places="square;arena")])
    set_state(page, view={"lat": 43.25, "lon": 76.88, "zoom": 13})
    assert (count_at(page, "square"), count_at(page, "arena")) == (1, 1)
    set_state(page, view={"lat": 43.25, "lon": 76.88, "zoom": 6})
    assert state(page)["marks"] == 1
    assert count_at(page, "square") == 1


@pytest.mark.parametrize("places", ["almaty", "kazakhstan", ""])
def test_data_without_a_single_mark_has_a_map_all_the_same(
    page: Page, show: Show, places: str
) -> None:
    show(events=[cast.event("one", TEN, ELEVEN, places=places)])
    assert (state(page)["visible"], state(page)["marks"]) == (["one"], 0)
    page.get_by_role("button", name="The whole country").click()
    item(page, "One").click()
    expect(page.locator(".tm-card:visible h2")).to_have_text("One")


def test_single_instant_is_found_in_its_own_minute(page: Page, show: Show) -> None:
    show(events=[cast.event("one", TEN, TEN)])
    set_state(page, from_="2022-01-05T10:00", to="2022-01-05T10:01")
    assert state(page)["statuses"] == {"one": "certain"}
    set_state(page, from_="2022-01-05T09:59", to="2022-01-05T10:00")
    assert state(page)["visible"] == []


# Names that mean something to JavaScript, to the page or to a selector.
IDS = ["__proto__", "constructor", "city", "country", "stage", "0", "1.5:x", "площадь"]


def test_an_id_may_be_any_word(page: Page, show: Show) -> None:
    show(events=[cast.event(each, TEN, ELEVEN, title=f"Of {each}.") for each in IDS])
    assert state(page)["visible"] == IDS
    statuses = page.evaluate("() => Object.entries(window.timemap.state().statuses)")
    assert dict(statuses) == dict.fromkeys(IDS, "certain")
    for each in IDS:
        set_state(page, selected=each)
        heading = page.locator(".tm-card:visible h2")
        expect(heading).to_have_text(f"Of {each}.")
    set_state(page, q="Of __proto__.", selected=None)
    assert state(page)["visible"] == ["__proto__"]


def test_event_called_city_is_shown_where_it_was(page: Page, show: Show) -> None:
    show(events=[cast.event("city", TEN, ELEVEN, places="taraz")])
    set_state(page, selected="city")
    part(page, "locate").click()
    assert state(page)["view"]["lon"] == pytest.approx(71.37, abs=0.01)


def test_route_without_a_time_or_a_way_is_listed(page: Page, show: Show) -> None:
    none = dict.fromkeys(
        ("start", "end", "earliest_start", "latest_start", "earliest_end", "latest_end")
    )
    show(
        routes=[cast.route("walk", **none)],
        legs=[cast.leg("walk-1", None, evidence="unknown")],
    )
    entry = page.locator("#tm-route-walk")
    expect(entry).to_contain_text("time not known")
    expect(entry.locator("[data-route]")).to_have_count(0)
    expect(page.locator("path.tm-leg")).to_have_count(0)
