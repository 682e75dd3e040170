"""Sentences of the workshop that more than one of its parts says."""

from PySide6.QtCore import QCoreApplication

from journey.errors import EditError
from journey.model.ids import PersonaId
from journey.model.map import PainPoint, Touchpoint
from ui.map.figures import TouchpointFigures
from ui.numbers import NO_BREAK, signed
from ui.shell.widgets.marks import ChipState
from ui.words import refusal_text


def tr(text: str, disambiguation: str = "", count: int = -1) -> str:
    """Translate a text of the workshop."""
    return QCoreApplication.translate("Workshop", text, disambiguation, count)


def usual_question(stage: str) -> str:
    """Return what is asked of a stage where nobody asked otherwise."""
    return tr("What hurts in %1?").replace("%1", stage)


def judged_value(touchpoint: Touchpoint, persona: PersonaId | None) -> float | None:
    """Return the judged experience for a persona, else for everyone."""
    by_persona = {j.persona: j.value for j in touchpoint.judged_experience}
    return by_persona.get(persona, by_persona.get(None))


def touchpoint_line(
    touchpoint: Touchpoint,
    persona: PersonaId | None,
    figures: TouchpointFigures | None,
) -> str:
    """Return what stands under a touchpoint's name; `figures` None: they are hidden."""
    parts = [touchpoint.channel] if touchpoint.channel else []
    value = judged_value(touchpoint, persona)
    if value is not None:
        parts.append(tr("judged {0}").format(signed(value)))
    line = " · ".join(parts)
    if figures is None:
        return line
    return "\n".join(filter(None, (line, measured_words(figures))))


def measured_words(figures: TouchpointFigures) -> str:
    """Return the first score with its margin and answers, or why there is none."""
    if not figures.chips:
        return tr("nothing measured")
    chip = figures.chips[0]
    if chip.state is ChipState.TOO_FEW:
        return tr("too few answers ({0})").format(chip.face.n)
    if chip.state is ChipState.NOT_ASKED or chip.value is None:
        return tr("nothing measured")
    face = chip.face
    value = " ".join(filter(None, (chip.label, face.value, face.margin)))
    return f"{value} · {face.n}".replace(" ", NO_BREAK)


def classes_line(pain: PainPoint) -> str:
    """Return both classes of a pain point as they are read out."""
    if pain.severity is None and pain.frequency is None:
        return tr("no class yet")
    severity, frequency = tr("Severity"), tr("Frequency")
    return f"{severity} {pain.severity or '–'}   {frequency} {pain.frequency or '–'}"


def votes_word(votes: int) -> str:
    """Return "vote" or "votes"."""
    return tr("vote") if votes == 1 else tr("votes")


def refusal(error: EditError) -> str:
    """Return why something was refused, with the facts of a vote."""
    voter = str(error.facts.get("voter", ""))
    if error.reason == "no_dots_left":
        text = tr("%1 has given all %2 dots. Shift V takes one back.")
        return text.replace("%1", voter).replace("%2", str(error.facts.get("dots", "")))
    if error.reason == "no_dot_there":
        if not voter:
            return tr("There is no dot without a name to take back here.")
        return tr("%1 has no dot here.").replace("%1", voter)
    if error.reason == "unknown_voter":
        return tr("Nobody here is called %1.").replace("%1", voter)
    return refusal_text(error)
