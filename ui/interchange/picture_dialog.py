"""The dialog of a picture: what, in which format and look, and how it will be."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ui.numbers import number
from ui.render.apart import Wish
from ui.render.looks import theme_named
from ui.render.order import Format, Order, Picture, PictureTooLargeError
from ui.render.paper import MARGIN_MM, MM, PAPERS, SHEET
from ui.render.pdf import paint_sheet, plan_of
from ui.render.png import png_size
from ui.render.subject import Subject, View, draw
from ui.shell.theme import active_theme
from ui.shell.tokens import ThemeMode
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

PAGE_TO_SHARE: Final = "html"
_SIZE: Final = QSize(940, 560)
_PREVIEW: Final = QSize(520, 380)
_WAIT_MS: Final = 80
_SCALES: Final = (0.5, 1.0, 2.0, 3.0, 4.0)
_SHOWN: Final = 6  # pages of a preview
_GAP: Final = 10


class PictureDialog(QDialog):
    """Asks how a picture of a journey is made; what is asked for is drawn beside it."""

    def __init__(
        self, subject: Subject, view: View = View.MAP, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Picture"))
        self._subject = subject
        self._pictures: dict[tuple[View, str, bool], Picture] = {}
        self._drawn = QPixmap()
        self.view = self._choice(self._views(), view.value)
        self.format = self._choice(self._formats(), Format.PDF.value)
        self.look = self._choice(self._looks(), ThemeMode.LIGHT.value)
        self.page = self._choice(self._pages(), SHEET)
        self.scale = self._choice([(str(s), f"{s * 100:.0f} %") for s in _SCALES], "2.0")
        self.one_sheet = QCheckBox(self.tr("Everything on one sheet"))
        self.transparent = QCheckBox(self.tr("Transparent ground"))
        self.preview = QLabel()
        self.preview.setMinimumSize(_PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setAccessibleName(self.tr("Preview"))
        self.told = WrapLabel("", role="text_2")
        self.cancel = Button(self.tr("Cancel"))
        self.save = Button(self.tr("Save as…"), "download-simple", "primary")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.show_preview)
        self._lay_out()
        self._connect()
        self.resize(_SIZE)
        self._follow()

    # -- what was asked for -----------------------------------------------------------------------

    @property
    def ending(self) -> str:
        """The file's ending, with its dot."""
        return f".{self.format.currentData()}"

    @property
    def is_page(self) -> bool:
        """Whether a page to share is wanted rather than a picture."""
        return bool(self.format.currentData() == PAGE_TO_SHARE)

    @property
    def order(self) -> Order:
        """How the picture is written."""
        kind = Format.SVG if self.is_page else Format(self.format.currentData())
        scale = float(self.scale.currentData()) if kind is Format.PNG else None
        page = str(self.page.currentData()) if kind is Format.PDF else SHEET
        one = self.one_sheet.isChecked() and page != SHEET
        return Order(kind, scale, page, one)

    @property
    def wish(self) -> Wish:
        """What is to be drawn, as plain values."""
        clear = self.transparent.isChecked() and self.transparent.isEnabled()
        view = View.MAP if self.is_page else View(self.view.currentData())
        order = None if self.is_page else self.order
        return Wish(self._subject, view, str(self.look.currentData()), clear, order)

    @property
    def picture(self) -> Picture:
        """The picture in the look that was chosen."""
        wish = self.wish
        key = (wish.view, wish.look, wish.transparent)
        if key not in self._pictures:
            theme = theme_named(wish.look, transparent=wish.transparent)
            self._pictures[key] = draw(self._subject, wish.view, theme)
        return self._pictures[key]

    # -- the dialog -------------------------------------------------------------------------------

    def _choice(self, entries: list[tuple[str, str]], current: str) -> QComboBox:
        box = QComboBox()
        for key, words in entries:
            box.addItem(words, key)
        box.setCurrentIndex(box.findData(current))
        return box

    def _views(self) -> list[tuple[str, str]]:
        return [(View.MAP.value, self.tr("Map")), (View.FLOW.value, self.tr("Flow"))]

    def _formats(self) -> list[tuple[str, str]]:
        return [
            (Format.PDF.value, self.tr("PDF, to print and mail")),
            (Format.PNG.value, self.tr("PNG, for slides and chats")),
            (Format.SVG.value, self.tr("SVG, to draw on")),
            (PAGE_TO_SHARE, self.tr("HTML, a page with details on a click")),
        ]

    def _looks(self) -> list[tuple[str, str]]:
        return [
            (ThemeMode.LIGHT.value, self.tr("Light")),
            (ThemeMode.DARK.value, self.tr("Dark")),
        ]

    def _pages(self) -> list[tuple[str, str]]:
        own = self.tr("One sheet as large as the picture")
        return [(name, own if name == SHEET else name) for name in PAPERS]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(10)
        for words, field in (
            (self.tr("Format"), self.format),
            (self.tr("View"), self.view),
            (self.tr("Colours"), self.look),
            (self.tr("Paper"), self.page),
            (self.tr("Size"), self.scale),
        ):
            label = PlainLabel(words, role="text_2")
            label.setBuddy(field)
            label.setMinimumHeight(field.sizeHint().height())
            field.setAccessibleName(words)
            form.addRow(label, field)
        form.addRow("", self.one_sheet)
        form.addRow("", self.transparent)
        left = QVBoxLayout()
        left.addLayout(form)
        left.addSpacing(8)
        left.addWidget(self.told)
        left.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(left, 2)
        middle.addWidget(self.preview, 3)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(PlainLabel(self.tr("A picture of the journey"), "screen", 600))
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        for box in (self.view, self.format, self.look, self.page, self.scale):
            box.currentIndexChanged.connect(self._follow)
        for tick in (self.one_sheet, self.transparent):
            tick.toggled.connect(self._follow)
        self.cancel.setAutoDefault(False)
        self.save.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)

    @Slot()
    def _follow(self) -> None:
        """Let be chosen what the format has, and draw anew when the hand rests."""
        kind = self.format.currentData()
        self.view.setEnabled(kind != PAGE_TO_SHARE)
        self.page.setEnabled(kind == Format.PDF.value)
        self.scale.setEnabled(kind == Format.PNG.value)
        paged = kind == Format.PDF.value and self.page.currentData() != SHEET
        self.one_sheet.setEnabled(paged)
        self.transparent.setEnabled(kind in (Format.PNG.value, Format.SVG.value))
        self._timer.start()

    @Slot()
    def show_preview(self) -> None:
        """Draw what was asked for, small."""
        self._timer.stop()
        order, picture = self.order, self.picture
        too_large = ""
        if order.format is Format.PDF:
            words = self._preview_pages(picture, order)
        else:
            words, too_large = self._size_words(picture, order)
            self._drawn = self._whole(picture)
        if self.is_page:
            words = self.tr(
                "One file that opens in any browser, without a network. Figures of fewer than %1 "
                "answers and comments are not in it."
            ).replace("%1", number(self._subject.workspace.info.minimum_n, 0))
        self.told.set_text(too_large or words)
        self.told.set_role("warning" if too_large else "text_2")
        self.save.setEnabled(not too_large)
        self._fit()

    def _size_words(self, picture: Picture, order: Order) -> tuple[str, str]:
        if order.format is not Format.PNG:
            return self.tr("Sharp at every size; the text can be searched."), ""
        try:
            wide, high = png_size(picture, order.scale or 1.0)
        except PictureTooLargeError as error:
            words = self.tr("This is larger than programs open; %1 % is the most.")
            return "", words.replace("%1", number(error.scale * 100, 0))
        words = self.tr("%1 × %2 pixels").replace("%1", number(wide, 0))
        return words.replace("%2", number(high, 0)), ""

    def _preview_pages(self, picture: Picture, order: Order) -> str:
        plan = plan_of(picture, order)
        count = max(len(plan.pages), 1)
        room, margin = plan.paper.room, MARGIN_MM * MM
        sheet = QSizeF(room.width() + 2 * margin, room.height() + 2 * margin)
        shown = min(count, _SHOWN)
        columns = min(shown, 2 if sheet.width() > sheet.height() else 3)
        rows = -(-shown // columns)
        ratio = self.devicePixelRatioF()
        wide = self.preview.width() / columns - _GAP
        high = self.preview.height() / rows - _GAP
        scale = min(wide / sheet.width(), high / sheet.height())
        image = self._image(QSizeF(
            columns * (sheet.width() * scale + _GAP), rows * (sheet.height() * scale + _GAP)
        ))  # fmt: skip
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(shown):
                left = (index % columns) * (sheet.width() * scale + _GAP)
                top = (index // columns) * (sheet.height() * scale + _GAP)
                painter.save()
                painter.translate(left, top)
                painter.scale(scale, scale)
                area = QRectF(QPointF(0, 0), sheet)
                painter.fillRect(area, picture.theme.canvas)
                painter.setPen(active_theme().outline)
                painter.drawRect(area)
                painter.translate(margin, margin)
                paint_sheet(painter, picture, plan, index)
                painter.restore()
        image.setDevicePixelRatio(ratio)
        self._drawn = QPixmap.fromImage(image)
        words = self.tr("1 page") if count == 1 else self.tr("%1 pages")
        words = words.replace("%1", number(count, 0))
        return f"{words}, {self._drawn_at(plan.scale)}"

    def _drawn_at(self, scale: float) -> str:
        return self.tr("drawn at %1 %").replace("%1", number(scale * 100, 0))

    def _whole(self, picture: Picture) -> QPixmap:
        size, room = picture.size(), QSizeF(self.preview.size())
        scale = min(room.width() / size.width(), room.height() / size.height(), 1.0)
        image = self._image(size * scale)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            picture.paint(painter)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        return QPixmap.fromImage(image)

    def _image(self, size: QSizeF) -> QImage:
        ratio = self.devicePixelRatioF()
        pixels = (size * ratio).toSize().expandedTo(QSize(1, 1))
        image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: the preview fills its place."""
        super().resizeEvent(event)
        self._timer.start()

    def _fit(self) -> None:
        self.preview.setPixmap(self._drawn)
