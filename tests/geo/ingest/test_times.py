import pytest

from geo.dataset import Dataset
from geo.ingest import NoteKind, ZoneWanted, read, zone_of
from tests.geo.ingest.given import noted, problems, reading, shown


def event(date: str, **options: str) -> dict[str, str]:
    """Give the times of one event as they are kept, on Almaty's clock."""
    names = ",".join(["title", "date", "place", *options])
    cells = ",".join(["A", date, "", *options.values()])
    return times_of(shown(f"{names}\n{cells}\n"))


def times_of(dataset: Dataset) -> dict[str, str]:
    row = dataset.events.iloc[0]
    times = {
        name: row[name].isoformat(timespec="minutes")
        for name in ("start", "end", "earliest", "latest")
    }
    return times | {"precision": row["time_precision"]}


def why_not(date: str) -> str:
    (problem,) = problems(reading(f"title,date,place\nA,{date},\n"))
    return problem


@pytest.mark.parametrize(
    "date",
    [
        "2022-01-05T14:50+06:00",
        "2022-01-05 14:50",
        "2022-01-05T08:50Z",
        "2022-01-05T08:50:00Z",
        "2022-01-05T14:50:00.000+0600",
        "2022-01-05T11:50+03",
        " 2022-01-05T14:50 ",
    ],
)
def test_a_moment_is_kept_on_almatys_clock(date: str) -> None:
    found = event(date)
    assert found["start"] == found["end"] == "2022-01-05T14:50+06:00"
    assert found["precision"] == "minute"


def test_a_date_is_the_whole_day() -> None:
    found = event("2022-01-05")
    assert (found["start"], found["end"]) == (
        "2022-01-05T00:00+06:00",
        "2022-01-06T00:00+06:00",
    )
    assert found["precision"] == "day"


def test_an_end_that_is_a_date_includes_that_day() -> None:
    assert event("2022-01-05", end="2022-01-06")["end"] == "2022-01-07T00:00+06:00"


def test_a_time_may_stand_in_its_own_column() -> None:
    assert event("2022-01-05", time="14:50")["start"] == "2022-01-05T14:50+06:00"


def test_outer_bounds_are_taken() -> None:
    found = event("2022-01-05T14:00", earliest="2022-01-05T13:00", latest="2022-01-05")
    assert (found["earliest"], found["latest"]) == (
        "2022-01-05T13:00+06:00",
        "2022-01-06T00:00+06:00",
    )


def test_our_own_words_for_precision_are_taken() -> None:
    assert event("2022-01-05T14:00", time_precision="hour")["precision"] == "hour"


@pytest.mark.parametrize(
    "date",
    [
        "05.01.2022", "01/05/2022", "2022/01/05", "5 January 2022", "20220105", "1641369600",
        "2022-W01-3", "yesterday", "2022-1-5", "2022-01-05T14", "2022-01-05T14:50 Almaty",
        "２０２２-01-05",
    ],
)  # fmt: skip
def test_anything_but_iso_8601_is_refused(date: str) -> None:
    assert "is not ISO 8601, such as 2022-01-05" in why_not(date)


@pytest.mark.parametrize(
    "date",
    ["2022-02-30", "2022-01-05T24:01", "2022-01-05T14:50+99:00", "2022-01-05T14:50:77"],
)
def test_what_no_calendar_and_no_clock_has_is_refused(date: str) -> None:
    assert "is no such day or time" in why_not(date)


@pytest.mark.parametrize(
    "date", ["0001-01-01", "9999-12-31", "1924-12-31", "2200-01-01"]
)
def test_years_far_away_are_refused(date: str) -> None:
    assert "not in the years 1925 to 2199" in why_not(date)


@pytest.mark.parametrize("date", ["1925-01-01", "2199-12-31"])
def test_the_first_and_the_last_year_are_taken(date: str) -> None:
    assert event(date)["start"].startswith(date)


def test_an_empty_date_is_refused() -> None:
    assert "is empty: when did it happen?" in why_not("")


def test_seconds_are_cut_off_and_that_is_said() -> None:
    found = reading("title,date,place\nA,2022-01-05T14:50:59+06:00,\n")
    assert noted(found, NoteKind.SECONDS) == [(2,)]
    assert found.dataset is not None
    assert times_of(found.dataset)["start"] == "2022-01-05T14:50+06:00"


def test_a_missing_zone_is_asked_for_once() -> None:
    text = (
        "title,date,place\nA,2022-01-05T14:50Z,\nB,2022-01-05,\nC,2022-01-06 10:00,\n"
    )
    with pytest.raises(ZoneWanted, match="1 of 2") as caught:
        read(text.encode(), name="mine.csv")
    assert (caught.value.name, caught.value.example) == ("mine.csv", '"2022-01-05"')


def test_no_zone_is_needed_where_every_time_has_an_offset() -> None:
    text = "title,date,place\nA,2022-01-05T14:50Z,\n"
    assert read(text.encode(), name="x").shown == 1


def test_a_given_zone_is_that_of_the_times_without_an_offset_only() -> None:
    found = reading(
        "title,date,place\nA,2022-01-05T14:50Z,\nB,2022-01-05T14:50,\n",
        zone=zone_of("Europe/Kyiv"),
    )
    assert found.dataset is not None
    starts = [
        each.isoformat(timespec="minutes") for each in found.dataset.events["start"]
    ]
    assert starts == ["2022-01-05T18:50+06:00", "2022-01-05T20:50+06:00"]
    assert noted(found, NoteKind.ZONE) == [(3,)]


def test_a_time_that_the_clock_skipped_is_refused() -> None:
    # Kyiv put its clocks from 03:00 to 04:00 on 27 March 2022.
    found = reading(
        "title,date,place\nA,2022-03-27T03:30,\n", zone=zone_of("Europe/Kyiv")
    )
    assert "does not exist in Europe/Kyiv" in problems(found)[0]


def test_a_time_that_the_clock_showed_twice_is_said() -> None:
    # Kyiv put its clocks back from 04:00 to 03:00 on 30 October 2022.
    found = reading(
        "title,date,place\nA,2022-10-30T03:30,\n", zone=zone_of("Europe/Kyiv")
    )
    assert noted(found, NoteKind.TWICE) == [(2,)]


@pytest.mark.parametrize(
    "name", ["Mars", "", "../etc/passwd", "/etc/localtime", "+6", "+06:99", "+25:00"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        zone_of(name)


def test_an_end_before_the_start_is_refused_as_in_our_own_data() -> None:
    found = reading("title,start,end,place\nA,2022-01-05T14:00,2022-01-05T13:00,\n")
    assert "2022-01-05T13:00 is before start 2022-01-05T14:00" in problems(found)[0]


def test_events_stand_in_order_of_time() -> None:
    rows = "title,date,place\nB,2022-01-06,\nA,2022-01-05,\nC,2022-01-06,\n"
    assert list(shown(rows).events["title"]) == ["A", "B", "C"]
