import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import (  # type: ignore[import-untyped]  # has none
    BibliographyData,
    Entry,
    parse_string,
)

from geo.changelog import parse_changelog
from geo.dataset import Dataset, load
from geo.export.bibtex import bibtex_entry, escaped, keys_of
from geo.export.citations import (
    Style,
    UnknownEventError,
    cite,
    cite_dataset,
    cite_event,
)
from geo.query import Query
from geo.texts import Texts
from tests import cast
from tests.exports import ODD, ODD_LINE, asked, odd_dataset, rendered, window

LINK = "https://example.org/desk?id=clash-to-the-minute"

# What TeX prints for each of these commands.
TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}


def printed(field: str) -> str:
    """Give what TeX prints for a field; a sign at a time, left to right."""
    out, rest = "", field.replace("{}", "\0")
    commands = {name.replace("{}", "\0"): sign for name, sign in TEX.items()}
    while rest:
        name = next((each for each in commands if rest.startswith(each)), "")
        out += commands.get(name, rest[0].strip("{}\0"))
        rest = rest[len(name) or 1 :]
    return out


def bibliography(dataset: Dataset, query: Query | None = None) -> BibliographyData:
    return parse_string(rendered("bibtex", dataset, query).decode(), "bibtex")


def entry(text: str) -> Entry:
    (found,) = parse_string(text, "bibtex").entries.values()
    return found


def csl(dataset: Dataset, query: Query | None = None) -> dict[str, Any]:
    return {each["id"]: each for each in json.loads(rendered("csl", dataset, query))}


# bibtex


def test_pybtex_reads_every_source_of_the_events(shipped: Dataset) -> None:
    used = {source for sources in shipped.events["sources"] for source in sources}
    assert set(bibliography(shipped).entries) == used | {"article"}


def test_sources_of_a_question_are_those_its_events_rest_on(shipped: Dataset) -> None:
    query = asked(shipped, q="Magnum")
    rows = shipped.events[shipped.events["title"].str.contains("Magnum")]
    found = set(bibliography(shipped, query).entries)
    assert {source for sources in rows["sources"] for source in sources} <= found
    assert len(found) < len(shipped.sources) / 2


def test_article_is_left_out_where_no_event_comes_from_it(tmp_path: Path) -> None:
    event = cast.event(
        "x-other",
        cast.at("10:00"),
        cast.at("11:00"),
        article_locator="",
        sources="report",
    )
    sources = [cast.source("article"), cast.source("report")]
    data = load(cast.write(tmp_path, events=[event], sources=sources))
    assert set(bibliography(data).entries) == {"report"}


def test_entry_has_outlet_date_and_address(shipped: Dataset) -> None:
    found = bibliography(shipped).entries["tass_akimat"]
    assert found.type == "article"
    assert found.fields["journal"] == "TASS (English)"
    assert (found.fields["year"], found.fields["day"]) == ("2022", "5")
    assert found.fields["month"] == "January"
    assert found.fields["url"] == "https://tass.com/world/1384061"


def test_our_descriptions_stand_in_square_brackets(shipped: Dataset) -> None:
    titles = {
        key: printed(each.fields["title"])
        for key, each in bibliography(shipped).entries.items()
    }
    assert titles == {key: shipped.sources[key]["title"] for key in titles}
    assert titles["tass_akimat"].startswith("[")
    assert titles["article"].startswith("On the ground")


def test_mirror_is_named_as_a_mirror(shipped: Dataset) -> None:
    found = bibliography(shipped).entries["netblocks"]
    assert "Read on a mirror, not at the original address." in found.fields["note"]


def test_authors_are_persons(shipped: Dataset) -> None:
    people = bibliography(shipped).entries["article"].persons["author"]
    names = [f"{each.first_names[0]} {each.last_names[0]}" for each in people]
    assert [printed(name) for name in names] == ["Almas Kaisar", "Dmitriy Mazorenko"]


def test_bibtex_says_question_version_licence_and_credit(small: Dataset) -> None:
    head = rendered("bibtex", small, window(small)).decode().partition("\n\n")[0]
    assert all(line.startswith("% ") for line in head.splitlines())
    for words in ("5 January 2022, 14:00–16:00", "1.0.0", "CC BY 4.0", "© somebody"):
        assert words in head


def test_question_with_an_at_sign_begins_no_entry(small: Dataset) -> None:
    head = rendered("bibtex", small, Query(q="@book{x,")).decode()
    assert "@" not in head.partition("\n\n")[0]


def test_pybtex_reads_odd_text(tmp_path: Path) -> None:
    found = bibliography(odd_dataset(tmp_path)).entries["article"]
    # BibTeX takes any white space for one blank.
    assert printed(found.fields["title"]) == f"[{' '.join(ODD.split())}]"


@given(st.text(alphabet="\\{}%&$#_^~'`-,<>?! ab\n\x01é"))
def test_pybtex_reads_any_escaped_text(text: str) -> None:
    found = entry(f"@misc{{key,\n  title = {{{{{escaped(text)}}}}},\n}}")
    assert printed(found.fields["title"]) == escaped_expectation(text)


def escaped_expectation(text: str) -> str:
    return " ".join(text.split()).replace("\x01", "\ufffd")


@pytest.mark.parametrize("pair", ["--", "''", "``", ",,", "<<", ">>", "?`", "!`"])
def test_two_signs_make_no_ligature(pair: str) -> None:
    assert escaped(pair) == f"{pair[0]}{{}}{pair[1]}"


@given(st.lists(st.text(min_size=1), unique=True))
def test_every_key_is_ascii_and_its_own(ids: list[str]) -> None:
    keys = keys_of(ids)
    assert list(keys) == ids
    assert all(key.isascii() and key for key in keys.values())
    assert len({key.lower() for key in keys.values()}) == len(ids)


def test_address_that_is_none_is_left_out() -> None:
    item = {"type": "webpage", "title": "[x]", "URL": "javascript:alert(1)"}
    assert "url" not in entry(bibtex_entry(item, "x")).fields


def test_address_cannot_end_its_field() -> None:
    item = {"type": "webpage", "title": "[x]", "URL": "https://example.org/}{\\й"}
    found = entry(bibtex_entry(item, "x")).fields["url"]
    assert found == "https://example.org/%7D%7B%5C%D0%B9"


# csl


def test_csl_items_are_those_of_the_data(shipped: Dataset) -> None:
    for key, item in csl(shipped).items():
        stored = {k: v for k, v in shipped.sources[key].items() if k != "custom"}
        assert {k: v for k, v in item.items() if k != "custom"} == stored


def test_csl_items_keep_our_words_on_the_source(shipped: Dataset) -> None:
    custom = csl(shipped)["baribar_chron"]["custom"]
    assert custom["official_origin"] is True


def test_csl_says_question_version_licence_and_credit(small: Dataset) -> None:
    export = csl(small, window(small))["article"]["custom"]["export"]
    assert export["question"] == "5 January 2022, 14:00–16:00"
    assert export["data_version"] == "1.0.0"
    assert "CC BY 4.0" in export["licence"]
    assert "© somebody" in export["credit"]


# Citing


def test_event_is_cited_in_brackets_with_time_version_licence_and_link(
    small: Dataset,
) -> None:
    assert cite_event(small, "clash-to-the-minute", Style.PLAIN, LINK) == (
        "[Clash to the minute]. Almaty events map, version 1.0.0, 22 November 2026."
        " 5 January 2022, 14:50–15:10, Almaty time, UTC+6; event"
        f" clash-to-the-minute; CC BY 4.0. {LINK}"
    )


def test_event_is_cited_as_bibtex(small: Dataset) -> None:
    found = entry(cite_event(small, "clash-to-the-minute", "bibtex", LINK))
    assert printed(found.fields["title"]) == "[Clash to the minute]"
    assert found.fields["howpublished"] == "Almaty events map, version 1.0.0"
    assert found.fields["url"] == LINK


def test_event_is_cited_as_csl(small: Dataset) -> None:
    (item,) = json.loads(cite_event(small, "clash-to-the-minute", "csl", LINK))
    assert item["title"] == "[Clash to the minute]"
    assert (item["version"], item["URL"]) == ("1.0.0", LINK)
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}


def test_data_set_is_cited_with_version_date_licence_and_credit(
    small: Dataset,
) -> None:
    assert cite_dataset(small, link="https://example.org/") == (
        "The January 2022 events in Almaty. Almaty events map, version 1.0.0,"
        " 22 November 2026. CC BY 4.0; © somebody. https://example.org/"
    )


def test_data_set_is_cited_as_csl(small: Dataset) -> None:
    (item,) = json.loads(cite_dataset(small, Style.CSL))
    assert item["type"] == "dataset"


@pytest.mark.parametrize("style", list(Style))
def test_link_that_is_no_web_address_is_left_out(small: Dataset, style: Style) -> None:
    text = cite_event(small, "clash-to-the-minute", style, "javascript:alert(1)")
    assert "javascript" not in text


def test_source_is_cited_with_its_mirror(shipped: Dataset) -> None:
    assert cite(shipped.sources["cloudflare"], Style.PLAIN) == (
        "Internet shut down in Kazakhstan amid unrest."
        " Cloudflare blog, mirror gixtools.net, 5 January 2022."
        " Read on a mirror, not at the original address."
        " https://gixtools.net/2022/01/internet-shut-down-in-kazakhstan-amid-unrest/"
    )


def test_source_with_authors_names_them_first(shipped: Dataset) -> None:
    words = cite(shipped.sources["article"], Style.PLAIN)
    assert words.startswith("Almas Kaisar, Dmitriy Mazorenko. On the ground in")


def test_citation_comes_in_the_readers_language(small: Dataset) -> None:
    words = cite_event(small, "clash-to-the-minute", texts=Texts("ru"))
    assert "января 2022" in words


@pytest.mark.parametrize("style", list(Style))
def test_odd_title_is_cited_as_it_is(tmp_path: Path, style: Style) -> None:
    text = cite_event(odd_dataset(tmp_path, ODD_LINE), "odd", style)
    assert title_in(text, style) == f"[{ODD_LINE}]"


def title_in(text: str, style: Style) -> str:
    """Read the title of a citation of one event."""
    if style is Style.PLAIN:
        return text.partition(". Almaty events map")[0]
    if style is Style.BIBTEX:
        return printed(entry(text).fields["title"])
    return str(json.loads(text)[0]["title"])


def test_unknown_event_cannot_be_cited(small: Dataset) -> None:
    with pytest.raises(UnknownEventError, match="There is no event no-such-id"):
        cite_event(small, "no-such-id")


def test_withdrawn_event_says_why_it_cannot_be_cited(
    small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = parse_changelog(
        "## Data\n### 1.1.0 (2026-12-01)\n- One event less.\n"
        "#### Withdrawn\n- `gone`: It happened in another city.\n"
    )
    monkeypatch.setattr("geo.export.citations.changelog", lambda: log)
    with pytest.raises(UnknownEventError, match=r"1\.1\.0: It happened in another"):
        cite_event(small, "gone")
