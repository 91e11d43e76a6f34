"""From bytes to text: UTF-8, UTF-16 with its mark, Windows-1251.

Bytes that are no text are kept as lone surrogates (PEP 383), so that only the
rows they stand in are set aside, and those unchanged.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from geo.ingest.results import FileError
from geo.said import said

# Lone halves of surrogate pairs, and the code of nothing: no text has them.
NO_TEXT = re.compile("[\0\ud800-\udfff]")

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[Ѐ-ӿ]")
_ESCAPED = re.compile("[\udc80-\udcff]")


def may_be_no_text(text: str) -> bool:
    """Whether `NO_TEXT` finds anything; quicker than a search of a whole file."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return "\0" in text


@dataclass(frozen=True)
class Decoded:
    """The text of a file."""

    text: str
    encoding: str
    """For people, such as UTF-8."""
    is_guessed: bool = False
    """True if nothing in the file says so."""


def decode(raw: bytes) -> Decoded:
    """Turn the bytes of a file into text.

    Raises
    ------
    FileError
        If it is no text file, or one in an encoding we do not read.
    """
    if raw.startswith(_WORKBOOKS):
        raise FileError(
            said("is a workbook or an archive, not text: save the sheet as CSV UTF-8")
        )
    if raw.startswith(_UTF_32):
        raise FileError(said("is UTF-32: save the file as UTF-8"))
    for mark, codec in _UTF_16.items():
        if raw.startswith(mark):
            return Decoded(_from_utf_16(raw[len(mark) :], codec), "UTF-16")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(raw.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _from_other(raw)


def _from_utf_16(raw: bytes, codec: str) -> str:
    """Decode UTF-16; halves of pairs and a last odd byte stay as surrogates."""
    odd = raw[len(raw) // 2 * 2 :]
    text = raw[: len(raw) // 2 * 2].decode(codec, "surrogatepass")
    return text + odd.decode("ascii", "surrogateescape")


def _from_other(raw: bytes) -> Decoded:
    """Decode what is not wholly UTF-8: damaged UTF-8, or Windows-1251."""
    damaged = raw.decode("utf-8", "surrogateescape")
    broken = len(_ESCAPED.findall(damaged))
    letters = sum(1 for sign in damaged if sign > "\x7f") - broken
    if letters < broken:
        try:
            text = raw.decode("cp1251")
        except UnicodeDecodeError:
            pass
        else:
            if _is_cyrillic(text):
                return Decoded(text, "Windows-1251", is_guessed=True)
    return Decoded(damaged, "UTF-8")


def _is_cyrillic(text: str) -> bool:
    """Whether words are Cyrillic; another code page mixes letters in one word.

    "Café" of Windows-1252 would be "Cafй": no language writes so.
    """
    whole = mixed = 0
    for word in _WORD.findall(text):
        if _CYRILLIC.search(word):
            is_mixed = _LATIN.search(word) is not None
            mixed, whole = mixed + is_mixed, whole + (not is_mixed)
    return whole > mixed
