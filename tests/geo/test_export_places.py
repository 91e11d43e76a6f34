import json
import uuid
from pathlib import Path
from typing import Any

import geopandas as gpd
import jsonschema  # type: ignore[import-untyped]  # stubs are not installed
import pytest

from geo.dataset import Dataset, load
from geo.export.linked_places import place_uri
from geo.query import Query
from tests import cast
from tests.exports import ODD, asked, odd_dataset, rendered, window, written

# What the format's description of 4 September 2022 requires, and the shapes
# that the World Historical Gazetteer's own schema (1.2) insists on.
CITED = {"required": ["label"], "properties": {"label": {"type": "string"}}}
NAME = {
    "type": "object",
    "required": ["toponym"],
    "additionalProperties": False,
    "properties": {
        "toponym": {"type": "string", "minLength": 1},
        "lang": {"type": "string", "pattern": "^[a-z]{2}$"},
        "citations": {"type": "array", "items": CITED, "minItems": 1},
    },
}
POINT = {
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {"type": "array", "minItems": 2, "maxItems": 2},
        "certainty": {"enum": ["certain", "less-certain", "uncertain"]},
    },
}
FEATURE = {
    "type": "object",
    "required": ["@id", "type", "properties", "names", "types", "geometry"],
    "additionalProperties": False,
    "properties": {
        "@id": {"type": "string", "format": "uri"},
        "type": {"const": "Feature"},
        "properties": {
            "required": ["title"],
            "properties": {"title": {"type": "string", "minLength": 1}},
        },
        "names": {
            "type": "array",
            "items": NAME,
            "minItems": 1,
            "contains": {"required": ["citations"]},
        },
        "types": {
            "type": "array",
            "items": {
                "required": ["identifier", "label"],
                "properties": {"identifier": {"pattern": "^aat:3[0-9]{8}$"}},
            },
        },
        "geometry": {
            "required": ["type", "geometries"],
            "properties": {
                "type": {"const": "GeometryCollection"},
                "geometries": {"type": "array", "items": POINT},
            },
        },
        "descriptions": {"type": "array", "items": {"required": ["value"]}},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["type", "@context", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "@context": {"type": "string", "pattern": "linkedplaces-context-v1"},
        "features": {"type": "array", "items": FEATURE},
    },
}


def gazetteer(dataset: Dataset, query: Query | None = None) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(rendered("linked-places", dataset, query))
    return content


def by_id(collection: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["properties"]["id"]: each for each in collection["features"]}


def test_gazetteer_has_what_the_format_requires(shipped: Dataset) -> None:
    jsonschema.validate(gazetteer(shipped), SCHEMA)


def test_without_a_question_it_is_the_whole_gazetteer(shipped: Dataset) -> None:
    assert list(by_id(gazetteer(shipped))) == list(shipped.places.index)


def test_question_leaves_the_places_that_its_events_name(small: Dataset) -> None:
    assert list(by_id(gazetteer(small, asked(small, q="alert")))) == ["taraz"]


def test_ends_of_a_chosen_march_come_along(tmp_path: Path) -> None:
    line = [[76.9, 43.2], [76.93, 43.2]]
    legs = [cast.leg("walk-1", line, from_place="arena", to_place="monument")]
    events = [cast.event("a", cast.at("10:00"), cast.at("11:00"), route="walk")]
    data = load(cast.write(tmp_path, events=events, legs=legs))
    found = by_id(gazetteer(data, asked(data, kinds="gathering")))
    assert set(found) == {"square", "arena", "monument"}


def test_names_come_in_three_languages(shipped: Dataset) -> None:
    names = by_id(gazetteer(shipped))["republic-square"]["names"]
    assert [name["lang"] for name in names] == ["en", "ru", "kk"]
    assert names[2]["toponym"] == "Республика алаңы"


def test_place_without_a_position_has_no_geometry_and_says_why(small: Dataset) -> None:
    hospital = by_id(gazetteer(small))["hospital"]
    assert hospital["geometry"]["geometries"] == []
    assert hospital["descriptions"][0]["value"] == "Address not known."


@pytest.mark.parametrize(
    ("precision", "confidence", "certainty"),
    [
        ("exact", "high", "certain"),
        ("exact", "medium", "less-certain"),
        ("vicinity", "high", "less-certain"),
        ("district", "low", "uncertain"),
    ],
)
def test_position_says_how_sure_it_is(
    tmp_path: Path, precision: str, confidence: str, certainty: str
) -> None:
    square = cast.place(
        "square", [76.9, 43.2], precision=precision, confidence=confidence
    )
    event = cast.event("a", cast.at("10:00"), cast.at("11:00"))
    data = load(cast.write(tmp_path, events=[event], places=[square], home=None))
    (point,) = by_id(gazetteer(data))["square"]["geometry"]["geometries"]
    assert point["certainty"] == certainty


def test_uri_of_a_place_is_permanent() -> None:
    # Worked out once with Python's uuid; a change would break every link.
    assert place_uri("republic-square") == (
        "urn:uuid:ca482085-9492-57f3-ad2b-14938a564bcf"
    )
    assert uuid.UUID(place_uri("almaty-akimat")).version == 5


def test_gazetteer_says_question_version_licence_and_credit(small: Dataset) -> None:
    collection = gazetteer(small, window(small))
    assert collection["question"] == "5 January 2022, 14:00–16:00"
    assert collection["data_version"] == "1.0.0"
    assert "ODbL" in collection["licence"]
    assert "© somebody" in collection["credit"]


def test_gdal_opens_the_gazetteer(shipped: Dataset, tmp_path: Path) -> None:
    frame = gpd.read_file(written(tmp_path, "linked-places", shipped), engine="pyogrio")
    assert list(frame["title"]) == list(shipped.places["name_en"])


def test_odd_names_stay_as_they_are(tmp_path: Path) -> None:
    square = by_id(gazetteer(odd_dataset(tmp_path)))["square"]
    assert square["names"][0]["toponym"] == ODD
