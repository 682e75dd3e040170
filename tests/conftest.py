"""Fixtures every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A loaded machine is no failure; how many examples is each test's own choice.
settings.register_profile("waymark", deadline=None)
settings.load_profile("waymark")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as main.py does

PROJECT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Share the whole suite among the cores; tests asked for by name run in this one process."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


def pytest_collection_finish() -> None:
    """Spare the collector what stays: else each full collection looks through every module."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program remembers out of the user's own folders, and one worker's apart."""
    folder = tmp_path_factory.mktemp("private")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("WAYMARK_STATE_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        yield


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


@pytest.fixture(scope="session")
def frozen_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, its first quarter frozen: made once, to be copied."""
    return _sample(tmp_path_factory.mktemp("frozen-sample"), frozen=True)


@pytest.fixture(scope="session")
def open_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, both quarters open: made once, to be copied."""
    return _sample(tmp_path_factory.mktemp("open-sample"), frozen=False)


def _sample(folder: Path, *, frozen: bool) -> Path:
    from storage.sample import make_sample

    path = folder / "sample.waymark"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_STATE_DIR", str(folder / "state"))
        make_sample(path, frozen=frozen).close()
    return path
