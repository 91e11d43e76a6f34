"""Addresses from data that may become links."""

from urllib.parse import urlsplit


def web_address(url: object) -> str | None:
    """The address if it is one a browser may safely open, else None.

    Only http and https with a host pass: anything else that stands in a data
    file (``javascript:``, ``data:``, a path) stays text.

    Examples
    --------
    >>> web_address("https://example.org/a")
    'https://example.org/a'
    >>> web_address("javascript:alert(1)") is None
    True
    """
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return (
        url.strip()
        if parts.scheme.lower() in ("http", "https") and parts.netloc
        else None
    )
