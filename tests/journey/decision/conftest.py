"""Small worlds with answers, as the tests of the ranking have them."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from journey.priority import prepare
from journey.priority.study import Study

_WORLDS = Path(__file__).resolve().parents[1] / "priority" / "conftest.py"


@pytest.fixture(scope="session")
def worlds() -> ModuleType:
    """The module that makes worlds to order."""
    spec = importlib.util.spec_from_file_location("worlds_of_the_ranking", _WORLDS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up while they are made.
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def relational(worlds: ModuleType) -> Callable[..., Any]:
    """Make relational worlds."""
    made: Callable[..., Any] = worlds.relational_world
    return made


@pytest.fixture(scope="session")
def transactional(worlds: ModuleType) -> Callable[..., Any]:
    """Make transactional worlds."""
    made: Callable[..., Any] = worlds.visit_world
    return made


@pytest.fixture(scope="session")
def new_world(worlds: ModuleType) -> Callable[[], Any]:
    """Make empty worlds."""
    made: Callable[[], Any] = worlds.World
    return made


@pytest.fixture(scope="session")
def study_of() -> Callable[..., Study]:
    """Prepare a world."""

    def study(world: Any, draws: int = 200, **options: Any) -> Study:
        return prepare(world.ws, world.tables, quarter="2026Q4", draws=draws, **options)

    return study
