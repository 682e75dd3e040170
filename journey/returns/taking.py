"""Taking back what was chosen, as one undoable step."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from journey.edit.add import Add
from journey.edit.change import Set
from journey.edit.command import Batch, Command, Summary
from journey.errors import EditError
from journey.model.ids import ImprovementId, Kind, Ref
from journey.model.improvement import Improvement
from journey.model.workspace import Workspace, leader_of
from journey.returns.differences import Difference
from journey.returns.pack import Field


def take_back(
    ws: Workspace,
    chosen: Iterable[Difference],
    quarter: str | None = None,
    *,
    on: date | None = None,
) -> Command:
    """Return the one command that takes the chosen differences.

    A row without an improvement gets one: it bears the pain point's title, its leader and the
    pack's quarter, and what was filled in.

    Args:
        quarter: of the pack, into which improvements made here are planned.
        on: the day of the return; what comes back as done was finished then at the latest.
    """
    together: dict[ImprovementId, list[Difference]] = defaultdict(list)
    for difference in chosen:
        together[difference.improvement].append(difference)
    commands = [_command(ws, same, quarter, on) for same in together.values()]
    return Batch(commands, Summary("take_back", Kind.IMPROVEMENT, count=len(commands)))


def refusals(ws: Workspace, chosen: Sequence[Difference]) -> dict[Difference, str]:
    """Return the differences the workspace refuses by itself, with the reason of each.

    A locked map, for one, lets nothing be edited; the other differences can still be taken.
    """
    found: dict[Difference, str] = {}
    for difference in chosen:
        try:
            take_back(ws, (difference,)).validate(ws)
        except EditError as error:
            found[difference] = error.reason
    return found


def _command(
    ws: Workspace, same: Sequence[Difference], quarter: str | None, on: date | None
) -> Command:
    first = same[0]
    values: dict[str, object] = {d.field.value: d.returned for d in same}
    known = ws.improvements.get(first.improvement)
    if values.get(Field.STATUS.value) == "done" and (known is None or known.done_on is None):
        values["done_on"] = on
    if not first.created:
        return Set(Ref(Kind.IMPROVEMENT, first.improvement), **values)
    pain = ws.pain_points[first.pain_point]
    values.setdefault(Field.STATUS.value, "proposed")
    return Add(
        Improvement(
            id=first.improvement,
            title=first.improvement_title,
            addresses=(first.pain_point,),
            owner=leader_of(ws, pain),
            quarter=quarter,
            **values,  # type: ignore[arg-type]  # by name and of the field's type
        )
    )
