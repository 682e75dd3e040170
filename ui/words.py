"""Words for what journey and storage report as facts."""

from PySide6.QtCore import QCoreApplication

from journey.edit import Summary
from journey.errors import EditError
from journey.model.ids import Kind


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Words", text)


def kind_word(kind: Kind, count: int = 1) -> str:
    """Return the field's word for a kind of object, in lower case."""
    one, many = {
        Kind.WORKSPACE: (tr("workspace"), tr("workspaces")),
        Kind.ASSUMPTIONS: (tr("assumption"), tr("assumptions")),
        Kind.LEADER: (tr("leader"), tr("leaders")),
        Kind.PERSONA: (tr("persona"), tr("personas")),
        Kind.SEGMENT: (tr("segment"), tr("segments")),
        Kind.JOURNEY: (tr("journey"), tr("journeys")),
        Kind.STAGE: (tr("stage"), tr("stages")),
        Kind.TOUCHPOINT: (tr("touchpoint"), tr("touchpoints")),
        Kind.TRANSITION: (tr("transition"), tr("transitions")),
        Kind.PAIN_POINT: (tr("pain point"), tr("pain points")),
        Kind.STRENGTH: (tr("strength"), tr("strengths")),
        Kind.LANE: (tr("lane"), tr("lanes")),
        Kind.NOTE: (tr("note"), tr("notes")),
        Kind.IMPROVEMENT: (tr("improvement"), tr("improvements")),
        Kind.QUESTION: (tr("question"), tr("questions")),
        Kind.SURVEY: (tr("survey"), tr("surveys")),
        Kind.KPI: (tr("KPI"), tr("KPIs")),
        Kind.OBSERVATION: (tr("observation"), tr("observations")),
        Kind.QUARTER: (tr("quarter"), tr("quarters")),
        Kind.EVENT_LOG: (tr("event log"), tr("event logs")),
        Kind.PURCHASE_LOG: (tr("purchase log"), tr("purchase logs")),
    }[kind]
    return one if count == 1 else many


def summary_text(summary: Summary) -> str:
    """Return a command's summary for the undo menu, as "Move touchpoint “Card delivery”"."""
    verb = {
        "add": tr("Add %1"),
        "remove": tr("Delete %1"),
        "rename": tr("Rename %1"),
        "change": tr("Change %1"),
        "move": tr("Move %1"),
        "judge": tr("Judge the experience at a %1"),
        "import": tr("Import %1"),
        "freeze": tr("Freeze %1"),
        "take_back": tr("Take back %1"),
        "lock": tr("Lock the structure of %1"),
        "unlock": tr("Unlock the structure of %1"),
    }[summary.verb]
    if summary.count == 1:
        what = kind_word(summary.kind)
        if summary.name:
            what = tr("%1 “%2”").replace("%1", what).replace("%2", summary.name)
    else:
        what = tr("%1 %2").replace("%1", str(summary.count))
        what = what.replace("%2", kind_word(summary.kind, summary.count))
    return verb.replace("%1", what)


def refusal_text(error: EditError) -> str:
    """Return why an edit was refused, for people; nothing was changed."""
    if error.reason == "locked":
        return locked_text(str(error.facts.get("journey", "")))
    reasons = {
        "unknown": tr("It refers to something that is no longer there."),
        "exists": tr("It is there already."),
        "empty": tr("A name cannot be empty."),
        "off_the_scale": tr("The value is off its scale."),
        "negative": tr("The value cannot be below zero."),
        "not_positive": tr("The value must be above zero."),
        "not_a_share": tr("The value must lie between 0 and 100 %."),
        "not_finite": tr("This is not a number."),
        "spread_too_wide": tr("The spread is too wide for this mean."),
        "not_above_false_positive": tr("Sensitivity must be above the false-positive rate."),
        "not_editable": tr("This cannot be changed."),
        "not_removable": tr("This cannot be deleted."),
        "read_only": tr("This workspace is open for reading only."),
        "frozen": tr("The quarter is frozen; say why to freeze it again."),
        "of_another_journey": tr("It belongs to another journey."),
        "no_place": tr("There is no touchpoint here for it to stand under."),
        "no_dots_left": tr("All dots of this person are given."),
        "no_dot_there": tr("There is no dot of this person here."),
        "unknown_voter": tr("Nobody of this name votes here."),
        "shared_there": tr("The journey shares this touchpoint already."),
    }
    return reasons.get(error.reason, tr("This edit is not possible."))


def locked_text(journey: str) -> str:
    """Return why the structure of a locked journey is left alone, and what to do."""
    return tr(
        "The structure of “%1” is locked: its stages, lanes and touchpoints stay as they are. "
        "Unlock it to change them."
    ).replace("%1", journey)
