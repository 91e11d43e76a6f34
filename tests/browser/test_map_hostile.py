"""Text from data is text, whatever it looks like, everywhere on the map."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.dataset import Dataset, load
from tests.browser.hands import marks, middle, part, set_state, state, until_state
from tests.browser.hostile import GOOD_ADDRESS, LOCATORS, hostile, write_hostile
from tests.browser.maps import open_exported
from tests.browser.server import ROOT

WHOLE = {"from_": "2022-01-01T00:00", "to": "2022-01-28T00:00", "possible": True}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return load(folder)


@pytest.fixture(scope="module")
def hostile_page(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "hostile.html"
    geo(f"export html --data {folder} -o {path}")
    return path


def geo(command: str) -> str:
    arguments = [sys.executable, "-m", "geo", *command.split()]
    return subprocess.run(
        arguments, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def shown(text: str) -> str:
    """Give a text as a reader sees it: HTML shows a run of blanks as one."""
    return re.sub(r"[ \t\n\f\r]+", " ", text)


def test_check_takes_hostile_text_for_valid_data(folder: Path) -> None:
    assert "139 events" in geo(f"check {folder}")


# Every kind of element in the page, and everything on one that could run.
ELEMENTS = """() => {
    const all = [...document.querySelectorAll("*")];
    const attributes = all.flatMap(one => [...one.attributes]);
    return {
        tags: [...new Set(all.map(one => one.localName))].sort(),
        scripts: document.scripts.length,
        styles: document.querySelectorAll("style").length,
        handlers: attributes.filter(({ name }) => name.startsWith("on")).length,
        addresses: [...new Set(attributes
            .filter(({ name }) => ["href", "src", "action", "formaction", "srcdoc"].includes(name))
            .map(({ value }) => value.split(":")[0].split("#")[0]))].sort(),
    };
}"""


def open_all_cards(page: Page, events: list[str]) -> None:
    page.evaluate(
        """events => {
            for (const selected of events) { window.timemap.set({ selected }); window.timemap.state(); }
            window.timemap.set({ selected: null });
            window.timemap.state();
        }""",
        events,
    )


def test_page_of_hostile_text_has_no_element_the_shipped_one_lacks(
    page: Page, exported_page: Path, hostile_page: Path, shipped: Dataset
) -> None:
    found: list[Mapping[str, Any]] = []
    for path in (exported_page, hostile_page):
        open_exported(page, path)
        set_state(page, **WHOLE)
        open_all_cards(page, list(shipped.events.index))
        found.append(page.evaluate(ELEMENTS))
    ours, theirs = found
    assert set(theirs["tags"]) <= set(ours["tags"])
    assert theirs["scripts"] == ours["scripts"]
    assert theirs["styles"] == ours["styles"]
    assert theirs["handlers"] == 0
    # data: is the empty icon, https the sources; what is empty points into the page.
    assert theirs["addresses"] == ["", "data", "https"]


def test_nothing_of_it_runs(page: Page, hostile_page: Path, dataset: Dataset) -> None:
    open_exported(page, hostile_page)
    set_state(page, **WHOLE)
    open_all_cards(page, list(dataset.events.index))
    for zoom in (4, 8, 12, 16):
        set_state(page, view={"lat": 43.24, "lon": 76.94, "zoom": zoom})
    assert page.evaluate("window.pwned === undefined")


def test_addresses_of_sources_are_links_only_if_they_are_safe(
    page: Page, hostile_page: Path, dataset: Dataset
) -> None:
    open_exported(page, hostile_page)
    links = page.evaluate(
        "() => [...document.querySelectorAll('.tm a[href]:not([role=button])')].map(a => a.getAttribute('href'))"
    )
    assert links
    assert set(links) == {GOOD_ADDRESS}


def test_list_shows_it_as_text(
    page: Page, hostile_page: Path, dataset: Dataset
) -> None:
    open_exported(page, hostile_page)
    titles = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".tm-item")].map(item =>
            [item.dataset.row, item.querySelector("b").textContent]))"""
    )
    assert titles == {
        str(row): shown(title) for row, title in enumerate(dataset.events["title"])
    }


def test_list_shows_names_of_places_as_text(page: Page, hostile_page: Path) -> None:
    open_exported(page, hostile_page)
    where = page.locator(".tm-item small").all_text_contents()
    name = shown(hostile("locations republic-square name_en"))
    assert any(name in one for one in where)


# Every text of an open card, by what it is.
CARDS = """events => Object.fromEntries(events.map(selected => {
    window.timemap.set({ selected });
    window.timemap.state();
    const card = document.querySelector(".tm-card:not([hidden])");
    const words = [...card.querySelectorAll("[data-words]")].map(one => one.textContent);
    return [selected, { words, whole: card.textContent }];
}))"""


def test_cards_show_it_as_text(
    page: Page, hostile_page: Path, dataset: Dataset
) -> None:
    open_exported(page, hostile_page)
    cards = page.evaluate(CARDS, list(dataset.events.index))
    for event, row in dataset.events.iterrows():
        card = cards[event]
        assert card["words"] == [
            shown(row[name]) for name in ("title", "summary", "note")
        ]
        for text in (*row["actors"], *row["contradictions"], *LOCATORS[:2]):
            assert shown(text) in card["whole"]
        for place in row["places"]:
            assert shown(hostile(f"locations {place} name_en")) in card["whole"]
        for source in row["sources"]:
            for field in ("title", "publisher", "dependence"):
                assert shown(hostile(f"source {source} {field}")) in card["whole"]
    for evidence in dataset.evidence.to_dict("records"):
        assert shown(evidence["adds"]) in cards[evidence["event"]]["whole"]


def test_marks_speak_and_show_it_as_text(page: Page, hostile_page: Path) -> None:
    open_exported(page, hostile_page)
    set_state(page, **WHOLE, view={"lat": 43.2382, "lon": 76.9453, "zoom": 17})
    [square] = [mark for mark in marks(page) if "republic-square" in mark.places]
    name = hostile("locations republic-square name_en")
    assert name in square.words
    assert name in page.locator(".tm-mark-name").all_text_contents()


def test_moments_and_credit_show_it_as_text(page: Page, hostile_page: Path) -> None:
    open_exported(page, hostile_page)
    assert (
        shown(hostile("moments rallies title"))
        in page.locator("[data-moment]").all_text_contents()
    )
    expect(page.locator(".tm-map-credit")).to_contain_text("</script><script>")


def test_routes_show_it_as_text(
    page: Page, hostile_page: Path, dataset: Dataset
) -> None:
    open_exported(page, hostile_page)
    entries = dict(
        page.evaluate(
            """() => [...document.querySelectorAll(".tm-route")]
                .map(entry => [entry.id, entry.textContent])"""
        )
    )
    for route in dataset.routes.index:
        text = entries[f"tm-route-{route}"]
        for field in ("title", "note", "conflicts", "unknown", "time_basis"):
            assert shown(hostile(f"route {route} {field}")) in text
    for leg in dataset.legs.itertuples():
        text = entries[f"tm-route-{leg.route}"]
        assert shown(hostile(f"routes {leg.Index} street")) in text
        assert shown(hostile(f"routes {leg.Index} note")) in text


def test_it_is_found_by_its_words(page: Page, hostile_page: Path) -> None:
    open_exported(page, hostile_page)
    set_state(page, **WHOLE)
    part(page, "words").fill(
        "summary: <SCRIPT>window.pwned=1</script> akimat-broken-into"
    )
    until_state(page, "state.visible.length === 1")
    assert state(page)["visible"] == ["akimat-broken-into"]
    # A language the page does not show is searched, too.
    part(page, "words").fill("akimat-broken-into title_ru: ${window.pwned=1}")
    until_state(page, "state.visible.length === 1")


def test_page_full_of_it_works_as_ever(page: Page, hostile_page: Path) -> None:
    open_exported(page, hostile_page)
    set_state(page, from_="2022-01-05T14:00", to="2022-01-05T16:00")
    # Counted by hand from the CSV; see test_map_picture.py.
    assert len(state(page)["visible"]) == 35
    expect(part(page, "count")).to_contain_text("35 of 139")
    x, y = middle(part(page, "to"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    until_state(page, "state.to > '2022-01-05T16:00'")
    part(page, "play").click()
    expect(page.locator(".tm")).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(page.locator(".tm")).to_have_attribute("data-playing", "false")


@pytest.mark.parametrize("width", [375, 1440])
def test_long_words_do_not_push_the_page_sideways(
    page: Page, hostile_page: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_exported(page, hostile_page)
    set_state(page, **WHOLE)
    overflow = "() => document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(overflow) <= 0
    set_state(page, selected="akimat-broken-into")
    assert page.evaluate(overflow) <= 0
    page.screenshot(path=ROOT / "test-results" / f"hostile-{width}.png")
