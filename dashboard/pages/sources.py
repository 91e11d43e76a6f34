"""The Sources & method page: how to read the map, and on what it rests."""

from collections.abc import Callable
from typing import TypeAlias

import streamlit as st

from dashboard import method, store
from dashboard.markup import show
from dashboard.meanings import reading
from dashboard.own_line import show_almaty_only
from dashboard.rivals import rival_claims
from dashboard.settings import corrections_link
from geo.dataset import Dataset
from geo.folding import fold, words_of
from geo.links import web_address
from geo.texts import Texts
from geo.vocab import Kind

Section: TypeAlias = Callable[[Dataset, Texts], None]


def show_page(dataset: Dataset, texts: Texts) -> None:
    """Show the page, from how to read the map to its licences."""
    sections: dict[str, tuple[str, Section]] = {
        "reading": (texts.t("How to read the map"), show_reading),
        "differences": (texts.t("Where sources differ"), show_differences),
        "corrections": (
            texts.t("Where this map departs from the article"),
            show_corrections,
        ),
        "sources": (texts.t("All sources"), show_sources),
        "missing": (texts.t("What is missing"), show_missing),
        "licences": (texts.t("Licences and credits"), show_licences),
    }
    headings = {anchor: heading for anchor, (heading, _) in sections.items()}
    show("method.html.j2", texts, sections=headings)
    show_almaty_only(texts)
    for anchor, (heading, show_section) in sections.items():
        show("heading.html.j2", texts, anchor=anchor, heading=heading)
        show_section(dataset, texts)


def show_reading(dataset: Dataset, texts: Texts) -> None:
    """Explain attribution, precision, statuses, places and marches."""
    show(
        "reading.html.j2",
        texts,
        **reading(dataset, texts),
        groups=method.kinds_by_group(),
        kind_counts=method.counts(dataset.events, "kind", Kind),
        example_start=texts.moment(method.EXAMPLE_START),
        example_end=texts.clock(method.EXAMPLE_END),
    )


def show_differences(dataset: Dataset, texts: Texts) -> None:
    """Set rival figures side by side, and list what sources contradict."""
    show("rivals.html.j2", texts, topics=rival_claims(dataset, texts), linked=None)
    events = method.contradictions(dataset, texts)
    lead = texts.n(
        "{n} event on which sources contradict each other",
        "{n} events on which sources contradict each other",
        len(events),
    )
    with st.expander(lead):
        lead = texts.t("Both sides stand as they were found.")
        show("events.html.j2", texts, lead=lead, events=events)


def show_corrections(dataset: Dataset, texts: Texts) -> None:
    """List the events that do not say what the article says, and why."""
    events = method.corrections(dataset, texts)
    lead = texts.t("No event is marked as one.")
    if events:
        lead = texts.n(
            "In {n} case other sources show that the article errs; the map follows them and says so.",
            "In {n} cases other sources show that the article errs; the map follows them and says so.",
            len(events),
        )
    show("events.html.j2", texts, lead=lead, events=events)


def show_sources(dataset: Dataset, texts: Texts) -> None:
    """List the sources the reader asks for."""
    sources = method.sources(dataset, texts)
    words, publisher, origin = st.columns([3, 2, 2], vertical_alignment="bottom")
    wanted = words.text_input(texts.t("Words in the title or publisher"))
    everyone = texts.t("All publishers")
    publishers = sorted({each.publisher for each in sources} - {""})
    by = publisher.selectbox(
        texts.t("Publisher"), [everyone, *publishers], placeholder=everyone
    )
    is_official = origin.checkbox(texts.t("Only of official origin"))
    found = [
        each
        for each in sources
        if has_words(each, wanted)
        and by in {everyone, each.publisher}
        and (each.is_official or not is_official)
    ]
    show("sources.html.j2", texts, sources=found, total=len(sources))


def has_words(source: method.SourceWords, wanted: str) -> bool:
    """Tell whether a source's title and publisher have every word."""
    text = fold(f"{source.title}\n{source.publisher}")
    return all(word in text for word in words_of(wanted))


def show_missing(dataset: Dataset, texts: Texts) -> None:
    """Say what the map does not show, and why."""
    sources = method.sources(dataset, texts)
    show(
        "missing.html.j2",
        texts,
        unmapped=method.unmapped_counts(dataset),
        places=method.unmarked_places(dataset, texts),
        legs=method.undrawn_legs(dataset, texts),
        without_address=sum(web_address(each.address) is None for each in sources),
    )


def show_licences(dataset: Dataset, texts: Texts) -> None:
    """Say under which terms what is here may be used."""
    corrections = corrections_link()
    show("licences.html.j2", texts, credit=dataset.credit, corrections=corrections)


show_page(store.almaty(), store.texts())
