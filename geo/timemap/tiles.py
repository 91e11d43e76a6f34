"""Street tiles that a deployment may offer; none are asked for by default.

Holds what is known of one provider and refuses what cannot work: the map
stands in a sandboxed frame that sends no Referer, which OpenStreetMap's own
tile servers demand.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import xyzservices.providers
from xyzservices import TileProvider

from geo.said import said

_REFUSED_HOSTS = ("tile.openstreetmap.org", "tile.osm.org")


@dataclass(frozen=True)
class TileSource:
    """Where street tiles come from and whom they are owed to."""

    url: str
    """An http(s) address with {z}, {x} and {y}, and {s} where hosts alternate."""
    credit: str
    """Plain text that stands on the map while the tiles are shown."""
    max_zoom: int = 19

    def __post_init__(self) -> None:
        """Refuse an address that cannot give tiles.

        Raises
        ------
        ValueError
            If a part is missing, the scheme is not http(s), the host needs a
            Referer, or the credit is empty.
        """
        parts, shown = urlsplit(self.url), repr(self.url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError(
                said("tile address {address} is not an http(s) address", address=shown)
            )
        missing = [name for name in ("{z}", "{x}", "{y}") if name not in self.url]
        if missing:
            raise ValueError(
                said(
                    "tile address {address} lacks {missing}",
                    address=shown,
                    missing=missing,
                )
            )
        if (parts.hostname or "").endswith(_REFUSED_HOSTS):
            raise ValueError(
                said(
                    "{host} demands a Referer, which the map's frame does not send",
                    host=parts.hostname,
                )
            )
        if not re.fullmatch(r"[\w.:*{}\[\]-]+", parts.netloc):
            raise ValueError(
                said("tile address {address} has no usable host", address=shown)
            )
        if not self.credit.strip():
            raise ValueError(said("tiles need the credit that their provider asks for"))

    @property
    def origin(self) -> str:
        """The hosts as a Content-Security-Policy names them.

        Examples
        --------
        >>> TileSource("https://{s}.tiles.example/{z}/{x}/{y}.png", "Example").origin
        'https://*.tiles.example'
        """
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def tile_source(name_or_url: str, credit: str = "") -> TileSource:
    """Make a source of an address, or of a provider's name that xyzservices knows.

    Raises
    ------
    ValueError
        If the name is not known, the provider needs a key, or as `TileSource`.

    Examples
    --------
    >>> tile_source("OpenTopoMap").origin
    'https://*.tile.opentopomap.org'
    """
    if "{" in name_or_url:
        return TileSource(name_or_url, credit)
    try:
        provider: TileProvider = xyzservices.providers.query_name(name_or_url)
    except ValueError:
        raise ValueError(
            said("no tile provider is called {name}", name=repr(name_or_url))
        ) from None
    if provider.requires_token():
        raise ValueError(
            said(
                "{name} needs a key: give its address with the key in it",
                name=str(provider.name),
            )
        )
    return TileSource(
        url=provider.build_url(scale_factor="", fill_subdomain=False),
        credit=credit or str(provider.attribution),
        max_zoom=int(provider.get("max_zoom", 19)),
    )
