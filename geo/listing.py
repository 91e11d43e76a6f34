"""Events, matches and counts in plain text for a terminal.

Text from data is made harmless first: no control character of a data file
moves the cursor, colours the screen or turns the reading direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from geo.dataset import Dataset
from geo.geocode import How, Match
from geo.labels import noop
from geo.nominatim import OnlineAnswer
from geo.query import Selection
from geo.texts import Texts
from geo.vocab import Status, StreetLayer

_HEADINGS = (
    noop("ID"),
    noop("WHEN"),
    noop("STATUS"),
    noop("KIND"),
    noop("WHO SAYS SO"),
    noop("PLACE"),
    noop("TITLE"),
)
_GAP = "  "
_PLACE_WIDTH = 34
_COUNTS = {
    Status.CERTAIN: noop("{n} sure"),
    Status.LIKELY: noop("{n} likely"),
    Status.COARSE: noop("{n} some time that day"),
    Status.POSSIBLE: noop("{n} possible"),
}
_HOW = {
    How.EXACT: noop("exact"),
    How.ALIAS: noop("alias"),
    How.TRANSLITERATED: noop("transliterated"),
    How.MISSPELT: noop("misspelt"),
    How.CROSSING: noop("crossing"),
}


def printable(text: str) -> str:
    r"""Put a text on one line and take every control character out of it.

    Examples
    --------
    >>> printable("a\n b\x1b[31m")
    'a b�[31m'
    """
    line = " ".join(text.split())
    return "".join(
        "\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in line
    )


def count_lines(dataset: Dataset, texts: Texts) -> Iterator[str]:
    """Give how much of everything there is, one line each."""
    n = texts.n
    drawn = texts.number(int(dataset.legs.geometry.notna().sum()))
    marked = texts.number(int(dataset.places["marked"].sum()))
    streets = int((dataset.streets["layer"] == StreetLayer.STREET.value).sum())
    yield n("{n} event", "{n} events", len(dataset.events))
    yield n(
        "{n} place, {marked} of them on the map",
        "{n} places, {marked} of them on the map",
        len(dataset.places),
        marked=marked,
    )
    yield n("{n} route", "{n} routes", len(dataset.routes))
    yield n(
        "{n} leg of routes, {drawn} of them drawn",
        "{n} legs of routes, {drawn} of them drawn",
        len(dataset.legs),
        drawn=drawn,
    )
    yield n("{n} source", "{n} sources", len(dataset.sources))
    yield n("{n} street", "{n} streets", streets)
    yield n("{n} moment", "{n} moments", len(dataset.moments))
    yield n("{n} claim", "{n} claims", len(dataset.claims))
    yield n("{n} evidence row", "{n} evidence rows", len(dataset.evidence))
    yield n("{n} chapter", "{n} chapters", len(dataset.chapters))


def table(dataset: Dataset, selection: Selection, texts: Texts) -> Iterator[str]:
    """Give the chosen events in columns, and below them how many there are."""
    rows = list(_rows(dataset, selection, texts))
    if rows:
        yield from _columns([tuple(map(texts.t, _HEADINGS)), *rows])
        yield ""
    yield summary(selection, texts)


def summary(selection: Selection, texts: Texts) -> str:
    """Say how many events there are of each status."""
    parts = [
        texts.t(_COUNTS[status], n=texts.number(count))
        for status, count in selection.counts.items()
        if count
    ]
    words = texts.n(
        "{n} of {total} event",
        "{n} of {total} events",
        len(selection.visible),
        total=texts.number(selection.total),
    )
    if parts:
        words = texts.t("{events}: {parts}", events=words, parts=", ".join(parts))
    hidden = len(set(selection.possible_ids) - set(selection.visible))
    if not hidden:
        return words
    return texts.t(
        "{events}; {n} more possible (--possible)",
        events=words,
        n=texts.number(hidden),
    )


def match_lines(match: Match, texts: Texts) -> Iterator[str]:
    """Give one match of the geocoder, and why it is one."""
    ids = match.place or " x ".join(match.streets or ())
    yield f"{printable(match.name)}{_GAP}[{ids}]"
    how = {"how": texts.t(_HOW[match.how]), "score": f"{match.score:.2f}"}
    if match.lon is None:
        where = texts.t("position not known; {how}, {score}", **how)
    else:
        where = texts.t(
            "lon {lon}, lat {lat}, within {metres} m; {how}, {score}",
            lon=f"{match.lon:.5f}",
            lat=f"{match.lat:.5f}",
            metres=f"{match.radius_m:.0f}",
            **how,
        )
    yield f"{_GAP}{where}"
    yield f"{_GAP}{printable(texts.say(match.why))}"


def online_lines(answers: Sequence[OnlineAnswer], texts: Texts) -> Iterator[str]:
    """Give the answers of a server, and under which licence it gives them."""
    for answer in answers:
        yield printable(answer.name)
        where = texts.t(
            "lon {lon}, lat {lat}; {kind}; {id}",
            lon=f"{answer.lon:.5f}",
            lat=f"{answer.lat:.5f}",
            kind=printable(answer.kind),
            id=printable(answer.osm_id),
        )
        yield f"{_GAP}{where}"
    for licence in dict.fromkeys(each.licence for each in answers if each.licence):
        yield printable(licence)


def _rows(
    dataset: Dataset, selection: Selection, texts: Texts
) -> Iterator[tuple[str, ...]]:
    """Give the cells of each chosen event."""
    names = {
        place: texts.field(row, "name")
        for place, row in dataset.places.to_dict("index").items()
    }
    chosen = dataset.events.loc[list(selection.visible)]
    for event, row in chosen.to_dict("index").items():
        places = ", ".join(names[place] for place in row["places"])
        cells = (
            str(event),
            texts.when(row["start"], row["end"], row["time_precision"]),
            texts.label(selection.statuses[str(event)]),
            row["kind"],
            row["attribution"],
            _cut(printable(places), _PLACE_WIDTH),
            texts.field(row, "title"),
        )
        yield tuple(map(printable, cells))


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with every column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield _GAP.join(cells).rstrip()


def _cut(text: str, width: int) -> str:
    """Give a text cut to a width."""
    return text if len(text) <= width else f"{text[: width - 1]}…"
