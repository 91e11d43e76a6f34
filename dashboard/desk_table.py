"""The Desk's table: its columns, and events as rows of words. Pure.

All rows go to the browser once; `desk_table.js` shows, hides and sorts them. Of
very many events only the first that answer go, anew with each answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.desk_form import names_of
from geo.dataset import Dataset
from geo.labels import noop
from geo.texts import Texts
from geo.vocab import (
    Attribution,
    Corroboration,
    Kind,
    Status,
    TimeBasis,
    TimePrecision,
)

MOST_AT_ONCE = 2000
"""Above this many events the browser gets the first rows of each answer only."""
MOST_ROWS = 200
"""So many."""

TITLE, STATUS = "title", "status"

COLUMNS: Mapping[str, str] = {
    "when": noop("When"),
    TITLE: noop("What"),
    "where": noop("Where"),
    "by": noop("Who says so"),
    "corroboration": noop("What others say"),
    "kind": noop("Kind"),
    STATUS: noop("In the chosen time"),
    "precision": noop("How exact the time is"),
    "bounds": noop("Outer bounds of the time"),
    "actors": noop("Who is named"),
    "differ": noop("Contradictions"),
    "sources": noop("Sources"),
    "id": noop("Id"),
}
"""Headings of the columns by key, in their order."""

SHOWN_AT_FIRST = frozenset({"when", TITLE, "where", "by"})

STATUS_WORDS: Mapping[Status, str] = {
    Status.CERTAIN: noop("sure"),
    Status.LIKELY: noop("likely"),
    Status.COARSE: noop("some time that day"),
    Status.POSSIBLE: noop("possible"),
}


@dataclass(frozen=True)
class Cell:
    """One cell."""

    column: str
    text: str
    order: int | None = None
    """What to sort by instead of the text."""


@dataclass(frozen=True)
class EventRow:
    """One event."""

    id: str
    is_contested: bool
    cells: tuple[Cell, ...]


def is_long(dataset: Dataset) -> bool:
    """Whether there are too many events to send them all to the browser."""
    return len(dataset.events) > MOST_AT_ONCE


def rows_of(
    dataset: Dataset, texts: Texts, ids: Sequence[str] | None = None
) -> list[EventRow]:
    """Say events, in file order.

    Parameters
    ----------
    ids
        Which; every event if not given.
    """
    events = dataset.events if ids is None else dataset.events.loc[list(ids)]
    at = dict.fromkeys(place for places in events["places"] for place in places)
    names = names_of(dataset.places.loc[list(at)], texts)
    return [
        EventRow(
            id=str(event),
            is_contested=bool(row["contradictions"]),
            cells=tuple(_cells(str(event), row, names, texts)),
        )
        for event, row in events.to_dict("index").items()
    ]


def _cells(
    event: str, row: Mapping[Any, Any], names: Mapping[str, str], texts: Texts
) -> Iterator[Cell]:
    """Say one event column by column, in the order of `COLUMNS`."""
    start, end, precision = row["start"], row["end"], row["time_precision"]
    precision_words = texts.label(TimePrecision(precision))
    basis = texts.label(TimeBasis(row["time_basis"]))
    by, corroboration = row["attribution"], row["corroboration"]
    yield Cell("when", texts.when(start, end, precision), row["start_min"])
    yield Cell(TITLE, texts.field(row, "title"))
    yield Cell("where", "; ".join(names[place] for place in row["places"]))
    yield Cell("by", texts.label(Attribution(by)), _rank(Attribution, by))
    yield Cell(
        "corroboration",
        texts.label(Corroboration(corroboration)),
        _rank(Corroboration, corroboration),
    )
    yield Cell("kind", texts.label(Kind(row["kind"])), _rank(Kind, row["kind"]))
    # Depends on the window: the script fills it.
    yield Cell(STATUS, "")
    yield Cell(
        "precision",
        texts.t("{precision}; {basis}", precision=precision_words, basis=basis),
        _rank(TimePrecision, precision),
    )
    bounds = texts.bounds(start, end, row["earliest"], row["latest"])
    yield Cell("bounds", bounds, row["earliest_min"])
    yield Cell("actors", "; ".join(texts.listed(row, "actors")))
    differences = texts.listed(row, "contradictions")
    yield Cell("differ", "; ".join(differences), -len(differences))
    sources = len(row["sources"])
    yield Cell("sources", texts.number(sources), -sources)
    yield Cell("id", event)


def _rank(vocabulary: type[StrEnum], word: str) -> int:
    """Place a word among its vocabulary."""
    return [each.value for each in vocabulary].index(word)
