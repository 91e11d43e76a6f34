"""The files that are counted, and the blocks they are read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from geo.cube import csv_blocks, parquet
from geo.cube.csv_blocks import CsvLayout
from geo.cube.faults import CubeError, Misused, of_file
from geo.cube.parquet import ParquetLayout
from geo.cube.rows import Block
from geo.said import Quote, said

_PARQUET = b"PAR1"


@dataclass(frozen=True)
class Source:
    """One file."""

    path: Path
    """Absolute: the workers of a cluster stand in folders of their own."""
    layout: CsvLayout | ParquetLayout


def sources_of(names: Sequence[str]) -> tuple[Source, ...]:
    """Look at every file before the first is counted.

    Raises
    ------
    CubeError
        If a file is no CSV and no GeoParquet, or lacks a column.
    Misused
        If a name is no file, or two are the same file.
    """
    known: dict[Path, str] = {}
    sources = []
    for name in names:
        path = _resolved(name)
        if path in known:
            message = said(
                '"{name}" and "{other}" are the same file', name=name, other=known[path]
            )
            raise Misused(message)
        known[path] = name
        sources.append(Source(path, _layout(path)))
    return tuple(sources)


def _resolved(name: str) -> Path:
    """Give the absolute path of an ordinary file."""
    try:
        path = Path(name).resolve(strict=True)
        if path.is_dir():
            raise Misused(said('"{name}" is a folder: name the files in it', name=name))
        if not path.is_file():
            raise Misused(said('"{name}" is no ordinary file', name=name))
        path.open("rb").close()
    except (OSError, ValueError, RuntimeError) as error:
        reason = Quote(getattr(error, "strerror", None) or error)
        message = said('cannot read "{file}": {reason}', file=name, reason=reason)
        raise Misused(message) from error
    return path


def _layout(path: Path) -> CsvLayout | ParquetLayout:
    """Find out what a file is, by its first bytes."""
    with path.open("rb") as file:
        start = file.read(64).lstrip()
    if start.startswith(_PARQUET):
        return parquet.layout_of(path)
    if start[:1] in (b"{", b"["):
        message = said("is JSON; CSV and GeoParquet can be counted")
        raise CubeError(of_file(path, message))
    return csv_blocks.layout_of(path)


def blocks_of(sources: Sequence[Source], zone: tzinfo | None) -> Iterator[Block]:
    """Give all blocks, in the order of the files and of their rows.

    Raises
    ------
    CubeError
        If a file cannot be divided.
    """
    for file, source in enumerate(sources):
        spans = (
            csv_blocks.blocks_of(source.path, source.layout)
            if isinstance(source.layout, CsvLayout)
            else parquet.groups_of(source.path)
        )
        for number, span in enumerate(spans):
            yield Block(str(source.path), file, number, source.layout, span, zone)
