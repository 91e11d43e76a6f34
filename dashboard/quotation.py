"""A text to quote, and a button that copies it."""

from pathlib import Path

import streamlit as st

from geo.texts import Texts

_HERE = Path(__file__).resolve().parent

# Streamlit's own block of code speaks English only.
_quotation = st.components.v2.component(
    "almaty_quotation",
    css=(_HERE / "quotation.css").read_text(encoding="utf-8"),
    js=(_HERE / "quotation.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_quotation(quoted: str, texts: Texts, *, key: str) -> None:
    """Show a text as it is, blanks and line breaks kept."""
    words = {"copy": texts.t("Copy the citation"), "copied": texts.t("Citation copied")}
    _quotation(key=key, data={"text": quoted, "words": words})
