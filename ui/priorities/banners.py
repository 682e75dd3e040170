"""What stands over a list that is not in money: why, and what to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.model.workspace import Workspace
from journey.priority.result import Basis, Ranking
from ui.priorities.basis_words import why_index
from ui.shell.widgets.surfaces import InlineMessage, MessageKind


class Banners(QWidget):
    """One of two messages, or none. Fires `customers_wanted`, `import_wanted` for their buttons."""

    customers_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = InlineMessage(MessageKind.WARNING, "", icon_name="currency-eur")
        self.index.add_action("customers", self.tr("Enter customers"))
        self.index.action_chosen.connect(self._on_customers)
        self.opinion = InlineMessage(
            MessageKind.WARNING,
            self.tr("Opinion, not measured"),
            self.tr("No answer and no KPI stands behind this order."),
            icon_name="users-three",
        )
        self.opinion.add_action("import", self.tr("Import a survey"))
        self.opinion.action_chosen.connect(self._on_import)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 0)
        column.addWidget(self.index)
        column.addWidget(self.opinion)

    def tell(self, ranking: Ranking | None, workspace: Workspace | None) -> None:
        """Say by what a list is ranked, where that is not money."""
        basis = ranking.basis if ranking is not None and ranking.items else Basis.MONEY
        self.index.setVisible(basis is Basis.INDEX)
        self.opinion.setVisible(basis is Basis.ORDER)
        self.setVisible(basis is not Basis.MONEY)
        if basis is Basis.INDEX:
            self.index.set_words(self.tr("Index, not money"), why_index(workspace))

    def _on_customers(self) -> None:
        self.customers_wanted.emit()

    def _on_import(self) -> None:
        self.import_wanted.emit()
