"""From a solved problem to the plan a person reads: steps with their papers, gaps, alternatives, advice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import CERTAINTIES, Fee, Member, Procedure, Text
from lostcard.errors import NoPlanError
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.outcome import Outcome, could_beat, solve_for
from lostcard.planner.plan import (
    Blocked,
    Bring,
    CardBack,
    Days,
    Deadlock,
    Fallback,
    Followup,
    Gap,
    Improvement,
    Lost,
    Note,
    Packed,
    Plan,
    PlanStep,
    Route,
    Three,
    Totals,
    Tradeoff,
    Visit,
    Wait,
    Why,
    Words,
)
from lostcard.planner.problem import MAX, MIN, Goal
from lostcard.planner.situation import Circumstances, Options, Situation, at_least, holds_on, understand
from lostcard.planner.timing import State, Timer, bits

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
    return _Assembly(facts, here, options, start, explain=explain).plan()


class _Assembly:
    def __init__(self, facts: Facts, here: Circumstances, options: Options, start: int, *, explain: bool) -> None:
        self.facts = facts
        self.catalogue = facts.catalogue
        self.here = here
        self.options = options
        self.start = start
        self.first_day = start // DAY
        self.explain = explain
        self.builder = Builder(facts, options, start)
        self.outcome = solve_for(self.builder, here)
        self.acts = self.outcome.problem.acts
        self.item_of = self.outcome.built.item_of
        self.names = self.outcome.problem.items
        self.states = self._states()

    def plan(self) -> Plan:
        self.steps = self._steps()
        gaps = tuple(self._gap(goal) for goal in self._goals("need"))
        gaps += tuple(Gap(goal.name, NOT_KNOWN, None, (), None) for goal in self.outcome.blocked if goal.kind == "need")
        improvements = self._improvements()
        notices, meanwhile, warnings, advice_sources = self._advice()
        routes, followups = self._routes(), tuple(self._followups())
        cited = {source for step in self.steps for source in step.sources} | advice_sources
        return Plan(
            facts=self.facts,
            here=self.here,
            options=self.options,
            start=self.start,
            gaps=gaps,
            cards=tuple(self._card(goal) for goal in self._goals("card")),
            steps=self.steps,
            visits=tuple(self._visit_list()),
            totals=self._totals(),
            assumptions=tuple(self._assumptions()),
            notices=notices,
            meanwhile=meanwhile,
            warnings=warnings,
            improvements=improvements,
            routes=routes,
            followups=followups,
            tradeoff=self._tradeoff(),
            deadlocks=tuple(self._deadlocks()),
            sources=tuple(sorted(cited)),
        )

    def _goals(self, kind: str) -> list[Goal]:
        return [goal for goal in self.outcome.problem.goals if goal.kind == kind]

    def _states(self) -> list[State]:
        """Return the state before each step, and after the last."""
        timer = Timer(self.outcome.problem)
        states = [timer.initial()]
        for step in self.outcome.solution.steps:
            states.append(timer.after(states[-1], step.act, step.start, joins=step.joins))
        return states

    # Steps

    def _steps(self) -> tuple[PlanStep, ...]:
        solution = self.outcome.solution
        ids = [str(position + 1) for position in range(len(solution.steps))]
        visits = self._visits()
        right_now = True
        papers = [self._papers(position) for position in range(len(ids))]
        after = [self._after(position, papers[position][0], ids) for position in range(len(ids))]
        steps = []
        for position, step in enumerate(solution.steps):
            act = self.acts[step.act]
            procedure = self.catalogue.procedures[act.id]
            right_now = right_now and self._never_closed(procedure) and step.start // DAY == self.first_day
            bring, worst, evidence_sources = papers[position]
            fee = act.fee_on(step.start // DAY)
            certainty = max((procedure.certainty, worst), key=_rank)
            steps.append(
                PlanStep(
                    id=ids[position],
                    procedure=act.id,
                    office=procedure.office,
                    start=step.start,
                    end=step.end,
                    visit=visits[position],
                    right_now=right_now,
                    bring=(*bring, *(Bring(item, "own", Note("bring.own")) for item in procedure.bring)),
                    gives=tuple(give.item for give in procedure.gives),
                    ends=procedure.ends,
                    lead=any(give.after for give in procedure.gives),
                    ready=self._ready(position),
                    fee_low=fee.low if fee else None,
                    fee_high=fee.high if fee else None,
                    fee_certain=bool(fee and fee.certain),
                    fee_note=self._fee_note(procedure, step.start // DAY),
                    windows=procedure.reception or self.catalogue.offices[procedure.office].reception,
                    certainty=certainty,
                    questions=tuple(self._questions(procedure, bring)),
                    after=after[position],
                    deadline=self._deadline(position),
                    sources=self._step_sources(procedure, step.start // DAY, evidence_sources),
                    why=Why((), (), waited=False, without=None),
                )
            )
        return tuple(step._replace(why=self._why(position, steps)) for position, step in enumerate(steps))

    def _visits(self) -> list[int | None]:
        numbers: list[int | None] = []
        count = 0
        for state, step in zip(self.states, self.outcome.solution.steps, strict=False):
            act = self.acts[step.act]
            if act.office is None:
                numbers.append(None)
                continue
            if act.office != state.counter or step.start // DAY != state.visit_day:
                count += 1
            numbers.append(count)
        return numbers

    def _never_closed(self, procedure: Procedure) -> bool:
        office = self.catalogue.offices[procedure.office]
        calendar = self.catalogue.calendars[procedure.calendar or office.calendar]
        always = calendar.weekends == "open" and calendar.holidays == "open" and not calendar.closed
        return always and (procedure.reception or office.reception) == ("00:00-23:59",)

    def _papers(self, position: int) -> tuple[tuple[Bring, ...], str, set[str]]:
        """Return what must be shown at a step, the least certainty with which it counts, and the sources of that."""
        step = self.outcome.solution.steps[position]
        ready = self.states[position].ready
        procedure = self.catalogue.procedures[self.acts[step.act].id]
        bring = []
        for requirement in procedure.requires:
            if self.here.fits(requirement.when):
                item = min(requirement.any_of, key=lambda name: (ready[self.item_of[name]], name))
                bring.append(Bring(item, "required", requirement.why))
        worst, sources = "confirmed", set[str]()
        if procedure.evidence:
            rule = self.catalogue.evidence[procedure.evidence]
            chosen = self._evidence(procedure.evidence, step.start, ready)
            worst = max((certainty for _, certainty, _ in chosen), key=_rank, default="confirmed")
            sources = {source for _, _, cited in chosen for source in cited} | set(rule.source)
            presumed = {self.catalogue.assumptions[name].item for name in self.here.presumed}
            for item, _, _ in chosen:
                why = Note("bring.presumed" if item in presumed else "bring.evidence")
                bring.append(Bring(item, "evidence", why))
        return tuple(bring), worst, sources

    def _evidence(self, rule_id: str, start: int, ready: tuple[int, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Choose the papers to show: the surest combination in hand, then the smallest, then by name."""
        rule = self.catalogue.evidence[rule_id]
        date = dt.date.fromordinal(start // DAY)
        classes = self.catalogue.counters[rule.counter].classes
        in_hand = {
            label: sorted(
                (_rank(member.certainty), member.item, member.certainty, member.source)
                for member in members
                if holds_on(member, date) and ready[self.item_of[member.item]] <= start
            )
            for label, members in classes.items()
        }
        choices = []
        for combination in rule.any_of:
            if all(len(in_hand[label]) >= number for label, number in combination.items()):
                papers = [paper for label, number in sorted(combination.items()) for paper in in_hand[label][:number]]
                choices.append((max(paper[0] for paper in papers), len(papers), [p[1] for p in papers], papers))
        papers = min(choices, key=lambda choice: choice[:3])[3]
        return [(item, certainty, source) for _, item, certainty, source in papers]

    def _questions(self, procedure: Procedure, bring: Iterable[Bring]) -> Iterator[Words]:
        office = self.catalogue.offices[procedure.office]
        if procedure.call_first:
            yield procedure.call_first
        if office.call_first:
            yield office.call_first
        if procedure.evidence:
            members = self.catalogue.counters[self.catalogue.evidence[procedure.evidence].counter].classes.values()
            sure = {m.item for group in members for m in group if at_least(m.certainty, "reported")}
            for paper in bring:
                if paper.kind == "evidence" and paper.item not in sure:
                    yield Note("ask.evidence", {"item": self.catalogue.items[paper.item].title})

    def _after(self, position: int, bring: Iterable[Bring], ids: list[str]) -> tuple[str, ...]:
        steps = self.outcome.solution.steps
        earlier = set()
        for paper in bring:
            giver = self._giver(self.item_of[paper.item], position)
            if giver is not None:
                earlier.add(giver)
        within = self.acts[steps[position].act].within
        if within and within[0] is not None:
            earlier.add(next(i for i in range(position) if self.acts[steps[i].act].group == within[0]))
        return tuple(ids[i] for i in sorted(earlier))

    def _giver(self, item: int, before: int) -> int | None:
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

    def _deadline(self, position: int) -> int | None:
        """Return the last open day on which the law allows a step; None if it has no such day, or is taken at once."""
        steps = self.outcome.solution.steps
        act = self.acts[steps[position].act]
        within = self.catalogue.procedures[act.id].within
        if within is None:
            return None
        first = self.first_day
        if within.of != "loss":
            anchors = [step for step in steps if self.acts[step.act].id == within.of]
            if not anchors or anchors[0].start // DAY == steps[position].start // DAY:
                return None
            first = anchors[0].start // DAY
        day = first + within.days - (within.first_day == "counted")
        while day not in act.days:
            day -= 1
        return day

    def _ready(self, position: int) -> Three:
        outcome = self.outcome
        days: list[int | None] = []
        timings = ((MIN, outcome.best), (None, None), (MAX, outcome.worst))
        for scenario, state in timings:
            if scenario is None:
                timer, step = Timer(outcome.problem), outcome.solution.steps[position]
            elif state is None:
                days.append(None)
                continue
            else:
                timer, step = Timer(outcome.problem, scenario), state.steps[position]
            last = max((moment for _, moment in timer.arrivals(step.act, step.start)), default=step.end)
            days.append(None if last >= NEVER else last // DAY)
        if days[1] is not None and days[2] is not None:
            days[2] = max(days[1], days[2])
        return Three(*days)

    def _step_sources(self, procedure: Procedure, day: int, evidence: set[str]) -> tuple[str, ...]:
        cited = {*procedure.source, *procedure.takes.source, *evidence}
        for give in procedure.gives:
            if give.after:
                cited.update(give.after.source)
        fee = self._fee(procedure, day)
        if fee:
            cited.update(fee.source)
        if procedure.within:
            cited.update(procedure.within.source)
        return tuple(sorted(cited))

    def _fee_note(self, procedure: Procedure, day: int) -> Text | None:
        fee = self._fee(procedure, day)
        return fee.note if fee else None

    def _fee(self, procedure: Procedure, day: int) -> Fee | None:
        date = dt.date.fromordinal(day)
        return next((fee for fee in procedure.fee if holds_on(fee, date) and self.here.fits(fee.when)), None)

    def _why(self, position: int, steps: list[PlanStep]) -> Why:
        step = steps[position]
        unlocks = tuple(other.id for other in steps if step.id in other.after)
        papers_at = max(
            (self.states[position].ready[self.item_of[paper.item]] for paper in step.bring if paper.kind != "own"),
            default=0,
        )
        waited = papers_at > self.states[position].minute
        without = self._lost(step.procedure) if self.explain else None
        return Why(unlocks, step.after, waited=waited, without=without)

    def _lost(self, procedure: str) -> Lost | None:
        if self.catalogue.procedures[procedure].duty:
            return None
        other = solve_for(self.builder, self.here, without=[procedure])
        if other.blocked != self.outcome.blocked or other.stuck != self.outcome.stuck:
            return Lost({}, None, None, None)
        mine, theirs = self.outcome.typical(), other.typical()
        return Lost(
            gaps=_by_name({key: theirs[key] - days for key, days in mine.items()}),
            last=other.solution.last - self.outcome.solution.last,
            visits=other.solution.visits - self.outcome.solution.visits,
            fee=other.solution.fee[1] - self.outcome.solution.fee[1],
        )

    def _visit_list(self) -> Iterator[Visit]:
        """Group the steps: one trip to a counter, or the acts from wherever one is between two trips."""
        group: list[PlanStep] = []
        for step in self.steps:
            if group and (
                step.visit != group[-1].visit
                or step.right_now != group[-1].right_now
                or step.start // DAY != group[-1].start // DAY
                or step.office != group[-1].office
            ):
                yield self._one_visit(group)
                group = []
            group.append(step)
        if group:
            yield self._one_visit(group)

    def _one_visit(self, steps: list[PlanStep]) -> Visit:
        given: dict[str, str] = {}
        packed: dict[str, Packed] = {}
        for step in steps:
            for paper in step.bring:
                if paper.item in given and not self.catalogue.items[paper.item].holdable:
                    continue  # no paper, but the fact that an earlier act of the visit is done
                known = packed.get(paper.item, Packed(paper.item, (), (), given.get(paper.item)))
                whys = known.whys if paper.why in known.whys else (*known.whys, paper.why)
                packed[paper.item] = known._replace(whys=whys, steps=(*known.steps, step.id))
            if not step.lead:
                given.update(dict.fromkeys(step.gives, step.id))
        first = steps[0]
        ids = tuple(step.id for step in steps)
        return Visit(
            first.visit, first.office, first.right_now, first.start, first.windows, ids, tuple(packed.values())
        )

    def _waits(self, chain: tuple[str, ...]) -> tuple[Wait, ...]:
        """Return what takes days on the way through the chain: things on their way, counters shut, rules to come."""
        waits = []
        numbers = {step.id: position for position, step in enumerate(self.steps)}
        for position, step in enumerate(self.steps):
            if step.id not in chain:
                continue
            state = self.states[position]
            needed = [state.ready[self.item_of[paper.item]] for paper in step.bring if paper.kind != "own"]
            # What comes in the course of a day serves from the next; that night is part of its own wait.
            able = (max([self.start, state.minute, *(minute + 1 for minute in needed if minute < NEVER)])) // DAY
            begins = step.start // DAY
            if begins > able:
                waits.append(Wait(self._reason(numbers[step.id], able), step.id, able, begins))
            if step.lead and step.ready.typical is not None and step.ready.typical > begins:
                waits.append(Wait("lead", step.id, begins, step.ready.typical))
        return tuple(waits)

    def _reason(self, position: int, able: int) -> str:
        """Return why a step begins only days after `able`: its rule begins, the day is over, or the office is shut."""
        step = self.outcome.solution.steps[position]
        act = self.acts[step.act]
        if act.since > able:
            return "rule"
        return "over" if able in act.days else "closed"

    def _totals(self) -> Totals:
        highs = [step.fee_high for step in self.steps]
        return Totals(
            visits=self.outcome.solution.visits,
            fee_low=sum(step.fee_low or 0 for step in self.steps),
            fee_high=sum(high or 0 for high in highs),
            # A fee of nothing that nobody contradicts is as good as known; an inferred sum is to be asked for.
            fee_known=all(step.fee_high == 0 or step.fee_certain for step in self.steps),
        )

    # Gaps and cards

    def _because(self, mask: int) -> tuple[str | None, str | None]:
        """Return the item that reaches a goal first, and the step it comes from (None: held all along)."""
        ready = self.outcome.solution.ready
        item = min((i for i in range(len(ready)) if mask >> i & 1), key=lambda i: (ready[i], self.names[i]))
        giver = self._giver(item, len(self.steps))
        return self.names[item], None if giver is None else self.steps[giver].id

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
        fallback = self._fallback(goal, chain)
        return Gap(goal.name, self.outcome.span(goal.mask), because, self._waits(chain), fallback)

    def _fallback(self, goal: Goal, chain: tuple[str, ...]) -> Fallback | None:
        """Return the best plan without a step of the chain that may be refused; the costliest refusal counts."""
        found: list[tuple[int, str, Fallback]] = []
        for step in self.steps:
            if step.id not in chain or at_least(step.certainty, "reported"):
                continue
            sure = at_least(self.catalogue.procedures[step.procedure].certainty, "reported")
            other = (
                solve_for(self.builder, self.here, sure_papers=True)
                if sure
                else solve_for(self.builder, self.here, without=[step.procedure])
            )
            again = next((g for g in other.problem.goals if (g.kind, g.name) == (goal.kind, goal.name)), None)
            span = other.span(again.mask) if again else None
            typical = span.days.typical if span else None
            found.append((NEVER if typical is None else typical, step.procedure, Fallback(step.procedure, span)))
        return max(found, key=lambda entry: entry[:2])[2] if found else None

    def _card(self, goal: Goal) -> CardBack:
        item, because = self._because(goal.mask)
        waits = self._waits(self._chain(because))
        return CardBack(goal.name, item or goal.name, self.outcome.span(goal.mask), because, waits)

    # What would shorten this

    def _saves(self, other: Outcome) -> tuple[dict[str, int], tuple[str, ...]]:
        mine, theirs = self.outcome.typical(), other.typical()
        saves = _by_name({key: mine[key] - days for key, days in theirs.items() if mine.get(key, days) > days})
        was_blocked = {goal.name for goal in self.outcome.blocked}
        return saves, tuple(sorted(was_blocked - {goal.name for goal in other.blocked}))

    def _improvements(self) -> tuple[Improvement, ...]:
        known = self.here.holds | set(self.here.situation.lost)
        asked = {
            name: item.ask
            for name, item in self.catalogue.items.items()
            if item.ask is not None and name not in known and holds_on(item, self.here.date)
        }
        # Most plans cannot be bettered by any paper: one bound for all of them at once says so.
        if not could_beat(self.builder.build(self.here, perhaps=asked), self.outcome):
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
        needs = self.catalogue.needs
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
        catalogue = self.catalogue
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
        situation = self.here.situation
        with_paper = situation._replace(have=(*situation.have, name))
        here = understand(self.catalogue, with_paper, self.here.date)
        if not could_beat(self.builder.build(here), self.outcome):
            return {}, ()
        return self._saves(solve_for(self.builder, here))

    def _routes(self) -> tuple[Route, ...]:
        """Return what is too little known to count on but would shorten the plan if the office says yes."""
        doubtful = {
            name: all(give.after is None or give.after.typical != "unknown" for give in procedure.gives)
            for name, procedure in sorted(self.catalogue.procedures.items())
            if self._open_to_person(procedure)
            and (
                not at_least(procedure.certainty, self.options.certainty)
                or any(give.after is not None and give.after.typical == "unknown" for give in procedure.gives)
            )
        }
        if not could_beat(self.builder.build(self.here, trusted=doubtful), self.outcome):
            return ()
        found = []
        for name, days_known in doubtful.items():
            if could_beat(self.builder.build(self.here, trusted=[name]), self.outcome):
                saves, unlocks = self._saves(solve_for(self.builder, self.here, trusted=[name]))
                if saves or unlocks:
                    found.append(Route(name, saves if days_known else {}, unlocks, days_known))
        return tuple(found)

    def _followups(self) -> Iterator[Followup]:
        """Yield what is worth doing afterwards, from the day on which the office first takes it."""
        planned = {step.procedure for step in self.steps}
        possible = {act.id: index for index, act in enumerate(self.acts)}
        timer = Timer(self.outcome.problem)
        for name, procedure in sorted(self.catalogue.procedures.items()):
            if not procedure.afterwards or name in planned or name not in possible:
                continue
            index = possible[name]
            start = timer.next_start(index, max(timer.opens(index, self.outcome.solution.ready), self.start))
            if start >= NEVER:
                continue
            fee = self.acts[index].fee_on(start // DAY)
            yield Followup(name, start // DAY, fee.low if fee else None, fee.high if fee else None)

    def _tradeoff(self) -> Tradeoff | None:
        if self.options.prefer == "fastest":
            return None
        fastest = solve_for(self.builder, self.here, prefer="fastest")
        mine, theirs = self.outcome.typical(), fastest.typical()
        return Tradeoff(
            gaps=_by_name({key: mine[key] - theirs[key] for key in mine if key in theirs}),
            last=self.outcome.solution.last - fastest.solution.last,
            fee=self.outcome.solution.fee[1] - fastest.solution.fee[1],
            visits=self.outcome.solution.visits - fastest.solution.visits,
        )

    # No way through

    def _deadlocks(self) -> Iterator[Deadlock]:
        """Name, for each goal that cannot be reached, what stands in the way and each way to it that is known."""
        said: set[str] = set()
        for goal in self.outcome.blocked:
            wanted = {self.names[item] for item in bits(goal.mask)}
            said |= wanted
            yield self._deadlock(goal.kind, goal.name, wanted)
        for name in self.outcome.stuck:
            wanted = {give.item for give in self.catalogue.procedures[name].gives}
            if not wanted & said:
                yield self._deadlock("duty", name, wanted)

    def _deadlock(self, kind: str, name: str, wanted: set[str]) -> Deadlock:  # noqa: C901 - one walk over the graph
        """Go back from the wanted items over all procedures that give them until something cannot be had."""
        pending = tuple(step.id for step in self.steps if not wanted.isdisjoint(step.gives))
        if pending:
            return Deadlock(kind, name, pending, (), ())
        reached = {item for index, item in enumerate(self.names) if self.outcome.solution.ready[index] < NEVER}
        stopped: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
        ask: list[str] = []
        seen: set[str] = set()
        while wanted - seen - reached:
            sought, wanted = wanted - seen - reached, set()
            seen |= sought
            for giver, procedure in sorted(self.catalogue.procedures.items()):
                if not any(give.item in sought for give in procedure.gives) or not self._open_to_person(procedure):
                    continue
                missing = [
                    requirement.any_of
                    for requirement in procedure.requires
                    if self.here.fits(requirement.when) and reached.isdisjoint(requirement.any_of)
                ]
                lacking = procedure.evidence and self._lacks_evidence(procedure.evidence, reached)
                if lacking:
                    wanted |= {member.item for member in self._members(procedure.evidence or "")}
                    if not missing:  # otherwise something else stops it before anybody asks for papers
                        stopped.setdefault((procedure.evidence, ()), []).append(giver)
                for items in missing:
                    wanted |= set(items)
                    if not any(give.item in items for p in self.catalogue.procedures.values() for give in p.gives):
                        stopped.setdefault((None, items), []).append(giver)
                if not missing and not lacking and giver not in ask:
                    ask.append(giver)
        blocked = []
        for (rule, items), procedures in stopped.items():
            papers = [member.item for member in self._members(rule)] if rule else list(items)
            at_hand = tuple(paper for paper in papers if paper in reached)
            others = tuple(paper for paper in papers if paper not in reached)
            blocked.append(Blocked(rule, tuple(procedures), at_hand, others))
        return Deadlock(kind, name, (), tuple(blocked), tuple(ask))

    def _open_to_person(self, procedure: Procedure) -> bool:
        return self.here.fits(procedure.when) and holds_on(procedure, self.here.date)

    def _members(self, rule_id: str) -> list[Member]:
        counter = self.catalogue.counters[self.catalogue.evidence[rule_id].counter]
        return [m for _, members in sorted(counter.classes.items()) for m in members if holds_on(m, self.here.date)]

    def _lacks_evidence(self, rule_id: str, reached: set[str]) -> bool:
        rule = self.catalogue.evidence[rule_id]
        classes = self.catalogue.counters[rule.counter].classes
        return not any(
            all(
                sum(m.item in reached and holds_on(m, self.here.date) for m in classes[label]) >= number
                for label, number in combination.items()
            )
            for combination in rule.any_of
        )

    # Advice

    def _advice(self) -> tuple[tuple[Words, ...], tuple[Words, ...], tuple[Words, ...], set[str]]:
        here, catalogue = self.here, self.catalogue
        notices: list[Words] = []
        meanwhile: list[Words] = []
        later: list[Words] = []
        sources: set[str] = set()
        for name in here.presumed:
            sources.update(catalogue.assumptions[name].source)
        for name in here.expired:
            item = catalogue.items[name]
            sources.update(item.source)
            if item.ended:
                notices.append(item.ended)
        for _, guidance in sorted(catalogue.guidance.items()):
            if holds_on(guidance, here.date) and here.fits(guidance.when):
                (meanwhile if guidance.place == "now" else later).append(guidance.text)
                sources.update(guidance.source)
        return tuple(notices), tuple(meanwhile), tuple(later), sources

    def _assumptions(self) -> Iterator[Words]:
        here, catalogue = self.here, self.catalogue
        for name, need in sorted(catalogue.needs.items()):
            for met in need.met_by if name not in here.touched else ():
                item = catalogue.items[met.item]
                if item.carrier in here.situation.lost and holds_on(item, here.date):
                    option = item.aliases[0] if item.aliases else met.item
                    yield Note("assume.not-linked", {"record": item.title, "option": option})
        for name in here.presumed:
            yield catalogue.assumptions[name].text
        if here.situation.how is None:
            yield Note("assume.how")
        if here.insurer_assumed and "coverage" in here.touched:
            insurer = catalogue.insurers[here.insurer]
            yield Note("assume.insurer", {"insurer": insurer.title, "recognise": insurer.recognise})
        yield Note("assume.travel", {"minutes": self.options.travel_minutes})
        if any(step.lead for step in self.steps):
            yield Note("assume.arrival")


def _by_name(days: dict[str, int]) -> dict[str, int]:
    """Return days by the bare name of need or card; of a need and a card that share one, the need's."""
    cards = {key.partition(":")[2]: value for key, value in days.items() if key.startswith("card:")}
    needs = {key.partition(":")[2]: value for key, value in days.items() if key.startswith("need:")}
    return needs | {name: value for name, value in cards.items() if name not in needs}


def _rank(certainty: str) -> int:
    order: tuple[str, ...] = CERTAINTIES
    return order.index(certainty)
