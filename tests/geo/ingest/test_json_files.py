import json
from typing import Any

import pytest

from geo.ingest import FileKind, NoteKind, problems_csv
from tests.geo.ingest.given import noted, problems, reading, refusal, sample, shown


def feature(title: str, **changes: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"title": title, "time": "2022-01-05T10:00+06:00"},
        "geometry": {"type": "Point", "coordinates": [76.9453, 43.2382]},
    } | changes


def collection(*features: object, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": features})


def event(**changes: Any) -> dict[str, Any]:
    return {
        "id": "INV1",
        "description": "An invented event.",
        "date": "2022-02-24",
        "time": "",
        "location": "",
        "latitude": "43.238",
        "longitude": "76.945",
        "sources": [],
    } | changes


# GeoJSON


def test_points_are_shown_where_they_lie() -> None:
    found = reading(collection(feature("A")))
    assert found.kind is FileKind.GEOJSON
    assert found.dataset is not None
    point = found.dataset.places.geometry.iloc[0]
    assert (point.x, point.y) == (76.9453, 43.2382)


def test_the_id_of_a_feature_is_the_events() -> None:
    assert list(shown(sample("points.geojson")).events.index) == ["7", "item-2"]


def test_other_properties_are_kept_as_text() -> None:
    extras = shown(sample("points.geojson")).extras
    assert extras[["height", "tags"]].to_numpy().tolist() == [
        ["2.5", ""],
        ["", '["music", "open air"]'],
    ]


def test_each_bad_feature_is_named_with_its_line() -> None:
    found = reading(sample("points-bad.geojson"), name="points-bad.geojson")
    assert (found.read, found.shown) == (6, 2)
    assert [(row.number, row.line) for row in found.set_aside] == [
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
    ]
    assert "no Point but 'LineString'" in problems(found)[0]


def test_an_item_is_set_aside_with_its_own_text() -> None:
    text = '[\n{"date": "bad",  "description":"A" },\n{"date":"2022-01-05","description":"B"}]'
    found = reading(text)
    assert found.set_aside[0].cells == ('{"date": "bad",  "description":"A" }',)
    assert b'""description"":""A""' in problems_csv(found)


def test_a_broken_feature_costs_itself_only() -> None:
    text = collection(feature("A"), feature("B"), feature("C")).replace('"B",', '"B",,')
    found = reading(text)
    assert (found.read, found.shown) == (3, 2)


def test_a_file_that_breaks_off_keeps_what_is_whole() -> None:
    text = collection(*map(feature, "ABC"))
    found = reading(text[: text.index('"C"')])
    assert (found.read, found.shown) == (3, 2)
    assert noted(found, NoteKind.BROKEN_OFF) == [()]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"geometry": {"type": "Point", "coordinates": [1]}},
            "without two coordinates",
        ),
        ({"geometry": {"type": "Point", "coordinates": ["1", "2"]}}, "are no numbers"),
        ({"geometry": {"type": "Point", "coordinates": [True, 2]}}, "are no numbers"),
        ({"geometry": {"type": "Point"}}, "without two coordinates"),
        ({"geometry": []}, "no Point"),
        ({"geometry": {"type": {"a": 1}}}, "no Point"),
        ({"properties": [1]}, "properties that are no object"),
        ({"type": "Thing"}, "is not a GeoJSON Feature"),
        ({"properties": {"title": "x", "time": 1641369600}}, "is not ISO 8601"),
        ({"properties": {"title": "\ud83d", "time": "2022-01-05"}}, "no text"),
        ({"properties": {"title": "\0", "time": "2022-01-05"}}, "no text"),
        ({"properties": None}, "is empty"),
    ],
)
def test_what_is_no_event_at_a_point_is_set_aside(
    changes: dict[str, Any], words: str
) -> None:
    found = reading(collection(feature("A"), feature("B", **changes)))
    assert found.shown == 1
    assert words in problems(found)[0]
    assert problems_csv(found)


def test_a_feature_without_a_geometry_is_listed() -> None:
    assert list(shown(collection(feature("A", geometry=None))).events["scope"]) == [
        "unknown"
    ]


def test_a_name_that_stands_twice_is_set_aside() -> None:
    text = collection(feature("A")).replace(
        '"title": "A"', '"title": "A", "title": "B"'
    )
    assert "one name twice" in problems(reading(text))[0]


def test_properties_called_lat_do_not_replace_the_geometry() -> None:
    properties = {"title": "A", "time": "2022-01-05", "lat": "north"}
    data = shown(collection(feature("A", properties=properties)))
    assert list(data.extras["lat (property)"]) == ["north"]


def test_another_coordinate_system_is_refused() -> None:
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    assert "EPSG::3857" in refusal(collection(feature("A"), crs=system))


def test_the_old_name_of_wgs_84_is_fine() -> None:
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(shown(collection(feature("A"), crs=system)).events) == 1


def test_a_collection_without_features_shows_nothing() -> None:
    found = reading(collection())
    assert (found.kind, found.read, found.dataset) == (FileKind.GEOJSON, 0, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "without a list"),
        ("{}", "without a list"),
        ('{"type": "Topology"}', "without a list"),
        ('{"features": 7}', "without a list"),
        ('[{"a": 1}]', "lacks date"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"a" 1}', "no value after"),
    ],
)
def test_other_json_is_refused_with_a_reason(text: str, words: str) -> None:
    assert words in refusal(text)


@pytest.mark.parametrize(
    ("text", "count"), [("[", 0), ('{"features": [1, 2]}', 2), ("[" * 100_000, 1)]
)
def test_a_list_without_any_event_shows_nothing(text: str, count: int) -> None:
    found = reading(text)
    assert (found.read, found.dataset) == (count, None)


def test_numbers_of_many_digits_are_no_trouble() -> None:
    text = collection(feature("A")).replace("76.9453", "7" * 10_000)
    assert reading(text).shown == 0


def test_a_thousand_different_properties_are_kept_in_one_column() -> None:
    many = [
        feature("A", properties={"title": "A", "time": "2022-01-05", f"p{n}": n})
        for n in range(1000)
    ]
    extras = shown(collection(*many)).extras
    assert len(extras.columns) <= 200
    assert json.loads(extras["other"].iloc[-1])["p999"] == "999"


# TimeMap


def test_a_list_of_events_is_a_timemap() -> None:
    assert reading(sample("timemap.json")).kind is FileKind.TIMEMAP
    assert reading(json.dumps({"events": [event()]})).kind is FileKind.TIMEMAP


def test_description_is_summary_and_begins_the_title() -> None:
    row = shown(sample("timemap.json")).events.iloc[1]
    assert row["summary"].startswith(row["title"].removesuffix("…"))
    assert row["title"].endswith("…")
    assert len(row["title"]) <= 81


def test_month_day_year_is_read_where_the_file_proves_it() -> None:
    found = reading(sample("timemap.json"))
    assert found.dataset is not None
    assert [f"{each:%Y-%m-%d %H:%M}" for each in found.dataset.events["start"]] == [
        "2022-02-24 09:30",
        "2022-03-01 00:00",
    ]
    assert len(noted(found, NoteKind.DATES)) == 1


@pytest.mark.parametrize("dates", [["03/01/2022"], ["03/24/2022", "24/03/2022"]])
def test_month_day_year_is_refused_where_it_could_be_another(dates: list[str]) -> None:
    events = [event(id=date, date=date) for date in dates]
    assert reading(json.dumps(events)).shown == 0


def test_sources_of_timemap_are_a_list() -> None:
    data = shown(json.dumps([event(sources=["a", "https://example.org/b"])]))
    assert [item["title"] for item in data.sources.values()] == [
        "a",
        "https://example.org/b",
    ]


def test_each_bad_event_of_timemap_is_named() -> None:
    found = reading(sample("timemap-bad.json"), name="timemap-bad.json")
    assert (found.read, found.shown) == (5, 1)
    assert problems(found)[1] == "timemap-bad.json, item 3, field description: is empty"
