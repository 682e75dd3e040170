"""A mapping in the making: the proposal, changed column by column. Free of Qt.

The mapping is the only truth: the table shows it, the text is it, and every choice makes a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from journey.model.evidence import RELATIONAL, TRANSACTIONAL
from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.mapping import (
    ColumnFinder,
    CommentMapping,
    LongMapping,
    Mapping,
    PainPointMapping,
    QuestionMapping,
    SurveySettings,
    When,
)
from storage.imports.mapping_proposal import survey_name
from ui.imports.draft_parts import (
    TITLE,
    about_of,
    are_answers,
    date_of,
    holds_no_worst,
    is_high_good,
    outcome_of,
    question_of,
    scale_of,
    ticks_of,
)
from ui.imports.roles import QUESTIONS, Role, roles_of

# Ratings whose two lowest scores are a pain.
_RATED: Final = frozenset({"csat", "rating"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping beside what was seen in the file it is for. Changes return another draft.

    Columns are named by their place in the file, from 0.
    """

    inspection: Inspection
    mapping: Mapping
    finder: ColumnFinder
    # By place: a file can have a thousand questions, and each row of the table asks for its own.
    _asked: dict[int, QuestionMapping] = field(init=False, repr=False, compare=False)
    _rules_at: dict[int, list[PainPointMapping]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the questions and the pain points of each column."""
        asked: dict[int, QuestionMapping] = {}
        rules: dict[int, list[PainPointMapping]] = {}
        for question in self.mapping.questions:
            place = self._place(question.column)
            if place is not None:
                asked.setdefault(place, question)
        for rule in self.mapping.pain_points:
            place = self._place(rule.when.column)
            if place is not None:
                rules.setdefault(place, []).append(rule)
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_rules_at", rules)

    @classmethod
    def of(cls, inspection: Inspection, mapping: Mapping) -> "Draft":
        """Return the draft of a mapping; one for another kind of file takes no answers yet."""
        if mapping.survey is None:
            mapping = Mapping(
                mapping.source, SurveySettings(survey_name(inspection.path), TRANSACTIONAL)
            )
        return cls(inspection, mapping, ColumnFinder([seen.column for seen in inspection.columns]))

    @property
    def survey(self) -> SurveySettings:
        """The survey as a whole; a draft always has one."""
        assert self.mapping.survey is not None
        return self.mapping.survey

    def roles(self) -> tuple[Role, ...]:
        """Return what every column is."""
        return roles_of(self.mapping, self.finder, len(self.inspection.columns))

    def seen(self, place: int) -> ColumnSeen:
        """Return what was seen in a column."""
        return self.inspection.columns[place]

    def question(self, place: int) -> QuestionMapping | None:
        """Return the question a column of a wide table asks, if it asks one."""
        return self._asked.get(place)

    def rule(self, place: int) -> PainPointMapping | None:
        """Return the pain point that the lowest scores of a column tell, if there is one."""
        question = self.question(place)
        if question is None:
            return None
        rules = self._rules_at.get(place, [])
        return next((p for p in rules if p.when.between == question.worst), None)

    def rules_at(self, place: int) -> tuple[PainPointMapping, ...]:
        """Return every pain point that a column tells."""
        return tuple(self._rules_at.get(place, ()))

    def ticks(self, place: int) -> tuple[PainPointMapping, ...]:
        """Return the pain points that a column of ticked options tells."""
        return tuple(p for p in self._rules_at.get(place, []) if p.when.values)

    def touchpoint_at(self, place: int) -> str:
        """Return what a column is about: the touchpoint of its question or of its ticks."""
        question, ticks = self.question(place), self.ticks(place)
        if question is not None:
            return question.touchpoint
        return ticks[0].touchpoint if ticks else ""

    def with_survey(self, **values: object) -> "Draft":
        """Change name, quarter and the like."""
        return self._with(survey=replace(self.survey, **values))  # type: ignore[arg-type]

    def with_design(self, design: str) -> "Draft":
        """Choose what one record is; where it is one visit, its own score explains no pain."""
        draft = self.with_survey(design=design)
        for question in self.mapping.questions:
            place = self._place(question.column)
            if place is not None:
                draft = draft._with_rule(place) if _explains(design) else draft._sans_rule(place)
        return draft

    def with_touchpoint(self, place: int, name: str) -> "Draft":
        """Say what a question or a column of ticks is about; its pain points go with it."""
        question = self.question(place)
        name = name.strip()[:TITLE]
        if not name:
            return self
        if question is None:
            ticks = self.ticks(place)
            moved = (replace(p, touchpoint=name) if p in ticks else p for p in self._rules())
            return self._with(pain_points=tuple(moved))
        draft = self
        for at in self._beside(question):
            draft = draft._about(at, name)
        return draft

    def _beside(self, question: QuestionMapping) -> list[int]:
        """Return the columns of a question, of which each may hold one answer."""
        same = [q for q in self.mapping.questions if q == question or are_answers(q, question)]
        return [place for q in same if (place := self._place(q.column)) is not None]

    def _about(self, place: int, name: str) -> "Draft":
        question, rule = self.question(place), self.rule(place)
        assert question is not None
        draft = self._with_question(place, replace(question, touchpoint=name))
        if rule is None:
            return draft
        own = rule.title == _rule_title(question)
        title = _rule_title(replace(question, touchpoint=name)) if own else rule.title
        renamed = replace(rule, title=title, touchpoint=name)
        rules = tuple(renamed if p is rule else p for p in draft.mapping.pain_points)
        return draft._with(pain_points=rules)

    def with_bad(self, bad: Sequence[str]) -> "Draft":
        """Mark the values of the outcome that are bad."""
        outcome = self.mapping.outcome
        return self if outcome is None else self._with(outcome=replace(outcome, bad=tuple(bad)))

    def with_means(self, means: str) -> "Draft":
        """Say what the bad outcome means: left or dissatisfied."""
        outcome = self.mapping.outcome
        if outcome is None:
            return self
        months = outcome.months if means == "left" else None
        return self._with(outcome=replace(outcome, means=means, months=months))

    def with_months(self, months: int) -> "Draft":
        """Say within how many months a customer left."""
        outcome = self.mapping.outcome
        if outcome is None or outcome.means != "left":
            return self
        return self._with(outcome=replace(outcome, months=months))

    def with_date_format(self, written: str) -> "Draft":
        """Say how the dates are written."""
        date = self.survey.date
        return self if date is None else self.with_survey(date=replace(date, format=written))

    def with_role(self, place: int, role: Role) -> "Draft":
        """Say what a column is; a role that only one column can have moves to it."""
        if role is self.roles()[place]:
            return self
        if role is Role.TOUCHPOINT:
            return self._with_long(place)
        if role in QUESTIONS:
            return self._with_metric(place, role)
        return self.without(place)._with_plain(place, role)

    def _with_plain(self, place: int, role: Role) -> "Draft":
        seen = self.seen(place)
        if role is Role.COMMENT:
            return self._with(comments=(*self.mapping.comments, CommentMapping(seen.name)))
        if role is Role.OUTCOME:
            return self._with(outcome=outcome_of(seen))
        if role is Role.TICKS:
            ticks = ticks_of(seen, self._asked_before(place) or about_of(seen))
            return self._with(pain_points=(*self._rules(), *ticks))
        if role is Role.DATE:
            return self.with_survey(date=date_of(seen), quarter=None)
        if role is Role.COVARIATE:
            return self.with_survey(covariates=(*self.survey.covariates, seen.name))
        single = {Role.RESPONDENT, Role.SEGMENT, Role.WEIGHT}
        return self.with_survey(**{role.value: seen.name}) if role in single else self

    def _rules(self) -> tuple[PainPointMapping, ...]:
        return self.mapping.pain_points

    def _asked_before(self, place: int) -> str:
        """Return what was rated right before a column: what is ticked there is about it."""
        asked = [(self._place(q.column), q.touchpoint) for q in self.mapping.questions]
        before = [(at, about) for at, about in asked if at is not None and at < place]
        return max(before)[1] if before else ""

    def _with(self, **values: object) -> "Draft":
        return replace(self, mapping=replace(self.mapping, **values))  # type: ignore[arg-type]

    def _place(self, name: str) -> int | None:
        return self.finder.find(name)

    def _is(self, name: str | None, place: int) -> bool:
        return name is not None and (
            name == self.seen(place).name or self.finder.find(name) == place
        )

    def without(self, place: int) -> "Draft":
        """Take a column out of everything it is."""
        survey, mapping = self.survey, self.mapping
        kept = {
            part: None if self._is(getattr(survey, part), place) else getattr(survey, part)
            for part in ("respondent", "segment", "weight")
        }
        dated = survey.date is not None and self._is(survey.date.column, place)
        outcome, long = mapping.outcome, mapping.long
        left = self.with_survey(
            **kept,
            date=None if dated else survey.date,
            covariates=tuple(c for c in survey.covariates if not self._is(c, place)),
        )._with(
            questions=tuple(q for q in mapping.questions if not self._is(q.column, place)),
            pain_points=tuple(p for p in mapping.pain_points if not self._is(p.when.column, place)),
            comments=tuple(c for c in mapping.comments if not self._is(c.column, place)),
            outcome=None if outcome and self._is(outcome.column, place) else outcome,
        )
        if long is not None and self._is(long.score, place):
            return left._with(long=None)
        if long is not None and self._is(long.touchpoint, place):
            return left._with(long=None)._with_wide(long)
        return left

    def _with_wide(self, long: LongMapping) -> "Draft":
        """Keep the score of a table that no longer names its touchpoints."""
        place = self._place(long.score)
        if place is None or long.metric is None:
            return self
        asked = question_of(self.seen(place), Role(long.metric))
        asked = replace(asked, scale=long.scale or asked.scale, missing=long.missing)
        return self._with_question(place, asked)

    def _with_long(self, place: int) -> "Draft":
        """Let a column name the touchpoint of each record's score."""
        name = self.seen(place).name
        if self.mapping.long is not None:
            return self._with(long=replace(self.mapping.long, touchpoint=name))
        draft = self.without(place)
        asked = draft.mapping.questions
        if not asked:
            return self
        score = next((q for q in asked if q.metric == Role.NPS), asked[0])
        if score.scores:
            return self  # a long table has no words that count as scores
        long = LongMapping(
            name,
            score.column,
            metric=score.metric,
            scale=score.scale,
            higher_is_better=score.higher_is_better,
            missing=score.missing,
        )
        columns = {question.column for question in asked}
        rules = tuple(p for p in draft.mapping.pain_points if p.when.column not in columns)
        return draft._with(long=long, questions=(), pain_points=rules)

    def _with_metric(self, place: int, role: Role) -> "Draft":
        old, long = self.question(place), self.mapping.long
        if old is not None:
            scale = scale_of(self.seen(place), role, old.scale)
            own = old.metric in (Role.CSAT, Role.RATING)
            was = old.higher_is_better if own else not self.seen(place).proposal.lower_is_better
            higher = is_high_good(role, high_was_good=was)
            draft = self
            for at in self._beside(old):
                each = draft.question(at) or old
                changed = replace(each, metric=role.value, scale=scale, higher_is_better=higher)
                draft = draft._sans_rule(at)._with_question(at, changed)._with_rule(at)
            return draft
        asked = question_of(self.seen(place), role)
        if long is None:
            draft = self.without(place)
            return draft._with_question(place, asked)._with_rule(place)
        if self._is(long.touchpoint, place):
            return self.without(place)._with_metric(place, role)
        same = self._is(long.score, place)
        score = replace(
            long,
            score=long.score if same else asked.column,
            metric=role.value,
            metric_column=None,
            scale=scale_of(self.seen(place), role, long.scale),
            higher_is_better=asked.higher_is_better,
            missing=long.missing if same else asked.missing,
        )
        return (self if same else self.without(place))._with(long=score)

    def _with_question(self, place: int, question: QuestionMapping) -> "Draft":
        """Put a question into the file's order, in place of the column's own."""
        others = [q for q in self.mapping.questions if not self._is(q.column, place)]
        before = [q for q in others if (self._place(q.column) or 0) < place]
        after = [q for q in others if q not in before]
        return self._with(questions=(*before, question, *after))

    def with_questions(self, asked: dict[int, QuestionMapping]) -> "Draft":
        """Put questions into the file's order, each in place of its column's own, all at once."""
        kept = ((self._place(q.column) or 0, q) for q in self.mapping.questions)
        others = [(place, q) for place, q in kept if place not in asked]
        ordered = sorted((*others, *asked.items()), key=lambda each: each[0])
        before = (
            p
            for p in self._rules()
            if p.when.between is None or self._place(p.when.column) not in asked
        )
        new = (self._rule_for(asked[place]) for place in sorted(asked))
        rules = (*before, *(rule for rule in new if rule is not None))
        return self._with(questions=tuple(q for _, q in ordered), pain_points=rules)

    def _is_rule_on(self, rule: PainPointMapping, place: int) -> bool:
        return rule.when.between is not None and self._is(rule.when.column, place)

    def _sans_rule(self, place: int) -> "Draft":
        rule = self.rule(place)
        rules = tuple(p for p in self.mapping.pain_points if p is not rule)
        return self if rule is None else self._with(pain_points=rules)

    def _with_rule(self, place: int) -> "Draft":
        """Let the two lowest scores of a rating be a pain where that can explain an outcome."""
        question, rules = self.question(place), self.mapping.pain_points
        rule = None if question is None else self._rule_for(question)
        if rule is None or any(self._is_rule_on(p, place) for p in rules):
            return self
        return self._with(pain_points=(*rules, rule))

    def _rule_for(self, question: QuestionMapping) -> PainPointMapping | None:
        rated = question.metric in _RATED and _explains(self.survey.design)
        if not rated or holds_no_worst(question):
            return None
        first, second = question.worst
        when = When(question.column, between=(float(first), float(second)))
        return PainPointMapping(_rule_title(question), question.touchpoint, when)


def _explains(design: str) -> bool:
    return design == RELATIONAL


def _rule_title(question: QuestionMapping) -> str:
    first, second = question.worst
    return f"{question.touchpoint[: TITLE - 20]}: rated {first} or {second}"
