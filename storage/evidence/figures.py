"""The counts behind a screen's figures, read from the histogram whatever the number of answers."""

from collections import defaultdict
from dataclasses import dataclass

from journey.evidence.answers import AnswerPart, Answers
from journey.model.ids import QuestionId, SegmentId
from journey.model.workspace import Workspace
from storage.evidence.metrics import score_counts
from storage.evidence.store import EvidenceStore, HistogramRow


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """All counts, and by question the answers its scale no longer holds."""

    answers: Answers
    off_scale: dict[QuestionId, int]


def read_answers(workspace: Workspace, store: EvidenceStore) -> ReadAnswers:
    """Return the counts of all questions of the workspace, by period and segment.

    The surveys are pooled; a segment the workspace no longer has counts as none.
    """
    found: dict[tuple[QuestionId, int, SegmentId | None], list[HistogramRow]] = defaultdict(list)
    for row in store.histogram():
        if row.question in workspace.questions:
            segment = row.segment if row.segment in workspace.segments else None
            found[row.question, row.period, segment].append(row)
    parts = []
    off_scale: dict[QuestionId, int] = defaultdict(int)
    for (question, period, segment), rows in found.items():
        counts, off = score_counts(workspace.questions[question], rows)
        parts.append(AnswerPart(question, period, segment, counts))
        if off:
            off_scale[question] += off
    return ReadAnswers(Answers(parts), dict(off_scale))
