"""What the script is given, counted and placed by hand for the cast."""

import json
from pathlib import Path

import pytest

from geo.dataset import Dataset, load
from geo.texts import Texts, short_name
from geo.timemap.base import base_of, latlons
from geo.timemap.payload import Payload, opening_window, payload_of, sites_of
from geo.vocab import Attribution, Kind, KindGroup
from tests import cast

ENGLISH = Texts("en")

# 5 January 2022 is day 18 997 since 1970: 52 years with 13 leap days, and 4 days.
FIFTH_MIN = 18_997 * 1440


@pytest.fixture(scope="module")
def payload(small: Dataset) -> Payload:
    return payload_of(small, ENGLISH, {})


def place_of(payload: Payload, event: str) -> list[str]:
    """Name the sites of an event."""
    row = payload["events"]["ids"].index(event)
    return [payload["sites"][site]["name"] for site in payload["events"]["sites"][row]]


def test_payload_is_plain_json(payload: Payload) -> None:
    assert json.loads(json.dumps(payload, allow_nan=False))["lang"] == "en"


def test_columns_of_events_are_equally_long(payload: Payload) -> None:
    assert {len(column) for column in payload["events"].values()} == {len(cast.EVENTS)}  # type: ignore[arg-type]


def test_events_keep_the_order_of_the_file(payload: Payload) -> None:
    assert payload["events"]["ids"] == [event["id"] for event in cast.EVENTS]


def test_times_are_minutes_on_almatys_wall_clock(payload: Payload) -> None:
    row = payload["events"]["ids"].index("clash-to-the-minute")
    assert payload["events"]["start"][row] == FIFTH_MIN + 14 * 60 + 50
    assert payload["events"]["end"][row] == FIFTH_MIN + 15 * 60 + 10


def test_span_is_whole_days_round_all_bounds(payload: Payload) -> None:
    assert payload["span"] == (FIFTH_MIN, FIFTH_MIN + 2 * 1440)


def test_every_day_of_the_span_has_words_its_end_too(payload: Payload) -> None:
    assert payload["days"]["first"] == 18_997
    assert payload["days"]["long"] == [
        "Wednesday, 5 January 2022",
        "Thursday, 6 January 2022",
        "Friday, 7 January 2022",
    ]


def test_parts_of_days_and_days_are_coarse(payload: Payload) -> None:
    events = payload["events"]
    coarse = [
        each
        for each, is_coarse in zip(events["ids"], events["coarse"], strict=True)
        if is_coarse
    ]
    assert coarse == ["rally-some-time-that-afternoon", "network-down-that-day"]


def test_codes_are_places_in_the_lists_beside_them(payload: Payload) -> None:
    row = payload["events"]["ids"].index("shots-perhaps")
    assert payload["kinds"][payload["events"]["kind"][row]] == Kind.SHOOTING
    by = payload["attributions"][payload["events"]["by"][row]]
    assert by == Attribution.OFFICIAL
    group = payload["groups"][payload["groupOf"][payload["events"]["kind"][row]]]
    assert group["code"] == KindGroup.SHOTS_AND_HARM


def test_points_are_latitude_first_for_leaflet() -> None:
    assert latlons([(76.9, 43.2)]) == [(43.2, 76.9)]


def test_site_is_where_its_place_is(payload: Payload) -> None:
    [square] = [site for site in payload["sites"] if site["name"] == "Square"]
    assert (square["lat"], square["lon"]) == (43.2382, 76.9453)
    assert square["radius_m"] == 120
    assert square["style"] == "point"


def test_home_country_and_unknown_places_have_no_site(payload: Payload) -> None:
    assert [site["name"] for site in payload["sites"]] == [
        "Square",
        "Monument",
        "Arena",
        "Taraz",
    ]
    assert payload["home"] == "Almaty"
    for event in ("night-fires", "network-down-that-day", "siege-of-a-hospital"):
        assert place_of(payload, event) == []


def test_places_at_one_spot_share_a_site(tmp_path: Path) -> None:
    places = [
        *cast.PLACES,
        cast.place("fountain", [76.9453, 43.2382], kind="monument"),
    ]
    events = [
        cast.event(
            "at-both", cast.at("10:00"), cast.at("11:00"), places="square;fountain"
        )
    ]
    dataset = load(cast.write(tmp_path, places=places, events=events))
    sites, site_of = sites_of(dataset, ENGLISH)
    assert [site["places"] for site in sites] == [["square", "fountain"]]
    assert site_of == {"square": 0, "fountain": 0}
    assert payload_of(dataset, ENGLISH, {})["events"]["sites"] == [[0]]


def test_town_and_region_are_told_from_a_point(payload: Payload) -> None:
    styles = {site["name"]: site["style"] for site in payload["sites"]}
    assert styles["Taraz"] == "town"


def test_brackets_are_cut_from_the_end_of_a_name_only() -> None:
    assert short_name("Hospital (No. 7) east") == "Hospital (No. 7) east"
    assert short_name("(unnamed)") == "(unnamed)"


def test_opening_is_the_three_days_most_events_begin_in(
    shipped: Dataset, small: Dataset
) -> None:
    fourth, seventh = FIFTH_MIN - 1440, FIFTH_MIN + 2 * 1440
    assert opening_window(shipped) == (fourth, seventh)
    # The cast's two days end before three are over.
    assert opening_window(small) == (FIFTH_MIN, FIFTH_MIN + 2 * 1440)


def test_legs_tell_what_is_drawn_of_them(payload: Payload) -> None:
    [walk] = payload["routes"]
    documented, unknown, inferred = walk["legs"]
    assert documented["line"] == [(43.0, 76.9), (43.0, 76.93)]
    # Three hundredths of a degree along the 43rd parallel; see the cast.
    assert documented["km"] == pytest.approx([0, 3 * 0.8154], abs=2e-3)
    assert unknown == {"evidence": "unknown"}
    assert inferred["evidence"] == "inferred"
    assert walk["bounds"] == ((43.0, 76.9), (43.0, 76.94))


def test_route_has_its_times_and_its_outer_bounds(payload: Payload) -> None:
    [walk] = payload["routes"]
    hours = [
        (walk[name] - FIFTH_MIN) / 60 for name in ("earliest", "start", "end", "latest")
    ]
    assert hours == [9, 10, 12, 13]


def test_link_and_area_are_drawn_from_their_places(tmp_path: Path) -> None:
    legs = [
        cast.leg(
            "walk-1",
            None,
            sketch="link",
            evidence="unknown",
            from_place="arena",
            to_place="square",
        ),
        cast.leg(
            "walk-2", None, sketch="area", evidence="inferred", from_place="square"
        ),
    ]
    dataset = load(cast.write(tmp_path, legs=legs))
    [walk] = payload_of(dataset, ENGLISH, {})["routes"]
    link, area = walk["legs"]
    assert link["link"] == [(43.2638, 76.8175), (43.2382, 76.9453)]
    assert area["area"] == {"lat": 43.2382, "lon": 76.9453, "radius_m": 120}
    assert walk["bounds"] is None


def test_base_has_streets_outlines_and_labels(small: Dataset) -> None:
    base = base_of(small, ENGLISH)
    [street], [outline] = base["streets"], base["outlines"]
    assert street == {
        "name": "Abay Avenue",
        "rank": 1,
        "line": [(43.2, 76.8), (43.2, 76.9)],
    }
    assert outline["ring"][0] == outline["ring"][-1] == (43.2, 76.8)
    assert [label["text"] for label in base["labels"]] == [
        "Abay Avenue",
        "Almaty",
        "Taraz",
    ]


@pytest.mark.parametrize("places", ["almaty", "kazakhstan", "hospital", ""])
def test_data_without_a_single_mark_has_bounds(tmp_path: Path, places: str) -> None:
    events = [cast.event("one", cast.at("10:00"), cast.at("11:00"), places=places)]
    payload = payload_of(load(cast.write(tmp_path, events=events)), ENGLISH, {})
    (south, west), (north, east) = payload["bounds"]["country"]
    assert payload["sites"] == []
    # The cast's only march, along the 43rd parallel.
    assert (south, west, north, east) == (43.0, 76.9, 43.0, 76.94)


def test_data_without_any_line_or_place_shows_the_country(tmp_path: Path) -> None:
    folder = cast.write(
        tmp_path,
        events=[
            cast.event("one", cast.at("10:00"), cast.at("11:00"), places="hospital")
        ],
        places=[place for place in cast.PLACES if place["geometry"] is None],
        home=None,
        routes=[cast.route("walk")],
        legs=[cast.leg("walk-1", None, evidence="unknown")],
    )
    (south, west), (north, east) = payload_of(load(folder), ENGLISH, {})["bounds"][
        "city"
    ]
    # Almaty and Oral lie in it, Moscow and Beijing do not.
    for lon, lat in ((76.9, 43.25), (51.4, 51.2)):
        assert south < lat < north
        assert west < lon < east
    for lon in (37.6, 116.4):
        assert not west < lon < east


def test_first_state_is_handed_on(small: Dataset) -> None:
    state = {"q": "</script>", "possible": True}
    assert payload_of(small, ENGLISH, state)["opening"]["state"] == state


def test_payload_of_the_shipped_data_stays_small(shipped: Dataset) -> None:
    text = json.dumps(payload_of(shipped, ENGLISH, {}), ensure_ascii=False)
    assert len(text.encode()) < 150_000
