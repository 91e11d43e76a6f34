"""The commands: check, query, geocode, export.

Exit codes: 0 fine, 1 problems in the data or nothing found, 2 wrong use.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from geo import listing
from geo.dataset import DATA_DIR, DataError, Dataset, load
from geo.export import FORMATS
from geo.files import write_whole
from geo.geocode import Geocoder, locate
from geo.nominatim import (
    PUBLIC_SERVER,
    SERVER_VARIABLE,
    TIMEOUT_S,
    OnlineError,
    OnlineGeocoder,
    user_cache_dir,
)
from geo.query import DEFAULT_WITHIN_M, Query, select
from geo.texts import LANGUAGES, Texts
from geo.vocab import Attribution, Corroboration, Kind, Mode

_FINE, _PROBLEMS, _WRONG_USE = 0, 1, 2
_INTERRUPTED = 130

_EPILOGS = {
    "geo": (
        "Exit codes: 0 fine, 1 problems in the data or nothing found, 2 wrong use.\n"
        "Help for one command: python -m geo COMMAND --help"
    ),
    "query": (
        "Times are Almaty's, such as 2022-01-05T14:00; a window holds its start and\n"
        "not its end. Lists: repeat the option or separate by commas.\n\n"
        f"KIND: {', '.join(Kind)}\n"
        f"BY: {', '.join(Attribution)}\n"
        f"CORROBORATION: {', '.join(Corroboration)}\n\n"
        "Example: python -m geo query --from 2022-01-05T14:00 --to 2022-01-05T16:00"
    ),
    "geocode": (
        "Names in English, Russian or Kazakh; crossings such as\n"
        '"Abay x Seifullin" or "угол Абая и Сейфуллина".'
    ),
}


class WrongUse(Exception):
    """What was asked cannot be done; the message is one line for people."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        """Print one line and leave."""
        line = " ".join(message.split())
        self.exit(_WRONG_USE, f"{self.prog}: {line} (see {self.prog} --help)\n")


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
    except KeyboardInterrupt:
        return _INTERRUPTED
    return exit_code


def _run(given: Sequence[str]) -> int:
    """Parse and run, and turn what may go wrong into a line and a code."""
    options = _parser().parse_args(given)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        _refuse_broken_text(given)
        return command(options)
    except WrongUse as error:
        print(f"geo {options.command}: {error}", file=sys.stderr)
        return _WRONG_USE
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
    answer = Geocoder.of(load(_folder(options.data))).look_up(name, options.limit)
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
        raise WrongUse(str(error)) from error
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
        raise WrongUse(f'cannot write "{options.output}": {reason}') from error
    return _FINE


def _query_of(options: argparse.Namespace, dataset: Dataset) -> Query:
    """Read the query options the way an address is read, but drop nothing."""
    params = _params(options)
    query, dropped = Query.from_params(params, dataset, locate=locate)
    if dropped:
        reasons = [f'{_OPTION_OF[each.name]} "{each.value}" {each.reason}' for each in dropped]
        raise WrongUse("; ".join(map(listing.printable, reasons)))
    return query


def _params(options: argparse.Namespace) -> Mapping[str, str]:
    """The query options as parameters of an address."""
    given: dict[str, Any] = {name: getattr(options, name) for name in _OPTION_OF}
    params = {
        name: ",".join(value) if isinstance(value, list) else str(value)
        for name, value in given.items()
        if value is not None
    }
    for name, value in params.items():
        if not value.strip():
            raise WrongUse(f"{_OPTION_OF[name]} is empty")
    return params


_OPTION_OF = {
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


def _nothing_found(name: str, note: str, suggestions: Sequence[str]) -> str:
    """Say that nothing was found, why, and what may have been meant."""
    words = [f'No place found for "{name}".', note]
    if suggestions:
        words.append(f"Did you mean: {'; '.join(suggestions)}?")
    return listing.printable(" ".join(words))


def _folder(text: str | None) -> Path:
    """The folder of the data; one that is not there is wrong use."""
    folder = DATA_DIR if text is None else Path(text)
    if not folder.is_dir():
        raise WrongUse(f'"{folder}" is not a folder')
    return folder


def _refuse_broken_text(given: Sequence[str]) -> None:
    """Refuse arguments that are no text: they could not be written anywhere."""
    for argument in given:
        if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in argument):
            raise WrongUse(f"the argument {argument!a} is not UTF-8 text")


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
