import csv
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from geo.dataset import Dataset, load
from geo.export import FORMATS
from geo.export.page import page_state, to_html
from geo.export.tables import csv_of
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Attribution, Corroboration, Kind, Mode
from tests import cast

ENGLISH = Texts("en")


def asked(dataset: Dataset, **params: str) -> Query:
    query, dropped = Query.from_params(params, dataset)
    assert dropped == []
    return query


def window(dataset: Dataset, **params: str) -> Query:
    return asked(dataset, **{"from": cast.FROM, "to": cast.TO}, **params)


def geojson(dataset: Dataset, query: Query, texts: Texts = ENGLISH) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        FORMATS["geojson"].render(dataset, query, texts)
    )
    return content


def features(collection: dict[str, Any], sort: str) -> dict[str, dict[str, Any]]:
    """Give the features of one sort by id."""
    return {
        each["properties"]["id"]: each
        for each in collection["features"]
        if each["properties"]["feature"] == sort
    }


# csv


def test_the_table_of_everything_is_read_back_the_same(
    shipped: Dataset, tmp_path: Path
) -> None:
    data = Path(__file__).resolve().parents[2] / "data"
    for file in data.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = FORMATS["csv"].render(shipped, Query(), ENGLISH)
    (tmp_path / "events.csv").write_bytes(table)
    pd.testing.assert_frame_equal(
        pd.DataFrame(load(tmp_path).events), pd.DataFrame(shipped.events)
    )


def test_text_of_every_sort_survives_the_table(tmp_path: Path) -> None:
    odd = (
        'quote " comma , line\nfeed return\rboth\r\n tab\t =1+1 «алаң» 😀 '
        + cast.HOSTILE
    )
    event = cast.event(
        "odd",
        cast.at("14:00"),
        cast.at("15:00"),
        title=odd,
        summary=odd,
        note=odd,
        note_ru="другое",
        actors="a, b | c; d",
    )
    first = load(cast.write(tmp_path, events=[event]))
    table = FORMATS["csv"].render(first, Query(), ENGLISH)
    (tmp_path / "events.csv").write_bytes(table)
    again = load(tmp_path)
    assert again.events.loc["odd", "title"] == odd
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.events), pd.DataFrame(first.events)
    )


def test_the_table_holds_the_chosen_events_only(small: Dataset) -> None:
    table = FORMATS["csv"].render(small, window(small), ENGLISH).decode()
    expected = [key for key, status in cast.STATUSES.items() if status != "possible"]
    assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == expected


def test_times_carry_almatys_offset(small: Dataset) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_of(small, ["clash-to-the-minute"])))
    assert row["start"] == "2022-01-05T14:50+06:00"


def test_lists_are_joined_as_in_the_data(small: Dataset) -> None:
    (row,) = csv.DictReader(io.StringIO(csv_of(small, ["clash-to-the-minute"])))
    assert row["actors"] == "police | protesters"


def test_a_table_of_nothing_is_a_header(small: Dataset) -> None:
    table = FORMATS["csv"].render(small, Query(q="nosuchword"), ENGLISH)
    assert table.startswith(b"id,title,")
    assert table.count(b"\n") == 1


# geojson


def test_every_event_is_a_feature_and_so_is_every_leg(shipped: Dataset) -> None:
    collection = geojson(shipped, Query())
    assert list(features(collection, "event")) == list(shipped.events.index)
    assert set(features(collection, "leg")) == set(shipped.legs.index)


def test_an_event_says_when_how_surely_and_who_says_so(small: Dataset) -> None:
    found = features(geojson(small, window(small)), "event")["clash-to-the-minute"]
    properties = found["properties"]
    assert properties["start"] == "2022-01-05T14:50+06:00"
    assert properties["status"] == "certain"
    assert properties["attribution"] == "observed"
    assert properties["when"] == "5 January 2022, 14:50–15:10"


def test_positions_are_longitude_first(small: Dataset) -> None:
    found = features(geojson(small, Query()), "event")["ends-as-it-opens"]
    assert found["geometry"] == {"type": "Point", "coordinates": [76.8175, 43.2638]}


def test_an_event_of_the_whole_city_has_no_geometry(small: Dataset) -> None:
    assert features(geojson(small, Query()), "event")["night-fires"]["geometry"] is None


def test_possible_events_come_when_asked_for(small: Dataset) -> None:
    without = features(geojson(small, window(small)), "event")
    found = features(geojson(small, window(small, possible="1")), "event")
    assert set(found) - set(without) == {"shots-perhaps"}
    assert found["shots-perhaps"]["properties"]["status"] == "possible"


def test_a_march_outside_the_window_is_left_out(small: Dataset) -> None:
    # The walk of the cast is over at 13:00 at the latest.
    assert features(geojson(small, window(small)), "leg") == {}
    assert len(features(geojson(small, Query()), "leg")) == 3


def test_a_march_comes_with_the_events_that_name_it(tmp_path: Path) -> None:
    events = [
        cast.event("a", cast.at("10:00"), cast.at("12:00"), kind="march", route="walk"),
        cast.event("b", cast.at("10:00"), cast.at("12:00"), kind="fire"),
    ]
    data = load(cast.write(tmp_path, events=events))
    marches = features(geojson(data, Query(kinds=(Kind.MARCH,))), "leg")
    fires = features(geojson(data, Query(kinds=(Kind.FIRE,))), "leg")
    assert (len(marches), len(fires)) == (3, 0)


def test_a_leg_of_unknown_street_has_no_line(small: Dataset) -> None:
    legs = features(geojson(small, Query()), "leg")
    assert legs["walk-2"]["geometry"] is None
    assert legs["walk-1"]["geometry"]["type"] == "LineString"


def test_credit_licence_and_query_go_along(small: Dataset) -> None:
    collection = geojson(small, window(small))
    assert collection["credit"] == "© somebody"
    assert "CC BY 4.0" in collection["licence"]
    assert "ODbL" in collection["licence"]
    assert collection["query"] == {"from": cast.FROM, "to": cast.TO}


def test_texts_come_in_the_readers_language_where_there_is_one(
    small: Dataset,
) -> None:
    found = features(geojson(small, Query(), Texts("ru")), "event")
    event = found["rally-some-time-that-afternoon"]["properties"]
    assert event["summary"] == "Люди стояли на площади."


def test_hostile_text_stays_as_it_is(small: Dataset) -> None:
    found = features(geojson(small, Query()), "event")["hostile-text"]
    assert found["properties"]["title"] == cast.HOSTILE


def test_geopandas_opens_the_file(shipped: Dataset, tmp_path: Path) -> None:
    file = tmp_path / "events.geojson"
    file.write_bytes(FORMATS["geojson"].render(shipped, Query(), ENGLISH))
    frame = gpd.read_file(file, engine="pyogrio")
    assert len(frame) == len(shipped.events) + len(shipped.legs)
    assert frame.crs.to_epsg() == 4326
    events = frame[frame["feature"] == "event"].set_index("id")
    has_point = shipped.events.geometry.notna()
    assert events.geometry.notna().to_list() == has_point.to_list()
    assert events.loc["west-gas-rallies-begin", "sources"] == ";".join(
        shipped.events.loc["west-gas-rallies-begin", "sources"]
    )


# html


def test_the_page_opens_with_its_own_view_if_nothing_is_asked(small: Dataset) -> None:
    assert page_state(small, Query()) == {}


def test_a_query_becomes_the_state_of_the_page(small: Dataset) -> None:
    query = window(small, kinds="clash,fire", by="observed", q="words", possible="1")
    assert page_state(small, query) == {
        "from": cast.FROM,
        "to": cast.TO,
        "kinds": ["clash", "fire"],
        "attributions": ["observed"],
        "q": "words",
        "possible": True,
    }


def test_filters_the_page_lacks_come_as_ids_for_any_window(small: Dataset) -> None:
    query = window(small, corroboration="official-only")
    assert page_state(small, query)["only"] == ["shots-perhaps"]


def test_ids_handed_over_do_not_repeat_the_pages_own_filters(small: Dataset) -> None:
    query = Query(
        mode=Mode.SOFAR,
        by=(Attribution.OBSERVED,),
        corroboration=(Corroboration.OFFICIAL_ONLY, Corroboration.INDEPENDENT),
    )
    state = page_state(small, query)
    assert state["only"] == ["clash-to-the-minute", "shots-perhaps"]
    assert (state["mode"], state["attributions"]) == ("sofar", ["observed"])


def test_a_filter_that_nothing_passes_hands_over_no_ids(small: Dataset) -> None:
    query = Query(actor="nobody of that name")
    assert page_state(small, query)["only"] == []


def test_the_page_is_one_document_with_every_event(small: Dataset) -> None:
    page = to_html(small, window(small), ENGLISH).decode()
    assert page.lower().startswith("<!doctype html>")
    for event in small.events.index:
        assert event in page


def test_a_page_in_russian_says_so(small: Dataset) -> None:
    assert 'lang="ru"' in to_html(small, Query(), Texts("ru")).decode()


# All


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_question_gives_the_same_bytes(small: Dataset, name: str) -> None:
    render = FORMATS[name].render
    assert render(small, Query(), ENGLISH) == render(small, Query(), ENGLISH)
