"""The command that shows the classic methods beside ours: methods."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from journey.model.ids import TouchpointId
from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.answers import Answer, quarters_with_evidence
from ui.cli.calls import find_quarter
from ui.cli.lists import ranking_of
from ui.cli.options import Draws, Json, Quarter, Seed, Workspace
from ui.cli.output import advise, print_json, print_table, say, show

if TYPE_CHECKING:
    from journey.priority.classic import Beside, Comparison
    from journey.priority.drivers import Drivers
    from journey.priority.result import RankedItem, Ranking

# Of each method its name and the heading of its column of ranks.
_NAMES = {
    "impact_effort": ("Impact / effort", "I/E"),
    "ice": ("ICE", "ICE"),
    "rice": ("RICE", "RICE"),
    "severity_frequency": ("Severity × frequency", "S×F"),
    "severity_frequency_effort": ("Severity × frequency / effort", "S×F/d"),
    "votes": ("Workshop votes", "Votes"),
    "opportunity": ("Opportunity (Ulwick)", "Opp"),
    "revenue_at_risk": ("Revenue at risk", "RaR"),
    "revenue_at_risk_effort": ("Revenue at risk / effort", "RaR/d"),
    "touchpoint_score": ("Touchpoint mean score", "Mean"),
    "importance_performance": ("Importance–performance", "I–P"),
    "key_driver": ("Key drivers (Shapley)", "Driver"),
}

_REASONS = {
    "no_severity": "no severity was judged",
    "no_frequency": "no frequency was judged or measured",
    "no_votes": "no votes were given",
    "no_effort": "no improvement with a known effort",
    "no_touchpoint": "it stands at no touchpoint",
    "no_answers": "nobody rated the touchpoint",
    "few_answers": "too few answers about the touchpoint",
    "not_measured": "no survey asks for it",
    "few_affected": "too few of the affected answered",
    "no_customers": "the customers of a segment are not known",
    "no_value": "the value of a customer is not known",
    "no_outcome": "no outcome tells who is content",
    "no_top_two": "the scale has no two best scores",
    "no_drivers": "no relational survey tells the touchpoint's part",
}


def methods(
    file: Workspace,
    *,
    quarter: Quarter = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Show the classic methods beside ours, and how far they agree.

    Example: waymark methods bank.waymark --quarter 2026Q4
    """
    from journey.priority.classic import compare_methods
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore

    with read_document(file) as document:
        ws = document.workspace
        store = EvidenceStore(document.engine)
        chosen = find_quarter(quarter, quarters_with_evidence(ws, store), ws.quarters)
        if chosen in ws.quarters:
            advise(f"{chosen} is frozen; it is ranked afresh here and marked as a draft.")
        ranking = ranking_of(document, chosen, draws, seed)
        compared = compare_methods(ws, store.response_tables(ws, chosen), ranking)
    if json:
        print_json(methods_answer(ws, ranking, compared))
    else:
        _print_methods(ws, ranking, compared)


def methods_answer(ws: WorkspaceModel, ranking: "Ranking", compared: "Comparison") -> Answer:
    """Return the methods, every pain point's scores in our order, and the key drivers."""
    titles = {item.pain_point: item.title for item in ranking.items}
    return {
        "quarter": ranking.quarter,
        "draft": ranking.draft,
        "seed": ranking.seed,
        "draws": ranking.draws,
        "method_version": ranking.method_version,
        "basis": ranking.basis.value,
        "methods": [_method(m, titles) for m in compared.methods],
        "items": [_item(item, compared.methods) for item in ranking.items],
        "drivers": [_drivers(ws, d) for d in compared.drivers],
    }


def _method(method: "Beside", titles: Mapping[Any, str]) -> Answer:
    agreement = method.agreement
    return {
        "method": method.method,
        "lowest_first": method.lowest_first,
        "scored": len(method.ranks),
        "compared": agreement.n,
        "tau": agreement.tau,
        "top": agreement.top,
        "top_shared": agreement.shared,
        "disagreements": [
            {
                "pain_point": d.pain_point,
                "title": titles[d.pain_point],
                "rank_ours": d.ours,
                "rank_theirs": d.theirs,
            }
            for d in agreement.disagreements
        ],
        "reasons": dict(_reasons(method)),
    }


def _reasons(method: "Beside") -> list[tuple[str, int]]:
    """Return why there is no score, and for how many pain points, the most frequent first."""
    counts = Counter(score.reason for score in method.scores.values() if score.reason)
    return sorted(counts.items(), key=lambda c: (-c[1], c[0]))


def _item(item: "RankedItem", methods: Sequence["Beside"]) -> Answer:
    return {
        "rank": item.rank,
        "pain_point": item.pain_point,
        "title": item.title,
        "touchpoint": item.touchpoint_name or None,
        "leader": item.leader_name,
        "level": item.level.value,
        "methods": {
            m.method: {
                "score": m.scores[item.pain_point].value,
                "rank": m.ranks.get(item.pain_point),
                "reason": m.scores[item.pain_point].reason or None,
                "quadrant": m.scores[item.pain_point].quadrant or None,
            }
            for m in methods
        },
    }


def _drivers(ws: WorkspaceModel, drivers: "Drivers") -> Answer:
    return {
        "survey": drivers.survey,
        "n": drivers.n,
        "rows": drivers.rows,
        "outcome": drivers.outcome,
        "r2": drivers.r2,
        "exact": drivers.exact,
        "items": [
            {
                "touchpoint": _touchpoint(ws, d.touchpoint),
                "correlation": d.correlation,
                "relative_weight": d.relative_weight,
                "shapley": d.shapley,
            }
            for d in drivers.items
        ],
    }


def _touchpoint(ws: WorkspaceModel, touchpoint: TouchpointId) -> str | None:
    found = ws.touchpoints.get(touchpoint)
    return found.name if found else None


def _print_methods(ws: WorkspaceModel, ranking: "Ranking", compared: "Comparison") -> None:
    head = f"{ranking.quarter or 'of all time'}{' (draft)' if ranking.draft else ''}"
    say(f"Classic methods beside ours {head} · {ranking.draws} draws, seed {ranking.seed}")
    if not ranking.items:
        say("No pain point is on the list.")
        return
    titles = {item.pain_point: item.title for item in ranking.items}
    had = [m for m in compared.methods if m.ranks]
    if had:
        shared = f"Top {had[0].agreement.top} shared"
        say("")
        print_table(
            ("Method", "Scored", "Kendall τ", shared, "Placed most apart (ours → theirs)"),
            [_agreement(m, len(ranking.items), titles) for m in had],
            right={"Scored", "Kendall τ", shared},
        )
        say("Apart are places among the pain points that both rank.")
        say("")
        say("Ranks of each whole list; ties share a place.")
        print_table(
            ("Ours", "Pain point", *(_NAMES[m.method][1] for m in had)),
            [_ranks(item, had) for item in ranking.items],
            right={"Ours", *(_NAMES[m.method][1] for m in had)},
            cut="Pain point",
        )
    _print_missing(compared.methods)
    for drivers in compared.drivers:
        _print_drivers(ws, drivers)


def _agreement(method: "Beside", rows: int, titles: Mapping[Any, str]) -> tuple[object, ...]:
    agreement = method.agreement
    apart = next(iter(agreement.disagreements), None)
    return (
        _NAMES[method.method][0],
        f"{len(method.ranks)} of {rows}",
        show(agreement.tau, 2),
        f"{agreement.shared:.3g} of {agreement.top}",
        None
        if apart is None
        else f"{titles[apart.pain_point]} ({apart.ours:g} → {apart.theirs:g})",
    )


def _ranks(item: "RankedItem", methods: Sequence["Beside"]) -> tuple[object, ...]:
    ranks = (m.ranks.get(item.pain_point) for m in methods)
    return (item.rank, item.title, *(None if r is None else f"{r:g}" for r in ranks))


def _print_missing(methods: Sequence["Beside"]) -> None:
    lines = [(_NAMES[m.method][0], _reasons(m)) for m in methods if not m.ranks]
    if lines:
        say("")
        say("Cannot be had:")
    for name, reasons in lines:
        words = "; ".join(f"{_REASONS[reason]} ({count})" for reason, count in reasons)
        say(f"  {name}: {words}")


def _print_drivers(ws: WorkspaceModel, drivers: "Drivers") -> None:
    survey = ws.surveys.get(drivers.survey)
    name = survey.name if survey else drivers.survey
    say("")
    say(
        f"Key drivers, {name}: R² {drivers.r2:.2f} of the outcome ({drivers.outcome}), "
        f"{drivers.n} of {drivers.rows} respondents rated all of these."
    )
    print_table(
        ("Touchpoint", "Correlation", "Relative weight", "Shapley"),
        [
            (
                _touchpoint(ws, d.touchpoint),
                f"{d.correlation:.2f}".replace("-", "−"),
                _share(d.relative_weight, drivers.r2),
                _share(d.shapley, drivers.r2),
            )
            for d in drivers.items
        ],
        right={"Correlation", "Relative weight", "Shapley"},
    )


def _share(part: float, whole: float) -> str | None:
    return f"{part / whole:.0%}" if whole > 0 else None
