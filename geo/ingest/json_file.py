"""The rows of GeoJSON and TimeMap files: each item of their list is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.ingest.decoding import NO_TEXT
from geo.ingest.json_scan import Item, Scan, Twice
from geo.ingest.kinds import FileKind
from geo.ingest.results import FileError, Note, NoteKind, SetAside
from geo.ingest.sheet import Columns, Limits, Progress, Sheet
from geo.problems import Problem
from geo.said import said, said_n

LON, LAT = "lon", "lat"
"""The columns into which the position of a GeoJSON point goes."""
_OTHER = "other"
"""The column for what would need too many columns."""
_FEWEST_COLUMNS, _MOST_COLUMNS, _MOST_CELLS = 20, 200, 10_000_000
_STEP = 20_000
_WGS84 = re.compile(r"CRS:?84|EPSG:+(?:[0-9.]*:)?4326$", re.IGNORECASE)


def kind_of_json(text: str) -> FileKind:
    """Say which of our kinds a JSON file is.

    Raises
    ------
    FileError
        If it is none.
    """
    scan = Scan(text)
    try:
        scan.find_list()
        first = next(scan.items(), None)
    except ValueError as error:
        raise FileError(str(error)) from error
    is_collection = scan.members.get("type") == "FeatureCollection"
    if is_collection or _is_feature(first.value if first else None):
        return FileKind.GEOJSON
    return FileKind.TIMEMAP


def read_json_sheet(
    text: str, file: str, kind: FileKind, progress: Progress, limits: Limits
) -> Sheet:
    """Read the features of a GeoJSON, or the events of a TimeMap.

    Raises
    ------
    FileError
        If there is no such list, too many items, or another coordinate system.
    """
    scan = Scan(text)
    rows = _Rows(file, text, kind, limits.most_rows)
    try:
        scan.find_list()
        for number, item in enumerate(scan.items(), start=1):
            rows.take(number, item)
            if number % _STEP == 0:
                progress(item.end / len(text))
        scan.read_rest()
    except ValueError as error:
        raise FileError(str(error)) from error
    _refuse_other_systems(scan.members)
    notes = (
        ()
        if scan.is_whole
        else (
            Note(
                NoteKind.BROKEN_OFF,
                said("The file breaks off: its list is not closed."),
            ),
        )
    )
    header = rows.header()
    good = rows.columns(header)
    return Sheet(
        header=header,
        columns=good.columns(),
        numbers=good.numbers,
        lines=good.lines,
        given=rows.given,
        broken=tuple(rows.broken),
        given_header=("item",),
        members=scan.members,
        notes=notes,
    )


@dataclass
class _Rows:
    """Sorts items into rows, and what is none."""

    file: str
    text: str
    kind: FileKind
    most: int
    """Items a file may have."""
    good: list[tuple[int, int, int, int, dict[str, str]]] = field(default_factory=list)
    """Number, line, start and end of an item, and its cells by column."""
    broken: list[SetAside] = field(default_factory=list)
    _line: int = 1
    _at: int = 0

    def take(self, number: int, item: Item) -> None:
        """Sort one item."""
        if len(self.good) + len(self.broken) == self.most:
            raise FileError(
                said_n(
                    "has more than {n} item: split it",
                    "has more than {n} items: split it",
                    self.most,
                )
            )
        self._line += self.text.count("\n", self._at, item.start)
        self._at = item.start
        problem = item.problem
        if problem is None:
            try:
                cells = self._cells(item)
                self.good.append((number, self._line, item.start, item.end, cells))
                return
            except RecursionError:
                problem = said("is nested too deeply")
            except ValueError as error:
                problem = str(error)
        given = (self.text[item.start : item.end].rstrip(),)
        problems = (Problem(self.file, number, None, problem),)
        self.broken.append(SetAside(self._line, number, given, problems))

    def header(self) -> tuple[str, ...]:
        """Give all names that items have, as many as a table can bear."""
        names = dict.fromkeys(name for *_, cells in self.good for name in cells)
        most = min(_MOST_COLUMNS, _MOST_CELLS // max(len(self.good), 1))
        most = max(most, _FEWEST_COLUMNS)
        if len(names) <= most:
            return tuple(names)
        kept = [name for name in names if name != _OTHER][: most - 1]
        return (*kept, _OTHER)

    def columns(self, header: tuple[str, ...]) -> Columns:
        """Give the rows with one cell a column."""
        known, columns = set(header), Columns(header)
        for number, line, _, _, cells in self.good:
            columns.add(number, line, tuple(_laid_out(cells, header, known)))
        return columns

    def given(self, row: int) -> tuple[str, ...]:
        """Give a good row, counted from 0, as the file has it."""
        _, _, start, end, _ = self.good[row]
        return (self.text[start:end],)

    def _cells(self, item: Item) -> dict[str, str]:
        """Give the texts of one item by name.

        Raises
        ------
        ValueError
            If it is not what the list should hold.
        """
        value = item.value
        if self.kind is FileKind.GEOJSON:
            value = _flat_feature(value)
        if not isinstance(value, dict):
            raise ValueError(said("is not an object"))
        if isinstance(value, Twice):
            raise ValueError(said("has one name twice in an object"))
        cells = {name: _text(each) for name, each in value.items()}
        if any(NO_TEXT.search(each) for pair in cells.items() for each in pair):
            raise ValueError(said("has signs that are no text"))
        return cells


def _laid_out(
    cells: Mapping[str, str], header: tuple[str, ...], known: set[str]
) -> Iterator[str]:
    """Give one cell a column; what has no column goes into the last."""
    others = {name: cell for name, cell in cells.items() if name not in known}
    for name in header:
        is_other = name == _OTHER and others
        yield (
            _text({**others, name: cells.get(name, "")})
            if is_other
            else cells.get(name, "")
        )


def _is_feature(value: object) -> bool:
    """Tell whether a value is a GeoJSON feature."""
    return isinstance(value, dict) and value.get("type") == "Feature"


def _flat_feature(value: object) -> dict[str, Any]:
    """Give the properties of a point feature, its position and its id.

    Raises
    ------
    ValueError
        If it is no feature, or not at a point.
    """
    if not isinstance(value, dict) or value.get("type") != "Feature":
        raise ValueError(said("is not a GeoJSON Feature"))
    properties = value.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError(said("has properties that are no object"))
    if isinstance(properties, Twice) or isinstance(value, Twice):
        raise ValueError(said("has one name twice in an object"))
    own = {LON: "", LAT: "", **_position(value.get("geometry"))}
    if "id" in value and "id" not in properties:
        own["id"] = value["id"]
    return {**own, **{_free(name, own): each for name, each in properties.items()}}


def _free(name: str, own: Mapping[str, Any]) -> str:
    """Give a property another name if the feature's own parts bear it."""
    return f"{name} (property)" if name in own else name


def _position(geometry: object) -> dict[str, Any]:
    """Give lon and lat of a point; nothing if there is no geometry.

    Raises
    ------
    ValueError
        If the geometry is no point.
    """
    if geometry is None:
        return {}
    sort = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or sort != "Point":
        raise ValueError(
            said(
                "has a geometry that is no Point but {type}",
                type=repr(_text(sort)[:40]),
            )
        )
    position = geometry.get("coordinates")
    if not isinstance(position, list) or not 2 <= len(position) <= 3:
        raise ValueError(said("has a Point without two coordinates, [lon, lat]"))
    if not all(type(each) in (int, float) for each in position):
        raise ValueError(said("has coordinates that are no numbers"))
    return {LON: position[0], LAT: position[1]}


def _text(value: object) -> str:
    """Write a JSON value as a cell: text as it is, lists and objects as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)


def _refuse_other_systems(members: Mapping[str, Any]) -> None:
    """Refuse coordinates that are not WGS84, as GeoJSON before RFC 7946 had."""
    system = members.get("crs")
    properties = system.get("properties") if isinstance(system, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not _WGS84.search(name):
        raise FileError(
            said(
                "has coordinates in {system}: save it as GeoJSON (RFC 7946), in WGS84",
                system=name[:60],
            )
        )
