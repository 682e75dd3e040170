"""What two rows of columns have in common at their ends: an edit changes few between."""

from collections.abc import Sequence


def common_ends(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """Return how many are the very same at the beginning, and how many of the rest at the end."""
    least = min(len(before), len(after))
    pairs = zip(before, after, strict=False)
    first = next((i for i, (a, b) in enumerate(pairs) if a is not b), least)
    pairs = zip(reversed(before), reversed(after), strict=False)
    last = next((i for i, (a, b) in enumerate(pairs) if a is not b), least)
    return first, min(last, least - first)
