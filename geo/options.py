"""What may be typed after ``python -m geo``, and the help that says so."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, NoReturn

from geo.export import FORMATS
from geo.export.handout import Paper
from geo.ingest import ABOUT, COMMAND_LINE, FileKind, zone_of
from geo.nominatim import PUBLIC_SERVER, SERVER_VARIABLE, TIMEOUT_S
from geo.query import DEFAULT_WITHIN_M
from geo.texts import LANGUAGES, Texts
from geo.vocab import Attribution, Corroboration, Kind, Mode

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace, Texts], int]

WRONG_USE = 2
"""The exit code of a command line that cannot be understood."""

OPTION_OF: Mapping[str, str] = {
    "from": "--from",
    "to": "--to",
    "mode": "--mode",
    "possible": "--possible",
    "kinds": "--kind",
    "by": "--by",
    "corroboration": "--corroboration",
    "place": "--place",
    "near": "--near",
    "within": "--within",
    "actor": "--actor",
    "q": "--q",
    "contested": "--contested",
    "independent": "--independent",
}
"""The option for each parameter of an address."""

_ABOUT = """\
The January 2022 events in Almaty: check the data, ask which events,
find places, write files, read other people's events.
"""
_EXIT_CODES = """\
exit codes: 0 fine, 1 problems in the data or nothing found, 2 wrong use
help for one command: python -m geo COMMAND --help
"""
_KINDS = f"\n{16 * ' '}".join(
    textwrap.wrap(", ".join(Kind), 64, break_on_hyphens=False)
)
_QUERY_NOTES = f"""\
Times are Almaty's, such as 2022-01-05T14:00; the minute of --to is no longer in
the window. Lists: repeat the option, or separate by commas.

KIND            {_KINDS}
BY              {", ".join(Attribution)}
CORROBORATION   {", ".join(Corroboration)}
"""
_QUERY_EXAMPLE = """
example: python -m geo query --from 2022-01-05T14:00 --to 2022-01-05T16:00
"""
_EXPORT_EXAMPLE = """
examples: python -m geo export html -o almaty.html
          python -m geo export handout --chapter 3 --worksheet -o march.pdf
"""
_GEOCODE_NOTES = f"""\
A name in English, Russian or Kazakh, or a crossing such as "Abay x Seifullin"
or "угол Абая и Сейфуллина". With --online a Nominatim server is asked too; its
answers are shown for review and never written into the data. The server is
{PUBLIC_SERVER}, or what --server or the variable
{SERVER_VARIABLE} names.
"""
_READ_FORMATS = tuple(
    name for name in FORMATS if name not in ("class", "handout", "handout-png")
)
"""All but those that need a story."""
_BASEMAP_NOTES = """\
EXTRACT is an .osm or .osm.pbf file of OpenStreetMap. The streets of it that lie
in the map's part are written to basemap.geojson in the folder of data, and drawn
from then on in place of the schematic ones. Delete that file to have these back.

example: python -m geo basemap almaty.osm.pbf
"""
_PLAY_NOTES = """\
One HTML file, with nothing to load: the timeline and the map of the counts, in
squares that part as one zooms in.

example: python -m geo play cube/ -o map.html
"""
_FILE_KINDS = "\n".join(f"{kind:<8} {about}" for kind, about in ABOUT.items())
_READ_NOTES = f"""\
At most {COMMAND_LINE.most_bytes // 1_000_000:,} MB and {COMMAND_LINE.most_rows:,} rows.
Every row is shown, or set aside with a reason.
Times are ISO 8601. Where they have no offset from UTC, --zone says whose clock
they follow; nothing is assumed.

KIND
{_FILE_KINDS}

exit codes: 0 every row is shown, 1 rows were set aside or the file cannot be
read, 2 wrong use, or times without an offset and no --zone

example: python -m geo read mine.csv --zone Asia/Almaty --problems bad.csv
"""
_ENGINES = ("duckdb", "dask")
_CUBE_ROWS, _CUBE_GIGABYTES = 2_000_000, 2.0
_CUBE_NOTES = """\
FILE is a CSV with the columns date or start, lat and lon, and kind if it has
kinds; a CSV of ACLED; or GeoParquet with points and a column date or start.
Every row is counted, or set aside with a reason. Times are ISO 8601, as for
the command read. The same events make the same bytes with either engine.

DuckDB counts on this machine. Dask counts on the cluster of --scheduler, whose
workers read the same files under the same paths and can import this project.

exit codes: 0 every row is counted, 1 rows were set aside or a file cannot be
counted, 2 wrong use, or times without an offset and no --zone

example: python -m geo cube 2022-*.csv --zone Asia/Almaty -o cube/
"""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        line = " ".join(message.split())
        self.exit(WRONG_USE, f"{self.prog}: {line} (see {self.prog} --help)\n")


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Make the parser of the whole command line.

    Parameters
    ----------
    commands
        What to run, by name: check, query, geocode, export, read, basemap, cube, play.
    """
    top: argparse.ArgumentParser = Parser(
        prog="python -m geo",
        description=_ABOUT,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _add_check,
        _add_query,
        _add_geocode,
        _add_export,
        _add_read,
        _add_basemap,
        _add_cube,
        _add_play,
    ):
        command = add(subparsers)
        command.set_defaults(run=commands[command.prog.rpartition(" ")[2]])
    return top


def _add_check(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that validates a folder of data."""
    command = _add(
        commands, "check", "validate the data, print counts or all problems", ""
    )
    command.add_argument(
        "data", nargs="?", metavar="DIR", help="folder of data files (default: data/)"
    )
    _add_language(command)
    return command


def _add_query(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that lists events."""
    command = _add(
        commands, "query", "list the events that answer", _QUERY_NOTES + _QUERY_EXAMPLE
    )
    command.add_argument(
        "--format",
        choices=("ids", "table", "csv", "geojson"),
        default="table",
        help="ids: one id a line; table: readable columns (default)",
    )
    _add_filters(command)
    _add_common(command)
    return command


def _add_geocode(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that finds a place by name."""
    command = _add(commands, "geocode", "find the place a name means", _GEOCODE_NOTES)
    command.add_argument("name", nargs="+", metavar="NAME", help="a name or a crossing")
    command.add_argument(
        "--limit",
        type=_count,
        default=5,
        metavar="N",
        help="at most N matches (default: 5)",
    )
    command.add_argument(
        "--online", action="store_true", help="ask a Nominatim server too"
    )
    command.add_argument("--server", metavar="URL", help="another Nominatim server")
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=TIMEOUT_S,
        metavar="SECONDS",
        help=f"how long to wait for it (default: {TIMEOUT_S:g})",
    )
    _add_common(command)
    return command


def _add_export(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that writes a file."""
    formats = "\n".join(f"{name:<15} {each.about}" for name, each in FORMATS.items())
    notes = f"formats:\n{formats}\n\n{_QUERY_NOTES}{_EXPORT_EXAMPLE}"
    command = _add(commands, "export", "write events to a file", notes)
    command.add_argument(
        "format", choices=tuple(FORMATS), metavar="FORMAT", help="see below"
    )
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="where to; - is standard output. FORMAT decides, not the file's ending",
    )
    _add_filters(command)
    _add_handout(command)
    _add_common(command)
    return command


def _add_read(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that reads other people's events."""
    command = _add(commands, "read", "read other people's events", _READ_NOTES)
    command.add_argument("file", metavar="FILE", help="CSV, GeoJSON or JSON")
    command.add_argument(
        "--kind",
        choices=tuple(map(str, FileKind)),
        metavar="KIND",
        help="what the file is (default: recognised)",
    )
    command.add_argument(
        "--zone",
        type=_zone,
        help="clock of times without an offset: Asia/Almaty, +06:00",
    )
    command.add_argument(
        "--problems",
        metavar="OUT",
        help="write the rows set aside, unchanged, with line and reason; - is"
        " standard output",
    )
    command.add_argument(
        "-o", "--output", metavar="OUT", help="write the events shown to this file"
    )
    command.add_argument(
        "--format",
        choices=_READ_FORMATS,
        metavar="FORMAT",
        default="csv",
        help="format of that file, as of export but for those that need a story"
        " (default: csv, with all columns)",
    )
    _add_common(command)
    return command


def _add_basemap(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that draws local streets."""
    command = _add(
        commands, "basemap", "draw the streets of an OpenStreetMap file", _BASEMAP_NOTES
    )
    command.add_argument("extract", metavar="EXTRACT", help="an .osm or .osm.pbf file")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="another file to write; - is standard output",
    )
    _add_common(command)
    return command


def _add_cube(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that counts millions of events."""
    command = _add(commands, "cube", "count millions of events for a map", _CUBE_NOTES)
    command.add_argument("files", nargs="+", metavar="FILE", help="CSV or GeoParquet")
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        help="the folder to write; an earlier cube in it is replaced",
    )
    command.add_argument(
        "--engine", choices=_ENGINES, default=_ENGINES[0], help="default: duckdb"
    )
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="of Dask, such as tcp://127.0.0.1:8786"
    )
    command.add_argument(
        "--zone",
        type=_zone,
        help="clock of times without an offset: Asia/Almaty, +06:00",
    )
    command.add_argument(
        "--rows",
        type=_count,
        default=_CUBE_ROWS,
        metavar="N",
        help="leave out levels with more rows, but for the coarsest"
        f" (default: {_CUBE_ROWS:,})",
    )
    command.add_argument(
        "--memory",
        type=_gigabytes,
        default=_CUBE_GIGABYTES,
        metavar="GB",
        help=f"what DuckDB may hold in memory (default: {_CUBE_GIGABYTES:g})",
    )
    _add_language(command)
    return command


def _add_play(commands: Commands) -> argparse.ArgumentParser:
    """Add the command that makes a page of a cube."""
    command = _add(commands, "play", "make a page that plays a cube", _PLAY_NOTES)
    command.add_argument("cube", metavar="DIR", help="a folder that `cube` wrote")
    command.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the page to write; - is standard output",
    )
    _add_language(command)
    return command


def _add(
    commands: Commands, name: str, about: str, notes: str
) -> argparse.ArgumentParser:
    """Add a command with its line in the overview and its own help."""
    return commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=notes,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_filters(command: argparse.ArgumentParser) -> None:
    """Add the options that say which events."""
    group = command.add_argument_group("which events (all, if nothing is said)")
    group.add_argument(
        "--from", dest="from", metavar="TIME", help="first minute of the window"
    )
    group.add_argument("--to", dest="to", metavar="TIME", help="first minute after it")
    group.add_argument(
        "--mode",
        metavar="MODE",
        help=f"{' or '.join(Mode)}: only the window, or all up to its end",
    )
    _add_flag(group, "possible", "also events that are only possible in the window")
    _add_list(group, "--kind", "kinds", "KIND", "what happened")
    _add_list(group, "--by", "by", "BY", "who says so")
    _add_list(
        group, "--corroboration", "corroboration", "CORROBORATION", "what others say"
    )
    _add_list(group, "--place", "place", "ID", "at one of these places")
    group.add_argument(
        "--near", metavar="PLACE", help="near a place: its id, name or crossing"
    )
    group.add_argument(
        "--within", metavar="METRES", help=f"how near (default: {DEFAULT_WITHIN_M:g})"
    )
    group.add_argument(
        "--actor", metavar="WORDS", help="words among those who took part"
    )
    group.add_argument("--q", metavar="WORDS", help="words in title, summary or note")
    _add_flag(group, "contested", "only where sources contradict each other")
    _add_flag(group, "independent", "only what an independent source supports")


def _add_handout(command: argparse.ArgumentParser) -> None:
    """Add the options that only handouts have."""
    group = command.add_argument_group("handouts (the whole story, if nothing is said)")
    group.add_argument(
        "--chapter", metavar="N", help="one chapter of the story: its number or id"
    )
    group.add_argument(
        "--paper", choices=tuple(map(str, Paper)), help="size of the page (default: a4)"
    )
    group.add_argument("--worksheet", action="store_true", help="leave the answers out")


def _add_common(command: argparse.ArgumentParser) -> None:
    """Add the options that all commands but check share besides."""
    _add_language(command)
    command.add_argument("--data", metavar="DIR", help="another folder of data files")


def _add_language(command: argparse.ArgumentParser) -> None:
    """Add the option that says in which language to speak."""
    command.add_argument(
        "--lang",
        choices=LANGUAGES,
        default="en",
        help="language of the words (default: en)",
    )


def _add_flag(group: argparse._ArgumentGroup, name: str, about: str) -> None:
    """Add an option without a value; "1" as in an address."""
    group.add_argument(f"--{name}", action="store_const", const="1", help=about)


def _add_list(
    group: argparse._ArgumentGroup, option: str, dest: str, metavar: str, about: str
) -> None:
    """Add an option that may be repeated."""
    group.add_argument(option, dest=dest, action="append", metavar=metavar, help=about)


def _count(text: str) -> int:
    """Read a whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 1')
    return int(text)


def _gigabytes(text: str) -> float:
    """Read an amount of memory with which DuckDB can work at all."""
    try:
        gigabytes = float(text)
    except ValueError:
        gigabytes = 0.0
    if not 0.1 <= gigabytes <= 100_000:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of GB from 0.1')
    return gigabytes


def _seconds(text: str) -> float:
    """Read a positive number of seconds, an hour at most."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of seconds')
    return seconds


def _zone(text: str) -> tzinfo:
    """Read a time zone."""
    try:
        return zone_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
