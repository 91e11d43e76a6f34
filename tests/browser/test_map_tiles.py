"""Street tiles: off until the reader switches them on. A stub stands in for a
provider.
"""

import base64
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from geo.dataset import load
from geo.timemap import render_page
from geo.timemap.tiles import TileSource
from tests.browser.maps import open_exported

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class Provider(ThreadingHTTPServer):
    """Gives the same pixel for every tile and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Tile)
        self.asked: list[str] = []

    @property
    def source(self) -> TileSource:
        url = f"http://127.0.0.1:{self.server_port}/{{z}}/{{x}}/{{y}}.png"
        return TileSource(url, "© Stub & co")


class _Tile(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(PIXEL)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def tiled_page(provider: Provider, tmp_path: Path) -> Path:
    path = tmp_path / "tiled.html"
    path.write_text(render_page(load(), tiles=provider.source), encoding="utf-8")
    return path


def test_nothing_is_asked_of_the_provider_before_the_switch(
    page: Page, tiled_page: Path, provider: Provider
) -> None:
    frame = open_exported(page, tiled_page, "from=2022-01-05T10:00&tiles=1")
    frame.wait_for_function("() => new Promise(requestAnimationFrame)")
    expect(page.get_by_role("button", name="Street tiles")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert provider.asked == []


def test_the_switch_shows_tiles_with_their_credit_and_takes_them_off_again(
    page: Page, tiled_page: Path, provider: Provider
) -> None:
    open_exported(page, tiled_page)
    switch = page.get_by_role("button", name="Street tiles")
    credit = page.get_by_text("© Stub & co")
    expect(credit).to_be_hidden()
    switch.click()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    expect(credit).to_be_visible()
    expect(page.locator(".tm-street").first).to_be_attached()
    switch.click()
    expect(page.locator("img.leaflet-tile")).to_have_count(0)
    expect(credit).to_be_hidden()
    assert provider.asked
