"""The Desk's form and table as HTML: escaped, the same for every query. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.desk_form import (
    MOST_OFFERED,
    names_of,
    offered_places,
    place_names,
)
from dashboard.desk_table import (
    COLUMNS,
    SHOWN_AT_FIRST,
    STATUS_WORDS,
    is_long,
    rows_of,
)
from dashboard.markup import render
from dashboard.method import kinds_by_group
from geo.dataset import Dataset
from geo.facets import DISTANCES_M, actor_names
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
    """Render the form, and every event as a row unless there are too many."""
    return DeskParts(
        filters=filters_html(dataset, texts),
        table=render(
            "desk_table.html.j2",
            texts,
            columns=COLUMNS,
            shown=SHOWN_AT_FIRST,
            rows=[] if is_long(dataset) else rows_of(dataset, texts),
        ),
        statuses={
            status.value: texts.t(words) for status, words in STATUS_WORDS.items()
        },
    )


def filters_html(dataset: Dataset, texts: Texts) -> str:
    """Render the form."""
    at = offered_places(dataset)
    places = dataset.places[dataset.places.index.isin(at)]
    near = place_names(dataset, texts)
    if len(near) > MOST_OFFERED:
        near = {place: name for place, name in near.items() if place in at}
    moments = dataset.moments.to_dict("index").items()
    return render(
        "desk_filters.html.j2",
        texts,
        days=[(day.isoformat(), texts.weekday(day)) for day in days_of(dataset)],
        moments=[(str(key), texts.field(row, "title")) for key, row in moments],
        near=sorted_by_words(near),
        distances=DISTANCES_M,
        # Its offset is known for our own events only.
        clock=Unit.TIME if dataset.file else None,
        groups=kinds_by_group(),
        glyphs=GLYPHS,
        attributions=list(Attribution),
        corroborations=list(Corroboration),
        places=sorted_by_words(names_of(places, texts)),
        is_part=len(at) == MOST_OFFERED,
        actors=sorted(actor_names(dataset, texts)[:MOST_OFFERED], key=str.casefold),
    )


def days_of(dataset: Dataset) -> list[date]:
    """List the days of the data's span, the first ones if there are very many."""
    first = dataset.span.start.date()
    count = (dataset.span.end.date() - first).days
    return [first + timedelta(days=at) for at in range(min(count, MOST_DAYS))]


def sorted_by_words(names: dict[str, str]) -> list[tuple[str, str]]:
    """List ids and names by name."""
    return sorted(names.items(), key=lambda item: item[1].casefold())
