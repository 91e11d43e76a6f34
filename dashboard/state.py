"""What a view of the map is, and how the address, the map and a session say it.

Mostly pure: the session comes as a mapping, and nothing here imports
Streamlit. `bridge.js` spells the same parameters for the browser; a shared
table of cases proves that both agree.

What comes from the browser, by address or by message, is never trusted: it
passes through `from_url`, which drops what it cannot use.
"""

import math
import re
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from geo.dataset import Dataset
from geo.geocode import locate
from geo.labels import noop
from geo.query import Dropped, Query, select
from geo.timeline import format_moment
from geo.vocab import Mode

# Keys of the session.
STATE = "state"
"""The MapState last read from the address or heard from the map."""
ASK = "ask"
"""What the map is to show, as of the last time the server decided."""
DROPPED = "dropped"
"""What could not be used of the last address read."""
TURN = "turn"
"""What the reader last did to the Desk's form, as far as an answer needs it."""
LESSON = "lesson"
"""The Lesson last read from the address of the Class page or heard from it."""
LESSON_ASK = "lesson-ask"
"""What the Class page is to show, as ASK is for the other pages."""
LESSON_DROPPED = "lesson-dropped"
"""What could not be used of the last address of the Class page."""
OPENED = "opened"
"""The reader's own file, while it is open."""
ARRIVAL = "arrival"
"""What has come of a file that is on its way."""
GOT = "got"
"""How much of it the browser is told to have come."""

MAP_PARAMS = ("from", "to", "mode", "possible", "kinds", "by", "q", "id", "view")
"""Parameters that mirror the map's own state, in the order of the address."""
OTHER_PARAMS = (
    "corroboration",
    "place",
    "near",
    "within",
    "actor",
    "contested",
    "independent",
)
"""Parameters that reach the map only as the list of ids `only`."""
KEPT_PARAMS = ("lang", "step", "claim")
"""Parameters of a page that are no part of a view."""

NO_EVENT = noop("is not the id of an event")
"""Why an id is dropped; `address.about` says if it was withdrawn."""

# Without seconds and offset, as `timemap.state()` says it.
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)

Session: TypeAlias = MutableMapping[int | str, Any]
"""`st.session_state`, or a plain dict."""
Message: TypeAlias = dict[str, Any]
"""A partial state of the map, as `timemap.set` takes it."""


@dataclass(frozen=True)
class View:
    """Centre and zoom of the map; lat and lon in WGS84 degrees."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True)
class MapState:
    """Everything a link to the map holds; the defaults leave it as it opens."""

    query: Query = field(default_factory=Query)
    selected: str | None = None
    """Id of the event whose card is open."""
    view: View | None = None

    @property
    def narrowed(self) -> Mapping[str, str]:
        """Filters the map has no control of its own for, as parameters."""
        params = self.query.to_params()
        return {name: params[name] for name in OTHER_PARAMS if name in params}


@dataclass(frozen=True)
class Ask:
    """A state the map is to show once; a new id makes it a new wish."""

    id: str
    state: Message


def from_url(
    params: Mapping[str, str], dataset: Dataset
) -> tuple[MapState, tuple[Dropped, ...]]:
    """Read a view from the parameters of an address; never fails."""
    asked = {name: params[name] for name in params if name not in KEPT_PARAMS}
    query, dropped = Query.from_params(asked, dataset, locate=locate)
    selected = params.get("id") or None
    if selected is not None and selected not in dataset.events.index:
        dropped.append(Dropped("id", selected, NO_EVENT))
        selected = None
    view = _read_view(params.get("view", ""))
    if params.get("view") and view is None:
        reason = noop("is not latitude, longitude, zoom, such as 43.2389,76.9455,12")
        dropped.append(Dropped("view", params["view"], reason))
    return MapState(query, selected, view), tuple(dropped)


def to_url(state: MapState) -> dict[str, str]:
    """Write a view as parameters, in the order the address has them."""
    params = state.query.to_params()
    params["id"] = state.selected or ""
    params["view"] = _write_view(state.view)
    order = (*OTHER_PARAMS, *MAP_PARAMS)
    return {name: params[name] for name in order if params.get(name)}


def address_of(state: MapState, params: Mapping[str, str]) -> dict[str, str]:
    """Write a view into the address there is; what is no part of it stays."""
    kept = {name: params[name] for name in KEPT_PARAMS if name in params}
    return {**kept, **to_url(state)}


def to_message(state: MapState, dataset: Dataset) -> Message:
    """Write a view as the map takes it.

    Returns
    -------
    message
        Empty for the default view: the map then stays as it opens.
    """
    if state == MapState():
        return {}
    query = state.query
    message: Message = {
        "mode": query.mode.value,
        "possible": query.possible,
        "kinds": [kind.value for kind in query.kinds],
        "attributions": [attribution.value for attribution in query.by],
        "q": query.q,
        "only": _only(state, dataset),
        "selected": state.selected,
    }
    if query.start is not None or query.end is not None:
        # One without the other could end before the map's own start.
        message["from"] = format_moment(query.start or dataset.span.start)
        message["to"] = format_moment(query.end or dataset.span.end)
    if state.view is not None:
        view = state.view
        message["view"] = {"lat": view.lat, "lon": view.lon, "zoom": view.zoom}
    return message


def from_message(message: object, known: MapState, dataset: Dataset) -> MapState:
    """Read what the map says of itself; anything strange changes nothing.

    Parameters
    ----------
    message
        As the browser sent it: of any type.
    known
        The view so far. Its further filters stay while the map has a list.
    """
    if not isinstance(message, Mapping):
        return known
    others = {} if message.get("only") is None else known.narrowed
    state, _ = from_url({**others, **params_of_message(message)}, dataset)
    return state


def params_of_message(message: Mapping[str, Any]) -> dict[str, str]:
    """Write a message of the map as parameters; mirrors `paramsOf` in bridge.js.

    Words and ids are not checked against the data here.
    """
    q, selected = message.get("q"), message.get("selected")
    params = {
        "from": _moment(message.get("from")),
        "to": _moment(message.get("to")),
        "mode": Mode.SOFAR.value if message.get("mode") == Mode.SOFAR else "",
        "possible": "1" if message.get("possible") is True else "",
        "kinds": _words(message.get("kinds")),
        "by": _words(message.get("attributions")),
        "q": q if isinstance(q, str) and q.strip() else "",
        "id": selected if isinstance(selected, str) else "",
        "view": _view_text(message.get("view")),
    }
    return {name: text for name, text in params.items() if text}


def arrive(session: Session, params: Mapping[str, str], dataset: Dataset) -> MapState:
    """Take the view from the address, or keep the session's if it says nothing.

    Streamlit clears the address when the page changes, so an address without a
    view is a return to the page, not a wish for the default.
    """
    said = {
        name: params[name] for name in (*OTHER_PARAMS, *MAP_PARAMS) if name in params
    }
    known: MapState | None = session.get(STATE)
    if known is None or (said and said != to_url(known)):
        known, session[DROPPED] = from_url(params, dataset)
        show(session, known, dataset)
    return known


def forget_view(session: Session) -> None:
    """Let go of a view whose data are no longer shown."""
    for key in (STATE, ASK, DROPPED, TURN):
        session.pop(key, None)


def show(session: Session, state: MapState, dataset: Dataset) -> None:
    """Make a view the session's own and ask the map to show it."""
    session[STATE] = state
    session[ASK] = Ask(secrets.token_hex(4), to_message(state, dataset))


def show_all(
    session: Session, state: MapState, dataset: Dataset, *, moves: bool = True
) -> None:
    """Do what `show` does, with every event of a view that names no window.

    Left to itself the map opens on the days in which most happened.

    Parameters
    ----------
    moves
        False to leave centre and zoom as they are on screen.
    """
    query = state.query
    start, end = query.start or dataset.span.start, query.end or dataset.span.end
    whole = replace(state, query=replace(query, start=start, end=end))
    message = to_message(whole, dataset)
    if not moves:
        message.pop("view", None)
    session[STATE] = state
    session[ASK] = Ask(secrets.token_hex(4), message)


def hear(session: Session, message: object, dataset: Dataset) -> MapState:
    """Take the view from what the map says, without asking anything of it.

    What it said before it was told of the last wish is out of date.
    """
    known: MapState = session.get(STATE, MapState())
    ask: Ask | None = session.get(ASK)
    if ask and isinstance(message, Mapping) and message.get("ask", ask.id) != ask.id:
        return known
    session[STATE] = heard = from_message(message, known, dataset)
    return heard


def widened(state: MapState) -> MapState:
    """Return the view without the filters the map has no control for."""
    plain = Query()
    others = {
        name: getattr(plain, name)
        for name in ("corroboration", "place", "near", "within_m", "actor")
    }
    query = replace(state.query, contested=False, independent=False, **others)
    return replace(state, query=query)


def _only(state: MapState, dataset: Dataset) -> list[str] | None:
    """List the events that pass the filters the map has no control for."""
    narrowed = state.narrowed
    if not narrowed:
        return None
    query, _ = Query.from_params(narrowed, dataset, locate=locate)
    return list(select(dataset, query, locate=locate).statuses)


def _moment(value: object) -> str:
    """Pass a time in the map's own writing."""
    return value if isinstance(value, str) and _MOMENT.fullmatch(value) else ""


def _words(value: object) -> str:
    """Join the texts of a list."""
    if not isinstance(value, list):
        return ""
    return ",".join(word for word in value if isinstance(word, str) and word)


def _view_text(value: object) -> str:
    """Write a view as "lat,lon,zoom": 4 decimals are about 10 m here."""
    if not isinstance(value, Mapping):
        return ""
    parts = (
        _decimal(value.get("lat"), 4, 90),
        _decimal(value.get("lon"), 4, 180),
        _decimal(value.get("zoom"), 2, 30),
    )
    return ",".join(parts) if all(parts) else ""


def _decimal(value: object, digits: int, limit: float) -> str:
    """Write a number as JavaScript's toFixed rounds it, without closing zeros."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if not math.isfinite(value) or abs(value) > limit:
        return ""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(value).quantize(step, ROUND_HALF_UP).normalize()
    return f"{rounded + 0:f}"


def _read_view(text: str) -> View | None:
    """Read "lat,lon,zoom"."""
    try:
        lat, lon, zoom = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= 30):
        return None
    return View(lat, lon, zoom)


def _write_view(view: View | None) -> str:
    """Write a view for the address."""
    return "" if view is None else _view_text(vars(view))
