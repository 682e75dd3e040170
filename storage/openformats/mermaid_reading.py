"""Reading a Mermaid `journey` diagram into a workspace of one journey."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from journey.model.ids import JourneyId, Kind, PersonaId, StageId, TouchpointId
from journey.model.map import Journey, JudgedExperience, Stage, Touchpoint
from journey.model.people import Persona
from journey.model.text import NAME_LENGTH, clean
from journey.model.workspace import Workspace
from storage.errors import ImportProblem
from storage.openformats.convert_losses import Loss, as_losses
from storage.openformats.convert_text import read_map_text

# A score is 1 … 5, judged experience −100 … +100.
MIDDLE_SCORE, POINTS_PER_SCORE = 3, 50
LOWEST_SCORE, HIGHEST_SCORE = 1, 5

_JOURNEY = JourneyId("journey-1")
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_SCORE = re.compile(r"[+-]?\d+(?:\.\d*)?", re.ASCII)
# What may stand over several lines: how it begins, how it ends, under which name it is counted.
_BLOCKS = (
    (re.compile(r"%%\{"), "}%%", "directive"),
    (re.compile(r"^[ \t]*accDescr\s*\{", re.IGNORECASE | re.MULTILINE), "}", "accessibility_text"),
)
_ONE_LINE_DESCRIPTION = re.compile(r"acc(?:Title|Descr)\s*:", re.IGNORECASE)
_KEYWORD = re.compile(r"(title|section)\s+(.*)", re.IGNORECASE | re.DOTALL)
_BEGIN = re.compile(r"journey\b", re.IGNORECASE)


def judged_of(score: float) -> float:
    """Return the judged experience of a score, (s − 3) · 50; beyond the scale is its end."""
    within = max(LOWEST_SCORE, min(HIGHEST_SCORE, score))
    return float((within - MIDDLE_SCORE) * POINTS_PER_SCORE)


def read_mermaid(path: Path) -> tuple[Workspace, tuple[Loss, ...]]:
    """Return the journey of a Mermaid file, and what was changed or left out on the way.

    Sections become stages, tasks touchpoints, actors personas, scores judged experience.

    Raises:
        ImportProblem: missing, blank, no `journey` diagram, or a line that says nothing.
    """
    return _Reading(path).workspace()


class _Reading:
    """One file being read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: Counter[str] = Counter()
        self._ws = Workspace()
        self._title = ""
        self._stage: StageId | None = None
        self._personas: dict[str, PersonaId] = {}

    def workspace(self) -> tuple[Workspace, tuple[Loss, ...]]:
        """Read statement by statement."""
        begun = False
        for line, statement in self._statements(read_map_text(self._path)):
            if begun:
                self._statement(line, statement)
                continue
            found = _BEGIN.match(statement)
            if found is None:
                self._refuse(line, "no journey diagram")
            begun = True
            rest = statement[found.end() :].strip()
            if rest:
                self._statement(line, rest)
        if not begun:
            self._refuse(1, "no journey diagram")
        self._head()
        return self._ws, as_losses(self._counts)

    def _statements(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (line, statement) without comments; what is set by keeps its line breaks."""
        front = _FRONT_MATTER.match(text)
        if front is not None:
            self._front_matter(front[1] or "")
            text = "\n" * front[0].count("\n") + text[front.end() :]
        for begin, end, kind in _BLOCKS:
            text = self._without(text, begin, end, kind)
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("%%"):
                continue
            for part in line.partition("#")[0].split(";"):
                if part.strip():
                    yield number, part.strip()

    def _front_matter(self, text: str) -> None:
        """Take the title; all else in it tells how to draw."""
        for line in text.split("\n"):
            key, _, value = line.partition(":")
            if key == "title":
                self._title = self._name(value.strip().strip("\"'"))
            else:
                self._counts["front_matter"] += bool(line.strip())

    def _without(self, text: str, begin: re.Pattern[str], end: str, kind: str) -> str:
        """Return the text without its blocks, each line break of theirs kept."""
        parts: list[str] = []
        at = 0
        while (found := begin.search(text, at)) is not None:
            stop = text.find(end, found.end())
            if stop < 0:
                break
            parts.append(text[at : found.start()])
            parts.append("\n" * text.count("\n", found.start(), stop))
            at = stop + len(end)
            self._counts[kind] += 1
        return "".join(parts) + text[at:]

    def _statement(self, line: int, statement: str) -> None:
        if _ONE_LINE_DESCRIPTION.match(statement):
            self._counts["accessibility_text"] += 1
            return
        keyword = _KEYWORD.match(statement)
        if keyword is None:
            self._task(line, statement)
        elif keyword[1].lower() == "title":
            self._title = self._name(keyword[2])
        else:
            self._section(line, keyword[2])

    def _section(self, line: int, name: str) -> None:
        name = self._name(name.partition(":")[0])
        if not name:
            self._refuse(line, "a section without a name")
        place = len(self._ws.stages)
        self._stage = StageId(f"stage-{place + 1}")
        self._ws.put(Stage(self._stage, _JOURNEY, name, float(place)))

    def _task(self, line: int, statement: str) -> None:
        name, colon, data = statement.partition(":")
        name = self._name(name)
        if not name or not colon:
            self._refuse(line, "expected “task: score: actors”")
        score, _, actors = data.partition(":")
        # What follows a third colon is read by nobody, here as there.
        actors = actors.partition(":")[0]
        people = dict.fromkeys(self._name(actor) for actor in actors.split(","))
        personas: list[PersonaId | None] = [self._persona(who) for who in people if who]
        value = self._judged(score)
        judged = [] if value is None else [JudgedExperience(value, p) for p in personas or [None]]
        if value is None:
            self._counts["actor"] += len(personas)
        place = len(self._ws.touchpoints)
        touchpoint = TouchpointId(f"touchpoint-{place + 1}")
        self._ws.put(
            Touchpoint(
                touchpoint,
                _JOURNEY,
                name,
                self._stage,
                float(place),
                judged_experience=tuple(judged),
            )
        )

    def _judged(self, text: str) -> float | None:
        if not _SCORE.fullmatch(text.strip()):
            self._counts["score_unreadable"] += 1
            return None
        score = float(text)
        self._counts["score_off_the_scale"] += not LOWEST_SCORE <= score <= HIGHEST_SCORE
        return judged_of(score)

    def _persona(self, name: str) -> PersonaId:
        if name not in self._personas:
            persona = PersonaId(f"{Kind.PERSONA.value}-{len(self._personas) + 1}")
            self._personas[name] = persona
            self._ws.put(Persona(persona, name))
        return self._personas[name]

    def _head(self) -> None:
        name = self._title or self._name(self._path.stem) or _JOURNEY
        only = next(iter(self._ws.personas), None) if len(self._personas) == 1 else None
        self._ws.put(Journey(_JOURNEY, name, persona=only))
        self._ws.put(replace(self._ws.info, name=name))

    def _name(self, raw: str) -> str:
        cleaned = clean(" ".join(raw.split()), NAME_LENGTH)
        self._counts["text_cleaned"] += bool(cleaned.changes)
        return cleaned.text.strip()

    def _refuse(self, line: int, detail: str) -> NoReturn:
        raise ImportProblem(self._path, f"line {line}", "not_what_it_claims", detail)
