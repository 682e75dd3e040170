"""Records of one answer each as fixed bytes, and what those of one respondent say together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT, NO_WEIGHT, unpack_slots
from storage.evidence.packed import NO_PAIR, Numbers, Pairs
from storage.imports.survey_tokens import keys_of

_WORD: Final = 8
# No letter in UTF-8 begins so: a record without a respondent has its number for a name.
_NAMELESS: Final = 0xFF
_SLOT_BITS: Final = np.uint32(0xFFFF)
MOMENT_LENGTH: Final = len("2026-11-22T09:30:00Z")

# Structured: `record_type`.
Records = NDArray[np.void]
Flags = NDArray[np.bool_]


def record_type(width: int) -> np.dtype[np.void]:
    """Return the type of records whose respondents have up to so many bytes, a multiple of 8.

    What a record lacks: size 0, at zeros, `NO_PAIR`, `NO_SEGMENT`, `NO_OUTCOME`, `NO_WEIGHT`,
    number 0 of pains and covariates.
    """
    return np.dtype(
        [
            ("name", "u1", (width,)),
            ("key", "u8"),
            ("weight", "f8"),
            ("number", "u4"),
            ("period", "i4"),
            ("pair", "u4"),
            ("segment", "i4"),
            ("pains", "u4"),
            ("covariates", "u4"),
            ("at", "u1", (MOMENT_LENGTH,)),
            ("size", "u2"),
            ("outcome", "i1"),
            ("told", "u1"),
        ]
    )  # whole words, which `taken` needs


def blank_records(first: int, rows: int, longest: int) -> Records:
    """Return records numbered from `first` on, without anything but room for names."""
    # Room for the number of one without a name.
    width = -(-max(longest, 1 + _WORD) // _WORD) * _WORD
    made = np.zeros(rows, dtype=record_type(width))
    made["number"] = np.arange(first, first + rows)
    made["segment"], made["outcome"], made["weight"] = NO_SEGMENT, NO_OUTCOME, NO_WEIGHT
    made["pair"] = NO_PAIR
    return made


def set_keys(records: Records) -> None:
    """Give each record the key by which those of one respondent and period are found."""
    names = records["name"]
    width = names.shape[1]
    nameless = np.flatnonzero(records["size"] == 0)
    if len(nameless):
        names[nameless, 0] = _NAMELESS
        numbers = np.ascontiguousarray(records["number"][nameless].astype("<u8"))
        names[nameless, 1 : 1 + _WORD] = numbers.view(np.uint8).reshape(-1, _WORD)
    words = np.ascontiguousarray(names).view("<u8").reshape(len(records), width // _WORD)
    periods = records["period"].astype(np.uint64)
    records["key"] = keys_of([periods, *words.T], records["size"])


def taken(records: Records, places: Numbers) -> Records:
    """Return some records by their places."""
    # As rows of whole words: records are copied field by field otherwise, ten times slower.
    words = records.view(np.uint64).reshape(len(records), -1)
    return words.take(places, axis=0).reshape(-1).view(records.dtype)


def joined(parts: Sequence[Records]) -> Records:
    """Return all records, as wide as the widest."""
    if len(parts) == 1:
        return parts[0]
    widest = max((part.dtype for part in parts), key=lambda dtype: dtype.itemsize)
    if all(part.dtype == widest for part in parts):
        return np.concatenate([part.view(np.uint64) for part in parts]).view(widest)
    found = np.zeros(sum(map(len, parts)), dtype=widest)
    first = 0
    for part in parts:
        rows = found[first : first + len(part)]
        if part.dtype == widest:
            rows[:] = part
        else:
            rows["name"][:, : part["name"].shape[1]] = part["name"]
            for field in part.dtype.names or ():
                if field != "name":
                    rows[field] = part[field]
        first += len(part)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """What records say together, one group for each respondent and period.

    Attributes:
        rows: a record for each group, in the order of their first ones, of which it has name and
            number; its `pair` is how many answers it has.
        pairs: the last answer to each question, one group after another, in slot order.
        told: of each record with comments its number and that of its group's first.
        replaced: answers that a later one replaced.
    """

    rows: Records
    pairs: Pairs
    told: NDArray[np.uint32]
    replaced: int


def grouped(records: Records, union: Callable[[Sequence[int]], int]) -> Groups:
    """Bring records together that have keys and ascend by number.

    Of what a respondent said twice the later counts: in answers as in everything else, but pain
    points, whose numbers `union` makes one of.
    """
    starts, order = _by_first(records, *_in_groups(records))
    records = taken(records, order)
    if len(starts) == len(records):
        there = records["pair"] != NO_PAIR
        pairs = records["pair"][there]
        rows = records.copy()
        rows["pair"] = there
        return Groups(rows, pairs, _told(records, records["number"]), 0)
    ends = np.append(starts[1:], len(records))
    group = np.repeat(np.arange(len(starts)), ends - starts)
    rows = taken(records, starts)
    for field, gap in (
        ("segment", NO_SEGMENT),
        ("outcome", NO_OUTCOME),
        ("weight", NO_WEIGHT),
        ("covariates", 0),
    ):
        last, there = _last(records[field] != gap, starts, ends)
        rows[field][there] = records[field][last]
    last, there = _last(records["at"][:, 0] != 0, starts, ends)
    rows["at"][there] = records["at"][last]
    _set_pains(rows, records, group, union)
    pairs, counts = _answers(records["pair"], group, len(rows))
    rows["pair"] = counts
    given = int(np.count_nonzero(records["pair"] != NO_PAIR))
    told = _told(records, rows["number"][group])
    return Groups(rows, pairs, told, given - len(pairs))


def _told(records: Records, firsts: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return of each record with comments the number of its group's first, and its own."""
    told = records["told"] != 0
    return np.stack((firsts[told], records["number"][told]), axis=1)


def _in_groups(records: Records) -> tuple[Numbers, Flags]:
    """Return an order in which each group lies together, ascending, and where one begins."""
    width = records["name"].shape[1] // _WORD
    words = np.ascontiguousarray(records["name"]).view("<u8").reshape(len(records), width)
    # Names and periods themselves are compared: two that differ never pass for one.
    columns = [*words.T, records["period"]]
    keys = np.ascontiguousarray(records["key"])
    order = np.argsort(keys, kind="stable")
    new = _changes(columns, order)
    in_order = keys[order]
    if (new[1:] != (in_order[1:] != in_order[:-1])).any():
        # Two with one key, never seen: sorted by what they are.
        order = np.lexsort(columns)
        new = _changes(columns, order)
    return order, new


def _changes(columns: Sequence[NDArray[np.generic]], order: Numbers) -> Flags:
    """Tell in an order which records differ from the one before."""
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in columns:
        in_order = column[order]
        new[1:] |= in_order[1:] != in_order[:-1]
    return new


def _by_first(records: Records, order: Numbers, new: Flags) -> tuple[Numbers, Numbers]:
    """Return where groups start, in the order of their first records, and that order."""
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(order)))
    # Sorting keeps the order of equals: the first of each group is its first record.
    rank = np.argsort(records["number"][order[starts]])
    sizes, starts = sizes[rank], starts[rank]
    begins = np.cumsum(sizes) - sizes
    return begins, order[np.repeat(starts - begins, sizes) + np.arange(len(order))]


def _last(valid: Flags, starts: Numbers, ends: Numbers) -> tuple[Numbers, Flags]:
    """Return the last valid record of each group that has one, and which groups have."""
    places = np.where(valid, np.arange(len(valid)), -1)
    last = np.maximum.accumulate(places)[ends - 1]
    there = last >= starts
    return last[there], there


def _answers(pairs: Pairs, group: Numbers, groups: int) -> tuple[Pairs, Numbers]:
    """Return the last answer to each question by group, and how many each has."""
    there = np.flatnonzero(pairs != NO_PAIR)
    pairs, group = pairs[there], group[there]
    keys = (group.astype(np.uint64) << np.uint64(16)) | (pairs & _SLOT_BITS)
    if (keys[1:] <= keys[:-1]).any():
        order = np.argsort(keys, kind="stable")
        keys, pairs, group = keys[order], pairs[order], group[order]
        last = np.append(keys[1:] != keys[:-1], True)
        pairs, group = pairs[last], group[last]
    return pairs, np.bincount(group, minlength=groups)


def _set_pains(
    rows: Records, records: Records, group: Numbers, union: Callable[[Sequence[int]], int]
) -> None:
    """Give each group the pain points of all its records."""
    there = np.flatnonzero(records["pains"])
    pains, at = records["pains"][there], group[there]
    rows["pains"][at] = pains
    differ = at[1:][(at[1:] == at[:-1]) & (pains[1:] != pains[:-1])]
    for one in np.unique(differ).tolist():
        begin, end = np.searchsorted(at, (one, one + 1)).tolist()
        rows["pains"][one] = union(pains[begin:end].tolist())


def united(blobs: Sequence[bytes]) -> bytes:
    """Return the slots of all of some packed ones, packed, ascending."""
    slots = sorted({slot for blob in blobs for slot in unpack_slots(blob)})
    return b"".join(slot.to_bytes(2, "little") for slot in slots)
