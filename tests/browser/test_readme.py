"""The picture in the README, made anew by `make screenshot`."""

import re
import struct
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.maps import open_exported
from tests.browser.server import ROOT

RESULTS = ROOT / "test-results"
WIDTH_PX, HEIGHT_PX = 1400, 860


def size_of(png: Path) -> tuple[int, int]:
    """Width and height in pixels, as the PNG's first chunk says."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


def test_the_picture_in_the_readme_can_be_made_again(
    page: Page, exported_page: Path
) -> None:
    RESULTS.mkdir(exist_ok=True)
    page.set_viewport_size({"width": WIDTH_PX, "height": HEIGHT_PX})
    frame = open_exported(page, exported_page)
    frame.evaluate("() => document.fonts.ready")
    page.screenshot(path=RESULTS / "map.png")
    assert size_of(RESULTS / "map.png") == (WIDTH_PX, HEIGHT_PX)


def test_the_picture_that_the_readme_shows_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", readme)
    assert pictures == ["docs/map.png"]
    assert size_of(ROOT / pictures[0]) == (WIDTH_PX, HEIGHT_PX)
