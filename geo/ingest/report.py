"""What a person is told of a file that was read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from geo.cells import guarded
from geo.ingest.kinds import ABOUT
from geo.ingest.results import Note, Reading
from geo.labels import noop
from geo.listing import printable
from geo.said import Message, or_quote, said, said_n
from geo.texts import Texts

_MOST_ROWS_NAMED = 10
_MOST_PROBLEMS = 10
_HEADS = {
    None: noop("{name}: {about} ({kind}), {encoding}"),
    ",": noop("{name}: {about} ({kind}), {encoding}, separated by commas"),
    ";": noop("{name}: {about} ({kind}), {encoding}, separated by semicolons"),
    "\t": noop("{name}: {about} ({kind}), {encoding}, separated by tabs"),
}


def summary_lines(reading: Reading, texts: Texts | None = None) -> Iterator[str]:
    """Give kind, counts, notes and the first problems, one line each.

    Parameters
    ----------
    texts
        Says them; by default in English.
    """
    say = (texts or Texts()).say
    yield from (printable(say(line)) for line in _lines(reading))


def _lines(reading: Reading) -> Iterator[Message]:
    """Give the lines of a summary."""
    yield head_of(reading)
    yield counts_of(reading)
    yield from map(_line_of, reading.notes)
    problems = [each for row in reading.set_aside for each in row.problems]
    yield from (problem.sentence for problem in problems[:_MOST_PROBLEMS])
    more = len(problems) - _MOST_PROBLEMS
    if more > 0:
        yield said_n(
            "and {n} more problem: --problems FILE writes down all",
            "and {n} more problems: --problems FILE writes down all",
            more,
        )


def head_of(reading: Reading) -> Message:
    """Say what the file is, and how its text was read."""
    return said(
        _HEADS[reading.separator],
        name=reading.name,
        about=ABOUT[reading.kind],
        kind=reading.kind,
        encoding=reading.encoding,
    )


def counts_of(reading: Reading) -> Message:
    """Say how many rows were read, and what became of them."""
    return said_n(
        "{n} row read: {shown} shown, {aside} set aside",
        "{n} rows read: {shown} shown, {aside} set aside",
        reading.read,
        shown=reading.shown,
        aside=len(reading.set_aside),
    )


def problems_csv(reading: Reading, texts: Texts | None = None) -> bytes:
    """Write the rows that were set aside, unchanged, with line and reason.

    Parameters
    ----------
    texts
        Says the reasons; by default in English.

    Returns
    -------
    content
        UTF-8 with a byte order mark, separated as the file is, so that decimal
        commas can be read again. The first columns are ``line`` and
        ``problem``, the others those of the file, or one with the text of an
        item. No cell runs as a formula. Bytes that were no text are the same
        bytes again.
    """
    out, say = io.StringIO(newline=""), (texts or Texts()).say
    separator = reading.separator or ","
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(["line", "problem", *map(guarded, reading.header)])
    for row in reading.set_aside:
        reasons = "; ".join(
            say(
                said(
                    "{column}: {message}",
                    column=each.column,
                    message=or_quote(each.message),
                )
                if each.column
                else each.message
            )
            for each in row.problems
        )
        writer.writerow([str(row.line), *map(guarded, (reasons, *row.cells))])
    return b"\xef\xbb\xbf" + _bytes_of(out.getvalue())


def _line_of(note: Note) -> Message:
    """Give a note and its rows, the first few of many."""
    message = or_quote(note.message)
    if not note.rows:
        return said("note: {note}", note=message)
    rows = [str(row) for row in note.rows[:_MOST_ROWS_NAMED]]
    more = len(note.rows) - _MOST_ROWS_NAMED
    if more <= 0:
        return said_n(
            "note: {note} (row {rows})",
            "note: {note} (rows {rows})",
            len(rows),
            note=message,
            rows=rows,
        )
    return said_n(
        "note: {note} (rows {rows} and {n} more)",
        "note: {note} (rows {rows} and {n} more)",
        more,
        note=message,
        rows=rows,
    )


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
