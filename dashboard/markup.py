"""Shows text from the data as text: HTML that a template escapes.

Streamlit's markdown would read data as markup: links, `$x$`, `:red[x]`. Every
value here passes through Jinja's escaping instead, and addresses through
`geo.links.web_address`, so that no link leads to a script.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.links import web_address
from geo.texts import Texts

_HERE = Path(__file__).resolve().parent


def show(template: str, texts: Texts, **values: object) -> None:
    """Show a template from `templates/`, filled and escaped."""
    st.html(render(template, texts, **values))


def show_styles() -> None:
    """Add the styles of all templates to the page."""
    st.html(_HERE / "pages.css")


def render(template: str, texts: Texts, **values: object) -> str:
    """Fill a template; `t`, `n` and `label` speak the reader's language."""
    words = {"t": texts.t, "n": texts.n, "label": texts.label, "texts": texts}
    return _environment().get_template(template).render(**words, **values)


@cache
def _environment() -> Environment:
    """Set up Jinja once; it keeps compiled templates."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["web_address"] = web_address
    return environment
