"""The Class page's step: what a link holds, and what map and session make of it."""

from pathlib import Path
from typing import Any

import pytest

from dashboard import lesson, state
from dashboard.lesson import Lesson
from dashboard.state import MapState
from geo.dataset import Dataset, load
from geo.query import Query
from tests import cast

EXPLORED = {"step": "2", "from": "2022-01-05T14:00", "to": "2022-01-05T16:00", "q": "a"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    chapters = [cast.chapter(), cast.chapter("evening")]
    return load(cast.write(tmp_path_factory.mktemp("told"), chapters=chapters))


def read(dataset: Dataset, **params: str) -> Lesson:
    now, dropped = lesson.from_url(params, dataset)
    assert dropped == ()
    return now


def said(**changes: Any) -> dict[str, Any]:
    """What the map says of itself at the second chapter."""
    return {
        "from": "2022-01-05T14:00",
        "to": "2022-01-05T16:00",
        "mode": "window",
        "only": None,
        "view": {"lat": 43.24, "lon": 76.94, "zoom": 14.5},
        "step": 2,
        "exploring": False,
    } | changes


def test_a_bare_address_is_the_note_before_the_chapters(told: Dataset) -> None:
    assert read(told) == Lesson(0)


@pytest.mark.parametrize("step", ["0", "1", "2"])
def test_a_step_is_read_and_written(told: Dataset, step: str) -> None:
    assert lesson.to_url(read(told, step=step)) == {"step": step}


@pytest.mark.parametrize("text", ["3", "-1", "1.0", "x", " 1", "٢", "1" * 5000])
def test_a_step_there_is_not_is_dropped_and_named(told: Dataset, text: str) -> None:
    now, dropped = lesson.from_url({"step": text, "q": "a"}, told)
    assert [each.name for each in dropped] == ["step"]
    assert now == Lesson(0, MapState(Query(q="a")))


def test_a_bad_step_and_another_bad_parameter_are_both_named(told: Dataset) -> None:
    _, dropped = lesson.from_url({"step": "9", "id": "nobody"}, told)
    assert [each.name for each in dropped] == ["step", "id"]


def test_a_link_to_what_was_explored_is_written_as_it_was_read(told: Dataset) -> None:
    assert lesson.to_url(read(told, **EXPLORED)) == EXPLORED


def test_the_pages_own_parameters_stay_in_the_address(told: Dataset) -> None:
    now = read(told, step="1")
    before = {"lang": "ru", "step": "2", "q": "gone"}
    assert lesson.address_of(now, before) == {"lang": "ru", "step": "1"}


def test_the_map_is_asked_for_a_step_alone(told: Dataset) -> None:
    assert lesson.to_message(Lesson(2), told) == {"step": 2}


def test_an_open_card_is_asked_for_with_the_step(told: Dataset) -> None:
    now = read(told, step="1", id="clash-to-the-minute")
    assert not now.is_exploring
    message = lesson.to_message(now, told)
    assert message == {"step": 1, "selected": "clash-to-the-minute"}


def test_the_map_is_asked_for_the_step_and_all_that_was_explored(
    told: Dataset,
) -> None:
    message = lesson.to_message(read(told, **EXPLORED), told)
    assert message["step"] == 2
    assert (message["from"], message["q"]) == (EXPLORED["from"], "a")
    assert message["mode"] == "window"


def test_a_filter_alone_leaves_the_chapter_its_window_and_mode(told: Dataset) -> None:
    message = lesson.to_message(read(told, step="2", q="a"), told)
    assert not {"from", "to", "mode", "view"} & set(message)


def test_a_map_at_its_step_says_nothing_more(told: Dataset) -> None:
    assert lesson.from_message(said(), Lesson(), told) == Lesson(2)


def test_a_map_that_explores_says_all_of_it(told: Dataset) -> None:
    now = lesson.from_message(said(exploring=True, q="a"), Lesson(), told)
    assert now.step == 2
    assert now.is_exploring
    assert now.view.query.q == "a"


@pytest.mark.parametrize("step", [3, -1, True, None, "x", [1], 1.5])
def test_a_strange_step_from_the_map_changes_nothing(
    told: Dataset, step: object
) -> None:
    assert lesson.from_message(said(step=step), Lesson(1), told) == Lesson(1)
    assert lesson.from_message("nonsense", Lesson(1), told) == Lesson(1)


def test_coming_back_keeps_the_step(told: Dataset) -> None:
    session: state.Session = {}
    lesson.arrive(session, {"step": "1"}, told)
    lesson.hear(session, said(), told)
    asked = session[state.LESSON_ASK]
    assert lesson.arrive(session, {}, told) == Lesson(2)
    assert session[state.LESSON_ASK] == asked


def test_a_new_link_is_a_new_wish(told: Dataset) -> None:
    session: state.Session = {}
    lesson.arrive(session, {"step": "1"}, told)
    asked = session[state.LESSON_ASK]
    assert lesson.arrive(session, {"step": "2"}, told) == Lesson(2)
    assert session[state.LESSON_ASK].id != asked.id


def test_what_the_map_said_of_an_older_wish_is_not_heard(told: Dataset) -> None:
    session: state.Session = {}
    lesson.arrive(session, {"step": "1"}, told)
    assert lesson.hear(session, said(ask="older"), told) == Lesson(1)


def test_the_views_of_map_and_desk_are_left_alone(told: Dataset) -> None:
    session: state.Session = {}
    state.arrive(session, {"q": "people"}, told)
    before = dict(session)
    lesson.arrive(session, EXPLORED, told)
    lesson.hear(session, said(), told)
    assert {key: session[key] for key in before} == before


def test_data_without_chapters_know_only_the_note(folder: Path) -> None:
    _, dropped = lesson.from_url({"step": "1"}, load(folder))
    assert [each.name for each in dropped] == ["step"]
