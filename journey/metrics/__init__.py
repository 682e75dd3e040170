"""Survey metrics, churn and customer value: counts in, frozen results out.

Only the standard library is needed, so that the map can draw its chips before any heavy package
is loaded.
"""

from journey.metrics.churn import (
    ChurnRate,
    average_base_churn,
    average_customers,
    monthly_churn,
    revenue_churn,
    start_base_churn,
    yearly_churn,
)
from journey.metrics.clv import (
    FirstMargin,
    ValueDivergesError,
    expected_years,
    horizon_clv,
    margin_clv,
    margin_multiple,
    retention_clv,
    simple_clv,
)
from journey.metrics.counts import ScoreCounts, count_scores, pool
from journey.metrics.intervals import (
    Difference,
    Interval,
    adjusted_wald_nps,
    benjamini_hochberg,
    mean_t_interval,
    newcombe_difference,
    poisson_interval,
    wald_nps,
    wilson,
)
from journey.metrics.kinds import (
    Metric,
    MetricError,
    Scale,
    default_higher_is_better,
    default_scale,
)
from journey.metrics.normal import normal_quantile, two_sided_p, z_value
from journey.metrics.sample_size import answers_for_margin, answers_per_wave
from journey.metrics.score import Grade, MetricResult, Sample, sample_of, summarise
from journey.metrics.shares import (
    NpsClasses,
    Proportion,
    bottom_share,
    good_share,
    high_effort_share,
    net_easy_score,
    nps_classes,
    top_two_box,
)
from journey.metrics.significance import ChangeTest, change_test, two_wave_nps, welch
from journey.metrics.student import student_quantile, student_two_sided_p
from journey.metrics.weights import kish_effective_n, trim_weights

__all__ = [
    "ChangeTest",
    "ChurnRate",
    "Difference",
    "FirstMargin",
    "Grade",
    "Interval",
    "Metric",
    "MetricError",
    "MetricResult",
    "NpsClasses",
    "Proportion",
    "Sample",
    "Scale",
    "ScoreCounts",
    "ValueDivergesError",
    "adjusted_wald_nps",
    "answers_for_margin",
    "answers_per_wave",
    "average_base_churn",
    "average_customers",
    "benjamini_hochberg",
    "bottom_share",
    "change_test",
    "count_scores",
    "default_higher_is_better",
    "default_scale",
    "expected_years",
    "good_share",
    "high_effort_share",
    "horizon_clv",
    "kish_effective_n",
    "margin_clv",
    "margin_multiple",
    "mean_t_interval",
    "monthly_churn",
    "net_easy_score",
    "newcombe_difference",
    "normal_quantile",
    "nps_classes",
    "poisson_interval",
    "pool",
    "retention_clv",
    "revenue_churn",
    "sample_of",
    "simple_clv",
    "start_base_churn",
    "student_quantile",
    "student_two_sided_p",
    "summarise",
    "top_two_box",
    "trim_weights",
    "two_sided_p",
    "two_wave_nps",
    "wald_nps",
    "welch",
    "wilson",
    "yearly_churn",
    "z_value",
]
