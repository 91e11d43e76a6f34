"""Say things in the reader's language.

Holds the translator; words for moments and spans of time come from
`geo.time_words`. A message in English is its own key: what a catalogue lacks
stays English. A translator is passed as an argument, never kept in a global,
because one process serves readers of several languages at once.
"""

import gettext
import re
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from geo.labels import LABELS, noop
from geo.reasons import REASONS
from geo.said import Message, Quote
from geo.time_words import TimeWords

_MILLION, _BILLION = 1_000_000, 1_000_000_000
_QUOTATION = noop("“{text}”")

LANGUAGES = ("en", "ru", "kk")
LOCALES_DIR = Path(__file__).resolve().parents[1] / "locales"

# British: "5 January 2022" rather than "January 5, 2022".
_LOCALE_NAMES = {"en": "en_GB"}


class Texts(TimeWords):
    """Translate messages, and say labels, days, moments and spans.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    directory
        Holds `<language>/messages.po`; a language without one speaks English.

    Raises
    ------
    ValueError
        If the language is not one of `LANGUAGES`.

    Examples
    --------
    >>> texts = Texts("en")
    >>> texts.t("{n} of {total} events", n=12, total=139)
    '12 of 139 events'
    >>> texts.n("{n} event", "{n} events", 1)
    '1 event'
    """

    def __init__(self, language: str = "en", *, directory: Path = LOCALES_DIR) -> None:
        if language not in LANGUAGES:
            raise ValueError(
                f"language {language!r} is not one of {', '.join(LANGUAGES)}"
            )
        self.language = language
        self._locale = Locale.parse(_LOCALE_NAMES.get(language, language))
        self._catalogue = _read_catalogue(directory / language / "messages.po")

    def t(self, message: str, /, **params: object) -> str:
        """Translate a message and fill its named placeholders."""
        return self._catalogue.gettext(message).format(**params)

    def n(self, singular: str, plural: str, n: int, /, **params: object) -> str:
        """Translate by number; `{n}` is filled with the number itself."""
        message = self._catalogue.ngettext(singular, plural, n)
        return message.format(n=self.number(n), **params)

    def message(self, message: str, /) -> str:
        """Translate a message whose named places somebody else fills."""
        return str(self._catalogue.gettext(message))

    def forms(self, singular: str, plural: str, /) -> dict[str, str]:
        """All forms of a message by CLDR plural category, places unfilled.

        Examples
        --------
        >>> Texts("en").forms("{n} event", "{n} events")
        {'one': '{n} event', 'other': '{n} events'}
        """
        rule = self._locale.plural_form
        # Every category of our languages occurs among whole numbers below 200.
        # A fraction takes the form of two in Russian: 2,5 миллиона.
        samples = {rule(n): n for n in range(200, -1, -1)} | {rule(0.5): 2}
        return {
            category: str(self._catalogue.ngettext(singular, plural, n))
            for category, n in sorted(
                samples.items(), key=lambda item: item[0] == "other"
            )
        }

    def say(self, message: str) -> str:
        """Say a message that `geo.said` made, in this language.

        What the catalogue lacks stays English and is marked. Other text was
        written elsewhere, in English: if it is none of the reasons that are
        known, it stands in quotation marks.
        """
        if self.language == LANGUAGES[0]:
            return str(message)
        if isinstance(message, Message):
            return self._said(message)
        if message in REASONS:
            return self.message(message)
        return self.t(_QUOTATION, text=message)

    def _said(self, message: Message) -> str:
        """Translate a message and all that it holds."""
        values = {name: self._value(value) for name, value in message.values.items()}
        if message.plural:
            values["n"] = self.number(message.number)
            form = self._catalogue.ngettext(
                message.template, message.plural, message.number
            )
        else:
            form = self._catalogue.gettext(message.template)
        # A catalogue gives back the very same text if it has no other.
        if form is message.template or form is message.plural:
            return self._untranslated(message)
        return form.format(**values)

    def _value(self, value: object) -> str:
        """Write what fills a place: text of data and ids stay as they are."""
        if isinstance(value, Message | Quote):
            return self.say(value)
        if isinstance(value, list | tuple):
            return ", ".join(map(self._value, value))
        return self.number(value) if isinstance(value, int | float) else str(value)

    def label(self, member: StrEnum) -> str:
        """Name one member of a closed vocabulary."""
        return self.t(LABELS[type(member)][member.value])

    def field(self, record: Mapping[Any, Any], name: str) -> str:
        """Pick a data row's text in this language, else in its first language.

        Looks for `title_ru`, then `title`, then `title_en`. A text that lacks
        the translation which others of its column have is marked.
        """
        own = f"{name}_{self.language}"
        if text := record.get(own):
            return str(text)
        text = str(record.get(name) or record.get(f"{name}_en") or "")
        return self._untranslated(text) if text and own in record else text

    def listed(self, record: Mapping[Any, Any], name: str) -> tuple[str, ...]:
        """Pick a data row's list of texts as `field` picks one text."""
        own = f"{name}_{self.language}"
        if texts := record.get(own):
            return tuple(texts)
        first = tuple(record[name])
        return tuple(map(self._untranslated, first)) if own in record else first

    def _untranslated(self, text: str) -> str:
        """Mark a text that is not in this language."""
        return self.t("{text} – not translated", text=text)

    def number(self, value: float) -> str:
        """Write a number with the language's separators."""
        return str(format_decimal(value, locale=self._locale))

    def round_number(self, value: float) -> str:
        """Write a large number in words: 313 million, 2.5 billion."""
        if abs(value) < _MILLION:
            return self.number(value)
        if abs(value) < _BILLION:
            return self._counted(
                value / _MILLION, self.forms("{n} million", "{n} million")
            )
        return self._counted(value / _BILLION, self.forms("{n} billion", "{n} billion"))

    def _counted(self, value: float, forms: Mapping[str, str]) -> str:
        """Fill the form of a message that a number asks for, whole or not."""
        value = round(value, 1)
        form = forms[self._locale.plural_form(value)]
        return form.format(n=self.number(value))


def title_language(item: Mapping[str, Any], language: str) -> str:
    """The language of a source's title where it is not the reader's, else "".

    A title in square brackets is a description in the data's first language;
    of another one CSL-JSON's `language` says it, or nobody does.

    Examples
    --------
    >>> title_language({"title": "[A report]"}, "kk")
    'en'
    >>> title_language({"title": "[A report]"}, "en")
    ''
    >>> title_language({"title": "Ein Bericht", "language": "de"}, "ru")
    'de'
    """
    is_description = str(item.get("title", "")).startswith("[")
    own = LANGUAGES[0] if is_description else str(item.get("language") or "")
    return "" if own == language else own


def short_name(name: str) -> str:
    """A place's name without what is added in brackets at its end.

    Examples
    --------
    >>> short_name("Republic Square (New Square)")
    'Republic Square'
    """
    return re.sub(r"\s*\([^()]*\)$", "", name) or name


def _read_catalogue(path: Path) -> gettext.NullTranslations:
    """Compile a .po file in memory; without one, every message is its own."""
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
