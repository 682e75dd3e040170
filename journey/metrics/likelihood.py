"""Maximum likelihood of a few positive parameters, searched in their logarithms."""

import math
from collections.abc import Callable, Sequence

from journey.metrics.kinds import MetricError

# e^±14: beyond it the customers are as alike, or as unlike, as a figure can say.
LOG_LIMIT = 14.0


def maximised(
    log_likelihood: Callable[..., float], starts: Sequence[Sequence[float]], model: str
) -> tuple[list[float], float]:
    """Return the parameters of the greatest likelihood, and its logarithm.

    Args:
        log_likelihood: of the parameters, each above 0, as positional arguments.
        starts: logarithms to begin from; the best end is taken.
        model: its name, for the error.

    Raises:
        MetricError: no maximum was found ("no_fit").
    """
    from scipy.optimize import minimize

    def cost(logs: Sequence[float]) -> float:
        if max(abs(value) for value in logs) > LOG_LIMIT:
            return math.inf
        return -log_likelihood(*(math.exp(value) for value in logs))

    best = None
    for start in starts:
        found = minimize(  # type: ignore[call-overload]
            cost,
            list(start),
            method="Nelder-Mead",
            options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 20_000, "maxfev": 20_000},
        )
        if found.success and (best is None or found.fun < best.fun):
            best = found
    if best is None:
        raise MetricError("no_fit", model=model)
    return [math.exp(float(value)) for value in best.x], -float(best.fun)
