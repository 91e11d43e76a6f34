"""ACLED's words in ours: what happened, who took part, how exact a place is.

The table names acts, never sides. Where none of our kinds is the same the
nearest is taken: explosions count among shots and harm, any violence between
people as a clash. ACLED's own words stand in the title and stay in the columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geo.problems import quoted
from geo.said import said
from geo.vocab import Confidence, Kind, PlaceKind, PlacePrecision

# Event and sub-event types of the ACLED Codebook (2023), and the spelling
# "protestors" of earlier years.
KIND_OF_SUB_TYPE: Mapping[str, Kind] = MappingProxyType(
    {
        "armed clash": Kind.CLASH,
        "government regains territory": Kind.CLASH,
        "non-state actor overtakes territory": Kind.CLASH,
        "chemical weapon": Kind.SHOOTING,
        "air/drone strike": Kind.SHOOTING,
        "suicide bomb": Kind.SHOOTING,
        "shelling/artillery/missile attack": Kind.SHOOTING,
        "remote explosive/landmine/ied": Kind.SHOOTING,
        "grenade": Kind.SHOOTING,
        "sexual violence": Kind.OBSERVATION,
        "attack": Kind.CLASH,
        "abduction/forced disappearance": Kind.DETENTION,
        "peaceful protest": Kind.GATHERING,
        "protest with intervention": Kind.CLASH,
        "excessive force against protesters": Kind.CLASH,
        "excessive force against protestors": Kind.CLASH,
        "violent demonstration": Kind.CLASH,
        "mob violence": Kind.CLASH,
        "agreement": Kind.STATEMENT,
        "arrests": Kind.DETENTION,
        "change to group/activity": Kind.OBSERVATION,
        "disrupted weapons use": Kind.MILITARY,
        "headquarters or base established": Kind.MILITARY,
        "looting/property destruction": Kind.LOOTING,
        "non-violent transfer of territory": Kind.MILITARY,
        "other": Kind.OBSERVATION,
    }
)

KIND_OF_TYPE: Mapping[str, Kind] = MappingProxyType(
    {
        "battles": Kind.CLASH,
        "explosions/remote violence": Kind.SHOOTING,
        "violence against civilians": Kind.CLASH,
        "protests": Kind.GATHERING,
        "riots": Kind.CLASH,
        "strategic developments": Kind.OBSERVATION,
    }
)
"""Where the sub-event type is none we know."""

# geo_precision of the codebook: 1 a town that is named (or a spot in it, but
# that cannot be told); 2 a small part of a region, shown at a town of it; 3 a
# larger region, shown at its capital. The radii are ours.
EXACTNESS_OF: Mapping[str, tuple[PlaceKind, PlacePrecision, float, Confidence]] = (
    MappingProxyType(
        {
            "1": (PlaceKind.CITY, PlacePrecision.CITY, 5_000.0, Confidence.MEDIUM),
            "2": (PlaceKind.REGION, PlacePrecision.REGION, 25_000.0, Confidence.LOW),
            "3": (PlaceKind.REGION, PlacePrecision.REGION, 100_000.0, Confidence.LOW),
        }
    )
)


def kind_of(words: tuple[str, str]) -> Kind | None:
    """Give our kind for ACLED's event type and sub-event type."""
    event_type, sub_type = (word.strip().lower() for word in words)
    return KIND_OF_SUB_TYPE.get(sub_type) or KIND_OF_TYPE.get(event_type)


def title_of(words: tuple[str, str, str]) -> str:
    """Give a title: ACLED's word for the event, and its place."""
    event_type, sub_type, place = (word.strip() for word in words)
    what = sub_type or event_type
    return f"{what}, {place}" if place else what


def actors_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Give those who took part, each once; ACLED separates by semicolons."""
    names = (name.strip() for cell in cells for name in cell.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


def precision_code(cell: str) -> str:
    """Read geo_precision; nothing said is taken for the least exact.

    Raises
    ------
    ValueError
        If it is none of the codes.
    """
    code = cell.strip() or "3"
    if code not in EXACTNESS_OF:
        raise ValueError(said("{value} is not 1, 2 or 3", value=quoted(cell)))
    return code
