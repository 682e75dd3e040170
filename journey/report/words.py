"""The words of a pack, by language. Numbers come formatted from the exporter.

A text with fields in braces is filled by `str.format` with names of the tree or figures already
written out; user text is only ever a value, never a template.
"""

from collections.abc import Mapping
from types import MappingProxyType

from journey.priority.result import Basis, Level
from journey.report.words_page import ENGLISH_PAGE

_ENGLISH: Mapping[str, str] = {
    # Sheets
    "sheet.priorities": "Priorities",
    "sheet.all_rows": "All rows",
    "sheet.measures": "Metrics and KPIs",
    "sheet.method": "Method",
    "and": "{first} and {last}",
    # The page
    "pack": "Priorities",
    "draft": "draft",
    "frozen": "frozen {date}",
    "no_quarter": "all time",
    "lead": "{mine} pain points you own, of {all} in the list. {order}",
    "lead_one": "1 pain point you own, of {all} in the list. {order}",
    "lead_nobody": "{mine} pain points without an owner, of {all} in the list. {order}",
    "lead_nobody_one": "1 pain point without an owner, of {all} in the list. {order}",
    "order.money": "Ordered by customer value kept per day of work.",
    "order.index": "Ordered by customers helped per day of work; money is not known.",
    "order.order": "Ordered by workshop judgement; nothing was measured.",
    "unassigned": "Unassigned",
    "tinted": "Tinted rows: asked for today.",
    "more_rows": "{count} more rows on the sheet “{sheet}”.",
    # The decision
    "decision": "Decision asked",
    "decision.approve": "Approve {days} days of work for ranks {ranks}",
    "decision.approve_one": "Approve {days} days of work for rank {ranks}: {value}",
    "decision.approve_values": "Each taken alone: {values}.",
    "decision.value": "rank {rank} about {mean} (80 %: {low} to {high})",
    "decision.value_bare": "rank {rank} about {mean}",
    "decision.value_one": "about {mean}",
    "decision.overlap": "Fixes on one path overlap: together they keep less than their sum.",
    "decision.interval": "80 % interval {low} to {high}.",
    "decision.top": "Chance to be among the first {k} of all: {chances}.",
    "decision.chance": "rank {rank} {chance}",
    "decision.effort_assumed": "Part of the work is an assumption: nobody has estimated it.",
    "decision.nearest": "Nothing of yours is among the first {k}; the nearest is rank {rank}",
    "decision.measure": "Ask one question after “{touchpoint}” before any work",
    "decision.measure_why": "What is known is opinion; no row of this list was measured.",
    "decision.measure_unknown": "Nothing is known about these rows yet.",
    "decision.nothing": "Nothing to decide yet",
    # Columns
    "rank": "Rank",
    "pain_point": "Pain point",
    "touchpoint": "Touchpoint",
    "stage": "Stage",
    "improvement": "Improvement",
    "value": "Value kept",
    "bar": "80 % and 95 % interval",
    "from80": "80 %\nfrom",
    "to80": "80 %\nto",
    "low80": "80 % from",
    "high80": "80 % to",
    "low95": "95 % from",
    "high95": "95 % to",
    "index": "Index",
    "index_low80": "Index 80 % from",
    "index_high80": "Index 80 % to",
    "p_top": "In top {k}",
    "p_beats_next": "Beats next row",
    "rank_range": "Rank, 80 %",
    "rank_low80": "Rank from",
    "rank_high80": "Rank to",
    "effort": "Effort, days",
    "effort_assumed": "Effort assumed",
    "level": "Data",
    "metric_now": "Metric now",
    "margin": "Margin",
    "n": "Answers",
    "share_affected": "Share affected",
    "effect": "Likelier to have a bad outcome",
    "score": "Per day of work",
    "sentence": "Why this rank",
    "why_not_higher": "Why not higher",
    "status": "Status",
    "due": "Due",
    "your_status": "Your status",
    "your_due": "Your due date",
    "your_effort": "Your effort, days",
    "your_notes": "Your notes",
    "fill_in": "The tinted columns are yours to fill in; send the file back and they are read.",
    "pain_point_id": "Pain point id",
    "improvement_id": "Improvement id",
    "yes": "yes",
    "no": "no",
    "none": "–",
    "too_few": "too few ({n})",
    "not_asked": "not asked",
    "indicative": "indicative",
    # Metrics and KPIs
    "metrics": "What customers said",
    "kpis": "KPIs against target",
    "question": "Question",
    "segment": "Segment",
    "all_segments": "all",
    "metric": "Metric",
    "scale": "Scale",
    "top2box": "Top two scores",
    "reading": "Reading",
    "kpi": "KPI",
    "unit": "Unit",
    "target": "Target",
    "better": "Better is",
    "period": "Period",
    "observed": "Observed",
    "whole_company": "whole company",
    "met": "target met",
    "missed": "short of target",
    "no_target": "no target",
    "no_observation": "no observation",
    "no_metrics": "No question was asked at these touchpoints.",
    "no_kpis": "No KPI belongs to these touchpoints.",
    "higher": "higher",
    "lower": "lower",
    # Why, method, foot
    "why_first": "Why rank {rank} stands first here",
    "why_not": "Why the others are not higher",
    "method": "Method",
    "method_text": "Value is customers a year × the value of a kept customer × the rise in the"
    " chance to stay once the pain point is fixed. Every figure comes from {draws} draws, seed"
    " {seed}, method {version}. Associations in answers, not an experiment.",
    "method_text.order": "Ordered by the workshop's classes and votes through {draws} draws, seed"
    " {seed}, method {version}. Nothing was measured.",
    "assumptions": "Assumptions",
    "assumption": "Assumption",
    "value_used": "Used here",
    "value_found": "Value",
    "default": "Default",
    "changed": "changed",
    "levels": "What each level of evidence may claim",
    "claims": "May claim",
    "behind": "What lies behind it",
    "trace": "Where the figures come from",
    "workspace": "Workspace",
    "leader": "Leader",
    "quarter": "Quarter",
    "generated_on": "Made on",
    "content_sha256": "Content of the workspace (SHA-256)",
    "seed": "Seed",
    "draws": "Draws",
    "method_version": "Method version",
    "answers": "Answers behind the metrics",
    "minimum_n": "Answers under which no figure is shown",
    "state": "State",
    "final": "frozen",
    "warnings": "Warnings",
    "assumptions_default": "all at their defaults; see the sheet “{sheet}”.",
    "assumptions_changed": "{changed} (default in brackets); the others are on the sheet"
    " “{sheet}”.",
    "foot": "Answers {answers} · minimum {minimum} · made {date} · content {hash} · seed {seed},"
    " {draws} draws, method {version}",
    "legend": "bar 80 %, line 95 %, tick mean",
}

_ENGLISH_GROUPS: Mapping[str, str] = {
    "unit.money": "customer value kept, {unit}, for each year’s customers",
    "unit.per_1000": "per 1,000 customers",
    "unit.kept_per_1000": "customers kept per 1,000",
    "unit.moved_per_1000": "customers per 1,000 moved from bad to good",
    "level.A": "measured",
    "level.B": "link to leaving assumed",
    "level.C": "volumes or value missing",
    "level.D": "KPI only",
    "level.E": "opinion",
    "level.F": "nothing yet",
    "behind.A": "answers, outcome, volumes, value",
    "behind.B": "answers, volumes, value; no outcome",
    "behind.C": "answers; customers or value unknown",
    "behind.D": "a KPI against its target; no answers",
    "behind.E": "votes and classes from the workshop",
    "behind.F": "no answer, no KPI, no vote",
    "claims.A": "money, intervals, chance to be among the first",
    "claims.B": "money with “the link to leaving is assumed”; the order is fairly safe",
    "claims.C": "an index for the whole list, no money",
    "claims.D": "an index with a wide interval, no money",
    "claims.E": "a rank marked as opinion; no money, no index",
    "claims.F": "listed, not ranked, until something is known",
    "figure.B": "link assumed",
    "figure.D": "index {index}",
    "figure.E": "opinion, not measured",
    "figure.F": "nothing yet: ask one question after this step",
    "figure.none": "no evidence that fixing helps",
    "metric.nps": "NPS",
    "metric.csat": "CSAT",
    "metric.ces1": "CES 1.0",
    "metric.ces2": "CES 2.0",
    "metric.rating": "Rating",
    "status.proposed": "proposed",
    "status.planned": "planned",
    "status.started": "started",
    "status.done": "done",
    "status.dropped": "dropped",
    "assumption.discount_rate": "Discount rate a year",
    "assumption.horizon_years": "Horizon, years",
    "assumption.fix_efficacy_mean": "Share of a pain point a fix removes",
    "assumption.fix_efficacy_sd": "… its spread",
    "assumption.link_intercept_mean": "Leaving at score 8, log-odds",
    "assumption.link_intercept_sd": "… its spread",
    "assumption.link_slope_mean": "Leaving per point lower, log-odds",
    "assumption.link_slope_sd": "… its spread",
    "assumption.experience_share_of_churn": "Share of leaving due to experience",
    "assumption.bad_to_churn_mean": "From a bad outcome to leaving",
    "assumption.bad_to_churn_sd": "… its spread",
    "assumption.causal_share_mean": "Share of an association taken as cause",
    "assumption.causal_share_sd": "… its spread",
    "assumption.reporting_sensitivity": "Share of those affected who say so",
    "assumption.reporting_false_positive": "Share of those not affected who say so",
    "assumption.effort_sd_log": "Spread of effort (log)",
    "assumption.effort_default_days": "Effort where none is known, days",
    "assumption.discrepancy_sd_log": "Spread for what the model lacks (log)",
    "assumption.minimum_n_trend": "Answers needed to speak of a change",
    "assumption.false_discovery_rate": "False discovery rate of changes",
    "assumption.top_k": "How many rows count as first",
}

LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType({**_ENGLISH, **_ENGLISH_GROUPS, **ENGLISH_PAGE})}
)


class Words:
    """The words of one language; what it lacks is said in English."""

    def __init__(self, language: str) -> None:
        self._known = LANGUAGES.get(language, {})

    def __call__(self, key: str, **facts: object) -> str:
        """Return a text with its fields filled; a key nobody knows is a KeyError."""
        template = self._known.get(key) or LANGUAGES["en"][key]
        return template.format(**facts) if facts else template

    def assumption(self, name: str) -> str:
        """Return an assumption's words; one of another version is called by its name."""
        key = f"assumption.{name}"
        return self._known.get(key) or LANGUAGES["en"].get(key) or name.replace("_", " ")

    def level(self, level: Level) -> str:
        """Return what a level is called."""
        return self(f"level.{level.value}")

    def order(self, basis: Basis) -> str:
        """Return by what the list is ordered, as a sentence."""
        return self(f"order.{basis.value}")

    def status(self, status: str) -> str:
        """Return an improvement's status; one that is not ours as it stands."""
        key = f"status.{status}"
        return self(key) if key in LANGUAGES["en"] else status
