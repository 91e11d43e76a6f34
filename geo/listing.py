"""Events, matches and counts in plain text for a terminal.

Text from data is made harmless first: no control character of a data file
moves the cursor, colours the screen or turns the reading direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from geo.dataset import Dataset
from geo.geocode import Match
from geo.nominatim import OnlineAnswer
from geo.query import Selection
from geo.texts import Texts
from geo.vocab import Status

_HEADINGS = ("ID", "WHEN", "STATUS", "KIND", "WHO SAYS SO", "PLACE", "TITLE")
_GAP = "  "
_PLACE_WIDTH = 34
_STATUS_WORDS = {
    Status.CERTAIN: "sure",
    Status.LIKELY: "likely",
    Status.COARSE: "some time that day",
    Status.POSSIBLE: "possible",
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


def count_lines(dataset: Dataset) -> Iterator[str]:
    """Give how much of everything there is, one line each."""
    streets = dataset.streets["layer"].value_counts()
    yield f"{len(dataset.events)} events"
    yield f"{len(dataset.places)} places, {int(dataset.places['marked'].sum())} of them on the map"
    yield f"{len(dataset.routes)} routes"
    yield f"{len(dataset.legs)} legs of routes, {int(dataset.legs.geometry.notna().sum())} of them drawn"
    yield f"{len(dataset.sources)} sources"
    yield f"{int(streets.get('street', 0))} streets"
    yield f"{len(dataset.moments)} moments"
    yield f"{len(dataset.claims)} claims"
    yield f"{len(dataset.evidence)} evidence rows"
    yield f"{len(dataset.chapters)} chapters"


def table(dataset: Dataset, selection: Selection, texts: Texts) -> Iterator[str]:
    """Give the chosen events in columns, and below them how many there are."""
    rows = list(_rows(dataset, selection, texts))
    if rows:
        yield from _columns([_HEADINGS, *rows])
        yield ""
    yield summary(selection)


def summary(selection: Selection) -> str:
    """Say how many events there are of each status."""
    parts = [
        f"{count} {_STATUS_WORDS[status]}"
        for status, count in selection.counts.items()
        if count
    ]
    words = f"{len(selection.visible)} of {selection.total} events"
    words += f": {', '.join(parts)}" if parts else ""
    hidden = len(set(selection.possible_ids) - set(selection.visible))
    return words + (f"; {hidden} more possible (--possible)" if hidden else "")


def match_lines(match: Match) -> Iterator[str]:
    """Give one match of the geocoder, and why it is one."""
    ids = match.place or " x ".join(match.streets or ())
    yield f"{printable(match.name)}{_GAP}[{ids}]"
    where = "position not known"
    if match.lon is not None:
        where = (
            f"lon {match.lon:.5f}, lat {match.lat:.5f}, within {match.radius_m:.0f} m"
        )
    yield f"{_GAP}{where}; {match.how}, {match.score:.2f}"
    yield f"{_GAP}{printable(match.why)}"


def online_lines(answers: Sequence[OnlineAnswer]) -> Iterator[str]:
    """Give the answers of a server, and under which licence it gives them."""
    for answer in answers:
        yield printable(answer.name)
        yield f"{_GAP}lon {answer.lon:.5f}, lat {answer.lat:.5f}; {printable(answer.kind)}; {printable(answer.osm_id)}"
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
            _STATUS_WORDS[selection.statuses[str(event)]],
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
