"""The files in ``data/``, read, cross-checked and frozen as one Dataset.

Every problem in every file is collected and raised once: a `DataError`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd

from geo.checks import Tables, problems_of
from geo.folding import fold
from geo.frames import (
    columns_of,
    events_frame,
    features_frame,
    frame_of,
    legs_frame,
    places_frame,
)
from geo.model import (
    BasemapRow,
    ClaimRow,
    EventRow,
    EvidenceRow,
    LegRow,
    MomentRow,
    PlaceRow,
    RouteRow,
    SourceItem,
    StreetRow,
)
from geo.problems import DataError, Problem
from geo.reading import Table, read_csv, read_features, read_json, read_list
from geo.story import Chapter
from geo.timeline import Window, span_of
from geo.vocab import StreetLayer

__all__ = ["DATA_DIR", "DataError", "Dataset", "Problem", "kept_with", "load"]

Made = TypeVar("Made")

PointFrame = Any
"""A frame with a column ``geometry``: of geopandas, or plain with the columns of
`geo.lean`. No type says so: geopandas has none, pandas' know no cells."""

DATA_DIR = Path(__file__).resolve().parents[1] / "data"

BASEMAP = "basemap.geojson"
"""Local streets of whoever runs this, beside the data."""


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Everything the map knows; nobody writes to its frames.

    In all frames text that is not there is ``""``, a number NaN, a time NaT,
    a list of ids or texts a tuple of str. Times are aware, Asia/Almaty.
    Geometries are WGS84, (lon, lat): shapely's, or None.

    Of a folder events and places are frames of geopandas with plain columns; of
    a file that was read they hold the same in the columns of `geo.lean`, which
    give such cells when they are asked for.
    """

    events: PointFrame
    """Index ``id``, in file order; the columns of events.csv, and ``start_min``,
    ``end_min``, ``earliest_min``, ``latest_min`` (int, minutes on Almaty's wall
    clock), ``group`` (`KindGroup`) and ``scope`` (`Scope`). The geometry is the
    Point or MultiPoint of its marked places, or None."""
    places: PointFrame
    """Index ``id``; the properties of locations.geojson, and ``marked``: has a
    geometry and is neither the home city nor a country."""
    routes: pd.DataFrame
    """Index ``id``; times may be NaT."""
    legs: gpd.GeoDataFrame
    """Index ``leg``, by route and order; geometry only where sketch is line."""
    streets: gpd.GeoDataFrame
    """Index ``id``; the schematic city."""
    evidence: pd.DataFrame
    """Columns ``event, source, adds``: what a source adds to an event."""
    claims: pd.DataFrame
    """The columns of claims.csv; value, low and high are float, datetime or None."""
    moments: pd.DataFrame
    """Index ``id``; the columns of moments.csv, in reading order."""
    sources: Mapping[str, Mapping[str, Any]]
    """CSL-JSON items by id, as they stand in sources.json."""
    chapters: tuple[Chapter, ...]
    """The classroom story, in order; empty if the data tell none."""
    home: str | None
    """Id of the city the map is about: a heading of the list, no marker."""
    span: Window
    """Whole days that hold the bounds of all events."""
    credit: str
    """Whom the streets' coordinates are owed to."""
    basemap: gpd.GeoDataFrame = field(default_factory=gpd.GeoDataFrame)
    """Index ``id``; local streets that replace the schematic ones on screen and
    on paper. Empty in the shipped data: `geo.basemap` makes them."""
    extras: pd.DataFrame = field(default_factory=pd.DataFrame)
    """What else somebody's file says of its events: index ``id``, text only;
    no columns in a folder of ours."""
    file: str = ""
    """Name of the one file that the events were read from; "" for a folder."""
    folder: str = ""
    """Name of a folder that is not ours; "" for our own data, and for a file."""

    @cached_property
    def drawn_streets(self) -> gpd.GeoDataFrame:
        """The streets beneath the map: local ones if there are any."""
        if len(self.basemap):
            return self.basemap
        return self.streets[self.streets["layer"] == StreetLayer.STREET.value]

    def __repr__(self) -> str:
        """Say how much there is: whole frames would flood any log."""
        return (
            f"Dataset({len(self.events)} events, {len(self.places)} places,"
            f" {len(self.routes)} routes)"
        )

    @property
    def owner(self) -> str:
        """Name of the file or the folder of somebody else; "" for our own data."""
        return self.file or self.folder

    @cached_property
    def folded_texts(self) -> tuple[str, ...]:
        """Title, summary and note of each event, all languages, for search."""
        return _folded(self.events, ("title", "summary", "note"))

    @cached_property
    def folded_actors(self) -> tuple[str, ...]:
        """The actors of each event, all languages, for search."""
        actors = self.events.filter(regex=r"^actors(_ru|_kk)?$").map("\n".join)
        return _folded(actors, ("actors",))


def kept_with(make: Callable[[Dataset], Made]) -> Callable[[Dataset], Made]:
    """Keep what is made of a dataset beside it, and no longer than it.

    A cache of the process would keep a reader's own file after the reader left.
    """
    key = f"_kept_{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(dataset: Dataset) -> Made:
        # As `cached_property` does it: the dataclass is frozen, its `vars` are not.
        beside = vars(dataset)
        if key not in beside:
            beside[key] = make(dataset)
        made: Made = beside[key]
        return made

    return kept


def _folded(frame: pd.DataFrame, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Join and fold some fields of each row, in every language they stand in."""
    names = [
        field + ending
        for ending in ("", "_ru", "_kk")
        for field in fields
        if field + ending in frame
    ]
    columns = (frame[name] for name in names)
    return tuple(fold("\n".join(cells)) for cells in zip(*columns, strict=True))


def load(directory: Path = DATA_DIR) -> Dataset:
    """Read and cross-check a folder of data.

    Raises
    ------
    DataError
        With every problem of every file.
    """
    tables, items = _read(Path(directory))
    problems = problems_of(tables)
    if problems:
        raise DataError(problems)
    dataset = _assemble(tables, items)
    if Path(directory).resolve() == DATA_DIR:
        return dataset
    return replace(dataset, folder=Path(directory).resolve().name or "data")


def _read(directory: Path) -> tuple[Tables, list[Mapping[str, Any]]]:
    """Read all files, and give the sources as they stand beside the tables."""
    places = read_features(directory / "locations.geojson", PlaceRow, ["Point"])
    legs = read_features(
        directory / "routes.geojson", LegRow, ["LineString"], id_column="leg"
    )
    sources: Table[SourceItem] = Table("sources.json")
    items = read_json(directory / "sources.json", sources)
    if sources.is_complete:
        sources = read_list(items, SourceItem, sources.file)
    routes: Table[RouteRow] = Table(legs.file, is_complete=False)
    if legs.is_complete:
        routes = read_list(
            legs.members.get("routes"), RouteRow, legs.file, member="routes"
        )
    tables = Tables(
        events=read_csv(
            directory / "events.csv", EventRow, id_column="id", may_be_empty=False
        ),
        evidence=read_csv(directory / "evidence.csv", EvidenceRow, id_column=None),
        claims=read_csv(directory / "claims.csv", ClaimRow, id_column=None),
        moments=read_csv(directory / "moments.csv", MomentRow, id_column="id"),
        places=places,
        routes=routes,
        legs=legs,
        streets=read_features(
            directory / "streets.geojson", StreetRow, ["LineString", "Polygon", "Point"]
        ),
        basemap=_read_basemap(directory / BASEMAP),
        sources=sources,
        chapters=_read_story(directory / "story.json"),
        home=places.members.get("home"),
    )
    return tables, items


def _read_basemap(path: Path) -> Table[BasemapRow]:
    """Read the local streets, which a folder need not have."""
    if not path.exists():
        return Table(path.name)
    return read_features(path, BasemapRow, ["LineString"])


def _read_story(path: Path) -> Table[Chapter]:
    """Read the chapters of the classroom story."""
    table: Table[Chapter] = Table(path.name)
    story = read_json(path, table)
    if not table.is_complete:
        return table
    chapters = story.get("chapters") if isinstance(story, dict) else None
    return read_list(chapters, Chapter, path.name, member="chapters")


def _assemble(tables: Tables, items: list[Mapping[str, Any]]) -> Dataset:
    """Make the frames of tables that are known to agree."""
    home = None if tables.home is None else str(tables.home)
    places = places_frame(tables.places, home)
    routes = tables.routes.rows
    events = events_frame(tables.events, places, home)
    return Dataset(
        events=events,
        places=places,
        routes=frame_of(routes, columns_of(routes, RouteRow)).set_index("id"),
        legs=legs_frame(tables.legs),
        streets=features_frame(tables.streets, StreetRow),
        basemap=features_frame(tables.basemap, BasemapRow),
        evidence=frame_of(tables.evidence.rows, tables.evidence.columns),
        claims=frame_of(tables.claims.rows, tables.claims.columns),
        moments=frame_of(tables.moments.rows, tables.moments.columns).set_index("id"),
        sources=MappingProxyType({item["id"]: item for item in items}),
        chapters=tuple(tables.chapters.rows),
        home=home,
        span=span_of(events["earliest_min"], events["latest_min"]),
        credit=str(tables.streets.members.get("credit", "")),
    )
