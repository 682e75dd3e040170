"""Rows as numpy columns, for the ranking; imported late because numpy is.

They come and are turned into columns block by block: a million of them at once would take memory
that the columns do not, and keep every other thread of Python waiting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journey.model.evidence import Survey
from journey.model.workspace import Workspace
from journey.priority.evidence import MISSING, UNKNOWN, ResponseTable
from storage.evidence.layout import PAIR_BYTES, Layout

_PAIR = np.dtype([("slot", "<u2"), ("score", "<i2")])
_SLOT = np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class _Block:
    """Some rows as columns.

    Attributes:
        segment: slots, −1 for none. scores: [questions, rows]. named: [pain points, rows].
        covariates: by name.
    """

    segment: NDArray[np.int16]
    weight: NDArray[np.float64]
    outcome: NDArray[np.int8]
    scores: NDArray[np.int16]
    named: NDArray[np.bool_]
    covariates: dict[str, NDArray[np.object_]]

    @classmethod
    def of(cls, layout: Layout, rows: Sequence[Any]) -> "_Block":
        """Turn rows into columns."""
        segment, weight, outcome, answers, pains, covariates = zip(*rows, strict=True)
        return cls(
            np.array([UNKNOWN if s is None else s for s in segment], dtype=np.int16),
            np.array([1.0 if w is None else w for w in weight], dtype=np.float64),
            np.array([UNKNOWN if o is None else o for o in outcome], dtype=np.int8),
            _scores(answers, len(layout.questions)),
            _named(pains, len(layout.pain_points)),
            _covariates(layout, covariates),
        )


def response_table(
    workspace: Workspace, survey: Survey, layout: Layout, blocks: Iterable[Sequence[Any]]
) -> ResponseTable | None:
    """Return one survey's rows as columns; None where there are none.

    Args:
        blocks: of rows (segment, weight, outcome, answers, pain_points, covariates), none of them
            without any.
    """
    parts = [_Block.of(layout, rows) for rows in blocks]
    if not parts:
        return None
    used, index = _segments(workspace, layout, np.concatenate([p.segment for p in parts]))
    scores = np.concatenate([p.scores for p in parts], axis=1)
    named = np.concatenate([p.named for p in parts], axis=1)
    return ResponseTable(
        survey=survey.id,
        design=survey.design,
        outcome_means=survey.outcome_means,
        outcome_months=survey.outcome_months,
        segments=tuple(layout.segments[slot] for slot in used),
        segment=index,
        weight=np.concatenate([p.weight for p in parts]),
        outcome=np.concatenate([p.outcome for p in parts]),
        answers={
            question: scores[slot]
            for slot, question in enumerate(layout.questions)
            if question in workspace.questions and bool(np.any(scores[slot] != MISSING))
        },
        pain_points={
            pain: named[slot]
            for slot, pain in enumerate(layout.pain_points)
            if pain in workspace.pain_points
        },
        covariates=_filled([p.covariates for p in parts]),
    )


def _segments(
    workspace: Workspace, layout: Layout, slots: NDArray[np.int16]
) -> tuple[list[int], NDArray[np.int16]]:
    """Return the slots that occur, ascending, and each row's index into them, −1 for none."""
    used = [
        int(slot)
        for slot in np.unique(slots)
        if slot >= 0 and layout.segments[slot] in workspace.segments
    ]
    place = np.full(len(layout.segments) + 1, UNKNOWN, dtype=np.int16)
    place[used] = np.arange(len(used), dtype=np.int16)
    # The last place stays −1, and −1 is its index.
    return used, place[slots]


def _rows_of(blobs: Sequence[bytes | None], size: int) -> NDArray[np.intp]:
    """Return the row of each packed item of `size` bytes."""
    lengths = np.fromiter((len(b) if b else 0 for b in blobs), dtype=np.intp, count=len(blobs))
    return np.repeat(np.arange(len(blobs), dtype=np.intp), lengths // size)


def _scores(blobs: Sequence[bytes], questions: int) -> NDArray[np.int16]:
    """Return scores as int16[questions, R], MISSING where a row does not answer."""
    pairs = np.frombuffer(b"".join(blobs), dtype=_PAIR)
    scores = np.full((questions, len(blobs)), MISSING, dtype=np.int16)
    scores[pairs["slot"], _rows_of(blobs, PAIR_BYTES)] = pairs["score"]
    return scores


def _named(blobs: Sequence[bytes | None], pain_points: int) -> NDArray[np.bool_]:
    """Return which row names which pain point as bool[pain_points, R]."""
    slots = np.frombuffer(b"".join(b for b in blobs if b), dtype=_SLOT)
    named = np.zeros((pain_points, len(blobs)), dtype=np.bool_)
    named[slots, _rows_of(blobs, _SLOT.itemsize)] = True
    return named


def _covariates(
    layout: Layout, stored: Sequence[dict[str, Any] | None]
) -> dict[str, NDArray[np.object_]]:
    found = {}
    for name in layout.covariates:
        column = np.empty(len(stored), dtype=np.object_)
        column[:] = [_plain(row.get(name)) if row else None for row in stored]
        found[name] = column
    return found


def _filled(parts: Sequence[dict[str, NDArray[np.object_]]]) -> dict[str, NDArray[np.object_]]:
    """Return the columns of all blocks that hold anything."""
    return {
        name: np.concatenate([part[name] for part in parts])
        for name in parts[0]
        if any(value is not None for part in parts for value in part[name])
    }


def _plain(value: object) -> object:
    """Return numbers as floats, so that a whole and a broken number are of one kind."""
    return float(value) if isinstance(value, int) else value
