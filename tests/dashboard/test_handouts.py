"""The buttons for handouts: what they offer, and what is made when asked."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.handouts import PAPER_KEY, SCOPE_KEY, handout_maker
from geo.dataset import Dataset, load
from geo.export.handout import HandoutOptions, Paper
from geo.texts import Texts
from tests import cast


def page(folder: str, chapter: int | None) -> None:
    """Show nothing but the handouts of a folder of data."""
    from pathlib import Path

    from dashboard.handouts import show_handouts
    from geo.dataset import load
    from geo.texts import Texts

    show_handouts(load(Path(folder)), Texts(), chapter)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    chapters = [cast.chapter(), cast.chapter("evening", title="An *evening*")]
    return cast.write(tmp_path, chapters=chapters)


def shown(folder: Path, chapter: int | None) -> AppTest:
    args = {"folder": str(folder), "chapter": chapter}
    app = AppTest.from_function(page, kwargs=args, default_timeout=30).run()
    assert not app.exception
    return app


def names(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_handout_and_worksheet_are_offered(story: Path) -> None:
    assert names(shown(story, None)) == [
        "Handout, with answers",
        "Worksheet, without answers",
    ]


def test_without_a_story_nothing_is_offered(folder: Path) -> None:
    app = shown(folder, None)
    assert names(app) == []
    assert not app.radio


def test_without_a_chapter_only_the_paper_is_asked_for(story: Path) -> None:
    assert [radio.key for radio in shown(story, None).radio] == [PAPER_KEY]


def test_chapter_of_the_class_comes_first(story: Path) -> None:
    scope = shown(story, 2).radio(key=f"{SCOPE_KEY}-2")
    assert scope.options == ["Chapter 2", "The whole story"]
    assert scope.value == "2"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[HandoutOptions]:
    """Note what the buttons would make."""
    noted: list[HandoutOptions] = []

    def note(
        dataset: Dataset, texts: Texts, options: HandoutOptions
    ) -> Callable[[], bytes]:
        del dataset, texts
        noted.append(options)
        return lambda: b""

    monkeypatch.setattr("dashboard.handouts.handout_maker", note)
    return noted


def test_buttons_make_what_is_chosen(story: Path, asked: list[HandoutOptions]) -> None:
    app = shown(story, 2)
    app.radio(key=PAPER_KEY).set_value(Paper.LETTER).run()
    assert asked[-2:] == [
        HandoutOptions("2", Paper.LETTER, is_worksheet=False),
        HandoutOptions("2", Paper.LETTER, is_worksheet=True),
    ]
    app.radio(key=f"{SCOPE_KEY}-2").set_value("").run()
    assert asked[-1] == HandoutOptions(None, Paper.LETTER, is_worksheet=True)


def test_nothing_is_made_before_somebody_asks(
    story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> bytes:
        raise AssertionError("made too early")

    monkeypatch.setattr("dashboard.handouts.to_pdf", refuse)
    shown(story, 1)


def test_maker_makes_the_chapter(story: Path) -> None:
    options = HandoutOptions("2", Paper.LETTER, is_worksheet=True)
    make: Callable[[], bytes] = handout_maker(load(story), Texts(), options)
    (sheet,) = PdfReader(io.BytesIO(make())).pages
    assert float(sheet.mediabox.height) == 792
    assert "An *evening*" in sheet.extract_text()
