"""A document and files for the tests of survey imports."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from journey.model.workspace import Workspace
from storage.document import Document
from storage.evidence import EvidenceStore
from storage.imports.mapping import parse_mapping
from storage.imports.survey import IfKnown, import_survey
from storage.imports.survey_result import SurveyImport


class Trial:
    """An open document that takes files in as the application does."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document, self.folder = document, folder

    @property
    def workspace(self) -> Workspace:
        return self.document.workspace

    @property
    def store(self) -> EvidenceStore:
        return EvidenceStore(self.document.engine)

    def file(self, rows: Sequence[Sequence[object]], name: str = "answers.csv") -> Path:
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
        return path

    def take(
        self,
        path: Path,
        mapping: str,
        *,
        create: bool = True,
        journey: str | None = None,
        dry_run: bool = False,
        if_known: IfKnown = "refuse",
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SurveyImport:
        """Import, and do the command where there is one."""
        result = import_survey(
            self.document,
            path,
            parse_mapping(mapping),
            create=create,
            journey=journey,
            dry_run=dry_run,
            if_known=if_known,
            progress=progress,
            cancelled=cancelled,
        )
        if result.command is not None:
            self.document.write(result.command.do(self.workspace))
        return result

    def counts(self, quarter: str | None = None) -> dict[tuple[str, str, int], int]:
        """Answers by touchpoint, segment and score."""
        ws, found = self.workspace, {}
        for row in self.store.histogram(quarter):
            touchpoint = ws.questions[row.question].touchpoint
            assert touchpoint is not None
            segment = "" if row.segment is None else ws.segments[row.segment].name
            key = (ws.touchpoints[touchpoint].name, segment, row.score)
            found[key] = found.get(key, 0) + row.n
        return found

    def rows_stored(self) -> dict[str, int]:
        """How many rows each evidence table holds, active or not."""
        from sqlalchemy import func, select

        from storage.database import tables

        with self.document.reading_engine.connect() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (
                    tables.batch,
                    tables.response,
                    tables.comment,
                    tables.histogram,
                    tables.rejected,
                )
            }
