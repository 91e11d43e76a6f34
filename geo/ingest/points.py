"""The points of a file as places: each different one is a place of its own.

There may be as many as rows; so they stand in columns, not in rows.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from geo.frames import columns_of
from geo.ingest.acled import EXACTNESS_OF
from geo.ingest.positions import Position
from geo.lean import ShapeArray, category_column, text_column
from geo.model import PlaceRow
from geo.reading import Entry
from geo.said import said
from geo.texts import LANGUAGES, Texts
from geo.vocab import Confidence, PlaceKind, PlacePrecision

_NUMBERS = {"radius_m"}
_CODES = {"kind": PlaceKind, "precision": PlacePrecision, "confidence": Confidence}

Rows = npt.NDArray[np.int64]


@dataclass(eq=False)
class Points:
    """The different points of a file, in the order they first stand in it."""

    file: str
    of_row: Rows
    """The number of the point of each row; -1 for none."""
    ids: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _lon: array[float] = field(default_factory=lambda: array("d"))
    _lat: array[float] = field(default_factory=lambda: array("d"))
    _like: array[int] = field(default_factory=lambda: array("q"))
    """The place in `_bases` of what each point is like."""
    _bases: list[PlaceRow] = field(default_factory=list)
    """What points known as exactly as each other have in common."""

    def fill(
        self,
        spots: Iterable[tuple[Position | None, str, str | None]],
        taken: Container[str],
    ) -> None:
        """Gather the points.

        Parameters
        ----------
        spots
            Position, name and code of ACLED's geo_precision of each row; no
            position where the row has places already.
        taken
            Ids that no point may have.
        """
        known: dict[tuple[float, float, float, str, str | None], int] = {}
        bases: dict[tuple[PlacePrecision, float, str | None], int] = {}
        for row, (spot, name, code) in enumerate(spots):
            if spot is None:
                continue
            key = (spot.lat, spot.lon, spot.radius_m, name, code)
            at = known.get(key)
            if at is None:
                at = known[key] = len(known)
                like = bases.setdefault(
                    (spot.precision, spot.radius_m, code), len(bases)
                )
                self._add(spot, name, like, taken)
            self.of_row[row] = at
        self._bases = [self._base(*each) for each in bases]

    def _add(self, spot: Position, name: str, like: int, taken: Container[str]) -> None:
        """Add a point that is new."""
        place = f"place-{len(self.ids) + 1}"
        # Data that were read from a file have places of such names, too.
        while place in taken:
            place += "-here"
        self.ids.append(place)
        self._names.append(name or f"{spot.lat:.6g}, {spot.lon:.6g}")
        self._lon.append(spot.lon)
        self._lat.append(spot.lat)
        self._like.append(like)

    def _base(
        self, precision: PlacePrecision, radius_m: float, code: str | None
    ) -> PlaceRow:
        """Make what points known as exactly have in common."""
        kind, confidence = PlaceKind.AREA, Confidence.MEDIUM
        note = said("As exact as the coordinates are written in the file.")
        if code is not None:
            kind, precision, radius_m, confidence = EXACTNESS_OF[code]
            note = said(
                "As exact as ACLED says: {column} {code}.",
                column="geo_precision",
                code=code,
            )
        return place_row(self.file, kind, precision, radius_m, confidence, note)

    def frame(
        self,
        entries: Sequence[Entry[PlaceRow]],
        shown: Rows,
        ids: pa.Array,
        home: str | None,
    ) -> pd.DataFrame:
        """Make the frame of places, as `geo.frames.places_frame` makes it.

        Parameters
        ----------
        entries
            The places that are no points of the file; they come first.
        shown
            The numbers of the points that events name.
        ids
            Of all these places.
        """
        rows = [entry.row for entry in entries]
        like = np.asarray(self._like, dtype=np.int64)[shown]
        names = columns_of([*rows, *self._bases], PlaceRow)
        columns = {name: self._column(name, rows, like) for name in names}
        shown_as = (self._names[at] for at in shown)
        columns["name_en"] = text_column([*(row.name_en for row in rows), *shown_as])
        columns["id"] = text_column(ids)
        lon, lat = (np.asarray(each)[shown] for each in (self._lon, self._lat))
        shapes = ShapeArray._concat_same_type(
            [
                ShapeArray.of(entry.geometry for entry in entries),
                ShapeArray.of_points(lon, lat),
            ]
        )
        frame = pd.DataFrame(columns, copy=False)
        is_country = frame["kind"] == PlaceKind.COUNTRY.value
        is_heading = frame["id"].isin([home or ""]).to_numpy(
            bool
        ) | is_country.to_numpy(bool)
        frame["marked"] = ~shapes.isna() & ~is_heading
        frame["geometry"] = pd.Series(shapes, copy=False)
        return frame.set_index("id")

    def _column(
        self, name: str, rows: Sequence[PlaceRow], like: Rows
    ) -> pd.Series[Any]:
        """Make a column: what places have, and below it what points have."""
        values = [getattr(row, name) for row in (*rows, *self._bases)]
        at = np.concatenate([np.arange(len(rows)), like + len(rows)])
        if name in _NUMBERS:
            return pd.Series(np.array(values, dtype="float64")[at])
        words = list(_CODES.get(name, dict.fromkeys(each or "" for each in values)))
        codes = np.array([words.index(each or "") for each in values], dtype=np.int32)
        return category_column(codes[at], [str(word) for word in words])


def place_row(
    file: str,
    kind: PlaceKind,
    precision: PlacePrecision,
    radius_m: float | None,
    confidence: Confidence,
    note: str,
) -> PlaceRow:
    """Make a place that only a file has, which yet lacks id and name."""
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
        source=file,
        street=None,
        **notes_of(note),
    )


def notes_of(message: str) -> dict[str, str]:
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
