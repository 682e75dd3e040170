"""The assumptions behind a list, changed in place; the ranking follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journey.edit import Changes, Set
from journey.errors import EditError
from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from ui.document import DocumentModel
from ui.priorities.assumption_row import AssumptionRow
from ui.priorities.assumption_scales import Entry, first_entries, further_entries
from ui.priorities.assumption_sources import source_of
from ui.priorities.edits import Edits, refused_words
from ui.priorities.effect_faces import effect_key
from ui.priorities.effect_line import EffectFace
from ui.priorities.named_sets import NamedSets
from ui.priorities.segment_rows import SegmentRows
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

WIDTH: Final = 324
_REF: Final = Ref(Kind.ASSUMPTIONS, "assumptions")
_DEFAULTS: Final = Assumptions()
_KINDS: Final = frozenset({Kind.ASSUMPTIONS, Kind.SEGMENT, Kind.WORKSPACE})
# What is worth a look at once, beside the value of a customer.
_OF_VISITS: Final = frozenset({"fix_efficacy_mean", "experience_share_of_churn", "effort_sd_log"})
_OF_PEOPLE: Final = frozenset({"fix_efficacy_mean", "causal_share_mean", "effort_sd_log"})


@dataclass(slots=True)
class _Bound:
    """A row and the field it sets."""

    row: AssumptionRow
    ref: Ref
    field: str
    whole: bool = False

    def command(self, value: float) -> Set:
        """Return the edit that stores a value."""
        stored: float | int = round(value) if self.whole else float(value)
        return Set(self.ref, **{self.field: stored})


class AssumptionsPanel(QWidget):
    """The side panel: value of each segment, the main assumptions, all of them on a click; below
    them whatever else `add_section` brings. Each edit is one command.

    Attributes:
        tried: a Workspace as it would be with what a slider is dragged to; None: it was let go.
        compare_requested: an Assumptions to be laid beside those in force; None: the defaults.
    """

    tried = Signal(object)
    compare_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._edits: Edits | None = None
        self._bound: dict[QObject, _Bound] = {}
        self._expanded, self._main = False, _OF_VISITS
        self._frozen: Workspace | None = None
        self._computing = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        area = self.area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        body = QWidget()
        area.setWidget(body)
        area.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        self._sections = QVBoxLayout(body)
        self._sections.setContentsMargins(0, 14, 0, 16)
        self._sections.setSpacing(14)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(16, 0, 16, 0)
        self._column.setSpacing(14)
        self._sections.addLayout(self._column)
        self._sections.addStretch(1)
        self._build()

    def _build(self) -> None:
        self.more_button = Button("", kind="link")
        self.more_button.clicked.connect(self._on_more)
        first = QHBoxLayout()
        first.addWidget(PlainLabel(self.tr("Assumptions"), "title", 600), 1)
        first.addWidget(self.more_button)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(first)
        self._state = PlainLabel("", "sticky", 400, "text_2")
        head.addWidget(self._state)
        self._column.addLayout(head)
        self._places = SegmentRows(self._bind, self._let_go)
        self._column.addWidget(self._places)
        for entry in (*first_entries(), *further_entries()):
            self._column.addWidget(self._row(entry))
        self._build_buttons()
        self._show_rows()

    def _build_buttons(self) -> None:
        # Without icons the three stand beside each other in the panel, its scroll bar shown.
        self.defaults_button = Button(self.tr("Defaults"), compact=True)
        self.defaults_button.clicked.connect(self._on_defaults)
        self.compare_button = Button(self.tr("Compare"), compact=True)
        self.compare_button.setAccessibleName(self.tr("Compare with default"))
        self.compare_button.clicked.connect(self._on_compare)
        self.sets = NamedSets(self)
        self.sets.compare_requested.connect(self.compare_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.defaults_button, self.compare_button, self.sets.button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self._column.addWidget(self.sets)
        self._message = WrapLabel("", "sticky", 400, "warning")
        self._message.hide()
        self._column.addWidget(self._message)

    def add_section(self, section: QWidget) -> None:
        """Put another part under the assumptions."""
        self._sections.insertWidget(self._sections.count() - 1, section)

    def _row(self, entry: Entry) -> AssumptionRow:
        row = AssumptionRow(
            entry.name, entry.scale, entry.hint, slider=entry.slider, source=source_of(entry.field)
        )
        self._bind(row, _REF, entry.field, entry.whole)
        return row

    def _bind(self, row: AssumptionRow, ref: Ref, name: str, whole: bool = False) -> None:
        self._bound[row] = _Bound(row, ref, name, whole)
        row.edited.connect(self._on_edited)
        row.tried.connect(self._on_tried)

    def _let_go(self, row: AssumptionRow) -> None:
        self._bound.pop(row, None)

    def set_document(self, document: DocumentModel | None) -> None:
        """Show and edit a document's assumptions; None shows none."""
        if self._edits is not None:
            self._edits.document.changed.disconnect(self._on_changed)
            self._edits.close()
        self._edits = Edits(document, self) if document is not None else None
        if document is not None:
            document.changed.connect(self._on_changed)
        self.sets.set_edits(self._edits)
        self.setEnabled(document is not None)
        self.refresh()

    def set_of_people(self, of_people: bool) -> None:
        """Say whether the list rests on respondents, not on visits: other figures weigh then."""
        main = _OF_PEOPLE if of_people else _OF_VISITS
        if main != self._main:
            self._main = main
            self._show_rows()

    def set_effects(self, effects: Mapping[str, EffectFace]) -> None:
        """Show beside each figure what it does to the list, by `effect_key`; else nothing."""
        for bound in self._bound.values():
            segment = str(bound.ref.id) if bound.ref.kind is Kind.SEGMENT else ""
            bound.row.set_effect(effects.get(effect_key(bound.field, segment)))

    def set_frozen(self, workspace: Workspace | None) -> None:
        """Show what a quarter was frozen with, not to be changed; None: what is in force."""
        if workspace is not self._frozen:
            self._frozen = workspace
            self.refresh()

    @property
    def _shown(self) -> Workspace | None:
        if self._frozen is not None or self._edits is None:
            return self._frozen
        return self._edits.document.workspace

    @property
    def changed_count(self) -> int:
        """How many assumptions differ from their defaults."""
        workspace = self._shown
        if workspace is None:
            return 0
        figures = workspace.assumptions.figures()
        return sum(figures[name] != value for name, value in _DEFAULTS.figures().items())

    def refresh(self) -> None:
        """Read every value from the workspace."""
        workspace = self._shown
        if workspace is None or self._edits is None:
            return
        self._places.show_segments(
            sorted(workspace.segments.values(), key=lambda s: (s.name.casefold(), s.id)),
            workspace.info.currency,
        )
        for bound in self._bound.values():
            entity = workspace.find(bound.ref)
            if entity is not None:
                bound.row.set_value(getattr(entity, bound.field))
            bound.row.set_read_only(self._frozen is not None)
        self._places.set_expanded(self._expanded)
        self.sets.refresh()
        self._tell_state()

    def _tell_state(self) -> None:
        assert self._edits is not None
        count = self.changed_count
        first = (
            self.tr("The list is being computed")
            if self._computing
            else self.tr("The list follows each change")
        )
        if self._frozen is not None:
            first = self.tr("As they were frozen, read only")
        changed = self.tr("{0} changed").format(count) if count else ""
        self._state.setText(" · ".join(part for part in (first, changed) if part))
        for part in (self.defaults_button, self.compare_button, self.sets.button):
            part.setVisible(self._frozen is None)
        self.defaults_button.setEnabled(count > 0 and not self._edits.document.read_only)
        self.compare_button.setEnabled(count > 0)

    def set_computing(self, computing: bool) -> None:
        """Say that a list is on its way, or that it follows what is changed here."""
        self._computing = computing
        if self._edits is not None:
            self._tell_state()

    def focus_missing(self) -> bool:
        """Put the cursor into the first unknown figure of a segment; False if there is none."""
        for bound in self._bound.values():
            if bound.ref.kind is Kind.SEGMENT and bound.row.value is None:
                bound.row.field.setFocus(Qt.FocusReason.OtherFocusReason)
                bound.row.field.selectAll()
                return True
        return False

    def row(self, name: str) -> AssumptionRow:
        """Return the row of an assumption by the name of its field; KeyError if there is none."""
        return self._row_of(_REF, name)

    def segment_row(self, segment: str, name: str) -> AssumptionRow:
        """Return the row of a segment's field; KeyError if there is none."""
        return self._row_of(Ref(Kind.SEGMENT, segment), name)

    def _row_of(self, ref: Ref, name: str) -> AssumptionRow:
        for bound in self._bound.values():
            if bound.ref == ref and bound.field == name:
                return bound.row
        raise KeyError(ref, name)

    def _on_tried(self, value: object) -> None:
        """Try out what a slider passes: a workspace like this one, with that value in it."""
        bound = self._bound.get(self.sender())
        if bound is None or self._edits is None:
            return
        if not isinstance(value, float | int):
            self.tried.emit(None)
            return
        workspace = self._edits.document.workspace.copy()
        command = bound.command(value)
        try:
            command.validate(workspace)
        except EditError as error:
            bound.row.show_message(refused_words(error))
            return
        command.do(workspace)
        self.tried.emit(workspace)

    def _on_edited(self, value: object) -> None:
        bound = self._bound.get(self.sender())
        if bound is None or self._edits is None or not isinstance(value, float | int):
            return
        refused = self._edits.run(bound.command(value))
        if refused:
            bound.row.refuse(refused)
        else:
            self.refresh()
        self.tried.emit(None)

    def _on_defaults(self) -> None:
        if self._edits is not None:
            values: dict[str, object] = dict(_DEFAULTS.figures())
            refused = self._edits.run(Set(_REF, **values))
            self._message.set_text(refused)
            self._message.setVisible(bool(refused))
            self.refresh()

    def _on_compare(self) -> None:
        self.compare_requested.emit(None)

    def _on_more(self) -> None:
        self._expanded = not self._expanded
        self._show_rows()

    def _show_rows(self) -> None:
        for bound in self._bound.values():
            if bound.ref == _REF:
                bound.row.setVisible(self._expanded or bound.field in self._main)
        self._places.set_expanded(self._expanded)
        name = self.tr("All {0}").format(len(_DEFAULTS.figures()))
        self.more_button.setText(self.tr("Fewer") if self._expanded else name)
        self.more_button.setAccessibleName(
            self.tr("Show fewer assumptions") if self._expanded else self.tr("Show all assumptions")
        )

    def _on_changed(self, changes: object, origin: object) -> None:
        if isinstance(changes, Changes) and origin is not self and changes.kinds & _KINDS:
            self.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the panel's ground, a hairline at its left."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, 1, self.height(), theme.hairline)
