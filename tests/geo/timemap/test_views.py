"""Events, places, routes and sources in words."""

from pathlib import Path

import pytest

from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.timemap.views import (
    EventView,
    RouteView,
    distance_words,
    event_views,
    issued_words,
    kind_views,
    locator_words,
    moment_views,
    place_views,
    route_views,
    source_views,
)
from geo.vocab import Kind, KindGroup, Scope
from tests import cast

ENGLISH = Texts("en")


@pytest.fixture(scope="module")
def events(small: Dataset) -> dict[str, EventView]:
    return {view.id: view for _, views in event_views(small, ENGLISH) for view in views}


def written(tmp_path: Path, **changes: str) -> EventView:
    """Write the cast with one event changed, and view it."""
    event = cast.event("one", cast.at("10:00"), cast.at("11:00"), **changes)
    [(_, [view])] = event_views(load(cast.write(tmp_path, events=[event])), ENGLISH)
    return view


def route_view(tmp_path: Path, **changes: object) -> RouteView:
    [view] = route_views(
        load(cast.write(tmp_path, routes=[cast.route("walk", **changes)])), ENGLISH
    )
    return view


def test_events_stand_under_the_headings_of_their_scope(small: Dataset) -> None:
    headings = {
        scope: [view.id for view in views]
        for scope, views in event_views(small, ENGLISH)
    }
    assert list(headings) == [Scope.MAPPED, Scope.CITY, Scope.COUNTRY, Scope.UNKNOWN]
    assert headings[Scope.CITY] == ["night-fires"]
    assert headings[Scope.COUNTRY] == ["network-down-that-day"]
    assert set(headings[Scope.UNKNOWN]) == {
        "siege-of-a-hospital",
        "statement-from-nowhere",
    }


def test_heading_without_events_is_left_out(tmp_path: Path) -> None:
    one = cast.event("one", cast.at("10:00"), cast.at("11:00"), places="almaty")
    dataset = load(cast.write(tmp_path, events=[one]))
    assert [scope for scope, _ in event_views(dataset, ENGLISH)] == [Scope.CITY]


def test_rows_are_numbered_as_in_the_file(small: Dataset) -> None:
    rows = {
        view.row: view.id for _, views in event_views(small, ENGLISH) for view in views
    }
    assert rows == {row: event["id"] for row, event in enumerate(cast.EVENTS)}


def test_event_says_who_says_so_and_how_sure(events: dict[str, EventView]) -> None:
    clash = events["clash-to-the-minute"]
    assert clash.by == "the authors saw it"
    assert clash.corroboration == "confirmed by an independent source"
    assert clash.time_precision == "known to the minute"
    assert clash.time_basis == "time given by the article"
    assert clash.actors == ("police", "protesters")
    assert clash.locators == ("section 1, paragraph 3",)


def test_event_names_its_places_without_brackets(tmp_path: Path) -> None:
    places = [
        *cast.PLACES,
        cast.place("old", [76.95, 43.26], name_en="Old Square (Astana)"),
    ]
    event = cast.event("one", cast.at("10:00"), cast.at("11:00"), places="old;arena")
    dataset = load(cast.write(tmp_path, places=places, events=[event]))
    [(_, [view])] = event_views(dataset, ENGLISH)
    assert view.where == "Old Square; Arena"


def test_contradictions_stand_one_by_one(events: dict[str, EventView]) -> None:
    assert events["network-down-that-day"].contradictions == (
        "16:30 (Cloudflare)",
        "17:00 (NetBlocks)",
    )


def test_event_tells_what_each_source_adds(events: dict[str, EventView]) -> None:
    [source] = events["clash-to-the-minute"].sources
    assert (source.id, source.adds) == ("article", "It says so.")


@pytest.mark.parametrize(
    "locator", ["x", "<script>", "p", "Sp", "S4p8p9", "S4p", "s4p8"]
)
def test_locator_that_is_no_place_in_the_article_stays_as_it_is(locator: str) -> None:
    assert locator_words(locator, ENGLISH) == locator


def test_event_takes_any_text_for_a_locator(tmp_path: Path) -> None:
    view = written(tmp_path, article_locator="x;S2p5")
    assert view.locators == ("x", "section 2, paragraph 5")


def test_march_names_its_route(tmp_path: Path) -> None:
    view = written(tmp_path, kind="march", route="walk")
    assert (view.route, view.route_title) == ("walk", "A walk")


def test_kinds_have_words_and_the_number_of_their_group() -> None:
    views = {view["code"]: view for view in kind_views(ENGLISH)}
    assert set(views) == {kind.value for kind in Kind}
    groups = list(KindGroup)
    assert views["fire"]["label"] == "Fire"
    assert groups[views["fire"]["group"]] is KindGroup.ATTACK_AND_FIRE


def test_place_without_a_coordinate_says_why(small: Dataset) -> None:
    [hospital] = [view for view in place_views(small, ENGLISH) if view.id == "hospital"]
    assert (hospital.precision, hospital.note) == (
        "not on the map",
        "Address not known.",
    )


def test_place_tells_how_exactly_it_is_known(small: Dataset) -> None:
    views = {view.id: view for view in place_views(small, ENGLISH)}
    assert views["square"].precision == "exact place, to within 120 m; high confidence"
    # Nobody needs to be told that the whole city is within 15 km.
    assert views["almaty"].precision == "somewhere in this city or town"


def test_distances_change_their_unit_at_a_kilometre() -> None:
    assert distance_words(999, ENGLISH) == "999 m"
    assert distance_words(1000, ENGLISH) == "1 km"
    assert distance_words(60_000, ENGLISH) == "60 km"


def test_route_with_both_times_is_estimated(tmp_path: Path) -> None:
    assert route_view(tmp_path).when == (
        "about 5 January 2022, 10:00 to about 5 January 2022, 12:00 (estimated)"
    )


def test_route_without_both_times_gives_its_bounds(tmp_path: Path) -> None:
    assert route_view(tmp_path, end=None).when == (
        "some time between 5 January 2022, 09:00 and 5 January 2022, 13:00"
    )


def test_route_without_any_time_says_so(tmp_path: Path) -> None:
    none = dict.fromkeys(
        ("start", "end", "earliest_start", "latest_start", "earliest_end", "latest_end")
    )
    assert route_view(tmp_path, **none).when == "time not known"


def test_reported_length_stands_beside_the_measured_one(tmp_path: Path) -> None:
    view = route_view(tmp_path, claimed_km=18.0)
    # Four hundredths of a degree along the 43rd parallel; see the cast.
    assert view.lengths.startswith("Measured on the map: 3.3 km")
    assert "documented street: 2.4 km" in view.lengths
    assert "inferred street: 0.8 km" in view.lengths
    assert view.claimed == "The article gives 18 km."


def test_leg_that_is_not_drawn_is_listed(tmp_path: Path) -> None:
    legs = route_view(tmp_path).legs
    assert [leg.drawn for leg in legs] == [
        "drawn along its streets",
        "listed, not drawn",
        "drawn along its streets",
    ]
    assert legs[1].evidence == "street not known"


def source_with(tmp_path: Path, **fields: object) -> str | None:
    dataset = load(cast.write(tmp_path, sources=[cast.source("article", **fields)]))
    [view] = source_views(dataset, ENGLISH)
    return view.url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/x", "//a.org", ""]
)
def test_unsafe_address_is_no_link(tmp_path: Path, url: str) -> None:
    assert source_with(tmp_path, URL=url) is None


def test_web_address_is_a_link(tmp_path: Path) -> None:
    assert (
        source_with(tmp_path, URL="https://example.org/a?b=1")
        == "https://example.org/a?b=1"
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([[2022]], "2022"),
        ([[2022, 1]], "2022-01"),
        ([[2022, 1, 5], [2022, 1, 7]], "2022-01-05"),
    ],
)
def test_date_of_a_source_is_as_exact_as_it_is_known(
    parts: list[list[int]], words: str
) -> None:
    assert issued_words({"date-parts": parts}) == words


def test_source_without_a_date_has_none() -> None:
    assert issued_words(None) == ""


def test_moments_are_windows_in_minutes(small: Dataset) -> None:
    [noon] = moment_views(small, ENGLISH)
    # 5 January 2022 is day 18 997 since 1970.
    assert noon == {
        "title": "Around noon",
        "from_minute": 18_997 * 1440 + 11 * 60,
        "to_minute": 18_997 * 1440 + 13 * 60,
    }
