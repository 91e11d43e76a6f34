import csv
import io

import pandas as pd
import pytest

from geo.dataset import Dataset
from geo.export.tables import csv_of, to_csv
from geo.ingest import FileKind, NoteKind
from geo.query import Query, select
from geo.texts import Texts
from tests.geo.ingest.given import (
    noted,
    our_data,
    problems,
    reading,
    sample,
    shown,
)

HEADER = "title,date,place"


def exported(dataset: Dataset) -> list[dict[str, str]]:
    text = to_csv(dataset, Query(), Texts()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame with every cell as an object, whatever held it."""
    objects = pd.DataFrame(frame).astype(object)
    return objects.set_axis(list(frame.index))


# A simple table


def test_a_simple_table_is_recognised() -> None:
    assert reading(sample("table.csv")).kind is FileKind.TABLE


def test_what_a_table_does_not_say_is_said_modestly() -> None:
    row = shown(f"{HEADER}\nA,2022-01-05,\n").events.iloc[0]
    assert (row["kind"], row["attribution"], row["corroboration"]) == (
        "observation",
        "reported",
        "none",
    )


@pytest.mark.parametrize(
    "header",
    [
        "Title,Date,LAT,Long",
        "name,datetime,latitude,longitude",
        "название,дата,широта,долгота",
        "атауы,күні,ендік,бойлық",
        " Event_Title ,Date & Time,y,x".replace("Date & Time", "date-time"),
    ],
)
def test_columns_have_many_names(header: str) -> None:
    assert len(shown(f"{header}\nA,2022-01-05,43.2,76.9\n").events) == 1


def test_ids_are_taken_where_they_are_given() -> None:
    data = shown(f"id,{HEADER}\nb7,A,2022-01-05,\n,B,2022-01-06,\n")
    assert list(data.events.index) == ["b7", "row-3"]


def test_ids_are_never_those_of_another_row() -> None:
    data = shown(f"id,{HEADER}\n,A,2022-01-05,\nrow-2,B,2022-01-06,\n")
    assert list(data.events.index) == ["row-2-x", "row-2"]


def test_an_id_with_other_signs_is_changed_and_kept() -> None:
    found = reading(f"id,{HEADER}\na/b c,A,2022-01-05,\n")
    assert found.dataset is not None
    assert list(found.dataset.events.index) == ["a-b-c"]
    assert list(found.dataset.extras["id (as given)"]) == ["a/b c"]
    assert noted(found, NoteKind.IDS) == [(2,)]


def test_the_second_row_of_an_id_is_set_aside() -> None:
    found = reading(f"id,{HEADER}\na,A,2022-01-05,\na,B,2022-01-06,\n")
    assert problems(found) == [
        'given.csv, row 3, column id: "a" stands already in row 2'
    ]


def test_the_id_of_a_bad_row_is_free() -> None:
    found = reading(f"id,{HEADER}\na,A,bad,\na,B,2022-01-06,\n")
    assert (found.shown, len(found.set_aside)) == (1, 1)


def test_our_kinds_are_taken_and_others_are_said() -> None:
    found = reading(f"{HEADER},kind\nA,2022-01-05,,fire\nB,2022-01-06,,protest\n")
    assert found.dataset is not None
    assert list(found.dataset.events["kind"]) == ["fire", "observation"]
    assert list(found.dataset.extras["kind (as given)"]) == ["fire", "protest"]
    assert noted(found, NoteKind.KIND) == [(3,)]


def test_sources_become_items_and_evidence() -> None:
    data = shown(sample("table.csv"))
    assert [item["title"] for item in data.sources.values()] == [
        "https://example.org/kiosk", "Invented Weekly", "Invented Daily",
    ]  # fmt: skip
    assert list(data.evidence["source"]) == ["source-1", "source-2", "source-3"]


def test_a_title_that_shows_as_nothing_is_set_aside() -> None:
    assert (
        "column title: is empty" in problems(reading(f"{HEADER}\n  ,2022-01-05,\n"))[0]
    )


def test_every_bad_row_of_the_sample_is_named() -> None:
    found = reading(sample("table-bad.csv"))
    assert (found.read, found.shown) == (9, 2)
    assert [row.number for row in found.set_aside] == [3, 4, 5, 6, 7, 8, 9]


# Our own format


def test_our_own_events_are_read_as_they_are() -> None:
    ours = our_data()
    read = shown(csv_of(ours, list(ours.events.index)), name="events.csv")
    names = [name for name in ours.events.columns if name not in ("geometry", "scope")]
    by_time = ours.events.sort_values("start", kind="stable")
    assert plain(read.events[names]).equals(plain(by_time[names]))
    assert list(read.events["scope"]) == list(by_time["scope"])
    pairs = zip(read.events["geometry"], by_time["geometry"], strict=True)
    assert all(one == other for one, other in pairs)
    assert len(read.extras.columns) == 0


def test_our_own_format_brings_routes_and_their_places_along() -> None:
    ours = our_data()
    read = shown(csv_of(ours, list(ours.events.index)))
    assert set(read.routes.index) == set(ours.events["route"]) - {""}
    assert set(read.legs["from_place"]) - {""} <= set(read.places.index)


def test_our_own_format_is_held_to_its_own_words() -> None:
    found = reading(sample("events-bad.csv"), name="events-bad.csv")
    assert (found.read, found.shown) == (5, 1)
    said = problems(found)
    assert '"riot" is not one of: gathering' in said[0]
    assert "column end: 2022-01-05T13:00 is before start" in said[1]
    assert '"atlantis" is no place we know' in said[2]
    assert '"good" stands already in row 2' in said[3]


def test_an_unknown_source_of_our_own_format_is_an_item_of_its_own() -> None:
    data = shown(sample("events.csv"))
    assert data.sources["invented_wire"]["title"] == "invented_wire"


def test_an_unknown_route_is_forgotten_and_said() -> None:
    text = (
        sample("events.csv")
        .decode()
        .replace("almaty,,reported", "almaty,no-march,reported")
    )
    found = reading(text)
    assert noted(found, NoteKind.ROUTE) == [(2,)]
    assert found.shown == 3


# Everything else works on it


def test_a_query_finds_what_was_read() -> None:
    data = shown(sample("table.csv"))
    query, dropped = Query.from_params({"q": "concert"}, data)
    assert (dropped, select(data, query).visible) == ([], ("row-3",))


def test_unknown_columns_are_exported_again() -> None:
    assert [row["colour"] for row in exported(shown(sample("table.csv")))] == [
        "blue",
        "",
        "green",
    ]


def test_an_exported_column_runs_no_formula() -> None:
    data = shown(f"{HEADER},x\nA,2022-01-05,,=1+1\n")
    assert exported(data)[0]["x"] == "'=1+1"


def test_an_exported_file_claims_no_licence_of_ours() -> None:
    assert not {"licence", "data_version"} & set(
        exported(shown(sample("table.csv")))[0]
    )


def test_a_chosen_part_is_exported_with_its_own_columns() -> None:
    data = shown(sample("table.csv"))
    rows = csv_of(data, ["row-4"]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(rows)))["colour"] == "green"


@pytest.mark.parametrize(
    "name", ["table.csv", "acled.csv", "points.geojson", "timemap.json"]
)
def test_what_was_exported_is_read_back_the_same(name: str) -> None:
    first = shown(sample(name), name=name)
    again = reading(to_csv(first, Query(), Texts()), name="again.csv")
    assert (again.kind, again.set_aside) == (FileKind.EVENTS, ())
    assert again.dataset is not None
    names = ["title", "kind", "start", "end", "earliest", "latest", "scope"]
    assert plain(again.dataset.events[names]).equals(plain(first.events[names]))
    assert list(again.dataset.events["geometry"]) == list(first.events["geometry"])
    assert set(first.extras.columns) <= set(again.dataset.extras.columns)
