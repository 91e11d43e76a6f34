"""Why this project does not lead where it may not: written by hand, by column.

A reason is printed only where the figures ask for one.
"""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "load": (
            "A peer's page holds a map and a slider. This one brings, in one piece, "
            "the words of all events in the reader's language, the list, the cards, "
            "histogram, legend and streets, so that nothing has to be asked for "
            "afterwards; a peer pays for that with each change instead."
        ),
        "step": (
            "E1 and E2 change circles only, without a server; C and F also draw plain "
            "circles on one canvas. Here, up to 2,000 events, each mark is an element "
            "that takes the focus, is read aloud and counts its events, and the same "
            "key brings list, histogram and the window in words up to date. The "
            "promises say how much of that may show."
        ),
        "step95": (
            "As with the median; and a frame that is just missed costs 17 ms, whoever "
            "misses it."
        ),
        "frames": (
            "In a frame this map moves marks with their counts, the list, the "
            "histogram's window and its words, where E1 and E2 move circles or, in "
            "many frames, nothing: the next table counts the sets of marks that were "
            "really shown. The promises say how many frames it has to keep."
        ),
        "frame95": (
            "As with frames a second; at the screen's own rate, differences of a few "
            "hundredths are the clock's."
        ),
        "sets": (
            "This map plays 4 hours a second at most, which is a reader's speed; "
            "a set of few events does not change with each frame then. E1 and E2 "
            "play 15 minutes each 16 ms, if they can, which is 15 times as fast: "
            "where they can, they pass through more sets."
        ),
        "bytes": (
            "E1 and E2 hold all data in the page and tell no server where the reader "
            "is. This map tells it once it has come to rest, so that the address, "
            "the table and the exports follow."
        ),
        "payload": (
            "A peer that filters on the server loads the opening window alone, and "
            "loads the next one at each change (bytes a change). This map loads all "
            "events once, with their words and cards."
        ),
        "cpu": (
            "E1 and E2 have no server in the matter. Here a fragment reruns once "
            "after the hand has come to rest, for what follows the map: address, "
            "table, exports."
        ),
        "browser": (
            "This page holds all events, their words, the list and the cards; a peer "
            "that filters on the server holds the window's marks, and E1 and E2 hold "
            "no words at all. Differences of some ten MB are within the noise."
        ),
        "server": (
            "The server holds the checked data with their places, sources and three "
            "languages, and the libraries that read, filter and export them; a peer's "
            "holds one table."
        ),
    }
)
