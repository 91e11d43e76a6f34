"""What a link holds, and how the address, the map and a session agree on it."""

from typing import Any

import pytest

from dashboard import state
from dashboard.state import MapState, View
from geo.dataset import Dataset
from geo.query import Query
from geo.timeline import parse_moment
from geo.vocab import Attribution, Corroboration, Kind, Mode

FULL_LINK = {
    "corroboration": "independent",
    "place": "square",
    "from": "2022-01-05T14:00",
    "to": "2022-01-05T16:00",
    "mode": "sofar",
    "possible": "1",
    "kinds": "clash,march",
    "by": "observed",
    "q": "square people",
    "id": "clash-to-the-minute",
    "view": "43.25,76.9,12.5",
}

FULL_MESSAGE: dict[str, Any] = {
    "from": "2022-01-05T14:00",
    "to": "2022-01-05T16:00",
    "mode": "sofar",
    "possible": True,
    "kinds": ["clash", "march"],
    "attributions": ["observed"],
    "q": "square people",
    "only": None,
    "selected": "clash-to-the-minute",
    "view": {"lat": 43.25, "lon": 76.9, "zoom": 12.5},
}


def read(params: dict[str, str], dataset: Dataset) -> MapState:
    view, dropped = state.from_url(params, dataset)
    assert dropped == ()
    return view


def test_a_bare_address_is_the_default_view(small: Dataset) -> None:
    assert read({}, small) == MapState()


def test_a_full_link_is_read_in_all_its_parts(small: Dataset) -> None:
    assert read(FULL_LINK, small) == MapState(
        query=Query(
            start=parse_moment("2022-01-05T14:00"),
            end=parse_moment("2022-01-05T16:00"),
            mode=Mode.SOFAR,
            possible=True,
            kinds=(Kind.CLASH, Kind.MARCH),
            by=(Attribution.OBSERVED,),
            corroboration=(Corroboration.INDEPENDENT,),
            place=("square",),
            q="square people",
        ),
        selected="clash-to-the-minute",
        view=View(43.25, 76.9, 12.5),
    )


def test_a_link_is_written_as_it_was_read(small: Dataset) -> None:
    assert list(state.to_url(read(FULL_LINK, small)).items()) == list(FULL_LINK.items())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "nobody"),
        ("view", "43.25,76.9"),
        ("view", "43.25,76.9,far"),
        ("view", "93.25,76.9,12"),
        ("view", "nan,76.9,12"),
        ("view", "43.25,76.9,-1"),
        ("from", "05.01.2022"),
        ("kinds", "riot"),
    ],
)
def test_a_bad_parameter_is_dropped_by_name(
    small: Dataset, name: str, value: str
) -> None:
    view, dropped = state.from_url({name: value}, small)
    assert view == MapState()
    assert [(each.name, each.value) for each in dropped] == [(name, value)]


def test_a_bad_parameter_leaves_the_good_ones(small: Dataset) -> None:
    view, _ = state.from_url({"id": "nobody", "q": "people"}, small)
    assert view == MapState(query=Query(q="people"))


def test_the_map_is_told_nothing_of_the_default_view(small: Dataset) -> None:
    assert state.to_message(MapState(), small) == {}


def test_the_map_is_told_every_part_of_a_view(small: Dataset) -> None:
    plain = {k: v for k, v in FULL_LINK.items() if k in state.MAP_PARAMS}
    assert state.to_message(read(plain, small), small) == FULL_MESSAGE


def test_a_link_with_one_end_is_completed_by_the_datas_span(small: Dataset) -> None:
    # The cast spans 5 January, 00:00 to 6 January, 24:00: 7 January, 00:00.
    message = state.to_message(read({"from": "2022-01-05T14:00"}, small), small)
    assert (message["from"], message["to"]) == ("2022-01-05T14:00", "2022-01-07T00:00")


def test_filters_without_a_control_reach_the_map_as_a_list_of_ids(
    small: Dataset,
) -> None:
    message = state.to_message(read({"contested": "1"}, small), small)
    # The only event of the cast with contradictions.
    assert message["only"] == ["network-down-that-day"]


def test_a_message_is_read_as_the_link_it_stands_for(small: Dataset) -> None:
    plain = {k: v for k, v in FULL_LINK.items() if k in state.MAP_PARAMS}
    heard = state.from_message(FULL_MESSAGE, MapState(), small)
    assert state.to_url(heard) == plain


@pytest.mark.parametrize("message", [None, "state", 7, [], ["from"]])
def test_a_message_that_is_none_changes_nothing(
    small: Dataset, message: object
) -> None:
    known = MapState(query=Query(q="people"))
    assert state.from_message(message, known, small) == known


@pytest.mark.parametrize(
    "part",
    [
        {"from": 5},
        {"from": "2022-01-05"},
        {"from": "2022-01-05T14:00+06:00"},
        {"mode": "always"},
        {"possible": "yes"},
        {"kinds": "clash"},
        {"kinds": [1, None, {}]},
        {"kinds": ["riot"]},
        {"attributions": {"observed": 1}},
        {"q": ["people"]},
        {"q": "  "},
        {"selected": 3},
        {"selected": "nobody"},
        {"view": "43,76,12"},
        {"view": {"lat": "43", "lon": 76, "zoom": 12}},
        {"view": {"lat": True, "lon": 76, "zoom": 12}},
        {"view": {"lat": float("nan"), "lon": 76, "zoom": 12}},
        {"view": {"lat": 43, "lon": float("inf"), "zoom": 12}},
        {"view": {"lat": 43, "lon": 76}},
    ],
)
def test_a_strange_part_of_a_message_counts_as_missing(
    small: Dataset, part: dict[str, object]
) -> None:
    heard = state.from_message({"q": "people", **part}, MapState(), small)
    expected = MapState() if "q" in part else MapState(query=Query(q="people"))
    assert heard == expected


def test_a_map_with_a_list_keeps_the_filters_behind_it(small: Dataset) -> None:
    known = read({"contested": "1"}, small)
    heard = state.from_message({"only": ["network-down-that-day"]}, known, small)
    assert heard.query.contested


def test_a_map_without_a_list_drops_the_filters_behind_it(small: Dataset) -> None:
    known = read({"contested": "1"}, small)
    assert not state.from_message({"only": None}, known, small).query.contested


def test_widening_drops_only_the_filters_the_map_has_no_control_for(
    small: Dataset,
) -> None:
    view = read(
        {"q": "people", "near": "square", "within": "300", "independent": "1"}, small
    )
    assert state.widened(view) == MapState(query=Query(q="people"))


def test_the_first_address_of_a_session_is_asked_of_the_map(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    state.arrive(session, {"q": "people"}, small)
    assert session[state.ASK].state["q"] == "people"


def test_the_same_address_again_asks_nothing_new(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    view = state.arrive(session, {"q": "people"}, small)
    asked = session[state.ASK]
    state.arrive(session, state.to_url(view), small)
    assert session[state.ASK] is asked


def test_what_the_map_says_asks_nothing_of_it(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    state.arrive(session, {}, small)
    asked = session[state.ASK]
    state.hear(session, FULL_MESSAGE, small)
    assert session[state.ASK] is asked


def test_what_the_map_said_before_the_last_wish_is_out_of_date(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    view = state.arrive(session, {"near": "square", "q": "people"}, small)
    late = {**FULL_MESSAGE, "ask": "an earlier wish"}
    assert state.hear(session, late, small) == view
    now = {"q": "people", "only": ["hostile-text"], "ask": session[state.ASK].id}
    assert state.hear(session, now, small) == view


def test_a_view_without_a_window_can_be_asked_to_show_all(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    state.show_all(session, MapState(query=Query(q="people")), small)
    # The cast spans 5 January, 00:00 to 6 January, 24:00: 7 January, 00:00.
    asked = session[state.ASK].state
    assert (asked["from"], asked["to"]) == ("2022-01-05T00:00", "2022-01-07T00:00")
    assert session[state.STATE] == MapState(query=Query(q="people"))


def test_a_filter_leaves_the_map_where_it_is(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    view = MapState(view=View(43.25, 76.9, 12))
    state.show_all(session, view, small, moves=False)
    assert "view" not in session[state.ASK].state
    assert session[state.STATE].view == View(43.25, 76.9, 12)


def test_a_crossing_is_understood_in_a_link(shipped: Dataset) -> None:
    view = read({"near": "Abay / Seifullin"}, shipped)
    assert state.to_url(view) == {"near": "Abay / Seifullin"}
    assert state.to_message(view, shipped)["only"]


def test_a_link_to_a_claim_is_no_part_of_the_view(small: Dataset) -> None:
    view = read({"claim": "deaths-227"}, small)
    assert view == MapState()
    assert state.address_of(view, {"claim": "deaths-227"}) == {"claim": "deaths-227"}


def test_an_address_cleared_by_a_change_of_page_brings_the_view_back(
    small: Dataset,
) -> None:
    session: dict[Any, Any] = {}
    state.arrive(session, {}, small)
    heard = state.hear(session, FULL_MESSAGE, small)
    assert state.arrive(session, {"lang": "en"}, small) == heard


def test_another_address_goes_before_what_the_session_knows(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    state.arrive(session, {"q": "people"}, small)
    asked = session[state.ASK]
    state.arrive(session, {"q": "square"}, small)
    assert session[state.ASK].state["q"] == "square"
    assert session[state.ASK].id != asked.id


def test_notes_on_a_link_outlast_the_clean_address_that_follows(small: Dataset) -> None:
    session: dict[Any, Any] = {}
    view = state.arrive(session, {"q": "people", "id": "nobody"}, small)
    state.arrive(session, state.to_url(view), small)
    assert [each.name for each in session[state.DROPPED]] == ["id"]


def test_an_address_keeps_the_language_and_loses_what_is_unknown(
    small: Dataset,
) -> None:
    view = read({"q": "people"}, small)
    params = {"lang": "ru", "utm_source": "x", "q": "old"}
    assert state.address_of(view, params) == {"lang": "ru", "q": "people"}
