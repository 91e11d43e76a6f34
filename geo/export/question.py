"""A query in words, for people who meet the file without the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from geo.dataset import Dataset
from geo.query import Query
from geo.texts import Texts
from geo.timeline import ALMATY
from geo.vocab import Mode


def question_words(query: Query, dataset: Dataset, texts: Texts) -> str:
    """Say which events a query asks for, in one line.

    Examples
    --------
    >>> from geo.dataset import load
    >>> question_words(Query(q="fire", contested=True), load(), Texts("en"))
    'Any time; with the words “fire”; only where sources contradict each other'
    """
    if query == Query():
        return texts.t("All events")
    parts = [time_words(query, texts), *filter_words(query, dataset, texts)]
    return "; ".join(parts)


def time_words(query: Query, texts: Texts) -> str:
    """Say the window of a query."""
    start = None if query.mode is Mode.SOFAR else query.start
    end = query.end
    if start is None:
        return _until(end, texts)
    if end is None:
        return texts.t("From {moment} on", moment=texts.moment(start))
    first, (last, closing) = start.astimezone(ALMATY), _closing(end)
    if first.date() == last:
        return texts.t(
            "{day}, {start}–{end}",
            day=texts.day(last),
            start=texts.clock(first),
            end=closing,
        )
    until = texts.t("{day}, {time}", day=texts.day(last), time=closing)
    return texts.t("{start} – {end}", start=texts.moment(first), end=until)


def _until(end: datetime | None, texts: Texts) -> str:
    """Say a window without a beginning."""
    if end is None:
        return texts.t("Any time")
    last, closing = _closing(end)
    return texts.t("Everything up to {day}, {time}", day=texts.day(last), time=closing)


def _closing(end: datetime) -> tuple[date, str]:
    """Give day and clock of an exclusive end: midnight closes the day before."""
    local = end.astimezone(ALMATY)
    if (local.hour, local.minute) == (0, 0):
        return (local - timedelta(minutes=1)).date(), "24:00"
    return local.date(), f"{local:%H:%M}"


def filter_words(query: Query, dataset: Dataset, texts: Texts) -> Iterator[str]:
    """Say each filter of a query but its window."""
    listed = ", ".join
    if query.kinds:
        yield texts.t("kinds: {kinds}", kinds=listed(map(texts.label, query.kinds)))
    if query.by:
        yield texts.t("who says so: {words}", words=listed(map(texts.label, query.by)))
    if query.corroboration:
        words = listed(map(texts.label, query.corroboration))
        yield texts.t("what others say: {words}", words=words)
    if query.place:
        names = (place_name(dataset, place, texts) for place in query.place)
        yield texts.t("at {places}", places=listed(names))
    if query.near is not None:
        yield texts.t(
            "within {metres} m of {place}",
            metres=texts.number(query.within_m),
            place=place_name(dataset, query.near, texts),
        )
    yield from _word_filters(query, texts)
    if query.possible:
        yield texts.t("also events that are only possible in the window")


def _word_filters(query: Query, texts: Texts) -> Iterator[str]:
    """Say the filters by words, by contradiction and by id."""
    if query.actor:
        yield texts.t("with {words} taking part", words=_quoted(query.actor, texts))
    if query.q:
        yield texts.t("with the words {words}", words=_quoted(query.q, texts))
    if query.contested:
        yield texts.t("only where sources contradict each other")
    if query.independent:
        yield texts.t("only what an independent source supports")
    if query.only is not None:
        yield texts.n(
            "a choice of {n} event", "a choice of {n} events", len(query.only)
        )


def place_name(dataset: Dataset, place: str, texts: Texts) -> str:
    """Give a place's name; what is no place's id stays as it is."""
    if place not in dataset.places.index:
        return place
    return texts.field(dict(dataset.places.loc[place]), "name")


def _quoted(words: str, texts: Texts) -> str:
    """Put a reader's own words in quotes, on one line."""
    return texts.t("“{words}”", words=" ".join(words.split()))
