"""GeoParquet files: their columns, and the cells of one group of rows.

The metadata are read with Arrow alone. Longitude comes first in well-known
binary, whatever the order of axes the reference system says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from geo.cube.faults import CubeError, of_file
from geo.ingest.kinds import FileKind, field_columns
from geo.problems import quoted
from geo.said import Message, said

BATCH_ROWS = 250_000
_WGS84 = (("OGC", "CRS84"), ("EPSG", "4326"))


@dataclass(frozen=True)
class ParquetLayout:
    """The columns that are counted."""

    geometry: str
    times: tuple[str, ...]
    """When an event happened: the first of these that a row has."""
    kind: str | None


def layout_of(path: Path) -> ParquetLayout:
    """Read what a GeoParquet file says of itself.

    Raises
    ------
    CubeError
        If it is none, has no points in WGS84, or no column of times.
    """
    with opened(path) as file:
        schema = file.schema_arrow
    return ParquetLayout(
        _geometry(path, schema), _times(path, schema), _kind(path, schema)
    )


def opened(path: Path) -> parquet.ParquetFile:
    """Open a file; it is closed at the end of its ``with``.

    Raises
    ------
    CubeError
        If it is no Parquet, or broken off.
    """
    try:
        return parquet.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        message = said("is no whole Parquet file ({reason})", reason=_line(error))
        raise CubeError(of_file(path, message)) from error


def groups_of(path: Path) -> Iterator[tuple[int, int]]:
    """Give the number of each group of rows, and its size in bytes."""
    with opened(path) as file:
        for number in range(file.metadata.num_row_groups):
            yield number, file.metadata.row_group(number).total_byte_size


def read_group(
    path: Path, number: int, layout: ParquetLayout
) -> Iterator[pa.RecordBatch]:
    """Read the cells of a group of rows, some at a time.

    Raises
    ------
    CubeError
        If the file is damaged.
    """
    names = [layout.geometry, *layout.times]
    if layout.kind is not None:
        names.append(layout.kind)
    with opened(path) as file:
        try:
            yield from file.iter_batches(
                BATCH_ROWS, row_groups=[number], columns=names, use_threads=False
            )
        except (pa.ArrowException, OSError) as error:
            message = said("is damaged ({reason})", reason=_line(error))
            raise CubeError(of_file(path, message)) from error


def _geometry(path: Path, schema: pa.Schema) -> str:
    """Find the column of points, and check how they are written."""
    text = (schema.metadata or {}).get(b"geo")
    if text is None:
        message = said(
            'has no "geo" metadata, so it is no GeoParquet: write it with'
            " geopandas, DuckDB or GDAL"
        )
        raise CubeError(of_file(path, message))
    try:
        metadata = json.loads(text)
        name = metadata["primary_column"]
        column = metadata["columns"][name]
        encoding, types = column["encoding"], column.get("geometry_types", [])
        system = column.get("crs", "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = said('has "geo" metadata that cannot be read')
        raise CubeError(of_file(path, message)) from error
    wrong = _wrong_geometry(schema, name, encoding, types) or _wrong_system(system)
    if wrong is not None:
        raise CubeError(of_file(path, wrong, column=quoted(name)))
    return str(name)


def _wrong_geometry(
    schema: pa.Schema,
    name: Any,  # noqa: ANN401 - whatever JSON holds
    encoding: Any,  # noqa: ANN401
    types: Any,  # noqa: ANN401
) -> Message | None:
    """Say why a column holds no points that we read; None if it does."""
    if not isinstance(name, str) or name not in schema.names:
        return said("is named as the geometry, but is not there")
    if encoding != "WKB" or not _is_binary(schema.field(name).type):
        return said(
            "has the encoding {encoding}; WKB is read", encoding=quoted(encoding)
        )
    if types and not any(str(each).split(" ")[0] == "Point" for each in types):
        found = quoted(", ".join(map(str, types)))
        return said("holds {types}; points can be counted", types=found)
    return None


def _wrong_system(system: Any) -> Message | None:  # noqa: ANN401
    """Say that a reference system is not WGS84; None if it is."""
    # Without the member the system is WGS84 (GeoParquet 1.1, "crs").
    if system == "" or _is_wgs84(system):
        return None
    if system is None:
        return said(
            "is in an unknown reference system; OGC:CRS84 and EPSG:4326 are read"
        )
    name = system.get("name") if isinstance(system, dict) else system
    return said(
        "is in {system}; OGC:CRS84 and EPSG:4326 are read", system=quoted(str(name))
    )


def _times(path: Path, schema: pa.Schema) -> tuple[str, ...]:
    """Find the columns that say when."""
    fields = field_columns(FileKind.TABLE, schema.names)
    names = [fields[name] for name in ("start", "date") if name in fields]
    if not names and "time" in fields:
        names = [fields["time"]]
    if not names:
        message = said(
            "lacks a column date or start, and has {columns}",
            columns=[quoted(name) for name in schema.names[:12]],
        )
        raise CubeError(of_file(path, message))
    for name in names:
        kind = schema.field(name).type
        if not (pa.types.is_timestamp(kind) or pa.types.is_date(kind) or is_text(kind)):
            message = said(
                "holds {type}; a time is a timestamp, a date or ISO 8601 text",
                type=str(kind),
            )
            raise CubeError(of_file(path, message, column=quoted(name)))
    return tuple(names)


def _kind(path: Path, schema: pa.Schema) -> str | None:
    """Find the column of kinds, if there is one."""
    name = field_columns(FileKind.TABLE, schema.names).get("kind")
    if name is not None and not is_text(schema.field(name).type):
        message = said(
            "holds {type}; a kind is text", type=str(schema.field(name).type)
        )
        raise CubeError(of_file(path, message, column=quoted(name)))
    return name


def is_text(kind: pa.DataType) -> bool:
    """Whether a column holds text, each once or as often as it stands."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or (hasattr(pa.types, "is_string_view") and pa.types.is_string_view(kind))
    )


def _is_binary(kind: pa.DataType) -> bool:
    """Whether a column can hold well-known binary."""
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _is_wgs84(system: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether PROJJSON says longitude and latitude of WGS84."""
    code = system.get("id") if isinstance(system, dict) else None
    if not isinstance(code, dict):
        return False
    return (str(code.get("authority")), str(code.get("code"))) in _WGS84


def _line(error: Exception) -> str:
    """Give what Arrow says on one line."""
    return quoted(str(error))
