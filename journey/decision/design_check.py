"""How the ranks of a relational survey hang on its design: covariates and thresholds.

Each covariate is left out, then all of them; each rule on a score ("rating of 1 to 2") is made to
take in one score more, and one less. What holds through all of it does not hang on the analyst.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.model.evidence import RELATIONAL, Question
from journey.model.workspace import Workspace
from journey.priority import prepare
from journey.priority.draws import Bools
from journey.priority.evidence import ResponseTable

WITHOUT_COVARIATE, WITHOUT_COVARIATES = "without_covariate", "without_covariates"
WIDER, NARROWER = "threshold_wider", "threshold_narrower"


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """The list under one change of the design.

    Attributes:
        change: without_covariate, without_covariates, threshold_wider (one score more meets the
            pain point) or threshold_narrower.
        subject: the covariate's name, or the pain point whose rule was moved; "" for all.
        ranks: pain point → rank, of those that have one.
        moves: largest change of rank among the first k as the design stands. kept_top: how many
            of them stay among the first k.
    """

    change: str
    subject: str
    ranks: dict[str, int]
    moves: int
    kept_top: int


def with_and_without(
    workspace: Workspace,
    tables: Sequence[ResponseTable],
    *,
    quarter: str | None,
    draws: int = 400,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[DesignEffect, ...]:
    """Return how the ranks move, the largest moves first; empty without a relational survey.

    Args:
        draws: fewer than of the list itself: ranks are compared, and intervals are not shown.
        progress: called with (changes done, in all). cancelled: asked before each list; where it
            says so, those that are done are returned.
    """

    study = prepare(workspace, tables, quarter=quarter, draws=draws, seed=seed)

    def ranks(changed: Sequence[ResponseTable]) -> dict[str, int]:
        listed = study.of_tables(changed).rank()
        return {str(i.pain_point): i.rank for i in listed.items if i.rank is not None}

    changes = list(_changes(workspace, tables))
    if not changes:
        return ()
    now, top_k = ranks(tables), workspace.assumptions.top_k
    found: list[DesignEffect] = []
    for done, (change, subject, changed) in enumerate(changes):
        if cancelled is not None and cancelled():
            break
        found.append(_effect((change, subject), now, ranks(changed), top_k))
        if progress is not None:
            progress(done + 1, len(changes))
    return tuple(sorted(found, key=lambda e: (-e.moves, e.kept_top, e.change, e.subject)))


def _effect(
    name: tuple[str, str], now: dict[str, int], then: dict[str, int], top_k: int
) -> DesignEffect:
    first = [p for p, at in now.items() if at <= top_k and p in then]
    return DesignEffect(
        change=name[0],
        subject=name[1],
        ranks=then,
        moves=max((abs(then[p] - now[p]) for p in first), default=0),
        kept_top=sum(then[p] <= top_k for p in first),
    )


def _changes(
    ws: Workspace, tables: Sequence[ResponseTable]
) -> Iterator[tuple[str, str, list[ResponseTable]]]:
    """Yield (change, subject, the tables so changed)."""
    asked = [t for t in tables if t.design == RELATIONAL]
    names = sorted({name for t in asked for name in t.covariates})
    for name in names:
        yield WITHOUT_COVARIATE, name, [_without(t, {name}) for t in tables]
    if len(names) > 1:
        yield WITHOUT_COVARIATES, "", [_without(t, set(names)) for t in tables]
    for table in asked:
        for pain, (question, limits) in sorted(_rules(ws, table).items()):
            for change, moved in _moved(question, limits):
                hits = {**table.pain_points}
                for known in table.pain_points:
                    if known == pain:
                        hits[known] = _between(table, question, moved)
                changed = replace(table, pain_points=hits)
                yield change, pain, [changed if t is table else t for t in tables]


def _without(table: ResponseTable, names: set[str]) -> ResponseTable:
    if table.design != RELATIONAL:
        return table
    return replace(table, covariates={n: c for n, c in table.covariates.items() if n not in names})


def _rules(ws: Workspace, table: ResponseTable) -> dict[str, tuple[Question, tuple[int, int]]]:
    """Return pain point → (question, lowest and highest score that meets it) of each rule.

    A rule of the mapping counts where the answers of a question at its touchpoint give exactly
    the pain point's hits: then it is known what would change.
    """
    survey = ws.surveys.get(table.survey)
    limits = _limits(survey.mapping if survey else "")
    found: dict[str, tuple[Question, tuple[int, int]]] = {}
    for pain_id, hits in table.pain_points.items():
        pain = ws.pain_points.get(pain_id)
        if pain is None or pain.touchpoint is None:
            continue
        at = ws.touchpoints[pain.touchpoint].name.casefold()
        asked = [q for q in ws.questions.values() if q.touchpoint == pain.touchpoint]
        for question in sorted((q for q in asked if q.id in table.answers), key=lambda q: q.id):
            for rule in limits.get((pain.title.casefold(), at), ()):
                if bool((_between(table, question, rule) == hits).all()):
                    found[pain_id] = (question, rule)
    return found


def _limits(mapping: str) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return (title, touchpoint) → limits of the rules on a score that a mapping has."""
    try:
        entries = tomllib.loads(mapping).get("pain_point", [])
    except tomllib.TOMLDecodeError:
        return {}
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for entry in entries if isinstance(entries, list) else []:
        when = entry.get("when") if isinstance(entry, dict) else None
        limits = when.get("between") if isinstance(when, dict) else None
        if isinstance(limits, list) and [type(v) for v in limits] == [int, int]:
            key = (str(entry.get("title", "")), str(entry.get("touchpoint", "")))
            known = found.setdefault((key[0].casefold(), key[1].casefold()), [])
            known.append((limits[0], limits[1]))
    return found


def _between(table: ResponseTable, question: Question, limits: tuple[int, int]) -> Bools:
    """Return bool[R]; a missing answer lies under every scale."""
    answers = table.answers[question.id]
    return np.asarray((answers >= limits[0]) & (answers <= limits[1]))


def _moved(question: Question, limits: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the rule with the limit that lies within the scale moved by one, either way."""
    (low, high), (bottom, top) = limits, question.scale
    from_below = low <= bottom or (high < top and question.higher_is_better)
    wider, narrower = (
        ((low, high + 1), (low, high - 1))
        if from_below
        else (
            (low - 1, high),
            (low + 1, high),
        )
    )
    # A rule that everybody or nobody meets says nothing.
    if wider[0] > bottom or wider[1] < top:
        yield WIDER, wider
    if narrower[0] <= narrower[1]:
        yield NARROWER, narrower
