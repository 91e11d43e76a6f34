"""What the Sources & method page tells, drawn from the data. Pure.

Rows hold finished words; the templates only lay them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.query import Query, select
from geo.texts import Texts, title_language
from geo.timeline import ALMATY
from geo.vocab import (
    GROUP_OF,
    Kind,
    KindGroup,
    Scope,
    Sketch,
    Status,
    TimePrecision,
)

CORRECTION = "Corrected"
"""Opens the note of an event that departs from the article."""

# An afternoon in whose hours an event of each status is found.
EXAMPLE_START = datetime(2022, 1, 5, 12, tzinfo=ALMATY)
EXAMPLE_END = datetime(2022, 1, 5, 18, tzinfo=ALMATY)


@dataclass(frozen=True)
class EventWords:
    """An event in words."""

    title: str
    when: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceWords:
    """A source in words."""

    title: str
    publisher: str
    issued: str
    address: str
    """As the file has it: not yet known to be a web address."""
    is_official: bool
    dependence: str
    events: int
    """How many events rest on it."""
    title_language: str = ""
    """Where it is not the page's own."""


def event_words(
    event: Mapping[Any, Any], texts: Texts, remarks: tuple[str, ...] = ()
) -> EventWords:
    """Say an event's title and time."""
    when = texts.span(
        event["start"],
        event["end"],
        event["earliest"],
        event["latest"],
        event["time_precision"],
    )
    return EventWords(texts.field(event, "title"), when, remarks)


def counts(
    frame: pd.DataFrame, column: str, vocabulary: type[StrEnum]
) -> dict[Any, int]:
    """Count the rows of each word of a vocabulary, in its order."""
    found = frame[column].value_counts()
    return {member: int(found.get(member.value, 0)) for member in vocabulary}


def precision_examples(
    dataset: Dataset, texts: Texts
) -> dict[TimePrecision, EventWords]:
    """Give the first event of each time precision."""
    first = dataset.events.drop_duplicates("time_precision")
    return {
        TimePrecision(event["time_precision"]): event_words(event, texts)
        for event in records(first)
    }


def status_examples(dataset: Dataset, texts: Texts) -> dict[Status, EventWords]:
    """Give the first event of each status in the example window."""
    query = Query(start=EXAMPLE_START, end=EXAMPLE_END, possible=True)
    examples: dict[Status, EventWords] = {}
    for event_id, status in select(dataset, query).statuses.items():
        if status not in examples:
            examples[status] = event_words(dataset.events.loc[event_id], texts)
    return examples


def kinds_by_group() -> dict[KindGroup, list[Kind]]:
    """List the kinds of each group."""
    return {
        group: [kind for kind in Kind if GROUP_OF[kind] is group] for group in KindGroup
    }


def contradictions(dataset: Dataset, texts: Texts) -> list[EventWords]:
    """List the events on which sources contradict each other."""
    return [
        event_words(event, texts, texts.listed(event, "contradictions"))
        for event in records(dataset.events)
        if event["contradictions"]
    ]


def corrections(dataset: Dataset, texts: Texts) -> list[EventWords]:
    """List the events whose note says that the article is corrected."""
    return [
        event_words(event, texts, (texts.field(event, "note"),))
        for event in records(dataset.events)
        if str(event["note"]).startswith(CORRECTION)
    ]


def sources(dataset: Dataset, texts: Texts) -> list[SourceWords]:
    """List all sources by publisher, then by title."""
    words = sources_by_id(dataset, texts).values()
    return sorted(words, key=lambda each: (each.publisher.casefold(), each.title))


def unmarked_places(dataset: Dataset, texts: Texts) -> list[tuple[str, str]]:
    """List (name, reason) of the places without a known position."""
    places = dataset.places[dataset.places.geometry.isna()]
    return [
        (texts.field(place, "name"), texts.field(place, "note"))
        for place in records(places)
    ]


def undrawn_legs(dataset: Dataset, texts: Texts) -> list[tuple[str, str, str]]:
    """List (route, street, note) of the parts of marches that are not drawn."""
    legs = dataset.legs[dataset.legs["sketch"] == Sketch.NONE.value]
    return [
        (
            texts.field(dataset.routes.loc[leg["route"]], "title"),
            texts.field(leg, "street"),
            texts.field(leg, "note"),
        )
        for leg in records(legs)
    ]


def unmapped_counts(dataset: Dataset) -> dict[Scope, int]:
    """Count the events that are listed, not mapped, by heading."""
    found = counts(dataset.events, "scope", Scope)
    return {scope: n for scope, n in found.items() if scope is not Scope.MAPPED}


def sources_by_id(dataset: Dataset, texts: Texts) -> dict[str, SourceWords]:
    """Say every source in words, in file order."""
    cited = dataset.evidence["source"].value_counts()
    return {
        key: _source_words(item, int(cited.get(key, 0)), texts)
        for key, item in dataset.sources.items()
    }


def _source_words(item: Mapping[str, Any], events: int, texts: Texts) -> SourceWords:
    """Say a CSL-JSON item."""
    custom = item.get("custom", {})
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return SourceWords(
        title=str(item.get("title", "")),
        publisher=str(item.get("publisher") or item.get("container-title") or ""),
        issued=texts.partial_date(*map(int, parts)) if parts else "",
        address=str(item.get("URL") or ""),
        is_official=bool(custom.get("official_origin")),
        dependence=texts.field(custom, "dependence"),
        events=events,
        title_language=title_language(item, texts.language),
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a frame's rows as dictionaries, without the index."""
    return [
        {str(name): value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
