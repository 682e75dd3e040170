"""The mapping of an earlier import for the next export of the same survey, with what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from journey.model.evidence import Survey
from journey.model.workspace import Workspace
from storage.errors import MappingError
from storage.imports.inspect import Inspection
from storage.imports.mapping import ColumnFinder, Mapping, check_columns, parse_mapping
from storage.imports.mapping_proposal import survey_name
from ui.imports.draft import Draft
from ui.imports.roles import Role

# Of an earlier mapping's columns this share must be in the file.
_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Recalled:
    """A mapping that was remembered.

    Attributes:
        survey: the name of the survey it comes from.
        gone: columns it names that the file has no more; they are taken out of it.
        fresh: columns that would be proposed for something and that it does not take.
        kept: how many columns it fills in.
    """

    mapping: Mapping
    survey: str
    gone: tuple[str, ...]
    fresh: tuple[str, ...]
    kept: int


def recall(workspace: Workspace, inspection: Inspection, proposed: Mapping) -> Recalled | None:
    """Return the mapping of the survey whose columns the file has most of; None without one."""
    best: tuple[float, int, Mapping, Survey, tuple[str, ...]] | None = None
    columns = [seen.column for seen in inspection.columns]
    finder = ColumnFinder(columns)
    for age, survey in enumerate(_latest(workspace)):
        try:
            mapping = parse_mapping(survey.mapping)
        except MappingError:
            continue
        gone = _gone(mapping, inspection)
        named = len(set(_roles(mapping, finder))) + len(gone)
        share = 1 - len(gone) / named if named else 0.0
        if mapping.survey is None or share < _ENOUGH:
            continue
        if best is None or (share, -age) > (best[0], best[1]):
            best = (share, -age, mapping, survey, gone)
    if best is None:
        return None
    _, _, mapping, survey, gone = best
    return _recalled(_without(mapping, frozenset(gone)), survey, gone, inspection, proposed)


def _latest(workspace: Workspace) -> list[Survey]:
    return sorted(
        (s for s in workspace.surveys.values() if s.mapping),
        key=lambda s: (s.imported_at.timestamp() if s.imported_at else 0.0, s.id),
        reverse=True,
    )


def _gone(mapping: Mapping, inspection: Inspection) -> tuple[str, ...]:
    try:
        check_columns(mapping, [seen.column for seen in inspection.columns])
    except MappingError as error:
        return tuple(error.names)
    return ()


def _roles(mapping: Mapping, finder: ColumnFinder) -> Iterator[int]:
    """Yield the places of the columns a mapping takes something from."""
    names = [q.column for q in mapping.questions]
    names += [p.when.column for p in mapping.pain_points]
    names += [c.column for c in mapping.comments]
    survey, long = mapping.survey, mapping.long
    if survey is not None:
        single = (survey.respondent, survey.segment, survey.weight, *survey.covariates)
        names += [name for name in single if name]
        names += [survey.date.column] if survey.date else []
    names += [long.touchpoint, long.score] if long else []
    names += [mapping.outcome.column] if mapping.outcome else []
    yield from (place for name in names if (place := finder.find(name)) is not None)


def _without(mapping: Mapping, gone: frozenset[str]) -> Mapping:
    """Take columns that are no more out of a mapping."""
    survey, long, keep = mapping.survey, mapping.long, mapping.source.keep
    assert survey is not None
    kept = {
        part: None if getattr(survey, part) in gone else getattr(survey, part)
        for part in ("respondent", "segment", "weight")
    }
    dated = survey.date is not None and survey.date.column in gone
    broken = long is not None and {long.touchpoint, long.score, long.metric_column} & gone
    return replace(
        mapping,
        source=replace(mapping.source, keep=None if keep and keep.column in gone else keep),
        survey=replace(
            survey,
            **kept,  # type: ignore[arg-type]
            date=None if dated else survey.date,
            covariates=tuple(c for c in survey.covariates if c not in gone),
        ),
        questions=tuple(q for q in mapping.questions if q.column not in gone),
        pain_points=tuple(p for p in mapping.pain_points if p.when.column not in gone),
        comments=tuple(c for c in mapping.comments if c.column not in gone),
        long=None if broken else long,
        outcome=None if mapping.outcome and mapping.outcome.column in gone else mapping.outcome,
    )


def _recalled(
    mapping: Mapping,
    survey: Survey,
    gone: tuple[str, ...],
    inspection: Inspection,
    proposed: Mapping,
) -> Recalled:
    """Give a remembered mapping the new file's own name and quarter, and say what is new."""
    assert mapping.survey is not None
    own = replace(mapping.survey, name=survey_name(Path(inspection.path)), quarter=None)
    mapping = replace(mapping, survey=own)
    now, then = Draft.of(inspection, proposed).roles(), Draft.of(inspection, mapping).roles()
    columns = inspection.columns
    fresh = tuple(
        seen.name
        for seen, one, other in zip(columns, now, then, strict=True)
        if one is not Role.IGNORE and other is Role.IGNORE
    )
    kept = sum(role is not Role.IGNORE for role in then)
    return Recalled(mapping, survey.name, gone, fresh, kept)
