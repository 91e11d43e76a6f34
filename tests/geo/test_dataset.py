from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import DataError, Dataset, Problem, load
from geo.timeline import ALMATY, format_moment
from tests import cast


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        load(folder)
    return list(caught.value.problems)


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# What good data becomes


def test_events_keep_the_order_of_the_file(small: Dataset) -> None:
    assert list(small.events.index) == [row["id"] for row in cast.EVENTS]


def test_times_are_almatys(small: Dataset) -> None:
    start = small.events.loc["clash-to-the-minute", "start"]
    assert start.isoformat() == "2022-01-05T14:50:00+06:00"
    assert str(start.tz) == "Asia/Almaty"


def test_minutes_stand_beside_the_times(small: Dataset) -> None:
    row = small.events.loc["shots-perhaps"]
    steps = [
        row[f"{name}_min"] - row["start_min"] for name in ("earliest", "end", "latest")
    ]
    assert steps == [-60, 30, 90]


def test_lists_are_tuples(small: Dataset) -> None:
    row = small.events.loc["clash-to-the-minute"]
    assert (row["actors"], row["places"], row["contradictions"]) == (
        ("police", "protesters"),
        ("square",),
        (),
    )


def test_text_that_is_not_there_is_empty(small: Dataset) -> None:
    assert small.events.loc["hostile-text", "route"] == ""
    assert small.places.loc["square", "street"] == ""


def test_a_translated_column_stands_in_the_frame_if_the_file_has_it(
    small: Dataset,
) -> None:
    summary = small.events["summary_ru"]
    assert summary["rally-some-time-that-afternoon"] == "Люди стояли на площади."
    assert summary["hostile-text"] == ""
    assert "summary_kk" not in small.events


def test_hostile_text_is_kept_to_the_letter(small: Dataset) -> None:
    assert small.events.loc["hostile-text", "title"] == cast.HOSTILE


def test_the_home_city_and_the_country_get_no_marker(small: Dataset) -> None:
    assert set(small.places.index[small.places["marked"]]) == {
        "square",
        "monument",
        "arena",
        "taraz",
    }


@pytest.mark.parametrize(
    ("event_id", "scope"),
    [
        ("clash-to-the-minute", "mapped"),
        ("night-fires", "city"),
        ("network-down-that-day", "country"),
        ("siege-of-a-hospital", "unknown"),
        ("statement-from-nowhere", "unknown"),
    ],
)
def test_an_event_has_the_scope_of_its_places(
    small: Dataset, event_id: str, scope: str
) -> None:
    assert small.events.loc[event_id, "scope"] == scope


def test_an_event_in_city_and_square_is_mapped_at_the_square_only(
    tmp_path: Path,
) -> None:
    event = cast.event(
        "two", cast.at("10:00"), cast.at("11:00"), places="almaty;square"
    )
    loaded = load(cast.write(tmp_path, events=[event])).events.loc["two"]
    assert loaded["scope"] == "mapped"
    assert loaded["geometry"].wkt == "POINT (76.9453 43.2382)"


def test_an_event_at_two_places_has_two_points(tmp_path: Path) -> None:
    event = cast.event("two", cast.at("10:00"), cast.at("11:00"), places="square;arena")
    loaded = load(cast.write(tmp_path, events=[event])).events
    assert len(loaded.geometry.iloc[0].geoms) == 2


def test_an_event_without_a_marked_place_has_no_geometry(small: Dataset) -> None:
    assert small.events.geometry.loc["night-fires"] is None


def test_kinds_carry_their_group(small: Dataset) -> None:
    assert small.events.loc["night-fires", "group"] == "attack-and-fire"


def test_the_span_is_whole_days_round_all_bounds(small: Dataset) -> None:
    assert small.span.start == datetime(2022, 1, 5, tzinfo=ALMATY)
    assert small.span.end == datetime(2022, 1, 7, tzinfo=ALMATY)


def test_frames_are_in_longitude_and_latitude(small: Dataset) -> None:
    assert small.events.crs == small.places.crs == "EPSG:4326"
    assert small.places.geometry.x["square"] == 76.9453


def test_claims_hold_numbers_or_moments(tmp_path: Path) -> None:
    cut = {"topic": "network-cut", "unit": "time", "value": cast.at("16:30")}
    claims = load(cast.write(tmp_path, claims=[cast.CLAIM, cast.CLAIM | cut])).claims
    assert claims["value"][0] == 227
    assert format_moment(claims["value"][1]) == "2022-01-05T16:30"


def test_sources_are_the_items_as_they_stand(small: Dataset) -> None:
    assert small.sources["article"] == cast.source("article")


def test_a_byte_order_mark_is_accepted(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load(folder).events) == len(cast.EVENTS)


def test_windows_line_ends_are_accepted(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load(folder).events) == len(cast.EVENTS)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = [dict(reversed(row.items())) for row in cast.EVENTS]
    assert len(load(cast.write(tmp_path, events=turned)).events) == len(cast.EVENTS)


def test_blank_lines_are_passed_over_but_counted(folder: Path) -> None:
    path = folder / "claims.csv"
    spoil(path, "\ndeaths", "\n\nkilled")
    (found,) = problems(folder)
    assert (found.row, found.column) == (3, "topic")


def test_a_file_without_places_routes_or_claims_can_be_read(tmp_path: Path) -> None:
    event = cast.event("alone", cast.at("10:00"), cast.at("11:00"), places="")
    folder = cast.write(
        tmp_path, events=[event], places=[], home=None, legs=[], streets=[]
    )
    loaded = load(folder)
    assert (len(loaded.places), len(loaded.legs), loaded.home) == (0, 0, None)
    assert loaded.events.geometry.iloc[0] is None


# Files that cannot be read


@pytest.mark.parametrize(
    "name",
    [
        "events.csv",
        "evidence.csv",
        "claims.csv",
        "moments.csv",
        "locations.geojson",
        "routes.geojson",
        "streets.geojson",
        "sources.json",
        "story.json",
    ],
)
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "the file is missing"),
        (lambda path: path.write_bytes(b""), "the file is empty"),
        (
            lambda path: path.write_bytes(b"id,\n\xff\xfe"),
            "not UTF-8: byte 0xff at offset 4 (line 2); save the file as UTF-8",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    folder: Path, name: str, damage: Callable[[Path], object], message: str
) -> None:
    damage(folder / name)
    assert said(folder) == [f"{name}: {message}"]


def test_an_empty_folder_names_every_file(tmp_path: Path) -> None:
    assert len(problems(tmp_path)) == 9


def test_a_folder_in_the_place_of_a_file_is_a_problem(folder: Path) -> None:
    (folder / "events.csv").unlink()
    (folder / "events.csv").mkdir()
    assert said(folder)[0].startswith("events.csv: the file cannot be read")


def test_events_need_at_least_one_row(folder: Path) -> None:
    path = folder / "events.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    assert "events.csv: the file has a header but no rows" in said(folder)


# CSV


def test_the_header_names_missing_unknown_and_repeated_columns(folder: Path) -> None:
    spoil(folder / "events.csv", "title,summary,kind", "title,title,colour")
    assert said(folder) == [
        'events.csv, row 1: unknown column "colour"',
        'events.csv, row 1: the column "title" stands more than once',
        "events.csv, row 1: missing columns: summary, kind",
    ]


def test_a_header_that_is_no_csv_is_one_problem(folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text('topic,"value"x\n', encoding="utf-8")
    (found,) = problems(folder)
    assert (found.file, found.row) == ("claims.csv", 1)


def test_a_space_before_a_column_name_is_shown(folder: Path) -> None:
    spoil(folder / "claims.csv", ",note", ", note")
    assert 'unknown column " note"' in said(folder)[0]


def test_a_found_value_is_shown_on_one_line_and_cut_short(folder: Path) -> None:
    spoil(folder / "claims.csv", "deaths", '"killed\n\x1b[2J' + "x" * 200 + '"')
    (found,) = problems(folder)
    assert found.message.startswith('"killed  [2Jxxx')
    assert "x…" in found.message
    assert "\n" not in found.message


def test_columns_parted_by_semicolons_are_recognised(folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8"
    )
    assert "are the columns separated by commas?" in said(folder)[0]


def test_an_unknown_column_does_not_hide_bad_rows(folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(
        "topic,value,low,high,unit,claimant,as_of,source,note,x\n"
        "killed,1,,,people,me,2022,,,\n"
    )
    assert [(each.row, each.column) for each in problems(folder)] == [
        (1, None),
        (2, "topic"),
    ]


def test_a_row_with_too_few_cells_says_how_many(folder: Path) -> None:
    with (folder / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("deaths,225\n")
    assert said(folder) == ["claims.csv, row 3: has 2 cells where the header has 9"]


def test_an_event_of_the_wrong_length_is_still_known_by_its_id(folder: Path) -> None:
    path = folder / "events.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] += ",one too many"
    path.write_text("\n".join(lines), encoding="utf-8")
    columns = len(lines[0].split(","))
    assert said(folder) == [
        f"events.csv, row 2: has {columns + 1} cells where the header has {columns}"
    ]


def test_a_row_of_empty_cells_is_one_problem(folder: Path) -> None:
    with (folder / "claims.csv").open("a", encoding="utf-8") as file:
        file.write(",,,,,,,,\n")
    assert said(folder) == ["claims.csv, row 3: the row is empty"]


def test_an_open_quote_is_named_with_the_row_where_it_begins(folder: Path) -> None:
    with (folder / "claims.csv").open("a", encoding="utf-8") as file:
        file.write('deaths,"225\n\n')
    (found,) = problems(folder)
    assert (found.file, found.row) == ("claims.csv", 3)
    assert found.message.startswith("not CSV from here on")


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    tall = cast.event(
        "tall", cast.at("10:00"), cast.at("11:00"), summary="one\ntwo\nthree"
    )
    bad = cast.event("bad", cast.at("10:00"), "noon", latest=cast.at("13:00"))
    (found,) = problems(cast.write(tmp_path, events=[tall, bad]))
    assert (found.row, found.column) == (3, "end")


# JSON and GeoJSON


def test_broken_json_names_line_and_column(folder: Path) -> None:
    (folder / "sources.json").write_text('[\n{"id": }]', encoding="utf-8")
    assert said(folder) == ["sources.json: not JSON: Expecting value, line 2 column 8"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[{"id": "a", "id": "b"}]', 'the key "id" stands twice in one object'),
        ("[NaN]", "NaN is not a JSON number"),
        ('["\\ud83d"]', "half a surrogate pair"),
        ("[" * 100_000, "nested too deeply"),
        ("[" + "1" * 5000 + "]", "not JSON"),
        ("{}", "the file is not a list"),
        ("[1]", "is not an object"),
    ],
)
def test_strange_json_is_a_problem(folder: Path, content: str, message: str) -> None:
    (folder / "sources.json").write_text(content, encoding="utf-8")
    assert message in said(folder)[0]


def test_a_bad_feature_is_named_by_number_and_id(tmp_path: Path) -> None:
    places = [*cast.PLACES, cast.place("bridge", [76.9, 43.2], kind="ford")]
    (found,) = said(cast.write(tmp_path, places=places))
    assert found.startswith(
        'locations.geojson, feature 8, property kind: "bridge": "ford" is not'
    )


@pytest.mark.parametrize(
    ("point", "message"),
    [
        (
            [43.2382, 76.9453],
            "looks exchanged: expected [lon, lat], [76.9453, 43.2382]",
        ),
        ([276.9, 43.2], "longitude 276.9 is not in -180 to 180"),
        ([76.9, 95.5], "latitude 95.5 is not in -90 to 90"),
        ([1e999, 43.2], "is not in -180 to 180"),
        ([10**400, 43.2], "is not in -180 to 180"),
        (["76.9", 43.2], '"76.9" in'),
        ([True, 43.2], "is not a number"),
        ([76.9], "is not a position [lon, lat]"),
        (76.9, "is not a position [lon, lat]"),
    ],
)
def test_a_bad_position_is_refused(tmp_path: Path, point: object, message: str) -> None:
    folder = cast.write(tmp_path, places=[*cast.PLACES, cast.place("x", point)])
    text = (folder / "locations.geojson").read_text(encoding="utf-8")
    text = text.replace("Infinity", "1e999")
    (folder / "locations.geojson").write_text(text, encoding="utf-8")
    (found,) = said(folder)
    assert found.startswith('locations.geojson, feature 8, property geometry: "x": ')
    assert message in found


def test_a_point_elsewhere_on_earth_is_no_problem(tmp_path: Path) -> None:
    moscow = cast.place("moscow", [37.62, 55.75])
    assert load(cast.write(tmp_path, places=[*cast.PLACES, moscow]))


def test_a_place_needs_a_point(tmp_path: Path) -> None:
    place = cast.place("x", None)
    place["geometry"] = {"type": "LineString", "coordinates": [[76, 43], [77, 43]]}
    (found,) = said(cast.write(tmp_path, places=[*cast.PLACES, place]))
    assert '"LineString" is not one of: Point, null' in found


@pytest.mark.parametrize(
    ("feature", "message"),
    [
        ("text", "feature 8: is not a GeoJSON Feature"),
        ({"type": "Feature"}, "feature 8: has no properties"),
    ],
)
def test_what_is_no_feature_is_refused(
    tmp_path: Path, feature: cast.Fields, message: str
) -> None:
    folder = cast.write(tmp_path, places=[*cast.PLACES, feature])
    assert said(folder) == [f"locations.geojson, {message}"]


def test_a_geojson_file_is_a_feature_collection(folder: Path) -> None:
    (folder / "streets.geojson").write_text('{"type": "Feature"}', encoding="utf-8")
    assert "streets.geojson: is not a GeoJSON FeatureCollection" in said(folder)


def test_a_place_off_the_map_says_why(tmp_path: Path) -> None:
    places = [*cast.PLACES, cast.place("x", None)]
    (found,) = said(cast.write(tmp_path, places=places))
    assert found.endswith(
        'property note: "x": has no geometry, and no note that says why'
    )


def test_a_place_on_the_map_has_a_size(tmp_path: Path) -> None:
    places = [*cast.PLACES, cast.place("x", [76.9, 43.2], radius_m=None)]
    (found,) = said(cast.write(tmp_path, places=places))
    assert found.endswith('property radius_m: "x": has a geometry but no radius_m')


def test_a_ring_must_be_closed(tmp_path: Path) -> None:
    ring = [[76.8, 43.2], [76.9, 43.2], [76.9, 43.3], [76.8, 43.3]]
    area = cast.street("x", {"type": "Polygon", "coordinates": [ring]}, layer="outline")
    (found,) = said(cast.write(tmp_path, streets=[area]))
    assert "a ring does not end where it starts" in found


def test_a_street_is_a_line(tmp_path: Path) -> None:
    dot = cast.street("x", {"type": "Point", "coordinates": [76.9, 43.2]})
    (found,) = said(cast.write(tmp_path, streets=[dot]))
    assert found.endswith('"x": a street is a LineString, not Point')


def test_a_drawn_leg_has_a_geometry(tmp_path: Path) -> None:
    (found,) = said(
        cast.write(tmp_path, legs=[cast.leg("walk-1", None, sketch="line")])
    )
    assert found.endswith('"walk-1": its sketch is line, but it has no geometry')


def test_a_leg_that_is_not_drawn_has_no_geometry(tmp_path: Path) -> None:
    leg = cast.leg("walk-1", [[76.8, 43.2], [76.9, 43.2]], sketch="none")
    (found,) = said(cast.write(tmp_path, legs=[leg]))
    assert found.endswith('"walk-1": has a geometry, but its sketch is none')


@pytest.mark.parametrize("sketch", ["area", "point", "link"])
def test_a_sketch_needs_places_with_a_position(tmp_path: Path, sketch: str) -> None:
    ends = {"from_place": "hospital", "to_place": "square"}
    legs = [cast.leg("walk-1", None, sketch=sketch, **ends)]
    (found,) = problems(cast.write(tmp_path, legs=legs))
    assert (found.row, found.column) == (1, "from_place")


def test_a_link_needs_a_position_at_its_end_too(tmp_path: Path) -> None:
    ends = {"from_place": "square", "to_place": "hospital"}
    legs = [cast.leg("walk-1", None, sketch="link", **ends)]
    (found,) = problems(cast.write(tmp_path, legs=legs))
    assert found.column == "to_place"


def test_two_legs_cannot_be_the_same_part_of_a_route(tmp_path: Path) -> None:
    legs = [*cast.LEGS, cast.leg("walk-4", None, order=3)]
    (found,) = problems(cast.write(tmp_path, legs=legs))
    assert (found.row, found.column) == (4, "order")


def test_a_bad_route_is_named_by_its_place_in_the_list(tmp_path: Path) -> None:
    routes = [cast.route("walk"), cast.route("other", direction="up")]
    (found,) = said(cast.write(tmp_path, routes=routes))
    assert found.startswith(
        'routes.geojson, property routes[2].direction: "other": "up"'
    )


# Between rows


def test_an_id_that_stands_twice_is_found_in_a_bad_row_too(tmp_path: Path) -> None:
    again = cast.place("square", [76.9, 43.2], kind="ford")
    found = problems(cast.write(tmp_path, places=[*cast.PLACES, again]))
    assert [(each.row, each.column) for each in found] == [(8, "kind"), (8, "id")]


def test_a_route_that_stands_twice_is_named_by_its_place_in_the_list(
    tmp_path: Path,
) -> None:
    folder = cast.write(tmp_path, routes=[cast.route("walk"), cast.route("walk")])
    (found,) = problems(folder)
    assert (found.row, found.column) == (None, "routes[2].id")


def test_an_id_that_stands_twice_is_named_with_both_rows(tmp_path: Path) -> None:
    events = [
        *cast.EVENTS,
        cast.event("night-fires", cast.at("10:00"), cast.at("11:00")),
    ]
    assert said(cast.write(tmp_path, events=events)) == [
        'events.csv, row 15, column id: "night-fires" stands already in row 13'
    ]


@pytest.mark.parametrize(
    ("changes", "column", "file"),
    [
        ({"places": "square;nowhere"}, "places", "locations.geojson"),
        ({"route": "nowhere"}, "route", "routes.geojson"),
        ({"sources": "nowhere"}, "sources", "sources.json"),
    ],
)
def test_an_event_may_refer_only_to_what_there_is(
    tmp_path: Path, changes: dict[str, str], column: str, file: str
) -> None:
    event = cast.event("x", cast.at("10:00"), cast.at("11:00"), **changes)
    first = problems(cast.write(tmp_path, events=[event]))[0]
    assert (first.file, first.row, first.column) == ("events.csv", 2, column)
    assert first.message == f'"nowhere" is not in {file}'


@pytest.mark.parametrize(
    "changes",
    [
        {"route": "nowhere"},
        {"sources": ["nowhere"]},
        {"from_place": "nowhere"},
        {"to_place": "nowhere"},
    ],
)
def test_a_leg_may_refer_only_to_what_there_is(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    leg = cast.leg("walk-9", [[76.8, 43.2], [76.9, 43.2]], **changes)
    (found,) = problems(cast.write(tmp_path, legs=[*cast.LEGS, leg]))
    assert (found.row, found.column) == (4, next(iter(changes)))


def test_a_place_may_name_only_a_street_there_is(tmp_path: Path) -> None:
    places = [*cast.PLACES, cast.place("x", [76.9, 43.2], street="nowhere")]
    (found,) = problems(cast.write(tmp_path, places=places))
    assert (found.column, found.message) == (
        "street",
        '"nowhere" is not in streets.geojson',
    )


def test_a_claim_may_name_only_a_source_there_is(tmp_path: Path) -> None:
    (found,) = problems(
        cast.write(tmp_path, claims=[cast.CLAIM | {"source": "nowhere"}])
    )
    assert (found.file, found.column) == ("claims.csv", "source")


def test_a_claim_may_have_no_source(tmp_path: Path) -> None:
    assert load(cast.write(tmp_path, claims=[cast.CLAIM | {"source": ""}]))


def test_the_home_city_is_a_place(tmp_path: Path) -> None:
    assert said(cast.write(tmp_path, home="atlantis")) == [
        'locations.geojson, property home: "atlantis" is no place\'s id'
    ]


def test_a_source_of_an_event_must_have_its_evidence(tmp_path: Path) -> None:
    event = cast.event("x", cast.at("10:00"), cast.at("11:00"), sources="article;other")
    sources = [cast.source("article"), cast.source("other")]
    folder = cast.write(
        tmp_path, events=[event], evidence=[evidence("x")], sources=sources
    )
    assert said(folder) == [
        'events.csv, row 2, column sources: "other" has no row in evidence.csv for this event'
    ]


def test_evidence_must_be_of_a_source_of_its_event(tmp_path: Path) -> None:
    event = cast.event("x", cast.at("10:00"), cast.at("11:00"))
    lines = [evidence("x"), evidence("x", source="other")]
    sources = [cast.source("article"), cast.source("other")]
    (found,) = problems(
        cast.write(tmp_path, events=[event], evidence=lines, sources=sources)
    )
    assert (found.file, found.row, found.column) == ("evidence.csv", 3, "source")


def test_a_bad_event_is_not_reported_again_by_what_refers_to_it(tmp_path: Path) -> None:
    event = cast.event("x", cast.at("10:00"), "noon", latest=cast.at("13:00"))
    (found,) = problems(cast.write(tmp_path, events=[event]))
    assert found.column == "end"


def test_problems_of_all_files_are_raised_together(folder: Path) -> None:
    (folder / "streets.geojson").unlink()
    spoil(folder / "claims.csv", "people", "heads")
    spoil(folder / "events.csv", "clash,2022", "quarrel,2022")
    assert {each.file for each in problems(folder)} == {
        "streets.geojson",
        "claims.csv",
        "events.csv",
    }


def test_the_error_reads_as_one_line_a_problem(folder: Path) -> None:
    (folder / "streets.geojson").unlink()
    (folder / "claims.csv").unlink()
    with pytest.raises(DataError) as caught:
        load(folder)
    assert str(caught.value).splitlines() == [
        "claims.csv: the file is missing",
        "streets.geojson: the file is missing",
    ]


def test_loading_does_not_depend_on_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(load().events) > 0


def evidence(event: str, source: str = "article") -> dict[str, str]:
    return {"event": event, "source": source, "adds": ""}


def test_a_dataset_shows_itself_in_one_line(small: Dataset) -> None:
    assert repr(small) == "Dataset(13 events, 7 places, 1 routes)"


# Moments


def test_a_moment_that_ends_when_it_starts_is_a_problem(tmp_path: Path) -> None:
    empty = cast.MOMENT | {"end": cast.MOMENT["start"]}
    assert said(cast.write(tmp_path, moments=[empty])) == [
        "moments.csv, row 2, column end: is not later than start"
    ]


def test_two_moments_of_one_name_are_a_problem(tmp_path: Path) -> None:
    (problem,) = problems(cast.write(tmp_path, moments=[cast.MOMENT, cast.MOMENT]))
    assert (problem.file, problem.row, problem.column) == ("moments.csv", 3, "id")
