"""Writing a picture in the format it was ordered in."""

from collections.abc import Iterator

from ui.render.order import Format, Order, Picture


def parts(picture: Picture, order: Order) -> Iterator[bytes]:
    """Yield the bytes of a picture's file; painted on the GUI thread.

    Raises:
        PictureTooLargeError: a PNG would have too many pixels.
    """
    if order.format is Format.PNG:
        from ui.render.png import png_parts

        return png_parts(picture, order.scale)
    return iter((_whole(picture, order),))


def _whole(picture: Picture, order: Order) -> bytes:
    if order.format is Format.SVG:
        from ui.render.svg import svg_bytes

        return svg_bytes(picture)
    from ui.render.pdf import pdf_bytes

    return pdf_bytes(picture, order)
