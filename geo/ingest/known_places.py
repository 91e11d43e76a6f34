"""The places of the data that a file is read beside, by id and by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.dataset import Dataset
from geo.folding import fold
from geo.geocode import SURE, Match, geocoder_of
from geo.ingest.draft import some
from geo.ingest.positions import Numbers
from geo.lean import degrees_of
from geo.model import PlaceRow
from geo.problems import quoted
from geo.said import said

# Names that are looked up in every spelling; after so many different ones only
# those count that are written as the data write them. A look-up takes up to a
# tenth of a second, and a file may have many thousand names.
_MOST_LOOKED_UP = 30
_LONGEST_NAME = 200

_IN_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(eq=False)
class KnownPlaces:
    """The places of a dataset, as one file asks for them."""

    gazetteer: Dataset
    _looked_up: int = 0

    @property
    def home(self) -> str | None:
        """The city that the data are about."""
        return self.gazetteer.home

    @cached_property
    def ids(self) -> frozenset[str]:
        """Give the ids of the places."""
        return frozenset(self.gazetteer.places.index)

    @property
    def positions(self) -> tuple[Numbers, Numbers]:
        """Give latitudes and longitudes of the places that have a point."""
        lon, lat = degrees_of(self.gazetteer.places.geometry.dropna())
        return lat, lon

    def row(self, place: str) -> tuple[dict[str, Any], BaseGeometry | None]:
        """Give a place as the fields of a `PlaceRow`, and its point."""
        found = self.gazetteer.places.loc[place]
        row = {name: found[name] for name in PlaceRow.model_fields if name in found}
        row |= {"id": place, "street": row["street"] or None}
        if np.isnan(row["radius_m"]):
            row["radius_m"] = None
        return row, found["geometry"]

    def look_up(self, name: str) -> str | Match:
        """Find what a name means.

        Returns
        -------
        found
            The id of a place, or a crossing or street that is no place.

        Raises
        ------
        ValueError
            If nothing is sure enough; says what may have been meant.
        """
        if place := self._by_name.get(fold(name)):
            return place
        self._looked_up += 1
        if self._looked_up > _MOST_LOOKED_UP:
            raise ValueError(
                said(
                    "{name} is not known here under this name (the file has more than"
                    " {most} unknown names, so similar ones were not looked for):"
                    " give lat and lon",
                    name=quoted(name),
                    most=_MOST_LOOKED_UP,
                )
            )
        answer = geocoder_of(self.gazetteer).look_up(name[:_LONGEST_NAME])
        best = answer.matches[0] if answer.matches else None
        if best is None or best.score < SURE:
            offers = [each.name for each in answer.matches] or answer.suggestions
            raise ValueError(
                said(
                    "{name} is no place we know (did you mean {offers}?):"
                    " give lat and lon",
                    name=quoted(name),
                    offers=some(offers),
                )
                if offers
                else said(
                    "{name} is no place we know: give lat and lon", name=quoted(name)
                )
            )
        return best.place or best

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """Give the places by the names that no other place bears, folded."""
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        columns = ["name_en", "name_ru", "name_kk"]
        for row in self.gazetteer.places[columns].itertuples():
            for name in (row.Index, *row[1:]):
                plain = _IN_BRACKETS.sub("", str(name))
                bearers[fold(plain).strip()].add(str(row.Index))
        return {
            name: next(iter(places))
            for name, places in bearers.items()
            if name and len(places) == 1
        }
