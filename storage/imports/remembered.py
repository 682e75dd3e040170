"""The mapping of an earlier import that fits a new file: nobody maps the same export twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from journey.model.evidence import Survey
from journey.model.workspace import Workspace
from storage.errors import MappingError
from storage.imports.mapping import ColumnFinder, Mapping, check_columns, parse_mapping
from storage.imports.mapping_proposal import survey_name
from storage.imports.signatures import Column


@dataclass(frozen=True, slots=True)
class Remembered:
    """A mapping made fit for the next file, and the survey it comes from."""

    mapping: Mapping
    survey: Survey


def remembered_mapping(
    workspace: Workspace, path: Path, columns: Sequence[Column]
) -> Remembered | None:
    """Return the latest survey's mapping all of whose columns the file has; None without one.

    What columns mean is remembered; the survey's name and quarter are the new file's own.
    """
    for survey in _latest(workspace):
        try:
            mapping = parse_mapping(survey.mapping)
            check_columns(mapping, columns)
        except MappingError:
            continue
        if mapping.survey is not None:
            own = replace(mapping.survey, name=survey_name(path), quarter=None)
            return Remembered(replace(mapping, survey=own), survey)
    return None


def unfitting_mapping(
    workspace: Workspace, columns: Sequence[Column]
) -> tuple[Survey, tuple[str, ...]] | None:
    """Return the latest survey most of whose columns the file has, and those it has no more.

    None where its mapping fits, or where no survey was nearly the same.
    """
    finder = ColumnFinder(columns)
    for survey in _latest(workspace):
        try:
            mapping = parse_mapping(survey.mapping)
            check_columns(mapping, columns)
        except MappingError as error:
            if error.reason != "unknown_column":
                continue
            asked = [question.column for question in mapping.questions]
            if 2 * sum(finder.find(name) is not None for name in asked) >= max(1, len(asked)):
                return survey, error.names
        else:
            return None
    return None


def _latest(workspace: Workspace) -> list[Survey]:
    return sorted(
        (s for s in workspace.surveys.values() if s.mapping),
        key=lambda s: (s.imported_at.timestamp() if s.imported_at else 0.0, s.id),
        reverse=True,
    )
