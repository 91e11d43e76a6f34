"""What each event is: its texts and codes, its id, and the columns besides."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, get_type_hints

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from geo.cells import Text
from geo.ingest import acled
from geo.ingest.draft import Draft, picked, some
from geo.ingest.kinds import FileKind
from geo.ingest.results import NoteKind
from geo.lean import text_column
from geo.model import EventRow
from geo.problems import explain
from geo.reading import EXPORT_COLUMNS
from geo.said import said
from geo.vocab import Attribution, Corroboration, Kind, TimeBasis, TimePrecision

_TEXTS = ("title", "summary", "note")
_LISTS = ("actors", "contradictions")
_TRANSLATED = tuple(
    name for name in EventRow.model_fields if name.endswith(("_ru", "_kk"))
)
# What we say of events of which a file says nothing: somebody reports them.
_CODES: dict[str, tuple[type[StrEnum], StrEnum]] = {
    "kind": (Kind, Kind.OBSERVATION),
    "attribution": (Attribution, Attribution.REPORTED),
    "corroboration": (Corroboration, Corroboration.NONE),
    "time_basis": (TimeBasis, TimeBasis.INDEPENDENT),
}
_TIMES = ("start", "end", "earliest", "latest")
_STEPS = ("earliest", "start", "end", "latest")
_LONGEST_TITLE = 80


def fill_texts(draft: Draft) -> None:
    """Fill texts, codes and lists as the kind of file has them."""
    _fill_empty(draft)
    if draft.kind is FileKind.EVENTS:
        _take_our_own(draft)
    elif draft.kind is FileKind.ACLED:
        _take_acled(draft)
    elif draft.kind is FileKind.TIMEMAP:
        _take(draft, "summary")
        _title_from_summary(draft)
    else:
        _take_table(draft)


def _fill_empty(draft: Draft) -> None:
    """Begin with what is said of events of which nothing is said."""
    count = len(draft)
    for name, (_, default) in _CODES.items():
        draft.values[name] = [default] * count
    for name in (*_TEXTS, *_LISTS, "article_locator", "sources"):
        draft.values[name] = [""] * count
    draft.values["route"] = [None] * count


def _take(draft: Draft, *names: str) -> None:
    """Take columns over as they are."""
    for name in names:
        if name in draft.fields:
            draft.values[name] = draft.cells(name)
            draft.verbatim.add(draft.fields[name])


def _title_from_summary(draft: Draft) -> None:
    """Begin the summary as a title, where a file has no titles."""
    draft.values["title"] = [_begin(each) for each in draft.cells("summary")]
    draft.fields["title"] = draft.fields["summary"]


def _take_our_own(draft: Draft) -> None:
    """Take our own format: its words are checked by its own rules."""
    others = ("id", "places", *_TIMES)
    _take(draft, *(name for name in EventRow.model_fields if name not in others))
    draft.verbatim.update(draft.fields[name] for name in ("places", *_TIMES))


def _take_table(draft: Draft) -> None:
    """Take a table or GeoJSON, whose codes may be other people's."""
    _take(draft, *_TEXTS, *_LISTS, *_TRANSLATED)
    if "title" not in draft.fields:
        _title_from_summary(draft)
    for name, (vocabulary, default) in _CODES.items():
        _take_codes(draft, name, vocabulary, default)
    derived = draft.values["time_precision"]
    _take_codes(draft, "time_precision", TimePrecision, derived)


def _take_codes(
    draft: Draft,
    name: str,
    vocabulary: type[StrEnum],
    default: StrEnum | Sequence[StrEnum],
) -> None:
    """Take a column of codes; say which words are none of ours."""
    if name not in draft.fields:
        return
    cells = [cell.strip() for cell in draft.cells(name)]
    known = {each.value: each for each in vocabulary}
    defaults = [default] * len(cells) if isinstance(default, StrEnum) else default
    draft.values[name] = [
        known.get(cell, other) for cell, other in zip(cells, defaults, strict=True)
    ]
    other_rows = [row for row, cell in enumerate(cells) if cell and cell not in known]
    if not other_rows:
        draft.verbatim.add(draft.fields[name])
        return
    words = some(cells[row] for row in other_rows)
    message = (
        said(
            "These words in the column {column} are none of ours and are shown as"
            " {default}: {words}.",
            column=draft.fields[name],
            default=default,
            words=words,
        )
        if isinstance(default, StrEnum)
        else said(
            "These words in the column {column} are none of ours: {words}.",
            column=draft.fields[name],
            words=words,
        )
    )
    draft.note(NoteKind.KIND, message, other_rows)


def _take_acled(draft: Draft) -> None:
    """Take ACLED's columns in our words."""
    _take(draft, "summary")
    types, sub_types = draft.cells("type"), draft.cells("sub_type")
    kinds = draft.read("type", zip(types, sub_types, strict=True), acled.kind_of)
    draft.values["kind"] = [each or Kind.OBSERVATION for each in kinds]
    unknown = [row for row, each in enumerate(kinds) if each is None]
    if unknown:
        words = some(f"{types[row]} / {sub_types[row]}" for row in unknown)
        message = said(
            "These event types are not in our table and are shown as {default}: {words}.",
            default=Kind.OBSERVATION,
            words=words,
        )
        draft.note(NoteKind.KIND, message, unknown)
    pairs = zip(types, sub_types, strict=True)
    losses = draft.read("type", pairs, acled.loss_of)
    lossy = [row for row, each in enumerate(losses) if each]
    if lossy:
        message = said(
            "None of our kinds says the same as these event types, and each is shown"
            " as the nearest; ACLED's own word stands in the title: {words}.",
            words=sorted(filter(None, set(losses))),
        )
        draft.note(NoteKind.KIND, message, lossy)
    titles = zip(types, sub_types, draft.cells("place"), strict=True)
    draft.values["title"] = draft.read("type", titles, acled.title_of)
    actors = (draft.cells(name) for name in ("actor1", "assoc1", "actor2", "assoc2"))
    named = draft.read("actor1", zip(*actors, strict=True), acled.actors_of)
    draft.values["actors"] = [each or () for each in named]


def fill_ids(draft: Draft) -> None:
    """Give every row an id of its own; the second row of one id fails."""
    cells = [cell.strip() for cell in draft.cells("id")]
    if draft.kind is FileKind.EVENTS:
        _take(draft, "id")
        return
    item = "row" if draft.sheet.separator else "item"
    taken = set(cells)
    ids = []
    for cell, number in zip(cells, draft.sheet.numbers, strict=True):
        name = _as_id(cell) or f"{item}-{number}"
        while not cell and name in taken:
            name += "-x"
        ids.append(name)
    draft.values["id"] = ids
    changed = [row for row, cell in enumerate(cells) if cell and cell != ids[row]]
    if "id" in draft.fields and not changed:
        draft.verbatim.add(draft.fields["id"])
    if changed:
        message = said(
            "Signs that no id may have were replaced by hyphens in these rows."
        )
        draft.note(NoteKind.IDS, message, changed)


def fail_repeated(draft: Draft) -> None:
    """Let fail what bears the id of a good row before it."""
    first: dict[str, int] = {}
    for row in draft.good_rows():
        name = draft.values["id"][row]
        if name in first:
            number = draft.sheet.numbers[first[name]]
            message = said(
                "{value} stands already in row {row}",
                value=f'"{name}"',
                row=str(number),
            )
            draft.fail(row, "id", message)
        else:
            first[name] = row


def _as_id(text: str) -> str:
    """Make an id of what a file calls one."""
    signs = (sign if sign.isalnum() or sign in "_.:-" else "-" for sign in text)
    return "".join(signs)


def _begin(text: str) -> str:
    """Give the beginning of a text for a title."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def extra_columns(draft: Draft, rows: Sequence[int]) -> pd.DataFrame:
    """Give the columns that did not go over as they are, under free names.

    Columns without a name and without a cell are left out.
    """
    kept: dict[str, pd.Series[Any]] = {}
    unknown: list[str] = []
    reserved = {*EventRow.model_fields, *EXPORT_COLUMNS}
    taken = pa.array(rows, pa.int64())
    for name, cells in draft.sheet.columns.items():
        is_ours = draft.kind is FileKind.EVENTS and name in EXPORT_COLUMNS
        if name in draft.verbatim or is_ours:
            continue
        if name.startswith("column ") and not pc.any(pc.not_equal(cells, "")).as_py():
            continue
        free = f"{name} (as given)" if name in reserved else name
        while free in kept:
            free += " (as given)"
        if name in (draft.fields.get("lat"), draft.fields.get("lon")):
            # The comma separates the cells of the file that is written of them.
            cells = pc.replace_substring(cells, ",", ".")
        kept[free] = text_column(cells.take(taken))
        if name not in draft.fields.values():
            unknown.append(name)
    if unknown:
        message = said(
            "Columns that we do not know are kept and exported again: {columns}.",
            columns=some(unknown),
        )
        draft.note(NoteKind.COLUMNS, message)
    return pd.DataFrame(kept, index=pd.RangeIndex(len(rows)), copy=False)


_HINTS = get_type_hints(EventRow, include_extras=True)
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(_HINTS[name]) for name in EventRow.model_fields
}
_ANY_TEXT = frozenset(name for name, hint in _HINTS.items() if hint == Text)
_BROKEN = object()


def validate(draft: Draft) -> None:
    """Check every row by the rules of our own events, column by column.

    The values become those of an `EventRow`. A row that breaks a rule fails
    with the messages that the row itself gives. Places are checked where they
    are read.
    """
    good = draft.good_rows()
    given = dict(draft.values)
    bad: set[int] = set()
    for name, values in given.items():
        if name in _ANY_TEXT:
            continue
        different = dict.fromkeys(picked(values, good))
        known = {each: _checked(_ADAPTERS[name], each) for each in different}
        if any(each is _BROKEN for each in known.values()):
            bad.update(row for row in good if known[values[row]] is _BROKEN)
        if any(each != checked for each, checked in known.items()):
            draft.values[name] = [known.get(each) for each in values]
    steps = (picked(draft.values[name], good) for name in _STEPS)
    for row, earliest, start, end, latest in zip(good, *steps, strict=True):
        if row not in bad and not earliest <= start <= end <= latest:
            bad.add(row)
    for row in sorted(bad):
        _explain(draft, row, {name: values[row] for name, values in given.items()})


def _checked(adapter: TypeAdapter[Any], value: object) -> object:
    """Give a value as a row would have it, or `_BROKEN`."""
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return _BROKEN


def _explain(draft: Draft, row: int, values: dict[str, Any]) -> None:
    """Let a row say what is wrong with it."""
    try:
        EventRow.model_validate(values | {"places": ()})
    except ValidationError as error:
        for column, message in explain(error):
            draft.fail(row, column, message)
