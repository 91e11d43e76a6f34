"""What the Desk's form holds: a query as fields, and fields as a query. Pure.

A date and an hour stand in two fields, a place near by may be a name; an
address holds neither. What is typed is never trusted: it is read the way an
address is, and what cannot be used is said beside its field.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypedDict

import pandas as pd

from geo.dataset import Dataset, kept_with
from geo.facets import Filter, without
from geo.geocode import geocoder_of, locate
from geo.labels import noop
from geo.query import Dropped, Query
from geo.texts import Texts
from geo.timeline import format_moment, parse_moment

MOST_OFFERED = 500
"""So many places or names the form offers at most, those of the most events."""

LISTS = ("kinds", "by", "corroboration", "place")
FLAGS = ("possible", "contested", "independent")
TYPED = ("q", "actor", "within")

_BAD_DAY = noop("Write the day like this: 2022-01-05.")
_BAD_CLOCK = noop("Write the hour like this: 14:00.")
_NO_DAY = noop("The hour needs a day.")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)


class Fields(TypedDict):
    """The form's fields as they show a query."""

    q: str
    from_day: str
    from_clock: str
    to_day: str
    to_clock: str
    mode: str
    possible: bool
    kinds: list[str]
    by: list[str]
    corroboration: list[str]
    place: list[str]
    near: str
    within: str
    actor: str
    contested: bool
    independent: bool


def fields_of(query: Query, dataset: Dataset, texts: Texts) -> Fields:
    """Show a query as the form's fields; a window round all data is none."""
    from_day, from_clock = _split(query.start, dataset.span.start)
    to_day, to_clock = _split_end(query.end, dataset.span.end)
    return Fields(
        q=query.q,
        from_day=from_day,
        from_clock=from_clock,
        to_day=to_day,
        to_clock=to_clock,
        mode=query.mode.value,
        possible=query.possible,
        kinds=[each.value for each in query.kinds],
        by=[each.value for each in query.by],
        corroboration=[each.value for each in query.corroboration],
        place=list(query.place),
        near=_near_words(query.near, dataset, texts),
        within=repr(query.within_m).removesuffix(".0"),
        actor=query.actor or "",
        contested=query.contested,
        independent=query.independent,
    )


def read_fields(
    fields: Mapping[str, Any], dataset: Dataset, texts: Texts
) -> tuple[Query, dict[str, str]]:
    """Read a query from what stands in the form; never fails.

    Parameters
    ----------
    fields
        As the browser sent them: of any type.

    Returns
    -------
    query, problems
        What could be read, and for a field that could not, why, in words.
    """
    problems: dict[str, str] = {}
    params = {name: _text(fields.get(name)) for name in TYPED}
    params |= {name: _list(fields.get(name)) for name in LISTS}
    params |= {name: "1" if fields.get(name) is True else "" for name in FLAGS}
    params["mode"] = _text(fields.get("mode"))
    params["near"] = _near(_text(fields.get("near")), dataset, texts)
    for edge in ("from", "to"):
        try:
            params[edge] = _moment(fields, edge)
        except ValueError as error:
            problems[edge] = texts.t(str(error))
    query, dropped = Query.from_params(params, dataset, locate=locate)
    problems |= {each.name: _why(each, dataset, texts) for each in dropped}
    return query, problems


def answer(
    message: Mapping[str, Any], known: Query, dataset: Dataset, texts: Texts
) -> tuple[Query, dict[str, str]]:
    """Read what the reader did to the form: a field, a chip or the button.

    Parameters
    ----------
    message
        With `clear` to ask for everything, with `leave` to give up one filter,
        with `moment` to look through the window of one, else with `fields`.
    """
    if message.get("clear") is True:
        return Query(), {}
    leave, moment = _text(message.get("leave")), _text(message.get("moment"))
    if leave in {each.value for each in Filter}:
        return without(known, Filter(leave)), {}
    if moment in dataset.moments.index:
        row = dict(dataset.moments.loc[moment])
        plain = without(known, Filter.TIME)
        return replace(plain, start=row["start"], end=row["end"]), {}
    fields = message.get("fields")
    if not isinstance(fields, Mapping):
        return known, {}
    query, problems = read_fields(fields, dataset, texts)
    # What the form does not offer cannot be chosen in it, nor left out.
    kept = tuple(each for each in known.place if each not in offered_places(dataset))
    return replace(query, place=(*query.place, *kept)), problems


@kept_with
def offered_places(dataset: Dataset) -> frozenset[str]:
    """Give the places the form offers: all, or those of the most events."""
    counts = Counter(
        place for places in dataset.events["places"] for place in dict.fromkeys(places)
    )
    return frozenset(place for place, _ in counts.most_common(MOST_OFFERED))


def place_names(dataset: Dataset, texts: Texts) -> dict[str, str]:
    """Name every place that has a position, by its id; each name once.

    A name that two places share is told apart by its id in brackets.
    """
    names = names_of(dataset.places[dataset.places.geometry.notna()], texts)
    shared = Counter(names.values())
    return {
        place: f"{name} [{place}]" if shared[name] > 1 else name
        for place, name in names.items()
    }


def names_of(places: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """Name some places, by their ids."""
    frame = places.filter(regex=r"^name(_\w\w)?$")
    cells = zip(*(frame[name] for name in frame), strict=True)
    rows = (dict(zip(frame.columns, row, strict=True)) for row in cells)
    return {
        str(place): texts.field(row, "name")
        for place, row in zip(places.index, rows, strict=True)
    }


def _near_words(near: str | None, dataset: Dataset, texts: Texts) -> str:
    """Say a place near by as the form offers it."""
    return place_names(dataset, texts).get(near, near) if near else ""


def _split(when: datetime | None, edge: datetime) -> tuple[str, str]:
    """Write a moment as a day and an hour; nothing at the edge of all data."""
    if when is None or when == edge:
        return "", ""
    day, _, clock = format_moment(when).partition("T")
    return day, clock


def _split_end(when: datetime | None, edge: datetime) -> tuple[str, str]:
    """Do what `_split` does for an end: midnight closes the day before."""
    day, clock = _split(when, edge)
    if when is None or clock != "00:00":
        return day, clock
    return format_moment(when - timedelta(minutes=1))[:10], "24:00"


def _moment(fields: Mapping[str, Any], edge: str) -> str:
    """Read a day and an hour as a moment; a ValueError says what is wrong.

    Without an hour the window begins as the day does and ends as it ends.
    """
    day = _text(fields.get(f"{edge}_day")).strip()
    clock = _text(fields.get(f"{edge}_clock")).strip()
    if not day:
        if clock:
            raise ValueError(_NO_DAY)
        return ""
    try:
        midnight = parse_moment(f"{day}T00:00")
    except ValueError as error:
        raise ValueError(_BAD_DAY) from error
    minutes = _minutes(clock) if clock else 24 * 60 * (edge == "to")
    return format_moment(midnight + timedelta(minutes=minutes))


def _minutes(clock: str) -> int:
    """Read an hour, such as 14, 14:50 or 24:00, as minutes of the day."""
    match = _CLOCK.fullmatch(clock)
    if match is None:
        raise ValueError(_BAD_CLOCK)
    hours, minutes = int(match[1]), int(match[2] or 0)
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise ValueError(_BAD_CLOCK)
    return hours * 60 + minutes


def _near(text: str, dataset: Dataset, texts: Texts) -> str:
    """Give the id of a place by the name the form offers; other text stays."""
    if not text.strip():
        return text
    ids = {name: place for place, name in place_names(dataset, texts).items()}
    return ids.get(text.strip(), text)


def _why(dropped: Dropped, dataset: Dataset, texts: Texts) -> str:
    """Say why a field cannot be used, and which place may have been meant."""
    reason = texts.t(
        "“{value}” {reason}.",
        value=dropped.value,
        reason=texts.t(dropped.reason, choices=dropped.choices),
    )
    if dropped.name != "near":
        return reason
    found = geocoder_of(dataset).look_up(dropped.value)
    names = [match.place or match.name for match in found.matches] or found.suggestions
    if not names:
        return reason
    meant = texts.t("Did you mean: {names}?", names=", ".join(names))
    return f"{reason} {meant}"


def _text(value: object) -> str:
    """Pass a text; anything else is none."""
    return value if isinstance(value, str) else ""


def _list(value: object) -> str:
    """Join the texts of a list as an address does."""
    items = value if isinstance(value, list) else []
    return ",".join(each for each in items if isinstance(each, str))
