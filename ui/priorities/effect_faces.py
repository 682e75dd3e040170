"""What each assumption does to the list, put into words and a bar (docs/method.md)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from journey.model.assumptions import ASSUMPTION_NAMES
from journey.priority.result import Ranking
from ui import numbers
from ui.priorities.assumption_row import Scale
from ui.priorities.assumption_scales import first_entries, further_entries
from ui.priorities.effect_line import EffectFace
from ui.priorities.figures import Figures

if TYPE_CHECKING:
    from journey.decision.sensitivity import AssumptionEffect

_LEAST: Final = 0.005  # of the widest: a bar under it is a dot


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Assumptions", text)


def effect_key(name: str, segment: str = "") -> str:
    """Return the key of an assumption, or of the value of a segment's customer."""
    return f"{name}:{segment}" if segment else name


def effect_faces(
    effects: "Sequence[AssumptionEffect]", ranking: Ranking, figures: Figures
) -> dict[str, EffectFace]:
    """Return the line of every assumption of which something is known, by `effect_key`."""
    scales = {e.field: e.scale for e in (*first_entries(), *further_entries())}
    titles = {str(i.pain_point): i.title for i in ranking.items}
    most = max((v for e in effects for v in (e.value_low, e.value_high) if v), default=0.0)
    worth = Scale(0, 1, None, 1, unit=numbers.currency_symbol(ranking.currency))
    found: dict[str, EffectFace] = {}
    for effect in effects:
        scale = worth if effect.segment else scales.get(effect.name)
        if scale is not None:
            key = effect_key(effect.name, effect.segment)
            found[key] = _face(effect, scale, (titles, figures, most))
    for name in ASSUMPTION_NAMES:
        if name.endswith(("_sd", "_sd_log")):
            found[name] = EffectFace(tr("widens the intervals, keeps the order"))
    return found


def _face(
    effect: "AssumptionEffect", scale: Scale, told: tuple[dict[str, str], Figures, float]
) -> EffectFace:
    titles, figures, most = told
    sentence = _sentence(effect, scale, titles, figures)
    ends = (effect.value_low, effect.value_high)
    if ends[0] is None or ends[1] is None or effect.width <= _LEAST * most:
        if not effect.moves:
            return EffectFace(tr("does not move the list"), told=sentence)
        words = tr("moves ranks by up to {0}").format(effect.moves)
        return EffectFace(words, told=sentence)
    low, high = sorted((ends[0], ends[1]))
    money = figures.unit is not None
    words = (tr("first {0} worth") if money else tr("first {0} give")).format(figures.top_k)
    floor = min(low, 0.0)
    span = (most - floor) or 1.0
    return EffectFace(
        words, figures.span(low, high), sentence, (low - floor) / span, (high - floor) / span
    )


def _sentence(
    effect: "AssumptionEffect", scale: Scale, titles: dict[str, str], figures: Figures
) -> str:
    ends = (effect.value_low, effect.value_high)
    parts = [tr("From {0} to {1}:").format(scale.text(effect.low), scale.text(effect.high))]
    if ends[0] is not None and ends[1] is not None:
        parts.append(
            tr("the first {0} together give {1},").format(
                figures.top_k, figures.span(min(ends[0], ends[1]), max(ends[0], ends[1]))
            )
        )
    parts.append(tr("ranks among them move by up to {0},").format(effect.moves))
    parts.append(tr("{0} of {1} stay.").format(effect.kept_top, figures.top_k))
    if effect.rank1_at_low == effect.rank1_at_high:
        parts.append(tr("Rank 1: {0}.").format(titles.get(effect.rank1_at_low, "")))
    else:
        told = tr("Rank 1: {0} at the low end, {1} at the high end.")
        first, last = effect.rank1_at_low, effect.rank1_at_high
        parts.append(told.format(titles.get(first, ""), titles.get(last, "")))
    return " ".join(parts)
