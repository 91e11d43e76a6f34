"""Compare names of places across scripts, spellings and grammatical cases.

Holds folding, romanisation and the words that merely say what a thing is
("street", "алаңы"). Knows nothing of places: `geo.geocode` looks them up.

A name is compared in four steps, each more lenient than the one before:
folded words, romanised words, sounds, stems.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

# After BGN/PCGN for Russian (1947) and Kazakh (1979), simplified: no
# apostrophes for the signs, no diacritics, one letter for the Kazakh pairs
# that newspapers do not tell apart in Latin (ө/о, ү/ұ/у, ә/а, і/и).
_ROMAN = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d",
    "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u",
    "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
    # Latin letters that lose a sound with their mark: Kazakh of 2021, Turkish.
    "ş": "sh", "ç": "ch", "ı": "i", "ğ": "gh", "ß": "ss",
}  # fmt: skip

# One sound, several spellings; applied in this order.
_SOUNDS = (
    ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"),
    ("q", "k"), ("w", "v"), ("x", "ks"), ("y", "i"), ("ie", "e"),
)  # fmt: skip

# What a thing is, by class, in three languages and their usual short forms.
_TYPE_WORDS = {
    "street": "street str st avenue ave av road rd boulevard blvd highway lane"
    " ulitsa prospekt bulvar koshesi dangyly"
    " улица ул проспект проспекте просп пр бульвар тракт көшесі көше даңғылы даңғыл"
    " бульвары",
    "square": "square plaza ploshchad alany площадь пл алаңы алаң",
    "city": "city town gorod qalasy город г қаласы қала",
    "region": "region oblast province oblysy область обл облысы",
    "district": "district rayon audany район ауданы аудан",
    "microdistrict": "microdistrict microdistricts mikrorayon микрорайон"
    " микрорайоны мкр шағынауданы",
}

_FILLERS = frozenset(
    [
        "the",
        "of",
        "in",
        "at",
        "on",
        "near",
        "to",
        "na",
        "v",
        "u",
        "i",
        "no",
        "на",
        "в",
        "у",
        "около",
        "возле",
        "рядом",
        "с",
        "по",
        "международный",
        "international",
        "халықаралық",
    ]
)

# Hyphenated short forms would fall apart at the hyphen.
_SHORT_FORMS = (("пр-т", "проспект"), ("р-н", "район"), ("б-р", "бульвар"))

# Russian and Kazakh case endings as they sound here, longest first.
_ENDINGS = tuple(
    sorted(
        [
            "skogo",
            "skomu",
            "skom",
            "ogo",
            "omu",
            "nin",
            "din",
            "tin",
            "sinin",
            "sin",
            "nda",
            "nde",
            "ndan",
            "nden",
            "dan",
            "den",
            "tan",
            "ten",
            "nan",
            "nen",
            "da",
            "de",
            "ta",
            "te",
            "ga",
            "ge",
            "ka",
            "ke",
            "men",
            "ben",
            "pen",
            "ia",
            "iu",
            "om",
            "em",
            "oi",
            "ei",
            "a",
            "u",
            "e",
            "i",
        ],
        key=lambda ending: (-len(ending), ending),
    )
)
_SHORTEST_STEM = 3
_LONGEST_OTHER_NAME = 3

_LEAD_WORDS = re.compile(
    r"^(formerly|former|now|бывш\.|бывшая|бывший|ныне|бұрынғы|қазіргі)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Name:
    """One name, in every form by which names are compared.

    Examples
    --------
    >>> Name("ул. Сейфуллина").types
    frozenset({'street'})
    >>> Name("ул. Сейфуллина").stems == Name("Seyfullin Avenue").stems
    True
    """

    text: str
    """As written."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words without case and punctuation."""
        return _split(self.text)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words without accents too, in their own script."""
        return tuple(map(_without_marks, self.words))

    @cached_property
    def types(self) -> frozenset[str]:
        """The classes of the words that say what the thing is."""
        return frozenset(kind for word in self.words if (kind := _type_of(word)))

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words but for fillers and those that say what the thing is."""
        return tuple(
            word for word in self.words if word not in _FILLERS and not _type_of(word)
        )

    @cached_property
    def roman(self) -> tuple[str, ...]:
        """The core in Latin letters."""
        return tuple(map(romanise, self.core))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """The core as it sounds, whatever the spelling."""
        return tuple(map(sound, self.roman))

    @cached_property
    def all_sounds(self) -> tuple[str, ...]:
        """All words as they sound, those that say what the thing is too."""
        return tuple(sound(romanise(word)) for word in self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The sounds without case endings."""
        return tuple(map(stem, self.sounds))

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """Numbers in the name: hospital 1 is never a misspelt hospital 7."""
        return tuple(sorted(re.findall(r"\d+", self.text)))

    @cached_property
    def is_cyrillic(self) -> bool:
        """Whether any letter is Cyrillic."""
        return any("\u0400" <= letter <= "\u04ff" for letter in self.text)

    def may_be(self, other: "Name") -> bool:
        """Whether the words for what they are do not contradict each other."""
        return not self.types or not other.types or bool(self.types & other.types)


def romanise(text: str) -> str:
    """Write a Russian or Kazakh text in plain Latin letters, lower case.

    A simplification of the BGN/PCGN romanisations; text that is Latin already
    only loses case and accents.

    Examples
    --------
    >>> romanise("Желтоқсан"), romanise("Сейфуллина"), romanise("Töle bı")
    ('zheltoqsan', 'seyfullina', 'tole bi')
    """
    composed = unicodedata.normalize("NFC", text.casefold())
    return _without_marks("".join(_ROMAN.get(letter, letter) for letter in composed))


def sound(roman: str) -> str:
    """Reduce a romanised word to its sound: one spelling for each.

    Examples
    --------
    >>> sound("zheltoqsan") == sound("jeltoksan")
    True
    >>> sound("nazarbayev") == sound("nazarbaev")
    True
    """
    for spelling, plain in _SOUNDS:
        roman = roman.replace(spelling, plain)
    return re.sub(r"([^\d])\1+", r"\1", roman)


def stem(sounds: str) -> str:
    """Take one Russian or Kazakh case ending off a word as it sounds.

    Cuts names that have no ending too; the stems of two cases agree, and that
    is all they are for.

    Examples
    --------
    >>> stem(sound(romanise("Абая"))) == stem(sound(romanise("Abay")))
    True
    """
    for ending in _ENDINGS:
        if sounds.endswith(ending) and len(sounds) - len(ending) >= _SHORTEST_STEM:
            return sounds.removesuffix(ending)
    return sounds


def readings(text: str) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Split a name as data has it into its main and its other names.

    Parameters
    ----------
    text
        Such as "Nazarbayev avenue (formerly Furmanov street)".

    Returns
    -------
    main, others
        The name without its parenthesised parts; and the names that stand in
        those parts. What does not begin with a capital, holds a number, a comma
        or more than three words is a remark and no name.

    Examples
    --------
    >>> main, others = readings("Nazarbayev avenue (formerly Furmanov street)")
    >>> main[0].text, others[0].text
    ('Nazarbayev avenue', 'Furmanov street')
    """
    outside = " ".join(re.sub(r"\([^)]*\)", " ", text).split())
    remarks = re.findall(r"\(([^)]*)\)", text)
    if not outside:
        return tuple(map(Name, remarks[:1])), ()
    return (Name(outside),), tuple(_names_among(remarks))


def _names_among(remarks: Iterable[str]) -> Iterator[Name]:
    """Give the parenthesised parts that are names."""
    for remark in remarks:
        name = Name(_LEAD_WORDS.sub("", remark.partition(";")[0].strip()))
        said = [word for word in name.text.split() if not _type_of(word.strip("."))]
        is_list = "," in name.text
        is_name = said and said[0][0].isupper() and len(said) <= _LONGEST_OTHER_NAME
        if is_name and name.core and not name.digits and not is_list:
            yield name


def _split(text: str) -> tuple[str, ...]:
    """Words without case and punctuation."""
    lowered = unicodedata.normalize("NFC", text.casefold())
    for short, full in _SHORT_FORMS:
        lowered = lowered.replace(short, full)
    # A mark that no letter carries in one code point would split its word.
    return tuple(re.findall(r"[^\W_]+", re.sub("[\u0300-\u036f]", "", lowered)))


def _without_marks(text: str) -> str:
    """Drop combining marks; й and ё become и and е, in all names alike."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        letter for letter in decomposed if unicodedata.category(letter)[0] != "M"
    )


def _root(word: str) -> str:
    """Give a word without any ending: "даңғылының" has two."""
    return stem(stem(sound(romanise(word))))


def _type_of(word: str) -> str | None:
    """Give the class a word names, in any grammatical case."""
    return _TYPE_OF_ROOT.get(_root(word))


_TYPE_OF_ROOT = {
    _root(word): kind for kind, words in _TYPE_WORDS.items() for word in words.split()
}
