"""Fixtures of the quarter's tests."""

import pytest

from journey.model.workspace import Workspace
from tests.journey.quarter.quarter_bank import workspace


@pytest.fixture
def ws() -> Workspace:
    """A small journey."""
    return workspace()
