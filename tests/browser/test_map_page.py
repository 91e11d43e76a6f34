"""The page as a file: small, whole, quiet, and in shape on every screen."""

import gzip
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from geo.dataset import Dataset
from geo.export import FORMATS
from geo.query import Query
from geo.texts import LANGUAGES, Texts
from geo.timemap import time_map
from tests.browser.hands import item, part, set_state, state
from tests.browser.maps import READY, open_exported
from tests.browser.server import ROOT

PICTURES = ROOT / "test-results"
LARGEST_BYTES = 600_000
LARGEST_COMPRESSED_BYTES = 250_000


def test_page_is_at_most_600_kilobytes(exported_page: Path) -> None:
    assert exported_page.stat().st_size <= LARGEST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_at_most_250_kilobytes_on_the_way(
    shipped: Dataset, language: str
) -> None:
    page = FORMATS["html"].render(shipped, Query(), Texts(language))
    assert len(gzip.compress(page)) <= LARGEST_COMPRESSED_BYTES


def test_page_is_the_same_bytes_from_another_process(
    exported_page: Path, shipped: Dataset
) -> None:
    here = FORMATS["html"].render(shipped, Query(), Texts())
    # Digests: pytest would take minutes to word the difference of two pages.
    assert sha256(exported_page.read_bytes()).digest() == sha256(here).digest()


def test_page_works_offline_and_asks_for_nothing(
    page: Page, context: BrowserContext, exported_page: Path
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)
    open_exported(page, exported_page)
    set_state(page, from_="2022-01-05T14:00", to="2022-01-05T16:00")
    assert state(page)["marks"] > 0
    item(page, "A Nur Otan office burns").click()
    part(page, "play").click()
    expect(page.locator(".tm")).to_have_attribute("data-playing", "true")
    page.wait_for_function("() => window.timemap.state().to > '2022-01-05T16:05'")
    for zoom in (4, 10, 18):
        set_state(page, view={"lat": 43.24, "lon": 76.94, "zoom": zoom})
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}
    assert [url for url in asked if url.startswith("file:")] == [exported_page.as_uri()]


def test_page_keeps_nothing_on_the_readers_machine(
    page: Page, context: BrowserContext, exported_page: Path
) -> None:
    open_exported(page, exported_page)
    set_state(page, q="akimat")
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_policy_of_the_page_lets_nothing_out(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]")
    rules = (policy.get_attribute("content") or "").split("; ")
    assert "default-src 'none'" in rules
    assert not any("http" in rule or "*" in rule for rule in rules)


def test_map_stands_in_a_notebook(page: Page, shipped: Dataset, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(time_map(shipped)._repr_html_(), encoding="utf-8")
    page.goto(notebook.as_uri())
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function(READY)
    assert frame.evaluate("window.timemap.state().marks") > 0


SIZES = [(375, 740), (1024, 768), (1280, 720), (1440, 900)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_page_never_scrolls_sideways(
    page: Page, exported_page: Path, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    open_exported(page, exported_page)
    page.screenshot(path=PICTURES / f"map-{width}.png")
    overflow = "() => document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(overflow) <= 0
    # Both handles at the very edge, every event in the list, and a card.
    set_state(page, from_="2022-01-01T00:00", to="2022-01-28T00:00", possible=True)
    assert page.evaluate(overflow) <= 0
    set_state(page, selected="akimat-broken-into")
    page.screenshot(path=PICTURES / f"card-{width}.png")
    assert page.evaluate(overflow) <= 0


def test_handles_stay_a_thumbs_target_on_a_phone(
    page: Page, exported_page: Path
) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    open_exported(page, exported_page)
    for name in ("from", "to"):
        box = part(page, name).bounding_box()
        assert box
        # 24 CSS pixels: WCAG 2.2, success criterion 2.5.8.
        assert min(box["width"], box["height"]) >= 24


def test_street_names_do_not_collide(page: Page, exported_page: Path) -> None:
    open_exported(page, exported_page)
    for zoom in (12, 13, 14.5):
        set_state(page, view={"lat": 43.24, "lon": 76.92, "zoom": zoom})
        overlaps = page.evaluate(
            """() => {
                const flat = [...document.querySelectorAll(".tm-name:not(.tm-off)")]
                    .filter(name => name.getAttribute("transform").endsWith("rotate(0.0)"))
                    .map(name => name.getBoundingClientRect());
                const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
                return { names: document.querySelectorAll(".tm-name:not(.tm-off)").length,
                    pairs: flat.flatMap((a, i) => flat.slice(i + 1).filter(b => meet(a, b))).length };
            }"""
        )
        assert overlaps["names"] > 3
        assert overlaps["pairs"] == 0
