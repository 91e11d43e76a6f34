"""Where each event happened: points of the file, and names we know.

Every different point becomes a place, which says how exactly it is known and
how it came onto the map. A name without a point is looked up in the places
of a dataset; what is found only by a guess is not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import shapely
from pydantic import TypeAdapter, ValidationError

from geo.cells import Ids
from geo.geocode import How
from geo.ingest.acled import EXACTNESS_OF, precision_code
from geo.ingest.draft import Draft, some
from geo.ingest.kinds import FileKind
from geo.ingest.known_places import KnownPlaces
from geo.ingest.positions import Position, look_swapped, reader_of
from geo.ingest.results import NoteKind
from geo.labels import noop
from geo.model import PlaceRow
from geo.problems import explain, quoted
from geo.reading import Entry, Table
from geo.said import said, sentences
from geo.texts import LANGUAGES, Texts
from geo.vocab import Confidence, PlaceKind, PlacePrecision

_IDS: TypeAdapter[tuple[str, ...]] = TypeAdapter(Ids)
_FOUND_BY_NAME = noop("The file gives no coordinates; found by the name {names}.")


@dataclass(eq=False)
class Places:
    """The places of the events, gathered row by row."""

    draft: Draft
    known: KnownPlaces
    ids: list[tuple[str, ...]] = field(default_factory=list)
    """The places of each row."""
    table: Table[PlaceRow] = field(default_factory=lambda: Table("locations.geojson"))
    _made: dict[Hashable, str] = field(default_factory=dict)
    """The places that only this file has."""
    _names: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """The names by which a place of the gazetteer was found."""
    _bases: dict[Hashable, PlaceRow] = field(default_factory=dict)
    """What places known as exactly as each other have in common."""
    _looked_up: int = 0

    @property
    def home(self) -> str | None:
        """The city that gets no mark of its own, if events stand there."""
        home = self.known.home
        return home if home in self.table.ids else None

    def fill(self) -> None:
        """Give each row its places."""
        draft = self.draft
        self.ids = [()] * len(draft)
        spots = draft.read(
            "lat",
            zip(draft.cells("lat"), draft.cells("lon"), strict=True),
            reader_of(draft.sheet.separator),
        )
        if draft.kind is FileKind.EVENTS:
            self._fill_ids(spots)
        self._fill_points(spots)
        self._fill_names(spots)
        self._note_swapped(spots)
        self._note_placeless()

    def add_known(self, places: Sequence[str]) -> None:
        """Take places of the gazetteer along, as they stand there."""
        for place in places:
            if place not in self.table.ids:
                row, point = self.known.row(place)
                self.table.add(PlaceRow, 0, row, point)

    def finish(self, used: set[str]) -> None:
        """Add the places that were found by name, and drop what no event names.

        Parameters
        ----------
        used
            The places of the events that are shown; those that `add_known` took
            along stay anyway.
        """
        for place, names in self._names.items():
            if place in used and place not in self.table.ids:
                row, point = self.known.row(place)
                self.table.add(PlaceRow, 0, row | _marked(row, names), point)
        unused = set(self._made.values()) - used
        self.table.entries = [
            each for each in self.table.entries if each.row.id not in unused
        ]
        for place in unused:
            del self.table.ids[place]

    def _fill_ids(self, spots: Sequence[Position | None]) -> None:
        """Resolve the ids of our own format in the places we know.

        Where a row has a point, too, this stands for ids that only its own
        folder knew.
        """
        wanted = self.draft.read("places", self.draft.cells("places"), _read_ids)
        for row, ids in enumerate(wanted):
            unknown = [each for each in ids or () if each not in self.known.ids]
            if ids and not unknown:
                self.ids[row] = ids
                self.add_known(ids)
            elif unknown and spots[row] is None:
                self.draft.fail(
                    row,
                    "places",
                    said("{name} is no place we know", name=some(unknown)),
                )

    def _fill_points(self, spots: Sequence[Position | None]) -> None:
        """Make places of the points of the file."""
        draft = self.draft
        codes: Sequence[str | None] = [None] * len(draft)
        if draft.kind is FileKind.ACLED:
            codes = draft.read(
                "acled_place", draft.cells("acled_place"), precision_code
            )
        # All at once: shapely makes a single point a hundred times slower.
        degrees = [(spot.lon, spot.lat) if spot else (0.0, 0.0) for spot in spots]
        points = shapely.points(np.reshape(degrees, (-1, 2)))
        rows = zip(spots, draft.cells("place"), codes, points, strict=True)
        for row, (spot, name, code, point) in enumerate(rows):
            if spot is not None and not self.ids[row]:
                self.ids[row] = (self._point(spot, name.strip(), code, point),)

    def _point(
        self, spot: Position, name: str, code: str | None, point: shapely.Point
    ) -> str:
        """Give the id of a point of the file; make it a place if it is new."""
        key = (spot, name, code)
        if key in self._made:
            return self._made[key]
        name = name or f"{spot.lat:.6g}, {spot.lon:.6g}"
        exactness = (spot.precision, spot.radius_m, code)
        if exactness not in self._bases:
            self._bases[exactness] = self._like(*exactness)
        return self._make(key, self._bases[exactness], name, point)

    def _like(
        self, precision: PlacePrecision, radius_m: float, code: str | None
    ) -> PlaceRow:
        """Make what places known as exactly have in common."""
        kind, confidence = PlaceKind.AREA, Confidence.MEDIUM
        note = said("As exact as the coordinates are written in the file.")
        if code is not None:
            kind, precision, radius_m, confidence = EXACTNESS_OF[code]
            note = said(
                "As exact as ACLED says: {column} {code}.",
                column="geo_precision",
                code=code,
            )
        return self._row(kind, precision, radius_m, confidence, note)

    def _row(
        self,
        kind: PlaceKind,
        precision: PlacePrecision,
        radius_m: float | None,
        confidence: Confidence,
        note: str,
    ) -> PlaceRow:
        """Make a place that yet lacks id and name."""
        return PlaceRow(
            id="place",
            name_en="place",
            name_ru="",
            name_kk="",
            kind=kind,
            precision=precision,
            radius_m=radius_m,
            address="",
            confidence=confidence,
            source=self.draft.file,
            street=None,
            **_in_all_languages(note),
        )

    def _make(
        self, key: Hashable, base: PlaceRow, name: str, point: shapely.Point
    ) -> str:
        """Make a place that only this file has.

        Parameters
        ----------
        name
            Text that is not empty: the row is not checked once more.
        """
        place = f"place-{len(self._made) + 1}"
        # Data that were read from a file have places of such names, too.
        while place in self.known.ids:
            place += "-here"
        self._made[key] = place
        row = base.model_copy(update={"id": place, "name_en": name})
        self.table.entries.append(Entry(0, row, point))
        self.table.ids[place] = [0]
        return place

    def _fill_names(self, spots: Sequence[Position | None]) -> None:
        """Look up the names of places that stand there without a point."""
        draft, rows = self.draft, []
        found: dict[str, str | ValueError] = {}
        for row, name in enumerate(map(str.strip, draft.cells("place"))):
            if not name or self.ids[row] or row in draft.problems:
                continue
            if name not in found:
                found[name] = self._placed(name)
            place = found[name]
            if isinstance(place, ValueError):
                draft.fail(row, "place", str(place))
            else:
                self.ids[row] = (place,)
                rows.append(row)
        if rows:
            names = some(draft.cells("place")[row].strip() for row in rows)
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
        base = self._row(
            PlaceKind.CROSSING if is_crossing else PlaceKind.STREET,
            PlacePrecision.VICINITY if is_crossing else PlacePrecision.DISTRICT,
            found.radius_m,
            Confidence.LOW,
            sentences(said(_FOUND_BY_NAME, names=quoted(name)), found.why),
        )
        return self._make(name, base, found.name, shapely.Point(found.lon, found.lat))

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
        rows = [row for row, ids in enumerate(self.ids) if not ids]
        good = [row for row in rows if row not in self.draft.problems]
        if good:
            message = said("These rows name no place: they are listed, not on the map.")
            self.draft.note(NoteKind.NO_PLACE, message, good)


def _marked(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Say in a place that a file came to it by its name only."""
    notes = _in_all_languages(said(_FOUND_BY_NAME, names=some(names)))
    is_sure = row["confidence"] == Confidence.HIGH
    return {
        **{
            field: " ".join(filter(None, [note, row.get(field) or row["note"]]))
            for field, note in notes.items()
        },
        "confidence": Confidence.MEDIUM if is_sure else Confidence.LOW,
    }


def _in_all_languages(message: str) -> dict[str, str]:
    """Give a note in the fields in which places have theirs."""
    return {
        "note" if language == LANGUAGES[0] else f"note_{language}": _texts(
            language
        ).say(message)
        for language in LANGUAGES
    }


@cache
def _texts(language: str) -> Texts:
    """Read a catalogue once."""
    return Texts(language)


def _read_ids(cell: str) -> tuple[str, ...]:
    """Read a list of ids of places."""
    try:
        return _IDS.validate_python(cell)
    except ValidationError as error:
        raise ValueError(explain(error)[0][1]) from error
