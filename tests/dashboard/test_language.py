"""Which language a reader gets."""

import pytest

from dashboard.language import NAMES, dropped_of, language_of
from geo.texts import LANGUAGES


def test_every_language_has_a_name_of_its_own() -> None:
    assert tuple(NAMES) == LANGUAGES


def test_the_address_comes_first() -> None:
    assert language_of({"lang": "ru"}, {"lang": "kk"}, "en-GB") == "kk"


def test_what_the_address_said_is_remembered() -> None:
    session: dict[int | str, object] = {}
    language_of(session, {"lang": "kk"}, "ru")
    assert language_of(session, {}, "ru") == "kk"


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("kk-KZ", "kk"),
        ("ru", "ru"),
        ("RU-ru", "ru"),
        ("en-US", "en"),
        ("de-DE", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_without_a_choice_the_browser_decides(
    browser: str | None, language: str
) -> None:
    session: dict[int | str, object] = {}
    assert language_of(session, {}, browser) == language
    assert session == {}


def test_a_language_there_is_not_is_named_and_changes_nothing() -> None:
    params = {"lang": "xx"}
    assert language_of({}, params, "kk") == "kk"
    dropped = dropped_of(params)
    assert dropped
    assert (dropped.name, dropped.value) == ("lang", "xx")
    assert dropped.choices == "en, ru, kk"


@pytest.mark.parametrize("params", [{}, {"lang": ""}, {"lang": "kk"}])
def test_a_known_language_is_not_dropped(params: dict[str, str]) -> None:
    assert dropped_of(params) is None
