"""Arrays and texts as bytes that a page carries; `js/large/columns.js` unpacks them.

A bundle is one stream: all arrays one after the other, wide items first so
that each begins where its type wants it, compressed and in base64.
"""

import zlib
from base64 import b64encode
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypedDict, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]
Item = TypeVar("Item", bound=Hashable)

# Level 6 takes four times as long and saves a twentieth.
_LEVEL = 2

_TYPES = {"u1": "u8", "u2": "u16", "u4": "u32", "i4": "i32"}


class Bundle(TypedDict):
    """Arrays by name, as bytes that a page carries."""

    columns: list[tuple[str, str, int]]
    """Name, type (u8, u16, u32 or i32, little-endian) and length, in order."""
    deflated: str
    """The arrays one after the other: zlib (RFC 1950), base64."""


def bundle(arrays: Mapping[str, Array]) -> Bundle:
    """Pack arrays of u1, u2, u4 or i4; the same bytes for the same arrays."""
    ordered = sorted(arrays.items(), key=lambda item: -item[1].dtype.itemsize)
    stream = zlib.compressobj(_LEVEL)
    parts = [stream.compress(_bytes_of(array)) for _, array in ordered]
    return Bundle(
        columns=[
            (name, _TYPES[array.dtype.str[1:]], len(array)) for name, array in ordered
        ],
        deflated=b64encode(b"".join([*parts, stream.flush()])).decode("ascii"),
    )


def _bytes_of(array: Array) -> bytes:
    """Give the little-endian bytes of an array."""
    return array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()


def narrow(values: npt.ArrayLike) -> Array:
    """Give whole numbers from 0 in the narrowest type that holds them.

    Examples
    --------
    >>> narrow([0, 255]).dtype, narrow([256]).dtype
    (dtype('uint8'), dtype('uint16'))
    """
    array = np.asarray(values)
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def coded(values: Iterable[Item]) -> tuple[Array, list[Item]]:
    """Number the different values in the order they come.

    Examples
    --------
    >>> codes, different = coded("abba")
    >>> codes.tolist(), different
    ([0, 1, 1, 0], ['a', 'b'])
    """
    known: dict[Item, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return narrow(np.array(codes, dtype=np.int64)), list(known)


def cells_of(column: "pd.Series[Any] | pd.Index[Any]") -> list[Any]:
    """Give the plain values of a column of any make.

    One backed by Arrow is slow to walk through by itself.
    """
    return list(column.to_numpy(dtype=object))


def texts_as_arrays(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """Give a column of texts as arrays, each different text once if that is shorter.

    Returns
    -------
    arrays
        ``name.bytes``, ``name.lengths`` (bytes of UTF-8 a text) and, unless
        every row has a text of its own, ``name.codes``; nothing at all if
        every text is empty.
    """
    codes, different = coded(texts)
    if not any(different):
        return {}
    if 2 * len(different) > len(texts):
        return _written(name, texts)
    return {**_written(name, different), f"{name}.codes": codes}


def _written(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """Give texts as bytes and lengths."""
    # Half a character, which no encoding holds, becomes a question mark.
    written = [text.encode("utf-8", "replace") for text in texts]
    lengths = np.fromiter(map(len, written), dtype=np.int64, count=len(written))
    return {
        f"{name}.bytes": np.frombuffer(b"".join(written), dtype=np.uint8),
        f"{name}.lengths": narrow(lengths),
    }
