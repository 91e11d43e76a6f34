"""The page for a reader's own file: open it, see what was read, close it."""

import streamlit as st

from dashboard import own_field, own_session, store
from dashboard.markup import show
from dashboard.opened import Choice, Opened
from dashboard.own_words import (
    MOST_PROBLEMS,
    note_lines,
    problem_lines,
    problems_name,
    trouble_words,
    zone_names,
)
from geo.ingest import ABOUT, FileKind, Reading, problems_csv
from geo.ingest.report import counts_of, head_of
from geo.texts import Texts


def show_page(texts: Texts) -> None:
    """Show the field, and what came of the file that is open."""
    show("own.html.j2", texts)
    await_file(texts)
    own = own_session.opened()
    # Always there, so that nothing of an earlier file stays on screen.
    with st.container():
        if own is None:
            return
        if not own.is_read:
            own_session.read(own, store.almaty(), texts)
        show_outcome(own, texts)


@st.fragment
def await_file(texts: Texts) -> None:
    """Hear of each part of a file; only this part reruns until it is whole."""
    own_field.show_field(own_session.got(), texts, own_session.receive)
    if own_session.has_come():
        st.rerun()


def show_outcome(own: Opened, texts: Texts) -> None:
    """Show what was read, or what is asked or wrong."""
    show("own_head.html.j2", texts, name=own.name)
    if own.reading is None:
        show(
            "own_trouble.html.j2",
            texts,
            trouble=trouble_words(own.name, own.trouble, texts),
            question=own.question,
        )
        show_choices(own, texts)
        show_ways(own, texts)
        return
    show_reading(own.reading, texts)
    show_ways(own, texts)
    notes = note_lines(own.reading, texts)
    if notes:
        show("own_notes.html.j2", texts, notes=notes)
    show_set_aside(own, own.reading, texts)
    with st.expander(texts.t("Read the file in another way")):
        show_choices(own, texts)


def show_reading(reading: Reading, texts: Texts) -> None:
    """Say what the file is, and how much of it is shown."""
    show(
        "own_reading.html.j2",
        texts,
        head=texts.say(head_of(reading)),
        counts=texts.say(counts_of(reading)),
    )


def show_ways(own: Opened, texts: Texts) -> None:
    """Lead to the pages that show the file's events now, and out of the file."""
    with st.container(horizontal=True, vertical_alignment="center", key="own-ways"):
        if own.dataset is not None:
            st.page_link("dashboard/pages/map.py", label=texts.t("See them on the Map"))
            st.page_link(
                "dashboard/pages/desk.py", label=texts.t("See them on the Desk")
            )
        st.button(
            texts.t("Close the file, back to Almaty’s events"),
            on_click=own_session.close,
        )


def show_set_aside(own: Opened, reading: Reading, texts: Texts) -> None:
    """Name what is wrong with the first rows set aside, and offer all of them."""
    if not reading.set_aside:
        return
    problems = list(problem_lines(reading, texts))
    show(
        "own_problems.html.j2",
        texts,
        problems=problems[:MOST_PROBLEMS],
        total=len(problems),
    )
    st.download_button(
        texts.n(
            "Download the {n} row set aside",
            "Download all {n} rows set aside",
            len(reading.set_aside),
        ),
        data=lambda: problems_csv(own.reading) if own.reading else b"",
        file_name=problems_name(reading),
        mime="text/csv",
        on_click="ignore",
    )


def show_choices(own: Opened, texts: Texts) -> None:
    """Ask for what the file does not say, or says wrongly."""
    with st.container(key="own-choices"):
        zone = ask_for_zone(own, texts)
        kind = ask_for_kind(own, texts)
        st.button(
            texts.t("Read the file"),
            disabled=own.question is not None and zone is None,
            on_click=own_session.choose,
            args=(own, Choice(kind, zone or "")),
            type="primary" if own.reading is None else "secondary",
        )


def ask_for_zone(own: Opened, texts: Texts) -> str | None:
    """Ask whose clock the times follow that do not say so."""
    zones = zone_names()
    return st.selectbox(
        texts.t("Time zone of times that have none"),
        zones,
        index=zones.index(own.choice.zone) if own.choice.zone else None,
        placeholder=texts.t("Choose a time zone, or type to search"),
        key=f"own-zone-{own.id}",
    )


def ask_for_kind(own: Opened, texts: Texts) -> FileKind | None:
    """Ask what the file is, unless it is recognised."""

    def words(kind: FileKind | None) -> str:
        return texts.say(ABOUT[kind]) if kind else texts.t("as it is recognised")

    kinds = [None, *FileKind]
    kind: FileKind | None = st.selectbox(
        texts.t("Kind of file"),
        kinds,
        index=kinds.index(own.choice.kind),
        format_func=words,
        key=f"own-kind-{own.id}",
    )
    return kind


show_page(store.texts())
