"""The kinds of file we read, and what their columns are called.

A CSV is known by its header. Names are compared without case, accents, and
the difference of blank, hyphen and underscore.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from geo.folding import fold
from geo.model import EventRow
from geo.said import said


class FileKind(StrEnum):
    """What a file is, by the name it has on the command line."""

    EVENTS = "events"
    TABLE = "table"
    ACLED = "acled"
    GEOJSON = "geojson"
    TIMEMAP = "timemap"


ABOUT: Mapping[FileKind, str] = MappingProxyType(
    {
        FileKind.EVENTS: said("our own events.csv"),
        FileKind.TABLE: said("a CSV with title, date, and lat and lon or a place"),
        FileKind.ACLED: said("a CSV of ACLED"),
        FileKind.GEOJSON: said("GeoJSON points with a time"),
        FileKind.TIMEMAP: said("the events JSON of TimeMap"),
    }
)
"""Each kind in a few words."""

JSON_KINDS = frozenset({FileKind.GEOJSON, FileKind.TIMEMAP})

# The first of a field's names that a file has is the one that counts.
_COMMON = {
    "id": "id|event id|identifier|uuid|код",
    "title": "title|name|headline|event|event title|название|заголовок|событие"
    "|атауы|тақырып|оқиға",
    "summary": "summary|description|details|описание|сипаттама",
    "date": "date|event date|day|datetime|date time|timestamp|when|дата|дата и время"
    "|күні",
    "time": "time|clock|время|уақыты",
    "start": "start|start time|start date|begin|from|начало|басталуы",
    "end": "end|end time|end date|until|to|конец|окончание|аяқталуы",
    "earliest": "earliest",
    "latest": "latest",
    "lat": "lat|latitude|y|широта|ендік",
    "lon": "lon|lng|long|longitude|x|долгота|бойлық",
    "place": "place|place name|location|venue|address|city|town|место|адрес|город"
    "|орны|мекенжай|қала",
    "source": "source|sources|url|link|источник|источники|дереккөз",
    "note": "note|notes|comment|comments|примечание|ескерту",
}
_COMMON |= {
    name: name.replace("_", " ")
    for name in EventRow.model_fields
    if name not in _COMMON
}
_COMMON["kind"] = "kind|вид|түрі"

_NAMES = {
    FileKind.TABLE: _COMMON | {"place": _COMMON["place"] + "|places"},
    # Here the columns of ids, places and sources, are meant by their names.
    FileKind.EVENTS: {
        name: names
        for name, names in _COMMON.items()
        if name not in ("source", "date", "time")
    },
    # GeoJSON programs write a moment under "time", and a position as geometry.
    FileKind.GEOJSON: _COMMON
    | {"date": _COMMON["date"] + "|time", "time": "", "lat": "lat", "lon": "lon"},
    # The columns of ACLED's codebook.
    FileKind.ACLED: {
        "id": "event id cnty",
        "date": "event date",
        "acled_time": "time precision",
        "acled_place": "geo precision",
        "type": "event type",
        "sub_type": "sub event type",
        "actor1": "actor1",
        "assoc1": "assoc actor 1",
        "actor2": "actor2",
        "assoc2": "assoc actor 2",
        "place": "location",
        "lat": "latitude",
        "lon": "longitude",
        "source": "source",
        "summary": "notes",
    },
    # The fields of TimeMap's events, as its own checks of them name them.
    FileKind.TIMEMAP: {
        "id": "id|civid",
        "summary": "description",
        "date": "date",
        "time": "time",
        "place": "location",
        "lat": "latitude",
        "lon": "longitude",
        "source": "sources",
    },
}

_NEEDED = {
    FileKind.EVENTS: [
        [name] for name, each in EventRow.model_fields.items() if each.is_required()
    ],
    FileKind.TABLE: [["title"], ["date", "start"], ["lat", "place"]],
    FileKind.GEOJSON: [["title", "summary"], ["date", "start"]],
    FileKind.ACLED: [["id"], ["date"], ["type"], ["lat"], ["lon"]],
    FileKind.TIMEMAP: [["date"], ["summary"]],
}


def field_columns(kind: FileKind, header: Sequence[str]) -> dict[str, str]:
    """Give the column of each of our fields that a file has."""
    known: dict[str, str] = {}
    for name in header:
        known.setdefault(plain(name), name)
    found: dict[str, str] = {}
    for field, names in _NAMES[kind].items():
        for name in names.split("|"):
            column = known.get(plain(name))
            if column is not None and column not in found.values():
                found[field] = column
                break
    if ("lat" in found) != ("lon" in found):
        found = {
            field: name for field, name in found.items() if field not in ("lat", "lon")
        }
    return found


def missing_columns(kind: FileKind, header: Sequence[str]) -> list[str]:
    """Name the columns without which a file is not of a kind."""
    found = field_columns(kind, header)
    missing = [each for each in _NEEDED[kind] if found.keys().isdisjoint(each)]
    names = ([_name_of(kind, field) for field in each] for each in missing)
    return [
        said("{column} or {other}", column=each[0], other=each[1])
        if len(each) > 1
        else each[0]
        for each in names
    ]


def kind_of_header(header: Sequence[str]) -> FileKind | None:
    """Say which kind of CSV has such a header; None if no kind we know."""
    for kind in (FileKind.ACLED, FileKind.EVENTS, FileKind.TABLE):
        if not missing_columns(kind, header):
            return kind
    return None


def plain(name: str) -> str:
    """Write the name of a column so that it can be compared."""
    return re.sub(r"[\s_-]+", " ", fold(name)).strip()


def _name_of(kind: FileKind, field: str) -> str:
    """Give the name under which a field is best known in a kind of file."""
    name = _NAMES[kind][field].split("|")[0]
    return name if kind is FileKind.GEOJSON else name.replace(" ", "_")
