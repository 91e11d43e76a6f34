"""What holds for every format, and for the page."""

import hashlib
import re
from pathlib import Path

import pytest

from geo.dataset import Dataset
from geo.export import FORMATS, file_name
from geo.export.page import page_state, to_html
from geo.export.question import question_words
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Attribution, Corroboration, Mode
from tests import cast
from tests.exports import ENGLISH, asked, odd_dataset, rendered, window

# html


def test_page_opens_with_its_own_view_if_nothing_is_asked(small: Dataset) -> None:
    assert page_state(small, Query()) == {}


def test_query_becomes_the_state_of_the_page(small: Dataset) -> None:
    query = window(small, kinds="clash,fire", by="observed", q="words", possible="1")
    assert page_state(small, query) == {
        "from": cast.FROM,
        "to": cast.TO,
        "kinds": ["clash", "fire"],
        "attributions": ["observed"],
        "q": "words",
        "possible": True,
    }


def test_filters_the_page_lacks_come_as_ids_for_any_window(small: Dataset) -> None:
    query = window(small, corroboration="official-only")
    assert page_state(small, query)["only"] == ["shots-perhaps"]


def test_ids_handed_over_do_not_repeat_the_pages_own_filters(small: Dataset) -> None:
    query = Query(
        mode=Mode.SOFAR,
        by=(Attribution.OBSERVED,),
        corroboration=(Corroboration.OFFICIAL_ONLY, Corroboration.INDEPENDENT),
    )
    state = page_state(small, query)
    assert state["only"] == ["clash-to-the-minute", "shots-perhaps"]
    assert (state["mode"], state["attributions"]) == ("sofar", ["observed"])


def test_filter_that_nothing_passes_hands_over_no_ids(small: Dataset) -> None:
    query = Query(actor="nobody of that name")
    assert page_state(small, query)["only"] == []


def test_page_is_one_document_with_every_event(small: Dataset) -> None:
    page = to_html(small, window(small), ENGLISH).decode()
    assert page.lower().startswith("<!doctype html>")
    for event in small.events.index:
        assert event in page


def test_head_of_the_page_says_question_version_licence_and_credit(
    small: Dataset,
) -> None:
    query = window(small, q='"><script>')
    head = to_html(small, query, ENGLISH).decode().partition("<style>")[0]
    for words in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "© somebody"):
        assert words in head
    assert "“&quot;&gt;&lt;script&gt;”" in head


def test_page_in_russian_says_so(small: Dataset) -> None:
    page = to_html(small, Query(), Texts("ru")).decode()
    assert re.search(r"<html lang=\"?ru\b", page)


# class


def test_class_pack_is_whole_whatever_is_asked(small: Dataset) -> None:
    asked_for = (Query(), window(small, q="words"))
    first, second = (rendered("class", small, query) for query in asked_for)
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    names = {file_name("class", query, small) for query in asked_for}
    assert names == {"almaty-events_v1.0.0.class.html"}


def test_head_of_the_class_pack_says_version_licence_and_credit(
    small: Dataset,
) -> None:
    head = rendered("class", small).decode().partition("<style>")[0]
    for words in ("a story for the class", "1.0.0", "CC BY 4.0", "© somebody"):
        assert words in head


# All


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_same_question_gives_the_same_bytes(small: Dataset, name: str) -> None:
    assert rendered(name, small) == rendered(name, small)


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_format_speaks_every_language(
    small: Dataset, name: str, language: str
) -> None:
    assert rendered(name, small, window(small), Texts(language))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_found_is_no_error(small: Dataset, name: str) -> None:
    assert rendered(name, small, Query(q="nosuchword"))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_odd_text_stops_no_format(tmp_path: Path, name: str) -> None:
    data = odd_dataset(tmp_path)
    assert rendered(name, data, asked(data, q="алаң", actor="b", contested="1"))


def test_formats_of_the_desk_are_all_there() -> None:
    wanted = (
        "kml gpx gpkg geojson csv bibtex csl linked-places timelinejs ics svg png html"
        " class handout handout-png"
    )
    assert set(wanted.split()) == set(FORMATS)


def test_no_two_formats_share_an_ending() -> None:
    endings = [each.suffix for each in FORMATS.values()]
    assert len(endings) == len(set(endings))


# The name of a file


def test_name_says_window_filters_version_and_ending(shipped: Dataset) -> None:
    query = asked(
        shipped,
        **{"from": "2022-01-05T14:00", "to": "2022-01-05T17:00"},
        near="almaty-akimat",
        within="250",
        kinds="fire,looting",
    )
    assert file_name("csv", query, shipped) == (
        "almaty-events_2022-01-05-1400-to-2022-01-05-1700_kinds-fire-looting"
        "_near-almaty-akimat_within-250_v1.0.0.csv"
    )


def test_name_without_a_question_is_short(small: Dataset) -> None:
    assert file_name("gpkg", Query(), small) == "almaty-events_v1.0.0.gpkg"


def test_half_open_windows_are_named(small: Dataset) -> None:
    query = asked(small, to="2022-01-05T14:00")
    assert "start-to-2022-01-05-1400" in file_name("csv", query, small)


@pytest.mark.parametrize(
    "words",
    [
        "../../etc/passwd",
        'a/b\\c:d*e?f"g<h>i|j',
        "con",
        "new\nline\ttab\x00nul",
        "-rf",
        "$(reboot) `x` %PATH%",
        "площадь Республики",
        "Әуезов",
        "漢字 😀",
        "x" * 500,
    ],
)
def test_name_is_safe_whatever_is_asked(small: Dataset, words: str) -> None:
    name = file_name("csv", Query(q=words), small)
    assert re.fullmatch(r"almaty-events[A-Za-z0-9._-]*\.csv", name)
    assert ".." not in name
    assert len(name) <= 150


def test_cyrillic_words_are_romanised(small: Dataset) -> None:
    name = file_name("csv", Query(q="площадь"), small)
    assert name.startswith("almaty-events_q-ploshchad_")


@pytest.mark.parametrize(
    ("one", "other"),
    [("漢", "字"), ("a b", "a-b"), ("x" * 300 + "a", "x" * 300 + "b"), ("A", "a")],
)
def test_questions_that_look_alike_have_names_of_their_own(
    small: Dataset, one: str, other: str
) -> None:
    names = {file_name("csv", Query(q=words), small) for words in (one, other)}
    assert len(names) == 2


def test_unknown_format_has_no_name(small: Dataset) -> None:
    with pytest.raises(KeyError):
        file_name("docx", Query(), small)


# The question in words


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "All events"),
        ({"q": "gas price"}, "Any time; with the words “gas price”"),
        ({"from": cast.FROM}, "From 5 January 2022, 14:00 on"),
        ({"to": cast.TO}, "Everything up to 5 January 2022, 16:00"),
        (
            {"from": cast.FROM, "to": cast.TO, "mode": "sofar"},
            "Everything up to 5 January 2022, 16:00",
        ),
        (
            {"from": "2022-01-04T21:00", "to": "2022-01-05T00:30"},
            "4 January 2022, 21:00 – 5 January 2022, 00:30",
        ),
        (
            {"from": "2022-01-05T00:00", "to": "2022-01-06T00:00"},
            "5 January 2022, 00:00–24:00",
        ),
        (
            {"near": "square", "within": "1500"},
            "Any time; within 1,500 m of Square",
        ),
        ({"place": "square,taraz"}, "Any time; at Square, Taraz"),
        ({"kinds": "clash,fire"}, "Any time; kinds: Clash, Fire"),
        ({"by": "observed"}, "Any time; who says so: the authors saw it"),
        (
            {"corroboration": "none"},
            "Any time; what others say: not confirmed by another source",
        ),
        ({"actor": "police"}, "Any time; with “police” taking part"),
        ({"contested": "1"}, "Any time; only where sources contradict each other"),
        ({"independent": "1"}, "Any time; only what an independent source supports"),
        (
            {"possible": "1"},
            "Any time; also events that are only possible in the window",
        ),
    ],
)
def test_question_is_said_in_words(
    small: Dataset, params: dict[str, str], words: str
) -> None:
    assert question_words(asked(small, **params), small, ENGLISH) == words


def test_choice_of_ids_is_said_too(small: Dataset) -> None:
    query = Query(only=("night-fires",))
    assert question_words(query, small, ENGLISH) == "Any time; a choice of 1 event"
