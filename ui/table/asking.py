"""What the strip asks: whether to keep a paste, and what names nothing is called by stand for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from journey.model.ids import Kind
from ui.numbers import number
from ui.table.edits import MADE_BY_NAME
from ui.table.pasting import Answer, Doubt, Plan
from ui.table.rows import State
from ui.table.strip import Part
from ui.table.values import UnknownName
from ui.table.words import tr
from ui.words import kind_word

if TYPE_CHECKING:
    from ui.table.screen import TableScreen


class Asking(QObject):
    """Fills the strip and hands the answers on."""

    def __init__(self, screen: "TableScreen") -> None:
        super().__init__(screen)
        self._screen = screen
        self._error: UnknownName | None = None
        self._answered: Callable[[Answer], None] | None = None
        self._choices: list[tuple[Answer, str]] = []
        self._doubt: Doubt | None = None
        screen.strip.accepted.connect(self._on_accepted)
        screen.strip.dropped.connect(self._on_dropped)
        screen.strip.picked.connect(self._on_picked)

    def tell(self, words: str) -> None:
        """Say why something was not done; "" takes it away unless something is asked."""
        strip = self._screen.strip
        if words:
            self._error = None
            strip.tell(words)
        elif not strip.asks:
            strip.hide()

    # -- a name that was typed --------------------------------------------------------------------

    def name(self, error: UnknownName, answered: Callable[[Answer], None]) -> None:
        """Ask what a typed name stands for."""
        self._error, self._answered = error, answered
        can_make = error.of in MADE_BY_NAME
        self._choices = _choices(error.name, error.of, error.nearest, can_make=can_make)
        strip = self._screen.strip
        title = tr("No {0} is called “{1}”.").format(kind_word(error.of), error.name)
        strip.offer([words for _, words in self._choices], 0)
        strip.ask(title, (), tr("Go on"), ready=bool(self._choices))

    def _name_accepted(self) -> None:
        answered, chosen = self._answered, self._screen.strip.picker.currentIndex()
        self._leave()
        if answered is not None and 0 <= chosen < len(self._choices):
            answered(self._choices[chosen][0])

    # -- a paste ----------------------------------------------------------------------------------

    def paste(self, plan: Plan | None) -> None:
        """Say what a paste would do, or take it away."""
        if plan is None:
            self._leave()
            return
        self._error = None
        strip = self._screen.strip
        rows = len(plan.rows)
        title = tr("Pasted, {0} × {1} cells").format(rows, plan.wide)
        self._offer_doubt(plan)
        words = tr("Keep the {0} rows").format(rows) if rows != 1 else tr("Keep the row")
        strip.ask(title, _parts(plan), words, ready=not plan.is_empty)

    def _offer_doubt(self, plan: Plan) -> None:
        """Offer what the first name in doubt could stand for."""
        open_ones = list(plan.doubts.values())
        if self._doubt not in open_ones:
            self._doubt = open_ones[0] if open_ones else None
        doubt = self._doubt
        if doubt is None:
            self._screen.strip.offer((), -1)
            return
        choices = _choices(doubt.name, doubt.of, doubt.nearest, can_make=doubt.can_make)
        self._choices = [*choices, (Answer.LEAVE, tr("{0}: leave empty").format(doubt.name))]
        answers = [answer for answer, _ in self._choices]
        current = answers.index(doubt.answer) if doubt.answer in answers else 0
        self._screen.strip.offer([words for _, words in self._choices], current)

    def _on_picked(self, number_of: int) -> None:
        plan = self._screen.grid.acts.plan
        if self._error is not None or plan is None or self._doubt is None:
            return
        self._doubt.answer = self._choices[number_of][0]
        rest = list(plan.doubts.values())
        self._doubt = rest[(rest.index(self._doubt) + 1) % len(rest)]
        self.paste(plan)

    # -- answers ----------------------------------------------------------------------------------

    def _on_accepted(self) -> None:
        if self._error is not None:
            self._name_accepted()
        elif self._screen.grid.acts.plan is not None:
            self._screen.grid.acts.keep_paste()
            self._screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_dropped(self) -> None:
        self._screen.grid.acts.drop_paste()
        self._leave()

    def _leave(self) -> None:
        strip = self._screen.strip
        had = strip.isAncestorOf(self._screen.focusWidget() or self._screen) or strip.hasFocus()
        self._error, self._doubt = None, None
        strip.asks = False
        strip.hide()
        if had or self._screen.focusWidget() is None:
            self._screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _choices(name: str, of: Kind, nearest: str, *, can_make: bool) -> list[tuple[Answer, str]]:
    choices: list[tuple[Answer, str]] = []
    if nearest:
        choices.append((Answer.USE, nearest))
    if can_make:
        word = kind_word(of)
        choices.append((Answer.MAKE, tr("Make a new {0} “{1}”").format(word, name)))
    return choices


def _parts(plan: Plan) -> list[Part]:
    """Return what a paste does, in a few words each."""
    parts: list[Part] = []
    fresh, changed = len(plan.fresh), plan.count(State.CHANGED)
    if fresh:
        parts.append(Part("plus", tr("{0} new").format(number(fresh, 0))))
    if changed:
        words = tr("1 cell changed") if changed == 1 else tr("{0} cells changed")
        parts.append(Part("pencil-simple", words.format(number(changed, 0))))
    names = [doubt.name for doubt in plan.doubts.values()]
    if names:
        words = tr("not known: {0}").format(", ".join(names[:3]))
        parts.append(Part("warning", words, "warning"))
    lost = plan.count(State.REFUSED) + plan.left_out + sum(1 for row in plan.rows if row.reason)
    if lost:
        parts.append(Part("warning", tr("{0} left out").format(number(lost, 0)), "warning"))
    return parts
