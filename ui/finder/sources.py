"""What the finder looks through: the actions of the window, and what was written."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from journey.edit.command import display_name
from journey.model.ids import Kind, Ref
from journey.model.search import Hit, find, folded
from journey.model.workspace import Workspace
from ui.finder.rows import FoundRow
from ui.inspector.header import KINDS
from ui.offers import Offer
from ui.words import kind_word


def action_rows(actions: Iterable[QAction], text: str) -> list[FoundRow]:
    """Return the actions whose words hold every word typed; those that can be done first."""
    wanted = folded(text).split()
    found = []
    for action in actions:
        words = action.text().replace("&", "")
        if words and all(word in folded(words) for word in wanted):
            found.append((not action.isEnabled(), _action_row(action, words)))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _action_row(action: QAction, words: str) -> FoundRow:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
    why = "" if action.isEnabled() else QCoreApplication.translate("Finder", "Not possible now")
    icon = action.property("sign") or "arrow-right"
    return FoundRow(words, str(icon), "accent", why, keys, action, action.isEnabled())


def offer_rows(offers: Iterable[Offer], text: str) -> list[FoundRow]:
    """Return what a view offers whose words hold every word typed; what can be done first."""
    wanted = folded(text).split()
    found = [o for o in offers if all(word in folded(o.words) for word in wanted)]
    why = QCoreApplication.translate("Finder", "Not possible now")
    return [
        FoundRow(o.words, o.sign, "accent", "" if o.on else why, o.keys, o, o.on)
        for o in sorted(found, key=lambda o: not o.on)
    ]


def object_rows(ws: Workspace, text: str) -> list[FoundRow]:
    """Return what holds every word typed, the best first."""
    return [_object_row(ws, hit) for hit in find(ws, text)]


def _object_row(ws: Workspace, hit: Hit) -> FoundRow:
    icon, role = KINDS[hit.ref.kind]
    place = _place(ws, hit.ref)
    kind = kind_word(hit.ref.kind)
    detail = " · ".join(part for part in (kind[:1].upper() + kind[1:], place, hit.excerpt) if part)
    return FoundRow(hit.title, icon, role, detail, payload=hit.ref)


def _place(ws: Workspace, ref: Ref) -> str:
    """Return where an object stands: its touchpoint, else its stage, else its journey."""
    entity = ws.find(ref)
    for field, kind in (
        ("touchpoint", Kind.TOUCHPOINT),
        ("stage", Kind.STAGE),
        ("journey", Kind.JOURNEY),
    ):
        above = getattr(entity, field, None)
        if isinstance(above, str):
            return display_name(ws.find(Ref(kind, above)))
    return ""
