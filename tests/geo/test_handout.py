"""Handouts as files: what a foreign reader finds in them, and what is refused."""

import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from geo.cli import main
from geo.dataset import Dataset, load
from geo.export.handout import (
    HandoutError,
    HandoutOptions,
    Paper,
    to_pdf,
    to_png,
)
from geo.query import Query
from geo.texts import Texts
from tests import cast
from tests.exports import ENGLISH, ODD_LINE, asked, odd_dataset

CREDIT = "© OpenStreetMap contributors"
KAZAKH = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"


@cache
def story(paper: Paper = Paper.A4, *, is_worksheet: bool = False) -> bytes:
    """Write the shipped story once."""
    return to_pdf(load(), Query(), ENGLISH, HandoutOptions(None, paper, is_worksheet))


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def flat(text: str) -> str:
    return " ".join(text.split())


@cache
def page_texts(content: bytes) -> list[str]:
    """Read the words of each page; a long file once for all tests."""
    return [flat(page.extract_text()) for page in read(content).pages]


def told(folder: Path, **changes: Any) -> Dataset:
    return load(cast.write(folder, chapters=[cast.chapter(**changes)]))


def one_page(dataset: Dataset, language: str = "en") -> str:
    (text,) = page_texts(to_pdf(dataset, Query(), Texts(language)))
    return text


def expected(shipped: Dataset, number: int) -> list[str]:
    """Give what the page of a chapter must say, read off the data."""
    chapter = shipped.chapters[number - 1]
    titles = shipped.events["title"]
    return [
        chapter.title,
        f"{number} of 11",
        *(titles[event] for event in chapter.events),
        chapter.unsettled.text,
        *(question.ask for question in chapter.questions),
        "CC BY 4.0",
        CREDIT,
        "Almaty time, UTC+6",
        "1.0.0",
    ]


# What a foreign reader finds


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("is_worksheet", [False, True])
def test_story_has_a_page_a_chapter(paper: Paper, is_worksheet: bool) -> None:
    pages = read(story(paper, is_worksheet=is_worksheet)).pages
    assert len(pages) == 11
    sizes = {
        (float(page.mediabox.width), float(page.mediabox.height)) for page in pages
    }
    assert sizes == {paper.size}


@pytest.mark.parametrize("number", range(1, 12))
def test_page_says_title_events_question_and_credit(
    shipped: Dataset, number: int
) -> None:
    text = page_texts(story())[number - 1]
    for words in expected(shipped, number):
        assert flat(words) in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")
@pytest.mark.parametrize("number", range(1, 12))
def test_poppler_reads_the_same(shipped: Dataset, tmp_path: Path, number: int) -> None:
    file = tmp_path / "story.pdf"
    file.write_bytes(story())
    page = ["-f", str(number), "-l", str(number)]
    done = subprocess.run(
        ["pdftotext", *page, str(file), "-"], capture_output=True, text=True, check=True
    )
    text = flat(done.stdout)
    for words in expected(shipped, number):
        assert flat(words) in text
    assert done.stderr == ""


@pytest.mark.parametrize("number", range(1, 12))
def test_answers_are_in_the_handout_and_not_in_the_worksheet(
    shipped: Dataset, number: int
) -> None:
    handout = page_texts(story())[number - 1]
    worksheet = page_texts(story(is_worksheet=True))[number - 1]
    for question in shipped.chapters[number - 1].questions:
        assert flat(question.answer) in handout
        assert flat(question.answer) not in worksheet
        assert flat(question.ask) in worksheet


def fonts(content: bytes) -> list[Any]:
    """Give the faces of all pages, each once."""
    found: dict[str, Any] = {}
    for page in read(content).pages:
        resources: Any = page["/Resources"]
        found |= resources["/Font"]
    return [font.get_object() for font in found.values()]


def test_every_face_is_embedded_as_truetype() -> None:
    faces = fonts(story())
    assert faces
    for face in faces:
        assert "/ToUnicode" in face
        (below,) = face["/DescendantFonts"]
        descriptor = below.get_object()["/FontDescriptor"]
        program = descriptor["/FontFile2"].get_data()
        assert program.startswith(b"\x00\x01\x00\x00")
        assert re.fullmatch(r"/[A-Z]{6}\+DejaVu[\w-]+", str(face["/BaseFont"]))


def test_no_picture_stands_for_words() -> None:
    for page in read(story()).pages:
        assert list(page.images) == []


def test_file_says_title_language_licence_and_no_time() -> None:
    reader = read(story())
    about = reader.metadata
    assert about is not None
    assert about.title == "The January 2022 events in Almaty: handout"
    assert about.creation_date is None
    assert about.modification_date is None
    assert "CC BY 4.0" in str(about["/Keywords"])
    assert str(reader.root_object["/Lang"]) == "en"
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_language == ["en"]
    assert CREDIT in (xmp.dc_rights or {})["x-default"]
    assert b"https://creativecommons.org/licenses/by/4.0/" in story()


def test_bookmarks_are_the_chapters(shipped: Dataset) -> None:
    outline = read(story()).outline
    titles = [str(each["/Title"]) for each in outline if not isinstance(each, list)]
    assert titles == [chapter.title for chapter in shipped.chapters]


def test_same_question_gives_the_same_bytes() -> None:
    again = to_pdf(load(), Query(), ENGLISH, HandoutOptions("3"))
    assert to_pdf(load(), Query(), ENGLISH, HandoutOptions("3")) == again


def test_chapter_alone_is_the_page_it_has_in_the_story(shipped: Dataset) -> None:
    alone = to_pdf(shipped, Query(), ENGLISH, HandoutOptions("march-on-tole-bi"))
    assert page_texts(alone) == [page_texts(story())[4]]


def test_query_has_a_numbered_list_and_no_questions(shipped: Dataset) -> None:
    query = asked(shipped, near="republic-square", kinds="clash", possible="1")
    text = " ".join(page_texts(to_pdf(shipped, query, ENGLISH)))
    assert "Filters: kinds: Clash; within 500 m of Republic Square" in text
    assert "Answers" not in text
    assert CREDIT in text


# Letters


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_titles_in_other_languages_survive(shipped: Dataset, language: str) -> None:
    (text,) = page_texts(
        to_pdf(shipped, Query(), Texts(language), HandoutOptions("march-on-abay"))
    )
    for event in shipped.chapters[2].events:
        title = Texts(language).field(dict(shipped.events.loc[event]), "title")
        assert flat(title) in text
    assert re.search("[а-яё]", text)


def test_every_letter_of_kazakh_can_be_found(tmp_path: Path) -> None:
    assert KAZAKH in one_page(told(tmp_path, title=KAZAKH))


def test_letters_that_look_alike_stay_what_they_are(tmp_path: Path) -> None:
    # Latin A, Cyrillic А, Greek Α: one shape, three letters.
    assert "AАΑ" in one_page(told(tmp_path, title="AАΑ"))


def test_hostile_text_is_text(tmp_path: Path) -> None:
    text = one_page(
        told(tmp_path, title="(hostile) \\ << >> endstream " + cast.HOSTILE)
    )
    assert "(hostile) \\ << >> endstream" in text
    assert "".join(cast.HOSTILE.split()) in "".join(text.split())


def test_odd_words_break_no_file(tmp_path: Path) -> None:
    content = to_pdf(odd_dataset(tmp_path), Query(q="алаң"), ENGLISH)
    text = "".join("".join(page_texts(content)).split())
    assert "".join(ODD_LINE.split()) in text


# Pictures


def test_picture_of_a_chapter_is_a_page_of_150_pixels_an_inch(shipped: Dataset) -> None:
    content = to_png(shipped, Query(), ENGLISH, HandoutOptions("1", Paper.LETTER))
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (1275, 1650)
        assert image.info["dpi"] == pytest.approx((150, 150), abs=0.1)


def test_pages_of_a_picture_stand_below_one_another(shipped: Dataset) -> None:
    query = asked(shipped, kinds="clash,fire,shooting")
    pages = len(read(to_pdf(shipped, query, ENGLISH)).pages)
    assert pages > 1
    with Image.open(io.BytesIO(to_png(shipped, query, ENGLISH))) as image:
        # A page of A4 is 1754 pixels high, give or take a rounding.
        assert abs(image.height - pages * 1753.94) < pages


def test_picture_that_is_too_tall_is_refused(tmp_path: Path) -> None:
    events = [
        cast.event(
            f"event-{n}", cast.at("14:00"), cast.at("15:00"), title="word " * 3000
        )
        for n in range(10)
    ]
    data = load(cast.write(tmp_path, events=events))
    with pytest.raises(HandoutError, match="too tall"):
        to_png(data, Query(q="word"), ENGLISH)


# The command line


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(["export", *arguments])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code, out, err = run(capsys, *arguments, "-o", "-")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


@pytest.fixture
def story_folder(tmp_path: Path) -> str:
    chapters = [cast.chapter(), cast.chapter("evening", title="An evening")]
    return str(cast.write(tmp_path, chapters=chapters))


def test_without_options_the_whole_story_is_written(
    capsys: pytest.CaptureFixture[str], story_folder: str, tmp_path: Path
) -> None:
    file = tmp_path / "handout.pdf"
    answer = run(capsys, "handout", "-o", str(file), "--data", story_folder)
    assert answer == (0, "", "")
    assert len(page_texts(file.read_bytes())) == 2


@pytest.mark.parametrize("name", ["2", "evening"])
def test_chapter_paper_and_worksheet_can_be_asked_for(
    capsys: pytest.CaptureFixture[str], story_folder: str, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "sheet.pdf"
    options = ("--chapter", name, "--paper", "letter", "--worksheet")
    run(capsys, "handout", *options, "-o", str(file), "--data", story_folder)
    (page,) = read(file.read_bytes()).pages
    assert float(page.mediabox.height) == 792
    text = flat(page.extract_text())
    assert "An evening" in text
    assert "Answers" not in text


def test_language_of_the_labels_is_the_readers(
    capsys: pytest.CaptureFixture[str], story_folder: str, tmp_path: Path
) -> None:
    file = tmp_path / "handout.pdf"
    run(capsys, "handout", "--lang", "kk", "-o", str(file), "--data", story_folder)
    assert str(read(file.read_bytes()).root_object["/Lang"]) == "kk"
    assert "2022 ж." in page_texts(file.read_bytes())[0]


@pytest.mark.parametrize("name", ["0", "3", "no-such", "-", "01"])
def test_chapter_that_is_not_there_is_wrong_use(
    capsys: pytest.CaptureFixture[str], story_folder: str, name: str
) -> None:
    said = refused(capsys, "handout", f"--chapter={name}", "--data", story_folder)
    assert f'"{name}"' in said
    assert "1 afternoon, 2 evening" in said


def test_chapter_and_query_together_are_wrong_use(
    capsys: pytest.CaptureFixture[str], story_folder: str
) -> None:
    options = ("--chapter", "1", "--q", "fire", "--data", story_folder)
    assert "not of both" in refused(capsys, "handout", *options)


def test_worksheet_of_a_query_is_wrong_use(
    capsys: pytest.CaptureFixture[str], story_folder: str
) -> None:
    options = ("--worksheet", "--q", "fire", "--data", story_folder)
    assert "questions" in refused(capsys, "handout", *options)


@pytest.mark.parametrize("name", ["handout", "handout-png"])
def test_data_without_a_story_need_a_query(
    capsys: pytest.CaptureFixture[str], folder: Path, name: str
) -> None:
    assert "no story" in refused(capsys, name, "--data", str(folder))
    assert run(
        capsys, name, "--kind", "clash", "-o", f"{folder}/x", "--data", str(folder)
    ) == (0, "", "")


def test_data_without_a_story_have_no_chapter(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    options = ("--chapter", "1", "--q", "fire", "--data", str(folder))
    assert "no story" in refused(capsys, "handout", *options)


@pytest.mark.parametrize(
    "option", [("--chapter", "1"), ("--paper", "a4"), ("--worksheet",)]
)
def test_options_of_handouts_are_wrong_use_elsewhere(
    capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    assert '"csv"' in refused(capsys, "csv", *option)


def test_paper_that_is_not_known_is_wrong_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "a3" in refused(capsys, "handout", "--paper", "a3")
