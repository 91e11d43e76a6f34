"""Counts beside the filters, and which filter to loosen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from geo.dataset import Dataset
from geo.facets import Filter, active, alone, facets_of, without
from geo.geocode import locate
from geo.query import Query, select
from geo.timeline import parse_moment
from geo.vocab import Attribution, Corroboration, Kind, Mode

AFTERNOON = Query(
    start=parse_moment("2022-01-05T14:00"), end=parse_moment("2022-01-05T17:00")
)

QUERIES = [
    Query(),
    AFTERNOON,
    replace(AFTERNOON, near="almaty-akimat"),
    replace(AFTERNOON, near="Abay / Seifullin", within_m=1500.0, possible=True),
    replace(AFTERNOON, kinds=(Kind.CLASH, Kind.FIRE), by=(Attribution.OBSERVED,)),
    Query(q="square", contested=True, place=("republic-square", "almaty-airport")),
    Query(end=AFTERNOON.end, mode=Mode.SOFAR, independent=True, actor="police"),
    Query(corroboration=(Corroboration.NONE,), possible=True),
]


def count(dataset: Dataset, query: Query) -> int:
    return len(select(dataset, query, locate=locate).visible)


@pytest.mark.parametrize("query", QUERIES)
def test_each_count_is_what_choosing_the_value_leaves(
    shipped: Dataset, query: Query
) -> None:
    facets = facets_of(shipped, query, locate=locate)
    lists: dict[str, Mapping[Any, int]] = {
        "kinds": facets.kinds,
        "by": facets.by,
        "corroboration": facets.corroboration,
        "place": facets.place,
    }
    for name, counts in lists.items():
        for value, n in counts.items():
            chosen: dict[str, Any] = {name: (value,)}
            assert n == count(shipped, replace(query, **chosen)), value
    assert facets.contested == count(shipped, replace(query, contested=True))
    assert facets.independent == count(shipped, replace(query, independent=True))
    assert facets.possible == count(shipped, replace(query, possible=True))


@pytest.mark.parametrize("query", QUERIES[1:3])
def test_each_actor_counts_what_its_words_find(shipped: Dataset, query: Query) -> None:
    actors = facets_of(shipped, query, locate=locate).actors
    assert dict(actors) == {
        actor: count(shipped, replace(query, actor=actor)) for actor in actors
    }


@pytest.mark.parametrize("query", QUERIES)
def test_each_moment_counts_what_its_window_shows(
    shipped: Dataset, query: Query
) -> None:
    moments = shipped.moments.to_dict("index")
    assert dict(facets_of(shipped, query, locate=locate).moments) == {
        key: count(
            shipped,
            replace(query, start=row["start"], end=row["end"], mode=Mode.WINDOW),
        )
        for key, row in moments.items()
    }


@pytest.mark.parametrize("query", QUERIES[1:3])
def test_each_place_counts_what_is_near_it(shipped: Dataset, query: Query) -> None:
    near = facets_of(shipped, query, locate=locate).near
    assert dict(near) == {
        place: count(shipped, replace(query, near=place)) for place in near
    }


@pytest.mark.parametrize("query", QUERIES[2:4])
def test_each_distance_counts_what_it_would_leave(
    shipped: Dataset, query: Query
) -> None:
    within = facets_of(shipped, query, locate=locate).within
    assert dict(within) == {
        metres: count(shipped, replace(query, within_m=float(metres)))
        for metres in within
    }
    assert within


def test_no_distance_is_counted_round_no_place(small: Dataset) -> None:
    assert facets_of(small, Query()).within == {}


@pytest.mark.parametrize("query", QUERIES)
def test_loosening_counts_what_is_left_without_each_filter(
    shipped: Dataset, query: Query
) -> None:
    loosened = facets_of(shipped, query, locate=locate).loosened
    assert dict(loosened) == {
        each: count(shipped, without(query, each)) for each in active(shipped, query)
    }


def test_kinds_of_the_cast_are_counted_by_hand(small: Dataset) -> None:
    query = Query(
        start=parse_moment("2022-01-05T14:00"), end=parse_moment("2022-01-05T16:00")
    )
    kinds = {kind: n for kind, n in facets_of(small, query).kinds.items() if n}
    # STATUSES of the cast, read off its rows; the shots are only possible.
    assert kinds == {
        Kind.GATHERING: 3,
        Kind.MARCH: 1,
        Kind.CLASH: 1,
        Kind.COMMUNICATIONS: 1,
        Kind.STATEMENT: 1,
    }


def test_a_query_that_asks_for_everything_has_no_filter_on(small: Dataset) -> None:
    assert active(small, Query()) == ()
    assert active(small, Query(possible=True)) == ()


def test_a_window_round_all_data_is_no_filter(small: Dataset) -> None:
    span = small.span
    assert active(small, Query(start=span.start, end=span.end)) == ()
    assert active(small, Query(end=AFTERNOON.end)) == (Filter.TIME,)


def test_a_distance_without_a_place_is_no_filter(small: Dataset) -> None:
    assert active(small, Query(within_m=100.0)) == ()


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_the_sum_of_its_filters(shipped: Dataset, query: Query) -> None:
    rest = query
    for each in active(shipped, query):
        assert active(shipped, alone(query, each)) == (each,)
        rest = without(rest, each)
    assert active(shipped, rest) == ()
