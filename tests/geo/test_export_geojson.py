import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo.dataset import Dataset, load
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Kind
from tests import cast
from tests.exports import ENGLISH, ODD, odd_dataset, rendered, window, written


def geojson(
    dataset: Dataset, query: Query | None = None, texts: Texts = ENGLISH
) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(rendered("geojson", dataset, query, texts))
    return content


def features(collection: dict[str, Any], sort: str) -> dict[str, dict[str, Any]]:
    """Give the features of one sort by id."""
    return {
        each["properties"]["id"]: each
        for each in collection["features"]
        if each["properties"]["feature"] == sort
    }


def test_every_event_is_a_feature_and_so_is_every_leg(shipped: Dataset) -> None:
    collection = geojson(shipped)
    assert list(features(collection, "event")) == list(shipped.events.index)
    assert set(features(collection, "leg")) == set(shipped.legs.index)


def test_event_says_when_how_surely_and_who_says_so(small: Dataset) -> None:
    found = features(geojson(small, window(small)), "event")["clash-to-the-minute"]
    properties = found["properties"]
    assert properties["start"] == "2022-01-05T14:50+06:00"
    assert properties["status"] == "certain"
    assert properties["attribution"] == "observed"
    assert properties["when"] == "5 January 2022, 14:50–15:10"


def test_positions_are_longitude_first(small: Dataset) -> None:
    found = features(geojson(small), "event")["ends-as-it-opens"]
    assert found["geometry"] == {"type": "Point", "coordinates": [76.8175, 43.2638]}


def test_event_of_the_whole_city_has_no_geometry(small: Dataset) -> None:
    assert features(geojson(small), "event")["night-fires"]["geometry"] is None


def test_possible_events_come_when_asked_for(small: Dataset) -> None:
    without = features(geojson(small, window(small)), "event")
    found = features(geojson(small, window(small, possible="1")), "event")
    assert set(found) - set(without) == {"shots-perhaps"}
    assert found["shots-perhaps"]["properties"]["status"] == "possible"


def test_march_outside_the_window_is_left_out(small: Dataset) -> None:
    # The walk of the cast is over at 13:00 at the latest.
    assert features(geojson(small, window(small)), "leg") == {}
    assert len(features(geojson(small), "leg")) == 3


def test_march_comes_with_the_events_that_name_it(tmp_path: Path) -> None:
    events = [
        cast.event("a", cast.at("10:00"), cast.at("12:00"), kind="march", route="walk"),
        cast.event("b", cast.at("10:00"), cast.at("12:00"), kind="fire"),
    ]
    data = load(cast.write(tmp_path, events=events))
    marches = features(geojson(data, Query(kinds=(Kind.MARCH,))), "leg")
    fires = features(geojson(data, Query(kinds=(Kind.FIRE,))), "leg")
    assert (len(marches), len(fires)) == (3, 0)


def test_leg_of_unknown_street_has_no_line(small: Dataset) -> None:
    legs = features(geojson(small), "leg")
    assert legs["walk-2"]["geometry"] is None
    assert legs["walk-1"]["geometry"]["type"] == "LineString"


def test_question_version_licence_and_credit_go_along(small: Dataset) -> None:
    collection = geojson(small, window(small))
    assert collection["question"] == "5 January 2022, 14:00–16:00"
    assert collection["query"] == {"from": cast.FROM, "to": cast.TO}
    assert collection["data_version"] == "1.0.0"
    assert "CC BY 4.0" in collection["licence"]
    assert "ODbL" in collection["licence"]
    assert collection["credit"] == "Almaty events map, CC BY 4.0; © somebody"


def test_texts_come_in_the_readers_language_where_there_is_one(
    small: Dataset,
) -> None:
    found = features(geojson(small, texts=Texts("ru")), "event")
    event = found["rally-some-time-that-afternoon"]["properties"]
    assert event["summary"] == "Люди стояли на площади."


def test_gdal_opens_the_file(shipped: Dataset, tmp_path: Path) -> None:
    frame = gpd.read_file(written(tmp_path, "geojson", shipped), engine="pyogrio")
    assert len(frame) == len(shipped.events) + len(shipped.legs)
    assert frame.crs.to_epsg() == 4326
    events = frame[frame["feature"] == "event"].set_index("id")
    has_point = shipped.events.geometry.notna()
    assert events.geometry.notna().to_list() == has_point.to_list()
    assert events.loc["west-gas-rallies-begin", "sources"] == ";".join(
        shipped.events.loc["west-gas-rallies-begin", "sources"]
    )


def test_gdal_reads_odd_text_as_it_is(tmp_path: Path) -> None:
    file = written(tmp_path, "geojson", odd_dataset(tmp_path))
    frame = gpd.read_file(file, engine="pyogrio")
    assert frame["title"].iloc[0] == ODD


@pytest.mark.parametrize("member", ["crs", "bbox"])
def test_no_member_contradicts_rfc_7946(small: Dataset, member: str) -> None:
    # Section 4: no crs member; the file is WGS84.
    assert member not in geojson(small)
