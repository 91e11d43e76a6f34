"""What a deployment configures: through its environment or Streamlit's secrets."""

import os
import re
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from geo.dataset import DATA_DIR, DataError, Problem
from geo.timemap.tiles import TileSource, tile_source

DATA_VARIABLE = "ALMATY_MAP_DATA"
"""A folder to read instead of the shipped `data/`."""
CORRECTIONS_VARIABLE = "ALMATY_MAP_CORRECTIONS"
"""Where corrections go: an e-mail address or an http(s) address."""
TILES_VARIABLE = "ALMATY_MAP_TILES"
"""Street tiles the reader may switch on: an address with {z}, {x} and {y}, or a
provider's name that xyzservices knows. Nothing is asked of it before."""
TILES_CREDIT_VARIABLE = "ALMATY_MAP_TILES_CREDIT"
"""The credit the tiles' provider asks for; a named provider brings its own."""
CORRECTIONS_SECRET = "corrections"
"""The same as a line of `.streamlit/secrets.toml`."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"https?://[^\s<>\"']+", re.ASCII)


def data_directory() -> Path:
    """Return the folder whose data the dashboard shows."""
    return Path(os.environ.get(DATA_VARIABLE) or DATA_DIR)


def tiles() -> TileSource | None:
    """Return the configured street tiles, or None where there are none.

    Raises
    ------
    DataError
        If what is configured cannot give tiles: a deployment should not run as
        if it did.
    """
    address = os.environ.get(TILES_VARIABLE)
    if not address:
        return None
    try:
        return tile_source(address, os.environ.get(TILES_CREDIT_VARIABLE, ""))
    except ValueError as error:
        raise DataError([Problem(TILES_VARIABLE, None, None, str(error))]) from None


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
