"""Numbers for the cells of a column by what they say, found for a whole block at once.

Each cell is read as words of eight bytes that are mixed to one key. The key tells where to look;
the words themselves tell whether it is the same text, so that two texts never pass for one.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.survey_cells import REMEMBERED
from storage.imports.survey_cut import Cut, Places, texts_between

_WORD: Final = 8
# A longer cell is no name, date or score; of a cut's margin two words are left to spare.
LONGEST: Final = 256
# What counts of a word of which so many bytes are the cell's.
_PARTS: Final = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
# Odd numbers: multiplied by one, all bits of a word take part in the highest of the product.
_SPREAD: Final = tuple(
    np.uint64(2 * int(number) + 1)
    for number in np.random.default_rng(1).integers(2**61, 2**63, LONGEST // _WORD + 1)
)
_SHIFT: Final = np.uint64(48)
_PLACES: Final = 1 << 16

Numbers = NDArray[np.intp]
Words = NDArray[np.uint64]


def different(cut: Cut, column: int) -> tuple[list[str], Numbers] | None:
    """Return the different cells of one block's column in the order they are first met.

    Beside them, for each cell the number of the one it equals; None where that cannot be told.
    For columns that nearly always say something new, such as names of cases: nothing is kept.
    """
    starts, sizes = cut.places(column)
    longest = int(sizes.max())
    if longest > LONGEST or column in cut.escaped:
        return None
    words = _words(cut, starts, sizes, longest)
    _, first, place = np.unique(keys_of(words, sizes), return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbers, first = rank[place], first[order]
    alike = first[numbers]
    if not all((word[alike] == word).all() for word in (*words, sizes)):
        return None  # two texts with one key: never seen
    return texts_between(cut.data, starts[first], (starts + sizes)[first]), numbers


class Keys:
    """Numbers for keys in the order they were first met."""

    def __init__(self) -> None:
        self._met: Words = np.zeros(0, dtype=np.uint64)
        self._sorted: Words = self._met
        self._order: Numbers = np.zeros(0, dtype=np.intp)
        # Most keys are found here at once; where two want one place, the later is searched for.
        self._guess: NDArray[np.int32] = np.zeros(_PLACES, dtype=np.int32)

    def __len__(self) -> int:
        """How many were met."""
        return len(self._met)

    def of(self, keys: Words) -> tuple[Numbers, Numbers]:
        """Return each key's number, and the places where one was met that is new."""
        if len(self._met):
            numbers, strange = self._find(keys)
            if not len(strange):
                return numbers, strange
        else:
            strange = np.arange(len(keys))
        new, first = np.unique(keys[strange], return_index=True)
        order = np.argsort(first)
        self._add(new[order])
        return self._find(keys)[0], strange[first[order]]

    def _add(self, new: Words) -> None:
        numbers = np.arange(len(self._met), len(self._met) + len(new), dtype=np.int32)
        # Backwards, so that of two which want one place the first has it.
        self._guess[_place(new[::-1])] = numbers[::-1]
        self._met = np.concatenate((self._met, new))
        self._order = np.argsort(self._met)
        self._sorted = self._met[self._order]

    def _find(self, keys: Words) -> tuple[Numbers, Numbers]:
        """Return numbers, and the places of keys never met."""
        numbers = self._guess[_place(keys)].astype(np.intp)
        missed = np.flatnonzero(self._met[numbers] != keys)
        if not len(missed):
            return numbers, missed
        wanted = keys[missed]
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        numbers[missed] = self._order[at]
        return numbers, missed[self._sorted[at] != wanted]


def _place(keys: Words) -> Numbers:
    return ((keys * _SPREAD[-1]) >> _SHIFT).astype(np.intp)


class Tokens:
    """The different cells of one column, numbered in the order they were first met.

    Attributes:
        texts: by number.
        fresh: from which number on they were first met in the last block.
    """

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.texts: list[str] = []
        self.fresh = 0
        self._keys = Keys()
        self._words: list[Words] = []
        self._sizes: Places = np.zeros(0, dtype=np.intp)

    def of(self, cut: Cut, column: int) -> Numbers | None:
        """Return the number of each cell of a column; None where they cannot be told so."""
        starts, sizes = cut.places(column)
        longest = int(sizes.max())
        if longest > LONGEST or column in cut.escaped:
            self.fresh = len(self.texts)
            return None
        if len(self.texts) > REMEMBERED:
            self._forget()
        words = _words(cut, starts, sizes, longest)
        self.fresh = len(self.texts)
        numbers, new = self._keys.of(keys_of(words, sizes))
        if len(new):
            self._learn(cut, words, starts, sizes, new)
        if not self._are(numbers, words, sizes):
            # Two texts with one key: never seen, but then they are told apart elsewhere.
            self._forget()
            return None
        return numbers

    def _learn(
        self, cut: Cut, words: list[Words], starts: Places, sizes: Places, new: Numbers
    ) -> None:
        self.texts += texts_between(cut.data, starts[new], (starts + sizes)[new])
        known = len(self._sizes)
        while len(self._words) < len(words):
            self._words.append(np.zeros(known, dtype=np.uint64))
        none = np.zeros(len(new), dtype=np.uint64)
        for place, before in enumerate(self._words):
            more = words[place][new] if place < len(words) else none
            self._words[place] = np.concatenate((before, more))
        self._sizes = np.concatenate((self._sizes, sizes[new]))

    def _are(self, numbers: Numbers, words: list[Words], sizes: Places) -> bool:
        """Tell whether the cells are the texts with these numbers."""
        if not (self._sizes[numbers] == sizes).all():
            return False
        known = zip(self._words, words, strict=False)
        return all((mine[numbers] == word).all() for mine, word in known)


def keys_of(words: list[Words], sizes: Places) -> Words:
    """Return one number for each cell, which hardly ever is another's."""
    keys = sizes.astype(np.uint64) * _SPREAD[-2]
    for word, spread in zip(words, _SPREAD, strict=False):
        keys ^= word * spread
    return keys


def _words(cut: Cut, starts: Places, sizes: Places, longest: int) -> list[Words]:
    """Return the cells as words of eight bytes, with zeros after their ends."""
    data = cut.data
    everywhere = np.ndarray((len(data) - _WORD + 1,), "<u8", data, strides=(1,))
    level = int(sizes.min()) == longest
    found = []
    for begin in range(0, longest, _WORD):
        word = everywhere[starts + begin]
        if not level:
            word &= _PARTS[np.clip(sizes - begin, 0, _WORD)]
        elif longest - begin < _WORD:
            word &= _PARTS[longest - begin]
        found.append(word)
    return found
