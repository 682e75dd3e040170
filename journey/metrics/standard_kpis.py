"""The trade's standard KPIs: what each is called, its unit, which way is good, its usual target."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Better = Literal["higher", "lower"]
SHARE: Final = "%"
MONEY: Final = "currency"


@dataclass(frozen=True, slots=True)
class StandardKpi:
    """One KPI of the trade.

    Attributes:
        key: the stable word stored in `Kpi.measure`.
        name: as people say it. unit: "%", "currency" for the workspace's, points, h, …
        target: a usual one in that unit, None where there is none.
        definition: how it is counted, in a sentence.
        names: other names it goes by, in lower case.
    """

    key: str
    name: str
    unit: str
    better: Better
    target: float | None
    definition: str
    names: tuple[str, ...] = ()


STANDARD_KPIS: Final = (
    StandardKpi(
        "churn_average_base",
        "Churn (average base)",
        SHARE,
        "lower",
        None,
        "Customers lost in 12 months / average customers in that period.",
        ("churn", "churn rate", "customer churn"),
    ),
    StandardKpi(
        "churn",
        "Churn (start base)",
        SHARE,
        "lower",
        None,
        "Of the customers at the start, the share gone at the end; a true probability.",
        ("logo churn", "start base churn"),
    ),
    StandardKpi(
        "churn_monthly",
        "Monthly churn",
        SHARE,
        "lower",
        None,
        "Start-base churn of one month; a year is 1 − (1 − m)¹², not 12 m.",
        ("churn per month", "monthly churn rate"),
    ),
    StandardKpi(
        "churn_renewal",
        "Churn at renewal",
        SHARE,
        "lower",
        None,
        "Contracts not renewed / contracts that were due for renewal.",
        ("renewal churn", "non-renewal rate"),
    ),
    StandardKpi(
        "churn_voluntary",
        "Voluntary churn",
        SHARE,
        "lower",
        None,
        "Customers who decided to leave / customers at the start.",
    ),
    StandardKpi(
        "churn_involuntary",
        "Involuntary churn",
        SHARE,
        "lower",
        None,
        "Customers lost without deciding so (failed payment, ended contract) / at the start.",
    ),
    StandardKpi(
        "churn_revenue_gross",
        "Gross revenue churn",
        SHARE,
        "lower",
        None,
        "Revenue lost with leavers and by contraction / revenue at the start.",
        ("revenue churn", "gross churn"),
    ),
    StandardKpi(
        "churn_revenue_net",
        "Net revenue churn",
        SHARE,
        "lower",
        None,
        "Gross revenue churn less expansion of those who stayed; may be negative.",
        ("net churn",),
    ),
    StandardKpi(
        "retention",
        "Retention",
        SHARE,
        "higher",
        None,
        "1 − start-base churn.",
        ("retention rate", "customer retention"),
    ),
    StandardKpi(
        "volume",
        "Visits",
        "visits",
        "higher",
        None,
        "Visits of a touchpoint in the period; the ranking takes them as its volume.",
        ("volume", "number of visits", "contacts", "contact volume"),
    ),
    StandardKpi(
        "customers",
        "Customers",
        "customers",
        "higher",
        None,
        "Customers at the end of the period.",
        ("number of customers", "customer count", "active customers"),
    ),
    StandardKpi(
        "customers_lost",
        "Customers lost",
        "customers",
        "lower",
        None,
        "Customers lost in the period, those won within it included.",
        ("lost customers", "churned customers"),
    ),
    StandardKpi(
        "customers_won",
        "Customers won",
        "customers",
        "higher",
        None,
        "New customers of the period.",
        ("new customers",),
    ),
    StandardKpi(
        "clv",
        "Customer lifetime value",
        MONEY,
        "higher",
        None,
        "Yearly revenue × years − acquisition cost, unless the note says which variant.",
        ("clv", "cltv", "ltv", "lifetime value"),
    ),
    StandardKpi(
        "revenue_per_customer",
        "Revenue per customer and year",
        MONEY,
        "higher",
        None,
        "Yearly revenue / average customers.",
        ("arpu", "arpa", "revenue per customer", "average revenue per user"),
    ),
    StandardKpi(
        "margin_per_customer",
        "Margin per customer and year",
        MONEY,
        "higher",
        None,
        "Yearly contribution margin / average customers.",
        ("margin per customer",),
    ),
    StandardKpi(
        "customer_years",
        "Customer lifetime",
        "years",
        "higher",
        None,
        "Years a customer stays; 1/(1 − retention) at constant retention.",
        ("lifetime", "customer lifetime in years", "average lifetime"),
    ),
    StandardKpi(
        "cac",
        "Customer acquisition cost",
        MONEY,
        "lower",
        None,
        "Acquisition spend / new customers of the same period.",
        ("cac", "acquisition cost", "cost per acquisition"),
    ),
    StandardKpi(
        "referral_rate",
        "Referral rate",
        SHARE,
        "higher",
        None,
        "Customers who referred somebody / customers asked.",
        ("referrals", "referral"),
    ),
    StandardKpi(
        "referred_share",
        "New customers by referral",
        SHARE,
        "higher",
        None,
        "New customers who came by referral / all new customers.",
        ("referred customers",),
    ),
    StandardKpi(
        "fcr",
        "First contact resolution",
        SHARE,
        "higher",
        None,
        "Issues resolved at the first contact without a repeat within 7 days / issues.",
        ("fcr", "first call resolution", "first-contact resolution"),
    ),
    StandardKpi(
        "response_in_time",
        "Answered within 2 h",
        SHARE,
        "higher",
        None,
        "Tickets answered in under 2 hours / tickets; unanswered ones count as late after 2 h.",
        ("response within 2 h", "response within 2 hours", "response time share < 2 h"),
    ),
    StandardKpi(
        "response_time",
        "Response time (median)",
        "h",
        "lower",
        2.0,
        "Median hours until the first answer.",
        ("response time", "first response time", "median response time"),
    ),
    StandardKpi(
        "engagement",
        "Engagement",
        SHARE,
        "higher",
        None,
        "Customers with at least one action in the period / all customers.",
        ("engagement rate", "engaged customers"),
    ),
    StandardKpi(
        "bounce",
        "Bounce rate",
        SHARE,
        "lower",
        None,
        "Sessions without engagement / sessions.",
        ("bounce", "bounces"),
    ),
    StandardKpi(
        "nps",
        "Net Promoter Score",
        "points",
        "higher",
        None,
        "Share of promoters (9–10) − share of detractors (0–6), × 100.",
        ("nps", "net promoter score"),
    ),
    StandardKpi(
        "csat",
        "Customer satisfaction",
        "of 10",
        "higher",
        9.0,
        "Mean rating on 1 to 10.",
        ("csat", "satisfaction"),
    ),
    StandardKpi(
        "health",
        "Customer health score",
        "of 10",
        "higher",
        7.0,
        "Weighted mean of components brought to 0 … 10 by declared anchors.",
        ("health", "health score", "customer health"),
    ),
)

_BY_KEY: Final = {kpi.key: kpi for kpi in STANDARD_KPIS}
_NOT_WORDS: Final = re.compile(r"[^\w%<]+")


def standard_kpi(key: str) -> StandardKpi | None:
    """Return the KPI of a key; None where there is none."""
    return _BY_KEY.get(key)


def recognised(name: str) -> StandardKpi | None:
    """Return the KPI a name means, letter case and marks aside; None where it is one's own."""
    return _BY_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return _NOT_WORDS.sub(" ", name.casefold().replace("_", " ")).strip()


_BY_NAME: Final = {
    _plain(name): kpi for kpi in STANDARD_KPIS for name in (kpi.key, kpi.name, *kpi.names)
}
