"""The Desk of very many events: the first rows, some places, fewer bars."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import desk_form, desk_parts, desk_report, desk_table
from dashboard.desk_chart import MOST_BARS, chart_of
from dashboard.desk_form import answer, offered_places
from dashboard.desk_parts import parts_of
from dashboard.desk_report import Report, Turn, report_of
from dashboard.desk_table import rows_of
from dashboard.state import MapState
from geo import facets
from geo.dataset import Dataset, kept_with, load
from geo.facets import facets_of
from geo.query import Query, select
from geo.texts import Texts
from geo.timeline import MINUTES_A_DAY
from tests import cast

TEXTS = Texts("en")
ROWS = 2


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Dataset:
    """The cast, of which two events are very many."""
    monkeypatch.setattr(desk_table, "MOST_AT_ONCE", ROWS)
    monkeypatch.setattr(desk_report, "MOST_ROWS", ROWS)
    monkeypatch.setattr(desk_form, "MOST_OFFERED", 1)
    monkeypatch.setattr(desk_parts, "MOST_OFFERED", 1)
    return load(folder)


def report(dataset: Dataset, query: Query) -> Report:
    return report_of(MapState(query=query), Turn(), dataset, TEXTS)


def test_an_answer_brings_its_first_rows_and_says_so(long: Dataset) -> None:
    said = report(long, Query(possible=True))
    visible = select(long, Query(possible=True)).visible
    assert said["ids"] == list(visible[:ROWS])
    assert said["statuses"].keys() == set(said["ids"])
    assert re.findall('data-id="([^"]+)"', said["rows"] or "") == said["ids"]
    assert said["more"].startswith(f"The first {ROWS} of {len(visible)} events")


def test_an_answer_that_fits_says_nothing_of_more(long: Dataset) -> None:
    event = str(long.events.index[-1])
    assert report(long, Query(only=(event,), possible=True))["more"] == ""


def test_the_page_itself_brings_no_rows(long: Dataset) -> None:
    assert "data-id" not in parts_of(long, TEXTS).table


def test_few_events_come_all_at_once(small: Dataset) -> None:
    assert report(small, Query())["rows"] is None
    assert parts_of(small, TEXTS).table.count("data-id=") == len(small.events)


def test_chosen_rows_say_what_all_rows_say(small: Dataset) -> None:
    rows = rows_of(small, TEXTS)
    ids = [row.id for row in rows[1:3]]
    assert rows_of(small, TEXTS, ids) == rows[1:3]


def test_the_form_offers_the_places_of_the_most_events(long: Dataset) -> None:
    (offered,) = offered_places(long)
    counts = facets_of(long, Query()).place
    assert counts[offered] == max(counts.values())
    filters = parts_of(long, TEXTS).filters
    assert filters.count('name="place"') == 1
    assert "The 1 place with the most events" in filters
    assert set(report(long, Query())["counts"]["place"]) == {offered}


def test_a_place_the_form_does_not_offer_stays_in_the_question(long: Dataset) -> None:
    (offered,) = offered_places(long)
    other = next(place for place in long.places.index if place != offered)
    known = Query(place=(str(other),))
    query, _ = answer({"fields": {"q": "x"}}, known, long, TEXTS)
    assert query == replace(known, q="x")


def test_where_there_are_too_many_to_try_no_number_is_given(
    small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert facets_of(small, Query()).actors
    assert facets_of(small, Query()).near
    monkeypatch.setattr(facets, "_MOST_TRIES", 0)
    assert facets_of(small, Query()).actors == {}
    assert facets_of(small, Query()).near == {}


def test_a_bar_of_many_years_stands_for_days(tmp_path: Path) -> None:
    late = "2049-01-05T14:00+05:00"
    first = cast.event("first", cast.at("14:00"), cast.at("15:00"))
    dataset = load(cast.write(tmp_path, events=[first, cast.event("last", late, late)]))
    chart = chart_of(dataset, Query(), list(dataset.events.index), TEXTS)
    assert chart
    assert chart.bin_minutes % MINUTES_A_DAY == 0
    assert chart.bins <= MOST_BARS


def test_what_is_kept_with_a_dataset_is_made_once_for_each(
    small: Dataset, tmp_path: Path
) -> None:
    made: list[Dataset] = []

    @kept_with
    def count(dataset: Dataset) -> int:
        made.append(dataset)
        return len(dataset.events)

    other = load(cast.write(tmp_path))
    assert [count(small), count(small), count(other)] == [
        len(small.events),
        len(small.events),
        len(other.events),
    ]
    assert made == [small, other]
