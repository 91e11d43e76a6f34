"""The Desk: what its form means, what it answers, and how the page holds it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import state
from dashboard.desk_chart import chart_of
from dashboard.desk_form import answer, fields_of, place_names, read_fields
from dashboard.desk_parts import filters_html, parts_of
from dashboard.desk_report import Report, Turn, report_of
from dashboard.desk_table import COLUMNS, rows_of
from dashboard.settings import DATA_VARIABLE
from dashboard.state import MapState
from dashboard.takeaway import maker, plain_window
from geo.dataset import Dataset, load
from geo.geocode import locate
from geo.histogram import histogram
from geo.query import Query, select
from geo.texts import Texts
from geo.timeline import Window, parse_moment
from geo.vocab import Attribution, Corroboration, Kind, KindGroup, Mode
from tests import cast

ROOT = Path(__file__).resolve().parents[2]
DESK = "dashboard/pages/desk.py"
TEXTS = Texts("en")

AFTERNOON = Query(
    start=parse_moment("2022-01-05T14:00"), end=parse_moment("2022-01-05T16:00")
)

FULL = replace(
    AFTERNOON,
    mode=Mode.SOFAR,
    possible=True,
    kinds=(Kind.CLASH, Kind.MARCH),
    by=(Attribution.OBSERVED,),
    corroboration=(Corroboration.INDEPENDENT,),
    place=("square", "arena"),
    near="monument",
    within_m=750.5,
    actor="police",
    q="two words",
    contested=True,
    independent=True,
)


def read(dataset: Dataset, **fields: Any) -> tuple[Query, dict[str, str]]:
    return read_fields(fields, dataset, TEXTS)


def report(dataset: Dataset, query: Query, **turn: Any) -> Report:
    return report_of(MapState(query=query), Turn(**turn), dataset, TEXTS)


# The form


def test_the_form_shows_and_reads_back_every_part_of_a_query(small: Dataset) -> None:
    fields = fields_of(FULL, small, TEXTS)
    assert read_fields(fields, small, TEXTS) == (FULL, {})


def test_the_form_shows_a_place_by_its_name(small: Dataset) -> None:
    assert fields_of(FULL, small, TEXTS)["near"] == "Monument"


def test_places_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twin = cast.place("twin", [76.9, 43.2], name_en="Square")
    dataset = load(cast.write(tmp_path, places=[*cast.PLACES, twin]))
    names = place_names(dataset, TEXTS)
    assert {names["square"], names["twin"]} == {"Square [square]", "Square [twin]"}
    assert read(dataset, near="Square [twin]")[0].near == "twin"


def test_a_window_round_all_data_leaves_the_fields_empty(small: Dataset) -> None:
    span = small.span
    fields = fields_of(Query(start=span.start, end=span.end), small, TEXTS)
    assert [fields["from_day"], fields["from_clock"]] == ["", ""]
    assert [fields["to_day"], fields["to_clock"]] == ["", ""]


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2022-01-05", "14:00", "2022-01-05T14:00"),
        ("2022-01-05", "14", "2022-01-05T14:00"),
        ("2022-01-05", "9.05", "2022-01-05T09:05"),
        (" 2022-01-05 ", " 14:50 ", "2022-01-05T14:50"),
        ("2022-01-05", "24:00", "2022-01-06T00:00"),
    ],
)
def test_a_day_and_an_hour_are_a_moment_in_almaty(
    small: Dataset, day: str, clock: str, moment: str
) -> None:
    query, problems = read(small, from_day=day, from_clock=clock)
    assert (query.start, problems) == (parse_moment(moment), {})


def test_a_day_without_an_hour_is_the_whole_day(small: Dataset) -> None:
    query, _ = read(small, from_day="2022-01-05", to_day="2022-01-05")
    assert query.start == parse_moment("2022-01-05T00:00")
    assert query.end == parse_moment("2022-01-06T00:00")
    fields = fields_of(query, small, TEXTS)
    assert (fields["to_day"], fields["to_clock"]) == ("2022-01-05", "24:00")


@pytest.mark.parametrize(
    ("day", "clock", "problem"),
    [
        ("05.01.2022", "", "Write the day like this: 2022-01-05."),
        ("2022-02-30", "", "Write the day like this: 2022-01-05."),
        ("2022-01-05", "25:00", "Write the hour like this: 14:00."),
        ("2022-01-05", "14:60", "Write the hour like this: 14:00."),
        ("2022-01-05", "2 pm", "Write the hour like this: 14:00."),
        ("", "14:00", "The hour needs a day."),
    ],
)
def test_a_time_that_cannot_be_read_is_said_beside_its_field(
    small: Dataset, day: str, clock: str, problem: str
) -> None:
    query, problems = read(small, from_day=day, from_clock=clock, q="people")
    assert problems == {"from": problem}
    assert query == Query(q="people")


def test_an_end_before_the_start_is_said(small: Dataset) -> None:
    _, problems = read(small, from_day="2022-01-06", to_day="2022-01-05")
    assert problems == {"to": "“2022-01-06T00:00” is not after from."}


def test_a_place_that_is_not_known_is_said_with_what_may_be_meant(
    small: Dataset,
) -> None:
    query, problems = read(small, near="Skwere")
    assert query == Query()
    assert "is not a known place" in problems["near"]


def test_a_crossing_that_is_no_place_of_the_data_can_be_near(shipped: Dataset) -> None:
    query, problems = read(shipped, near="Abay / Seifullin")
    assert (query.near, problems) == ("Abay / Seifullin", {})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"q": 5, "kinds": "clash", "by": [1, None], "possible": "1", "mode": []},
        {"from_day": ["2022-01-05"], "near": {"a": 1}, "within": None},
        {"place": ["nowhere"], "kinds": ["riot"], "mode": "always"},
    ],
)
def test_strange_fields_ask_for_nothing(small: Dataset, fields: dict[str, Any]) -> None:
    assert read_fields(fields, small, TEXTS)[0] == Query()


def test_one_button_clears_all(small: Dataset) -> None:
    assert answer({"clear": True}, FULL, small, TEXTS) == (Query(), {})


def test_a_chip_leaves_its_filter_out(small: Dataset) -> None:
    query, _ = answer({"leave": "near"}, FULL, small, TEXTS)
    assert query == replace(FULL, near=None, within_m=Query.within_m)


def test_a_moment_sets_the_window_and_nothing_else(small: Dataset) -> None:
    known = Query(q="people", mode=Mode.SOFAR)
    query, _ = answer({"moment": "noon"}, known, small, TEXTS)
    assert query == Query(
        q="people",
        start=parse_moment("2022-01-05T11:00"),
        end=parse_moment("2022-01-05T13:00"),
    )


@pytest.mark.parametrize(
    "message", [{}, {"leave": "house"}, {"leave": []}, {"moment": "x"}, {"fields": 7}]
)
def test_a_strange_message_changes_nothing(
    small: Dataset, message: dict[str, Any]
) -> None:
    assert answer(message, FULL, small, TEXTS) == (FULL, {})


def test_the_form_offers_every_kind_place_and_actor_of_the_data(small: Dataset) -> None:
    html = filters_html(small, TEXTS)
    for kind in Kind:
        assert f'name="kinds" value="{kind}"' in html
    for place in ("square", "hospital", "kazakhstan"):
        assert f'name="place" value="{place}"' in html
    assert '<option value="protesters"' in html
    # Nothing can be near a place without a position.
    assert 'data-count="near" data-value="hospital"' not in html


# The answer


def test_a_report_says_the_same_ids_as_the_query(small: Dataset) -> None:
    said = report(small, AFTERNOON)
    expected = select(small, AFTERNOON)
    assert said["ids"] == list(expected.visible)
    assert said["statuses"] == {each: cast.STATUSES[each] for each in expected.visible}


def test_a_report_says_how_many_and_how_surely(small: Dataset) -> None:
    # Six certain and two coarse in STATUSES of the cast; one more is possible.
    assert (
        report(small, AFTERNOON)["head"]
        == "7 events of 13: 5 sure, 2 some time that day"
    )


def test_a_report_names_each_filter_that_is_on_and_what_is_left_without_it(
    small: Dataset,
) -> None:
    active = report(small, replace(AFTERNOON, kinds=(Kind.CLASH,)))["active"]
    assert [(each["code"], each["left"]) for each in active] == [
        ("time", 1),
        ("kinds", 7),
    ]
    assert active[0]["words"] == "5 January 2022, 14:00–16:00"
    assert active[1]["words"] == "kinds: Clash"


def test_no_result_names_the_filter_to_loosen_first(small: Dataset) -> None:
    html = report(small, replace(AFTERNOON, kinds=(Kind.FIRE,)))["answer"]
    found = re.findall(r'almaty-link" data-leave="(\w+)">([^<]*)', html)
    assert found == [
        ("kinds", "kinds: Fire: 7 events without it"),
        ("time", "5 January 2022, 14:00–16:00: 1 event without it"),
    ]


def test_no_result_that_no_single_filter_causes_says_to_clear_all(
    small: Dataset,
) -> None:
    query = replace(AFTERNOON, q="no such words", actor="nobody")
    assert "clear all filters" in report(small, query)["answer"]


def test_no_result_names_events_that_are_possible(small: Dataset) -> None:
    query = replace(AFTERNOON, kinds=(Kind.SHOOTING,))
    assert "1 event is only possible" in report(small, query)["answer"]


def test_a_report_holds_the_address_of_its_view(small: Dataset) -> None:
    assert report(small, Query(q="people", contested=True))["address"] == {
        "contested": "1",
        "q": "people",
    }


def test_a_report_repeats_what_was_wrong_in_the_form(small: Dataset) -> None:
    said = report(small, Query(), number=7, problems={"from": "No."})
    assert (said["turn"], said["problems"]) == (7, {"from": "No."})


# The chart


def test_the_chart_counts_as_the_timeline_does(small: Dataset) -> None:
    visible = select(small, AFTERNOON).visible
    chart = chart_of(small, AFTERNOON, visible, TEXTS)
    assert chart is not None
    assert AFTERNOON.start is not None
    assert AFTERNOON.end is not None
    counted = histogram(
        small.events, Window(AFTERNOON.start, AFTERNOON.end), bin_minutes=60
    )
    fine = sum(counted.fine.values())
    coarse = sum(counted.coarse.values())
    assert [float(row.fine) for row in chart.rows] == pytest.approx(fine, abs=0.005)
    assert [float(row.coarse) for row in chart.rows] == pytest.approx(coarse, abs=0.005)


def test_the_chart_of_one_event_by_hand(small: Dataset) -> None:
    # From 14:50 to 15:10: half of it in each hour.
    query = replace(AFTERNOON, kinds=(Kind.CLASH,))
    chart = chart_of(small, query, ["clash-to-the-minute"], TEXTS)
    assert chart is not None
    assert [(row.when, row.fine) for row in chart.rows] == [
        ("5 January 2022, 14:00–15:00", "0.5"),
        ("5 January 2022, 15:00–16:00", "0.5"),
    ]
    assert set(chart.bars) == {KindGroup.CONFRONTATION}
    assert chart.band == ""


def test_a_window_off_the_hour_is_drawn_by_whole_hours(small: Dataset) -> None:
    query = Query(
        start=parse_moment("2022-01-05T14:30"), end=parse_moment("2022-01-05T15:45")
    )
    chart = chart_of(small, query, select(small, query).visible, TEXTS)
    assert chart is not None
    assert (chart.bins, [tick.words for tick in chart.ticks]) == (2, ["14:00", "15:00"])


@pytest.mark.parametrize("hours", [1, 5, 24, 100, 648])
def test_the_axis_has_ticks_that_can_be_read(shipped: Dataset, hours: int) -> None:
    start = shipped.span.start
    end = parse_moment("2022-01-01T00:00") + (shipped.span.end - start) * hours / 648
    query = Query(start=start, end=end, possible=True)
    chart = chart_of(shipped, query, list(shipped.events.index), TEXTS)
    assert chart is not None
    assert 1 <= len(chart.ticks) <= 9
    assert all(0 <= tick.percent < 100 for tick in chart.ticks)


def test_nothing_is_drawn_of_no_events(small: Dataset) -> None:
    assert chart_of(small, AFTERNOON, [], TEXTS) is None


# The table


def test_every_event_has_a_row_with_every_column(small: Dataset) -> None:
    rows = rows_of(small, TEXTS)
    assert [row.id for row in rows] == list(small.events.index)
    for row in rows:
        assert [cell.column for cell in row.cells] == list(COLUMNS)


def test_a_row_says_its_time_with_its_precision_in_words(small: Dataset) -> None:
    rows = {row.id: row for row in rows_of(small, TEXTS)}
    said = {
        event: next(cell.text for cell in rows[event].cells if cell.column == "when")
        for event in ("clash-to-the-minute", "network-down-that-day")
    }
    assert said == {
        "clash-to-the-minute": "5 January 2022, 14:50–15:10",
        "network-down-that-day": "some time on 5 January 2022",
    }


def test_hostile_data_is_text_in_the_form_and_the_table(tmp_path: Path) -> None:
    event = cast.event(
        "x", cast.at("10:00"), cast.at("11:00"), title=cast.HOSTILE,
        actors=cast.HOSTILE.replace("|", ""), places="evil", note=cast.HOSTILE,
        contradictions=cast.HOSTILE,
    )  # fmt: skip
    evil = cast.place("evil", [76.9, 43.2], name_en=cast.HOSTILE)
    dataset = load(cast.write(tmp_path, events=[event], places=[*cast.PLACES, evil]))
    parts = parts_of(dataset, TEXTS)
    found = report(dataset, Query(near="evil"))
    for html in (parts.filters, parts.table, found["answer"]):
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


# Taking away


def test_a_file_is_made_of_the_query_and_only_when_asked(small: Dataset) -> None:
    make = maker("csv", replace(AFTERNOON, kinds=(Kind.CLASH,)), small, TEXTS)
    assert b"clash-to-the-minute" in make()
    assert b"march-fills-the-window" not in make()


def test_a_window_round_all_data_is_not_in_the_name_of_a_file(small: Dataset) -> None:
    span = small.span
    whole = Query(start=span.start, end=span.end, q="people")
    assert plain_window(whole, small) == Query(q="people")
    assert plain_window(AFTERNOON, small) == AFTERNOON


# The page


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Give the app on the cast's data, opened at the Desk."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page(DESK)
    yield app
    st.cache_resource.clear()


def html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_page_shows_its_sections(app: AppTest) -> None:
    page = html(app.run())
    assert re.findall("<h2[^>]*>(.*)</h2>", page) == [
        "Quote and take away",
        "Compare claims",
        "What changed in the data",
    ]


def test_a_bare_address_asks_the_map_for_all_events(app: AppTest) -> None:
    app.run()
    asked = app.session_state[state.ASK].state
    # The cast spans 5 January, 00:00 to 6 January, 24:00: 7 January, 00:00.
    assert (asked["from"], asked["to"]) == ("2022-01-05T00:00", "2022-01-07T00:00")


def test_a_link_with_a_crossing_is_understood() -> None:
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.switch_page(DESK)
    app.query_params["near"] = "Abay / Seifullin"
    assert "Left out of the link" not in html(app.run())
    asked = app.session_state[state.ASK].state["only"]
    dataset = load()
    query = Query(near="Abay / Seifullin", possible=True)
    assert asked == list(select(dataset, query, locate=locate).statuses)


def test_a_bad_parameter_is_named(app: AppTest) -> None:
    app.query_params["near"] = "<b>nowhere</b>"
    page = html(app.run())
    assert "near=&lt;b&gt;nowhere&lt;/b&gt;, which is not a known place" in page


def test_a_claim_that_is_not_here_is_named(app: AppTest) -> None:
    app.query_params["claim"] = "deaths-9999"
    assert "The link names a claim that is not here: deaths-9999." in html(app.run())


def test_a_link_to_a_claim_marks_it(app: AppTest) -> None:
    app.query_params["claim"] = "deaths-227-2022-01-article"
    page = html(app.run())
    assert 'id="claim-deaths-227-2022-01-article" aria-current="true"' in page
    assert app.query_params["claim"] == "deaths-227-2022-01-article"


def test_an_event_that_was_withdrawn_says_why(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "CHANGELOG.md"
    log.write_text(
        "## Data\n### 1.1.0 (2026-12-01)\n- Less.\n#### Withdrawn\n- `gone`: It was two.\n"
        "### 1.0.0 (2026-11-22)\n- First.\n"
    )
    monkeypatch.setattr("geo.changelog.CHANGELOG", log)
    from geo.changelog import changelog

    changelog.cache_clear()
    app.query_params["id"] = "gone"
    page = html(app.run())
    changelog.cache_clear()
    assert (
        "The event gone was withdrawn in version 1.1.0 of the data (1 December 2026): It was two."
        in page
    )


def quoted(app: AppTest) -> list[str]:
    """Give the texts that stand beside a button to copy them."""
    parts = (json.loads(part.proto.json or "{}") for part in app.get("bidi_component"))
    return [part["text"] for part in parts if "text" in part]


def test_citations_follow_the_chosen_form(app: AppTest) -> None:
    app.query_params["id"] = "night-fires"
    app.run()
    event, data = quoted(app)
    assert "Night fires" in event
    assert "Night fires" not in data
    app.radio[0].set_value("bibtex").run()
    assert quoted(app)[0].startswith("@")


def test_every_format_has_a_button_with_the_query_in_its_files_name(
    app: AppTest,
) -> None:
    from geo.export import FORMATS

    app.query_params["q"] = "people"
    app.run()
    assert not app.exception
    assert len(app.get("download_button")) == len(FORMATS)
