"""What reading a reader's own file led to, in the reader's language. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from geo.ingest import Note, Reading
from geo.said import or_quote, said
from geo.texts import Texts

MOST_PROBLEMS = 20
"""So many are shown; the file of rows set aside has all."""
_MOST_ROWS = 10

ALMATY = "Asia/Almaty"
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@dataclass(frozen=True)
class NoteLine:
    """What is to be known of rows that are shown."""

    message: str
    rows: str
    """Which rows, the first few of many; "" for the whole file."""


@dataclass(frozen=True)
class ProblemLine:
    """One thing that is wrong with a row that was set aside."""

    line: str
    column: str
    message: str


def trouble_words(name: str, trouble: str, texts: Texts) -> str:
    """Say why a file as a whole cannot be read."""
    message = or_quote(trouble)
    return texts.say(said("{file}: {message}", file=name, message=message))


def note_lines(reading: Reading, texts: Texts) -> list[NoteLine]:
    """Say what is to be known of the rows that are shown."""
    return [
        NoteLine(message=texts.say(note.message), rows=_row_words(note, texts))
        for note in reading.notes
    ]


def problem_lines(reading: Reading, texts: Texts) -> Iterator[ProblemLine]:
    """Give every problem of every row set aside, in the order of the file."""
    for row in reading.set_aside:
        for problem in row.problems:
            yield ProblemLine(
                line=texts.number(row.line),
                column=problem.column or "",
                message=texts.say(problem.message),
            )


@cache
def zone_names() -> tuple[str, ...]:
    """Name the time zones there are, Almaty's first."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(_NO_PLACES)
    )
    return (ALMATY, "UTC", *(name for name in names if name != ALMATY))


def problems_name(reading: Reading) -> str:
    """Name the file of the rows set aside after the file they come from."""
    return f"{reading.name.rpartition('.')[0] or reading.name}-set-aside.csv"


def _row_words(note: Note, texts: Texts) -> str:
    """Name the rows of a note, the first few of many."""
    if not note.rows:
        return ""
    named = ", ".join(map(texts.number, note.rows[:_MOST_ROWS]))
    more = len(note.rows) - _MOST_ROWS
    if more > 0:
        return texts.n(
            "Rows {rows} and {n} more.", "Rows {rows} and {n} more.", more, rows=named
        )
    return texts.t("Rows: {rows}.", rows=named)
