from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dataset import Dataset, load
from geo.query import Dropped, Query, Selection, fold, near_point, select
from geo.texts import Texts
from geo.timeline import minute_of, moment_of, parse_moment, status
from geo.vocab import Attribution, Corroboration, Kind, Mode, Status
from tests import cast

WINDOW = {"from": cast.FROM, "to": cast.TO}


def ask(dataset: Dataset, **params: str) -> Selection:
    query, dropped = Query.from_params(params, dataset)
    assert dropped == []
    return select(dataset, query)


def ids(dataset: Dataset, **params: str) -> set[str]:
    return set(ask(dataset, **params).visible)


def drops(dataset: Dataset, **params: str) -> list[Dropped]:
    return Query.from_params(params, dataset)[1]


# What is selected


def test_without_filters_every_event_is_certain_to_be_there(small: Dataset) -> None:
    found = select(small, Query())
    assert list(found.visible) == list(small.events.index)
    assert set(found.statuses.values()) == {Status.CERTAIN}


def test_a_window_gives_the_statuses_worked_out_by_hand(small: Dataset) -> None:
    assert dict(ask(small, **WINDOW).statuses) == cast.STATUSES


def test_events_that_are_only_possible_stay_hidden(small: Dataset) -> None:
    found = ask(small, **WINDOW)
    assert found.possible_ids == ("shots-perhaps",)
    assert "shots-perhaps" not in found.visible


def test_possible_events_show_on_request_in_file_order(small: Dataset) -> None:
    assert list(ask(small, **WINDOW, possible="1").visible) == list(cast.STATUSES)


def test_counts_are_of_what_is_visible(small: Dataset) -> None:
    found = ask(small, **WINDOW)
    assert found.counts == {"certain": 5, "coarse": 2, "likely": 0, "possible": 0}
    assert found.total == len(cast.EVENTS)


def test_so_far_reaches_from_the_start_of_the_data(small: Dataset) -> None:
    found = ids(small, mode="sofar", to=cast.FROM, **{"from": "2022-01-05T13:59"})
    assert found == {
        "hostile-text",
        "ends-as-it-opens",
        "rally-some-time-that-afternoon",
        "network-down-that-day",
    }


def test_so_far_until_before_the_data_is_nothing(small: Dataset) -> None:
    assert ids(small, mode="sofar", to="2021-01-01T00:00") == set()


def test_without_an_end_the_window_reaches_to_the_end_of_the_data(
    small: Dataset,
) -> None:
    assert ids(small, **{"from": "2022-01-05T22:00"}) == {
        "night-fires",
        "network-down-that-day",
    }


def test_without_a_start_the_window_begins_with_the_data(small: Dataset) -> None:
    assert ids(small, to="2022-01-05T10:00") == {
        "hostile-text",
        "network-down-that-day",
    }


def test_kinds_are_alternatives(small: Dataset) -> None:
    assert ids(small, kinds="clash,fire") == {"clash-to-the-minute", "night-fires"}


def test_filters_of_different_names_must_all_hold(small: Dataset) -> None:
    assert ids(small, kinds="clash,fire", by="observed") == {"clash-to-the-minute"}


def test_attribution_filters(small: Dataset) -> None:
    assert ids(small, by="official") == {"shots-perhaps"}


def test_corroboration_filters(small: Dataset) -> None:
    assert ids(small, corroboration="official-only,independent") == {
        "shots-perhaps",
        "clash-to-the-minute",
    }


def test_independent_filters(small: Dataset) -> None:
    assert ids(small, independent="1") == {"clash-to-the-minute"}


def test_contested_filters(small: Dataset) -> None:
    assert ids(small, contested="1") == {"network-down-that-day"}


def test_a_place_off_the_map_can_be_asked_for(small: Dataset) -> None:
    assert ids(small, place="hospital,taraz") == {"siege-of-a-hospital", "hostile-text"}


def test_only_keeps_the_named_events(small: Dataset) -> None:
    query = Query(only=("night-fires", "not-there"))
    assert select(small, query).visible == ("night-fires",)


def test_only_of_nothing_is_nothing(small: Dataset) -> None:
    assert select(small, Query(only=())).visible == ()


# Nearness


def test_near_keeps_what_lies_within_the_distance(small: Dataset) -> None:
    # The monument lies 47 m from the middle of the square, whose own ring is 120 m.
    assert ids(small, near="monument", within="120") >= {
        "clash-to-the-minute",
        "march-fills-the-window",
    }


def test_near_leaves_out_places_known_less_exactly_than_the_distance(
    small: Dataset,
) -> None:
    assert ids(small, near="monument", within="119") == {"march-fills-the-window"}


def test_near_is_measured_on_the_ellipsoid(tmp_path: Path) -> None:
    # One minute of latitude at 43° N on WGS84 is 1851.7 m (published: a degree
    # at 43° is 111.10 km); on a sphere of 6371 km it would be 1853.2 m.
    places = [
        cast.place("here", [76.9, 43.0]),
        cast.place("there", [76.9, 43.0 + 1 / 60]),
    ]
    event = cast.event("x", cast.at("10:00"), cast.at("11:00"), places="there")
    dataset = load(cast.write(tmp_path, events=[event], places=places, home=None))
    assert ids(dataset, near="here", within="1852.5") == {"x"}
    assert ids(dataset, near="here", within="1850.5") == set()


def test_near_takes_any_way_to_find_a_point(small: Dataset) -> None:
    query = Query(near="somewhere by the arena", within_m=100)
    found = select(small, query, locate=lambda _, name: (76.8175, 43.2638))
    assert set(found.visible) == {"ends-as-it-opens", "begins-as-it-closes"}


def test_near_a_point_nobody_finds_is_nothing(small: Dataset) -> None:
    assert select(small, Query(near="atlantis")).visible == ()


def test_a_place_is_found_by_its_id_in_longitude_and_latitude(small: Dataset) -> None:
    assert near_point(small, "square") == (76.9453, 43.2382)
    assert near_point(small, "hospital") is None


# Words


@pytest.mark.parametrize(
    "words",
    ["stood square", "SQUARE stood", "площади", "ПЛОЩАДИ люди", "peop squ", "rally"],
)
def test_words_are_found_in_title_and_summary_of_any_language(
    small: Dataset, words: str
) -> None:
    assert "rally-some-time-that-afternoon" in ids(small, q=words)


def test_every_word_must_be_found(small: Dataset) -> None:
    assert ids(small, q="square nowhere") == set()


def test_words_are_text_and_no_pattern(small: Dataset) -> None:
    assert ids(small, q=".*") == set()
    assert ids(small, q="`${1}`") == {"hostile-text"}


def test_words_are_not_looked_for_among_actors(small: Dataset) -> None:
    assert ids(small, q="police") == set()


def test_an_actor_is_found_by_a_part_of_the_name(small: Dataset) -> None:
    assert ids(small, actor="Protest") == {"clash-to-the-minute"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ёлка Й", "елка и"),
        ("Әл-Фараби", "әл-фараби"),
        ("İstanbul", "istanbul"),
        ("ÉCOLE", "ecole"),
        ("½ ﬁ", "1⁄2 fi"),
    ],
)
def test_folding_drops_case_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


# Parameters


def test_a_full_address_is_read(small: Dataset) -> None:
    params = {
        "from": cast.FROM,
        "to": cast.TO,
        "mode": "sofar",
        "possible": "1",
        "kinds": "fire,clash",
        "by": "observed",
        "corroboration": "none",
        "place": "square",
        "near": "arena",
        "within": "250",
        "actor": "police",
        "q": "gas",
        "contested": "1",
        "independent": "1",
    }
    query, dropped = Query.from_params(params, small)
    assert dropped == []
    assert query == Query(
        start=parse_moment(cast.FROM),
        end=parse_moment(cast.TO),
        mode=Mode.SOFAR,
        possible=True,
        kinds=(Kind.FIRE, Kind.CLASH),
        by=(Attribution.OBSERVED,),
        corroboration=(Corroboration.NONE,),
        place=("square",),
        near="arena",
        within_m=250,
        actor="police",
        q="gas",
        contested=True,
        independent=True,
    )
    assert query.to_params() == params


def test_an_empty_query_has_no_parameters() -> None:
    assert Query().to_params() == {}


def test_an_offset_whose_plus_became_a_space_is_read(small: Dataset) -> None:
    query, dropped = Query.from_params({"from": "2022-01-05T14:50 06:00"}, small)
    assert (query.start, dropped) == (parse_moment("2022-01-05T14:50"), [])


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("from", "05.01.2022", "is not an ISO 8601 time, such as 2022-01-05T14:50"),
        ("to", "noon", "is not an ISO 8601 time, such as 2022-01-05T14:50"),
        ("mode", "backwards", "is not one of: window, sofar"),
        (
            "by",
            "hearsay",
            "is not one of: observed, reported, official, rumour, analysis",
        ),
        ("possible", "perhaps", "is neither 1 nor 0"),
        ("place", "atlantis", "is not the id of a place"),
        ("near", "atlantis", "is not a known place"),
        ("near", "hospital", "has no known position"),
        ("within", "far", "is not a positive number of metres"),
        ("within", "0", "is not a positive number of metres"),
        ("within", "-5", "is not a positive number of metres"),
        ("within", "nan", "is not a positive number of metres"),
        ("within", "inf", "is not a positive number of metres"),
        ("colour", "red", "is not a known parameter"),
        ("only", "night-fires", "is not a known parameter"),
    ],
)
def test_a_bad_parameter_is_dropped_with_its_reason(
    small: Dataset, name: str, value: str, reason: str
) -> None:
    query, dropped = Query.from_params({name: value}, small)
    [one] = dropped
    assert (one.name, one.value) == (name, value)
    assert Texts().t(one.reason, choices=one.choices) == reason
    assert query == Query()


def test_only_the_bad_items_of_a_list_are_dropped(small: Dataset) -> None:
    query, dropped = Query.from_params({"kinds": "fire,quarrel,clash,riot"}, small)
    assert query.kinds == (Kind.FIRE, Kind.CLASH)
    assert [each.value for each in dropped] == ["quarrel", "riot"]


def test_a_repeated_item_counts_once(small: Dataset) -> None:
    assert Query.from_params({"kinds": "fire, fire,"}, small)[0].kinds == (Kind.FIRE,)


@pytest.mark.parametrize("end", ["2022-01-05T14:00", "2022-01-05T13:00"])
def test_an_end_that_is_not_after_the_start_is_dropped(
    small: Dataset, end: str
) -> None:
    query, dropped = Query.from_params({"from": cast.FROM, "to": end}, small)
    assert (query.start, query.end) == (parse_moment(cast.FROM), None)
    assert dropped == [Dropped("to", end, "is not after from")]


def test_parameters_of_other_parts_of_the_page_are_left_alone(small: Dataset) -> None:
    others = {"view": "x", "id": "x", "step": "x", "lang": "x", "embed": "x"}
    assert drops(small, **others) == []


def test_empty_parameters_are_no_parameters(small: Dataset) -> None:
    names = ["from", "kinds", "near", "within", "q", "possible", "mode"]
    assert Query.from_params(dict.fromkeys(names, " "), small) == (Query(), [])


@given(
    st.dictionaries(
        st.sampled_from([*Query().__dict__, "from", "to", "by", "within"]), st.text()
    )
)
@settings(max_examples=200)
def test_no_parameters_make_it_fail(small: Dataset, params: dict[str, str]) -> None:
    query, _ = Query.from_params(params, small)
    assert select(small, query).total == len(cast.EVENTS)


MOMENTS = st.integers(
    minute_of(parse_moment("2021-06-01T00:00")),
    minute_of(parse_moment("2022-06-01T00:00")),
).map(moment_of)
WORDS = st.text().filter(str.strip)


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


def is_forward(query: Query) -> bool:
    if query.start is None or query.end is None or query.mode is Mode.SOFAR:
        return True
    return query.start < query.end


QUERIES = st.builds(
    Query,
    start=st.none() | MOMENTS,
    end=st.none() | MOMENTS,
    mode=st.sampled_from(Mode),
    possible=st.booleans(),
    kinds=some(list(Kind)),
    by=some(list(Attribution)),
    corroboration=some(list(Corroboration)),
    place=some(["square", "hospital", "almaty"]),
    near=st.none() | st.sampled_from(["square", "arena"]),
    within_m=st.floats(min_value=0, exclude_min=True, allow_infinity=False),
    actor=st.none() | WORDS,
    q=st.just("") | WORDS,
    contested=st.booleans(),
    independent=st.booleans(),
).filter(is_forward)


@given(QUERIES)
def test_a_query_survives_the_way_through_an_address(
    small: Dataset, query: Query
) -> None:
    assert Query.from_params(query.to_params(), small) == (query, [])


@given(MOMENTS, st.integers(1, 10_000), st.sampled_from(Mode))
def test_the_shipped_events_have_the_statuses_of_each(
    shipped: Dataset, start: object, minutes: int, mode: Mode
) -> None:
    query = Query(start=start, end=start + timedelta(minutes=minutes), mode=mode)  # type: ignore[arg-type, operator]
    lo, hi = minute_of(query.start), minute_of(query.end)  # type: ignore[arg-type]
    if mode is Mode.SOFAR:
        lo = minute_of(shipped.span.start)
    expected = {
        row.Index: status(
            row.start_min,
            row.end_min,
            row.earliest_min,
            row.latest_min,
            row.time_precision,
            (lo, hi),
        )
        for row in shipped.events.itertuples()
    }
    expected = {each: found for each, found in expected.items() if found is not None}
    assert dict(select(shipped, query).statuses) == expected
