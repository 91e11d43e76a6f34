"""The element as a folium map, and the one document it makes."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import pytest

from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.timemap import TimeMap, assets, render_page, time_map
from tests import cast

VOID = {"meta", "link", "base", "input", "br", "img", "hr"}


class Outline(HTMLParser):
    """Reads a document's tags, ids and the text of its scripts of data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.data = ""
        self._is_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.addresses += [
            known[name] or "" for name in ("src", "href") if name in known
        ]
        self._is_data = known.get("type") == "application/json"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()
        self._is_data = False

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data += data


class Squeezed(Outline):
    """Reads a page of which end tags that may be left out are left out."""

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False


def document(dataset: Dataset, **options: Any) -> str:
    """Give the page as it is before what a browser does not need is dropped."""
    return str(time_map(dataset, **options).get_root().render())


@pytest.fixture(scope="module")
def page(small: Dataset) -> str:
    return document(small)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_page_is_one_document_whose_tags_close(page: str, outline: Outline) -> None:
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert outline.open == []
    for tag in ("html", "head", "title", "body", "main", "h1"):
        assert outline.tags.count(tag) <= 1


def test_ids_are_unique(outline: Outline, shipped: Dataset) -> None:
    for one in (outline, Outline(document(shipped))):
        assert len(one.ids) == len(set(one.ids))


def test_page_loads_nothing(outline: Outline) -> None:
    assert all(
        address.startswith(("#", "data:", "https://")) for address in outline.addresses
    )
    assert not {"img", "iframe", "object", "embed"} & set(outline.tags)
    # The one link is the empty icon that keeps a browser from asking for one.
    assert outline.tags.count("link") == 1


def test_same_input_gives_the_same_bytes(small: Dataset, page: str) -> None:
    assert document(small) == page
    assert render_page(small) == render_page(small)


def test_a_squeezed_page_has_the_same_parts(page: str, outline: Outline) -> None:
    squeezed = Squeezed(assets.squeezed(page))
    assert squeezed.tags == outline.tags
    assert squeezed.ids == outline.ids
    assert squeezed.addresses == outline.addresses
    assert json.loads(squeezed.data) == json.loads(outline.data)


def test_a_squeezed_page_is_smaller(small: Dataset, page: str) -> None:
    assert len(render_page(small)) < 0.95 * len(page)


def test_no_trace_of_when_or_where_it_was_made(page: str) -> None:
    assert str(Path(__file__).resolve().parents[3]) not in page
    assert not re.search(r"map_[0-9a-f]{32}", page)


def test_map_is_a_folium_map_that_renders_again_and_again(small: Dataset) -> None:
    made = time_map(small)
    assert isinstance(made, folium.Map)
    first = made.get_root().render()
    assert made.get_root().render() == first
    assert assets.squeezed(first) == render_page(small)


def test_element_goes_on_a_folium_map(small: Dataset) -> None:
    made = time_map(small)
    assert any(isinstance(child, TimeMap) for child in made._children.values())


def test_further_layers_of_folium_can_be_added(small: Dataset) -> None:
    made = time_map(small)
    folium.GeoJson({"type": "Point", "coordinates": [76.9, 43.2]}).add_to(made)
    assert '"coordinates": [76.9, 43.2]' in made.get_root().render()


def test_folium_itself_is_left_as_it_was(small: Dataset) -> None:
    before = (list(folium.Map.default_js), list(folium.Map.default_css))
    render_page(small)
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before


def test_two_maps_do_not_share_their_state(small: Dataset) -> None:
    first = document(small, state={"q": "first"})
    second = document(small)
    assert opening_of(first) == {"q": "first"}
    assert opening_of(second) == {}


def opening_of(page: str) -> dict[str, Any]:
    state: dict[str, Any] = json.loads(Outline(page).data)["opening"]["state"]
    return state


def test_notebook_gets_a_frame_with_the_whole_page(small: Dataset) -> None:
    frame = time_map(small)._repr_html_()
    assert "srcdoc=" in frame
    assert "https://cdn" not in frame


def test_title_is_the_callers_as_text(small: Dataset) -> None:
    page = render_page(small, title="</title><script>alert(1)</script>")
    assert "<title>&lt;/title><script>alert(1)</script></title>" in page


def test_language_of_the_page_is_the_texts_own(small: Dataset) -> None:
    assert '<html lang="kk">' in document(small, texts=Texts("kk"))


def test_state_is_data_and_not_code(small: Dataset) -> None:
    words = "</script><script>alert(1)</script> <!-- ${x} {{ 7*7 }} \u2028"
    page = document(small, state={"q": words})
    assert opening_of(page) == {"q": words}
    assert "<script>alert(1)" not in page


def test_template_signs_in_the_data_are_not_run(tmp_path: Path) -> None:
    title = "{{ 7*7 }} {% raise %} {# gone #} {{ this.get_name() }}"
    event = cast.event("one", cast.at("10:00"), cast.at("11:00"), title=title)
    page = render_page(load(cast.write(tmp_path, events=[event])))
    assert f"<b>{title}</b>" in page


def test_hostile_title_is_escaped(page: str) -> None:
    assert "<img src=x" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("places", ["almaty", ""])
def test_page_without_a_single_mark_renders(tmp_path: Path, places: str) -> None:
    event = cast.event("one", cast.at("10:00"), cast.at("11:00"), places=places)
    assert 'id="tm-card-one"' in document(load(cast.write(tmp_path, events=[event])))


def test_page_of_the_shipped_data_has_every_event_once(shipped: Dataset) -> None:
    ids = Outline(document(shipped)).ids
    cards = [one.removeprefix("tm-card-") for one in ids if one.startswith("tm-card-")]
    assert sorted(cards) == sorted(shipped.events.index)
