"""What stands over a list: that it is frozen, of one segment, or not in money; and what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.model.workspace import Workspace
from journey.priority.result import Basis, Ranking
from ui.priorities import frozen_words
from ui.priorities.basis_words import why_index
from ui.priorities.looked import Looked, quarter_words
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.surfaces import InlineMessage, MessageKind


class Banners(QWidget):
    """Messages over each other, or none.

    Attributes:
        customers_wanted, import_wanted: of the buttons of an index, of an order by opinion.
        open_wanted: the open quarter is to be shown. all_wanted: all segments are.
    """

    customers_wanted = Signal()
    import_wanted = Signal()
    open_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frozen = InlineMessage(MessageKind.INFO, "", icon_name="lock-simple")
        self.open_button = self.frozen.add_action("open", "")
        self.frozen.action_chosen.connect(self._on_open)
        self.segment = InlineMessage(MessageKind.INFO, "", icon_name="users")
        self.all_button = self.segment.add_action("all", self.tr("Show all segments"))
        self.segment.action_chosen.connect(self._on_all)
        self.index = InlineMessage(MessageKind.WARNING, "", icon_name="currency-eur")
        self.customers_button = self.index.add_action("customers", self.tr("Enter customers"))
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
        column.setSpacing(8)
        for message in self._all:
            column.addWidget(message)

    @property
    def _all(self) -> tuple[InlineMessage, ...]:
        return (self.frozen, self.segment, self.index, self.opinion)

    def tell(
        self, ranking: Ranking | None, workspace: Workspace | None, looked: Looked | None = None
    ) -> None:
        """Say whose values a list has, and by what it is ranked where that is not money."""
        looked = looked or Looked()
        basis = ranking.basis if ranking is not None and ranking.items else Basis.MONEY
        self.index.setVisible(basis is Basis.INDEX)
        self.opinion.setVisible(basis is Basis.ORDER)
        self.customers_button.setVisible(looked.frozen is None)
        if basis is Basis.INDEX:
            self.index.set_words(self.tr("Index, not money"), why_index(workspace))
        self._tell_frozen(looked)
        self.segment.setVisible(looked.segment is not None and not looked.missing)
        if looked.segment is not None:
            told = self.tr("Values for {0} only: {1} of {2} segments")
            self.segment.set_words(
                told.format(looked.segment_name, 1, looked.part),
                self.tr("Ranks, bars and chances are among its own customers."),
            )
        self.setVisible(any(not message.isHidden() for message in self._all))

    def _tell_frozen(self, looked: Looked) -> None:
        self.frozen.setVisible(looked.kept is not None)
        if looked.kept is None:
            return
        self.frozen.set_words(*frozen_words.banner(looked.kept, looked))
        # The hash in full is for whoever compares it with that of a pack.
        set_plain_tooltip(self.frozen, looked.kept.content_sha256)
        self.open_button.setVisible(bool(looked.open_quarter))
        told = self.tr("Show {0}, open").format(quarter_words(looked.open_quarter))
        self.open_button.setText(told)

    def _on_open(self) -> None:
        self.open_wanted.emit()

    def _on_all(self) -> None:
        self.all_wanted.emit()

    def _on_customers(self) -> None:
        self.customers_wanted.emit()

    def _on_import(self) -> None:
        self.import_wanted.emit()
