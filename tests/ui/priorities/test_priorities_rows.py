"""A row is as high as its title, laid out at the very width it is painted in."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.priorities import PrioritiesView, words
from ui.priorities.columns import columns_for
from ui.priorities.lines import LineKind, Sort
from ui.shell.type import font
from ui.shell.wrapping import wrap


def test_every_row_has_room_for_its_text_at_every_width(view: PrioritiesView) -> None:
    model, painter = view.list.ranking_model, view.list.itemDelegate()
    rows = [r for r in range(model.rowCount()) if model.line(r).kind is LineKind.ITEM]
    wrapped = 0
    for width in range(880, 1300):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, 40)
        room = int(columns_for(width).places[Sort.PAIN_POINT][1])
        for row in rows:
            item = model.line(row).item
            assert item is not None
            lines = wrap(item.title, font("base", 500), 18, room).lines
            metas = wrap(words.place(item), font("meta"), 15, room - 16).lines
            height = painter.sizeHint(option, model.index(row)).height()
            assert height == max(40, lines * 18 + metas * 15 + 7), (width, item.title)
            wrapped += lines > 1
    assert wrapped, "some titles wrap at these widths"
