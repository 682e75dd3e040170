"""One line of the column table: what a column is and how it is read, in words."""

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.imports.mapping import LongMapping, QuestionMapping
from ui.imports.draft import Draft
from ui.imports.draft_parts import grid_parts
from ui.imports.draft_scores import unscored
from ui.imports.matching import Near, is_known, near_names
from ui.imports.roles import QUESTIONS, Role
from ui.imports.words import date_word, role_note, tr
from ui.numbers import NO_BREAK, number

MOST_VALUES = 60  # values of an outcome a menu still shows
_QUESTION = 70  # characters of a grid's question that stand in each of its lines
_COMMON_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "unix")


class Control(StrEnum):
    """What stands before the note of how a column is read."""

    NONE = ""
    NAME = "name"
    BAD = "bad"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """What the table shows of a column.

    Attributes:
        name: the column's name; of "question [option]" the option.
        text: the question where it is not the column's name.
        values: what its cells hold, in pieces that are shown as far as there is room.
        value: what the control holds, "" where nothing is chosen yet.
        is_open: a person must choose before anything is imported.
        cells: how many were read. doubt: scores that were refused, "" for none.
        near: the name on the map that may be meant, until somebody says so; "" for none.
        ends: the lowest and the highest score.
        scores: whether somebody has to say what its answers count as: "ask" where the column could
            then be a question, "must" where it is one; "" for neither.
    """

    name: str
    text: str
    values: tuple[str, ...]
    role: Role
    control: Control
    value: str
    note: str
    is_open: bool
    cells: str
    doubt: str = ""
    near: str = ""
    ends: tuple[int, int] = (1, 7)
    scores: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What is known beside the mapping.

    Attributes:
        known: the touchpoints of the map. settled: columns whose touchpoint somebody decided on.
        waiting: places of columns whose answers nobody scored yet.
    """

    known: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()
    waiting: frozenset[int] = frozenset()


# What a line was made of, and the line, by place.
Made = dict[int, tuple[object, "ColumnLine"]]


def lines_of(
    draft: Draft, names: Names, doubts: Lookup[str, str], made: Made | None = None
) -> tuple[ColumnLine, ...]:
    """Return a line for every column.

    Args:
        draft: the mapping and the file.
        names: what touchpoints are matched with.
        doubts: by column name, what was refused in it.
        made: lines made before, of which those that are the same still are taken; it gets the new
            ones. A thousand lines take long to make and next to no time to look up.
    """
    made = {} if made is None else made
    lines = []
    for place, role in enumerate(draft.roles()):
        key = _made_of(draft, place, role, names, doubts)
        known = made.get(place)
        if known is None or known[0] != key:
            known = made[place] = (key, _line(draft, place, role, names=names, doubts=doubts))
        lines.append(known[1])
    return tuple(lines)


def _made_of(
    draft: Draft, place: int, role: Role, names: Names, doubts: Lookup[str, str]
) -> object:
    """Return all that a line depends on."""
    mapping, seen = draft.mapping, draft.seen(place)
    return (
        seen,
        role,
        draft.question(place),
        draft.rules_at(place),
        mapping.outcome if role is Role.OUTCOME else None,
        draft.survey.date if role is Role.DATE else None,
        mapping.long,
        mapping.source.keep,
        names.known,
        seen.name in names.settled,
        place in names.waiting,
        doubts.get(seen.name, ""),
    )


def _line(
    draft: Draft, place: int, role: Role, *, names: Names, doubts: Lookup[str, str]
) -> ColumnLine:
    seen, question = draft.seen(place), draft.question(place)
    control, value, note, is_open, near = Control.NONE, "", role_note(role), False, ""
    scores = ""
    if question is not None or role is Role.TICKS:
        control, value = Control.NAME, draft.touchpoint_at(place)
        near, note = _name_words(draft, place, question, names)
        is_open = role is Role.CES
        if question is not None and not is_open and unscored(question, seen):
            scores, is_open = "must", True
            note = tr("Its answers are no scores yet; nothing could be counted of them.")
    elif role is Role.OUTCOME and draft.mapping.outcome is not None:
        control, value, note = Control.BAD, *_outcome_words(draft)
        is_open = not value
    elif role is Role.DATE and draft.survey.date is not None:
        written = draft.survey.date.format
        control, value, is_open = Control.DATE, date_word(written), not written
        note = tr("the day counts for the quarter")
    elif draft.mapping.long is not None and role in {*QUESTIONS, Role.CES}:
        note = _scale_words(draft.mapping.long)
        is_open = role is Role.CES
    elif role is Role.IGNORE and place in names.waiting and draft.mapping.long is None:
        scores, note = "ask", tr("not stored: its answers have no scores yet")
    elif draft.mapping.source.keep is not None and draft.mapping.source.keep.column == seen.name:
        note = tr("not stored; sorts out records that are no answers")
    name, text = _title(seen.name, seen.column.text)
    missing = question.missing if question is not None else ()
    return ColumnLine(
        name=name,
        text=text,
        values=_values(draft, place),
        role=role,
        control=control,
        value=value,
        note=note,
        is_open=is_open,
        cells=_cells(draft, place, missing),
        doubt=doubts.get(seen.name, ""),
        near="" if is_open else near,
        ends=question.scale if question is not None else (1, 7),
        scores=scores,
    )


def _title(name: str, text: str) -> tuple[str, str]:
    """Return what a column is called and what stands below: of a grid the option leads."""
    text = " ".join(text.split())
    question, option = grid_parts(name)
    if text and text != name:
        return name, text
    if not option:
        return name, ""
    short = question[:_QUESTION].rsplit(" ", 1)[0] if len(question) > _QUESTION else question
    return option, short if short == question else f"{short} …"


def label_of(draft: Draft, place: int, code: str) -> str:
    """Return a value as people know it: "1 Male" where the file says what 1 means."""
    meaning = dict(draft.seen(place).column.labels).get(code, "")
    return f"{code} {meaning}".strip() if meaning != code else code


def outcome_values(draft: Draft) -> tuple[str, ...]:
    """Return the values an outcome's column holds, those marked first; not all where too many."""
    outcome = draft.mapping.outcome
    place = None if outcome is None else draft.finder.find(outcome.column)
    if outcome is None or place is None:
        return ()
    return tuple(dict.fromkeys((*outcome.bad, *draft.seen(place).profile.values)))[:MOST_VALUES]


def date_formats(draft: Draft) -> tuple[str, ...]:
    """Return how the dates may be written: what fits the cells, else what is common."""
    date = draft.survey.date
    place = None if date is None else draft.finder.find(date.column)
    if date is None or place is None:
        return ()
    found = draft.seen(place).profile.date
    fitting = (found.format, found.other) if found is not None else _COMMON_DATES
    return tuple(dict.fromkeys(form for form in (date.format, *fitting) if form))


def _outcome_words(draft: Draft) -> tuple[str, str]:
    outcome = draft.mapping.outcome
    assert outcome is not None
    left = outcome.means == "left"
    means = tr("the customer left") if left else tr("the customer was dissatisfied")
    return ", ".join(outcome.bad), tr("means: %1; every other value is good").replace("%1", means)


def _name_words(
    draft: Draft, place: int, question: QuestionMapping | None, names: Names
) -> tuple[str, str]:
    """Return the name on the map that may be meant, and the note of a column with a touchpoint."""
    if question is not None and question.metric == Role.CES:
        words = tr("Both ways of asking are in use; a wrong guess would turn the result round.")
        return "", words
    about = draft.touchpoint_at(place)
    parts = [_scale_words(question)] if question is not None else [_ticks_words(draft, place)]
    if question is not None and draft.rule(place) is not None:
        words = tr("pain point when %1 or %2").replace("%1", str(question.worst[0]))
        parts.append(words.replace("%2", str(question.worst[1])))
    if is_known(about, names.known):
        return "", " · ".join(parts)
    near = () if draft.seen(place).name in names.settled else near_names(about, names.known)
    if not near:
        parts.append(tr("new on the map"))
        return "", " · ".join(parts)
    return near[0].name, f"{_doubt_words(about, near)} {' · '.join(parts)}"


def _doubt_words(about: str, near: Sequence[Near]) -> str:
    words = tr("The file says “%1”, %2 % alike.").replace("%1", about)
    words = words.replace("%2", number(100 * near[0].likeness, 0))
    if len(near) > 1:
        following = tr("Next best: %1, %2 %.").replace("%1", near[1].name)
        words += " " + following.replace("%2", number(100 * near[1].likeness, 0))
    return words + " " + tr("Without a Yes it is new on the map.")


def _ticks_words(draft: Draft, place: int) -> str:
    titles = [rule.title for rule in draft.ticks(place)]
    words = tr("1 pain point: %1") if len(titles) == 1 else tr("%2 pain points: %1")
    shown = ", ".join(titles[:3]) + (" …" if len(titles) > 3 else "")
    return words.replace("%2", number(len(titles), 0)).replace("%1", shown)


def _scale_words(asked: QuestionMapping | LongMapping) -> str:
    if asked.scale is None:
        return tr("each metric on its own scale")
    low, high = asked.scale
    best = high if asked.higher_is_better else low
    words = tr("%1 to %2, %3 is best").replace("%1", str(low)).replace("%2", str(high))
    words = words.replace("%3", str(best))
    scores = asked.scores if isinstance(asked, QuestionMapping) else ()
    if scores:
        told = ", ".join(f"{answer} = {score}" for answer, score in scores[:5])
        words += " · " + tr("in words: %1").replace("%1", told)
    if asked.missing:
        words += " · " + tr("%1 is no answer").replace("%1", ", ".join(asked.missing[:3]))
    return words


def _values(draft: Draft, place: int) -> tuple[str, ...]:
    profile, labels = draft.seen(place).profile, dict(draft.seen(place).column.labels)
    known = [code for code in profile.values if code in labels]
    if known:
        return tuple(label_of(draft, place, code) for code in known)
    if profile.type in {"integer", "number"} and profile.minimum is not None:
        low, high = profile.minimum, profile.maximum or 0.0
        plain = profile.maximum is not None and abs(high) < 1e7
        shown = [number(v) if plain else f"{v:.12g}" for v in (low, high)]
        if shown[0] == shown[1]:
            return (shown[0],)
        return (tr("%1 to %2").replace("%1", shown[0]).replace("%2", shown[1]),)
    return tuple(" ".join(example.split()) for example in profile.examples)


def _cells(draft: Draft, place: int, missing: Sequence[str]) -> str:
    profile = draft.seen(place).profile
    marks = sum(profile.values.get(m, 0) for m in missing if m not in profile.missing)
    blank = profile.cells - profile.answered + marks
    words = tr("%1 read").replace("%1", number(profile.cells - blank, 0))
    if blank:
        words += ", " + tr("%1 blank").replace("%1", number(blank, 0)).replace(" ", NO_BREAK)
    return words
