"""Quoting and taking away: citations and files of the view as it is."""

import weakref
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from dashboard.markup import show
from dashboard.quotation import show_quotation
from dashboard.state import MapState
from geo.dataset import Dataset
from geo.export import FORMATS, file_name
from geo.export.citations import Style, cite_dataset, cite_event
from geo.facets import Filter, active, without
from geo.labels import noop
from geo.query import Query
from geo.texts import Texts

STYLE_KEY = "citation-style"

STYLE_NAMES = {
    Style.PLAIN: noop("Plain text"),
    Style.BIBTEX: noop("BibTeX"),
    Style.CSL: noop("CSL-JSON"),
}


def show_takeaway(view: MapState, dataset: Dataset, texts: Texts) -> None:
    """Show citations and a button for every format.

    Somebody's own file is theirs to cite: how, we do not know.
    """
    if dataset.file:
        show_downloads(plain_window(view.query, dataset), dataset, texts)
        return
    quote, take = st.columns([2, 3], gap="large")
    with quote:
        show_citations(view, dataset, texts)
    with take:
        show_downloads(plain_window(view.query, dataset), dataset, texts)


def show_citations(view: MapState, dataset: Dataset, texts: Texts) -> None:
    """Cite the data set and, if one is chosen, the event."""
    show("subheading.html.j2", texts, heading=texts.t("Citation"))
    style = st.radio(
        texts.t("Form of the citation"),
        list(Style),
        format_func=lambda each: texts.t(STYLE_NAMES[each]),
        horizontal=True,
        key=STYLE_KEY,
    )
    style = style or Style.PLAIN
    address = st.context.url or ""
    if view.selected is None:
        sentence = texts.t("Choose an event in the table or on the map to cite it.")
        show("sentence.html.j2", texts, sentence=sentence)
    else:
        title = texts.field(dict(dataset.events.loc[view.selected]), "title")
        sentence = texts.t("The event “{title}”:", title=title)
        show("sentence.html.j2", texts, sentence=sentence)
        link = f"{address}?{urlencode({'id': view.selected})}" if address else ""
        cited = cite_event(dataset, view.selected, style, link=link, texts=texts)
        show_quotation(cited, texts, key="cited-event")
    show("sentence.html.j2", texts, sentence=texts.t("The data set:"))
    cited = cite_dataset(dataset, style, link=address, texts=texts)
    show_quotation(cited, texts, key="cited-data")


def show_downloads(query: Query, dataset: Dataset, texts: Texts) -> None:
    """Offer the answer in every format; each is made when it is asked for."""
    show("subheading.html.j2", texts, heading=texts.t("Files of these events"))
    sides = st.columns(2, gap="small")
    # Somebody's own file tells no story.
    names = (name for name in FORMATS if not (dataset.file and FORMATS[name].is_whole))
    for at, name in enumerate(names):
        with sides[at % 2]:
            show_download(name, query, dataset, texts)


def show_download(name: str, query: Query, dataset: Dataset, texts: Texts) -> None:
    """Show the button of one format."""
    chosen = FORMATS[name]
    st.download_button(
        f"{chosen.suffix} – {texts.t(chosen.about)}",
        data=maker(name, query, dataset, texts),
        file_name=file_name(name, query, dataset),
        mime=chosen.media_type,
        on_click="ignore",
        key=f"export-{name}",
        width="stretch",
    )


def maker(
    name: str, query: Query, dataset: Dataset, texts: Texts
) -> Callable[[], bytes]:
    """Give what makes a file once somebody wants it.

    Streamlit keeps it longer than the reader stays: it holds the data weakly.
    """
    held = weakref.ref(dataset)

    def make() -> bytes:
        shown = held()
        return b"" if shown is None else FORMATS[name].render(shown, query, texts)

    return make


def plain_window(query: Query, dataset: Dataset) -> Query:
    """Leave out a window that holds all there is: it asks for nothing."""
    is_narrow = Filter.TIME in active(dataset, query)
    return query if is_narrow else without(query, Filter.TIME)
