"""One row of each kind, validated on its own.

What a row can say by itself is checked here; what needs other rows (ids that
refer to something, sets that must agree) is checked in ``checks``. How one
cell is read is in ``cells``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from geo.cells import (
    AsOf,
    Figure,
    Id,
    Ids,
    Length,
    Locators,
    Moment,
    OptionalId,
    Text,
    Texts,
    Title,
    read_code,
    require_order,
    shown,
)
from geo.problems import ColumnError, quoted
from geo.said import said
from geo.vocab import (
    Attribution,
    Confidence,
    Corroboration,
    Direction,
    Kind,
    LegEvidence,
    PlaceKind,
    PlacePrecision,
    Sketch,
    StreetLayer,
    TimeBasis,
    TimePrecision,
    Topic,
    Unit,
)

AttributionCell = Annotated[Attribution, BeforeValidator(read_code(Attribution))]
ConfidenceCell = Annotated[Confidence, BeforeValidator(read_code(Confidence))]
CorroborationCell = Annotated[Corroboration, BeforeValidator(read_code(Corroboration))]
DirectionCell = Annotated[Direction, BeforeValidator(read_code(Direction))]
KindCell = Annotated[Kind, BeforeValidator(read_code(Kind))]
LegEvidenceCell = Annotated[LegEvidence, BeforeValidator(read_code(LegEvidence))]
PlaceKindCell = Annotated[PlaceKind, BeforeValidator(read_code(PlaceKind))]
PlacePrecisionCell = Annotated[
    PlacePrecision, BeforeValidator(read_code(PlacePrecision))
]
SketchCell = Annotated[Sketch, BeforeValidator(read_code(Sketch))]
StreetLayerCell = Annotated[StreetLayer, BeforeValidator(read_code(StreetLayer))]
TimeBasisCell = Annotated[TimeBasis, BeforeValidator(read_code(TimeBasis))]
TimePrecisionCell = Annotated[TimePrecision, BeforeValidator(read_code(TimePrecision))]
TopicCell = Annotated[Topic, BeforeValidator(read_code(Topic))]
UnitCell = Annotated[Unit, BeforeValidator(read_code(Unit))]


class Row(BaseModel):
    """What all rows share: frozen, and no column that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class EventRow(Row):
    """One row of events.csv."""

    id: Id
    title: Title
    summary: Text
    kind: KindCell
    start: Moment
    end: Moment
    earliest: Moment
    latest: Moment
    time_precision: TimePrecisionCell
    time_basis: TimeBasisCell
    places: Ids
    route: OptionalId
    attribution: AttributionCell
    corroboration: CorroborationCell
    actors: Texts
    article_locator: Locators
    sources: Ids
    contradictions: Texts
    note: Text
    title_ru: Text = ""
    title_kk: Text = ""
    summary_ru: Text = ""
    summary_kk: Text = ""
    actors_ru: Texts = ()
    actors_kk: Texts = ()
    contradictions_ru: Texts = ()
    contradictions_kk: Texts = ()
    note_ru: Text = ""
    note_kk: Text = ""

    @model_validator(mode="after")
    def _bounds_are_ordered(self) -> Self:
        """Hold ``earliest <= start <= end <= latest``."""
        steps = ("earliest", "start", "end", "latest")
        require_order({step: getattr(self, step) for step in steps})
        return self


class EvidenceRow(Row):
    """One row of evidence.csv: what one source adds to one event."""

    event: Id
    source: Id
    adds: Text
    adds_ru: Text = ""
    adds_kk: Text = ""


class ClaimRow(Row):
    """One row of claims.csv: a figure, or a time, somebody has given."""

    topic: TopicCell
    value: Figure
    low: Figure
    high: Figure
    unit: UnitCell
    claimant: Title
    as_of: AsOf
    source: OptionalId
    note: Text
    claimant_ru: Text = ""
    claimant_kk: Text = ""
    note_ru: Text = ""
    note_kk: Text = ""

    @model_validator(mode="after")
    def _figures_are_ordered(self) -> Self:
        """Hold ``low <= value <= high``, and at least one of them."""
        figures = {"low": self.low, "value": self.value, "high": self.high}
        known = {name: each for name, each in figures.items() if each is not None}
        if not known:
            raise ColumnError("value", said("is empty, and so are low and high"))
        wanted = datetime if self.unit is Unit.TIME else float
        for name, each in known.items():
            if not isinstance(each, wanted):
                message = said(
                    "{value} does not go with the unit {unit}",
                    value=shown(each),
                    unit=self.unit,
                )
                raise ColumnError(name, message)
        require_order(figures)
        return self


class MomentRow(Row):
    """One row of moments.csv: a stretch of time one click away."""

    id: Id
    title: Title
    start: Moment
    end: Moment
    title_ru: Text = ""
    title_kk: Text = ""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        """Hold ``start < end``: an empty window shows nothing."""
        require_order({"start": self.start, "end": self.end})
        if self.start == self.end:
            raise ColumnError("end", said("is not later than {column}", column="start"))
        return self


class PlaceRow(Row):
    """The properties of one feature of locations.geojson."""

    id: Id
    name_en: Title
    name_ru: Text
    name_kk: Text
    kind: PlaceKindCell
    precision: PlacePrecisionCell
    radius_m: Length | None
    address: Text
    confidence: ConfidenceCell
    source: Text
    note: Text
    street: OptionalId
    address_ru: Text = ""
    address_kk: Text = ""
    note_ru: Text = ""
    note_kk: Text = ""


class RouteRow(Row):
    """One entry of the list ``routes`` in routes.geojson."""

    id: Id
    title: Title
    start: Moment | None
    end: Moment | None
    earliest_start: Moment | None
    latest_start: Moment | None
    earliest_end: Moment | None
    latest_end: Moment | None
    time_basis: Text
    claimed_km: Length | None
    direction: DirectionCell
    article_locator: Locators
    conflicts: Texts
    unknown: Texts
    note: Text
    title_ru: Text = ""
    title_kk: Text = ""
    time_basis_ru: Text = ""
    time_basis_kk: Text = ""
    conflicts_ru: Texts = ()
    conflicts_kk: Texts = ()
    unknown_ru: Texts = ()
    unknown_kk: Texts = ()
    note_ru: Text = ""
    note_kk: Text = ""

    @model_validator(mode="after")
    def _times_are_ordered(self) -> Self:
        """Hold each time between its own bounds, and the start before the end."""
        for one in ("start", "end"):
            steps = (f"earliest_{one}", one, f"latest_{one}")
            require_order({step: getattr(self, step) for step in steps})
        require_order({"start": self.start, "end": self.end})
        return self


class LegRow(Row):
    """The properties of one feature of routes.geojson."""

    route: Id
    leg: Id
    order: Annotated[int, Field(strict=True, ge=1)]
    street: Text
    evidence: LegEvidenceCell
    start: Moment | None
    end: Moment | None
    sources: Ids
    note: Text
    from_place: OptionalId
    to_place: OptionalId
    sketch: SketchCell
    street_ru: Text = ""
    street_kk: Text = ""
    note_ru: Text = ""
    note_kk: Text = ""

    @model_validator(mode="after")
    def _sketch_has_its_ends(self) -> Self:
        """Hold what a sketch needs to be drawn, and no more than is known."""
        require_order({"start": self.start, "end": self.end})
        if self.evidence is LegEvidence.UNKNOWN and self.sketch is Sketch.LINE:
            raise ColumnError(
                "sketch",
                said(
                    "evidence is {evidence}: such a leg is listed, never drawn as a line",
                    evidence=self.evidence,
                ),
            )
        needs_start = self.sketch in (Sketch.LINK, Sketch.AREA, Sketch.POINT)
        if needs_start and self.from_place is None:
            message = said("a sketch {sketch} needs it", sketch=self.sketch)
            raise ColumnError("from_place", message)
        if self.sketch is Sketch.LINK and self.to_place is None:
            message = said("a sketch {sketch} needs it", sketch=self.sketch)
            raise ColumnError("to_place", message)
        return self


class StreetRow(Row):
    """The properties of one feature of streets.geojson."""

    id: Id
    layer: StreetLayerCell
    kind: Text
    name_en: Title
    name_ru: Text
    name_kk: Text
    rank: Annotated[int, Field(strict=True, ge=1, le=3)]
    note: Text


class BasemapRow(Row):
    """The properties of one feature of basemap.geojson."""

    id: Id
    name_en: Text
    name_ru: Text
    name_kk: Text
    rank: Annotated[int, Field(strict=True, ge=1, le=4)]


def _require_day(*parts: int) -> None:
    """Refuse a year, month and day that no calendar has."""
    try:
        date(*parts)
    except (ValueError, OverflowError) as error:
        message = said("{value} is no day of the calendar", value=quoted(list(parts)))
        raise ValueError(message) from error


class Issued(BaseModel):
    """A CSL date; only ``date-parts`` is read, and it may be incomplete."""

    model_config = ConfigDict(frozen=True, extra="allow")

    date_parts: tuple[tuple[int, ...], ...] = Field(
        alias="date-parts", min_length=1, max_length=2
    )

    @model_validator(mode="after")
    def _is_a_date(self) -> Self:
        """Refuse what no calendar has."""
        for parts in self.date_parts:
            if not 1 <= len(parts) <= 3:
                raise ValueError(
                    said("date-parts are [year], [year, month] or [year, month, day]")
                )
            _require_day(*(*parts, 1, 1)[:3])
        return self


class Origin(Row):
    """Our own word on a source, under CSL's ``custom``."""

    official_origin: bool = Field(default=False, strict=True)
    dependence: str | None = None
    dependence_ru: str | None = None
    dependence_kk: str | None = None


class SourceItem(BaseModel):
    """One item of sources.json: CSL-JSON, whose further fields may stand too."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Id
    type: Title
    title: Title
    publisher: str | None = None
    container_title: str | None = Field(default=None, alias="container-title")
    url: str | None = Field(default=None, alias="URL")
    issued: Issued | None = None
    custom: Origin = Origin()
