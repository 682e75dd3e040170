"""Sources: what came in, when, how much of it was left out and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journey.model.evidence import EventLog, PurchaseLog, Survey
from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from ui import numbers
from ui.evidence import words
from ui.evidence.choosing import ChoiceRows
from ui.imports.words import left_out_word
from ui.shell.drawing import fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.wrapping import WrappedText, paint_line, text_width, wrap

if TYPE_CHECKING:
    from storage.evidence.sources import LogSource, SurveySource

WIDTH: Final = 250
_LEFT: Final = 38.0
_COUNTED: Final = re.compile(r"(?<=\d) (?=\w)")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source as it is listed.

    Attributes:
        ref: None for the KPIs, which have no import of their own.
        detail: counts and file. state: icon, words and role.
        refused: records left out, by reason. mapping: TOML, "" without one.
    """

    ref: Ref | None
    icon: str
    name: str
    detail: str
    state: tuple[str, str, str]
    refused: tuple[tuple[str, int], ...] = ()
    mapping: str = ""
    file: str = ""
    sha256: str = ""


def source_rows(ws: Workspace, stored: "Mapping[str, SurveySource | LogSource]") -> list[SourceRow]:
    """Return all sources, the latest import first, then the KPIs."""
    imports: list[Survey | EventLog | PurchaseLog] = [
        *ws.surveys.values(),
        *ws.event_logs.values(),
        *ws.purchase_logs.values(),
    ]
    imports.sort(key=lambda s: (s.imported_at.timestamp() if s.imported_at else 0.0, s.name, s.id))
    rows = [_row(each, stored) for each in reversed(imports)]
    if ws.kpis:
        rows.append(_kpi_row(ws))
    return rows


def _row(
    each: Survey | EventLog | PurchaseLog, stored: "Mapping[str, SurveySource | LogSource]"
) -> SourceRow:
    day = each.imported_at.date().isoformat() if each.imported_at else ""
    source = stored.get(each.id)
    refused = source.refused if source is not None else ()
    state = ("check-circle", words.tr("nothing refused"), "good")
    if isinstance(each, Survey):
        icon, counts = (
            "file-text",
            words.count_word(each.records, words.tr("answer"), words.tr("answers")),
        )
        if source is not None and source.comments:
            told = words.count_word(source.comments, words.tr("comment"), words.tr("comments"))
            counts = f"{counts}, {told}"
    elif isinstance(each, EventLog):
        icon = "path"
        events = words.count_word(each.events, words.tr("event"), words.tr("events"))
        counts = f"{events}, {words.count_word(each.cases, words.tr('case'), words.tr('cases'))}"
    else:
        icon = "receipt"
        bought = words.count_word(each.purchases, words.tr("purchase"), words.tr("purchases"))
        who = words.count_word(each.customers, words.tr("customer"), words.tr("customers"))
        counts = f"{bought}, {who}"
    left_out = sum(n for _, n in refused)
    if left_out:
        told = words.tr("{0} refused").format(numbers.number(left_out, 0))
        state = ("warning", told, "warning")
    below = " · ".join(part for part in (day, counts) if part)
    detail = "\n".join(part for part in (each.source_file, below) if part)
    return SourceRow(
        Ref(each.kind, each.id), icon, each.name, detail, state, refused, each.mapping,
        each.source_file, each.source_sha256,
    )  # fmt: skip


def _kpi_row(ws: Workspace) -> SourceRow:
    kpis = words.count_word(len(ws.kpis), words.tr("KPI"), words.tr("KPIs"))
    values = words.count_word(len(ws.observations), words.tr("value"), words.tr("values"))
    without = sum(1 for k in ws.kpis if all(o.kpi != k for o in ws.observations.values()))
    state = ("check-circle", words.tr("all have values"), "good")
    if without:
        told = words.tr("{0} without a value").format(numbers.number(without, 0))
        state = ("circle-dashed", told, "text_2")
    return SourceRow(None, "table", words.tr("Key figures"), f"{kpis}, {values}", state)


def _laid(source: SourceRow, room: float) -> WrappedText:
    """Lay out the file, day and counts; neither a figure nor a dot is left at a line's end."""
    face = font("meta")
    lines = [
        line if text_width(line, face) <= room else line.replace(" · ", "\n")
        for line in _COUNTED.sub(numbers.NO_BREAK, source.detail).split("\n")
    ]
    return wrap("\n".join(lines), face, 15, room)


class SourceRows(ChoiceRows):
    """A row per source: name, what it held, what was left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.tr("Sources"))
        self.rows: tuple[SourceRow, ...] = ()

    def set_rows(self, rows: Sequence[SourceRow]) -> None:
        """Show other sources; the choice stays where its row does."""
        held = self.rows[self.current].ref if 0 <= self.current < len(self.rows) else None
        self.rows = tuple(rows)
        self.choose(next((i for i, r in enumerate(self.rows) if r.ref == held and held), -1))
        self.relay()

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def sentence(self, row: int) -> str:
        """Return a row in one sentence."""
        source = self.rows[row]
        detail = source.detail.replace("\n", ", ")
        return ", ".join((source.name, detail, source.state[1]))

    def height_of(self, row: int, width: float) -> float:
        """Return the height of the name, the detail and the state."""
        source, room = self.rows[row], width - _LEFT - 8
        name = wrap(source.name, font("base", 500), 18, room).height
        return 10 + name + _laid(source, room).height + 18 + 8

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        self.draw_ground(painter, row, rect.adjusted(0, 1, 0, -1), theme)
        source, room = self.rows[row], rect.width() - _LEFT - 8
        paint_icon(
            painter, QRectF(rect.left() + 12, rect.top() + 11, 16, 16), source.icon, theme.text_2
        )
        left, top = rect.left() + _LEFT, rect.top() + 10
        name = wrap(source.name, font("base", 500), 18, room)
        name.paint(painter, QPointF(left, top), theme.text)
        detail = _laid(source, room)
        detail.paint(painter, QPointF(left, top + name.height), theme.text_2)
        icon, text, role = source.state
        line = QRectF(left, top + name.height + detail.height + 1, room, 17)
        paint_icon(painter, QRectF(left, line.top() + 2, 13, 13), icon, theme.role(role))
        paint_line(painter, line.adjusted(18, 0, 0, 0), text, font("meta"), theme.role(role))


class RefusedRows(QWidget):
    """How many records were left out, by reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, int], ...] = ()

    def set_rows(self, rows: Sequence[tuple[str, int]]) -> None:
        """Show other reasons."""
        self._rows = tuple(rows)
        self.setFixedHeight(20 * len(self._rows))
        self.setAccessibleName(", ".join(f"{n} {left_out_word(r)}" for r, n in self._rows))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, right = active_theme(), Qt.AlignmentFlag.AlignRight
        with QPainter(self) as painter:
            for place, (reason, n) in enumerate(self._rows):
                line = QRectF(0, 20 * place, self.width(), 20)
                word = left_out_word(reason)
                word = word[:1].upper() + word[1:]
                paint_line(painter, line, word, font("sticky"), theme.text)
                figure = numbers.number(n, 0)
                paint_line(painter, line, figure, font("sticky", 600), theme.text, alignment=right)


class SourcesPanel(QWidget):
    """The list of sources with what can be done about the chosen one.

    Attributes:
        import_requested: a file is to be taken in.
        rows_wanted, mapping_wanted, removal_wanted: carry the chosen SourceRow.
    """

    import_requested = Signal()
    rows_wanted = Signal(object)
    mapping_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SourceRows()
        self.import_button = Button(words.tr("Import"), "download-simple", "primary", compact=True)
        self.see = Button(words.tr("See the rows"), compact=True)
        self.mapping = Button(words.tr("Mapping"), compact=True)
        self.remove = Button(words.tr("Remove"), "trash", compact=True)
        self.foot = QWidget()
        self.foot_title = PlainLabel("", "sticky", 600)
        self.refused = RefusedRows()
        self.sha256 = WrapLabel("", "meta", 400, "text_2")
        self._read_only = False
        self._build()
        self.rows.chosen.connect(self._on_chosen)
        self.import_button.clicked.connect(self.import_requested)
        self.see.clicked.connect(self._on_see)
        self.mapping.clicked.connect(self._on_mapping)
        self.remove.clicked.connect(self._on_remove)
        self._tell()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 12, 8)
        head.addWidget(PlainLabel(words.tr("Sources"), "title", 600))
        head.addStretch(1)
        head.addWidget(self.import_button)
        column.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(6, 0, 6, 0)
        inside.addWidget(self.rows)
        inside.addStretch(1)
        scroll.setWidget(inner)
        for part in (inner, scroll.viewport()):
            part.setAutoFillBackground(False)  # the panel's own ground shows through
        column.addWidget(scroll, 1)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(16, 12, 12, 14)
        foot.setSpacing(6)
        foot.addWidget(self.foot_title)
        foot.addWidget(self.refused)
        foot.addWidget(self.sha256)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.see, self.mapping, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        foot.addLayout(buttons)
        column.addWidget(self.foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a hairline at the right, one above the foot."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            fill_rect(painter, QRectF(self.width() - 1, 0, 1, self.height()), theme.hairline)
            if self.foot.isVisible():
                top = self.foot.geometry().top()
                fill_rect(painter, QRectF(0, top, self.width(), 1), theme.hairline)

    @property
    def current(self) -> SourceRow | None:
        """The chosen source."""
        rows = self.rows
        return rows.rows[rows.current] if 0 <= rows.current < rows.count() else None

    def set_sources(self, rows: Sequence[SourceRow], *, read_only: bool) -> None:
        """Show other sources."""
        self._read_only = read_only
        self.rows.set_rows(rows)
        self._tell()

    def _tell(self) -> None:
        source = self.current
        self.foot.setVisible(source is not None)
        self.import_button.setEnabled(not self._read_only)
        if source is None:
            return
        left_out = sum(n for _, n in source.refused)
        told = words.count_word(left_out, words.tr("refused row"), words.tr("refused rows"))
        self.foot_title.setText(told if left_out else words.tr("No row was refused"))
        self.foot_title.setVisible(source.ref is not None)
        self.refused.set_rows(source.refused)
        parts = (source.sha256[place : place + 8] for place in range(0, len(source.sha256), 8))
        self.sha256.set_text("SHA-256 " + " ".join(parts))
        self.sha256.setVisible(bool(source.sha256))
        self.see.setVisible(bool(left_out))
        self.mapping.setVisible(bool(source.mapping))
        self.remove.setEnabled(not self._read_only)
        self.update()

    def _on_chosen(self, _row: int) -> None:
        self._tell()

    def _on_see(self) -> None:
        self.rows_wanted.emit(self.current)

    def _on_mapping(self) -> None:
        self.mapping_wanted.emit(self.current)

    def _on_remove(self) -> None:
        self.removal_wanted.emit(self.current)


def refs_of(ws: Workspace, source: SourceRow) -> list[Ref]:
    """Return what a source consists of in the workspace."""
    if source.ref is not None:
        return [source.ref]
    return [Ref(Kind.KPI, kpi) for kpi in ws.kpis]
