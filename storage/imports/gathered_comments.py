"""Comments of records that are brought together, until it is known to which row each belongs.

They wait in a private temporary database that SQLite keeps on disk and deletes itself.
"""

import sqlite3
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.survey_rows import Comments

_SCHEMA: Final = (
    "CREATE TABLE comment (number INTEGER, heading TEXT, touchpoint TEXT, text TEXT)",
    "CREATE TABLE wanted (place INTEGER PRIMARY KEY, row INTEGER, number INTEGER)",
)
_WANTED: Final = (
    "SELECT row, heading, touchpoint, text FROM wanted JOIN comment USING (number)"
    " ORDER BY place, heading"
)
_NOBODY: Final = np.zeros((0, 2), dtype=np.uint32)


class GatheredComments:
    """Keeps comments by the number of their record."""

    def __init__(self) -> None:
        self._base: sqlite3.Connection | None = None
        self._told: NDArray[np.uint32] = _NOBODY

    def close(self) -> None:
        """Drop what was kept."""
        if self._base is not None:
            self._base.close()

    def keep(self, first: int, comments: Comments) -> None:
        """Keep comments of records that are numbered from `first` on."""
        if self._base is None:
            self._base = sqlite3.connect("", isolation_level=None)
            for statement in _SCHEMA:
                self._base.execute(statement)
            self._base.execute("BEGIN")
        self._base.executemany(
            "INSERT INTO comment VALUES (?, ?, ?, ?)",
            ((first + place, *rest) for place, *rest in comments),
        )

    def tell_of(self, told: NDArray[np.uint32]) -> None:
        """Take of each record with comments the number of its group's first, and its own."""
        self._told = told[np.lexsort((told[:, 1], told[:, 0]))]
        if self._base is not None:
            self._base.execute("CREATE INDEX comment_of ON comment (number, heading)")

    def of(self, groups: NDArray[np.uint32], first: int) -> Comments:
        """Return the comments of rows from `first` on, by the numbers of their first records."""
        if self._base is None:
            return []
        begin = int(np.searchsorted(self._told[:, 0], groups[0]))
        end = int(np.searchsorted(self._told[:, 0], groups[-1], side="right"))
        told = self._told[begin:end]
        rows = np.searchsorted(groups, told[:, 0]) + first
        self._base.executemany(
            "INSERT INTO wanted VALUES (NULL, ?, ?)",
            zip(rows.tolist(), told[:, 1].tolist(), strict=True),
        )
        found: dict[tuple[int, str], tuple[str | None, str]] = {}
        for row, heading, touchpoint, text in self._base.execute(_WANTED):
            # A heading holds one text per row; the same question elsewhere adds to it.
            before = found.get((row, heading))
            joined = text if before is None else f"{before[1]}\n{text}"
            found[row, heading] = (touchpoint, joined)
        self._base.execute("DELETE FROM wanted")
        return [(row, heading, *rest) for (row, heading), rest in sorted(found.items())]
