"""Every text of the data stands in three languages and says the same."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from geo.dataset import DATA_DIR

KAZAKH = set("әғқңөұүһі")
# Bounds on how much longer or shorter a translation of a sentence may be.
SHORTEST, LONGEST = 0.5, 2.2


class Pair(NamedTuple):
    """A text and its translation."""

    file: str
    where: str
    english: str
    russian: str
    kazakh: str


def objects(value: object, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk all objects of a JSON document."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            yield from objects(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from objects(inner, f"{path}[{place}]")


def rows_of(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give whatever may hold texts, and where it stands."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield f"row {number}", row
    else:
        yield from objects(json.loads(path.read_text(encoding="utf-8")), "")


def items(cell: object) -> list[str]:
    """Give the texts of a cell: a list's, a cell's parts, or the one."""
    if isinstance(cell, list):
        return [str(item) for item in cell]
    return [item for item in str(cell or "").split(" | ") if item]


def pairs() -> Iterator[Pair]:
    for path in sorted(DATA_DIR.iterdir()):
        if path.suffix == ".md":
            continue
        for where, row in rows_of(path):
            for name in row:
                if not name.endswith("_ru"):
                    continue
                field = name.removesuffix("_ru")
                english = items(row.get(field, row.get(f"{field}_en")))
                russian, kazakh = items(row[name]), items(row[f"{field}_kk"])
                assert len(english) == len(russian) == len(kazakh), (path, where, field)
                for texts in zip(english, russian, kazakh, strict=True):
                    yield Pair(path.name, f"{where} {field}", *texts)


PAIRS = list(pairs())
PROSE = [pair for pair in PAIRS if not re.search(r"name$", pair.where)]


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("events.csv", 600),
        ("evidence.csv", 374),
        ("claims.csv", 42),
        ("moments.csv", 10),
        ("locations.geojson", 131),
        ("routes.geojson", 25),
        ("sources.json", 1),
        ("story.json", 140),
        ("streets.geojson", 81),
    ],
)
def test_every_file_is_translated(file: str, least: int) -> None:
    assert sum(pair.file == file for pair in PAIRS) >= least


@pytest.mark.parametrize("language", ["russian", "kazakh"])
def test_every_number_survives(language: str) -> None:
    def digits(text: str) -> list[str]:
        # "2,000" is "2 000" elsewhere, "the 5th" may be "5 January".
        joined = re.sub(r"(?<=\d)[,.\s\u00a0](?=\d{3}\b)", "", text)
        return sorted(re.findall(r"\d+", joined))

    lost = [
        (pair.file, pair.where, pair.english, getattr(pair, language))
        for pair in PROSE
        if not set(digits(pair.english)) <= set(digits(getattr(pair, language)))
    ]
    assert lost == []


def test_long_kazakh_texts_have_kazakh_letters() -> None:
    plain = [
        pair.where
        for pair in PROSE
        if len(pair.kazakh) > 80 and not KAZAKH & set(pair.kazakh.lower())
    ]
    assert plain == []


def test_russian_texts_have_no_kazakh_letters() -> None:
    strange = [pair.russian for pair in PROSE if KAZAKH & set(pair.russian.lower())]
    assert strange == []


@pytest.mark.parametrize("language", ["russian", "kazakh"])
def test_no_sentence_was_left_in_english(language: str) -> None:
    left = [
        (pair.file, pair.where)
        for pair in PROSE
        if re.search(r"\b(?:the|and|of|was|were|said)\b", getattr(pair, language))
    ]
    assert left == []


@pytest.mark.parametrize("language", ["russian", "kazakh"])
def test_a_translation_is_about_as_long(language: str) -> None:
    strange = [
        (pair.file, pair.where, pair.english, getattr(pair, language))
        for pair in PROSE
        if len(pair.english) > 60
        and not SHORTEST < len(getattr(pair, language)) / len(pair.english) < LONGEST
    ]
    assert strange == []


@pytest.mark.parametrize("language", ["russian", "kazakh"])
def test_one_actor_has_one_name(language: str) -> None:
    names: dict[str, set[str]] = {}
    for pair in PAIRS:
        if pair.where.endswith(" actors"):
            names.setdefault(pair.english, set()).add(getattr(pair, language))
    assert {name: found for name, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    "word", ["(?<!анти)террорист", "мятеж", "бунтовщик", "силовик", "признал", "бандит"]
)
def test_words_of_one_side_stand_in_quotation_marks(word: str) -> None:
    bare = [
        (pair.where, pair.russian)
        for pair in PROSE
        if re.search(word, re.sub(r"«[^»]*»", "", pair.russian).lower())
    ]
    assert bare == []
