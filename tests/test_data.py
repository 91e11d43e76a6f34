"""The shipped data, tested like code: what holds for it beyond its format."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from pydantic import BaseModel
from pyproj import Geod, Transformer
from shapely import Point, transform

from geo.dataset import DATA_DIR, Dataset
from geo.model import (
    ClaimRow,
    EventRow,
    EvidenceRow,
    LegRow,
    MomentRow,
    PlaceRow,
    RouteRow,
    StreetRow,
)
from geo.query import Query, select
from geo.timeline import format_moment, parse_moment

CSV_FILES = ["events.csv", "evidence.csv", "claims.csv", "moments.csv"]
JSON_FILES = ["locations.geojson", "routes.geojson", "streets.geojson", "sources.json"]

# Generous boxes, west, south, east, north. Almaty: from Kaskelen's edge to the
# airport and Talgar road, and to the first peaks. Kazakhstan: its extreme points.
ALMATY_BOX = (76.70, 43.02, 77.15, 43.42)
KAZAKHSTAN_BOX = (46.49, 40.56, 87.32, 55.45)
CITY_KINDS = {
    "square",
    "building",
    "monument",
    "park",
    "airport",
    "area",
    "hospital",
    "district",
    "street",
    "crossing",
    "route-point",
}

WGS84 = Geod(ellps="WGS84")
# UTM zone 43 north holds Almaty: metres, true to 0.1 % there.
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:32643", always_xy=True).transform


def raw_csv(name: str) -> list[dict[str, str]]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw_json(name: str) -> Any:  # noqa: ANN401 - JSON is anything
    return json.loads((DATA_DIR / name).read_text(encoding="utf-8"))


def texts_of(value: object) -> Iterator[str]:
    """Give every piece of text in a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


# Files


@pytest.mark.parametrize("name", [*CSV_FILES, *JSON_FILES, "README.md"])
def test_a_file_has_unix_lines_and_no_byte_order_mark(name: str) -> None:
    raw = (DATA_DIR / name).read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")


@pytest.mark.parametrize("name", [*CSV_FILES, *JSON_FILES])
def test_text_is_clean(name: str) -> None:
    content = raw_csv(name) if name in CSV_FILES else raw_json(name)
    unclean = [
        text
        for text in texts_of(content)
        if text != text.strip()
        or "  " in text
        or text != unicodedata.normalize("NFC", text)
        or any(unicodedata.category(sign) == "Cc" for sign in text)
    ]
    assert unclean == []


@pytest.mark.parametrize(
    ("name", "rows"),
    [("events.csv", 139), ("evidence.csv", 374)],
)
def test_nothing_that_was_gathered_is_missing(name: str, rows: int) -> None:
    assert len(raw_csv(name)) == rows


# Events


def test_event_ids_are_unique() -> None:
    ids = [row["id"] for row in raw_csv("events.csv")]
    assert len(set(ids)) == len(ids)


def test_events_stand_in_order_of_time() -> None:
    keys = [(row["start"], row["end"], row["id"]) for row in raw_csv("events.csv")]
    assert keys == sorted(keys)


def test_times_are_written_as_almatys_of_january_2022(shipped: Dataset) -> None:
    names = ("start", "end", "earliest", "latest")
    times = [row[name] for row in raw_csv("events.csv") for name in names]
    assert [each for each in times if not each.endswith("+06:00")] == []
    assert format_moment(shipped.span.start) == "2022-01-01T00:00"
    assert format_moment(shipped.span.end) == "2022-01-28T00:00"


def test_ten_events_are_not_in_the_article() -> None:
    unlocated = [
        row["id"] for row in raw_csv("events.csv") if not row["article_locator"]
    ]
    assert len(unlocated) == 10
    assert all(each.startswith("x-") for each in unlocated)


# Paragraphs in each section of the article, counted in its text.
PARAGRAPHS = {1: 5, 2: 7, 3: 9, 4: 11, 5: 5, 6: 13, 7: 11}


def test_locators_point_to_paragraphs_of_the_article() -> None:
    locators = {
        each
        for row in [*raw_csv("events.csv"), *raw_json("routes.geojson")["routes"]]
        for each in row["article_locator"].split(";")
        if each
    }
    known = {
        f"S{section}p{paragraph}"
        for section, count in PARAGRAPHS.items()
        for paragraph in range(1, count + 1)
    }
    assert locators - known == set()


# The article's own date or time is wrong; other sources give this one.
@pytest.mark.parametrize(
    ("event_id", "day"),
    [
        ("government-resigns", "2022-01-05"),
        ("emergency-nationwide", "2022-01-05"),
        ("taldykorgan-prison", "2022-01-07"),
    ],
)
def test_a_corrected_event_has_the_right_day_and_says_so(
    shipped: Dataset, event_id: str, day: str
) -> None:
    event = shipped.events.loc[event_id]
    assert format_moment(event["start"])[:10] == day
    assert event["note"].startswith("Corrected")


def test_loaded_words_stand_in_quotation_marks_only() -> None:
    loaded = re.compile(
        r"terrorist|bandit|rioter|\bmob\b|\bthug|militant|regime", re.IGNORECASE
    )
    quoted = re.compile(r"'[^']*'|“[^”]*”|‘[^’]*’")
    bare = [
        row["id"]
        for row in raw_csv("events.csv")
        if loaded.search(quoted.sub("", f"{row['title']}. {row['summary']}"))
    ]
    assert bare == []


def test_an_event_that_only_the_article_has_is_called_uncorroborated() -> None:
    alone = [row for row in raw_csv("events.csv") if not row["sources"]]
    assert alone
    assert {row["corroboration"] for row in alone} == {"none"}


def test_the_events_of_a_window_are_those_its_text_gives(shipped: Dataset) -> None:
    # All times bear one offset, so that their text sorts as they do.
    opens, closes = "2022-01-05T14:00+06:00", "2022-01-05T16:00+06:00"
    expected = [
        row["id"]
        for row in raw_csv("events.csv")
        if row["start"] < closes
        and (row["end"] > opens or row["start"] == row["end"] >= opens)
    ]
    query = Query(start=parse_moment(opens), end=parse_moment(closes))
    assert len(expected) > 20
    assert list(select(shipped, query).visible) == expected


# Places


def test_every_place_lies_in_its_box(shipped: Dataset) -> None:
    outside = [
        (place_id, kind)
        for place_id, kind, point in positions(shipped)
        if not is_inside(point, ALMATY_BOX if kind in CITY_KINDS else KAZAKHSTAN_BOX)
    ]
    assert outside == []


def test_towns_and_regions_lie_outside_almaty(shipped: Dataset) -> None:
    towns = [
        (place_id, point)
        for place_id, kind, point in positions(shipped)
        if kind == "city" and place_id != shipped.home
    ]
    assert towns
    assert [each for each, point in towns if is_inside(point, ALMATY_BOX)] == []


def test_home_is_almaty(shipped: Dataset) -> None:
    assert shipped.home == "almaty"
    assert not shipped.places.loc["almaty", "marked"]


def test_the_arena_is_not_at_its_widely_copied_wrong_position(shipped: Dataset) -> None:
    arena = shipped.places.geometry["almaty-arena"]
    _, _, off_m = WGS84.inv(arena.x, arena.y, 76.8226, 43.2495)
    assert off_m == pytest.approx(1600, abs=100)


def test_a_place_said_to_be_exact_is_small(shipped: Dataset) -> None:
    exact = shipped.places[shipped.places["precision"] == "exact"]
    assert exact["radius_m"].max() <= 50


def test_places_have_names_in_three_languages(shipped: Dataset) -> None:
    cyrillic = re.compile(r"[а-яёәғқңөұүһі]", re.IGNORECASE)
    for name in ("name_ru", "name_kk"):
        assert [
            each for each in shipped.places[name] if not cyrillic.search(each)
        ] == []


CROSSINGS = [
    row["properties"]["id"]
    for row in raw_json("locations.geojson")["features"]
    if "-x-" in row["properties"]["id"]
]


# The schematic draws this street from Abay to the south only.
NOT_DRAWN_SO_FAR = {("tole-bi-x-turgut-ozal", "turgut-ozal")}


@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_crossing_lies_on_both_its_streets(shipped: Dataset, crossing: str) -> None:
    point = in_metres(shipped.places.geometry[crossing])
    streets = [
        shipped.streets.geometry[each]
        for each in crossing.split("-x-")
        if (crossing, each) not in NOT_DRAWN_SO_FAR
    ]
    # A street is drawn as the middle of its carriageways, about every 350 m.
    assert [line for line in streets if in_metres(line).distance(point) > 100] == []


def test_a_street_as_a_place_lies_on_the_street_it_names(shipped: Dataset) -> None:
    streets = shipped.places[shipped.places["kind"] == "street"]
    assert len(streets) == 4
    for place in streets.itertuples():
        line = in_metres(shipped.streets.geometry[place.street])
        assert line.distance(in_metres(place.geometry)) < 500, place.Index


# Marches


def test_a_drawn_leg_begins_where_the_one_before_it_ends(shipped: Dataset) -> None:
    drawn = shipped.legs[shipped.legs.geometry.notna()]
    for route, legs in drawn.groupby("route"):
        lines = [list(line.coords) for line in legs.geometry]
        joints = list(pairwise(lines))
        assert all(line[-1] == following[0] for line, following in joints), route


def test_a_drawn_leg_runs_between_the_places_it_names(shipped: Dataset) -> None:
    drawn = shipped.legs[shipped.legs.geometry.notna()]
    points = shipped.places.geometry
    for leg in drawn.itertuples():
        ends = [leg.geometry.coords[0], leg.geometry.coords[-1]]
        places = [points[leg.from_place].coords[0], points[leg.to_place].coords[0]]
        assert ends == places, leg.Index


def test_every_drawn_line_stays_in_almaty(shipped: Dataset) -> None:
    for leg in shipped.legs[shipped.legs.geometry.notna()].itertuples():
        assert all(is_inside(Point(each), ALMATY_BOX) for each in leg.geometry.coords)


def test_untested_marches_are_inferred_throughout(shipped: Dataset) -> None:
    legs = shipped.legs[shipped.legs["route"].str.startswith(("r3-", "r4-"))]
    assert set(legs.loc[legs.geometry.notna(), "evidence"]) == {"inferred"}


def test_there_are_nine_routes_in_order(shipped: Dataset) -> None:
    assert [each.partition("-")[0] for each in shipped.routes.index] == [
        f"r{number}" for number in range(1, 10)
    ]


def test_legs_are_numbered_from_one(shipped: Dataset) -> None:
    for route, legs in shipped.legs.groupby("route"):
        assert list(legs["order"]) == list(range(1, len(legs) + 1)), route


# Sources and figures


def test_addresses_of_sources_are_of_the_web(shipped: Dataset) -> None:
    urls = [item["URL"] for item in shipped.sources.values() if "URL" in item]
    assert urls
    assert [each for each in urls if not re.match(r"https?://[^\s]+$", each)] == []


def test_every_source_is_cited(shipped: Dataset) -> None:
    cited = {each for row in shipped.events["sources"] for each in row}
    cited |= {each for row in shipped.legs["sources"] for each in row}
    cited |= set(shipped.claims["source"])
    assert set(shipped.sources) - cited - {"article"} == set()


def test_the_article_is_a_source(shipped: Dataset) -> None:
    assert shipped.sources["article"]["author"] == [
        {"family": "Kaisar", "given": "Almas"},
        {"family": "Mazorenko", "given": "Dmitriy"},
    ]


def test_the_deaths_of_the_article_are_among_the_figures(shipped: Dataset) -> None:
    deaths = shipped.claims[shipped.claims["topic"] == "deaths"]
    assert {164.0, 225.0, 227.0, 230.0, 232.0, 238.0} <= set(deaths["value"])


def test_a_figure_without_a_source_says_why(shipped: Dataset) -> None:
    unsourced = shipped.claims[shipped.claims["source"] == ""]
    assert [row.claimant for row in unsourced.itertuples() if not row.note] == []


def test_streets_carry_their_credit(shipped: Dataset) -> None:
    assert shipped.credit == "© OpenStreetMap contributors, ODbL"


# The dictionary


DICTIONARY: dict[str, type[BaseModel]] = {
    "events.csv": EventRow,
    "evidence.csv": EvidenceRow,
    "claims.csv": ClaimRow,
    "moments.csv": MomentRow,
    "locations.geojson": PlaceRow,
    "routes.geojson: the routes": RouteRow,
    "routes.geojson: the legs": LegRow,
    "streets.geojson": StreetRow,
}


def dictionary() -> dict[str, dict[str, dict[str, str]]]:
    """Read the tables of data/README.md: section -> field -> row."""
    sections: dict[str, dict[str, dict[str, str]]] = {}
    heading = ""
    for line in (DATA_DIR / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif heading and line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            names = ["field", "meaning", "type", "closed values", "example"]
            row = dict(zip(names, cells, strict=True))
            sections.setdefault(heading, {})[row["field"].strip("`")] = row
    return sections


@pytest.mark.parametrize("section", DICTIONARY)
def test_the_dictionary_has_the_fields_that_the_reader_reads(section: str) -> None:
    fields = DICTIONARY[section].model_fields
    own = [
        name
        for name in fields
        if not name.endswith(("_ru", "_kk")) or name in ("name_ru", "name_kk")
    ]
    assert sorted(dictionary()[section]) == sorted(own)


@pytest.mark.parametrize("section", CSV_FILES)
def test_the_dictionary_has_the_columns_of_the_file_in_order(section: str) -> None:
    columns = [
        name for name in raw_csv(section)[0] if not name.endswith(("_ru", "_kk"))
    ]
    assert list(dictionary()[section]) == columns


@pytest.mark.parametrize("section", DICTIONARY)
def test_the_dictionary_has_the_closed_words(section: str) -> None:
    for name, field in DICTIONARY[section].model_fields.items():
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            words = re.findall(
                r"`([^`]+)`", dictionary()[section][name]["closed values"]
            )
            assert words == list(annotation), name


@pytest.mark.parametrize("section", DICTIONARY)
def test_every_field_of_the_dictionary_has_a_meaning_and_a_type(section: str) -> None:
    rows = dictionary()[section].values()
    assert [row["field"] for row in rows if not row["meaning"] or not row["type"]] == []


@pytest.mark.parametrize("section", DICTIONARY)
def test_an_example_of_a_closed_word_is_one_of_them(section: str) -> None:
    for row in dictionary()[section].values():
        if row["closed values"]:
            assert f"`{row['example']}`" in row["closed values"], row["field"]


def test_examples_of_ids_are_ids_that_there_are(shipped: Dataset) -> None:
    known: set[str] = {
        *shipped.events.index,
        *shipped.places.index,
        *shipped.routes.index,
        *shipped.moments.index,
    }
    known |= {*shipped.legs.index, *shipped.streets.index, *shipped.sources}
    for section in DICTIONARY:
        for row in dictionary()[section].values():
            if row["type"] in ("id", "ids"):
                assert set(re.split(r"[;,\s]+", row["example"])) <= known, row["field"]


def test_the_dictionary_has_the_fields_of_the_sources() -> None:
    items = raw_json("sources.json")
    used = {name for item in items for name in item}
    used |= {f"custom.{name}" for item in items for name in item["custom"]}
    assert used == set(dictionary()["sources.json"])


# Helpers


def positions(dataset: Dataset) -> list[tuple[str, str, Point]]:
    """Give id, kind and point of every place that has one."""
    places: pd.DataFrame = dataset.places[dataset.places.geometry.notna()]
    return list(zip(places.index, places["kind"], places["geometry"], strict=True))


def is_inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies in a box of west, south, east, north."""
    west, south, east, north = box
    return bool(west <= point.x <= east and south <= point.y <= north)


def in_metres(geometry: Any) -> Any:  # noqa: ANN401 - shapely has no types
    """Project a geometry of Almaty to metres."""
    return transform(geometry, TO_METRES, interleaved=False)
