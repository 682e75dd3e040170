"""Writing one journey of a workspace as a Mermaid `journey` diagram."""

import re
from collections import Counter
from collections.abc import Iterator

from journey.model.ids import JourneyId, Kind
from journey.model.map import Touchpoint
from journey.model.text import clean_name
from journey.model.workspace import Workspace, outline
from storage.openformats.convert_losses import (
    Loss,
    as_losses,
    count_fields,
    left_out,
    of_journey,
)
from storage.openformats.mermaid_reading import (
    HIGHEST_SCORE,
    LOWEST_SCORE,
    MIDDLE_SCORE,
    POINTS_PER_SCORE,
    judged_of,
)

_CARRIED = frozenset({Kind.STAGE, Kind.TOUCHPOINT, Kind.PERSONA})
# The characters that end a name or begin a comment, a directive or an element, and ones that look
# like them and mean nothing to a parser.
_LOOKALIKES = str.maketrans(
    {"#": "\u266f", ";": "\u204f", ":": "\u2236", "<": "\u2039", ">": "\u203a"}
)
_COMMA = {ord(","): "\u201a"}
_PERCENTS = re.compile("%{2,}")
# A task that begins so would be read as something else.
_READ_AS_KEYWORD = re.compile(r"(?:journey|title|section|accTitle|accDescr)\b", re.IGNORECASE)


def write_mermaid(ws: Workspace, journey: JourneyId) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a journey as Mermaid (UTF-8), and what it cannot hold.

    A task's score is round(judged / 50) + 3, 3 where nothing was judged.
    """
    return _Writing(ws, journey).document()


class _Writing:
    """One journey being written."""

    def __init__(self, ws: Workspace, journey: JourneyId) -> None:
        self._ws, self._journey = ws, journey
        self._counts: Counter[str] = left_out(ws, journey, _CARRIED)

    def document(self) -> tuple[bytes, tuple[Loss, ...]]:
        """Write the title, the tasks without a section, then section by section."""
        lines = ["journey", f"    title {self._name(self._ws.journeys[self._journey].name)}"]
        groups = sorted(outline(self._ws, self._journey), key=lambda group: group.stage is not None)
        for group in groups:
            if group.stage is not None:
                lines.append(f"    section {self._name(group.stage.name)}")
            lines.extend(self._task(column.touchpoint) for column in group.columns)
        self._count_fields()
        text = "\n".join(lines) + "\n"
        return text.encode("utf-8", "replace"), as_losses(self._counts)

    def _task(self, touchpoint: Touchpoint) -> str:
        name = self._name(touchpoint.name)
        if _READ_AS_KEYWORD.match(name):
            self._counts["name_changed"] += 1
            name = f"“{name}”"
        line = f"      {name}: {self._score(touchpoint)}"
        actors = ", ".join(self._actors(touchpoint))
        return f"{line}: {actors}" if actors else line

    def _score(self, touchpoint: Touchpoint) -> int:
        """Return the score of the mean judgement."""
        judged = [j.value for j in touchpoint.judged_experience]
        if not judged:
            self._counts["not_judged"] += 1
            return MIDDLE_SCORE
        self._counts["judged_experience_averaged"] += len(set(judged)) > 1
        mean = sum(judged) / len(judged)
        score = max(LOWEST_SCORE, min(HIGHEST_SCORE, round(mean / POINTS_PER_SCORE) + MIDDLE_SCORE))
        self._counts["score_rounded"] += judged_of(score) != mean
        return score

    def _actors(self, touchpoint: Touchpoint) -> Iterator[str]:
        named = dict.fromkeys(j.persona for j in touchpoint.judged_experience)
        written: set[str] = set()
        for persona in named:
            if persona is None:
                continue
            name = self._name(self._ws.personas[persona].name, _COMMA)
            if name in written:
                self._counts["actor_named_twice"] += 1
            else:
                yield name
            written.add(name)

    def _name(self, name: str, more: dict[int, str] | None = None) -> str:
        """Return a name without anything the grammar would read as its own."""
        safe = _PERCENTS.sub("%", clean_name(name)).translate(_LOOKALIKES).translate(more or {})
        self._counts["name_changed"] += safe != name
        return safe or "–"

    def _count_fields(self) -> None:
        ws = self._ws
        touchpoints = list(of_journey(ws, self._journey, Kind.TOUCHPOINT))
        fields = ("channel", "department", "owner", "shared_with")
        count_fields(self._counts, touchpoints, *fields)
        self._counts["touchpoint.moment_of_truth"] += sum(
            isinstance(t, Touchpoint) and t.moment_of_truth for t in touchpoints
        )
        used = {
            judged.persona
            for t in touchpoints
            if isinstance(t, Touchpoint)
            for judged in t.judged_experience
        }
        self._counts["persona"] += sum(persona not in used for persona in ws.personas)
        count_fields(self._counts, (ws.personas[p] for p in used if p), "description", "segment")
