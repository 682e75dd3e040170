"""Maps on printed pages and slides: whether a picture can be shown, how large, and as pixels."""

from collections.abc import Iterable
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from journey.report.around import Picture
from journey.report.pictures import unpacked

# A-series, long side by short side in mm, the smallest first; a map lies on its side.
_PAPERS: Final = ((297, 210), (420, 297), (594, 420), (841, 594), (1189, 841))
_MARGINS: Final = (24.0, 40.0)  # mm beside the map, and above and below with its heading
_MM: Final = 96.0 / 25.4  # logical pixels
# The smallest text of a map has 11 px; at this scale it is printed in 6 pt.
READABLE: Final = 0.73


def sound(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return the pictures whose every page is an SVG; a stranger's record may hold anything."""
    return tuple(
        picture
        for picture in pictures
        if picture.width > 0
        and picture.height > 0
        and all(map(_is_svg, (picture.svg, *picture.parts)))
    )


def _is_svg(content: bytes) -> bool:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(unpacked(content))
    except (ParseError, DefusedXmlException, ValueError):
        return False
    return bool(root.tag == "{http://www.w3.org/2000/svg}svg")


def paper_of(picture: Picture) -> tuple[int, int]:
    """Return the paper, mm, on which a map's smallest text can be read; A0 at most."""
    for wide, high in _PAPERS:
        room = (wide - _MARGINS[0]) * _MM, (high - _MARGINS[1]) * _MM
        if min(room[0] / picture.width, room[1] / picture.height) >= READABLE:
            return wide, high
    return _PAPERS[-1]


def page_data(picture: Picture) -> dict[str, Any]:
    """Return what the overview's template shows of a map; lengths in mm."""
    wide, high = paper_of(picture)
    across = min(wide - _MARGINS[0], (high - _MARGINS[1]) * picture.width / picture.height)
    svg = unpacked(picture.svg).decode("utf-8")
    return {"svg": svg, "width": wide, "height": high, "across": across}


def png_of(svg: bytes, width: int) -> bytes:
    """Return an SVG as a PNG of that many pixels across, its letters as they were drawn."""
    import json

    import typst

    page = (
        "#set page(width: 720pt, height: auto, margin: 0pt)\n"
        '#image(bytes(json(bytes(sys.inputs.data))), format: "svg", width: 100%)'
    )
    content = typst.compile(
        page.encode(),
        format="png",
        ppi=width / 10.0,  # 720 pt are 10 inches
        sys_inputs={"data": json.dumps(svg.decode("utf-8"), ensure_ascii=False)},
    )
    first = content[0] if isinstance(content, list) else content
    assert isinstance(first, bytes)
    return first
