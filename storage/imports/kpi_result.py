"""What an import of KPIs did."""

from dataclasses import dataclass

from journey.edit.command import Command
from journey.model.evidence import Kpi
from journey.model.workspace import Entity
from storage.imports.events_matching import Matched
from storage.imports.kpi_clashes import KpiClash
from storage.imports.rows import Skipped
from storage.imports.survey_chunks import RefusedCells


@dataclass(frozen=True, slots=True)
class KpiTaken:
    """A KPI with its touchpoint's name and the periods that were taken in, ascending."""

    kpi: Kpi
    touchpoint: str
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KpiImport:
    """What an import of KPIs did.

    Attributes:
        command: puts KPIs and observations; None where nothing is kept.
        records: records of the sheet; imported: observations taken in.
        skipped: values left out: blank, or (adding) of a period known already.
        refused_cells: values that are none; their records' other values were kept.
        warnings: (reason, name): direction_assumed, target_kept.
        clashes: series left out because their values do not go together and nobody chose yet.
        matched: of a report, every row it counts for and the name of its touchpoint, "" for none.
    """

    command: Command | None
    records: int
    imported: int
    kpis: tuple[KpiTaken, ...]
    skipped: tuple[Skipped, ...] = ()
    refused_cells: tuple[RefusedCells, ...] = ()
    created: tuple[Entity, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    clashes: tuple[KpiClash, ...] = ()
    matched: tuple[Matched, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a value was refused."""
        return bool(self.refused_cells)
