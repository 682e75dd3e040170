"""Every command explains itself, with an example that is a real call."""

import re
import shlex
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.main import get_command

from ui.cli.commands import app

CONTRACT = (
    "open",
    "demo",
    "new",
    "info",
    "inspect",
    "import survey",
    "import kpi",
    "import tickets",
    "import events",
    "import purchases",
    "churn",
    "clv",
    "metrics",
    "priorities",
    "freeze",
    "compare",
    "export",
    "return",
    "render",
    "dump",
    "load",
    "convert",
    "methods",
    "decide",
    "check",
)


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


ALL = dict(_commands(get_command(app)))


def test_every_command_of_the_contract_is_there() -> None:
    assert set(CONTRACT) <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_help_shows_an_example_that_calls_the_command(
    name: str, waymark: Callable[..., Any]
) -> None:
    ran = waymark(*name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    example = re.search(r"Example: (waymark .*?)\n\n", ran.out.replace("\n  ", " "), re.DOTALL)
    assert example, ran.out
    words = shlex.split(example[1])
    assert words[1 : 1 + len(name.split())] == name.split()
    known = {option for p in ALL[name].params for option in (*p.opts, *p.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("name", [name for name in ALL if name != "open"])
def test_every_command_takes_json(name: str) -> None:
    assert any("--json" in parameter.opts for parameter in ALL[name].params)


def test_the_overview_names_every_command_on_one_line(waymark: Callable[..., Any]) -> None:
    ran = waymark("--help")
    assert ran.code == 0
    for name, command in get_command(app).commands.items():
        assert re.search(rf"^  {name} +\S.*\.$", ran.out, re.MULTILINE), name
        assert command.help
    assert "..." not in ran.out.partition("Commands:")[2]


def test_exit_codes_are_in_the_overview(waymark: Callable[..., Any]) -> None:
    overview = " ".join(waymark("--help").out.split())
    for code in range(6):
        assert re.search(rf"\b{code} [a-z]", overview)
