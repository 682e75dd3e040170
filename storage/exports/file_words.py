"""Words that only spreadsheets and slides need: what is filled in, what their parts are."""

from collections.abc import Mapping
from types import MappingProxyType

from journey.report.words import Words

_ENGLISH: Mapping[str, str] = {
    "sheet.answers": "Your answers",
    "answers.how": "Fill in the tinted columns, save the file and send it back. Each holds what"
    " is known today; change what is not right, leave the rest. An emptied due date, effort or"
    " note is taken back as none.",
    "answers.status": "Choose one of the list.",
    "answers.due": "A date, as 2027-03-31.",
    "answers.effort": "Person-days, more than zero.",
    "answers.notes": "What you want known; at most 10,000 characters.",
    "answers.not_status": "Please choose a status of the list.",
    "answers.not_due": "Please write a date, as 2027-03-31.",
    "answers.not_effort": "Please write the days as a number above zero.",
    "answers.not_notes": "At most 10,000 characters.",
    "bar.legend": "pale 95 %, blue 80 %, dark the mean",
    "change": "Change",
    "rank_before": "Rank before",
    "metric_n": "Answers to it",
    "names": "Names for your own formulas",
    "name": "Name",
    "name.holds": "Holds",
    "name.priorities": "the rows of the page, their figures in cells",
    "name.decision": "the decision asked",
    "name.all_rows": "every row with its headings",
    "name.your_answers": "what you fill in: status, due date, effort in days, notes",
    "name.metrics": "every question with n and interval",
    "name.kpis": "every KPI against its target",
    "name.assumptions": "every assumption, used and default",
    "name.seed": "the seed of the draws",
    "name.draws": "how many draws",
    "name.content_sha256": "the hash of the workspace’s content",
    # Slides
    "slides.behind": "What stands behind it",
    "slides.figures": "In figures",
    "slides.chart": "{value}, by rank",
    "slides.chart_title": "Title of the chart",
    "slides.legend": "Legend",
    "slides.line": "line: 80 % interval",
    "slides.line_asked": "line: 80 % interval, darker bars: asked for today",
    "slides.table": "Table with {count} rows and their headings.",
    "slides.bar": "Rank {rank}, {title}: {value}, 80 % {low} to {high}",
    "slides.bar_bare": "Rank {rank}, {title}: {value}",
    "slides.minus": "Mean to lower end",
    "slides.plus": "Mean to upper end",
    "slides.more": "all rows follow",
    "slides.part": "{title} ({part} of {parts})",
}

_EXTRA: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": _ENGLISH})


class FileWords(Words):
    """The words of a pack and of its files, in one language; English where one lacks."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._extra = {**_EXTRA["en"], **_EXTRA.get(language, {})}

    def __call__(self, key: str, **facts: object) -> str:
        """Return a text with its fields filled; a key nobody knows is a KeyError."""
        template = self._extra.get(key)
        if template is None:
            return super().__call__(key, **facts)
        return template.format(**facts) if facts else template
