"""Sentences with named places for the list, the cards and the picture.

An event's time is said by `js/large/spans.js` as `geo.time_words` says it;
the sentences are the same ones.
"""

from datetime import date, timedelta
from typing import Any

from geo.texts import Texts
from geo.timeline import MINUTES_A_DAY
from geo.vocab import Attribution, Corroboration, TimeBasis, TimePrecision


def large_messages(texts: Texts, *, is_file: bool) -> dict[str, Any]:
    """All messages by the name the script knows them by.

    Parameters
    ----------
    is_file
        Whether the events are of somebody's file, which no article tells of.
    """
    t, forms = texts.message, texts.forms
    return {
        "firstOf": forms(
            "The first {n} of {total} event, in the order of time.",
            "The first {n} of {total} events, in the order of time.",
        ),
        "cellWords": forms("{n} event here: {parts}", "{n} events here: {parts}"),
        "cellName": t("This square of the map"),
        "sources": forms("{n} source", "{n} sources"),
        "article": t("The article, {where}"),
        "notInArticle": "" if is_file else t("not in the article"),
        "officialSource": t("relays a state body"),
        "addressNotKept": t("address not kept"),
    }


def span_messages(texts: Texts) -> dict[str, str]:
    """Sentences for moments and spans, under the precision they speak of."""
    t = texts.message
    return {
        "someDay": t("some time on {day}"),
        "someDays": t("some time between {first_day} and {last_day} {month} {year}"),
        "betweenDays": t("some time between {first} and {last}"),
        "atMinute": t("{day}, {time}"),
        "atHour": t("{day}, about {time}"),
        "atPart": t("{day}, some time around {time}"),
        "inDayMinute": t("{day}, {start}–{end}"),
        "inDayHour": t("{day}, about {start}–{end}"),
        "inDayPart": t("{day}, some time between {start} and {end}"),
        "acrossMinute": t("{start} – {end}"),
        "acrossHour": t("about {start} – {end}"),
        "acrossPart": t("some time between {start} and {end}"),
        "bounds": t("at the earliest {lower}, at the latest {upper}"),
        "lower": t("at the earliest {lower}"),
        "upper": t("at the latest {upper}"),
        "withBounds": t("{when} ({bounds})"),
    }


def day_words(low: int, high: int, texts: Texts) -> list[str]:
    """Every day of a span in full, without its day of the week.

    Parameters
    ----------
    low, high
        First minute, and first minute after; a day of its own for a midnight.
    """
    first = date(1970, 1, 1) + timedelta(days=low // MINUTES_A_DAY)
    return [
        texts.day(first + timedelta(days=day))
        for day in range((high - low) // MINUTES_A_DAY + 1)
    ]


def code_words(texts: Texts) -> dict[str, list[str]]:
    """The words of each closed vocabulary of which a number goes over."""
    return {
        "attribution": [texts.label(each) for each in Attribution],
        "corroboration": [texts.label(each) for each in Corroboration],
        "time_precision": [texts.label(each) for each in TimePrecision],
        "time_basis": [texts.label(each) for each in TimeBasis],
    }
