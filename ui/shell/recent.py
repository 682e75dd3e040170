"""What the start page will say of a workspace the next time."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from ui.session import Session
from ui.shell.settings import RecentFile


def recent_of(session: Session) -> RecentFile:
    """Return the line of a workspace that is open now."""

    def tr(words: str, count: int = -1) -> str:
        return QCoreApplication.translate("Recent", words, "", count)

    ws, evidence = session.document.workspace, session.findings.evidence
    names = [j.name for j in sorted(ws.journeys.values(), key=lambda j: (j.position, j.id))]
    more = tr(" and %n more", len(names) - 1) if len(names) > 1 else ""
    answers = evidence.answers if evidence else 0
    quarter = evidence.quarter if evidence and evidence.quarter else tr("no quarter yet")
    return RecentFile(
        str(session.document.path.resolve()),
        datetime.now(UTC),
        ws.info.name or session.document.path.stem,
        (names[0] + more) if names else "",
        tr("%1 · %n answers", answers).replace("%1", quarter),
        bool(answers),
    )
