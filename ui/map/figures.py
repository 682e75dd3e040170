"""The figures a map shows, as facts; the map words and draws them, it computes none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from journey.model.ids import KpiId, PainPointId, TouchpointId
from journey.model.workspace import Workspace
from ui.numbers import number
from ui.shell.widgets.marks import ChipFace, ChipState

_MOST_DECIMALS: Final = 3
_Key = TypeVar("_Key")


def margin_words(margin: float, decimals: int) -> str:
    """Return a margin as "±8"; one that would read as none takes more digits: "±0.02"."""
    while 0 < margin < 0.5 * 10.0**-decimals and decimals < _MOST_DECIMALS:
        decimals += 1
    return f"±{number(margin, decimals)}"


@dataclass(frozen=True, slots=True)
class ChipFact:
    """One metric of a touchpoint.

    Attributes:
        label: the metric as people call it ("NPS").
        value, margin: in the metric's unit; None where there is nothing to show.
        n: answers behind it.
        decimals: digits after the point.
        signed: whether a plus is shown, as an NPS has it.
    """

    label: str
    value: float | None = None
    margin: float | None = None
    n: int = 0
    state: ChipState = ChipState.MEASURED
    decimals: int = 0
    signed: bool = False

    @property
    def face(self) -> ChipFace:
        """The chip's texts."""
        value = "" if self.value is None else number(self.value, self.decimals, signed=self.signed)
        margin = "" if self.margin is None else margin_words(self.margin, self.decimals)
        return ChipFace(self.label, value, margin, number(self.n, 0), self.state)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured experience, −100 … +100, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half the interval's width."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class TouchpointFigures:
    """What was measured at one touchpoint.

    Attributes:
        level: A to C where enough answers were given, else "".
    """

    chips: tuple[ChipFact, ...] = ()
    experience: Measured | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class KpiFigure:
    """A KPI's latest value in its unit; ok: target reached, None where it has no target."""

    value: float
    ok: bool | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class MapFigures:
    """Everything measured that a map shows; what is missing was not asked.

    Attributes:
        levels: the level of evidence, A to F, of pain points.
    """

    touchpoints: Mapping[TouchpointId, TouchpointFigures] = field(default_factory=dict)
    kpis: Mapping[KpiId, KpiFigure] = field(default_factory=dict)
    levels: Mapping[PainPointId, str] = field(default_factory=dict)


NO_FIGURES: Final = MapFigures()
NOTHING_MEASURED: Final = TouchpointFigures()


def differing(ws: Workspace, before: MapFigures, after: MapFigures) -> set[TouchpointId]:
    """Return the touchpoints whose columns show other figures than before."""
    found = _others(before.touchpoints, after.touchpoints)
    kpis = (ws.kpis.get(key) for key in _others(before.kpis, after.kpis))
    found |= {kpi.touchpoint for kpi in kpis if kpi is not None and kpi.touchpoint is not None}
    pains = _others(before.levels, after.levels)
    # An improvement stands under all it addresses, and shows the best level of them.
    for improvement in ws.improvements.values() if pains else ():
        if not pains.isdisjoint(improvement.addresses):
            pains.update(improvement.addresses)
    at = (ws.pain_points.get(key) for key in pains)
    return found | {pain.touchpoint for pain in at if pain is not None and pain.touchpoint}


def _others(before: Mapping[_Key, object], after: Mapping[_Key, object]) -> set[_Key]:
    """Return the keys that one of two tables lacks, or that stand for something else."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
