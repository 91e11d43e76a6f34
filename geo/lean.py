"""Columns that hold a hundred thousand rows without an object for each cell.

Codes are categories, text stands in one buffer (Arrow), lists of ids and points
of the map in two arrays. A cell that is asked for is what it is in any other
frame: a str, a tuple of str, a shapely Point or MultiPoint, or None.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely
from pandas.api.extensions import ExtensionArray, ExtensionDtype

Numbers = npt.NDArray[Any]
# Of so many words each may be an object, which is the quicker to ask for.
_MOST_OBJECTS = 1000

TEXT = pd.ArrowDtype(pa.string())


class ListDtype(ExtensionDtype):
    """Tuples of text; nothing is an empty tuple."""

    name = "lists"
    type = tuple
    na_value = ()

    @classmethod
    def construct_array_type(cls) -> builtins.type[ListArray]:
        """Give the class of its arrays."""
        return ListArray


class ShapeDtype(ExtensionDtype):
    """Points of the map, one or several an item; nothing is None."""

    name = "shapes"
    type = shapely.Geometry
    na_value = None

    @classmethod
    def construct_array_type(cls) -> builtins.type[ShapeArray]:
        """Give the class of its arrays."""
        return ShapeArray


class _Ragged(ExtensionArray):
    """Items of different lengths, one after another in one array."""

    def __init__(self, starts: Numbers, items: Numbers) -> None:
        self._starts = np.ascontiguousarray(starts, dtype=np.int32)
        """Where each item begins, and where the last one ends."""
        self._items = items

    def _like(self, starts: Numbers, items: Numbers) -> Self:
        """Make an array of other items."""
        return type(self)(starts, items)

    def _at(self, row: int) -> Any:  # noqa: ANN401 - as the array has it
        """Give one item as an object."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, item: Any) -> Any:  # noqa: ANN401 - pandas' own
        item = pd.api.indexers.check_array_indexer(self, item)
        if isinstance(item, int | np.integer):
            at = int(item) + (len(self) if item < 0 else 0)
            if not 0 <= at < len(self):
                raise IndexError(f"{item} is not in an array of {len(self)}")
            return self._at(at)
        return self._gathered(np.arange(len(self))[item])

    def __eq__(self, other: object) -> Any:  # noqa: ANN401 - an array, or pandas' answer
        if isinstance(other, pd.Series | pd.DataFrame | pd.Index):
            return NotImplemented
        if isinstance(other, type(self)) and len(other) == len(self):
            pairs = zip(self, other, strict=True)
            return np.fromiter((a == b for a, b in pairs), dtype=bool, count=len(self))
        return np.fromiter((each == other for each in self), dtype=bool)

    def __array__(
        self, dtype: npt.DTypeLike | None = None, copy: bool | None = None
    ) -> npt.NDArray[np.object_]:
        """Give all items as objects."""
        del dtype, copy
        out = np.empty(len(self), dtype=object)
        for row, each in enumerate(self):
            out[row] = each
        return out

    @property
    def counts(self) -> Numbers:
        """How long each item is."""
        return np.diff(self._starts)

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return int(self._starts.nbytes + self._items.nbytes)

    def take(
        self,
        indices: Any,  # noqa: ANN401 - pandas' own
        *,
        allow_fill: bool = False,
        fill_value: object = None,
    ) -> Self:
        """Give some items; with ``allow_fill``, -1 is nothing."""
        del fill_value
        rows = np.asarray(indices, dtype=np.intp)
        if allow_fill:
            if (rows < -1).any():
                raise ValueError("only -1 stands for nothing")
        elif len(rows) and not len(self):
            raise IndexError("cannot take items of an empty array")
        else:
            rows = np.where(rows < 0, rows + len(self), rows)
        return self._gathered(rows)

    def _gathered(self, rows: Numbers) -> Self:
        """Give the items of some rows; -1 is nothing."""
        if not len(self):
            return self._like(np.zeros(len(rows) + 1), self._items[:0])
        counts = np.where(rows < 0, 0, self.counts[rows])
        starts = np.concatenate([[0], np.cumsum(counts)])
        shift = np.repeat(self._starts[rows] - starts[:-1], counts)
        return self._like(starts, self._items[shift + np.arange(starts[-1])])

    def copy(self) -> Self:
        """Give the same; nobody writes to it."""
        return self._like(self._starts, self._items)

    @classmethod
    def _joined(cls, parts: Sequence[_Ragged]) -> tuple[Numbers, Numbers]:
        """Put the starts and the items of several arrays in a row."""
        counts = np.concatenate([part.counts for part in parts])
        starts = np.concatenate([[0], np.cumsum(counts)])
        return starts, np.concatenate([part._items for part in parts])


class ListArray(_Ragged):
    """Tuples of text; texts that occur again are kept once.

    Examples
    --------
    >>> list(ListArray.of([("a", "b"), (), ("a",)]))
    [('a', 'b'), (), ('a',)]
    """

    def __init__(self, starts: Numbers, items: Numbers, words: pa.Array) -> None:
        super().__init__(starts, np.asarray(items, dtype=np.int32))
        self._words = words
        """The different texts; items are places in it."""

    @classmethod
    def of(cls, tuples: Iterable[Sequence[str]]) -> ListArray:
        """Make an array of tuples."""
        words: dict[str, int] = {}
        counts, items = [], []
        for each in tuples:
            counts.append(len(each))
            items.extend([words.setdefault(word, len(words)) for word in each])
        starts = np.concatenate([[0], np.cumsum(np.array(counts, dtype=np.int64))])
        texts = pa.array(list(words), type=pa.string())
        return cls(starts, np.array(items, dtype=np.int32), texts)

    @property
    def dtype(self) -> ListDtype:
        """The type of the column."""
        return ListDtype()

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return super().nbytes + int(self._words.nbytes)

    def isna(self) -> npt.NDArray[np.bool_]:
        """Tell that an empty list is a list."""
        return np.zeros(len(self), dtype=bool)

    @property
    def words(self) -> pa.Array:
        """The different texts, whether or not an item still has them."""
        return self._words

    @property
    def codes(self) -> Numbers:
        """The places in `words` of all items in a row; `counts` parts them."""
        return self._items[self._starts[0] : self._starts[-1]]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        words = self._words.to_pylist()
        items, starts = self._items.tolist(), self._starts.tolist()
        known: dict[int, tuple[str, ...]] = {}
        for start, end in pairwise(starts):
            if end == start + 1:
                code = items[start]
                if code not in known:
                    known[code] = (words[code],)
                yield known[code]
            else:
                yield tuple(words[code] for code in items[start:end])

    def _at(self, row: int) -> tuple[str, ...]:
        codes = self._items[self._starts[row] : self._starts[row + 1]]
        return tuple(self._words[int(code)].as_py() for code in codes)

    def _like(self, starts: Numbers, items: Numbers) -> Self:
        return type(self)(starts, items, self._words)

    @classmethod
    def _from_sequence(
        cls,
        scalars: Any,  # noqa: ANN401 - pandas' own
        *,
        dtype: object = None,
        copy: bool = False,
    ) -> ListArray:
        del dtype, copy
        # What a function makes of tuples is no column of tuples.
        if not all(isinstance(each, tuple) for each in scalars):
            raise TypeError("not all are tuples")
        return cls.of(scalars)

    @classmethod
    def _from_factorized(cls, values: Any, original: ListArray) -> ListArray:  # noqa: ANN401
        del original
        return cls.of(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[ListArray]) -> ListArray:
        if all(part._words is to_concat[0]._words for part in to_concat):
            return cls(*cls._joined(to_concat), to_concat[0]._words)
        return cls.of(each for part in to_concat for each in part)


class ShapeArray(_Ragged):
    """Points of the map; shapely's objects are made when they are asked for.

    Examples
    --------
    >>> print(ShapeArray.of_points([76.9, 77.0], [43.2, 43.3])[1])
    POINT (77 43.3)
    """

    @classmethod
    def of_points(cls, lon: Any, lat: Any) -> ShapeArray:  # noqa: ANN401 - numbers
        """Make an array of single points, WGS84 degrees; NaN is no point."""
        points = np.column_stack([lon, lat]).astype(np.float64).reshape(-1, 2)
        is_there = ~np.isnan(points).any(axis=1)
        starts = np.concatenate([[0], np.cumsum(is_there)])
        return cls(starts, points[is_there])

    @classmethod
    def of(cls, shapes: Iterable[shapely.Geometry | None]) -> ShapeArray:
        """Make an array of points, several points, and None."""
        given = np.array([*shapes, None], dtype=object)[:-1]
        points, rows = shapely.get_coordinates(given, return_index=True)
        counts = np.bincount(rows, minlength=len(given))
        return cls(np.concatenate([[0], np.cumsum(counts)]), points)

    @property
    def dtype(self) -> ShapeDtype:
        """The type of the column."""
        return ShapeDtype()

    def isna(self) -> npt.NDArray[np.bool_]:
        """Tell which items are nowhere."""
        return np.asarray(self.counts == 0)

    @property
    def degrees(self) -> tuple[Numbers, Numbers]:
        """Longitude and latitude of the first point of each item, or NaN."""
        out = np.full((len(self), 2), np.nan)
        is_there = self.counts > 0
        out[is_there] = self._items[self._starts[:-1][is_there]]
        return out[:, 0], out[:, 1]

    def __iter__(self) -> Iterator[shapely.Geometry | None]:
        points = shapely.points(self._items)
        starts = self._starts.tolist()
        for start, end in pairwise(starts):
            if end == start:
                yield None
            elif end == start + 1:
                yield points[start]
            else:
                yield shapely.MultiPoint(points[start:end])

    def _at(self, row: int) -> shapely.Geometry | None:
        points = self._items[self._starts[row] : self._starts[row + 1]]
        if not len(points):
            return None
        return (
            shapely.Point(points[0]) if len(points) == 1 else shapely.MultiPoint(points)
        )

    @classmethod
    def _from_sequence(
        cls,
        scalars: Any,  # noqa: ANN401 - pandas' own
        *,
        dtype: object = None,
        copy: bool = False,
    ) -> ShapeArray:
        del dtype, copy
        kinds = (shapely.Point, shapely.MultiPoint, type(None))
        if not all(isinstance(each, kinds) for each in scalars):
            raise TypeError("not all are points")
        return cls.of(scalars)

    @classmethod
    def _from_factorized(cls, values: Any, original: ShapeArray) -> ShapeArray:  # noqa: ANN401
        del original
        return cls.of(values)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[ShapeArray]) -> ShapeArray:
        return cls(*cls._joined(to_concat))


def text_column(given: Sequence[str] | pa.Array | pa.ChunkedArray) -> pd.Series[Any]:
    """Make a column of text: categories where texts occur again, else Arrow."""
    is_arrow = isinstance(given, pa.Array | pa.ChunkedArray)
    texts: Any = given if is_arrow else pa.array(list(given), pa.string())
    different = texts.dictionary_encode()
    if isinstance(different, pa.ChunkedArray):
        different = different.combine_chunks()
    words = different.dictionary
    # Ids differ all, and an index of nothing is one of text all the same.
    if len(texts) and 2 * len(words) <= len(texts):
        codes = different.indices.to_numpy(zero_copy_only=False)
        return category_column(codes, words)
    return pd.Series(pd.array(texts, dtype=TEXT), copy=False)


def category_column(codes: Numbers, words: Iterable[str] | pa.Array) -> pd.Series[Any]:
    """Make a column of codes, each a place in the list of words."""
    if len(texts := pa.array(words, pa.string())) > _MOST_OBJECTS:
        categories = pd.Index(pd.array(texts, dtype=TEXT))
    else:
        categories = pd.Index(texts.to_pylist(), dtype="object")
    column = pd.Categorical.from_codes(codes, categories=categories, validate=False)
    return pd.Series(column, copy=False)


def degrees_of(shapes: pd.Series[Any]) -> tuple[Numbers, Numbers]:
    """Give longitude and latitude of a column of points; NaN for none.

    Works on a column of either sort: lean, or of geopandas.
    """
    if isinstance(shapes.array, ShapeArray):
        return shapes.array.degrees
    points = np.asarray(shapes.array, dtype=object)
    return shapely.get_x(points), shapely.get_y(points)
