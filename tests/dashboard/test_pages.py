"""Every page as the server renders it, with good data, bad data and bad links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import state
from dashboard.settings import CORRECTIONS_VARIABLE, DATA_VARIABLE, link_of
from tests import cast

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "dashboard/pages/sources.py"
CLASS = "dashboard/pages/class_.py"


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """Keep one test's data out of the next."""
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Give the app on the cast's data."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    monkeypatch.delenv(CORRECTIONS_VARIABLE, raising=False)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def html(app: AppTest) -> str:
    """Join what the page shows as HTML."""
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def titles(app: AppTest) -> list[str]:
    return [element.value for element in app.title]


def test_the_map_page_says_what_it_is_and_mounts_the_map(app: AppTest) -> None:
    page = html(app.run())
    assert "Almaty, January 2022" in page
    # The map, its relay, and the choice of a language.
    assert len(app.get("bidi_component")) == 3


def test_the_map_page_shows_the_shipped_data() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    assert "Almaty, January 2022" in html(app.run())


def test_a_link_sets_the_view(app: AppTest) -> None:
    app.query_params["q"] = "people"
    app.run()
    assert app.session_state[state.ASK].state["q"] == "people"


def test_a_good_link_stays_in_the_address(app: AppTest) -> None:
    app.query_params["q"] = "people"
    app.query_params["id"] = "night-fires"
    app.run()
    assert app.query_params == {"q": "people", "id": "night-fires"}


def test_a_bad_parameter_is_named_and_leaves_the_address(app: AppTest) -> None:
    app.query_params["from"] = "05.01.2022"
    page = html(app.run())
    assert "from=05.01.2022" in page
    assert app.query_params == {}


def test_a_hostile_parameter_is_shown_as_text(app: AppTest) -> None:
    app.query_params["id"] = "<script>alert(1)</script>"
    page = html(app.run())
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_a_filter_the_map_cannot_undo_is_named_and_can_be_left(app: AppTest) -> None:
    app.query_params["contested"] = "1"
    app.run()
    assert "contested=1" in html(app)
    app.button[0].click().run()
    assert not app.session_state[state.STATE].query.contested
    assert app.query_params == {}
    assert not app.button


def test_the_view_comes_back_with_the_page(app: AppTest) -> None:
    app.query_params["q"] = "people"
    app.run()
    app.switch_page(SOURCES).run()
    app.query_params.clear()
    app.switch_page("dashboard/pages/map.py").run()
    assert app.query_params == {"q": "people"}


def test_the_class_page_mounts_the_story_and_offers_its_files(
    folder: Path, app: AppTest
) -> None:
    cast.write(folder, chapters=[cast.chapter()])
    html(app.run().switch_page(CLASS).run())
    assert app.query_params == {"step": "0"}
    assert app.session_state[state.LESSON_ASK].state == {"step": 0}
    labels = [each.proto.label for each in app.get("download_button")]
    assert any(label.startswith(".class.html") for label in labels)


def test_the_class_page_names_a_step_there_is_not(folder: Path, app: AppTest) -> None:
    cast.write(folder, chapters=[cast.chapter()])
    app.run().switch_page(CLASS)
    app.query_params["step"] = "2"
    assert "step=2" in html(app.run())
    assert app.query_params == {"step": "0"}


def test_data_without_a_story_say_so_on_the_class_page(app: AppTest) -> None:
    page = html(app.run().switch_page(CLASS).run())
    assert "These data hold no chapters" in page
    assert not app.get("download_button")


def test_the_sources_page_shows_all_its_sections(app: AppTest) -> None:
    page = html(app.run().switch_page(SOURCES).run())
    assert re.findall("<h2[^>]*>(.*)</h2>", page) == [
        "How to read the map",
        "Where sources differ",
        "Where this map departs from the article",
        "All sources",
        "What is missing",
        "Licences and credits",
    ]
    assert "© somebody" in page


def test_the_sources_page_shows_the_shipped_data() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    page = html(app.run().switch_page(SOURCES).run())
    assert "People killed, whole country" in page


def test_words_narrow_the_list_of_sources(folder: Path, app: AppTest) -> None:
    items = [cast.source("article"), cast.source("b", title="[Ёлка and other trees]")]
    cast.write(folder, sources=items)
    app.run().switch_page(SOURCES).run()
    app.text_input[0].set_value("елка").run()
    page = html(app)
    assert "1 source of 2" in page
    assert "[A report]</" not in page.split("almaty-sources")[1]


def test_hostile_data_is_text_on_the_sources_page(folder: Path, app: AppTest) -> None:
    cast.write(
        folder,
        claims=[cast.CLAIM | {"claimant": cast.HOSTILE, "note": cast.HOSTILE}],
        sources=[cast.source("article", title=cast.HOSTILE, publisher=cast.HOSTILE)],
    )
    page = html(app.run().switch_page(SOURCES).run())
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;/script&gt;") >= 4


def test_broken_data_is_one_page_that_names_every_problem(
    folder: Path, app: AppTest
) -> None:
    cast.write(
        folder,
        events=[cast.event("a", "05.01.2022", cast.at("11:00"), kind="riot")],
    )
    (folder / "claims.csv").unlink()
    page = html(app.run())
    assert titles(app) == ["The data cannot be shown"]
    assert "events.csv, row 2, column start" in page
    assert "events.csv, row 2, column kind" in page
    assert "claims.csv" in page
    # A reader may still choose the language of the problems' page.
    assert len(app.get("bidi_component")) == 1


def test_broken_data_is_named_in_the_language_of_the_reader(
    folder: Path, app: AppTest
) -> None:
    cast.write(folder, events=[cast.event("a", "05.01.2022", cast.at("11:00"))])
    (folder / "claims.csv").unlink()
    app.query_params["lang"] = "kk"
    page = html(app.run())
    assert titles(app) == ["Деректерді көрсету мүмкін емес"]
    assert "events.csv, 2-жол, start бағаны: «05.01.2022»" in page
    assert "claims.csv: файл жоқ" in page
    assert "column start" not in page


def test_broken_data_is_named_on_every_page(folder: Path, app: AppTest) -> None:
    app.run()
    (folder / "events.csv").write_bytes(b"\xff\xfe\x00")
    st.cache_resource.clear()
    app.switch_page(SOURCES).run()
    assert titles(app) == ["The data cannot be shown"]
    assert not app.exception


def test_mended_data_needs_no_restart(folder: Path, app: AppTest) -> None:
    good = (folder / "events.csv").read_bytes()
    (folder / "events.csv").write_bytes(b"")
    app.run()
    assert titles(app) == ["The data cannot be shown"]
    (folder / "events.csv").write_bytes(good)
    assert "Almaty, January 2022" in html(app.run())


def test_no_address_for_corrections_shows_none(app: AppTest) -> None:
    app.run().switch_page(SOURCES).run()
    assert "Report a correction" not in html(app)


def test_a_configured_address_for_corrections_is_a_link(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CORRECTIONS_VARIABLE, "desk@example.org")
    app.run().switch_page(SOURCES).run()
    assert 'href="mailto:desk@example.org"' in html(app)


def test_the_address_for_corrections_may_be_a_secret(app: AppTest) -> None:
    app.secrets["corrections"] = "https://example.org/corrections"
    app.run().switch_page(SOURCES).run()
    assert 'href="https://example.org/corrections"' in html(app)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "somebody", "a@b", 'https://example.org/"x', "a@b.c\n"],
)
def test_what_is_no_address_is_no_link(address: str) -> None:
    assert link_of(address) is None
