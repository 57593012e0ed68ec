"""From a solved problem to the plan a person reads."""

from __future__ import annotations

import datetime as dt

from lostcard.catalogue.facts import Facts
from lostcard.errors import NoPlanError
from lostcard.planner.advice import advice, assumptions
from lostcard.planner.alternatives import Alternatives
from lostcard.planner.clock import DAY
from lostcard.planner.deadlines import deadlines
from lostcard.planner.deadlocks import Deadlocks
from lostcard.planner.frame import Frame
from lostcard.planner.plan import CardBack, Days, Gap, Plan, Three, Totals
from lostcard.planner.problem import Goal
from lostcard.planner.situation import Options, Situation, understand
from lostcard.planner.steps import Steps

__all__ = ["make_plan"]

NOT_KNOWN = Days(Three(None, None, None), Three(None, None, None))


def make_plan(facts: Facts, situation: Situation, options: Options, start: int, *, explain: bool = False) -> Plan:
    """Return the best plan for `situation` from minute `start`; `explain` adds what each step won against.

    Raises:
        UsageError: the situation contradicts itself.
        NoPlanError: `start` lies outside the years whose holidays are known, or something named did not exist then.

    """
    day = start // DAY
    if not facts.first_day <= day <= facts.last_day:
        first, last = dt.date.fromordinal(facts.first_day), dt.date.fromordinal(facts.last_day)
        raise NoPlanError("error.no-calendar", date=dt.date.fromordinal(day), first=first, last=last)
    here = understand(facts.catalogue, situation, dt.date.fromordinal(day))
    return _Assembly(Frame(facts, here, options, start), explain=explain).plan()


class _Assembly:
    def __init__(self, frame: Frame, *, explain: bool) -> None:
        self.frame = frame
        self.grouped = Steps(frame)
        self.alternatives = Alternatives(frame, self.grouped.steps)
        self.steps = self.grouped.steps
        if explain:
            self.steps = tuple(
                step._replace(why=step.why._replace(without=self.alternatives.lost(step.procedure)))
                for step in self.steps
            )

    def plan(self) -> Plan:
        frame, other = self.frame, self.alternatives
        said = advice(frame)
        due = deadlines(frame, self.steps)
        cited = {source for step in self.steps for source in step.sources}
        cited |= {source for last in due for source in last.sources}
        gaps = [self._gap(goal) for goal in frame.goals("need")]
        gaps += [Gap(goal.name, NOT_KNOWN, None, (), None) for goal in frame.outcome.blocked if goal.kind == "need"]
        return Plan(
            facts=frame.facts,
            here=frame.here,
            options=frame.options,
            start=frame.start,
            gaps=tuple(gaps),
            cards=tuple(self._card(goal) for goal in frame.goals("card")),
            steps=self.steps,
            visits=tuple(self.grouped.visits()),
            totals=self._totals(),
            assumptions=tuple(assumptions(frame, waits=any(step.lead for step in self.steps))),
            notices=said.notices,
            meanwhile=said.meanwhile,
            warnings=said.warnings,
            improvements=other.improvements(),
            routes=other.routes(),
            followups=tuple(other.followups()),
            tradeoff=other.tradeoff(),
            deadlocks=tuple(Deadlocks(frame, self.steps).all()),
            deadlines=due,
            sources=tuple(sorted(cited | said.sources)),
        )

    def _because(self, mask: int) -> tuple[str | None, str | None]:
        """Return the item that reaches a goal first, and the step it comes from (None: held all along)."""
        ready = self.frame.outcome.solution.ready
        item = min((i for i in range(len(ready)) if mask >> i & 1), key=lambda i: (ready[i], self.frame.names[i]))
        giver = self.frame.giver(item, len(self.steps))
        return self.frame.names[item], None if giver is None else self.steps[giver].id

    def _chain(self, step_id: str | None) -> tuple[str, ...]:
        """Return a step and all that it rests on, in order."""
        if step_id is None:
            return ()
        wanted = {step_id}
        for step in reversed(self.steps):
            if step.id in wanted:
                wanted.update(step.after)
        return tuple(step.id for step in self.steps if step.id in wanted)

    def _gap(self, goal: Goal) -> Gap:
        _, because = self._because(goal.mask)
        chain = self._chain(because)
        fallback = self.alternatives.fallback(goal, chain)
        return Gap(goal.name, self.frame.outcome.span(goal.mask), because, self.grouped.waits(chain), fallback)

    def _card(self, goal: Goal) -> CardBack:
        item, because = self._because(goal.mask)
        waits = self.grouped.waits(self._chain(because))
        return CardBack(goal.name, item or goal.name, self.frame.outcome.span(goal.mask), because, waits)

    def _totals(self) -> Totals:
        highs = [step.fee_high for step in self.steps]
        return Totals(
            visits=self.frame.outcome.solution.visits,
            fee_low=sum(step.fee_low or 0 for step in self.steps),
            fee_high=sum(high or 0 for high in highs),
            # A fee of nothing that nobody contradicts is as good as known; an inferred sum is to be asked for.
            fee_known=all(step.fee_high == 0 or step.fee_certain for step in self.steps),
        )
