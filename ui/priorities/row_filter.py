"""Which rows are shown: by words, journey, stage and level of evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from journey.model.workspace import Workspace, ordered_journeys
from journey.priority.result import Level, RankedItem, Ranking
from ui.priorities import words
from ui.priorities.segment_button import SegmentButton
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.evidence import level_words

JOURNEY, STAGE, LEVEL = "journey", "stage", "level"


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What a row must have; an empty set asks for nothing.

    Attributes:
        text: in title, touchpoint, stage, leader or improvement, whatever the case.
        journeys: ids. stages: names. levels: letters.
    """

    text: str = ""
    journeys: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()

    @property
    def chosen(self) -> int:
        """How many choices hold rows back, beside the text."""
        return len(self.journeys) + len(self.stages) + len(self.levels)

    @property
    def is_empty(self) -> bool:
        """Whether every row passes."""
        return not (self.text.strip() or self.chosen)

    def passes(self, item: RankedItem, workspace: Workspace | None) -> bool:
        """Whether a row is shown."""
        if self.stages and item.stage_name not in self.stages:
            return False
        if self.levels and item.level.value not in self.levels:
            return False
        if self.journeys and journey_of(item, workspace) not in self.journeys:
            return False
        told = (
            item.title, item.touchpoint_name, item.stage_name, words.leader_name(item),
            item.improvement_title,
        )  # fmt: skip
        every = "\n".join(told).casefold()
        return all(word in every for word in self.text.casefold().split())


def journey_of(item: RankedItem, workspace: Workspace | None) -> str:
    """Return the id of the journey a row belongs to, "" where it is not known."""
    pain = workspace.pain_points.get(item.pain_point) if workspace else None
    return pain.journey if pain is not None else ""


class FilterBar(QWidget):
    """A field and a menu, beside the choice of a segment. Fires `changed` with a RowFilter."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = RowFilter()
        self._ranking: Ranking | None = None
        self._workspace: Workspace | None = None
        self.field = QLineEdit()
        self.field.setProperty("compact", True)
        self.field.setFixedWidth(150)
        self.field.setPlaceholderText(self.tr("Words in the row"))
        self.field.setAccessibleName(self.tr("Show rows with these words"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.segment = SegmentButton()
        self.button = Button("", "funnel", compact=True)
        self.button.clicked.connect(self.open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.segment)
        row.addWidget(self.field)
        row.addWidget(self.button)
        self._name()

    def set_rows_shown(self, shown: bool) -> None:
        """Offer to filter rows, or the choice of a segment alone."""
        self.field.setVisible(shown)
        self.button.setVisible(shown)

    @property
    def filter(self) -> RowFilter:
        """What is chosen."""
        return self._filter

    def set_ranking(self, ranking: Ranking | None, workspace: Workspace | None) -> None:
        """Offer what there is in another list; choices that are gone there go."""
        self._ranking, self._workspace = ranking, workspace
        there = {group: {key for key, _ in found} for group, found in self._offered()}
        self._filter = replace(
            self._filter,
            journeys=self._filter.journeys & there[JOURNEY],
            stages=self._filter.stages & there[STAGE],
            levels=self._filter.levels & there[LEVEL],
        )
        self._name()

    def clear(self) -> None:
        """Let every row pass, without firing `changed`."""
        self._filter = RowFilter()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._name()

    def menu(self) -> QMenu:
        """Return what can be chosen, by journey, stage and level, and a way back to all rows."""
        menu = QMenu(self)
        for group, found in self._offered():
            if len(found) < 2:
                continue
            menu.addSection(self._heading(group))
            for key, name in found:
                action = menu.addAction(name.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(key in self._chosen(group))
                action.setData((group, key))
        menu.addSeparator()
        every = menu.addAction(self.tr("Show all rows"))
        every.setEnabled(not self._filter.is_empty)
        every.setData(("", ""))
        menu.triggered.connect(self._on_triggered)
        return menu

    def open_menu(self) -> None:
        """Show the choices under the button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: Esc empties the field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and watched is self.field
            and self.field.text()
        ):
            self.field.clear()
            return True
        return super().eventFilter(watched, event)

    def _offered(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return (group, (key, name) pairs) of what occurs in the list."""
        items = self._ranking.items if self._ranking else ()
        here = {journey_of(item, self._workspace) for item in items}
        journeys = ordered_journeys(self._workspace) if self._workspace else []
        stages = dict.fromkeys(item.stage_name for item in items if item.stage_name)
        levels = {item.level for item in items}
        return [
            (JOURNEY, [(str(j.id), j.name) for j in journeys if j.id in here]),
            (STAGE, [(s, s) for s in self._in_order(stages)]),
            (LEVEL, [(k.value, f"{k.value}  {level_words(k.value)}")
                     for k in Level if k in levels]),
        ]  # fmt: skip

    def _in_order(self, names: Iterable[str]) -> list[str]:
        """Return stages in the order of the map."""
        stages = self._workspace.stages.values() if self._workspace else ()
        order = {s.name: s.position for s in sorted(stages, key=lambda s: -s.position)}
        return sorted(names, key=lambda n: (order.get(n, 0.0), n))

    def _heading(self, group: str) -> str:
        return {
            JOURNEY: self.tr("Journey"),
            STAGE: self.tr("Stage"),
            LEVEL: self.tr("Evidence"),
        }[group]

    def _chosen(self, group: str) -> frozenset[str]:
        f = self._filter
        return {JOURNEY: f.journeys, STAGE: f.stages, LEVEL: f.levels}[group]

    def _on_triggered(self, action: QAction) -> None:
        if action.data() is None:
            return  # the heading of a group, which a click or a shortcut can reach all the same
        group, key = action.data()
        if not group:
            self.clear()
        else:
            held = self._chosen(group) ^ {key}
            f = self._filter
            self._filter = {
                JOURNEY: replace(f, journeys=held),
                STAGE: replace(f, stages=held),
                LEVEL: replace(f, levels=held),
            }[group]
        self._name()
        self.changed.emit(self._filter)

    def _on_text(self, text: str) -> None:
        self._filter = replace(self._filter, text=text)
        self.changed.emit(self._filter)

    def _name(self) -> None:
        count = self._filter.chosen
        told = self.tr("Filter · {0}").format(count) if count else self.tr("Filter")
        self.button.setText(told)
        self.button.setAccessibleName(
            self.tr("Filter by journey, stage and evidence, {0} chosen").format(count)
        )
