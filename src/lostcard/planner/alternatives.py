"""What else could be done: the plan without a step, with another paper, by another preference, and afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.frame import Frame
from lostcard.planner.outcome import Outcome, could_beat, solve_for
from lostcard.planner.plan import Fallback, Followup, Improvement, Lost, PlanStep, Route, Tradeoff
from lostcard.planner.problem import Goal
from lostcard.planner.situation import at_least, holds_on, understand
from lostcard.planner.timing import Timer

__all__ = ["Alternatives"]


class Alternatives:
    """Compares the plan in a frame with others of the same start; each is solved as the plan itself was."""

    def __init__(self, frame: Frame, steps: tuple[PlanStep, ...]) -> None:
        self.frame = frame
        self.steps = steps

    def lost(self, procedure: str) -> Lost | None:
        """Return what the best plan without a procedure would be, as differences; None for a duty."""
        if self.frame.catalogue.procedures[procedure].duty:
            return None
        other = solve_for(self.frame.builder, self.frame.here, without=[procedure])
        if other.blocked != self.frame.outcome.blocked or other.stuck != self.frame.outcome.stuck:
            return Lost({}, None, None, None)
        mine, theirs = self.frame.outcome.typical(), other.typical()
        return Lost(
            gaps=_by_name({key: theirs[key] - days for key, days in mine.items()}),
            last=other.solution.last - self.frame.outcome.solution.last,
            visits=other.solution.visits - self.frame.outcome.solution.visits,
            fee=other.solution.fee[1] - self.frame.outcome.solution.fee[1],
        )

    def fallback(self, goal: Goal, chain: tuple[str, ...]) -> Fallback | None:
        """Return the best plan without a step of the chain that may be refused; the costliest refusal counts."""
        found: list[tuple[int, str, Fallback]] = []
        for step in self.steps:
            if step.id not in chain or at_least(step.certainty, "reported"):
                continue
            sure = at_least(self.frame.catalogue.procedures[step.procedure].certainty, "reported")
            other = (
                solve_for(self.frame.builder, self.frame.here, sure_papers=True)
                if sure
                else solve_for(self.frame.builder, self.frame.here, without=[step.procedure])
            )
            again = next((g for g in other.problem.goals if (g.kind, g.name) == (goal.kind, goal.name)), None)
            span = other.span(again.mask) if again else None
            typical = span.days.typical if span else None
            found.append((NEVER if typical is None else typical, step.procedure, Fallback(step.procedure, span)))
        return max(found, key=lambda entry: entry[:2])[2] if found else None

    def _saves(self, other: Outcome) -> tuple[dict[str, int], tuple[str, ...]]:
        mine, theirs = self.frame.outcome.typical(), other.typical()
        saves = _by_name({key: mine[key] - days for key, days in theirs.items() if mine.get(key, days) > days})
        was_blocked = {goal.name for goal in self.frame.outcome.blocked}
        return saves, tuple(sorted(was_blocked - {goal.name for goal in other.blocked}))

    def improvements(self) -> tuple[Improvement, ...]:
        """Return the papers that the person may have but did not mention and that would help, the best first."""
        known = self.frame.here.holds | set(self.frame.here.situation.lost)
        asked = {
            name: item.ask
            for name, item in self.frame.catalogue.items.items()
            if item.ask is not None and name not in known and holds_on(item, self.frame.here.date)
        }
        # Most plans cannot be bettered by any paper: one bound for all of them at once says so.
        if not could_beat(self.frame.builder.build(self.frame.here, perhaps=asked), self.frame.outcome):
            return ()
        found = []
        results: dict[object, tuple[dict[str, int], tuple[str, ...]]] = {}
        for name in sorted(asked, key=lambda name: (asked[name], name)):
            role = self._role(name)
            if role not in results:
                results[role] = self._with_paper(name)
            saves, unlocks = results[role]
            if saves or unlocks:
                found.append(Improvement(name, saves, unlocks))
        needs = self.frame.catalogue.needs
        return tuple(
            sorted(
                found,
                key=lambda paper: (
                    -len(paper.unlocks),
                    -sum(days for key, days in paper.saves.items() if key in needs),
                    -sum(paper.saves.values()),
                    asked[paper.item],
                    paper.item,
                ),
            )
        )

    def _role(self, name: str) -> object:
        """Return all that the rules can tell papers apart by: two papers of one role save the same."""
        catalogue = self.frame.catalogue
        classes = tuple(
            (counter, label, member.certainty, member.since, member.until)
            for counter, entry in catalogue.counters.items()
            for label, members in entry.classes.items()
            for member in members
            if member.item == name
        )
        named = any(name == give.item for p in catalogue.procedures.values() for give in p.gives) or any(
            name in condition
            for p in catalogue.procedures.values()
            for condition in (p.when.have + p.when.not_have if p.when else (), *(r.any_of for r in p.requires))
        )
        meets = any(met.item == name for need in catalogue.needs.values() for met in need.met_by)
        return (classes, name if named or meets else None)

    def _with_paper(self, name: str) -> tuple[dict[str, int], tuple[str, ...]]:
        situation = self.frame.here.situation
        with_paper = situation._replace(have=(*situation.have, name))
        here = understand(self.frame.catalogue, with_paper, self.frame.here.date)
        if not could_beat(self.frame.builder.build(here), self.frame.outcome):
            return {}, ()
        return self._saves(solve_for(self.frame.builder, here))

    def routes(self) -> tuple[Route, ...]:
        """Return what is too little known to count on but would shorten the plan if the office says yes."""
        doubtful = {
            name: all(give.after is None or give.after.typical != "unknown" for give in procedure.gives)
            for name, procedure in sorted(self.frame.catalogue.procedures.items())
            if self.frame.open_to_person(procedure)
            and (
                not at_least(procedure.certainty, self.frame.options.certainty)
                or any(give.after is not None and give.after.typical == "unknown" for give in procedure.gives)
            )
        }
        if not could_beat(self.frame.builder.build(self.frame.here, trusted=doubtful), self.frame.outcome):
            return ()
        found = []
        for name, days_known in doubtful.items():
            if could_beat(self.frame.builder.build(self.frame.here, trusted=[name]), self.frame.outcome):
                saves, unlocks = self._saves(solve_for(self.frame.builder, self.frame.here, trusted=[name]))
                if saves or unlocks:
                    found.append(Route(name, saves if days_known else {}, unlocks, days_known))
        return tuple(found)

    def followups(self) -> Iterator[Followup]:
        """Yield what is worth doing afterwards, from the day on which the office first takes it."""
        planned = {step.procedure for step in self.steps}
        possible: dict[str, list[int]] = {}
        for index, act in enumerate(self.frame.acts):
            possible.setdefault(act.id, []).append(index)
        timer = Timer(self.frame.outcome.problem)
        for name, procedure in sorted(self.frame.catalogue.procedures.items()):
            if not procedure.afterwards or name in planned or name not in possible:
                continue
            ready = self.frame.outcome.solution.ready
            start, index = min(
                (timer.next_start(index, max(timer.opens(index, ready), self.frame.start)), index)
                for index in possible[name]
            )
            if start >= NEVER:
                continue
            fee = self.frame.acts[index].fee_on(start // DAY)
            yield Followup(name, start // DAY, fee.low if fee else None, fee.high if fee else None)

    def tradeoff(self) -> Tradeoff | None:
        """Return what the preference costs against the fastest plan; None if it is the fastest."""
        if self.frame.options.prefer == "fastest":
            return None
        fastest = solve_for(self.frame.builder, self.frame.here, prefer="fastest")
        mine, theirs = self.frame.outcome.typical(), fastest.typical()
        return Tradeoff(
            gaps=_by_name({key: mine[key] - theirs[key] for key in mine if key in theirs}),
            last=self.frame.outcome.solution.last - fastest.solution.last,
            fee=self.frame.outcome.solution.fee[1] - fastest.solution.fee[1],
            visits=self.frame.outcome.solution.visits - fastest.solution.visits,
        )


def _by_name(days: dict[str, int]) -> dict[str, int]:
    """Return days by the bare name of need or card; of a need and a card that share one, the need's."""
    cards = {key.partition(":")[2]: value for key, value in days.items() if key.startswith("card:")}
    needs = {key.partition(":")[2]: value for key, value in days.items() if key.startswith("need:")}
    return needs | {name: value for name, value in cards.items() if name not in needs}
