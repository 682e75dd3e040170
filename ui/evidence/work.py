"""What the Evidence screen has done off the GUI thread; plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journey.evidence.coding import CommentRule, RowCoding
from journey.model.ids import Kind, QuestionId, Ref
from journey.model.workspace import Workspace
from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from journey.evidence.answers import Answers
    from journey.evidence.figures import Figures
    from journey.metrics.clv_variants import ClvInputs
    from storage.document import Document
    from storage.evidence.comments import Asked, CommentIndex
    from storage.evidence.figures import ReadAnswers
    from storage.evidence.sources import LogSource, SurveySource


@dataclass(frozen=True, slots=True)
class Counted:
    """What was read: the counts of all answers, and what is stored of each source."""

    number: int
    workspace: Workspace
    read: "ReadAnswers"
    sources: "dict[str, SurveySource | LogSource]"


@dataclass(frozen=True, slots=True)
class Count:
    """Reads the counts (storage worker)."""

    number: int
    document: "Document"
    workspace: Workspace

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.figures import read_answers
        from storage.evidence.sources import log_sources, survey_sources
        from storage.evidence.store import EvidenceStore

        engine = self.document.engine
        read = read_answers(self.workspace, EvidenceStore(engine))
        stored: dict[str, SurveySource | LogSource] = {**log_sources(self.workspace, engine)}
        stored |= {s.survey: s for s in survey_sources(self.workspace, engine).values()}
        return Counted(self.number, self.workspace, read, stored)


@dataclass(frozen=True, slots=True)
class Computed:
    """The figures of one quarter, and the counts they come from."""

    number: int
    figures: "Figures"
    answers: "Answers"


@dataclass(frozen=True, slots=True)
class Compute:
    """Computes the figures (computing pool)."""

    counted: Counted
    quarter: str | None

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from journey.evidence.figures import figures

        read = self.counted.read
        found = figures(self.counted.workspace, read.answers, self.quarter, read.off_scale)
        return Computed(self.counted.number, found, read.answers)


class Search:
    """The comments' index of one screen, made and used on the storage worker only."""

    def __init__(self) -> None:
        self._index: CommentIndex | None = None

    def index(self) -> "CommentIndex":
        """Return the index, making it at its first use."""
        from storage.evidence.comments import CommentIndex

        if self._index is None:
            self._index = CommentIndex()
        return self._index


@dataclass(frozen=True, slots=True)
class Found:
    """A page of comments with the number of its question."""

    number: int
    page: object


@dataclass(frozen=True, slots=True)
class Look:
    """Finds comments (storage worker)."""

    number: int
    document: "Document"
    search: Search
    asked: "Asked"
    questions: tuple[QuestionId, ...]

    def __call__(self, _progress: Progress, cancelled: Cancelled) -> object:
        index = self.search.index()
        index.refresh(self.document.engine, cancelled)
        return Found(self.number, index.page(self.document.engine, self.asked, self.questions))


@dataclass(frozen=True, slots=True)
class CountRule:
    """Counts what a rule would code (storage worker)."""

    document: "Document"
    workspace: Workspace
    rule: CommentRule

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.coding import rule_found

        return self.rule, rule_found(self.document.engine, self.workspace, self.rule)


@dataclass(frozen=True, slots=True)
class Code:
    """Stores coded copies of the surveys a rule or ticks concern (storage worker)."""

    document: "Document"
    workspace: Workspace
    what: CommentRule | Sequence[RowCoding]

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.evidence.coding import code_by_hand, code_by_rule

        engine = self.document.engine
        if isinstance(self.what, CommentRule):
            return code_by_rule(
                engine, self.workspace, self.what, progress=progress, cancelled=cancelled
            )
        return code_by_hand(
            engine, self.workspace, self.what, progress=progress, cancelled=cancelled
        )


@dataclass(frozen=True, slots=True)
class SaveRefused:
    """Writes a source's refused records as a file (storage worker)."""

    document: "Document"
    source: Ref
    path: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.sources import save_refused

        return save_refused(self.document.engine, self.source, self.path)


@dataclass(frozen=True, slots=True)
class MakeRemoval:
    """Makes the command that removes a source (storage worker)."""

    document: "Document"
    workspace: Workspace
    ref: Ref

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.sources import removal_of

        return removal_of(self.workspace, self.document.engine, self.ref)


@dataclass(frozen=True, slots=True)
class _Holder:
    """The window's own copy of the workspace, beside the working copy the rows go to."""

    workspace: Workspace
    document: "Document"

    @property
    def engine(self) -> Any:
        """The working copy's; nothing in the window knows what it is made of."""
        return self.document.engine


@dataclass(frozen=True, slots=True)
class TakeAgain:
    """Reads a source's file again by another mapping, in place of what is there (storage worker).

    What the same file or the same people gave before is replaced, in one step.
    """

    document: "Document"
    workspace: Workspace
    ref: Ref
    path: Path
    mapping: str

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        from storage.imports.mapping import parse_mapping

        mapping = parse_mapping(self.mapping)
        holder = _Holder(self.workspace, self.document)
        progress(0, None)
        if self.ref.kind is Kind.EVENT_LOG:
            from storage.imports.events import import_events

            return import_events(
                holder, self.path, mapping, create=True, if_known="replace",
                progress=progress, cancelled=cancelled,
            ).command  # fmt: skip
        if self.ref.kind is Kind.PURCHASE_LOG:
            from storage.imports.purchases import import_purchases

            return import_purchases(
                holder, self.path, mapping, create=True, if_known="replace",
                progress=progress, cancelled=cancelled,
            ).command  # fmt: skip
        from storage.imports.survey import import_survey

        return import_survey(
            holder, self.path, mapping, create=True, if_known="replace",
            progress=progress, cancelled=cancelled,
        ).command  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """Reads customer value (CLV) in its variants (storage worker)."""

    document: "Document"
    workspace: Workspace
    given: "ClvInputs"
    survivors: tuple[float, ...] = ()

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.customers import clv_report

        return clv_report(
            self.workspace,
            self.document.engine,
            self.given,
            survivors=self.survivors,
            by_segment=True,
        )


@dataclass(frozen=True, slots=True)
class Leaving:
    """Reads churn in its variants (storage worker)."""

    document: "Document"
    workspace: Workspace

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.customers import churn_figures

        return churn_figures(self.workspace, self.document.engine)


@dataclass(frozen=True, slots=True)
class SavePicture:
    """Writes a picture beside its target and puts it in place at once (storage worker)."""

    path: Path
    content: bytes

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.exports.target import replacing

        with replacing(self.path) as target:
            target.file.write(self.content)
        return target.path
