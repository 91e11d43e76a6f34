"""What may be asked of a handout besides its events."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Paper(StrEnum):
    """The size of a page."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, upright, in points of 1/72 inch.

        ISO 216 gives A4 in millimetres, 210 by 297; Letter is 8.5 by 11 inches.
        """
        return (612.0, 792.0) if self is Paper.LETTER else (595.28, 841.89)


@dataclass(frozen=True)
class HandoutOptions:
    """How a handout is made; the defaults tell the whole story on A4."""

    chapter: str | None = None
    """Id of a chapter, or its number from 1; None for all of them."""
    paper: Paper = Paper.A4
    is_worksheet: bool = False
    """Leave the answers out and give more room to write."""


class HandoutError(Exception):
    """The handout cannot be made as asked; the message is one line for people."""
