"""The process that draws one picture or page: a pickled wish in, the file's bytes out.

    python -m ui.render.child < WISH > FILE

Only the window starts it, with what it has in memory; nothing from a file is unpickled.
"""

import pickle
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.render.offscreen import drawing_application

if TYPE_CHECKING:
    from ui.render.apart import Wish


def main() -> None:
    """Draw what is asked for."""
    drawing_application()
    wish: Wish = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from the window alone
    for part in _parts(wish):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def _parts(wish: "Wish") -> Iterator[bytes]:
    from ui.render.looks import theme_named
    from ui.render.subject import draw
    from ui.render.writing import parts
    from ui.shell.tokens import ThemeMode

    if wish.order is None:
        from ui.share.page import share_page

        return iter((share_page(wish.subject, dark=wish.look == ThemeMode.DARK),))
    theme = theme_named(wish.look, transparent=wish.transparent)
    return parts(draw(wish.subject, wish.view, theme), wish.order)


if __name__ == "__main__":
    main()
