"""Freezing a quarter: a command that nothing takes back; only a new revision follows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, cast

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, put
from journey.errors import EditError
from journey.model.ids import Kind, QuarterId, Ref
from journey.model.quarter import Quarter
from journey.model.text import clean_note
from journey.model.workspace import Workspace
from journey.quarter.plain import plain
from journey.quarter.record import QuarterData, content_sha256, record_of
from journey.quarter.spread import Listed
from journey.report.around import Around, Picture
from journey.report.pictures import to_keep


def frozen_quarter(
    ws: Workspace,
    listed: Listed,
    data: QuarterData,
    *,
    at: datetime,
    around: Around | None = None,
    workspace_sha256: str = "",
) -> Quarter:
    """Return the quarter of a list as it is to be kept, revision 1.

    Args:
        listed: the ranking of that quarter; ws: the workspace it was made of.
        at: now, aware. around: what its packs tell beside the list.
    """
    ranking = listed.ranking
    assert ranking.quarter is not None
    items: tuple[dict[str, Any], ...] = tuple(plain(item) for item in ranking.items)
    return Quarter(
        id=QuarterId(ranking.quarter),
        frozen_at=at,
        method_version=ranking.method_version,
        items=items,
        record=record_of(ws, listed, data, around=around, workspace_sha256=workspace_sha256),
    )


class FreezeQuarter(Command):
    """Keep a quarter for ever; one that is frozen takes a new revision, with a reason.

    Not undoable: a document runs it once and keeps it off the undo stack.
    """

    undoable: ClassVar[bool] = False

    def __init__(self, quarter: Quarter, reason: str = "") -> None:
        super().__init__()
        self._quarter = quarter
        self._reason = clean_note(reason).strip()

    @property
    def quarter(self) -> Quarter:
        """What is to be kept, as it stands before its revision and hash are known."""
        return self._quarter

    def with_pictures(self, pictures: Iterable[Picture]) -> "FreezeQuarter":
        """Return the command that also keeps the maps as they were, as far as there is room."""
        record = self._quarter.record
        around = cast(Mapping[str, object], record["around"])
        kept = {**around, "pictures": plain(to_keep(pictures))}
        return FreezeQuarter(
            replace(self._quarter, record={**record, "around": kept}), self._reason
        )

    @property
    def summary(self) -> Summary:
        """The quarter's label."""
        return Summary("freeze", Kind.QUARTER, self._quarter.id)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the quarter with its revision, its reason and its hash.

        Raises:
            EditError: frozen (ref, revision): it is frozen and no reason was given.
        """
        before = ws.quarters.get(self._quarter.id)
        if before is not None and not self._reason:
            ref = Ref(Kind.QUARTER, before.id)
            raise EditError("frozen", ref=ref, revision=before.revision)
        yield put(ws, _revised(self._quarter, before, self._reason))


def _revised(quarter: Quarter, before: Quarter | None, reason: str) -> Quarter:
    previous: list[object] = []
    if before is not None:
        earlier = before.record.get("previous", [])
        previous = [
            *(earlier if isinstance(earlier, list) else []),
            {
                "revision": before.revision,
                "content_sha256": before.content_sha256,
                "frozen_at": before.frozen_at.isoformat() if before.frozen_at else None,
                "reason": before.reason,
            },
        ]
    found = replace(
        quarter,
        revision=before.revision + 1 if before else 1,
        reason=reason if before else "",
        record={**quarter.record, "previous": previous},
    )
    return replace(found, content_sha256=content_sha256(found))
