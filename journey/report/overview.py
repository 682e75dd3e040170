"""The board's overview and "You said, we did", made of the packs and the workspace."""

from collections.abc import Sequence
from dataclasses import replace

from journey.model.workspace import Workspace
from journey.priority.result import Basis
from journey.report.around import Around
from journey.report.axis import axis_of
from journey.report.figures import Unit, grouped, long_date, quarter_words, unit_of
from journey.report.fixes import finished
from journey.report.pack import (
    ROWS_ON_THE_PAGE,
    Ask,
    FixFact,
    Pack,
    PackRow,
    RankChange,
    ShareFact,
)
from journey.report.page import (
    columns_text,
    foot_text,
    leader_text,
    legend_text,
    state_text,
    ticks_text,
    unit_text,
)
from journey.report.pictures import picture_texts
from journey.report.report import DoneEntry, DonePage, LeaderLine, Overview, OverviewRow
from journey.report.rows import days_text, fix_text, row_text, titles_text
from journey.report.texts import DonePageText, DoneText, LeaderText, OverviewText
from journey.report.warnings import explain_warning
from journey.report.words import Words


def overview_of(workspace: Workspace, packs: Sequence[Pack], around: Around) -> Overview | None:
    """Return the board's page of all packs of one ranking; None where there is none."""
    if not packs:
        return None
    first = packs[0]
    every = [(row, pack) for pack in packs for row in pack.all_rows]
    every.sort(key=lambda pair: (pair[0].item.rank is None, pair[0].item.rank or 0))
    top = every[:ROWS_ON_THE_PAGE]
    asked = tuple(row.item.rank for row, _ in every if row.asked and row.item.rank is not None)
    fixes = finished(workspace, around, quarter=first.quarter)
    told = [fix for fix in fixes if fix.inside is not None]
    overview = Overview(
        workspace=first.workspace,
        language=first.language,
        quarter=first.quarter,
        frozen_on=first.frozen_on,
        draft=first.draft,
        basis=first.basis,
        currency=first.currency,
        leaders=tuple(_line(pack, around) for pack in packs),
        rows=tuple(OverviewRow(row, _who(pack)) for row, pack in top),
        axis=axis_of(row.figure for row, _ in top),
        asked=asked,
        effort_days=_effort([row for row, _ in every if row.asked]),
        joint=around.joint_all,
        fixes=fixes,
        hits=sum(1 for fix in told if fix.inside),
        predictions=len(told),
        before=first.before,
        new=sum(1 for row, _ in every if row.change is RankChange.NEW),
        gone=_gone(around, [row for row, _ in every]),
        pictures=tuple(around.pictures),
        foot=replace(first.foot, answers=_answers(packs)),
    )
    return _written(overview, first)


def _who(pack: Pack) -> str:
    return leader_text(pack.leader, pack.leader_name, "", Words(pack.language))


def _line(pack: Pack, around: Around) -> LeaderLine:
    approve = pack.decision.ask is Ask.APPROVE
    measured = [k for k in pack.kpis if k.met is not None and k.own]
    return LeaderLine(
        leader=pack.leader,
        leader_name=pack.leader_name,
        leader_role=pack.leader_role,
        rows=len(pack.all_rows),
        asked=tuple(r.item.rank for r in pack.all_rows if r.asked and r.item.rank is not None),
        effort_days=pack.decision.effort_days if approve else 0.0,
        best=next(
            (r for r in pack.all_rows if r.figure is not None and not r.item.no_evidence), None
        ),
        joint=around.joint.get(pack.leader),
        kpis_met=sum(1 for kpi in measured if kpi.met),
        kpis_measured=len(measured),
    )


def _effort(rows: Sequence[PackRow]) -> float:
    """Return the work of all rows; those of one improvement are one piece of work."""
    work = {row.item.improvement or row.item.pain_point: row.item.effort_days for row in rows}
    return sum(work.values())


def _gone(around: Around, rows: Sequence[PackRow]) -> tuple[str, ...]:
    if around.before is None:
        return ()
    here = {row.item.pain_point for row in rows}
    gone = [row for key, row in around.before.rows.items() if key not in here]
    return tuple(row.title for row in sorted(gone, key=lambda r: (r.rank is None, r.rank or 0)))


def _answers(packs: Sequence[Pack]) -> int:
    """Return the answers behind all packs; a touchpoint of several leaders counts once."""
    seen = {
        (fact.stage, fact.touchpoint, fact.question, fact.metric, fact.n): fact.n
        for pack in packs
        for fact in pack.metrics
        if not fact.segment
    }
    return sum(seen.values())


def _written(overview: Overview, first: Pack) -> Overview:
    words = Words(overview.language)
    # The packs' own axes differ; here one scale serves the first ten of all.
    unit = unit_of(replace(first, axis=overview.axis), words)
    rows = tuple(
        replace(row, row=told, text=told.text)
        for row in overview.rows
        for told in (replace(row.row, text=row_text(row.row, words, unit)),)
    )
    leaders = tuple(replace(line, text=_leader(line, words, unit)) for line in overview.leaders)
    fixes = tuple(replace(fix, text=fix_text(fix, words, unit)) for fix in overview.fixes)
    told = replace(overview, rows=rows, leaders=leaders, fixes=fixes)
    return replace(told, text=_text(told, first, words, unit))


def _leader(line: LeaderLine, words: Words, unit: Unit) -> LeaderText:
    best = line.best
    text = row_text(best, words, unit) if best else None
    met = words("kpis_met", met=line.kpis_met, measured=line.kpis_measured)
    return LeaderText(
        leader=leader_text(line.leader, line.leader_name, line.leader_role, words),
        rows=grouped(line.rows),
        asked=", ".join(str(rank) for rank in line.asked) or words("none"),
        effort=words("days_short", days=days_text(line.effort_days))
        if line.asked
        else words("none"),
        best=f"{text.rank} {text.title}" if text else words("none"),
        value=text.value if text else "",
        interval=text.interval if text else "",
        kpis=met if line.kpis_measured else words("none"),
    )


def _text(overview: Overview, first: Pack, words: Words, unit: Unit) -> OverviewText:
    rows = [row.row for row in overview.rows]
    ordered = overview.basis is Basis.ORDER
    count = sum(line.rows for line in overview.leaders)
    leaders = sum(1 for line in overview.leaders if line.leader is not None)
    one = "overview.lead_row" if count == 1 else "overview.lead_one"
    lead = words(
        one if leaders == 1 else "overview.lead",
        rows=grouped(count),
        leaders=leaders,
        order=words.order(overview.basis),
    )
    foot = foot_text(
        overview.foot, first.assumptions, words, ordered=ordered, minimum=first.minimum_n
    )
    headline, detail = _decision(overview, first, words, unit)
    before = overview.before
    quarter = quarter_words(overview.quarter) if overview.quarter else ""
    return OverviewText(
        title=" · ".join(filter(None, (words("overview.title"), quarter))),
        workspace=overview.workspace,
        state=state_text(overview.quarter, overview.frozen_on, words, draft=overview.draft),
        lead=lead,
        decision_title=words("decision"),
        decision=headline,
        decision_detail=detail,
        figures=_figures(overview, words, unit),
        leaders_title=words("overview.leaders"),
        leader_columns=tuple(
            words(f"column.{key}")
            for key in ("leader", "rows", "asked", "effort", "best", "value", "kpis")
        ),
        rows_title=words("overview.rows_one")
        if len(rows) == 1
        else words("overview.rows", count=len(rows)),
        columns=columns_text(overview.basis, unit, first.decision.top_k, before, words),
        leader_column=words("column.leader"),
        unit=unit_text(overview.basis, first.index_unit, unit, words),
        ticks=ticks_text(overview.axis, unit),
        legend=legend_text(rows, overview.axis, words),
        pictures=picture_texts(overview.pictures, words),
        change_title=words("change_title", quarter=quarter_words(before)) if before else "",
        change=_change(overview, words),
        fixes_title=words("overview.fixes") if overview.fixes else "",
        fixes=tuple(fix.text for fix in overview.fixes),
        foot=replace(foot, warnings=_warnings(overview, first, words)),
    )


def _warnings(overview: Overview, first: Pack, words: Words) -> tuple[str, ...]:
    found = [explain_warning(warning) for warning in first.warnings]
    if overview.frozen_on is not None and not overview.pictures:
        found.append(words("overview.picture_not_kept"))
    return tuple(found)


def _decision(overview: Overview, first: Pack, words: Words, unit: Unit) -> tuple[str, str]:
    if not overview.asked:
        return words("overview.nothing", k=first.decision.top_k), ""
    ranks = [str(rank) for rank in overview.asked]
    listed = ranks[0]
    if len(ranks) > 1:
        listed = words("and", first=", ".join(ranks[:-1]), last=ranks[-1])
    key = "overview.decision_one" if len(ranks) == 1 else "overview.decision"
    headline = words(key, days=days_text(overview.effort_days), ranks=listed)
    joint = overview.joint
    if joint is None or joint.low80 is None or joint.high80 is None:
        return headline, words("overview.alone") if len(ranks) > 1 else ""
    mean = unit.text(joint.mean)
    low = unit.text(joint.low80, with_unit=False)
    return headline, words(
        "overview.joint", mean=mean, low=low, high=unit.text(joint.high80, with_unit=False)
    )


def _figures(overview: Overview, words: Words, unit: Unit) -> tuple[tuple[str, str, str], ...]:
    """Return the few figures a board looks at first, each as title, value, note."""
    tiles: list[tuple[str, str, str]] = []
    joint = overview.joint
    first = overview.rows[0].text if overview.rows else None
    if joint is not None and joint.low80 is not None and joint.high80 is not None:
        low = unit.text(joint.low80, with_unit=False)
        high = unit.text(joint.high80, with_unit=False)
        tiles.append(
            (words("tile.joint"), unit.text(joint.mean), words("interval", low=low, high=high))
        )
    elif first is not None and first.value:
        tiles.append((words("tile.first"), first.value, first.interval))
    tiles.append((words("tile.asked"), grouped(len(overview.asked)), ""))
    work = words("days_short", days=days_text(overview.effort_days))
    tiles.append((words("tile.effort"), work if overview.asked else words("none"), ""))
    held = words("tile.hits_value", hits=overview.hits, predictions=overview.predictions)
    none = (words("none"), words("tile.hits_none"))
    tiles.append((words("tile.hits"), *((held, "") if overview.predictions else none)))
    return tuple(tiles)


def _change(overview: Overview, words: Words) -> tuple[str, ...]:
    if overview.before is None:
        return ()
    key = {0: "overview.new_none", 1: "overview.new_one"}.get(overview.new, "overview.new")
    parts = [words(key, count=overview.new) + "."]
    if overview.gone:
        key = "overview.gone_one" if len(overview.gone) == 1 else "overview.gone"
        parts.append(words(key, count=len(overview.gone), titles=titles_text(overview.gone)))
    return tuple(parts)


def done_page_of(workspace: Workspace, packs: Sequence[Pack], around: Around) -> DonePage | None:
    """Return what customers and staff are told was done; None where nothing was finished."""
    if not packs:
        return None
    first = packs[0]
    fixes = finished(workspace, around, quarter=first.quarter)
    if not fixes:
        return None
    words = Words(first.language)
    quarter = quarter_words(first.quarter) if first.quarter else ""
    text = DonePageText(
        title=words("done"),
        workspace=first.workspace,
        state=quarter,
        lead=words("done.lead"),
        said_title=words("done.said"),
        did_title=words("done.did"),
        came_title=words("done.came"),
        foot=words("done.foot", workspace=first.workspace, date=long_date(first.foot.generated_on)),
    )
    entries = tuple(_entry(fix, words) for fix in fixes)
    return DonePage(first.workspace, first.language, first.quarter, entries, first.foot, text)


def _entry(fix: FixFact, words: Words) -> DoneEntry:
    when = words("done.on", date=long_date(fix.done_on)) if fix.done_on else ""
    text = DoneText(
        said=fix.pain_points,
        did=fix.title,
        when=when,
        where=fix.touchpoint,
        result=result_text(fix.shares, words),
    )
    return DoneEntry(fix.pain_points, fix.title, fix.touchpoint, fix.done_on, fix.shares, text)


def result_text(shares: ShareFact | None, words: Words) -> str:
    """Return what came of an improvement in customers' words; nothing is claimed inside noise."""
    if shares is None:
        return ""
    if shares.seen is None:
        return words("done.not_measured")
    tenths = round(10.0 * shares.seen)
    key = "done.seen"
    if not shares.sure:
        key = "done.seen_none"
    elif tenths < 1:
        key = "done.seen_few"
    elif tenths > 9:
        key = "done.seen_all"
    told = [words(key, seen=tenths)]
    if shares.hoped is not None:
        told.append(words("done.hoped", hoped=max(1, round(10.0 * shares.hoped))))
    asked = "done.asked_trial" if shares.trial else "done.asked"
    told.append(words(asked, before=grouped(shares.before), after=grouped(shares.after)))
    return " ".join(told)
