"""The page to share: one file, nothing loaded, nothing typed becomes markup, few answers hidden."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from journey.model.evidence import Kpi
from journey.model.ids import ImprovementId, JourneyId, KpiId, PainPointId, StageId, TouchpointId
from journey.model.improvement import Improvement
from journey.model.map import Journey, JudgedExperience, PainPoint, Stage, Touchpoint
from journey.model.workspace import Workspace
from ui.map.figures import ChipFact, KpiFigure, MapFigures, Measured, TouchpointFigures
from ui.render.subject import Subject
from ui.share.page import share_page
from ui.shell.widgets.marks import ChipState

J = JourneyId("j")
HOSTILE = "</script><img src=x onerror=alert(1)> <!-- @@script@@ 'quoted' \u2028"
SECRET_N = 3


@pytest.fixture
def subject(qapp: QApplication) -> Subject:
    """A journey with hostile names, one metric with answers and one without enough of them."""
    ws = Workspace(
        HOSTILE,
        [
            Journey(J, HOSTILE),
            Stage(StageId("s"), J, HOSTILE),
            Touchpoint(
                TouchpointId("t0"), J, HOSTILE, StageId("s"), 0.0, HOSTILE,
                moment_of_truth=True, judged_experience=(JudgedExperience(40.0),),
            ),
            Touchpoint(TouchpointId("t1"), J, "Card delivery", StageId("s"), 1.0),
            PainPoint(PainPointId("p"), J, HOSTILE, TouchpointId("t0"), 0.0, 4, 2),
            Improvement(ImprovementId("i"), "Send a text", (PainPointId("p"),), 12.0),
            Kpi(KpiId("k"), "Days to card", TouchpointId("t1"), unit="days", target=4.0),
        ],
    )  # fmt: skip
    enough = ChipFact("NPS", -21, 8, 388, signed=True)
    few = ChipFact("NPS", None, None, SECRET_N, ChipState.TOO_FEW)
    figures = MapFigures(
        {
            TouchpointId("t0"): TouchpointFigures((enough,), Measured(-21, -29, -13)),
            TouchpointId("t1"): TouchpointFigures((few,)),
        },
        {KpiId("k"): KpiFigure(6.4, False, "2026Q4")},
        {PainPointId("p"): "A"},
    )
    return Subject(ws, J, figures, "2026Q4")


class Page(HTMLParser):
    """What a browser would make of the page, as far as these tests ask."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {}
        self._open: str | None = None
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style", "title", "h1"):
            kind = dict(attrs).get("type") or tag
            self._open = kind
            self.inside.setdefault(kind, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "title", "h1"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.inside[self._open][-1] += data

    @property
    def data(self) -> dict[str, list[dict[str, object]]]:
        """What the page tells."""
        return json.loads(self.inside["application/json"][0])


def policy_of(page: Page) -> dict[str, list[str]]:
    """Return the rules of the page by their names."""
    meta = [a for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(meta) == 1
    rules = [rule.split() for rule in str(meta[0]["content"]).split(";")]
    return {rule[0]: rule[1:] for rule in rules}


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_its_rules_let_in_nothing_but_its_own_script_and_style(subject: Subject) -> None:
    page = Page(share_page(subject))
    rules = policy_of(page)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [sha256(page.inside["script"][0])]
    assert rules["style-src"] == [sha256(page.inside["style"][0])]
    assert rules["img-src"] == ["data:"]
    assert len(page.inside["script"]) == len(page.inside["style"]) == 1
    names = [tag for tag, _ in page.tags]
    first = names.index("meta", names.index("meta") + 1)
    assert first < names.index("style") < names.index("script")


def test_nothing_is_loaded(subject: Subject) -> None:
    page = Page(share_page(subject))
    for tag, found in page.tags:
        assert tag not in {"link", "iframe", "object", "embed", "base", "form", "img", "audio"}
        for key, value in found.items():
            assert not key.startswith("on"), key
            assert key != "style"
            if key in ("src", "href", "xlink:href", "action"):
                assert str(value).startswith(("#", "data:image/"))
    for text in (*page.inside["script"], *page.inside["style"]):
        assert "http" not in text
        assert "innerHTML" not in text
        assert not re.search(r"\b(fetch|XMLHttpRequest|import|eval|document\.write)\b", text)


def test_what_a_person_types_is_text_everywhere(subject: Subject) -> None:
    data = share_page(subject)
    page = Page(data)
    assert b"<img" not in data
    assert b"<!-- " not in data
    assert page.inside["h1"] == [HOSTILE]
    assert page.inside["title"] == [HOSTILE]
    things = page.data["things"]
    assert things[0]["name"] == HOSTILE
    labels = [a["aria-label"] for t, a in page.tags if a.get("class") == "hit"]
    assert f"Touchpoint: {' '.join(HOSTILE.split())}" in labels


def test_details_of_every_card(subject: Subject) -> None:
    page = Page(share_page(subject))
    things = page.data["things"]
    hits = [int(str(a["data-thing"])) for t, a in page.tags if a.get("class") == "hit"]
    assert set(hits) == set(range(len(things)))
    by_kind = {str(thing["kind"]): thing for thing in reversed(things)}
    touchpoint = things[0]
    assert ["Moment of truth", "yes"] in touchpoint["facts"]
    assert ["Judged experience", "+40"] in touchpoint["facts"]
    assert ["Measured experience", "−21 ±8"] in touchpoint["facts"]
    groups = {group["head"]: group["cards"] for group in touchpoint["groups"]}
    assert groups["Metrics"][0]["name"] == "NPS −21 ±8"
    assert groups["Metrics"][0]["note"].startswith("388 answers")
    pain = groups["Pain points"][0]
    assert pain["note"] == "severity 4 of 5, frequency 2 of 5"
    assert things[pain["to"]]["kind"] == "Pain point"
    assert ["Level of evidence", "A"] in by_kind["Pain point"]["facts"]
    assert by_kind["Improvement"]["facts"][:2] == [["Status", "Proposed"], ["Effort", "12\u00a0d"]]
    assert ["Target reached", "no"] in by_kind["KPI"]["facts"]
    (stage,) = page.data["outline"]
    assert [things[number]["name"] for number in stage["things"]] == [HOSTILE, "Card delivery"]


def test_under_the_minimum_no_figure_is_in_the_page(subject: Subject) -> None:
    page = Page(share_page(subject))
    few = next(t for t in page.data["things"] if t["name"] == "Card delivery")
    (metrics,) = [g["cards"] for g in few["groups"] if g["head"] == "Metrics"]
    assert metrics == [
        {"name": "NPS", "note": "too few answers to show a figure", "tone": "metric", "to": None}
    ]
    assert all(fact[0] != "Measured experience" for fact in few["facts"])


def test_both_themes_are_in_it_and_dark_is_a_choice(subject: Subject) -> None:
    usual, dark = share_page(subject), share_page(subject, dark=True)
    style = Page(usual).inside["style"][0]
    assert "prefers-color-scheme:dark" in style
    assert "@media print" in style
    html = next(a for t, a in Page(usual).tags if t == "html")
    assert "data-theme" not in html
    assert next(a for t, a in Page(dark).tags if t == "html")["data-theme"] == "dark"
    used = set(re.findall(r'class="([^"]*)"', usual.decode()))
    for name in {n for names in used for n in names.split() if n[:2] in ("f-", "s-")}:
        assert f".{name}{{" in style
    assert not re.search(r'(fill|stroke)="#01fe', usual.decode())


def opened_in_a_browser(target: Path, wide: int) -> tuple[Page, str]:
    """Return the page as Chromium leaves it, and what it logged; skips where there is none."""
    found = [shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome")]
    browser = next((path for path in found if path), None)
    if browser is None:
        pytest.skip("no Chromium is installed here")
    done = subprocess.run(
        [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={target.parent / 'profile'}", "--virtual-time-budget=2000",
         f"--window-size={wide},844", "--dump-dom", target.as_uri()],
        capture_output=True, check=False, timeout=120, text=True,
    )  # fmt: skip
    if not done.stdout:
        pytest.skip("the Chromium installed here does not start")
    return Page(done.stdout.encode()), done.stderr


def test_a_browser_opens_it_and_says_nothing_is_wrong(subject: Subject, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_bytes(share_page(subject))
    page, logged = opened_in_a_browser(target, 1366)
    assert "CONSOLE" not in logged
    names = [tag for tag, _ in page.tags]
    assert "img" not in names
    # The script ran: it wrote the list and made the first card the stop of the Tab key.
    assert names.count("section") == 2
    stops = [a for t, a in page.tags if a.get("class") == "hit" and a.get("tabindex") == "0"]
    assert len(stops) == 1


@pytest.mark.parametrize(("wide", "listed"), [(390, True), (1366, False)])
def test_a_phone_opens_the_list_and_a_laptop_the_map(
    wide: int, listed: bool, subject: Subject, tmp_path: Path
) -> None:
    target = tmp_path / "page.html"
    target.write_bytes(share_page(subject))
    page, logged = opened_in_a_browser(target, wide)
    assert "CONSOLE" not in logged
    body = next(a for t, a in page.tags if t == "body")
    assert (body.get("class") == "listed") is listed
    # The map is a press of this button away, on a phone too.
    button = next(a for t, a in page.tags if a.get("id") == "view")
    assert button["aria-pressed"] == str(listed).lower()
    # What zooms the map says so to the style, which takes it away beside a list.
    zooms = [a["id"] for t, a in page.tags if t == "button" and a.get("class") == "of-map"]
    assert zooms == ["out", "zoom", "in", "fit"]
