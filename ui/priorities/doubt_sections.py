"""What to measure next, how sure rank 1 is, and what an improvement returns on its cost."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.model.ids import PainPointId, TouchpointId
from journey.model.workspace import Workspace
from journey.priority.result import RankedItem, Ranking
from ui import numbers
from ui.priorities.figures import Figures
from ui.priorities.section import Paragraphs, Section
from ui.shell.widgets.choices import Choice, SegmentedControl

if TYPE_CHECKING:
    from journey.decision.hidden_cause import Unseat
    from journey.decision.next_data import NextMeasurement
    from journey.decision.payback import Return

_SHOWN: Final = 3
_SHOWN_RETURNS: Final = 6
_UNSHAKEABLE: Final = 10.0  # a risk ratio no hidden cause is likely to have
_NOTHING_OF: Final = 0.005  # of the scale: a gain not worth a word


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


class MeasureSection(Section):
    """Where to ask next, and what it would change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What to measure next"), parent=parent)
        self.words = Paragraphs()
        self.column.addWidget(self.words)

    def show_next(
        self, found: "Sequence[NextMeasurement]", workspace: Workspace, figures: Figures
    ) -> None:
        """Say the most valuable ones."""
        if not found:
            told = tr("No place among the first {0} is open: more answers would not change them.")
            self.words.say((told.format(figures.top_k), "text_2", 400))
            return
        lines: list[tuple[str, str, int]] = []
        for one in found[:_SHOWN]:
            at = workspace.touchpoints.get(TouchpointId(one.touchpoint))
            lines.append((at.name if at else tr("At no touchpoint"), "text", 600))
            lines.append((_measurement(one, workspace, figures), "text_2", 400))
        self.words.say(*lines)


def _measurement(one: "NextMeasurement", workspace: Workspace, figures: Figures) -> str:
    first = workspace.pain_points.get(PainPointId(one.pain_points[0]))
    title = first.title if first else ""
    why = {
        "opinion": tr("“{0}” is known by opinion only."),
        "kpi_only": tr("“{0}” is known by a KPI only."),
    }.get(one.reason, tr("The place of “{0}” is open."))
    parts = [
        why.format(title),
        tr("Chance that the first {0} are wrong here: {1}.").format(
            figures.top_k, numbers.percent(one.chance_wrong_now)
        ),
    ]
    if one.expected_gain is not None and one.expected_gain > _NOTHING_OF * _best(figures):
        parts.append(tr("Knowing is worth about {0}.").format(figures.amount(one.expected_gain)))
    answers = numbers.number(_about(one.answers_for_half_width), 0)
    parts.append(tr("About {0} more answers halve the doubt.").format(answers))
    return numbers.keep_units(" ".join(parts))


def _best(figures: Figures) -> float:
    return max(abs(figures.scale.low), abs(figures.scale.high))


def _about(count: int) -> float:
    """Return a count to two digits: it is an estimate."""
    size = 10 ** max(len(str(count)) - 2, 0)
    return float(round(count / size) * size)


class SureSection(Section):
    """How strong a hidden cause would have to be to unseat rank 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("How sure is rank 1"), parent=parent)
        self.words = Paragraphs()
        self.column.addWidget(self.words)

    def show_unseat(self, found: "Unseat", ranking: Ranking) -> None:
        """Say it in a sentence or two."""
        titles = {str(i.pain_point): i.title for i in ranking.items}
        first, second = (next((i for i in ranking.items if i.rank == k), None) for k in (1, 2))
        lines: list[tuple[str, str, int]] = []
        if first and second and first.improvement and first.improvement == second.improvement:
            lines.append((tr("One fix serves it and rank 2."), "text", 400))
        elif first is not None and first.p_beats_next is not None:
            chance = numbers.percent(first.p_beats_next)
            lines.append((tr("It is ahead of rank 2 in {0} of draws.").format(chance), "text", 400))
        lines += [(told, "text_2", 400) for told in _unseat(found, titles)]
        self.words.say(*lines)


def _unseat(found: "Unseat", titles: dict[str, str]) -> list[str]:
    if not found.rank2:
        return [tr("Nothing else is ranked beside it.")]
    if found.kappa is None:
        return [tr("It is placed by opinion, so no cause can be weighed against it.")]
    if found.kappa <= 0:
        return [tr("It keeps its place even if its link to {0} were no cause at all.")
                .format(_outcome(found.word))]  # fmt: skip
    told = [
        tr("“{0}” takes its place if less than {1} of its link to {2} is cause (assumed: {3}).")
        .format(
            titles.get(found.rank2, ""), numbers.percent(found.kappa), _outcome(found.word),
            numbers.percent(found.kappa_now),
        )
    ]  # fmt: skip
    if found.e_value is not None and found.e_value < _UNSHAKEABLE:
        told.append(
            tr("A hidden cause that makes both meeting it and {0} {1} as likely would do that.")
            .format(_outcome(found.word), numbers.times(found.e_value))
        )  # fmt: skip
    return told


def _outcome(word: str) -> str:
    return {
        "left": tr("leaving"),
        "dissatisfied": tr("being dissatisfied"),
        "detractor": tr("being a detractor"),
        "low": tr("rating the whole low"),
    }.get(word, tr("the bad outcome"))


class ReturnSection(Section):
    """Value over cost and payback of improvements with a cost: beside the rank, never in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Return and payback"), parent=parent)
        self.order = SegmentedControl(
            (Choice("rank", tr("By rank")), Choice("return", tr("By return"))), compact=True
        )
        self.order.chosen.connect(self._tell)
        row = QHBoxLayout()
        row.addWidget(self.order)
        row.addStretch(1)
        self.column.addLayout(row)
        self.words = Paragraphs(4)
        self.column.addWidget(self.words)
        self._returns: Sequence[Return] = ()
        self._ranking: Ranking | None = None
        self.hide()

    def show_returns(self, found: "Sequence[Return]", ranking: Ranking) -> None:
        """Show an improvement each, those without a cost left out; nothing hides the section."""
        self._ranking = ranking
        once: dict[str, Return] = {}
        for one in found:
            once.setdefault(one.improvement, one)
        self._returns = tuple(once.values())
        self.setVisible(bool(self._returns))
        self._tell()

    def _tell(self) -> None:
        if self._ranking is None:
            return
        items = {str(i.pain_point): i for i in self._ranking.items}
        shown = list(self._returns)
        if self.order.current() == "return":
            shown.sort(key=lambda r: -r.ratio_mean)
        lines: list[tuple[str, str, int]] = []
        for one in shown[:_SHOWN_RETURNS]:
            lines.append((_return_title(items[one.pain_point]), "text", 500))
            lines.append((_return(one, self._ranking.currency), "text_2", 400))
        rest = len(shown) - _SHOWN_RETURNS
        if rest > 0:
            lines.append((tr("{0} more").format(rest), "text_3", 400))
        self.words.say(*lines)


def _return_title(item: RankedItem) -> str:
    return tr("{0} · {1}").format(item.rank, item.improvement_title or item.title)


def _return(one: "Return", currency: str) -> str:
    told = tr("{0} on a cost of {1} (80 %: {2})").format(
        _times(one.ratio_mean),
        numbers.compact_money(one.cost, currency),
        numbers.interval(_times(one.ratio_low80), _times(one.ratio_high80)),
    )
    if one.payback_months is None:
        back = tr("never paid back")
    elif one.payback_months == 1:
        back = tr("paid back in 1 month")
    else:
        back = tr("paid back in {0} months").format(one.payback_months)
    return f"{told}, {back}"


def _times(ratio: float) -> str:
    return f"×{numbers.number(ratio, 0 if abs(ratio) >= 10 else 1)}"
