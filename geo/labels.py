"""English words for every member of the closed vocabularies.

Holds labels only. They are the keys of the translation catalogues, so a
change here changes a key there. How they are translated and how a time is
said is the business of `geo.texts`.
"""

from collections.abc import Mapping
from enum import StrEnum

from geo import vocab


def noop(message: str) -> str:
    """Mark a message for extraction and return it unchanged."""
    return message


# By class first: members are strings, so Corroboration "independent" and
# TimeBasis "independent" would be one and the same key of a flat table.
LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    vocab.Kind: {
        "gathering": noop("Gathering"),
        "march": noop("March"),
        "civil-response": noop("Civil response"),
        "clash": noop("Clash"),
        "barricade": noop("Barricade"),
        "disruption": noop("Disruption"),
        "building-attack": noop("Attack on a building"),
        "fire": noop("Fire"),
        "looting": noop("Looting"),
        "shooting": noop("Shooting"),
        "casualty-count": noop("Count of dead or injured"),
        "government-measure": noop("Government measure"),
        "military": noop("Military"),
        "detention": noop("Detention"),
        "communications": noop("Communications"),
        "statement": noop("Statement"),
        "rumour": noop("Rumour"),
        "observation": noop("Observation"),
    },
    vocab.KindGroup: {
        "people-gather": noop("People gather"),
        "confrontation": noop("Confrontation"),
        "attack-and-fire": noop("Attack and fire"),
        "shots-and-harm": noop("Shots and harm"),
        "the-state-acts": noop("The state acts"),
        "said-and-seen": noop("Said and seen"),
    },
    vocab.TimePrecision: {
        "minute": noop("known to the minute"),
        "hour": noop("known to about an hour"),
        "part-of-day": noop("known to a part of the day"),
        "day": noop("known to the day"),
    },
    vocab.TimeBasis: {
        "article": noop("time given by the article"),
        "independent": noop("time given by another source"),
        "inferred": noop("time worked out from what came before and after"),
    },
    vocab.Attribution: {
        "observed": noop("the authors saw it"),
        "reported": noop("reported by others"),
        "official": noop("officials said so"),
        "rumour": noop("rumour"),
        "analysis": noop("analysis"),
    },
    vocab.Corroboration: {
        "independent": noop("confirmed by an independent source"),
        "partial": noop("confirmed in part"),
        "official-only": noop("confirmed by officials only"),
        "none": noop("not confirmed by another source"),
    },
    vocab.PlaceKind: {
        "square": noop("square"),
        "building": noop("building"),
        "monument": noop("monument"),
        "park": noop("park"),
        "airport": noop("airport"),
        "area": noop("area"),
        "hospital": noop("hospital"),
        "district": noop("district"),
        "street": noop("street"),
        "crossing": noop("street crossing"),
        "route-point": noop("point on a route"),
        "city": noop("city or town"),
        "region": noop("region"),
        "country": noop("country"),
    },
    vocab.PlacePrecision: {
        "exact": noop("exact place"),
        "vicinity": noop("near this place"),
        "locality": noop("somewhere in this neighbourhood"),
        "district": noop("somewhere in this district"),
        "city": noop("somewhere in this city or town"),
        "region": noop("somewhere in this region"),
    },
    vocab.Confidence: {
        "high": noop("high confidence"),
        "medium": noop("medium confidence"),
        "low": noop("low confidence"),
    },
    vocab.LegEvidence: {
        "documented": noop("documented street"),
        "inferred": noop("inferred street"),
        "unknown": noop("street not known"),
    },
    vocab.Sketch: {
        "line": noop("drawn along its streets"),
        "link": noop("drawn as a dotted arc between its two ends"),
        "area": noop("drawn as a ring round its place"),
        "point": noop("drawn as a point"),
        "none": noop("listed, not drawn"),
    },
    vocab.Direction: {
        "one-way": noop("one way"),
        "both": noop("both ways"),
    },
    vocab.StreetLayer: {
        "street": noop("street (schematic)"),
        "outline": noop("outline"),
        "label": noop("name on the map"),
    },
    vocab.Topic: {
        "deaths": noop("People killed, whole country"),
        "deaths-almaty": noop("People killed, Almaty"),
        "injured": noop("People injured"),
        "detained": noop("People detained"),
        "damage": noop("Damage"),
        "administration-fire": noop("When the city administration burned"),
        "airport-taken": noop("When the airport was taken"),
        "airport-retaken": noop("When the airport was retaken"),
        "network-cut": noop("When the network was cut"),
    },
    vocab.QuestionKind: {
        "map": noop("Read it off the map"),
        "evidence": noop("How do we know?"),
    },
    vocab.Unit: {
        "people": noop("people"),
        "usd": noop("US dollars"),
        "time": noop("Almaty time"),
    },
    vocab.Status: {
        "certain": noop("sure"),
        "likely": noop("likely"),
        "coarse": noop("some time that day"),
        "possible": noop("possible"),
    },
    vocab.Mode: {
        "window": noop("Only this window"),
        "sofar": noop("Everything so far"),
    },
    vocab.Scope: {
        "mapped": noop("On the map"),
        "city": noop("The whole city"),
        "country": noop("The whole country"),
        "unknown": noop("Place not known"),
    },
}
