"""Printed pages for a class: the whole story or a chapter, with or without answers."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.markup import show
from geo.dataset import Dataset
from geo.export import FORMATS
from geo.export.handout import HandoutOptions, Paper, to_pdf
from geo.export.imprint import whose
from geo.export.names import handout_stem
from geo.labels import noop
from geo.query import Query
from geo.texts import Texts

PAPER_KEY = "handout-paper"
SCOPE_KEY = "handout-scope"

PAPER_NAMES = {Paper.A4: noop("A4"), Paper.LETTER: noop("Letter")}


def show_handouts(dataset: Dataset, texts: Texts, chapter: int | None) -> None:
    """Offer the handout and the worksheet; each is made when it is asked for.

    The buttons say themselves that they are at work: the whole story takes
    some seconds.

    Parameters
    ----------
    chapter
        Number of the chapter that the class is at, from 1; None where it is
        at none: then there is only the whole story. Without a story nothing
        is shown.
    """
    if not dataset.chapters:
        return
    show("subheading.html.j2", texts, heading=texts.t("Handouts to print"))
    left, right = st.columns(2, gap="small")
    with left:
        chosen = _ask_for_chapter(texts, chapter)
    with right:
        paper = _ask_for_paper(texts)
    sides = st.columns(2, gap="small")
    labels = (
        (False, texts.t("Handout, with answers")),
        (True, texts.t("Worksheet, without answers")),
    )
    for side, (is_worksheet, label) in zip(sides, labels, strict=True):
        options = HandoutOptions(chosen, paper, is_worksheet)
        side.download_button(
            label,
            data=handout_maker(dataset, texts, options),
            file_name=handout_stem(options, whose(dataset)) + ".pdf",
            mime=FORMATS["handout"].media_type,
            on_click="ignore",
            key=f"handout-{'worksheet' if is_worksheet else 'answers'}",
            width="stretch",
        )


def handout_maker(
    dataset: Dataset, texts: Texts, options: HandoutOptions
) -> Callable[[], bytes]:
    """Give what makes a handout once somebody wants it."""
    return partial(to_pdf, dataset, Query(), texts, options)


def _ask_for_chapter(texts: Texts, chapter: int | None) -> str | None:
    """Ask whether the chapter will do; give its number, None for the story."""
    if chapter is None:
        return None
    # No title: an option's words are read as markup.
    words = {
        str(chapter): texts.t("Chapter {n}", n=chapter),
        "": texts.t("The whole story"),
    }
    picked = st.radio(
        texts.t("Pages"),
        list(words),
        format_func=lambda each: words[each],
        horizontal=True,
        key=f"{SCOPE_KEY}-{chapter}",
    )
    return picked or None


def _ask_for_paper(texts: Texts) -> Paper:
    """Ask for the size of the paper."""
    picked = st.radio(
        texts.t("Paper"),
        list(Paper),
        format_func=lambda each: texts.t(PAPER_NAMES[each]),
        horizontal=True,
        key=PAPER_KEY,
    )
    return Paper(picked or Paper.A4)
