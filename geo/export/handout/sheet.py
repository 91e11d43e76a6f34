"""What a handout says, before it is laid out: chapters, or one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.dataset import Dataset
from geo.export.chosen import ARTICLE, Chosen, choose
from geo.export.citations import outlet
from geo.export.handout.options import HandoutError, HandoutOptions
from geo.export.picture.legend import count_words
from geo.export.picture.marks import STRENGTHS
from geo.query import Query
from geo.said import said
from geo.story import Chapter
from geo.texts import Texts
from geo.vocab import Attribution, Corroboration, Scope


@dataclass(frozen=True)
class Entry:
    """One line of the numbered list."""

    number: int
    event: str
    title: str
    details: str
    """When, where and who says so."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One chapter, or the answer to one query."""

    chosen: Chosen
    numbered: tuple[str, ...]
    """Ids of the events in the order of their numbers, from 1."""
    chapter: Chapter | None = None
    progress: str = ""
    """Which chapter it is, of how many; empty for a query."""
    is_worksheet: bool = False

    @property
    def title(self) -> str:
        """The chapter's title; of a query the data set's."""
        if self.chapter is None:
            return self.chosen.imprint.title
        return self.chosen.texts.field(self.chapter.model_dump(), "title")

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each numbered event."""
        return {event: number for number, event in enumerate(self.numbered, 1)}

    @property
    def others(self) -> tuple[str, ...]:
        """Ids of the events that the query chooses and nobody tells of here."""
        return tuple(each for each in self.chosen.events if each not in self.numbers)

    @property
    def count(self) -> str:
        """Say how many events the window holds, as the map does."""
        return count_words(self.chosen)

    def strength(self, event: str) -> str:
        """Say how surely an event belongs to the window, as its mark does."""
        return STRENGTHS[self.chosen.selection.statuses[event]]

    def entries(
        self, on_map: frozenset[str], *, has_bounds: bool = True
    ) -> list[Entry]:
        """Give the numbered list.

        Parameters
        ----------
        on_map
            Ids of the events whose number stands on the map; of the others
            the list says why theirs does not.
        has_bounds
            Whether to give the outer bounds of the times as well.
        """
        return [
            Entry(
                number,
                event,
                self._title(event),
                self._details(event, is_on_map=event in on_map, has_bounds=has_bounds),
            )
            for event, number in self.numbers.items()
        ]

    @property
    def sources(self) -> str:
        """Name the outlets that the numbered events rest on, each once."""
        rows = [self.chosen.events[event] for event in self.numbered]
        used = {source for row in rows for source in row["sources"]}
        if any(row["article_locator"] for row in rows):
            used.add(ARTICLE)
        items = self.chosen.dataset.sources.items()
        names = dict.fromkeys(outlet(item) for name, item in items if name in used)
        return "; ".join(names)

    def _title(self, event: str) -> str:
        """Give an event's title in the reader's language."""
        return self.chosen.texts.field(self.chosen.events[event], "title")

    def _details(self, event: str, *, is_on_map: bool, has_bounds: bool) -> str:
        """Say when, where, and who says so."""
        texts, row = self.chosen.texts, self.chosen.events[event]
        best = row["start"], row["end"], row["time_precision"]
        where = ", ".join(self.chosen.place_names[place] for place in row["places"])
        if not is_on_map:
            note = self._why_unmarked(Scope(row["scope"]))
            where = (
                texts.t("{place} – {note}", place=where, note=note) if where else note
            )
        return texts.t(
            "{when} · {where} · {by}; {corroboration}",
            when=self.chosen.when(row) if has_bounds else texts.when(*best),
            where=where,
            by=texts.label(Attribution(row["attribution"])),
            corroboration=texts.label(Corroboration(row["corroboration"])),
        )

    def _why_unmarked(self, scope: Scope) -> str:
        """Say why an event has no number on the map."""
        texts = self.chosen.texts
        return {
            Scope.MAPPED: texts.t("not on this map: it lies outside"),
            Scope.CITY: texts.t("not on the map: known for the whole city only"),
            Scope.COUNTRY: texts.t("not on the map: known for the whole country only"),
            Scope.UNKNOWN: texts.t("not on the map: its place is not known"),
        }[scope]


def sheets_of(
    dataset: Dataset, query: Query, texts: Texts, options: HandoutOptions
) -> list[Sheet]:
    """Give the chapters asked for, or else the answer to a query.

    Where there is no story, everything is a query like any other.

    Raises
    ------
    HandoutError
        If a chapter is asked for that is not there, a chapter and a query, or
        a worksheet of a query.
    """
    chapters = list(enumerate(dataset.chapters, 1))
    if query != Query() or not chapters:
        return [_sheet_of_query(dataset, query, texts, options)]
    if options.chapter is not None:
        chapters = [_find(options.chapter, chapters)]
    total = len(dataset.chapters)
    return [
        Sheet(
            choose(dataset, Query(each.start, each.end, each.mode), texts),
            each.events,
            each,
            texts.t("{n} of {total}", n=number, total=total),
            options.is_worksheet,
        )
        for number, each in chapters
    ]


def _sheet_of_query(
    dataset: Dataset, query: Query, texts: Texts, options: HandoutOptions
) -> Sheet:
    """Number all events of a query in the order of time."""
    if options.chapter is not None and not dataset.chapters:
        raise HandoutError(said("the data tell no story, so there is no chapter of it"))
    if options.chapter is not None:
        raise HandoutError(said("a handout is of a chapter or of a query, not of both"))
    if options.is_worksheet:
        raise HandoutError(said("only a chapter has questions, and so a worksheet"))
    chosen = choose(dataset, query, texts)
    rows = chosen.events
    order = sorted(rows, key=lambda event: (rows[event]["start"], rows[event]["end"]))
    return Sheet(chosen, tuple(order))


def _find(name: str, chapters: Sequence[tuple[int, Chapter]]) -> tuple[int, Chapter]:
    """Find a chapter by its id, else by its number."""
    for number, chapter in chapters:
        if name == chapter.id:
            return number, chapter
    for number, chapter in chapters:
        if name == str(number):
            return number, chapter
    known = [f"{number} {chapter.id}" for number, chapter in chapters]
    raise HandoutError(
        said(
            'there is no chapter "{name}"; the story has: {chapters}',
            name=name,
            chapters=known,
        )
    )
