"""Where each event happened: points of the file, and names we know.

Every different point becomes a place, which says how exactly it is known and
how it came onto the map. A name without a point is looked up in the places
of a dataset; what is found only by a guess is not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely
from pydantic import TypeAdapter, ValidationError

from geo.cells import Ids
from geo.geocode import How
from geo.ingest.acled import precision_code
from geo.ingest.draft import Draft, some
from geo.ingest.kinds import FileKind
from geo.ingest.known_places import KnownPlaces
from geo.ingest.points import Points, Rows, notes_of, place_row
from geo.ingest.positions import Position, look_swapped, reader_of
from geo.ingest.results import NoteKind
from geo.labels import noop
from geo.lean import ListArray
from geo.model import PlaceRow
from geo.problems import explain, quoted
from geo.reading import Entry, Table
from geo.said import said, sentences
from geo.vocab import Confidence, PlaceKind, PlacePrecision

_IDS: TypeAdapter[tuple[str, ...]] = TypeAdapter(Ids)
_FOUND_BY_NAME = noop("The file gives no coordinates; found by the name {names}.")


@dataclass(eq=False)
class Places:
    """The places of the events, gathered row by row."""

    draft: Draft
    known: KnownPlaces
    table: Table[PlaceRow] = field(default_factory=lambda: Table("locations.geojson"))
    """The places that are no points of the file."""
    points: Points = field(init=False)
    _lists: dict[tuple[str, ...], int] = field(default_factory=lambda: {(): 0})
    """The different lists of other places that rows have, numbered."""
    _list_of: Rows = field(init=False)
    """The number of the list of each row; 0 is empty."""
    _found: set[str] = field(default_factory=set)
    """The places that no data have: found by a name, such as a crossing."""
    _names: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """The names by which a place of the gazetteer was found."""

    def __post_init__(self) -> None:
        rows = len(self.draft)
        self.points = Points(self.draft.file, np.full(rows, -1))
        self._list_of = np.zeros(rows, dtype=np.int64)

    @property
    def home(self) -> str | None:
        """The city that gets no mark of its own, if events stand there."""
        home = self.known.home
        return home if home in self.table.ids else None

    def fill(self) -> None:
        """Give each row its places."""
        draft = self.draft
        spots = draft.read(
            "lat",
            zip(draft.cells("lat"), draft.cells("lon"), strict=True),
            reader_of(draft.sheet.separator),
        )
        if draft.kind is FileKind.EVENTS:
            self._fill_ids(spots)
        self._fill_points(spots)
        self._fill_names()
        self._note_swapped(spots)
        self._note_placeless()

    def add_known(self, places: Iterable[str]) -> None:
        """Take places of the gazetteer along, as they stand there."""
        for place in places:
            if place not in self.table.ids:
                row, point = self.known.row(place)
                self.table.add(PlaceRow, 0, row, point)

    def finish(self, rows: Sequence[int]) -> tuple[pd.DataFrame, ListArray]:
        """Give the frame of places, and the ids of the places of some rows.

        Of the file's own places only those are in it that these rows name.
        """
        lists = list(self._lists)
        list_of, point_of = self._list_of[rows], self.points.of_row[rows]
        used = {place for at in set(list_of.tolist()) for place in lists[at]}
        for place, names in self._names.items():
            if place in used and place not in self.table.ids:
                row, point = self.known.row(place)
                self.table.add(PlaceRow, 0, row | _marked(row, names), point)
        unused = self._found - used
        entries = [each for each in self.table.entries if each.row.id not in unused]
        shown = np.unique(point_of[point_of >= 0])
        own = [entry.row.id for entry in entries]
        ids = pa.array([*own, *(self.points.ids[at] for at in shown)], pa.string())
        frame = self.points.frame(entries, shown, ids, self.home)
        at = {place: number for number, place in enumerate(own)}
        numbers = [[at[place] for place in each if place in at] for each in lists]
        is_point = point_of >= 0
        point_of[is_point] = len(entries) + np.searchsorted(shown, point_of[is_point])
        return frame, _ids_of(ids, numbers, list_of, point_of)

    def _fill_ids(self, spots: Sequence[Position | None]) -> None:
        """Resolve the ids of our own format in the places we know.

        Where a row has a point, too, this stands for ids that only its own
        folder knew.
        """
        wanted = self.draft.read("places", self.draft.cells("places"), _read_ids)
        for row, ids in enumerate(wanted):
            unknown = [each for each in ids or () if each not in self.known.ids]
            if ids and not unknown:
                self._put(row, ids)
                self.add_known(ids)
            elif unknown and spots[row] is None:
                self.draft.fail(
                    row,
                    "places",
                    said("{name} is no place we know", name=some(unknown)),
                )

    def _put(self, row: int, ids: tuple[str, ...]) -> None:
        """Give a row places that are no points of the file."""
        self._list_of[row] = self._lists.setdefault(ids, len(self._lists))

    @property
    def _has_places(self) -> npt.NDArray[np.bool_]:
        """Tell which rows have a place so far."""
        return np.asarray((self._list_of > 0) | (self.points.of_row >= 0))

    def _fill_points(self, spots: Sequence[Position | None]) -> None:
        """Make places of the points of the file."""
        draft = self.draft
        codes: Sequence[str | None] = [None] * len(draft)
        if draft.kind is FileKind.ACLED:
            codes = draft.read(
                "acled_place", draft.cells("acled_place"), precision_code
            )
        free = (
            None if has_places else spot
            for spot, has_places in zip(spots, self._list_of.tolist(), strict=True)
        )
        names = map(str.strip, draft.cells("place"))
        self.points.fill(zip(free, names, codes, strict=True), self.known.ids)

    def _make(self, base: PlaceRow, name: str, point: shapely.Point) -> str:
        """Make a place that no data have.

        Parameters
        ----------
        name
            Text that is not empty: the row is not checked once more.
        """
        place = f"found-{len(self._found) + 1}"
        # Data that were read from a file have places of such names, too.
        while place in self.known.ids:
            place += "-here"
        self._found.add(place)
        row = base.model_copy(update={"id": place, "name_en": name})
        self.table.entries.append(Entry(0, row, point))
        self.table.ids[place] = [0]
        return place

    def _fill_names(self) -> None:
        """Look up the names of places that stand there without a point."""
        draft, rows, has_places = self.draft, [], self._has_places
        found: dict[str, str | ValueError] = {}
        for row, name in enumerate(map(str.strip, draft.cells("place"))):
            if not name or has_places[row] or row in draft.problems:
                continue
            if name not in found:
                found[name] = self._placed(name)
            place = found[name]
            if isinstance(place, ValueError):
                draft.fail(row, "place", str(place))
            else:
                self._put(row, (place,))
                rows.append(row)
        if rows:
            cells = draft.cells("place")
            names = some(cells[row].strip() for row in rows)
            message = said(
                "These rows give no coordinates and were put on the map by the name"
                " of their place, as its note says: {names}.",
                names=names,
            )
            draft.note(NoteKind.GEOCODED, message, rows)

    def _placed(self, name: str) -> str | ValueError:
        """Give the place a name means, or why none is sure enough."""
        try:
            found = self.known.look_up(name)
        except ValueError as error:
            return error
        if isinstance(found, str):
            self._names[found].append(name)
            return found
        is_crossing = found.how is How.CROSSING
        base = place_row(
            self.draft.file,
            PlaceKind.CROSSING if is_crossing else PlaceKind.STREET,
            PlacePrecision.VICINITY if is_crossing else PlacePrecision.DISTRICT,
            found.radius_m,
            Confidence.LOW,
            sentences(said(_FOUND_BY_NAME, names=quoted(name)), found.why),
        )
        return self._make(base, found.name, shapely.Point(found.lon, found.lat))

    def _note_swapped(self, spots: Sequence[Position | None]) -> None:
        """Name the rows whose latitude and longitude look exchanged."""
        rows = [row for row, spot in enumerate(spots) if spot is not None]
        if not rows:
            return
        pairs = [(spots[row].lat, spots[row].lon) for row in rows]  # type: ignore[union-attr]  # chosen so
        lat, lon = np.array(pairs).T
        swapped = look_swapped(lat, lon, *self.known.positions)
        if swapped.any():
            message = said(
                "Latitude and longitude look swapped here: exchanged, these rows"
                " would lie among the others. They are shown where the file says."
            )
            self.draft.note(
                NoteKind.SWAPPED, message, np.asarray(rows)[swapped].tolist()
            )
        at_origin = (lat == 0) & (lon == 0)
        if at_origin.any():
            message = said("These rows lie at latitude 0, longitude 0, in the sea.")
            self.draft.note(
                NoteKind.ORIGIN, message, np.asarray(rows)[at_origin].tolist()
            )

    def _note_placeless(self) -> None:
        """Name the rows that are listed, not mapped."""
        rows = np.flatnonzero(~self._has_places).tolist()
        good = [row for row in rows if row not in self.draft.problems]
        if good:
            message = said("These rows name no place: they are listed, not on the map.")
            self.draft.note(NoteKind.NO_PLACE, message, good)


def _ids_of(
    ids: pa.Array, lists: Sequence[Sequence[int]], list_of: Rows, point_of: Rows
) -> ListArray:
    """Give the places of each row.

    Parameters
    ----------
    ids
        Of all places: first those of the lists, then the points.
    lists
        Numbers of places.
    point_of
        Where there is no list: the number of the place; less than 0 for none.
    """
    starts = np.cumsum([0, *map(len, lists), *[1] * len(ids)])
    items = np.array([*(at for each in lists for at in each), *range(len(ids))])
    rows = np.where((list_of == 0) & (point_of >= 0), len(lists) + point_of, list_of)
    return ListArray(starts, items, ids).take(rows)


def _marked(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Say in a place that a file came to it by its name only."""
    notes = notes_of(said(_FOUND_BY_NAME, names=some(names)))
    is_sure = row["confidence"] == Confidence.HIGH
    return {
        **{
            field: " ".join(filter(None, [note, row.get(field) or row["note"]]))
            for field, note in notes.items()
        },
        "confidence": Confidence.MEDIUM if is_sure else Confidence.LOW,
    }


def _read_ids(cell: str) -> tuple[str, ...]:
    """Read a list of ids of places."""
    try:
        return _IDS.validate_python(cell)
    except ValidationError as error:
        raise ValueError(explain(error)[0][1]) from error
