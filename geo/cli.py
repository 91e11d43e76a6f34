"""The commands: check, query, geocode, export, read, basemap, cube, play.

Exit codes: 0 fine, 1 problems in the data or nothing found, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo import listing
from geo.basemap import BasemapError, basemap_json, bounds_of
from geo.dataset import BASEMAP, DATA_DIR, DataError, Dataset, load
from geo.export import FORMATS
from geo.export.handout import HandoutError, HandoutOptions, Paper
from geo.files import write_whole
from geo.geocode import geocoder_of, locate
from geo.ingest import (
    COMMAND_LINE,
    FileError,
    FileKind,
    Reading,
    ZoneWanted,
    problems_csv,
)
from geo.ingest import read as read_file
from geo.ingest.report import summary_lines
from geo.nominatim import (
    PUBLIC_SERVER,
    SERVER_VARIABLE,
    OnlineError,
    OnlineGeocoder,
    user_cache_dir,
)
from geo.options import OPTION_OF, WRONG_USE, Command, parser
from geo.query import Dropped, Query, select
from geo.said import Message, Quote, or_quote, said, said_n, sentences
from geo.texts import Texts
from geo.timemap import render_cube_page
from geo.timemap.cube import CubeError

_FINE, _PROBLEMS = 0, 1
_INTERRUPTED = 130
_GIGABYTE = 1_000_000_000


class UsageError(Exception):
    """What was asked cannot be done; the message is one line for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        What follows ``python -m geo``; by default the process's own.

    Returns
    -------
    exit_code
        0, 1 or 2 as the module says; 130 if interrupted.
    """
    _print_anything()
    given = list(sys.argv[1:] if arguments is None else arguments)
    texts = Texts()
    try:
        options = parser(_COMMANDS).parse_args(given)
        texts = Texts(options.lang)
        exit_code = _run(options, texts, given)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return _FINE
    except OSError as error:
        # Files that are read or written report their own errors.
        _forget_output()
        reason = Quote(error.strerror)
        message = said("cannot write to standard output: {reason}", reason=reason)
        print(f"geo: {texts.say(message)}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return exit_code


def _run(options: argparse.Namespace, texts: Texts, given: Sequence[str]) -> int:
    """Run, and turn what may go wrong into a line and a code."""
    command: Command = options.run
    try:
        _refuse_broken_text(given)
        return command(options, texts)
    except UsageError as error:
        line = listing.printable(texts.say(str(error)))
        print(f"geo {options.command}: {line}", file=sys.stderr)
        return WRONG_USE
    except DataError as error:
        print(*_problem_lines(error, texts), sep="\n", file=sys.stderr)
        return _PROBLEMS


def _problem_lines(error: DataError, texts: Texts) -> Iterator[str]:
    """Say every problem of the data on a line."""
    return (texts.say(problem.sentence) for problem in error.problems)


def _check(options: argparse.Namespace, texts: Texts) -> int:
    """Print the counts, or every problem."""
    try:
        dataset = load(_folder(options.data))
    except DataError as error:
        print(*_problem_lines(error, texts), sep="\n")
        return _PROBLEMS
    print(*listing.count_lines(dataset, texts), sep="\n")
    return _FINE


def _query(options: argparse.Namespace, texts: Texts) -> int:
    """Print the events that answer a query."""
    dataset = load(_folder(options.data))
    query = _query_of(options, dataset)
    if options.format in FORMATS:
        _write_bytes(FORMATS[options.format].render(dataset, query, texts))
        return _FINE
    selection = select(dataset, query, locate=locate)
    lines: Sequence[str] = selection.visible
    if options.format == "table":
        lines = tuple(listing.table(dataset, selection, texts))
    for line in lines:
        print(line)
    return _FINE


def _geocode(options: argparse.Namespace, texts: Texts) -> int:
    """Print what a name may mean."""
    name = " ".join(options.name)
    answer = geocoder_of(load(_folder(options.data))).look_up(name, options.limit)
    for match in answer.matches:
        print(*listing.match_lines(match, texts), sep="\n")
    is_found = bool(answer.matches)
    if options.online:
        is_found = _ask_online(name, options, texts) or is_found
    if not is_found:
        message = _nothing_found(name, answer.note, answer.suggestions)
        print(listing.printable(texts.say(message)), file=sys.stderr)
    return _FINE if is_found else _PROBLEMS


def _ask_online(name: str, options: argparse.Namespace, texts: Texts) -> bool:
    """Print what a server says; True if it found anything."""
    server = options.server or os.environ.get(SERVER_VARIABLE) or PUBLIC_SERVER
    try:
        online = OnlineGeocoder(
            server, cache_dir=user_cache_dir(), timeout_s=options.timeout
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    try:
        answers = online.look_up(name, options.limit)
    except OnlineError as error:
        print(listing.printable(texts.say(str(error))), file=sys.stderr)
        return False
    if answers:
        heading = texts.t(
            "{server} says (for review; nothing is written into the data):",
            server=server,
        )
        print(heading)
        print(*listing.online_lines(answers, texts), sep="\n")
    else:
        print(texts.t("{server} knows nothing of that name.", server=server))
    return bool(answers)


def _export(options: argparse.Namespace, texts: Texts) -> int:
    """Write one file."""
    dataset = load(_folder(options.data))
    content = _content(options, texts, dataset, _query_of(options, dataset))
    _deliver(content, options.output)
    return _FINE


def _content(
    options: argparse.Namespace, texts: Texts, dataset: Dataset, query: Query
) -> bytes:
    """Render a format, a handout as its own options say."""
    chosen = FORMATS[options.format]
    asked = (options.chapter, options.paper, options.worksheet or None)
    if chosen.lay_out is None:
        if any(each is not None for each in asked):
            message = said(
                '--chapter, --paper and --worksheet are for handouts, not for "{format}"',
                format=options.format,
            )
            raise UsageError(message)
        return chosen.render(dataset, query, texts)
    if query == Query() and not dataset.chapters:
        message = said("the data tell no story; say which events, such as with --from")
        raise UsageError(message)
    paper = Paper(options.paper or Paper.A4)
    wishes = HandoutOptions(options.chapter, paper, options.worksheet)
    try:
        return chosen.lay_out(dataset, query, texts, wishes)
    except HandoutError as error:
        raise UsageError(str(error)) from error


def _read(options: argparse.Namespace, texts: Texts) -> int:
    """Say what somebody else's file holds, and write what was asked for."""
    try:
        reading = read_file(
            Path(options.file),
            kind=None if options.kind is None else FileKind(options.kind),
            zone=options.zone,
            gazetteer=load(_folder(options.data)),
            limits=COMMAND_LINE,
        )
    except ZoneWanted as question:
        raise UsageError(_zone_asked(question)) from question
    except FileError as error:
        message = said(
            "{file}: {message}", file=options.file, message=or_quote(str(error))
        )
        print(listing.printable(texts.say(message)), file=sys.stderr)
        return _PROBLEMS
    except (OSError, ValueError) as error:
        message = said(
            'cannot read "{file}": {reason}', file=options.file, reason=_why(error)
        )
        raise UsageError(message) from error
    is_piped = "-" in (options.problems, options.output)
    print(
        *summary_lines(reading, texts), sep="\n", file=sys.stderr if is_piped else None
    )
    _write_reading(options, texts, reading)
    return _PROBLEMS if reading.set_aside else _FINE


def _write_reading(options: argparse.Namespace, texts: Texts, reading: Reading) -> None:
    """Write the rows set aside, and the events, where that is asked for."""
    if options.problems is not None:
        _deliver(problems_csv(reading, texts), options.problems)
    if options.output is None:
        return
    if reading.dataset is None:
        message = said(
            'nothing can be shown, so "{file}" is not written', file=options.output
        )
        raise UsageError(message)
    render = FORMATS[options.format].render
    _deliver(render(reading.dataset, Query(), texts), options.output)


def _basemap(options: argparse.Namespace, texts: Texts) -> int:
    """Write the streets of an extract."""
    folder = _folder(options.data)
    dataset = load(folder)
    try:
        content, count = basemap_json(Path(options.extract), bounds_of(dataset))
    except BasemapError as error:
        print(listing.printable(texts.say(str(error))), file=sys.stderr)
        return _PROBLEMS
    target = options.output or str(folder / BASEMAP)
    _deliver(content, target)
    if target != "-":
        message = said_n(
            "{n} piece of street in {file}",
            "{n} pieces of street in {file}",
            count,
            file=target,
        )
        print(listing.printable(texts.say(message)), file=sys.stderr)
    return _FINE


def _cube(options: argparse.Namespace, texts: Texts) -> int:
    """Count events, and write the counts."""
    # DuckDB and Arrow would make every other command slower to start.
    from geo.cube.command import Wishes, lines, make
    from geo.cube.faults import CubeError, Misused, ZoneNeeded

    wishes = Wishes(
        files=options.files,
        output=Path(options.output),
        engine=options.engine,
        scheduler=options.scheduler,
        zone=options.zone,
        most_rows=options.rows,
        memory_bytes=int(options.memory * _GIGABYTE),
    )
    try:
        made = make(wishes, texts)
    except ZoneNeeded as question:
        raise UsageError(_zone_asked(question)) from question
    except Misused as error:
        raise UsageError(str(error)) from error
    except CubeError as error:
        print(listing.printable(texts.say(str(error))), file=sys.stderr)
        return _PROBLEMS
    except (OSError, ValueError) as error:
        message = said(
            'cannot write "{file}": {reason}', file=options.output, reason=_why(error)
        )
        raise UsageError(message) from error
    print(*lines(made, options.output, texts), sep="\n")
    return _PROBLEMS if made.total.set_aside else _FINE


def _play(options: argparse.Namespace, texts: Texts) -> int:
    """Write the page of a cube."""
    folder = _folder(options.cube)
    try:
        page = render_cube_page(folder, texts=texts)
    except CubeError as error:
        print(listing.printable(texts.say(str(error))), file=sys.stderr)
        return _PROBLEMS
    _deliver(page.encode("utf-8"), options.output)
    return _FINE


_COMMANDS: Mapping[str, Command] = {
    "check": _check,
    "query": _query,
    "geocode": _geocode,
    "export": _export,
    "read": _read,
    "basemap": _basemap,
    "cube": _cube,
    "play": _play,
}


def _query_of(options: argparse.Namespace, dataset: Dataset) -> Query:
    """Read the query options the way an address is read, but drop nothing."""
    params = _params(options)
    query, dropped = Query.from_params(params, dataset, locate=locate)
    if dropped:
        first, *others = [_reason(each, dataset) for each in dropped]
        for other in others:
            first = said("{reason}; {next}", reason=first, next=other)
        raise UsageError(first)
    return query


def _reason(dropped: Dropped, dataset: Dataset) -> Message:
    """Say what is wrong with a value, and which place may have been meant."""
    reason = said(
        '{option} "{value}" {reason}',
        option=OPTION_OF[dropped.name],
        value=dropped.value,
        reason=said(dropped.reason, choices=dropped.choices),
    )
    if dropped.name != "near":
        return reason
    answer = geocoder_of(dataset).look_up(dropped.value)
    names = [
        match.place or match.name for match in answer.matches
    ] or answer.suggestions
    if not names:
        return reason
    return said("{reason} (did you mean: {names}?)", reason=reason, names=names)


def _params(options: argparse.Namespace) -> Mapping[str, str]:
    """Give the query options as parameters of an address."""
    given: dict[str, Any] = {name: getattr(options, name) for name in OPTION_OF}
    params = {
        name: ",".join(value) if isinstance(value, list) else str(value)
        for name, value in given.items()
        if value is not None
    }
    for name, value in params.items():
        if not value.strip():
            raise UsageError(said("{option} is empty", option=OPTION_OF[name]))
    return params


def _nothing_found(name: str, note: str, suggestions: Sequence[str]) -> str:
    """Say that nothing was found, why, and what may have been meant."""
    names = "; ".join(suggestions)
    return sentences(
        said('No place found for "{name}".', name=name),
        note,
        said("Did you mean: {names}?", names=names) if names else "",
    )


def _folder(text: str | None) -> Path:
    """Give the folder of the data; one that is not there is wrong use."""
    folder = DATA_DIR if text is None else Path(text)
    if not folder.is_dir():
        raise UsageError(said('"{folder}" is not a folder', folder=str(folder)))
    return folder


def _refuse_broken_text(given: Sequence[str]) -> None:
    """Refuse arguments that are no text: they could not be written anywhere."""
    for argument in given:
        if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in argument):
            message = said(
                "the argument {text} is not UTF-8 text", text=ascii(argument)
            )
            raise UsageError(message)


def _deliver(content: bytes, target: str) -> None:
    """Write a file, or to standard output if that is what "-" asks for."""
    if target == "-":
        _write_bytes(content)
        return
    try:
        write_whole(Path(target), content)
    except (OSError, ValueError) as error:
        message = said(
            'cannot write "{file}": {reason}', file=target, reason=_why(error)
        )
        raise UsageError(message) from error


def _zone_asked(question: Exception) -> Message:
    """Ask for a time zone, and say how to answer."""
    return said(
        "{question} (say so with --zone, such as --zone {example})",
        question=str(question),
        example="Asia/Almaty",
    )


def _why(error: Exception) -> Quote:
    """Quote the system, or Python, on what it could not do."""
    return Quote(getattr(error, "strerror", None) or error)


def _write_bytes(content: bytes) -> None:
    """Write to standard output as it is, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _print_anything() -> None:
    """Let a terminal that lacks a letter show its code instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Keep Python from failing once more when it closes a pipe nobody reads."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
