"""A folder of packs is replaced whole or not at all, whoever the leaders are."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from journey.priority.result import Ranking
from journey.report.around import Around
from journey.report.pack import Pack
from journey.report.report import Report
from storage.errors import TargetError, TargetFullError, TargetReadOnlyError
from storage.exports import export_packs, export_report
from storage.exports import folder as replacing_module
from storage.exports.folder import replacing_files
from storage.exports.packs import formats_there_are

PackMaker = Callable[..., tuple[Pack, ...]]


def put(folder: Path, **files: str) -> None:
    with replacing_files(folder) as staged:
        for name, text in files.items():
            (staged.folder / name).write_text(text)


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_a_folder_is_made_with_all_above_it(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b", one="1", two="2")
    assert held(tmp_path / "a" / "b") == {"one": "1", "two": "2"}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_files_of_other_names_stay_and_rights_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    put(folder, one="1", two="2")
    (folder / "one").chmod(0o640)
    folder.chmod(0o750)
    put(folder, one="new", three="3")
    assert held(folder) == {"one": "new", "two": "2", "three": "3"}
    assert (folder / "one").stat().st_mode & 0o777 == 0o640
    assert folder.stat().st_mode & 0o777 == 0o750


def test_a_folder_with_folders_in_it_keeps_them(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    (folder / "within").mkdir(parents=True)
    (folder / "within" / "kept").write_text("kept")
    put(folder, one="1")
    assert held(folder) == {"one": "1"}
    assert held(folder / "within") == {"kept": "kept"}


def test_the_working_folder_stays_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    put(Path(), one="1")
    assert tmp_path.stat().st_ino == before
    assert held(tmp_path) == {"one": "1"}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    put(tmp_path / "real", one="1")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    put(tmp_path / "link", one="2")
    assert (tmp_path / "link").is_symlink()
    assert held(tmp_path / "real") == {"one": "2"}


def test_where_folders_cannot_be_exchanged_files_are_replaced_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing_module, "_exchange", lambda: None)
    put(tmp_path, old="0", one="1")
    put(tmp_path, one="2", two="2")
    assert held(tmp_path) == {"old": "0", "one": "2", "two": "2"}


def test_an_exchange_the_disk_refuses_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing_module, "_exchange", lambda: lambda _one, _two: False)
    folder = tmp_path / "packs"
    put(folder, old="0", one="1")
    put(folder, one="2")
    assert held(folder) == {"old": "0", "one": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["packs"]


def test_an_error_while_writing_leaves_the_old_files(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    put(folder, one="1")

    def half() -> None:
        with replacing_files(folder) as staged:
            (staged.folder / "one").write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert held(folder) == {"one": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["packs"]


def test_a_protected_file_refuses_the_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    put(folder, a="1", b="1")
    (folder / "b").chmod(0o444)
    with pytest.raises(TargetReadOnlyError):
        put(folder, a="2", b="2")
    assert held(folder) == {"a": "1", "b": "1"}


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(TargetError):
        put(tmp_path / place, one="1")
    assert held(tmp_path) == {"file": "x"}


def test_a_protected_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    put(folder, one="1")
    folder.chmod(0o555)
    try:
        with pytest.raises(TargetReadOnlyError):
            put(folder, one="2")
    finally:
        folder.chmod(0o755)
    assert held(folder) == {"one": "1"}


def test_a_folder_that_vanishes_meanwhile_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    put(folder, one="1")
    with replacing_files(folder) as staged:
        (staged.folder / "one").write_text("2")
        (folder / "one").unlink()
        folder.rmdir()
    assert held(folder) == {"one": "2"}


def test_a_full_disk_keeps_every_old_file(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    old = {path.name: path.read_bytes() for path in export_packs(packs, folder)}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(TargetFullError):
            export_packs(packs, folder, {"csv", "pdf"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == old
    assert [path.name for path in tmp_path.iterdir()] == ["packs"]


def test_what_killed_exports_left_is_removed_a_day_later(tmp_path: Path) -> None:
    for name, days in (("old", 2), ("young", 0)):
        left = tmp_path / f".waymark-staged-{name}"
        left.mkdir()
        then = time.time() - days * 86_400
        os.utime(left, (then, then))
    put(tmp_path / "packs", one="1")
    assert {path.name for path in tmp_path.iterdir()} == {".waymark-staged-young", "packs"}


_KILLED = """
import sys
from pathlib import Path
from storage.exports.folder import replacing_files
folder, generation = Path(sys.argv[1]), 0
while True:
    generation += 1
    with replacing_files(folder) as staged:
        for number in range(20):
            (staged.folder / f"{number}.csv").write_text(str(generation) * 2000)
    print(generation, flush=True)
"""


@pytest.mark.parametrize("after", range(8))
def test_a_kill_leaves_all_old_files_or_all_new_ones(tmp_path: Path, after: int) -> None:
    folder = tmp_path / "packs"
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(replacing_module.__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        for _ in range(after + 1):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    texts = {path.read_text() for path in folder.glob("*.csv")}
    assert len(texts) == 1
    assert len(list(folder.glob("*.csv"))) == 20


HARD_NAMES = (
    "Ann/Marie \\ 'Æ'",
    "..",
    "CON",
    "x" * 300,
    "😀 Ola 👩🏽‍💼",
    "åse lund",
    "ÅSE LUND",
    "",
    '=HYPERLINK("http://x")',
    'a:b|c?*<d>".',
)


def with_leaders(ranking: Ranking, names: list[str]) -> Ranking:
    base = ranking.items[0]
    items = tuple(
        replace(base, rank=n, pain_point=f"p{n}", leader=f"l{n}", leader_name=name)
        for n, name in enumerate(names, start=1)
    )
    return replace(ranking, items=items)


def test_five_hundred_leaders_of_hard_names_each_have_a_file(
    bank_ranking: Ranking, pack_maker: PackMaker, tmp_path: Path
) -> None:
    names = [*HARD_NAMES, *(f"Leader {n}" for n in range(490))]
    packs = pack_maker(with_leaders(bank_ranking, names))
    written = export_packs(packs, tmp_path / "packs", {"csv", "md", "tickets"})
    assert len(written) == len(set(written)) == 1500
    assert len({path.name.casefold() for path in written}) == 1500
    assert all(path.is_file() and len(path.name.encode()) <= 255 for path in written)


def test_hard_names_stand_in_every_format(
    bank_ranking: Ranking, pack_maker: PackMaker, tmp_path: Path
) -> None:
    packs = pack_maker(with_leaders(bank_ranking, list(HARD_NAMES)))
    formats = formats_there_are()
    written = export_packs(packs, tmp_path / "packs", formats)
    assert len(written) == len(HARD_NAMES) * len(formats)
    assert all(path.stat().st_size for path in written)


def test_a_report_is_written_with_what_belongs_to_nobody(
    report_maker: Callable[[Around], Report], tmp_path: Path
) -> None:
    report = report_maker(Around())
    written = export_report(report, tmp_path, {"pdf", "md", "tickets", "csv"})
    shared = {path.name for path in written if "Solberg" not in path.name}
    assert {
        "2026Q4 All leaders.pdf",
        "2026Q4 All leaders.md",
        "2026Q4 All leaders tickets.csv",
        "2026Q4 You said, we did.pdf",
        "2026Q4 You said, we did.md",
    } <= shared
    assert set(written) == set(tmp_path.iterdir())


def test_exporting_again_gives_the_same_bytes_in_text_and_pdf(
    report_maker: Callable[[Around], Report], tmp_path: Path
) -> None:
    formats = {"pdf", "md", "tickets", "csv", "raw-csv"}
    first = export_report(report_maker(Around()), tmp_path / "one", formats)
    second = export_report(report_maker(Around()), tmp_path / "two", formats)
    assert [path.name for path in first] == [path.name for path in second]
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()
