"""Brings the records of one respondent together, where a long table gives one answer a record.

Records wait as fixed bytes, spread over parts of a temporary file by who answered when; each part
is sorted for itself. What comes of them waits in such a file too, until it is written in the
order of the first records. So memory stays level however they are strewn over the table.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.batch import BatchWriter
from storage.evidence.layout import NO_WEIGHT
from storage.evidence.packed import (
    NO_PAIR,
    AnyTexts,
    Joined,
    Numbers,
    PackedRows,
    Pairs,
    Texts,
    Utf8Texts,
    Words,
)
from storage.imports.gathered_comments import GatheredComments
from storage.imports.gathered_records import (
    MOMENT_LENGTH,
    Groups,
    Records,
    blank_records,
    grouped,
    joined,
    set_keys,
    taken,
    united,
)
from storage.imports.gathered_rows import packed_rows
from storage.imports.record_spill import Parts, Run, Spill
from storage.imports.survey_rows import Comments, Taken

# Records that are kept in memory before they are spread over parts, and rows read back at once.
AT_ONCE_BYTES: Final = 12 * 1024 * 1024
_ROWS: Final = 65_536
_BLOCK: Final = 16_384
_PART_BITS: Final = 8
_SIDE_BY_SIDE: Final = 2
_NONE: Final = NO_PAIR.to_bytes(4, "little")


class Gatherer:
    """Keeps rows of one answer each and gives them back one row per respondent and period.

    Of what a respondent said twice the later counts: in answers as in everything else; pain
    points add up, and so do comments under one heading.
    """

    def __init__(self) -> None:
        self._waiting: list[Records] = []
        self._waiting_bytes = 0
        self._parts: Parts | None = None
        self._pains, self._covariates = _Values(), _Values()
        self._comments = GatheredComments()
        self._lock = Lock()
        self._records = 0

    def __enter__(self) -> "Gatherer":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was kept."""
        self._comments.close()
        if self._parts is not None:
            self._parts.close()

    def keep_packed(self, rows: PackedRows, comments: Comments) -> None:
        """Keep packed rows; `comments` are by their places."""
        assert not isinstance(rows.pairs, Joined)
        names, sizes = _letters(rows.respondent, rows.rows)
        made = blank_records(self._records, rows.rows, names.shape[1])
        made["name"][:, : names.shape[1]] = names
        made["size"], made["period"], made["pair"] = sizes, rows.period.by_row, rows.pairs[0]
        if rows.at is not None:
            made["at"] = _letters(rows.at, rows.rows, MOMENT_LENGTH)[0]
        if rows.segment is not None:
            made["segment"] = rows.segment.by_row
        if rows.outcome is not None:
            made["outcome"] = rows.outcome.by_row
        if rows.weight is not None:
            made["weight"] = np.nan_to_num(rows.weight.by_row, nan=NO_WEIGHT)
        if rows.pain_points is not None:
            made["pains"] = self._pains.of_words(rows.pain_points)
        if rows.covariates is not None:
            made["covariates"] = self._covariates.of_words(rows.covariates)
        self._keep(made, comments)

    def keep(self, taken: Taken) -> None:
        """Keep the rows of a chunk."""
        rows, n = taken.rows, len(taken.rows)
        names, sizes = _letters(AnyTexts(rows.respondent or [""] * n), n)
        made = blank_records(self._records, n, names.shape[1])
        made["name"][:, : names.shape[1]] = names
        made["size"], made["period"] = sizes, rows.period
        pairs = b"".join([pair or _NONE for pair in rows.pairs[0]])
        made["pair"] = np.frombuffer(pairs, dtype="<u4")
        if rows.at is not None:
            made["at"] = _letters(AnyTexts(rows.at), n, MOMENT_LENGTH)[0]
        for field, figures in (
            ("segment", rows.segment),
            ("outcome", rows.outcome),
            ("weight", rows.weight),
        ):
            if figures is not None:
                made[field] = figures
        if rows.pain_points is not None:
            made["pains"] = [self._pains.of(blob) for blob in rows.pain_points]
        if rows.covariates is not None:
            made["covariates"] = [self._covariates.of(text) for text in rows.covariates]
        self._keep(made, taken.comments)

    def _keep(self, made: Records, comments: Comments) -> None:
        if comments:
            made["told"][[place for place, *_ in comments]] = 1
            self._comments.keep(self._records, comments)
        set_keys(made)
        self._records += len(made)
        self._waiting.append(made)
        self._waiting_bytes += made.nbytes
        if self._waiting_bytes >= AT_ONCE_BYTES:
            self._spread()

    def _spread(self) -> None:
        if self._parts is None:
            self._parts = Parts(_PART_BITS)
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if waiting:
            self._parts.write(joined(waiting))

    def write_to(self, writer: BatchWriter) -> int:
        """Write the gathered rows; return how many answers a later one replaced."""
        if self._parts is None:
            parts = iter([self._waiting] if self._waiting else [])
        else:
            self._spread()
            parts = iter(self._parts)
        merged = _Merged(self._records)
        for groups in self._grouped(parts):
            merged.add(groups)
        values = (self._pains.values, self._covariates.values)
        self._comments.tell_of(merged.told)
        with writer.behind():
            for rows, pairs in merged.rows():
                first = writer.write_packed(packed_rows(rows, pairs, *values))
                writer.write_comments(self._comments.of(rows["number"], first))
        return merged.replaced

    def _grouped(self, parts: Iterator[list[Records]]) -> Iterator[Groups]:
        """Yield the groups of each part; two parts are sorted side by side."""
        with ThreadPoolExecutor(_SIDE_BY_SIDE, "gathering") as pool:
            steps: deque[Future[Groups]] = deque()
            for part in parts:
                steps.append(pool.submit(grouped, joined(part), self._union))
                if len(steps) > _SIDE_BY_SIDE:
                    yield steps.popleft().result()
            yield from (step.result() for step in steps)

    def _union(self, pains: Sequence[int]) -> int:
        with self._lock:
            return self._pains.of(united([self._pains.values[number] for number in pains]))  # type: ignore[misc]


class _Values:
    """Numbers for the different values of a column; 0 is none."""

    def __init__(self) -> None:
        self.values: list[object] = [None]
        self._numbers: dict[object, int] = {}
        # The numbers of the values that rows came with last.
        self._given: list[object] = []
        self._of_given: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)

    def of(self, value: object) -> int:
        """Return the number of a value."""
        if not value:
            return 0
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def of_words(self, words: Words) -> NDArray[np.uint32]:
        """Return the number of each row's value."""
        if words.values is not self._given:
            self._given, self._of_given = words.values, self._of_given[:0]
        known = len(self._of_given)
        new = np.array([self.of(value) for value in self._given[known:]], dtype=np.uint32)
        self._of_given = np.concatenate((self._of_given, new))
        return self._of_given[words.numbers]


class _Merged:
    """Groups of all parts, given back in the order of their first records."""

    def __init__(self, records: int) -> None:
        self._spill, self._records = Spill(), records
        self._groups: list[tuple[Run, Numbers, Run, Numbers]] = []
        self._told: list[NDArray[np.uint32]] = []
        self._step = _ROWS
        self.replaced = 0

    @property
    def told(self) -> NDArray[np.uint32]:
        """Of each record with comments the number of its group's first, and its own."""
        return np.concatenate(self._told) if self._told else np.zeros((0, 2), dtype=np.uint32)

    def add(self, groups: Groups) -> None:
        """Take the groups of a part."""
        rows = groups.rows
        steps = np.arange(0, self._records + self._step, self._step)
        cuts = np.searchsorted(rows["number"], steps)
        pair_cuts = np.append(0, np.cumsum(rows["pair"], dtype=np.intp))[cuts]
        runs = self._spill.write(rows), self._spill.write(groups.pairs)
        self._groups.append((runs[0], cuts, runs[1], pair_cuts))
        self._told.append(groups.told)
        self.replaced += groups.replaced

    def rows(self) -> Iterator[tuple[Records, Pairs]]:
        """Yield the groups, thousands at a time, with their answers."""
        for step in range(-(-self._records // self._step)):
            rows, pairs = [], []
            for row_run, cuts, pair_run, pair_cuts in self._groups:
                begin, end = cuts[step : step + 2].tolist()
                if begin < end:
                    rows.append(self._spill.read(row_run, begin, end))
                    pairs.append(self._spill.read(pair_run, *pair_cuts[step : step + 2].tolist()))
            if rows:
                yield from _blocks(*_in_order(joined(rows), np.concatenate(pairs)))


def _blocks(rows: Records, pairs: Pairs) -> Iterator[tuple[Records, Pairs]]:
    """Yield groups with their answers, as many at a time as are best written together."""
    ends = np.append(0, np.cumsum(rows["pair"], dtype=np.intp))
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        yield block, pairs[ends[begin] : ends[begin + len(block)]]


def _in_order(rows: Records, pairs: Pairs) -> tuple[Records, Pairs]:
    """Return groups in the order of their first records, with their answers."""
    order = np.argsort(rows["number"], kind="stable")
    counts = rows["pair"].astype(np.intp)
    starts = np.cumsum(counts) - counts
    counts, starts = counts[order], starts[order]
    begins = np.cumsum(counts) - counts
    return taken(rows, order), pairs[np.repeat(starts - begins, counts) + np.arange(len(pairs))]


def _letters(
    texts: Texts | Utf8Texts | AnyTexts | None, rows: int, width: int = 0
) -> tuple[NDArray[np.uint8], NDArray[np.integer[Any]]]:
    """Return texts as bytes, zeros after each, and how long each is."""
    if texts is None:
        return np.zeros((rows, width), dtype=np.uint8), np.zeros(rows, dtype=np.intp)
    if isinstance(texts, Texts | Utf8Texts):
        data, sizes = texts.data, texts.sizes
        if sizes is None:
            return data, np.full(rows, data.shape[1])
    else:
        spelt, longest, sizes = texts.spelt()
        data = np.frombuffer(spelt, dtype=np.uint8).reshape(rows, longest)
        data = np.pad(data, ((0, 0), (0, max(0, width - longest))))
    return np.where(np.arange(data.shape[1]) < sizes[:, None], data, np.uint8(0)), sizes
