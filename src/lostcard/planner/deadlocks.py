"""Where there is no way through: what stands in it, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from lostcard.planner.clock import NEVER
from lostcard.planner.frame import Frame
from lostcard.planner.plan import Blocked, Deadlock, PlanStep
from lostcard.planner.situation import holds_on
from lostcard.planner.timing import bits

__all__ = ["Deadlocks"]


class Deadlocks:
    """Explains what the plan in a frame cannot reach."""

    def __init__(self, frame: Frame, steps: tuple[PlanStep, ...]) -> None:
        self.frame = frame
        self.steps = steps

    def all(self) -> Iterator[Deadlock]:
        """Name, for each goal that cannot be reached, what stands in the way and each way to it that is known."""
        said: set[str] = set()
        for goal in self.frame.outcome.blocked:
            wanted = {self.frame.names[item] for item in bits(goal.mask)}
            said |= wanted
            yield self._deadlock(goal.kind, goal.name, wanted)
        for name in self.frame.outcome.stuck:
            wanted = {give.item for give in self.frame.catalogue.procedures[name].gives}
            if not wanted & said:
                yield self._deadlock("duty", name, wanted)

    def _deadlock(self, kind: str, name: str, wanted: set[str]) -> Deadlock:  # noqa: C901 - one walk over the graph
        """Go back from the wanted items over all procedures that give them until something cannot be had."""
        pending = tuple(step.id for step in self.steps if not wanted.isdisjoint(step.gives))
        if pending:
            return Deadlock(kind, name, pending, (), ())
        reached = {
            item for index, item in enumerate(self.frame.names) if self.frame.outcome.solution.ready[index] < NEVER
        }
        stopped: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
        ask: list[str] = []
        seen: set[str] = set()
        while wanted - seen - reached:
            sought, wanted = wanted - seen - reached, set()
            seen |= sought
            for giver, procedure in sorted(self.frame.catalogue.procedures.items()):
                if not any(give.item in sought for give in procedure.gives) or not self.frame.open_to_person(procedure):
                    continue
                missing = [
                    requirement.any_of
                    for requirement in procedure.requires
                    if self.frame.here.fits(requirement.when) and reached.isdisjoint(requirement.any_of)
                ]
                lacking = procedure.evidence and self._lacks_evidence(procedure.evidence, reached)
                if lacking:
                    wanted |= {member.item for member in self.frame.members(procedure.evidence or "")}
                    if not missing:  # otherwise something else stops it before anybody asks for papers
                        stopped.setdefault((procedure.evidence, ()), []).append(giver)
                for items in missing:
                    wanted |= set(items)
                    if not any(
                        give.item in items for p in self.frame.catalogue.procedures.values() for give in p.gives
                    ):
                        stopped.setdefault((None, items), []).append(giver)
                if not missing and not lacking and giver not in ask:
                    ask.append(giver)
        blocked = []
        for (rule, items), procedures in stopped.items():
            papers = [member.item for member in self.frame.members(rule)] if rule else list(items)
            at_hand = tuple(paper for paper in papers if paper in reached)
            others = tuple(paper for paper in papers if paper not in reached)
            blocked.append(Blocked(rule, tuple(procedures), at_hand, others))
        return Deadlock(kind, name, (), tuple(blocked), tuple(ask))

    def _lacks_evidence(self, rule_id: str, reached: set[str]) -> bool:
        rule = self.frame.catalogue.evidence[rule_id]
        classes = self.frame.catalogue.counters[rule.counter].classes
        return not any(
            all(
                sum(m.item in reached and holds_on(m, self.frame.here.date) for m in classes[label]) >= number
                for label, number in combination.items()
            )
            for combination in rule.any_of
        )
