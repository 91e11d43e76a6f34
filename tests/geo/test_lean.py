"""Lean columns give what any other column gives."""

import pickle

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.dataset import Dataset
from geo.export import FORMATS
from geo.export.tables import csv_of
from geo.facets import facets_of
from geo.histogram import histogram
from geo.lean import ListArray, ShapeArray, degrees_of, text_column
from geo.query import Query, select
from geo.texts import Texts
from geo.timemap.payload import payload_of
from geo.vocab import Kind
from tests.geo.ingest.given import our_data, shown

TUPLES = [("a", "b"), (), ("a",), ("c",)]
SHAPES = [shapely.Point(1, 2), None, shapely.MultiPoint([(1, 2), (3, 4)])]
COLUMNS = [(ListArray.of(TUPLES), TUPLES), (ShapeArray.of(SHAPES), SHAPES)]


@pytest.mark.parametrize(("column", "items"), COLUMNS)
def test_a_column_gives_what_it_was_made_of(
    column: ListArray | ShapeArray, items: list[object]
) -> None:
    assert list(column) == [column[at] for at in range(len(items))] == items
    assert column[-1] == items[-1]
    assert list(column[1:]) == items[1:]
    assert list(np.asarray(column)) == items


@pytest.mark.parametrize(("column", "items"), COLUMNS)
def test_a_column_is_chosen_from_in_every_way(
    column: ListArray | ShapeArray, items: list[object]
) -> None:
    mask = np.arange(len(items)) % 2 == 0
    assert list(column[mask]) == items[::2]
    assert list(column.take([2, 0])) == [items[2], items[0]]
    assert list(column.take([-1])) == [items[-1]]
    filled = column.take([-1, 0], allow_fill=True)
    assert list(filled) == [column.dtype.na_value, items[0]]
    with pytest.raises(IndexError):
        column[len(items)]


@pytest.mark.parametrize(("column", "items"), COLUMNS)
def test_columns_are_joined_and_pickled(
    column: ListArray | ShapeArray, items: list[object]
) -> None:
    twice = pd.concat([pd.Series(column), pd.Series(column)])
    assert list(twice) == items * 2
    assert list(pickle.loads(pickle.dumps(column, protocol=5))) == items


def test_lists_of_other_words_are_joined() -> None:
    joined = pd.concat([pd.Series(ListArray.of([("x",)])), pd.Series(COLUMNS[0][0])])
    assert list(joined) == [("x",), *TUPLES]


def test_what_a_function_makes_of_lists_is_no_list() -> None:
    assert list(pd.Series(ListArray.of(TUPLES)).map("+".join)) == ["a+b", "", "a", "c"]


def test_an_empty_list_is_there_and_no_point_is_not() -> None:
    assert not pd.Series(ListArray.of(TUPLES)).isna().any()
    assert list(pd.Series(ShapeArray.of(SHAPES)).notna()) == [True, False, True]


def test_degrees_are_those_of_either_sort_of_column() -> None:
    points = our_data().places["geometry"]
    lean = pd.Series(ShapeArray.of(points))
    np.testing.assert_array_equal(degrees_of(lean), degrees_of(points))


def test_text_that_occurs_again_is_kept_once() -> None:
    assert text_column(["a"] * 3).dtype == "category"
    assert list(text_column(["a", "b", "a"])) == ["a", "b", "a"]


# Our own events, read as somebody else's file


@pytest.fixture(scope="module")
def again() -> Dataset:
    ours = our_data()
    return shown(csv_of(ours, list(ours.events.index)), name="events.csv")


QUERIES = [
    Query(),
    Query(q="fire", possible=True),
    Query(actor="police"),
    Query(kinds=(Kind.CLASH, Kind.FIRE), contested=True),
    Query(independent=True),
    Query(place=("republic-square",)),
    Query(near="republic-square", within_m=1000.0),
]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_finds_the_same(again: Dataset, query: Query) -> None:
    here, there = select(again, query), select(our_data(), query)
    assert dict(here.statuses) == dict(there.statuses)
    assert sorted(here.visible) == sorted(there.visible)


@pytest.mark.parametrize("query", QUERIES)
def test_every_count_is_the_same(again: Dataset, query: Query) -> None:
    here, there = facets_of(again, query), facets_of(our_data(), query)
    for name in ("loosened", "kinds", "by", "corroboration", "within", "contested"):
        assert getattr(here, name) == getattr(there, name)
    assert {each: n for each, n in here.place.items() if n} == {
        each: n for each, n in there.place.items() if n
    }
    assert here.actors == there.actors


def test_the_histogram_is_the_same(again: Dataset) -> None:
    window = our_data().span
    here, there = (
        histogram(data.events, window, 60).fine for data in (again, our_data())
    )
    for group, weights in there.items():
        np.testing.assert_allclose(here[group], weights, atol=1e-9)


def test_the_map_is_given_the_same_events(again: Dataset) -> None:
    here, there = (
        payload_of(data, Texts(), {})["events"] for data in (again, our_data())
    )
    order = [there["ids"].index(each) for each in here["ids"]]
    for name in ("start", "end", "earliest", "latest", "coarse", "kind", "by", "route"):
        assert here[name] == [there[name][at] for at in order]


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"class", "handout-png", "png"}))
def test_every_format_is_written_of_lean_columns(again: Dataset, name: str) -> None:
    assert FORMATS[name].render(again, Query(q="fire"), Texts())
