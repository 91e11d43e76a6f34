"""Rival claims on the Desk, each with a link of its own."""

from pathlib import Path

import streamlit as st

from dashboard.markup import show
from dashboard.rivals import claim_ids, rival_claims
from geo.dataset import Dataset
from geo.texts import Texts

PARAM = "claim"
"""Names a claim in the address."""

_finder = st.components.v2.component(
    "almaty_events_claims",
    js=(Path(__file__).resolve().parent / "claims.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_claims(dataset: Dataset, texts: Texts) -> None:
    """Show every topic, and bring the claim that the address names into sight."""
    wanted = st.query_params.get(PARAM, "")
    if wanted and wanted not in claim_ids(dataset):
        sentence = texts.t("The link names a claim that is not here: {id}.", id=wanted)
        show("note.html.j2", texts, sentences=[sentence])
        wanted = ""
    topics = rival_claims(dataset, texts)
    show("rivals.html.j2", texts, topics=topics, linked=wanted)
    _finder(key="claims", data={"claim": wanted, "copied": texts.t("Link copied")})
