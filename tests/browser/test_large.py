"""A map of 3,000 events: the same contract, painted into one canvas."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.query import Query, select
from geo.texts import Texts
from geo.timeline import parse_moment
from geo.timemap import render_page
from geo.vocab import Status
from tests import cast
from tests.browser.chromium import READER
from tests.browser.guard import Guard
from tests.browser.hands import listed_titles, part, set_state, state
from tests.browser.maps import open_exported
from tests.browser.test_map_contract import KEYS
from tests.browser.test_map_parity import ASK_ALL, as_answer, as_state, chance_of
from tests.generated import generated

EVENTS = 3000
HOW_MANY = 60
CITY = {"lat": 43.245, "lon": 76.93, "zoom": 12}
# The whole of the generated time, and a part of it in which less than 200 begin.
ALL = {"from_": "2022-01-01T00:00", "to": "2022-01-31T00:00"}
NIGHT = {"from_": "2022-01-05T00:00", "to": "2022-01-05T02:00"}


@pytest.fixture(scope="module")
def large() -> Dataset:
    """Events of which one bears a title that would be code elsewhere."""
    made = generated(EVENTS)
    events = made.events.copy()
    events.iloc[0, events.columns.get_loc("title")] = cast.HOSTILE
    return replace(made, events=events)


@pytest.fixture(scope="module")
def page(
    browser: Browser, large: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """One page for all tests here: each sets what it needs."""
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(render_page(large), encoding="utf-8")
    context = browser.new_context(**READER)
    guard = Guard(context)
    page = context.new_page()
    open_exported(page, path)
    yield page
    guard.check()
    context.close()


@pytest.fixture(autouse=True)
def fresh(page: Page) -> None:
    """Begin without filters, with all of time and the city in view."""
    filters: dict[str, Any] = {"kinds": [], "attributions": [], "q": "", "only": None}
    set_state(page, **ALL, **filters, mode="window", possible=False)
    set_state(page, selected=None, view=CITY)
    if part(page, "place-close").is_visible():
        part(page, "place-close").click()


def test_state_has_the_keys_of_the_contract(page: Page) -> None:
    now = state(page)
    assert list(now) == KEYS
    assert now["total"] == EVENTS
    assert now["visible"]


def test_page_and_python_agree_on_random_questions(page: Page, large: Dataset) -> None:
    queries = list(islice(chance_of(large).questions(), HOW_MANY))
    told = page.evaluate(ASK_ALL, [as_state(query) for query in queries])
    for query, answer in zip(queries, told, strict=True):
        assert answer == as_answer(large, query), query
    assert sum(bool(answer["visible"]) for answer in told) > HOW_MANY / 4


def test_only_keeps_to_the_ids_handed_over(page: Page) -> None:
    set_state(page, only=["row-40", "nobody", "row-7"])
    assert state(page)["visible"] == ["row-7", "row-40"]


def test_counts_are_written_in_words(page: Page, large: Dataset) -> None:
    set_state(page, **NIGHT)
    found = select(large, _query(large, NIGHT))
    shown = f"{len(found.visible):,} of 3,000 events"
    assert part(page, "count").inner_text() == shown
    assert (
        part(page, "count-certain")
        .inner_text()
        .startswith(f"{found.counts[Status.CERTAIN]:,} sure")
    )


def _query(dataset: Dataset, window: dict[str, str]) -> Query:
    return Query(start=parse_moment(window["from_"]), end=parse_moment(window["to"]))


def test_list_holds_the_first_two_hundred_in_order_of_time(
    page: Page, large: Dataset
) -> None:
    events = large.events.sort_values("start_min", kind="stable")
    expect(page.locator(".tm-item:visible")).to_have_count(200)
    assert listed_titles(page) == events["title"].tolist()[:200]
    expect(part(page, "first-of")).to_have_text(
        "The first 200 of 3,000 events, in the order of time."
    )
    set_state(page, only=["row-9"])
    assert listed_titles(page) == ["Event 7"]
    expect(part(page, "first-of")).to_be_hidden()


def test_card_says_all_that_is_known_of_an_event(page: Page, large: Dataset) -> None:
    texts = Texts()
    for event in ("row-9", "row-17", "row-23", "row-100"):
        set_state(page, selected=event)
        row = large.events.loc[event]
        card = page.locator(".tm-card:visible")
        expect(card.locator("h2")).to_have_text(row["title"])
        when = texts.span(
            row["start"],
            row["end"],
            row["earliest"],
            row["latest"],
            row["time_precision"],
        )
        expect(card.locator(".tm-span")).to_have_text(when)
        words = [row["summary"], row["note"], "1 source", *row["actors"]]
        words += [large.places.loc[place, "name_en"] for place in row["places"]]
        words += [large.sources[source]["title"] for source in row["sources"]]
        words += row["contradictions"]
        said = card.inner_text()
        assert [word for word in words if word not in said] == []


def test_text_of_the_data_stays_text(page: Page) -> None:
    set_state(page, selected="row-2")
    expect(page.locator(".tm-card:visible h2")).to_have_text(cast.HOSTILE)
    set_state(page, selected=None, only=["row-2"])
    assert listed_titles(page) == [cast.HOSTILE]
    assert page.locator("img").count() == 0


def _spot(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Give where a point lies on screen, in CSS pixels."""
    x, y = page.evaluate(
        """([lat, lon]) => {
            const {x, y} = map_timemap.latLngToContainerPoint([lat, lon]);
            const box = document.querySelector(".folium-map").getBoundingClientRect();
            return [box.left + x, box.top + y];
        }""",
        [lat, lon],
    )
    return x, y


def _inked(page: Page, x: float, y: float) -> bool:
    """Tell whether something is painted at a point of the screen."""
    return bool(
        page.evaluate(
            """([x, y]) => {
                const canvas = document.querySelector(".tm-large");
                const box = canvas.getBoundingClientRect();
                const scale = canvas.width / box.width;
                const [left, top] = [(x - box.left) * scale, (y - box.top) * scale];
                return canvas.getContext("2d").getImageData(left, top, 1, 1).data[3] > 0;
            }""",
            [x, y],
        )
    )


def _lonely(large: Dataset) -> str:
    """Choose an event with one place, in the city."""
    points = large.events.geometry[large.events.geom_type == "Point"]
    x, y = abs(points.x - CITY["lon"]), abs(points.y - CITY["lat"])
    return str(points.index[(x < 0.02) & (y < 0.01)][0])


def test_a_dot_stands_at_its_place_and_opens_its_card(
    page: Page, large: Dataset
) -> None:
    event = _lonely(large)
    row = large.events.loc[event]
    point = row.geometry
    set_state(page, only=[event])
    spot = _spot(page, point.y, point.x)
    assert state(page)["marks"] == 1
    assert _inked(page, *spot)
    assert not _inked(page, spot[0] + 25, spot[1])
    page.mouse.click(*spot)
    expect(page.locator(".tm-card:visible h2")).to_have_text(row["title"])
    assert state(page)["selected"] == event


def test_a_square_with_few_events_lists_them(page: Page, large: Dataset) -> None:
    found: dict[str, Any] = page.evaluate(
        """() => {
            const box = document.querySelector(".folium-map").getBoundingClientRect();
            const label = document.querySelector(".tm-large-label");
            for (let y = box.top + 80; y < box.bottom - 40; y += 20) {
                for (let x = box.left + 120; x < box.right - 40; x += 20) {
                    const where = {clientX: x, clientY: y, bubbles: true};
                    document.querySelector(".folium-map").dispatchEvent(new MouseEvent("mousemove", where));
                    if (/^[2-9]\\d? events here/.test(label.textContent)) return {x, y, words: label.textContent};
                }
            }
            return null;
        }"""
    )
    assert found
    page.mouse.click(found["x"], found["y"])
    number = int(found["words"].split()[0])
    expect(part(page, "place-count")).to_have_text(f"{number} events")
    expect(page.locator(".tm-item:visible")).to_have_count(number)


def test_zooming_in_parts_what_stood_together(page: Page) -> None:
    set_state(page, **NIGHT, view={**CITY, "zoom": 5})
    far = state(page)["marks"]
    set_state(page, view={**CITY, "zoom": 13})
    near = state(page)["marks"]
    assert 0 < far < near


def test_list_is_walked_by_keyboard(page: Page, large: Dataset) -> None:
    set_state(page, **NIGHT)
    titles = listed_titles(page)
    page.locator(".tm-item:visible button").nth(1).focus()
    page.keyboard.press("Enter")
    heading = page.locator(".tm-card:visible h2")
    expect(heading).to_have_text(titles[1])
    expect(heading).to_be_focused()
    page.locator("[data-later]").click()
    expect(heading).to_have_text(titles[2])
    page.locator("[data-earlier]").click()
    page.locator("[data-earlier]").click()
    expect(heading).to_have_text(titles[0])
    page.keyboard.press("Escape")
    expect(page.locator(".tm-card:visible")).to_have_count(0)
    expect(page.locator(".tm-item:visible button").nth(1)).to_be_focused()


def test_set_shows_within_two_frames(page: Page) -> None:
    for window in (NIGHT, ALL):
        set_state(page, **window)
        count = f"{len(state(page)['visible']):,} of 3,000 events"
        assert part(page, "count").inner_text() == count


def test_what_is_told_to_the_parent_holds_no_lists(
    page: Page, large: Dataset, browser: Browser, tmp_path: Path
) -> None:
    outer = tmp_path / "outer.html"
    (tmp_path / "inner.html").write_text(render_page(large), encoding="utf-8")
    outer.write_text(
        "<link rel=icon href=data:,><script>told = []; addEventListener('message', ({data}) =>"
        " told.push(data))</script><iframe src=inner.html width=900 height=700></iframe>",
        encoding="utf-8",
    )
    other = page.context.new_page()
    other.goto(outer.as_uri())
    other.wait_for_function("() => told.some(({state}) => state)")
    told = other.evaluate("() => told.find(({state}) => state).state")
    assert [key for key in KEYS if key not in told] == [
        *("visible", "possible_ids", "statuses"),
    ]
    other.close()


@pytest.mark.long
def test_a_hundred_thousand_events_answer_as_python_does(
    browser: Browser, tmp_path: Path
) -> None:
    large = generated(100_000)
    path = tmp_path / "large.html"
    path.write_text(render_page(large), encoding="utf-8")
    context = browser.new_context(**READER)
    guard = Guard(context)
    page = context.new_page()
    open_exported(page, path)
    queries = list(islice(chance_of(large).questions(), 12))
    told = page.evaluate(ASK_ALL, [as_state(query) for query in queries])
    for query, answer in zip(queries, told, strict=True):
        assert answer == as_answer(large, query), query
    guard.check()
    context.close()
