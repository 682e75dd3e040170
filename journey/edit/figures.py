"""KPIs of the trade's set: chosen, recognised by name, or kept from a figure worked out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from journey.edit.add import Add
from journey.edit.change import Set
from journey.edit.command import Batch, Command
from journey.metrics.standard_kpis import MONEY, SHARE, StandardKpi, recognised, standard_kpi
from journey.model.evidence import Kpi, Observation
from journey.model.ids import Kind, KpiId, ObservationId, Ref, TouchpointId, new_id
from journey.model.workspace import Workspace

_QUARTER: Final = re.compile(r"\d{4}Q[1-4]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a standard KPI; shares as 0 … 1.

    Attributes:
        n: what it was counted from. note: how it is defined here, "" for the usual definition.
    """

    measure: str
    value: float
    n: int | None = None
    note: str = ""


def keep_figures(workspace: Workspace, figures: Iterable[Figure], quarter: str) -> Command:
    """Return the step that adds each to its series, or changes what the quarter had.

    A KPI whose series has months or days, or another unit, is left as it is: periods and units are
    never mixed. The figure then makes a KPI of its own.
    """
    commands: list[Command] = []
    for figure in figures:
        standard = standard_kpi(figure.measure)
        if standard is not None:
            commands += _kept(workspace, figure, standard, quarter)
    return Batch(commands)


def named_kpi(ws: Workspace, key: KpiId, name: str, touchpoint: TouchpointId | None) -> Kpi:
    """Return a KPI of a name; one of the trade's brings its unit, direction, target, definition."""
    kpi, standard = Kpi(key, name, touchpoint), recognised(name)
    return kpi if standard is None else replace(kpi, **_values_of(ws, kpi, standard))


def measuring(ws: Workspace, key: KpiId, measure: str) -> Set:
    """Return the step that makes a KPI one of the trade's set, or ("") one's own.

    Its direction and definition come with it, its unit and target only where it has none: values
    that are there already keep the unit they were brought in.

    Raises:
        EditError: no such KPI.
    """
    kpi, standard = ws.kpis.get(key), standard_kpi(measure)
    ref = Ref(Kind.KPI, key)
    if kpi is None or standard is None:
        return Set(ref, measure=measure)
    return Set(ref, **_values_of(ws, kpi, standard))


def _values_of(ws: Workspace, kpi: Kpi, standard: StandardKpi) -> dict[str, Any]:
    values: dict[str, Any] = {
        "measure": standard.key,
        "better": standard.better,
        "note": standard.definition,
    }
    if not kpi.unit:
        values["unit"] = _unit(ws, standard)
    if kpi.target is None and kpi.unit in {"", _unit(ws, standard)}:
        values["target"] = standard.target
    return values


def _unit(ws: Workspace, standard: StandardKpi) -> str:
    return ws.info.currency if standard.unit == MONEY else standard.unit


def _kept(ws: Workspace, figure: Figure, standard: StandardKpi, quarter: str) -> list[Command]:
    unit = _unit(ws, standard)
    value = figure.value * 100.0 if standard.unit == SHARE else figure.value
    commands: list[Command] = []
    kpi = next((k for k in ws.kpis.values() if _takes(ws, k, standard.key, unit)), None)
    if kpi is None:
        kpi = named_kpi(ws, KpiId(new_id(Kind.KPI)), standard.name, None)
        kpi = replace(kpi, note=figure.note or kpi.note)
        commands.append(Add(kpi))
    elif figure.note and figure.note != kpi.note:
        commands.append(Set(Ref(Kind.KPI, kpi.id), note=figure.note))
    known = next(
        (o for o in ws.observations.values() if (o.kpi, o.period) == (kpi.id, quarter)), None
    )
    if known is None:
        key = ObservationId(new_id(Kind.OBSERVATION))
        commands.append(Add(Observation(key, kpi.id, quarter, value, figure.n)))
    else:
        commands.append(Set(Ref(Kind.OBSERVATION, known.id), value=value, n=figure.n))
    return commands


def _takes(ws: Workspace, kpi: Kpi, measure: str, unit: str) -> bool:
    if (kpi.measure, kpi.touchpoint, kpi.unit) != (measure, None, unit):
        return False
    return all(_QUARTER.fullmatch(o.period) for o in ws.observations.values() if o.kpi == kpi.id)
