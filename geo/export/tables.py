"""Events as a table: the same columns as events.csv, so our reader reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from geo.dataset import Dataset
from geo.geocode import locate
from geo.model import EventRow
from geo.query import Query, select
from geo.texts import Texts

_TEXT_LISTS = ("actors", "contradictions")


def to_csv(dataset: Dataset, query: Query, texts: Texts) -> bytes:
    """Write the events that answer a query, in every language they have.

    Returns
    -------
    content
        UTF-8 without a byte order mark, Unix line ends.
    """
    del texts  # a table holds codes and all languages, whoever reads it
    ids = select(dataset, query, locate=locate).visible
    return csv_of(dataset, ids).encode()


def csv_of(dataset: Dataset, ids: Sequence[str]) -> str:
    """Write some events, in the order given, as events.csv has them."""
    columns = [name for name in EventRow.model_fields if name in dataset.events.columns]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", *columns])
    writer.writerows(_rows(dataset, ids, columns))
    return out.getvalue()


def _rows(
    dataset: Dataset, ids: Sequence[str], columns: list[str]
) -> Iterator[list[str]]:
    """Give the cells of each event."""
    chosen = dataset.events.loc[list(ids), columns]
    for row in chosen.itertuples(name=None):
        names = ("id", *columns)
        yield [cell(name, value) for name, value in zip(names, row, strict=True)]


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
