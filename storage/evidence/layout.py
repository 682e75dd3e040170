"""How the answers of one survey lie in the database: slots, packed pairs, columns of rows.

A batch numbers its questions, pain points and segments from 0 (their slots), so that a row is a
few bytes whatever the length of an id.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import compress
from typing import Any, Final, NamedTuple

from journey.errors import WaymarkError
from journey.model.ids import PainPointId, QuestionId, SegmentId, TouchpointId

# Signed 16 bits hold a slot and a score; −32768 is kept for "not answered".
LOWEST_SCORE: Final = -32767
HIGHEST_SCORE: Final = 32767
SLOTS: Final = 32767
PAIR_BYTES: Final = 4
NO_SEGMENT: Final = -1
NO_OUTCOME: Final = -1
NO_WEIGHT: Final = 0.0

_PAIR: Final = struct.Struct("<Hh")
_SLOT: Final = struct.Struct("<H")


class LayoutError(WaymarkError):
    """More questions, segments or pain points than a batch can number, or a score beyond it."""


def pack_pair(slot: int, score: int) -> bytes:
    """Return one answer as four bytes: little-endian uint16 slot, int16 score.

    Raises:
        LayoutError: the score is beyond 16 bits.
    """
    if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise LayoutError("score_too_large", score=score)
    return _PAIR.pack(slot, score)


def unpack_pairs(blob: bytes) -> Iterator[tuple[int, int]]:
    """Yield (slot, score) of each answer in a row."""
    return _PAIR.iter_unpack(blob)


def pack_slot(slot: int) -> bytes:
    """Return one pain point's slot as two bytes."""
    return _SLOT.pack(slot)


def unpack_slots(blob: bytes | None) -> Iterator[int]:
    """Yield the slots of the pain points a row names."""
    return (slot for (slot,) in _SLOT.iter_unpack(blob or b""))


class Slots:
    """Numbers for ids in the order they are first met."""

    def __init__(self, ids: Sequence[str] = ()) -> None:
        self._number = {known: slot for slot, known in enumerate(ids)}

    def of(self, new: str) -> int:
        """Return the id's slot, giving it one if it has none.

        Raises:
            LayoutError: there are too many.
        """
        slot = self._number.get(new)
        if slot is None:
            slot = len(self._number)
            if slot >= SLOTS:
                raise LayoutError("too_many_slots", id=new)
            self._number[new] = slot
        return slot

    @property
    def ids(self) -> list[str]:
        """The ids by slot."""
        return list(self._number)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the slots of a batch stand for, and how many rows each period has.

    Attributes:
        periods: rows by period number, ascending (journey.model.quarter.quarter_number).
    """

    questions: tuple[QuestionId, ...] = ()
    pain_points: tuple[PainPointId, ...] = ()
    segments: tuple[SegmentId, ...] = ()
    covariates: tuple[str, ...] = ()
    periods: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, list[Any]]:
        """Return it as it is stored."""
        return {
            "questions": list(self.questions),
            "pain_points": list(self.pain_points),
            "segments": list(self.segments),
            "covariates": list(self.covariates),
            "periods": [list(pair) for pair in self.periods],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Layout":
        """Return the layout that `as_json` made."""
        return cls(
            questions=tuple(stored["questions"]),
            pain_points=tuple(stored["pain_points"]),
            segments=tuple(stored["segments"]),
            covariates=tuple(stored["covariates"]),
            periods=tuple((period, rows) for period, rows in stored.get("periods", ())),
        )


@dataclass(frozen=True, slots=True)
class CommentText:
    """What one respondent wrote under one heading.

    Attributes:
        heading: the question it answers, unique within a response.
    """

    heading: str
    text: str
    touchpoint: TouchpointId | None = None


class Told(NamedTuple):
    """Comments of a batch as columns of equal length: the rows they belong to come first."""

    seq: Sequence[int]
    heading: Sequence[str]
    touchpoint: Sequence[str | None]
    text: Sequence[str]


@dataclass(frozen=True, slots=True)
class Response:
    """One row of answers as a value; ids, not slots.

    Attributes:
        at: ISO 8601 in UTC, as "2026-11-22T09:30:00Z", or None.
        period: `quarter_number` of the row's quarter; 0 is none.
        weight: > 0; None is 1.
        outcome: 1 bad, 0 good, None unknown.
    """

    respondent: str | None = None
    at: str | None = None
    period: int = 0
    segment: SegmentId | None = None
    weight: float | None = None
    outcome: int | None = None
    answers: Mapping[QuestionId, int] = field(default_factory=dict)
    pain_points: tuple[PainPointId, ...] = ()
    covariates: Mapping[str, str | float] = field(default_factory=dict)
    comments: tuple[CommentText, ...] = ()


@dataclass(frozen=True, slots=True)
class ResponseColumns:
    """Some rows of a batch as columns of equal length; None where all rows lack the column.

    Attributes:
        period: quarter numbers, one per row.
        pairs: one sequence per question, in slot order, or one for all where a row answers one;
            each item is one answer (`pack_pair`), or b"" where that row has none.
        respondent, at: texts, "" is none. segment: slots, −1 is none.
        weight: 0.0 is none (1). outcome: 1 bad, 0 good, −1 unknown.
        pain_points: packed slots, ascending, b"" is none.
        covariates: JSON objects, "" is none.
    """

    period: Sequence[int]
    pairs: Sequence[Sequence[bytes]]
    respondent: Sequence[str] | None = None
    at: Sequence[str] | None = None
    segment: Sequence[int] | None = None
    weight: Sequence[float] | None = None
    outcome: Sequence[int] | None = None
    pain_points: Sequence[bytes] | None = None
    covariates: Sequence[str] | None = None

    def __len__(self) -> int:
        """How many rows."""
        return len(self.period)

    def only(self, kept: Sequence[bool]) -> "ResponseColumns":
        """Return the rows marked."""
        columns = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "pairs"}
        chosen = {
            name: None if column is None else list(compress(column, kept))
            for name, column in columns.items()
        }
        pairs = [list(compress(column, kept)) for column in self.pairs]
        return ResponseColumns(pairs=pairs, **chosen)  # type: ignore[arg-type]
