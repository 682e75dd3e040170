"""The page as one file: the map as vectors, its details, and rules that let nothing else in."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from PySide6.QtCore import QPointF, QRectF

from ui.map.cells import Block
from ui.map.lanes import LaneKind
from ui.map.paint import rect_of
from ui.render.looks import MarkedTheme, role_of
from ui.render.map_picture import MapPicture
from ui.render.outlines import short
from ui.render.subject import Subject, draw_map
from ui.render.svg import svg_tree
from ui.share.details import Details, counted
from ui.share.words import page_words, tr
from ui.shell.theme import Theme
from ui.shell.tokens import ROLES

_PARTS: Final = Path(__file__).resolve().parents[2] / "resources" / "share"
_PLACE: Final = re.compile(r"@@([a-z_]+)@@")
_RADIUS: Final = {LaneKind.TOUCHPOINTS: 6, LaneKind.METRICS: 11, LaneKind.OWNER: 12}


def share_page(subject: Subject, *, dark: bool = False) -> bytes:
    """Return the page of a journey's map, UTF-8; painted on the GUI thread.

    Args:
        dark: whether it opens dark whatever the reader's system is; else it follows that.
    """
    picture = draw_map(subject, MarkedTheme())
    details = Details(subject, picture)
    drawn = svg_tree(picture)
    for title in drawn.findall("title"):
        drawn.remove(title)
    for key in ("xmlns", "xmlns:xlink", "version", "role"):
        drawn.attrib.pop(key, None)
    used = _coloured(drawn)
    _add_hits(drawn, picture, details)
    drawn.set("aria-label", tr("Map of %1").replace("%1", picture.title))
    style = _colours(used) + _part("page.css")
    script = _part("page.js")
    return _filled(
        {
            "lang": "en",
            "theme": ' data-theme="dark"' if dark else "",
            "policy": _policy(style, script),
            "style": style,
            "script": script,
            "map": tostring(drawn, encoding="unicode"),
            "data": _data(details),
            "title": html.escape(picture.title),
            "about": html.escape(_about(subject, details)),
            "foot": html.escape(_foot(subject)),
            **{name: html.escape(text) for name, text in page_words().items()},
        }
    ).encode("utf-8", "replace")


def _filled(values: dict[str, str]) -> str:
    """Fill the page in one go, so that no text is taken for a place."""
    return _PLACE.sub(lambda place: values[place[1]], _part("page.html"))


def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return the rules: nothing is loaded, and no script or style runs but those of the page."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _data(details: Details) -> str:
    """Return what the page tells as JSON that cannot end its element."""
    words = {"nothing": tr("No touchpoints yet.")}
    found = {"words": words, "things": details.things(), "outline": details.outline()}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _about(subject: Subject, details: Details) -> str:
    parts = [subject.workspace.info.name, (subject.quarter or "").replace("Q", " Q")]
    count = counted(details.outline())
    words = tr("1 touchpoint") if count == 1 else tr("%1 touchpoints")
    parts.append(words.replace("%1", str(count)))
    return " · ".join(part for part in parts if part)


def _foot(subject: Subject) -> str:
    words = tr(
        "± is the margin for 95 %. Fewer than %1 answers show no figure. The dashed line was "
        "judged in a workshop, the solid one measured. Made with Waymark."
    )
    return words.replace("%1", str(subject.workspace.info.minimum_n))


# -- colours --------------------------------------------------------------------------------------


def _coloured(root: Element) -> set[str]:
    """Turn the colours of roles into classes, so that the page's theme fills them in."""
    used: set[str] = set()
    for element in root.iter():
        classes = []
        for key, letter in (("fill", "f"), ("stroke", "s")):
            role = role_of(element.get(key, ""))
            if role is not None:
                del element.attrib[key]
                classes.append(f"{letter}-{_css(role)}")
                used.add(role)
        if classes:
            element.set("class", " ".join(classes))
    return used


def _css(role: str) -> str:
    return role.replace("_", "-")


def _colours(used: set[str]) -> str:
    """Return the colours of both themes as CSS, and the classes of those the map uses."""
    light, dark = (_variables(theme) for theme in (Theme.light(), Theme.dark()))
    followed = ":root:not([data-theme])"
    rules = [
        f":root{{color-scheme:light;{light}}}",
        f':root[data-theme="dark"]{{color-scheme:dark;{dark}}}',
        f"@media (prefers-color-scheme:dark){{{followed}{{color-scheme:dark;{dark}}}}}",
        f"@media print{{:root,:root[data-theme],{followed}{{color-scheme:light;{light}}}}}",
    ]
    for role in sorted(used):
        name = _css(role)
        rules.append(f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}")
    return "\n".join(rules)


def _variables(theme: Theme) -> str:
    return "".join(f"--{_css(role)}:{theme.role(role).name()};" for role in ROLES)


# -- what can be pressed --------------------------------------------------------------------------


def _add_hits(root: Element, picture: MapPicture, details: Details) -> None:
    """Lay a place to press over each card, in reading order."""
    group = SubElement(root, "g", {"role": "group"})
    found = [(b, rect_of(box)) for b, box in picture.layout.boxes() if b.ref is not None]
    found.sort(key=lambda pair: (pair[1].left(), pair[1].top()))
    for block, rect in found:
        assert block.ref is not None
        number = details.number(block.ref)
        if number is not None:
            _add_hit(group, block, rect.translated(picture.origin), (number, details))


def _add_hit(group: Element, block: Block, rect: QRectF, told: tuple[int, Details]) -> None:
    assert block.ref is not None
    number, details = told
    radius = _RADIUS.get(block.kind, 4)
    corner: QPointF = rect.topLeft()
    SubElement(group, "rect", {
        "class": "hit", "x": short(corner.x()), "y": short(corner.y()),
        "width": short(rect.width()), "height": short(rect.height()), "rx": str(radius),
        "data-thing": str(number), "role": "button", "tabindex": "-1",
        "aria-label": details.name(block.ref),
    })  # fmt: skip
