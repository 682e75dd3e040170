"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Workspace = Annotated[Path, typer.Argument(metavar="FILE", help="The workspace file.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Quarter = Annotated[
    str | None, typer.Option("--quarter", help="As 2026Q4; by default the latest with evidence.")
]
Journey = Annotated[str | None, typer.Option("--journey", metavar="NAME", help="One journey only.")]
Leader = Annotated[str | None, typer.Option("--leader", metavar="NAME", help="One leader only.")]
Segment = Annotated[
    str | None,
    typer.Option("--segment", metavar="NAME", help="One segment's customers only, by name or id."),
]
Draws = Annotated[int, typer.Option("--draws", min=10, max=100_000, help="Draws of the ranking.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The seed of the draws.")]
