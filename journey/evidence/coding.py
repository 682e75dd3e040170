"""Coding comments: who has a pain point by what they wrote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journey.model.ids import PainPointId, SurveyId


@dataclass(frozen=True, slots=True)
class CommentRule:
    """Whoever wrote one of the words has the pain point; letter case aside, as a mapping reads."""

    pain_point: PainPointId
    words: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """The words that can match: trimmed, none empty, in lower case."""
        return tuple(w for w in (" ".join(word.split()).casefold() for word in self.words) if w)

    def matches(self, text: str) -> bool:
        """Whether a comment holds one of the words."""
        told = text.casefold()
        return any(word in told for word in self.used)


@dataclass(frozen=True, slots=True)
class RowCoding:
    """What one row of answers is to report, and no longer to report."""

    survey: SurveyId
    seq: int
    added: frozenset[PainPointId] = frozenset()
    removed: frozenset[PainPointId] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not self.added and not self.removed


def toggled(
    codings: Mapping[tuple[SurveyId, int], RowCoding],
    place: tuple[SurveyId, int],
    pain_point: PainPointId,
    stored: Sequence[PainPointId],
) -> dict[tuple[SurveyId, int], RowCoding]:
    """Return the codings with one tick turned over; a coding that changes nothing goes."""
    now = codings.get(place, RowCoding(*place))
    has = (pain_point in stored or pain_point in now.added) and pain_point not in now.removed
    if has:
        added, removed = now.added - {pain_point}, now.removed | {pain_point}
    else:
        added, removed = now.added | {pain_point}, now.removed - {pain_point}
    after = RowCoding(*place, added - set(stored), removed & set(stored))
    found = {key: coding for key, coding in codings.items() if key != place}
    return found if after.empty else {**found, place: after}


def shown_pain_points(
    stored: Sequence[PainPointId], coding: RowCoding | None
) -> tuple[PainPointId, ...]:
    """Return what a row reports once its coding is applied: the stored ones first."""
    if coding is None:
        return tuple(stored)
    kept = [p for p in stored if p not in coding.removed]
    return (*kept, *sorted(coding.added - set(kept)))
