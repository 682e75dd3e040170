"""The clipboard: parts of a workspace, rows of cells, pictures; in and out."""

from ui.clipboard.carrier import (
    MIME,
    carry,
    cells_beyond,
    on_clipboard,
    picture_in,
    plain_text,
    read_fragment,
    read_rows,
    too_many_words,
)
from ui.clipboard.pictures import (
    MOST_PIXELS,
    MOST_SIDE,
    Picture,
    PictureError,
    show_picture,
    take_picture,
)
from ui.clipboard.rows import parse_rows, without_bullet, write_rows

__all__ = [
    "MIME",
    "MOST_PIXELS",
    "MOST_SIDE",
    "Picture",
    "PictureError",
    "carry",
    "cells_beyond",
    "on_clipboard",
    "parse_rows",
    "picture_in",
    "plain_text",
    "read_fragment",
    "read_rows",
    "show_picture",
    "take_picture",
    "too_many_words",
    "without_bullet",
    "write_rows",
]
