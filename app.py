"""The dashboard's entry: `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from dashboard import language, store
from dashboard.broken import show_problems
from dashboard.markup import show_styles
from geo.dataset import DataError

# Not one of Streamlit's icon names: those are fetched from another host.
ICON = Path(__file__).resolve().parent / "dashboard" / "icon.svg"


def main() -> None:
    """Set up the page, check the data, and run the page the reader is on."""
    texts = store.texts()
    st.set_page_config(
        page_title=texts.t("Almaty, January 2022"),
        page_icon=ICON,
        layout="wide",
    )
    pages = [
        st.Page(
            "dashboard/pages/map.py", title=texts.t("Map"), url_path="", default=True
        ),
        st.Page("dashboard/pages/desk.py", title=texts.t("Desk"), url_path="desk"),
        st.Page("dashboard/pages/class_.py", title=texts.t("Class"), url_path="class"),
        st.Page(
            "dashboard/pages/sources.py",
            title=texts.t("Sources & method"),
            url_path="sources",
        ),
        st.Page(
            "dashboard/pages/own.py", title=texts.t("Open your own"), url_path="own"
        ),
    ]
    page = st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
    show_styles()
    language.keep_address()
    language.show_switch(texts, is_hidden=bool(st.context.is_embedded))
    try:
        store.check()
    except DataError as error:
        show_problems(error.problems, texts)
        return
    page.run()


main()
