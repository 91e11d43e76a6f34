"""The words of the languages a page does not show."""

import zlib
from base64 import b64decode
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset, load
from geo.texts import LANGUAGES, Texts
from geo.timemap.words import PackedWords, other_words, pack
from tests import cast

# One word an event may bear: no blank in it, nor half a character.
WORD = st.text(st.characters(exclude_categories=["Cs", "Z", "C"]), min_size=1)
LINES = st.lists(st.lists(WORD, max_size=5).map(" ".join), min_size=1, max_size=5)


def unpack(packed: PackedWords) -> list[str]:
    """Read as the browser does."""
    signs = zlib.decompress(b64decode(packed["deflated"])).decode()
    codes = (ord(sign) for sign in signs)
    places = (code - 1 if code < 0xD800 else code - 1 - 0x800 for code in codes)
    return "".join(packed["letters"][place] for place in places).split("\n")


def bilingual(folder: Path) -> Dataset:
    event = cast.event(
        "one",
        cast.at("10:00"),
        cast.at("11:00"),
        title="A Rally",
        summary="People stood.",
        summary_ru="Люди, люди стояли у Rally",
    )
    return load(cast.write(folder, events=[event]))


def words(dataset: Dataset, language: str) -> set[str]:
    packed = other_words(dataset, Texts(language))
    return set(chain.from_iterable(line.split() for line in unpack(packed or pack([]))))


def test_a_page_carries_the_words_it_does_not_show(tmp_path: Path) -> None:
    dataset = bilingual(tmp_path)
    assert words(dataset, "en") == {"люди,", "стояли", "у"}
    assert words(dataset, "ru") == {"people", "stood."}


def test_a_page_that_shows_all_words_carries_none(tmp_path: Path) -> None:
    event = cast.event("one", cast.at("10:00"), cast.at("11:00"))
    assert other_words(load(cast.write(tmp_path, events=[event])), Texts()) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_packed_words_find_what_the_search_finds(
    shipped: Dataset, language: str
) -> None:
    packed = other_words(shipped, Texts(language))
    assert packed
    lines = unpack(packed)
    assert len(lines) == len(shipped.events)
    everything = shipped.folded_texts
    assert all(
        word in text
        for line, text in zip(lines, everything, strict=True)
        for word in line.split()
    )


@given(LINES)
def test_what_is_packed_comes_out_again(lines: list[str]) -> None:
    assert unpack(pack(lines)) == lines


def test_common_letters_take_one_byte() -> None:
    signs = zlib.decompress(b64decode(pack(["площадь площадь"])["deflated"]))
    assert len(signs) == len("площадь площадь")


def test_letters_beyond_the_first_plane_survive() -> None:
    lines = ["".join(map(chr, range(0x10000, 0x10000 + 0xD900)))]
    assert unpack(pack(lines)) == lines
