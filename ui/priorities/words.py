"""The words of the ranked list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from journey.model.map import PainPoint
from journey.priority.result import Basis, Factor, Level, RankedItem
from journey.report.warnings import explain_warning
from ui import numbers
from ui.shell.widgets.evidence import level_words

if TYPE_CHECKING:
    from ui.priorities.shared_fix import SharedFix


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


_SELDOM: Final = 0.45  # less often ahead than not, beyond what is a toss-up
# What stands beside a letter in the list's foot; the tooltip of the badge says it in full.
_LEGEND: Final[dict[Level, Callable[[], str]]] = {
    Level.A: lambda: QCoreApplication.translate("Priorities", "answers, outcome, volumes"),
    Level.B: lambda: QCoreApplication.translate("Priorities", "link to leaving assumed"),
    Level.C: lambda: QCoreApplication.translate("Priorities", "answers; volumes or value missing"),
    Level.D: lambda: QCoreApplication.translate("Priorities", "a KPI only"),
    Level.E: lambda: QCoreApplication.translate("Priorities", "opinion"),
    Level.F: lambda: QCoreApplication.translate("Priorities", "nothing yet"),
}
_FACTORS: Final[dict[str, Callable[[], str]]] = {
    "customers": lambda: QCoreApplication.translate("Priorities", "Customers a year"),
    "used": lambda: QCoreApplication.translate("Priorities", "Share who come here"),
    "share": lambda: QCoreApplication.translate("Priorities", "Share who meet it"),
    "effect": lambda: QCoreApplication.translate("Priorities", "Harm to those who do"),
    "link": lambda: QCoreApplication.translate("Priorities", "Who then leaves"),
    "value": lambda: QCoreApplication.translate("Priorities", "Value kept each"),
    "efficacy": lambda: QCoreApplication.translate("Priorities", "What the fix removes"),
    "effort": lambda: QCoreApplication.translate("Priorities", "Effort"),
    "together": lambda: QCoreApplication.translate("Priorities", "What else its fix gives"),
    "residual": lambda: QCoreApplication.translate("Priorities", "All else"),
}


def legend(level: Level) -> str:
    """Return what a level of evidence stands for, in a word or three."""
    return _LEGEND[level]()


def interval_key() -> str:
    """Return what the parts of an interval bar stand for, in a few words."""
    return tr("mean, bar 80 %, line 95 %").replace(" %", f"{numbers.NO_BREAK}%")


def factor_name(name: str) -> str:
    """Return a factor of the score in words; a new one as it is written."""
    made = _FACTORS.get(name)
    return made() if made else name.replace("_", " ").capitalize()


def factor_figures(factor: Factor, currency: str) -> str:
    """Return this row's figure against rank 1's, in the factor's unit."""
    if factor.name == "residual":
        return ""
    if factor.name == "together":
        return tr("{0} against {1}").format(_more(factor.mine), _more(factor.first))
    shown = _figure(factor.name, currency)
    return tr("{0} against {1}").format(shown(factor.mine), shown(factor.first))


def _more(times: float) -> str:
    """Return what a fix gives beside a row's own share: "+62 %"; 1 is a fix for one row."""
    if times == 1.0:
        return tr("none")
    share = numbers.percent(times - 1.0)
    return share if times < 1.0 else f"+{share}"


def _figure(name: str, currency: str) -> Callable[[float], str]:
    if name in {"used", "share", "link", "efficacy"}:
        return numbers.percent
    if name == "effect":
        return points
    if name == "value":
        return lambda value: numbers.compact_money(value, currency)
    if name == "effort":
        return numbers.days
    return lambda value: numbers.number(value, 0 if abs(value) >= 100 else None)


def told(stable: str) -> str:
    """Return a ranking's note or warning in words; what follows a colon in it are facts."""
    known = {
        "nobody_named_it": tr("Nobody named it in the survey."),
        "shared_improvement": tr("Its improvement serves other pain points too: its share."),
        "assumed_link": tr("How many leave because of it is assumed, not measured."),
        "opinion_based": tr("Placed by workshop opinion."),
        "no_effort": tr(
            "No effort is known: every row takes the same assumed days, so the order is that of "
            "what a fix gives."
        ),
        "too_few_in_segment": tr("Too few answers in this segment to show how many meet it."),
        "no_evidence": tr(
            "There is no evidence that fixing it helps: those who met it did no worse, so its "
            "estimate lies below zero."
        ),
        "capped": tr("Held back: all pain points together cannot explain more than was seen."),
    }
    return known.get(stable.partition(":")[0]) or explain_warning(stable, tr)


def facts(item: RankedItem, fix: "SharedFix | None" = None) -> list[str]:
    """Return what lies behind a row, a sentence each: level, answers, doubt, fix, notes.

    Args:
        fix: what its improvement does for other rows; with the next one it cannot compete.
    """
    told_facts = [tr("Level {0}, {1}").format(item.level.value, level_words(item.level))]
    if item.n:
        told_facts.append(counted(item.n, tr("answer behind it"), tr("answers behind it")))
    if item.rank is not None and item.level is not Level.E and rank_range(item):
        told_facts.append(tr("In 80 % of draws its rank is {0}").format(rank_range(item)))
    served = {partner.rank for partner in fix.partners} if fix is not None else set()
    if item.p_beats_next is not None and (item.rank or 0) + 1 not in served:
        chance = numbers.percent(item.p_beats_next)
        ahead = tr("Ahead of the next row in {0} of draws")
        if item.p_beats_next < _SELDOM:
            ahead = tr(
                "Ahead of the next row in {0} of draws only: the list goes by the mean, which a "
                "few large draws lift"
            )
        told_facts.append(ahead.format(chance))
    if item.improvement_title:
        told_facts.append(tr("Counts on: {0}").format(item.improvement_title))
    elif item.rank is not None:
        told_facts.append(tr("No improvement yet: assumed effect and effort are used"))
    # Which rows a shared fix serves stands under the sentence, in full.
    notes = [note for note in item.notes if note.partition(":")[0] != "shared_improvement"]
    return [*told_facts, *(told(note) for note in notes)]


def points(share: float) -> str:
    """Return a difference of shares as points: 0.034 is "3.4 pts"."""
    return numbers.with_unit(100 * share, tr("pts"), 1)


def opinion(pain: PainPoint | None) -> str:
    """Return the workshop's votes and classes of a pain point, as "4 votes, severity 3"."""
    if pain is None:
        return ""
    parts: list[str] = []
    if pain.votes is not None:
        parts.append(tr("1 vote") if pain.votes == 1 else tr("{0} votes").format(pain.votes))
    if pain.severity is not None:
        parts.append(tr("severity {0}").format(pain.severity))
    if pain.frequency is not None:
        parts.append(tr("frequency {0}").format(pain.frequency))
    return ", ".join(parts)


def nothing_yet() -> str:
    """Return what stands in the row of a pain point about which nothing is known."""
    return tr("nothing yet: no answer, no KPI, no vote")


def rank_range(item: RankedItem) -> str:
    """Return the 80 % range of the rank, as "1–4"; empty where it is not claimed."""
    if item.rank_low80 is None or item.rank_high80 is None:
        return ""
    if item.rank_low80 == item.rank_high80:
        return str(item.rank_low80)
    return f"{item.rank_low80}–{item.rank_high80}"


def leader_name(item: RankedItem) -> str:
    """Return who owns a row."""
    return item.leader_name if item.leader is not None else tr("Unassigned")


def place(item: RankedItem) -> str:
    """Return where a pain point is, as "Card delivery · Post-purchase"."""
    parts = [part for part in (item.touchpoint_name, item.stage_name) if part]
    return " · ".join(parts) or tr("no touchpoint")


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun; both are translated already."""
    return f"{numbers.number(count, 0)} {one if count == 1 else many}"


def totals(items: Sequence[RankedItem], basis: Basis) -> str:
    """Return the foot's sentence: "18 pain points: 14 with money, 3 by opinion, 1 not ranked"."""
    measured = sum(i.level in "ABC" for i in items)
    kpi = sum(i.level is Level.D for i in items)
    if basis is not Basis.MONEY:
        measured, kpi = measured + kpi, 0
    parts = (
        (measured, tr("{0} with money") if basis is Basis.MONEY else tr("{0} by index")),
        (kpi, tr("{0} by a KPI")),
        (sum(i.level is Level.E for i in items), tr("{0} by workshop opinion")),
        (sum(i.level is Level.F for i in items), tr("{0} not ranked")),
    )
    told = ", ".join(text.format(numbers.number(n, 0)) for n, text in parts if n)
    head = counted(len(items), tr("pain point"), tr("pain points"))
    return f"{head}: {told}" if told else head
