"""The same evidence on fewer draws, and fewer respondents, to compare many sets quickly."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from journey.decision.items import Item, removed_shares
from journey.priority.draws import Floats
from journey.priority.estimate import Estimate, shown
from journey.priority.flow import Flow
from journey.priority.kept import Leg, SettledVisits
from journey.priority.relational import Rows, SettledRelational
from journey.priority.worth import Bench


class Thinned:
    """Every nth draw of an estimate and every nth respondent; with a step of 1 itself.

    Respondents only say how much less (or more) several fixes give than their sum.
    """

    def __init__(self, estimate: Estimate, step: int) -> None:
        self._estimate, self._step = estimate, step
        self._bench = estimate.bench if step == 1 else _bench(estimate.bench, step)

    def joint(self, items: Sequence[Item]) -> Floats:
        """Return float64[K/step], the value of doing these at once, recomputed and not added."""
        pains, efficacy = removed_shares(self._estimate, items, self._step)
        return shown(self._estimate.board, self._bench.joint(pains, efficacy))


def _bench(bench: Bench, step: int) -> Bench:
    settled = [_settled(s, step) for s in bench.settled]
    return replace(bench, sources=[s.source for s in settled], settled=settled)


def _settled(settled: Any, step: int) -> Any:
    if isinstance(settled, SettledRelational):
        asked = settled.source
        return SettledRelational(
            replace(
                asked,
                link=asked.link[::step],
                unit=asked.unit[::step],
                rows=_rows(asked.rows, step),
            ),
            settled.own[::step],
            settled.scale[::step],
        )
    assert isinstance(settled, SettledVisits)
    flows: dict[int, Flow] = {}
    stops = tuple(
        replace(
            stop,
            leg=_leg(stop.leg, step, flows),
            eta=stop.eta[::step],
            scale=None if stop.scale is None else stop.scale[::step],
        )
        for stop in settled.stops
    )
    source = settled.source
    return SettledVisits(replace(source, link=source.link[::step], unit=source.unit[::step]), stops)


def _rows(rows: Rows, step: int) -> Rows:
    return replace(rows, risk=rows.risk[::step], hits=rows.hits[::step], weight=rows.weight[::step])


def _leg(leg: Leg, step: int, flows: dict[int, Flow]) -> Leg:
    """Return a leg of fewer draws; legs of one journey keep sharing one flow."""
    flow = leg.flow
    if flow is not None:
        flow = flows.setdefault(id(flow), replace(flow, graph=flow.graph[::step]))
    return replace(
        leg,
        flow=flow,
        hazard=leg.hazard[::step],
        reach=leg.reach[::step],
        onward=leg.onward[::step],
        back=leg.back[::step],
    )
