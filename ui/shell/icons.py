"""Icons: Phosphor glyphs, regular weight, drawn as outlines so they are sharp at every scale.

The font file comes with the qtawesome package, which is found on disk and never imported.
An icon never stands without a word, but for close, pin, zoom, help and settings.
"""

from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPainterPath

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_FONT_FILE: Final = "phosphor-1.3.0.ttf"
_CHARMAP_FILE: Final = "phosphor-charmap-1.3.0.json"
_EM: Final = 256  # Phosphor is drawn on a square of 256 units that rests on the baseline

# The glyphs the window uses. Any other name is looked up in the font's own map, which takes
# longer to read than the whole first paint may spend on icons.
GLYPHS: Final[dict[str, int]] = {
    "arrow-clockwise": 0xf020, "arrow-counter-clockwise": 0xf021, "arrow-down": 0xf022,
    "arrow-left": 0xf03b, "arrow-right": 0xf044, "arrow-u-up-left": 0xf066,
    "arrow-u-up-right": 0xf067, "arrow-up": 0xf061, "arrows-clockwise": 0xf045,
    "arrows-left-right": 0xf04d, "arrows-out": 0xf04e, "bell": 0xf082, "browser": 0xf0a3,
    "buildings": 0xf0a8, "calculator": 0xf0ab, "calendar": 0xf0ac, "calendar-blank": 0xf0ad,
    "calendar-check": 0xf0ae, "calendar-x": 0xf0b0, "caret-down": 0xf0c2, "caret-left": 0xf0c3,
    "caret-right": 0xf0c4, "caret-up": 0xf0c5, "chart-bar": 0xf0d2, "chart-line": 0xf0d4,
    "chart-line-up": 0xf0d5, "chat-circle-dots": 0xf0dd, "chat-circle-text": 0xf0de,
    "chat-dots": 0xf0df, "chats": 0xf0e0, "check": 0xf0e7, "check-circle": 0xf0e8,
    "check-square": 0xf0ea, "circle": 0xf0ec, "circle-dashed": 0xf0ed, "circle-half": 0xf0ee,
    "circle-half-tilt": 0xf0ef, "clock": 0xf0f9, "cloud-slash": 0xf106, "columns": 0xf10e,
    "command": 0xf10f, "copy": 0xf114, "corners-out": 0xf118, "credit-card": 0xf11a,
    "crosshair": 0xf11c, "currency-eur": 0xf126, "database": 0xf12d, "desktop": 0xf12e,
    "device-mobile": 0xf130, "dots-nine": 0xf142, "dots-six-vertical": 0xf144,
    "dots-three": 0xf145, "download-simple": 0xf14c, "envelope-simple": 0xf156, "equals": 0xf158,
    "eraser": 0xf159, "export": 0xf15a, "eye": 0xf15b, "eye-slash": 0xf15e, "faders": 0xf162,
    "file": 0xf167, "file-pdf": 0xf16c, "file-plus": 0xf16d, "file-search": 0xf16f,
    "file-text": 0xf170, "file-x": 0xf171, "flag": 0xf17c, "floppy-disk": 0xf181,
    "flow-arrow": 0xf183, "folder-open": 0xf18c, "folder-simple": 0xf18f, "frame-corners": 0xf194,
    "funnel": 0xf196, "gauge": 0xf19a, "gear-six": 0xf19c, "git-branch": 0xf1a6,
    "git-diff": 0xf1a8, "globe": 0xf1af, "hand": 0xf1b8, "hand-pointing": 0xf1be,
    "handshake": 0xf1c0, "headset": 0xf1c9, "heart": 0xf1ca, "hourglass-medium": 0xf1d3,
    "house": 0xf1d8, "identification-card": 0xf1dc, "image": 0xf1dd, "info": 0xf1e0,
    "keyboard": 0xf1e5, "lightbulb": 0xf1ed, "link": 0xf1f3, "link-break": 0xf1f4, "list": 0xf1fa,
    "list-numbers": 0xf1fd, "lock-key": 0xf200, "lock-simple": 0xf205, "lock-simple-open": 0xf206,
    "magnifying-glass": 0xf20a, "map-pin": 0xf20d, "map-trifold": 0xf20f, "megaphone": 0xf215,
    "minus": 0xf21a, "money": 0xf21c, "monitor": 0xf21d, "moon": 0xf21f, "newspaper": 0xf228,
    "note": 0xf22a, "note-pencil": 0xf22e, "number-circle-one": 0xf234, "package": 0xf251,
    "path": 0xf25d, "pause": 0xf25e, "pen-nib": 0xf267, "pencil-simple": 0xf266, "phone": 0xf26e,
    "play": 0xf27c, "plus": 0xf27f, "presentation": 0xf286, "printer": 0xf288,
    "projector-screen": 0xf28b, "push-pin": 0xf28d, "push-pin-slash": 0xf290, "qr-code": 0xf292,
    "question": 0xf293, "quotes": 0xf295, "radio": 0xf297, "receipt": 0xf29a, "robot": 0xf2a3,
    "rows": 0xf2a6, "scales": 0xf2aa, "selection-all": 0xf2af, "share-network": 0xf2b6,
    "shield-check": 0xf2b8, "sign-out": 0xf2c7, "sliders": 0xf2cf, "sliders-horizontal": 0xf2d0,
    "smiley": 0xf2d1, "smiley-meh": 0xf2d3, "smiley-sad": 0xf2d5, "sort-ascending": 0xf2dc,
    "sort-descending": 0xf2dd, "spinner": 0xf2ea, "stack": 0xf2f1, "star": 0xf2f3, "stop": 0xf2f7,
    "storefront": 0xf2f9, "sun": 0xf2fe, "table": 0xf304, "tag": 0xf305, "target": 0xf308,
    "television": 0xf30a, "text-aa": 0xf310, "thumbs-up": 0xf326, "ticket": 0xf327,
    "timer": 0xf329, "translate": 0xf333, "trash": 0xf334, "tray": 0xf336, "trend-down": 0xf33a,
    "trend-up": 0xf33b, "trophy": 0xf33d, "truck": 0xf33e, "upload-simple": 0xf345,
    "user": 0xf346, "user-circle": 0xf347, "users": 0xf351, "users-three": 0xf354,
    "video-camera": 0xf356, "warning": 0xf35c, "warning-circle": 0xf35d,
    "warning-octagon": 0xf35e, "wrench": 0xf36c, "x": 0xf36d,}  # fmt: skip

# Words people use for a channel -> glyph. What is not here gets the plain touchpoint mark.
_CHANNELS: Final[dict[str, tuple[str, ...]]] = {
    "globe": ("web", "website", "site", "online", "internet", "portal", "page"),
    "device-mobile": ("app", "mobile", "mobile app", "smartphone"),
    "phone": ("phone", "call", "telephone", "call centre", "call center", "hotline"),
    "chat-circle-dots": ("chat", "live chat", "messenger", "messaging", "whatsapp"),
    "robot": ("bot", "chatbot", "assistant", "voice assistant"),
    "envelope-simple": ("email", "e-mail", "mail", "newsletter"),
    "chat-circle-text": ("sms", "text", "text message", "push", "notification"),
    "package": ("post", "letter", "parcel", "delivery", "courier", "shipping"),
    "storefront": ("branch", "store", "shop", "retail", "outlet"),
    "megaphone": ("social", "social media", "ad", "advertising", "campaign"),
    "television": ("tv", "television"),
    "radio": ("radio",),
    "newspaper": ("print", "press", "newspaper", "magazine", "flyer"),
    "magnifying-glass": ("search", "search engine"),
    "users-three": ("event", "fair", "meeting", "campus"),
    "handshake": ("partner", "agent", "broker", "sales", "visit", "field"),
    "user": ("in person", "person", "face to face", "advisor"),
    "share-network": ("referral", "word of mouth", "friend", "community"),
    "monitor": ("kiosk", "terminal", "desktop", "self-service", "self service"),
    "credit-card": ("atm", "card", "payment", "till", "checkout"),
    "file-text": ("document", "contract", "paper", "form", "invoice", "bill"),
    "headset": ("support", "service desk", "helpdesk", "help desk"),
    "video-camera": ("video", "video call", "webinar"),
    "truck": ("transport", "installation", "technician"),
}  # fmt: skip
_CHANNEL_GLYPH: Final = {word: name for name, words in _CHANNELS.items() for word in words}
_OTHER_CHANNEL: Final = "map-pin"


def icon(name: str, role: str = "text_2") -> "QIcon":
    """Return the glyph as an icon in the colour of a role, in whatever theme is shown.

    KeyError for a name Phosphor does not have.
    """
    from PySide6.QtGui import QIcon

    from ui.shell.glyph_engine import GlyphEngine

    glyph_path(name)
    return QIcon(GlyphEngine(name, role))


def channel_icon(channel: str) -> str:
    """Return the glyph name for a channel as people write it ("Web", "E-mail", "Branch Oslo")."""
    wanted = " ".join(channel.casefold().split())
    if wanted in _CHANNEL_GLYPH:
        return _CHANNEL_GLYPH[wanted]
    for word in wanted.replace("/", " ").replace(",", " ").split():
        if word in _CHANNEL_GLYPH:
            return _CHANNEL_GLYPH[word]
    return _OTHER_CHANNEL


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Paint the glyph into the largest square centred in `rect`.

    Drawn as an outline, so exported pictures hold shapes and need no icon font.
    """
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side / _EM, side / _EM)
    painter.fillPath(glyph_path(name), colour)
    painter.restore()


@cache
def glyph_path(name: str) -> QPainterPath:
    """Return the outline of a glyph on a square of 256 units; empty if the font is missing."""
    code = GLYPHS.get(name) or _charmap()[name]
    path = QPainterPath()
    family = _family()
    if family:
        glyphs = QFont(family)
        glyphs.setPixelSize(_EM)
        glyphs.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        path.addText(QPointF(0, _EM), glyphs, chr(code))
    return path


@cache
def _fonts_folder() -> Path | None:
    spec = PathFinder.find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    folder = _fonts_folder()
    loaded = -1 if folder is None else QFontDatabase.addApplicationFont(str(folder / _FONT_FILE))
    if loaded < 0:
        import logging

        logging.getLogger(__name__).error("The icon font could not be loaded; icons stay empty.")
        return ""
    return QFontDatabase.applicationFontFamilies(loaded)[0]


@cache
def _charmap() -> dict[str, int]:
    folder = _fonts_folder()
    if folder is None:
        return {}
    import json

    text = (folder / _CHARMAP_FILE).read_text(encoding="utf-8")
    return {name: int(code, 16) for name, code in json.loads(text).items()}
