"""Counts of some rows, and their sum.

Adding up knows no order: whichever blocks are counted first, and wherever, the
sum is the same to the last byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from geo.cube.faults import Reason
from geo.cube.tiles import COARSEST, FINEST, Ints, coarser


@dataclass(frozen=True)
class Tally:
    """What became of the rows of one file: ``read == counted + set aside``."""

    read: int = 0
    set_aside: Mapping[Reason, int] = field(default_factory=dict)
    examples: Mapping[Reason, tuple[int, str]] = field(default_factory=dict)
    """Of each reason the first cell, and the block in which it stands."""
    days: int = 0
    """Counted rows of which only the day is known."""
    other_kinds: int = 0
    """Counted rows whose kind is none of ours."""

    @property
    def counted(self) -> int:
        """How many rows are in the cube."""
        return self.read - sum(self.set_aside.values())

    def __add__(self, other: Tally) -> Tally:
        """Add up, and keep the example that stands first."""
        reasons = [
            each for each in Reason if each in {*self.set_aside, *other.set_aside}
        ]
        examples = dict(other.examples)
        for reason, example in self.examples.items():
            examples[reason] = min(example, examples.get(reason, example))
        return Tally(
            self.read + other.read,
            {
                each: self.set_aside.get(each, 0) + other.set_aside.get(each, 0)
                for each in reasons
            },
            examples,
            self.days + other.days,
            self.other_kinds + other.other_kinds,
        )


@dataclass(frozen=True)
class Partial:
    """Counts by cell, hour and kind, at the finest zoom that is small enough."""

    zoom: int
    keys: Ints
    """As `tiles.packed` makes them, each once, ascending."""
    counts: Ints
    tallies: Mapping[int, Tally]
    """By the number of the file."""


def counted(keys: Ints, most_rows: int, tallies: Mapping[int, Tally]) -> Partial:
    """Count keys, as they come from a block."""
    different, counts = np.unique(keys, return_counts=True)
    whole = Partial(FINEST, different, counts.astype(np.int64), tallies)
    return small_enough(whole, most_rows)


def summed(parts: Sequence[Partial], most_rows: int) -> Partial:
    """Add up counts, at the zoom of the coarsest of them.

    A part that had to become coarser had too many cells, and so has the whole.
    """
    if not parts:
        return counted(np.empty(0, np.int64), most_rows, {})
    zoom = min(part.zoom for part in parts)
    keys, counts = added(
        np.concatenate([moved(part.keys, part.zoom - zoom) for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )
    tallies = sum_of(part.tallies for part in parts)
    return small_enough(Partial(zoom, keys, counts, tallies), most_rows)


def small_enough(part: Partial, most_rows: int) -> Partial:
    """Go to coarser cells until there are few enough rows, or no coarser ones."""
    zoom, keys, counts = part.zoom, part.keys, part.counts
    while len(keys) > most_rows and zoom > COARSEST:
        keys, counts = added(moved(keys, 2), counts)
        zoom -= 2
    return Partial(zoom, keys, counts, part.tallies)


def moved(keys: Ints, steps: int) -> Ints:
    """Move keys to coarser cells, if they have to be moved."""
    return coarser(keys, steps) if steps else keys


def added(keys: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Sort keys, and add up the counts of equal ones."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    if not len(keys):
        return keys, counts
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return keys[first], np.add.reduceat(counts, first)


def sum_of(tallies: Iterable[Mapping[int, Tally]]) -> dict[int, Tally]:
    """Add up what became of the rows, file by file."""
    total: dict[int, Tally] = {}
    for each in tallies:
        for number, tally in each.items():
            total[number] = total.get(number, Tally()) + tally
    return total
