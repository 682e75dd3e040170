"""What people wrote: searched, masked, coded to pain points by a tick or by a rule."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QMenu, QWidget

from journey.evidence.coding import RowCoding, shown_pain_points, toggled
from journey.model.evidence import Question
from journey.model.ids import PainPointId, SegmentId, SurveyId, TouchpointId
from journey.model.map import PainPoint
from journey.model.workspace import Workspace, ordered_journeys, ordered_touchpoints
from journey.report.comments import ANSWERS_FOR_A_COMMENT
from ui import numbers
from ui.evidence import words
from ui.evidence.choosing import ChoiceRows
from ui.evidence.scores import class_colour
from ui.quarter.card import Card
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel
from ui.shell.widgets.surfaces import InlineMessage, MessageKind
from ui.shell.wrapping import paint_line, text_width, wrap

if TYPE_CHECKING:
    from storage.evidence.comments import CommentPage, ShownComment

WAIT_MS: Final = 250
_LEFT: Final = 40.0
_TICK: Final = 30.0
Codings = Mapping[tuple[SurveyId, int], RowCoding]


def pain_points_for(ws: Workspace, touchpoint: TouchpointId | None) -> list[PainPoint]:
    """Return the pain points a comment may be coded to: the touchpoint's, in their order.

    A comment on the whole answer may be about any, in the order of the map.
    """
    places = [t.id for j in ordered_journeys(ws) for t in ordered_touchpoints(ws, j.id)]
    order = {place: i for i, place in enumerate(places)}
    pains = [p for p in ws.pain_points.values() if touchpoint in (None, p.touchpoint)]
    last = len(order)
    return sorted(pains, key=lambda p: (order.get(p.touchpoint, last), p.position, p.id))  # type: ignore[arg-type]


class CommentRows(ChoiceRows):
    """One row per comment: score, text, who and when, and the pain points it reports.

    Attributes:
        ticked: (row, pain point) was ticked or unticked.
    """

    ticked = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.tr("Comments"))
        self.setMinimumWidth(280)
        self.comments: tuple[ShownComment, ...] = ()
        self._question: Question | None = None
        self._names: dict[PainPointId, str] = {}
        self._here: tuple[PainPointId, ...] = ()
        self._segments: dict[SegmentId, str] = {}
        self._codings: Codings = {}

    def set_frame(
        self,
        ws: Workspace,
        touchpoint: TouchpointId | None,
        question: Question | None,
        segments: Sequence[SegmentId],
    ) -> None:
        """Say whose comments follow; only these segments may be named."""
        self._question = question
        self._names = {p.id: p.title for p in ws.pain_points.values()}
        self._here = tuple(p.id for p in pain_points_for(ws, touchpoint))
        self._segments = {s: ws.segments[s].name for s in segments if s in ws.segments}
        self.relay()

    def set_comments(self, comments: Sequence["ShownComment"], codings: Codings) -> None:
        """Show other comments."""
        self.comments = tuple(comments)
        self.choose(min(self.current, len(self.comments) - 1))
        self.set_codings(codings)

    def set_codings(self, codings: Codings) -> None:
        """Show what is ticked and not yet counted."""
        self._codings = dict(codings)
        self.relay()

    @property
    def can_code(self) -> bool:
        """Whether there is a pain point to tick."""
        return bool(self._here)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.comments)

    def sentence(self, row: int) -> str:
        """Return a row in one sentence."""
        comment = self.comments[row]
        tags = ", ".join(self._names.get(p, "") for p in self._reports(row))
        return ". ".join(part for part in (comment.text, self._meta(row), tags) if part)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of the text, the line under it and the tags."""
        text = wrap(self.comments[row].text, font("base"), 18, self._room(width)).height
        return 10 + text + 4 + self._tags_height(row, width) + 9

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        fill_rect(painter, QRectF(rect.left(), rect.top(), rect.width(), 1), theme.hairline)
        self.draw_ground(painter, row, rect.adjusted(0, 2, 0, -1), theme)
        comment = self.comments[row]
        self._draw_score(painter, comment, QRectF(rect.left() + 6, rect.top() + 10, 28, 18), theme)
        text = wrap(comment.text, font("base"), 18, self._room(rect.width()))
        top = rect.top() + 10
        text.paint(painter, QPointF(rect.left() + _LEFT, top), theme.text)
        for box, words_, kind in self._laid_tags(row, rect.width()):
            place = box.translated(rect.left(), top + text.height + 4)
            self._draw_tag(painter, place, (words_, kind), theme)
        if self.can_code:
            spot = QRectF(rect.right() - _TICK + 6, rect.top() + 10, 16, 16)
            paint_icon(painter, spot, "tag", theme.accent if row == self.current else theme.text_3)

    def open_menu(self, row: int, place: QPoint) -> QMenu:
        """Show the pain points of the touchpoint with a tick at those the row reports."""
        menu = QMenu(self)
        reports = self._reports(row)
        for pain in self._here:
            action = QAction(self._names.get(pain, "").replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(pain in reports)
            action.setData((row, str(pain)))
            menu.addAction(action)
        menu.triggered.connect(self._on_ticked)
        menu.popup(place)
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click on the tag opens the pain points."""
        super().mousePressEvent(event)
        row = self.row_at(event.position().y())
        at_tag = event.position().x() >= self.width() - _TICK
        if row >= 0 and at_tag and self.can_code and event.button() == Qt.MouseButton.LeftButton:
            self.open_menu(row, event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        row = self.row_at(event.pos().y())
        if row >= 0 and self.can_code:
            self.open_menu(row, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter opens the pain points of the chosen comment."""
        if (
            event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self.current >= 0
            and self.can_code
        ):
            rect = self.row_rect(self.current)
            self.open_menu(self.current, self.mapToGlobal(rect.topRight().toPoint()))
            return
        super().keyPressEvent(event)

    def _on_ticked(self, action: QAction) -> None:
        row, pain = action.data()
        self.ticked.emit(row, pain)

    def _reports(self, row: int) -> tuple[PainPointId, ...]:
        comment = self.comments[row]
        coding = self._codings.get((comment.survey, comment.seq))
        return shown_pain_points(comment.pain_points, coding)

    def _meta(self, row: int) -> str:
        comment = self.comments[row]
        parts = []
        if comment.score is not None and self._question is not None:
            name = words.score_class(self._question, comment.score)
            parts.append(words.person_word(name))
        if comment.segment in self._segments:
            parts.append(self._segments[comment.segment])
        if comment.at:
            parts.append(comment.at[:10])
        return " · ".join(parts)

    def _room(self, width: float) -> float:
        return width - _LEFT - _TICK - 4

    def _laid_tags(self, row: int, width: float) -> list[tuple[QRectF, str, str]]:
        """Return the line under the text: words, then tags that wrap; places from its top left."""
        comment = self.comments[row]
        coding = self._codings.get((comment.survey, comment.seq))
        x, y, right = _LEFT, 0.0, width - _TICK
        found = []
        meta = self._meta(row)
        if meta:
            wide = text_width(meta, font("meta"))
            found.append((QRectF(x, y, wide, 18), meta, "meta"))
            x += wide + 8
        for pain in self._reports(row):
            name = self._names.get(pain, "")
            wide = text_width(name, font("meta")) + 28
            if x + wide > right and x > _LEFT:
                x, y = _LEFT, y + 22
            kind = "new" if coding is not None and pain in coding.added else "stored"
            found.append((QRectF(x, y, wide, 19), name, kind))
            x += wide + 6
        return found

    def _tags_height(self, row: int, width: float) -> float:
        return max((box.bottom() for box, _, _ in self._laid_tags(row, width)), default=0.0)

    def _draw_score(
        self, painter: QPainter, comment: "ShownComment", rect: QRectF, theme: Theme
    ) -> None:
        if comment.score is None or self._question is None:
            return
        line = class_colour(words.score_class(self._question, comment.score), theme)
        draw_box(painter, rect, 4, theme.surface, line=line, width=1.5)
        centre = Qt.AlignmentFlag.AlignHCenter
        text = str(comment.score)
        paint_line(painter, rect, text, font("meta", 600), theme.text, alignment=centre)

    @staticmethod
    def _draw_tag(painter: QPainter, rect: QRectF, tag: tuple[str, str], theme: Theme) -> None:
        text, kind = tag
        if kind == "meta":
            paint_line(painter, rect, text, font("meta"), theme.text_2)
            return
        style = Qt.PenStyle.DashLine if kind == "new" else Qt.PenStyle.SolidLine
        line = theme.pain_edge if kind == "new" else None
        draw_box(painter, rect, 4, theme.pain, line=line, style=style)
        paint_icon(painter, QRectF(rect.left() + 6, rect.top() + 3, 12, 12), "tag", theme.pain_text)
        paint_line(painter, rect.adjusted(21, 0, 0, 0), text, font("meta"), theme.pain_text)


class CommentsCard(Card):
    """Comments of a place with search, masking and coding.

    Attributes:
        wanted: another page is wanted (search, masking, more).
        rule_wanted: a rule is to be made. apply_wanted: the ticks are to be counted.
    """

    wanted = Signal()
    rule_wanted = Signal()
    apply_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Comments"), parent)
        self.codings: dict[tuple[SurveyId, int], RowCoding] = {}
        self.elsewhere = False  # comments on the whole answer stand in another place
        self.limit = 100
        self.count = PlainLabel("", "base", 400, "text_2")
        self.masking = QCheckBox(words.tr("Mask e-mail, phone, account numbers"))
        self.masking.setToolTip(
            words.tr(
                "Also links, and numbers of customers, orders and contracts that say so."
                " Names and postal addresses stay: read a comment before you pass it on."
            )
        )
        self.masking.setChecked(True)
        self.search = QLineEdit()
        self.search.setProperty("compact", True)
        self.search.setPlaceholderText(words.tr("Search comments"))
        self.search.setAccessibleName(words.tr("Search comments"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(190)
        self.rule = Button(words.tr("Code by rule"), "tag", compact=True)
        self.rows = CommentRows()
        self.more = Button(words.tr("Show more"), compact=True)
        self.pending = InlineMessage(MessageKind.INFO, "", icon_name="tag")
        self.apply = self.pending.add_action("apply", words.tr("Count them"), "check")
        self.discard = self.pending.add_action("discard", words.tr("Discard"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._on_search)
        self._build()
        self._connect()
        self._tell_pending()

    def _build(self) -> None:
        self._head.insertWidget(1, self.count)
        for widget in (self.masking, self.rule, self.search):
            self.add_beside_title(widget)
        self.body.addWidget(self.pending)
        self.body.addWidget(self.rows)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        self.body.addLayout(line)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._on_search)
        self.masking.toggled.connect(self._on_search)
        self.more.clicked.connect(self._on_more)
        self.rule.clicked.connect(self.rule_wanted)
        self.rows.ticked.connect(self._on_ticked)
        self.pending.action_chosen.connect(self._on_pending)

    def set_frame(
        self,
        ws: Workspace,
        touchpoint: TouchpointId | None,
        question: Question | None,
        segments: Sequence[SegmentId],
    ) -> None:
        """Say whose comments follow."""
        self.rows.set_frame(ws, touchpoint, question, segments)
        self.limit = 100

    def set_page(self, page: "CommentPage") -> None:
        """Show what was found."""
        self.rows.set_comments(page.comments, self.codings)
        searched = bool(self.search.text().strip())
        told = numbers.number(page.total, 0)
        if searched and not page.hidden:
            told = words.tr("{0} of {1}").format(numbers.number(page.found, 0), told)
        self.count.setText(told)
        self.more.setVisible(page.found > len(page.comments))
        shown = not page.hidden and page.total > 0
        for widget in (self.masking, self.search):
            widget.setVisible(shown or searched)
        self.rule.setVisible(shown and self.rows.can_code)
        self.set_foot(self._foot(page, searched=searched))

    def _foot(self, page: "CommentPage", *, searched: bool) -> str:
        if page.hidden:
            return words.tr(
                "Fewer than {0} people wrote here, so that no comment is shown: it would be too "
                "easy to tell who wrote it."
            ).format(ANSWERS_FOR_A_COMMENT)
        if not page.total:
            none = words.tr("No comment about this in the quarter.")
            where = words.tr("Comments on the whole answer stand under “Whole company”.")
            return f"{none} {where}" if self.elsewhere else none
        if searched and not page.found:
            return words.tr("No comment has these words.")
        return ""

    def drop_codings(self) -> None:
        """Forget the ticks: they were counted, or they are discarded."""
        self.codings = {}
        self.rows.set_codings({})
        self._tell_pending()

    def _tell_pending(self) -> None:
        n = len(self.codings)
        self.pending.setVisible(bool(n))
        told = words.count_word(n, words.tr("comment coded"), words.tr("comments coded"))
        self.pending.set_words(
            told, words.tr("Not counted yet: the ranking follows when you count them.")
        )

    def _on_ticked(self, row: int, pain: str) -> None:
        comment = self.rows.comments[row]
        place = (comment.survey, comment.seq)
        stored = comment.pain_points
        self.codings = toggled(self.codings, place, PainPointId(pain), stored)
        self.rows.set_codings(self.codings)
        self._tell_pending()

    def _on_pending(self, action: str) -> None:
        if action == "apply":
            self.apply_wanted.emit()
        else:
            self.drop_codings()

    def _on_search(self) -> None:
        self._timer.stop()
        self.limit = 100
        self.wanted.emit()

    def _on_more(self) -> None:
        self.limit += 200
        self.wanted.emit()
