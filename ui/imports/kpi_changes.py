"""What a person says of KPIs that come in, put into the import's one step. Free of Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journey.edit import Batch, Command, Set
from journey.model.ids import Kind, Ref
from storage.imports.kpi_reading import read_value

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiImport


@dataclass(frozen=True, slots=True)
class KpiChange:
    """What was typed about a KPI; None and "" are left as the sheet says.

    Attributes:
        target: as typed; "" is no target.
    """

    unit: str | None = None
    better: str = ""
    target: str | None = None


def with_changes(result: "KpiImport", changes: Mapping[tuple[str, str], KpiChange]) -> "KpiImport":
    """Return an import whose command also sets what was typed, as one step.

    Args:
        changes: by name of the KPI and of its touchpoint.
    """
    if result.command is None:
        return result
    commands: list[Command] = [result.command]
    for taken in result.kpis:
        change = changes.get((taken.kpi.name, taken.touchpoint))
        values = _values(change) if change is not None else {}
        different = {k: v for k, v in values.items() if getattr(taken.kpi, k) != v}
        if different:
            commands.append(Set(Ref(Kind.KPI, taken.kpi.id), **different))
    if len(commands) == 1:
        return result
    return replace(result, command=Batch(commands, result.command.summary))


def _values(change: KpiChange) -> dict[str, object]:
    values: dict[str, object] = {}
    if change.unit is not None:
        values["unit"] = change.unit
    if change.better:
        values["better"] = change.better
    if change.target is not None:
        found = read_value(change.target) if change.target else None
        values["target"] = None if found is None else found[0]
    return values
