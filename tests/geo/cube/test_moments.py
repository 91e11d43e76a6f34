from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.cube import moments
from geo.cube.clock import almaty_hours
from geo.cube.columns import FINE, reason_of
from geo.cube.faults import Reason, ZoneNeeded
from geo.ingest.clock import read_acled_date, read_stamp, zone_of
from geo.timeline import minute_of

ALMATY = zone_of("Asia/Almaty")
ZONES = ["Asia/Almaty", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "-03:30"]


def hour(text: str, zone: tzinfo | None = ALMATY) -> int | Reason:
    """Read one time; give its hour, or why there is none."""
    found = moments.from_text(pa.array([text], pa.string()), zone)
    code = int(found.codes[0])
    return int(almaty_hours(found.utc)[0]) if code == FINE else reason_of(code)


def hour_of_one(text: str, zone: tzinfo) -> int | Reason:
    """The same, as the reader of single files does it."""
    try:
        stamp = read_stamp(text)
    except ValueError:
        return Reason.BAD_TIME
    if stamp is None:
        return Reason.NO_TIME
    try:
        # By way of UTC: in 1981 an hour 00 of Almaty never was.
        return minute_of(stamp.on(zone).start.astimezone(UTC)) // 60
    except ValueError:
        return Reason.SKIPPED_TIME


moments_of_day = st.builds(
    lambda day, seconds: f"{day} {timedelta(seconds=seconds)!s:0>8}",
    st.dates(date(1925, 1, 2), date(2199, 12, 30)),
    st.integers(0, 86_399),
)


@given(moments_of_day, st.sampled_from(ZONES))
# In spring, in autumn, and when Kazakhstan moved to one time in 2024.
@example("2022-03-27 03:30", "Europe/Kyiv")
@example("2022-10-30 03:30", "Europe/Kyiv")
@example("2024-02-29 23:30", "Asia/Almaty")
@example("2024-03-01 00:00", "Asia/Almaty")
def test_a_wall_clock_is_read_as_in_a_single_file(text: str, name: str) -> None:
    zone = zone_of(name)
    assert hour(text, zone) == hour_of_one(text, zone)


@given(st.dates(date(1925, 1, 2), date(2199, 12, 30)), st.sampled_from(ZONES))
# Midnight itself was skipped on these days.
@example(date(1981, 4, 1), "Asia/Almaty")
@example(date(1986, 1, 1), "Asia/Kathmandu")
def test_a_day_begins_as_in_a_single_file(day: date, name: str) -> None:
    assert hour(day.isoformat(), zone_of(name)) == hour_of_one(
        day.isoformat(), zone_of(name)
    )


texts = st.from_regex(
    r"[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?"
    r"([.,][0-9]{1,3})?( ?(Z|[+-][0-2][0-9](:?[0-6][0-9])?))?)?",
    fullmatch=True,
)


@given(texts | st.text(max_size=20))
@example("2022-02-29")
@example("2024-02-29T10:00")
@example("2022-01-05T24:00")
@example("2022-01-05T10:00+24:00")
@example("2022-01-05T10:00+06:60")
@example("1924-12-31T23:00Z")
@example("2200-01-01")
@example("2022-01-05T10:00\n")
def test_what_is_a_time_is_one_in_a_single_file(text: str) -> None:
    text = text.strip()
    assert hour(text) == hour_of_one(text, ALMATY)


def test_the_hour_begins_with_its_first_minute() -> None:
    texts = ["2022-01-05T13:59:59+06:00", "2022-01-05T14:00+06:00"]
    hours = [hour(text) for text in texts]
    # 14:00 of 5 January is hour 14 of day 18,997.
    assert hours == [18_997 * 24 + 13, 18_997 * 24 + 14]


def test_almatys_clock_was_at_utc_plus_six_and_is_at_plus_five() -> None:
    assert hour("2022-01-05T08:00Z") == 18_997 * 24 + 14
    assert hour("2024-06-01T00:00Z") == hour("2024-06-01T05:00")


def test_without_an_offset_somebody_must_say_whose_clock() -> None:
    with pytest.raises(ZoneNeeded, match='such as "2022-01-05"'):
        hour("2022-01-05", None)


def test_bad_times_do_not_ask_for_a_clock() -> None:
    assert hour("05.01.2022", None) is Reason.BAD_TIME


def test_acleds_dates_are_read_for_acled_alone() -> None:
    text = pa.array(["05 January 2022", "31 February 2022", "05 Январь 2022"])
    found = moments.from_text(text, ALMATY, acled=True)
    stamp = read_acled_date("05 January 2022")
    assert stamp is not None
    assert almaty_hours(found.utc)[0] * 60 == minute_of(stamp.on(ALMATY).start)
    assert [int(code) == FINE for code in found.codes] == [True, False, False]
    assert hour("05 January 2022") is Reason.BAD_TIME


def joined(start: str, day: str, clock: str) -> str:
    cells = (pa.array([each], pa.string()) for each in (start, day, clock))
    return str(moments.joined(*cells)[0])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("2022-01-05", "2022-01-04", ""), "2022-01-05"),
        (("", " 2022-01-04 ", ""), "2022-01-04"),
        (("", "2022-01-04", "14:50"), "2022-01-04T14:50"),
        (("", "2022-01-04T10:00Z", "14:50"), "2022-01-04T10:00Z"),
        (("", "2022-01-04", "noon"), "?"),
    ],
)
def test_a_time_may_stand_in_several_columns(
    cells: tuple[str, str, str], expected: str
) -> None:
    assert joined(*cells) == expected


NOON = datetime(2022, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_stamps_of_every_unit_are_the_same_moment(unit: str) -> None:
    found = moments.from_stamps(pa.array([NOON], pa.timestamp(unit, "UTC")), None)
    assert found.utc.tolist() == [int(NOON.timestamp())]


def test_stamps_without_a_zone_follow_the_one_that_is_told() -> None:
    stamps = pa.array([NOON.replace(tzinfo=None)], pa.timestamp("us"))
    found = moments.from_stamps(stamps, ALMATY)
    assert found.utc.tolist() == [int((NOON - timedelta(hours=6)).timestamp())]
    with pytest.raises(ZoneNeeded):
        moments.from_stamps(stamps, None)


@pytest.mark.parametrize("make", [pa.date32, pa.date64])
def test_dates_are_days(make: Callable[[], pa.DataType]) -> None:
    found = moments.from_stamps(pa.array([date(2022, 1, 5), None], make()), ALMATY)
    assert found.is_day.all()
    assert almaty_hours(found.utc)[0] == 18_997 * 24
    assert reason_of(int(found.codes[1])) is Reason.NO_TIME


def test_stamps_of_years_we_do_not_know_are_no_times() -> None:
    edges = np.array([-(2**63) + 1, -1_420_070_401, 7_258_118_400, 2**63 - 1])
    found = moments.from_stamps(pa.array(edges, pa.timestamp("s", "UTC")), None)
    assert {reason_of(int(code)) for code in found.codes} == {Reason.BAD_TIME}
