"""Reading the rows of evidence of a Waymark JSON: answers and purchases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from journey.model.ids import PainPointId, QuestionId, SurveyId
from journey.model.quarter import quarter_number, quarter_of
from journey.model.text import clean_comment, clean_note
from journey.model.workspace import Workspace
from storage.errors import DumpError
from storage.evidence.layout import CommentText, Response
from storage.openformats.codecs import (
    read_id,
    read_ids,
    read_object,
    read_real,
    read_text,
    read_when,
    read_whole,
    wrong,
)
from storage.openformats.purchase import Purchase

_BAD, _GOOD = 1, 0
_OUTCOMES = {"bad": _BAD, "left": _BAD, "good": _GOOD, "stayed": _GOOD}


class AnswerReader:
    """Turns raw rows into values; every id must lead to something in the workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._ws = workspace

    def response(self, raw: object, place: str) -> tuple[SurveyId, Response]:
        """Return one answer and its survey; its quarter is that of `at`, else its survey's.

        Raises:
            DumpError: with the JSON path of what is wrong.
        """
        row = read_object(raw, place)
        survey: SurveyId = self._known(self._ws.surveys, row.get("survey"), f"{place}.survey")
        at = _optional(row, "at", place, read_when)
        return survey, Response(
            respondent=_optional(row, "respondent", place, read_text) or None,
            at=at,
            period=self._period(survey, at),
            segment=self._known_or_none(self._ws.segments, row.get("segment"), f"{place}.segment"),
            weight=_optional(row, "weight", place, _positive),
            outcome=_optional(row, "outcome", place, _outcome),
            answers=self._answers(row, place),
            pain_points=self._pain_points(row, place),
            covariates=_covariates(row, place),
            comments=self._comments(row, place),
        )

    def purchase(self, raw: object, place: str) -> Purchase:
        """Return one purchase; raises DumpError as `response`."""
        row = read_object(raw, place)
        return Purchase(
            read_text(row.get("customer"), f"{place}.customer"),
            read_when(row.get("at"), f"{place}.at"),
            read_real(row.get("amount"), f"{place}.amount"),
            self._known_or_none(self._ws.segments, row.get("segment"), f"{place}.segment"),
            self._known_or_none(self._ws.purchase_logs, row.get("log"), f"{place}.log"),
        )

    def _period(self, survey: SurveyId, at: str | None) -> int:
        if at is None:
            return quarter_number(self._ws.surveys[survey].quarter)
        first_month = self._ws.info.fiscal_year_start_month
        return quarter_number(quarter_of(date.fromisoformat(at[:10]), first_month))

    @staticmethod
    def _known(table: Mapping[Any, object], raw: object, place: str) -> Any:
        if isinstance(raw, str) and raw in table:
            return raw
        raise DumpError("unknown_reference", place=place, detail=repr(read_id(raw, place)))

    def _known_or_none(self, table: Mapping[Any, object], raw: object, place: str) -> Any:
        return None if raw is None else self._known(table, raw, place)

    def _answers(self, row: Mapping[str, object], place: str) -> Mapping[QuestionId, int]:
        raw = row.get("answers")
        if raw is None:
            return {}
        answers: dict[QuestionId, int] = {}
        for key, value in read_object(raw, f"{place}.answers").items():
            at = f"{place}.answers.{key}"
            question: QuestionId = self._known(self._ws.questions, key, at)
            if value is None:
                continue
            score = read_whole(value, at)
            low, high = self._ws.questions[question].scale
            if not low <= score <= high:
                raise DumpError("off_the_scale", place=at, detail=f"{score} not in {low}…{high}")
            answers[question] = score
        return answers

    def _pain_points(self, row: Mapping[str, object], place: str) -> tuple[PainPointId, ...]:
        raw = row.get("pain_points")
        if not raw and raw in (None, []):
            return ()
        ids = read_ids(raw, f"{place}.pain_points")
        return tuple(
            self._known(self._ws.pain_points, pain, f"{place}.pain_points[{i}]")
            for i, pain in enumerate(ids)
        )

    def _comments(self, row: Mapping[str, object], place: str) -> tuple[CommentText, ...]:
        raw = row.get("comments")
        if raw is None:
            return ()
        place = f"{place}.comments"
        found = (
            self._comment(read_id(heading, place), value, f"{place}.{heading}")
            for heading, value in sorted(read_object(raw, place).items())
        )
        return tuple(comment for comment in found if comment is not None)

    def _comment(self, heading: str, value: object, place: str) -> CommentText | None:
        """A comment is text, or text with its touchpoint; a heading may name the touchpoint."""
        touchpoint: Any = heading if heading in self._ws.touchpoints else None
        if isinstance(value, dict):
            named, value = value.get("touchpoint"), value.get("text")
            touchpoint = self._known_or_none(self._ws.touchpoints, named, f"{place}.touchpoint")
        if value is None:
            return None
        return CommentText(heading, clean_comment(read_text(value, place)), touchpoint)


def _optional(row: Mapping[str, object], name: str, place: str, read: Any) -> Any:
    value = row.get(name)
    return None if value is None else read(value, f"{place}.{name}")


def _positive(value: object, place: str) -> float:
    number = read_real(value, place)
    if number <= 0:
        raise DumpError("not_positive", place=place, detail=str(number))
    return number


def _outcome(value: object, place: str) -> int:
    if not isinstance(value, str) or value not in _OUTCOMES:
        raise DumpError("unknown_word", place=place, detail=f"{value!r} is none of bad, good, null")
    return _OUTCOMES[value]


def _covariates(row: Mapping[str, object], place: str) -> Mapping[str, str | float]:
    raw = row.get("covariates")
    if raw is None:
        return {}
    found: dict[str, str | float] = {}
    for name, value in read_object(raw, f"{place}.covariates").items():
        at = f"{place}.covariates.{name}"
        if isinstance(value, str):
            found[name] = clean_note(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = read_real(value, at)
        elif value is not None:
            raise wrong(at, "text or number", value)
    return found
