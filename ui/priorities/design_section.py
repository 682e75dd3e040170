"""How the ranks of a relational survey hang on its design: a check one asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.model.workspace import Workspace
from journey.priority.result import Ranking
from ui.jobs import Cancelled, Progress
from ui.priorities.section import Paragraphs, Section
from ui.shell.widgets.buttons import Button

if TYPE_CHECKING:
    from journey.decision.design_check import DesignEffect
    from journey.priority.evidence import ResponseTable

_SHOWN: Final = 5
_DRAWS: Final = 400


class DesignSection(Section):
    """Covariates left out, thresholds moved by one. Fires `check_requested`."""

    check_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Covariates and thresholds"), parent=parent)
        self.words = Paragraphs(4)
        self.column.addWidget(self.words)
        self.button = Button(self.tr("Check"), "shield-check", compact=True)
        self.button.clicked.connect(self.check_requested)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.forget()

    def forget(self) -> None:
        """Say what the check would do; what it found is of another list."""
        self.button.setEnabled(True)
        self.button.setText(self.tr("Check"))
        told = self.tr(
            "Ranks again without each covariate, and with each rule on a score moved by one. "
            "It takes some seconds; the status bar can stop it."
        )
        self.words.say((told, "text_2", 400))

    def set_running(self) -> None:
        """Say that it is being worked out."""
        self.button.setEnabled(False)
        self.button.setText(self.tr("Checking …"))

    def show_effects(self, found: "Sequence[DesignEffect]", ranking: Ranking) -> None:
        """Say what moves the first rows most, and that the rest does not."""
        self.button.setEnabled(True)
        self.button.setText(self.tr("Check again"))
        if not found:
            told = self.tr("There is no covariate and no rule on a score to change.")
            self.words.say((told, "text_2", 400))
            return
        titles = {str(i.pain_point): i.title for i in ranking.items}
        moving = [one for one in found if one.moves]
        top = min(int(ranking.assumptions.get("top_k", 5)), len(ranking.items))
        lines: list[tuple[str, str, int]] = []
        head = self.tr("{0} of {1} changes move a place among the first {2}.")
        lines.append((head.format(len(moving), len(found), top), "text", 500))
        for one in moving[:_SHOWN]:
            told = self.tr("{0}: by up to {1}, {2} of the first {3} stay.")
            text = told.format(self._name(one, titles), one.moves, one.kept_top, top)
            lines.append((text, "text_2", 400))
        self.words.say(*lines)

    def _name(self, one: "DesignEffect", titles: dict[str, str]) -> str:
        told = {
            "without_covariate": self.tr("without {0}"),
            "without_covariates": self.tr("without any covariate"),
            "threshold_wider": self.tr("one more score counts as “{0}”"),
            "threshold_narrower": self.tr("one score less counts as “{0}”"),
        }.get(one.change, one.change)
        text = told.format(titles.get(one.subject, one.subject))
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class CheckDesign:
    """Works the check out (computing pool); it has its own lists, not the study's."""

    workspace: Workspace
    tables: "Sequence[ResponseTable]"
    quarter: str | None

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from journey.decision.design_check import with_and_without

        return with_and_without(
            self.workspace,
            self.tables,
            quarter=self.quarter,
            draws=_DRAWS,
            progress=progress,
            cancelled=cancelled,
        )
