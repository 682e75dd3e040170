"""How much a map shows, kept up while columns change one by one."""

from collections import Counter

from ui.map.cells import ColumnCells
from ui.map.ends import common_ends


class Tally:
    """Counts touchpoints, pain points and improvements; the same one under two counts once."""

    def __init__(self) -> None:
        self._columns: tuple[ColumnCells, ...] = ()
        self._touchpoints = self._pains = 0
        self._fixes: Counter[str] = Counter()

    def follow(self, columns: tuple[ColumnCells, ...]) -> tuple[int, int, int]:
        """Return how many there are in these columns; only between the first and
        the last that are others is gone into.
        """
        before, self._columns = self._columns, columns
        if before is not columns:
            first, last = common_ends(before, columns)
            for cells in before[first : len(before) - last]:
                self._count(cells, -1)
            for cells in columns[first : len(columns) - last]:
                self._count(cells, 1)
        return self._touchpoints, self._pains, len(self._fixes)

    def _count(self, cells: ColumnCells, times: int) -> None:
        column = cells.source.column
        if column is None:
            return
        self._touchpoints += times
        self._pains += times * len(column.pain_points)
        for fix in {improvement.id for improvement in column.improvements}:
            self._fixes[fix] += times
            if not self._fixes[fix]:
                del self._fixes[fix]
