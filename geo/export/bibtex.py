"""CSL-JSON items as BibTeX entries, for LaTeX and reference managers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.links import web_address
from geo.names import romanise

_ENTRY_TYPES = {
    "article-newspaper": "article",
    "article-magazine": "article",
    "article-journal": "article",
    "book": "book",
    "report": "techreport",
}
# Where an entry of each type names the outlet.
_OUTLET_FIELDS = {
    "article": "journal",
    "book": "publisher",
    "techreport": "institution",
    "misc": "howpublished",
}
_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
# Two of these make one other sign in TeX's fonts: -- becomes a dash.
_LIGATURE = re.compile(r"([-`',<>?!])(?=[-`',<>])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_.:-]+")
_NOT_IN_ADDRESS = re.compile(r"[^\x21-\x7e]|[{}\\\"]")


def bibtex_entry(item: Mapping[str, Any], key: str) -> str:
    r"""Write one CSL-JSON item as an entry.

    Parameters
    ----------
    key
        As `keys_of` gives it.

    Examples
    --------
    >>> print(bibtex_entry({"type": "webpage", "title": "[A & B]"}, "ab"))
    @misc{ab,
      title = {{[A \& B]}},
    }
    """
    kind = _ENTRY_TYPES.get(str(item.get("type")), "misc")
    fields = [f"  {name} = {value},\n" for name, value in _fields(item, kind)]
    return f"@{kind}{{{key},\n{''.join(fields)}}}"


def keys_of(ids: Iterable[str]) -> dict[str, str]:
    """Give each id a key of its own that every BibTeX takes: plain ASCII.

    Examples
    --------
    >>> keys_of(["tass_akimat", "полиция", "a", "A"])
    {'tass_akimat': 'tass_akimat', 'полиция': 'politsiya', 'a': 'a', 'A': 'A-2'}
    """
    keys: dict[str, str] = {}
    # BibTeX takes keys that differ in case only for one.
    taken: set[str] = set()
    for each in ids:
        plain = each if each.isascii() else romanise(each)
        wanted = key = _NOT_IN_KEY.sub("-", plain) or "source"
        number = 1
        while key.lower() in taken:
            number += 1
            key = f"{wanted}-{number}"
        taken.add(key.lower())
        keys[each] = key
    return keys


def escaped(text: str) -> str:
    r"""Write text so that TeX prints it as it is; white space becomes a blank.

    Examples
    --------
    >>> print(escaped("50 % of {A} & B_c"))
    50 \% of \textbraceleft{}A\textbraceright{} \& B\_c
    """
    line = _CONTROLS.sub("\ufffd", " ".join(text.split()))
    apart = _LIGATURE.sub("\\1\0", line)
    return "".join(_SPECIAL.get(sign, sign) for sign in apart).replace("\0", "{}")


def _fields(item: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    """Give the fields that an item has, values with their braces."""
    if names := [_name(author) for author in item.get("author", [])]:
        yield "author", f"{{{' and '.join(names)}}}"
    # The second pair of braces keeps the letters' case.
    yield "title", f"{{{{{escaped(str(item.get('title', '')))}}}}}"
    outlet = str(item.get("container-title") or item.get("publisher") or "")
    if version := str(item.get("version") or ""):
        outlet = f"{outlet}, version {version}".removeprefix(", ")
    if outlet:
        yield _OUTLET_FIELDS[kind], f"{{{escaped(outlet)}}}"
    yield from _date_fields(item)
    if address := web_address(item.get("URL")):
        yield "url", f"{{{_NOT_IN_ADDRESS.sub(_percent, address)}}}"
    if note := str(item.get("note") or ""):
        yield "note", f"{{{escaped(note)}}}"


def _date_fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give year, month and day as far as they are known."""
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    for name, part in zip(("year", "month", "day"), parts, strict=False):
        yield name, _MONTHS[int(part) - 1] if name == "month" else f"{{{int(part)}}}"


def _name(author: Mapping[str, str]) -> str:
    """Write one name; a body's name in braces of its own, so none is split."""
    if literal := author.get("literal"):
        return f"{{{escaped(literal)}}}"
    parts = (author.get("family", ""), author.get("given", ""))
    return ", ".join(f"{{{escaped(part)}}}" for part in parts if part)


def _percent(match: re.Match[str]) -> str:
    """Write a sign that no address may hold as its octets."""
    return "".join(f"%{octet:02X}" for octet in match[0].encode())
