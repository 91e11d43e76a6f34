"""What a person is told of a file that was read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from geo.cells import guarded
from geo.ingest.kinds import ABOUT
from geo.ingest.results import Note, Reading
from geo.listing import printable

_MOST_ROWS_NAMED = 10
_MOST_PROBLEMS = 10
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def summary_lines(reading: Reading) -> Iterator[str]:
    """Give kind, counts, notes and the first problems, one line each."""
    separated = _SEPARATORS.get(reading.separator or "")
    how = (
        f"{reading.encoding}, separated by {separated}"
        if separated
        else reading.encoding
    )
    yield f"{reading.name}: {ABOUT[reading.kind]} ({reading.kind}), {how}"
    yield (
        f"{reading.read} rows read: {reading.shown} shown,"
        f" {len(reading.set_aside)} set aside"
    )
    for note in reading.notes:
        yield printable(f"note: {note.message}{_rows_of(note)}")
    problems = [each for row in reading.set_aside for each in row.problems]
    for problem in problems[:_MOST_PROBLEMS]:
        yield printable(str(problem))
    more = len(problems) - _MOST_PROBLEMS
    if more > 0:
        yield f"and {more} more problems: --problems FILE writes down all"


def problems_csv(reading: Reading) -> bytes:
    """Write the rows that were set aside, unchanged, with line and reason.

    Returns
    -------
    content
        UTF-8 with a byte order mark, separated as the file is, so that decimal
        commas can be read again. The first columns are ``line`` and
        ``problem``, the others those of the file, or one with the text of an
        item. No cell runs as a formula. Bytes that were no text are the same
        bytes again.
    """
    out = io.StringIO(newline="")
    separator = reading.separator or ","
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(["line", "problem", *map(guarded, reading.header)])
    for row in reading.set_aside:
        reasons = "; ".join(
            f"{each.column}: {each.message}" if each.column else each.message
            for each in row.problems
        )
        writer.writerow([str(row.line), *map(guarded, (reasons, *row.cells))])
    return b"\xef\xbb\xbf" + _bytes_of(out.getvalue())


def _rows_of(note: Note) -> str:
    """Name the rows of a note, the first few of many."""
    if not note.rows:
        return ""
    named = ", ".join(map(str, note.rows[:_MOST_ROWS_NAMED]))
    more = len(note.rows) - _MOST_ROWS_NAMED
    return f" (rows {named} and {more} more)" if more > 0 else f" (rows {named})"


def _bytes_of(text: str) -> bytes:
    """Encode text that may hold escaped bytes; other halves of pairs are lost."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        whole = "".join(
            "\ufffd"
            if "\ud800" <= sign <= "\udfff" and not "\udc80" <= sign <= "\udcff"
            else sign
            for sign in text
        )
        return whole.encode("utf-8", "surrogateescape")
