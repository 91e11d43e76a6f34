"""Rival figures and times on each topic, side by side on one axis. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import pandas as pd

from dashboard.method import SourceWords, records, sources_by_id
from geo.dataset import Dataset
from geo.texts import Texts
from geo.timeline import format_moment
from geo.vocab import TimePrecision, Topic, Unit

Claim: TypeAlias = Mapping[str, Any]
Figure: TypeAlias = float | datetime

_EDGE_PERCENT = 4.0
"""Left free at both ends of an axis."""


@dataclass(frozen=True)
class Mark:
    """Where a claim stands on its topic's axis, in percent from the left."""

    at: float | None
    """The figure itself; None if only a range is given."""
    low: float | None
    """Where its range begins; None without a range."""
    high: float | None


@dataclass(frozen=True)
class ClaimWords:
    """A figure somebody gave, in words."""

    id: str
    """The same as long as the claim says the same; for links."""
    value: str
    claimant: str
    as_of: str
    source: SourceWords | None
    note: str
    mark: Mark


@dataclass(frozen=True)
class Rivals:
    """The claims on one topic, by the date they were given."""

    least: str
    """The smallest figure or first time on the axis, in words."""
    most: str
    claims: tuple[ClaimWords, ...]


def rival_claims(dataset: Dataset, texts: Texts) -> dict[Topic, Rivals]:
    """Set the figures on each topic side by side."""
    sources = sources_by_id(dataset, texts)
    # A claim known to its year or month only stands at the end of it.
    rows = sorted(
        records(dataset.claims), key=lambda claim: str(claim["as_of"]).ljust(10, "~")
    )
    by_topic = {
        topic: [claim for claim in rows if claim["topic"] == topic] for topic in Topic
    }
    return {
        topic: _rivals(claims, sources, texts)
        for topic, claims in by_topic.items()
        if claims
    }


def claim_ids(dataset: Dataset) -> frozenset[str]:
    """Give the ids of all claims, as links name them."""
    return frozenset(_ids(records(dataset.claims)))


def _rivals(
    claims: list[dict[str, Any]], sources: Mapping[str, SourceWords], texts: Texts
) -> Rivals:
    """Say the claims on one topic."""
    figures = sorted((each for claim in claims for each in _given(claim)), key=_number)
    axis = _number(figures[0]), _number(figures[-1])
    say = _sayer(Unit(claims[0]["unit"]), texts)
    words = (
        ClaimWords(
            id=claim_id,
            value=_value_words(claim, texts),
            claimant=texts.field(claim, "claimant"),
            as_of=_date_words(str(claim["as_of"]), texts),
            source=sources.get(claim["source"]),
            note=texts.field(claim, "note"),
            mark=_mark(claim, axis),
        )
        for claim_id, claim in zip(_ids(claims), claims, strict=True)
    )
    return Rivals(say(figures[0]), say(figures[-1]), tuple(words))


def _ids(claims: Iterable[Claim]) -> list[str]:
    """Name each claim after what it says; what is said twice gets a number."""
    ids: list[str] = []
    for claim in claims:
        said = map(_plain, _given(claim))
        words = (claim["topic"], *said, claim["as_of"], claim["source"])
        stem = "-".join(word for word in map(str, words) if word)
        again = sum(each.partition("~")[0] == stem for each in ids)
        ids.append(f"{stem}~{again + 1}" if again else stem)
    return ids


def _figures(claim: Claim) -> tuple[Any, ...]:
    """Give value, low and high, each a `Figure` or None."""
    return tuple(
        None if pd.isna(claim[name]) else claim[name]
        for name in ("value", "low", "high")
    )


def _given(claim: Claim) -> list[Figure]:
    """Give those of value, low and high that are there."""
    return [figure for figure in _figures(claim) if figure is not None]


def _number(figure: Figure) -> float:
    """Give a figure as a number, a time as seconds."""
    return figure.timestamp() if isinstance(figure, datetime) else float(figure)


def _plain(figure: Figure) -> str:
    """Write a figure or a time with letters and digits only."""
    if isinstance(figure, datetime):
        return re.sub(r"\D", "", format_moment(figure))
    return repr(float(figure)).removesuffix(".0")


def _mark(claim: Claim, axis: tuple[float, float]) -> Mark:
    """Place a claim on the axis; an open range runs to the axis's end."""
    value, low, high = (
        None if each is None else _percent(_number(each), *axis)
        for each in _figures(claim)
    )
    if low is None and high is None:
        return Mark(value, None, None)
    return Mark(value, 0.0 if low is None else low, 100.0 if high is None else high)


def _percent(number: float, least: float, most: float) -> float:
    """Place a number between the ends of an axis."""
    share = 0.5 if most == least else (number - least) / (most - least)
    return round(_EDGE_PERCENT + share * (100 - 2 * _EDGE_PERCENT), 2)


def _date_words(as_of: str, texts: Texts) -> str:
    """Say a date as far as it is known."""
    parts = (int(part) for part in as_of.split("-") if part)
    return texts.partial_date(*parts) if as_of else ""


def _value_words(claim: Claim, texts: Texts) -> str:
    """Say a figure and its range: "225", "2 billion to 3 billion US dollars"."""
    value, low, high = _figures(claim)
    say = _sayer(Unit(claim["unit"]), texts)
    words = "" if value is None else say(value)
    if low is not None or high is not None:
        is_time = claim["unit"] == Unit.TIME
        say_range = _time_range if is_time else _number_range
        between = say_range(low, high, say, texts)
        words = f"{words} ({between})" if words else between
    is_money = claim["unit"] == Unit.USD
    return texts.t("{amount} US dollars", amount=words) if is_money else words


def _sayer(unit: Unit, texts: Texts) -> Callable[[Any], str]:
    """Choose how one value of a unit is said."""
    if unit is Unit.TIME:
        return texts.moment
    return texts.round_number if unit is Unit.USD else texts.number


def _time_range(
    low: datetime | None,
    high: datetime | None,
    say: Callable[[datetime], str],
    texts: Texts,
) -> str:
    """Say between which moments; one of them is given."""
    if low is not None and high is not None:
        return texts.when(low, high, TimePrecision.MINUTE)
    if low is not None:
        return texts.t("not before {low}", low=say(low))
    return texts.t("not after {high}", high=say(high)) if high else ""


def _number_range(
    low: float | None, high: float | None, say: Callable[[float], str], texts: Texts
) -> str:
    """Say between which numbers; one of them is given."""
    if low is not None and high is not None:
        return texts.t("{low} to {high}", low=say(low), high=say(high))
    if low is not None:
        return texts.t("at least {low}", low=say(low))
    return texts.t("at most {high}", high=say(high)) if high is not None else ""
