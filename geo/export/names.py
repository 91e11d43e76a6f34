"""What an exported file is called: its question, safe on any computer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from geo.export.handout.options import HandoutOptions, Paper
from geo.export.imprint import Whose
from geo.names import romanise
from geo.query import Query

_LONGEST = 120
_DIGEST_SIGNS = 8


def stem_of(query: Query, owner: Whose) -> str:
    """Name a file after whose events they are and the query, without an ending.

    Returns
    -------
    stem
        Letters, digits, dots, hyphens and underscores, all ASCII; at most 120
        signs. Where letters were exchanged or cut off, a few signs tell the
        query from others that would look the same.

    Examples
    --------
    >>> from geo.dataset import load
    >>> from geo.export.imprint import whose
    >>> stem_of(Query(q="fire", contested=True), whose(load()))
    'almaty-events_q-fire_contested_v1.0.0'
    """
    said = list(_said(query))
    version = f"_v{owner.version}" if owner.version else ""
    plain = ["-".join(_plain(word) for word in words) for words in said]
    stem = "_".join([owner.stem, *plain])
    is_exact = plain == ["-".join(words) for words in said]
    room = _LONGEST - len(version)
    if is_exact and len(stem) <= room:
        return stem + version
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:_DIGEST_SIGNS]
    return f"{stem[: room - len(digest) - 1].rstrip('-_')}_{digest}{version}"


def handout_stem(options: HandoutOptions, owner: Whose) -> str:
    """Name a handout of the story after what was asked for, without an ending.

    Examples
    --------
    >>> from geo.dataset import load
    >>> from geo.export.imprint import whose
    >>> options = HandoutOptions("3", Paper.LETTER, is_worksheet=True)
    >>> handout_stem(options, whose(load()))
    'almaty-worksheet_chapter-3_letter_v1.0.0'
    """
    parts = [
        "almaty" if owner.is_ours else owner.stem,
        "worksheet" if options.is_worksheet else "handout",
        "" if options.chapter is None else f"chapter-{_plain(options.chapter)}",
        "" if options.paper is Paper.A4 else options.paper.value,
        f"v{owner.version}" if owner.version else "",
    ]
    return "_".join(filter(None, ("-".join(parts[:2]), *parts[2:])))


def _said(query: Query) -> Iterator[tuple[str, ...]]:
    """Give what a query asks, part by part: a name and its values."""
    params = query.to_params()
    window = [_clock(params.pop(name, "")) for name in ("from", "to")]
    if any(window):
        yield (window[0] or "start", "to", window[1] or "end")
    for name, value in params.items():
        yield (name,) if value == "1" else (name, *value.split(","))
    if query.only is not None:
        yield ("only", *query.only)


def _clock(moment: str) -> str:
    """Write a moment without the colon, which no Windows file may have."""
    return moment.replace(":", "").replace("T", "-")


def _plain(word: str) -> str:
    """Write a word in letters and digits that every file system takes."""
    return re.sub(r"[^a-z0-9.]+", "-", romanise(word)).strip("-.")
