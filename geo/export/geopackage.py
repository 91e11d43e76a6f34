"""Events, places and legs as a GeoPackage, for GIS programs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import geopandas as gpd
import pandas as pd

from geo.dataset import Dataset
from geo.export.chosen import Chosen, choose
from geo.export.geodata import about, event_fields, legs
from geo.frames import CRS
from geo.query import Query
from geo.texts import Texts

_PLACE_FIELDS = (
    "name_en",
    "name_ru",
    "name_kk",
    "kind",
    "precision",
    "radius_m",
    "address",
    "confidence",
    "source",
    "note",
    "street",
)


def to_geopackage(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write three layers and a table ``metadata`` of what the file is.

    Layers are ``events``, ``places`` and ``route_legs``. Times stand twice:
    as text on Almaty's clock, and in ``start_utc`` and ``end_utc`` as the
    times in UTC by which a GIS program can filter.
    """
    chosen = choose(dataset, query, texts)
    fields = about(chosen.imprint, query, texts)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.gpkg"
        for name, kind, rows in _layers(chosen):
            _frame(rows).to_file(
                path,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                geometry_type=kind,
                promote_to_multi=kind.startswith("Multi"),
            )
        with closing(sqlite3.connect(path)) as database, database:
            _add_metadata(database, {**fields, "query": urlencode(fields["query"])})
            _settle_dates(database, chosen.imprint.day)
        return path.read_bytes()


def _layers(chosen: Chosen) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Give name, geometry type and rows of each layer."""
    yield "events", "MultiPoint", list(_events(chosen))
    yield "places", "Point", list(_places(chosen))
    yield (
        "route_legs",
        "LineString",
        [{**fields, "geometry": line} for line, fields in legs(chosen)],
    )


def _events(chosen: Chosen) -> Iterator[dict[str, Any]]:
    """Give the rows of the events."""
    for event, row in chosen.events.items():
        yield {
            **event_fields(chosen, event),
            "start_utc": row["start"].tz_convert("UTC"),
            "end_utc": row["end"].tz_convert("UTC"),
            "geometry": row["geometry"],
        }


def _places(chosen: Chosen) -> Iterator[dict[str, Any]]:
    """Give the rows of the places, with how many of the events each has."""
    counts = chosen.by_place()
    for place, row in chosen.places.items():
        yield {
            "id": place,
            **{name: row[name] for name in _PLACE_FIELDS},
            "events": len(counts.get(place, [])),
            "geometry": row["geometry"],
        }


def _frame(rows: Sequence[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Make a frame; one without rows still has an id and a geometry."""
    frame = pd.DataFrame(list(rows), columns=None if rows else ["id", "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _add_metadata(database: sqlite3.Connection, fields: Mapping[str, str]) -> None:
    """Add a table without geometry, and enter it in the list of contents."""
    database.execute(
        "CREATE TABLE metadata (fid INTEGER PRIMARY KEY, key TEXT NOT NULL, value TEXT)"
    )
    database.executemany(
        "INSERT INTO metadata (key, value) VALUES (?, ?)", fields.items()
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description)"
        " VALUES ('metadata', 'attributes', 'metadata', ?)",
        (fields["licence"],),
    )


def _settle_dates(database: sqlite3.Connection, day: date) -> None:
    """Date the layers by the data's version: the same question, the same bytes."""
    database.execute(
        "UPDATE gpkg_contents SET last_change = ?", (f"{day}T00:00:00.000Z",)
    )
