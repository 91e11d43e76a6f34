"""What Python and the system say most often when something cannot be done.

These reasons can be translated; all others are quoted as they are.
"""

from __future__ import annotations

from geo.labels import noop

REASONS = frozenset(
    {
        # of the system
        noop("No such file or directory"),
        noop("Permission denied"),
        noop("Is a directory"),
        noop("Not a directory"),
        noop("No space left on device"),
        noop("File name too long"),
        # of the csv module
        noop("unexpected end of data"),
        noop("',' expected after '\"'"),
        noop("';' expected after '\"'"),
        noop("'\t' expected after '\"'"),
        # of the json module
        noop("Expecting value"),
        noop("Expecting ',' delimiter"),
        noop("Expecting ':' delimiter"),
        noop("Expecting property name enclosed in double quotes"),
        noop("Extra data"),
        noop("Invalid \\escape"),
        noop("Invalid \\uXXXX escape"),
        noop("Invalid control character at"),
        noop("Unterminated string starting at"),
        # of the calendar and the clock
        noop("month must be in 1..12"),
        noop("day is out of range for month"),
        noop("hour must be in 0..23"),
        noop("minute must be in 0..59"),
    }
)
