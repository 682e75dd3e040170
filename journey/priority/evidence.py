"""What a ranking reads of a survey: one survey's answers as columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from journey.model.ids import PainPointId, QuestionId, SegmentId, SurveyId

MISSING = -32768
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """The answers of one survey in one quarter, R rows in file order.

    Attributes:
        segments: the segments that occur; segment: int16[R], index into it, −1 where unknown.
        weight: float64[R] > 0.
        outcome: int8[R], 1 bad, 0 good, −1 unknown.
        answers: per question int16[R] scores, MISSING where not answered.
        pain_points: per pain point bool[R], named by the respondent or by a rule.
        covariates: per name object[R] of text, float or None.
    """

    survey: SurveyId
    design: str
    outcome_means: str | None
    outcome_months: int | None
    segments: tuple[SegmentId, ...]
    segment: NDArray[np.int16]
    weight: NDArray[np.float64]
    outcome: NDArray[np.int8]
    answers: Mapping[QuestionId, NDArray[np.int16]]
    pain_points: Mapping[PainPointId, NDArray[np.bool_]]
    covariates: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.outcome)
