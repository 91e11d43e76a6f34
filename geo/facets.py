"""How many events each filter would leave, and which filter to loosen.

A count beside a value says how many events there would be if that value were
the only one chosen of its filter, everything else as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import Geod

from geo.dataset import Dataset, PointFrame, kept_with
from geo.folding import words_of
from geo.lean import degrees_of
from geo.query import Locate, Query, Selection, near_point, select, window_of
from geo.texts import Texts
from geo.timeline import minute_of, statuses
from geo.vocab import Attribution, Corroboration, Kind, Status

DISTANCES_M = (100, 250, 500, 1000, 2000, 5000)
"""Distances offered round a place, in metres."""

_MOST_PLACES = 1500
"""Above this many, the distances of all to all would take too long."""

_COLUMNS = ("kind", "attribution", "corroboration", "places", "contradictions")
_TIMES = ("start_min", "end_min", "earliest_min", "latest_min", "time_precision")
_WGS84 = Geod(ellps="WGS84")

_MOST_TRIES = 2_000_000
"""Above this many, trying every name on every event would take too long."""

Metres = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
"""Where events stand in the file, from 0."""
Key = TypeVar("Key", bound=str)


class Filter(StrEnum):
    """A part of a query that narrows it and can be left out by itself."""

    TIME = "time"
    KINDS = "kinds"
    BY = "by"
    CORROBORATION = "corroboration"
    PLACE = "place"
    NEAR = "near"
    ACTOR = "actor"
    WORDS = "q"
    CONTESTED = "contested"
    INDEPENDENT = "independent"


_FIELDS: Mapping[Filter, tuple[str, ...]] = {
    Filter.TIME: ("start", "end", "mode"),
    Filter.KINDS: ("kinds",),
    Filter.BY: ("by",),
    Filter.CORROBORATION: ("corroboration",),
    Filter.PLACE: ("place",),
    Filter.NEAR: ("near", "within_m"),
    Filter.ACTOR: ("actor",),
    Filter.WORDS: ("q",),
    Filter.CONTESTED: ("contested",),
    Filter.INDEPENDENT: ("independent",),
}


@dataclass(frozen=True)
class Facets:
    """What a query leaves, and what it would leave if it were changed."""

    selection: Selection
    """The answer to the query as it is."""
    loosened: Mapping[Filter, int]
    """Events without one filter, for each filter that narrows the query."""
    kinds: Mapping[Kind, int]
    by: Mapping[Attribution, int]
    corroboration: Mapping[Corroboration, int]
    place: Mapping[str, int]
    """By id, for each place of any event."""
    near: Mapping[str, int]
    """By id of each place with a position, within the query's distance; empty
    if there are too many places or events to try them all."""
    within: Mapping[int, int]
    """By distance in metres round the query's ``near``; empty without one."""
    actors: Mapping[str, int]
    """Empty if there are too many actors or events to try them all."""
    moments: Mapping[str, int]
    """By id of a moment, looking through its window."""
    contested: int
    independent: int
    possible: int
    """Events with those that are only possible in the window."""


@dataclass(frozen=True)
class _Visits:
    """Which events are at which places; events at the same places are a group."""

    of: Rows
    """The group of each event, in file order."""
    names: tuple[str, ...]
    """Ids of the places of any event, in the order of the file."""
    pairs: Rows
    """Group and number in `names`, one row for each place of a group."""
    spots: Rows
    """Group and number among the located places, one row for each of a group."""
    size: int
    """How many groups there are."""

    def weights(self, rows: Rows) -> Rows:
        """Count the events of some rows by group."""
        return np.bincount(self.of[rows], minlength=self.size)


def facets_of(
    dataset: Dataset,
    query: Query,
    *,
    locate: Locate | None = None,
    texts: Texts | None = None,
) -> Facets:
    """Count what a query leaves and what its neighbours would leave.

    Parameters
    ----------
    locate
        Finds the point of ``query.near``, as `geo.query.select` takes it.
    texts
        The language of the actors' names.
    """
    point = (locate or near_point)(dataset, query.near) if query.near else None

    def ask(other: Query) -> Selection:
        return select(dataset, other, locate=lambda _dataset, _near: point)

    columns = pd.DataFrame(dataset.events[list(_COLUMNS)])
    selection = ask(query)
    loosened = {each: ask(without(query, each)) for each in active(dataset, query)}
    rows = _rows_of(dataset, selection)
    others = {each: _rows_of(dataset, answer) for each, answer in loosened.items()}

    def left(of: Filter, column: str) -> pd.Series[Any]:
        return columns[column].take(others.get(of, rows))

    near = others.get(Filter.NEAR, rows)
    return Facets(
        selection=selection,
        loosened={each: len(answer.visible) for each, answer in loosened.items()},
        kinds=_counted(Kind, left(Filter.KINDS, "kind")),
        by=_counted(Attribution, left(Filter.BY, "attribution")),
        corroboration=_counted(
            Corroboration, left(Filter.CORROBORATION, "corroboration")
        ),
        place=_place_counts(dataset, others.get(Filter.PLACE, rows)),
        near=_near_counts(dataset, near, query.within_m),
        within=_within_counts(dataset, near, point),
        actors=_actor_counts(dataset, others.get(Filter.ACTOR, rows), texts or Texts()),
        moments=_moment_counts(
            dataset, query, loosened.get(Filter.TIME, selection).statuses
        ),
        contested=int(left(Filter.CONTESTED, "contradictions").map(bool).sum()),
        independent=int(
            (
                left(Filter.INDEPENDENT, "corroboration")
                == Corroboration.INDEPENDENT.value
            ).sum()
        ),
        possible=len(selection.statuses),
    )


def _rows_of(dataset: Dataset, answer: Selection) -> Rows:
    """Give where the events of an answer stand in the file."""
    return np.asarray(dataset.events.index.get_indexer(list(answer.visible)))


def active(dataset: Dataset, query: Query) -> tuple[Filter, ...]:
    """Give the filters that narrow a query; a window round all data does not."""
    low, high = window_of(dataset, query)
    first, last = dataset.span.minutes
    narrows = {each: without(query, each) != query for each in Filter}
    narrows[Filter.TIME] = low > first or high < last
    narrows[Filter.NEAR] = query.near is not None
    return tuple(each for each in Filter if narrows[each])


def without(query: Query, left_out: Filter) -> Query:
    """Give a query without one of its filters.

    Examples
    --------
    >>> without(Query(q="fire", contested=True), Filter.WORDS) == Query(contested=True)
    True
    """
    return _with(query, left_out, Query())


def alone(query: Query, kept: Filter) -> Query:
    """Give a query that asks for one of its filters and nothing else."""
    return _with(Query(), kept, query)


def _with(query: Query, changed: Filter, other: Query) -> Query:
    """Give a query with one filter as another query has it."""
    fields: dict[str, Any] = {name: getattr(other, name) for name in _FIELDS[changed]}
    return replace(query, **fields)


def _moment_counts(
    dataset: Dataset, query: Query, passing: Iterable[str]
) -> dict[str, int]:
    """Count the events that pass all other filters in each moment's window."""
    if dataset.moments.empty:
        return {}
    events = dataset.events.loc[list(passing), list(_TIMES)]
    start, end, earliest, latest, precision = (
        events[name].to_numpy() for name in _TIMES
    )
    hidden = {None} if query.possible else {None, Status.POSSIBLE}
    counts = {}
    for moment, row in dataset.moments.to_dict("index").items():
        window = minute_of(row["start"]), minute_of(row["end"])
        found = statuses(start, end, earliest, latest, precision, window)
        counts[str(moment)] = sum(each not in hidden for each in found)
    return counts


def _actor_counts(dataset: Dataset, rows: Rows, texts: Texts) -> dict[str, int]:
    """Count the events that each actor's words would find, as the query does."""
    names, (different, of) = actor_names(dataset, texts), _actor_texts(dataset)
    if len(names) * len(different) > _MOST_TRIES:
        return {}
    weights = np.bincount(of[rows], minlength=len(different))
    weighed = [(different[at], int(weights[at])) for at in np.flatnonzero(weights)]
    return {
        name: sum(
            weight for text, weight in weighed if all(word in text for word in words)
        )
        for name, words in ((name, words_of(name)) for name in names)
    }


def actor_names(dataset: Dataset, texts: Texts) -> list[str]:
    """Name everybody who is named, in the order of the file."""
    frame = dataset.events.filter(regex=r"^actors(_\w\w)?$")
    cells = (frame[name].tolist() for name in frame)
    different = dict.fromkeys(zip(*cells, strict=True))
    rows = (dict(zip(frame.columns, cells, strict=True)) for cells in different)
    named = (name for row in rows for name in texts.listed(row, "actors"))
    return list(dict.fromkeys(named))


@kept_with
def _actor_texts(dataset: Dataset) -> tuple[list[str], Rows]:
    """Give the different folded texts of actors, and which one each event has."""
    codes, different = pd.factorize(np.array(dataset.folded_actors, dtype=object))
    return list(different), np.asarray(codes)


def _counted(keys: Iterable[Key], found: Iterable[str]) -> dict[Key, int]:
    """Count what was found of each key, in the order of the keys."""
    counts = Counter(found)
    return {key: counts[key] for key in keys}


@kept_with
def _located(dataset: Dataset) -> PointFrame:
    """Give the places that have a position."""
    return dataset.places.loc[dataset.places["geometry"].notna()]


@kept_with
def _visits(dataset: Dataset) -> _Visits:
    """Sort out which events are at which places."""
    of, different = pd.factorize(dataset.events["places"].to_numpy())
    names: dict[str, int] = {}
    located = {place: at for at, place in enumerate(_located(dataset).index)}
    pairs, spots = [], []
    for at, places in enumerate(different):
        # What a cell names twice counts once.
        for place in dict.fromkeys(places):
            pairs.append((at, names.setdefault(place, len(names))))
            if place in located:
                spots.append((at, located[place]))
    shape = (-1, 2)
    return _Visits(
        of=np.asarray(of),
        names=tuple(names),
        pairs=np.array(pairs, dtype=np.intp).reshape(shape),
        spots=np.array(spots, dtype=np.intp).reshape(shape),
        size=len(different),
    )


def _place_counts(dataset: Dataset, rows: Rows) -> dict[str, int]:
    """Count the events at each place of any event, in the order of the file."""
    visits = _visits(dataset)
    group, place = visits.pairs.T
    counts = np.bincount(place, visits.weights(rows)[group], len(visits.names))
    return dict(zip(visits.names, counts.astype(int).tolist(), strict=True))


def _near_counts(dataset: Dataset, rows: Rows, within_m: float) -> dict[str, int]:
    """Count the events near each located place."""
    places, visits = _located(dataset).index, _visits(dataset)
    if len(places) > _MOST_PLACES or len(places) * visits.size > _MOST_TRIES:
        return {}
    at = np.zeros((visits.size, len(places)), dtype=np.float32)
    at[tuple(visits.spots.T)] = 1
    is_close = (_reach_m(dataset) <= within_m).astype(np.float32)
    counts = visits.weights(rows) @ (at @ is_close.T > 0)
    return {str(place): int(n) for place, n in zip(places, counts, strict=True)}


def _within_counts(
    dataset: Dataset, rows: Rows, point: tuple[float, float] | None
) -> dict[int, int]:
    """Count the events within each distance of a point."""
    if point is None:
        return {}
    visits = _visits(dataset)
    weights, (group, place) = visits.weights(rows), visits.spots.T
    reach_m = _reach_from(dataset, np.array([point]))[0][place]
    return {
        metres: int(weights[np.unique(group[reach_m <= metres])].sum())
        for metres in DISTANCES_M
    }


@kept_with
def _reach_m(dataset: Dataset) -> Metres:
    """Give `_reach_from` each located place (row) to each (column)."""
    degrees = degrees_of(_located(dataset).geometry)
    return _reach_from(dataset, np.column_stack(degrees))


def _reach_from(dataset: Dataset, points: Metres) -> Metres:
    """Give the least distance at which a place is near a point, in metres.

    A place is near if it lies that close and is itself known that exactly.

    Parameters
    ----------
    points
        (lon, lat), one row a point.

    Returns
    -------
    reach_m
        One row a point, one column a located place.
    """
    places = _located(dataset)
    shape = (len(points), len(places))
    lon, lat = (np.broadcast_to(points[:, [axis]], shape) for axis in (0, 1))
    x, y = (np.broadcast_to(axis, shape) for axis in degrees_of(places.geometry))
    _, _, distance_m = _WGS84.inv(lon, lat, x, y)
    return np.asarray(np.maximum(distance_m, places["radius_m"].to_numpy()))
