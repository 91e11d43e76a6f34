"""What reading a reader's own file led to, in the reader's language. Pure.

The reader of files speaks English. What it says of whole groups of rows is said
here once more; what it says of single rows and cells stays as it is, and is
marked as English.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from geo.ingest import FileKind, Note, NoteKind, Reading
from geo.labels import noop
from geo.texts import LANGUAGES, Texts

MOST_PROBLEMS = 20
"""So many are shown; the file of rows set aside has all."""
_MOST_ROWS = 10

ALMATY = "Asia/Almaty"
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")

KIND_WORDS: Mapping[FileKind, str] = {
    FileKind.EVENTS: noop("our own format, as data/events.csv or an export has it"),
    FileKind.TABLE: noop("a simple table with title, date and place (CSV)"),
    FileKind.ACLED: noop("an export of ACLED (CSV)"),
    FileKind.GEOJSON: noop("points with a time (GeoJSON)"),
    FileKind.TIMEMAP: noop("events of TimeMap (JSON)"),
}

SEPARATOR_WORDS: Mapping[str, str] = {
    ",": noop("cells separated by commas"),
    ";": noop("cells separated by semicolons"),
    "\t": noop("cells separated by tabs"),
}

NOTE_WORDS: Mapping[NoteKind, str] = {
    NoteKind.ENCODING: noop("The encoding of the text is a guess."),
    NoteKind.ZONE: noop("Times without an offset were read on the clock you named."),
    NoteKind.SECONDS: noop("Seconds were cut off."),
    NoteKind.TWICE: noop("The clock showed some times twice; the first was taken."),
    NoteKind.SWAPPED: noop("Latitude and longitude may be swapped."),
    NoteKind.ORIGIN: noop("Some rows lie at latitude 0, longitude 0."),
    NoteKind.GEOCODED: noop(
        "Some rows were put on the map by the name of their place."
    ),
    NoteKind.NO_PLACE: noop("Some rows name no place: they are listed, not mapped."),
    NoteKind.KIND: noop("Some words for kinds are none of ours."),
    NoteKind.ROUTE: noop("Some rows name routes that are not in the file."),
    NoteKind.COLUMNS: noop("Columns we do not know are kept and exported again."),
    NoteKind.IDS: noop("Some ids had to be changed."),
    NoteKind.DATES: noop("Dates were read as month, day, year."),
    NoteKind.BROKEN_OFF: noop("The file breaks off."),
    NoteKind.EMPTY: noop("The file has no row that can be shown."),
}


@dataclass(frozen=True)
class NoteLine:
    """What is to be known of rows that are shown."""

    about: str
    """In the reader's language; "" where `details` say it in that language."""
    details: str
    """As the reader of files says it, in English."""
    rows: str
    """Which rows, the first few of many; "" for the whole file."""


@dataclass(frozen=True)
class ProblemLine:
    """One thing that is wrong with a row that was set aside."""

    line: str
    column: str
    message: str
    """In English."""


def how_words(reading: Reading, texts: Texts) -> str:
    """Say how the text of a file was read."""
    separator = SEPARATOR_WORDS.get(reading.separator or "")
    if separator is None:
        return reading.encoding
    return texts.t(
        "{encoding}, {separated}",
        encoding=reading.encoding,
        separated=texts.t(separator),
    )


def count_words(reading: Reading, texts: Texts) -> str:
    """Say how many rows were read, and what became of them."""
    return texts.n(
        "{n} row read: {shown} shown, {aside} set aside.",
        "{n} rows read: {shown} shown, {aside} set aside.",
        reading.read,
        shown=texts.number(reading.shown),
        aside=texts.number(len(reading.set_aside)),
    )


def note_lines(reading: Reading, texts: Texts) -> list[NoteLine]:
    """Say what is to be known of the rows that are shown."""
    is_english = texts.language == LANGUAGES[0]
    return [
        NoteLine(
            about="" if is_english else texts.t(NOTE_WORDS[note.kind]),
            details=note.message,
            rows=_row_words(note, texts),
        )
        for note in reading.notes
    ]


def problem_lines(reading: Reading, texts: Texts) -> Iterator[ProblemLine]:
    """Give every problem of every row set aside, in the order of the file."""
    for row in reading.set_aside:
        for problem in row.problems:
            yield ProblemLine(
                line=texts.number(row.line),
                column=problem.column or "",
                message=problem.message,
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
