"""The story beside the map: its chapters in words, and what each asks of the map.

Everything here is plain text; the template escapes it. The chapters themselves
are data (`geo.story`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from geo.dataset import Dataset
from geo.story import Chapter, Question
from geo.texts import Texts
from geo.timeline import minute_of

Step = TypedDict(
    "Step",
    {
        "from": int,
        "to": int,
        "mode": str,
        "view": dict[str, float],
        "route": str | None,
    },
)
"""What a chapter asks of the map; times in minutes on Almaty's wall clock."""


@dataclass(frozen=True)
class QuestionView:
    """A question in words."""

    kind: str
    label: str
    ask: str
    answer: str


@dataclass(frozen=True)
class CitedEvent:
    """An event that a chapter rests on."""

    id: str
    title: str
    when: str


@dataclass(frozen=True)
class ChapterView:
    """A chapter in words."""

    number: int
    """From 1; 0 is the note before them."""
    place: str
    """Its place among all, such as "4 of 11"."""
    spoken: str
    """What is said aloud when it opens."""
    title: str
    paragraphs: tuple[str, ...]
    unsettled: str
    questions: tuple[QuestionView, ...]
    events: tuple[CitedEvent, ...]


def steps_of(dataset: Dataset) -> list[Step]:
    """Say what each chapter asks of the map, for the script."""
    return [
        {
            "from": minute_of(chapter.start),
            "to": minute_of(chapter.end),
            "mode": chapter.mode.value,
            "view": dict(chapter.view),
            "route": chapter.route,
        }
        for chapter in dataset.chapters
    ]


def chapter_views(dataset: Dataset, texts: Texts) -> list[ChapterView]:
    """Write all chapters in words, in order; none if the data tell no story."""
    return [
        _chapter(dataset, texts, number, chapter)
        for number, chapter in enumerate(dataset.chapters, start=1)
    ]


def _chapter(
    dataset: Dataset, texts: Texts, number: int, chapter: Chapter
) -> ChapterView:
    """Write one chapter in words."""
    total = len(dataset.chapters)
    title = texts.field(dict(chapter), "title")
    return ChapterView(
        number=number,
        place=texts.t("{n} of {total}", n=number, total=total),
        spoken=texts.t(
            "Chapter {n} of {total}: {title}", n=number, total=total, title=title
        ),
        title=title,
        paragraphs=tuple(
            " ".join(texts.field(dict(each), "sentence") for each in paragraph)
            for paragraph in chapter.text
        ),
        unsettled=texts.field(dict(chapter.unsettled), "text"),
        questions=_questions(chapter.questions, texts),
        events=_events(dataset, texts, chapter.events),
    )


def _questions(questions: Sequence[Question], texts: Texts) -> tuple[QuestionView, ...]:
    """Write the questions of a chapter."""
    return tuple(
        QuestionView(
            kind=question.kind.value,
            label=texts.label(question.kind),
            ask=texts.field(dict(question), "ask"),
            answer=texts.field(dict(question), "answer"),
        )
        for question in questions
    )


def _events(
    dataset: Dataset, texts: Texts, ids: Sequence[str]
) -> tuple[CitedEvent, ...]:
    """Name events with their times."""
    rows = dataset.events.loc[list(ids)].to_dict("index")
    return tuple(
        CitedEvent(
            id=str(event_id),
            title=texts.field(row, "title"),
            when=texts.when(row["start"], row["end"], row["time_precision"]),
        )
        for event_id, row in rows.items()
    )
