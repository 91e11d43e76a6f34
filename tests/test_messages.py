"""Every string on screen can be found by translators."""

from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("dashboard", "geo")
ENTRY = ROOT / "app.py"
KEYWORDS = {
    "t": None,
    "n": (1, 2),
    "forms": (1, 2),
    "noop": None,
    "said": None,
    "said_n": (1, 2),
}


@cache
def collected() -> set[str]:
    """Collect what the command in locales/README.md collects."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found: set[str] = set()
    for room in ROOMS:
        rows = extract_from_dir(ROOT / room, methods, options, KEYWORDS)
        found |= {text for row in rows for text in _texts(row[2])}
    with ENTRY.open("rb") as file:
        entry = extract("python", file, KEYWORDS)
        found |= {text for row in entry for text in _texts(row[1])}
    return found


def _texts(message: str | tuple[str, ...]) -> tuple[str, ...]:
    """Give the singular, and the plural where there is one."""
    return (message,) if isinstance(message, str) else message


@pytest.fixture(scope="module")
def messages() -> set[str]:
    return collected()


@pytest.mark.parametrize(
    "message",
    [
        "Copy link to this view",  # of a component
        "This map speaks of violence and death.",
        "Who says so",  # of a template
        "{n} events rest on it.",  # a plural in a template
        "The place is not known.",  # of the map's own template
        "{n} places",  # a plural in Python
        "{n} of {total} events",  # a plural the script fills
        "the authors saw it",  # a label
        "some time on {day}",  # a time
        "the file is missing",  # a problem of the data
        "has {n} cells where the header has {width}",  # a problem with a plural
    ],
)
def test_a_message_is_found_wherever_it_stands(
    messages: set[str], message: str
) -> None:
    assert message in messages


def test_no_message_is_made_at_run_time(messages: set[str]) -> None:
    # A formatted string would be found as nothing, or as an empty message.
    assert "" not in messages
    assert len(messages) > 150
