"""What every file says of itself: question, version, licence, credit, clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.changelog import changelog
from geo.dataset import Dataset
from geo.export.question import question_words
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Unit

DATASET = "Almaty events map"
"""The name of the data set in credits and citations, in any language."""

LICENCES = ("CC BY 4.0", "ODbL 1.0")
LICENCE_ADDRESSES = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://opendatacommons.org/licenses/odbl/1-0/",
)


@dataclass(frozen=True)
class Imprint:
    """The words a file carries about itself, in the reader's language."""

    title: str
    question: str
    """The query in words."""
    version: str
    """Of the data, such as 1.0.0; "" for somebody else's file."""
    day: date
    """When that version came out."""
    licence: str
    credit: str
    """Whom to name beside anything made from the file."""
    clock: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, one short sentence each, the title first."""
        return (self.title, self.question, self.clock, *self.legal_lines)

    @property
    def legal_lines(self) -> tuple[str, ...]:
        """Version, licence and credit, as far as they are ours to say."""
        version = f"{DATASET} {self.version}, {self.day}" if self.version else ""
        return tuple(filter(None, (version, self.licence, self.credit)))


def imprint_of(dataset: Dataset, query: Query, texts: Texts) -> Imprint:
    """Say of a file what it answers, and on what terms it may be used."""
    current = changelog().current
    if dataset.file:
        return _imprint_of_a_file(dataset, query, texts)
    return Imprint(
        title=texts.t("The January 2022 events in Almaty"),
        question=question_words(query, dataset, texts),
        version=current.number,
        day=current.day,
        licence=texts.t(
            "Event data: CC BY 4.0 ({by}). Streets and coordinates: ODbL 1.0 ({odbl}).",
            by=LICENCE_ADDRESSES[0],
            odbl=LICENCE_ADDRESSES[1],
        ),
        credit="; ".join(filter(None, (f"{DATASET}, CC BY 4.0", dataset.credit))),
        clock=texts.t("Almaty time, UTC+6"),
    )


def _imprint_of_a_file(dataset: Dataset, query: Query, texts: Texts) -> Imprint:
    """Say of somebody else's events whose they are, and grant no licence to them."""
    return Imprint(
        title=dataset.file,
        question=question_words(query, dataset, texts),
        version="",
        day=changelog().current.day,
        licence="",
        credit="; ".join(filter(None, (dataset.file, dataset.credit))),
        # Almaty's clock stood at other offsets in other years.
        clock=texts.label(Unit.TIME),
    )
