"""The command that says what to do with so many days, what to ask next, and what to doubt."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.answers import Answer, quarters_with_evidence
from ui.cli.calls import find_quarter
from ui.cli.options import Draws, Json, Quarter, Seed, Workspace
from ui.cli.output import advise, print_json, print_table, say, show

if TYPE_CHECKING:
    from journey.decision.budget import ChosenSet
    from journey.decision.hidden_cause import Unseat
    from journey.decision.next_data import NextMeasurement
    from journey.decision.payback import Return
    from journey.priority.estimate import Estimate

Days = Annotated[float, typer.Option("--days", min=0, help="Person-days there are.")]

_REASONS = {
    "opinion": "known by opinion only",
    "kpi_only": "known by a KPI only",
    "overlaps_cut": "its place is open",
}
_OUTCOMES = {
    "left": "leaving",
    "dissatisfied": "being dissatisfied",
    "detractor": "being a detractor",
    "low": "rating the whole low",
}
_SHOWN_MEASUREMENTS = 10


def decide(
    file: Workspace,
    *,
    days: Days = 120.0,
    quarter: Quarter = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Choose the best set of fixes for so many days.

    Beside it: what to measure next, what would unseat rank 1, and what a cost returns.

    Example: waymark decide bank.waymark --days 120
    """
    from journey.decision.budget import best_set
    from journey.decision.hidden_cause import unseat_of
    from journey.decision.next_data import what_to_measure
    from journey.decision.payback import returns
    from journey.priority import prepare
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore

    with read_document(file) as document:
        ws = document.workspace
        store = EvidenceStore(document.engine)
        chosen = find_quarter(quarter, quarters_with_evidence(ws, store), ws.quarters)
        if chosen in ws.quarters:
            advise(f"{chosen} is frozen; it is ranked afresh here and marked as a draft.")
        tables, earlier = store.response_tables(ws, chosen), store.earlier_tables(ws, chosen)
    study = prepare(ws, tables, quarter=chosen, draws=draws, seed=seed, earlier=earlier)
    estimate = study.estimate()
    ranking = estimate.ranking
    answer: Answer = {
        "quarter": ranking.quarter,
        "draft": ranking.draft,
        "seed": ranking.seed,
        "draws": ranking.draws,
        "method_version": ranking.method_version,
        "basis": ranking.basis.value,
        "index_unit": ranking.index_unit,
        "currency": ranking.currency,
        "top_k": ws.assumptions.top_k,
        "best_set": _set(estimate, best_set(estimate, days), days),
        "measure": [_measurement(ws, m) for m in what_to_measure(estimate, ws)],
        "unseat": _unseat(ws, unseat_of(estimate)),
        "returns": [_return(ws, r) for r in returns(estimate, ws)],
    }
    if json:
        print_json(answer)
    else:
        _print(answer)


def _set(estimate: "Estimate", found: "ChosenSet", days: float) -> Answer:
    return {
        "days_asked": days,
        "days": found.days,
        "joint_mean": found.joint_mean,
        "joint_low80": found.joint_low80,
        "joint_high80": found.joint_high80,
        "sum_of_singles": found.sum_of_singles,
        "items": [_item(estimate, name) for name in found.items],
        "left_out_next": None
        if found.left_out_next is None
        else _item(estimate, found.left_out_next),
    }


def _item(estimate: "Estimate", name: str) -> Answer:
    """Return an improvement, or a pain point without one, with the ranked pain points it is for."""
    rows = [i for i in estimate.ranking.items if name in (i.improvement, i.pain_point)]
    return {
        "id": name,
        "title": rows[0].improvement_title or rows[0].title,
        "improvement": rows[0].improvement,
        "pain_points": [row.pain_point for row in rows],
        "rank": rows[0].rank,
        "effort_days": rows[0].effort_days,
        "effort_assumed": rows[0].effort_assumed,
    }


def _measurement(ws: WorkspaceModel, found: "NextMeasurement") -> Answer:
    at = next((t for t in ws.touchpoints.values() if t.id == found.touchpoint), None)
    return {
        "touchpoint": at.name if at else None,
        "pain_points": [_pain(ws, p) for p in found.pain_points],
        "reason": found.reason,
        "chance_wrong_now": found.chance_wrong_now,
        "expected_gain": found.expected_gain,
        "answers_for_half_width": found.answers_for_half_width,
    }


def _pain(ws: WorkspaceModel, pain: str) -> Answer | None:
    known = next((p for p in ws.pain_points.values() if p.id == pain), None)
    return {"pain_point": known.id, "title": known.title} if known else None


def _unseat(ws: WorkspaceModel, found: "Unseat") -> Answer:
    return {
        "rank1": _pain(ws, found.rank1),
        "rank2": _pain(ws, found.rank2),
        "kappa": found.kappa,
        "kappa_now": found.kappa_now,
        "risk_ratio": found.risk_ratio,
        "risk_ratio_left": found.risk_ratio_left,
        "e_value": found.e_value,
        "outcome": found.word or None,
    }


def _return(ws: WorkspaceModel, found: "Return") -> Answer:
    improvement = next(i for i in ws.improvements.values() if i.id == found.improvement)
    return {
        "pain_point": found.pain_point,
        "improvement": found.improvement,
        "title": improvement.title,
        "cost": found.cost,
        "value_mean": found.value_mean,
        "ratio_mean": found.ratio_mean,
        "ratio_low80": found.ratio_low80,
        "ratio_high80": found.ratio_high80,
        "payback_months": found.payback_months,
    }


def _print(answer: Answer) -> None:
    head = f"{answer['quarter'] or 'of all time'}{' (draft)' if answer['draft'] else ''}"
    say(f"Decisions {head} · {answer['draws']} draws, seed {answer['seed']}")
    best: Any = answer["best_set"]
    if not best["items"] and best["left_out_next"] is None:
        say("No pain point is on the list.")
        return
    _print_set(best, _unit(answer))
    _print_measurements(answer)
    _print_unseat(answer["unseat"])
    _print_returns(answer)


def _unit(answer: Answer) -> str:
    if answer["basis"] == "money":
        return str(answer["currency"])
    return "in 1,000 customers"


def _print_set(best: Any, unit: str) -> None:
    say("")
    say(f"The best set found for {best['days_asked']:g} days takes {best['days']:g}.")
    if best["items"]:
        print_table(
            ("#", "Do", "Days"),
            [
                (
                    i["rank"],
                    i["title"],
                    f"{'≈ ' if i['effort_assumed'] else ''}{i['effort_days']:g}",
                )
                for i in best["items"]
            ],
            right={"#", "Days"},
            cut="Do",
        )
    if best["joint_mean"] is not None and best["items"]:
        say(
            f"Together: {_figure(best['joint_mean'])} {unit} (80 %: {_figure(best['joint_low80'])} "
            f"… {_figure(best['joint_high80'])}); added one by one it would read "
            f"{_figure(best['sum_of_singles'])}."
        )
    if best["left_out_next"] is not None:
        say(f"Left out next: {best['left_out_next']['title']}.")


def _figure(value: float) -> str:
    """Return a simulated figure to three digits: more would only look exact."""
    return show(float(f"{value:.3g}"))


def _print_measurements(answer: Answer) -> None:
    found: Any = answer["measure"]
    say("")
    if not found:
        say(f"No place among the first {answer['top_k']} is open.")
        return
    say(f"Ask next, to be surer of the first {answer['top_k']}:")
    print_table(
        ("Touchpoint", "About", "Why", "Wrong now", f"Knowing adds, {_unit(answer)}", "Answers"),
        [
            (
                m["touchpoint"],
                "; ".join(p["title"] for p in m["pain_points"]),
                _REASONS[m["reason"]],
                f"{m['chance_wrong_now']:.0%}",
                None if m["expected_gain"] is None else _figure(m["expected_gain"]),
                m["answers_for_half_width"],
            )
            for m in found[:_SHOWN_MEASUREMENTS]
        ],
        right={"Wrong now", f"Knowing adds, {_unit(answer)}"},
        cut="About",
    )
    if len(found) > _SHOWN_MEASUREMENTS:
        say(f"… and {len(found) - _SHOWN_MEASUREMENTS} more touchpoints.")


def _print_unseat(found: Any) -> None:
    if found["kappa"] is None:
        return
    say("")
    say(
        f"“{found['rank1']['title']}” stays first while at least {found['kappa']:.0%} of what is "
        f"seen there is its own doing ({found['kappa_now']:.0%} assumed); below that "
        f"“{found['rank2']['title']}” is ahead."
    )
    if found["e_value"] is not None:
        say(
            f"A hidden cause would have to make both meeting it and "
            f"{_OUTCOMES.get(found['outcome'], 'the bad outcome')} {found['e_value']:.2f} times as "
            f"likely (E-value)."
        )


def _print_returns(answer: Answer) -> None:
    rows: Any = answer["returns"]
    if not rows:
        return
    # An improvement of several pain points is told once; they have the same figures.
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(row["improvement"], row)
    say("")
    print_table(
        ("Improvement", "Cost", "Value", "Value / cost", "80 %", "Paid back"),
        [
            (
                r["title"],
                _figure(r["cost"]),
                _figure(r["value_mean"]),
                show(r["ratio_mean"], 1),
                f"{show(r['ratio_low80'], 1)} … {show(r['ratio_high80'], 1)}",
                None if r["payback_months"] is None else f"{r['payback_months']} months",
            )
            for r in found.values()
        ],
        right={"Cost", "Value", "Value / cost", "80 %", "Paid back"},
        cut="Improvement",
    )
