"""`churn` and `clv`: how many customers leave, and what one is worth."""

from collections import defaultdict
from collections.abc import Container, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.calls import CallError
from ui.cli.options import Json, Workspace
from ui.cli.output import advise, print_json, print_table, say, show

if TYPE_CHECKING:
    from journey.metrics.churn_variants import ChurnFigure
    from journey.metrics.clv_variants import ClvFigure
    from journey.metrics.purchase_value import ValueGroup
    from storage.evidence.customers import ClvReport, PurchaseReport

Answer = dict[str, object]


class By(StrEnum):
    """What to part the figures by."""

    SEGMENT = "segment"


Parted = Annotated[By | None, typer.Option("--by", help="One set of figures per segment.")]
Money = Annotated[float | None, typer.Option(help="Per customer and year.")]


def churn(file: Workspace, by: Parted = None, json: Json = False) -> None:
    """Show churn in its named variants.

    Each says what it was counted from; they are different measures.

    Example: waymark churn bank.waymark --by segment
    """
    from storage.document import read_document
    from storage.evidence.customers import churn_figures

    with read_document(file) as document:
        ws = document.workspace
        figures = churn_figures(ws, document.engine, by_segment=by is not None)
        hidden = _hidden_churn(ws, figures)
    if json:
        rows = zip(figures, hidden, strict=True)
        print_json({"variants": [_churn_answer(ws, figure, few) for figure, few in rows]})
        return
    if not figures:
        say("Nothing in this workspace says who left.")
        advise("Import a survey whose outcome means leaving, churn KPIs, or purchases.")
        return
    print_table(
        ("Variant", "From", "Segment", "Churn", "95 % low", "high", "Lost", "Of", "In a year"),
        [_churn_row(ws, figure, few) for figure, few in zip(figures, hidden, strict=True)],
        cut="From",
    )


def _segment(ws: WorkspaceModel, segment: str | None) -> str | None:
    found = next((s for s in ws.segments.values() if s.id == segment), None)
    return found.name if found else None


def _hidden_churn(ws: WorkspaceModel, figures: Sequence["ChurnFigure"]) -> list[bool]:
    """Tell of each figure whether its segment is too small, or covers one that is."""
    from journey.evidence.segments import hidden_cells

    hidden = [False] * len(figures)
    wholes: dict[tuple[str, str, str | None], float] = {}
    parts: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for place, figure in enumerate(figures):
        key = (figure.variant, figure.source, figure.period)
        if figure.segment is None:
            wholes[key] = figure.base or 0.0
            hidden[place] = figure.lost is not None and wholes[key] < ws.info.minimum_n
        else:
            parts[key].append(place)
    minimum_n = ws.info.minimum_n
    for key, places in parts.items():
        sizes = [figures[place].base or 0.0 for place in places]
        few = [size < minimum_n for size in sizes]
        rest = wholes.get(key, 0.0) - sum(sizes)
        for place, why in zip(places, hidden_cells(sizes, few, minimum_n, rest=rest), strict=True):
            hidden[place] = why != ""
    return hidden


def _churn_answer(ws: WorkspaceModel, figure: "ChurnFigure", hidden: bool) -> Answer:
    return {
        "variant": figure.variant,
        "source": figure.source,
        "segment": _segment(ws, figure.segment),
        "period": figure.period,
        "value": None if hidden else figure.value,
        "low95": None if hidden else figure.low,
        "high95": None if hidden else figure.high,
        "lost": None if hidden else figure.lost,
        "base": figure.base,
        "months": figure.months,
        "yearly": None if hidden else figure.yearly,
        "suppressed": hidden,
    }


def _churn_row(ws: WorkspaceModel, figure: "ChurnFigure", hidden: bool) -> tuple[object, ...]:
    rates = (figure.value, figure.low, figure.high)
    source = f"{figure.source}, {figure.period}" if figure.period else figure.source
    return (
        figure.variant,
        source,
        _segment(ws, figure.segment) or ("" if figure.segment is None else figure.segment),
        *("" if hidden else _percent(rate) for rate in rates),
        "" if hidden else _whole(figure.lost),
        _whole(figure.base),
        "" if hidden else _percent(figure.yearly),
    )


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{show(100.0 * rate, 2)} %"


def _whole(count: float | None) -> str:
    return "" if count is None else show(count, 0)


def clv(
    file: Workspace,
    by: Parted = None,
    *,
    revenue: Money = None,
    margin: Money = None,
    years: Annotated[float | None, typer.Option(help="Years a customer stays.")] = None,
    cac: Annotated[float | None, typer.Option(help="Acquisition cost of a customer.")] = None,
    retention: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Share who stay for another year.")
    ] = None,
    discount: Annotated[float | None, typer.Option(min=0.0, help="Yearly rate.")] = None,
    horizon: Annotated[int | None, typer.Option(min=0, max=100, help="Years counted.")] = None,
    survivors: Annotated[
        str | None,
        typer.Option(metavar="1000,869,…", help="A cohort at the start and after each renewal."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="2026-12-31", help="Leave later purchases out.")
    ] = None,
    json: Json = False,
) -> None:
    """Show customer lifetime value in its variants.

    Inputs that are not given come from KPIs, surveys and the assumptions.

    Example: waymark clv bank.waymark --revenue 1000 --years 10 --cac 1000 --by segment
    """
    from journey.metrics.clv_variants import ClvInputs
    from storage.document import read_document
    from storage.evidence.customers import churn_figures, clv_report

    given = ClvInputs(revenue, margin, years, cac, retention, discount, horizon)
    with read_document(file) as document:
        ws = document.workspace
        report = clv_report(
            ws,
            document.engine,
            given,
            survivors=_survivors(survivors),
            by_segment=by is not None,
            until=_day(until),
        )
        figures = churn_figures(ws, document.engine, by_segment=True) if by is not None else []
        shown = zip(figures, _hidden_churn(ws, figures), strict=True)
        covered = {figure.segment for figure, few in shown if few}
    if json:
        answer = _clv_answer(ws, report)
        if by is not None:
            answer["segments"] = _segments_answer(ws, report, covered)
            answer["best_segment"] = _best_answer(ws, report)
        print_json(answer)
    else:
        _print_clv(ws, report)


def _survivors(text: str | None) -> tuple[float, ...]:
    if text is None:
        return ()
    try:
        return tuple(float(int(part)) for part in text.split(","))
    except ValueError:
        raise CallError(f"“{text}” are no counts; write them as 1000,869,743.") from None


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise CallError(f"“{text}” is no day; write it as 2026-12-31.") from None


def _clv_answer(ws: WorkspaceModel, report: "ClvReport") -> Answer:
    answer: Answer = {
        "currency": ws.info.currency,
        "inputs": {
            name: {"value": value, "source": report.sources[name]}
            for name, value in report.inputs.known.items()
        },
        "variants": [_figure_answer(figure) for figure in report.variants],
        "contract": None,
        "purchases": None if report.purchases is None else _purchases_answer(report.purchases),
    }
    if report.contract is not None:
        answer["contract"] = {"alpha": report.contract.alpha, "beta": report.contract.beta}
    return answer


def _figure_answer(figure: "ClvFigure") -> Answer:
    return {
        "variant": figure.variant,
        "value": figure.value,
        "formula": figure.formula,
        "needs": list(figure.needs),
        "reason": figure.reason or None,
    }


def _purchases_answer(report: "PurchaseReport") -> Answer:
    models = report.models
    answer: Answer = {
        "until": report.until.isoformat(),
        "purchases": report.purchases,
        "customers": report.customers,
        "repeat_customers": report.repeat_customers,
        "reason": report.reason or None,
        "bg_nbd": None,
        "gamma_gamma": None,
        "value_mean": None,
        "value_total": None,
    }
    if models is None:
        return answer
    buying, spending = models.buying, models.spending
    answer["bg_nbd"] = {
        "r": buying.r,
        "alpha": buying.alpha,
        "a": buying.a,
        "b": buying.b,
        "log_likelihood": buying.log_likelihood,
    }
    answer["gamma_gamma"] = {
        "p": spending.p,
        "q": spending.q,
        "v": spending.v,
        "correlation": spending.correlation,
        "independent": models.independent,
        "mean_amount": spending.mean_amount(),
    }
    worth = [value.value for value in report.values if value.value is not None]
    if worth:
        answer["value_total"] = sum(worth)
        answer["value_mean"] = sum(worth) / len(worth)
    return answer


def _hidden_groups(ws: WorkspaceModel, report: "ClvReport") -> dict[object, bool]:
    """Tell of each segment whether its purchases are too few people's, or cover such ones."""
    from journey.evidence.segments import hidden_cells

    if report.purchases is None:
        return {}
    sizes = [float(group.customers) for group in report.purchases.groups]
    few = [size < ws.info.minimum_n for size in sizes]
    rest = report.purchases.customers - sum(sizes)
    hidden = hidden_cells(sizes, few, ws.info.minimum_n, rest=rest)
    names = (group.segment for group in report.purchases.groups)
    return {name: why != "" for name, why in zip(names, hidden, strict=True)}


def _segments_answer(
    ws: WorkspaceModel, report: "ClvReport", covered: Container[str | None]
) -> list[Answer]:
    """Return a row per segment that anything is known of; `covered`: whose churn is hidden."""
    groups = {g.segment: g for g in report.purchases.groups} if report.purchases else {}
    hidden = _hidden_groups(ws, report)
    found: list[Answer] = []
    for segment in sorted(ws.segments.values(), key=lambda s: s.name):
        group = groups.get(segment.id)
        known = {} if segment.id in covered else report.by_segment
        inputs, variants = known.get(segment.id, (None, ()))
        found.append(
            {
                "segment": segment.name,
                "customers_per_year": segment.customers_per_year,
                "value_if_retained": segment.value_if_retained,
                "retention": inputs.retention if inputs else None,
                "variants": [_figure_answer(figure) for figure in variants],
                "purchases": None if group is None else _group_answer(group, hidden[segment.id]),
            }
        )
    return found


def _group_answer(group: "ValueGroup", hidden: bool) -> Answer:
    names = (
        "repeat_share",
        "purchases_per_year",
        "amount",
        "p_alive",
        "expected",
        "value",
        "value_share",
    )
    figures: Answer = {name: None if hidden else getattr(group, name) for name in names}
    return {"customers": group.customers, "suppressed": hidden, **figures}


def _best_answer(ws: WorkspaceModel, report: "ClvReport") -> Answer | None:
    if report.purchases is None or report.purchases.best is None:
        return None
    group, traits = report.purchases.best
    if _hidden_groups(ws, report).get(group.segment, False):
        return None
    return {
        "segment": _segment(ws, group.segment),
        "value": group.value,
        "profile": [
            {"figure": t.name, "best": t.best, "others": t.others, "ratio": t.ratio} for t in traits
        ],
    }


def _print_clv(ws: WorkspaceModel, report: "ClvReport") -> None:
    print_table(
        ("Variant", f"Value, {ws.info.currency}", "How"),
        [(f.variant, f.value, _how(f)) for f in report.variants],
        cut="How",
    )
    inputs = (
        f"{name.replace('_', ' ')} {show(value)} ({report.sources[name]})"
        for name, value in report.inputs.known.items()
    )
    say("Inputs: " + ", ".join(inputs) + ".")
    bought = report.purchases
    if bought is None:
        return
    say("")
    say(
        f"Purchases: {bought.purchases} of {bought.customers} customers until {bought.until}; "
        f"{bought.repeat_customers} bought again."
    )
    if bought.models is None:
        say(f"No model could be fitted: {bought.reason.replace('_', ' ')}.")
        return
    if not bought.models.independent:
        advise("Those who buy often also spend otherwise: the values are not to be relied on.")
    hidden = _hidden_groups(ws, report)
    print_table(
        ("Segment", "Customers", "Bought again", "Purchases a year", "Amount", "Future value"),
        [
            (
                _segment(ws, g.segment) or "",
                g.customers,
                *((None,) * 4 if hidden[g.segment] else _bought(g)),
            )
            for g in bought.groups
        ],
    )
    if any(hidden.values()):
        advise("Segments without figures are too small to show, or would tell of one that is.")
    if bought.best is not None and not hidden.get(bought.best[0].segment, False):
        group, traits = bought.best
        told = [f"{t.name.replace('_', ' ')} {show(t.ratio)}×" for t in traits[:3] if t.ratio]
        say(f"Best: {_segment(ws, group.segment)}; against the others: {', '.join(told)}.")


def _bought(group: "ValueGroup") -> tuple[object, ...]:
    return _percent(group.repeat_share), group.purchases_per_year, group.amount, group.value


def _how(figure: "ClvFigure") -> str:
    if figure.needs:
        return "needs " + ", ".join(name.replace("_", " ") for name in figure.needs)
    return "it diverges: take a horizon" if figure.reason else figure.formula
