"""The inspector: shows and edits whatever is selected."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTabBar, QVBoxLayout, QWidget

from journey.edit import Changes, Remove, renaming
from journey.model.ids import Kind, Ref
from ui import numbers
from ui.document import DocumentModel
from ui.inspector.bodies import Builder, has_evidence
from ui.inspector.findings import Findings
from ui.inspector.form import EVERY_KIND, Form, Hairline
from ui.inspector.header import InspectorHeader
from ui.priorities.edits import Edits
from ui.priorities.placed import Placed
from ui.selection import Selection
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel

if TYPE_CHECKING:
    from journey.priority.result import Ranking
    from storage.evidence import MetricRow

WIDTH: Final = 324
REST: Final = 150  # ms nothing is selected before the workspace is shown
LATER: Final = 400  # ms without an edit before one that is covered follows
_EVIDENCE: Final = 1  # the second tab
_FIXED: Final = frozenset({Kind.WORKSPACE, Kind.ASSUMPTIONS, Kind.QUARTER})
_WORKSPACE: Final = (Ref(Kind.WORKSPACE, "workspace"),)
# Quiet fields: the text stands as in a page until the pointer or the cursor comes.
_SHEET: Final = """
QLineEdit[quiet="true"], QComboBox[quiet="true"], QPlainTextEdit[quiet="true"] {
  background: transparent; border: 1px solid palette(midlight); }
QPlainTextEdit[title="true"] { border-color: transparent; padding: 2px 3px; }
QLineEdit[quiet="true"]:hover, QComboBox[quiet="true"]:hover, QPlainTextEdit[quiet="true"]:hover {
  border-color: palette(mid); }
QLineEdit[quiet="true"]:focus, QComboBox[quiet="true"]:focus, QPlainTextEdit[quiet="true"]:focus {
  background: palette(base); border: 2px solid palette(highlight); }
QPlainTextEdit[title="true"]:focus { padding: 1px 2px; }
QTableView::item { padding: 0 6px; }
QLineEdit[quiet="true"]:disabled, QComboBox[quiet="true"]:disabled { border-color: transparent; }
"""


class Inspector(QWidget):
    """The panel at the right. Nothing selected shows the workspace itself.

    Attributes:
        close_requested: its cross was pressed. why_not_higher: Ref of a pain point.
    """

    close_requested = Signal()
    why_not_higher = Signal(object)

    def __init__(
        self,
        document: DocumentModel | None = None,
        selection: Selection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Inspector"))
        self.setStyleSheet(_SHEET)
        self._findings = Findings()
        self._edits: Edits | None = None
        self._selection: Selection | None = None
        self._builder: Builder | None = None
        self._refs: tuple[Ref, ...] = ()
        self.form: Form | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rest)
        self._held = False
        self._waiting: frozenset[Kind] = frozenset()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._catch_up)
        self._build()
        self.set_document(document)
        if selection is not None:
            self.set_selection(selection)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.header = InspectorHeader()
        self.header.renamed.connect(self._on_renamed)
        self.header.pin.toggled.connect(self._on_pinned)
        self.header.close_button.clicked.connect(self.close_requested)
        column.addWidget(self.header)
        self.tabs = QTabBar()
        self.tabs.addTab(self.tr("Details"))
        self.tabs.addTab(self.tr("Evidence"))
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName(self.tr("What is shown of it"))
        self.tabs.currentChanged.connect(self._on_tab)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 0, 16, 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column.addLayout(tabs)
        column.addWidget(Hairline())
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("Properties"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        column.addWidget(self._area, 1)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(7, 8, 16, 8)  # the padding of the button makes it 16
        self.delete_button = Button(self.tr("Delete"), "trash", "quiet", compact=True)
        self.delete_button.clicked.connect(self._on_delete)
        foot.addWidget(self.delete_button)
        self._refused = WrapLabel("", "meta", 400, "warning")
        foot.addWidget(self._refused, 1)
        column.addWidget(self._foot)

    # What is shown

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The objects shown."""
        return self._refs

    def set_document(self, document: DocumentModel | None) -> None:
        """Show and edit objects of a document; None shows nothing."""
        self._rest.stop()
        self._later.stop()
        self._waiting = frozenset()
        if self._edits is not None:
            self._commit()
            self._edits.document.changed.disconnect(self._on_changed)
            self._edits.close()
        self._edits = self._builder = None
        self._refs = ()
        if document is not None:
            self._edits = Edits(document, self)
            self._builder = Builder(self._edits, self._findings, self)
            self._builder.why_not_higher.connect(self.why_not_higher)
            self._builder.added.connect(self.edit_name)
            document.changed.connect(self._on_changed)
        self._show(self._wanted())

    def set_selection(self, selection: Selection | None) -> None:
        """Follow a selection; lists here select in it."""
        if self._selection is not None:
            self._selection.changed.disconnect(self._on_selection)
        self._selection = selection
        if selection is not None:
            selection.changed.connect(self._on_selection)
        self._show(self._wanted())

    def set_ranking(self, ranking: "Ranking | None") -> None:
        """Show the place of pain points in another ranking."""
        self._findings.placed = Placed(ranking)
        self._refresh()

    def set_metrics(self, metrics: Sequence["MetricRow"]) -> None:
        """Show other metrics at touchpoints."""
        self._findings.metrics = tuple(metrics)
        self._refresh()

    def edit_name(self) -> None:
        """Put the cursor into the name, all of it selected."""
        self.header.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.header.title.selectAll()

    def _wanted(self) -> tuple[Ref, ...]:
        """Return the selected objects that are there, else the workspace."""
        if self._edits is None:
            return ()
        if self.header.pin.isChecked() and self._there(self._refs):
            return self._refs
        refs = self._selection.refs if self._selection is not None else ()
        return self._there(refs) or _WORKSPACE

    def _there(self, refs: Sequence[Ref]) -> tuple[Ref, ...]:
        assert self._edits is not None
        ws = self._edits.document.workspace
        return tuple(ref for ref in refs if ws.find(ref) is not None)

    def _show(self, refs: tuple[Ref, ...]) -> None:
        """Build the form for other objects; what was typed into the old one is taken first."""
        self._commit()
        self._refs = refs
        self.header.setVisible(bool(refs))
        if self._edits is None:
            self._put(None)
        elif not refs and self.form is not None:
            # Only out of sight: to take a form apart takes longer than an edit may.
            self.form.hide()
            self.form = None
        if self._edits is None or not refs:
            self._foot.hide()
            self.tabs.hide()
            return
        assert self._builder is not None
        if not self.isVisible():  # nobody sees it; it is built when it is shown
            self._put(None)
            return
        evidence = self.tabs.currentIndex() == _EVIDENCE
        self._put(self._builder.build(refs, self._selection, evidence=evidence))
        self._area.verticalScrollBar().setValue(0)
        self._refresh_header()

    def _put(self, form: Form | None) -> None:
        """Replace the form. The old one may be in the middle of a signal, so it goes later."""
        old = self._area.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.form = form
        if form is not None:
            self._area.setWidget(form)
            form.setAutoFillBackground(False)  # the scroll area turns it on

    def _commit(self) -> None:
        form = self.form
        if form is not None and self._edits is not None and self._there(self._refs):
            self.header.commit()  # where nobody sees the form, this puts it away
            form.commit()

    def _refresh(self, changed: frozenset[Kind] = EVERY_KIND) -> None:
        if not self.isVisible():
            self._put(None)
        elif self.form is not None:
            self.form.refresh(changed)
            self._refresh_header()

    def _refresh_header(self) -> None:
        assert self._edits is not None
        document = self._edits.document
        self.header.show_refs(self._refs, document.workspace, read_only=document.read_only)
        fixed = {ref.kind for ref in self._refs} & _FIXED
        self._foot.setVisible(not fixed and not document.read_only)
        self._refused.set_text("")
        self._name_tabs()

    def _name_tabs(self) -> None:
        """Show the tabs where there are two forms; that of the evidence says how many answers."""
        two = has_evidence(self._refs)
        self.tabs.setVisible(two)
        item = self._findings.item(self._refs[0].id) if two else None
        n = numbers.number(item.n, 0) if item is not None and item.n else ""
        words = f"{self.tr('Evidence')} {n}".strip()
        if words != self.tabs.tabText(_EVIDENCE):
            self.tabs.setTabText(_EVIDENCE, words)

    # What people do

    def _on_tab(self, _index: int) -> None:
        self._show(self._refs)

    def _on_selection(self, _origin: object) -> None:
        self._follow()

    def _on_changed(self, changes: object, _origin: object) -> None:
        if not isinstance(changes, Changes):
            return
        self._waiting |= changes.kinds
        if self._held:
            self._later.start()
        else:
            self._catch_up()

    def finish_typing(self) -> None:
        """Keep what is being typed."""
        self._commit()

    def hold(self, held: bool) -> None:
        """Say whether another window covers this one: then it follows when the hands rest."""
        self._held = held
        if not held:
            self._catch_up()

    def _catch_up(self) -> None:
        """Show what the edits since the last time changed."""
        self._later.stop()
        waiting, self._waiting = self._waiting, frozenset()
        if waiting:
            if self._refs == self._there(self._refs):
                self._refresh(waiting)
            self._follow()

    def _follow(self) -> None:
        """Show what is wanted; the workspace a moment later, for while one types row after row
        nothing is selected between two of them. What is gone is not shown meanwhile.
        """
        wanted = self._wanted()
        if wanted != _WORKSPACE or wanted == self._refs:
            self._rest.stop()
            self._on_rest()
            return
        if self._edits is not None and self._refs != self._there(self._refs):
            self._show(())
        if not self._rest.isActive():
            self._rest.start()

    def _on_rest(self) -> None:
        wanted = self._wanted()
        if wanted != self._refs:
            self._show(wanted)

    def _on_pinned(self, pinned: bool) -> None:
        name = self.tr("Follow the selection again") if pinned else self.tr("Keep this in view")
        self.header.pin.set_name(name)
        if not pinned:
            self._on_selection(None)

    def _on_renamed(self, name: str) -> None:
        if self._edits is None or len(self._refs) != 1:
            return
        refused = self._edits.run(renaming(self._refs[0], name))
        self._refresh_header()
        if refused:
            self.header.show_message(refused)

    def _on_delete(self) -> None:
        if self._edits is not None and self._refs:
            refused = self._edits.run(Remove(list(self._refs)))
            self._refused.set_text(refused)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: build what was put off."""
        super().showEvent(event)
        if self.form is None:
            self._show(self._wanted())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the panel's ground, a hairline at its left."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, 1, self.height(), theme.hairline)
