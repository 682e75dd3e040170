"""Touchpoints that several journeys share: one touchpoint, counted once (docs/method.md)."""

from journey.model.workspace import Workspace


def same_touchpoints(ws: Workspace) -> dict[str, str]:
    """Return touchpoint → the first id of those that are the same one, itself where none is.

    `shared_with` holds in both directions and from one to the next.
    """
    first = {str(t): str(t) for t in ws.touchpoints}

    def root(name: str) -> str:
        while first[name] != name:
            name = first[name]
        return name

    for touchpoint in ws.touchpoints.values():
        for other in touchpoint.shared_with:
            if other in first:
                low, high = sorted((root(str(touchpoint.id)), root(other)))
                first[high] = low
    return {name: root(name) for name in first}


def members(same: dict[str, str]) -> dict[str, list[str]]:
    """Return first id → all ids of the same touchpoint, in the order of ids."""
    out: dict[str, list[str]] = {}
    for name in sorted(same):
        out.setdefault(same[name], []).append(name)
    return out
