"""The Desk's form and table as HTML: escaped, the same for every query. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.desk_form import place_names
from dashboard.desk_table import COLUMNS, SHOWN_AT_FIRST, STATUS_WORDS, rows_of
from dashboard.markup import render
from dashboard.method import kinds_by_group
from geo.dataset import Dataset
from geo.facets import DISTANCES_M
from geo.palette import GLYPHS
from geo.texts import Texts
from geo.vocab import Attribution, Corroboration, Unit

MOST_DAYS = 400
"""So many days of a longer span are offered by name; any may be typed."""


@dataclass(frozen=True)
class DeskParts:
    """What stays while the answer changes."""

    filters: str
    table: str
    statuses: dict[str, str]
    """Words by status, which the table fills in."""


def parts_of(dataset: Dataset, texts: Texts) -> DeskParts:
    """Render the form with all there is to choose, and every event as a row."""
    return DeskParts(
        filters=filters_html(dataset, texts),
        table=render(
            "desk_table.html.j2",
            texts,
            columns=COLUMNS,
            shown=SHOWN_AT_FIRST,
            rows=rows_of(dataset, texts),
        ),
        statuses={
            status.value: texts.t(words) for status, words in STATUS_WORDS.items()
        },
    )


def filters_html(dataset: Dataset, texts: Texts) -> str:
    """Render the form."""
    at = {place for places in dataset.events["places"] for place in places}
    names = {
        str(place): texts.field(row, "name")
        for place, row in dataset.places.to_dict("index").items()
        if place in at
    }
    rows = dataset.events.to_dict("records")
    actors = {actor for row in rows for actor in texts.listed(row, "actors")}
    moments = dataset.moments.to_dict("index").items()
    return render(
        "desk_filters.html.j2",
        texts,
        days=[(day.isoformat(), texts.weekday(day)) for day in days_of(dataset)],
        moments=[(str(key), texts.field(row, "title")) for key, row in moments],
        near=sorted_by_words(place_names(dataset, texts)),
        distances=DISTANCES_M,
        # Its offset is known for our own events only.
        clock=Unit.TIME if dataset.file else None,
        groups=kinds_by_group(),
        glyphs=GLYPHS,
        attributions=list(Attribution),
        corroborations=list(Corroboration),
        places=sorted_by_words(names),
        actors=sorted(actors, key=str.casefold),
    )


def days_of(dataset: Dataset) -> list[date]:
    """List the days of the data's span, the first ones if there are very many."""
    first = dataset.span.start.date()
    count = (dataset.span.end.date() - first).days
    return [first + timedelta(days=at) for at in range(min(count, MOST_DAYS))]


def sorted_by_words(names: dict[str, str]) -> list[tuple[str, str]]:
    """List ids and names by name."""
    return sorted(names.items(), key=lambda item: item[1].casefold())
