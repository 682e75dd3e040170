"""What is said of a list that was frozen."""

from PySide6.QtCore import QCoreApplication

from journey.model.quarter import Quarter
from ui.priorities.looked import Looked, quarter_words

_HASH_SHOWN = 8


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


def banner(kept: Quarter, looked: Looked) -> tuple[str, str]:
    """Return the title and the words over a frozen list."""
    on = kept.frozen_at.date().isoformat() if kept.frozen_at is not None else ""
    title = tr("{0}, frozen on {1}").format(quarter_words(kept.id), on)
    if looked.unreadable is not None:
        return title, tr("What was kept of it cannot be read. Freeze it again with a reason.")
    if looked.frozen is None:
        return title, tr("It came without its figures: this list is ranked afresh, a draft.")
    parts = [tr("hash {0}").format(kept.content_sha256[:_HASH_SHOWN])]
    if kept.revision > 1:
        parts.append(tr("revision {0}").format(kept.revision))
    parts.append(tr("nothing here changes"))
    if not looked.open_quarter:
        parts.append(tr("the answers of the next quarter open a new list"))
    return title, ", ".join(parts)


def what_is_off() -> str:
    """Return why a frozen list has no what-ifs beside it."""
    return tr(
        "Budget, what-ifs and the other methods need the draws behind a list, and a frozen "
        "quarter keeps its figures only. They are there in an open quarter."
    )


def methods_off() -> str:
    """Return what stands in place of the other methods in a frozen quarter."""
    return tr(
        "The other methods are worked out from the answers, and a frozen quarter is not worked "
        "out again. They are there in an open quarter."
    )


def methods_of_all() -> str:
    """Return what stands in place of the other methods beside one segment."""
    return tr("The other methods know no segments. Show all segments to lay them beside the list.")
