from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from geo.dataset import Dataset, load
from geo.export.calendars import folded
from geo.query import Query
from tests import cast
from tests.exports import CONTROL, ODD, odd_dataset, rendered, window


def calendar(dataset: Dataset, query: Query | None = None) -> Any:  # noqa: ANN401 - any of its values
    return Calendar.from_ical(rendered("ics", dataset, query))


def events(dataset: Dataset, query: Query | None = None) -> dict[str, Any]:
    return {str(each["SUMMARY"]): each for each in calendar(dataset, query).events}


def offset(hours: int) -> timedelta:
    return timedelta(hours=hours)


def test_icalendar_reads_every_event(shipped: Dataset) -> None:
    found = calendar(shipped).events
    uids = [str(each["UID"]).partition("@")[0] for each in found]
    assert uids == list(shipped.events.index)


def test_every_time_is_the_moment_of_the_data(shipped: Dataset) -> None:
    starts = [each["DTSTART"].dt for each in calendar(shipped).events]
    assert starts == shipped.events["start"].to_list()


def test_times_are_almatys_and_never_floating(small: Dataset) -> None:
    for each in calendar(small).events:
        assert each["DTSTART"].params["TZID"] == "Asia/Almaty"
        assert each["DTSTART"].dt.utcoffset() == offset(6)


def test_instant_has_no_end(small: Dataset) -> None:
    found = events(small)
    assert "DTEND" not in found["Instant as it opens"]
    assert found["Clash to the minute"]["DTEND"].dt.hour == 15


def test_zone_is_described_as_it_was(small: Dataset) -> None:
    (zone,) = calendar(small).walk("VTIMEZONE")
    (part,) = zone.subcomponents
    assert zone["TZID"] == "Asia/Almaty"
    assert part.name == "STANDARD"
    assert part["TZOFFSETTO"].to_ical() == "+0600"


def test_zone_tells_of_a_change_between_two_events(tmp_path: Path) -> None:
    # Almaty went from UTC+6 to UTC+5 on 1 March 2024 at 00:00 (Government
    # decree No. 20 of 19 January 2024; IANA tzdata 2024a).
    late = "2024-03-02T10:00+05:00"
    rows = [
        cast.event("a", cast.at("10:00"), cast.at("11:00")),
        cast.event("b", late, late, time_precision="minute"),
    ]
    data = load(cast.write(tmp_path, events=rows))
    (zone,) = calendar(data).walk("VTIMEZONE")
    change = zone.subcomponents[-1]
    assert change["DTSTART"].dt.replace(tzinfo=None) == datetime(2024, 3, 1)  # noqa: DTZ001 - a wall clock
    assert change["TZOFFSETFROM"].to_ical() == "+0600"
    assert change["TZOFFSETTO"].to_ical() == "+0500"
    assert events(data)["B"]["DTSTART"].dt == datetime.fromisoformat(late)


def test_summer_time_of_old_is_called_daylight(tmp_path: Path) -> None:
    # Kazakhstan kept summer time until 2004.
    old = [f"1999-{month}-01T12:00+06:00" for month in ("01", "07")]
    rows = [cast.event(f"e{i}", at, at) for i, at in enumerate(old)]
    data = load(cast.write(tmp_path, events=rows))
    (zone,) = calendar(data).walk("VTIMEZONE")
    assert [part.name for part in zone.subcomponents] == ["STANDARD", "DAYLIGHT"]


def test_description_says_how_exactly_and_who_says_so(small: Dataset) -> None:
    text = str(events(small)["Network down that day"]["DESCRIPTION"])
    assert "some time on 5 January 2022" in text
    assert "Almaty time, UTC+6" in text
    assert "reported by others" in text
    assert "Sources differ: 16:30 (Cloudflare)" in text


def test_possible_event_says_so(small: Dataset) -> None:
    found = events(small, window(small, possible="1"))["Shots perhaps"]
    assert "only possible in this window" in str(found["DESCRIPTION"])


def test_calendar_says_question_version_licence_and_credit(small: Dataset) -> None:
    text = str(calendar(small, window(small))["DESCRIPTION"])
    for words in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "© somebody"):
        assert words in text


def test_calendar_of_nothing_opens(small: Dataset) -> None:
    assert calendar(small, Query(q="nosuchword")).events == []


def test_icalendar_reads_odd_text(tmp_path: Path) -> None:
    (event,) = calendar(odd_dataset(tmp_path, ODD + CONTROL)).events
    # RFC 5545, 3.3.11: text has one kind of line break and no other controls.
    expected = (ODD + CONTROL).replace("\r\n", "\n").replace("\x1b", "\ufffd")
    assert str(event["SUMMARY"]) == expected


def test_no_line_is_longer_than_75_octets(shipped: Dataset) -> None:
    lines = rendered("ics", shipped).split(b"\r\n")
    assert max(map(len, lines)) <= 75


@given(st.text(alphabet=st.characters(exclude_characters="\r\n")))
def test_folded_line_unfolds_to_itself(line: str) -> None:
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(each.encode()) <= 75 for each in folded(line).split("\r\n"))


def test_lines_end_as_the_rfc_asks(small: Dataset) -> None:
    content = rendered("ics", small)
    assert content.count(b"\n") == content.count(b"\r\n")
