"""The lines of the list: rows, the cut, group headers; filtered by leader and sorted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from journey.priority.result import Basis, Level, RankedItem, Ranking
from ui import numbers
from ui.priorities import words

ALL_LEADERS: Final = "*"
UNASSIGNED: Final = ""
_TOSS_UP: Final = 0.1  # how far from even the chance of two rows may be to be called so


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


class LineKind(Enum):
    """What a line of the list is."""

    ITEM = "item"
    CUT = "cut"
    GROUP = "group"
    DETAIL = "detail"


class Sort(StrEnum):
    """By what the list is sorted; SCORE and RANK are the same order."""

    RANK = "rank"
    PAIN_POINT = "pain_point"
    LEADER = "leader"
    VALUE = "value"
    TOP = "top"
    EFFORT = "effort"
    SCORE = "score"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `key` names it over re-rankings; `note` and `aside` are further words."""

    kind: LineKind
    key: str
    item: RankedItem | None = None
    title: str = ""
    note: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class LeaderCount:
    """A leader and how many rows are theirs; `id` "" is Unassigned."""

    id: str
    name: str
    count: int


def leader_counts(ranking: Ranking) -> list[LeaderCount]:
    """Return the leaders that own rows, by name, those without an owner last."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for item in ranking.items:
        leader = item.leader or UNASSIGNED
        names[leader] = item.leader_name
        counts[leader] = counts.get(leader, 0) + 1
    known = sorted((name.casefold(), name, leader) for leader, name in names.items() if leader)
    found = [LeaderCount(leader, name, counts[leader]) for _, name, leader in known]
    if UNASSIGNED in counts:
        found.append(LeaderCount(UNASSIGNED, tr("Unassigned"), counts[UNASSIGNED]))
    return found


def lines_of(
    ranking: Ranking,
    leader: str = ALL_LEADERS,
    sort: Sort = Sort.SCORE,
    ascending: bool = False,
    *,
    keep: Callable[[RankedItem], bool] | None = None,
) -> list[Line]:
    """Return the lines of a list for a leader, in an order; groups keep their place.

    Args:
        keep: which of the leader's rows are shown; all where there is none.
    """
    items = [
        i
        for i in ranking.items
        if leader in (ALL_LEADERS, i.leader or UNASSIGNED) and (keep is None or keep(i))
    ]
    measured, judged, unknown = _groups(items, ranking.basis)
    by_rank = sort in (Sort.RANK, Sort.SCORE)
    # The best is first at the first click: rank 1 is the highest score.
    backwards = ascending if sort is Sort.SCORE else not ascending
    lines: list[Line] = []
    ordered = _sorted(measured, sort, backwards)
    lines += [_row(item) for item in ordered]
    if by_rank and not backwards:
        _insert_cut(lines, ranking)
        _insert_floor(lines)
    if judged:
        lines.append(_judged_header(judged, bool(measured)))
        lines += [_row(item) for item in _sorted(judged, sort, backwards)]
    if unknown:
        lines.append(_unknown_header(unknown))
        lines += [_row(item) for item in _sorted(unknown, sort, backwards)]
    return lines


def _row(item: RankedItem) -> Line:
    return Line(LineKind.ITEM, item.pain_point, item)


def _groups(
    items: Sequence[RankedItem], basis: Basis
) -> tuple[list[RankedItem], list[RankedItem], list[RankedItem]]:
    apart = (Level.D, Level.E) if basis is Basis.MONEY else (Level.E,)
    unknown = [i for i in items if i.level is Level.F or i.rank is None]
    ranked = [i for i in items if i.level is not Level.F and i.rank is not None]
    measured = [i for i in ranked if i.level not in apart]
    judged = [i for i in ranked if i.level in apart]
    last = max((i.rank or 0 for i in measured), default=0)
    if measured and any((i.rank or 0) < last for i in judged):
        return ranked, [], unknown  # they stand among the measured ones; a header would lie
    return measured, judged, unknown


_KEYS: Final[Mapping[Sort, Callable[[RankedItem], float | str | None]]] = {
    Sort.PAIN_POINT: lambda i: i.title.casefold(),
    Sort.LEADER: lambda i: words.leader_name(i).casefold(),
    Sort.VALUE: lambda i: i.value_mean if i.value_mean is not None else i.index_mean,
    Sort.TOP: lambda i: i.p_top5,
    Sort.EFFORT: lambda i: i.effort_days,
    Sort.LEVEL: lambda i: i.level.value,
}


def _sorted(items: Sequence[RankedItem], sort: Sort, backwards: bool) -> list[RankedItem]:
    """Return items in order; what has no figure comes last, whichever way; ties by rank."""
    by_rank = sorted(items, key=lambda i: (i.rank is None, i.rank or 0, i.pain_point))
    key = _KEYS.get(sort)
    if key is None:
        return by_rank[::-1] if backwards else by_rank
    known = [i for i in by_rank if key(i) is not None]
    unknown = [i for i in by_rank if key(i) is None]
    # Python's sort is stable both ways, so equals stay by rank.
    return sorted(known, key=key, reverse=backwards) + unknown  # type: ignore[arg-type]


def _insert_cut(lines: list[Line], ranking: Ranking) -> None:
    """Put the cut behind the last row within the first top_k, if rows follow it."""
    top_k = int(ranking.assumptions.get("top_k", 5))
    within = [k for k, line in enumerate(lines) if line.item and (line.item.rank or 0) <= top_k]
    if not within or within[-1] + 1 >= len(lines):
        return
    last = next((i for i in ranking.items if i.rank == top_k), None)
    note = ""
    if last is not None and last.p_beats_next is not None:
        even = abs(last.p_beats_next - 0.5) <= _TOSS_UP
        note = (
            tr("a toss-up: rank {0} is ahead of rank {1} in {2} of draws")
            if even
            else tr("rank {0} is ahead of rank {1} in {2} of draws")
        ).format(top_k, top_k + 1, numbers.percent(last.p_beats_next))
    title = tr("Cut at {0}").format(top_k)
    lines.insert(within[-1] + 1, Line(LineKind.CUT, "cut", title=title, note=note))


def _insert_floor(lines: list[Line]) -> None:
    """Put a header before the rows that no evidence speaks for; they stand last by rank."""
    below = [k for k, line in enumerate(lines) if line.item is not None and line.item.no_evidence]
    if not below:
        return
    note = words.counted(len(below), tr("row"), tr("rows"))
    aside = tr("those who met it did no worse than others")
    title = tr("No evidence that a fix helps")
    lines.insert(below[0], Line(LineKind.GROUP, "no_evidence", title=title, note=note, aside=aside))


def _judged_header(items: Sequence[RankedItem], below: bool) -> Line:
    levels = {i.level for i in items}
    if levels == {Level.E}:
        title = tr("Ranked by workshop opinion, not measured")
        aside = tr("no figure is shown for them")
    elif levels == {Level.D}:
        title = tr("Ranked by a KPI against its target, no answers")
        aside = tr("an index, not money")
    else:
        title = tr("Ranked by a KPI or by workshop opinion, not by answers")
        aside = tr("no money is shown for them")
    note = words.counted(len(items), tr("row"), tr("rows"))
    if below:
        note = tr("{0}, rank numbers run on").format(note)
    return Line(LineKind.GROUP, "judged", title=title, note=note, aside=aside)


def _unknown_header(items: Sequence[RankedItem]) -> Line:
    rows = words.counted(len(items), tr("row"), tr("rows"))
    note = tr("{0}, nothing is known yet").format(rows)
    aside = tr("ask one question after the step")
    return Line(LineKind.GROUP, "unknown", title=tr("Not ranked"), note=note, aside=aside)
