"""The map of a cube: counts on the same canvas, the same timeline and legend."""

from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from geo.timemap.cube import render_cube_page
from geo.vocab import Kind
from tests.browser.chromium import READER
from tests.browser.guard import Guard
from tests.browser.hands import part, set_state, state
from tests.browser.maps import open_exported
from tests.counted import counted_rows, write_cube

EVENTS = 20_000
CITY = {"lat": 43.24, "lon": 76.92, "zoom": 11}


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return counted_rows(EVENTS)


@pytest.fixture(scope="module")
def page(
    browser: Browser, rows: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """One page for all tests here: each sets what it needs."""
    folder = write_cube(tmp_path_factory.mktemp("cube"), rows)
    path = folder / "cube.html"
    path.write_text(render_cube_page(folder), encoding="utf-8")
    context = browser.new_context(**READER)
    guard = Guard(context)
    page = context.new_page()
    open_exported(page, path)
    yield page
    guard.check()
    context.close()


def test_window_and_kinds_are_counted(page: Page, rows: pd.DataFrame) -> None:
    # The first hour of the folder is 3 January, 05:00.
    set_state(page, from_="2022-01-04T05:00", to="2022-01-05T05:00", kinds=[])
    inside = rows[(rows["hour"] >= 24) & (rows["hour"] < 48)]
    assert part(page, "count").inner_text() == f"{len(inside):,} of 20,000 events"
    set_state(page, kinds=["fire", "march"])
    codes = [list(Kind).index(kind) for kind in (Kind.FIRE, Kind.MARCH)]
    of_kind = inside["kind"].isin(codes).sum()
    assert part(page, "count").inner_text() == f"{of_kind:,} of 20,000 events"


def test_an_hour_that_the_window_cuts_is_only_likely(
    page: Page, rows: pd.DataFrame
) -> None:
    set_state(page, from_="2022-01-04T05:30", to="2022-01-04T07:00", kinds=[])
    cut, whole = ((rows["hour"] == hour).sum() for hour in (24, 25))
    assert part(page, "count-certain").inner_text() == f"{whole:,} sure"
    assert part(page, "count-likely").inner_text() == f"{cut:,} likely"


def test_squares_part_as_one_zooms_in(page: Page) -> None:
    set_state(page, from_="2022-01-01T00:00", to="2022-01-31T00:00", kinds=[])
    numbers = []
    for zoom in (9, 12):
        set_state(page, view={**CITY, "zoom": zoom})
        numbers.append(state(page)["marks"])
    assert numbers == sorted(set(numbers))


def test_a_square_says_how_many_of_which_kinds(page: Page) -> None:
    set_state(page, from_="2022-01-01T00:00", to="2022-01-31T00:00", view=CITY)
    box = page.locator(".folium-map").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    label = page.locator(".tm-large-label")
    expect(label).to_contain_text("events here: People gather:")
    zoom = state(page)["view"]["zoom"]
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert state(page)["view"]["zoom"] == zoom + 2


def test_the_list_says_that_there_are_counts_only(page: Page) -> None:
    expect(page.get_by_text("This map holds counts by place")).to_be_visible()
    expect(part(page, "words")).to_be_hidden()
    set_state(page, selected="anything")
    assert state(page)["selected"] is None
    assert state(page)["visible"] == []


def test_time_plays(page: Page) -> None:
    set_state(page, from_="2022-01-04T05:00", to="2022-01-04T08:00", view=CITY)
    page.evaluate("() => window.timemap.play()")
    page.wait_for_function("() => window.timemap.state().to > '2022-01-04T08:05'")
    page.evaluate("() => window.timemap.pause()")
    assert state(page)["marks"] > 0
