"""The commands: check, query, geocode, export.

Exit codes: 0 fine, 1 problems in the data or nothing found, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geo import listing
from geo.dataset import DATA_DIR, DataError, Dataset, load
from geo.export import FORMATS
from geo.files import write_whole
from geo.geocode import geocoder_of, locate
from geo.nominatim import (
    PUBLIC_SERVER,
    SERVER_VARIABLE,
    OnlineError,
    OnlineGeocoder,
    user_cache_dir,
)
from geo.options import OPTION_OF, WRONG_USE, Command, parser
from geo.query import Dropped, Query, select
from geo.texts import Texts

_FINE, _PROBLEMS = 0, 1
_INTERRUPTED = 130


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
    try:
        exit_code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return _FINE
    except OSError as error:
        # Files that are read or written report their own errors.
        _forget_output()
        print(
            f"geo: cannot write to standard output: {error.strerror}", file=sys.stderr
        )
        return WRONG_USE
    except KeyboardInterrupt:
        return _INTERRUPTED
    return exit_code


def _run(given: Sequence[str]) -> int:
    """Parse and run, and turn what may go wrong into a line and a code."""
    options = parser(_COMMANDS).parse_args(given)
    command: Command = options.run
    try:
        _refuse_broken_text(given)
        return command(options)
    except UsageError as error:
        print(f"geo {options.command}: {error}", file=sys.stderr)
        return WRONG_USE
    except DataError as error:
        print(error, file=sys.stderr)
        return _PROBLEMS


def _check(options: argparse.Namespace) -> int:
    """Print the counts, or every problem."""
    try:
        dataset = load(_folder(options.data))
    except DataError as error:
        print(*error.problems, sep="\n")
        return _PROBLEMS
    print(*listing.count_lines(dataset), sep="\n")
    return _FINE


def _query(options: argparse.Namespace) -> int:
    """Print the events that answer a query."""
    dataset = load(_folder(options.data))
    query, texts = _query_of(options, dataset), Texts(options.lang)
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


def _geocode(options: argparse.Namespace) -> int:
    """Print what a name may mean."""
    name = " ".join(options.name)
    answer = geocoder_of(load(_folder(options.data))).look_up(name, options.limit)
    for match in answer.matches:
        print(*listing.match_lines(match), sep="\n")
    is_found = bool(answer.matches)
    if options.online:
        is_found = _ask_online(name, options) or is_found
    if not is_found:
        print(_nothing_found(name, answer.note, answer.suggestions), file=sys.stderr)
    return _FINE if is_found else _PROBLEMS


def _ask_online(name: str, options: argparse.Namespace) -> bool:
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
        print(listing.printable(str(error)), file=sys.stderr)
        return False
    if answers:
        print(f"{server} says (for review; nothing is written into the data):")
        print(*listing.online_lines(answers), sep="\n")
    else:
        print(f"{server} knows nothing of that name.")
    return bool(answers)


def _export(options: argparse.Namespace) -> int:
    """Write one file."""
    dataset = load(_folder(options.data))
    query = _query_of(options, dataset)
    content = FORMATS[options.format].render(dataset, query, Texts(options.lang))
    if options.output == "-":
        _write_bytes(content)
        return _FINE
    try:
        write_whole(Path(options.output), content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f'cannot write "{options.output}": {reason}') from error
    return _FINE


_COMMANDS: Mapping[str, Command] = {
    "check": _check,
    "query": _query,
    "geocode": _geocode,
    "export": _export,
}


def _query_of(options: argparse.Namespace, dataset: Dataset) -> Query:
    """Read the query options the way an address is read, but drop nothing."""
    params = _params(options)
    query, dropped = Query.from_params(params, dataset, locate=locate)
    if dropped:
        reasons = (_reason(each, dataset) for each in dropped)
        raise UsageError("; ".join(map(listing.printable, reasons)))
    return query


def _reason(dropped: Dropped, dataset: Dataset) -> str:
    """Say what is wrong with a value, and which place may have been meant."""
    reason = f'{OPTION_OF[dropped.name]} "{dropped.value}" {dropped.reason}'
    if dropped.name != "near":
        return reason
    answer = geocoder_of(dataset).look_up(dropped.value)
    names = [
        match.place or match.name for match in answer.matches
    ] or answer.suggestions
    return f"{reason} (did you mean: {', '.join(names)}?)" if names else reason


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
            raise UsageError(f"{OPTION_OF[name]} is empty")
    return params


def _nothing_found(name: str, note: str, suggestions: Sequence[str]) -> str:
    """Say that nothing was found, why, and what may have been meant."""
    words = [f'No place found for "{name}".', note]
    if suggestions:
        words.append(f"Did you mean: {'; '.join(suggestions)}?")
    return listing.printable(" ".join(words))


def _folder(text: str | None) -> Path:
    """Give the folder of the data; one that is not there is wrong use."""
    folder = DATA_DIR if text is None else Path(text)
    if not folder.is_dir():
        raise UsageError(f'"{folder}" is not a folder')
    return folder


def _refuse_broken_text(given: Sequence[str]) -> None:
    """Refuse arguments that are no text: they could not be written anywhere."""
    for argument in given:
        if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in argument):
            raise UsageError(f"the argument {argument!a} is not UTF-8 text")


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
