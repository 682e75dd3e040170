"""Takes a sheet of KPIs in: series per touchpoint or for the whole company, as one command.

Observations are objects of the workspace, so nothing is written here: the command is all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from journey.edit.kpis import AddObservations
from journey.metrics.standard_kpis import MONEY, recognised, standard_kpi
from journey.model.evidence import Kpi, Observation
from journey.model.ids import (
    Kind,
    KpiId,
    ObservationId,
    Ref,
    TouchpointId,
    named_id,
    new_id,
)
from journey.model.text import clean_name
from journey.model.workspace import Workspace
from storage.errors import MappingError, SurveyKnownError
from storage.imports.events_matching import plain_name
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_clashes import (
    SKIP,
    Choices,
    Known,
    KpiClash,
    choices_of,
    find_clash,
    settle,
    with_periods,
)
from storage.imports.kpi_leaders import Leaders
from storage.imports.kpi_places import RowPlaces
from storage.imports.kpi_reading import (
    decimal_mark,
    direction,
    number_in,
    period_of,
    read_cells,
    unit_of,
)
from storage.imports.kpi_result import KpiImport, KpiSeen, KpiTaken
from storage.imports.kpi_series import Series, unit_key
from storage.imports.log_job import Progress, log_name, watcher
from storage.imports.mapping import Mapping, check_choices, check_columns
from storage.imports.rows import SkippedTally, open_table
from storage.imports.survey_chunks import RefusedCells
from storage.imports.survey_names import Names
from storage.imports.ticket_columns import with_tickets
from storage.imports.tickets import TicketsRead, read_tickets

# Beside what is done with surveys: a KPI whose periods are known becomes another KPI.
IfKnownKpi = Literal["refuse", "replace", "add", "separate"]


def import_kpi(
    workspace: Workspace,
    path: Path,
    mapping: Mapping,
    *,
    create: bool = False,
    journey: str | None = None,
    dry_run: bool = False,
    if_known: IfKnownKpi = "refuse",
    choices: Choices | None = None,
    new_rows: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> KpiImport:
    """Read a sheet of KPIs.

    Args:
        workspace: only read.
        path: a table of any kind.
        mapping: with [[kpi]] or [tickets], or without: then the sheet's shape is found.
        create: make the touchpoints and leaders the sheet names and the workspace lacks.
        if_known: what to do where a KPI has another value for a period already: refuse, replace
            it, add only new periods, or keep both, the new ones as a KPI of its own.
        choices: what becomes of values that do not go together, by KpiClash.key, beside those of
            the mapping; what is open or known is left out, in `clashes` or `seen`. None raises it.
        new_rows: whether a row of a report that is no touchpoint yet is taken as one; where the
            mapping names rows, only those are.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown_column, unknown_name, kpi_shape, report_period, too_many_rows,
            ticket_unit, ticket_period, ticket_columns, or what a KpiClash has as its reason.
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
    chosen = {**choices_of(mapping), **(choices or {})}
    mapping = with_periods(mapping, chosen)
    watch = watcher(progress, cancelled, path)
    names = Names(workspace, create=create, journey=journey)
    places = RowPlaces(names, mapping.activities, make=new_rows and not mapping.activities)
    reading = _Reading(workspace, names, create, places, chosen)
    reading.asks = choices is not None
    lines: set[int] = set()
    mapping = with_tickets(mapping, table)
    if mapping.tickets is not None:
        read = read_tickets(table, mapping, watch, workspace.info.fiscal_year_start_month)
        reading.take_tickets(read)
        taken = reading.result(log_name(path), read.records, if_known, keep=not dry_run)
        return replace(taken, from_tickets=True)
    try:
        for cell in read_cells(table, mapping):
            if cell.line not in lines:
                lines.add(cell.line)
                watch(cell.line)
            reading.take(cell)
    except MappingError as error:
        if choices is None or error.reason != "report_period":
            raise
        reading.leave_open(error)
    return reading.result(log_name(path), len(lines), if_known, keep=not dry_run)


class _Reading:
    """Gathers the cells of a sheet into series and turns them into objects."""

    def __init__(
        self, ws: Workspace, names: Names, create: bool, places: RowPlaces, choices: Choices
    ) -> None:
        self.asks = False
        self._ws, self._names = ws, names
        self._places = places
        self._choices = choices
        self._clashes: list[KpiClash] = []
        self._series: dict[tuple[str, TouchpointId | None], Series] = {}
        self._leaders = Leaders(ws, create=create)
        self._skipped = SkippedTally()
        self._refused: dict[tuple[str, str], RefusedCells] = {}
        self._warnings: list[tuple[str, str]] = []

    def take(self, cell: KpiCell) -> None:
        """Take one cell in, or count why not."""
        if not cell.name:
            self._skipped.add("blank_name", cell.line)
            return
        touchpoint = self._names.touchpoint(cell.touchpoint) if cell.touchpoint else None
        if cell.row:
            touchpoint = self._places.find(cell.row)
            if touchpoint is None:
                self._skipped.add("no_touchpoint", cell.line)
                return
        name = clean_name(cell.name)
        series = self._series.setdefault((plain_name(name), touchpoint), Series(name, touchpoint))
        series.owner = series.owner or self._leaders.find(cell.owner)
        series.measure, series.note = cell.measure, cell.note
        series.target = series.target or cell.target
        if cell.unit:
            series.units.setdefault(unit_key(cell.unit), unit_of(cell.unit))
        if cell.better:
            series.directions.setdefault(direction(cell.better) or cell.better, cell.better)
        if cell.is_blank:
            self._skipped.add("blank", cell.line)
            return
        period = period_of(cell)
        if period is None:
            self._refuse(cell, "not_a_period", cell.period)
            return
        series.cells.append((cell, period))

    def leave_open(self, error: MappingError) -> None:
        """Keep what days of a report stand for as a choice."""
        for days, periods in error.nearest.items():
            options = (*periods, SKIP)
            self._clashes.append(KpiClash(days, "", error.reason, days, options))

    def _refuse(self, cell: KpiCell, reason: str, example: str) -> None:
        known = self._refused.get((cell.place, reason))
        if known is None:
            known = RefusedCells(reason, cell.place, 0, cell.line, example[:200])
        self._refused[cell.place, reason] = replace(known, count=known.count + 1)

    def take_tickets(self, read: TicketsRead) -> None:
        """Take the figures of a table of tickets in, with what of it could not be read."""
        self._skipped = SkippedTally({each.reason: each for each in read.skipped})
        self._refused |= {(cell.column, cell.reason): cell for cell in read.refused}
        for cell in read.cells:
            self.take(cell)
        self._warnings += read.facts

    def result(self, name: str, records: int, if_known: IfKnownKpi, *, keep: bool) -> KpiImport:
        """Return what was taken in, as one command."""
        if self._places.too_many:
            detail = str(len(self._places.matched))
            raise MappingError("too_many_rows", (name,), detail=detail)
        self._names.refuse_unknown()
        self._leaders.refuse_unknown()
        seen, taken, kpis, observations = [], [], [], []
        for series in self._settled(if_known):
            kpi = self._kpi(series, if_known)
            mine = self._observations(series, kpi)
            where = self._names.touchpoint_name(kpi.touchpoint)
            seen.append(KpiSeen.of(kpi, where, mine, self._stored(kpi)))
            new = list(self._unknown_yet(kpi, mine, if_known, series))
            if new or (mine and self._ws.kpis.get(kpi.id) != kpi):
                kpis.append(kpi)
                observations += new
                taken.append(KpiTaken(kpi, where, tuple(sorted(o.period for o in new))))
        if if_known == "add" and not observations and self._series and not self.asks:
            raise SurveyKnownError("nothing_new", what="kpi", name=name)
        needed = (*self._names.needed, *self._leaders.needed)
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
            clashes=tuple(self._clashes),
            matched=self._places.matched,
            seen=tuple(seen),
        )

    def _settled(self, if_known: IfKnownKpi) -> Iterator[Series]:
        """Yield the series without the clashes that were settled or, where asked for, are open.

        Raises:
            MappingError: a clash, where it is not to be returned.
        """
        sheet_mark = self._sheet_decimal()
        waiting = list(reversed(self._series.values()))
        while waiting:
            series = waiting.pop()
            if if_known == "separate":
                series.name = self._free_name(series, sheet_mark)
            known = self._known(series)
            stored = Known(known.unit, tuple(self._stored(known))) if known else Known()
            where = self._names.touchpoint_name(series.touchpoint)
            found = find_clash(series, where, stored, sheet_mark)
            if found is None:
                yield series
                continue
            option = self._choices.get(found.key, "")
            if option in found.options:
                if option == SKIP:
                    for cell, _ in series.cells:
                        self._skipped.add("not_chosen", cell.line)
                waiting += reversed(settle(series, found, option, stored))
            elif not self.asks:
                raise found.as_error()
            else:
                self._clashes.append(found)

    def _known(self, series: Series) -> Kpi | None:
        """Return the KPI a series is of, known by name and touchpoint."""
        wanted = plain_name(series.name)
        return next(
            (
                kpi
                for kpi in self._ws.kpis.values()
                if plain_name(kpi.name) == wanted and kpi.touchpoint == series.touchpoint
            ),
            None,
        )

    def _stored(self, kpi: Kpi) -> dict[str, Observation]:
        return {o.period: o for o in self._ws.observations.values() if o.kpi == kpi.id}

    def _free_name(self, series: Series, sheet_mark: str | None) -> str:
        """Return the name of a KPI that has no other value for a period of the series."""
        name, number = series.name, 1
        values = [(p.text, value) for _, p, value in series.values(sheet_mark)]
        while (known := self._known(replace(series, name=name))) is not None:
            stored = self._stored(known)
            if all(p not in stored or stored[p].value == v for p, v in values):
                break
            number += 1
            name = f"{series.name} ({number})"
        return name

    def _kpi(self, series: Series, if_known: IfKnownKpi) -> Kpi:
        """Return the KPI a series is of: known by name and touchpoint, or new."""
        known = self._known(series)
        standard = standard_kpi(series.measure) or recognised(series.name)
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
                note=series.note or (standard.definition if standard else ""),
                target=standard.target if standard else None,
            )
            return self._amended(known, series, told)
        if if_known == "replace":
            return self._amended(known, series, told)
        target = number_in(series.target)
        if target is not None and target != known.target:
            self._warnings.append(("target_kept", series.name))
        return replace(known, unit=self._unit(series, known) or known.unit)

    def _amended(self, kpi: Kpi, series: Series, told: str) -> Kpi:
        """Return the KPI with what the sheet says of it."""
        target = number_in(series.target)
        return replace(
            kpi,
            unit=self._unit(series, kpi),
            better=told or kpi.better,
            owner=series.owner or kpi.owner,
            target=kpi.target if target is None else target,
        )

    def _unit(self, series: Series, kpi: Kpi) -> str:
        """Return the one unit of a series."""
        units = series.found_units()
        if kpi.unit:
            units.setdefault(unit_key(kpi.unit), kpi.unit)
        standard = recognised(series.name)
        if not units and standard is not None and standard.unit not in ("%", MONEY):
            return standard.unit
        return next(
            iter(units.values()),
            self._ws.info.currency if standard and standard.unit == MONEY else "",
        )

    def _observations(self, series: Series, kpi: Kpi) -> list[Observation]:
        """Return a series' values; one per period."""
        found: dict[str, Observation] = {}
        for cell, period, value in series.values(self._sheet_decimal()):
            if value is None:
                self._refuse(cell, "not_a_number", cell.value)
                continue
            new = Observation(
                ObservationId(self._fresh(Kind.OBSERVATION, kpi.id, period.text)),
                kpi.id,
                period.text,
                value,
                self._count(cell),
            )
            found.setdefault(period.text, new)
        return list(found.values())

    def _sheet_decimal(self) -> str | None:
        """Return the decimal mark of any value of the sheet that tells."""
        every = (cell.value for series in self._series.values() for cell, _ in series.cells)
        return decimal_mark(list(every))

    def _count(self, cell: KpiCell) -> int | None:
        number = number_in(cell.n)
        if number is None or number < 0 or not number.is_integer():
            if cell.n:
                self._refuse(cell, "not_a_count", cell.n)
            return None
        return int(number)

    def _unknown_yet(
        self, kpi: Kpi, mine: Sequence[Observation], if_known: IfKnownKpi, series: Series
    ) -> Iterator[Observation]:
        """Yield what is to be put: new periods, and (replacing) other values of known ones.

        Raises:
            SurveyKnownError: a period is known, and it is neither to be replaced nor left.
        """
        stored = self._stored(kpi)
        line = series.cells[0][0].line if series.cells else 0
        for new in mine:
            old = stored.get(new.period)
            if old is None:
                yield new
            elif if_known == "refuse" and not self.asks:
                name = f"{series.name}, {new.period}"
                raise SurveyKnownError("known", what="kpi", name=name)
            elif if_known in ("add", "refuse") or (old.value, old.n) == (new.value, new.n):
                self._skipped.add("known", line)
            else:
                yield replace(new, id=old.id)

    def _fresh(self, kind: Kind, *names: str) -> str:
        """Return the id its names give, or a random one where that is taken."""
        wanted = named_id(kind, *(plain_name(name) for name in names))
        return wanted if self._ws.find(Ref(kind, wanted)) is None else new_id(kind)
