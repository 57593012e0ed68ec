"""A plan's names in one language: of items, procedures and goals; and its days."""

from __future__ import annotations

import datetime as dt

from lostcard.planner.plan import Due, Plan
from lostcard.render.words import Speaker

__all__ = ["Names", "iso"]


class Names:
    """Says the names that stand in a plan."""

    def __init__(self, plan: Plan, language: str) -> None:
        self.plan = plan
        self.catalogue = plan.facts.catalogue
        self.speaker = Speaker(language)
        self.say = self.speaker.say
        self.steps = {step.id: step for step in plan.steps}
        self.numbers = {source: number for number, source in enumerate(plan.sources, start=1)}

    def item(self, name: str) -> str:
        """Return an item's title."""
        return self.say(self.catalogue.items[name].title)

    def procedure(self, name: str) -> str:
        """Return a procedure's title."""
        return self.say(self.catalogue.procedures[name].title)

    def goal(self, name: str) -> str:
        """Return the name of a goal: a need, an item, or a procedure that is a duty."""
        for section in (self.catalogue.needs, self.catalogue.items, self.catalogue.procedures):
            if name in section:
                return self.say(section[name].title)
        raise KeyError(name)

    def due(self, due: Due) -> str:
        """Return what must be done by a last day."""
        claim = self.catalogue.guidance[due.name].claim if due.kind == "claim" else None
        return self.say(claim.title) if claim else self.procedure(due.name)

    def day(self, day: int | None) -> str:
        """Return a date, or that it is not known."""
        return self.say("days.unknown") if day is None else self.speaker.date(day)


def iso(day: int | None) -> str | None:
    """Return a day as an ISO date."""
    return None if day is None else dt.date.fromordinal(day).isoformat()
