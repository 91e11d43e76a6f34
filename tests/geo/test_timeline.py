import json
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.timeline import (
    ALMATY,
    Window,
    format_moment,
    minute_of,
    moment_of,
    overlaps,
    parse_moment,
    span_of,
    status,
    statuses,
)
from tests.cases import windows

# January 2022: six hours ahead of UTC (IANA time zone database, Asia/Almaty).
NOON = datetime(2022, 1, 5, 12, 0, tzinfo=ALMATY)


def test_almaty_is_six_hours_ahead_in_january_2022() -> None:
    assert parse_moment("2022-01-05T08:50Z") == parse_moment("2022-01-05T14:50")


def test_almaty_is_five_hours_ahead_today() -> None:
    assert parse_moment("2025-01-05T09:50Z") == parse_moment("2025-01-05T14:50")


def test_a_time_with_another_offset_becomes_almatys() -> None:
    assert format_moment(parse_moment("2022-01-05T11:50+03:00")) == "2022-01-05T14:50"


def test_minutes_count_almatys_wall_clock() -> None:
    # 52 years with 13 leap days to 2022, four days, twelve hours.
    assert minute_of(NOON) == ((52 * 365 + 13 + 4) * 24 + 12) * 60


def test_minutes_of_one_moment_are_the_same_from_any_zone() -> None:
    assert minute_of(NOON.astimezone(UTC)) == minute_of(NOON)


def test_minutes_need_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        minute_of(NOON.replace(tzinfo=None))


@given(st.integers(minute_of(NOON) - 10**6, minute_of(NOON) + 10**6))
def test_moments_and_minutes_are_inverse(minute: int) -> None:
    assert minute_of(moment_of(minute)) == minute


def test_seconds_of_nought_are_accepted() -> None:
    assert parse_moment("2022-01-05T14:50:00+06:00") == parse_moment("2022-01-05T14:50")


@pytest.mark.parametrize(
    "text",
    [
        "05.01.2022",
        "2022-01-05",
        "2022-01-05 14:50",
        "1641369600",
        "2022-01-05T14:50+0600",
        "2022-W01-3T14:50",
        "2022-01-05T14:50+06:00 ",
        "٢٠٢٢-01-05T14:50",
        "2022-13-05T14:50",
        "2022-02-30T14:50",
        "2022-01-05T24:00",
        "2022-01-05T14:60",
        "2022-01-05T14:50+25:00",
        "2022-01-05T14:50:30",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "1923-01-05T14:50",
        "",
    ],
)
def test_what_is_no_iso_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match='"'):
        parse_moment(text)


def test_a_data_file_must_say_the_offset() -> None:
    with pytest.raises(ValueError, match="with an offset, such as 2022-01-05T14:50"):
        parse_moment("2022-01-05T14:50", needs_offset=True)


def test_formatting_drops_zone_and_seconds() -> None:
    moscow = timezone(timedelta(hours=3))
    assert (
        format_moment(datetime(2022, 1, 5, 9, 0, 59, tzinfo=moscow))
        == "2022-01-05T12:00"
    )


def test_a_span_reaches_from_midnight_to_midnight() -> None:
    first, last = minute_of(NOON), minute_of(NOON + timedelta(days=1))
    assert span_of([first], [last]) == Window(
        datetime(2022, 1, 5, tzinfo=ALMATY), datetime(2022, 1, 7, tzinfo=ALMATY)
    )


def test_a_span_that_ends_at_midnight_adds_no_day() -> None:
    midnight = minute_of(datetime(2022, 1, 6, tzinfo=ALMATY))
    assert span_of([midnight - 1], [midnight]).end == moment_of(midnight)


def test_the_table_holds_hand_made_cases_of_every_status() -> None:
    by_hand = [case for case in windows.read_cases() if case["why"] != windows.RANDOM]
    assert {case["status"] for case in by_hand} == {
        "certain",
        "coarse",
        "likely",
        "possible",
        None,
    }
    assert len({case["why"] for case in by_hand}) == len(by_hand) >= 40


def test_the_random_part_of_the_table_is_what_the_oracle_says() -> None:
    cases = windows.read_cases()
    assert [
        case for case in cases if case["why"] == windows.RANDOM
    ] == windows.random_cases()


@pytest.mark.parametrize("case", windows.read_cases(), ids=json.dumps)
def test_a_case_of_the_table_has_its_status(case: windows.Case) -> None:
    window = (case["from"], case["to"])
    bounds = case["start"], case["end"], case["earliest"], case["latest"]
    assert status(*bounds, case["precision"], window) == case["status"]


def test_the_oracle_agrees_with_the_cases_made_by_hand() -> None:
    wrong = [
        case for case in windows.read_cases() if windows.oracle(case) != case["status"]
    ]
    assert wrong == []


@st.composite
def rows(draw: st.DrawFn) -> tuple[int, int, int, int, str]:
    earliest, start, end, latest = sorted(draw(st.tuples(*[st.integers(0, 50)] * 4)))
    if draw(st.booleans()):
        end = start
    return (
        start,
        end,
        earliest,
        latest,
        draw(st.sampled_from(["minute", "hour", "part-of-day", "day"])),
    )


@given(st.lists(rows(), max_size=20), st.integers(0, 50), st.integers(0, 50))
def test_many_at_once_have_the_statuses_of_each(
    events: list[tuple[int, int, int, int, str]], lo: int, hi: int
) -> None:
    columns = list(zip(*events, strict=True)) or [()] * 5
    start, end, earliest, latest = (
        np.array(column, dtype=np.int64) for column in columns[:4]
    )
    found = statuses(start, end, earliest, latest, columns[4], (lo, hi))
    assert found.tolist() == [status(*event, (lo, hi)) for event in events]


@given(rows(), st.tuples(*[st.integers(0, 50)] * 3))
def test_a_window_cut_in_two_meets_what_the_whole_meets(
    event: tuple[int, int, int, int, str], edges: tuple[int, int, int]
) -> None:
    lo, middle, hi = sorted(edges)
    start, end = event[:2]
    parts = overlaps(start, end, lo, middle) or overlaps(start, end, middle, hi)
    assert parts == overlaps(start, end, lo, hi)
