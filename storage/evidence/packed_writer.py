"""Inserts packed rows into a batch, and counts their answers.

Each column is bound as one run of bytes that SQLite takes apart itself, a row at a time, in one
statement for thousands of rows. While that runs, the interpreter is free, so that a second thread
can do it (`behind`).
"""

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.behind import Behind
from storage.evidence.layout import Told
from storage.evidence.packed import (
    AnyTexts,
    Figures,
    Numbers,
    PackedRows,
    Texts,
    Utf8Texts,
    Words,
)
from storage.evidence.ranks import ranked

# Answers that are counted together.
_COUNT_AT_ONCE: Final = 262_144
_NOTHING: Final = (0.0, 0.0, 0.0)
# So few values are quicker told apart in the statement than found in a table.
_FEW: Final = 5


class PackedWriter:
    """Writes packed rows of one batch.

    Attributes:
        weights: by pair, period and segment the sum of the weights, of their squares, and of how
            many they are; rows without a weight are not among them.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        batch: int,
        weights: dict[tuple[bytes, int, int], list[float]],
    ) -> None:
        self.weights = weights
        self._insert = _Insert(connection, batch)
        self._uncounted: list[tuple[NDArray[np.uint64], NDArray[np.float64] | None]] = []
        self._waiting = 0
        self._keys: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        self._counts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)

    def write(
        self, first: int, rows: PackedRows, behind: Behind | None
    ) -> tuple[bytes, Sequence[int] | None]:
        """Insert rows numbered from `first` on, at once or `behind`, and count them.

        Returns:
            All pairs, and how many bytes of them each row has; None where all have as many.
        """
        joined, apart, sizes = rows.answers()
        step = partial(self._insert.insert, first, rows, apart, sizes)
        if behind is None:
            step()
        else:
            behind.do(step)
        for at, keys in rows.placed():
            given = None if rows.weight is None else rows.weight.by_row
            self._uncounted.append((keys, given if given is None or at is None else given[at]))
            self._waiting += len(keys)
        if self._waiting >= _COUNT_AT_ONCE:
            self.count()
        return joined, None if sizes is None else sizes.tolist()

    def write_comments(self, told: Told, behind: Behind | None) -> None:
        """Insert comments, at once or `behind`."""
        step = partial(self._insert.insert_comments, told)
        if behind is None:
            step()
        else:
            behind.do(step)

    def take_counts(self) -> dict[tuple[bytes, int, int], int]:
        """Return how often each pair, period and segment occurred since the last call."""
        self.count()
        found = {
            _counted(key): n
            for key, n in zip(self._keys.tolist(), self._counts.tolist(), strict=True)
        }
        self._keys, self._counts = self._keys[:0], self._counts[:0]
        return found

    def _weigh(
        self,
        different: NDArray[np.uint64],
        places: Numbers,
        given: NDArray[np.float64],
    ) -> None:
        """Sum weights, NaN for none, their squares and how many there are, in their order."""
        there = ~np.isnan(given)
        given = given[there]
        names = list(map(_counted, different.tolist()))
        before = np.array([self.weights.get(name, _NOTHING) for name in names]).reshape(-1, 3)
        places = np.concatenate((np.arange(len(names)), places[there]))
        more = (given, given * given, np.ones(len(given)))
        # One after another upon what there was: sums of parts could differ in the last digit.
        totals = [
            np.bincount(places, np.concatenate((before[:, part], figures)))
            for part, figures in enumerate(more)
        ]
        self.weights.update(zip(names, np.stack(totals, axis=1).tolist(), strict=True))

    def close(self) -> None:
        """Clear away what inserting needed."""
        self._insert.close()

    def count(self) -> None:
        """Count what waits, and sum its weights."""
        if not self._uncounted:
            return
        waiting, self._uncounted, self._waiting = self._uncounted, [], 0
        new, places = ranked(np.concatenate([keys for keys, _ in waiting]))
        counts = np.bincount(places)
        if any(given is not None for _, given in waiting):
            weights = [np.full(len(k), np.nan) if given is None else given for k, given in waiting]
            self._weigh(new, places, np.concatenate(weights))
        before = self._counts
        self._keys, places = np.unique(np.concatenate((self._keys, new)), return_inverse=True)
        total = np.zeros(len(self._keys), dtype=np.intp)
        np.add.at(total, places, np.concatenate((before, counts)))
        self._counts = total


def _counted(key: int) -> tuple[bytes, int, int]:
    """Return the pair, the period and the segment that make a key."""
    return (key >> 32).to_bytes(4, "little"), (key >> 15) & 0x1FFFF, (key & 0x7FFF) - 1


class _Insert:
    """Inserts into `response` through a table of whole numbers from 0 on, by one thread at a time.

    The table is a temporary one, and gone where the transaction is rolled back.
    """

    def __init__(self, connection: sqlite3.Connection, batch: int) -> None:
        self._connection, self._batch = connection, batch
        self._places = 0
        # The values each column's table has, and how many of them.
        self._words: dict[str, tuple[list[object], int]] = {}
        # Of a comment's columns the different values by number, and their numbers.
        self._values: dict[str, list[object]] = {}
        self._few: dict[str, dict[object, int]] = {}

    def insert(self, first: int, rows: PackedRows, answers: bytes, sizes: Numbers | None) -> None:
        """Insert rows; `answers`, `sizes`: see `PackedRows.answers`."""
        self._have_places(rows.rows)
        cells = _Cells()
        for name, texts in (("respondent", rows.respondent), ("at", rows.at)):
            if isinstance(texts, AnyTexts):
                cells.add_any_texts(name, texts)
            elif texts is not None:
                cells.add_texts(name, texts)
        for name, figures in (
            ("period", rows.period),
            ("segment", rows.segment),
            ("outcome", rows.outcome),
        ):
            if figures is not None:
                cells.add_figures(name, figures)
        weight, fractions = rows.weight, None
        if weight is not None and (decimal := weight.decimal()) is not None:
            cells.add_decimals("weight", *decimal)
        elif weight is not None:
            fractions = weight.words()
        for name, words in (
            ("weight", fractions),
            ("pain_points", rows.pain_points),
            ("covariates", rows.covariates),
        ):
            if words is not None:
                self._add_words(cells, name, words)
        cells.add_bytes("answers", answers, len(answers) // rows.rows, sizes)
        names, values = ", ".join(cells.values), ", ".join(cells.values.values())
        sql = (
            f"INSERT INTO response (batch, seq, {names})"  # noqa: S608 - our own names
            f" SELECT {self._batch}, :first + n, {values} FROM temp.place WHERE n < :rows"
        )
        self._connection.execute(sql, {**cells.given, "first": first, "rows": rows.rows})

    def insert_comments(self, told: Told) -> None:
        """Insert comments."""
        rows = len(told.seq)
        self._have_places(rows)
        cells = _Cells()
        cells.add_numbers("seq", np.array(told.seq))
        for name, column in (("heading", told.heading), ("touchpoint", told.touchpoint)):
            self._add_words(cells, name, self._numbered(name, column))
        cells.add_runs("text", told.text)
        names, values = ", ".join(cells.values), ", ".join(cells.values.values())
        sql = (
            f"INSERT INTO comment (batch, {names})"  # noqa: S608 - our own names
            f" SELECT {self._batch}, {values} FROM temp.place WHERE n < :rows"
        )
        self._connection.execute(sql, {**cells.given, "rows": rows})

    def _numbered(self, name: str, values: Sequence[object]) -> Words:
        """Return values of which there are few, numbered as they were before."""
        numbers = self._few.setdefault(name, {})
        for value in set(values).difference(numbers):
            numbers[value] = len(numbers)
        known = self._values.setdefault(name, [])
        known += list(numbers)[len(known) :]
        found = map(numbers.__getitem__, values)
        return Words(known, np.fromiter(found, dtype=np.intp, count=len(values)))

    def _add_words(self, cells: "_Cells", name: str, words: Words) -> None:
        """Add a column of words: written out where there are few, else from a table."""
        few = _few_of(words.values, words.numbers)
        if few is not None:
            cells.add_few(name, *few)
        else:
            self._have_words(name, words)
            cells.add_words(name, words)

    def close(self) -> None:
        """Take the table of numbers off."""
        if self._places:
            self._connection.execute("DROP TABLE temp.place")
            self._places = 0
        for name in self._words:
            self._connection.execute(f"DROP TABLE temp.word_{name}")
        self._words.clear()

    def _have_words(self, name: str, words: Words) -> None:
        """Have the different values of a column in a table of their own, by number."""
        table, (values, had) = f"temp.word_{name}", self._words.get(name, (words.values, -1))
        if had < 0:
            sql = f"CREATE TEMP TABLE word_{name} (number INTEGER PRIMARY KEY, value)"
            self._connection.execute(sql)
        elif values is not words.values:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            had = -1
        new = words.values[max(0, had) :]
        numbered = enumerate(new, max(0, had))
        self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", numbered)  # noqa: S608
        self._words[name] = (words.values, max(0, had) + len(new))

    def _have_places(self, wanted: int) -> None:
        if not self._places:
            self._connection.execute("CREATE TEMP TABLE place (n INTEGER PRIMARY KEY)")
        if wanted > self._places:
            self._connection.execute(
                "INSERT INTO temp.place WITH RECURSIVE number (n) AS"
                " (SELECT ? UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?)"
                " SELECT n FROM number",
                (self._places, wanted),
            )
            self._places = wanted


class _Cells:
    """What stands in one statement for each column, and what is bound to it.

    Of all that SQLite does for a cell `nullif` takes longest: it stands where there are gaps.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.given: dict[str, object] = {}

    def add_texts(self, name: str, texts: Texts | Utf8Texts) -> None:
        self.add_bytes(name, texts.data.tobytes(), texts.data.shape[1], texts.sizes)
        self.values[name] = f"CAST({self.values[name]} AS TEXT)"
        if texts.sizes is not None and not texts.sizes.all():
            self.values[name] = f"nullif({self.values[name]}, '')"

    def add_any_texts(self, name: str, texts: AnyTexts) -> None:
        spelt, width, sizes = texts.spelt()
        self.add_bytes(name, spelt, width, sizes)
        self.values[name] = f"CAST({self.values[name]} AS TEXT)"
        if not sizes.all():
            self.values[name] = f"nullif({self.values[name]}, '')"

    def add_decimals(self, name: str, whole: NDArray[np.int64], scale: float) -> None:
        self.add_numbers(name, whole)
        if not whole.all():
            self.values[name] = f"nullif({self.values[name]}, 0)"
        self.values[name] += f" / {scale!r}"

    def add_numbers(self, name: str, numbers: NDArray[np.int64]) -> None:
        """Add a column of whole numbers, none of them below zero."""
        spelt, width = _figures_of(numbers)
        self.add_bytes(name, spelt, width, None)
        self.values[name] = f"CAST({self.values[name]} AS INTEGER)"

    def add_runs(self, name: str, texts: Sequence[str]) -> None:
        """Add a column of texts that are far from equally long."""
        words = [text.encode() for text in texts]
        ends = np.cumsum([len(word) for word in words])
        starts = np.append(0, ends[:-1])
        places = []
        for part, numbers in (("begin", starts + 1), ("size", ends - starts)):
            self.add_numbers(f"{name}_{part}", numbers)
            places.append(self.values.pop(f"{name}_{part}"))
        # Of no bytes at all SQLite takes NULL.
        self.given[name] = b"".join(words) + b" "
        self.values[name] = f"CAST(substr(:{name}, {', '.join(places)}) AS TEXT)"

    def add_figures(self, name: str, figures: Figures) -> None:
        if figures.numbers is None:
            same = figures.values[0]
            self.values[name], self.given[name] = f":{name}", None if same == figures.gap else same
            return
        few = _few_of(figures.values, figures.numbers) if figures.has_gap else None
        if few is not None:
            values, numbers = few
            self.add_few(name, [None if v == figures.gap else v for v in values], numbers)
            return
        spelt, width = figures.spelt()
        self.add_bytes(name, spelt, width, None)
        value = f"CAST({self.values[name]} AS INTEGER)"
        self.values[name] = f"nullif({value}, {figures.gap})" if figures.has_gap else value

    def add_few(self, name: str, values: Sequence[object], numbers: NDArray[np.uint8]) -> None:
        """Add a column of a few values by their numbers, None for NULL."""
        if len(values) == 1:
            self.values[name], self.given[name] = f":{name}", values[0]
            return
        self.given[name] = numbers.tobytes()
        cases = []
        for number, value in enumerate(values):
            if value is not None:
                cases.append(f"WHEN x'{number:02x}' THEN :{name}_{number}")
                self.given[f"{name}_{number}"] = value
        self.values[name] = f"CASE substr(:{name}, n + 1, 1) {' '.join(cases)} END"

    def add_words(self, name: str, words: Words) -> None:
        spelt, width = Figures(range(len(words.values)), words.numbers).spelt()
        self.add_bytes(name, spelt, width, None)
        number = f"CAST({self.values[name]} AS INTEGER)"
        self.values[name] = f"(SELECT value FROM temp.word_{name} WHERE number = {number})"  # noqa: S608

    def add_bytes(self, name: str, data: bytes, width: int, sizes: Numbers | None) -> None:
        """Add a column of bytes: a cell begins every `width` of them, and has `sizes` or all."""
        if not width:
            self.values[name] = "x''"
            return
        self.given.update({name: data, f"{name}_width": width})
        start, size = f"n * :{name}_width + 1", f":{name}_width"
        if sizes is not None:
            self.given[f"{name}_sizes"], figures = _figures_of(sizes)
            size = f"substr(:{name}_sizes, n * {figures} + 1, {figures})"
        self.values[name] = f"substr(:{name}, {start}, {size})"


def _few_of(
    values: Sequence[object], numbers: Numbers
) -> tuple[list[object], NDArray[np.uint8]] | None:
    """Return the values that occur, and for each row the place among them; None for many."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(values)))
    if len(used) > _FEW:
        return None
    places = np.zeros(len(values), dtype=np.uint8)
    places[used] = np.arange(len(used))
    return [values[number] for number in used.tolist()], places[numbers]


def _figures_of(numbers: NDArray[np.int64]) -> tuple[bytes, int]:
    """Return whole numbers in figures at equal distances, and the distance."""
    width = len(str(int(numbers.max())))
    spelt = np.empty((len(numbers), width), dtype=np.uint8)
    for place in range(width - 1, -1, -1):
        tens = numbers // 10
        spelt[:, place] = numbers - 10 * tens + ord("0")
        numbers = tens
    return spelt.tobytes(), width
