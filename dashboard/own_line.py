"""The line that says on a page whose events it shows, and leads back."""

import streamlit as st

from dashboard import own_session
from dashboard.markup import show
from dashboard.own_words import ALMATY
from geo.texts import Texts


def show_line(texts: Texts) -> None:
    """Say that the page shows the reader's own file; nothing if it does not."""
    own = own_session.opened()
    if own is None or own.dataset is None or own.reading is None:
        return
    zone = own.choice.zone if own.choice.zone != ALMATY else ""
    with st.container(horizontal=True, vertical_alignment="center", key="own-line"):
        show(
            "own_line.html.j2",
            texts,
            name=own.name,
            count=own.reading.shown,
            aside=len(own.reading.set_aside),
            zone=zone,
        )
        st.page_link("dashboard/pages/own.py", label=texts.t("About the file"))
        st.button(texts.t("Back to Almaty’s events"), on_click=own_session.close)


def show_almaty_only(texts: Texts) -> None:
    """Say on a page of Almaty's events that the open file is not in it."""
    own = own_session.opened()
    if own is not None and own.dataset is not None:
        sentence = texts.t("This page is about Almaty’s events, not about your file.")
        show("note.html.j2", texts, sentences=[sentence])
