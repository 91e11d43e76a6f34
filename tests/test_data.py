"""The shipped data, tested like code: what holds for it beyond its format."""

import csv
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
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
from geo.story import Chapter, Count
from geo.timeline import format_moment, parse_moment
from geo.vocab import Mode, QuestionKind, Scope

CSV_FILES = ["events.csv", "evidence.csv", "claims.csv", "moments.csv"]
JSON_FILES = [
    "locations.geojson",
    "routes.geojson",
    "streets.geojson",
    "sources.json",
    "story.json",
]

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
TO_WEB_MERCATOR = Transformer.from_crs(
    "EPSG:4326", "EPSG:3857", always_xy=True
).transform


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


LOADED = re.compile(
    r"terrorist|bandit|rioter|\bmob\b|\bthug|militant|regime", re.IGNORECASE
)
QUOTED = re.compile(r"'[^']*'|“[^”]*”|‘[^’]*’")


def test_loaded_words_stand_in_quotation_marks_only() -> None:
    bare = [
        row["id"]
        for row in raw_csv("events.csv")
        if LOADED.search(QUOTED.sub("", f"{row['title']}. {row['summary']}"))
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


# The story


CHAPTERS = raw_json("story.json")["chapters"]
CHAPTER_IDS = [each["id"] for each in CHAPTERS]

# What a page leaves for the map beside the text of a chapter.
MAP_PX = (900, 500)
MARGIN_PX = 15


def chapter_of(dataset: Dataset, chapter_id: str) -> Chapter:
    (chapter,) = (each for each in dataset.chapters if each.id == chapter_id)
    return chapter


def query_of(chapter: Chapter, count: Count | None = None) -> Query:
    """Ask what the chapter's window shows, through the filters of a count."""
    shown = Query(start=chapter.start, end=chapter.end, mode=chapter.mode)
    if count is None:
        return shown
    return replace(shown, kinds=count.kinds, by=count.by, place=count.place)


def test_the_story_has_eight_to_twelve_chapters() -> None:
    assert 8 <= len(CHAPTERS) <= 12


def test_the_story_goes_from_the_west_to_the_counting_of_the_dead() -> None:
    assert CHAPTERS[0]["text"][0][0]["events"] == ["west-gas-rallies-begin"]
    assert "toll-227" in CHAPTERS[-1]["events"]


def test_the_windows_leave_no_hour_of_4_to_6_january_untold() -> None:
    windows = [(each["from"], each["to"]) for each in CHAPTERS]
    hours = [f"2022-01-0{day}T{hour:02}:00" for day in (4, 5, 6) for hour in range(24)]
    untold = [
        hour
        for hour in hours
        if not any(opens[:16] <= hour < closes[:16] for opens, closes in windows)
    ]
    assert untold == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=CHAPTER_IDS)
def test_a_chapter_has_sixty_to_120_words(chapter: dict[str, Any]) -> None:
    sentences = [each["sentence"] for part in chapter["text"] for each in part]
    assert 60 <= len(" ".join(sentences).split()) <= 120


@pytest.mark.parametrize("chapter", CHAPTERS, ids=CHAPTER_IDS)
def test_a_sentence_of_the_story_is_one_sentence(chapter: dict[str, Any]) -> None:
    sentences = [each["sentence"] for part in chapter["text"] for each in part]
    assert [
        each for each in sentences if not re.fullmatch(r"[A-Z].*[^.?!]\.", each)
    ] == []
    assert [each for each in sentences if re.search(r"[.?!] [A-Z]", each)] == []


@pytest.mark.parametrize("chapter_id", CHAPTER_IDS)
def test_a_chapter_shows_the_events_it_tells(shipped: Dataset, chapter_id: str) -> None:
    chapter = chapter_of(shipped, chapter_id)
    # Without "possible too": what is merely possible is not among these.
    assert set(chapter.events) <= set(select(shipped, query_of(chapter)).visible)


@pytest.mark.parametrize("chapter_id", CHAPTER_IDS)
def test_a_count_of_the_story_is_what_the_map_shows(
    shipped: Dataset, chapter_id: str
) -> None:
    chapter = chapter_of(shipped, chapter_id)
    counts = [(each.count, each.answer) for each in chapter.questions if each.count]
    for count, answer in counts:
        visible = list(select(shipped, query_of(chapter, count)).visible)
        scopes = list(shipped.events.loc[visible, "scope"])
        assert count.number == len(visible), answer
        assert answer.startswith(str(count.number))
        if count.marked is not None:
            assert count.marked == scopes.count(Scope.MAPPED.value), answer
            said = f"{count.number}, of which {count.marked} (is|are) on the map"
            assert re.match(said, answer), answer


def test_a_class_can_count_in_most_chapters(shipped: Dataset) -> None:
    counting = [
        chapter.id
        for chapter in shipped.chapters
        if any(question.count for question in chapter.questions)
    ]
    assert len(counting) >= 9


def test_every_chapter_asks_what_would_change_the_answer_somewhere() -> None:
    evidence = [
        question["ask"]
        for chapter in CHAPTERS
        for question in chapter["questions"]
        if question["kind"] == "evidence"
    ]
    assert sum("change our mind" in each for each in evidence) >= 5


@pytest.mark.parametrize("chapter_id", CHAPTER_IDS)
def test_a_view_holds_the_marks_of_what_the_chapter_tells(
    shipped: Dataset, chapter_id: str
) -> None:
    chapter = chapter_of(shipped, chapter_id)
    is_country = chapter.view.zoom < 7
    places = shipped.places[shipped.places["marked"]]
    told = {
        each
        for row in shipped.events.loc[list(chapter.events), "places"]
        for each in row
    }
    outside = [
        place.Index
        for place in places[places.index.isin(told)].itertuples()
        if is_country or place.kind in CITY_KINDS
        if not is_in_sight(place.geometry, chapter)
    ]
    assert outside == []


@pytest.mark.parametrize("chapter_id", CHAPTER_IDS)
def test_a_view_is_of_the_city_or_of_the_country(
    shipped: Dataset, chapter_id: str
) -> None:
    view = chapter_of(shipped, chapter_id).view
    box = KAZAKHSTAN_BOX if view.zoom < 7 else ALMATY_BOX
    assert is_inside(Point(view.lon, view.lat), box)
    assert view.zoom == pytest.approx(4.6) or 11.2 <= view.zoom <= 15.5


def test_both_timed_marches_of_the_authors_can_be_played(shipped: Dataset) -> None:
    routes = [chapter.route for chapter in shipped.chapters if chapter.route]
    assert routes == ["r2-west-column-4-jan", "r5-tole-bi-march-5-jan"]


def test_a_march_of_the_story_is_played_in_its_whole_length(shipped: Dataset) -> None:
    for chapter in shipped.chapters:
        if chapter.route:
            route = shipped.routes.loc[chapter.route]
            assert chapter.start <= route["start"] < route["end"] <= chapter.end


def test_dashed_and_solid_are_as_the_answers_say(shipped: Dataset) -> None:
    # "Solid from the Arena … to Ryskulov …, and along Abay … to Seifullin;
    # dashed from Ryskulov to Abay and from Seifullin to the square."
    drawn = shipped.legs[shipped.legs.geometry.notna()]
    first = drawn[drawn["route"] == "r2-west-column-4-jan"]
    assert list(first["evidence"]) == ["documented", "inferred"] * 2
    assert list(first["to_place"]) == [
        "ryskulov-x-momyshuly",
        "abay-x-momyshuly",
        "abay-x-seifullin",
        "republic-square",
    ]
    # "From Utegen batyr … to Zheltoksan … West of it and on the last stretch … dashed."
    second = drawn[drawn["route"] == "r5-tole-bi-march-5-jan"]
    solid = second[second["evidence"] == "documented"]
    assert list(second["evidence"]) == ["inferred", *["documented"] * 2, "inferred"]
    assert solid["from_place"].iloc[0] == "tole-bi-x-utegen-batyr"
    assert solid["to_place"].iloc[-1] == "tole-bi-x-zheltoksan"


def test_loaded_words_of_the_story_stand_in_quotation_marks_only() -> None:
    texts = list(texts_of(CHAPTERS))
    assert [text for text in texts if LOADED.search(QUOTED.sub("", text))] == []


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
    used |= {
        f"custom.{name}"
        for item in items
        for name in item["custom"]
        if not name.endswith(("_ru", "_kk"))
    }
    assert used == set(dictionary()["sources.json"])


def test_the_dictionary_has_the_fields_of_the_story() -> None:
    assert set(paths_of(CHAPTERS)) == set(dictionary()["story.json"])


@pytest.mark.parametrize(
    ("field", "words"), [("mode", Mode), ("questions.kind", QuestionKind)]
)
def test_the_dictionary_has_the_closed_words_of_the_story(
    field: str, words: type[StrEnum]
) -> None:
    closed = dictionary()["story.json"][field]["closed values"]
    assert re.findall(r"`([^`]+)`", closed) == list(words)


# Helpers


def positions(dataset: Dataset) -> list[tuple[str, str, Point]]:
    """Give id, kind and point of every place that has one."""
    places: pd.DataFrame = dataset.places[dataset.places.geometry.notna()]
    return list(zip(places.index, places["kind"], places["geometry"], strict=True))


def paths_of(value: object, path: str = "") -> Iterator[str]:
    """Give the dotted names of all fields in JSON, lists passed through."""
    if isinstance(value, list):
        for each in value:
            yield from paths_of(each, path)
    elif isinstance(value, dict):
        for name, each in value.items():
            field = f"{path}.{name}" if path else name
            if not name.endswith(("_ru", "_kk")):
                yield field
                yield from paths_of(each, field)


def is_in_sight(point: Point, chapter: Chapter) -> bool:
    """Tell whether a point lies on the map of a chapter, off its very edge."""
    view = chapter.view
    centre = in_pixels(view.lon, view.lat, view.zoom)
    place = in_pixels(point.x, point.y, view.zoom)
    away = [abs(at - middle) for at, middle in zip(place, centre, strict=True)]
    return all(
        off <= size / 2 - MARGIN_PX for off, size in zip(away, MAP_PX, strict=True)
    )


def in_pixels(lon: float, lat: float, zoom: float) -> tuple[float, float]:
    """Project to the pixels of web maps (EPSG:3857, 256 px at zoom 0)."""
    x, y = TO_WEB_MERCATOR(lon, lat)
    px_a_metre = 256 * 2**zoom / (2 * math.pi * 6378137)
    return x * px_a_metre, y * px_a_metre


def is_inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies in a box of west, south, east, north."""
    west, south, east, north = box
    return bool(west <= point.x <= east and south <= point.y <= north)


def in_metres(geometry: Any) -> Any:  # noqa: ANN401 - shapely has no types
    """Project a geometry of Almaty to metres."""
    return transform(geometry, TO_METRES, interleaved=False)
