"""The command that converts between the open formats: convert."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.calls import CallError, find_journey
from ui.cli.options import Json
from ui.cli.output import advise, print_json, say

if TYPE_CHECKING:
    from storage.openformats.convert_losses import Loss

# Losses that are a change, not something left behind.
_CHANGED = {
    "accessibility_text": "accessibility texts were left out",
    "actor": "actors of tasks without a readable score were left out",
    "actor_named_twice": "actors of the same name became one",
    "directive": "drawing directives were left out",
    "front_matter": "lines of front matter were left out",
    "judged_experience_averaged": "touchpoints were judged differently; the mean was written",
    "name_changed": "names hold characters the format keeps for itself; they were replaced",
    "node_without_stage": "nodes stand in no stage",
    "not_judged": "touchpoints without a judged experience got the middle score",
    "note.touchpoint": "notes stand under their stage, not under their touchpoint",
    "pain_point_without_touchpoint": "pain points stand in a stage without a touchpoint",
    "score_off_the_scale": "scores lay beyond the scale and were set to its end",
    "score_rounded": "judged experiences were rounded to a score",
    "score_unreadable": "scores could not be read and were left out",
    "severity_rounded": "severities were rounded to low, medium or high",
    "strength_without_touchpoint": "strengths stand in a stage without a touchpoint",
    "text_cleaned": "texts were cleaned or cut",
    "unknown_field": "fields nobody knows were left out",
}


def convert(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="A .json, .ojf or .mmd, or a .waymark."),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A .json, .ojf, .mmd or .graphml to write.")
    ],
    journey: Annotated[
        str | None,
        typer.Option("--journey", metavar="NAME", help="Which journey; by default the first."),
    ] = None,
    json: Json = False,
) -> None:
    """Convert a journey map between open formats.

    The formats are told by the endings. An existing target is replaced whole; what the target
    cannot hold is listed.

    Example: waymark convert journey.ojf journey.mmd
    """
    from storage.openformats.convert import JSON, READABLE, WRITABLE, format_of, opened, write

    _require_known(source, READABLE, "read")
    _require_known(target, WRITABLE, "written")
    whole = format_of(target) == JSON
    if whole and journey is not None:
        raise CallError("A Waymark JSON always holds every journey; leave out --journey.")
    with opened(source) as found:
        if not whole and not found.workspace.journeys:
            raise CallError(f"There is no journey in {source}.")
        written = write(found, target, find_journey(found.workspace, journey))
    for loss in written.losses:
        advise(loss_words(loss))
    if json:
        losses = [{"kind": loss.kind, "count": loss.count} for loss in written.losses]
        print_json({"file": str(written.path), "losses": losses})
    else:
        say(f"Wrote {written.path}.")


def _require_known(path: Path, endings: Sequence[str], done: str) -> None:
    if path.suffix.lower() not in endings:
        ending = f"“{path.suffix}”" if path.suffix else "a name without an ending"
        raise CallError(f"{path}: {ending} is no format that is {done} here.", endings)


def loss_words(loss: "Loss") -> str:
    """Return a loss as a line for people."""
    if loss.kind in _CHANGED:
        return f"Changed ({loss.count}): {_CHANGED[loss.kind]}."
    what = loss.kind.replace("_", " ").replace(".", ": ")
    return f"Not in the target: {loss.count} × {what}."
