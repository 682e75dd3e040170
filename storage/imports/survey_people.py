"""Whether anybody stands in a table twice, told while its rows are read."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from journey.model.evidence import RELATIONAL
from storage.evidence.layout import ResponseColumns
from storage.evidence.packed import AnyTexts, Numbers, PackedRows, Texts, Utf8Texts

_WORD: Final = 8
# So many rows are remembered, 16 MB: beyond them memory would grow with the file.
MOST_ROWS: Final = 2_000_000
# Odd numbers, by which words are multiplied so that all their bits count.
_FIRST: Final = 0x9E3779B97F4A7C15
_PERIOD: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SIZE: Final = np.uint64(0x165667B19E3779F9)
_HALF: Final = np.uint64(32)
_BITS: Final = (1 << 64) - 1

Keys = NDArray[np.uint64]
AnyOfTexts = Texts | Utf8Texts | AnyTexts


class PeopleSeen:
    """Keeps a number for who answered when, eight bytes a row, up to `MOST_ROWS`.

    As everywhere, the moment is the period in a relational survey, else the visit's own.
    """

    def __init__(self, design: str) -> None:
        self._by_moment = design != RELATIONAL
        self._keys: list[Keys] = []
        self._room = MOST_ROWS

    def add(self, rows: PackedRows | ResponseColumns) -> None:
        """Take rows."""
        respondent, at = _texts(rows.respondent), _texts(rows.at)
        if respondent is None or self._room < 0:
            return
        keys, sizes = _numbered(respondent)
        period = rows.period.by_row if isinstance(rows, PackedRows) else np.array(rows.period)
        keys += period.astype(np.uint64) * _PERIOD
        if at is not None and self._by_moment:
            # Who and when must not be exchangeable.
            keys += _numbered(at)[0] * _PERIOD
        known = keys[sizes > 0]
        self._room -= len(known)
        if self._room < 0:
            self._keys.clear()
            return
        self._keys.append(known)

    @property
    def may_repeat(self) -> bool:
        """Whether somebody may have two rows for one moment; False is certain."""
        if not self._keys:
            return self._room < 0
        keys = np.concatenate(self._keys)
        keys.sort()
        return bool((keys[1:] == keys[:-1]).any())


def _texts(column: AnyOfTexts | Sequence[str] | None) -> AnyOfTexts | None:
    if column is None or isinstance(column, (Texts, Utf8Texts, AnyTexts)):
        return column
    return AnyTexts(column)


def _numbered(texts: AnyOfTexts) -> tuple[Keys, Numbers]:
    """Return a number for each text, which hardly ever is another's, and how long it is."""
    if isinstance(texts, AnyTexts):
        spelt, longest, sizes = texts.spelt()
        data = np.frombuffer(spelt, dtype=np.uint8).reshape(-1, longest)
    else:
        data, longest = texts.data, texts.data.shape[1]
        level = np.full(len(data), longest)
        sizes = level if texts.sizes is None else texts.sizes
    padded = np.zeros((len(data), -(-longest // _WORD) * _WORD), dtype=np.uint8)
    padded[:, :longest] = data
    if int(sizes.min()) < longest:
        # What stands behind a shorter text is none of it.
        padded[np.arange(padded.shape[1]) >= sizes[:, None]] = 0
    keys: Keys = sizes.astype(np.uint64) * _SIZE
    for place, word in enumerate(padded.view("<u8").T):
        spread = word * np.uint64(_FIRST * (2 * place + 1) & _BITS)
        # The last letters of a word count in the upper bits only, and there all words would meet.
        keys ^= (spread ^ (spread >> _HALF)) * _SIZE
    return keys, sizes
