"""KPI series: observations in their order, against the target."""

from collections import defaultdict
from dataclasses import dataclass

from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, TouchpointId
from journey.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class KpiSeries:
    """One KPI with its observations, the earliest first.

    Attributes:
        met: whether the latest observation reaches the target; None without either.
    """

    kpi: Kpi
    observations: tuple[Observation, ...]
    met: bool | None

    @property
    def latest(self) -> Observation | None:
        """The last observation."""
        return self.observations[-1] if self.observations else None


def kpi_series(workspace: Workspace, touchpoint: TouchpointId | None) -> tuple[KpiSeries, ...]:
    """Return the KPIs of a touchpoint, or (None) of the whole company, by name."""
    mine = {k.id: k for k in workspace.kpis.values() if k.touchpoint == touchpoint}
    seen: dict[KpiId, list[Observation]] = defaultdict(list)
    for observation in workspace.observations.values():
        if observation.kpi in mine:
            seen[observation.kpi].append(observation)
    found = []
    for kpi in sorted(mine.values(), key=lambda k: (k.name.casefold(), k.id)):
        # Periods of one series are of one kind (imports see to it), and such texts sort as time.
        ordered = tuple(sorted(seen[kpi.id], key=lambda o: (o.period, o.id)))
        met = None
        if ordered and kpi.target is not None:
            value = ordered[-1].value
            met = value <= kpi.target if kpi.better == "lower" else value >= kpi.target
        found.append(KpiSeries(kpi, ordered, met))
    return tuple(found)
