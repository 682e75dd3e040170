"""Changed rows, and nobody's overwritten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from journey.edit import AddStage, Changes, Remove, Rename
from journey.edit.changes import Change
from journey.model.ids import JourneyId, Kind, Ref, StageId
from journey.model.map import Stage
from journey.model.template import new_workspace
from journey.model.workspace import Workspace, ref_of
from storage.database.repository import Repository, RowError, StaleRowError
from tests.storage.database.strategies import ENTITIES


def _versions(engine: Engine, table: str) -> dict[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT id, version FROM {table}")).all()
    return {row.id: row.version for row in rows}


def _sequence(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT change_sequence FROM document")).scalar_one())


@pytest.fixture
def stored(engine: Engine) -> tuple[Repository, Workspace]:
    """A repository whose tables hold the five-stage workspace."""
    workspace = new_workspace("Shop")
    repository = Repository(engine)
    with engine.begin() as connection:
        repository.insert(connection, workspace)
    return repository, workspace


@settings(max_examples=25)
@given(entities=st.lists(st.one_of(*ENTITIES.values()), max_size=12))
def test_a_workspace_comes_back_from_its_tables(
    tmp_path_factory: pytest.TempPathFactory, entities: list[object]
) -> None:
    from storage.database.engine import connect, working_engine
    from storage.document.schema import create_schema

    path = tmp_path_factory.mktemp("any") / "any.db"
    connection = connect(path, mode="rwc")
    create_schema(connection)
    connection.close()
    engine = working_engine(path)
    workspace = Workspace(entities=entities)  # type: ignore[arg-type]
    with engine.begin() as writer:
        Repository(engine).insert(writer, workspace)
    try:
        assert Repository(engine).load() == workspace
    finally:
        engine.dispose()


def test_only_the_changed_row_is_written(
    engine: Engine, stored: tuple[Repository, Workspace]
) -> None:
    repository, workspace = stored
    stage = next(iter(workspace.stages))
    repository.write(Rename(Ref(Kind.STAGE, stage), "Before").do(workspace))
    versions = _versions(engine, "stage")
    assert versions.pop(stage) == 2
    assert set(versions.values()) == {1}
    assert _sequence(engine) == 1
    assert Repository(engine).load() == workspace


def test_undo_and_redo_are_written_too(
    engine: Engine, stored: tuple[Repository, Workspace]
) -> None:
    repository, workspace = stored
    command = Remove(Ref(Kind.JOURNEY, next(iter(workspace.journeys))))
    for step in (command.do, command.undo, command.do, command.undo):
        repository.write(step(workspace))
        assert Repository(engine).load() == workspace
    assert len(workspace.stages) == 5
    assert _sequence(engine) == 4


def test_a_row_somebody_else_wrote_is_not_overwritten(
    engine: Engine, stored: tuple[Repository, Workspace]
) -> None:
    repository, workspace = stored
    stage = Ref(Kind.STAGE, next(iter(workspace.stages)))
    other = Repository(engine)
    theirs = other.load()
    other.write(Rename(stage, "Theirs").do(theirs))
    command = Rename(stage, "Mine")
    with pytest.raises(StaleRowError) as raised:
        repository.write(command.do(workspace))
    assert raised.value.facts["kind"] is Kind.STAGE
    with pytest.raises(StaleRowError):
        repository.write(Remove(stage).do(workspace))
    assert Repository(engine).load() == theirs
    assert _sequence(engine) == 1


def test_an_id_somebody_else_added_is_not_overwritten(
    engine: Engine, stored: tuple[Repository, Workspace]
) -> None:
    repository, workspace = stored
    journey = next(iter(workspace.journeys))
    other = Repository(engine)
    other.write(AddStage(journey, "Theirs", stage=StageId("stage-x")).do(other.load()))
    mine = AddStage(journey, "Mine", stage=StageId("stage-x")).do(workspace)
    with pytest.raises(StaleRowError):
        repository.write(mine)
    assert Repository(engine).load().stages[StageId("stage-x")].name == "Theirs"


def test_of_many_changes_all_or_none_are_written(
    engine: Engine, stored: tuple[Repository, Workspace]
) -> None:
    repository, workspace = stored
    before = Repository(engine).load()
    good = Stage(StageId("stage-new"), JourneyId("journey"), "New")
    bad = next(iter(workspace.stages.values()))
    with engine.begin() as connection:
        connection.execute(text("UPDATE stage SET version = 9 WHERE id = :id"), {"id": bad.id})
    changes = Changes((Change(ref_of(good), None, good), Change(ref_of(bad), bad, None)))
    with pytest.raises(StaleRowError):
        repository.write(changes)
    assert Repository(engine).load() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stage SET position = 'first'",
        "UPDATE stage SET name = x'ff'",
        "UPDATE stage SET version = 'x'",
        "UPDATE assumptions SET figures = '[1]'",
        "UPDATE assumptions SET figures = 'no json'",
        "UPDATE assumptions SET extra = replace(hex(zeroblob(50000)), '0', '[')",
        "UPDATE journey SET entrants = '[{\"segment\": 3}]'",
    ],
)
def test_a_row_that_cannot_be_is_told(
    engine: Engine, stored: tuple[Repository, Workspace], damage: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(damage)
    with pytest.raises(RowError) as raised:
        Repository(engine).load()
    assert raised.value.facts["table"] in ("stage", "assumptions", "journey")
