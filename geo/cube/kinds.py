"""What each row is: the number of its kind, in the order of `geo.vocab.Kind`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.cube.columns import cleaned, mask_of
from geo.ingest import acled
from geo.vocab import Kind

CODES = tuple(map(str, Kind))

_OBSERVATION = CODES.index(Kind.OBSERVATION)


@dataclass(frozen=True)
class Kinds:
    """One item a row."""

    numbers: npt.NDArray[np.int64]
    is_other: npt.NDArray[np.bool_]
    """Whether the row says a word that is none of ours; an observation then."""


def from_nothing(count: int) -> Kinds:
    """Call everything an observation, where a file says nothing of kinds."""
    return Kinds(np.full(count, _OBSERVATION), np.zeros(count, dtype=bool))


def from_text(cells: pa.Array) -> Kinds:
    """Read a column of our own words; an empty cell is an observation."""
    text = cleaned(cells)
    numbers = pc.index_in(text, value_set=pa.array(CODES, text.type))
    is_other = mask_of(pc.and_(numbers.is_null(), pc.not_equal(text, "")))
    known = numbers.fill_null(_OBSERVATION).to_numpy(zero_copy_only=False)
    return Kinds(known.astype(np.int64), is_other)


def from_acled(types: pa.Array, sub_types: pa.Array) -> Kinds:
    """Read ACLED's event types and sub-event types, in our words."""
    pairs = pc.binary_join_element_wise(cleaned(types), cleaned(sub_types), "\x1f")
    encoded = pairs.dictionary_encode()
    kinds = [_acled_kind(pair) for pair in encoded.dictionary.to_pylist()]
    known = [_OBSERVATION if each is None else CODES.index(each) for each in kinds]
    is_other = np.array([each is None for each in kinds], dtype=bool)
    at = encoded.indices.to_numpy()
    return Kinds(np.array(known, dtype=np.int64)[at], is_other[at])


def _acled_kind(pair: str) -> Kind | None:
    """Give our kind for two words of ACLED."""
    event_type, _, sub_type = pair.partition("\x1f")
    return acled.kind_of((event_type, sub_type))
