"""What the server answers to a query on the Desk, for the browser. Pure.

Table, map and chart rest on one selection: `ids` of a report. The map gets
the same question, and finds the same ids by the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from dashboard.desk_chart import chart_of
from dashboard.desk_form import Fields, fields_of, offered_places
from dashboard.desk_table import MOST_ROWS, SHOWN_AT_FIRST, is_long, rows_of
from dashboard.markup import render
from dashboard.state import MapState, to_url
from geo.dataset import Dataset
from geo.export.question import filter_words, time_words
from geo.facets import Facets, Filter, alone, facets_of
from geo.geocode import locate
from geo.labels import noop
from geo.palette import GLYPHS
from geo.query import Query, Selection
from geo.texts import Texts
from geo.vocab import Status

_COUNT_WORDS: Mapping[Status, str] = {
    Status.CERTAIN: noop("{n} sure"),
    Status.LIKELY: noop("{n} likely"),
    Status.COARSE: noop("{n} some time that day"),
    Status.POSSIBLE: noop("{n} possible"),
}


class ActiveFilter(TypedDict):
    """A filter that narrows the answer."""

    code: str
    words: str
    left: int
    """How many events there would be without it."""


class Report(TypedDict):
    """Everything the Desk's parts in the browser show."""

    turn: int
    """Number of the reader's doing that this answers."""
    address: dict[str, str]
    """The view as parameters, in the order of the address."""
    fields: Fields
    problems: Mapping[str, str]
    """Why a field could not be used, in words, by its name."""
    counts: dict[str, Any]
    """How many events each filter would leave, by the form's names."""
    active: list[ActiveFilter]
    head: str
    answer: str
    """HTML, escaped: filters that are on, what to loosen, the chart."""
    ids: list[str]
    """Of the events in the table: all that answer, or the first of very many."""
    statuses: dict[str, str]
    """By id, of the events in `ids`."""
    rows: str | None
    """HTML, escaped: the rows of `ids`; None where the browser has them all."""
    more: str
    """How many more events answer than `ids` names, in words; "" if none."""


@dataclass(frozen=True)
class Turn:
    """What the reader last did to the form, as far as an answer needs it."""

    number: int = 0
    problems: Mapping[str, str] | None = None


def report_of(state: MapState, turn: Turn, dataset: Dataset, texts: Texts) -> Report:
    """Answer a view."""
    query = state.query
    facets = facets_of(dataset, query, locate=locate, texts=texts)
    selection = facets.selection
    filters = active_filters(query, facets, dataset, texts)
    has_rows = not is_long(dataset)
    ids = list(selection.visible if has_rows else selection.visible[:MOST_ROWS])
    return Report(
        turn=turn.number,
        address=to_url(state),
        fields=fields_of(query, dataset, texts),
        problems=turn.problems or {},
        counts=counts_of(query, facets, dataset),
        active=filters,
        head=head_words(selection, texts),
        answer=_answer(query, selection, filters, dataset, texts),
        ids=ids,
        statuses={each: selection.statuses[each].value for each in ids},
        rows=None if has_rows else _rows(ids, dataset, texts),
        more=_more_words(len(ids), len(selection.visible), texts),
    )


def active_filters(
    query: Query, facets: Facets, dataset: Dataset, texts: Texts
) -> list[ActiveFilter]:
    """Say each filter that narrows the query, and what it takes away."""
    return [
        ActiveFilter(
            code=each.value, words=words_of(each, query, dataset, texts), left=left
        )
        for each, left in facets.loosened.items()
    ]


def words_of(each: Filter, query: Query, dataset: Dataset, texts: Texts) -> str:
    """Say one filter of a query."""
    only = alone(query, each)
    if each is Filter.TIME:
        return time_words(only, texts)
    return "; ".join(filter_words(only, dataset, texts))


def _rows(ids: list[str], dataset: Dataset, texts: Texts) -> str:
    """Render rows of the table."""
    rows = rows_of(dataset, texts, ids)
    return render("desk_rows.html.j2", texts, rows=rows, shown=SHOWN_AT_FIRST)


def _more_words(shown: int, count: int, texts: Texts) -> str:
    """Say that the table has a part of the answer only."""
    if shown == count:
        return ""
    return texts.n(
        "The first {shown} of {n} event, by time; the headings sort these. Filters bring others here, and the files below hold all.",
        "The first {shown} of {n} events, by time; the headings sort these. Filters bring others here, and the files below hold all.",
        count,
        shown=texts.number(shown),
    )


def counts_of(query: Query, facets: Facets, dataset: Dataset) -> dict[str, Any]:
    """Give the counts by the names that the form has for them.

    A name that ends in `_now` says what a filter leaves as it is set, and is
    there only if it is set.
    """
    now = len(facets.selection.visible)
    offered = offered_places(dataset)
    is_set = {each.value: now for each in facets.loosened}
    return {
        "kinds": dict(facets.kinds),
        "by": dict(facets.by),
        "corroboration": dict(facets.corroboration),
        "place": {place: n for place, n in facets.place.items() if place in offered},
        "near": dict(facets.near),
        "within": {str(metres): n for metres, n in facets.within.items()},
        "actors": dict(facets.actors),
        "moments": dict(facets.moments),
        "possible": facets.possible,
        "contested": facets.contested,
        "independent": facets.independent,
        **{f"{name}_now": n for name, n in is_set.items()},
    }


def head_words(selection: Selection, texts: Texts) -> str:
    """Say how many events answer, and how surely they fall into the time."""
    visible = len(selection.visible)
    total = texts.number(selection.total)
    head = texts.n(
        "{n} event of {total}", "{n} events of {total}", visible, total=total
    )
    counts = selection.counts
    parts = ", ".join(
        texts.t(words, n=texts.number(counts[status]))
        for status, words in _COUNT_WORDS.items()
        if counts[status]
    )
    return texts.t("{head}: {parts}", head=head, parts=parts) if parts else head


def _answer(
    query: Query,
    selection: Selection,
    filters: list[ActiveFilter],
    dataset: Dataset,
    texts: Texts,
) -> str:
    """Render what stands above the table."""
    loosen = sorted(
        (each for each in filters if each["left"]), key=lambda each: -each["left"]
    )
    return render(
        "desk_answer.html.j2",
        texts,
        active=filters,
        loosen=loosen,
        count=len(selection.visible),
        possible=0 if query.possible else len(selection.possible_ids),
        chart=chart_of(dataset, query, selection.visible, texts),
        when=time_words(query, texts),
        glyphs=GLYPHS,
    )
