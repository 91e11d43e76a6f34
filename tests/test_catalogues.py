"""The catalogues say every message, no other, and fill the same places."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.test_messages import collected

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = {"ru": 3, "kk": 2}
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
# Words that may stay as they are: names of formats, programs, columns and options.
LATIN = re.compile(
    r"\b(?:CSV|GeoJSON|KML|GPX|GeoPackage|BibTeX|LaTeX|CSL-JSON|CSL|TimelineJS|GIS"
    r"|GPS|PNG|SVG|PDF|HTML|ISO|UTC|WGS|URL|OpenStreetMap|ODbL|CC|BY|MIT|A4|Letter"
    r"|JavaScript|html|Linked|Places|JSON|RFC|Excel|US|T\d\d|DejaVu|CHANGELOG|md|LICENSE"
    r"|DATA|data|README|geo|events|csv|Almaty|openDemocracy|python|check|from|export"
    r"|Creative|Commons|Attribution|Open|Database|License|Leaflet|BSD|Page|Down|Up"
    r"|ACLED|TimeMap|UTF|WGS84|FeatureCollection|Feature|Point|Polygon|true|false|http"
    r"|Referer|title|date|place|lat|lon|low|high|claims|routes|count|features|FILE"
    r"|parts|DuckDB|Dask|GeoParquet|Parquet|geopandas|GDAL|WKB|OGC|CRS84|EPSG|start"
    r"|(?<=--)(?:chapter|paper|worksheet|possible|problems|zone|scheduler|engine dask))\b"
)


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "locales" / language / "messages.po").open("rb") as file:
        return read_po(file)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def ids(language: str) -> set[str]:
    return {text for message in messages(language) for text in forms(message.id)}


def forms(texts: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing(language: str) -> None:
    assert collected() - ids(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_idle(language: str) -> None:
    assert ids(language) - collected() == set()
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_every_message_is_filled(language: str) -> None:
    lacking = [
        message.id
        for message in messages(language)
        if message.fuzzy
        or not all(forms(message.string))
        or (
            not isinstance(message.id, str)
            and len(forms(message.string)) != LANGUAGES[language]
        )
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_places_of_its_message(language: str) -> None:
    wrong = []
    for message in messages(language):
        *_, most = forms(message.id)
        for text in forms(message.string):
            # "{n} event" may be "one event", but no form has a place of its own.
            optional = {"n"} if not isinstance(message.id, str) else set()
            if not places(most) - optional <= places(text) <= places(most):
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_was_left_in_english(language: str) -> None:
    def english(text: str) -> str:
        bare = re.sub(r"\{\w+\}", "", text)
        return " ".join(re.findall(r"[A-Za-z]{3,}", LATIN.sub("", bare)))

    left = {
        message.id: text
        for message in messages(language)
        for text in forms(message.string)
        if english(text)
    }
    assert left == {}


def test_the_two_languages_are_not_mixed_up() -> None:
    assert not [
        message.id
        for message in messages("ru")
        if KAZAKH.search("".join(forms(message.string)))
    ]
    texts = ["".join(forms(message.string)) for message in messages("kk")]
    assert sum(bool(KAZAKH.search(text)) for text in texts) > 0.7 * len(texts)
