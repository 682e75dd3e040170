"""Names made of people's text, and targets that are replaced whole or left alone."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.report.pack import Pack
from storage.errors import TargetError, TargetFullError, TargetReadOnlyError
from storage.exports import export_packs
from storage.exports.names import safe_filename, safe_sheet_name
from storage.exports.target import replacing, second_name

FORBIDDEN = set('<>:"/\\|?*') | {chr(c) for c in range(32)}


@given(st.text(), st.sampled_from(["", ".xlsx", ".csv"]))
def test_every_text_makes_a_file_name(text: str, suffix: str) -> None:
    name = safe_filename(text, suffix)
    stem = name.removesuffix(suffix)
    assert stem
    assert name.endswith(suffix)
    assert len(name.encode()) <= 255
    assert not FORBIDDEN & set(name)
    assert not stem.endswith((".", " "))
    assert not stem.startswith(".")


@given(st.lists(st.sampled_from(["Åse", "ÅSE", "A\u030ase", "åse ", "a/b", "a\\b", "x" * 300])))
def test_no_two_names_meet_on_any_disk(texts: list[str]) -> None:
    taken: set[str] = set()
    names = [safe_filename(text, ".xlsx", taken) for text in texts]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name.encode()) <= 255 for name in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026Q4 Ingrid Solberg", "2026Q4 Ingrid Solberg.xlsx"),
        ("Żaneta / Łukasz", "Żaneta - Łukasz.xlsx"),
        ("CON", "CON_.xlsx"),
        ("lpt1.old", "lpt1.old_.xlsx"),
        ("COM¹", "COM¹_.xlsx"),
        ("..", "unnamed.xlsx"),
        ("a. . ", "a.xlsx"),
        ("../../etc/passwd", "-..-etc-passwd.xlsx"),
        ("A\u030a", "Å.xlsx"),
        ("a\u202eb", "a-b.xlsx"),
        ("\ud800", "-.xlsx"),
        ("Пермь", "Пермь.xlsx"),
    ],
)
def test_known_traps_of_file_names(text: str, name: str) -> None:
    assert safe_filename(text, ".xlsx") == name


@given(st.lists(st.text(), max_size=5))
def test_every_text_makes_a_sheet_name(texts: list[str]) -> None:
    taken: set[str] = set()
    names = [safe_sheet_name(text, taken) for text in texts]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_packs_are_named_after_quarter_and_leader(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    written = export_packs(
        packs, tmp_path / "new" / "folder", {"xlsx", "csv", "raw-csv"}, lambda *s: steps.append(s)
    )
    assert {path.name for path in written} == {
        f"2026Q4 {who}{end}"
        for who in ("Ingrid Solberg", "Åse Lund", "Unassigned")
        for end in (".xlsx", ".csv", " raw.csv")
    }
    assert set(written) == set((tmp_path / "new" / "folder").iterdir())
    assert steps == [(i, 9) for i in range(1, 10)]


def test_exporting_again_gives_the_same_files(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in export_packs(packs, tmp_path)}
    second = {path.name: path.read_bytes() for path in export_packs(packs, tmp_path)}
    assert first == second
    assert len(list(tmp_path.iterdir())) == 6


def test_cancelling_leaves_the_folder_as_it_was(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    (tmp_path / "2026Q4 Åse Lund.csv").write_text("old")
    answers: Iterator[bool] = iter([False, False, True])
    assert export_packs(packs, tmp_path, cancelled=lambda: next(answers)) == []
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_an_unknown_format_is_refused_before_anything_is_written(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="doc"):
        export_packs(packs, tmp_path / "out", {"xlsx", "doc"})
    assert not (tmp_path / "out").exists()


def test_a_write_protected_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("kept")
    path.chmod(0o444)
    with pytest.raises(TargetReadOnlyError), replacing(path) as target:
        target.file.write(b"new")
    assert path.read_text() == "kept"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(TargetReadOnlyError), replacing(tmp_path / "pack.csv") as target:
            target.file.write(b"new")
    finally:
        tmp_path.chmod(0o755)


@pytest.mark.parametrize("place", ["folder", "file/below", "missing/below"])
def test_a_target_that_cannot_be_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(TargetError), replacing(tmp_path / place) as target:
        target.file.write(b"new")


def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(TargetFullError), replacing(path) as target:
            target.file.write(b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "kept"
    assert [p.name for p in tmp_path.iterdir()] == ["pack.csv"]


def test_a_replaced_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "pack.csv"
    path.write_text("old")
    path.chmod(0o640)
    with replacing(path) as target:
        target.file.write(b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_second_name_is_the_first_free_one(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    assert second_name(path).name == "pack (2).xlsx"
    (tmp_path / "pack (2).xlsx").touch()
    assert second_name(path).name == "pack (3).xlsx"
