"""How the translator says messages, labels and times."""

from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path

import pytest

from geo import vocab
from geo.labels import LABELS
from geo.texts import LANGUAGES, Texts
from geo.timeline import ALMATY

RUSSIAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
" && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{n} event"
msgid_plural "{n} events"
msgstr[0] "{n} событие"
msgstr[1] "{n} события"
msgstr[2] "{n} событий"

msgid "March"
msgstr "Шествие"

msgid "Fire"
msgstr ""

#, fuzzy
msgid "Clash"
msgstr "Догадка"
"""


@pytest.fixture
def russian(tmp_path: Path) -> Texts:
    path = tmp_path / "ru" / "messages.po"
    path.parent.mkdir()
    path.write_text(RUSSIAN, encoding="utf-8")
    return Texts("ru", directory=tmp_path)


@pytest.fixture
def english() -> Texts:
    return Texts("en")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2022, 1, day, hour, minute, tzinfo=ALMATY)


def test_a_message_without_a_catalogue_is_its_own_translation(english: Texts) -> None:
    assert english.t("{n} of {total} events", n=12, total=139) == "12 of 139 events"


def test_braces_in_what_is_filled_in_stay_as_they_are(english: Texts) -> None:
    hostile = "{n.__class__} {{ }} ${x}"
    assert english.t("About {title}", title=hostile) == f"About {hostile}"


def test_a_translated_message_is_said_in_the_language(russian: Texts) -> None:
    assert russian.t("March") == "Шествие"


def test_a_message_with_an_empty_translation_stays_english(russian: Texts) -> None:
    assert russian.t("Fire") == "Fire"


def test_a_fuzzy_translation_is_not_used(russian: Texts) -> None:
    assert russian.t("Clash") == "Clash"


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "1 событие"), (3, "3 события"), (11, "11 событий"), (21, "21 событие")],
)
def test_russian_numbers_take_three_forms(russian: Texts, n: int, said: str) -> None:
    assert russian.n("{n} event", "{n} events", n) == said


def test_a_large_number_has_the_separators_of_the_language(english: Texts) -> None:
    assert english.n("{n} person", "{n} people", 20000) == "20,000 people"


@pytest.mark.parametrize(
    ("value", "words"),
    [(313e6, "313 million"), (2.5e9, "2.5 billion"), (20000, "20,000")],
)
def test_a_large_sum_is_said_in_words(english: Texts, value: float, words: str) -> None:
    assert english.round_number(value) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [((2022,), "2022"), ((2022, 1), "January 2022"), ((2022, 1, 9), "9 January 2022")],
)
def test_a_date_is_said_as_far_as_it_is_known(
    english: Texts, parts: tuple[int, ...], words: str
) -> None:
    assert english.partial_date(*parts) == words


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'de' is not one of en, ru, kk"):
        Texts("de")


ENUMS = [
    member
    for member in vars(vocab).values()
    if isinstance(member, type)
    and issubclass(member, StrEnum)
    and member is not StrEnum
]


@pytest.mark.parametrize("enum", ENUMS)
def test_every_word_of_a_vocabulary_has_a_label_and_no_label_is_left_over(
    enum: type[StrEnum],
) -> None:
    assert set(LABELS[enum]) == {member.value for member in enum}


def test_equal_words_of_two_vocabularies_keep_their_own_labels(english: Texts) -> None:
    said = {
        english.label(vocab.Corroboration.INDEPENDENT),
        english.label(vocab.TimeBasis.INDEPENDENT),
    }
    assert len(said) == 2


def test_a_label_is_translated(russian: Texts) -> None:
    assert russian.label(vocab.Kind.MARCH) == "Шествие"


def test_a_text_of_the_language_goes_before_the_first_language(russian: Texts) -> None:
    assert (
        russian.field({"title": "March", "title_ru": "Шествие"}, "title") == "Шествие"
    )


def test_a_text_that_lacks_its_translation_is_marked(russian: Texts) -> None:
    place = {"name_en": "Arena", "name_ru": ""}
    assert russian.field(place, "name") == "Arena – not translated"
    row = {"actors": ("crowd", "police"), "actors_ru": ()}
    assert russian.listed(row, "actors") == (
        "crowd – not translated",
        "police – not translated",
    )


def test_texts_that_nobody_translates_are_not_marked(russian: Texts) -> None:
    assert russian.field({"title": "Rally"}, "title") == "Rally"
    assert russian.listed({"actors": ("crowd",)}, "actors") == ("crowd",)
    assert russian.field({"note": "", "note_ru": ""}, "note") == ""


def test_a_list_is_given_in_its_language(russian: Texts) -> None:
    row = {"actors": ("crowd",), "actors_ru": ("толпа",), "actors_kk": ("топ",)}
    assert russian.listed(row, "actors") == ("толпа",)
    assert Texts("en").listed(row, "actors") == ("crowd",)


def test_a_day_is_said_in_the_language(russian: Texts) -> None:
    # CLDR sets a narrow no-break space before the abbreviated "year".
    said = russian.day(date(2022, 1, 5)).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert said == "5 января 2022 г."


def test_a_moment_is_said_on_almatys_clock_whatever_its_zone(english: Texts) -> None:
    in_new_york = datetime(2022, 1, 4, 20, 14, tzinfo=timezone(timedelta(hours=-5)))
    assert english.moment(in_new_york) == "5 January 2022, 07:14"


def test_a_time_without_a_zone_is_refused(english: Texts) -> None:
    with pytest.raises(ValueError, match="has no offset"):
        english.moment(datetime(2022, 1, 5, 7, 14))  # noqa: DTZ001 - the case under test


WORDS = [
    ("minute", at(5, 14, 57), at(5, 14, 57), "5 January 2022, 14:57"),
    ("minute", at(5, 14, 57), at(5, 15, 40), "5 January 2022, 14:57–15:40"),
    ("minute", at(5, 23), at(6, 1, 5), "5 January 2022, 23:00 – 6 January 2022, 01:05"),
    ("hour", at(5, 14), at(5, 15), "5 January 2022, about 14:00–15:00"),
    ("hour", at(5, 14), at(5, 14), "5 January 2022, about 14:00"),
    ("hour", at(5, 23), at(6, 0), "5 January 2022, about 23:00–24:00"),
    (
        "hour",
        at(4, 23),
        at(5, 2),
        "about 4 January 2022, 23:00 – 5 January 2022, 02:00",
    ),
    (
        "part-of-day",
        at(5, 12),
        at(5, 18),
        "5 January 2022, some time between 12:00 and 18:00",
    ),
    ("part-of-day", at(5, 12), at(5, 12), "5 January 2022, some time around 12:00"),
    (
        "part-of-day",
        at(4, 22),
        at(5, 6),
        "some time between 4 January 2022, 22:00 and 5 January 2022, 06:00",
    ),
    (
        "part-of-day",
        at(4, 22),
        at(6, 0),
        "some time between 4 January 2022, 22:00 and 5 January 2022, 24:00",
    ),
    ("day", at(5, 0), at(6, 0), "some time on 5 January 2022"),
    ("day", at(5, 12), at(5, 12), "some time on 5 January 2022"),
    ("day", at(5, 0), at(9, 0), "some time between 5 and 8 January 2022"),
    (
        "day",
        at(30, 0),
        at(30, 0) + timedelta(days=4),
        "some time between 30 January 2022 and 2 February 2022",
    ),
]


@pytest.mark.parametrize(("precision", "start", "end", "words"), WORDS)
def test_a_span_is_said_as_exactly_as_it_is_known(
    english: Texts, precision: str, start: datetime, end: datetime, words: str
) -> None:
    assert english.span(start, end, start, end, precision) == words


BOUNDS = [
    (at(5, 13), at(5, 15), "at the earliest 13:00, at the latest 15:00"),
    (at(5, 13), at(5, 14, 57), "at the earliest 13:00"),
    (at(5, 14, 57), at(5, 16), "at the latest 16:00"),
    (at(5, 14, 57), at(6, 0), "at the latest 24:00"),
    (
        at(4, 0),
        at(6, 1),
        "at the earliest 4 January 2022, at the latest 6 January 2022, 01:00",
    ),
    (at(5, 14, 57), at(7, 0), "at the latest 6 January 2022"),
]


@pytest.mark.parametrize(("earliest", "latest", "words"), BOUNDS)
def test_bounds_are_named_where_they_are_wider(
    english: Texts, earliest: datetime, latest: datetime, words: str
) -> None:
    instant = at(5, 14, 57)
    said = english.span(instant, instant, earliest, latest, "minute")
    assert said == f"5 January 2022, 14:57 ({words})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("precision", list(vocab.TimePrecision))
def test_every_language_can_say_every_precision(
    language: str, precision: vocab.TimePrecision
) -> None:
    said = Texts(language).span(at(4, 22), at(5, 6), at(4, 0), at(7, 0), precision)
    assert "2022" in said
    assert "{" not in said


def test_kazakh_writes_a_time_as_its_newspapers_do() -> None:
    at = datetime(2022, 1, 5, 14, 50, tzinfo=ALMATY)
    kazakh = Texts("kk")
    assert kazakh.when(at, at, "hour") == "5 қаңтар 2022 ж., шамамен 14:50"
    assert kazakh.weekday(at) == "сәрсенбі, 5 қаңтар 2022 ж."
    assert kazakh.partial_date(2022, 1) == "қаңтар 2022 ж."


def test_russian_writes_a_time_as_its_newspapers_do() -> None:
    at = datetime(2022, 1, 5, 14, 50, tzinfo=ALMATY)
    said = Texts("ru").when(at, at, "hour").replace("\u202f", " ").replace("\xa0", " ")
    assert said == "5 января 2022 г., около 14:50"
