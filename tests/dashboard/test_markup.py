"""Text from the data comes out of a template as text."""

import pytest

from dashboard.markup import render
from dashboard.method import SourceWords
from geo.texts import Texts

TEXTS = Texts("en")

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></div><img src=x onerror=alert(1)>",
    "${alert(1)}",
    "{{ 7 * 7 }}{% raw %}",
    "[x](javascript:alert(1))",
    ":red[x] :material/home: :smile:",
    "$x$ and $$y$$",
    "' onmouseover='alert(1)",
    '" onmouseover="alert(1)',
]


def sources_page(source: SourceWords) -> str:
    return render("sources.html.j2", TEXTS, sources=[source], total=1)


def source(
    title: str = "A title", address: str = "https://example.org/"
) -> SourceWords:
    return SourceWords(title, "Publisher", "2022", address, False, "", 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gains_no_tag_and_no_attribute(text: str) -> None:
    page = sources_page(source(title=text))
    plain = sources_page(source(title="A title"))
    assert page.count("<") == plain.count("<")
    assert page.count('"') == plain.count('"')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//example.org/",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    page = sources_page(source(address=address))
    assert "href" not in page
    assert "address not kept" in page


def test_a_web_address_becomes_a_link_that_tells_nothing_of_the_page() -> None:
    page = sources_page(source())
    assert 'href="https://example.org/"' in page
    assert 'rel="noopener noreferrer"' in page


def test_a_quote_in_an_address_stays_in_it() -> None:
    page = sources_page(source(address='https://example.org/"onclick="alert(1)'))
    assert '"onclick' not in page


def test_problems_of_the_data_are_text_too() -> None:
    page = render("broken.html.j2", TEXTS, problems=[HOSTILE[0]])
    assert "<script" not in page
    assert "One problem was found" in page
