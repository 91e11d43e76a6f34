"""Folding of text for search: what a reader types finds what is written.

Knows nothing of events. The same rule stands once more in the map's script.
"""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Reduce text to what search compares: lower case, no marks.

    Examples
    --------
    >>> fold("Сейфуллин көшесі")
    'сеифуллин көшесі'
    >>> fold("Café ﬁre")
    'cafe fire'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(
        sign for sign in decomposed if not unicodedata.category(sign).startswith("M")
    )


def words_of(query: str) -> tuple[str, ...]:
    """Split a query into folded words; blank text gives none."""
    return tuple(fold(query).split())
