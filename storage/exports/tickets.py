"""A pack's rows as tickets in CSV, with the column names Jira's import knows."""

import csv
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from journey.model.improvement import OPEN_STATUSES
from journey.report.pack import Pack, PackRow
from journey.report.words import Words
from storage.exports.csv import safe_cell
from storage.exports.target import replacing

COLUMNS = (
    "Summary",
    "Description",
    "Issue Type",
    "Priority",
    "Assignee",
    "Labels",
    "Labels",
    "Labels",
    "Due Date",
    "Original Estimate",
    "External ID",
)
# Longer summaries are refused by Jira.
_SUMMARY = 255
_SECONDS_A_DAY = 8 * 3600
_NO_LABEL = re.compile(r"[^\w-]+")


def write_tickets(pack: Pack, path: Path) -> Path:
    """Write a pack's open work as tickets, replacing `path` whole; return where it stands.

    Raises:
        TargetError: the target is as it was.
    """
    return write_ticket_rows((pack,), path)


def write_ticket_rows(packs: Iterable[Pack], path: Path) -> Path:
    """Write the open work of several packs as tickets; raises as `write_tickets`."""
    with replacing(path) as target:
        target.file.write(("\ufeff" + tickets_text(packs)).encode())
    return target.path


def tickets_text(packs: Iterable[Pack]) -> str:
    """Return a ticket for each row that still asks for work, in rank order, safe in spreadsheets.

    Figures in the description are those of every other format. Priority follows the decision:
    "High" for rows asked for, "Medium" for other ranked rows, "Low" for the rest; the estimate is
    in seconds of eight-hour days, empty where the effort is only assumed. "External ID" is the
    pain point's id, by which a second import finds the ticket again.
    """
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pack in packs:
        words = Words(pack.language)
        for row in pack.all_rows:
            if not row.status or row.status in OPEN_STATUSES:
                writer.writerow([safe_cell(cell) for cell in _ticket(pack, row, words)])
    return held.getvalue()


def _ticket(pack: Pack, row: PackRow, words: Words) -> list[str]:
    item = row.item
    estimate = "" if item.effort_assumed else str(round(item.effort_days * _SECONDS_A_DAY))
    return [
        _one_line(item.improvement_title or item.title)[:_SUMMARY],
        _description(pack, row, words),
        "Task",
        "High" if row.asked else "Medium" if item.rank is not None else "Low",
        pack.leader_name if pack.leader else "",
        "waymark",
        _label(item.stage_name),
        _label(item.touchpoint_name),
        row.due.isoformat() if row.due else "",
        estimate,
        item.pain_point,
    ]


def _description(pack: Pack, row: PackRow, words: Words) -> str:
    text = row.text
    value = " ".join(filter(None, (text.value, text.interval and f"(80 %: {text.interval})")))
    lines = (
        (words("pain_point"), text.title),
        (words("touchpoint"), text.where),
        (words("rank"), text.rank),
        (words("value"), value or text.no_value),
        (words("p_top", k=pack.decision.top_k), text.chance),
        (words("effort_short"), text.effort),
        (words("level"), f"{text.level} {text.level_name}"),
        (words("sentence"), row.item.sentence),
        (words("trace_short"), pack.text.foot.trace),
    )
    return "\n".join(f"{name}: {_one_line(told)}" for name, told in lines if told)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _label(text: str) -> str:
    """Return a text as a label, in which Jira allows no spaces."""
    return _NO_LABEL.sub("-", text).strip("-").casefold()
