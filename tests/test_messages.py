"""Every string on screen can be found by translators."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("dashboard", "geo")
KEYWORDS = {"t": None, "n": (1, 2), "forms": (1, 2), "noop": None}


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Collect what the command in locales/README.md collects."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = set()
    for room in ROOMS:
        rows = extract_from_dir(ROOT / room, methods, options, KEYWORDS)
        for _, _, message, _, _ in rows:
            found |= {message} if isinstance(message, str) else set(message)
    return found


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
