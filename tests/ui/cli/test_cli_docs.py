"""What the documents say of commands is so."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from storage.imports.mapping import parse_mapping
from ui.cli.commands import app

PROJECT = Path(__file__).resolve().parents[3]
DOCUMENTS = ("README.md", "docs/command-line.md", "docs/user-guide.md")


def _called(text: str) -> Iterator[list[str]]:
    """Yield the words of every call in code: `waymark …`, or a line of a block of commands."""
    for call in re.findall(r"`waymark( [^`]*)?`", text):
        yield shlex.split(call.replace("\\|", "|"))
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            for part in line.partition("#")[0].split("&&"):
                words = shlex.split(part)
                if "waymark" in words:
                    yield words[words.index("waymark") + 1 :]


def _check(words: list[str]) -> None:
    command: Any = get_command(app)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    known = {option for p in command.params for option in p.opts} | {"--help", "--debug"}
    named = set(re.findall(r"(--[a-z-]+)", " ".join(words)))
    assert named <= known, f"{command.name}: {named - known}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_and_option_named_is_there(name: str) -> None:
    calls = list(_called((PROJECT / name).read_text("utf-8")))
    assert calls
    for words in calls:
        _check(words)


def test_every_command_and_option_is_in_the_manual() -> None:
    manual = (PROJECT / "docs/command-line.md").read_text("utf-8")
    group: Any = get_command(app)
    for name, command in group.commands.items():
        for inner in getattr(command, "commands", {"": command}).values():
            assert f"`waymark {name}" in manual
            for option in {o for p in inner.params for o in p.opts if o.startswith("--")}:
                assert option in manual, f"{name} {option}"


@pytest.mark.parametrize("code", range(6))
def test_the_manual_explains_every_exit_code(code: int) -> None:
    assert f"\n| {code} | " in (PROJECT / "docs/command-line.md").read_text("utf-8")


def test_the_mappings_of_the_manual_are_mappings() -> None:
    manual = (PROJECT / "docs/command-line.md").read_text("utf-8")
    wide, long = re.findall(r"```toml\n(.*?)```", manual, re.DOTALL)
    mapping = parse_mapping(wide)
    assert mapping.questions
    assert mapping.pain_points
    survey = '[survey]\nname = "Visits"\ndesign = "transactional"\nquarter = "2026Q4"\n'
    assert parse_mapping(survey + long).long is not None


def test_the_two_commands_come_first_in_the_readme() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    headings = re.findall(r"^## (.*)$", readme, re.MULTILINE)
    assert headings[0] == "Two commands"
    block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    commands = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    assert commands == [
        "pip install uv && uv run waymark demo",
        "pip install uv && uv run pytest",
    ]


def test_links_between_the_documents_lead_somewhere() -> None:
    for name in DOCUMENTS:
        text = (PROJECT / name).read_text("utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert ((PROJECT / name).parent / target).exists(), f"{name}: {target}"
