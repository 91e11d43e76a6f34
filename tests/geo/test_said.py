"""Messages are English text, and can be said in another language all the same."""

import ast
import copy
import math
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, field_validator

from geo.ingest import ZoneWanted
from geo.model import (
    ClaimRow,
    EventRow,
    EvidenceRow,
    Issued,
    LegRow,
    MomentRow,
    Origin,
    PlaceRow,
    RouteRow,
    SourceItem,
    StreetRow,
)
from geo.problems import Problem, explain
from geo.reasons import REASONS
from geo.said import Message, Quote, or_quote, said, said_n, sentences
from geo.story import Chapter, Count, Question, View
from geo.texts import LANGUAGES, Texts
from tests.test_messages import collected

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = [
    "cli",
    "nominatim",
    "reading",
    "cells",
    "model",
    "story",
    "geometry",
    "timemap/tiles",
    "timemap/cube/reading",
]
RUSSIAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
" && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{value} is not one of: {choices}"
msgstr "{choices}: здесь нет {value}"

msgid "{file} has {n} row"
msgid_plural "{file} has {n} rows"
msgstr[0] "в {file} {n} строка"
msgstr[1] "в {file} {n} строки"
msgstr[2] "в {file} {n} строк"

msgid "not JSON: {reason}"
msgstr "не JSON: {reason}"

msgid "is {size} MB"
msgstr "{size} МБ"

msgid "“{text}”"
msgstr "«{text}»"

msgid "{text} – not translated"
msgstr "{text} – не переведено"
"""

SHIPPED = {language: Texts(language) for language in LANGUAGES}
hostile = st.text() | st.sampled_from(
    ["{x}", "{value}", "{0}", "{", "}}", "%s", "%(x)s", "{value.__class__}", ""]
)


@pytest.fixture
def russian(tmp_path: Path) -> Texts:
    path = tmp_path / "ru" / "messages.po"
    path.parent.mkdir()
    path.write_text(RUSSIAN, encoding="utf-8")
    return Texts("ru", directory=tmp_path)


def not_one_of(value: str = '"x"') -> Message:
    return said("{value} is not one of: {choices}", value=value, choices=["a", "b"])


@given(hostile, hostile)
def test_in_english_it_is_the_filled_template(value: str, other: str) -> None:
    template = "{value} is before {column}: no {{braces}}"
    message = said(template, value=value, column=other)
    assert message == template.format(value=value, column=other)
    assert Texts("en").say(message) == message


@given(hostile)
def test_text_that_fills_a_place_stays_text_in_every_language(value: str) -> None:
    inner = said("{value} is not text", value=value)
    for language in LANGUAGES:
        texts = SHIPPED[language]
        assert value in texts.say(inner)
        assert value in texts.say(said("not JSON: {reason}", reason=inner))


@given(hostile, st.integers(0, 2_000_000))
def test_it_survives_pickle_and_copy(value: str, n: int) -> None:
    inner = said_n("{file} has {n} row", "{file} has {n} rows", n, file=value)
    message = said("not JSON: {reason}", reason=inner)
    for again in (pickle.loads(pickle.dumps(message)), copy.deepcopy(message)):
        assert (again, again.template) == (message, message.template)
        kept = again.values["reason"]
        assert isinstance(kept, Message)
        assert (kept, kept.number) == (inner, n)


def test_it_equals_and_hashes_as_its_text() -> None:
    text = '"x" is not one of: a, b'
    assert not_one_of() == text
    assert {text: 1}[not_one_of()] == 1
    assert f"{not_one_of()}" == text


@pytest.mark.parametrize("error", [ValueError, LookupError])
def test_an_error_gives_it_back_as_it_was(error: type[Exception]) -> None:
    assert isinstance(str(error(not_one_of())), Message)


def test_it_comes_through_pydantic() -> None:
    class Row(BaseModel):
        kind: str

        @field_validator("kind")
        @classmethod
        def _refuse(cls, value: str) -> str:
            raise ValueError(not_one_of(value))

    with pytest.raises(ValidationError) as caught:
        Row(kind="x")
    ((column, message),) = explain(caught.value)
    assert (column, isinstance(message, Message)) == ("kind", True)


def test_a_zone_that_is_wanted_comes_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(ZoneWanted("a.csv", 3, '"2022-01-05"')))
    assert (again.name, again.count, again.example) == ("a.csv", 3, '"2022-01-05"')
    assert isinstance(str(again), Message)


def test_another_language_may_order_the_places_otherwise(russian: Texts) -> None:
    assert russian.say(not_one_of()) == 'a, b: здесь нет "x"'


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "в a.csv 1 строка"),
        (3, "в a.csv 3 строки"),
        (11, "в a.csv 11 строк"),
        (5000, "в a.csv 5\xa0000 строк"),
    ],
)
def test_a_number_chooses_the_form(russian: Texts, n: int, words: str) -> None:
    message = said_n("{file} has {n} row", "{file} has {n} rows", n, file="a.csv")
    assert russian.say(message) == words


def test_a_message_in_a_message_is_said_too(russian: Texts) -> None:
    message = said("not JSON: {reason}", reason=not_one_of())
    assert russian.say(message) == 'не JSON: a, b: здесь нет "x"'


def test_messages_in_a_list_are_said_too(russian: Texts) -> None:
    inner = said_n("{file} has {n} row", "{file} has {n} rows", 1, file="a.csv")
    message = said("{value} is not one of: {choices}", value="x", choices=[inner, "b"])
    assert russian.say(message) == "в a.csv 1 строка, b: здесь нет x"


def test_a_number_that_measures_is_written_as_the_language_does(russian: Texts) -> None:
    message = said("is {size} MB", size=58.3)
    assert (message, russian.say(message)) == ("is 58.3 MB", "58,3 МБ")


def test_what_somebody_else_said_stands_in_quotation_marks(russian: Texts) -> None:
    message = said("not JSON: {reason}", reason=Quote("{odd} thing"))
    assert message == "not JSON: {odd} thing"
    assert russian.say(message) == "не JSON: «{odd} thing»"


def test_plain_text_is_taken_for_a_quote(russian: Texts) -> None:
    assert russian.say("something") == "«something»"
    assert isinstance(or_quote("something"), Quote)
    assert or_quote(not_one_of()).__class__ is Message


def test_what_the_catalogue_lacks_is_marked(russian: Texts) -> None:
    message = said("not JSON: {reason}", reason=said("is {sort} odd", sort="very"))
    assert russian.say(message) == "не JSON: is very odd – не переведено"


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_known_reasons_are_said_without_quotation_marks(language: str) -> None:
    for reason in REASONS:
        assert re.search("[а-я]{3}", SHIPPED[language].say(Quote(reason)))
        assert "«" not in SHIPPED[language].say(Quote(reason))


def test_sentences_follow_each_other(russian: Texts) -> None:
    assert sentences("", "") == ""
    assert sentences("One.", "", "Two.") == "One. Two."
    assert isinstance(sentences(not_one_of(), "Two."), Message)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("a.csv", 3, "kind", "odd"), "a.csv, 3-жол, kind бағаны: «odd»"),
        (Problem("a.csv", 3, None, "odd"), "a.csv, 3-жол: «odd»"),
        (Problem("a.csv", None, "kind", "odd"), "a.csv, kind бағаны: «odd»"),
        (Problem("a.csv", None, None, "odd"), "a.csv: «odd»"),
        (Problem("a.geojson", 3, "kind", "odd"), "a.geojson, 3-нысан, kind сипаты: «odd»"),
        (Problem("a.json", 1234, "kind", "odd"), "a.json, 1234-элемент, kind өрісі: «odd»"),
    ],
)  # fmt: skip
def test_a_problem_names_its_place_in_every_language(
    problem: Problem, words: str
) -> None:
    assert SHIPPED["kk"].say(problem.sentence) == words


def literal(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_no_error_for_people_is_raised_with_plain_text() -> None:
    files = [ROOT / "geo" / f"{name}.py" for name in SPOKEN]
    files += sorted((ROOT / "geo/ingest").glob("*.py"))
    files += sorted((ROOT / "geo/cube").glob("*.py"))
    files += sorted((ROOT / "geo/export/handout").glob("*.py"))
    plain = [
        f"{path.name}:{node.lineno}"
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and node.exc.args
        and literal(node.exc.args[-1])
    ]
    assert plain == []


def test_every_template_has_named_places_only() -> None:
    for template in collected():
        names = [
            name for _, name, _, _ in Formatter().parse(template) if name is not None
        ]
        assert all(name.isidentifier() for name in names), template


def quotes(message: object) -> list[str]:
    """Give what a message quotes of somebody else's words."""
    if isinstance(message, Message):
        return [each for value in message.values.values() for each in quotes(value)]
    return [message] if isinstance(message, Quote) and message not in REASONS else []


@pytest.mark.parametrize(
    "model",
    [
        *(EventRow, EvidenceRow, ClaimRow, MomentRow, PlaceRow, RouteRow, LegRow),
        *(StreetRow, SourceItem, Issued, Origin, Chapter, Count, Question, View),
    ],
)
def test_no_value_of_a_field_is_answered_in_words_of_others(
    model: type[BaseModel],
) -> None:
    values: list[object] = [
        None,
        True,
        -1,
        1.5,
        10**400,
        math.inf,
        math.nan,
        "x",
        "",
        "2022-13",
    ]
    values += [[], [1], ["x"], [[]], [[1, 2, 3, 4]], [["x"]], [[1.5]], {}, {"x": 1}]
    values += [[[2022, 13]], [[10**400]], [[2022], [2022], [2022]], [["9" * 5000]]]
    for name, field in model.model_fields.items():
        for value in values:
            try:
                model.model_validate({field.alias or name: value})
            except ValidationError as error:
                for column, message in explain(error):
                    assert isinstance(message, Message), (name, value, message)
                    assert quotes(message) == [], (name, value, column)
