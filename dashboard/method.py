"""What the Sources & method page tells, drawn from the data. Pure.

Rows hold finished words; the templates only lay them out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.query import Query, select
from geo.texts import Texts
from geo.timeline import ALMATY
from geo.vocab import (
    GROUP_OF,
    Kind,
    KindGroup,
    Scope,
    Sketch,
    Status,
    TimePrecision,
    Topic,
    Unit,
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


@dataclass(frozen=True)
class ClaimWords:
    """A figure somebody gave, in words."""

    value: str
    claimant: str
    as_of: str
    source: SourceWords | None
    note: str


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
        for event in _records(first)
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


def rival_claims(dataset: Dataset, texts: Texts) -> dict[Topic, list[ClaimWords]]:
    """List the figures on each topic, by the date they were given."""
    sources = {source.id: source.words for source in _sources(dataset, texts)}
    # A claim known to its year or month only stands at the end of it.
    rows = sorted(
        _records(dataset.claims), key=lambda claim: str(claim["as_of"]).ljust(10, "~")
    )
    by_topic = {
        topic: [
            _claim_words(claim, sources, texts)
            for claim in rows
            if claim["topic"] == topic
        ]
        for topic in Topic
    }
    return {topic: claims for topic, claims in by_topic.items() if claims}


def contradictions(dataset: Dataset, texts: Texts) -> list[EventWords]:
    """List the events on which sources contradict each other."""
    return [
        event_words(event, texts, tuple(event["contradictions"]))
        for event in _records(dataset.events)
        if event["contradictions"]
    ]


def corrections(dataset: Dataset, texts: Texts) -> list[EventWords]:
    """List the events whose note says that the article is corrected."""
    return [
        event_words(event, texts, (texts.field(event, "note"),))
        for event in _records(dataset.events)
        if str(event["note"]).startswith(CORRECTION)
    ]


def sources(dataset: Dataset, texts: Texts) -> list[SourceWords]:
    """List all sources by publisher, then by title."""
    words = [source.words for source in _sources(dataset, texts)]
    return sorted(words, key=lambda each: (each.publisher.casefold(), each.title))


def unmarked_places(dataset: Dataset, texts: Texts) -> list[tuple[str, str]]:
    """List (name, reason) of the places without a known position."""
    places = dataset.places[dataset.places.geometry.isna()]
    return [
        (texts.field(place, "name"), texts.field(place, "note"))
        for place in _records(places)
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
        for leg in _records(legs)
    ]


def unmapped_counts(dataset: Dataset) -> dict[Scope, int]:
    """Count the events that are listed, not mapped, by heading."""
    found = counts(dataset.events, "scope", Scope)
    return {scope: n for scope, n in found.items() if scope is not Scope.MAPPED}


@dataclass(frozen=True)
class _Source:
    """A source's id beside its words."""

    id: str
    words: SourceWords


def _sources(dataset: Dataset, texts: Texts) -> Iterator[_Source]:
    """Say every source in words, in file order."""
    cited = dataset.evidence["source"].value_counts()
    for key, item in dataset.sources.items():
        custom = item.get("custom", {})
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        words = SourceWords(
            title=str(item.get("title", "")),
            publisher=str(item.get("publisher") or item.get("container-title") or ""),
            issued=texts.partial_date(*map(int, parts)) if parts else "",
            address=str(item.get("URL") or ""),
            is_official=bool(custom.get("official_origin")),
            dependence=str(custom.get("dependence") or ""),
            events=int(cited.get(key, 0)),
        )
        yield _Source(key, words)


def _claim_words(
    claim: Mapping[str, Any], known: Mapping[str, SourceWords], texts: Texts
) -> ClaimWords:
    """Say one figure in words."""
    parts = (int(part) for part in str(claim["as_of"]).split("-") if part)
    return ClaimWords(
        value=_value_words(claim, texts),
        claimant=texts.field(claim, "claimant"),
        as_of=texts.partial_date(*parts) if claim["as_of"] else "",
        source=known.get(claim["source"]),
        note=texts.field(claim, "note"),
    )


def _value_words(claim: Mapping[str, Any], texts: Texts) -> str:
    """Say a figure and its range: "225", "2 billion to 3 billion US dollars"."""
    value, low, high = (
        None if pd.isna(claim[name]) else claim[name]
        for name in ("value", "low", "high")
    )
    say = _sayer(Unit(claim["unit"]), texts)
    words = "" if value is None else say(value)
    if low is not None or high is not None:
        is_time = claim["unit"] == Unit.TIME
        say_range = _time_range if is_time else _number_range
        between = say_range(low, high, say, texts)
        words = f"{words} ({between})" if words else between
    is_money = claim["unit"] == Unit.USD
    return texts.t("{amount} US dollars", amount=words) if is_money else words


def _sayer(unit: Unit, texts: Texts) -> Callable[[Any], str]:
    """Choose how one value of a unit is said."""
    if unit is Unit.TIME:
        return texts.moment
    return texts.round_number if unit is Unit.USD else texts.number


def _time_range(
    low: datetime | None,
    high: datetime | None,
    say: Callable[[datetime], str],
    texts: Texts,
) -> str:
    """Say between which moments; one of them is given."""
    if low is not None and high is not None:
        return texts.when(low, high, TimePrecision.MINUTE)
    if low is not None:
        return texts.t("not before {low}", low=say(low))
    return texts.t("not after {high}", high=say(high)) if high else ""


def _number_range(
    low: float | None, high: float | None, say: Callable[[float], str], texts: Texts
) -> str:
    """Say between which numbers; one of them is given."""
    if low is not None and high is not None:
        return texts.t("{low} to {high}", low=say(low), high=say(high))
    if low is not None:
        return texts.t("at least {low}", low=say(low))
    return texts.t("at most {high}", high=say(high)) if high is not None else ""


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a frame's rows as dictionaries, without the index."""
    return [
        {str(name): value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
