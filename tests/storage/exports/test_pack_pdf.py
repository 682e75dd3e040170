"""PDF packs say what the tree says, row for row, in every alphabet, and may be read aloud."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from journey.metrics import Metric
from journey.priority.result import Basis, Ranking
from journey.report.around import Around, Before, Outcome, Picture, RowBefore
from journey.report.pack import CommentFact, Figure, MetricChange, Pack, PackRow
from journey.report.pictures import packed
from journey.report.report import Report
from storage.exports.brand import Brand, BrandError, read_brand
from storage.exports.fonts import SQUARE, lacking
from storage.exports.pdf import done_pdf_bytes, overview_pdf_bytes, pdf_bytes, write_pdf

PackMaker = Callable[..., tuple[Pack, ...]]
THIN_SPACES = str.maketrans({"\u2009": " ", "\u00a0": " ", "\u202f": " "})


def text_of(content: bytes) -> str:
    """Return the text layer with every white space one space: lines wrap as they please."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).translate(THIN_SPACES).split())


def said(text: str) -> str:
    return " ".join(text.translate(THIN_SPACES).split())


def squeezed(text: str) -> str:
    """Return a text without spaces: a reader may see one where a line or a font ends."""
    return "".join(text.translate(THIN_SPACES).split())


def expected(row: PackRow) -> list[str]:
    t = row.text
    told = [t.rank, t.title, t.value, t.interval, t.no_value, t.chance, t.effort, t.level]
    metric = [t.metric, f"{t.margin} · {t.answers}"] if t.metric else [t.no_metric]
    return [part for part in (*told, *metric, t.improvement, t.status, t.due) if part]


def around() -> Around:
    comments = [
        CommentFact("The passport photo is refused and it never says what is wrong.", "ID check"),
        *(CommentFact(f"Something short, number {number}.") for number in range(12)),
    ]
    return Around(
        before=Before(
            "2026Q3",
            {
                "photo": RowBefore(4, "ID photo", "solberg"),
                "branch": RowBefore(2, "Branch closes at four", "solberg"),
            },
            {"nps-id": MetricChange(24.0, True, "2026Q3")},
        ),
        comments={"id": comments},
        segments={"photo": "18 to 25"},
        outcomes={"fix-old": Outcome(Figure(360e3, 220e3, 520e3, None, None), 290e3)},
        joint={"solberg": Figure(690e3, 480e3, 930e3, None, None)},
        joint_all=Figure(1.2e6, 0.8e6, 1.6e6, None, None),
        pictures=(
            Picture(
                "Opening",
                ("Search", "First login"),
                7,
                packed(
                    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
                    b'<rect width="40" height="20" fill="#00639C"/></svg>'
                ),
                40.0,
                20.0,
            ),
        ),
    )


@pytest.fixture
def report(report_maker: Callable[[Around], Report]) -> Report:
    return report_maker(around())


def test_a_pdf_says_every_row_with_the_figures_of_the_tree(packs: tuple[Pack, ...]) -> None:
    for pack in packs:
        text = squeezed(text_of(pdf_bytes(pack)))
        at = 0
        for row in pack.rows:
            at = text.index(squeezed(row.text.title), at)
            behind = text[at:]
            for part in expected(row)[1:]:
                assert squeezed(part) in behind, part
        told = pack.text
        for part in (told.leader, told.lead, told.decision, told.decision_detail, told.foot.trace):
            assert squeezed(part) in text


def test_rows_beyond_the_tenth_stand_in_an_appendix(
    bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    more = tuple(
        replace(bank_ranking.items[9], rank=20 + n, title=f"Row number {n}", pain_point=f"more{n}")
        for n in range(290)
    )
    pack = pack_maker(replace(bank_ranking, items=bank_ranking.items + more))[0]
    content = pdf_bytes(pack)
    text = squeezed(text_of(content))
    assert len(pack.all_rows) == 300
    assert all(squeezed(row.text.title) in text for row in pack.all_rows)
    assert "290morerowsintheappendix" in text
    assert len(PdfReader(BytesIO(content)).pages) > 5


def test_everything_a_page_may_tell_is_told(report: Report) -> None:
    pack = report.packs[0]
    text = squeezed(text_of(pdf_bytes(pack)))
    t = pack.text
    assert "together about 690" in said(t.decision)
    quotes = [quote.quote for quote in t.comments]
    fixes = [fix.sentence for fix in t.fixes]
    kpis = [part for kpi in t.kpis for part in (kpi.name, kpi.value, kpi.reading)]
    reasons = [reason for _, reason in t.why_not]
    for part in (*quotes, *fixes, *kpis, *reasons, *t.change, t.why, "was 4", "most in 18 to 25"):
        assert squeezed(part) in text, part
    assert any("inside the range" in sentence for sentence in fixes)
    assert "changed(+24)" in text
    assert "Branchclosesatfour" in text


def test_the_overview_names_every_leader_and_the_picture(report: Report) -> None:
    assert report.overview is not None
    content = overview_pdf_bytes(report.overview)
    text = squeezed(text_of(content))
    for line in report.overview.leaders:
        for part in (line.text.leader, line.text.best, line.text.value, line.text.kpis):
            assert squeezed(part) in text, part
    for row in report.overview.rows:
        for part in (row.text.title, row.text.value, row.text.interval, row.text.chance):
            assert squeezed(part) in text, part
    assert "1of1" in text
    assert "Map of Opening, 7 touchpoints. Stages: Search, First login." in alternatives(content)


def alternatives(content: bytes) -> list[object]:
    """Return the words for those who cannot see, of all marked figures."""
    reader = PdfReader(BytesIO(content))
    return [
        found["/Alt"]
        for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1)
        if isinstance(found := reader.get_object(number), dict) and "/Alt" in found
    ]


def test_what_was_done_is_told_without_money_ranks_or_names(report: Report) -> None:
    assert report.done is not None
    text = text_of(done_pdf_bytes(report.done))
    for entry in report.done.entries:
        assert squeezed(entry.did) in squeezed(text)
        assert all(squeezed(title) in squeezed(text) for title in entry.said)
    assert "€" not in text
    assert "Solberg" not in text


def test_a_pdf_is_marked_for_screen_readers(packs: tuple[Pack, ...]) -> None:
    reader = PdfReader(BytesIO(pdf_bytes(packs[0])))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == packs[0].text.title
    outline = [entry.title for entry in reader.outline[:1]]
    assert outline == [packs[0].text.leader]


def test_fonts_are_embedded_and_nothing_is_under_seven_points(packs: tuple[Pack, ...]) -> None:
    reader = PdfReader(BytesIO(pdf_bytes(packs[0])))
    sizes: set[float] = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            assert "DejaVuSans" in str(descriptor["/FontName"])
        page.extract_text(
            visitor_text=lambda text, _cm, _tm, _font, size: sizes.add(size) if text.strip() else 0
        )
    assert min(sizes) >= 6.99


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("pl", "Zażółć gęślą jaźń: łódź świętej Żanety nie chodzi"),
        ("nb", "Blåbærsyltetøy på Ørsta – innlogging når øret gjør vondt"),
        ("ru", "Съешь ещё этих мягких французских булок, да выпей чаю"),
        ("en", '=HYPERLINK("http://x","y") #set page(fill: red) $x^2$ <b>bold</b> \\ @ref'),
    ],
)
def test_text_of_four_languages_is_whole(
    language: str, title: str, bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    items = tuple(
        replace(row, title=title, improvement_title=title, sentence=title, leader_name=title)
        for row in bank_ranking.items
    )
    pack = pack_maker(replace(bank_ranking, items=items), language=language)[0]
    content = pdf_bytes(pack)
    assert squeezed(text_of(content)).count(squeezed(title)) >= len(pack.rows)
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/Lang"] == language


def test_control_characters_and_letters_no_font_has_break_nothing(
    bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    controls = "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029\ud800\ufffe\u202e\U000e0001"
    items = tuple(replace(r, title=f"a{controls}b 😀 中文 \U0001f9ff") for r in bank_ranking.items)
    content = pdf_bytes(pack_maker(replace(bank_ranking, items=items))[0])
    text = text_of(content)
    assert text.count("😀") >= 10
    assert text.count("b 😀") == text.count("😀"), "nothing is turned around"
    assert "中文" in text or SQUARE in text


def test_our_fonts_hold_the_alphabets_they_are_there_for() -> None:
    assert not lacking("ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ æøå ÆØÅ абвгдежзийклмнопрстуфхцчшщъыьэюяё €→≈±−…“”’ƒ")
    assert lacking("中")


def test_the_same_pack_gives_the_same_bytes(report: Report) -> None:
    assert report.overview is not None
    assert pdf_bytes(report.packs[0]) == pdf_bytes(report.packs[0])
    assert overview_pdf_bytes(report.overview) == overview_pdf_bytes(report.overview)


@pytest.mark.parametrize("basis", [Basis.INDEX, Basis.ORDER])
def test_lists_without_money_make_a_page(
    basis: Basis, bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    items = tuple(replace(row, index_mean=None, sentence="") for row in bank_ranking.items)
    for pack in pack_maker(replace(bank_ranking, basis=basis, items=items)):
        assert "€" not in text_of(pdf_bytes(pack))


def test_a_company_puts_its_own_look_in_place(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    (tmp_path / "company.toml").write_text('name = "Fjordbank"\naccent = "#AA3300"\n')
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">'
        '<rect width="60" height="20" fill="#AA3300"/></svg>'
    )
    brand = read_brand(tmp_path)
    assert (brand.name, brand.accent) == ("Fjordbank", "#AA3300")
    content = pdf_bytes(packs[0], brand)
    assert "Fjordbank" in alternatives(content)
    assert content != pdf_bytes(packs[0])
    (tmp_path / "pack.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
        "#set text(lang: data.lang, font: data.brand.fonts)\nOurs: #data.text.decision"
    )
    own = read_brand(tmp_path)
    assert text_of(pdf_bytes(packs[0], own)) == said(f"Ours: {packs[0].text.decision}")


@pytest.mark.parametrize(
    ("settings", "template"),
    [("accent = 'red'", ""), ("accent = ", ""), ("fonts = 3", ""), ("", "#nothing-of-this-name")],
)
def test_a_company_folder_that_cannot_be_used_is_told(
    settings: str, template: str, packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    (tmp_path / "company.toml").write_text(settings)
    if template:
        (tmp_path / "pack.typ").write_text(template)
    with pytest.raises(BrandError):
        pdf_bytes(packs[0], read_brand(tmp_path))


def test_no_company_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrandError):
        read_brand(tmp_path / "nowhere")


def test_a_written_pdf_is_what_it_says(packs: tuple[Pack, ...], tmp_path: Path) -> None:
    path = write_pdf(packs[0], tmp_path / "pack.pdf", Brand())
    assert path.read_bytes() == pdf_bytes(packs[0])


def test_metric_figures_stand_beside_their_names(report: Report) -> None:
    row = report.packs[0].rows[0]
    assert row.metric is not None
    assert row.metric.metric is Metric.NPS
    assert row.metric_change is not None
    assert row.text.since == "changed"
    assert row.text.since_detail == "+24 since 2026 Q3"


def test_long_titles_keep_their_rows_whole_and_the_list_on_its_page(
    bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    long = "Форма теряет введённые данные при возврате, и клиент вынужден вводить всё заново"
    items = tuple(
        replace(row, title=f"{long} {number}", improvement_title=f"Poprawić: {long}")
        for number, row in enumerate(bank_ranking.items, start=1)
    )
    pack = pack_maker(replace(bank_ranking, items=items))[0]
    assert len(pack.rows) == 10
    pages = [squeezed(p.extract_text()) for p in PdfReader(BytesIO(pdf_bytes(pack))).pages]
    assert all(squeezed(row.text.title) in pages[0] for row in pack.rows)
    # What a full page gives up stands on the next, whole.
    assert squeezed(pack.text.why_not_title) in pages[1]
    more = tuple(
        replace(items[3], rank=20 + n, pain_point=f"m{n}", title=f"{long} m{n}") for n in range(40)
    )
    pack = pack_maker(replace(bank_ranking, items=items + more))[0]
    pages = [squeezed(p.extract_text()) for p in PdfReader(BytesIO(pdf_bytes(pack))).pages]
    for row in pack.all_rows:
        whole = squeezed(f"{row.text.title}{row.text.where}")
        assert any(whole in page for page in pages), row.text.title


def test_a_long_word_is_hyphenated_and_still_found_by_its_letters(
    bank_ranking: Ranking, pack_maker: PackMaker
) -> None:
    word = "Kontraktsinngåelsesordning"
    items = (replace(bank_ranking.items[0], title=f"Slow {word} {word} {word}"),)
    pack = pack_maker(replace(bank_ranking, items=items))[0]
    text = squeezed(text_of(pdf_bytes(pack)))
    assert text.replace("\u00ad", "").count(word) >= 3
