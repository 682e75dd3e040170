"""A program of its own that draws a journey in itself: `picture VIEW LOOK` or `page`."""

import sys

from tests.ui.render.journeys import J, long_workspace, measured_figures
from ui.render.looks import theme_named
from ui.render.offscreen import drawing_application
from ui.render.order import Format, Order
from ui.render.subject import Subject, View, draw
from ui.render.writing import parts
from ui.share.page import share_page


def main(what: str, view: str = "", look: str = "") -> None:
    """Write the bytes to standard output."""
    drawing_application()
    subject = Subject(long_workspace(8, 2, 2), J, measured_figures(8))
    if what == "page":
        sys.stdout.buffer.write(share_page(subject, dark=True))
        return
    theme = theme_named(look, transparent=True)
    for part in parts(draw(subject, View(view), theme), Order(Format.SVG)):
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main(*sys.argv[1:])
