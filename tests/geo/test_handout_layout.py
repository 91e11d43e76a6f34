"""The pages of a handout as shapes: nothing overprints, nothing is outside."""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import Dataset, load
from geo.export.handout import HandoutOptions, Paper
from geo.export.handout.blocks import SMALLEST
from geo.export.handout.chart import plan
from geo.export.handout.flow import Run, line_width, lines_of
from geo.export.handout.page import pages_of
from geo.export.handout.sheet import Sheet, sheets_of
from geo.export.handout.tags import number_words
from geo.export.picture.fonts import width_of
from geo.export.picture.layout import Spot, boxes_along
from geo.export.picture.scene import Box, Disc, Font, Label, Line, Scene
from geo.export.picture.svg import BASELINE
from geo.query import Query, select
from geo.texts import Texts
from geo.vocab import Scope
from tests import cast
from tests.exports import ENGLISH, ODD, asked, odd_dataset

# Of the DejaVu faces: how far letters reach above and below their base line.
ASCENT, DESCENT = 0.76, 0.24
CHAPTERS = range(1, 12)
VARIANTS = [(paper, is_sheet) for paper in Paper for is_sheet in (False, True)]


def box_of_label(label: Label) -> Box:
    """Give what the letters of a level label cover."""
    width, size = width_of(label.text, label.font), label.font.size
    left = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * width
    base = label.y + BASELINE * size
    return Box(left, base - ASCENT * size, left + width, base + DESCENT * size)


def boxes_of_label(label: Label) -> list[Box]:
    """Give small boxes that cover a label, slanting or not."""
    if not label.angle:
        return [box_of_label(label)]
    spot = Spot(label.x, label.y, math.radians(label.angle))
    return boxes_along(spot, width_of(label.text, label.font), 0.8 * label.font.size)


def labels(scene: Scene) -> list[Label]:
    return [s for each in scene.layers for s in each.shapes if isinstance(s, Label)]


def words(scene: Scene, name: str) -> list[str]:
    layer = next(each for each in scene.layers if each.name == name)
    return [s.text for s in layer.shapes if isinstance(s, Label)]


def all_words(scene: Scene) -> str:
    return " ".join(label.text for label in labels(scene))


def overprinted(scene: Scene) -> Iterator[tuple[str, str]]:
    """Give pairs of texts that share any room on a page."""
    boxes = [(label.text, boxes_of_label(label)) for label in labels(scene)]
    for (one, these), (other, those) in combinations(boxes, 2):
        if any(a.meets(b) for a in these for b in those):
            yield one, other


def tag_boxes(scene: Scene) -> list[Box]:
    """Give what the numbers on the map stand on."""
    layer = next(each for each in scene.layers if each.name == "numbers")
    found = []
    for shape in layer.shapes:
        if isinstance(shape, Line) and shape.is_closed:
            xs, ys = zip(*shape.points, strict=True)
            found.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return found


@cache
def story(paper: Paper, is_worksheet: bool) -> list[tuple[Sheet, list[Scene]]]:
    """Lay out the shipped story once."""
    options = HandoutOptions(None, paper, is_worksheet)
    sheets = sheets_of(load(), Query(), ENGLISH, options)
    return [(sheet, pages_of(sheet, paper)) for sheet in sheets]


def page(paper: Paper, is_worksheet: bool, number: int) -> Scene:
    (scene,) = story(paper, is_worksheet)[number - 1][1]
    return scene


def query_pages(dataset: Dataset, query: Query, texts: Texts = ENGLISH) -> list[Scene]:
    (sheet,) = sheets_of(dataset, query, texts, HandoutOptions())
    return pages_of(sheet, Paper.A4)


def told(folder: Path, **changes: Any) -> Dataset:
    return load(cast.write(folder, chapters=[cast.chapter(**changes)]))


def chapter_pages(dataset: Dataset, paper: Paper = Paper.A4) -> list[Scene]:
    (sheet,) = sheets_of(dataset, Query(), ENGLISH, HandoutOptions("1", paper))
    return pages_of(sheet, paper)


# Every chapter, on both papers, with and without answers


def test_shipped_story_has_as_many_chapters_as_are_tested(shipped: Dataset) -> None:
    assert len(shipped.chapters) == len(CHAPTERS)


@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_every_chapter_has_one_page(paper: Paper, is_worksheet: bool) -> None:
    assert [len(pages) for _, pages in story(paper, is_worksheet)] == [1] * 11


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_no_words_overprint(paper: Paper, is_worksheet: bool, number: int) -> None:
    assert list(overprinted(page(paper, is_worksheet, number))) == []


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_numbers_on_the_map_keep_clear(
    paper: Paper, is_worksheet: bool, number: int
) -> None:
    scene = page(paper, is_worksheet, number)
    tags = tag_boxes(scene)
    assert [pair for pair in combinations(tags, 2) if pair[0].meets(pair[1])] == []
    inside = [label for label in labels(scene) if label.text not in numbers_of(scene)]
    for tag in tags:
        assert scene.frame.holds(tag)
        hidden = [
            label.text
            for label in inside
            if any(box.meets(tag) for box in boxes_of_label(label))
        ]
        assert hidden == []


def numbers_of(scene: Scene) -> set[str]:
    return set(words(scene, "numbers"))


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize("paper", list(Paper))
def test_words_of_the_map_hide_no_dot(paper: Paper, number: int) -> None:
    scene = page(paper, False, number)
    dots = next(each for each in scene.layers if each.name == "dots").shapes
    hidden = [
        (label.text, dot.x, dot.y)
        for label in labels(scene)
        if label.text not in numbers_of(scene)
        for dot in dots
        if isinstance(dot, Disc)
        and any(box.has((dot.x, dot.y)) for box in boxes_of_label(label))
    ]
    assert hidden == []


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_all_words_are_on_the_paper_with_a_margin(
    paper: Paper, is_worksheet: bool, number: int
) -> None:
    scene = page(paper, is_worksheet, number)
    width, height = paper.size
    assert (scene.width, scene.height) == (width, height)
    # A centimetre, which every printer can do.
    printable = Box(28, 28, width - 28 + 0.01, height - 28 + 0.01)
    outside = [
        label.text
        for label in labels(scene)
        if not all(printable.holds(box) for box in boxes_of_label(label))
    ]
    assert outside == []


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_words_of_the_map_are_not_cut_off(
    paper: Paper, is_worksheet: bool, number: int
) -> None:
    scene = page(paper, is_worksheet, number)
    cut = [
        shape.text
        for layer in scene.layers
        if layer.is_clipped
        for shape in layer.shapes
        if isinstance(shape, Label)
        and not all(scene.frame.holds(box) for box in boxes_of_label(shape))
    ]
    assert cut == []


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_no_letter_is_too_small_to_read(
    paper: Paper, is_worksheet: bool, number: int
) -> None:
    sizes = {label.font.size for label in labels(page(paper, is_worksheet, number))}
    assert min(sizes) >= SMALLEST == 7.5


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_there_is_room_to_write(paper: Paper, is_worksheet: bool, number: int) -> None:
    sheet, (scene,) = story(paper, is_worksheet)[number - 1]
    rules = [
        shape
        for shape in next(each for each in scene.layers if each.name == "text").shapes
        if isinstance(shape, Line)
        and len(shape.points) == 2
        and shape.points[1][0] - shape.points[0][0] > 500
    ]
    assert sheet.chapter is not None
    least = 2 if is_worksheet else 1
    assert len(rules) >= least * len(sheet.chapter.questions)
    heights = sorted(rule.points[0][1] for rule in rules)
    # Three lines of small type; less could not be written on.
    assert min(b - a for a, b in pairwise(heights)) >= 15


@pytest.mark.parametrize("number", CHAPTERS)
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_map_is_large_enough(paper: Paper, is_worksheet: bool, number: int) -> None:
    assert page(paper, is_worksheet, number).frame.height > 125


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(("paper", "is_worksheet"), VARIANTS)
def test_longer_languages_keep_to_one_page(
    shipped: Dataset, language: str, paper: Paper, is_worksheet: bool
) -> None:
    options = HandoutOptions(None, paper, is_worksheet)
    sheets = sheets_of(shipped, Query(), Texts(language), options)
    for sheet in sheets:
        (scene,) = pages_of(sheet, paper)
        assert list(overprinted(scene)) == []
        assert scene.frame.height > 90


# The map agrees with the query


@pytest.mark.parametrize("number", CHAPTERS)
def test_numbers_are_those_of_the_events_told(shipped: Dataset, number: int) -> None:
    sheet, (scene,) = story(Paper.A4, False)[number - 1]
    chapter = shipped.chapters[number - 1]
    assert tuple(sheet.numbers) == chapter.events
    shown = plan(sheet, scene.frame)
    on_map = {event for event in chapter.events if event in shown.on_map}
    in_list = {entry.event for entry in sheet.entries(shown.on_map)}
    assert in_list == set(chapter.events)
    drawn = {number for tag in shown.tags for number in tag.numbers}
    assert drawn == {sheet.numbers[event] for event in on_map}


@pytest.mark.parametrize("number", CHAPTERS)
def test_numbered_and_counted_events_are_all_of_the_window(
    shipped: Dataset, number: int
) -> None:
    sheet, (scene,) = story(Paper.A4, False)[number - 1]
    chapter = shipped.chapters[number - 1]
    query = Query(chapter.start, chapter.end, chapter.mode)
    visible = select(shipped, query).visible
    assert set(sheet.numbered) | set(sheet.others) == set(visible)
    more = len(visible) - len(chapter.events)
    assert f"{more} more event" in all_words(scene)
    assert f"{len(visible)} of 139 events" in all_words(scene)


@pytest.mark.parametrize("number", CHAPTERS)
def test_list_says_which_events_have_no_number_on_the_map(number: int) -> None:
    sheet, (scene,) = story(Paper.A4, False)[number - 1]
    on_map = plan(sheet, scene.frame).on_map
    for entry in sheet.entries(on_map):
        assert ("not on th" in entry.details) is (entry.event not in on_map)
        assert " ".join(entry.details.split()[:4]) in all_words(scene)
    scopes = sheet.chosen.events
    for event in sheet.numbered:
        if scopes[event]["scope"] != Scope.MAPPED:
            assert event not in on_map


def test_dots_stand_for_the_places_of_the_other_events(tmp_path: Path) -> None:
    # In the window the cast has, besides the two events told: two on the
    # square, which is told and has the number, and three without a mark.
    (scene,) = chapter_pages(told(tmp_path))
    assert "5 more events in this window, 2 of them on this map" in all_words(scene)
    dots = next(each for each in scene.layers if each.name == "dots").shapes
    assert len(dots) == 1
    assert isinstance(dots[0], Disc)


def test_events_of_one_place_share_a_number(shipped: Dataset) -> None:
    scene = page(Paper.A4, False, 5)
    assert "3–5, 7, 9, 10" in words(scene, "numbers")


def test_event_of_two_places_has_its_number_at_both(shipped: Dataset) -> None:
    # Chapter 3: the march sets out from the crossing and the Arena.
    assert words(page(Paper.A4, False, 3), "numbers").count("1") == 2


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([4], "4"),
        ([1, 2], "1, 2"),
        ([1, 2, 3], "1–3"),
        ([3, 5, 6, 7], "3, 5–7"),
        ([], ""),
    ],
)
def test_runs_of_numbers_are_written_as_spans(numbers: list[int], written: str) -> None:
    assert number_words(numbers) == written


def test_scale_north_and_key_are_there() -> None:
    scene = page(Paper.A4, False, 3)
    assert {"N", "5 km"} <= set(words(scene, "frame"))
    assert "march, documented street" in all_words(scene)
    assert "march, inferred street" in all_words(scene)


def test_chapter_says_which_of_how_many_it_is() -> None:
    assert words(page(Paper.A4, False, 3), "head") == [
        "The January 2022 events in Almaty",
        "3 of 11",
    ]


def test_worksheet_has_room_for_a_name_and_no_answers() -> None:
    said = all_words(page(Paper.A4, True, 3))
    assert "Name" in said
    assert "Answers" not in said
    assert "Answers" in all_words(page(Paper.A4, False, 3))


# Queries


def test_query_numbers_all_its_events_in_the_order_of_time(shipped: Dataset) -> None:
    query = asked(shipped, kinds="fire")
    (sheet,) = sheets_of(shipped, query, ENGLISH, HandoutOptions())
    rows = sheet.chosen.events
    assert set(sheet.numbered) == set(select(shipped, query).visible)
    starts = [rows[event]["start"] for event in sheet.numbered]
    assert starts == sorted(starts)
    assert sheet.others == ()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_long_list_goes_on_on_further_pages(shipped: Dataset, language: str) -> None:
    query = asked(shipped, **{"from": "2022-01-01T00:00"})
    texts = Texts(language)
    pages = query_pages(shipped, query, texts)
    assert 3 < len(pages) < 12
    said = " ".join(map(all_words, pages))
    for event in shipped.events.to_dict("records"):
        title = " ".join(texts.field(event, "title").split())
        assert title in said
    for at, scene in enumerate(pages, 1):
        said = texts.t("page {n} of {total}", n=at, total=len(pages))
        assert said in all_words(scene)
        assert "OpenStreetMap contributors" in all_words(scene)
        assert list(overprinted(scene)) == []


def test_query_that_finds_nothing_has_a_page_that_says_so(shipped: Dataset) -> None:
    (scene,) = query_pages(shipped, Query(q="nosuchword"))
    assert "0 of 139 events" in all_words(scene)


def test_possible_events_are_told_apart(small: Dataset) -> None:
    query = asked(small, **{"from": cast.FROM, "to": cast.TO}, possible="1")
    (scene,) = query_pages(small, query)
    assert "possible" in [label.text for label in labels(scene)]


# Odd text, and too much of it


def test_odd_text_stands_as_it_is_and_stays_in_its_room(tmp_path: Path) -> None:
    pages = query_pages(odd_dataset(tmp_path), Query(q="алаң"))
    said = "".join(map(all_words, pages)).replace(" ", "")
    for word in ODD.split():
        assert word in said
    for scene in pages:
        assert list(overprinted(scene)) == []


def long_words(count: int) -> str:
    return " ".join(f"word{n}" for n in range(count))


def test_texts_too_long_for_a_page_go_over_to_the_next(tmp_path: Path) -> None:
    unsettled = {"text": long_words(1500), "claims": ["deaths"]}
    pages = chapter_pages(told(tmp_path, unsettled=unsettled))
    assert len(pages) > 1
    said = " ".join(map(all_words, pages))
    assert all(word in said for word in long_words(1500).split())
    assert "1 of 1, page 2 of" in said
    bottom = Paper.A4.size[1] - 28
    for scene in pages:
        assert list(overprinted(scene)) == []
        assert max(box_of_label(label).y1 for label in labels(scene)) <= bottom


def test_entry_longer_than_a_column_is_cut(tmp_path: Path) -> None:
    title = long_words(2500)
    events = [cast.event("long", cast.at("14:00"), cast.at("15:00"), title=title)]
    pages = query_pages(load(cast.write(tmp_path, events=events)), Query(q="word1"))
    said = " ".join(map(all_words, pages))
    assert all(word in said for word in title.split())
    assert all(list(overprinted(scene)) == [] for scene in pages)


def test_word_wider_than_a_line_is_broken() -> None:
    lines = lines_of([Run("x" * 200, Font(10))], 100)
    assert len(lines) > 5
    assert all(line_width(line) <= 100 for line in lines)
    assert "".join(run.text for line in lines for _, run in line) == "x" * 200


def test_faces_may_change_within_a_line() -> None:
    runs: Sequence[Run] = [Run("bold", Font(10, is_bold=True)), Run("not", Font(10))]
    (line,) = lines_of(runs, 100)
    (_, first), (x, second) = line
    assert (first.text, second.text) == ("bold", "not")
    space = width_of("x x", Font(10)) - width_of("xx", Font(10))
    assert x == pytest.approx(width_of("bold", first.font) + space)
