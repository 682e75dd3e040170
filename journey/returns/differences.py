"""What a returned pack changes: exported, now and returned, field by field."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from journey.errors import ReturnError
from journey.model.ids import ImprovementId, Kind, PainPointId, named_id
from journey.model.improvement import Improvement
from journey.model.workspace import Workspace
from journey.returns.pack import NOTHING, Field, RefusedCell, ReturnedPack, ReturnedRow, Value, same


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one improvement that a leader changed.

    Attributes:
        line: of the sheet. title: of the pain point.
        improvement: whom it changes. created: whether that is to be made first.
        now: what the workspace says; None or "" where the improvement is not there yet.
        conflict: the workspace says something else than when the pack was made.
    """

    line: int
    pain_point: PainPointId
    title: str
    improvement: ImprovementId
    improvement_title: str
    created: bool
    field: Field
    exported: Value
    now: Value
    returned: Value
    conflict: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What can be taken, in the order of the sheet, and every cell that cannot."""

    differences: tuple[Difference, ...]
    refused: tuple[RefusedCell, ...]

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """The differences about which the workspace moved on."""
        return tuple(d for d in self.differences if d.conflict)


def check_belongs(
    ws: Workspace,
    pack: ReturnedPack,
    quarter: str | None,
    *,
    renamed: bool = False,
    workspace_id: str = "",
) -> None:
    """Refuse a pack that is not of this workspace or not of this quarter.

    Args:
        quarter: the one it must be of; None for a pack of all time.
        renamed: take it although the workspace bears another name now.
        workspace_id: of the open file; the same as the pack's, no name is looked at: the
            workspace was renamed, or is a copy. Without either, or where they differ, as in a
            workspace loaded anew, names and rows tell.

    Raises:
        ReturnError: another_workspace (facts: pack, workspace, named: whether only the name
            differs) or another_quarter (facts: pack, quarter).
    """
    known = any(row.pain_point in ws.pain_points for row in pack.rows)
    same_file = bool(workspace_id) and pack.workspace_id == workspace_id
    same_name = renamed or pack.workspace == ws.info.name
    if not same_file and (not same_name or (pack.rows and not known)):
        raise ReturnError(
            "another_workspace", pack=pack.workspace, workspace=ws.info.name, named=known
        )
    if pack.quarter != quarter:
        raise ReturnError("another_quarter", pack=pack.quarter, quarter=quarter)


def find_differences(ws: Workspace, pack: ReturnedPack) -> Comparison:
    """Return what a leader changed beside what the workspace holds now.

    What was left as it was exported is no difference, nor is what the workspace says already.
    Rows of one improvement that ask for different things are refused.
    """
    refused = list(pack.refused)
    found: list[Difference] = []
    for row in pack.rows:
        changed = _changed(row)
        if not changed:
            continue
        lost = _lost(ws, row)
        if lost:
            refused += [_refusal(row, field, lost) for field in changed]
            continue
        found += _differences(ws, row, changed)
    agreed, contradictions = _agreeing(found)
    refused += contradictions
    return Comparison(tuple(agreed), tuple(sorted(refused, key=lambda cell: cell.line)))


def _changed(row: ReturnedRow) -> dict[Field, Value]:
    """Return what was changed; an emptied status says nothing."""
    return {
        field: value
        for field, value in row.returned.items()
        if not same(value, row.exported.get(field)) and not (field is Field.STATUS and not value)
    }


def _lost(ws: Workspace, row: ReturnedRow) -> str:
    if row.improvement is not None:
        return "" if row.improvement in ws.improvements else "improvement_gone"
    return "" if row.pain_point in ws.pain_points else "pain_point_gone"


def _refusal(row: ReturnedRow, field: Field, reason: str) -> RefusedCell:
    return RefusedCell(row.line, row.title, field, _shown(row.returned[field]), reason)


def _shown(value: Value) -> str:
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return text[:200]


def _differences(
    ws: Workspace, row: ReturnedRow, changed: Mapping[Field, Value]
) -> Iterator[Difference]:
    known = target_of(ws, row)
    pain = ws.pain_points.get(PainPointId(row.pain_point))
    title = pain.title if pain is not None else row.title
    for field, returned in changed.items():
        exported = row.exported.get(field)
        now = NOTHING[field] if known is None else value_of(known, field)
        if same(now, returned):
            continue
        fresh = row.improvement is None and now == _NEW[field]
        yield Difference(
            line=row.line,
            pain_point=PainPointId(row.pain_point),
            title=title,
            improvement=known.id if known is not None else made_id(row.pain_point),
            improvement_title=known.title if known is not None else title,
            created=known is None,
            field=field,
            exported=exported,
            now=now,
            returned=returned,
            conflict=known is not None and not fresh and not same(now, exported),
        )


def barred_cells(barred: Mapping[Difference, str]) -> list[RefusedCell]:
    """Return differences the workspace refuses by itself as refused cells."""
    return [
        RefusedCell(d.line, d.title, d.field, _shown(d.returned), reason)
        for d, reason in barred.items()
    ]


# An improvement somebody made since holds these unless something was said of it.
_NEW: Mapping[Field, Value] = {**NOTHING, Field.STATUS: "proposed"}


def value_of(improvement: Improvement, field: Field) -> Value:
    """Return what an improvement says in a field."""
    value: Value = getattr(improvement, field.value)
    if isinstance(value, int):
        return float(value)
    return value.strip() if isinstance(value, str) else value


def made_id(pain_point: str) -> ImprovementId:
    """Return the id of the improvement made for a row that had none: the same every time."""
    return ImprovementId(named_id(Kind.IMPROVEMENT, "returned", pain_point))


def target_of(ws: Workspace, row: ReturnedRow) -> Improvement | None:
    """Return whom a row changes; None where an improvement is to be made.

    A row exported without one finds what an earlier return made of it, or the only open
    improvement that somebody planned for it since.
    """
    if row.improvement is not None:
        return ws.improvements.get(ImprovementId(row.improvement))
    made = ws.improvements.get(made_id(row.pain_point))
    if made is not None:
        return made
    open_ones = [
        improvement
        for improvement in ws.improvements.values()
        if improvement.is_open and row.pain_point in improvement.addresses
    ]
    return open_ones[0] if len(open_ones) == 1 else None


def _agreeing(
    found: Iterable[Difference],
) -> tuple[list[Difference], list[RefusedCell]]:
    """Return one difference per improvement and field; rows that contradict are refused."""
    together: dict[tuple[str, Field], list[Difference]] = defaultdict(list)
    for difference in found:
        together[difference.improvement, difference.field].append(difference)
    agreed, refused = [], []
    for rows in together.values():
        if _unanimous(rows):
            agreed.append(rows[0])
        else:
            refused += [
                RefusedCell(d.line, d.title, d.field, _shown(d.returned), "contradicts")
                for d in rows
            ]
    agreed.sort(key=lambda d: (d.line, list(Field).index(d.field)))
    return agreed, refused


def _unanimous(rows: Sequence[Difference]) -> bool:
    return all(same(d.returned, rows[0].returned) for d in rows)
