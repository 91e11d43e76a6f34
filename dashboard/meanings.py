"""What each word of the map's legend means, in sentences. Pure.

One row a word: (label, meaning, example), the example empty where none helps.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias, TypeVar

from dashboard.method import EventWords, counts, precision_examples, status_examples
from geo.dataset import Dataset
from geo.labels import noop
from geo.texts import Texts
from geo.vocab import (
    Attribution,
    Corroboration,
    LegEvidence,
    PlacePrecision,
    Sketch,
    Status,
    TimePrecision,
)

Row: TypeAlias = tuple[str, str, str]
Word = TypeVar("Word", bound=StrEnum)

MEANINGS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Attribution: {
        "observed": noop(
            "The authors of the article were there. They were in the streets on 4 and 5 January only."
        ),
        "reported": noop("Journalists, witnesses or organisations say so."),
        "official": noop(
            "An authority says so: a ministry, the prosecutors, the president's office."
        ),
        "rumour": noop("It was said at the time. Nothing shows that it happened."),
        "analysis": noop("Somebody's reading of events, not an event that was seen."),
    },
    Corroboration: {
        "independent": noop(
            "At least one source that does not depend on the first says the same."
        ),
        "partial": noop("Another source supports a part of it."),
        "official-only": noop("Besides the first source, only authorities say so."),
        "none": noop("No second source was found."),
    },
    TimePrecision: {
        "minute": noop("A source gives the minute, or a message bears its stamp."),
        "hour": noop("The hour is known, give or take."),
        "part-of-day": noop(
            "Morning, evening, night: it happened some time in there, not all through it."
        ),
        "day": noop("The day is known, or a few days of which any may be meant."),
    },
    Status: {
        "certain": noop(
            "It happened inside the chosen time, at the earliest and at the latest."
        ),
        "likely": noop(
            "Its best estimate falls into the chosen time, its outer bounds reach beyond."
        ),
        "coarse": noop(
            "Only the day or the part of the day is known, and that reaches beyond the chosen time. Drawn pale."
        ),
        "possible": noop(
            "Only its outer bounds touch the chosen time. Drawn hollow, and only when “possible too” is on."
        ),
    },
    PlacePrecision: {
        "exact": noop("The building or the spot itself."),
        "vicinity": noop("Within sight of the mark."),
        "locality": noop("A ring shows how far off it may be."),
        "district": noop("A wide ring; the mark is the middle of the district."),
        "city": noop("The town is known, not where in it. One mark a town."),
        "region": noop("The region is known. Named on the map when you zoom out."),
    },
    LegEvidence: {
        "documented": noop("A solid line: sources name the street."),
        "inferred": noop("A dashed line: worked out between two known points."),
        "unknown": noop("A dotted arc, or no line at all: the street is not known."),
    },
}


def reading(dataset: Dataset, texts: Texts) -> dict[str, list[Row]]:
    """Give the rows of every table that explains the map."""
    events, places = dataset.events, dataset.places
    marked = places[places["marked"]]
    legs = dataset.legs[dataset.legs["sketch"] != Sketch.POINT.value]
    by_event = {
        "attributions": counts(events, "attribution", Attribution),
        "corroborations": counts(events, "corroboration", Corroboration),
    }
    return {
        **{
            name: _rows(
                {
                    word: texts.n("{n} event", "{n} events", n)
                    for word, n in found.items()
                },
                texts,
            )
            for name, found in by_event.items()
        },
        "precisions": _rows(
            _with_blanks(TimePrecision, precision_examples(dataset, texts)), texts
        ),
        "statuses": _rows(_with_blanks(Status, status_examples(dataset, texts)), texts),
        "places": _rows(
            {
                word: texts.n("{n} place", "{n} places", n)
                for word, n in counts(marked, "precision", PlacePrecision).items()
            },
            texts,
        ),
        "legs": _rows(
            {
                word: texts.n("{n} part of a march", "{n} parts of marches", n)
                for word, n in counts(legs, "evidence", LegEvidence).items()
            },
            texts,
        ),
    }


def _with_blanks(
    vocabulary: type[Word], examples: Mapping[Word, EventWords]
) -> dict[Word, str]:
    """Say the examples there are, in the vocabulary's order."""
    said = {word: f"{event.when} – {event.title}" for word, event in examples.items()}
    return {word: said.get(word, "") for word in vocabulary}


def _rows(examples: Mapping[Word, str], texts: Texts) -> list[Row]:
    """Put label, meaning and example of each word side by side."""
    return [
        (texts.label(word), texts.t(MEANINGS[type(word)][word.value]), example)
        for word, example in examples.items()
    ]
