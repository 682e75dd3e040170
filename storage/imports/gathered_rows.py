"""Gathered records as the packed rows of a batch."""

import numpy as np
from numpy.typing import NDArray

from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT, NO_WEIGHT
from storage.evidence.packed import (
    AnyTexts,
    Figures,
    Joined,
    PackedRows,
    Pairs,
    Reals,
    Texts,
    Words,
)
from storage.imports.gathered_records import MOMENT_LENGTH, Records


def packed_rows(
    rows: Records, pairs: Pairs, pains: list[object], covariates: list[object]
) -> PackedRows:
    """Return some groups (`gathered_records.Groups`) with their answers as rows.

    Args:
        pains, covariates: the values that the groups have the numbers of.
    """
    weights = rows["weight"]
    weighted = bool((weights != NO_WEIGHT).any())
    return PackedRows(
        rows=len(rows),
        period=_figures(rows["period"], None) or Figures((0,)),
        pairs=Joined(pairs, rows["pair"].astype(np.intp)),
        respondent=_names(rows["name"], rows["size"].astype(np.intp)),
        at=_moments(rows["at"]),
        segment=_figures(rows["segment"], NO_SEGMENT),
        outcome=_figures(rows["outcome"], NO_OUTCOME),
        weight=Reals(np.where(weights == NO_WEIGHT, np.nan, weights)) if weighted else None,
        pain_points=_words(rows["pains"], pains),
        covariates=_words(rows["covariates"], covariates),
    )


def _figures(column: NDArray[np.integer], gap: int | None) -> Figures | None:
    different, numbers = np.unique(column, return_inverse=True)
    values = tuple(different.tolist())
    if values == (gap,):
        return None
    return Figures(values, None if len(values) == 1 else numbers, gap)


def _words(numbers: NDArray[np.uint32], values: list[object]) -> Words | None:
    return Words(values, numbers.astype(np.intp)) if numbers.any() else None


def _moments(letters: NDArray[np.uint8]) -> Texts | None:
    there = letters[:, 0] != 0
    if not there.any():
        return None
    return Texts(letters, None if there.all() else np.where(there, MOMENT_LENGTH, 0))


def _names(letters: NDArray[np.uint8], sizes: NDArray[np.intp]) -> Texts | AnyTexts | None:
    longest, shortest = int(sizes.max()), int(sizes.min())
    if not longest:
        return None
    data = np.ascontiguousarray(letters[:, :longest])
    within = data if shortest == longest else data[np.arange(longest) < sizes[:, None]]
    plain = (within > ord(" ")) & (within < 127) & (within != ord('"')) & (within != ord("\\"))
    if plain.all():
        return Texts(data, None if shortest == longest else sizes)
    spelt, width = data.tobytes(), longest
    places = enumerate(sizes.tolist())
    return AnyTexts([spelt[at * width : at * width + size].decode() for at, size in places])
