"""The budget: how many days there are, which fixes they buy, what these give together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.priority.result import RankedItem, Ranking
from ui import numbers
from ui.priorities.assumption_row import MarkedSlider
from ui.priorities.figures import Figures
from ui.priorities.section import Paragraphs, Section
from ui.shell.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from journey.decision.budget import ChosenSet

_ABOUT: Final = 0.01  # a sum this near to the joint value reads as equal


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


class BudgetSection(Section):
    """A slider over days. Fires `days_wanted` with a float when a set is to be looked for."""

    days_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Budget"), parent=parent)
        self.days_label = PlainLabel("", "base", 600)
        self.head.addWidget(self.days_label)
        self.slider = MarkedSlider()
        self.slider.setAccessibleName(self.tr("Days of work there are"))
        self.slider.valueChanged.connect(self._on_moved)
        self.column.addWidget(self.slider)
        ends = QHBoxLayout()
        self._end = PlainLabel("", "meta", 400, "text_2")
        ends.addWidget(PlainLabel("0", "meta", 400, "text_2"), 1)
        ends.addWidget(self._end)
        self.column.addLayout(ends)
        self.words = Paragraphs()
        self.column.addWidget(self.words)
        self._touched = False
        self._ranking: Ranking | None = None
        self._figures: Figures | None = None
        # The first question of a burst goes out at once with the last value of this round.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_settled)

    @property
    def days(self) -> float:
        """The days there are."""
        return float(self.slider.value())

    def set_ranking(self, ranking: Ranking, figures: Figures) -> None:
        """Follow another list; days that nobody chose become those of its first rows."""
        self._ranking, self._figures = ranking, figures
        chosen = _once(ranking.items)
        top_k = figures.top_k
        first = sum(i.effort_days for i in chosen if (i.rank or top_k + 1) <= top_k)
        total = max(round(sum(i.effort_days for i in chosen)), 1)
        self.slider.blockSignals(True)
        self.slider.setRange(0, total)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(max(total // 20, 1))
        if not self._touched:
            self.slider.setValue(round(first))
        self.slider.blockSignals(False)
        self._end.setText(numbers.days(total))
        self._name()
        self.days_wanted.emit(self.days)

    def show_set(self, chosen: "ChosenSet") -> None:
        """Say what the days buy."""
        if self._ranking is None or self._figures is None:
            return
        rows = _rows_of(chosen.items, self._ranking.items)
        if not rows:
            words = self.tr("Nothing fits into so few days.")
            self.words.say((words, "text_2", 400))
            return
        taken = self.tr("Takes {0}, {1}.").format(
            _ranks([r.rank or 0 for r in rows]), numbers.days(chosen.days)
        )
        lines = [(taken, "text", 500)]
        worth = self._worth(chosen, self._figures)
        if worth:
            lines.append((worth, "text", 400))
        if chosen.left_out_next is not None:
            following = _rows_of((chosen.left_out_next,), self._ranking.items)
            if following:
                told = self.tr("Next would be rank {0}, {1}, {2}.").format(
                    following[0].rank, following[0].title, numbers.days(following[0].effort_days)
                )
                lines.append((told, "text_2", 400))
        self.words.say(*lines)

    def _worth(self, chosen: "ChosenSet", figures: Figures) -> str:
        if chosen.joint_mean is None:
            return self.tr("An order by opinion gives no figure for them.")
        low, high = chosen.joint_low80 or 0.0, chosen.joint_high80 or 0.0
        told = self.tr("Together {0} (80 %: {1}).").format(
            figures.amount(chosen.joint_mean), figures.span(low, high)
        )
        total = chosen.sum_of_singles or 0.0
        apart = total - chosen.joint_mean
        if abs(apart) <= _ABOUT * abs(total) or len(chosen.items) < 2:
            return told
        if apart > 0:
            why = self.tr("Fixes on one path overlap, so this is less than their sum of {0}.")
        else:
            why = self.tr("Fixes help one another, so this is more than their sum of {0}.")
        return f"{told} {why.format(figures.amount(total))}"

    def _on_moved(self) -> None:
        self._touched = True
        self._name()
        self._timer.start()

    def _on_settled(self) -> None:
        self.days_wanted.emit(self.days)

    def _name(self) -> None:
        self.days_label.setText(numbers.days(self.days))
        self.slider.setAccessibleDescription(numbers.days(self.days))


def _once(items: Sequence[RankedItem]) -> list[RankedItem]:
    """Return the ranked rows, of each improvement the first."""
    found: dict[str, RankedItem] = {}
    for item in items:
        if item.rank is not None:
            found.setdefault(str(item.improvement or item.pain_point), item)
    return list(found.values())


def _rows_of(names: Sequence[str], items: Sequence[RankedItem]) -> list[RankedItem]:
    wanted = set(names)
    return [
        i for i in items if i.rank is not None and wanted & {str(i.improvement), str(i.pain_point)}
    ]


def _ranks(ranks: list[int]) -> str:
    """Return ranks in words: "rank 3", "ranks 1 to 5", "ranks 1, 2 and 4 to 6"."""
    runs: list[list[int]] = []
    for rank in sorted(set(ranks)):
        if runs and rank == runs[-1][1] + 1:
            runs[-1][1] = rank
        else:
            runs.append([rank, rank])
    parts = [str(a) if a == b else tr("{0} to {1}").format(a, b) for a, b in runs]
    if len(set(ranks)) == 1:
        return tr("rank {0}").format(parts[0])
    if len(parts) == 1:
        return tr("ranks {0}").format(parts[0])
    return tr("ranks {0} and {1}").format(", ".join(parts[:-1]), parts[-1])
