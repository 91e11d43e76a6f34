"""When each row happened, in seconds of UTC, from text or from time stamps.

The rules are those of `geo.ingest.clock`, for whole columns: ISO 8601, a year
from 1925 to 2199, and without an offset the clock that the reader was told. A
date alone is the moment at which that day begins, and is marked as a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.cube.clock import clock_of
from geo.cube.columns import FINE, Codes, cleaned, code_of, mask_of
from geo.cube.faults import Reason, ZoneNeeded
from geo.ingest.clock import read_acled_date, zone_of
from geo.problems import quoted
from geo.said import said
from geo.timeline import FIRST_YEAR, LAST_YEAR

_ISO = (
    r"^(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r" ?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$"
)
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_CLOCK = r"^[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?$"
_ACLED_DATE = r"^[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}$"
_NO_CLOCK = "?"

_A_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_FIRST_SECOND, _LAST_SECOND = (
    int((np.datetime64(f"{year}-01-01") - np.datetime64("1970-01-01")).astype(int))
    * _DAY
    for year in (FIRST_YEAR, LAST_YEAR + 1)
)

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Moments:
    """One item a row."""

    utc: Ints
    """Seconds since 1970; meaningless where a row is set aside."""
    codes: Codes
    """Why a row is set aside, as `columns.code_of` numbers it; `FINE` if not."""
    is_day: Mask
    """Whether only the day is known."""

    def take(self, at: Ints) -> Moments:
        """Give some of the rows, in any order and as often as named."""
        return Moments(self.utc[at], self.codes[at], self.is_day[at])

    def filled(self, other: Moments) -> Moments:
        """Take another column's time in the rows where this one has none."""
        is_open = self.codes == code_of(Reason.NO_TIME)
        return Moments(
            np.where(is_open, other.utc, self.utc),
            np.where(is_open, other.codes, self.codes),
            np.where(is_open, other.is_day, self.is_day),
        )


def from_text(text: pa.Array, zone: tzinfo | None, *, acled: bool = False) -> Moments:
    """Read a column of dates and times; most repeat, and are read once.

    Parameters
    ----------
    text
        Strings without blanks around them; empty where there is none.
    zone
        Whose clock times without an offset follow.
    acled
        Whether dates such as 05 January 2022 are read too.

    Raises
    ------
    ZoneNeeded
        If a time has no offset and no zone is given.
    """
    encoded = text.dictionary_encode()
    values = encoded.dictionary
    if acled:
        values = _without_month_names(values)
    return _read(values, zone).take(encoded.indices.to_numpy())


def joined(
    start: pa.Array | None, date: pa.Array | None, clock: pa.Array | None
) -> pa.Array:
    """Give one text a row: when it starts, else its date and time of the day."""
    first, second = start if start is not None else date, date
    text = cleaned(first)
    if start is not None and second is not None:
        text = pc.if_else(pc.equal(text, ""), cleaned(second), text)
    if clock is None:
        return text
    clock = cleaned(clock)
    is_given = pc.not_equal(clock, "")
    is_clock = pc.match_substring_regex(clock, _CLOCK)
    is_date = pc.match_substring_regex(text, _DATE)
    whole = pc.binary_join_element_wise(text, clock, "T")
    text = pc.if_else(pc.and_(is_given, is_date), whole, text)
    wrong = pc.and_(is_given, pc.invert(is_clock))
    return pc.if_else(wrong, _NO_CLOCK, text)


def from_stamps(stamps: pa.Array, zone: tzinfo | None) -> Moments:
    """Read a column of time stamps or dates.

    Raises
    ------
    ZoneNeeded
        If they have no time zone and none is given.
    """
    kind = stamps.type
    is_null = mask_of(stamps.is_null())
    is_date = pa.types.is_date(kind)
    if is_date:
        seconds = _numbers(stamps.cast(pa.date32()).cast(pa.int32())) * _DAY
    else:
        seconds = _numbers(stamps.cast(pa.int64())) // _A_SECOND[kind.unit]
        seconds = seconds // _MINUTE * _MINUTE
    is_known = (seconds >= _FIRST_SECOND) & (seconds < _LAST_SECOND) & ~is_null
    has_offset = np.full(len(stamps), not is_date and kind.tz is not None)
    is_day = np.full(len(stamps), is_date)
    codes = np.where(is_known, FINE, code_of(Reason.BAD_TIME))
    codes[is_null] = code_of(Reason.NO_TIME)
    seconds = np.where(is_known, seconds, 0)
    return _placed(stamps, seconds, _Stamped(codes, is_day, has_offset), zone)


@dataclass(frozen=True)
class _Stamped:
    """What is known of times beside their seconds."""

    codes: Codes
    is_day: Mask
    has_offset: Mask


def _read(values: pa.Array, zone: tzinfo | None) -> Moments:
    """Read different texts."""
    fields = pc.extract_regex(values, _ISO)
    is_iso = mask_of(fields.is_valid())
    year, month, day, hour, minute, second = (
        _field(fields, name)
        for name in ("year", "month", "day", "hour", "minute", "second")
    )
    days, length = _days_of(year, month)
    is_known = (
        is_iso
        & ((year >= FIRST_YEAR) & (year <= LAST_YEAR))
        & ((month >= 1) & (month <= 12))
        & ((day >= 1) & (day <= length))
        & ((hour < 24) & (minute < 60) & (second < 60))
    )
    offsets, has_offset, is_offset = _offsets(pc.struct_field(fields, "offset"))
    is_known &= is_offset
    is_empty = mask_of(pc.equal(values, ""))
    is_day = mask_of(pc.equal(pc.struct_field(fields, "hour"), ""))
    codes = np.where(is_known, FINE, code_of(Reason.BAD_TIME))
    codes[is_empty] = code_of(Reason.NO_TIME)
    seconds = (days + day - 1) * _DAY + hour * _HOUR + minute * _MINUTE - offsets
    seconds = np.where(is_known, seconds, 0)
    return _placed(values, seconds, _Stamped(codes, is_day, has_offset), zone)


def _placed(
    given: pa.Array, seconds: Ints, stamped: _Stamped, zone: tzinfo | None
) -> Moments:
    """Read times without an offset on the clock that was told."""
    is_open = ~stamped.has_offset & (stamped.codes == FINE)
    if not is_open.any():
        return Moments(seconds, stamped.codes, stamped.is_day)
    if zone is None:
        example = quoted(str(given[int(is_open.argmax())]))
        message = said(
            "times have no UTC offset, such as {example}: which time zone do they"
            " follow?",
            example=example,
        )
        raise ZoneNeeded(message)
    utc, is_skipped = clock_of(zone).utc(seconds)
    codes = stamped.codes.copy()
    codes[is_open & is_skipped & ~stamped.is_day] = code_of(Reason.SKIPPED_TIME)
    return Moments(np.where(is_open, utc, seconds), codes, stamped.is_day)


def _offsets(texts: pa.Array) -> tuple[Ints, Mask, Mask]:
    """Give offsets in seconds, whether there is one, and whether it is fine."""
    encoded = texts.fill_null("").dictionary_encode()
    names = encoded.dictionary.to_pylist()
    found = [_offset(name) for name in names]
    seconds = np.array([each or 0 for each in found], dtype=np.int64)
    at = encoded.indices.to_numpy()
    has_one = np.array([name != "" for name in names], dtype=bool)
    is_fine = np.array([each is not None for each in found], dtype=bool)
    return seconds[at], has_one[at], is_fine[at]


def _offset(name: str) -> int | None:
    """Read an offset in seconds, 0 if there is none; None if it is no offset."""
    if not name:
        return 0
    try:
        offset = zone_of(name).utcoffset(None)
    except ValueError:
        return None
    return None if offset is None else int(offset.total_seconds())


def _days_of(year: Ints, month: Ints) -> tuple[Ints, Ints]:
    """Give the days from 1970 to the first of a month, and its length."""
    months = (year - 1970) * 12 + month - 1
    first = months.astype("M8[M]").astype("M8[D]").astype(np.int64)
    following = (months + 1).astype("M8[M]").astype("M8[D]").astype(np.int64)
    return first, following - first


def _without_month_names(values: pa.Array) -> pa.Array:
    """Write ACLED's dates in ISO 8601; the rest stays as it is."""
    is_named = mask_of(pc.match_substring_regex(values, _ACLED_DATE))
    texts = values.to_pylist()
    for at in np.flatnonzero(is_named):
        try:
            stamp = read_acled_date(texts[at])
        except ValueError:
            continue
        if stamp is not None:
            texts[at] = stamp.day.isoformat()
    return pa.array(texts, pa.string())


def _field(fields: pa.Array, name: str) -> Ints:
    """Give the numbers of one group of the pattern; 0 where there is none."""
    text = pc.struct_field(fields, name)
    return _numbers(pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64()))


def _numbers(values: pa.Array) -> Ints:
    """Give whole numbers, 0 for what is null."""
    return np.asarray(values.fill_null(0).to_numpy(zero_copy_only=False), np.int64)
