"""The cards of a flow: a touchpoint's name in lines, and how often it is visited."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from journey.graph.layout import CARD_HEIGHT, CARD_WIDTH
from journey.model.map import Touchpoint
from ui.flow import words
from ui.map.lettering import Face, Lettering
from ui.shell.icons import channel_icon

PAD: Final = 8.0
ICON: Final = 16.0
TEXT_LEFT: Final = PAD + ICON + 6.0
TEXT_WIDTH: Final = CARD_WIDTH - TEXT_LEFT - 6.0


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card.

    Attributes:
        lines: of the name. figure, foot: the visits and their word, or the channel in words.
        height: of the card, at least `CARD_HEIGHT`.
    """

    lines: tuple[str, ...]
    figure: str
    foot: tuple[str, ...]
    icon: str
    moment: bool
    height: float


class CardTexts:
    """Makes card texts and keeps them while the touchpoint and its visits stay the same."""

    def __init__(self, lettering: Lettering) -> None:
        self._lettering = lettering
        self._known: dict[tuple[Touchpoint, float | None], CardText] = {}

    def made(
        self, touchpoints: Mapping[str, Touchpoint], visits: Mapping[str, float]
    ) -> dict[str, CardText]:
        """Return the texts of all cards; `visits` of those that were counted."""
        fresh: dict[tuple[Touchpoint, float | None], CardText] = {}
        texts: dict[str, CardText] = {}
        for node, touchpoint in touchpoints.items():
            key = (touchpoint, visits.get(node))
            text = self._known.get(key) or self._make(touchpoint, visits.get(node))
            fresh[key] = texts[node] = text
        self._known = fresh
        return texts

    def _make(self, touchpoint: Touchpoint, visited: float | None) -> CardText:
        wrap = self._lettering.wrap
        lines = wrap(touchpoint.name, Face.STICKY_BOLD, TEXT_WIDTH)
        figure, word = ("", touchpoint.channel) if visited is None else words.visits(visited)
        foot: tuple[str, ...] = (word,) if figure else wrap(word, Face.META, TEXT_WIDTH)
        rows = len(foot)
        if figure and self._lettering.advance(f"{figure} {word}", Face.META_BOLD) > TEXT_WIDTH:
            rows = 2
        height = 2 * PAD + len(lines) * Face.STICKY.line + 1 + rows * Face.META.line
        return CardText(
            lines, figure, foot if rows == len(foot) else ("", word),
            channel_icon(touchpoint.channel), touchpoint.moment_of_truth, max(height, CARD_HEIGHT),
        )  # fmt: skip
