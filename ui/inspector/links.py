"""Lists of other objects in the inspector: a click selects one; rows can be added and taken out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from journey.edit import Command
from journey.model.ids import Ref
from journey.model.workspace import Workspace
from ui.priorities.edits import Edits
from ui.selection import Selection
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button, IconButton
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import wrap

_TITLE, _NOTE = 16.0, 15.0


@dataclass(frozen=True, slots=True)
class Link:
    """One row: the object, its name, a note under it; `tone` is pain, improvement or ""."""

    ref: Ref
    title: str
    note: str = ""
    icon_name: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class LinkActions:
    """What can be done with a list.

    Attributes:
        add: words and the command that adds one, with the Ref it makes, which is then selected.
        link: words, the candidates, and the command that links one.
        take_out: icon, accessible words ("Unlink {0}") and the command for a row.
    """

    add: tuple[str, Callable[[Workspace], tuple[Command, Ref]]] | None = None
    link: (
        tuple[str, Callable[[Workspace], Sequence[Link]], Callable[[Ref, Workspace], Command]]
        | None
    ) = None
    take_out: tuple[str, str, Callable[[Ref, Workspace], Command]] | None = None


class LinkButton(PaintedButton):
    """A row that names another object; as high as its words take."""

    radius = 4.0

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link
        self._heights: dict[int, int] = {}
        self.setText(link.title)
        self.setAccessibleName(f"{link.title}, {link.note}" if link.note else link.title)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def _left(self) -> float:
        return 10.0 if self.link.tone else 20.0 if self.link.icon_name else 0.0

    def content_size(self) -> QSize:
        """Return a width that wraps, and the height at it."""
        return QSize(160, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(80, 24)

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: the lines of title and note."""
        known = self._heights.get(width)
        if known is None:
            room = width - self._left - 6
            high = wrap(self.link.title, font("sticky"), _TITLE, room).height
            if self.link.note:
                high += wrap(self.link.note, font("meta"), _NOTE, room).height
            known = self._heights[width] = int(high) + (10 if self.link.tone else 8)
        return known

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the row, as a sticky where it has a tone."""
        ink, note_ink = theme.text, theme.text_2
        if self.link.tone:
            edge = theme.role(f"{self.link.tone}_edge")
            draw_box(
                painter, rect, 4, theme.role(self.link.tone), line=edge if self.is_hot else None
            )
            painter.fillRect(QRectF(0, 2, 3, rect.height() - 4), edge)
            note_ink = theme.role(f"{self.link.tone}_text")
        elif self.isDown() or self.is_hot:
            ground = theme.accent_tint if self.isDown() else theme.sunken
            draw_box(painter, rect, 4, ground)
        if self.link.icon_name and not self.link.tone:
            paint_icon(painter, QRectF(0, 5, 14, 14), self.link.icon_name, theme.text_2)
        room = rect.width() - self._left - 6
        title = wrap(self.link.title, font("sticky"), _TITLE, room)
        top = 5.0 if self.link.tone else 4.0
        title.paint(painter, QPointF(self._left, top), ink)
        if self.link.note:
            note = wrap(self.link.note, font("meta"), _NOTE, room)
            note.paint(painter, QPointF(self._left, top + title.height), note_ink)


@dataclass(slots=True)
class _Built:
    """What the rows were made of."""

    links: tuple[Link, ...] = ()
    rows: list[QWidget] = field(default_factory=list)


class LinkList(QWidget):
    """A list that follows the workspace; fires `added` when its button added an object."""

    added = Signal()

    def __init__(
        self,
        edits: Edits,
        selection: Selection | None,
        links: Callable[[Workspace], Sequence[Link]],
        actions: LinkActions,
        empty: str = "",
    ) -> None:
        super().__init__()
        self._edits, self._selection = edits, selection
        self._links, self._actions = links, actions
        self._built = _Built()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self._empty = PlainLabel(empty, "sticky", 400, "text_3")
        column.addWidget(self._empty)
        self._message = WrapLabel("", "meta", 400, "warning")
        self._message.hide()
        column.addWidget(self._message)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._add_buttons()
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def _add_buttons(self) -> None:
        if self._actions.add is not None:
            self.add_button = Button(self._actions.add[0], "plus", "link")
            self.add_button.clicked.connect(self._on_add)
            self._buttons.addWidget(self.add_button)
        if self._actions.link is not None:
            self.link_button = Button(self._actions.link[0], "link", "link")
            self.link_button.clicked.connect(self._on_link)
            self._buttons.addWidget(self.link_button)

    def refresh(self, ws: Workspace) -> None:
        """Show the rows of the workspace."""
        links = tuple(self._links(ws))
        self._message.hide()
        self._empty.setVisible(not links and bool(self._empty.text()))
        if links == self._built.links:
            return
        for row in self._built.rows:
            row.hide()
            row.deleteLater()
        self._built = _Built(links)
        for link in links:
            row = self._row(link)
            self._rows.addWidget(row)
            self._built.rows.append(row)

    def _row(self, link: Link) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        button = LinkButton(link)
        button.clicked.connect(self._on_open)
        line.addWidget(button, 1)
        if self._actions.take_out is not None and not self._edits.document.read_only:
            icon_name, words, _ = self._actions.take_out
            out = IconButton(icon_name, words.replace("{0}", link.title))
            out.setProperty("kind", str(link.ref.kind))
            out.setProperty("id", link.ref.id)
            out.clicked.connect(self._on_take_out)
            line.addWidget(out, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _on_open(self) -> None:
        button = self.sender()
        if isinstance(button, LinkButton) and self._selection is not None:
            self._selection.set(button.link.ref)

    def _on_take_out(self) -> None:
        sender = self.sender()
        assert self._actions.take_out is not None
        key = sender.property("id") if sender else None
        for link in self._built.links:
            if link.ref.id == key:
                ws = self._edits.document.workspace
                self._tell(self._edits.run(self._actions.take_out[2](link.ref, ws)))
                return

    def _on_add(self) -> None:
        assert self._actions.add is not None
        command, ref = self._actions.add[1](self._edits.document.workspace)
        refused = self._edits.run(command)
        self._tell(refused)
        if not refused and self._selection is not None:
            self._selection.set(ref)
            self.added.emit()

    def _on_link(self) -> None:
        assert self._actions.link is not None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for link in self._actions.link[1](self._edits.document.workspace):
            action = QAction(link.title.replace("&", "&&"), menu)
            action.setData(tuple(link.ref))
            menu.addAction(action)
        menu.setEnabled(not menu.isEmpty())
        menu.triggered.connect(self._on_linked)
        menu.popup(self.link_button.mapToGlobal(QPoint(0, self.link_button.height() + 2)))

    def _on_linked(self, action: QAction) -> None:
        assert self._actions.link is not None
        kind, key = action.data()
        ws = self._edits.document.workspace
        self._tell(self._edits.run(self._actions.link[2](Ref(kind, key), ws)))

    def _tell(self, refused: str) -> None:
        self._message.set_text(refused)
        self._message.setVisible(bool(refused))
