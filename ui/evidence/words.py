"""What the Evidence screen says: one place, so that no two cells say it differently."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from journey.evidence.figures import QuestionFigures
from journey.metrics.kinds import Metric
from journey.metrics.score import MetricResult
from journey.model.evidence import Question
from ui import numbers
from ui.shell.widgets.marks import ChipFace, ChipState

if TYPE_CHECKING:
    from journey.evidence.alerts import Alert

_METRICS = {
    Metric.NPS: "NPS",
    Metric.CSAT: "CSAT",
    Metric.CES1: "CES",
    Metric.CES2: "CES",
    Metric.RATING: "Rating",
}


def tr(text: str) -> str:
    """Translate a text of this screen."""
    return QCoreApplication.translate("Evidence", text)


def label(quarter: str) -> str:
    """Return a quarter as people read it: "2026 Q4"."""
    return quarter.replace("Q", " Q")


def sentence(text: str) -> str:
    """Return words as a title: in sentence case, names in them as they are."""
    return text[:1].upper() + text[1:]


def metric_word(metric: str) -> str:
    """Return a metric's short name."""
    return _METRICS.get(Metric(metric), metric) if metric != "rating" else tr("Rating")


def scale_word(question: Question) -> str:
    """Return metric, scale and, where it surprises, the direction: "NPS 0–10"."""
    low, high = question.scale
    text = f"{metric_word(question.metric)} {low}–{high}"
    return text if question.higher_is_better else f"{text}, {tr('low is good')}"


def value_text(value: float, metric: str) -> str:
    """Return a figure: an NPS signed and whole, else two digits."""
    return numbers.signed(value) if metric == "nps" else numbers.number(value, 2)


def interval_text(result: MetricResult) -> str:
    """Return the 95 % interval: "−17 to +1"; "" without one."""
    if result.low is None or result.high is None:
        return ""
    metric = result.metric.value
    return numbers.interval(value_text(result.low, metric), value_text(result.high, metric))


def margin_text(result: MetricResult) -> str:
    """Return the margin: "±9"; "" without one."""
    if result.margin is None:
        return ""
    return f"±{numbers.number(result.margin, 0 if result.metric is Metric.NPS else 2)}"


def chip_of(result: MetricResult) -> ChipFace:
    """Return a metric's chip: grey under the minimum n, hollow where nobody was asked."""
    name = metric_word(result.metric.value)
    if result.value is None:
        state = ChipState.TOO_FEW if result.n else ChipState.NOT_ASKED
        return ChipFace(name, n=numbers.number(result.n, 0), state=state)
    value = numbers.score(result.value, result.metric.value)
    margin = ""
    if result.margin is not None:
        decimals = 0 if result.metric is Metric.NPS else 1 if result.margin >= 0.05 else 2
        margin = f"±{numbers.number(result.margin, decimals)}"
    return ChipFace(name, value, margin, numbers.number(result.n, 0))


def class_word(name: str) -> str:
    """Return a bracket of the distribution."""
    return {
        "detractors": tr("Detractors"),
        "passives": tr("Passives"),
        "promoters": tr("Promoters"),
        "middle": tr("Middle"),
    }[name]


def side_word(name: str, *, low_is_good: bool) -> str:
    """Return a bracket by what it means."""
    if name not in {"good", "bad"}:
        return class_word(name)
    if low_is_good:
        return tr("Low effort") if name == "good" else tr("High effort")
    return tr("Dissatisfied") if name == "bad" else tr("Satisfied")


def person_word(name: str) -> str:
    """Return what a respondent whose score falls in a bracket is called."""
    return {
        "detractors": tr("detractor"),
        "passives": tr("passive"),
        "promoters": tr("promoter"),
        "bad": tr("on the bad side"),
        "middle": tr("in the middle"),
        "good": tr("on the good side"),
    }[name]


def score_class(question: Question, score: int) -> str:
    """Return the bracket a score falls in."""
    low, high = question.scale
    if question.metric == "nps":
        return "promoters" if score >= 9 else "passives" if score >= 7 else "detractors"
    above = 2 * score - low - high
    above = above if question.higher_is_better else -above
    return "good" if above > 0 else "bad" if above < 0 else "middle"


def verdict(figures: QuestionFigures) -> tuple[str, str, str]:
    """Return icon, words and role of the latest step of a trend."""
    points = figures.trend
    step = points[-1].step if points else None
    if len(points) < 2:
        return "", tr("one quarter so far") if points else "", "text_2"
    if step is None or step.p is None:
        return "", tr("cannot be compared"), "text_2"
    if not step.changed:
        if step.indicative:
            return "", tr("too few answers for a trend"), "text_2"
        return "equals", tr("no evidence of change"), "text_2"
    if step.better:
        return "check-circle", tr("changed for the better"), "good"
    return "warning", tr("changed for the worse"), "warning"


def alert_sentence(alert: "Alert", name: str, metric: str) -> str:
    """Return an alert: what fell, where to, what was expected."""
    return tr("{0}: {1} {2}, where its own history lets one expect {3} to {4}").format(
        name,
        metric_word(metric),
        value_text(alert.value, metric),
        value_text(alert.low, metric),
        value_text(alert.high, metric),
    )


def hidden_word(hidden: str, n: int, minimum_n: int) -> str:
    """Return why a segment's figure is not shown."""
    if hidden == "too_few":
        return tr("too few answers to show, {0} of {1}").format(n, minimum_n)
    return tr("hidden, or the smaller segment could be worked out")


def count_word(n: int, one: str, many: str) -> str:
    """Return a count with its word."""
    return f"{numbers.number(n, 0)} {one if n == 1 else many}"
