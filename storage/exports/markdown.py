"""Reports as Markdown, for wikis and mails: the same texts and figures, no markup in them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from journey.report.pack import Pack
from journey.report.report import DonePage, Overview
from journey.report.texts import ColumnText, FixText, FootText, RowText
from storage.exports.target import replacing

# What would be markup, a link, a mention or HTML where people only meant the character; and what
# would be so at the start of a line.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$&@]|:(?=//)|(?<=www)\.)")
_START = re.compile(r"([-+=]|\d+(?=[.)]))")
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def write_markdown(pack: Pack, path: Path) -> Path:
    """Write a pack to `path`, replacing it whole; return where it stands.

    Raises:
        TargetError: the target is as it was.
    """
    return _write(markdown_text(pack), path)


def write_overview_markdown(overview: Overview, path: Path) -> Path:
    """Write the board's overview; raises as `write_markdown`."""
    return _write(overview_markdown(overview), path)


def write_done_markdown(page: DonePage, path: Path) -> Path:
    """Write "You said, we did"; raises as `write_markdown`."""
    return _write(done_markdown(page), path)


def plain(text: str) -> str:
    """Return a text on one line in which no character is markup."""
    told = _MARKUP.sub(r"\\\1", _BREAKS.sub(" ", text).strip())
    start = _START.match(told)
    if start is None:
        return told
    # A number is kept from being a list's by its dot, a sign by itself.
    end = start.end() if start[1].isdigit() else start.start()
    return f"{told[:end]}\\{told[end:]}"


def markdown_text(pack: Pack) -> str:
    """Return a pack as Markdown."""
    t = pack.text
    parts = [
        f"{plain(t.workspace)} · {plain(t.state)}",
        f"# {plain(t.leader)}",
        plain(t.lead),
        f"> **{plain(t.decision_title)}: {plain(t.decision)}**",
    ]
    if t.decision_detail:
        parts[-1] += f"\n>\n> {plain(t.decision_detail)}"
    parts.append(_rows([row.text for row in pack.all_rows], t.columns))
    parts.append(plain(" · ".join(filter(None, (t.unit, *t.legend[1:])))))
    if t.why:
        parts += [f"## {plain(t.why_title)}", plain(t.why)]
    if t.why_not:
        parts.append(f"## {plain(t.why_not_title)}")
        parts.append(_list(f"**{plain(title)}:** {plain(why)}" for title, why in t.why_not))
    parts += _fixes(t.fixes_title, t.fixes)
    if t.change:
        parts += [f"## {plain(t.change_title)}", _list(plain(part) for part in t.change)]
    if t.comments:
        parts.append(f"## {plain(t.comments_title)}")
        parts += [f"> {plain(c.quote)}  \n> {plain(c.source)}" for c in t.comments]
    if t.kpis:
        parts.append(f"## {plain(t.kpis_title)}")
        parts.append(
            _list(
                " · ".join(plain(p) for p in (k.name, k.where, k.value, k.target, k.reading) if p)
                for k in t.kpis
            )
        )
    return _joined([*parts, *_foot(t.foot)])


def overview_markdown(overview: Overview) -> str:
    """Return the board's overview as Markdown."""
    t = overview.text
    parts = [
        f"{plain(t.workspace)} · {plain(t.state)}",
        f"# {plain(t.title)}",
        plain(t.lead),
        f"> **{plain(t.decision_title)}: {plain(t.decision)}**",
    ]
    if t.decision_detail:
        parts[-1] += f"\n>\n> {plain(t.decision_detail)}"
    parts.append(
        _list(
            f"{plain(title)}: **{plain(value)}**" + (f" ({plain(note)})" if note else "")
            for title, value, note in t.figures
        )
    )
    parts.append(f"## {plain(t.rows_title)}")
    rows = [row.text for row in overview.rows]
    leaders = [row.leader for row in overview.rows]
    parts.append(_rows(rows, t.columns, leaders, t.leader_column))
    parts.append(f"## {plain(t.leaders_title)}")
    lines = [line.text for line in overview.leaders]
    cells = (
        (k.leader, k.rows, k.asked, k.effort, k.best, f"{k.value} {k.interval}".strip(), k.kpis)
        for k in lines
    )
    parts.append(_table(t.leader_columns, cells))
    if t.change:
        parts += [f"## {plain(t.change_title)}", _list(plain(part) for part in t.change)]
    parts += _fixes(t.fixes_title, t.fixes)
    return _joined([*parts, *_foot(t.foot)])


def done_markdown(page: DonePage) -> str:
    """Return "You said, we did" as Markdown."""
    t = page.text
    parts = [f"# {plain(t.title)}", plain(t.lead)]
    for entry in page.entries:
        said = "; ".join(plain(said) for said in entry.text.said)
        did = " · ".join(
            plain(p) for p in (entry.text.did, entry.text.result, entry.text.when) if p
        )
        parts.append(f"**{plain(t.said_title)}:** {said}  \n**{plain(t.did_title)}:** {did}")
    return _joined([*parts, plain(t.foot)])


def _rows(
    rows: Sequence[RowText], c: ColumnText, leaders: Sequence[str] = (), leader: str = ""
) -> str:
    heads = [c.rank, c.pain_point, *([leader] if leader else []), c.value, c.chance, c.effort]
    heads += [c.level, c.metric, *([c.since] if c.since else []), c.work]
    cells = []
    for number, row in enumerate(rows):
        rank = f"{row.rank} ({row.change})" if row.change else row.rank
        where = " · ".join(filter(None, (row.where, row.segment)))
        metric = f"{row.metric_name} {row.metric} {row.margin} · {row.answers}, {row.target}"
        line = [rank, f"{row.title} ({where})" if where else row.title]
        line += [leaders[number]] if leader else []
        line += [f"{row.value} ({row.interval})" if row.interval else row.value or row.no_value]
        line += [row.chance, row.effort, row.level, row.no_metric or metric.rstrip(", ")]
        line += [" ".join(filter(None, (row.since, row.since_detail)))] if c.since else []
        line += [" · ".join(filter(None, (row.improvement, row.status, row.due)))]
        cells.append(line)
    return _table(heads, cells)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads)]
    told = [f"| {' | '.join(plain(cell) for cell in heads)} |", f"|{'---|' * len(lines[1])}"]
    told += [f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows]
    return "\n".join(told)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _fixes(title: str, fixes: Sequence[FixText]) -> list[str]:
    if not fixes:
        return []
    return [
        f"## {plain(title)}",
        _list(f"**{plain(f.title)}:** {plain(f.sentence)}" for f in fixes),
    ]


def _foot(foot: FootText) -> list[str]:
    told = (
        (foot.method_title, foot.method),
        (foot.assumptions_title, foot.assumptions),
        (foot.trace_title, foot.trace),
    )
    parts = [f"**{plain(title)}** {plain(text)}" for title, text in told]
    return ["---", *parts, *(plain(warning) for warning in foot.warnings)]


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _write(text: str, path: Path) -> Path:
    with replacing(path) as target:
        target.file.write(text.encode())
    return target.path
