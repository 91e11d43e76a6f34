"""The numbers of many events: times, codes and places, sorted by start.

Times stand as differences, which are small or nothing: the start to the start
before, the end to the start, the bounds to what they bound. A column of
nothing but zeros is left out.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.dataset import Dataset
from geo.timemap.large.packing import Array, cells_of, narrow
from geo.vocab import (
    COARSE_PRECISIONS,
    Attribution,
    Corroboration,
    Kind,
    TimeBasis,
    TimePrecision,
)

Order = npt.NDArray[np.int64]
"""For each row of the columns, which row of the dataset it is."""

MICRO = 1_000_000

CODES: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "attribution": Attribution,
    "corroboration": Corroboration,
    "time_precision": TimePrecision,
    "time_basis": TimeBasis,
}
"""Columns that hold a word of a closed vocabulary: its number goes over."""


def order_of(dataset: Dataset) -> Order:
    """Sort by start; what begins together keeps the order of the file."""
    starts = dataset.events["start_min"].to_numpy()
    return np.argsort(starts, kind="stable").astype(np.int64)


def event_columns(dataset: Dataset, order: Order) -> dict[str, Array]:
    """Give times and codes of all events, sorted by start."""
    events = dataset.events
    start, end, earliest, latest = (
        events[name].to_numpy()[order]
        for name in ("start_min", "end_min", "earliest_min", "latest_min")
    )
    coarse = [each.value for each in COARSE_PRECISIONS]
    columns = {
        "start": narrow(np.diff(start, prepend=start[:1])),
        "lasts": narrow(end - start),
        "before": narrow(start - earliest),
        "after": narrow(latest - end),
        "coarse": narrow(events["time_precision"].isin(coarse).to_numpy()[order]),
        "order": narrow(order if _moves(order) else np.zeros_like(order)),
    }
    for name, vocabulary in CODES.items():
        columns[name] = codes_of(events[name], vocabulary)[order]
    return {name: column for name, column in columns.items() if column.any()}


def _moves(order: Order) -> bool:
    return bool((order != np.arange(len(order))).any())


def codes_of(words: "pd.Series[Any]", vocabulary: type[StrEnum]) -> Array:
    """Number words by their place in a closed vocabulary.

    Raises
    ------
    ValueError
        If a word is not in it.
    """
    known = pd.Index([each.value for each in vocabulary])
    codes = known.get_indexer(pd.Index(words.astype("object")))
    if (codes < 0).any():
        stranger = words.iloc[int(np.argmin(codes))]
        raise ValueError(f"{stranger!r} is no {vocabulary.__name__}")
    return codes.astype(np.uint8)


def used_places(dataset: Dataset) -> pd.DataFrame:
    """Give the places that events name, in the order of the data."""
    used = set(chain.from_iterable(dataset.events["places"]))
    is_used = [place in used for place in cells_of(dataset.places.index)]
    return pd.DataFrame(dataset.places[is_used])


def place_columns(
    dataset: Dataset, places: pd.DataFrame, order: Order
) -> dict[str, Array]:
    """Give where places lie, and which of them each event names.

    Returns
    -------
    columns
        ``lat`` and ``lon`` in millionths of a degree, ``marked``, one item a
        place; ``place``, the places of all events one after the other, and
        ``places``, how many each has, unless each has one.
    """
    lists = dataset.events["places"].to_numpy()[order]
    number = {place: code for code, place in enumerate(cells_of(places.index))}
    named = [number[place] for place in chain.from_iterable(lists)]
    counts = narrow(np.fromiter(map(len, lists), dtype=np.int64, count=len(lists)))
    lat, lon = _positions(places)
    columns = {
        "lat": lat,
        "lon": lon,
        "marked": places["marked"].to_numpy(dtype=np.uint8),
        "place": narrow(np.array(named, dtype=np.int64)),
    }
    return columns if (counts == 1).all() else {**columns, "places": counts}


def _positions(places: pd.DataFrame) -> tuple[Array, Array]:
    """Give latitudes and longitudes in millionths of a degree; 0, 0 for none."""
    points = np.asarray(places["geometry"].array, dtype=object)
    lat, lon = shapely.get_y(points), shapely.get_x(points)
    return _micro(lat), _micro(lon)


def _micro(degrees: npt.NDArray[np.float64]) -> Array:
    return np.rint(np.nan_to_num(degrees) * MICRO).astype(np.int32)


def evidence_columns(dataset: Dataset, order: Order) -> tuple[dict[str, Array], Order]:
    """Say how many sources each event has, and in which order they follow.

    Returns
    -------
    columns, rows
        ``sources``, how many each event has; and for each of these one after
        the other its row in `Dataset.evidence`.
    """
    at = dataset.events.index.get_indexer(pd.Index(dataset.evidence["event"]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    rank = place[at]
    rows = np.argsort(rank, kind="stable").astype(np.int64)
    counts = np.bincount(rank, minlength=len(order))
    return {"sources": narrow(counts)}, rows


def id_columns(ids: Iterable[str]) -> tuple[str, Array] | None:
    """Give ids that are a common prefix and a whole number as just that.

    Returns
    -------
    prefix, numbers
        None if an id is anything else.

    Examples
    --------
    >>> prefix, numbers = id_columns(["row-9", "row-10"])
    >>> prefix, numbers.tolist()
    ('row-', [9, 10])
    """
    words = list(ids)
    prefix = words[0].rstrip("0123456789")
    try:
        numbers = [int(word[len(prefix) :]) for word in words]
    except ValueError:
        return None
    is_same = all(
        word == f"{prefix}{number}" for word, number in zip(words, numbers, strict=True)
    )
    if not is_same or not 0 <= min(numbers) <= max(numbers) < 2**32:
        return None
    return prefix, narrow(np.array(numbers, dtype=np.int64))
