"""Commands that answer from evidence: metrics, priorities."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journey.model.ids import QuarterId
from journey.model.workspace import Workspace as WorkspaceModel
from journey.report.warnings import explain_warning
from ui.cli.answers import (
    Answer,
    frozen_answer,
    metrics_answer,
    quarters_with_evidence,
    ranking_answer,
)
from ui.cli.calls import (
    UNASSIGNED,
    CallError,
    find_journey,
    find_leader,
    find_quarter,
    find_segment,
)
from ui.cli.options import Draws, Journey, Json, Leader, Quarter, Seed, Segment, Workspace
from ui.cli.output import advise, print_json, print_table, say, show

if TYPE_CHECKING:
    from journey.priority.result import Ranking
    from journey.priority.study import Study
    from journey.quarter.record import FrozenMetric
    from storage.document import Document, ReadDocument
    from storage.evidence import MetricRow


class By(StrEnum):
    """What figures are split by."""

    SEGMENT = "segment"


def metrics(
    file: Workspace,
    quarter: Quarter = None,
    journey: Journey = None,
    by: Annotated[By | None, typer.Option("--by", help="Split by segment.")] = None,
    json: Json = False,
) -> None:
    """Show every question's figure with its interval.

    Example: waymark metrics bank.waymark --quarter 2026Q4
    """
    from storage.document import read_document
    from storage.evidence.metrics import metric_rows
    from storage.evidence.store import EvidenceStore
    from storage.quarters import metrics_of_quarter

    with read_document(file) as document:
        ws = document.workspace
        store = EvidenceStore(document.engine)
        chosen = find_quarter(quarter, quarters_with_evidence(ws, store), ws.quarters)
        place, split = find_journey(ws, journey), by is not None
        frozen = metrics_of_quarter(ws, chosen, place, by_segment=split)
        rows: Sequence[MetricRow | FrozenMetric]
        if frozen is not None:
            ws, rows = frozen
        else:
            rows = metric_rows(ws, store, chosen, place, by_segment=split)
    answer = metrics_answer(ws, rows, by_segment=by is not None)
    if json:
        print_json(answer)
        return
    say(f"Metrics {chosen or '· no survey yet'}")
    if answer:
        _print_metrics(answer, by_segment=by is not None)
    if any(row["suppressed"] for row in answer):
        advise(f"Under {ws.info.minimum_n} answers no figure is shown.")


def _print_metrics(answer: Sequence[Answer], *, by_segment: bool) -> None:
    headings = ["Touchpoint", "Question", "Metric", "n", "Value", "95 %", "Top 2"]
    if by_segment:
        headings.insert(1, "Segment")
    rows = []
    for row in answer:
        top2box: Any = row["top2box"]
        decimals = 1 if row["metric"] == "nps" else 2
        cells = [
            row["touchpoint"],
            row["question"],
            row["metric"],
            row["n"],
            show(row["value"], decimals),
            _interval(row["low95"], row["high95"], decimals),
            None if top2box is None else f"{top2box:.0%}",
        ]
        if by_segment:
            cells.insert(1, row["segment"])
        rows.append(cells)
    print_table(headings, rows, right={"Value", "95 %", "Top 2"}, cut="Question")


def priorities(
    file: Workspace,
    *,
    quarter: Quarter = None,
    leader: Leader = None,
    segment: Segment = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Rank the pain points: all, a leader's or a segment's.

    Example: waymark priorities bank.waymark --leader "Jonas Vik"
    """
    from journey.quarter.record import has_record, workspace_of
    from journey.quarter.record import ranking_of as frozen_ranking
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore

    with read_document(file) as document:
        ws = document.workspace
        known = quarters_with_evidence(ws, EvidenceStore(document.engine))
        chosen = find_quarter(quarter, known, ws.quarters)
        frozen = ws.quarters.get(QuarterId(chosen)) if chosen is not None else None
        if segment is not None:
            wanted = _leader_name(ws, leader)
            answer = _of_segment(document, chosen, segment, (draws, seed))
        elif frozen is not None and has_record(frozen):
            wanted = _leader_name(workspace_of(frozen), leader)
            answer = ranking_answer(frozen_ranking(frozen))
        elif frozen is not None:
            wanted = _leader_name(ws, leader)
            answer = frozen_answer(frozen, ws.info.currency)
        else:
            wanted = _leader_name(ws, leader)
            answer = ranking_answer(ranking_of(document, chosen, draws, seed))
    items = [item for item in _items(answer) if wanted in (None, item.get("leader"))]
    answer["items"] = items
    if json:
        print_json(answer)
    else:
        print_ranking(answer)
    for warning in answer["warnings"]:  # type: ignore[attr-defined]  # a list of texts
        advise(explain_warning(warning))


def _of_segment(
    document: "ReadDocument", quarter: str | None, name: str, drawn: tuple[int, int]
) -> Answer:
    """Return the list of one segment of a quarter that is open; drawn: draws and seed."""
    ws = document.workspace
    if quarter in ws.quarters:
        raise CallError(f"{quarter} is frozen; its list is that of all segments together.")
    found = find_segment(ws, name)
    whole = _study_of(document, quarter, *drawn).estimate()
    if found not in whole.segments:
        names = [ws.segments[s].name for s in whole.segments if s in ws.segments]
        raise CallError(f"No answer of this quarter is of the segment “{name}”.", names)
    return ranking_answer(whole.of_segment(found).ranking, whole.ranking)


def _leader_name(ws: WorkspaceModel, name: str | None) -> str | None:
    """Return the name of a leader as the workspace writes it; None where none was asked for."""
    if name is None:
        return None
    leader = find_leader(ws, name)
    return UNASSIGNED if leader is None else ws.leaders[leader].name


def _items(answer: Answer) -> list[Mapping[str, Any]]:
    items = answer["items"]
    assert isinstance(items, list)
    return items


def print_ranking(answer: Answer, rows: int | None = None) -> None:
    """Print a ranking for people, the first rows or all."""
    items = _items(answer)
    head = f"{answer['quarter'] or 'of all time'}{' (draft)' if answer['draft'] else ''}"
    segment: Any = answer["segment"]
    parts = [f"Priorities {head}", _unit(answer)]
    if segment is not None:
        parts.insert(1, f"segment {segment['name']} only")
    if answer["draws"]:
        parts.append(f"{answer['draws']} draws, seed {answer['seed']}")
    say(" · ".join(parts))
    if not items:
        say("No pain point is on the list.")
        return
    shown = items[:rows]
    say("")
    headings = ["#", "Pain point", "Leader", "Level", "Value", "80 %", "Days", "Top 5"]
    cells = [_ranked(item, answer["basis"]) for item in shown]
    if segment is not None:
        headings.insert(1, "All")
        cells = [(c[0], i["rank_in_whole"], *c[1:]) for c, i in zip(cells, shown, strict=True)]
    print_table(headings, cells, right={"#", "All", "Value", "80 %", "Days", "Top 5"})
    if len(items) > len(shown):
        say(f"… and {len(items) - len(shown)} more.")
    if items[0].get("sentence"):
        say("")
        say(f"Why first: {items[0]['sentence']}")


def _unit(answer: Answer) -> str:
    if answer["basis"] == "money":
        return f"customer value kept, {answer['currency']}, for each year's customers"
    if answer["basis"] == "order":
        return "order only, by the workshop's opinion"
    moved = answer["index_unit"] == "moved_per_1000"
    return f"of 1,000 customers {'made content again' if moved else 'kept'}"


def _ranked(item: Mapping[str, Any], basis: object) -> tuple[object, ...]:
    money = item.get("value_mean") is not None
    low, high = ("low80", "high80") if money else ("index_low80", "index_high80")
    days, chance = item.get("effort_days"), item.get("p_top5")
    return (
        item.get("rank"),
        item.get("title"),
        item.get("leader"),
        item.get("level"),
        _value(item, str(basis)),
        _interval(_rounded(item.get(low)), _rounded(item.get(high))),
        None if days is None else f"{'≈ ' if item.get('effort_assumed') else ''}{days:g}",
        None if chance is None else f"{chance:.0%}",
    )


def _value(item: Mapping[str, Any], basis: str) -> object:
    """Return a row's figure; an index within a list in money says that it is one."""
    if item.get("value_mean") is not None:
        return _rounded(item["value_mean"])
    index = _rounded(item.get("index_mean"))
    return index if index is None or basis != "money" else f"{show(index)} ‰"


def _rounded(value: Any) -> float | None:
    """Return a simulated figure to three digits: more would only look exact."""
    return None if value is None else float(f"{value:.3g}")


def _interval(low: object, high: object, decimals: int | None = None) -> str | None:
    if low is None or high is None:
        return None
    return f"{show(low, decimals)} … {show(high, decimals)}"


def ranking_of(
    document: "Document | ReadDocument", quarter: str | None, draws: int, seed: int
) -> "Ranking":
    """Return the ranking of a quarter; None ranks the answers of all time."""
    return _study_of(document, quarter, draws, seed).rank()


def _study_of(
    document: "Document | ReadDocument", quarter: str | None, draws: int, seed: int
) -> "Study":
    from journey.priority import prepare
    from storage.evidence.store import EvidenceStore

    ws, store = document.workspace, EvidenceStore(document.engine)
    tables, earlier = store.response_tables(ws, quarter), store.earlier_tables(ws, quarter)
    return prepare(ws, tables, quarter=quarter, draws=draws, seed=seed, earlier=earlier)
