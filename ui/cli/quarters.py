"""Commands of the quarter: freeze it for ever, compare two."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from journey.model.ids import QuarterId
from ui.cli.answers import Answer, quarters_with_evidence
from ui.cli.calls import CallError, find_quarter
from ui.cli.options import Draws, Json, Seed, Workspace
from ui.cli.output import advise, print_json, print_table, say, show

if TYPE_CHECKING:
    from journey.quarter.compare import ComparedItem, Comparison
    from journey.quarter.kpis import KpiChange

KPI_VERDICTS = {
    "": "",
    "no_count": "no verdict: of how many is not known",
    "no_rate": "no verdict: not in per cent",
    "too_few": "no verdict: too few",
}
# From this chance on a move is called possible, though no test of the whole list confirms it.
LIKELY = 0.8
_WARNINGS = {
    "answers_gone": "The answers of the first quarter are no longer here, so that every move is "
    "given to the data.",
    "answers_changed": "The answers of the second quarter changed since it was frozen; its frozen "
    "list is shown.",
    "method_changed": "The two lists were made by different versions of the method.",
    "basis_changed": "One list is in money and the other is not; only ranks are compared.",
    "unit_changed": "The two lists count customers differently; only ranks are compared.",
}


def freeze(
    file: Workspace,
    *,
    quarter: Annotated[str, typer.Option("--quarter", help="The quarter to keep, as 2026Q4.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why a frozen quarter is frozen again.")
    ] = "",
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Freeze a quarter: what it says is kept for ever.

    Example: waymark freeze bank.waymark --quarter 2026Q4
    """
    from storage.evidence.store import EvidenceStore
    from storage.quarters import read_to_freeze
    from ui.cli.maps import frozen_with_maps
    from ui.cli.publishing import open_to_write, publish

    with open_to_write(file) as document:
        ws, store = document.workspace, EvidenceStore(document.engine)
        chosen = find_quarter(quarter, quarters_with_evidence(ws, store), ws.quarters)
        assert chosen is not None
        before = ws.quarters.get(QuarterId(chosen))
        if before is not None and not reason.strip():
            raise CallError(
                f"{chosen} is frozen (revision {before.revision}). "
                "To freeze it again, say why with --reason."
            )
        read = read_to_freeze(ws, store, chosen, document.content_sha256())
        command = read.command(datetime.now(UTC), reason, draws=draws, seed=seed)
        document.write(frozen_with_maps(command, ws).do(ws))
        published = publish(document)
        frozen = ws.quarters[QuarterId(chosen)]
    answer: Answer = {
        "quarter": frozen.id,
        "revision": frozen.revision,
        "reason": frozen.reason,
        "frozen_at": frozen.frozen_at,
        "items": len(frozen.items),
        "method_version": frozen.method_version,
        "quarter_sha256": frozen.content_sha256,
        "content_sha256": published,
    }
    if json:
        print_json(answer)
        return
    again = f", revision {frozen.revision}" if frozen.revision > 1 else ""
    say(f"Frozen: {frozen.id}{again}, {len(frozen.items)} rows. No edit changes them any more.")
    say(f"Hash {frozen.content_sha256}")


def compare(
    file: Workspace,
    first: Annotated[str, typer.Argument(metavar="FROM", help="The earlier quarter.")],
    second: Annotated[str, typer.Argument(metavar="TO", help="The later quarter.")],
    *,
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Compare two quarters: what moved, why, and what is noise.

    Example: waymark compare bank.waymark 2026Q3 2026Q4
    """
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore
    from storage.quarters import read_to_compare

    with read_document(file) as document:
        ws, store = document.workspace, EvidenceStore(document.engine)
        known = quarters_with_evidence(ws, store)
        chosen = [find_quarter(quarter, known, ws.quarters) for quarter in (first, second)]
        if chosen[0] == chosen[1]:
            raise CallError(f"{first} and {second} are one quarter; name two.")
        assert chosen[0] is not None
        assert chosen[1] is not None
        read = read_to_compare(ws, store, chosen[0], chosen[1])
    found = read.comparison(draws=draws, seed=seed)
    if json:
        print_json(comparison_answer(found))
    else:
        print_comparison(found)
    for word in found.warnings:
        advise(_WARNINGS[word])


def comparison_answer(found: "Comparison") -> Answer:
    """Return a comparison for programs; figures are unrounded."""
    return {
        "from": found.before,
        "to": found.after,
        "from_frozen": found.before_frozen,
        "to_frozen": found.after_frozen,
        "unit": found.unit,
        "currency": found.currency,
        "items": [_item(item) for item in found.items],
        "touchpoints": [
            {
                "touchpoint": row.name or None,
                "question": row.text,
                "metric": row.metric,
                "n_from": row.n_from,
                "n_to": row.n_to,
                "n_both": row.in_both,
                "value_from": row.value_from,
                "value_to": row.value_to,
                "difference": row.difference,
                "low95": row.low95,
                "high95": row.high95,
                "p": row.p,
                "significant_after_bh": row.significant,
                "indicative": row.indicative,
                "raw_from": row.raw_from,
                "raw_to": row.raw_to,
                "baseline": row.baseline,
                "year_ago": row.year_ago,
            }
            for row in found.touchpoints
        ],
        "kpis": [_kpi(change) for change in found.kpis],
        "improvements": [
            {
                "improvement": effect.improvement,
                "title": effect.title,
                "unit": effect.unit,
                "how": effect.how.value,
                "predicted": effect.predicted,
                "low80": effect.low80,
                "high80": effect.high80,
                "observed": effect.observed,
                "observed_low80": effect.observed_low80,
                "observed_high80": effect.observed_high80,
                "inside": effect.inside,
                "efficacy": effect.efficacy,
            }
            for effect in found.effects
        ],
        "hit_rate": _hit_rate(found),
        "learned": _learned(found),
        "leaders": [
            {
                "leader": leader.name,
                "recovered": leader.recovered,
                "finished": leader.finished,
                "open_value": leader.open_value,
                "open_rows": leader.open_rows,
            }
            for leader in found.leaders
        ],
        "false_discovery_rate": found.rate,
        "year_ago": found.year_ago or None,
        "warnings": list(found.warnings),
    }


def _kpi(change: "KpiChange") -> Answer:
    return {
        "kpi": change.kpi,
        "name": change.name,
        "touchpoint": change.place or None,
        "unit": change.unit,
        "n_from": change.n_from,
        "n_to": change.n_to,
        "value_from": change.value_from,
        "value_to": change.value_to,
        "difference": change.difference,
        "low95": change.low95,
        "high95": change.high95,
        "p": change.p,
        "significant_after_bh": change.significant,
        "indicative": change.indicative,
        "untested": change.untested.value or None,
    }


def _item(item: "ComparedItem") -> Answer:
    return {
        "pain_point": item.pain_point,
        "title": item.title,
        "touchpoint": item.touchpoint_name or None,
        "leader": item.leader_name,
        "change": item.change.value,
        "rank_from": item.rank_from,
        "rank_to": item.rank_to,
        "because": {
            name: item.because[cause]
            for name in ("data", "method", "assumption", "edit")
            for cause in item.because
            if cause.value == name
        },
        "cause": item.cause.value if item.cause else None,
        "p_moved": item.p_moved,
        "really_moved": item.really_moved,
        "value_from": item.value_from,
        "value_to": item.value_to,
    }


def _hit_rate(found: "Comparison") -> Answer | None:
    if found.hit_rate is None:
        return None
    low, high = found.hit_rate
    return {"hits": found.hits, "of": found.told, "low95": low, "high95": high}


def _learned(found: "Comparison") -> Answer | None:
    learned = found.learned
    if learned is None:
        return None
    return {
        "fixes": learned.fixes,
        "fix_efficacy_mean": learned.mean,
        "fix_efficacy_sd": learned.sd,
        "assumed_mean": learned.mean_before,
        "assumed_sd": learned.sd_before,
    }


def print_comparison(found: "Comparison") -> None:
    """Print a comparison for people."""
    counts = [
        f"{sum(item.change.value == word for item in found.items)} {word}"
        for word in ("new", "gone", "moved", "same")
    ]
    say(f"{found.before} → {found.after} · {', '.join(counts)}")
    rows = [_printed(item) for item in found.items if item.change.value != "same"]
    if rows:
        say("")
        print_table(("Change", "Pain point", "Rank", "Moved beyond noise", "Moved by"), rows)
    changed = [row for row in found.touchpoints if row.changed]
    tested = sum(row.p is not None for row in found.touchpoints)
    if tested:
        say("")
        say(
            f"Touchpoints: {len(changed)} of {tested} figures changed, the others show no evidence "
            f"of change (tested together at a {found.rate:.0%} false discovery rate)."
        )
        both = max(row.in_both for row in found.touchpoints)
        if both:
            people = f"Up to {both} respondents answered in both quarters"
            say(f"{people}; their answers are compared as pairs.")
    if changed:
        print_table(
            ("Touchpoint", "Metric", found.before, found.after, "Difference", "95 %"),
            [
                (
                    row.name,
                    row.metric,
                    show(row.value_from, 1),
                    show(row.value_to, 1),
                    show(row.difference, 1),
                    f"{show(row.low95, 1)} … {show(row.high95, 1)}",
                )
                for row in changed
            ],
            right={found.before, found.after, "Difference", "95 %"},
        )
    _print_kpis(found)
    _print_effects(found)


def _print_kpis(found: "Comparison") -> None:
    """Print every KPI; one without a count behind it stands without a verdict."""
    if not found.kpis:
        return
    say("")
    print_table(
        ("KPI", found.before, found.after, "Difference", "95 %", ""),
        [
            (
                change.name,
                show(change.value_from, 1),
                show(change.value_to, 1),
                show(change.difference, 1),
                "–"
                if change.low95 is None
                else f"{show(change.low95, 1)} … {show(change.high95, 1)}",
                KPI_VERDICTS[change.untested.value]
                or ("changed" if change.changed else "no evidence of change"),
            )
            for change in found.kpis
        ],
        right={found.before, found.after, "Difference", "95 %"},
    )


def _printed(item: "ComparedItem") -> tuple[object, ...]:
    ranks = f"{item.rank_from or '–'} → {item.rank_to or '–'}"
    causes = ", ".join(f"{cause.value} {n:+d}" for cause, n in item.because.items() if n)
    if item.cause is not None:
        causes = item.cause.value
    return item.change.value, item.title, ranks, _chance(item), causes


def _chance(item: "ComparedItem") -> str:
    if item.p_moved is None:
        return "–"
    verdict = "no evidence of change"
    if item.really_moved:
        verdict = "really moved"
    elif item.p_moved >= LIKELY:
        verdict = "maybe, no evidence yet"
    return f"{item.p_moved:.0%} {verdict}"


def _print_effects(found: "Comparison") -> None:
    if not found.effects:
        return
    say("")
    unit = found.currency if found.unit == "money" else "per 1,000 customers"
    print_table(
        ("Finished improvement", f"Predicted, {unit}", "80 %", "Observed", "Seen by"),
        [
            (
                effect.title,
                _rounded(effect.predicted),
                f"{_rounded(effect.low80)} … {_rounded(effect.high80)}",
                _rounded(effect.observed),
                effect.how.value.replace("_", " "),
            )
            for effect in found.effects
        ],
        right={f"Predicted, {unit}", "80 %", "Observed"},
    )
    if found.told:
        say(f"{found.hits} of {found.told} came inside the predicted 80 % interval.")


def _rounded(value: float | None) -> str:
    return show(None if value is None else float(f"{value:.3g}"))
