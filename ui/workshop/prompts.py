"""Which keys are told at the foot: those that help at this moment, the most needed first."""

from ui.workshop.hints import Hint
from ui.workshop.wording import tr


def hints_for(on_wall: bool, typing: bool, revealed: int) -> tuple[Hint, ...]:
    """Return the hints for where the keyboard is.

    Args:
        revealed: how much of the stage the room sees already, 0 to 2.
    """
    reveal = (tr("reveal measured"), tr("reveal votes"), tr("hide again"))[revealed]
    stage = Hint(("Page down",), tr("next stage"))
    tab = Hint(("Tab",), tr("next touchpoint"))
    if on_wall:
        return (
            Hint(("1", tr("to"), "5"), tr("severity")),
            Hint(("Shift", "1", tr("to"), "5"), tr("frequency")),
            Hint(("V",), tr("vote")),
            Hint(("Space",), reveal),
            tab,
            stage,
        )
    kinds = (
        Hint(("+",), tr("strength")),
        Hint(("*",), tr("improvement")),
        Hint(("#",), tr("touchpoint")),
    )
    if typing:
        return (Hint(("Enter",), tr("keep")), tab, Hint(("↑",), tr("cards")), stage)
    return (
        Hint(("↑",), tr("cards: classes and votes")),
        tab,
        Hint(("Space",), reveal),
        *kinds,
        stage,
    )


def back_hints() -> tuple[Hint, ...]:
    """Return the hints that always stand."""
    return Hint(("F1",), tr("all keys")), Hint(("Esc",), tr("back"))
