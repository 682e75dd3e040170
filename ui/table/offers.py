"""What the table can do, by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from journey.model.ids import Kind
from ui.offers import Offer
from ui.table.columns import KINDS
from ui.table.words import tr
from ui.words import kind_word

if TYPE_CHECKING:
    from ui.table.screen import TableScreen


def offers(screen: "TableScreen") -> list[Offer]:
    """Return what can be done in a table now; what cannot says so."""
    grid = screen.grid
    acts, table, may = grid.acts, grid.table, not grid.document.read_only
    rows = bool(grid.selected_refs())
    return [
        Offer(tr("New row"), "plus", screen.start_new_row, "Ctrl++", may),
        Offer(tr("Fill down"), "arrow-down", grid.fill.down, "Ctrl+D", may and rows),
        Offer(tr("Cut"), "scissors", acts.cut, "Ctrl+X", may and rows),
        Offer(tr("Copy"), "copy", acts.copy, "Ctrl+C", rows),
        Offer(tr("Copy all rows"), "copy", acts.copy_all),
        Offer(tr("Paste"), "clipboard-text", acts.paste, "Ctrl+V", may),
        Offer(tr("Delete the selected rows"), "trash", acts.remove_rows, "Ctrl+-", may and rows),
        Offer(tr("Choose columns"), "columns", screen.open_columns),
        Offer(tr("Clear the filters"), "funnel", screen.clear_filters, on=bool(table.filters)),
        Offer(tr("Order as on the map"), "sort-ascending", _unsort(screen),
              on=bool(table.sorted_by)),
        *(
            Offer(tr("Table of {0}").format(kind_word(kind, 2)), "table", _show(screen, kind),
                  on=kind is not screen.kind)
            for kind in KINDS
        ),
    ]  # fmt: skip


def _unsort(screen: "TableScreen") -> Callable[[], object]:
    return lambda: screen.sort(())


def _show(screen: "TableScreen", kind: Kind) -> Callable[[], object]:
    return lambda: screen.show_kind(kind)
