"""The application's palette and stylesheet, generated from a theme's roles over Fusion."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPalette

from ui.shell.tokens import ROLES

if TYPE_CHECKING:
    from ui.shell.theme import Theme

_MARKS: Final = Path(__file__).resolve().parents[2] / "resources" / "themes"

# Sizes are those of the look: buttons 32 (28 compact), fields 36, radius 6, lists 4.
# A ring of 2 px takes one pixel from the padding, so nothing moves when focus comes.
_SHEET: Final = """
QWidget { color: %(text)s; }
QMainWindow, QDialog, QMessageBox { background: %(window)s; }
QLabel { background: transparent; }
QLabel[role="text_2"] { color: %(text_2)s; }
QLabel[role="text_3"] { color: %(text_3)s; }
QLabel[role="accent"] { color: %(accent)s; }
QLabel[role="warning"] { color: %(warning)s; }
QLabel[role="good"] { color: %(good)s; }
QLabel[role="pain_text"] { color: %(pain_text)s; }
QLabel[role="improvement_text"] { color: %(improvement_text)s; }

QPushButton, QToolButton[kind="plain"] {
  background: %(surface)s; color: %(text)s; border: 1px solid %(outline)s; border-radius: 6px;
  padding: 0 12px; min-height: 30px; font-weight: 500;
}
QPushButton[compact="true"], QToolButton[kind="plain"] { min-height: 26px; padding: 0 10px; }
QPushButton:hover, QToolButton[kind="plain"]:hover {
  background: %(sunken)s; border-color: %(neutral)s; }
QPushButton:pressed, QPushButton:checked, QToolButton[kind="plain"]:pressed {
  background: %(accent_tint)s; border-color: %(accent)s; }
QPushButton:checked { color: %(accent)s; font-weight: 600; }
QPushButton:focus { border: 2px solid %(accent)s; padding: 0 11px; min-height: 28px; }
QPushButton[compact="true"]:focus { padding: 0 9px; min-height: 24px; }
QPushButton:disabled { background: transparent; color: %(text_3)s; border-color: %(hairline)s; }
QPushButton:default, QPushButton[kind="primary"] {
  background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600; }
QPushButton:default:hover, QPushButton[kind="primary"]:hover,
QPushButton:default:pressed, QPushButton[kind="primary"]:pressed {
  background: %(accent_strong)s; border-color: %(accent_strong)s; }
QPushButton:default:focus, QPushButton[kind="primary"]:focus { border: 2px solid %(text)s; }
QPushButton:default:disabled, QPushButton[kind="primary"]:disabled {
  background: transparent; color: %(text_3)s; border-color: %(hairline)s; }
QPushButton[kind="link"] {
  background: transparent; border: 1px solid transparent; color: %(accent)s; font-weight: 600;
  padding: 0 3px; min-height: 20px; text-align: left; }
QPushButton[kind="link"]:hover { background: %(sunken)s; }
QPushButton[kind="link"]:pressed { background: %(accent_tint)s; }
QPushButton[kind="link"]:focus { border: 2px solid %(accent)s; padding: 0 2px; min-height: 18px; }
QPushButton[kind="link"]:disabled { color: %(text_3)s; }
QPushButton[kind="quiet"] {
  background: transparent; border: 1px solid transparent; color: %(text_2)s; font-weight: 400;
  padding: 0 6px; min-height: 26px; }
QPushButton[kind="quiet"]:hover { background: %(sunken)s; }
QPushButton[kind="quiet"]:pressed { background: %(accent_tint)s; }
QPushButton[kind="quiet"]:focus { border: 2px solid %(accent)s; padding: 0 5px; min-height: 24px; }
QPushButton::menu-indicator { image: none; width: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px; }
QToolButton:hover { background: %(sunken)s; border-color: %(hairline)s; }
QToolButton:pressed, QToolButton:checked { background: %(accent_tint)s; }
QToolButton:focus { border: 2px solid %(accent)s; padding: 3px; }
QToolButton:disabled { color: %(text_3)s; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QDateTimeEdit, QComboBox {
  background: %(surface)s; color: %(text)s; border: 1px solid %(outline)s; border-radius: 6px;
  padding: 0 9px; min-height: 34px; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; }
QPlainTextEdit, QTextEdit { background: %(surface)s; color: %(text)s; border: 1px solid %(outline)s;
  border-radius: 6px; padding: 5px; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; }
QLineEdit[compact="true"], QComboBox[compact="true"], QSpinBox[compact="true"],
QDoubleSpinBox[compact="true"] { min-height: 26px; padding: 0 7px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover,
QDateEdit:hover { border-color: %(neutral)s; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus {
  border: 2px solid %(accent)s; padding: 0 8px; min-height: 32px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px; min-height: 0; }
QLineEdit[compact="true"]:focus, QComboBox[compact="true"]:focus, QSpinBox[compact="true"]:focus,
QDoubleSpinBox[compact="true"]:focus { padding: 0 6px; min-height: 24px; }
QLineEdit[doubt="true"] { border: 1px dashed %(warning)s; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled,
QPlainTextEdit:disabled { background: transparent; color: %(text_3)s; border-color: %(hairline)s; }
QLineEdit:read-only { background: %(window)s; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus,
QComboBox QLineEdit:focus { border: 0; padding: 0; min-height: 0; background: transparent; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { padding: 0 0 0 8px; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: url("%(marks)s/down-%(name)s.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { border: 1px solid %(outline)s; padding: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  subcontrol-origin: border; border: 0; width: 22px; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; padding-top: 4px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; padding-bottom: 4px; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow { image: url("%(marks)s/up-%(name)s.svg"); }
QAbstractSpinBox::down-arrow { image: url("%(marks)s/down-%(name)s.svg"); }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 22px; }
QCheckBox:disabled, QRadioButton:disabled { color: %(text_3)s; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {
  width: 16px; height: 16px; border: 1px solid %(neutral)s; background: %(surface)s; }
QCheckBox::indicator, QListView::indicator, QMenu::indicator:non-exclusive {
  border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: %(accent)s; }
QCheckBox::indicator:checked, QListView::indicator:checked {
  background: %(accent)s; border-color: %(accent)s;
  image: url("%(marks)s/check-%(name)s.svg"); }
QCheckBox::indicator:indeterminate { background: %(accent)s; border-color: %(accent)s;
  image: url("%(marks)s/dash-%(name)s.svg"); }
QRadioButton::indicator:checked { background: %(surface)s; border-color: %(accent)s;
  image: url("%(marks)s/dot-%(name)s.svg"); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid %(accent)s;
  width: 14px; height: 14px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: %(hairline)s;
  background: %(sunken)s; }

QMenuBar { background: %(surface)s; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: %(accent_tint)s; }
QMenu { background: %(surface)s; border: 1px solid %(outline)s; padding: 5px; }
QMenu::item { padding: 6px 18px 6px 10px; border-radius: 4px; min-height: 18px; }
QMenu::item:selected { background: %(accent_tint)s; color: %(text)s; }
QMenu::item:disabled { color: %(text_3)s; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: %(hairline)s; margin: 5px 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QMenu::indicator:checked { image: url("%(marks)s/tick-%(name)s.svg"); }
QMenu::right-arrow { image: url("%(marks)s/right-%(name)s.svg"); width: 12px; height: 12px; }
QToolTip { background: %(text)s; color: %(surface)s; border: 0; padding: 5px 8px; font-size: 12px; }

QAbstractItemView { background: %(surface)s; color: %(text)s; border: 0; outline: 0;
  alternate-background-color: %(surface)s; selection-background-color: %(selected)s;
  selection-color: %(text)s; gridline-color: %(hairline)s; }
QListView::item { padding: 6px 8px; border-radius: 4px; }
QTreeView::item { min-height: 28px; }
QListView::item:hover, QTreeView::item:hover { background: %(sunken)s; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
  background: %(selected)s; color: %(text)s; }
QHeaderView { background: %(surface)s; border: 0; }
QHeaderView::section { background: %(surface)s; color: %(text_2)s; border: 0;
  border-bottom: 1px solid %(hairline)s; padding: 6px 8px; font-size: 11px; font-weight: 600; }
QHeaderView::down-arrow { image: url("%(marks)s/down-%(name)s.svg"); width: 10px; height: 10px; }
QHeaderView::up-arrow { image: url("%(marks)s/up-%(name)s.svg"); width: 10px; height: 10px; }
QTableCornerButton::section { background: %(surface)s; border: 0; }

QTabWidget::pane { border: 0; border-top: 1px solid %(hairline)s; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: %(text_2)s; padding: 7px 2px; margin-right: 18px;
  border: 0; border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:hover { color: %(text)s; border-bottom-color: %(outline)s; }
QTabBar::tab:selected { color: %(accent)s; border-bottom-color: %(accent)s; font-weight: 600; }
QTabBar::tab:focus { background: %(accent_tint)s; }

QSlider { min-height: 24px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: %(hairline)s; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: %(accent)s; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
  border: 2px solid %(accent)s; background: %(surface)s; }
QSlider::handle:horizontal:hover { background: %(accent_tint)s; }
QSlider::handle:horizontal:focus { background: %(accent)s; }
QSlider::sub-page:disabled, QSlider::handle:disabled { background: %(outline)s;
  border-color: %(outline)s; }

QProgressBar { background: %(hairline)s; border: 0; border-radius: 2px; min-height: 4px;
  max-height: 4px; color: transparent; }
QProgressBar::chunk { background: %(accent)s; border-radius: 2px; }

QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %(outline)s; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: %(neutral)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: %(hairline)s; }
QSplitter::handle:hover { background: %(accent)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QGroupBox { border: 0; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; color: %(text)s; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: %(hairline)s; }
"""


def application_stylesheet(theme: "Theme") -> str:
    """Return the stylesheet for a theme; its little marks are files beside the themes."""
    values = {role: theme.role(role).name() for role in ROLES}
    values["name"] = theme.name
    values["marks"] = _MARKS.as_posix().replace('"', "%22")
    return _SHEET % values


def application_palette(theme: "Theme") -> QPalette:
    """Return the palette for a theme: what the stylesheet does not reach, native parts too."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.on_accent),
        (role.ToolTipBase, theme.text),
        (role.ToolTipText, theme.surface),
        (role.PlaceholderText, theme.text_3),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.surface),
        (role.Midlight, theme.sunken),
        (role.Mid, theme.outline),
        (role.Dark, theme.neutral),
        (role.Shadow, theme.shadow),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.text_3))
    return palette
