"""The counts behind a row: answers, outcomes, the way through the journey, segments, effort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from journey.model.ids import Kind, Ref, TouchpointId
from journey.model.workspace import Workspace
from journey.priority.result import RankedItem
from ui import numbers
from ui.priorities import words
from ui.priorities.section import Section
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button, IconButton
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from journey.priority.source import PainFacts
    from journey.quarter.record import PainCount

WIDTH = 324
_MOST_WAYS = 8


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the row, and (words, count) lines that it rests on."""

    title: str
    value: str
    lines: tuple[tuple[str, str], ...]


class AnswersPanel(QWidget):
    """What was counted. Fires `closed`, and `answers_requested` with the pain point's Ref."""

    closed = Signal()
    answers_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._item: RankedItem | None = None
        self.close_button = IconButton("x", self.tr("Close"), keys="Esc")
        self.close_button.clicked.connect(self.closed)
        self.title = WrapLabel("", "title", 600)
        self.place = WrapLabel("", "sticky", 400, "text_2")
        self.evidence_button = Button(self.tr("Open the answers"), "chart-bar", compact=True)
        self.evidence_button.clicked.connect(self._on_open)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAccessibleName(self.tr("What was counted"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        under = QVBoxLayout()
        under.setContentsMargins(16, 2, 16, 12)
        under.setSpacing(8)
        under.addWidget(self.place)
        under.addWidget(self.evidence_button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(under)
        column.addWidget(self.area, 1)

    @property
    def ref(self) -> Ref | None:
        """The pain point shown."""
        return Ref(Kind.PAIN_POINT, self._item.pain_point) if self._item else None

    def show_item(
        self,
        item: RankedItem,
        facts: "PainFacts | None",
        workspace: Workspace,
        kept: "PainCount | None" = None,
    ) -> None:
        """Show the counts of a row; `facts` None where nothing stands behind it.

        Args:
            kept: what was kept of the counts in a frozen quarter.
        """
        self._item = item
        self.title.set_text(item.title)
        self.place.set_text(words.place(item))
        asked = kept is not None or bool(facts and facts.tally)
        self.evidence_button.setVisible(asked)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        for figure in figures_behind(item, facts, workspace, kept):
            column.addWidget(_part(figure))
        column.addStretch(1)
        body.setAutoFillBackground(False)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)

    def texts(self) -> list[str]:
        """Return all that is said, for a reader."""
        body = self.area.widget()
        if body is None:
            return []
        return [c.accessibleName() for c in body.findChildren(QWidget) if c.accessibleName()]

    def _on_open(self) -> None:
        if self.ref is not None:
            self.answers_requested.emit(self.ref)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the panel's ground, a hairline at its left."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, 0, 1, self.height(), theme.hairline)


def _part(figure: Figure) -> QWidget:
    part = Section(figure.title)
    part.title.setFont(PlainLabel("", "sticky", 600).font())
    value = PlainLabel(figure.value, "base", 600)
    part.head.addWidget(value)
    for told, count in figure.lines:
        row = QHBoxLayout()
        row.addWidget(WrapLabel(told, "sticky", 400, "text_2"), 1)
        if count:
            label = PlainLabel(count, "sticky")
            label.setAccessibleName(f"{told} {count}")
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        part.column.addLayout(row)
    return part


def figures_behind(
    item: RankedItem,
    facts: "PainFacts | None",
    workspace: Workspace,
    kept: "PainCount | None" = None,
) -> list[Figure]:
    """Return what each figure of a row rests on, of a frozen row what was kept of it."""
    found: list[Figure] = []
    if kept is not None:
        found.append(_kept_share(item, kept))
    elif "too_few_in_segment" in item.notes:
        found.append(Figure(tr("Share who meet it"), "", ((words.told("too_few_in_segment"), ""),)))
    elif facts is not None:
        found += [_share(facts), *_score(facts), *_outcome(facts), _use(item, facts, workspace)]
    elif item.level.value == "F":
        found.append(Figure(tr("Nothing yet"), "", ((words.nothing_yet(), ""),)))
    found += [_segments(workspace), _effort(item)]
    return [figure for figure in found if figure.lines]


def _count(n: int) -> str:
    return numbers.number(n, 0)


def _of(part: int, whole: int) -> str:
    if not whole:
        return numbers.NONE
    told = tr("{0} of {1} · {2}")
    return told.format(_count(part), _count(whole), numbers.percent(part / whole))


def _share(facts: "PainFacts") -> Figure:
    tally, title = facts.tally, tr("Share who meet it")
    if tally is None:
        said = tr("Nobody was asked: judged in the workshop, or read off a KPI.")
        return Figure(title, numbers.percent(facts.share), ((said, ""),))
    lines = [(tr("asked here"), _count(tally.asked)),
             (tr("named it"), _of(tally.named, tally.asked))]  # fmt: skip
    if tally.asked and abs(facts.share - tally.named / tally.asked) > 0.005:
        lines.append((tr("The figure above is weighed by segment and drawn towards the others: "
                         "the share of few answers is not trusted whole."), ""))  # fmt: skip
    return Figure(title, numbers.percent(facts.share), tuple(lines))


def _kept_share(item: RankedItem, kept: "PainCount") -> Figure:
    share = item.share_affected
    value = numbers.NONE if share is None else numbers.percent(share)
    asked, named = round(kept.n), round(kept.hits)
    lines = ((tr("asked here"), _count(asked)), (tr("named it"), _of(named, asked)),
             (tr("A frozen quarter keeps these counts, not the ones behind scores and outcomes."),
              ""))  # fmt: skip
    return Figure(tr("Share who meet it"), value, lines)


def _score(facts: "PainFacts") -> list[Figure]:
    tally = facts.tally
    if tally is None or tally.score_named is None or tally.score_others is None:
        return []
    value = numbers.NONE if facts.shift is None else numbers.number(facts.shift, 1)
    lines = (
        (tr("mean of those who named it, 0 to 10"), numbers.number(tally.score_named, 1)),
        (tr("mean of the others"), numbers.number(tally.score_others, 1)),
    )
    return [Figure(tr("Points lower"), value, lines)]


def _outcome(facts: "PainFacts") -> list[Figure]:
    word = {
        "left": tr("left"),
        "dissatisfied": tr("were dissatisfied"),
        "detractor": tr("were detractors"),
        "low": tr("rated the whole low"),
    }.get(facts.word, tr("had the bad outcome"))
    tally, value = facts.tally, words.points(facts.effect)
    if tally is None or not (tally.known_named or tally.known_others):
        said = tr("No outcome was seen: the link to leaving is assumed.")
        return [Figure(tr("Likelier to leave"), value, ((said, ""),))]
    lines = [
        (tr("named it and {0}").format(word), _of(tally.bad_named, tally.known_named)),
        (tr("did not and {0}").format(word), _of(tally.bad_others, tally.known_others)),
    ]
    lines.append((tr("The figure above is what is left when other pain points, segments and few "
                     "answers are allowed for."), ""))  # fmt: skip
    return [Figure(tr("Harm to those who do"), value, tuple(lines))]


def _use(item: RankedItem, facts: "PainFacts", workspace: Workspace) -> Figure:
    if facts.relational:
        said = tr("of the respondents used the touchpoint")
        share = numbers.percent(facts.used)
        return Figure(tr("Share who come here"), share, ((said, share),))
    lines = [(tr("visits per customer and year"), numbers.number(facts.used, 2))]
    lines += _ways(item.touchpoint, workspace)
    volume = numbers.NONE if item.volume is None else numbers.number(item.volume, 0)
    return Figure(tr("Visits a year"), volume, tuple(lines))


def _ways(touchpoint: TouchpointId | None, workspace: Workspace) -> list[tuple[str, str]]:
    """Return the transitions into and out of a touchpoint, the most travelled first."""
    names: dict[str, str] = {t.id: t.name for t in workspace.touchpoints.values()}
    names |= {"start": tr("start"), "retained": tr("stayed"), "lost": tr("left")}
    counts: dict[tuple[str, str], float | None] = {}
    for one in workspace.transitions.values():
        if touchpoint is not None and touchpoint in (one.source, one.target):
            way = (one.source, one.target)
            before = counts.get(way)
            counts[way] = before if one.count is None else (before or 0.0) + one.count
    found = sorted(counts.items(), key=lambda w: (-(w[1] or 0.0), w[0]))
    lines = [
        (
            tr("{0} → {1}").format(*(names.get(end, end) for end in way)),
            tr("not counted") if count is None else numbers.number(count, 0),
        )
        for way, count in found[:_MOST_WAYS]
    ]
    if len(found) > _MOST_WAYS:
        lines.append((tr("and {0} more ways").format(len(found) - _MOST_WAYS), ""))
    if not found:
        lines.append((tr("No transitions are drawn: each visit stands for itself."), ""))
    return lines


def _segments(workspace: Workspace) -> Figure:
    currency = workspace.info.currency
    lines = [
        (
            segment.name,
            tr("{0} a year · {1} each").format(
                tr("?") if segment.customers_per_year is None
                else numbers.number(segment.customers_per_year, 0),
                tr("?") if segment.value_if_retained is None
                else numbers.money(segment.value_if_retained, currency),
            ),
        )
        for segment in sorted(workspace.segments.values(), key=lambda s: (s.name, s.id))
    ]  # fmt: skip
    known = [s.customers_per_year for s in workspace.segments.values()]
    total = sum(c for c in known if c is not None)
    value = numbers.number(total, 0) if known and None not in known else numbers.NONE
    return Figure(tr("Customers a year"), value, tuple(lines))


def _effort(item: RankedItem) -> Figure:
    if item.rank is None:
        return Figure("", "", ())
    if item.effort_assumed:
        said = tr("No effort is known: the assumed one is used.")
    else:
        said = tr("As planned for “{0}”.").format(item.improvement_title)
    lines: Sequence[tuple[str, str]] = [(said, "")]
    if item.joint > 1:
        told = tr("It serves {0} pain points; this row has its share of what they give.")
        lines = [*lines, (told.format(item.joint), "")]
    return Figure(tr("Effort"), numbers.days(item.effort_days), tuple(lines))
