"""The page a reader sees when the data cannot be used."""

from collections.abc import Sequence

import streamlit as st

from dashboard.markup import show
from geo.dataset import Problem
from geo.texts import Texts


def show_problems(problems: Sequence[Problem], texts: Texts) -> None:
    """Name every problem of every file, and what to do."""
    st.title(texts.t("The data cannot be shown"))
    show(
        "broken.html.j2",
        texts,
        problems=[texts.say(problem.sentence) for problem in problems],
    )
