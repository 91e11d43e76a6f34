"""Colours and shapes of the map, for whatever draws it.

The style sheet of the map element says the same colours once more, because a
browser reads no Python; a test holds the two together. Colours of the groups
are Okabe and Ito's, which most colour-blind readers tell apart; a shape
repeats each of them, for print without colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geo.vocab import KindGroup

GROUP_COLOURS: Mapping[KindGroup, str] = MappingProxyType(
    {
        KindGroup.PEOPLE_GATHER: "#0072b2",
        KindGroup.CONFRONTATION: "#e69f00",
        KindGroup.ATTACK_AND_FIRE: "#d55e00",
        KindGroup.SHOTS_AND_HARM: "#2b2b2b",
        KindGroup.THE_STATE_ACTS: "#cc79a7",
        KindGroup.SAID_AND_SEEN: "#009e73",
    }
)
"""Of the light theme, which is the one for paper."""

GLYPHS: Mapping[KindGroup, str] = MappingProxyType(
    {
        KindGroup.PEOPLE_GATHER: "M0-6.2A6.2 6.2 0 1 1 0 6.2A6.2 6.2 0 1 1 0-6.2Z",
        KindGroup.CONFRONTATION: "M0-7.4L7 5.4H-7Z",
        KindGroup.ATTACK_AND_FIRE: "M0-7.8L7.8 0L0 7.8L-7.8 0Z",
        KindGroup.SHOTS_AND_HARM: "M-2.4-7H2.4V-2.4H7V2.4H2.4V7H-2.4V2.4H-7V-2.4H-2.4Z",
        KindGroup.THE_STATE_ACTS: "M-5.8-5.8H5.8V5.8H-5.8Z",
        KindGroup.SAID_AND_SEEN: "M-7 0L-3.5-6.1H3.5L7 0L3.5 6.1H-3.5Z",
    }
)
"""SVG paths round 0 0, some 14 wide."""

MAP_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fbfaf7",
        "panel": "#ffffff",
        "ink": "#1f1e1b",
        "soft": "#5d5a53",
        "line": "#d8d3c8",
        "accent": "#24506b",
        "land": "#f2efe7",
        "street-fill": "#ffffff",
        "street-casing": "#d6cfc0",
        "square": "#e3d9c2",
        "park": "#dde5d2",
        "name": "#67625a",
        "place-name": "#3a372f",
        "graticule": "#e2dccf",
        "route": "#3d3a52",
    }
)
"""What else is drawn, by the names the style sheet has for it (``--tm-…``)."""
