"""The words of many events, each different text once.

What a card or a line of the list shows is written here, for all rows of a
column at once, or once for each different value of it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.texts import Texts, short_name
from geo.timemap.large.columns import Order, id_columns
from geo.timemap.large.packing import Array, cells_of, coded, narrow, texts_as_arrays
from geo.timemap.views import SourceView, locator_words, place_note, source_views

FIELDS = ("title", "summary", "note")


def event_texts(dataset: Dataset, texts: Texts, order: Order) -> dict[str, Array]:
    """Give titles, summaries, notes and lists of texts of all events as arrays."""
    events = dataset.events.iloc[order]
    arrays: dict[str, Array] = {}
    for name in FIELDS:
        arrays |= texts_as_arrays(name, _shown(events, name, texts))
    for name in ("actors", "contradictions"):
        arrays |= texts_as_arrays(name, _listed(events, name, texts))
    locators = _each(
        _cells(events, "article_locator"),
        lambda row: "; ".join(
            locator_words(part, texts) for part in row["article_locator"]
        ),
    )
    arrays |= texts_as_arrays("locators", locators)
    arrays |= texts_as_arrays("route", _plain(events["route"]))
    if any(f"{name}_{code}" in events for name in FIELDS for code in ("ru", "kk")):
        folded = dataset.folded_texts
        arrays |= texts_as_arrays("words", [folded[row] for row in order])
    return arrays


def id_texts(dataset: Dataset, order: Order) -> tuple[str | None, dict[str, Array]]:
    """Give the ids as a prefix with numbers, or as texts.

    Returns
    -------
    prefix, arrays
        With the numbers under ``number``; None for ids that are texts.
    """
    known = cells_of(dataset.events.index)
    ids = [known[row] for row in order]
    numbers = id_columns(ids)
    if numbers is None:
        return None, texts_as_arrays("id", ids)
    return numbers[0], {"number": numbers[1]}


def _plain(column: "pd.Series[Any]") -> list[str]:
    """Give the texts of a column of any make; what is not there is empty."""
    return [text if isinstance(text, str) else "" for text in cells_of(column)]


def _shown(frame: pd.DataFrame, name: str, texts: Texts) -> list[str]:
    """Give what the page shows of a text, as `Texts.field` does row by row."""
    own = f"{name}_{texts.language}"
    if own not in frame:
        return _plain(frame[name])
    return _each(_cells(frame, own, name), lambda row: texts.field(row, name))


def _listed(frame: pd.DataFrame, name: str, texts: Texts) -> list[str]:
    """Give lists of texts as JSON, as `Texts.listed` picks them; "" for none."""
    own = f"{name}_{texts.language}"
    columns = [each for each in (own, name) if each in frame]
    return _each(_cells(frame, *columns), lambda row: _as_json(texts.listed(row, name)))


def _as_json(items: Sequence[str]) -> str:
    return json.dumps(items, ensure_ascii=False) if items else ""


def _cells(frame: pd.DataFrame, *names: str) -> dict[str, list[Any]]:
    """Give columns as lists of plain values."""
    return {name: cells_of(frame[name]) for name in names}


def _each(
    columns: Mapping[str, list[Any]], say: Callable[[Mapping[str, Any]], str]
) -> list[str]:
    """Say each row, equal ones once."""
    codes, different = coded(zip(*columns.values(), strict=True))
    said = [say(dict(zip(columns, row, strict=True))) for row in different]
    return [said[code] for code in codes]


def place_texts(places: pd.DataFrame, texts: Texts) -> dict[str, Array]:
    """Give names of places, and how exactly each is known."""
    is_located = places["geometry"].notna().to_numpy()
    said = _each(
        _cells(places, "marked", "precision", "confidence")
        | {"geometry": [True if each else None for each in is_located]}
        | {"radius_m": cells_of(places["radius_m"].fillna(0))},
        lambda place: place_note({**place, "note": ""}, texts)[0],
    )
    # A place that has a position keeps its note from readers.
    notes = pd.Series(_shown(places, "note", texts)).where(~is_located, "")
    columns = [str(name) for name in places if str(name).startswith("name")]
    names = _each(
        _cells(places, *columns), lambda place: short_name(texts.field(place, "name"))
    )
    return {
        **texts_as_arrays("place.name", names),
        **texts_as_arrays("place.precision", said),
        **texts_as_arrays("place.note", list(notes)),
    }


def source_texts(dataset: Dataset, texts: Texts, rows: Order) -> dict[str, Array]:
    """Give the sources, and what each adds to an event.

    Parameters
    ----------
    rows
        Rows of `Dataset.evidence`, in the order they go over.
    """
    views = source_views(dataset, texts)
    number = {view.id: code for code, view in enumerate(views)}
    evidence = dataset.evidence.iloc[rows]
    arrays = {"source": narrow([number[each] for each in cells_of(evidence["source"])])}
    arrays |= texts_as_arrays("adds", _shown(evidence, "adds", texts))
    for name, say in _SOURCE_FIELDS.items():
        arrays |= texts_as_arrays(f"source.{name}", [say(view) for view in views])
    return arrays


_SOURCE_FIELDS: dict[str, Callable[[SourceView], str]] = {
    "title": lambda view: view.title,
    "lang": lambda view: view.title_language,
    "publisher": lambda view: view.publisher,
    "issued": lambda view: view.issued,
    "url": lambda view: view.url or "",
    "official": lambda view: "1" if view.is_official else "",
    "dependence": lambda view: view.dependence,
}
