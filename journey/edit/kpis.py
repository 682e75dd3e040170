"""The command that takes a sheet of KPIs in."""

from collections.abc import Iterator, Sequence

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, put
from journey.edit.entrance import cleaned
from journey.model.evidence import Kpi, Observation
from journey.model.ids import Kind
from journey.model.workspace import Entity, Workspace


class AddObservations(Command):
    """Put KPIs with their observations, after what they need on the map.

    A KPI or an observation whose id is there already is replaced.
    """

    def __init__(
        self,
        needed: Sequence[Entity],
        kpis: Sequence[Kpi],
        observations: Sequence[Observation],
        name: str = "",
    ) -> None:
        super().__init__()
        self._entities: tuple[Entity, ...] = (*needed, *kpis, *observations)
        self._summary = Summary("import", Kind.KPI, name, max(len(kpis), 1))

    @property
    def summary(self) -> Summary:
        """The file's name, or how many KPIs."""
        return self._summary

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the needed objects, the KPIs, then the observations."""
        for entity in self._entities:
            yield put(ws, cleaned(entity))
