"""Sentences the script fills with numbers, names and times.

They come from the catalogue like every other word; what is left open is a
named place such as ``{n}``.
"""

from typing import Any

from geo.texts import Texts


def messages_of(texts: Texts) -> dict[str, Any]:
    """All messages by the name the script knows them by."""
    t, forms = texts.message, texts.forms
    return {
        "moment": t("{day}, {time}"),
        "windowInDay": t("{day}, {start}–{end}"),
        "windowAcross": t("{start} – {end}"),
        "untilMoment": t("Everything up to {day}, {time}"),
        "countHead": forms("{n} of {total} event", "{n} of {total} events"),
        "events": forms("{n} event", "{n} events"),
        "countSentence": forms(
            "{n} event of {total}: {certain} sure, {likely} likely, "
            "{coarse} some time that day, {possible} possible",
            "{n} events of {total}: {certain} sure, {likely} likely, "
            "{coarse} some time that day, {possible} possible",
        ),
        "status_certain": t("{n} sure"),
        "status_likely": t("{n} likely"),
        "status_coarse": t("{n} some time that day"),
        "status_possible": t("{n} possible"),
        "possibleHidden": t("{n} more possible"),
        "tag_coarse": t("some time that day"),
        "tag_possible": t("possible"),
        "mapped": t("{n} on the map"),
        "listedOnly": t("{n} in the list only"),
        "groupCount": t("{group}: {n}"),
        "markWords": forms(
            "{place}, {n} event: {parts}", "{place}, {n} events: {parts}"
        ),
        "placeAndMore": forms(
            "{place} and {n} place near it", "{place} and {n} places near it"
        ),
        "headEstimated": t("position estimated"),
        "headPartly": t("position estimated; part of the way is not known"),
        "play": t("Play"),
        "pause": t("Pause"),
        "zoomIn": t("Zoom in"),
        "zoomOut": t("Zoom out"),
        "scale": {"m": t("{n} m"), "km": t("{n} km")},
        "sheet": {"raise": t("Pull the list up"), "lower": t("Lower the list")},
    }
