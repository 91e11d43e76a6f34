"""The Class page: the story beside the map at projector size, and its files."""

import streamlit as st

from dashboard import bridge, lesson, state, store
from dashboard.address import show_dropped, write_lesson_address
from dashboard.handouts import show_handouts
from dashboard.markup import show
from dashboard.own_line import show_almaty_only
from dashboard.settings import corrections_link
from dashboard.takeaway import show_download
from geo.dataset import Dataset
from geo.query import Query
from geo.texts import Texts


def show_page(dataset: Dataset, texts: Texts) -> None:
    """Show the page for the step of the address or, on return, the session's."""
    now = lesson.arrive(st.session_state, st.query_params.to_dict(), dataset)
    write_lesson_address(now)
    with st.container():
        show("class.html.j2", texts, has_story=bool(dataset.chapters))
        show_almaty_only(texts)
        show_dropped(texts, state.LESSON_DROPPED)
    if not dataset.chapters:
        return
    bridge.host(
        store.document(texts.language, has_story=True),
        texts,
        corrections_link(),
        bridge.Place.CLASS,
        steps=len(dataset.chapters),
    )
    with st.container(key="class-files"):
        follow_story(dataset, texts)
        heading = texts.t("To take into a room without internet")
        show("subheading.html.j2", texts, heading=heading)
        with st.columns(2)[0]:
            show_download("class", Query(), dataset, texts)


@st.fragment
def follow_story(dataset: Dataset, texts: Texts) -> None:
    """Hear of each step the class comes to rest at; only this part reruns."""

    def hear(message: object) -> None:
        write_lesson_address(lesson.hear(st.session_state, message, dataset))

    session = st.session_state
    bridge.relay(session[state.LESSON_ASK], hear, place=bridge.Place.CLASS)
    now: lesson.Lesson = session[state.LESSON]
    show_handouts(dataset, texts, now.step or None)


show_page(store.almaty(), store.texts())
