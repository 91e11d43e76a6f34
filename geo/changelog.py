"""The data's versions, and the events that were withdrawn from it.

Reads the data section of ``CHANGELOG.md``, whose shape is fixed and said
there. An event id never changes meaning: one that is withdrawn is still
found here, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from geo.texts import Texts

CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"

_SECTION = "## Data"
_WITHDRAWN = "#### Withdrawn"
_VERSION = re.compile(r"### (\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)")
_TRANSLATION = re.compile(r"  - (ru|kk): (\S.*)")
_WITHDRAWAL = re.compile(r"`([\w.:-]+)`: (\S.*)")


class ChangelogError(ValueError):
    """The data section has another shape than it says; names the line."""


@dataclass(frozen=True)
class Said:
    """A text and its translations, in fields that `Texts.field` knows."""

    text: str
    text_ru: str = ""
    text_kk: str = ""

    def in_language(self, texts: Texts) -> str:
        """Give the text as a reader of a language gets it."""
        return texts.field(vars(self), "text")


@dataclass(frozen=True)
class Withdrawal:
    """An event that is no longer in the data, and why."""

    id: str
    reason: Said
    version: str
    """Number of the first version without it."""
    day: date


@dataclass(frozen=True)
class Version:
    """One version of the data."""

    number: str
    day: date
    entries: tuple[Said, ...] = ()
    """What changed, one sentence or more each."""
    withdrawn: tuple[Withdrawal, ...] = ()


@dataclass(frozen=True)
class Changelog:
    """All versions, newest first; there is at least one."""

    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        """The version of the data as it is."""
        return self.versions[0]

    @property
    def withdrawn(self) -> tuple[Withdrawal, ...]:
        """Every event ever withdrawn, newest first."""
        return tuple(each for version in self.versions for each in version.withdrawn)

    def withdrawal_of(self, event_id: str) -> Withdrawal | None:
        """Say why an event is gone; None if it was never withdrawn."""
        return next((each for each in self.withdrawn if each.id == event_id), None)


@lru_cache(maxsize=1)
def changelog() -> Changelog:
    """Give the change log of this copy, read once.

    Raises
    ------
    ChangelogError
        If its data section has another shape.
    """
    return parse_changelog(CHANGELOG.read_text(encoding="utf-8"))


def parse_changelog(text: str) -> Changelog:
    r"""Read the data section of a change log.

    Raises
    ------
    ChangelogError
        With the number of the first line that does not fit, or the rule that
        the versions break as a whole.

    Examples
    --------
    >>> text = "## Data\n### 1.0.0 (2026-11-22)\n- First\n  version.\n## Code"
    >>> parse_changelog(text).current.entries
    (Said(text='First version.', text_ru='', text_kk=''),)
    """
    drafts: list[_Draft] = []
    for number, line in _lines(text):
        if match := _VERSION.fullmatch(line):
            drafts.append(_Draft(match[1], _day(match[2], number)))
        elif drafts:
            drafts[-1].take(line, number)
        elif line.startswith("#"):
            raise _misfit(number, line)
    versions = tuple(draft.version() for draft in drafts)
    _check(versions)
    return Changelog(versions)


@dataclass
class _Draft:
    """A version while its lines are read."""

    number: str
    day: date
    entries: list[Said] = field(default_factory=list)
    withdrawals: list[Said] | None = None
    """None until the heading for them has been met."""

    def take(self, line: str, number: int) -> None:
        """Add a line: a point, the rest of one, or the heading."""
        points = self.entries if self.withdrawals is None else self.withdrawals
        if line == _WITHDRAWN and self.withdrawals is None:
            self.withdrawals = []
        elif line.startswith("- "):
            points.append(Said(line[2:].strip()))
        elif (match := _TRANSLATION.fullmatch(line)) and points:
            points[-1] = replace(points[-1], **{f"text_{match[1]}": match[2]})
        elif line.startswith("  ") and points:
            points[-1] = replace(points[-1], text=f"{points[-1].text} {line.strip()}")
        else:
            raise _misfit(number, line)

    def version(self) -> Version:
        """Give the finished version."""
        whole = Version(self.number, self.day, tuple(self.entries))
        withdrawn = (_withdrawal(each, whole) for each in self.withdrawals or ())
        return replace(whole, withdrawn=tuple(withdrawn))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines of the data section that are not blank, with numbers."""
    is_inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            is_inside = line.rstrip() == _SECTION
        elif is_inside and line.strip():
            yield number, line.rstrip()


def _withdrawal(point: Said, version: Version) -> Withdrawal:
    """Read an id and a reason."""
    match = _WITHDRAWAL.fullmatch(point.text)
    if match is None:
        raise ChangelogError(
            f"version {version.number}: {point.text!r} is not a withdrawn id,"
            " `id`: reason"
        )
    reason = replace(point, text=match[2])
    return Withdrawal(match[1], reason, version.number, version.day)


def _check(versions: tuple[Version, ...]) -> None:
    """Refuse no versions, versions out of order, and an id withdrawn twice."""
    if not versions:
        raise ChangelogError(f"no version below {_SECTION}")
    for newer, older in pairwise(versions):
        if newer.day < older.day or _rank(newer) <= _rank(older):
            raise ChangelogError(
                f"version {newer.number} does not come after {older.number}"
            )
    ids = [each.id for version in versions for each in version.withdrawn]
    for event_id in ids:
        if ids.count(event_id) > 1:
            raise ChangelogError(f"{event_id} is withdrawn more than once")


def _rank(version: Version) -> tuple[int, ...]:
    """Give what versions are ordered by."""
    return tuple(map(int, version.number.split(".")))


def _day(text: str, number: int) -> date:
    """Read the day of a version."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ChangelogError(f"line {number}: {text} is no day") from error


def _misfit(number: int, line: str) -> ChangelogError:
    """Name a line that fits nowhere."""
    return ChangelogError(f"line {number} does not fit: {line!r}")
