"""From files to validated rows, with every problem on the way collected.

Knows the shapes of CSV, GeoJSON and JSON and nothing of what refers to what.
A table that could not be read as a whole is marked incomplete, so that the
cross-checks do not report everything that refers to it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from shapely.geometry.base import BaseGeometry

from geo.cells import unguarded
from geo.geometry import read_geometry
from geo.problems import Problem, explain, named, quoted
from geo.said import Message, Quote, or_quote, said, said_n

Row = TypeVar("Row", bound=BaseModel)

EXPORT_COLUMNS = ("data_version", "licence")
"""What an exported table says of itself in each row; read past."""


@dataclass(frozen=True)
class Entry(Generic[Row]):
    """One good row and where it stands."""

    number: int
    """The spreadsheet's row in a CSV, else the feature's or item's number."""
    row: Row
    geometry: BaseGeometry | None = None


@dataclass
class Table(Generic[Row]):
    """The rows of one file, or of one list in it."""

    file: str
    entries: list[Entry[Row]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, list[int]] = field(default_factory=dict)
    """Every id met and the rows it stands in, bad rows too: what refers to a
    bad row is no second problem."""
    columns: tuple[str, ...] = ()
    """The columns of a CSV in its own order."""
    members: Mapping[str, Any] = field(default_factory=dict)
    """Foreign members of a FeatureCollection, such as ``home``."""
    is_complete: bool = True
    """False if an unknown number of rows could not be read."""

    @property
    def rows(self) -> list[Row]:
        """The good rows, in file order."""
        return [entry.row for entry in self.entries]

    def report(self, row: int | None, column: str | None, message: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.file, row, column, message))

    def give_up(self, message: str, row: int | None = None) -> None:
        """Note a problem that hides rows."""
        self.report(row, None, message)
        self.is_complete = False

    def add(
        self,
        model: type[Row],
        number: int,
        values: Mapping[str, Any],
        geometry: BaseGeometry | None = None,
        *,
        id_column: str | None = "id",
    ) -> Row | None:
        """Validate one row; keep it if it is good, else note its problems."""
        known_id = values.get(id_column) if id_column else None
        if isinstance(known_id, str):
            self.ids.setdefault(known_id, []).append(number)
        try:
            row = model.model_validate(values)
        except ValidationError as error:
            for column, message in explain(error):
                self.report(number, column, message)
            return None
        self.entries.append(Entry(number, row, geometry))
        return row


def read_text(path: Path, table: Table[Any]) -> str | None:
    """Read a UTF-8 file; None, and a problem, if that cannot be."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except FileNotFoundError:
        table.give_up(said("the file is missing"))
    except OSError as error:
        reason = Quote(error.strerror)
        table.give_up(said("the file cannot be read ({reason})", reason=reason))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        table.give_up(
            said(
                "not UTF-8: byte {byte} at offset {offset} (line {line});"
                " save the file as UTF-8",
                byte=f"0x{raw[error.start]:02x}",
                offset=str(error.start),
                line=str(line),
            )
        )
    else:
        # A byte order mark is how spreadsheets say UTF-8.
        text = text.removeprefix("\ufeff")
        if text.strip():
            return text
        table.give_up(said("the file is empty"))
    return None


def read_csv(
    path: Path, model: type[Row], *, id_column: str | None, may_be_empty: bool = True
) -> Table[Row]:
    """Read a CSV of one kind of row; columns in any order."""
    table: Table[Row] = Table(path.name)
    text = read_text(path, table)
    if text is None:
        return table
    records = _records(text, table)
    _, header = next(records, (1, []))
    if not table.is_complete or not _accept_header(header, model, table):
        return table
    # Read once: on a pydantic model this is slow to ask for.
    known = set(table.columns)
    for number, cells in records:
        if len(cells) != len(header):
            table.report(number, None, wrong_length(len(cells), len(header)))
            _remember_id(cells, number, header, id_column, table)
        elif not any(cell.strip() for cell in cells):
            table.report(number, None, said("the row is empty"))
        else:
            values = zip(header, cells, strict=True)
            row = {name: unguarded(cell) for name, cell in values if name in known}
            table.add(model, number, row, id_column=id_column)
    if not may_be_empty and not table.entries and not table.problems:
        table.give_up(said("the file has a header but no rows"))
    return table


def _records(text: str, table: Table[Any]) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the row number a spreadsheet shows for it.

    A cell may hold line breaks, so this is not the line of the file.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells:
                yield number, cells
    except csv.Error as error:
        table.give_up(
            said(
                "not CSV from here on: {reason} (line {line} of the file)",
                reason=Quote(error),
                line=str(reader.line_num),
            ),
            row=number + 1,
        )


def _accept_header(header: Sequence[str], model: type[Row], table: Table[Row]) -> bool:
    """Check the column names; False if the rows make no sense under them."""
    required = [name for name, each in model.model_fields.items() if each.is_required()]
    missing = [name for name in required if name not in header]
    repeated = [name for name, count in Counter(header).items() if count > 1]
    allowed = {*model.model_fields, *EXPORT_COLUMNS}
    unknown = [name for name in header if name not in allowed]
    table.columns = tuple(name for name in header if name in model.model_fields)
    for name in unknown:
        message = (
            said(
                "unknown column {column} (the header is one cell: are the columns"
                " separated by commas?)",
                column=quoted(name),
            )
            if len(header) == 1 and len(required) > 1
            else said("unknown column {column}", column=quoted(name))
        )
        table.report(1, None, message)
    for name in repeated:
        message = said("the column {column} stands more than once", column=quoted(name))
        table.report(1, None, message)
    if missing:
        table.report(1, None, said("missing columns: {columns}", columns=missing))
    table.is_complete = not (missing or repeated)
    return table.is_complete


def wrong_length(count: int, width: int) -> Message:
    """Say that a row has too many or too few cells."""
    return said_n(
        "has {n} cell where the header has {width}",
        "has {n} cells where the header has {width}",
        count,
        width=width,
    )


def _remember_id(
    cells: Sequence[str],
    number: int,
    header: Sequence[str],
    id_column: str | None,
    table: Table[Any],
) -> None:
    """Keep the id of a row of the wrong length, if it has got that far."""
    if id_column is not None and header.index(id_column) < len(cells):
        known_id = unguarded(cells[header.index(id_column)])
        table.ids.setdefault(known_id, []).append(number)


def read_json(path: Path, table: Table[Any]) -> Any:  # noqa: ANN401 - JSON is anything
    """Read JSON strictly; None, and a problem, if it cannot be read."""
    text = read_text(path, table)
    if text is None:
        return None
    try:
        content = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_no_constant
        )
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        table.give_up(
            said(
                "not JSON: {reason}, line {line} column {column}",
                reason=Quote(error.msg),
                line=str(error.lineno),
                column=str(error.colno),
            )
        )
    except UnicodeEncodeError:
        table.give_up(
            said(
                "not JSON text: half a surrogate pair, such as {example} alone",
                example=r"\ud83d",
            )
        )
    except RecursionError:
        table.give_up(said("not JSON we can read: nested too deeply"))
    except ValueError as error:
        reason = or_quote(str(error))
        table.give_up(said("not JSON: {reason}", reason=reason))
    else:
        return content
    return None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that has one key twice: one value would be lost."""
    repeated = [
        key for key, count in Counter(key for key, _ in pairs).items() if count > 1
    ]
    if repeated:
        raise ValueError(
            said("the key {key} stands twice in one object", key=quoted(repeated[0]))
        )
    return dict(pairs)


def _no_constant(name: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(said("{value} is not a JSON number", value=name))


def read_features(
    path: Path,
    model: type[Row],
    geometry_types: Sequence[str],
    *,
    id_column: str = "id",
) -> Table[Row]:
    """Read a GeoJSON FeatureCollection (RFC 7946) of one kind of feature.

    Coordinates are (lon, lat), WGS84 degrees. A geometry may be null; whether
    it should be is for the cross-checks to say.
    """
    table: Table[Row] = Table(path.name)
    content = read_json(path, table)
    if content is None:
        return table
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        table.give_up(said("is not a GeoJSON FeatureCollection"))
        return table
    table.members = {key: value for key, value in content.items() if key != "features"}
    for number, feature in enumerate(features, start=1):
        _read_feature(
            feature, number, model, geometry_types, table, id_column=id_column
        )
    return table


def _read_feature(
    feature: object,
    number: int,
    model: type[Row],
    geometry_types: Sequence[str],
    table: Table[Row],
    *,
    id_column: str,
) -> None:
    """Read one feature into the table."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        table.give_up(said("is not a GeoJSON Feature"), number)
        return
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        table.give_up(said("has no properties"), number)
        return
    name = quoted(properties.get(id_column))
    known = len(table.problems)
    try:
        geometry = read_geometry(feature.get("geometry"), geometry_types)
    except ValueError as error:
        table.report(number, "geometry", str(error))
        geometry = None
    table.add(model, number, properties, geometry, id_column=id_column)
    table.problems[known:] = [
        Problem(each.file, each.row, each.column, named(name, each.message))
        for each in table.problems[known:]
    ]


def read_list(
    content: object, model: type[Row], file: str, *, member: str | None = None
) -> Table[Row]:
    """Read a JSON array of objects, the whole file or one member of it.

    Parameters
    ----------
    content
        The parsed array.
    member
        Name of the array inside its file; then columns read
        ``routes[2].start``, since the file's own numbering is another.
    """
    table: Table[Row] = Table(file)
    if not isinstance(content, list):
        table.give_up(
            said("the member {member} is not a list", member=quoted(member))
            if member
            else said("the file is not a list")
        )
        return table
    for number, item in enumerate(content, start=1):
        known = len(table.problems)
        if isinstance(item, dict):
            table.add(model, number, item)
        else:
            table.report(number, None, said("is not an object"))
        name = quoted(item["id"]) if isinstance(item, dict) and "id" in item else ""
        table.problems[known:] = [
            _placed(each, member, name) for each in table.problems[known:]
        ]
    return table


def _placed(problem: Problem, member: str | None, name: str) -> Problem:
    """Name the item in a problem, and its list if that is inside a file."""
    row, column = problem.row, problem.column
    if member is not None:
        column = f"{member}[{row}]" + (f".{column}" if column else "")
        row = None
    return Problem(problem.file, row, column, named(name, problem.message))
