"""The story beside the map: its words, what it asks of the map, and where it is not."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.timemap import render_page
from geo.timemap.chapters import chapter_views, steps_of
from tests import cast
from tests.geo.timemap.test_element import Outline, document

ENGLISH = Texts("en")

# What only a page with a story has; each is looked for in the plain page.
STORY_PARTS = ("tm-story", "tm-chapter", "timemapStory =", '"chapters"', "data-step")


def digest(page: str) -> str:
    """Stand for a page: to compare two of them at length takes minutes."""
    return hashlib.sha256(page.encode()).hexdigest()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The cast with two chapters."""
    second = cast.chapter("evening", mode="sofar", title="An evening", title_ru="Вечер")
    folder = tmp_path_factory.mktemp("told")
    return load(cast.write(folder, chapters=[cast.chapter(), second]))


@pytest.fixture(scope="module")
def page(told: Dataset) -> str:
    return document(told, has_story=True)


def test_a_chapter_is_told_in_paragraphs_with_its_place_among_all(
    told: Dataset,
) -> None:
    view = chapter_views(told, ENGLISH)[1]
    assert (view.number, view.place) == (2, "2 of 2")
    assert view.spoken == "Chapter 2 of 2: An evening"
    assert [text.split()[0] for text in view.paragraphs] == ["One", "And"]
    assert view.unsettled == "Nobody knows how many."


def test_questions_say_of_which_kind_they_are(told: Dataset) -> None:
    questions = chapter_views(told, ENGLISH)[0].questions
    assert [(each.kind, each.label) for each in questions] == [
        ("map", "Read it off the map"),
        ("evidence", "How do we know?"),
    ]


def test_events_it_rests_on_have_titles_and_times(told: Dataset) -> None:
    first = chapter_views(told, ENGLISH)[0].events[0]
    assert first.id == "clash-to-the-minute"
    assert first.title == "Clash to the minute"
    assert "14:50" in first.when


def test_a_chapter_speaks_the_readers_language_where_it_can(told: Dataset) -> None:
    views = chapter_views(told, Texts("ru"))
    first, second = (view.title for view in views)
    assert first.startswith("An afternoon")
    assert second == "Вечер"


def test_steps_are_minutes_of_almatys_clock(told: Dataset) -> None:
    first, second = steps_of(told)
    # 14:00 to 16:00 on 5 January 2022; 18997 days after 1 January 1970.
    assert (first["from"], first["to"]) == (18997 * 1440 + 840, 18997 * 1440 + 960)
    assert (first["mode"], second["mode"]) == ("window", "sofar")
    assert first["view"] == {"lat": 43.24, "lon": 76.94, "zoom": 14.5}
    assert first["route"] is None


def test_the_script_gets_a_step_for_each_chapter(page: str, told: Dataset) -> None:
    payload: dict[str, Any] = json.loads(Outline(page).data)
    assert payload["chapters"] == steps_of(told)


def test_page_with_a_story_is_one_document_with_unique_ids(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))


def test_answers_are_hidden_at_first_behind_a_button_each(page: str) -> None:
    shown = re.findall(
        r'aria-expanded="false" aria-controls="(tm-answer-[\d-]+)"', page
    )
    hidden = re.findall(r'<p class="tm-answer" id="([^"]+)" hidden>', page)
    assert shown == hidden == [f"tm-answer-{n}-{m}" for n in (1, 2) for m in (1, 2)]


def test_the_plain_page_carries_nothing_of_the_story(told: Dataset, page: str) -> None:
    plain = document(told)
    assert [part for part in STORY_PARTS if part in plain] == []
    assert [part for part in STORY_PARTS if part not in page] == []


def test_the_plain_page_is_the_same_with_and_without_chapters_in_the_data(
    told: Dataset,
) -> None:
    untold = replace(told, chapters=())
    assert digest(render_page(told)) == digest(render_page(untold))


def test_the_same_story_gives_the_same_bytes(told: Dataset) -> None:
    first, second = (render_page(told, has_story=True) for _ in range(2))
    assert digest(first) == digest(second)


def test_data_without_a_story_say_so_in_its_place(small: Dataset) -> None:
    page = document(small, has_story=True)
    assert "These data hold no chapters" in page
    assert "Start the story" not in page


def test_hostile_words_of_a_chapter_are_text(tmp_path: Path) -> None:
    evil = cast.HOSTILE
    chapter = cast.chapter(title=evil)
    chapter["unsettled"]["text"] = evil
    chapter["text"][0][0]["sentence"] += " " + evil
    for question in chapter["questions"]:
        question["ask"] = question["answer"] = evil
    page = document(load(cast.write(tmp_path, chapters=[chapter])), has_story=True)
    outline = Outline(page)
    assert outline.open == []
    assert "img" not in outline.tags
    # Title (heading, menu, spoken), sentence, open point, two questions and answers.
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 9
    assert "<img src=x" not in page
