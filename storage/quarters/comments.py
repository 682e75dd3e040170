"""What customers wrote in a quarter, as packs may quote it."""

from collections import defaultdict
from datetime import date, datetime

from journey.model.ids import SurveyId, TouchpointId
from journey.model.workspace import Workspace
from journey.report.comments import ANSWERS_FOR_A_COMMENT, masked
from journey.report.pack import CommentFact
from storage.evidence.store import EvidenceStore

# Enough to choose from; a record is no archive of what people wrote.
_MOST_COMMENTS = 40
Comments = dict[TouchpointId | None, tuple[CommentFact, ...]]


def comments_of(ws: Workspace, store: EvidenceStore, quarter: str) -> Comments:
    """Return the comments of a quarter by touchpoint, masked; none where too few were written.

    Of many, those are kept that come first by their text, at most forty a touchpoint.
    """
    found: dict[TouchpointId | None, list[CommentFact]] = defaultdict(list)
    for comment in store.comments(quarter=quarter, limit=100_000):
        survey = ws.surveys.get(SurveyId(comment.survey))
        if survey is None:
            continue
        place = ws.touchpoints.get(comment.touchpoint) if comment.touchpoint else None
        segment = ws.segments.get(comment.segment) if comment.segment else None
        found[place.id if place else None].append(
            CommentFact(
                masked(comment.text),
                place.name if place else "",
                segment.name if segment else "",
                _day(comment.at),
            )
        )
    return {
        place: tuple(sorted(facts, key=_key)[:_MOST_COMMENTS])
        for place, facts in found.items()
        if len(facts) >= ANSWERS_FOR_A_COMMENT
    }


def _key(fact: CommentFact) -> tuple[str, str, str]:
    return fact.text, fact.segment, fact.on.isoformat() if fact.on else ""


def _day(at: str | None) -> date | None:
    if at is None:
        return None
    try:
        return datetime.fromisoformat(at).date()
    except ValueError:
        return None
