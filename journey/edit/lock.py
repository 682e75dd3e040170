"""The command that locks a journey's structure, or unlocks it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, existing, put
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.map import Journey
from journey.model.workspace import Workspace


class LockJourney(Command):
    """Lock or unlock a journey's stages, lanes and touchpoints.

    `layout` is kept with the lock where it is given: the lanes as they stand now, so that an
    order nobody wrote down before can be held against a later one.
    """

    def __init__(
        self,
        journey: JourneyId,
        locked: bool = True,
        *,
        layout: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__()
        self._ref, self._locked, self._layout = Ref(Kind.JOURNEY, journey), locked, layout
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The journey that is locked or unlocked."""
        return Summary("lock" if self._locked else "unlock", Kind.JOURNEY, self._name)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the journey."""
        journey = existing(ws, self._ref)
        assert isinstance(journey, Journey)
        self._name = journey.name
        layout = journey.layout if self._layout is None else self._layout
        yield put(ws, replace(journey, locked=self._locked, layout=layout))
