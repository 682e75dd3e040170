"""What a format cannot hold, in words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from journey.model.ids import Kind
from ui.numbers import number
from ui.words import kind_word

if TYPE_CHECKING:
    from storage.openformats.convert_losses import Loss


def tr(text: str) -> str:
    """Translate a text of the interchange."""
    return QCoreApplication.translate("Interchange", text)


# What came across changed, not what stayed behind.
_CHANGED: Final[dict[str, Callable[[], str]]] = {
    "accessibility_text": lambda: tr("accessibility texts were left out"),
    "actor": lambda: tr("actors of tasks without a readable score were left out"),
    "actor_named_twice": lambda: tr("actors of the same name became one"),
    "directive": lambda: tr("drawing directives were left out"),
    "front_matter": lambda: tr("lines of front matter were left out"),
    "judged_experience_averaged": lambda: tr(
        "touchpoints were judged differently; the mean is written"
    ),
    "name_changed": lambda: tr("names hold signs the format keeps for itself; they are replaced"),
    "node_without_stage": lambda: tr("cards stand in no stage"),
    "not_judged": lambda: tr("touchpoints without a judged experience get the middle score"),
    "note.touchpoint": lambda: tr("notes stand under their stage, not under their touchpoint"),
    "pain_point_without_touchpoint": lambda: tr("pain points stand in a stage, at no touchpoint"),
    "score_off_the_scale": lambda: tr("scores lay beyond the scale and were set to its end"),
    "score_rounded": lambda: tr("judged experiences are rounded to a score"),
    "score_unreadable": lambda: tr("scores could not be read and were left out"),
    "severity_rounded": lambda: tr("severities are rounded to low, medium or high"),
    "strength_without_touchpoint": lambda: tr("strengths stand in a stage, at no touchpoint"),
    "text_cleaned": lambda: tr("texts were cleaned or cut"),
    "unknown_field": lambda: tr("fields that nobody knows were left out"),
}
_LEFT: Final[dict[str, Callable[[], tuple[str, str]]]] = {
    "response": lambda: (tr("answer"), tr("answers")),
    "purchase": lambda: (tr("purchase"), tr("purchases")),
    "other_journey": lambda: (tr("other journey"), tr("other journeys")),
    "assumption": lambda: (tr("changed assumption"), tr("changed assumptions")),
    "journey.entrants": lambda: (
        tr("number of people who enter"),
        tr("numbers of people who enter"),
    ),
}
_KINDS: Final = {kind.value: kind for kind in Kind}


def loss_line(loss: "Loss") -> str:
    """Return what is lost or changed as a line for people."""
    count = number(loss.count, 0)
    if loss.kind in _CHANGED:
        return tr("Changed (%1): %2").replace("%1", count).replace("%2", _CHANGED[loss.kind]())
    what = _left(loss.kind, loss.count)
    return tr("Left out: %1 %2").replace("%1", count).replace("%2", what)


def _left(kind: str, count: int) -> str:
    if kind in _LEFT:
        one, many = _LEFT[kind]()
        return one if count == 1 else many
    if kind in _KINDS:
        return kind_word(_KINDS[kind], count)
    owner, dot, field = kind.partition(".")
    plain = field.replace("_", " ")
    if not dot or owner not in _KINDS:
        return kind.replace("_", " ").replace(".", ": ")
    words = tr("× “%1” of %2").replace("%1", plain)
    return words.replace("%2", kind_word(_KINDS[owner], 2))


def counted(kind: Kind, count: int) -> str:
    """Return a number of objects: "12 touchpoints"."""
    return f"{number(count, 0)} {kind_word(kind, count)}"
