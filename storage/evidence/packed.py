"""Rows of answers as packed columns: a batch's rows as a fast reader gives them.

Python never touches a single row: each column is one run of bytes, for `packed_writer` to insert
and for the batch's hash to take in.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.fingerprint import json_of_texts
from storage.evidence.layout import NO_SEGMENT

# A pair whose score says "not answered".
NO_PAIR: Final = 0x8000_0000
# Whole numbers below this, and powers of ten, divided give the nearest figure there is.
_EXACT: Final = 2.0**50
_NULL: Final = b"null,"
Bytes = NDArray[np.uint8]
Numbers = NDArray[np.intp]
Pairs = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A text a row, printable ASCII without quotes and backslashes.

    Attributes:
        data: uint8[rows, longest], a text a row from its start.
        sizes: of the texts; None where all are equally long. One of size 0 is stored as NULL.
    """

    data: Bytes
    sizes: Numbers | None = None

    def texts(self) -> list[str]:
        """Return the texts as such."""
        rows, longest = self.data.shape
        spelt = self.data.tobytes().decode("ascii")
        sizes = [longest] * rows if self.sizes is None else self.sizes.tolist()
        return [spelt[row * longest : row * longest + size] for row, size in enumerate(sizes)]

    def json(self) -> bytes:
        """Return the texts as JSON, each with a comma after it."""
        rows, longest = self.data.shape
        written = np.empty((rows, longest + 3), dtype=np.uint8)
        written[:, 0] = ord('"')
        written[:, 1:-2] = self.data
        if self.sizes is None:
            written[:, -2], written[:, -1] = ord('"'), ord(",")
            return written.tobytes()
        each = np.arange(rows)
        written[each, self.sizes + 1], written[each, self.sizes + 2] = ord('"'), ord(",")
        sizes = self.sizes + 3
        blank = np.flatnonzero(self.sizes == 0)
        if len(blank):
            # Shorter texts than NULL is written have room for it.
            written = np.pad(written, ((0, 0), (0, len(_NULL))))
            written[blank, : len(_NULL)] = np.frombuffer(_NULL, dtype=np.uint8)
            sizes[blank] = len(_NULL)
        return written[np.arange(written.shape[1]) < sizes[:, None]].tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class Utf8Texts:
    """A text a row of letters that can be seen, without quotes and backslashes.

    Attributes:
        data: uint8[rows, longest], a text a row in UTF-8 from its start.
        sizes: of the texts in bytes; one of size 0 is stored as NULL.
        joined: all texts with a line end between two.
    """

    data: Bytes
    sizes: Numbers
    joined: str

    def texts(self) -> list[str]:
        """Return the texts as such."""
        return self.joined.split("\n")

    def json(self) -> bytes:
        """Return the texts as JSON, each with a comma after it."""
        body = json.dumps(self.joined)[1:-1].replace("\\n", '","')
        return f'"{body}",'.replace('"",', "null,").encode()


@dataclass(frozen=True, slots=True, eq=False)
class AnyTexts:
    """A text a row, of whatever letters; "" is stored as NULL."""

    given: Sequence[str]

    def texts(self) -> list[str]:
        """Return the texts as such."""
        return list(self.given)

    def json(self) -> bytes:
        """Return the texts as JSON, each with a comma after it."""
        return json_of_texts(self.given)

    def spelt(self) -> tuple[bytes, int, Numbers]:
        """Return the texts in UTF-8 at equal distances, the distance, and how long each is."""
        words = [text.encode() for text in self.given]
        sizes = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
        longest = max(1, int(sizes.max()))
        return b"".join([word.ljust(longest) for word in words]), longest, sizes


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """A whole number a row, of which there are few different ones.

    Attributes:
        values: the different ones. numbers: by row, places in `values`; None: all are the first.
        gap: the one that is stored as NULL.
    """

    values: Sequence[int]
    numbers: Numbers | None = None
    gap: int | None = None

    @property
    def by_row(self) -> NDArray[np.int64]:
        """The figure of each row; of all rows, where they are the same."""
        values = np.array(self.values, dtype=np.int64)
        return values[:1] if self.numbers is None else values[self.numbers]

    @property
    def has_gap(self) -> bool:
        """Whether any row is stored as NULL."""
        if self.gap is None or self.gap not in self.values:
            return False
        return self.numbers is None or self.values.index(self.gap) in self.numbers

    def counted(self, rows: int) -> dict[int, int]:
        """Return how many of so many rows have each figure."""
        if self.numbers is None:
            return {self.values[0]: rows}
        counts = np.bincount(self.numbers, minlength=len(self.values)).tolist()
        return {value: n for value, n in zip(self.values, counts, strict=True) if n}

    def json(self, rows: int) -> bytes:
        """Return the figures as JSON, each with a comma after it."""
        spelt = [b"null," if value == self.gap else b"%d," % value for value in self.values]
        if self.numbers is None:
            return spelt[0] * rows
        return spell(spelt, self.numbers)

    def spelt(self) -> tuple[bytes, int]:
        """Return the figures one after another, each as wide as the second says."""
        assert self.numbers is not None
        width = max(len(str(value)) for value in self.values)
        return spell([b"%*d" % (width, value) for value in self.values], self.numbers), width


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A value a row of any kind a column has, of which there are not too many different ones.

    Attributes:
        values: the different ones; None is stored as NULL. The same list for all blocks of rows,
            that only grows; another one numbers them anew.
        numbers: by row, places in `values`.
    """

    values: list[object]
    numbers: Numbers

    def json(self) -> bytes:
        """Return texts as JSON, each with a comma after it."""
        values, numbers = self._used()
        return spell([json.dumps(value).encode() + b"," for value in values], numbers)

    def blobs(self) -> tuple[bytes, bytes]:
        """Return bytes one after another, and how many each row has as JSON."""
        values, numbers = self._used()
        blobs = [value if isinstance(value, bytes) else b"" for value in values]
        sizes = [b"%d," % len(blob) if blob else b"null," for blob in blobs]
        return spell(blobs, numbers), spell(sizes, numbers)

    def _used(self) -> tuple[list[object], Numbers]:
        """Return the values that occur in these rows, and their places among those."""
        used = np.flatnonzero(np.bincount(self.numbers, minlength=len(self.values)))
        places = np.zeros(len(self.values), dtype=np.intp)
        places[used] = np.arange(len(used))
        return [self.values[number] for number in used.tolist()], places[self.numbers]


@dataclass(frozen=True, slots=True, eq=False)
class Reals:
    """A figure above zero a row, each of which may be another; NaN is stored as NULL."""

    by_row: NDArray[np.float64]

    def json(self) -> bytes:
        """Return the figures as JSON, each with a comma after it."""
        different, numbers = np.unique(self.by_row, return_inverse=True)
        spelt = ["null," if isnan(figure) else f"{figure!r}," for figure in different.tolist()]
        return spell([text.encode() for text in spelt], numbers)

    def decimal(self) -> tuple[NDArray[np.int64], float] | None:
        """Return whole numbers and what they are divided by to be the very figures, 0 for NULL.

        None where no power of ten does that.
        """
        there = np.nan_to_num(self.by_row)
        scale = 1.0
        while scale < _EXACT and (whole := np.rint(there * scale)).max() < _EXACT:
            if (whole / scale == there).all():
                return whole.astype(np.int64), scale
            scale *= 10.0
        return None

    def words(self) -> Words:
        """Return the figures as different values and their places."""
        different, numbers = np.unique(self.by_row, return_inverse=True)
        values: list[object] = [None if isnan(v) else v for v in different.tolist()]
        return Words(values, numbers)


def spell(words: Sequence[bytes], numbers: Numbers) -> bytes:
    """Return the words with these numbers, one after another."""
    sizes = np.array([len(word) for word in words], dtype=np.intp)
    longest = int(sizes.max())
    if not longest:
        return b""
    table = np.frombuffer(b"".join(word.ljust(longest) for word in words), dtype=np.uint8)
    written = table.reshape(-1, longest)[numbers]
    if (sizes == longest).all():
        return written.tobytes()
    return written[np.arange(longest) < sizes[numbers][:, None]].tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Answers by row, where of many questions each row has a few.

    Attributes:
        pairs: of all rows, one row after another, each in slot order.
        counts: how many each row has.
    """

    pairs: Pairs
    counts: Numbers

    def answers(self) -> tuple[bytes, bytes, Numbers | None]:
        """Return what `PackedRows.answers` does."""
        packed, most = self.pairs.astype("<u4").tobytes(), int(self.counts.max())
        if int(self.counts.min()) == most:
            return packed, packed, None
        apart = np.zeros((len(self.counts), most), dtype="<u4")
        apart[np.arange(most) < self.counts[:, None]] = self.pairs
        return packed, apart.tobytes(), 4 * self.counts


@dataclass(frozen=True, slots=True, eq=False)
class PackedRows:
    """Some rows of a batch; None where all rows lack the column.

    Attributes:
        rows: how many.
        period: quarter numbers.
        pairs: by question, in slot order, each row's answer as `pack_pair` writes it, read as a
            number; `NO_PAIR` where a row has none. Or all of them by row.
        respondent, at: texts. segment: slots. outcome: 1 bad, 0 good.
        pain_points: packed slots. covariates: JSON objects.
    """

    rows: int
    period: Figures
    pairs: Sequence[Pairs] | Joined
    respondent: Texts | Utf8Texts | AnyTexts | None = None
    at: Texts | None = None
    segment: Figures | None = None
    outcome: Figures | None = None
    weight: Reals | None = None
    pain_points: Words | None = None
    covariates: Words | None = None

    def answers(self) -> tuple[bytes, bytes, Numbers | None]:
        """Return all pairs, the same at equal distances, and how many bytes each row has.

        None says that each has as many as the distance between two.
        """
        if isinstance(self.pairs, Joined):
            return self.pairs.answers()
        if len(self.pairs) == 1 and not (self.pairs[0] == NO_PAIR).any():
            packed = self.pairs[0].astype("<u4").tobytes()
            return packed, packed, None
        together = np.stack(self.pairs, axis=1).astype("<u4")
        answered = together != NO_PAIR
        if answered.all():
            packed = together.tobytes()
            return packed, packed, None
        # Those without an answer go to the end; the others keep their order.
        order = np.argsort(~answered, axis=1, kind="stable")
        apart = np.take_along_axis(together, order, axis=1).tobytes()
        return together[answered].tobytes(), apart, 4 * answered.sum(axis=1)

    def counted(self) -> Iterator[NDArray[np.uint64]]:
        """Yield for each question's answers pair, period and segment as one number."""
        for _, keys in self.placed():
            yield keys

    def placed(self) -> Iterator[tuple[Numbers | None, NDArray[np.uint64]]]:
        """Yield for each question's answers their rows, None for all, and what is `counted`."""
        segment = self.segment.by_row if self.segment is not None else np.int64(NO_SEGMENT)
        when = ((self.period.by_row << 15) | (segment + 1)).astype(np.uint64)
        if isinstance(self.pairs, Joined):
            each = np.broadcast_to(when, self.rows).repeat(self.pairs.counts)
            at = np.arange(self.rows).repeat(self.pairs.counts)
            yield at, (self.pairs.pairs.astype(np.uint64) << np.uint64(32)) | each
            return
        for pairs in self.pairs:
            keys = (pairs.astype(np.uint64) << np.uint64(32)) | when
            there = pairs != NO_PAIR
            yield (None, keys) if there.all() else (np.flatnonzero(there), keys[there])
