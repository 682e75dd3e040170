"""Pages are set ahead on another processor: the same files, in order, and it can be stopped."""

from pathlib import Path

import pytest

from journey.report.pack import Pack
from journey.report.report import Report
from storage.exports.brand import Brand, BrandError
from storage.exports.packs import export_report
from storage.exports.writers import PACKS

FORMATS = ("pdf", "csv")


def test_files_are_the_same_as_one_by_one_and_told_in_order(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    told = []
    report = Report(packs * 3, None, None)
    files = export_report(
        report, tmp_path / "packs", FORMATS, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(done + 1, 18) for done in range(18)]
    expected = [PACKS[form](pack, Brand()) for pack in report.packs for form in FORMATS]
    assert [file.read_bytes() for file in files] == expected


@pytest.mark.parametrize("formats", [("pdf",), FORMATS])
@pytest.mark.parametrize("after", [0, 1, 4])
def test_it_stops_between_files_and_leaves_nothing(
    packs: tuple[Pack, ...], tmp_path: Path, formats: tuple[str, ...], after: int
) -> None:
    done: list[int] = []
    files = export_report(
        Report(packs * 3, None, None),
        tmp_path / "packs",
        formats,
        progress=lambda count, _total: done.append(count),
        cancelled=lambda: len(done) >= after,
    )
    assert files == []
    assert len(done) == after
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_does_not_compile_is_told(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    company = tmp_path / "company"
    company.mkdir()
    (company / "pack.typ").write_text("#let", "utf-8")
    brand = Brand(folder=company, templates=("pack.typ",))
    with pytest.raises(BrandError) as raised:
        export_report(Report(packs, None, None), tmp_path / "packs", FORMATS, brand=brand)
    assert raised.value.reason == "template"
    assert [path.name for path in tmp_path.iterdir()] == ["company"]
