"""What stops a count, and why a row is not counted."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from geo.problems import Problem
from geo.said import Message, said


class CubeError(Exception):
    """A file as a whole cannot be counted; the message names it, for people."""


class ZoneNeeded(CubeError):  # noqa: N818 - a question, not a failure
    """Times without an offset stand in a file, and nobody said whose clock."""


class Misused(CubeError):  # noqa: N818 - the reader's doing
    """What was asked for cannot be done with these files or this folder."""


def of_file(
    path: Path, message: str, *, row: int | None = None, column: str | None = None
) -> Message:
    """Name the file, and the row or column in it, that a message is about."""
    return Problem(str(path), row, column, message).sentence


class Reason(StrEnum):
    """Why a row is set aside; the first that holds, in this order."""

    BROKEN = "broken"
    NO_TIME = "no-time"
    BAD_TIME = "bad-time"
    SKIPPED_TIME = "skipped-time"
    NO_POSITION = "no-position"
    BAD_POSITION = "bad-position"
    OFF_MAP = "off-map"
    NOT_A_POINT = "not-a-point"


ABOUT: Mapping[Reason, Message] = MappingProxyType(
    {
        Reason.BROKEN: said("no row with as many cells as the header"),
        Reason.NO_TIME: said("no time"),
        Reason.BAD_TIME: said(
            "not an ISO 8601 time of the years 1925 to 2199,"
            " such as 2022-01-05T14:50+06:00"
        ),
        Reason.SKIPPED_TIME: said("a time that the clock skipped"),
        Reason.NO_POSITION: said("no position"),
        Reason.BAD_POSITION: said(
            "latitude or longitude is no number of degrees, such as 43.2382"
        ),
        Reason.OFF_MAP: said(
            "latitude not in -90 to 90 or longitude not in -180 to 180"
        ),
        Reason.NOT_A_POINT: said("a geometry that is not a point"),
    }
)
"""Each reason in a few words."""
