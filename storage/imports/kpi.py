"""Takes a sheet of KPIs in: series per touchpoint or for the whole company, as one command.

Observations are objects of the workspace, so nothing is written here: the command is all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from journey.edit.kpis import AddObservations
from journey.metrics.standard_kpis import MONEY, StandardKpi, recognised
from journey.model.evidence import Kpi, Observation
from journey.model.ids import (
    Kind,
    KpiId,
    LeaderId,
    ObservationId,
    Ref,
    TouchpointId,
    named_id,
    new_id,
)
from journey.model.people import Leader
from journey.model.text import clean_name
from journey.model.workspace import Entity, Workspace
from storage.errors import MappingError, SurveyKnownError
from storage.imports.events_matching import plain_name
from storage.imports.kpi_periods import Period, clash
from storage.imports.kpi_reading import (
    KpiCell,
    decimal_mark,
    direction,
    period_of,
    read_cells,
    read_value,
    undecided,
    unit_of,
)
from storage.imports.kpi_result import KpiImport, KpiTaken
from storage.imports.log_job import Progress, log_name, watcher
from storage.imports.mapping import Mapping, check_choices, check_columns
from storage.imports.rows import SkippedTally, open_table
from storage.imports.survey import IfKnown
from storage.imports.survey_chunks import RefusedCells
from storage.imports.survey_names import Names

# A share as the trade counts it; a unit in the file is compared with these in mind.
_SHARES = frozenset({"%", "percent", "prozent", "prosent", "procent"})


def import_kpi(
    workspace: Workspace,
    path: Path,
    mapping: Mapping,
    *,
    create: bool = False,
    journey: str | None = None,
    dry_run: bool = False,
    if_known: IfKnown = "refuse",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> KpiImport:
    """Read a sheet of KPIs.

    Args:
        workspace: only read.
        path: a table of any kind.
        mapping: with [[kpi]], or without: then the sheet's shape is found.
        create: make the touchpoints and leaders the sheet names and the workspace lacks.
        if_known: what to do where a KPI has another value for a period already: refuse, replace
            it, or add only new periods.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown_column, unknown_name, kpi_shape, period_clash, unit_clash,
            period_twice, kpi_direction, decimal_mark.
        SurveyKnownError: known, or nothing_new when adding.
        ImportCancelledError: `cancelled` said so.
    """
    check_choices(mapping)
    source = mapping.source
    table = open_table(
        path,
        encoding=source.encoding,
        separator=source.separator,
        header_rows=source.header_rows,
        sheet=source.sheet,
    )
    check_columns(mapping, table.columns)
    watch = watcher(progress, cancelled, path)
    reading = _Reading(workspace, Names(workspace, create=create, journey=journey), create)
    lines: set[int] = set()
    for cell in read_cells(table, mapping):
        if cell.line not in lines:
            lines.add(cell.line)
            watch(cell.line)
        reading.take(cell)
    return reading.result(log_name(path), len(lines), if_known, keep=not dry_run)


@dataclass(slots=True)
class _Series:
    """One KPI while its sheet is read."""

    name: str
    touchpoint: TouchpointId | None
    owner: LeaderId | None = None
    units: dict[str, str] = field(default_factory=dict)
    directions: dict[str, str] = field(default_factory=dict)
    target: str = ""
    cells: list[tuple[KpiCell, Period]] = field(default_factory=list)


class _Reading:
    """Gathers the cells of a sheet into series and turns them into objects."""

    def __init__(self, ws: Workspace, names: Names, create: bool) -> None:
        self._ws, self._names, self._create = ws, names, create
        self._series: dict[tuple[str, TouchpointId | None], _Series] = {}
        self._leaders = {plain_name(leader.name): leader.id for leader in ws.leaders.values()}
        self._needed: list[Entity] = []
        self._unknown: dict[str, tuple[str, ...]] = {}
        self._skipped = SkippedTally()
        self._refused: dict[tuple[str, str], RefusedCells] = {}
        self._warnings: list[tuple[str, str]] = []

    def take(self, cell: KpiCell) -> None:
        """Take one cell in, or count why not."""
        if not cell.name:
            self._skipped.add("blank_name", cell.line)
            return
        touchpoint = self._names.touchpoint(cell.touchpoint) if cell.touchpoint else None
        name = clean_name(cell.name)
        series = self._series.setdefault((plain_name(name), touchpoint), _Series(name, touchpoint))
        series.owner = series.owner or self._leader(cell.owner)
        series.target = series.target or cell.target
        if cell.unit:
            series.units.setdefault(_unit_key(cell.unit), unit_of(cell.unit))
        self._direct(series, cell)
        if not cell.value:
            self._skipped.add("blank", cell.line)
            return
        period = period_of(cell)
        if period is None:
            self._refuse(cell, "not_a_period", cell.period)
            return
        series.cells.append((cell, period))

    def _direct(self, series: _Series, cell: KpiCell) -> None:
        told = direction(cell.better)
        if told is None:
            raise MappingError("kpi_direction", (series.name,), detail=cell.better)
        if told:
            series.directions.setdefault(told, told)
            if len(series.directions) > 1:
                raise MappingError("kpi_direction", (series.name,), detail="higher | lower")

    def _refuse(self, cell: KpiCell, reason: str, example: str) -> None:
        known = self._refused.get((cell.place, reason))
        if known is None:
            known = RefusedCells(reason, cell.place, 0, cell.line, example[:200])
        self._refused[cell.place, reason] = replace(known, count=known.count + 1)

    def _leader(self, name: str) -> LeaderId | None:
        plain = plain_name(name)
        if not plain:
            return None
        found = self._leaders.get(plain)
        if found is None and not self._create:
            self._unknown[name] = tuple(sorted(each.name for each in self._ws.leaders.values())[:3])
        elif found is None:
            fresh = named_id(Kind.LEADER, plain)
            taken = self._ws.find(Ref(Kind.LEADER, fresh)) is not None
            leader = Leader(LeaderId(new_id(Kind.LEADER) if taken else fresh), clean_name(name))
            self._needed.append(leader)
            found = self._leaders[plain] = leader.id
        return found

    def result(self, name: str, records: int, if_known: IfKnown, *, keep: bool) -> KpiImport:
        """Return what was taken in, as one command."""
        self._names.refuse_unknown()
        if self._unknown:
            raise MappingError("unknown_name", tuple(self._unknown), self._unknown)
        taken, kpis, observations = [], [], []
        for series in self._series.values():
            kpi = self._kpi(series, if_known)
            mine = self._observations(series, kpi)
            new = list(self._unknown_yet(kpi, mine, if_known, series))
            if new or (mine and self._ws.kpis.get(kpi.id) != kpi):
                kpis.append(kpi)
                observations += new
                periods = tuple(sorted(o.period for o in new))
                taken.append(KpiTaken(kpi, self._names.touchpoint_name(kpi.touchpoint), periods))
        if if_known == "add" and not observations and self._series:
            raise SurveyKnownError("nothing_new", what="kpi", name=name)
        needed = (*self._names.needed, *self._needed)
        worth = keep and bool(kpis)
        return KpiImport(
            command=AddObservations(needed, kpis, observations, name) if worth else None,
            records=records,
            imported=len(observations),
            kpis=tuple(taken),
            skipped=self._skipped.result(),
            refused_cells=tuple(sorted(self._refused.values(), key=lambda c: (-c.count, c.column))),
            created=needed if worth else (),
            warnings=tuple(dict.fromkeys(self._warnings)),
        )

    def _kpi(self, series: _Series, if_known: IfKnown) -> Kpi:
        """Return the KPI a series is of: known by name and touchpoint, or new."""
        known = next(
            (
                kpi
                for kpi in self._ws.kpis.values()
                if plain_name(kpi.name) == plain_name(series.name)
                and kpi.touchpoint == series.touchpoint
            ),
            None,
        )
        standard = recognised(series.name)
        told = next(iter(series.directions), "")
        if known is None:
            better = told or (standard.better if standard else "")
            if not better:
                self._warnings.append(("direction_assumed", series.name))
            known = Kpi(
                KpiId(self._fresh(Kind.KPI, series.name, series.touchpoint or "")),
                series.name,
                series.touchpoint,
                better=better or "higher",
                measure=standard.key if standard else "",
                note=standard.definition if standard else "",
                target=standard.target if standard else None,
            )
            return self._amended(known, series, told)
        if if_known == "replace":
            return self._amended(known, series, told)
        target = _number(series.target)
        if target is not None and target != known.target:
            self._warnings.append(("target_kept", series.name))
        return replace(known, unit=self._unit(series, known) or known.unit)

    def _amended(self, kpi: Kpi, series: _Series, told: str) -> Kpi:
        """Return the KPI with what the sheet says of it."""
        target = _number(series.target)
        return replace(
            kpi,
            unit=self._unit(series, kpi),
            better=told or kpi.better,
            owner=series.owner or kpi.owner,
            target=kpi.target if target is None else target,
        )

    def _unit(self, series: _Series, kpi: Kpi) -> str:
        """Return the one unit of a series, with that of its values and of the known KPI.

        Raises:
            MappingError: unit_clash.
        """
        units = dict(series.units)
        bare = 0
        for cell, _ in series.cells:
            value = read_value(cell.value)
            if value is not None and value[1]:
                units.setdefault(_unit_key(value[1]), value[1])
            bare += value is not None and not value[1]
        if kpi.unit:
            units.setdefault(_unit_key(kpi.unit), kpi.unit)
        # Some cells with a unit and others bare: 45 % beside 0.45 are two scales.
        mixed = len(units) == 1 and bare and not series.units and not kpi.unit
        if len(units) > 1 or mixed:
            shown = [*units.values(), *(["(none)"] if mixed else [])]
            raise MappingError("unit_clash", (series.name,), detail=" | ".join(shown))
        standard = recognised(series.name)
        if not units and standard is not None and standard.unit not in ("%", MONEY):
            return standard.unit
        return next(iter(units.values()), self._ws.info.currency if _is_money(standard) else "")

    def _observations(self, series: _Series, kpi: Kpi) -> list[Observation]:
        """Return a series' values; one per period.

        Raises:
            MappingError: period_clash, period_twice, decimal_mark.
        """
        self._check_periods(series, kpi)
        values = [cell.value for cell, _ in series.cells]
        decimal = decimal_mark(values) or self._sheet_decimal()
        if decimal is None and (example := undecided(values)) is not None:
            raise MappingError("decimal_mark", (series.name,), detail=example)
        found: dict[str, Observation] = {}
        twice: dict[str, str] = {}
        for cell, period in series.cells:
            value = read_value(cell.value, decimal)
            if value is None:
                self._refuse(cell, "not_a_number", cell.value)
                continue
            new = Observation(
                ObservationId(self._fresh(Kind.OBSERVATION, kpi.id, period.text)),
                kpi.id,
                period.text,
                value[0],
                self._count(cell),
            )
            before = found.setdefault(period.text, new)
            if (before.value, before.n) != (new.value, new.n):
                twice[period.text] = f"{before.value:g} | {new.value:g}"
        if twice:
            detail = "; ".join(f"{period}: {values}" for period, values in twice.items())
            raise MappingError("period_twice", (series.name,), detail=detail[:300])
        return list(found.values())

    def _sheet_decimal(self) -> str | None:
        """Return the decimal mark of any value of the sheet that tells."""
        every = (cell.value for series in self._series.values() for cell, _ in series.cells)
        return decimal_mark(list(every))

    def _check_periods(self, series: _Series, kpi: Kpi) -> None:
        stored = (o.period for o in self._ws.observations.values() if o.kpi == kpi.id)
        mixed = clash([*(period.text for _, period in series.cells), *stored])
        if mixed is not None:
            raise MappingError("period_clash", (series.name,), detail=" | ".join(mixed))

    def _count(self, cell: KpiCell) -> int | None:
        number = _number(cell.n)
        if number is None or number < 0 or not number.is_integer():
            if cell.n:
                self._refuse(cell, "not_a_count", cell.n)
            return None
        return int(number)

    def _unknown_yet(
        self, kpi: Kpi, mine: Sequence[Observation], if_known: IfKnown, series: _Series
    ) -> Iterator[Observation]:
        """Yield what is to be put: new periods, and (replacing) other values of known ones.

        Raises:
            SurveyKnownError: a period is known, and it is neither to be replaced nor left.
        """
        stored = {o.period: o for o in self._ws.observations.values() if o.kpi == kpi.id}
        line = series.cells[0][0].line if series.cells else 0
        for new in mine:
            old = stored.get(new.period)
            if old is None:
                yield new
            elif if_known == "refuse":
                name = f"{series.name}, {new.period}"
                raise SurveyKnownError("known", what="kpi", name=name)
            elif if_known == "add" or (old.value, old.n) == (new.value, new.n):
                self._skipped.add("known", line)
            else:
                yield replace(new, id=old.id)

    def _fresh(self, kind: Kind, *names: str) -> str:
        """Return the id its names give, or a random one where that is taken."""
        wanted = named_id(kind, *(plain_name(name) for name in names))
        return wanted if self._ws.find(Ref(kind, wanted)) is None else new_id(kind)


def _unit_key(unit: str) -> str:
    plain = unit_of(unit).casefold()
    return "%" if plain in _SHARES else plain


def _is_money(standard: StandardKpi | None) -> bool:
    return standard is not None and standard.unit == MONEY


def _number(text: str) -> float | None:
    value = read_value(text) if text else None
    return None if value is None else value[0]
