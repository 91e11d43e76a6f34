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
            "E1 and E2 change circles only. Here the same key also counts the "
            "events by status, redraws the histogram's window, brings the list up to "
            "date and says the window in words. What is lost may be no more than a "
            "frame."
        ),
        "step95": (
            "As with the median: E1 and E2 change circles only, and a frame that is "
            "just missed costs 17 ms whoever misses it."
        ),
        "frames": (
            "Both are at the screen's own rate, or E1 and E2 let frames pass without "
            "a change: the next table counts the sets of marks that were really shown."
        ),
        "frame95": (
            "At the screen's own rate, differences of a few hundredths are the "
            "clock's. Where E1 and E2 change little, their frames cost little."
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
            "that filters on the server holds the window's marks."
        ),
        "server": (
            "The server holds the checked data with their places, sources and three "
            "languages, and the libraries that read, filter and export them; a peer's "
            "holds one table."
        ),
    }
)
