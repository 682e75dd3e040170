"""Brings the records of one respondent together in columns, where they fit into memory.

It gives the very rows that `survey_gather.Gatherer` gives. Records whose blocks were cut are kept
as packed columns and sorted at once; as soon as one has to be read in the other way, or there are
too many, all of them go over to that.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.batch import BatchWriter
from storage.evidence.layout import ResponseColumns
from storage.evidence.packed import (
    NO_PAIR,
    Bytes,
    Figures,
    Joined,
    Numbers,
    PackedRows,
    Pairs,
    Texts,
)
from storage.imports.survey_gather import Gatherer
from storage.imports.survey_rows import Taken
from storage.imports.survey_tokens import keys_of

# Records that are kept in memory; a million of them take some 200 MB while they are sorted.
MOST_RECORDS: Final = 1_000_000
_GROUPS: Final = 16_384
_WORD: Final = 8
_SLOT_BITS: Final = np.uint32(0xFFFF)
Keys = NDArray[np.uint64]


class QuickGatherer:
    """Keeps packed rows of one answer each, all of them with a respondent."""

    def __init__(self) -> None:
        self._parts: list[PackedRows] = []
        self.records = 0

    def fits(self, records: int) -> bool:
        """Tell whether so many more can be kept."""
        return self.records + records <= MOST_RECORDS

    def keep(self, rows: PackedRows) -> None:
        """Keep rows."""
        self._parts.append(
            replace(
                rows,
                period=_narrow(rows.period),
                segment=None if rows.segment is None else _narrow(rows.segment),
                outcome=None if rows.outcome is None else _narrow(rows.outcome),
            )
        )
        self.records += rows.rows

    def hand_over(self, gatherer: Gatherer) -> None:
        """Give all rows to the other way, and keep none."""
        for part in self._parts:
            gatherer.keep(Taken(_unpacked(part), []))
        self._parts.clear()
        self.records = 0

    def write_to(self, writer: BatchWriter) -> int:
        """Write a row per respondent and period; return how many answers a later one replaced."""
        if not self._parts:
            return 0
        parts, self._parts = self._parts, []
        gathered = _Gathered(parts)
        for rows in gathered.rows():
            writer.write_packed(rows)
        return gathered.replaced


def _narrow(figures: Figures) -> Figures:
    """Return figures with numbers of half the size."""
    if figures.numbers is None:
        return figures
    return replace(figures, numbers=figures.numbers.astype(np.int32))


def _unpacked(rows: PackedRows) -> ResponseColumns:
    """Return packed rows as columns of single values."""
    n, respondent = rows.rows, rows.respondent
    assert respondent is not None
    none = NO_PAIR.to_bytes(4, "little")
    packed = [pair.to_bytes(4, "little") for pair in _pairs(rows).tolist()]

    def all_of(figures: Figures) -> list[int]:
        found: list[int] = figures.by_row.tolist()
        return found if len(found) == n else found * n

    return ResponseColumns(
        period=all_of(rows.period),
        pairs=[[b"" if pair == none else pair for pair in packed]],
        respondent=respondent.texts(),
        at=None if rows.at is None else rows.at.texts(),
        segment=None if rows.segment is None else all_of(rows.segment),
        outcome=None if rows.outcome is None else all_of(rows.outcome),
    )


def _pairs(rows: PackedRows) -> Pairs:
    """Return the answers to the one question each record is about."""
    assert not isinstance(rows.pairs, Joined)
    return rows.pairs[0]


class _Gathered:
    """Records in the order of their groups; a group's place is that of its first record."""

    def __init__(self, parts: list[PackedRows]) -> None:
        self._period = _figures([part.period for part in parts], [part.rows for part in parts])
        names, sizes = _texts(parts)
        parts[:] = [replace(part, respondent=None) for part in parts]
        group, self._first = _groups(names, sizes, self._period)
        self._period = self._period[self._first]
        self._names, self._sizes = names[self._first], sizes[self._first]
        del names, sizes
        order = np.argsort(group, kind="stable")
        self._group = group[order]
        # Where each group ends: its last record says what counts.
        self._ends = np.searchsorted(self._group, np.arange(len(self._first)), side="right")
        self._at = self._last_at(parts, order)
        parts[:] = [replace(part, at=None) for part in parts]
        self._segment = self._last_figure([part.segment for part in parts], parts, order)
        self._outcome = self._last_figure([part.outcome for part in parts], parts, order)
        pairs = np.concatenate(list(map(_pairs, parts)))[order]
        self._pairs, self._counts, self.replaced = self._answers(pairs)

    def _last_at(self, parts: list[PackedRows], order: Numbers) -> Bytes | None:
        """Return each group's last moment; where there is a column of them, each record has one."""
        found = [part.at.data for part in parts if part.at is not None]
        return np.concatenate(found)[order[self._ends - 1]] if found else None

    def _last_figure(
        self, columns: list[Figures | None], parts: list[PackedRows], order: Numbers
    ) -> Figures | None:
        """Return the last figure each group says."""
        there = [column for column in columns if column is not None]
        if not there or there[0].gap is None:
            return None
        gap = there[0].gap
        said = _figures(there, [part.rows for part in parts])[order]
        places = np.where(said == gap, -1, np.arange(len(said)))
        last = np.maximum.accumulate(places)[self._ends - 1]
        begins = np.concatenate(([0], self._ends[:-1]))
        values = np.where(last >= begins, said[last], gap)
        different, numbers = np.unique(values, return_inverse=True)
        return Figures(tuple(different.tolist()), numbers, gap)

    def _answers(self, pairs: Pairs) -> tuple[Pairs, Numbers, int]:
        """Return the last answer to each question by group, how many each has, and the rest."""
        there = pairs != NO_PAIR
        pairs, group = pairs[there], self._group[there].astype(np.uint64)
        keys = (group << np.uint64(32)) | (pairs & _SLOT_BITS)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        last = np.append(keys[1:] != keys[:-1], True) if len(keys) else np.zeros(0, dtype=bool)
        kept = pairs[order[last]]
        groups = (keys[last] >> np.uint64(32)).astype(np.intp)
        counts = np.bincount(groups, minlength=len(self._first))
        return kept, counts, len(pairs) - len(kept)

    def rows(self) -> Iterator[PackedRows]:
        """Yield the rows in order, thousands at a time."""
        begins = np.concatenate(([0], np.cumsum(self._counts)))
        for start in range(0, len(self._first), _GROUPS):
            end = min(start + _GROUPS, len(self._first))
            sizes = self._sizes[start:end]
            longest = int(sizes.max())
            level = int(sizes.min()) == longest
            yield PackedRows(
                rows=end - start,
                period=_part(self._period[start:end]),
                pairs=Joined(self._pairs[begins[start] : begins[end]], self._counts[start:end]),
                respondent=Texts(self._names[start:end, :longest], None if level else sizes),
                at=None if self._at is None else Texts(self._at[start:end]),
                segment=_cut(self._segment, start, end),
                outcome=_cut(self._outcome, start, end),
            )


def _figures(columns: list[Figures], rows: list[int]) -> NDArray[np.int64]:
    """Return the figures of all parts, one after another."""
    return np.concatenate(
        [np.broadcast_to(column.by_row, n) for column, n in zip(columns, rows, strict=True)]
    )


def _part(figures: NDArray[np.int64]) -> Figures:
    different, numbers = np.unique(figures, return_inverse=True)
    return Figures(tuple(different.tolist()), None if len(different) == 1 else numbers)


def _cut(figures: Figures | None, start: int, end: int) -> Figures | None:
    if figures is None or figures.numbers is None:
        return figures
    return Figures(figures.values, figures.numbers[start:end], figures.gap)


def _texts(parts: list[PackedRows]) -> tuple[Bytes, Numbers]:
    """Return all respondents, zeros after each, and how long they are."""
    columns = [part.respondent for part in parts if part.respondent is not None]
    longest = max(column.data.shape[1] for column in columns)
    # A whole number of words, by which they are compared.
    width = -(-longest // _WORD) * _WORD
    names = np.zeros((sum(len(column.data) for column in columns), width), dtype=np.uint8)
    sizes = np.empty(len(names), dtype=np.intp)
    first = 0
    for column in columns:
        rows, own = column.data.shape
        names[first : first + rows, :own] = column.data
        sizes[first : first + rows] = own if column.sizes is None else column.sizes
        first += rows
    shortest = int(sizes.min())
    for place in range(shortest, longest):
        # What stands behind a shorter name is none of its business.
        names[sizes <= place, place] = 0
    return names, sizes


def _groups(names: Bytes, sizes: Numbers, periods: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Return each record's group, numbered in the order of their first records, and those."""
    words = names.view("<u8")
    # Names and periods themselves are compared: two that differ never pass for one.
    columns = [*words.T, periods.view(np.uint64)]
    keys = keys_of(columns, sizes)
    order = np.argsort(keys, kind="stable")
    new = _changes(columns, order)
    if (new[1:] != (np.diff(keys[order]) != 0)).any():
        # Two with one key, never seen: sorted by what they are.
        order = np.lexsort(columns)
        new = _changes(columns, order)
    found = np.cumsum(new) - 1
    # Sorting keeps the order of equals: the first of each group is its first record.
    first = order[new]
    rank = np.empty_like(first)
    rank[np.argsort(first)] = np.arange(len(first))
    group = np.empty(len(order), dtype=np.intp)
    group[order] = rank[found]
    return group, np.sort(first)


def _changes(columns: list[Keys], order: Numbers) -> NDArray[np.bool_]:
    """Tell in an order which records differ from the one before."""
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in columns:
        in_order = column[order]
        new[1:] |= in_order[1:] != in_order[:-1]
    return new
