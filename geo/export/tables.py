"""Events as a table: the same columns as events.csv, so our reader reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from geo.cells import guarded
from geo.dataset import Dataset
from geo.export.imprint import whose
from geo.geocode import locate
from geo.model import EventRow
from geo.query import Query, select
from geo.reading import EXPORT_COLUMNS
from geo.texts import Texts

_AT_ONCE = 20_000
_TEXT_LISTS = ("actors", "contradictions")
# By this Excel knows UTF-8; without it Cyrillic comes out as rubbish.
_BYTE_ORDER_MARK = "\ufeff"


def to_csv(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the events that answer a query, in every language they have.

    Returns
    -------
    content
        UTF-8 with a byte order mark, the header first, Unix line ends. No
        cell runs as a formula. Our own reader reads it back the same.
    """
    del texts  # a table holds codes and all languages, whoever reads it
    ids = select(dataset, query, locate=locate).visible
    return csv_of(dataset, ids)


def csv_of(dataset: Dataset, ids: Sequence[str]) -> bytes:
    """Write some events, in the order given, as events.csv has them."""
    columns = [name for name in EventRow.model_fields if name in dataset.events.columns]
    header = ["id", *columns, *dataset.extras.columns, *_about(dataset)]
    return table_bytes([header, *_rows(dataset, ids, columns)])


def table_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Write cells as a CSV that a spreadsheet opens right and safely."""
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _rows(
    dataset: Dataset, ids: Sequence[str], columns: list[str]
) -> Iterator[tuple[str, ...]]:
    """Give the cells of each event, made some thousand rows at a time."""
    about = _about(dataset).values()
    at = dataset.events.index.get_indexer(pd.Index([*ids], dtype="object"))
    for start in range(0, len(at), _AT_ONCE):
        rows = at[start : start + _AT_ONCE]
        events = dataset.events.iloc[rows]
        parts = [_cells("id", events.index)]
        parts += [_cells(name, events[name]) for name in columns]
        extras = dataset.extras.iloc[rows] if len(dataset.extras.columns) else None
        if extras is not None:
            parts += [_cells("", extras[name]) for name in extras]
        parts += [[each] * len(rows) for each in about]
        yield from zip(*parts, strict=True)


def _cells(name: str, values: Iterable[Any]) -> list[str]:
    """Write a column, each different value of it once."""
    values = list(values)
    known = {each: cell(name, each) for each in set(values)}
    return [known[each] for each in values]


def _about(dataset: Dataset) -> dict[str, str]:
    """Give the columns that say version and licence: of our own data only."""
    owner = whose(dataset)
    if not owner.is_ours:
        return {}
    values = (owner.version, f"{owner.licence}, {owner.dataset}")
    return dict(zip(EXPORT_COLUMNS, values, strict=True))


def cell(column: str, value: object) -> str:
    """Write one value as the files in data/ do.

    Examples
    --------
    >>> cell("places", ("almaty", "taraz")), cell("actors_ru", ("a", "b"))
    ('almaty;taraz', 'a | b')
    """
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, tuple):
        return (" | " if column.startswith(_TEXT_LISTS) else ";").join(value)
    return str(value)
