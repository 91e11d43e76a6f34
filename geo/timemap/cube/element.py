"""The map of a cube, and the one page it stands in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.dataset import Dataset, load
from geo.texts import Texts
from geo.timemap import assets
from geo.timemap.cube.payload import CubePayload, cube_payload_of
from geo.timemap.cube.reading import Cube, read_cube
from geo.timemap.element import BaseMap, Page, TimeMap
from geo.vocab import Unit


class CubeMap(TimeMap):
    """Timeline and counts of a cube on a `BaseMap`, over a dataset's streets."""

    def __init__(
        self,
        base: BaseMap,
        ground: Dataset,
        cube: Cube,
        *,
        texts: Texts,
        state: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(base, ground, texts=texts, state=state)
        self.cube = cube
        self.way = assets.Way.CUBE

    def _payload(self) -> CubePayload:
        """What the script is given."""
        return cube_payload_of(self.cube, self.dataset, self.texts, self.state)

    def _views(self) -> dict[str, Any]:
        """Nothing is said of single events: there are none."""
        nothing = ("routes", "moments", "headings", "places", "sources")
        title = self.texts.t("Events counted by place, hour and kind")
        clock = self.texts.label(Unit.TIME)
        return {"title": title, "clock": clock, **{name: [] for name in nothing}}


def render_cube_page(
    folder: Path,
    *,
    texts: Texts | None = None,
    title: str | None = None,
    state: Mapping[str, Any] | None = None,
) -> str:
    """One self-contained HTML document that plays a folder of counts.

    Parameters
    ----------
    folder
        As `geo.cube` makes it.
    title
        The document's title; by default the map's own.
    state
        The first state, as `geo.timemap.render_page` takes it.

    Raises
    ------
    CubeError
        If the folder cannot be read.
    """
    texts = texts or Texts()
    cube = read_cube(folder)
    base = BaseMap()
    title = title or texts.t("Events counted by place, hour and kind")
    page = Page(language=texts.language, title=title)
    page.add_child(base)
    CubeMap(base, load(), cube, texts=texts, state=state)
    return assets.squeezed(page.render())
