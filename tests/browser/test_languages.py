"""The dashboard in three languages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from geo.dataset import load
from tests.browser.chromium import READER
from tests.browser.exports import export
from tests.browser.guard import Guard
from tests.browser.maps import (
    READY,
    map_frame,
    open_exported,
    open_map,
    set_state,
    state,
)
from tests.browser.server import ROOT, AppServer

LONG = pytest.mark.long
PAGES = ("", "desk", "class", "own", "sources")
# Pages without a map, and what they show at last.
WITHOUT_MAP = {"own": ".almaty-own-zone", "sources": ".almaty-sources"}
NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
# Beside names and titles of sources, which stay as they are: words of files.
ENGLISH = re.compile(
    r"\b(?:the|of|and|who|says?|is|are|this|to|in|on|with|events?|map|time|source|not"
    r"|from|page|click|choose|show|hide)\b",
    re.IGNORECASE,
)
# Names and titles of sources, names of languages, code to copy.
KEPT = (
    "a[target=_blank], [id^=tm-s-], .almaty-sources dt, .almaty-language"
    ", .almaty-quoted, td[data-column=id], [lang=en]"
)
# Every text a reader or a screen reader can meet, hidden cards included.
TEXTS = """kept => {
    const skipped = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]);
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (skipped.has(parent.tagName) || parent.closest(kept)) continue;
        const text = walker.currentNode.textContent.trim();
        if (text) found.push(text);
    }
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
        if (one.closest(kept)) continue;
        for (const name of ["aria-label", "title", "placeholder"])
            if (one.getAttribute(name)) found.push(one.getAttribute(name));
    }
    return found;
}"""


def english_in(frame: Frame | Page) -> list[str]:
    """Give the texts that hold a common English word and no Cyrillic one."""
    texts: list[str] = frame.evaluate(TEXTS, KEPT)
    return [
        text
        for text in texts
        if ENGLISH.search(text) and not re.search("[а-яәғқңөұүһі]{3}", text.lower())
    ]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page of somebody whose browser speaks Kazakh."""
    options: dict[str, Any] = {**READER, "locale": "kk-KZ"}
    context = browser.new_context(**options)
    guard = Guard(context)
    yield context.new_page()
    guard.check()
    context.close()


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("name", PAGES)
def test_no_english_sentence_is_left(
    page: Page, app_server: AppServer, name: str, language: str
) -> None:
    page.goto(f"{app_server.url}/{name}?lang={language}")
    if name in WITHOUT_MAP:
        page.locator(WITHOUT_MAP[name]).first.wait_for()
    else:
        assert english_in(map_frame(page)) == []
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.wait_for_timeout(500)
    assert english_in(page) == []


@pytest.mark.parametrize(
    ("form", "language"),
    [
        ("html", "ru"),
        ("class", "kk"),
        pytest.param("html", "kk", marks=LONG),
        pytest.param("class", "ru", marks=LONG),
    ],
)
def test_no_english_sentence_is_left_in_a_file(
    page: Page, tmp_path: Path, form: str, language: str
) -> None:
    path = export(form, tmp_path / "page.html", "--lang", language)
    frame = open_exported(page, path)
    assert frame.evaluate("document.documentElement.lang") == language
    assert english_in(frame) == []


def test_without_a_choice_the_browser_decides(
    reader: Page, app_server: AppServer
) -> None:
    open_map(reader, app_server.url)
    expect(reader.get_by_role("button", name="Қазақша")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert "lang=" not in reader.url


def test_the_address_goes_before_the_browser(
    reader: Page, app_server: AppServer
) -> None:
    open_map(reader, f"{app_server.url}/?lang=ru")
    expect(reader.get_by_role("button", name="Русский")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_choice_keeps_the_view_and_outlasts_the_page(
    page: Page, app_server: AppServer
) -> None:
    link = "/?from=2022-01-05T14:00&to=2022-01-05T17:00&kinds=fire,clash&view=43.25,76.9,13"
    frame = open_map(page, app_server.url + link)
    before = state(frame)
    page.get_by_role("button", name="Қазақша").click()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    page.wait_for_function("() => location.search.includes('lang=kk')")
    frame = frame_in(page, "kk")
    frame.wait_for_function(READY)
    frame.wait_for_function("() => window.timemap.state().view.zoom === 13")
    after = state(frame)
    for key in ("from", "to", "kinds", "visible", "statuses", "view"):
        assert after[key] == before[key]
    page.get_by_role("link", name="Журналистерге").click()
    expect(page.get_by_role("heading", name="Журналистерге", level=1)).to_be_visible()
    assert "lang=kk" in page.url


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_languages_show_the_same_events(
    page: Page, app_server: AppServer, language: str
) -> None:
    link = "from=2022-01-05T09:00&to=2022-01-06T03:00&possible=1&q=%D0%B0%D0%BB%D0%B0%D2%A3"
    english = state(open_map(page, f"{app_server.url}/?{link}&lang=en"))
    other = state(open_map(page, f"{app_server.url}/?{link}&lang={language}"))
    assert english["visible"]
    for key in ("visible", "statuses", "possible_ids", "marks"):
        assert english[key] == other[key]


def test_the_scale_speaks_the_language_too(page: Page, app_server: AppServer) -> None:
    frame = open_map(page, f"{app_server.url}/?lang=kk&view=43.24,76.93,12")
    expect(frame.locator(".leaflet-control-scale-line")).to_have_text(
        re.compile(r"^\d+ км$")
    )
    set_state(frame, {"view": {"lat": 43.24, "lon": 76.93, "zoom": 17}})
    expect(frame.locator(".leaflet-control-scale-line")).to_have_text(
        re.compile(r"^\d+ м$")
    )


def test_words_of_another_language_find_events_in_a_file(
    page: Page, exported_page: Path
) -> None:
    frame = open_exported(page, exported_page, "q=%D1%81%D0%BB%D1%83%D1%85")
    found = state(frame)["visible"]
    dataset = load()
    expected = {
        event
        for event, words in zip(dataset.events.index, dataset.folded_texts, strict=True)
        if "слух" in words
    }
    assert found
    assert set(found) <= expected


def frame_in(page: Page, language: str) -> Frame:
    """Wait for the frame of the map in a language."""
    iframe = page.locator("iframe[sandbox][srcdoc]").first
    page.wait_for_function(
        """language => [...document.querySelectorAll("iframe[srcdoc]")]
            .some(one => new RegExp(`<html lang="?${language}`).test(one.srcdoc))""",
        arg=language,
    )
    iframe.wait_for(state="attached")
    return map_frame(page)


@pytest.mark.parametrize(
    "language",
    [pytest.param("en", marks=LONG), pytest.param("ru", marks=LONG), "kk"],
)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone(
    page: Page, app_server: AppServer, name: str, language: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{app_server.url}/{name}?lang={language}")
    if name in WITHOUT_MAP:
        page.locator(WITHOUT_MAP[name]).first.wait_for()
    else:
        map_frame(page)
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    folder = ROOT / "test-results" / "languages"
    page.screenshot(path=folder / f"{name or 'map'}-{language}.png")
