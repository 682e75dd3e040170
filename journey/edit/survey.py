"""The command that takes a survey's answers in, with what they need on the map."""

from collections.abc import Iterator, Sequence

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, put
from journey.edit.entrance import cleaned
from journey.errors import EditError
from journey.model.evidence import Survey
from journey.model.ids import Kind
from journey.model.workspace import Entity, Workspace, ref_of


class AddSurvey(Command):
    """Add a survey whose answers are already stored, and the objects its mapping named.

    Undo takes the survey off the workspace; storage then leaves its answers out of the
    published file and drops them when the document is closed.
    """

    def __init__(self, survey: Survey, needed: Sequence[Entity] = ()) -> None:
        super().__init__()
        self.survey = survey
        self._needed = tuple(cleaned(entity) for entity in needed)

    @property
    def summary(self) -> Summary:
        """The survey's name."""
        return Summary("import", Kind.SURVEY, self.survey.name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the needed objects, then the survey."""
        if ws.find(ref_of(self.survey)) is not None:
            raise EditError("exists", ref=ref_of(self.survey))
        for entity in self._needed:
            yield put(ws, entity)
        yield put(ws, cleaned(self.survey))
