"""The mapping that is proposed for a file, made of what was seen in its columns."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from storage.imports import words
from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.mapping_options import option_rules
from storage.imports.mapping_parts import (
    DEFAULT_SCALES,
    REAL_ANSWERS,
    CommentMapping,
    DateSettings,
    EventsMapping,
    Keep,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    QuestionMapping,
    SourceSettings,
    SurveySettings,
    When,
    metric_named,
)
from storage.imports.proposal import counted_moment
from storage.imports.proposal_parts import metrics_asked, split_option
from storage.imports.question_words import WHOLE, touchpoint_name

NAME_CHARACTERS: Final = 200
# Qualtrics' codes for previews, tests and spam, and what their words hold in any language it has.
_NOT_REAL: Final = frozenset({"1", "2", "8", "9", "12", "17"})
_NOT_REAL_WORDS: Final = re.compile(
    r"preview|vorschau|vista previa|aperçu|pré-?visuali|visualização|prévia|anteprima|podgląd"
    r"|forhåndsvis|förhandsgransk|предварительн|предпросмотр|voorbeeld|\btest|spam",
    re.IGNORECASE,
)
# States of other tools' records that are no answers of customers.
_STATES: Final = frozenset({"status", "response status", "completion status", "survey status"})
_DONE: Final = frozenset({"complete", "completed", "finished", "submitted", "responded"})
_NO_ANSWERS: Final = frozenset(
    {"disqualified", "screened out", "screenout", "terminated", "quota full", "overquota", "test"}
    | {"preview", "spam", "deleted", "bounced", "opted out"}
)
_LOOPED: Final = re.compile(r"\d{1,3}_(?:QID|Q)?\w")
# On a slider of a hundred steps the two lowest are next to nobody.
_WIDEST_RULE: Final = 10
# Thumbs down and up, as the ends of five: the share of happy answers is top-two-box.
_THUMBS: Final = (("0", 1), ("1", 5))


def propose(inspection: Inspection) -> Mapping:
    """Propose a mapping: a survey, or an event log where no column is a question.

    Design: relational where several ratings stand in one record together with an outcome or a
    respondent; else each answer belongs to one visit, transactional. What cannot be told is
    left open, and check_choices names it.
    """
    # What was detected is not written: next quarter's file may be saved in another way.
    chosen = inspection.chosen
    source = SourceSettings(
        encoding=inspection.encoding if "encoding" in chosen else None,
        separator=inspection.separator if "separator" in chosen else None,
        header_rows=inspection.header_rows if "header_rows" in chosen else None,
        keep=_keep(inspection),
    )
    seen = _by_role(inspection)
    questions = seen.get("question", [])
    if not questions and "outcome" not in seen:
        events = _events(inspection, seen)
        if events is not None:
            return Mapping(source=source, events=events)
    long = _long(seen)
    whole = long is None and not _mixes_questions(seen)
    wide = tuple(_question(column) for column in questions) if whole else ()
    wide = _as_named(wide, seen)
    outcome = _outcome(seen)
    # A column for each answer is one question all the same.
    several = len({(asked.touchpoint, asked.text or asked.column) for asked in wide}) > 1
    relational = long is None and (outcome is not None or (several and "respondent" in seen))
    return Mapping(
        source=source,
        survey=_survey(inspection, seen, relational=relational),
        questions=wide,
        long=long,
        # Where one answer is one visit, a rule on its own score would explain it by itself.
        pain_points=(
            *(rule for q in wide for rule in (_rules(q) if relational else ())),
            *(() if long is not None else option_rules(inspection.columns, wide)),
        ),
        outcome=outcome,
        comments=_comments(inspection, wide),
    )


def _by_role(inspection: Inspection) -> dict[str, list[ColumnSeen]]:
    roles: dict[str, list[ColumnSeen]] = {}
    for column in inspection.columns:
        roles.setdefault(column.proposal.role, []).append(column)
    return roles


def _name_of(seen: dict[str, list[ColumnSeen]], role: str) -> str | None:
    return seen[role][0].name if role in seen else None


def _keep(inspection: Inspection) -> Keep | None:
    """Test answers of the survey's author are not customers', invitations are no answers."""
    if inspection.vendor == "thanx":
        states = [column for column in inspection.columns if column.name.lower() == "state"]
        return Keep(states[0].name, ("rated",)) if states else None
    if inspection.vendor not in {"qualtrics", "qualtrics_legacy"}:
        return _keep_done(inspection)
    for column in inspection.columns:
        if column.column.vendor_id == "status" or column.name == "Status":
            real = [
                value
                for value in column.profile.values
                if value not in _NOT_REAL and not _NOT_REAL_WORDS.search(value)
            ]
            return Keep(column.name, tuple(dict.fromkeys((*REAL_ANSWERS, *real))))
    return None


def _keep_done(inspection: Inspection) -> Keep | None:
    """Leave out who was screened out or only tested, where a column of states says so."""
    for column in inspection.columns:
        values = {value.strip().casefold(): value for value in column.profile.values}
        if column.name.casefold() not in _STATES or not column.profile.values_complete:
            continue
        if values.keys() & _DONE and values.keys() & _NO_ANSWERS:
            kept = tuple(value for plain, value in values.items() if plain not in _NO_ANSWERS)
            return Keep(column.name, kept)
    return None


def _survey(
    inspection: Inspection, seen: dict[str, list[ColumnSeen]], *, relational: bool
) -> SurveySettings:
    return SurveySettings(
        name=survey_name(inspection.path),
        design="relational" if relational else "transactional",
        date=_date(inspection.vendor, seen),
        respondent=_name_of(seen, "respondent"),
        segment=_name_of(seen, "segment"),
        weight=_name_of(seen, "weight"),
        covariates=tuple(column.name for column in seen.get("covariate", [])),
    )


def survey_name(path: Path) -> str:
    """Return what a survey is called where nobody named it: its file's name."""
    name = path.name.split(".")[0].replace("_", " ").strip()
    return name[:NAME_CHARACTERS] or "Survey"


def _date(vendor: str, seen: dict[str, list[ColumnSeen]]) -> DateSettings | None:
    if "date" not in seen:
        return None
    column = seen["date"][0]
    found = column.profile.date
    if found is None:
        counted = counted_moment(vendor, column.column, column.profile)
        return DateSettings(column.name, counted or "unix")
    told = vendor == "typeform" or re.search(r"\b(?:UTC|GMT)\b", column.name) is not None
    zone = column.column.timezone or ("UTC" if told else None)
    return DateSettings(column.name, "" if found.ambiguous else found.format, zone)


def _question(seen: ColumnSeen) -> QuestionMapping:
    proposal = seen.proposal
    assert proposal.metric is not None
    assert proposal.scale is not None
    text = proposal.asked or seen.column.text
    return QuestionMapping(
        column=seen.name,
        touchpoint=_loop_of(seen) or _touchpoint(text or seen.name),
        metric=proposal.metric,
        scale=proposal.scale,
        higher_is_better=not proposal.lower_is_better and proposal.metric != "ces1",
        missing=proposal.missing,
        text=text or None,
        scores=proposal.scores,
    )


def _as_named(
    questions: tuple[QuestionMapping, ...], seen: dict[str, list[ColumnSeen]]
) -> tuple[QuestionMapping, ...]:
    """Give the one score of a file, or that of the whole, the metric that a column names."""
    whole = [asked for asked in questions if asked.touchpoint == WHOLE or len(questions) == 1]
    if len(whole) != 1 or "metric" not in seen or whole[0].scores:
        return questions
    named = {metric_named(value) for value in seen["metric"][0].profile.values}
    metric = named.pop() if len(named) == 1 else ""
    if metric not in {*DEFAULT_SCALES, "ces"} or metric == whole[0].metric:
        return questions
    place = questions.index(whole[0])
    profile = seen["question"][place].profile
    thumbs = metric == "csat" and profile.whole_numbers <= {0, 1}
    scale = DEFAULT_SCALES.get(metric, (1, 5) if (profile.maximum or 0) <= 5 else (1, 7))
    scores = _THUMBS if thumbs else ()
    told = replace(whole[0], metric=metric, scale=scale, scores=scores)
    return (*questions[:place], told, *questions[place + 1 :])


def _comments(
    inspection: Inspection, questions: tuple[QuestionMapping, ...]
) -> tuple[CommentMapping, ...]:
    """A comment right behind a rating is about what was rated."""
    rated = {question.column: question.touchpoint for question in questions}
    found: list[CommentMapping] = []
    about: str | None = None
    for seen in inspection.columns:
        if seen.proposal.role == "comment":
            found.append(CommentMapping(seen.name, about))
        elif seen.proposal.role != "ignore" or seen.proposal.options:
            about = rated.get(seen.name)
    return tuple(found)


def _loop_of(seen: ColumnSeen) -> str:
    """Return what a question was about that Qualtrics asked again for several things.

    "2_Q5" is "Room - How satisfied were you with this?".
    """
    about, mark, asked = seen.column.text.partition(" - ")
    looped = _LOOPED.match(seen.column.vendor_id or seen.name) is not None
    return about.strip()[:NAME_CHARACTERS] if looped and mark and "?" not in about and asked else ""


def _touchpoint(title: str) -> str:
    """Of "question [option]" the option is what is rated, unless both are mere codes."""
    question, _, option = title.partition(" [")
    inner = option.removesuffix("]").strip()
    if question and inner and title.endswith("]"):
        return inner[:NAME_CHARACTERS]
    asked, rated = split_option(title)
    # A matrix: "How satisfied are you with …? - Delivery".
    if rated and asked.endswith(("?", "...", "…", ":")):
        return rated[:NAME_CHARACTERS]
    return touchpoint_name(title)[:NAME_CHARACTERS]


def _rules(question: QuestionMapping) -> list[PainPointMapping]:
    """The two lowest scores of a rating are a pain; NPS and an open CES give no rule."""
    low, high = question.scale
    if question.metric not in {"csat", "rating"} or high - low > _WIDEST_RULE:
        return []
    if len(question.scores) == 1 and question.scores[0][1] not in question.worst:
        return []  # a column for one answer, and not for a bad one
    first, second = question.worst
    title = f"{question.touchpoint[: NAME_CHARACTERS - 20]}: rated {first} or {second}"
    when = When(question.column, between=(float(first), float(second)))
    return [PainPointMapping(title, question.touchpoint, when)]


def _long(seen: dict[str, list[ColumnSeen]]) -> LongMapping | None:
    """A column of touchpoints, or of different metrics, beside one of scores."""
    if "question" not in seen or not ("touchpoint" in seen or _mixes_metrics(seen)):
        return None
    if _mixes_questions(seen):
        return None  # one scale for all of them would be wrong for most; a notice says so
    questions = seen["question"]
    score = next((q for q in questions if q.proposal.metric == "nps"), questions[0])
    if _mixes_metrics(seen):
        by = seen["metric"][0].name
        where = seen["touchpoint"][0].name if "touchpoint" in seen else by
        return LongMapping(where, score.name, metric_column=by, missing=score.proposal.missing)
    return LongMapping(
        touchpoint=seen["touchpoint"][0].name,
        score=score.name,
        metric=score.proposal.metric,
        scale=score.proposal.scale,
        missing=score.proposal.missing,
    )


def _mixes_metrics(seen: dict[str, list[ColumnSeen]]) -> bool:
    return "metric" in seen and len(seen["metric"][0].profile.values) > 1


def _mixes_questions(seen: dict[str, list[ColumnSeen]]) -> bool:
    """Tell a column of questions that are asked on several scales, where no column names these."""
    if "touchpoint" not in seen or "question" not in seen or _mixes_metrics(seen):
        return False
    return len(metrics_asked(seen["touchpoint"][0].profile.values)) > 1


def _outcome(seen: dict[str, list[ColumnSeen]]) -> OutcomeMapping | None:
    if "outcome" not in seen:
        return None
    column = seen["outcome"][0]
    return OutcomeMapping(column.name, column.proposal.bad, column.proposal.means or "dissatisfied")


def _events(inspection: Inspection, seen: dict[str, list[ColumnSeen]]) -> EventsMapping | None:
    """An event log has a moment, an activity and a case, by the names logs use."""
    if "date" not in seen:
        return None
    names = [column.name for column in inspection.columns]
    case = next((n for mark in words.CASES for n in names if mark.search(n)), None)
    activity = next(
        (n for mark in words.ACTIVITIES for n in names if n != case and mark.search(n)), None
    )
    if case is None or activity is None:
        return None
    lifecycle = next((n for n in names if words.LIFECYCLE.search(n)), None)
    states = set(inspection.column(lifecycle).profile.values) if lifecycle else set()
    return EventsMapping(
        case=case,
        activity=activity,
        time=seen["date"][0].name,
        lifecycle=lifecycle,
        lifecycle_keep=("complete",) if {"start", "complete"} <= states else (),
    )
