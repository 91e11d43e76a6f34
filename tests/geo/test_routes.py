from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset, load
from geo.routes import (
    Route,
    is_shown,
    lengths_km,
    position_at,
    progress_at,
    routes_of,
)
from geo.timeline import Window, parse_moment
from geo.vocab import Direction, LegEvidence
from tests import cast

# A degree of longitude at 43° N on WGS84 is 81.54 km (published tables), so
# the walk's three hundredths of a degree are 2.446 km and its last one 0.815.
DEGREE_KM = 81.54
R2 = "r2-west-column-4-jan"


@pytest.fixture(scope="module")
def walk(small: Dataset) -> Route:
    return routes_of(small)["walk"]


def test_a_leg_is_as_long_as_the_tables_say(walk: Route) -> None:
    assert walk.legs[0].length_km == pytest.approx(0.03 * DEGREE_KM, rel=1e-4)


def test_a_route_is_as_long_as_its_drawn_legs(walk: Route) -> None:
    assert walk.length_km == pytest.approx(0.04 * DEGREE_KM, rel=1e-4)


def test_lengths_are_kept_apart_by_evidence(walk: Route) -> None:
    assert lengths_km(walk) == {
        LegEvidence.DOCUMENTED: pytest.approx(0.03 * DEGREE_KM, rel=1e-4),
        LegEvidence.INFERRED: pytest.approx(0.01 * DEGREE_KM, rel=1e-4),
        LegEvidence.UNKNOWN: 0,
    }


def test_legs_carry_their_evidence_in_the_order_of_the_walk(walk: Route) -> None:
    assert [(leg.id, leg.evidence) for leg in walk.legs] == [
        ("walk-1", "documented"),
        ("walk-2", "unknown"),
        ("walk-3", "inferred"),
    ]


def test_legs_are_walked_by_their_order_and_not_that_of_the_file(
    tmp_path: Path,
) -> None:
    turned = load(cast.write(tmp_path, legs=reversed(cast.LEGS)))
    assert [leg.id for leg in routes_of(turned)["walk"].legs] == [
        "walk-1",
        "walk-2",
        "walk-3",
    ]


def test_a_route_takes_in_all_its_bounds(walk: Route) -> None:
    assert walk.earliest == parse_moment("2022-01-05T09:00")
    assert walk.latest == parse_moment("2022-01-05T13:00")


# The walk goes east from 76.90 to 76.94 between 10:00 and 12:00: a hundredth of
# a degree each half hour, over the leg that nobody knows without a halt.
@pytest.mark.parametrize(
    ("clock", "lon"),
    [
        ("10:00", 76.90),
        ("10:30", 76.91),
        ("11:00", 76.92),
        ("11:30", 76.93),
        ("11:45", 76.935),
        ("12:00", 76.94),
        ("18:00", 76.94),
    ],
)
def test_the_head_moves_in_proportion_to_length(
    walk: Route, clock: str, lon: float
) -> None:
    found = position_at(walk, parse_moment(f"2022-01-05T{clock}"))
    assert found is not None
    assert found[0] == pytest.approx(lon, abs=1e-6)
    assert found[1] == pytest.approx(43.0, abs=1e-5)


def test_there_is_no_head_before_the_start(walk: Route) -> None:
    assert position_at(walk, parse_moment("2022-01-05T09:59")) is None


def test_the_head_is_asked_for_in_any_zone(walk: Route) -> None:
    assert position_at(walk, parse_moment("2022-01-05T04:30Z")) == position_at(
        walk, parse_moment("2022-01-05T10:30")
    )


def test_the_head_rests_exactly_on_the_last_point(walk: Route) -> None:
    assert position_at(walk, parse_moment("2022-01-05T12:00")) == (76.94, 43.0)


def test_a_route_without_an_end_has_no_head(tmp_path: Path) -> None:
    routes = [cast.route("walk", end=None)]
    route = routes_of(load(cast.write(tmp_path, routes=routes)))["walk"]
    assert position_at(route, parse_moment("2022-01-05T11:00")) is None


def test_a_route_with_nothing_drawn_has_no_head(tmp_path: Path) -> None:
    legs = [cast.leg("walk-1", None, evidence="unknown")]
    route = routes_of(load(cast.write(tmp_path, legs=legs)))["walk"]
    assert route.length_km == 0
    assert position_at(route, parse_moment("2022-01-05T11:00")) is None


def test_a_route_that_takes_no_time_is_at_its_end_at_once(tmp_path: Path) -> None:
    routes = [cast.route("walk", end=cast.at("10:00"), earliest_end=None)]
    route = routes_of(load(cast.write(tmp_path, routes=routes)))["walk"]
    assert progress_at(route, parse_moment("2022-01-05T10:00")) == 1


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("08:00", "09:00", False),
        ("08:00", "09:01", True),
        ("12:59", "14:00", True),
        ("13:00", "14:00", False),
    ],
)
def test_a_route_shows_while_its_bounds_overlap_the_window(
    walk: Route, start: str, end: str, *, shown: bool
) -> None:
    day = "2022-01-05T"
    assert (
        is_shown(walk, Window(parse_moment(day + start), parse_moment(day + end)))
        is shown
    )


def test_a_route_of_which_no_time_is_known_never_shows(tmp_path: Path) -> None:
    times = [
        "start",
        "end",
        "earliest_start",
        "latest_start",
        "earliest_end",
        "latest_end",
    ]
    routes = [cast.route("walk", **dict.fromkeys(times))]
    dataset = load(cast.write(tmp_path, routes=routes))
    assert not is_shown(routes_of(dataset)["walk"], dataset.span)


# The shipped marches


def test_the_abay_march_measures_what_the_street_net_gives(shipped: Dataset) -> None:
    # 15.7 km by the street net; the line starts 0.2 km off it, inside the Arena.
    r2 = routes_of(shipped)[R2]
    assert r2.length_km == pytest.approx(15.7 + 0.2, abs=0.1)
    assert r2.claimed_km == 18


def test_the_tole_bi_march_measures_what_the_street_net_gives(shipped: Dataset) -> None:
    r5 = routes_of(shipped)["r5-tole-bi-march-5-jan"]
    assert r5.length_km == pytest.approx(11.8, abs=0.1)


def test_the_abay_march_is_on_abay_at_eleven_at_night(shipped: Dataset) -> None:
    # 120 of 190 minutes: 10.1 of 15.9 km, which is past Turgut Ozal street
    # (8.9 km along the line, at 76.880° E) and short of Zharokov street.
    found = position_at(routes_of(shipped)[R2], parse_moment("2022-01-04T23:00"))
    ozal, zharokov = (
        shipped.places.geometry[f"abay-x-{name}"]
        for name in ("turgut-ozal", "zharokov")
    )
    assert found is not None
    assert ozal.x < found[0] < zharokov.x + 0.01


def test_only_three_shipped_marches_have_a_moving_head(shipped: Dataset) -> None:
    routes = routes_of(shipped).values()
    moving = [
        route.id[:2]
        for route in routes
        if position_at(route, shipped.span.end) is not None
    ]
    assert moving == ["r2", "r5", "r8"]


def test_one_shipped_route_went_both_ways(shipped: Dataset) -> None:
    both = [
        each.id
        for each in routes_of(shipped).values()
        if each.direction is Direction.BOTH
    ]
    assert both == ["r4-republic-to-astana-square"]


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_march_never_goes_back(shipped: Dataset, one: int, other: int) -> None:
    r2 = routes_of(shipped)[R2]
    start = parse_moment("2022-01-04T20:00")
    sooner, later = (
        progress_at(r2, start + timedelta(minutes=each)) or 0
        for each in sorted((one, other))
    )
    assert 0 <= sooner <= later <= 1
