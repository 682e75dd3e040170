"""One survey's table read for ranking: which pain points it measures, at which touchpoints, who
used them, and what its bad outcome is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from journey.model.evidence import LEFT, RELATIONAL, Question
from journey.model.map import PainPoint
from journey.model.workspace import Workspace
from journey.priority.draws import Bools, Floats, Ints
from journey.priority.evidence import MISSING, UNKNOWN, ResponseTable
from journey.priority.market import Market
from journey.priority.shared import same_touchpoints

# Weights are trimmed at five times their median (Kish 1965 for the effective number).
_TRIM = 5.0
# What an answer of this quarter and of the three before it weighs in the link and the shifts.
QUARTER_WEIGHTS = (1.0, 0.75, 0.5, 0.25)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What "bad" means in a survey.

    Attributes:
        bad: int8[R], 1 bad, 0 good, −1 unknown.
        word: left, dissatisfied, detractor (of a relationship NPS) or low (in the lower half of an
            overall rating). months: over which leaving was seen, None where it was not.
    """

    bad: np.ndarray[tuple[int], np.dtype[np.int8]]
    word: str
    months: int | None

    @property
    def is_leaving(self) -> bool:
        """Whether leaving was seen over a stated time, so that no link need be assumed."""
        return self.word == LEFT and self.months is not None and self.months > 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A table with what it measures; pain points and touchpoints in the order of their ids.

    Attributes:
        segment: int64[R], place in the market's segments or −1.
        weight: float64[R], trimmed, scaled so that its sum is Kish's effective number.
        hits: bool[R, P]. ruled: bool[P], made by a rule on a score, not reported.
        touchpoints: "" stands for pain points without one. used: bool[R, T].
        place: int64[P], each pain point's touchpoint.
        asked: bool[T], whether the touchpoint has a question here; questions: those it has.
        outcome: None where neither an outcome nor an overall question is there.
    """

    table: ResponseTable
    segment: Ints
    weight: Floats
    pains: tuple[str, ...]
    hits: Bools
    ruled: Bools
    touchpoints: tuple[str, ...]
    used: Bools
    place: Ints
    asked: Bools
    questions: Mapping[str, tuple[Question, ...]]
    outcome: Outcome | None


def read(ws: Workspace, market: Market, table: ResponseTable) -> Reading:
    """Read one table; pain points the workspace no longer has are left out."""
    marks = _marks(ws, table)
    pains = _measured(ws, table, marks)
    rows = table.rows
    hits = np.zeros((rows, len(pains)), dtype=np.bool_, order="F")
    for i, pain in enumerate(pains):
        column = _find(table.pain_points, pain)
        if column is not None:
            hits[:, i] = column
    same = same_touchpoints(ws)
    at = [same.get(t, t) for t in (_touchpoint(ws, pain) for pain in pains)]
    questions: dict[str, tuple[Question, ...]] = {}
    for question in _questions(ws, table):
        if question.touchpoint:
            here = same.get(question.touchpoint, question.touchpoint)
            questions[here] = (*questions.get(here, ()), question)
    touchpoints = tuple(sorted(set(at) | set(questions)))
    index = {t: i for i, t in enumerate(touchpoints)}
    place = np.array([index[t] for t in at], dtype=np.int64)
    asked = np.array([t in questions for t in touchpoints], dtype=np.bool_)
    return Reading(
        table=table,
        segment=market.index_of(table),
        weight=effective_weights(table.weight),
        pains=pains,
        hits=hits,
        ruled=np.array([marks.get(_name(ws, p), False) for p in pains], dtype=np.bool_),
        touchpoints=touchpoints,
        used=_used(table, questions, index, hits, place),
        place=place,
        asked=asked,
        questions=questions,
        outcome=_outcome(ws, table),
    )


def aged(reading: Reading, weight: float) -> Reading:
    """Return an earlier quarter's reading, each answer counting for less."""
    return replace(reading, weight=reading.weight * weight)


def effective_weights(weight: Floats) -> Floats:
    """Return the weights trimmed at 5 × median and scaled to sum to (Σw)²/Σw²."""
    if not len(weight):
        return np.zeros(0)
    w = np.minimum(weight, _TRIM * float(np.median(weight)))
    return np.asarray(w * (w.sum() / (w @ w)))


def score_of(question: Question, answers: np.ndarray[tuple[int], np.dtype[np.int16]]) -> Floats:
    """Return float64[R] on 0 … 10, high is good, NaN where missing: 10(x − min)/(max − min)."""
    low, high = question.scale
    score = 10.0 * (answers.astype(np.float64) - low) / (high - low)
    if not question.higher_is_better:
        score = 10.0 - score
    return np.where(answers == MISSING, np.nan, score)


def _marks(ws: Workspace, table: ResponseTable) -> dict[tuple[str, str], bool]:
    """Return (title, touchpoint) → made by a rule, for the pain points a mapping names."""
    survey = ws.surveys.get(table.survey)
    try:
        mapping = tomllib.loads(survey.mapping) if survey else {}
    except tomllib.TOMLDecodeError:
        return {}
    found: dict[tuple[str, str], bool] = {}
    entries = mapping.get("pain_point", [])
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict):
            when = entry.get("when")
            ruled = isinstance(when, dict) and "between" in when
            key = (str(entry.get("title", "")), str(entry.get("touchpoint", "")))
            found[(key[0].casefold(), key[1].casefold())] = ruled
    return found


def _name(ws: Workspace, pain_id: str) -> tuple[str, str]:
    pain = _find(ws.pain_points, pain_id)
    assert pain is not None
    at = ws.touchpoints.get(pain.touchpoint) if pain.touchpoint else None
    return pain.title.casefold(), (at.name if at else "").casefold()


def _find(mapping: Mapping[Any, T], key: str) -> T | None:
    return mapping.get(key)


def _touchpoint(ws: Workspace, pain_id: str) -> str:
    pain = _find(ws.pain_points, pain_id)
    return (pain.touchpoint if pain else None) or ""


def _at(same: Mapping[str, str], pain: PainPoint) -> str:
    return same.get(pain.touchpoint, pain.touchpoint) if pain.touchpoint else ""


def _questions(ws: Workspace, table: ResponseTable) -> list[Question]:
    found = (ws.questions.get(q) for q in sorted(table.answers))
    return [q for q in found if q is not None]


def _measured(
    ws: Workspace, table: ResponseTable, marks: Mapping[tuple[str, str], bool]
) -> tuple[str, ...]:
    """Return the pain points a table speaks of, also those that nobody named.

    A mapping says which were asked for. Answers that came without one (from an open file) speak
    of every pain point at their touchpoints, as soon as they name any pain point at all.
    """
    found = {p for p in table.pain_points if p in ws.pain_points}
    if marks:
        found |= {p for p in ws.pain_points if _name(ws, p) in marks}
    elif found:
        same = same_touchpoints(ws)
        surveyed = {
            same.get(q.touchpoint, q.touchpoint)
            for q in _questions(ws, table)
            if q.touchpoint and (table.answers[q.id] != MISSING).any()
        }
        found |= {p.id for p in ws.pain_points.values() if _at(same, p) in surveyed}
    return tuple(sorted(found))


def _used(
    table: ResponseTable,
    questions: Mapping[str, tuple[Question, ...]],
    index: Mapping[str, int],
    hits: Bools,
    place: Ints,
) -> Bools:
    """Return bool[R, T]: any answer or tick there; all, where nothing was asked."""
    used = np.zeros((table.rows, len(index)), dtype=np.bool_, order="F")
    for touchpoint, t in index.items():
        for question in questions.get(touchpoint, ()):
            used[:, t] |= table.answers[question.id] != MISSING
        used[:, t] |= touchpoint not in questions
    for p, t in enumerate(place):
        used[:, t] |= hits[:, p]
    return used


def _outcome(ws: Workspace, table: ResponseTable) -> Outcome | None:
    """Return the outcome column, else, in a relational survey, what an overall question says.

    Overall is a question without a touchpoint: an NPS question before another rating.
    """
    if (table.outcome != UNKNOWN).any():
        word = LEFT if table.outcome_means == LEFT else "dissatisfied"
        return Outcome(table.outcome, word, table.outcome_months if word == LEFT else None)
    if table.design != RELATIONAL:
        return None
    overall = [q for q in _questions(ws, table) if q.touchpoint is None]
    for question in sorted(overall, key=lambda q: (q.metric != "nps", q.id)):
        answers = table.answers[question.id]
        missing = answers == MISSING
        if missing.all():
            continue
        if question.metric == "nps":
            low, word = answers <= 6, "detractor"  # on 0 … 10 and on 1 … 10 alike
        else:
            low, word = score_of(question, answers) < 5.0, "low"
        bad = np.where(missing, UNKNOWN, low).astype(np.int8)
        return Outcome(bad, word, None)
    return None
