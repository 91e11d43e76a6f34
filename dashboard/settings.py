"""What a deployment configures: through its environment or Streamlit's secrets."""

import os
import re
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from geo.dataset import DATA_DIR

DATA_VARIABLE = "ALMATY_MAP_DATA"
"""A folder to read instead of the shipped `data/`."""
CORRECTIONS_VARIABLE = "ALMATY_MAP_CORRECTIONS"
"""Where corrections go: an e-mail address or an http(s) address."""
CORRECTIONS_SECRET = "corrections"
"""The same as a line of `.streamlit/secrets.toml`."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\"']+", re.ASCII)


def data_directory() -> Path:
    """Return the folder whose data the dashboard shows."""
    return Path(os.environ.get(DATA_VARIABLE) or DATA_DIR)


def corrections_link() -> str | None:
    """Return the link for corrections, or None where none is configured."""
    return link_of(os.environ.get(CORRECTIONS_VARIABLE) or _secret(CORRECTIONS_SECRET))


def link_of(address: str) -> str | None:
    """Turn an e-mail or web address into a link; anything else is none.

    Examples
    --------
    >>> link_of("desk@example.org")
    'mailto:desk@example.org'
    >>> link_of("javascript:alert(1)") is None
    True
    """
    if _MAIL.fullmatch(address):
        return f"mailto:{address}"
    return address if _WEB.fullmatch(address) else None


def _secret(name: str) -> str:
    """Read a secret; a deployment need not have any."""
    try:
        return str(st.secrets.get(name, ""))
    except StreamlitSecretNotFoundError:
        return ""
