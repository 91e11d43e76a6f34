"""The named places and streets of a dataset, and how a name may fit one.

Each step compares a name with another more leniently than the step before.
Which step to trust, and what to do about several fits, `geo.geocode` decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pyproj import Geod
from rapidfuzz.distance import OSA
from shapely import LineString

from geo.dataset import Dataset
from geo.names import Name, readings
from geo.said import said
from geo.vocab import PlaceKind, StreetLayer

_WGS84 = Geod(ellps="WGS84")

# Length of a name as it sounds -> wrong letters it may have. Short names are
# too near to each other: Aktau, Aktobe; Manas, Masanchi.
_WRONG_LETTERS = ((12, 3), (8, 2), (5, 1), (0, 0))
_SHORTEST_PART = 3

# Of these a name may say what they are; a building's "city" says nothing.
_TYPED_KINDS = frozenset(
    {
        PlaceKind.STREET,
        PlaceKind.SQUARE,
        PlaceKind.CITY,
        PlaceKind.DISTRICT,
        PlaceKind.REGION,
    }
)


class How(StrEnum):
    """By which way a name led to a place."""

    EXACT = "exact"
    ALIAS = "alias"
    TRANSLITERATED = "transliterated"
    MISSPELT = "misspelt"
    CROSSING = "crossing"


@dataclass(frozen=True)
class Reading:
    """A name as it is compared, and where it stands."""

    title: str
    """The whole name as the data has it."""
    name: Name
    is_main: bool
    """False for another or former name, which stands in brackets."""

    @cached_property
    def whole(self) -> Name:
        """The title with what stands in brackets."""
        return Name(self.title)


@dataclass(frozen=True)
class Thing:
    """A place or a street, with all its names."""

    place: str | None
    """Id of the place; None for a street that is no place of its own."""
    street: str | None
    """Id of the street; None for other places."""
    kind: str
    lon: float | None
    lat: float | None
    radius_m: float | None
    titles: tuple[str, ...]
    """The names as the data has them: English, Russian, Kazakh."""
    note: str

    @property
    def key(self) -> tuple[str | None, str | None]:
        """Tells two things apart."""
        return (self.place, self.street)

    @cached_property
    def names(self) -> tuple[Reading, ...]:
        """Every name of the thing, the main ones and those in brackets."""
        return tuple(
            Reading(title, name, is_main)
            for title in self.titles
            for is_main, group in zip((True, False), readings(title), strict=True)
            for name in group
        )


@dataclass(frozen=True)
class Fit:
    """That a name fits a thing, how well and why."""

    score: float
    how: How
    why: str


@dataclass(frozen=True)
class Found:
    """A thing that a name fits."""

    thing: Thing
    title: str
    fit: Fit


Step = Callable[[Name, Reading], Fit | None]
"""Compares the wanted name with one name of a thing."""


def exactly(wanted: Name, reading: Reading) -> Fit | None:
    """Accept the same words in the same order; case, accents and brackets aside."""
    if not reading.is_main or wanted.folded != reading.name.folded:
        return None
    return Fit(1.0, How.EXACT, said("It is the name of the place."))


def in_other_words(wanted: Name, reading: Reading) -> Fit | None:
    """Accept the same words but for order, fillers and "street", "алаңы" and so on."""
    name = reading.name
    if not _agree(wanted, name) or sorted(wanted.roman) != sorted(name.roman):
        return None
    if wanted.is_cyrillic != name.is_cyrillic:
        return Fit(0.9, How.TRANSLITERATED, said("It is the name in other letters."))
    if reading.is_main:
        return Fit(0.95, How.ALIAS, said("It is the name in another form."))
    return Fit(0.9, How.ALIAS, said("It is another or a former name."))


def by_sound(wanted: Name, reading: Reading) -> Fit | None:
    """Accept the same sounds in another spelling, or another grammatical case."""
    name = reading.name
    if not _agree(wanted, name):
        return None
    if _same(wanted.sounds, name.sounds):
        return Fit(
            0.88, How.TRANSLITERATED, said("It is the name in another spelling.")
        )
    if not _same(wanted.stems, name.stems):
        return None
    if wanted.is_cyrillic != name.is_cyrillic:
        return Fit(0.85, How.TRANSLITERATED, said("It is the name in other letters."))
    return Fit(0.85, How.ALIAS, said("It is the name in another grammatical case."))


def in_part(wanted: Name, reading: Reading) -> Fit | None:
    """Accept some words of a longer name."""
    stems, whole = set(wanted.stems), set(reading.whole.stems)
    is_a_word = max(map(len, wanted.core), default=0) >= _SHORTEST_PART
    if not is_a_word or not wanted.may_be(reading.name) or not stems < whole:
        return None
    share = len("".join(stems)) / len("".join(whole))
    return Fit(0.5 + 0.25 * share, How.ALIAS, said("It is part of the name."))


def misspelt(wanted: Name, reading: Reading) -> Fit | None:
    """Accept a few letters wrong, missing, added or exchanged; never a digit."""
    name = reading.name
    if not _agree(wanted, name) or wanted.digits != name.digits:
        return None
    scores = (
        _likeness(wanted.sounds, name.sounds),
        _likeness(wanted.all_sounds, name.all_sounds),
    )
    if max(scores) == 0:
        return None
    return Fit(0.8 * max(scores), How.MISSPELT, said("It looks like a misspelt name."))


def _likeness(words: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Give the share of right letters; 0 if too many are wrong."""
    spelt, name = " ".join(words), " ".join(right)
    allowed = next(few for length, few in _WRONG_LETTERS if len(name) >= length)
    wrong = OSA.distance(spelt, name, score_cutoff=allowed)
    return 0.0 if wrong > allowed else 1 - wrong / max(len(name), 1)


STRICT: tuple[Step, ...] = (exactly, in_other_words, by_sound)
"""Steps that a person would not call a guess."""


def find(wanted: Name, things: tuple[Thing, ...], step: Step) -> tuple[Found, ...]:
    """Find the things that a name fits by one step, best first."""
    found = (best for thing in things if (best := _best(wanted, thing, step)))
    return tuple(sorted(found, key=lambda each: -each.fit.score))


def things_of(dataset: Dataset) -> tuple[Thing, ...]:
    """Gather the places, and the streets that are no places of their own."""
    places = tuple(_places(dataset))
    taken = {place.street for place in places}
    streets = (each for each in _streets(dataset) if each.street not in taken)
    return (*places, *streets)


def lines_of(dataset: Dataset) -> dict[str, LineString]:
    """Give the run of each street by its id, (lon, lat)."""
    streets = dataset.streets
    return dict(streets[streets["layer"] == StreetLayer.STREET.value].geometry)


def _best(wanted: Name, thing: Thing, step: Step) -> Found | None:
    """Give the best fit among the names of one thing."""
    if wanted.types and thing.kind in _TYPED_KINDS and not _is_a(thing, wanted):
        return None
    fits = [
        Found(thing, reading.title, fit)
        for reading in thing.names
        if (fit := step(wanted, reading)) and _is_offered(thing, reading, fit)
    ]
    return max(fits, key=lambda each: each.fit.score, default=None)


def _is_a(thing: Thing, wanted: Name) -> bool:
    """Whether the wanted sort of thing is this one's: no "Taraz district"."""
    named = {kind for reading in thing.names for kind in reading.name.types}
    return bool(wanted.types & (named | {str(thing.kind)}))


def _is_offered(thing: Thing, reading: Reading, fit: Fit) -> bool:
    """Whether a fit may count: "Abay" is no bend or crossing of the avenue."""
    is_point = thing.kind in (PlaceKind.ROUTE_POINT, PlaceKind.CROSSING)
    return not is_point or (fit.how is How.EXACT and "(" not in reading.title)


def _agree(wanted: Name, name: Name) -> bool:
    """Whether two names may be compared: neither is a bare "street"."""
    return bool(wanted.core) and wanted.may_be(name)


def _same(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether words agree in any order, or run together in this one."""
    return sorted(words) == sorted(others) or "".join(words) == "".join(others)


def _places(dataset: Dataset) -> Iterator[Thing]:
    """Give the places of a dataset as things."""
    for row in dataset.places.itertuples():
        has_point = row.geometry is not None
        yield Thing(
            place=row.Index,
            street=row.street or None,
            kind=row.kind,
            lon=row.geometry.x if has_point else None,
            lat=row.geometry.y if has_point else None,
            radius_m=float(row.radius_m) if has_point else None,
            titles=_titles(row.name_en, row.name_ru, row.name_kk),
            note=row.note,
        )


def _streets(dataset: Dataset) -> Iterator[Thing]:
    """Give the streets of a dataset as things that reach from end to end."""
    streets = dataset.streets
    for row in streets[streets["layer"] == StreetLayer.STREET.value].itertuples():
        middle = row.geometry.interpolate(0.5, normalized=True)
        yield Thing(
            place=None,
            street=row.Index,
            kind=PlaceKind.STREET.value,
            lon=round(middle.x, 5),
            lat=round(middle.y, 5),
            radius_m=_reach_m(row.geometry, middle.x, middle.y),
            titles=_titles(row.name_en, row.name_ru, row.name_kk),
            note="",
        )


def _titles(*names: str) -> tuple[str, ...]:
    """Give the names that there are, each once."""
    return tuple(dict.fromkeys(name for name in names if name))


def _reach_m(line: LineString, lon: float, lat: float) -> float:
    """Distance in metres from a point to the farthest bend of a line."""
    ends = [_WGS84.inv(lon, lat, x, y)[2] for x, y in line.coords]
    return float(round(max(ends)))
