"""What may be named as a source of street tiles."""

import json
import re

import pytest

from geo.dataset import Dataset
from geo.timemap import time_map
from geo.timemap.tiles import TileSource, tile_source

ADDRESS = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def policy_of(page: str) -> str:
    match = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert match
    return match[1]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://tiles.example/{z}/{x}/{y}", "not an http"),
        ("/{z}/{x}/{y}.png", "not an http"),
        ("https://tiles.example/{z}/{x}.png", "lacks {y}"),
        ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "demands a Referer"),
        ("https://a.tile.openstreetmap.org/{z}/{x}/{y}.png", "demands a Referer"),
        ("https://tiles.example;script-src/{z}/{x}/{y}", "no usable host"),
    ],
)
def test_an_address_that_cannot_give_tiles_is_refused(
    address: str, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        tile_source(address, "Example")


def test_tiles_without_a_credit_are_refused() -> None:
    with pytest.raises(ValueError, match="credit"):
        tile_source(ADDRESS, "  ")


def test_a_named_provider_brings_its_address_and_credit() -> None:
    source = tile_source("OpenTopoMap")
    assert "{z}/{x}/{y}" in source.url
    assert "OpenStreetMap contributors" in source.credit


def test_a_provider_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no tile provider is called 'Nowhere'"):
        tile_source("Nowhere")


def test_a_provider_that_needs_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        tile_source("Thunderforest.Outdoors")


def test_a_page_without_tiles_may_load_no_image_from_any_host(small: Dataset) -> None:
    page = time_map(small).get_root().render()
    assert "img-src data:;" in policy_of(page)
    assert 'data-part="tiles"' not in page


def test_a_page_with_tiles_may_load_images_from_their_hosts_only(
    small: Dataset,
) -> None:
    page = time_map(small, tiles=TileSource(ADDRESS, "Example")).get_root().render()
    assert "img-src data: https://*.tiles.example;" in policy_of(page)
    assert 'data-part="tiles" aria-pressed="false"' in page


def test_the_credit_is_text(small: Dataset) -> None:
    credit = TileSource(ADDRESS, "<b>Example</b>")
    page = time_map(small, tiles=credit).get_root().render()
    assert "&lt;b&gt;Example&lt;/b&gt;" in page
    data = re.search(r'id="timemap-data">(.*?)</script>', page, re.DOTALL)
    assert data
    assert json.loads(data[1])["tiles"]["credit"] == "<b>Example</b>"
