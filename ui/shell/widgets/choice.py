"""One entry to choose, and the menu of such entries."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget


class Choice(NamedTuple):
    """One entry to choose. An empty `id` is a separator in a menu; an icon makes it a command."""

    id: str
    label: str = ""
    icon_name: str = ""


def choices_menu(parent: "QWidget", choices: Sequence[Choice], current: str) -> "QMenu":
    """Return a menu whose actions carry the ids as data; it goes when it is closed.

    Entries without an icon exclude each other and the one with the id `current` is ticked.
    """
    # Menus and actions are loaded when the first one opens, not before the first paint.
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAction, QActionGroup
    from PySide6.QtWidgets import QMenu

    from ui.shell.icons import icon

    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    group = QActionGroup(menu)
    for choice in choices:
        if not choice.id:
            menu.addSeparator()
            continue
        action = QAction(choice.label.replace("&", "&&"), menu)
        action.setData(choice.id)
        if choice.icon_name:
            action.setIcon(icon(choice.icon_name))
        else:
            action.setCheckable(True)
            action.setChecked(choice.id == current)
            group.addAction(action)
        menu.addAction(action)
    return menu
