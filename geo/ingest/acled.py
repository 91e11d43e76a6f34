"""ACLED's words in ours: what happened, who took part, how exact a place is.

The table names acts, never sides. Where none of our kinds is the same one is
taken that says less rather than something else, and the reader is told. ACLED's
own words stand in the title and stay in the columns.
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
        # Battles: two armed sides.
        "armed clash": Kind.CLASH,
        # Only where it was fought for. That it changed hands is lost.
        "government regains territory": Kind.CLASH,
        "non-state actor overtakes territory": Kind.CLASH,
        # Weapons that work from afar, or by a blast. Not all of them are shot,
        # and we have no kind for explosions; the group, shots and harm, is right.
        "chemical weapon": Kind.SHOOTING,
        "air/drone strike": Kind.SHOOTING,
        "suicide bomb": Kind.SHOOTING,
        "shelling/artillery/missile attack": Kind.SHOOTING,
        "remote explosive/landmine/ied": Kind.SHOOTING,
        "grenade": Kind.SHOOTING,
        # Unarmed people are harmed: no clash, which has two sides, and not by
        # shots for sure. A vague word is better than a wrong one.
        "attack": Kind.OBSERVATION,
        "sexual violence": Kind.OBSERVATION,
        # By anybody: as a detention it would be an act of the state.
        "abduction/forced disappearance": Kind.OBSERVATION,
        # ACLED counts the three among protests because those who protest use no
        # violence; a clash would say that they did. What others did is lost.
        "peaceful protest": Kind.GATHERING,
        "protest with intervention": Kind.GATHERING,
        "excessive force against protesters": Kind.GATHERING,
        "excessive force against protestors": Kind.GATHERING,
        # Against people or things; mostly there is another side.
        "violent demonstration": Kind.CLASH,
        "mob violence": Kind.CLASH,
        "agreement": Kind.STATEMENT,
        "arrests": Kind.DETENTION,
        "change to group/activity": Kind.OBSERVATION,
        # Weapons found or stopped, bases and territory taken without a fight: by
        # states as by others, so none is an act of the state or of its army.
        "disrupted weapons use": Kind.OBSERVATION,
        "headquarters or base established": Kind.OBSERVATION,
        "non-violent transfer of territory": Kind.OBSERVATION,
        # ACLED does not say which of the two.
        "looting/property destruction": Kind.LOOTING,
        "other": Kind.OBSERVATION,
    }
)

KIND_OF_TYPE: Mapping[str, Kind] = MappingProxyType(
    {
        "battles": Kind.CLASH,
        "explosions/remote violence": Kind.SHOOTING,
        "violence against civilians": Kind.OBSERVATION,
        "protests": Kind.GATHERING,
        "riots": Kind.CLASH,
        "strategic developments": Kind.OBSERVATION,
    }
)
"""Where the sub-event type is none we know."""

_EXACT = frozenset(
    {"armed clash", "peaceful protest", "arrests", "other", "battles", "protests"}
)
"""The types whose kind says the same; with all others something is lost."""

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
    word = _known_word(words)
    return KIND_OF_SUB_TYPE.get(word) or KIND_OF_TYPE.get(word)


def loss_of(words: tuple[str, str]) -> str:
    """Name what our kind says less of, and the kind; "" if it says the same.

    Examples
    --------
    >>> loss_of(("Riots", "Mob violence")), loss_of(("Protests", "Peaceful protest"))
    ('Mob violence (clash)', '')
    """
    word = _known_word(words)
    if not word or word in _EXACT:
        return ""
    given = next(each.strip() for each in words if each.strip().lower() == word)
    return f"{given} ({kind_of(words)})"


def _known_word(words: tuple[str, str]) -> str:
    """Give the sub-event type if we know it, else the event type; "" for neither."""
    event_type, sub_type = (word.strip().lower() for word in words)
    if sub_type in KIND_OF_SUB_TYPE:
        return sub_type
    return event_type if event_type in KIND_OF_TYPE else ""


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
