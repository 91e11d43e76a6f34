"""What is compared, and by which keys a reader moves each one's window."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.expected import Reader
from bench.rows import SHIPPED
from tests.browser.server import ROOT

PEERS_DIR = Path(__file__).parent / "peers"
Key = tuple[str, str]
"""A selector that takes the focus, and the key that is pressed on it."""


@dataclass(frozen=True)
class Control:
    """How a subject's window is moved on and back by a day."""

    forward: Key
    back: Key
    frame: Literal["page", "own", "plugin"] = "page"
    """Where it stands: in the page, in this map's frame, in a plugin's."""
    play: str = ""
    """A selector of the button that plays; "" where nothing plays."""


SLIDER = Control(
    forward=("[data-testid=stSlider] input[type=range]", "ArrowRight"),
    back=("[data-testid=stSlider] input[type=range]", "ArrowLeft"),
)
OWN = Control(
    forward=("[data-part=forward]", "Enter"),
    back=("[data-part=back]", "Enter"),
    frame="own",
    play="[data-part=play]",
)
TIME_DIMENSION = Control(
    forward=(".timecontrol-forward", "Enter"),
    back=(".timecontrol-backward", "Enter"),
    frame="plugin",
    play=".timecontrol-play",
)
# A tenth of a range, which spans ten days.
RANGE = Control(
    forward=(".time-slider", "PageUp"),
    back=(".time-slider", "PageDown"),
    frame="plugin",
    play="button.play",
)


@dataclass(frozen=True)
class Subject:
    """A page under test."""

    key: str
    name: str
    module: str
    reader: Reader
    control: Control = SLIDER
    by_start: bool = False
    """It knows one time an event, its start."""
    needs_npm: bool = False

    def script(self, size: int) -> Path:
        """Return what Streamlit runs; the shipped data are this project's app."""
        if self.key == "P" and size == SHIPPED:
            return ROOT / "app.py"
        return PEERS_DIR / f"{self.module}.py"


EMPTY = Subject("empty", "a page with one line of text", "empty", "empty")
OURS = Subject("P", "this project", "own", "timemap", OWN)
PEERS = (
    Subject(
        "A",
        "st.slider, folium rebuilt, a Marker an event, st_folium",
        "slider_markers",
        "leaflet",
    ),
    Subject("A2", "as A, with one GeoJson layer", "slider_geojson", "leaflet"),
    Subject(
        "C",
        "st_folium, feature_group_to_add, in a fragment",
        "fragment_group",
        "leaflet",
    ),
    Subject(
        "E1",
        "folium's TimestampedGeoJson",
        "timestamped",
        "leaflet",
        TIME_DIMENSION,
        by_start=True,
        needs_npm=True,
    ),
    Subject(
        "E2",
        "folium's Timeline and TimelineSlider",
        "timeline",
        "leaflet",
        RANGE,
        needs_npm=True,
    ),
    Subject("F", "st.pydeck_chart", "deck", "deck"),
    Subject("G", "st.plotly_chart, a map of Plotly's", "plotly_map", "plotly"),
)
SUBJECTS = (OURS, *PEERS)
