"""Sentences that remember how they were made, and so can be said in any language.

Such a sentence is ordinary English text; `geo.texts.Texts.say` says it in
another language. It goes through errors, data classes and processes as text
does, and is equal to the same text made otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Message(str):
    """A sentence in English that knows its template and what fills it.

    `said` and `said_n` make it. What it is made of never changes.
    """

    __slots__ = ("number", "plural", "template", "values")

    template: str
    """With named places; the key of the catalogues."""
    plural: str
    """The template for any number but one; "" if no number governs it."""
    number: int
    """What chooses the form, and fills the place ``n``, if there are two."""
    values: Mapping[str, object]
    """What fills the places: text of data, which is the same in every language,
    numbers that count or measure, messages, quotes, and lists of these."""

    def __new__(
        cls,
        template: str,
        values: Mapping[str, object],
        plural: str = "",
        number: int = 1,
    ) -> Message:
        """Fill the places of a template; text that fills one stays text."""
        filled = {name: _in_english(value) for name, value in values.items()}
        if plural:
            filled["n"] = _in_english(number)
        form = plural if plural and number != 1 else template
        made = super().__new__(cls, form.format(**filled))
        made.template, made.plural, made.number = template, plural, number
        made.values = dict(values)
        return made

    def __str__(self) -> str:
        """Give itself: so `str` of an error that holds it loses nothing."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Make it anew from its parts when it is copied or unpickled."""
        return Message, (self.template, self.values, self.plural, self.number)


class Quote(str):
    """Words that somebody else wrote in English, such as Python's own reasons.

    In another language they stand in quotation marks.
    """

    __slots__ = ()


def said(template: str, /, **values: object) -> Message:
    """Say something that can be translated.

    Parameters
    ----------
    template
        A whole sentence, or what follows the place it is about, in English.
    values
        What fills its places: text, other messages, lists of them, or numbers,
        which every language writes in its own way. A number that is a name, such
        as that of a row, goes in as text.

    Examples
    --------
    >>> message = said("{value} is not one of: {choices}", value="x", choices=["a", "b"])
    >>> print(message)
    x is not one of: a, b
    >>> message.template
    '{value} is not one of: {choices}'
    """
    return Message(template, values)


def said_n(singular: str, plural: str, n: int, /, **values: object) -> Message:
    """Say something whose form a number decides; ``{n}`` is the number.

    Examples
    --------
    >>> print(said_n("{n} row of {file}", "{n} rows of {file}", 2, file="a.csv"))
    2 rows of a.csv
    """
    return Message(singular, values, plural, n)


def sentences(*parts: str) -> str:
    """Put whole sentences after each other; empty ones are left out.

    Examples
    --------
    >>> print(sentences("It rains.", "", "It pours."))
    It rains. It pours.
    """
    first, *others = [part for part in parts if part] or [""]
    for other in others:
        first = said("{sentence} {next}", sentence=first, next=other)
    return first


def or_quote(text: str) -> Message | Quote:
    """Take a text for a quote, unless it can be translated."""
    return text if isinstance(text, Message) else Quote(text)


def _in_english(value: object) -> str:
    """Write what fills a place."""
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_english, value))
    return f"{value:,}" if isinstance(value, int | float) else str(value)
