"""CSV files in blocks of whole rows, and the cells of one block.

A block in which nothing is odd is read by Arrow. One that has a stray quote, a
row of another length, or bytes that are no text is read by the reader of
single files, row by row, which decides what a row is: both agree wherever both
can read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geo.cube.faults import CubeError, of_file
from geo.ingest.csv_file import pieces, read_head
from geo.ingest.decoding import decode
from geo.ingest.kinds import FileKind, field_columns, kind_of_header
from geo.ingest.results import FileError
from geo.problems import quoted
from geo.said import Message, said

BLOCK_BYTES = 8_000_000
_HEAD_BYTES = 1_000_000
# How far back the end of a block is sought outside quotes.
_MOST_STEPS_BACK = 10_000
# The csv module refuses longer cells.
_LONGEST_LINE = 131_072
_CODECS = {"UTF-8": "utf-8", "Windows-1251": "cp1251"}
_BOM = b"\xef\xbb\xbf"
_NAMES = ("start", "date", "time", "lat", "lon", "kind", "type", "sub_type")


@dataclass(frozen=True)
class CsvLayout:
    """How a CSV is laid out."""

    header: tuple[str, ...]
    separator: str
    codec: str
    line_end: bytes
    fields: Mapping[str, str]
    """The column of each of our fields that is used."""
    is_acled: bool
    body: int
    """Where the rows begin, in bytes."""


@dataclass(frozen=True)
class Table:
    """The rows of a block."""

    cells: Mapping[str, pa.Array]
    """Strings, by field."""
    count: int
    broken: tuple[str, ...] = ()
    """The beginning of each row that is none."""


def layout_of(path: Path) -> CsvLayout:
    """Read the header of a CSV.

    Raises
    ------
    CubeError
        If it is no CSV of text, or lacks a column.
    """
    with path.open("rb") as file:
        raw = file.read(_HEAD_BYTES)
    line_end = b"\n" if b"\n" in raw else b"\r"
    if len(raw) == _HEAD_BYTES:
        raw = raw[: raw.rfind(line_end) + 1]
        if not raw:
            message = said("has no line end in its first megabyte")
            raise CubeError(of_file(path, message))
    try:
        decoded = decode(raw)
        if decoded.encoding not in _CODECS:
            message = said(
                "is {encoding}: save the file as UTF-8", encoding=decoded.encoding
            )
            raise CubeError(of_file(path, message))
        head = read_head(decoded.text)
    except FileError as error:
        raise CubeError(of_file(path, str(error))) from error
    codec = _CODECS[decoded.encoding]
    before = "".join(head.lines[: head.after]).encode(codec, "surrogateescape")
    kind, fields = _fields(path, head.names)
    return CsvLayout(
        header=head.names,
        separator=head.separator,
        codec=codec,
        line_end=line_end,
        fields=fields,
        is_acled=kind is FileKind.ACLED,
        body=len(before) + (len(_BOM) if raw.startswith(_BOM) else 0),
    )


def _fields(path: Path, header: tuple[str, ...]) -> tuple[FileKind, dict[str, str]]:
    """Find the columns that are counted."""
    kind = kind_of_header(header)
    kind = FileKind.ACLED if kind is FileKind.ACLED else FileKind.TABLE
    found = field_columns(kind, header)
    fields = {name: found[name] for name in _NAMES if name in found}
    lacks = _lacking(fields)
    if lacks:
        message = said(
            "a CSV to be counted has the columns date or start, lat, lon;"
            " it lacks {missing}, and has {columns}",
            missing=lacks,
            columns=[quoted(name) for name in header[:12]],
        )
        raise CubeError(of_file(path, message, row=1))
    return kind, fields


def _lacking(fields: Mapping[str, str]) -> list[Message]:
    """Name the columns without which nothing can be counted."""
    lacks = []
    if "date" not in fields and "start" not in fields:
        lacks.append(said("{column} or {other}", column="date", other="start"))
    if "lat" not in fields:
        lacks.append(said("{column} and {other}", column="lat", other="lon"))
    return lacks


def blocks_of(path: Path, layout: CsvLayout) -> Iterator[tuple[int, int]]:
    """Give where each block begins and ends, in bytes.

    Raises
    ------
    CubeError
        If a line is longer than a block.
    """
    size = path.stat().st_size
    start = layout.body
    with path.open("rb") as file:
        while start < size:
            length = BLOCK_BYTES
            if start + length < size:
                length = _whole_rows(file, start, layout.line_end)
                if not length:
                    message = said(
                        "has a line of more than {most} bytes after byte {start}",
                        most=BLOCK_BYTES,
                        start=start,
                    )
                    raise CubeError(of_file(path, message))
            yield start, min(start + length, size)
            start += length


def _whole_rows(file: BinaryIO, start: int, line_end: bytes) -> int:
    """Give the length of a block that ends with a row; 0 if no line ends.

    A line end among quotes is part of a cell. Where a stray quote lets none of
    many be outside, the last one is taken, and a new block begins afresh.
    """
    file.seek(start)
    data = file.read(BLOCK_BYTES)
    last = end = data.rfind(line_end)
    quotes = data.count(b'"', 0, max(end, 0))
    for _ in range(_MOST_STEPS_BACK):
        if end < 0 or quotes % 2 == 0:
            break
        before = data.rfind(line_end, 0, end)
        quotes -= data.count(b'"', max(before, 0), end)
        end = before
    is_outside = end >= 0 and quotes % 2 == 0
    return (end if is_outside else last) + 1


def read_block(path: Path, start: int, end: int, layout: CsvLayout) -> Table:
    """Read the cells of one block.

    Raises
    ------
    CubeError
        If the file has become shorter.
    """
    with path.open("rb") as file:
        file.seek(start)
        data = file.read(end - start)
    if len(data) != end - start:
        raise CubeError(of_file(path, said("has changed while it was read")))
    text = _plain_text(data, layout)
    table = None if text is None else _by_arrow(text, layout)
    return _by_row(data, layout) if table is None else table


def _plain_text(data: bytes, layout: CsvLayout) -> bytes | None:
    """Give a block as UTF-8; None if there is anything odd about it."""
    if b"\0" in data:
        return None
    try:
        text = data.decode(layout.codec)
    except UnicodeDecodeError:
        return None
    if max(map(len, data.split(layout.line_end))) > _LONGEST_LINE:
        return None
    if b'"' in data and _has_stray_quotes(data, layout.separator):
        return None
    return data if layout.codec == "utf-8" else text.encode()


def _has_stray_quotes(data: bytes, separator: str) -> bool:
    """Whether quotes do anything but open a cell, close one, or stand doubled."""
    signs = np.frombuffer(b"\n" + data + b"\n", np.uint8)
    quotes = np.flatnonzero(signs == ord('"'))
    if len(quotes) % 2:
        return True
    # Beside a doubled quote stands the other one.
    edges = np.frombuffer(f'\r\n"{separator}'.encode(), np.uint8)
    before, after = signs[quotes[::2] - 1], signs[quotes[1::2] + 1]
    return not (np.isin(before, edges).all() and np.isin(after, edges).all())


def _by_arrow(text: bytes, layout: CsvLayout) -> Table | None:
    """Read a block at once; None if a row is none, or may be empty."""
    odd: list[int] = []

    def skip(_: csv.InvalidRow) -> str:
        odd.append(1)
        return "skip"

    columns = list(layout.fields.values())
    read = csv.ReadOptions(
        column_names=list(layout.header), use_threads=False, block_size=len(text) + 1
    )
    parse = csv.ParseOptions(
        delimiter=layout.separator, newlines_in_values=True, invalid_row_handler=skip
    )
    convert = csv.ConvertOptions(
        include_columns=columns,
        column_types=dict.fromkeys(columns, pa.string()),
        check_utf8=False,
        strings_can_be_null=False,
    )
    try:
        table = csv.read_csv(pa.BufferReader(text), read, parse, convert)
    except pa.ArrowInvalid:
        # Nothing but blank lines, for one.
        return None
    if odd:
        return None
    cells = {name: _one(table[column]) for name, column in layout.fields.items()}
    is_empty = pa.scalar(True)
    for each in cells.values():
        is_empty = pc.and_(is_empty, pc.equal(pc.utf8_trim_whitespace(each), ""))
    if pc.any(is_empty).as_py():
        return None
    return Table(cells, table.num_rows)


def _one(column: pa.ChunkedArray) -> pa.Array:
    """Give the cells of a column as one array."""
    return pa.concat_arrays([pa.array([], pa.string()), *column.chunks])


def _by_row(data: bytes, layout: CsvLayout) -> Table:
    """Read a block row by row, as the reader of single files does."""
    text = data.decode(layout.codec, "surrogateescape")
    lines = list(io.StringIO(text, newline=""))
    width = len(layout.header)
    at = {name: layout.header.index(column) for name, column in layout.fields.items()}
    found: dict[str, list[str]] = {name: [] for name in at}
    broken: list[str] = []
    for piece in pieces(lines, 0, layout.separator, width):
        if piece.is_blank:
            continue
        if piece.problem_in(width) is not None:
            broken.append(quoted(layout.separator.join(piece.cells)))
            continue
        for name, place in at.items():
            found[name].append(piece.cells[place])
    cells = {name: pa.array(each, pa.string()) for name, each in found.items()}
    count = len(next(iter(found.values()))) + len(broken)
    return Table(cells, count, tuple(broken))
