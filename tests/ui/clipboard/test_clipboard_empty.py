"""A clipboard that holds nothing, not even nothing: Qt then has no data to give."""

from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from ui.clipboard import on_clipboard, picture_in, plain_text, read_fragment, read_rows


def test_what_no_program_gives_is_nothing(qapp: QApplication, monkeypatch) -> None:
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
    data = on_clipboard()
    assert read_fragment(data) is None
    assert picture_in(data) is None
    assert not plain_text(data)
    assert not any(any(row) for row in read_rows(data))
