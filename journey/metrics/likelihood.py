"""Maximum likelihood of a few positive parameters, searched in their logarithms."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from journey.metrics.kinds import MetricError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

# e^±14: beyond it the customers are as alike, or as unlike, as a figure can say.
LOG_LIMIT = 14.0
# Far more than a maximum takes; on a ridge no number is enough.
_MOST_STEPS = 4_000
_MOST_NEWTON, _DIFFERENCE, _STILL = 20, 1e-5, 1e-11
# Further off than the search can be, or too flat to say where.
_NEAR, _FLAT = 1e-3, 1e12


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
            options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": _MOST_STEPS, "maxfev": _MOST_STEPS},
        )
        if found.success and (best is None or found.fun < best.fun):
            best = found
    if best is None:
        raise MetricError("no_fit", model=model)
    return [math.exp(float(value)) for value in best.x], -float(best.fun)


def polished(logs: Sequence[float], gradient: Callable[..., Sequence[float]]) -> list[float]:
    """Return the parameters where the gradient vanishes, by Newton's method from near a maximum.

    A search by values alone stops where the likelihood is flat to its rounding, at half the figures
    of a number; the gradient tells the other half. Where no such point is near (a maximum at a
    limit), the parameters stay.

    Args:
        logs: logarithms of the parameters found. gradient: of the log likelihood by their
            logarithms, of the parameters as positional arguments.
    """
    import numpy as np

    def slope(at: "Reals") -> "Reals":
        return np.asarray(gradient(*np.exp(at)), dtype=np.float64)

    start = np.array(logs, dtype=float)
    at = start.copy()
    for _ in range(_MOST_NEWTON):
        steps = _DIFFERENCE * np.eye(len(at))
        curve = [(slope(at + step) - slope(at - step)) / (2 * _DIFFERENCE) for step in steps]
        curved = np.array(curve).T
        if not np.isfinite(curved).all() or np.linalg.cond(curved) > _FLAT:
            break
        move = np.linalg.solve(curved, slope(at))
        at = at - move
        if np.abs(at - start).max() > _NEAR:
            break
        if np.abs(move).max() < _STILL:
            return [math.exp(value) for value in at.tolist()]
    return [math.exp(value) for value in start.tolist()]
