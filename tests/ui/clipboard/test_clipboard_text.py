"""Rows, fragments and pictures on their way over the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QColor, QImage

from journey.edit import fragment_of
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from ui.clipboard import (
    MIME,
    PictureError,
    carry,
    cells_beyond,
    parse_rows,
    plain_text,
    read_fragment,
    read_rows,
    show_picture,
    take_picture,
    too_many_words,
    write_rows,
)

CELLS = st.text(alphabet=st.sampled_from("ab\"\t\n' żд"), max_size=8).map(str.strip)
TABLES = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=5)
)


@given(TABLES)
def test_what_excel_would_write_is_read_back(rows) -> None:
    kept = [list(row) for row in rows]
    while kept and not any(kept[-1]):
        kept.pop()
    assert parse_rows(write_rows(rows)) == kept


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one\r\ntwo\r\n", [["one"], ["two"]]),
        ('a\t"b\n""c"""\nd', [["a", 'b\n"c"'], ["d"]]),
        ('"open quote\nnext', [['"open quote'], ["next"]]),
        ('say "hi" now', [['say "hi" now']]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_texts_of_other_programs(text: str, rows: list[list[str]]) -> None:
    assert parse_rows(text) == rows


def test_html_gives_its_letters_only(qapp) -> None:
    data = QMimeData()
    data.setHtml('<b>Bold</b><script>x()</script><img src="file:///etc/passwd"> &amp; more')
    assert plain_text(data).split() == ["Bold", "&", "more"]
    both = QMimeData()
    both.setHtml("<table><tr><td>a</td></tr></table>")
    both.setText("a\tb")
    assert read_rows(both) == [["a", "b"]]


def test_a_fragment_goes_over_the_clipboard_whole(qapp) -> None:
    ws = new_workspace("Bank")
    journey = next(iter(ws.journeys))
    fragment = fragment_of(ws, [Ref(Kind.JOURNEY, journey)])
    back = read_fragment(carry(fragment))
    assert back == fragment


@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b'{"format":"waymark/1"}']))
def test_junk_is_no_fragment(junk: bytes) -> None:
    data = QMimeData()
    data.setData(MIME, junk)
    assert read_fragment(data) is None


def test_a_fragment_without_its_roots_is_refused(qapp) -> None:
    data = QMimeData()
    about = b'{"roots":[["pain_point","gone"]],"columns":{},"moved":false}'
    rest = b'"format":"waymark/1","objects":[],"named":[]'
    data.setData(MIME, b'{"fragment":' + about + b"," + rest + b"}")
    assert read_fragment(data) is None


def picture(wide: int, tall: int) -> QImage:
    image = QImage(QSize(wide, tall), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return image


def test_a_large_picture_is_scaled_on_entry(qapp, tmp_path) -> None:
    taken = take_picture(picture(4000, 1000))
    assert (taken.width, taken.height) == (2000, 500)
    assert taken.media_type == "image/jpeg"
    shown = show_picture(taken.data)
    assert (shown.width(), shown.height()) == (2000, 500)
    file = tmp_path / "large.png"
    picture(7000, 7000).save(str(file))
    assert take_picture(file).width == 2000


def test_a_picture_over_fifty_megapixels_and_a_broken_one_are_refused(qapp, tmp_path) -> None:
    with pytest.raises(PictureError) as refused:
        take_picture(picture(8000, 6400))
    assert (refused.value.reason, refused.value.pixels) == ("too_large", 51_200_000)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnot a picture")
    for path, reason in ((broken, "broken"), (tmp_path / "none.png", "unreadable")):
        with pytest.raises(PictureError) as refused:
            take_picture(path)
        assert refused.value.reason == reason
    cut = tmp_path / "cut.png"
    picture(300, 300).save(str(cut))
    cut.write_bytes(cut.read_bytes()[:80])
    with pytest.raises(PictureError):
        take_picture(cut)
    assert show_picture("no base64!").isNull()
    assert show_picture("bm90IGEgcGljdHVyZQ==").isNull()
    assert show_picture(None).isNull()


def sheet(cells: int) -> QMimeData:
    data = QMimeData()
    data.setText("".join(f"{n}\t{n}\r\n" for n in range(cells // 2)))
    return data


def test_a_paste_that_fits_comes_whole_and_a_larger_one_not_at_all() -> None:
    assert cells_beyond(sheet(5_000)) == 0
    assert len(read_rows(sheet(5_000))) == 2_500
    assert read_rows(sheet(5_002)) == []
    assert cells_beyond(sheet(5_002)) == 5_002
    assert "5\u202f002 cells" in too_many_words(5_002)


def test_blank_lines_at_the_end_and_breaks_inside_cells_are_no_cells() -> None:
    data = QMimeData()
    data.setText("one\ntwo" + "\n" * 6_000)
    assert cells_beyond(data) == 0
    assert read_rows(data) == [["one"], ["two"]]
    data.setText('"' + "line\n" * 6_000 + '"')
    assert cells_beyond(data) == 0
    assert len(read_rows(data)) == 1
