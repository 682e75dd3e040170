"""Makes the sample: a bank that does not exist, with answers drawn by a fixed seed.

Run it from the project's folder: `python -m resources.sample.make_sample`. It writes the files
beside it. Every name and every figure is invented; any likeness is chance.
"""

import csv
import json
import random
from datetime import date, timedelta
from math import exp
from pathlib import Path

from journey.model.quarter import quarter_of
from resources.sample.bank import (
    ACCOUNT,
    DONE,
    IMPROVEMENTS,
    KPIS,
    LEADERS,
    MORTGAGE,
    PAINS,
    QUARTERS,
    SEGMENTS,
    STAGES,
    Touch,
)
from resources.sample.paths import events, mapping

HERE = Path(__file__).parent
SEED = 20261001


def account_question(t: Touch) -> str:
    """Return the heading of a touchpoint's question in the account survey."""
    return f"{t.name}: how likely are you to recommend us after it?"


def workspace() -> dict[str, object]:
    """Return the sample workspace as Waymark JSON, without answers."""
    return {
        "format": "waymark/1",
        "workspace": {
            "name": "Havnbank (sample, made up)",
            "currency": "EUR",
            "language": "en",
            "minimum_n": 5,
            "fiscal_year_start_month": 1,
        },
        "leaders": [
            {"id": i, "name": n, "role": r, "email": f"{i}@havnbank.example"} for i, n, r in LEADERS
        ],
        "personas": [
            {
                "id": "ida",
                "name": "Ida, first job",
                "description": "Opens her first salary account",
            },
            {
                "id": "family",
                "name": "The Solbergs",
                "description": "Move a mortgage for a better rate",
            },
        ],
        "segments": [
            {"id": i, "name": n, "customers_per_year": c, "value_if_retained": v}
            for i, n, c, v, *_ in SEGMENTS
        ],
        "journeys": [
            journey("account", "Opening a salary account", "ida", ACCOUNT),
            journey("mortgage", "Moving a mortgage", "family", MORTGAGE),
        ],
        "improvements": [
            {
                "id": i,
                "title": title,
                "addresses": pains,
                "effort_days": days,
                "cost": cost or None,
                "owner": owner_of(pains[0]),
                "status": status,
                "due": due,
                "quarter": quarter_of(date.fromisoformat(due)) if due else None,
                **DONE.get(i, {}),
            }
            for i, title, pains, days, cost, status, due in IMPROVEMENTS
        ],
        "kpis": [
            {
                "id": i,
                "name": n,
                "touchpoint": t,
                "owner": o,
                "unit": u,
                "better": b,
                "target": goal,
            }
            for i, n, t, o, u, b, goal, _ in KPIS
        ],
        "observations": [
            {"kpi": k[0], "period": quarter, "value": value}
            for k in KPIS
            for (quarter, *_), value in zip(QUARTERS, k[-1], strict=True)
        ],
    }


def owner_of(pain: str) -> str:
    """Return the leader who owns the touchpoint of a pain point."""
    touchpoint = next(p.touchpoint for p in PAINS if p.id == pain)
    return next(t.owner for t in (*ACCOUNT, *MORTGAGE) if t.id == touchpoint)


def journey(
    name: str, title: str, persona: str, touchpoints: tuple[Touch, ...]
) -> dict[str, object]:
    """Return one journey of the sample as Waymark JSON."""
    ids = {t.id for t in touchpoints}
    stages = [{"id": f"{name}-{s.lower()}", "name": s} for s in STAGES]
    return {
        "id": name,
        "name": title,
        "persona": persona,
        "entrants": (
            [
                {"segment": "salaried", "per_year": 900},
                {"segment": "self-employed", "per_year": 250},
            ]
            if name == "mortgage"
            else []
        ),
        "stages": stages,
        "touchpoints": [
            {
                "id": t.id,
                "name": t.name,
                "stage": f"{name}-{t.stage.lower()}",
                "channel": t.channel,
                "department": t.department,
                "owner": t.owner,
                "moment_of_truth": t.id in ("idcheck", "card", "valuation"),
                "judged_experience": [{"value": t.judged, "persona": None}],
            }
            for t in touchpoints
        ],
        "transitions": [],
        "pain_points": [
            {
                "id": p.id,
                "title": p.title,
                "touchpoint": p.touchpoint,
                "severity": p.severity,
                "frequency": p.frequency,
                "votes": p.votes,
                "status": "open",
            }
            for p in PAINS
            if p.touchpoint in ids
        ],
        "strengths": (
            [{"id": "people", "title": "Staff who know the answer", "touchpoint": "branch"}]
            if name == "account"
            else []
        ),
        "lanes": [
            lane(name, "Actions", "actions", touchpoints, "action"),
            lane(name, "Thoughts", "thoughts", touchpoints, "thought"),
        ],
    }


def lane(
    name: str, title: str, kind: str, touchpoints: tuple[Touch, ...], field: str
) -> dict[str, object]:
    """Return a lane with one note for each touchpoint."""
    return {
        "id": f"{name}-{kind}",
        "name": title,
        "kind": kind,
        "notes": [
            {"id": f"{kind}-{t.id}", "touchpoint": t.id, "text": getattr(t, field)}
            for t in touchpoints
        ],
    }


def account_rows(quarter: int, draw: random.Random) -> list[dict[str, object]]:
    """Return the account survey of a quarter: one row per customer a year after joining."""
    _, first_day, size = QUARTERS[quarter]
    rows: list[dict[str, object]] = []
    for number in range(size):
        segment = draw.choices(SEGMENTS, [s[4] for s in SEGMENTS])[0]
        row: dict[str, object] = {
            "Customer": f"C{quarter + 3}{number:05d}",
            "Answered": (first_day + timedelta(days=draw.randrange(80))).isoformat(),
            "Segment": segment[1],
        }
        mood, risk = draw.gauss(0, 0.7), -2.75 + segment[5]
        for t in ACCOUNT:
            used = t.id != "branch" and draw.random() < t.use
            score = t.base + mood + draw.gauss(0, 1.5)
            for p in PAINS:
                if p.touchpoint != t.id or p.share == 0:
                    continue
                share = p.share_next if quarter and p.share_next is not None else p.share
                met = used and draw.random() < share
                row[f"Problem: {p.title}"] = "x" if met else ""
                if met:
                    score -= p.drop
                    risk += p.risk
            if t.id != "branch":
                asked = used and draw.random() < 0.86
                row[account_question(t)] = min(10, max(0, round(score))) if asked else ""
        left = draw.random() < 1 / (1 + exp(-(risk - 0.35 * mood)))
        row["A year later"] = "left" if left else "still a customer"
        row["What could we do better?"] = remark(row, draw)
        rows.append(row)
    return rows


REMARKS = {
    "photo": ("It said no five times and never why.", "My photo was fine, the app was not."),
    "notice": ("I took a day off for a card nobody announced.", "No idea when it would come."),
    "loses": ("Went back one step and typed it all again.",),
    "repeat": ("Told my story three times in one call.", "Called twice, same questions."),
    "after-five": ("I work until six. So do your phones, it seems, only the other way round.",),
    "fees": ("I found the fee after I had signed.",),
}


def remark(row: dict[str, object], draw: random.Random) -> str:
    """Return a comment about something the customer met, seldom."""
    for pain, texts in REMARKS.items():
        title = next(p.title for p in PAINS if p.id == pain)
        if row.get(f"Problem: {title}") == "x" and draw.random() < 0.12:
            return draw.choice(texts)
    return ""


def mortgage_rows(quarter: int, draw: random.Random) -> list[dict[str, object]]:
    """Return the mortgage survey of a quarter: one row per contact, no outcome."""
    _, first_day, _ = QUARTERS[quarter]
    rows: list[dict[str, object]] = []
    for number in range(260):
        t = draw.choices(MORTGAGE, [m.use for m in MORTGAGE])[0]
        score = t.base + draw.gauss(0, 0.8)
        said = []
        for p in PAINS:
            share = p.share_next if quarter and p.share_next is not None else p.share
            if p.touchpoint == t.id and draw.random() < share:
                said.append(p.title)
                score -= p.drop
        rows.append(
            {
                "Contact": f"M{quarter + 3}{number:04d}",
                "Day": (first_day + timedelta(days=draw.randrange(80))).isoformat(),
                "Segment": draw.choices(("Salaried", "Self-employed"), (0.8, 0.2))[0],
                "Touchpoint": t.name,
                "Satisfaction": min(5, max(1, round(score))),
                "What went wrong": said[0] if said else "",
            }
        )
    return rows


def account_mapping() -> str:
    """Return the mapping of the account survey."""
    lines = [
        "[survey]",
        'name = "First-year customers"',
        'design = "relational"',
        'date = { column = "Answered", format = "%Y-%m-%d" }',
        'respondent = "Customer"',
        'segment = "Segment"',
        "",
    ]
    for t in ACCOUNT:
        if t.id != "branch":
            lines += [
                "[[question]]",
                f"column = {json.dumps(account_question(t))}",
                f"touchpoint = {json.dumps(t.name)}",
                'metric = "nps"',
                "scale = [0, 10]",
                "",
            ]
    for p in PAINS:
        if p.share and any(t.id == p.touchpoint for t in ACCOUNT):
            name = next(t.name for t in ACCOUNT if t.id == p.touchpoint)
            column = json.dumps(f"Problem: {p.title}")
            lines += [
                "[[pain_point]]",
                f"title = {json.dumps(p.title)}",
                f"touchpoint = {json.dumps(name)}",
                f'when = {{ column = {column}, values = ["x"] }}',
                "",
            ]
    lines += [
        "[outcome]",
        'column = "A year later"',
        'bad = ["left"]',
        'means = "left"',
        "months = 12",
        "",
        "[[comment]]",
        'column = "What could we do better?"',
        "",
    ]
    return "\n".join(lines)


def mortgage_mapping() -> str:
    """Return the mapping of the mortgage survey."""
    lines = [
        "[survey]",
        'name = "Mortgage contacts"',
        'design = "transactional"',
        'date = { column = "Day", format = "%Y-%m-%d" }',
        'respondent = "Contact"',
        'segment = "Segment"',
        "",
        "[long]",
        'touchpoint = "Touchpoint"',
        'score = "Satisfaction"',
        'metric = "csat"',
        "scale = [1, 5]",
        "",
    ]
    for p in PAINS:
        for t in MORTGAGE:
            if p.touchpoint == t.id:
                lines += [
                    "[[pain_point]]",
                    f"title = {json.dumps(p.title)}",
                    f"touchpoint = {json.dumps(t.name)}",
                    f'when = {{ column = "What went wrong", values = [{json.dumps(p.title)}] }}',
                    "",
                ]
    return "\n".join(lines)


def write_rows(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file beside this one."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write every file of the sample."""
    text = json.dumps(workspace(), ensure_ascii=False, indent=1)
    (HERE / "havnbank.json").write_text(text + "\n", encoding="utf-8")
    (HERE / "first_year.toml").write_text(account_mapping(), encoding="utf-8")
    (HERE / "mortgage.toml").write_text(mortgage_mapping(), encoding="utf-8")
    draw = random.Random(SEED)  # noqa: S311 - a simulation, not a secret
    for number, (quarter, *_) in enumerate(QUARTERS):
        write_rows(f"first_year_{quarter}.csv", account_rows(number, draw))
        write_rows(f"mortgage_{quarter}.csv", mortgage_rows(number, draw))
    (HERE / "account_paths.toml").write_text(mapping(), encoding="utf-8")
    # A stream of its own, so that the answers stay as they are.
    draw = random.Random(SEED + 1)  # noqa: S311 - a simulation, not a secret
    write_rows("account_paths.csv", list(events(draw)))


if __name__ == "__main__":
    main()
