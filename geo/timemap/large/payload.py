"""What the map's script needs of a large dataset."""

from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np

from geo.dataset import Dataset
from geo.texts import Texts
from geo.timemap.large.columns import (
    MICRO,
    event_columns,
    evidence_columns,
    order_of,
    place_columns,
    used_places,
)
from geo.timemap.large.messages import (
    code_words,
    day_words,
    large_messages,
    span_messages,
)
from geo.timemap.large.packing import Array, Bundle, bundle
from geo.timemap.large.texts import event_texts, id_texts, place_texts, source_texts
from geo.timemap.payload import Common, bounds_of, common_of
from geo.timemap.tiles import TileSource


class Packed(TypedDict):
    """Everything about single events."""

    total: int
    first: int
    """Start of the first row, minutes on Almaty's wall clock."""
    prefix: str | None
    """What all ids begin with before their number; None if they are texts."""
    numbers: Bundle
    """Ids, times, codes and places."""
    texts: Bundle
    """Words and evidence."""
    words: dict[str, list[str]]
    """Words of the codes."""
    spans: dict[str, str]
    """Sentences for moments and spans."""
    dates: list[str]
    """Every day of the span in full."""
    months: list[str]
    """The twelve months as they stand in a date."""


class LargePayload(Common):
    """Everything the script is given."""

    packed: Packed


def large_payload_of(
    dataset: Dataset,
    texts: Texts,
    state: Mapping[str, Any],
    tiles: TileSource | None = None,
) -> LargePayload:
    """Gather what the script needs, as `geo.timemap.payload.payload_of` does."""
    order = order_of(dataset)
    places = used_places(dataset)
    at = place_columns(dataset, places, order)
    counts, rows = evidence_columns(dataset, order)
    prefix, ids = id_texts(dataset, order)
    words = {
        **counts,
        **event_texts(dataset, texts, order),
        **place_texts(places, texts),
        **source_texts(dataset, texts, rows),
    }
    common = common_of(dataset, texts, state, tiles, bounds_of(dataset, _marks(at)))
    common["messages"] |= large_messages(texts, is_file=bool(dataset.file))
    low, high = dataset.span.minutes
    packed = Packed(
        total=len(dataset.events),
        first=int(dataset.events["start_min"].iloc[order[0]]),
        prefix=prefix,
        numbers=bundle({**ids, **event_columns(dataset, order), **at}),
        texts=bundle(words),
        words=code_words(texts),
        spans=span_messages(texts),
        dates=day_words(low, high, texts),
        months=[texts.month_in_date(month) for month in range(1, 13)],
    )
    return LargePayload(**common, packed=packed)


def _marks(at: Mapping[str, Array]) -> Array:
    """Give the (lat, lon) of all marked places, in degrees."""
    is_marked = at["marked"].astype(bool)
    marks: Array = np.column_stack([at["lat"], at["lon"]])[is_marked] / MICRO
    return marks
