"""The list as an item model, so that views, keys and screen readers all know its rows."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from journey.model.ids import Kind, Ref
from journey.priority.result import Level, RankedItem, Ranking
from ui import numbers
from ui.priorities import words
from ui.priorities.figures import Figures, index_interval
from ui.priorities.lines import Line, LineKind
from ui.priorities.shared_fix import SharedFix, partner_word, shared_fix
from ui.shell.widgets.evidence import level_words

LINE_ROLE: Final = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_DETAIL: Final = "detail:"


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


class RankingModel(QAbstractListModel):
    """The lines of a list; one row can be open and is followed by a line for its detail.

    Attributes:
        first, runner_up: rank 1, and the first row of the whole list that its fix does not serve,
            whatever is shown. fixes: those that serve several rows, by pain point.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._icons: Mapping[str, str] = {}
        self._opinions: Mapping[str, str] = {}
        self.figures: Figures | None = None
        self.first: RankedItem | None = None
        self.runner_up: RankedItem | None = None
        self.fixes: Mapping[str, SharedFix] = {}

    def set_ranking(self, ranking: Ranking | None) -> None:
        """Say of which list the lines that follow are."""
        items = ranking.items if ranking is not None else ()
        ranked = [i for i in items if i.rank is not None]
        self.first = ranked[0] if ranked else None
        fix = self.first.improvement if self.first is not None else None
        others = (i for i in ranked[1:] if fix is None or i.improvement != fix)
        self.runner_up = next(others, None)
        found = {i.pain_point: shared_fix(i, items) for i in ranked}
        self.fixes = {pain: one for pain, one in found.items() if one is not None}

    def set_lines(
        self,
        lines: Sequence[Line],
        figures: Figures | None,
        icons: Mapping[str, str],
        opinions: Mapping[str, str],
    ) -> None:
        """Show other lines. Open details close; the view opens again what it wants open.

        Args:
            icons: channel icon by pain point; opinions: workshop's words by pain point.
        """
        self.figures, self._icons, self._opinions = figures, icons, opinions
        if {line.key for line in lines} == {line.key for line in self._lines}:
            self._reorder(lines)
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def _reorder(self, lines: Sequence[Line]) -> None:
        """Show the same rows with other figures or in another order; indexes stay valid."""
        self.layoutAboutToBeChanged.emit()
        old = [self._lines[index.row()].key for index in self.persistentIndexList()]
        places = {line.key: row for row, line in enumerate(lines)}
        before = self.persistentIndexList()
        self._lines = list(lines)
        after = [self.index(places[key]) for key in old]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        if lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def line(self, row: int) -> Line:
        """Return a line."""
        return self._lines[row]

    def row_of(self, pain_point: str) -> int:
        """Return the row of a pain point, −1 where it is not listed."""
        for row, line in enumerate(self._lines):
            if line.kind is LineKind.ITEM and line.key == pain_point:
                return row
        return -1

    def open_row(self) -> int:
        """Return the row whose detail is shown, −1 where none is."""
        for row, line in enumerate(self._lines):
            if line.kind is LineKind.DETAIL:
                return row - 1
        return -1

    def open_detail(self, row: int) -> int:
        """Insert the detail of a row under it; return the detail's row."""
        self.close_detail()
        line = self._lines[row]
        self.beginInsertRows(QModelIndex(), row + 1, row + 1)
        self._lines.insert(row + 1, Line(LineKind.DETAIL, _DETAIL + line.key, line.item))
        self.endInsertRows()
        return row + 1

    def close_detail(self) -> None:
        """Remove the detail that is shown, if any."""
        row = self.open_row()
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row + 1, row + 1)
            del self._lines[row + 1]
            self.endRemoveRows()

    def item_rows(self) -> list[int]:
        """Return the rows one can choose, from the top."""
        return [r for r, line in enumerate(self._lines) if line.kind is LineKind.ITEM]

    def icon(self, item: RankedItem) -> str:
        """Return the channel icon of an item's touchpoint."""
        return self._icons.get(item.pain_point, "map-pin")

    def shared_word(self, item: RankedItem) -> str:
        """Return what stands under the effort of a row whose fix serves others too."""
        return partner_word(self.fixes.get(item.pain_point), item.joint)

    def stands_for_figure(self, item: RankedItem) -> str:
        """Return the words in place of a bar, for rows that may not show one."""
        if item.level is Level.D:
            return index_interval(item) or words.nothing_yet()
        if item.level is Level.F:
            return words.nothing_yet()
        return self._opinions.get(item.pain_point, "") or tr("opinion of the workshop")

    # Qt's virtuals

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's virtual: headers and details can be read, not chosen."""
        if not index.isValid() or index.row() >= len(self._lines):
            return Qt.ItemFlag.NoItemFlags
        if self._lines[index.row()].kind is LineKind.ITEM:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's virtual: the line itself, its title, and the whole row in words."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.item.title if line.item else line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(line)
        return None

    def ref(self, row: int) -> Ref | None:
        """Return the pain point of a row."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return Ref(Kind.PAIN_POINT, line.item.pain_point) if line and line.item else None

    def _aloud(self, line: Line) -> str:
        item = line.item
        if item is None:
            return ", ".join(part for part in (line.title, line.note, line.aside) if part)
        if line.kind is LineKind.DETAIL:
            return ". ".join(part for part in (item.sentence, item.why_not_higher) if part)
        parts = [
            tr("Rank {0}").format(item.rank) if item.rank else tr("Not ranked"),
            item.title,
            words.place(item),
            words.leader_name(item),
        ]
        figures = self.figures
        if figures is not None and figures.interval(item) is not None:
            parts.append(figures.full(item))
            if item.p_top5 is not None:
                chance = numbers.percent(item.p_top5)
                parts.append(tr("in top {0}: {1}").format(figures.top_k, chance))
            if item.p_beats_next is not None:
                chance = numbers.percent(item.p_beats_next)
                parts.append(tr("ahead of the next row: {0}").format(chance))
        else:
            parts.append(self.stands_for_figure(item))
        if item.rank:
            effort = numbers.days(item.effort_days)
            assumed = item.effort_assumed
            parts.append(tr("effort {0}, assumed") if assumed else tr("effort {0}"))
            parts[-1] = parts[-1].format(effort)
            if item.joint > 1:
                parts.append(self.shared_word(item))
        parts.append(tr("evidence {0}, {1}").format(item.level.value, level_words(item.level)))
        return ". ".join(part for part in parts if part)
