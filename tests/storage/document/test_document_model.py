"""Random edits, undo, redo, publishing and reopening against a plain model."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from journey.edit import AddStage, Command, MoveStage, Remove, Rename
from journey.errors import EditError
from journey.model.ids import JourneyId, Kind, Ref, StageId
from storage.document import Document, check_document, read_document
from storage.document.files import file_sha256
from tests.storage.document.sample import names, sample_workspace

JOURNEY = JourneyId("journey-1")


class DocumentMachine(RuleBasedStateMachine):
    """A document and, beside it, nothing but workspaces in memory."""

    @initialize()
    def create(self) -> None:
        """Begin with the sample."""
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.environment = pytest.MonkeyPatch()
        self.environment.setenv("WAYMARK_STATE_DIR", str(root / "state"))
        (root / "documents").mkdir()
        self.path = root / "documents" / "model.waymark"
        self.document = Document.create(self.path, sample_workspace())
        self.model = sample_workspace()
        self._look()
        self.done: list[Command] = []
        self.undone: list[Command] = []

    def _look(self) -> None:
        """The file holds the model, and from now on nothing but a publish may change it."""
        with read_document(self.path) as found:
            assert found.workspace == self.model
        self.published = file_sha256(self.path)

    def _run(self, command: Command) -> None:
        try:
            changes = command.do(self.document.workspace)
        except EditError:
            return
        self.document.write(changes)
        changes.apply(self.model)
        self.done.append(command)
        self.undone.clear()

    @rule(name=st.text("abż ", min_size=1, max_size=5), index=st.integers(0, 3))
    def add(self, name: str, index: int) -> None:
        """Add a stage."""
        self._run(AddStage(JOURNEY, name, index))

    @rule(data=st.data(), name=st.text("xyz", min_size=1, max_size=5))
    def change(self, data: st.DataObject, name: str) -> None:
        """Rename, move or remove a stage."""
        stages = sorted(self.document.workspace.stages)
        if not stages:
            return
        stage = StageId(data.draw(st.sampled_from(stages)))
        ref = Ref(Kind.STAGE, stage)
        commands = [Rename(ref, name), MoveStage(stage, 0), Remove(ref)]
        self._run(data.draw(st.sampled_from(commands)))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        """Take the last command back."""
        command = self.done.pop()
        changes = command.undo(self.document.workspace)
        self.document.write(changes)
        changes.apply(self.model)
        self.undone.append(command)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        """Do it again."""
        command = self.undone.pop()
        changes = command.do(self.document.workspace)
        self.document.write(changes)
        changes.apply(self.model)
        self.done.append(command)

    @rule()
    def publish(self) -> None:
        """Publish what there is."""
        self.document.publish()
        self._look()

    @rule(publish=st.booleans())
    def reopen(self, publish: bool) -> None:
        """Close, published or not, and open again; undo does not reach back beyond it."""
        unpublished = self.document.has_unpublished
        self.document.close(publish=publish)
        if publish:
            self._look()
            assert names(self.path.parent) == [self.path.name]
        self.document = Document.open(self.path)
        if publish or not unpublished:
            assert not self.document.recovered
        assert self.document.workspace == self.model
        self.done.clear()
        self.undone.clear()

    @invariant()
    def the_file_changes_by_publishing_only(self) -> None:
        """Edits never touch the user's file."""
        if hasattr(self, "document"):
            assert file_sha256(self.path) == self.published

    def teardown(self) -> None:
        """Close and look once more."""
        if hasattr(self, "document"):
            self.document.close()
            self._look()
            assert check_document(self.path).findings == ()
            self.environment.undo()
            self.folder.cleanup()


TestDocumentModel = DocumentMachine.TestCase
# A release runs 1,000 × 100.
TestDocumentModel.settings = settings(
    max_examples=int(os.environ.get("WAYMARK_MODEL_RUNS", "20")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
