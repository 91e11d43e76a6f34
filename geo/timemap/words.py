"""What a search finds of an event besides the words its page shows.

Readers search in all languages, and a page shows one. The words of the others
go along packed: folded, each once an event, and compressed. `js/words.js`
unpacks them.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable
from typing import TypedDict

from geo.dataset import Dataset
from geo.folding import fold
from geo.texts import Texts

FIELDS = ("title", "summary", "note")
"""What `dataset.folded_texts` holds of each event, in every language."""

# Code points that stand for no character of their own.
_SURROGATES = range(0xD800, 0xE000)


class PackedWords(TypedDict):
    """One line an event, its words parted by a space, as bytes that a page carries."""

    letters: str
    """Every character of the lines; the n-th stands for code point n, from 1."""
    deflated: str
    """The lines in those code points: UTF-8, zlib (RFC 1950), base64."""


def other_words(dataset: Dataset, texts: Texts) -> PackedWords | None:
    """Pack the words of each event that a page in one language does not show.

    Returns
    -------
    words
        None if the page shows them all.
    """
    rows = dataset.events.to_dict("records")
    shown = (fold("\n".join(texts.field(row, name) for name in FIELDS)) for row in rows)
    lines = [
        " ".join(_lacking(words.split(), page))
        for words, page in zip(dataset.folded_texts, shown, strict=True)
    ]
    return pack(lines) if any(lines) else None


def pack(lines: Iterable[str]) -> PackedWords:
    """Compress lines of text.

    The commonest characters get the lowest code points, which are one byte
    long: Cyrillic then takes half the room.
    """
    text = "\n".join(lines)
    letters = sorted(set(text), key=lambda letter: (-text.count(letter), letter))
    codes = {ord(letter): _code(place) for place, letter in enumerate(letters, 1)}
    packed = zlib.compress(text.translate(codes).encode(), level=9)
    return PackedWords(
        letters="".join(letters), deflated=b64encode(packed).decode("ascii")
    )


def _lacking(words: Iterable[str], page: str) -> list[str]:
    """Give the words that are part of neither a page's text nor a longer word."""
    lacking: list[str] = []
    for word in sorted({*words}, key=lambda word: (-len(word), word)):
        if word not in page and not any(word in longer for longer in lacking):
            lacking.append(word)
    return sorted(lacking)


def _code(place: int) -> str:
    """Give the character that stands for the n-th letter."""
    skipped = place < _SURROGATES.start
    return chr(place if skipped else place + len(_SURROGATES))
