"""Random draws that can be made again: one root per run, one stream per thing drawn.

Every stream is keyed by what it is for (an improvement's efficacy, a pain point's share), so that
adding a pain point or changing one effort leaves the draws of all others as they were: only what
was changed moves in the list.
"""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

METHOD_VERSION = "1"

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
# Large arrays are held in single precision; sums and results are not.
AnyFloats = NDArray[np.float64] | NDArray[np.float32]

# A Beta with a smaller parameter underflows to 0 or NaN.
_LEAST_BETA = 1e-3


class Streams:
    """The random streams of one run, all from (seed, quarter, method version).

    What was drawn is kept and not to be written to: asked again, it is not drawn again.

    Attributes:
        draws: how many draws K every array of draws holds.
    """

    def __init__(self, seed: int, quarter: str | None, draws: int) -> None:
        self.draws = draws
        self._entropy = (seed % 2**64, _number(quarter or ""), _number(METHOD_VERSION))
        self._standard: dict[tuple[str, ...], Floats] = {}
        self._betas: dict[tuple[str, ...], tuple[float, float, Floats]] = {}

    def of(self, *key: str) -> np.random.Generator:
        """Return the stream of a key, from its beginning."""
        sequence = np.random.SeedSequence(self._entropy, spawn_key=(_number("\x1f".join(key)),))
        return np.random.Generator(np.random.PCG64(sequence))

    def beta(self, mean: float, sd: float, *key: str) -> Floats:
        """Return K draws of a Beta with this mean and spread; a spread of 0 is constant.

        The spread is held at the widest a Beta with this mean can have.
        """
        room = mean * (1 - mean)
        if sd <= 0 or room <= 0:
            return np.full(self.draws, mean)
        kept = self._betas.get(key)
        if kept is None or kept[:2] != (mean, sd):
            strength = max(room / sd**2 - 1, _LEAST_BETA)
            a, b = max(mean * strength, _LEAST_BETA), max((1 - mean) * strength, _LEAST_BETA)
            kept = (mean, sd, self.of(*key).beta(a, b, self.draws))
            kept[2].flags.writeable = False
            self._betas[key] = kept
        return kept[2]

    def lognormal(self, sd_log: float, *key: str, mean_one: bool = False) -> Floats:
        """Return K draws of exp N(0, sd_log²), or with mean 1 where that is asked."""
        shift = -0.5 * sd_log**2 if mean_one else 0.0
        return np.exp(shift + sd_log * self.standard(*key))

    def normal(self, mean: float, sd: float, *key: str) -> Floats:
        """Return K draws of N(mean, sd²)."""
        return mean + sd * self.standard(*key)

    def standard(self, *key: str) -> Floats:
        """Return K draws of N(0, 1), kept: another spread or mean uses the same ones."""
        if key not in self._standard:
            drawn = self.of(*key).standard_normal(self.draws)
            drawn.flags.writeable = False
            self._standard[key] = drawn
        return self._standard[key]


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")
