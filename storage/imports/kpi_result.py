"""What an import of KPIs did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from journey.edit.command import Command
from journey.model.evidence import Kpi, Observation
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
class KpiValue:
    """One value of the sheet beside what the workspace has for its period; None where nothing."""

    new: Observation
    before: Observation | None = None

    @classmethod
    def of(cls, new: Observation, before: Observation | None) -> "KpiValue":
        """Return a value; one that is known is the same observation, whatever it says now."""
        return cls(new if before is None else replace(new, id=before.id), before)

    @property
    def is_other(self) -> bool:
        """Whether the workspace has another value, or another count behind it."""
        old = self.before
        return old is not None and (old.value, old.n) != (self.new.value, self.new.n)


@dataclass(frozen=True, slots=True)
class KpiSeen:
    """A KPI of the sheet with its touchpoint's name and all its values, in order of their periods.

    Whether they are taken in or not: a person sees them beside what is there.
    """

    kpi: Kpi
    touchpoint: str
    values: tuple[KpiValue, ...]

    @classmethod
    def of(
        cls,
        kpi: Kpi,
        touchpoint: str,
        found: Iterable[Observation],
        stored: Mapping[str, Observation],
    ) -> "KpiSeen":
        """Return a KPI's values beside those stored, by period."""
        ordered = sorted(found, key=lambda new: new.period)
        return cls(kpi, touchpoint, tuple(KpiValue.of(n, stored.get(n.period)) for n in ordered))


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
        from_tickets: whether they were counted, of tickets: skipped are then tickets, and warnings
            are also too_young, unsolved, unknown_fcr (with how many), no_fcr and no_response.
        matched: of a report, every row it counts for and the name of its touchpoint, "" for none.
        seen: every KPI of the sheet whose values go together, whatever of them is taken in.
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
    from_tickets: bool = False
    seen: tuple[KpiSeen, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a value was refused."""
        return bool(self.refused_cells)
