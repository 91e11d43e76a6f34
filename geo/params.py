"""Reading the parameters of an address: never fails, notes what it drops.

Knows the forms of values (times, codes, lists, flags) and not what is asked.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from geo.labels import noop
from geo.timeline import parse_moment

Coded = TypeVar("Coded", bound=StrEnum)

NOT_ONE_OF = noop("is not one of: {choices}")
"""Why a word of a closed vocabulary is dropped."""

_TRUE, _FALSE = ("1", "true", "yes"), ("0", "false", "no")


@dataclass(frozen=True)
class Dropped:
    """A parameter, or one item of its list, that could not be used."""

    name: str
    value: str
    reason: str
    """A message to translate; it may have a place `{choices}`."""
    choices: str = ""
    """The words that could have been used, where there are only so many."""


@dataclass
class ParamReader:
    """Reads one set of parameters, one name at a time."""

    params: Mapping[str, str]
    dropped: list[Dropped] = field(default_factory=list)
    """What could not be used, in the order of reading."""

    def drop(
        self, name: str, reason: str, value: str | None = None, choices: str = ""
    ) -> None:
        """Note that a parameter, or the one value of its list, is not used."""
        found = self.params[name] if value is None else value
        self.dropped.append(Dropped(name, found, reason, choices))

    def drop_unknown(self, known: Container[str]) -> None:
        """Note every parameter with a name nobody knows."""
        for name in self.params:
            if name not in known:
                self.drop(name, noop("is not a known parameter"))

    def text(self, name: str) -> str:
        """Give a parameter as it stands; blank text is none."""
        text = self.params.get(name, "")
        return text if text.strip() else ""

    def moment(self, name: str) -> datetime | None:
        """Read an Almaty time; None if there is none, or no good one."""
        # A + that was not escaped in an address arrives as a space.
        text = self.text(name).strip().replace(" ", "+")
        try:
            return parse_moment(text) if text else None
        except ValueError:
            self.drop(name, noop("is not an ISO 8601 time, such as 2022-01-05T14:50"))
            return None

    def flag(self, name: str) -> bool:
        """Read a yes or no; what is not there is no."""
        text = self.text(name).strip().lower()
        if text and text not in _TRUE + _FALSE:
            self.drop(name, noop("is neither 1 nor 0"))
        return text in _TRUE

    def code(self, name: str, vocabulary: type[Coded], *, default: Coded) -> Coded:
        """Read one word of a closed vocabulary."""
        text = self.text(name).strip()
        if not text or text in frozenset(word.value for word in vocabulary):
            return vocabulary(text) if text else default
        self.drop(name, NOT_ONE_OF, choices=", ".join(vocabulary))
        return default

    def codes(self, name: str, vocabulary: type[Coded]) -> tuple[Coded, ...]:
        """Read a list of words of a closed vocabulary."""
        known = frozenset(word.value for word in vocabulary)
        items = self.ids(name, known, NOT_ONE_OF, ", ".join(vocabulary))
        return tuple(vocabulary(item) for item in items)

    def ids(
        self, name: str, known: Container[str], reason: str, choices: str = ""
    ) -> tuple[str, ...]:
        """Read a list of known words; what stands twice counts once."""
        items = (item.strip() for item in self.text(name).split(","))
        good = []
        for item in dict.fromkeys(item for item in items if item):
            if item in known:
                good.append(item)
            else:
                self.drop(name, reason, item, choices)
        return tuple(good)

    def metres(self, name: str, *, default: float) -> float:
        """Read a positive, finite length."""
        text = self.text(name)
        try:
            number = float(text) if text else default
        except ValueError:
            number = math.nan
        if math.isfinite(number) and number > 0:
            return number
        self.drop(name, noop("is not a positive number of metres"))
        return default
