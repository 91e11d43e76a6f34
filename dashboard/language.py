"""Which language a reader gets: the address says, else the browser, else English.

`language.js` shows the names of the languages and tells the browser, and with
it a screen reader, which one the page speaks.
"""

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st

from geo.params import NOT_ONE_OF, Dropped
from geo.texts import LANGUAGES, Texts

PARAM = "lang"
"""Parameter of the address, and key of the session once a reader has chosen."""

NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}
"""Each language by its own name."""

KEY = "language"

_HERE = Path(__file__).resolve().parent

_switch = st.components.v2.component(
    "almaty_language",
    css=(_HERE / "language.css").read_text(encoding="utf-8"),
    js=(_HERE / "language.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def language_of(
    session: MutableMapping[int | str, Any],
    params: Mapping[str, str],
    browser: str | None,
) -> str:
    """Find the reader's language, and remember what the address says.

    Parameters
    ----------
    browser
        The browser's own language as a BCP 47 tag, such as ``kk-KZ``.
    """
    asked = params.get(PARAM, "")
    if asked in LANGUAGES:
        session[PARAM] = asked
    if PARAM in session:
        return str(session[PARAM])
    own = (browser or "").split("-")[0].lower()
    return own if own in LANGUAGES else LANGUAGES[0]


def dropped_of(params: Mapping[str, str]) -> Dropped | None:
    """Say that the address names a language there is not."""
    asked = params.get(PARAM, "")
    if not asked or asked in LANGUAGES:
        return None
    return Dropped(PARAM, asked, NOT_ONE_OF, choices=", ".join(LANGUAGES))


def current() -> str:
    """Return the language of this run's reader."""
    return language_of(st.session_state, st.query_params.to_dict(), _browser_language())


def keep_address() -> None:
    """Write the chosen language back: a change of page clears the address."""
    chosen = st.session_state.get(PARAM)
    if chosen and st.query_params.get(PARAM) != chosen:
        st.query_params[PARAM] = chosen


def show_switch(texts: Texts, *, is_hidden: bool) -> None:
    """Offer the languages, and tell the browser which one this is."""

    def choose() -> None:
        said = st.session_state.get(KEY)
        chosen = said and said.language
        if chosen in LANGUAGES:
            st.session_state[PARAM] = chosen
            st.query_params[PARAM] = chosen

    _switch(
        key=KEY,
        data={
            "language": texts.language,
            "names": NAMES,
            "label": texts.t("Language"),
            "skip": texts.t("Skip to main content"),
            "hidden": is_hidden,
        },
        on_language_change=choose,
    )


def _browser_language() -> str | None:
    """Ask Streamlit; outside a browser, as in its tests, there is none."""
    locale = st.context.locale
    return locale if isinstance(locale, str) else None
