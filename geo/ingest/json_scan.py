"""Walk through the list of a JSON file, item by item.

A broken item costs itself and no other: the walk goes on at the next. So the
text of every item is known, and can be set aside unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from geo.said import Quote, said

_LISTS = ("features", "events")
# After so many broken items the rest is set aside as one: a file of nothing
# but opened brackets takes no longer than another.
_MOST_BROKEN = 300
_LONGEST_INTEGER = 300

_SPACE = re.compile(r"[ \t\n\r]*")
_NEXT_ITEM = re.compile(r"\}\s*,\s*(?=\{)")


class Twice(dict[str, Any]):
    """An object that has one key twice: one value is lost."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, and mark it if a key stands twice."""
    made = dict(pairs)
    return made if len(made) == len(pairs) else Twice(made)


def _whole(digits: str) -> int | float:
    """Read a whole number; Python refuses, or takes long for, very long ones."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_whole)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list, or the text of what should be one."""

    start: int
    end: int
    value: Any
    problem: str | None = None


@dataclass
class Scan:
    """Walks through the text of a file."""

    text: str
    at: int = 0
    members: dict[str, Any] = field(default_factory=dict)
    """What stands beside the list."""
    is_whole: bool = False
    """Whether the list was closed."""

    def sign(self) -> str:
        """Skip space; give the sign that follows, "" at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:  # noqa: ANN401 - JSON is anything
        """Read one value.

        Raises
        ------
        ValueError
            If there is none.
        """
        self.sign()
        try:
            value, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            line = self.text.count("\n", 0, error.pos) + 1
            raise ValueError(
                said(
                    "is not JSON: {reason} (line {line})",
                    reason=Quote(error.msg),
                    line=str(line),
                )
            ) from error
        except RecursionError:
            raise ValueError(said("is nested too deeply")) from None
        return value

    def find_list(self) -> None:
        """Go to the first item of the list.

        Raises
        ------
        ValueError
            If there is no list of features or events.
        """
        if self.sign() == "[":
            self.at += 1
        elif self.sign() == "{":
            self.at += 1
            self._read_members(until_list=True)
        else:
            raise ValueError(said("is not JSON: it begins with neither {{ nor ["))

    def read_rest(self) -> None:
        """Read the members after the list, as far as they can be read."""
        if self.is_whole and self.sign() == ",":
            self.at += 1
            self._read_members(until_list=False)

    def _read_members(self, *, until_list: bool) -> None:
        """Read names and values."""
        while self.sign() == '"':
            name = self.value()
            if self.sign() != ":":
                raise ValueError(
                    said("is not JSON: no value after {name}", name=repr(name))
                )
            self.at += 1
            if until_list and name in _LISTS and self.sign() == "[":
                self.at += 1
                return
            self.members[name] = self.value()
            if self.sign() != ",":
                break
            self.at += 1
        if until_list:
            raise ValueError(said("is JSON without a list of features or events"))

    def items(self) -> Iterator[Item]:
        """Give the items of the list, broken ones as text."""
        broken = 0
        while (sign := self.sign()) and sign != "]":
            start = self.at
            try:
                value = self.value()
                if self.sign() not in (",", "]", ""):
                    raise ValueError(said("is not followed by a comma"))
                yield Item(start, self.at, value)
            except ValueError as error:
                broken += 1
                following = _NEXT_ITEM.search(self.text, start)
                is_last = following is None or broken > _MOST_BROKEN
                self.at = (
                    len(self.text) if is_last or following is None else following.end()
                )
                yield Item(start, self.at, None, str(error))
                continue
            self.at += self.sign() == ","
        self.is_whole = self.sign() == "]"
        self.at += self.is_whole
