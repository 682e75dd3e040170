"""The assumptions behind a list, changed in place; the ranking follows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journey.edit import Changes, Command, Set
from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref
from journey.model.people import Segment
from ui import numbers
from ui.document import DocumentModel
from ui.priorities.assumption_row import AssumptionRow, Scale
from ui.priorities.assumption_scales import Entry, first_entries, further_entries
from ui.priorities.edits import Edits
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

WIDTH: Final = 324
_SLIDERS_UP_TO: Final = 3  # more segments than this show fields alone
_REF: Final = Ref(Kind.ASSUMPTIONS, "assumptions")
_DEFAULTS: Final = Assumptions()
_KINDS: Final = frozenset({Kind.ASSUMPTIONS, Kind.SEGMENT, Kind.WORKSPACE})


@dataclass(slots=True)
class _Bound:
    """A row and the field it sets."""

    row: AssumptionRow
    ref: Ref
    field: str
    whole: bool = False


@dataclass(slots=True)
class _Segments:
    """What the rows of the segments were built for."""

    key: tuple[tuple[str, str], ...] = ()
    currency: str = ""
    groups: list[QWidget] = field(default_factory=list)
    rows: list[AssumptionRow] = field(default_factory=list)


class AssumptionsPanel(QWidget):
    """Value and customers of each segment, then every assumption; each edit is one command."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._edits: Edits | None = None
        self._bound: dict[QObject, _Bound] = {}
        self._segments = _Segments()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(area)
        body = QWidget()
        area.setWidget(body)
        area.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 14, 16, 16)
        self._column.setSpacing(16)
        self._build()

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(PlainLabel(self.tr("Assumptions"), "title", 600))
        self._state = PlainLabel("", "sticky", 400, "text_2")
        head.addWidget(self._state)
        self._column.addLayout(head)
        self._places = QVBoxLayout()
        self._places.setSpacing(14)
        self._column.addLayout(self._places)
        for entry in first_entries():
            self._column.addWidget(self._row(entry))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.defaults_button = Button(self.tr("Defaults"), "arrow-counter-clockwise", compact=True)
        self.defaults_button.clicked.connect(self._on_defaults)
        self.more_button = Button("", kind="link")
        self.more_button.clicked.connect(self._on_more)
        buttons.addWidget(self.defaults_button)
        buttons.addStretch(1)
        buttons.addWidget(self.more_button)
        self._column.addLayout(buttons)
        self._message = WrapLabel("", "sticky", 400, "warning")
        self._message.hide()
        self._column.addWidget(self._message)
        self._further = QWidget()
        rest = QVBoxLayout(self._further)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        for entry in further_entries():
            rest.addWidget(self._row(entry))
        self._further.hide()
        self._column.addWidget(self._further)
        self._column.addStretch(1)
        self._name_more()

    def _row(self, entry: Entry) -> AssumptionRow:
        row = AssumptionRow(entry.name, entry.scale, entry.hint, slider=entry.slider)
        self._bind(row, _REF, entry.field, entry.whole)
        return row

    def _bind(self, row: AssumptionRow, ref: Ref, name: str, whole: bool = False) -> None:
        self._bound[row] = _Bound(row, ref, name, whole)
        row.edited.connect(self._on_edited)

    def set_document(self, document: DocumentModel | None) -> None:
        """Show and edit a document's assumptions; None shows none."""
        if self._edits is not None:
            self._edits.document.changed.disconnect(self._on_changed)
            self._edits.close()
        self._edits = Edits(document, self) if document is not None else None
        if document is not None:
            document.changed.connect(self._on_changed)
        self.setEnabled(document is not None)
        self.refresh()

    @property
    def changed_count(self) -> int:
        """How many assumptions differ from their defaults."""
        if self._edits is None:
            return 0
        figures = self._edits.document.workspace.assumptions.figures()
        return sum(figures[name] != value for name, value in _DEFAULTS.figures().items())

    def refresh(self) -> None:
        """Read every value from the workspace."""
        if self._edits is None:
            return
        workspace = self._edits.document.workspace
        self._build_segments(
            sorted(workspace.segments.values(), key=lambda s: (s.name.casefold(), s.id)),
            workspace.info.currency,
        )
        for bound in self._bound.values():
            entity = workspace.find(bound.ref)
            if entity is not None:
                bound.row.set_value(getattr(entity, bound.field))
        count = self.changed_count
        words = self.tr("Ranking follows at once")
        if count:
            words = self.tr("Ranking follows at once · {0} changed").format(count)
        self._state.setText(words)
        self.defaults_button.setEnabled(count > 0 and not self._edits.document.read_only)

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
        for bound in self._bound.values():
            if bound.ref == _REF and bound.field == name:
                return bound.row
        raise KeyError(name)

    def segment_row(self, segment: str, name: str) -> AssumptionRow:
        """Return the row of a segment's field; KeyError if there is none."""
        for bound in self._bound.values():
            if bound.ref == Ref(Kind.SEGMENT, segment) and bound.field == name:
                return bound.row
        raise KeyError(segment, name)

    def _build_segments(self, segments: Sequence[Segment], currency: str) -> None:
        """Rebuild the rows of the segments where there are others, or other names."""
        key = tuple((s.id, s.name) for s in segments)
        if key == self._segments.key and currency == self._segments.currency:
            return
        for row in self._segments.rows:
            self._bound.pop(row, None)
        for group in self._segments.groups:
            group.hide()
            group.deleteLater()
        self._segments = _Segments(key, currency)
        for segment in segments:
            ref = Ref(Kind.SEGMENT, segment.id)
            highest = max(10_000.0, 2 * abs(segment.value_if_retained or 0))
            scale = Scale(0, _round_up(highest), None, _round_up(highest) / 200,
                          unit=numbers.currency_symbol(currency))  # fmt: skip
            value = AssumptionRow(self.tr("Value of a kept customer"), scale,
                                  slider=len(segments) <= _SLIDERS_UP_TO)  # fmt: skip
            count = AssumptionRow(self.tr("Customers a year"), Scale(0, 1, None, 1), slider=False)
            for row in (count, value):
                row.field.setAccessibleDescription(segment.name)
            self._bind(count, ref, "customers_per_year")
            self._bind(value, ref, "value_if_retained")
            group = QWidget()
            column = QVBoxLayout(group)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            for widget in (WrapLabel(segment.name, "base", 600), count, value):
                column.addWidget(widget)
            self._places.addWidget(group)
            self._segments.groups.append(group)
            self._segments.rows += [count, value]

    def _on_edited(self, value: object) -> None:
        bound = self._bound.get(self.sender())
        if bound is None or self._edits is None or not isinstance(value, float | int):
            return
        stored: float | int = round(value) if bound.whole else float(value)
        refused = self._edits.run(Set(bound.ref, **{bound.field: stored}))
        if refused:
            bound.row.refuse(refused)
        else:
            self.refresh()

    def _on_defaults(self) -> None:
        if self._edits is not None:
            values: dict[str, object] = dict(_DEFAULTS.figures())
            command: Command = Set(_REF, **values)
            refused = self._edits.run(command)
            self._message.set_text(refused)
            self._message.setVisible(bool(refused))
            self.refresh()

    def _on_more(self) -> None:
        self._further.setVisible(not self._further.isVisibleTo(self))
        self._name_more()

    def _name_more(self) -> None:
        if self._further.isVisibleTo(self):
            self.more_button.setText(self.tr("Fewer"))
        else:
            self.more_button.setText(self.tr("All {0}").format(len(_DEFAULTS.figures())))

    def _on_changed(self, changes: object, origin: object) -> None:
        if isinstance(changes, Changes) and origin is not self and changes.kinds & _KINDS:
            self.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the panel's ground, a hairline at its left."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, 1, self.height(), theme.hairline)


def _round_up(value: float) -> float:
    """Return the next round number, 1, 2 or 5 times a power of ten."""
    size = 1.0
    while True:
        for step in (1, 2, 5):
            if step * size >= value:
                return step * size
        size *= 10
