from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bench.expected import OPENING_END, Events, ends, events_of
from bench.rows import FIRST, LAST, SHIPPED, made_up, rows
from bench.synthetic import dataset
from geo.dataset import load
from geo.query import Query, select
from geo.timeline import ALMATY


@pytest.fixture(scope="module")
def thousand() -> Events:
    return events_of(1_000)


def test_shipped_size_is_that_of_the_shipped_data() -> None:
    assert len(load().events) == SHIPPED


def test_shipped_rows_are_the_events_with_a_mark() -> None:
    shipped = rows(SHIPPED)
    events = load().events
    assert set(shipped["id"]) == set(events.index[events["scope"] == "mapped"])
    assert list(events.index[shipped["n"]]) == list(shipped["id"])


def test_made_up_events_are_the_same_each_time() -> None:
    assert made_up(500).equals(made_up(500))


def test_made_up_events_keep_within_their_days_and_off_midnight() -> None:
    start = made_up(5_000)["start"]
    assert start.min() > FIRST
    assert start.max() < LAST
    assert (start.dt.floor("D") != start).all()
    assert start.is_monotonic_increasing


def test_dataset_and_rows_are_the_same_events(thousand: Events) -> None:
    events = thousand.dataset.events
    wall = events["start"].dt.tz_localize(None)
    assert list(events.index) == list(thousand.rows["id"])
    assert (wall.to_numpy() == thousand.rows["start"].to_numpy()).all()
    assert events.geometry.x.tolist() == thousand.rows["lon"].tolist()


def test_dataset_has_the_columns_of_a_loaded_one() -> None:
    made, loaded = dataset(10), load()
    for name in ("events", "places", "routes", "legs", "evidence", "moments"):
        assert list(getattr(made, name).columns) == list(getattr(loaded, name).columns)
    assert made.events.dtypes.astype(str).equals(loaded.events.dtypes.astype(str))


def test_expected_marks_are_those_the_query_finds(thousand: Events) -> None:
    end = OPENING_END.replace(tzinfo=ALMATY)
    asked = Query(start=end - timedelta(days=1), end=end)
    visible = select(thousand.dataset, asked).visible
    own = thousand.expected("timemap", OPENING_END, by_start=False)
    assert {event for event, _ in own["events"]} == set(visible)
    numbers = thousand.expected("leaflet", OPENING_END, by_start=False)["numbers"]
    assert {f"event-{n}" for n in numbers} == set(visible)


def test_event_that_lasts_is_expected_by_its_start_alone_where_asked() -> None:
    events = events_of(SHIPPED)
    end = OPENING_END + timedelta(days=5)
    lasting = events.expected("leaflet", end, by_start=False)["numbers"]
    starting = events.expected("leaflet", end, by_start=True)["numbers"]
    assert set(starting) < set(lasting)


def test_drag_has_an_expectation_for_each_quarter_of_an_hour(thousand: Events) -> None:
    table = thousand.own_by_end(OPENING_END - timedelta(hours=1), OPENING_END)
    assert list(table) == [
        "2022-01-04T23:00",
        "2022-01-04T23:15",
        "2022-01-04T23:30",
        "2022-01-04T23:45",
        "2022-01-05T00:00",
    ]


def test_windows_go_forth_and_back_by_a_day() -> None:
    walk = ends()
    assert walk[0] == walk[-1] == OPENING_END == datetime(2022, 1, 5)  # noqa: DTZ001
    steps = {abs(b - a) for a, b in pairwise(walk)}
    assert steps == {timedelta(days=1)}
