"""The field for a reader's own file, in the reader's language.

`own_field.js` reads the file in the browser and sends it part by part;
`arrival` puts it together again.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.arrival import Got
from geo.ingest import UPLOAD
from geo.texts import Texts

KEY = "own-field"

_HERE = Path(__file__).resolve().parent
_MEGABYTE = 1_000_000

_field = st.components.v2.component(
    "almaty_own_file",
    css=(_HERE / "own_field.css").read_text(encoding="utf-8"),
    js=(_HERE / "own_field.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show_field(
    got: Got | None, texts: Texts, on_part: Callable[[object], None]
) -> None:
    """Show the field.

    Parameters
    ----------
    got
        How much of a file has come, so that its next part is sent.
    on_part
        Called with what the browser sent, unchecked.
    """

    def hear() -> None:
        if said := st.session_state.get(KEY):
            on_part(said.part)

    limit = texts.t("{n} MB", n=texts.number(UPLOAD.most_bytes // _MEGABYTE))
    words = {
        "choose": texts.t("Choose a file"),
        "drop": texts.t("or drop it here"),
        "kinds": texts.t("CSV, GeoJSON or JSON, at most {limit}.", limit=limit),
        "sending": texts.t("The file is on its way."),
        "large": texts.t(
            "This file is too large: {limit} is the most. Leave out columns, or split it.",
            limit=limit,
        ),
        "broken": texts.t("The browser cannot read this file. Choose it once more."),
    }
    data = {"words": words, "most": UPLOAD.most_bytes, "got": got}
    _field(key=KEY, data=data, on_part_change=hear)
