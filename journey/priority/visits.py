"""Transactional answers: one answer belongs to one visit of one touchpoint (docs/method.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journey.model.evidence import LEFT, RELATIONAL, Question
from journey.priority import shares
from journey.priority.draws import Bools, Floats, Ints
from journey.priority.evidence import UNKNOWN
from journey.priority.reading import Reading, score_of

_EFFORT = ("ces", "ces1", "ces2")


@dataclass(frozen=True, slots=True)
class Visits:
    """All answers about one touchpoint, V visits.

    Attributes:
        segment: int64[V], −1 where unknown. weight: float64[V], effective.
        score: float64[V] on 0 … 10, high is good, NaN where none was given; of an effort question
            where nothing else was asked.
        effort: float64[V] on 0 … 10, high is easy, NaN unless asked beside another question.
        lost: int8[V], 1 left afterwards, 0 stayed, −1 unknown.
        pains: those measured here; hits: bool[V, P]; asked: bool[V, P], whether the visit's
            survey asked for the pain point.
    """

    touchpoint: str
    segment: Ints
    weight: Floats
    score: Floats
    lost: np.ndarray[tuple[int], np.dtype[np.int8]]
    pains: tuple[str, ...]
    hits: Bools
    asked: Bools
    effort: Floats

    def counts(self, pain: int, segments: int) -> shares.Counts:
        """Return effective counts of who meets a pain point, in all and by segment."""
        weight = self.weight * self.asked[:, pain]
        return shares.count(self.segment, weight, self.hits[:, pain], segments)


def visits_of(readings: Sequence[Reading]) -> list[Visits]:
    """Return the visits by touchpoint, in the order of the touchpoints' ids, surveys pooled."""
    touchpoints = sorted({t for r in readings for t in r.touchpoints})
    return [_at(readings, t) for t in touchpoints]


def _at(readings: Sequence[Reading], touchpoint: str) -> Visits:
    mine = [r for r in readings if touchpoint in r.touchpoints]
    here = {p for r in mine for p in _pains_at(r, touchpoint)}
    pains = tuple(sorted(here))
    parts = [_part(r, touchpoint, pains) for r in mine]
    segment, weight, score, lost, hits, asked, effort = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return Visits(touchpoint, segment, weight, score, lost, pains, hits, asked, effort)


def _pains_at(reading: Reading, touchpoint: str) -> list[str]:
    t = reading.touchpoints.index(touchpoint)
    return [p for p, at in zip(reading.pains, reading.place, strict=True) if at == t]


def _part(reading: Reading, touchpoint: str, pains: tuple[str, ...]) -> tuple[NDArray[Any], ...]:
    rows = np.flatnonzero(reading.used[:, reading.touchpoints.index(touchpoint)])
    hits = np.zeros((len(rows), len(pains)), dtype=np.bool_)
    asked = np.zeros((len(rows), len(pains)), dtype=np.bool_)
    for column, pain in enumerate(pains):
        if pain in reading.pains:
            asked[:, column] = True
            hits[:, column] = reading.hits[rows, reading.pains.index(pain)]
    lost = np.full(len(rows), UNKNOWN, dtype=np.int8)
    table = reading.table
    if table.design != RELATIONAL and table.outcome_means == LEFT:
        lost = table.outcome[rows]
    score, effort = _scores(reading, touchpoint, rows)
    return reading.segment[rows], reading.weight[rows], score, lost, hits, asked, effort


def _scores(reading: Reading, touchpoint: str, rows: Ints) -> tuple[Floats, Floats]:
    """Return each visit's score and, where both were answered, its effort beside it."""
    questions = reading.questions.get(touchpoint, ())
    effort = _mean([q for q in questions if q.metric in _EFFORT], reading, rows)
    other = _mean([q for q in questions if q.metric not in _EFFORT], reading, rows)
    score = np.where(np.isnan(other), effort, other)
    return score, np.where(np.isnan(other), np.nan, effort)


def _mean(questions: Sequence[Question], reading: Reading, rows: Ints) -> Floats:
    """Return the mean of each visit's answers on 0 … 10, NaN without any."""
    total, given = np.zeros(len(rows)), np.zeros(len(rows))
    for question in questions:
        score = score_of(question, reading.table.answers[question.id][rows])
        total += np.nan_to_num(score)
        given += ~np.isnan(score)
    return np.where(given > 0, total / np.maximum(given, 1.0), np.nan)
