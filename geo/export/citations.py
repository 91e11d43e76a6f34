"""How to cite a source, an event or the whole data set.

Everything is a CSL-JSON item first, and is written plain, as BibTeX or as it
is. Titles that are our own words stand in square brackets, as citation
styles ask; the note of a source says if it was read on a mirror or a repost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from geo.changelog import changelog
from geo.dataset import Dataset
from geo.export.bibtex import bibtex_entry, keys_of
from geo.export.imprint import Whose, imprint_of, whose
from geo.links import web_address
from geo.query import Query
from geo.texts import Texts

Item = Mapping[str, Any]

_ENGLISH = Texts("en")


class Style(StrEnum):
    """How a citation is written."""

    PLAIN = "plain"
    BIBTEX = "bibtex"
    CSL = "csl"


class UnknownEventError(LookupError):
    """There is no such event; the message says why, if it was withdrawn."""


def cite_event(
    dataset: Dataset,
    event: str,
    style: Style | str = Style.PLAIN,
    link: str = "",
    texts: Texts = _ENGLISH,
) -> str:
    """Cite one event of the data set.

    Parameters
    ----------
    link
        Address at which the event is shown; left out if it is no web address.

    Raises
    ------
    UnknownEventError
        If there is no event of that id, or it was withdrawn.
    """
    if event not in dataset.events.index:
        raise UnknownEventError(_why_unknown(dataset, event, texts))
    return cite(_event_item(dataset, event, link, texts), style, texts)


def cite_dataset(
    dataset: Dataset,
    style: Style | str = Style.PLAIN,
    link: str = "",
    texts: Texts = _ENGLISH,
) -> str:
    """Cite the data set as a whole."""
    owner = whose(dataset)
    terms = "; ".join(filter(None, (owner.licence, dataset.credit)))
    item = {
        "id": owner.name,
        "type": "dataset",
        "title": imprint_of(dataset, Query(), texts).title,
        "note": terms,
        **_imprint_fields(owner, link),
    }
    return cite(item, style, texts)


def cite(item: Item, style: Style | str, texts: Texts = _ENGLISH) -> str:
    """Write one CSL-JSON item in a style."""
    style = Style(style)
    if style is Style.BIBTEX:
        key = str(item["id"])
        return bibtex_entry(item, keys_of([key])[key])
    if style is Style.CSL:
        return json.dumps([item], ensure_ascii=False, indent=1)
    return " ".join(_sentence(part) for part in _parts(item, texts) if part)


def bracketed(title: str) -> str:
    """Put a title that is our description into square brackets.

    Examples
    --------
    >>> bracketed("Rally near the Arena"), bracketed("[A report]")
    ('[Rally near the Arena]', '[A report]')
    """
    return title if title.startswith("[") and title.endswith("]") else f"[{title}]"


def outlet(item: Item) -> str:
    """Name where a source appeared; its title if nothing is said."""
    return str(item.get("container-title") or item.get("publisher") or item["title"])


def date_words(item: Item, texts: Texts) -> str:
    """Say when a source appeared, as far as it is known."""
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    return texts.partial_date(*(int(part) for part in parts)) if parts else ""


def _event_item(
    dataset: Dataset, event: str, link: str, texts: Texts
) -> dict[str, Any]:
    """Give an event as an entry of the data set."""
    row = dict(dataset.events.loc[event])
    bounds = row["earliest"], row["latest"]
    when = texts.span(row["start"], row["end"], *bounds, row["time_precision"])
    owner, clock = whose(dataset), texts.t("Almaty time, UTC+6")
    note = texts.t("{when}, {clock}; event {id}", when=when, clock=clock, id=event)
    if owner.is_ours:
        note = texts.t(
            "{when}, {clock}; event {id}; {licence}",
            when=when,
            clock=clock,
            id=event,
            licence=owner.licence,
        )
    return {
        "id": f"{owner.name}:{event}",
        "type": "entry",
        "title": bracketed(texts.field(row, "title")),
        "container-title": owner.dataset,
        "note": note,
        **_imprint_fields(owner, link),
    }


def _imprint_fields(owner: Whose, link: str) -> dict[str, Any]:
    """Give what all citations of the data set share.

    Who published somebody else's data, and when, we do not know.
    """
    address = web_address(link)
    fields: dict[str, Any] = {"URL": address} if address else {}
    if owner.is_ours:
        fields = {
            "publisher": owner.dataset,
            "version": owner.version,
            "issued": {"date-parts": [_date_parts(owner.day)]},
            **fields,
        }
    return fields


def _date_parts(day: date) -> list[int]:
    """Write a day as CSL does."""
    return [day.year, day.month, day.day]


def _parts(item: Item, texts: Texts) -> Iterator[str]:
    """Give the parts of a plain citation, in order; some may be empty."""
    yield ", ".join(_name(author) for author in item.get("author", []))
    yield str(item["title"])
    version = item.get("version")
    words = texts.t("version {version}", version=version) if version else ""
    named = str(item.get("container-title") or item.get("publisher") or "")
    yield ", ".join(filter(None, (named, words, date_words(item, texts))))
    yield str(item.get("note") or "")
    yield web_address(item.get("URL")) or ""


def _name(author: Mapping[str, str]) -> str:
    """Write one name, given name first."""
    names = (author.get("given"), author.get("family"), author.get("literal"))
    return " ".join(filter(None, names))


def _sentence(part: str) -> str:
    """Close a part with a full stop; an address and a closed one stay."""
    is_closed = part.endswith((".", "?", "!")) or web_address(part)
    return part if is_closed else f"{part}."


def _why_unknown(dataset: Dataset, event: str, texts: Texts) -> str:
    """Say why an event cannot be cited."""
    gone = changelog().withdrawal_of(event) if whose(dataset).is_ours else None
    if gone is None:
        return texts.t("There is no event {id}.", id=event)
    return texts.t(
        "The event {id} was withdrawn in version {version}: {reason}",
        id=event,
        version=gone.version,
        reason=gone.reason.in_language(texts),
    )
