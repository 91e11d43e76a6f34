"""The made-up events as a Dataset of this project, made from columns at once."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from bench.rows import made_up
from geo.dataset import Dataset, load
from geo.frames import CRS
from geo.timeline import ALMATY, span_of
from geo.vocab import GROUP_OF, Kind, Scope, TimePrecision


def dataset(size: int) -> Dataset:
    """Return a Dataset of `size` events, each at a place of its own.

    The streets, the sources and the vocabulary are the shipped ones.
    """
    base = load()
    rows = made_up(size)
    events, places = _events(base, rows), _places(base, rows)
    return replace(
        base,
        events=events,
        places=places,
        routes=base.routes.iloc[:0],
        legs=base.legs.iloc[:0],
        evidence=base.evidence.iloc[:0],
        claims=base.claims.iloc[:0],
        moments=base.moments.iloc[:0],
        chapters=(),
        span=span_of(events["earliest_min"], events["latest_min"]),
    )


def _events(base: Dataset, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Copy a shipped event for all columns that do not matter, vary the rest."""
    size = len(rows)
    pattern = base.events.iloc[0].drop("geometry")
    frame = pd.DataFrame(
        {
            name: pd.Series([value] * size, dtype="object")
            for name, value in pattern.items()
        }
    )
    kinds = np.array([kind.value for kind in Kind], dtype=object)
    kind = kinds[rows["n"].to_numpy() % len(kinds)]
    groups = {each.value: group.value for each, group in GROUP_OF.items()}
    moment = rows["start"].dt.tz_localize(ALMATY)
    minute = rows["start"].to_numpy().astype("datetime64[m]").astype("int64")
    for name in ("start", "end", "earliest", "latest"):
        frame[name] = moment
        frame[f"{name}_min"] = minute
    for name in ("summary", "note", "route", "summary_ru", "summary_kk"):
        frame[name] = ""
    for name in ("title", "title_ru", "title_kk"):
        frame[name] = rows["title"].astype("object")
    frame["kind"] = kind
    frame["group"] = [groups[each] for each in kind]
    frame["scope"] = Scope.MAPPED.value
    frame["time_precision"] = TimePrecision.MINUTE.value
    frame["places"] = [(place,) for place in rows["id"]]
    frame["contradictions"] = [()] * size
    return _located(frame, rows, base.events)


def _places(base: Dataset, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """One place an event, beside the city itself."""
    pattern = base.places[base.places["marked"]].iloc[0].drop("geometry")
    frame = pd.DataFrame(
        {name: [value] * len(rows) for name, value in pattern.items()}
    ).assign(radius_m=30.0, precision="exact", street="", marked=True)
    for language in ("en", "ru", "kk"):
        frame[f"name_{language}"] = rows["title"].astype("object")
    made = _located(frame, rows, base.places)
    return gpd.GeoDataFrame(
        pd.concat([base.places.loc[[base.home]], made]), crs=CRS
    ).rename_axis("id")


def _located(
    frame: pd.DataFrame, rows: pd.DataFrame, pattern: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Put the rows' points and ids to a frame; columns and types as in a pattern."""
    typed = frame.astype(pattern.dtypes.drop("geometry").to_dict())
    points = gpd.points_from_xy(rows["lon"], rows["lat"], crs=CRS)
    index = pd.Index(rows["id"].astype("object"), name="id")
    made = gpd.GeoDataFrame(typed, geometry=points).set_index(index)
    return made[pattern.columns]
