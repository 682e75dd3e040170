"""What each answer of a column counts as: every answer with how often it was given and a score."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from storage.imports.mapping_parts import Scale
from storage.imports.scale_words import AnswerToScore, ScaleWords
from ui.imports.bands import SIDE, captioned
from ui.imports.draft_scores import ScoreChoice, mirrored, rescaled
from ui.imports.form import RowsArea
from ui.imports.radio_card import AskingBand
from ui.imports.reading import Picker
from ui.imports.roles import QUESTIONS, Role
from ui.imports.words import how_many, role_word, tr
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_SCALES: Final[tuple[Scale, ...]] = ((1, 5), (1, 7), (1, 10), (0, 10))
_NPS_SCALES: Final[tuple[Scale, ...]] = ((0, 10), (1, 10))
# NPS last: it has a scale of its own, which whoever goes through the list would end on.
_ROLES: Final = (*(role for role in QUESTIONS if role is not Role.NPS), Role.NPS)
_MISSING: Final = "missing"
_SEEN, _PICK = 130, 170  # widths of a row's parts, logical pixels


class ScoreRow(AskingBand):
    """One answer, how often it was given, and what it counts as; tinted while nobody said it.

    Attributes:
        changed: another score was picked.
    """

    changed = Signal()

    def __init__(self, answer: AnswerToScore) -> None:
        super().__init__()
        self.answer = answer.answer
        self.picker = Picker(f"{tr('Counts as')}: {answer.answer}", stays=True)
        self.picker.setFixedWidth(_PICK)
        self.picker.setPlaceholderText(tr("Choose"))
        seen = how_many(answer.count, tr("1 time"), tr("%1 times"))
        count = PlainLabel(seen if answer.count else tr("not here"), "sticky", 400, "text_2")
        count.setFixedWidth(_SEEN)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 5, SIDE, 5)
        row.setSpacing(16)
        row.addWidget(WrapLabel(answer.answer, "base", 500), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(count)
        row.addWidget(self.picker)
        self.picker.picked.connect(self._on_picked)

    @property
    def value(self) -> int | str | None:
        """The score, "missing" for no answer at all, None while nobody said it."""
        value = self.picker.currentData()
        return value if isinstance(value, int | str) else None

    def show_scale(self, scale: Scale, best: int, value: int | str | None) -> None:
        """Offer the scores of a scale, its ends in words, and show one."""
        low, high = scale
        worst = low + high - best
        ends = {best: tr("%1, best"), worst: tr("%1, worst")}
        entries: list[tuple[object, str]] = [
            (score, ends.get(score, "%1").replace("%1", str(score)))
            for score in range(low, high + 1)
        ]
        self.picker.set_entries([*entries, (_MISSING, tr("No answer"))], value)
        self.set_waits(self.value is None)

    @Slot()
    def _on_picked(self) -> None:
        self.set_waits(self.value is None)
        self.changed.emit()


class ScoresDialog(QDialog):
    """Asks what the answers of a column count as; whoever opened it takes `choice` when accepted.

    Nothing is changed before that, and Cancel changes nothing.
    """

    _was_low_good = False

    def __init__(
        self,
        asked: tuple[str, str],
        words: ScaleWords,
        *,
        role: Role | None = None,
        said: bool = False,
        like: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Take what is asked, as its line names it, and the answers.

        Args:
            role: None where nobody chose yet: then the metric that is suggested.
            said: the scores were said before; else they are suggestions, a high one for a good end.
            like: how many other columns have these answers.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What the answers count as"))
        self._words = words
        self._said = said
        self._missing = words.missing
        self.role = Picker(self.tr("What it is"))
        self.scale = Picker(self.tr("Scale"))
        self.rows = [ScoreRow(answer) for answer in words.answers]
        like_words = how_many(
            like,
            self.tr("The same for the other column with these answers"),
            self.tr("The same for the %1 other columns with these answers"),
        )
        self.like = QCheckBox(like_words)
        self.like.setChecked(True)
        self.like.setVisible(like > 0)
        self.told = WrapLabel("", "sticky", 400, "text_2")
        self.leave = Button(self.tr("Cancel"))
        self.go = Button(self.tr("Use these scores"), kind="primary")
        self._lay_out(*asked)
        self._fill(role)
        self._connect()
        self._show_state()

    def _lay_out(self, title: str, text: str) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 16, SIDE, 12)
        head.setSpacing(8)
        head.addWidget(WrapLabel(title, "title", 600))
        if text:
            head.addWidget(WrapLabel(text, "base", 400, "text_2"))
        head.addWidget(WrapLabel(_reason_words(self._words.reason), "base", 400, "text_2"))
        pickers = QHBoxLayout()
        pickers.setSpacing(16)
        pickers.addLayout(captioned(self.tr("What it is"), self.role))
        pickers.addLayout(captioned(self.tr("Scale"), self.scale))
        pickers.addStretch(1)
        head.addLayout(pickers)
        area = RowsArea(self.tr("What the answers count as"))
        area.column.setContentsMargins(0, 0, 0, 0)
        for row in self.rows:
            area.column.addWidget(row)
        foot = QVBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 16)
        foot.setSpacing(10)
        foot.addWidget(self.like)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_headings())
        column.addWidget(area, 1)
        column.addLayout(foot)
        high = 262 + 38 * len(self.rows) + 26 * bool(text) + 32 * (not self.like.isHidden())
        parent = self.parentWidget()
        room = parent.window().height() - 40 if parent is not None else high
        self.resize(640, min(high, max(room, 420)))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: the keyboard is where the first choice waits."""
        super().showEvent(event)
        waiting = (row.picker for row in self.rows if row.value is None)
        first = self.role if not self.role.currentData() else next(waiting, self.go)
        first.setFocus()

    def _fill(self, role: Role | None) -> None:
        roles: list[tuple[object, str]] = [(each.value, role_word(each)) for each in _ROLES]
        if role is None and self._words.metric in {each.value for each in QUESTIONS}:
            role = Role(self._words.metric)
        self.role.setPlaceholderText(self.tr("Choose"))
        self.role.set_entries(roles, role.value if role is not None else "")
        self._offer_scales(self._words.scale)
        scores = {answer.answer: answer.score for answer in self._words.answers}
        if self._scale != self._words.scale:
            scores = rescaled(scores, self._words.scale, self._scale)
        if self._is_low_good and not self._said:
            scores = mirrored(scores, self._scale)
        self._was_low_good = self._is_low_good
        for row in self.rows:
            row.show_scale(self._scale, self._best, scores[row.answer])

    def _connect(self) -> None:
        self.role.picked.connect(self._on_role)
        self.scale.picked.connect(self._on_scale)
        for row in self.rows:
            row.changed.connect(self._show_state)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self.leave.setAutoDefault(False)
        self.go.setDefault(True)

    @property
    def _scale(self) -> Scale:
        low, high = str(self.scale.currentData()).split()
        return int(low), int(high)

    @property
    def _is_low_good(self) -> bool:
        return bool(self.role.currentData() == Role.CES_LOW)

    @property
    def _best(self) -> int:
        return self._scale[0 if self._is_low_good else 1]

    def _offer_scales(self, wanted: Scale) -> None:
        nps = self.role.currentData() == Role.NPS
        scales = _NPS_SCALES if nps else tuple(dict.fromkeys((wanted, *_SCALES)))
        words = tr("%1 to %2")
        entries: list[tuple[object, str]] = [
            (f"{low} {high}", words.replace("%1", str(low)).replace("%2", str(high)))
            for low, high in scales
        ]
        chosen = wanted if wanted in scales else scales[0]
        self.scale.set_entries(entries, f"{chosen[0]} {chosen[1]}")
        self._shown = chosen

    @Slot()
    def _on_role(self) -> None:
        before = self._shown
        self._offer_scales(before)
        self._move(before)

    @Slot()
    def _on_scale(self) -> None:
        before, self._shown = self._shown, self._scale
        self._move(before)

    def _move(self, before: Scale) -> None:
        """Show the scores on the scale that is chosen now."""
        values = {row.answer: row.value for row in self.rows}
        scores = {text: v if isinstance(v, int) else None for text, v in values.items()}
        moved = rescaled(scores, before, self._scale)
        if self._is_low_good is not self._was_low_good:
            moved = mirrored(moved, self._scale)  # the good answers stay the good ones
        self._was_low_good = self._is_low_good
        for row in self.rows:
            kept = _MISSING if values[row.answer] == _MISSING else moved[row.answer]
            row.show_scale(self._scale, self._best, kept)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        """Say what is still to be chosen; the scores are taken when nothing is."""
        waiting = sum(row.value is None for row in self.rows)
        words = ""
        if not self.role.currentData():
            words = self.tr("To go on, choose what it is: for effort, which end is good.")
        elif waiting:
            one = self.tr("To go on, choose what 1 answer counts as.")
            words = how_many(waiting, one, self.tr("To go on, choose what %1 answers count as."))
        elif not any(isinstance(row.value, int) for row in self.rows):
            words = self.tr("To go on, give at least one answer a score.")
        self.told.set_text(words)
        self.told.set_role("warning" if words else "text_2")
        self.go.setEnabled(not words)

    @property
    def choice(self) -> ScoreChoice:
        """What was chosen; only where nothing is open."""
        scores = [(row.answer, row.value) for row in self.rows if isinstance(row.value, int)]
        none = (row.answer for row in self.rows if row.value == _MISSING)
        missing = tuple(dict.fromkeys((*self._missing, *none)))
        scored = {text for text, _ in scores}
        return ScoreChoice(
            Role(str(self.role.currentData())),
            self._scale,
            tuple(_from_worst(scores, self._best)),
            tuple(text for text in missing if text not in scored),
        )


def _from_worst(scores: Iterable[tuple[str, int]], best: int) -> list[tuple[str, int]]:
    return sorted(scores, key=lambda each: -abs(best - each[1]))


def _reason_words(reason: str) -> str:
    """Return why a person has to say it."""
    return {
        "part_scores": tr(
            "Scores are whole numbers here, so every half counts: 4.5 of 5 is 9 of 10."
        ),
        "yes_no": tr("Yes and no are no scale by themselves: say which score each stands for."),
        "known_scale": tr("These scores were found; change what is wrong."),
    }.get(reason, tr("The file does not say in which order these answers stand."))


def _headings() -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 4)
    row.setSpacing(16)
    row.addWidget(PlainLabel(tr("Answer"), "meta", 600, "text_2"), 1)
    for words, wide in ((tr("Seen"), _SEEN), (tr("Counts as"), _PICK)):
        label = PlainLabel(words, "meta", 600, "text_2")
        label.setFixedWidth(wide)
        if wide == _SEEN:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label)
    return line
