"""Which step of the story a class is at, and how address, map and session say it.

Apart from `state`: a step is no view of the Map and the Desk, and what a class
explores does not follow it there. As pure as `state` and as wary: what comes
from the browser is checked before it is used.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard import state
from dashboard.state import Ask, MapState, Message, Session
from geo.dataset import Dataset
from geo.labels import noop
from geo.query import Dropped

STEP = "step"
"""The parameter that names a step."""

NO_STEP = noop("is not the number of a chapter")
"""Why a step is dropped."""

_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)


@dataclass(frozen=True)
class Lesson:
    """Where a class is; the default is the note before the first chapter."""

    step: int = 0
    """The number of a chapter from 1, or 0."""
    view: MapState = field(default_factory=MapState)
    """What does not follow from the step: an open card, or all that a reader
    who explores sees."""

    @property
    def is_exploring(self) -> bool:
        """Whether more than a card differs from what the step asks for."""
        return self.view != MapState(selected=self.view.selected)


def from_url(
    params: Mapping[str, str], dataset: Dataset
) -> tuple[Lesson, tuple[Dropped, ...]]:
    """Read a step and a view from the parameters of an address; never fails."""
    view, dropped = state.from_url(params, dataset)
    text = params.get(STEP, "")
    step = _read_step(text, dataset)
    if text and step is None:
        dropped = (Dropped(STEP, text, NO_STEP), *dropped)
    return Lesson(step or 0, view), dropped


def to_url(lesson: Lesson) -> dict[str, str]:
    """Write a step as parameters; mirrors `lessonParamsOf` in bridge.js."""
    return {STEP: str(lesson.step), **state.to_url(lesson.view)}


def address_of(lesson: Lesson, params: Mapping[str, str]) -> dict[str, str]:
    """Write a step into the address there is; the page's own parameters stay."""
    return state.address_of(lesson.view, {**params, STEP: str(lesson.step)})


def to_message(lesson: Lesson, dataset: Dataset) -> Message:
    """Write a step as the map takes it: the step, and what differs from it."""
    view = lesson.view
    if not lesson.is_exploring:
        chosen = {"selected": view.selected} if view.selected else {}
        return {STEP: lesson.step, **chosen}
    message = state.to_message(view, dataset)
    if "from" not in message:
        # Whoever leaves the window to the chapter leaves it its mode, too.
        message.pop("mode")
    return {STEP: lesson.step, **message}


def from_message(message: object, known: Lesson, dataset: Dataset) -> Lesson:
    """Read what the map says of itself; anything strange changes nothing."""
    if not isinstance(message, Mapping):
        return known
    step = _read_step(str(message.get(STEP)), dataset)
    if step is None:
        return known
    view = state.from_message(message, known.view, dataset)
    if message.get("exploring") is not True:
        view = MapState(selected=view.selected)
    return Lesson(step, view)


def arrive(session: Session, params: Mapping[str, str], dataset: Dataset) -> Lesson:
    """Take the step from the address, or keep the session's if it says nothing."""
    names = (STEP, *state.OTHER_PARAMS, *state.MAP_PARAMS)
    said = {name: params[name] for name in names if name in params}
    known: Lesson | None = session.get(state.LESSON)
    if known is None or (said and said != to_url(known)):
        known, session[state.LESSON_DROPPED] = from_url(params, dataset)
        session[state.LESSON] = known
        message = to_message(known, dataset)
        session[state.LESSON_ASK] = Ask(secrets.token_hex(4), message)
    return known


def hear(session: Session, message: object, dataset: Dataset) -> Lesson:
    """Take the step from what the map says, unless it is out of date."""
    known: Lesson = session[state.LESSON]
    ask: Ask = session[state.LESSON_ASK]
    if isinstance(message, Mapping) and message.get("ask", ask.id) != ask.id:
        return known
    session[state.LESSON] = heard = from_message(message, known, dataset)
    return heard


def _read_step(text: str, dataset: Dataset) -> int | None:
    """Read the number of a chapter there is, or 0."""
    if not _NUMBER.fullmatch(text) or int(text) > len(dataset.chapters):
        return None
    return int(text)
