"""What the commands that take in events, KPIs and purchases have in common."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.evidence import IfKnown, read_mapping
from ui.cli.output import advise

if TYPE_CHECKING:
    from storage.imports.mapping import Mapping
    from storage.imports.rows import Skipped

Data = Annotated[Path, typer.Argument(metavar="DATA", help="The file to read.")]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", metavar="MAP.toml", help="What each column means.")
]
Create = Annotated[
    bool, typer.Option("--create", help="Make the touchpoints and others the file names.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Count and check, change nothing.")]
Known = Annotated[
    IfKnown, typer.Option("--if-known", help="What to do with what was imported before.")
]


def chosen_mapping(
    path: Path | None,
    remembered: Iterable[tuple[str, str]],
    propose: Callable[[], "Mapping"],
    fits: Callable[["Mapping"], bool],
) -> "tuple[Mapping, str]":
    """Return the given mapping, else a remembered one that fits, else the proposed one.

    Args:
        remembered: (name, TOML text) of earlier imports, the latest first.

    With it comes what to tell of a mapping that nobody named.
    """
    from storage.errors import MappingError
    from storage.imports.mapping import parse_mapping

    if path is not None:
        return parse_mapping(read_mapping(path)), ""
    for name, text in remembered:
        try:
            mapping = parse_mapping(text)
        except MappingError:
            continue
        if fits(mapping):
            return mapping, f"The mapping of “{name}” was used; --mapping names another."
    return propose(), "The proposed mapping was used; --mapping names another."


def advise_of(
    skipped: Sequence["Skipped"], warnings: Sequence[tuple[str, str]], words: dict[str, str]
) -> None:
    """Say what looks odd and what was left out, to standard error."""
    for reason, name in warnings:
        advise(words.get(reason, "{reason}: {name}").format(reason=reason, name=name))
    for each in skipped:
        reason = each.reason.replace("_", " ")
        advise(f"Left out: {each.count} × {reason}, first at line {each.example_line}.")
