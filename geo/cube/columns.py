"""Columns of cells, and the numbers that stand for a reason in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.cube.faults import Reason

Codes = npt.NDArray[np.int64]
"""One number a row: why it is set aside."""
FINE = 0

_REASONS = tuple(Reason)
# The mark that our own CSV puts before a cell a spreadsheet could run.
_GUARDED = r"^'('*[=+\-@\t\r\n＝＋－＠])"


def code_of(reason: Reason) -> int:
    """Give the number of a reason, from 1; the first of two is the one that counts."""
    return _REASONS.index(reason) + 1


def reason_of(code: int) -> Reason:
    """Give the reason of a number."""
    return _REASONS[code - 1]


def first_of(codes: Sequence[Codes]) -> Codes:
    """Give for each row the first reason that one of several columns has."""
    found = codes[0].copy()
    for each in codes[1:]:
        found = np.where(found == FINE, each, found)
    return found


def cleaned(cells: pa.Array) -> pa.Array:
    """Take blanks and guards off text; what is null becomes empty."""
    text = cells.fill_null("")
    if pc.any(pc.starts_with(text, "'")).as_py():
        text = pc.replace_substring_regex(text, _GUARDED, r"\1")
    return pc.utf8_trim_whitespace(text)


def mask_of(values: pa.Array) -> npt.NDArray[np.bool_]:
    """Give truth values, False for what is null."""
    return np.asarray(values.fill_null(False).to_numpy(zero_copy_only=False), bool)
