"""What the two engines take and give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from geo.cube.partial import Tally
from geo.cube.tiles import Ints

Progress = Callable[[int], None]
"""Is told how many bytes have been read and counted."""


@dataclass(frozen=True)
class Level:
    """The counts at one zoom, sorted by hour, y, x and kind."""

    zoom: int
    hour: Ints
    """Since 1970-01-01T00 on Almaty's wall clock."""
    y: Ints
    x: Ints
    kind: Ints
    count: Ints


@dataclass(frozen=True)
class Counts:
    """What an engine has counted."""

    tallies: Mapping[int, Tally]
    """By the number of the file."""
    levels: Iterator[Level]
    """Coarsest first; of each but the coarsest the rows are few enough."""
    left_out: tuple[int, ...]
    """Zooms that would have had too many rows."""
    worker_bytes: int = 0
    """The most memory a worker of a cluster has had; 0 without workers."""
