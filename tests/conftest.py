"""Fixtures every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A loaded machine is no failure; how many examples is each test's own choice.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as main.py does

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files beside the project; tests that need it are skipped without."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real survey files are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of small files written by hand for these tests."""
    return PROJECT / "tests" / "fixtures"
