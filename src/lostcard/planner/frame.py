"""A solved plan with all that reading it needs."""

from __future__ import annotations

import datetime as dt

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import CERTAINTIES, Fee, Member, Procedure
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.outcome import solve_for
from lostcard.planner.problem import Goal
from lostcard.planner.situation import Circumstances, Options, holds_on
from lostcard.planner.timing import State, Timer

__all__ = ["Frame", "rank"]


class Frame:
    """The best plan for the circumstances, the state before each of its steps, and look-ups in both."""

    def __init__(self, facts: Facts, here: Circumstances, options: Options, start: int) -> None:
        self.facts = facts
        self.catalogue = facts.catalogue
        self.here = here
        self.options = options
        self.start = start
        self.first_day = start // DAY
        self.builder = Builder(facts, options, start)
        self.outcome = solve_for(self.builder, here)
        self.acts = self.outcome.problem.acts
        self.item_of = self.outcome.built.item_of
        self.names = self.outcome.problem.items
        self.states = self._states()

    def _states(self) -> list[State]:
        """Return the state before each step, and after the last."""
        timer = Timer(self.outcome.problem)
        states = [timer.initial()]
        for step in self.outcome.solution.steps:
            states.append(timer.after(states[-1], step.act, step.start, joins=step.joins))
        return states

    def goals(self, kind: str) -> list[Goal]:
        """Return the goals of a kind that the plan reaches."""
        return [goal for goal in self.outcome.problem.goals if goal.kind == kind]

    def giver(self, item: int, before: int) -> int | None:
        """Return the step that supplies `item` to step `before`; None if it was held from the start."""
        ready = self.states[before].ready[item]
        if ready >= NEVER:
            return None
        timer = Timer(self.outcome.problem)
        for position in range(before):
            step = self.outcome.solution.steps[position]
            if (item, ready) in timer.arrivals(step.act, step.start):
                return position
        return None

    def fee(self, procedure: Procedure, day: int) -> Fee | None:
        """Return the fee of a procedure for this person on a day; None where no rule is known."""
        date = dt.date.fromordinal(day)
        return next((fee for fee in procedure.fee if holds_on(fee, date) and self.here.fits(fee.when)), None)

    def members(self, rule_id: str) -> list[Member]:
        """Return the papers that the counter of an evidence rule puts into any class at the start."""
        counter = self.catalogue.counters[self.catalogue.evidence[rule_id].counter]
        return [m for _, members in sorted(counter.classes.items()) for m in members if holds_on(m, self.here.date)]

    def open_to_person(self, procedure: Procedure) -> bool:
        """Tell whether a procedure exists at the start and is for people in these circumstances."""
        return self.here.fits(procedure.when) and holds_on(procedure, self.here.date)


def rank(certainty: str) -> int:
    """Return how uncertain something is; 0 is confirmed."""
    order: tuple[str, ...] = CERTAINTIES
    return order.index(certainty)
