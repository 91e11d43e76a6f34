"""What every file says of itself: question, version, licence, credit, clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from geo.changelog import changelog
from geo.dataset import Dataset
from geo.export.question import question_words
from geo.names import romanise
from geo.query import Query
from geo.texts import Texts
from geo.vocab import Unit

DATASET = "Almaty events map"
"""The name of our data set in credits and citations, in any language."""

LICENCES = ("CC BY 4.0", "ODbL 1.0")
LICENCE_ADDRESSES = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://opendatacommons.org/licenses/odbl/1-0/",
)
_PROGRAM = "Events map"
_LONGEST_STEM = 40


@dataclass(frozen=True)
class Whose:
    """Whose events a file holds, in any language.

    Ours have a version and a licence; those of somebody else's file or folder
    have neither that we know of, and never ours.
    """

    dataset: str
    """What the data are called in credits and citations."""
    name: str
    """The same for programs, in signs of which ids and file names are made."""
    stem: str
    """How names of files begin."""
    program: str
    """What made the file; not the name of our data if it holds none."""
    version: str
    """Of the data, such as 1.0.0; "" for somebody else's."""
    day: date
    """When that version came out; else the last day of the events."""
    licence: str
    """Of the events, in short, such as CC BY 4.0; "" for somebody else's."""
    addresses: tuple[str, ...]
    """Of the licences of the events and of the lines; none for somebody else's."""

    @property
    def is_ours(self) -> bool:
        """Whether these are our data."""
        return bool(self.version)


def whose(dataset: Dataset) -> Whose:
    """Say whose events a dataset holds: the one place that decides it."""
    title = dataset.owner
    if not title:
        current = changelog().current
        return Whose(
            dataset=DATASET,
            name="almaty-events-map",
            stem="almaty-events",
            program=DATASET,
            version=current.number,
            day=current.day,
            licence=LICENCES[0],
            addresses=LICENCE_ADDRESSES,
        )
    stem = PurePath(dataset.file).stem or dataset.folder
    plain = re.sub(r"[^a-z0-9.]+", "-", romanise(stem))[:_LONGEST_STEM].strip("-.")
    return Whose(
        dataset=title,
        name=plain or "events",
        stem=plain or "events",
        program=_PROGRAM,
        version="",
        day=dataset.span.end.date(),
        licence="",
        addresses=(),
    )


@dataclass(frozen=True)
class Imprint:
    """The words a file carries about itself, in the reader's language."""

    whose: Whose
    title: str
    question: str
    """The query in words."""
    licence: str
    """In a sentence; "" for somebody else's events."""
    credit: str
    """Whom to name beside anything made from the file."""
    clock: str

    @property
    def version(self) -> str:
        """The version of the data, such as 1.0.0; "" for somebody else's."""
        return self.whose.version

    @property
    def day(self) -> date:
        """The day by which files are dated, so that they do not change by themselves."""
        return self.whose.day

    @property
    def rights(self) -> str:
        """Licence and credit in one line."""
        return " ".join(filter(None, (self.licence, self.credit)))

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, one short sentence each, the title first."""
        return (self.title, self.question, self.clock, *self.legal_lines)

    @property
    def legal_lines(self) -> tuple[str, ...]:
        """Version, licence and credit, as far as they are ours to say."""
        owner = self.whose
        version = f"{owner.dataset} {self.version}, {self.day}" if self.version else ""
        return tuple(filter(None, (version, self.licence, self.credit)))


def imprint_of(dataset: Dataset, query: Query, texts: Texts) -> Imprint:
    """Say of a file what it answers, and on what terms it may be used.

    To somebody else's events it grants no licence; the credit for the streets
    beneath them stays.
    """
    owner = whose(dataset)
    title, licence, credit = owner.dataset, "", owner.dataset
    if owner.is_ours:
        title = texts.t("The January 2022 events in Almaty")
        licence = texts.t(
            "Event data: CC BY 4.0 ({by}). Streets and coordinates: ODbL 1.0 ({odbl}).",
            by=LICENCE_ADDRESSES[0],
            odbl=LICENCE_ADDRESSES[1],
        )
        credit = f"{owner.dataset}, {owner.licence}"
    return Imprint(
        whose=owner,
        title=title,
        question=question_words(query, dataset, texts),
        licence=licence,
        credit="; ".join(filter(None, (credit, dataset.credit))),
        # Almaty's clock stood at other offsets in other years.
        clock=(
            texts.t("Almaty time, UTC+6") if owner.is_ours else texts.label(Unit.TIME)
        ),
    )
