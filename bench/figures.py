"""What a run brings home: numbers, or the reason why there are none."""

from dataclasses import dataclass, field
from typing import Literal

Measure = Literal["load", "step", "drag", "play", "filter"]
"""A part of a cell's work that can fail by itself."""


@dataclass
class Figures:
    """What one subject did at one size, all rounds together."""

    load_ms: list[float] = field(default_factory=list)
    load_bytes: list[float] = field(default_factory=list)
    step_ms: list[float] = field(default_factory=list)
    step_bytes: list[float] = field(default_factory=list)
    step_cpu_ms: list[float] = field(default_factory=list)
    frame_ms: list[float] = field(default_factory=list)
    sets_a_second: list[float] = field(default_factory=list)
    browser_mb: list[float] = field(default_factory=list)
    server_mb: list[float] = field(default_factory=list)
    drag_ms: list[float] = field(default_factory=list)
    drag_updates: list[float] = field(default_factory=list)
    drag_moves: list[float] = field(default_factory=list)
    sent_in_drag: list[float] = field(default_factory=list)
    bytes_in_drag: list[float] = field(default_factory=list)
    sent_after_rest: list[float] = field(default_factory=list)
    address_follows: list[bool] = field(default_factory=list)
    why: dict[Measure, str] = field(default_factory=dict)
    """Why a measure has no numbers."""


@dataclass
class Run:
    """All figures of a run, by subject and size."""

    cells: dict[tuple[str, int], Figures] = field(default_factory=dict)
    filter_ms: list[float] = field(default_factory=list)
    page_bytes: int = 0
    page_gzip_bytes: int = 0
    rounds: int = 0
    seconds: float = 0
    made_with: str = ""
    """When, where and with which versions it was made."""

    def cell(self, key: str, size: int) -> Figures:
        """Return a cell, made if need be."""
        return self.cells.setdefault((key, size), Figures())

    @property
    def sizes(self) -> list[int]:
        """The sizes measured, ascending."""
        return sorted({size for _, size in self.cells})
