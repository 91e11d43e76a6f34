from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from geo.model import ClaimRow, EventRow, LegRow, PlaceRow, RouteRow, SourceItem
from geo.problems import explain
from geo.timeline import format_moment
from tests import cast


def failures(
    model: type[BaseModel], values: dict[str, Any]
) -> list[tuple[str | None, str]]:
    try:
        model.model_validate(values)
    except ValidationError as error:
        return explain(error)
    return []


def an_event(**changes: Any) -> dict[str, Any]:
    return cast.event("clash", cast.at("14:00"), cast.at("15:00")) | changes


def a_leg(**changes: Any) -> dict[str, Any]:
    properties: dict[str, Any] = cast.leg("walk-1", [[76.9, 43.2], [76.8, 43.2]])[
        "properties"
    ]
    return properties | changes


def a_place(**changes: Any) -> dict[str, Any]:
    properties: dict[str, Any] = cast.place("square", [76.9, 43.2])["properties"]
    return properties | changes


def test_a_good_event_is_accepted() -> None:
    event = EventRow.model_validate(an_event())
    assert format_moment(event.start) == "2022-01-05T14:00"


def test_ids_in_a_cell_are_parted_by_semicolons() -> None:
    assert EventRow.model_validate(an_event(places="a; b")).places == ("a", "b")


def test_texts_in_a_cell_are_parted_by_bars_with_spaces() -> None:
    row = EventRow.model_validate(an_event(actors="police | a|b; c"))
    assert row.actors == ("police", "a|b; c")


def test_an_empty_cell_is_an_empty_list() -> None:
    assert EventRow.model_validate(an_event(contradictions=" ")).contradictions == ()


def test_translated_fields_are_known() -> None:
    row = EventRow.model_validate(
        an_event(title_ru="Столкновение", actors_kk="полиция | ел")
    )
    assert (row.title_ru, row.actors_kk) == ("Столкновение", ("полиция", "ел"))


def test_text_is_kept_to_the_letter() -> None:
    text = f"  {cast.HOSTILE}\r\n\t\x00 "
    assert EventRow.model_validate(an_event(summary=text)).summary == text


def test_a_date_in_another_order_is_named_with_what_was_expected() -> None:
    assert failures(EventRow, an_event(start="05.01.2022")) == [
        (
            "start",
            '"05.01.2022" is not ISO 8601 with an offset, such as 2022-01-05T14:50+06:00',
        )
    ]


def test_an_unknown_code_is_answered_with_the_known_ones() -> None:
    assert failures(EventRow, an_event(attribution="seen")) == [
        (
            "attribution",
            '"seen" is not one of: observed, reported, official, rumour, analysis',
        )
    ]


def test_every_bad_cell_of_a_row_is_named() -> None:
    bad = an_event(kind="", start="noon", places="a b")
    assert [column for column, _ in failures(EventRow, bad)] == [
        "kind",
        "start",
        "places",
    ]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"earliest": cast.at("14:01")}, "start"),
        ({"start": cast.at("15:01")}, "end"),
        ({"latest": cast.at("14:59")}, "latest"),
    ],
)
def test_bounds_must_be_in_order(changes: dict[str, str], column: str) -> None:
    changes = {"earliest": cast.at("13:00")} | changes
    (found,) = failures(EventRow, an_event(**changes))
    assert found[0] == column
    assert "expected earliest ≤ start ≤ end ≤ latest" in found[1]


def test_a_list_may_not_name_one_id_twice() -> None:
    assert failures(EventRow, an_event(sources="a;b;a")) == [
        ("sources", 'names "a" more than once')
    ]


@pytest.mark.parametrize("bad", ["", "a b", "a,b", "a;b", "<b>", "x\n"])
def test_an_id_must_fit_into_an_address_and_a_list(bad: str) -> None:
    assert [column for column, _ in failures(EventRow, an_event(id=bad))] == ["id"]


def test_a_title_may_not_be_blank() -> None:
    assert failures(EventRow, an_event(title=" ")) == [("title", "is empty")]


def test_a_claim_reads_numbers() -> None:
    claim = ClaimRow.model_validate(cast.CLAIM | {"low": "225", "high": "238"})
    assert (claim.low, claim.value, claim.high) == (225, 227, 238)


def test_a_claim_of_a_time_reads_moments() -> None:
    claim = ClaimRow.model_validate(
        cast.CLAIM | {"unit": "time", "value": cast.at("16:30")}
    )
    assert format_moment(claim.value) == "2022-01-05T16:30"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"value": "about 200"}, "value"),
        ({"value": "nan"}, "value"),
        ({"value": ""}, "value"),
        ({"low": "228"}, "value"),
        ({"high": cast.at("16:30")}, "high"),
        ({"unit": "time"}, "value"),
        ({"as_of": "January 2022"}, "as_of"),
        ({"as_of": "2022-13"}, "as_of"),
        ({"as_of": ""}, "as_of"),
        ({"claimant": ""}, "claimant"),
    ],
)
def test_a_bad_claim_is_refused(changes: dict[str, str], column: str) -> None:
    assert [each for each, _ in failures(ClaimRow, cast.CLAIM | changes)] == [column]


def test_a_claim_may_have_a_range_and_no_value() -> None:
    claim = cast.CLAIM | {"value": "", "low": "2000000000", "high": "3000000000"}
    assert failures(ClaimRow, claim) == []


@pytest.mark.parametrize("as_of", ["2022", "2022-01", "2022-01-27"])
def test_a_claim_may_be_of_a_day_a_month_or_a_year(as_of: str) -> None:
    assert failures(ClaimRow, cast.CLAIM | {"as_of": as_of}) == []


@pytest.mark.parametrize("radius_m", [0, -1, "30", True, 10**400])
def test_a_radius_is_a_positive_number(radius_m: object) -> None:
    assert [each for each, _ in failures(PlaceRow, a_place(radius_m=radius_m))] == [
        "radius_m"
    ]


def test_a_missing_property_is_named() -> None:
    place = a_place()
    del place["confidence"]
    assert failures(PlaceRow, place) == [("confidence", "is missing")]


def test_an_unknown_property_is_named() -> None:
    assert failures(PlaceRow, a_place(colour="red")) == [
        ("colour", "is not a known name here")
    ]


def test_null_text_is_empty_text() -> None:
    assert PlaceRow.model_validate(a_place(address=None)).address == ""


def test_a_leg_of_unknown_street_is_never_a_line() -> None:
    ((column, message),) = failures(LegRow, a_leg(evidence="unknown"))
    assert column == "sketch"
    assert "never drawn as a line" in message


@pytest.mark.parametrize("sketch", ["area", "point", "link"])
def test_a_leg_without_a_line_needs_a_place(sketch: str) -> None:
    assert failures(LegRow, a_leg(sketch=sketch))[0][0] == "from_place"


def test_a_link_needs_both_its_ends() -> None:
    leg = a_leg(sketch="link", from_place="square")
    assert failures(LegRow, leg) == [("to_place", "a sketch link needs it")]


def test_a_time_given_as_a_number_is_refused() -> None:
    route = cast.route("walk", start=1641369600)
    assert failures(RouteRow, route) == [
        ("start", "1641369600 is not a time written as text")
    ]


def test_a_route_may_have_no_times() -> None:
    times = [
        "start",
        "end",
        "earliest_start",
        "latest_start",
        "earliest_end",
        "latest_end",
    ]
    assert failures(RouteRow, cast.route("walk", **dict.fromkeys(times))) == []


def test_a_route_starts_within_its_bounds() -> None:
    route = cast.route("walk", earliest_start=cast.at("10:01"))
    assert failures(RouteRow, route)[0][0] == "start"


def test_a_source_may_have_fields_of_csl_we_do_not_read() -> None:
    assert failures(SourceItem, cast.source("x", author=[{"family": "Kaisar"}])) == []


def test_a_script_for_an_address_is_text() -> None:
    item = SourceItem.model_validate(cast.source("x", URL="javascript:alert(1)"))
    assert item.url == "javascript:alert(1)"


@pytest.mark.parametrize(
    "parts", [[], [[]], [[2022, 2, 30]], [["2022-01"]], [[2022, 1, 5, 12]]]
)
def test_a_source_has_a_date_of_the_calendar(parts: object) -> None:
    found = failures(SourceItem, cast.source("x", issued={"date-parts": parts}))
    assert found
    assert str(found[0][0]).startswith("issued")


@pytest.mark.parametrize(
    "parts", [[[2022]], [[2022, 1]], [[2022, 1, 5]], [[2022, 1], [2022, 2]]]
)
def test_a_source_may_be_dated_roughly(parts: object) -> None:
    assert failures(SourceItem, cast.source("x", issued={"date-parts": parts})) == []


@pytest.mark.parametrize("order", ["1", 0, 1.5, True])
def test_the_order_of_a_leg_is_a_whole_number_from_one(order: object) -> None:
    assert [each for each, _ in failures(LegRow, a_leg(order=order))] == ["order"]


def test_official_origin_is_true_or_false_and_no_text() -> None:
    source = cast.source("x", custom={"official_origin": "no", "dependence": None})
    assert [each for each, _ in failures(SourceItem, source)] == [
        "custom.official_origin"
    ]


def test_a_source_comes_from_no_official_origin_unless_it_says_so() -> None:
    assert SourceItem.model_validate(cast.source("x")).custom.official_origin is False


def test_a_row_cannot_be_changed() -> None:
    event = EventRow.model_validate(an_event())
    with pytest.raises(ValidationError, match="frozen"):
        event.title = "Another"
