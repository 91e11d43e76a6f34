"""A chapter of the classroom story, and what belongs to it.

A chapter says nothing that the data do not carry: every sentence, the open
point and every answer name what they rest on. What needs other files (ids that
refer to something, a window that holds its events) is checked in
``story_checks``. Translations stand beside each text, as in the other files.
"""

from __future__ import annotations

from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from geo.cells import Id, Ids, Moment, OptionalId, Text, Title, read_code, require_order
from geo.model import AttributionCell, KindCell, Row, TopicCell
from geo.problems import ColumnError, quoted
from geo.said import said, said_n
from geo.timeline import Window
from geo.vocab import Mode, QuestionKind

LEAST_WORDS, MOST_WORDS = 60, 120
"""How many words the English text of a chapter may have."""

Item = TypeVar("Item")


def _not_empty(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Refuse a list with nothing in it."""
    if not items:
        raise ValueError(said("is empty"))
    return items


ModeCell = Annotated[Mode, BeforeValidator(read_code(Mode))]
QuestionKindCell = Annotated[QuestionKind, BeforeValidator(read_code(QuestionKind))]
SomeIds = Annotated[Ids, AfterValidator(_not_empty)]


class View(Row):
    """Where the map stands: its centre, and a zoom level of web maps."""

    lat: Annotated[float, Field(strict=True, ge=-90, le=90)]
    lon: Annotated[float, Field(strict=True, ge=-180, le=180)]
    zoom: Annotated[float, Field(strict=True, ge=2, le=19)]


class Sentence(Row):
    """One sentence of a chapter and the events it rests on."""

    sentence: Title
    events: SomeIds
    sentence_ru: Text = ""
    sentence_kk: Text = ""


class Unsettled(Row):
    """One thing that the sources do not settle, and where that can be seen."""

    text: Title
    events: Ids = ()
    claims: tuple[TopicCell, ...] = ()
    """Topics of claims.csv on which the claimants differ."""
    routes: Ids = ()
    text_ru: Text = ""
    text_kk: Text = ""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        """Refuse a point that the data do not show."""
        if not (self.events or self.claims or self.routes):
            raise ColumnError("events", said("is empty, and so are claims and routes"))
        return self


class Count(Row):
    """A number a class can read off the map, and the filters it reads it with.

    It counts what the chapter's window shows: no event that is merely possible.
    """

    number: Annotated[int, Field(strict=True, ge=0)]
    marked: Annotated[int, Field(strict=True, ge=0)] | None = None
    """How many of them have a mark on the map; None if nobody asks."""
    kinds: tuple[KindCell, ...] = ()
    by: tuple[AttributionCell, ...] = ()
    place: Ids = ()
    """An event at any of these places counts; empty filters let all pass."""

    @model_validator(mode="after")
    def _marked_are_among_them(self) -> Self:
        """Hold ``marked <= number``."""
        require_order({"marked": self.marked, "number": self.number})
        return self


class Question(Row):
    """A question for the class, and what can be said in answer."""

    kind: QuestionKindCell
    ask: Title
    answer: Title
    events: Ids = ()
    count: Count | None = None
    ask_ru: Text = ""
    ask_kk: Text = ""
    answer_ru: Text = ""
    answer_kk: Text = ""

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        """Refuse an answer that nothing in the data gives."""
        if not self.events and self.count is None:
            raise ColumnError("events", said("is empty, and there is no count"))
        return self


Paragraph = Annotated[tuple[Sentence, ...], AfterValidator(_not_empty)]


class Chapter(Row):
    """One chapter of story.json."""

    id: Id
    title: Title
    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]
    mode: ModeCell = Mode.WINDOW
    view: View
    events: SomeIds
    """All that the chapter cites, in the order in which it is told."""
    route: OptionalId
    """A march that can be played; None if there is none here."""
    text: tuple[Paragraph, ...]
    unsettled: Unsettled
    questions: tuple[Question, ...]
    title_ru: Text = ""
    title_kk: Text = ""

    @property
    def window(self) -> Window:
        """The half-open stretch of time that the chapter tells."""
        return Window(self.start, self.end)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in order, paragraphs left aside."""
        return tuple(each for paragraph in self.text for each in paragraph)

    @property
    def words(self) -> int:
        """How many words the English text has, the open point not counted."""
        return sum(len(each.sentence.split()) for each in self.sentences)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        """Hold ``from < to``: an empty window shows nothing."""
        require_order({"from": self.start, "to": self.end})
        if self.start == self.end:
            raise ColumnError("to", said("is not later than {column}", column="from"))
        return self

    @model_validator(mode="after")
    def _is_as_long_as_a_chapter(self) -> Self:
        """Hold the number of words that a class can read in a minute."""
        if not LEAST_WORDS <= self.words <= MOST_WORDS:
            raise ColumnError(
                "text",
                said_n(
                    "has {n} word, expected {least} to {most}",
                    "has {n} words, expected {least} to {most}",
                    self.words,
                    least=LEAST_WORDS,
                    most=MOST_WORDS,
                ),
            )
        return self

    @model_validator(mode="after")
    def _asks_both_ways(self) -> Self:
        """Hold two or three questions, and one of each kind."""
        if len(self.questions) not in (2, 3):
            message = said("are {count}, expected 2 or 3", count=len(self.questions))
            raise ColumnError("questions", message)
        asked = {question.kind for question in self.questions}
        for kind in QuestionKind:
            if kind not in asked:
                raise ColumnError(
                    "questions", said("has none of the kind {kind}", kind=kind)
                )
        return self

    @model_validator(mode="after")
    def _cites_its_events_and_no_others(self) -> Self:
        """Hold ``events`` to be what the chapter's texts rest on."""
        cited = {event for each in self.sentences for event in each.events}
        cited.update(self.unsettled.events)
        cited.update(event for each in self.questions for event in each.events)
        if lacking := sorted(cited - set(self.events)):
            names = [quoted(each) for each in lacking]
            message = said("lacks {events}, on which a text rests", events=names)
            raise ColumnError("events", message)
        if idle := [event for event in self.events if event not in cited]:
            names = [quoted(each) for each in idle]
            message = said("has {events}, on which no text rests", events=names)
            raise ColumnError("events", message)
        return self
