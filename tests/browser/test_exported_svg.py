"""The drawing for the graphics desk, opened in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from geo.dataset import Dataset
from geo.export import FORMATS
from geo.query import Query
from geo.texts import Texts

OUTSIDE = """() => [...document.querySelectorAll("text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.left < 0 || box.right > 1200))
    .map(([words]) => words)"""
FACES = """async () => {
    await document.fonts.ready;
    return [...document.fonts].map(({ family, status }) => `${family} ${status}`);
}"""
WIDTH = (
    """() => document.querySelector("#heading text").getBoundingClientRect().width"""
)


@pytest.fixture
def drawing(page: Page, shipped: Dataset, tmp_path: Path) -> Page:
    path = tmp_path / "map.svg"
    path.write_bytes(FORMATS["svg"].render(shipped, Query(), Texts("ru")))
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(path.as_uri())
    return page


def test_browser_draws_layers_and_words(drawing: Page) -> None:
    assert drawing.locator("#marks circle").count() > 5
    assert drawing.locator("#names text").count() > 5


def test_words_stay_on_the_page(drawing: Page) -> None:
    layers = "#heading, #key, #footer"
    assert drawing.locator(layers).count() == 3
    outside = drawing.evaluate(OUTSIDE)
    clipped = drawing.locator("[clip-path] text").all_text_contents()
    assert set(outside) <= set(clipped)


def test_embedded_faces_are_used(drawing: Page) -> None:
    faces = drawing.evaluate(FACES)
    assert faces
    assert not [face for face in faces if not face.endswith("loaded")]
