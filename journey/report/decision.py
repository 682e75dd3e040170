"""The decision of a pack in words, the same for every export."""

from dataclasses import dataclass

from journey.priority.result import Level
from journey.report.figures import Unit, grouped, percent
from journey.report.pack import Ask, Decision, Pack, PackRow
from journey.report.words import Words


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """What is asked, in a line, and what stands below it."""

    headline: str
    detail: str


def decision_words(pack: Pack, words: Words, unit: Unit) -> DecisionWords:
    """Return the decision asked.

    Values are told together where it is known what all fixes bring at once, else one at a time;
    a sum stands only beside the joint value, as what it is not.
    """
    decision = pack.decision
    if decision.ask is Ask.NOTHING:
        return DecisionWords(words("decision.nothing"), "")
    first = decision.rows[0]
    if decision.ask is Ask.MEASURE:
        headline = words("decision.measure", touchpoint=first.item.touchpoint_name)
        known = first.item.level is Level.E
        return DecisionWords(
            headline, words("decision.measure_why" if known else "decision.measure_unknown")
        )
    if decision.ask is Ask.NEAREST:
        headline = words("decision.nearest", k=decision.top_k, rank=first.item.rank)
    else:
        headline = _approve(pack, words, unit)
    return DecisionWords(headline, " ".join(_details(pack, words, unit)))


def _approve(pack: Pack, words: Words, unit: Unit) -> str:
    rows = pack.decision.rows
    days = grouped(pack.decision.effort_days, _decimals(pack.decision.effort_days))
    ranks = _listed([str(row.item.rank) for row in rows], words)
    if len(rows) == 1 and rows[0].figure is not None:
        value = words("decision.value_one", mean=unit.text(rows[0].figure.mean))
        return words("decision.approve_one", days=days, ranks=ranks, value=value)
    joint = pack.decision.joint
    if joint is not None:
        value = words("decision.together", mean=unit.text(joint.mean))
        return words("decision.approve_all", days=days, ranks=ranks, value=value)
    return words("decision.approve", days=days, ranks=ranks)


def _details(pack: Pack, words: Words, unit: Unit) -> list[str]:
    decision = pack.decision
    shown = [_value(row, words, unit) for row in decision.rows if row.figure is not None]
    parts = []
    if len(decision.rows) == 1 and decision.ask is Ask.APPROVE:
        figure = decision.rows[0].figure
        if figure and figure.low80 is not None and figure.high80 is not None:
            low = unit.text(figure.low80, with_unit=False)
            parts.append(words("decision.interval", low=low, high=unit.text(figure.high80)))
    elif decision.joint is not None:
        parts += _together(decision, words, unit)
    elif shown:
        parts.append(words("decision.approve_values", values="; ".join(shown)))
        if len(shown) > 1:
            parts.append(words("decision.overlap"))
    chances = [
        words("decision.chance", rank=row.item.rank, chance=percent(row.item.p_top5))
        for row in decision.rows
        if row.item.p_top5 is not None
    ]
    if chances:
        parts.append(words("decision.top", k=decision.top_k, chances=", ".join(chances)))
    if decision.effort_assumed and decision.ask is Ask.APPROVE:
        parts.append(words("decision.effort_assumed"))
    return parts


def _together(decision: Decision, words: Words, unit: Unit) -> list[str]:
    """Tell the interval of all rows together, and their sum where it says something else."""
    joint, parts = decision.joint, []
    assert joint is not None
    if joint.low80 is not None and joint.high80 is not None:
        low = unit.text(joint.low80, with_unit=False)
        parts.append(words("decision.interval", low=low, high=unit.text(joint.high80)))
    added = unit.text(sum(row.figure.mean for row in decision.rows if row.figure is not None))
    if added != unit.text(joint.mean):
        parts.append(words("decision.sum", sum=added))
    return parts


def _value(row: PackRow, words: Words, unit: Unit) -> str:
    figure = row.figure
    assert figure is not None
    mean = unit.text(figure.mean)
    if figure.low80 is None or figure.high80 is None:
        return words("decision.value_bare", rank=row.item.rank, mean=mean)
    return words(
        "decision.value",
        rank=row.item.rank,
        mean=mean,
        low=unit.text(figure.low80, with_unit=False),
        high=unit.text(figure.high80, with_unit=False),
    )


def _listed(names: list[str], words: Words) -> str:
    """Return "1", "1 and 4", "1, 4 and 7"."""
    if len(names) < 2:
        return "".join(names)
    return words("and", first=", ".join(names[:-1]), last=names[-1])


def _decimals(days: float) -> int:
    return 0 if days == int(days) or days >= 10 else 1
