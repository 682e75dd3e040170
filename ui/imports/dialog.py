"""Import a survey: what was read, what each column is, what would be taken, and then Import."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journey.model.quarter import quarter_of
from storage.errors import MappingError
from storage.imports.mapping import Mapping, check_columns
from ui.document import DocumentModel
from ui.imports.bands import SurveyBand, heading
from ui.imports.columns_filter import ColumnsFilter
from ui.imports.columns_view import ColumnsView
from ui.imports.draft import Draft
from ui.imports.draft_scores import like_columns, with_grid, with_scores, words_of
from ui.imports.frame import WAIT_MS, ImportFrame
from ui.imports.matching import names_on_map
from ui.imports.roles import QUESTIONS, Role
from ui.imports.words import how_many, left_out_word, recalled_word, remarks, tr
from ui.imports.work import Found
from ui.jobs import Jobs
from ui.mapping_faults import LOOK, SCORED, look_words
from ui.numbers import number
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import IconLabel

if TYPE_CHECKING:
    from storage.imports.scale_words import ScaleWords
    from storage.imports.survey_result import SurveyImport
    from ui.imports.refused_dialog import RefusedDialog

__all__ = ["WAIT_MS", "ImportDialog"]


class ImportDialog(ImportFrame):
    """Makes a survey's mapping from a proposal and counts what it would take in."""

    def __init__(
        self,
        found: Found,
        document: DocumentModel,
        jobs: Jobs,
        journey: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(found, document, jobs, journey, parent)
        self.columns = ColumnsView(names_on_map(document.workspace), found.waiting, found.made)
        self.filter = ColumnsFilter(self.columns)
        self.survey = SurveyBand()
        self.afresh = Button(self.tr("Start afresh"), compact=True)
        self.afresh.setAutoDefault(False)
        self._remembered = IconLabel("clock")
        self.draft = Draft.of(found.inspection, found.mapping)
        title = self.tr("What each column is")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.columns, 1)
        column.addWidget(self.filter.rest)
        self._build(body, title, self.survey, beside=self._memory())
        self._connect()
        self._set_draft(self._with_quarter(self.draft))
        self.filter.begin()
        self._begin_count()

    def _memory(self) -> QWidget:
        """Say which survey's mapping it is, and offer the proposal instead."""
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addWidget(self._remembered)
        row.addWidget(self.afresh)
        recalled = self._found.recalled
        self._remembered.set_face("clock", recalled_word(recalled) if recalled else "")
        for part in (self._remembered, self.afresh):
            part.setVisible(recalled is not None)
        return beside

    def _connect(self) -> None:
        columns = self.columns
        columns.role_chosen.connect(self._on_role)
        columns.touchpoint_named.connect(self._on_touchpoint)
        columns.bad_chosen.connect(self._on_bad)
        columns.means_chosen.connect(self._on_means)
        columns.months_chosen.connect(self._on_months)
        columns.date_chosen.connect(self._on_date)
        columns.settled.connect(self._show_heading)
        columns.scores_wanted.connect(self._on_scores)
        self.survey.name_typed.connect(self._on_name)
        self.survey.quarter_typed.connect(self._on_quarter)
        self.survey.design_chosen.connect(self._on_design)
        self.afresh.clicked.connect(self._on_afresh)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: whoever must choose something finds the keyboard there."""
        super().showEvent(event)
        self.columns.show_first_open()
        if self.columns.first_open() is not None:
            self.columns.setFocus()

    @Slot(int, str)
    def _on_role(self, place: int, role: str) -> None:
        """A column whose answers are no scores becomes a question once they are."""
        wanted = Role(role)
        asked = self.draft.question(place) is None and wanted in QUESTIONS
        words = words_of(self.draft, place) if asked else None
        if words is not None and words.reason != "known_scale":
            self._ask_scores(place, words, wanted)
        else:
            self._set_draft(self._with_quarter(self.draft.with_role(place, wanted)))

    @Slot(int)
    def _on_scores(self, place: int) -> None:
        words, question = words_of(self.draft, place), self.draft.question(place)
        role = Role(question.metric) if question is not None else None
        if words is not None:
            self._ask_scores(place, words, role if role in QUESTIONS else None)

    def _ask_scores(self, place: int, words: "ScaleWords", role: Role | None) -> None:
        """Ask what the answers of a column count as; Cancel leaves it as it was."""
        from ui.imports.scores_dialog import ScoresDialog

        line, question = self.columns.columns.lines[place], self.draft.question(place)
        words = with_grid(self.draft, place, words, self._found.waiting)
        like = like_columns(self.draft, place, words, self._found.waiting)
        asking = ScoresDialog(
            (line.name, line.text),
            words,
            role=role,
            said=question is not None and bool(question.scores),
            like=len(like),
            parent=self,
        )

        def take() -> None:
            places = (place, *like) if asking.like.isChecked() else (place,)
            scored = with_scores(self.draft, places, asking.choice)
            self._set_draft(self._with_quarter(scored))

        asking.accepted.connect(take)
        asking.open()

    @Slot(int, str)
    def _on_touchpoint(self, place: int, name: str) -> None:
        self._set_draft(self.draft.with_touchpoint(place, name))

    @Slot(tuple)
    def _on_bad(self, bad: tuple[str, ...]) -> None:
        self._set_draft(self.draft.with_bad(bad))

    @Slot(str)
    def _on_means(self, means: str) -> None:
        self._set_draft(self.draft.with_means(means))

    @Slot(int)
    def _on_months(self, months: int) -> None:
        self._set_draft(self.draft.with_months(months))

    @Slot(str)
    def _on_date(self, written: str) -> None:
        self._set_draft(self.draft.with_date_format(written))

    @Slot(str)
    def _on_name(self, name: str) -> None:
        self._set_draft(self.draft.with_survey(name=name.strip()))

    @Slot(str)
    def _on_quarter(self, quarter: str) -> None:
        self._set_draft(self.draft.with_survey(quarter=quarter or None))

    @Slot(str)
    def _on_design(self, design: str) -> None:
        self._set_draft(self.draft.with_design(design))

    @Slot()
    def _on_afresh(self) -> None:
        """Forget what was remembered: the proposal for this very file."""
        proposed = self._found.proposed
        if proposed is None:
            return
        self._found = replace(self._found, recalled=None, remembered="")
        self._remembered.hide()
        self.afresh.hide()
        self._set_draft(self._with_quarter(Draft.of(self._found.inspection, proposed)))

    def _with_quarter(self, draft: Draft) -> Draft:
        """Give answers without any time today's quarter, so that they count in one."""
        if draft.survey.date is not None or draft.survey.quarter is not None:
            return draft
        today = datetime.now().astimezone().date()
        first = self._document.workspace.info.fiscal_year_start_month
        return draft.with_survey(quarter=quarter_of(today, first))

    def _set_draft(self, draft: Draft) -> None:
        """Show another draft; where it takes other answers they are counted anew."""
        told = replace(draft.survey, name="") != replace(self.draft.survey, name="")
        same = not told and replace(draft.mapping, survey=None) == replace(
            self.draft.mapping, survey=None
        )
        self.draft = draft
        self.columns.set_draft(draft)
        self.survey.set_draft(draft)
        self._show_heading()
        if not same:
            self._changed()
        self._show_state()

    @Slot()
    def _show_heading(self) -> None:
        lines = self.columns.columns.lines
        waiting = sum(line.is_open for line in lines)
        doubtful = sum(bool(line.near) or line.scores == "ask" for line in lines)
        self._heading.show_counts(heading(self.draft), waiting, doubtful)

    def _mapping(self) -> Mapping:
        return self.draft.mapping

    def _open_words(self) -> str:
        survey = self.draft.survey
        if not survey.name:
            return self.tr("Give the survey a name.")
        if survey.date is None and survey.quarter is None:
            return self.tr("Say in which quarter the answers were given, as 2026Q4.")
        unscored = next((n.name for n in self.columns.columns.lines if n.scores == "must"), "")
        if unscored:
            words = self.tr("To go on, score the answers of “%1”: its line has a button.")
            return words.replace("%1", unscored)
        if self.draft.mapping.takes_nothing:
            if any(line.scores for line in self.columns.columns.lines):
                return self.tr("To go on, score the answers of a question: its line has a button.")
            return next(self._looks(), "")
        return ""

    def _looks(self) -> Iterator[str]:
        """Yield what was seen of answers whose meaning is not in the file."""
        waiting = sum(line.scores == "ask" for line in self.columns.columns.lines)
        if waiting:
            one = self.tr("The answers of 1 column have no scores yet; it is left out.")
            many = self.tr("The answers of %1 columns have no scores yet; they are left out.")
            yield how_many(waiting, one, many)
        is_long = self.draft.mapping.long is not None
        unscored = self.tr("The answers of “%1” have no scores; they are left out.")
        for notice in self.draft.inspection.warnings:
            if notice.reason in SCORED and is_long:
                yield unscored.replace("%1", notice.column)
            elif notice.reason in LOOK and notice.reason not in SCORED:
                yield look_words(notice.reason, notice.column, tr, notice.detail)

    def _after_words(self, counted: object) -> str:
        if cast("SurveyImport", counted).imported:
            return ""
        return self.tr("No record of this file has anything to take.")

    def _known_words(self, name: str) -> tuple[str, str]:
        self.add.setText(self.tr("Add new respondents"))
        self.add.setVisible(self.draft.survey.respondent is not None)
        title = self.tr("These answers were imported before, as “%1”.").replace("%1", name)
        words = {
            "refuse": self.tr("Replace them, or add only the respondents that are new?"),
            "replace": self.tr("What was imported then is replaced; one undo brings it back."),
            "add": self.tr("Only respondents that are new are taken."),
        }[self._if_known]
        return title, words

    def _show_counts(self, counted: object) -> None:
        result = cast("SurveyImport", counted)
        self.counts.set_result(result)
        self.counts.set_remarks([*self._looks(), *remarks(result)])

    def _take_counts(self, counted: object) -> None:
        """Say beside each column which scores were refused."""
        doubts: dict[str, str] = {}
        for cell in cast("SurveyImport", counted).refused_cells:
            words = f"{number(cell.count, 0)} {left_out_word(cell.reason)}"
            doubts[cell.column] = ", ".join(filter(None, (doubts.get(cell.column), words)))
        self.columns.columns.set_doubts(doubts)

    def _take_mapping(self, mapping: Mapping) -> None:
        self._set_draft(Draft.of(self.draft.inspection, mapping))

    def _take_reading(self, found: Found) -> None:
        """Keep the choices where the columns are the same, else take the proposal's."""
        self.columns.columns.set_waiting(found.waiting)
        mine = replace(self.draft.mapping, source=found.mapping.source)
        if self._fits(mine, found):
            self._set_draft(Draft.of(found.inspection, mine))
            return
        own, before = Draft.of(found.inspection, found.mapping), self.draft.survey
        quarter = None if own.survey.date is not None else before.quarter
        self._set_draft(self._with_quarter(own.with_survey(name=before.name, quarter=quarter)))

    @staticmethod
    def _fits(mapping: Mapping, found: Found) -> bool:
        """Tell whether a mapping takes something from the columns there are, and no others."""
        if not (mapping.questions or mapping.long or mapping.outcome):
            return False
        try:
            check_columns(mapping, [seen.column for seen in found.inspection.columns])
        except MappingError:
            return False
        return True

    def _fill_refused(self, dialog: object) -> None:
        cast("RefusedDialog", dialog).find_refused()
