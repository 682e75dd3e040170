"""What an import of answers did, and what stops one."""

from dataclasses import dataclass

from journey.edit.command import Command
from journey.model.evidence import Question, Survey
from journey.model.ids import SurveyId
from journey.model.workspace import Entity
from storage.imports.rows import Skipped
from storage.imports.stopping import ImportCancelledError
from storage.imports.survey_chunks import FAULTLESS, RefusedCells

__all__ = ["ImportCancelledError", "OutcomeTaken", "QuestionTaken", "SurveyImport"]


@dataclass(frozen=True, slots=True)
class QuestionTaken:
    """A question with its touchpoint's name and how many answers were taken in."""

    question: Question
    touchpoint: str
    n: int


@dataclass(frozen=True, slots=True)
class OutcomeTaken:
    """Rows with a known outcome, and how many of them are bad."""

    n: int
    bad: int


@dataclass(frozen=True, slots=True)
class SurveyImport:
    """What an import did.

    Attributes:
        command: adds the survey (and takes replaced ones off); None where nothing is kept: on a
            dry run, and where no record had anything to keep.
        records: data records of the file; imported: those taken in; the others are `skipped`.
        responses: rows stored; fewer than `imported` where records were gathered by respondent.
        refused_cells: scores refused; their records were kept where another answer was good.
        created: the objects the command adds beside the survey.
        replaced: the surveys the command takes off.
        warnings: (reason, name): outcome_never, rule_never, keep_never: a value or rule of the
            mapping that no cell met; encoding_guessed (the encoding), faulty_bytes, nul,
            double_mark (how many), unclosed_quote (the line), more_sheets (the sheets that were
            not read): what looked odd about the file; timezone: moments without one were read as
            UTC; answered_twice: how many answers a later one of the same respondent replaced.
    """

    command: Command | None
    survey: Survey
    records: int
    imported: int
    responses: int
    skipped: tuple[Skipped, ...]
    refused_cells: tuple[RefusedCells, ...]
    questions: tuple[QuestionTaken, ...]
    outcome: OutcomeTaken | None
    created: tuple[Entity, ...] = ()
    replaced: tuple[SurveyId, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a record or a cell was refused, and not just blank, filtered or known."""
        return bool(self.refused_cells) or any(s.reason not in FAULTLESS for s in self.skipped)
