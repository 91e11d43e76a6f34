"""Chapters of the story: what the reader takes, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import DataError, Problem, load
from geo.story import Chapter
from geo.vocab import Kind, Mode, Topic
from tests import cast

CLASH, MARCH = "clash-to-the-minute", "march-fills-the-window"


def told(folder: Path, **changes: Any) -> Chapter:
    """Load the cast with one chapter and give it back."""
    (chapter,) = load(cast.write(folder, chapters=[cast.chapter(**changes)])).chapters
    return chapter


def problem(folder: Path, *chapters: cast.Fields, **tables: Any) -> Problem:
    """Give the one problem of the cast with these chapters."""
    with pytest.raises(DataError) as caught:
        load(cast.write(folder, chapters=chapters, **tables))
    (found,) = caught.value.problems
    return found


def refused(folder: Path, **changes: Any) -> str:
    """Give the one problem of the cast with one changed chapter, as text."""
    return str(problem(folder, cast.chapter(**changes)))


def sentence(words: int, *events: str) -> cast.Fields:
    return {"sentence": " ".join(["word"] * words), "events": list(events)}


def question(**changes: Any) -> cast.Fields:
    first: cast.Fields = cast.chapter()["questions"][0]
    return first | changes


EVIDENCE = cast.chapter()["questions"][1]


# What a good chapter becomes


def test_a_chapter_is_read(tmp_path: Path) -> None:
    chapter = told(tmp_path)
    assert (chapter.id, chapter.events, chapter.route) == (
        "afternoon",
        (CLASH, MARCH),
        None,
    )


def test_a_window_is_almatys(tmp_path: Path) -> None:
    window = told(tmp_path).window
    assert window.start.isoformat() == "2022-01-05T14:00:00+06:00"
    assert window.end.isoformat() == "2022-01-05T16:00:00+06:00"


def test_a_chapter_shows_its_window_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert told(tmp_path).mode is Mode.WINDOW


def test_words_are_those_of_all_paragraphs(tmp_path: Path) -> None:
    text = [[sentence(50, CLASH), sentence(7, MARCH)], [sentence(6, MARCH)]]
    chapter = told(tmp_path, text=text)
    assert chapter.words == 63
    assert [len(each.sentence) for each in chapter.sentences] == [249, 34, 29]


def test_codes_are_members_of_their_vocabularies(tmp_path: Path) -> None:
    chapter = told(tmp_path)
    count = chapter.questions[0].count
    assert count is not None
    assert count.kinds == (Kind.CLASH,)
    assert chapter.unsettled.claims == (Topic.DEATHS,)


def test_translations_stand_beside_the_texts(tmp_path: Path) -> None:
    unsettled = {"text": "Open.", "text_kk": "Белгісіз.", "claims": ["deaths"]}
    chapter = told(tmp_path, title_ru="День", unsettled=unsettled)
    assert (chapter.title_ru, chapter.unsettled.text_kk) == ("День", "Белгісіз.")


def test_data_may_tell_no_story(folder: Path) -> None:
    assert load(folder).chapters == ()


def test_a_chapter_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        told(tmp_path).title = "x"


# What a chapter can say wrong by itself


@pytest.mark.parametrize("content", ["[]", '{"chapter": []}', '{"chapters": {}}'])
def test_a_story_is_a_list_of_chapters(folder: Path, content: str) -> None:
    (folder / "story.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert str(caught.value) == 'story.json: the member "chapters" is not a list'


@pytest.mark.parametrize(("words", "fits"), [(59, False), (60, True), (61, True)])
def test_a_chapter_has_sixty_words(tmp_path: Path, words: int, *, fits: bool) -> None:
    text = [[sentence(words - 1, CLASH), sentence(1, MARCH)]]
    if fits:
        assert told(tmp_path, text=text).words == words
    else:
        assert refused(tmp_path, text=text) == (
            'story.json, field chapters[1].text: "afternoon":'
            " has 59 words, expected 60 to 120"
        )


@pytest.mark.parametrize(("words", "fits"), [(120, True), (121, False)])
def test_a_chapter_has_no_more_than_120_words(
    tmp_path: Path, words: int, *, fits: bool
) -> None:
    text = [[sentence(words - 1, CLASH), sentence(1, MARCH)]]
    if fits:
        assert told(tmp_path, text=text).words == words
    else:
        assert "has 121 words" in refused(tmp_path, text=text)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"to": cast.at("13:00")}, "to", "is before from"),
        ({"to": cast.at("14:00")}, "to", "is not later than from"),
        ({"from": "5 January"}, "from", "is not ISO 8601 with an offset"),
        ({"from": "2022-01-05T14:00"}, "from", "is not ISO 8601 with an offset"),
        ({"mode": "all"}, "mode", '"all" is not one of: window, sofar'),
        ({"title": " "}, "title", "is empty"),
        ({"events": []}, "events", "is empty"),
        ({"colour": "red"}, "colour", "is not a known name here"),
        ({"view": {"lat": 91, "lon": 76.9, "zoom": 14}}, "view.lat", "91"),
        ({"view": {"lat": 43.2, "lon": 181, "zoom": 14}}, "view.lon", "181"),
        ({"view": {"lat": 43.2, "lon": 76.9, "zoom": 20}}, "view.zoom", "20"),
        ({"view": {"lat": 43.2, "lon": 76.9}}, "view.zoom", "is missing"),
        ({"unsettled": {"text": "Open."}}, "unsettled.events", "is empty"),
        (
            {"unsettled": {"text": "Open.", "claims": ["heights"]}},
            "unsettled.claims",
            '"heights" is not one of: deaths',
        ),
    ],
)
def test_a_bad_field_is_named_with_its_chapter(
    tmp_path: Path, changes: dict[str, Any], field: str, message: str
) -> None:
    found = refused(tmp_path, **changes)
    assert found.startswith(f'story.json, field chapters[1].{field}: "afternoon": ')
    assert message in found


def test_every_sentence_rests_on_an_event(tmp_path: Path) -> None:
    text = [[sentence(50, CLASH)], [sentence(10, MARCH), sentence(1)]]
    assert refused(tmp_path, text=text) == (
        'story.json, field chapters[1].text[2][2].events: "afternoon": is empty'
    )


def test_a_paragraph_has_a_sentence(tmp_path: Path) -> None:
    text = [[sentence(50, CLASH), sentence(10, MARCH)], []]
    assert refused(tmp_path, text=text).endswith('text: "afternoon": is empty')


def test_a_sentence_rests_on_events_of_its_chapter(tmp_path: Path) -> None:
    assert refused(tmp_path, events=[CLASH]) == (
        'story.json, field chapters[1].events: "afternoon":'
        f' lacks "{MARCH}", on which a text rests'
    )


def test_a_chapter_names_no_event_it_does_not_tell(tmp_path: Path) -> None:
    events = [CLASH, MARCH, "siege-of-a-hospital"]
    assert refused(tmp_path, events=events).endswith(
        'has "siege-of-a-hospital", on which no text rests'
    )


def test_an_event_may_be_cited_by_an_answer_alone(tmp_path: Path) -> None:
    events = [CLASH, MARCH, "siege-of-a-hospital"]
    asked = [question(), EVIDENCE | {"events": events[2:]}]
    assert told(tmp_path, events=events, questions=asked).events[2] == events[2]


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([question()], "are 1, expected 2 or 3"),
        ([question(), EVIDENCE, EVIDENCE, EVIDENCE], "are 4, expected 2 or 3"),
        ([question(), question()], "has none of the kind evidence"),
        ([EVIDENCE, EVIDENCE], "has none of the kind map"),
    ],
)
def test_a_chapter_asks_of_the_map_and_of_the_evidence(
    tmp_path: Path, questions: list[cast.Fields], message: str
) -> None:
    assert refused(tmp_path, questions=questions) == (
        f'story.json, field chapters[1].questions: "afternoon": {message}'
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"kind": "guess"}, "kind", '"guess" is not one of: map, evidence'),
        ({"answer": ""}, "answer", "is empty"),
        ({"count": None}, "events", "is empty, and there is no count"),
        ({"count": {"number": -1}}, "count.number", "-1"),
        ({"count": {"number": 1.5}}, "count.number", "1.5"),
        ({"count": {"number": 1, "marked": 2}}, "count.number", "1 is before marked 2"),
        ({"count": {"number": 1, "kinds": ["war"]}}, "count.kinds", '"war" is not'),
    ],
)
def test_a_bad_question_is_named_by_its_number(
    tmp_path: Path, changes: dict[str, Any], field: str, message: str
) -> None:
    found = refused(tmp_path, questions=[EVIDENCE, question(**changes)])
    assert found.startswith(f"story.json, field chapters[1].questions[2].{field}: ")
    assert message in found


# Between files


@pytest.mark.parametrize(
    ("changes", "field", "file"),
    [
        ({"route": "nowhere"}, "route", "routes.geojson"),
        (
            {"unsettled": {"text": "Open.", "routes": ["nowhere"]}},
            "unsettled.routes",
            "routes.geojson",
        ),
        (
            {"questions": [EVIDENCE, question(count={"number": 0, "place": ["nowhere"]})]},
            "questions[2].count.place",
            "locations.geojson",
        ),
    ],
)  # fmt: skip
def test_a_chapter_may_refer_only_to_what_there_is(
    tmp_path: Path, changes: dict[str, Any], field: str, file: str
) -> None:
    assert refused(tmp_path, **changes) == (
        f'story.json, field chapters[1].{field}: "afternoon":'
        f' "nowhere" is not in {file}'
    )


def test_an_event_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    text = [[sentence(50, CLASH), sentence(10, MARCH), sentence(5, "nowhere")]]
    assert refused(tmp_path, text=text, events=[CLASH, MARCH, "nowhere"]) == (
        'story.json, field chapters[1].events: "afternoon":'
        ' "nowhere" is not in events.csv'
    )


def test_a_topic_has_claims(tmp_path: Path) -> None:
    unsettled = {"text": "Open.", "claims": ["injured"]}
    assert refused(tmp_path, unsettled=unsettled).endswith(
        'unsettled.claims: "afternoon": "injured" has no row in claims.csv'
    )


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("shots-perhaps", "falls only possibly into the window"),
        ("instant-as-it-closes", "does not fall into the window"),
        ("begins-as-it-closes", "does not fall into the window"),
        ("ends-as-it-opens", "does not fall into the window"),
    ],
)
def test_an_event_outside_the_window_is_refused(
    tmp_path: Path, event: str, message: str
) -> None:
    text = [[sentence(50, CLASH), sentence(10, MARCH), sentence(5, event)]]
    assert refused(tmp_path, text=text, events=[CLASH, MARCH, event]) == (
        'story.json, field chapters[1].events: "afternoon":'
        f' "{event}" {message}, 2022-01-05T14:00 to 2022-01-05T16:00'
    )


@pytest.mark.parametrize(
    "event", ["rally-some-time-that-afternoon", "instant-as-it-opens"]
)
def test_an_event_that_the_window_shows_is_taken(tmp_path: Path, event: str) -> None:
    text = [[sentence(50, CLASH), sentence(10, MARCH), sentence(5, event)]]
    assert told(tmp_path, text=text, events=[CLASH, MARCH, event]).events[2] == event


def test_everything_so_far_holds_what_came_before(tmp_path: Path) -> None:
    text = [[sentence(50, CLASH), sentence(10, MARCH), sentence(5, "hostile-text")]]
    events = [CLASH, MARCH, "hostile-text"]
    chapter = told(tmp_path, text=text, events=events, mode="sofar")
    assert chapter.mode is Mode.SOFAR


def test_a_march_of_the_chapter_can_be_played(tmp_path: Path) -> None:
    times = {"from": cast.at("11:00"), "to": cast.at("16:00")}
    assert told(tmp_path, route="walk", **times).route == "walk"


def test_a_march_before_the_window_cannot_be_played(tmp_path: Path) -> None:
    assert refused(tmp_path, route="walk").endswith(
        'route: "afternoon": "walk" does not fall into the window'
    )


def test_a_march_without_times_cannot_be_played(tmp_path: Path) -> None:
    found = problem(
        tmp_path, cast.chapter(route="walk"), routes=[cast.route("walk", end=None)]
    )
    assert found.message == '"afternoon": "walk" lacks a start or an end'


def test_a_march_without_a_line_cannot_be_played(tmp_path: Path) -> None:
    chapter = cast.chapter(route="walk", **{"from": cast.at("11:00")})
    found = problem(tmp_path, chapter, legs=[cast.leg("walk-1", None)])
    assert found.message == '"afternoon": "walk" has no leg that is drawn as a line'


def test_two_chapters_of_one_name_are_a_problem(tmp_path: Path) -> None:
    found = problem(tmp_path, cast.chapter(), cast.chapter())
    assert (found.file, found.column) == ("story.json", "chapters[2].id")
    assert "stands already in item 1" in found.message


def test_chapters_follow_one_another_in_time(tmp_path: Path) -> None:
    earlier = cast.chapter("noon", **{"from": cast.at("12:00")})
    found = problem(tmp_path, cast.chapter(), earlier)
    assert (found.column, found.message) == (
        "chapters[2].from",
        '"noon": is before the chapter "afternoon" begins',
    )


def test_two_chapters_may_begin_together(tmp_path: Path) -> None:
    chapters = [cast.chapter(), cast.chapter("again")]
    assert len(load(cast.write(tmp_path, chapters=chapters)).chapters) == 2


def test_a_story_is_not_blamed_for_files_that_cannot_be_read(tmp_path: Path) -> None:
    folder = cast.write(tmp_path, chapters=[cast.chapter()])
    (folder / "claims.csv").unlink()
    (folder / "events.csv").write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert "story.json" not in {each.file for each in caught.value.problems}
