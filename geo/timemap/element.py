"""The folium element: a map of its own scripts, and the page it stands in.

folium's own classes are subclassed where they would load from other hosts
(`BaseMap`) or read finished text as a template once more (`Verbatim`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    select_autoescape,
)

from geo.dataset import Dataset
from geo.texts import Texts
from geo.timemap import assets
from geo.timemap.chapters import chapter_views, steps_of
from geo.timemap.large import is_large, large_payload_of
from geo.timemap.payload import Common, payload_of
from geo.timemap.tiles import TileSource
from geo.timemap.views import (
    event_views,
    kind_views,
    moment_views,
    place_views,
    route_views,
    source_views,
)
from geo.vocab import Attribution, Scope, Unit

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.policies["json.dumps_kwargs"] = {
    "separators": (",", ":"),
    "ensure_ascii": False,
}

# Nothing may be asked of any host, but for tiles if a deployment names one;
# scripts and styles stand in the page.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src {images}; base-uri 'none'; form-action 'none'"
)


class Verbatim(Element):
    """Text that goes into the page as it is.

    branca's own Element compiles what it is given as a Jinja template, so
    that ``{{ }}`` in a data file would run.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: Any) -> str:
        """Give the text."""
        return self._text


class Page(Figure):
    """A document with a language, a title and a policy that lets nothing out."""

    _template = Template(
        """<!DOCTYPE html>
<html lang="{{ this.language|e }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{{ this.policy|e }}">
<meta name="referrer" content="no-referrer">
<title>{{ this.title|e }}</title>
<base target="_blank">
<link rel="icon" href="data:,">
{{ this.header.render(**kwargs) }}
</head>
<body>
{{ this.html.render(**kwargs) }}
<script>
{{ this.script.render(**kwargs) }}
</script>
</body>
</html>
"""
    )

    def __init__(
        self, *, language: str, title: str, tiles: TileSource | None = None
    ) -> None:
        super().__init__(title=title)
        self.language = language
        images = f"data: {tiles.origin}" if tiles else "data:"
        self.policy = _POLICY.format(images=images)
        # The document declares its encoding itself.
        self.header._children.clear()


class BaseMap(folium.Map):
    """A folium map with Leaflet in the page, no tiles and a constant name.

    The name is constant because a page that changes between two runs would
    make whoever shows it load it again.
    """

    _template = Template(
        """
{% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}"></div>{% endmacro %}
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
  zoomSnap: 0, minZoom: 2, maxZoom: 19, attributionControl: false,
  zoomControl: false, keyboard: true, wheelPxPerZoomLevel: 110
});
{% endmacro %}
"""
    )

    def __init__(self) -> None:
        super().__init__(location=(0, 0), tiles=None)
        self._id = "timemap"
        # On the instance: the lists of the class serve the whole process.
        self.default_js = []
        self.default_css = []

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as folium's own
        """Put Leaflet into the page, then what folium renders."""
        header = page_of(self).header
        header.add_child(
            Verbatim(f"<style>{assets.leaflet_style()}</style>"), name="leaflet_css"
        )
        header.add_child(
            Verbatim(f"<script>{assets.leaflet_script()}</script>"), name="leaflet_js"
        )
        super().render(**kwargs)  # type: ignore[no-untyped-call]


class TimeMap(MacroElement):
    """Timeline, marks, routes, list and cards on a `BaseMap`.

    Parameters
    ----------
    base
        The map it is added to.
    dataset
        What is shown.
    texts
        The language of every word.
    state
        The first state, as ``window.timemap.set`` takes it.
    tiles
        Street tiles the reader may switch on; by default there are none.
    is_compact
        Without list and filters, for a page that has its own; a card opens
        over the map.
    has_story
        With the dataset's chapters beside the map, for a class.
    """

    def __init__(
        self,
        base: BaseMap,
        dataset: Dataset,
        *,
        texts: Texts,
        state: Mapping[str, Any] | None = None,
        tiles: TileSource | None = None,
        is_compact: bool = False,
        has_story: bool = False,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.base = base
        self._name = "TimeMap"
        self._id = "timemap"
        self.dataset = dataset
        self.texts = texts
        self.state = dict(state or {})
        self.tiles = tiles
        self.is_compact = is_compact
        self.has_story = has_story
        self.way = assets.Way.MANY if is_large(dataset) else assets.Way.FEW
        base.add_child(self)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own
        """Add styles, the document's part and the call that mounts the map."""
        figure = page_of(self)
        name = self.base.get_name()
        style = assets.style(way=self.way, has_story=self.has_story)
        figure.header.add_child(Verbatim(f"<style>{style}</style>"), name="timemap_css")
        figure.html.add_child(Verbatim(self._document(name)), name="timemap_html")
        script = assets.script(way=self.way, has_story=self.has_story)
        call = _mount_call(script, name)
        figure.script.add_child(Verbatim(call), name="timemap_js")

    def _document(self, map_name: str) -> str:
        """The element's part of the document, escaped."""
        texts = self.texts
        return _ENVIRONMENT.get_template("timemap.html").render(
            payload=self._payload(),
            **self._views(),
            way=self.way.value,
            kinds=kind_views(texts),
            attributions=[
                {"code": by.value, "label": texts.label(by)} for by in Attribution
            ],
            credit=self.dataset.credit,
            is_file=bool(self.dataset.file),
            map_name=map_name,
            is_compact=self.is_compact,
            story=self._story(),
            t=texts.t,
            n=lambda one, many, count: texts.n(one, many, count),
            scope_label=lambda scope: texts.label(Scope(scope)),
        )

    def _payload(self) -> Common:
        """What the script is given."""
        make = large_payload_of if self.way is assets.Way.MANY else payload_of
        payload: Common = make(self.dataset, self.texts, self.state, self.tiles)
        if self.has_story:
            payload["chapters"] = steps_of(self.dataset)
        return payload

    def _views(self) -> dict[str, Any]:
        """What the document says of the dataset."""
        dataset, texts = self.dataset, self.texts
        whole = {
            "title": _title(dataset, texts),
            "clock": _clock(dataset, texts),
            "routes": route_views(dataset, texts),
            "moments": moment_views(dataset, texts),
        }
        if self.way is assets.Way.MANY:
            return {**whole, "headings": [], "places": [], "sources": []}
        return {
            **whole,
            "headings": event_views(dataset, texts),
            "places": place_views(dataset, texts),
            "sources": source_views(dataset, texts),
        }

    def _story(self) -> Mapping[str, Any] | None:
        """What the story's part of the document needs; None if it tells none."""
        if not self.has_story:
            return None
        chapters = chapter_views(self.dataset, self.texts)
        return {"chapters": chapters, "owner": self.dataset.owner}


def time_map(
    dataset: Dataset,
    *,
    texts: Texts | None = None,
    state: Mapping[str, Any] | None = None,
    tiles: TileSource | None = None,
    is_compact: bool = False,
    has_story: bool = False,
) -> folium.Map:
    """A folium map that plays a dataset, with nothing to load.

    Examples
    --------
    >>> from geo.dataset import load
    >>> "<script src=" in time_map(load()).get_root().render()
    False
    """
    texts = texts or Texts()
    base = BaseMap()
    title = _title(dataset, texts)
    Page(language=texts.language, title=title, tiles=tiles).add_child(base)
    TimeMap(
        base,
        dataset,
        texts=texts,
        state=state,
        tiles=tiles,
        is_compact=is_compact,
        has_story=has_story,
    )
    return base


def render_page(
    dataset: Dataset,
    *,
    texts: Texts | None = None,
    title: str | None = None,
    state: Mapping[str, Any] | None = None,
    tiles: TileSource | None = None,
    is_compact: bool = False,
    has_story: bool = False,
) -> str:
    """One self-contained HTML document, the same bytes for the same input.

    Parameters
    ----------
    title
        The document's title; by default the map's own.
    state
        The first state, in the terms of ``window.timemap.state()``: `from` and
        `to` as ``YYYY-MM-DDTHH:MM`` in Almaty time, `kinds`, `q` and so on.
    tiles
        Street tiles the reader may switch on; without them the page can ask
        nothing of any host.
    is_compact
        Without list and filters, as `TimeMap` takes it.
    has_story
        With the chapters beside the map, as `TimeMap` takes it.
    """
    made = time_map(
        dataset,
        texts=texts,
        state=state,
        tiles=tiles,
        is_compact=is_compact,
        has_story=has_story,
    )
    page = page_of(made)
    if title:
        page.title = title
    return assets.squeezed(page.render())


def page_of(element: Element) -> Figure:
    """The document an element stands in."""
    root = element.get_root()
    if not isinstance(root, Figure):
        raise TypeError("the map stands in no document; make it with time_map()")
    return root


def _title(dataset: Dataset, texts: Texts) -> str:
    """Name the map: after whose events it shows, if they are not ours."""
    return dataset.owner or texts.t("January 2022 in Almaty: a map of events")


def _clock(dataset: Dataset, texts: Texts) -> str:
    """Name the clock; its offset is known for our own events only."""
    return texts.label(Unit.TIME) if dataset.owner else texts.t("Almaty time, UTC+6")


def _mount_call(script: str, map_name: str) -> str:
    """Our scripts and the call that starts them."""
    return (
        f"{script}\n"
        f"mountTimemap({map_name}, JSON.parse(document.getElementById('timemap-data').textContent));"
    )
