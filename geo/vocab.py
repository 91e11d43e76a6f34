"""The closed vocabularies: every coded word that may stand in a data file.

A member's value is the word in the files and in addresses. What a reader sees
in its place comes from the catalogues, so this module holds no words for the
screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What happened: 18 kinds of act, in the order of their groups."""

    GATHERING = "gathering"
    MARCH = "march"
    CIVIL_RESPONSE = "civil-response"
    CLASH = "clash"
    BARRICADE = "barricade"
    DISRUPTION = "disruption"
    BUILDING_ATTACK = "building-attack"
    FIRE = "fire"
    LOOTING = "looting"
    SHOOTING = "shooting"
    CASUALTY_COUNT = "casualty-count"
    GOVERNMENT_MEASURE = "government-measure"
    MILITARY = "military"
    DETENTION = "detention"
    COMMUNICATIONS = "communications"
    STATEMENT = "statement"
    RUMOUR = "rumour"
    OBSERVATION = "observation"


class KindGroup(StrEnum):
    """Six groups that colour and shape follow; they name acts, never sides."""

    PEOPLE_GATHER = "people-gather"
    CONFRONTATION = "confrontation"
    ATTACK_AND_FIRE = "attack-and-fire"
    SHOTS_AND_HARM = "shots-and-harm"
    THE_STATE_ACTS = "the-state-acts"
    SAID_AND_SEEN = "said-and-seen"


GROUP_OF: Mapping[Kind, KindGroup] = MappingProxyType(
    {
        Kind.GATHERING: KindGroup.PEOPLE_GATHER,
        Kind.MARCH: KindGroup.PEOPLE_GATHER,
        Kind.CIVIL_RESPONSE: KindGroup.PEOPLE_GATHER,
        Kind.CLASH: KindGroup.CONFRONTATION,
        Kind.BARRICADE: KindGroup.CONFRONTATION,
        Kind.DISRUPTION: KindGroup.CONFRONTATION,
        Kind.BUILDING_ATTACK: KindGroup.ATTACK_AND_FIRE,
        Kind.FIRE: KindGroup.ATTACK_AND_FIRE,
        Kind.LOOTING: KindGroup.ATTACK_AND_FIRE,
        Kind.SHOOTING: KindGroup.SHOTS_AND_HARM,
        Kind.CASUALTY_COUNT: KindGroup.SHOTS_AND_HARM,
        Kind.GOVERNMENT_MEASURE: KindGroup.THE_STATE_ACTS,
        Kind.MILITARY: KindGroup.THE_STATE_ACTS,
        Kind.DETENTION: KindGroup.THE_STATE_ACTS,
        Kind.COMMUNICATIONS: KindGroup.THE_STATE_ACTS,
        Kind.STATEMENT: KindGroup.SAID_AND_SEEN,
        Kind.RUMOUR: KindGroup.SAID_AND_SEEN,
        Kind.OBSERVATION: KindGroup.SAID_AND_SEEN,
    }
)


class TimePrecision(StrEnum):
    """How exactly the time of an event is known."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part-of-day"
    DAY = "day"


COARSE_PRECISIONS: frozenset[TimePrecision] = frozenset(
    {TimePrecision.PART_OF_DAY, TimePrecision.DAY}
)
"""Precisions whose clock part is only a bound: "some time that day"."""


class TimeBasis(StrEnum):
    """Where the time of an event comes from."""

    ARTICLE = "article"
    INDEPENDENT = "independent"
    INFERRED = "inferred"


class Attribution(StrEnum):
    """Who says so, from the authors' own eyes to a guess."""

    OBSERVED = "observed"
    REPORTED = "reported"
    OFFICIAL = "official"
    RUMOUR = "rumour"
    ANALYSIS = "analysis"


class Corroboration(StrEnum):
    """What other sources make of an event."""

    INDEPENDENT = "independent"
    PARTIAL = "partial"
    OFFICIAL_ONLY = "official-only"
    NONE = "none"


class PlaceKind(StrEnum):
    """What sort of place."""

    SQUARE = "square"
    BUILDING = "building"
    MONUMENT = "monument"
    PARK = "park"
    AIRPORT = "airport"
    AREA = "area"
    HOSPITAL = "hospital"
    DISTRICT = "district"
    STREET = "street"
    CROSSING = "crossing"
    ROUTE_POINT = "route-point"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class PlacePrecision(StrEnum):
    """How exactly the position of a place is known or can be meant."""

    EXACT = "exact"
    VICINITY = "vicinity"
    LOCALITY = "locality"
    DISTRICT = "district"
    CITY = "city"
    REGION = "region"


class Confidence(StrEnum):
    """How far the gathered sources agree on a place's position."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class LegEvidence(StrEnum):
    """What supports one leg of a route."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Sketch(StrEnum):
    """How a leg may be drawn, as far as the sources allow."""

    LINE = "line"
    LINK = "link"
    AREA = "area"
    POINT = "point"
    NONE = "none"


class Direction(StrEnum):
    """Whether a route was walked one way or in both."""

    ONE_WAY = "one-way"
    BOTH = "both"


class StreetLayer(StrEnum):
    """What a feature of the schematic city is."""

    STREET = "street"
    OUTLINE = "outline"
    LABEL = "label"


class Topic(StrEnum):
    """Figures and times on which sources differ."""

    DEATHS = "deaths"
    DEATHS_ALMATY = "deaths-almaty"
    INJURED = "injured"
    DETAINED = "detained"
    DAMAGE = "damage"
    ADMINISTRATION_FIRE = "administration-fire"
    AIRPORT_TAKEN = "airport-taken"
    AIRPORT_RETAKEN = "airport-retaken"
    NETWORK_CUT = "network-cut"


class QuestionKind(StrEnum):
    """Where a class finds the answer to a question of the story."""

    MAP = "map"
    EVIDENCE = "evidence"


class Unit(StrEnum):
    """What the value of a claim counts; ``time`` makes it a moment."""

    PEOPLE = "people"
    USD = "usd"
    TIME = "time"


class Status(StrEnum):
    """How surely an event falls into a window, surest first."""

    CERTAIN = "certain"
    COARSE = "coarse"
    LIKELY = "likely"
    POSSIBLE = "possible"


class Mode(StrEnum):
    """Which time a query looks at: its window, or everything up to its end."""

    WINDOW = "window"
    SOFAR = "sofar"


class Scope(StrEnum):
    """Where an event stands: on the map, or under a heading of the list."""

    MAPPED = "mapped"
    CITY = "city"
    COUNTRY = "country"
    UNKNOWN = "unknown"
