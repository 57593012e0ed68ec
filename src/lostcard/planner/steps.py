"""The steps of a plan as a person takes them: papers, questions, fees, visits, waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lostcard.catalogue.model import Procedure, Text
from lostcard.planner.clock import DAY, NEVER
from lostcard.planner.deadlines import limit
from lostcard.planner.frame import Frame, rank
from lostcard.planner.plan import Bring, Note, Packed, PlanStep, Three, Visit, Wait, Why, Words
from lostcard.planner.problem import MAX, MIN
from lostcard.planner.situation import at_least, holds_on
from lostcard.planner.timing import Timer

__all__ = ["Steps"]

_ALL_DAY = ("00:00-23:59",)


class Steps:
    """Makes the steps of the plan in a frame, and groups them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.steps = self._make()

    def _make(self) -> tuple[PlanStep, ...]:
        solution = self.frame.outcome.solution
        ids = [str(position + 1) for position in range(len(solution.steps))]
        visits = self._visit_numbers()
        right_now = True
        papers = [self._papers(position) for position in range(len(ids))]
        after = [self._after(position, papers[position][0], ids) for position in range(len(ids))]
        steps = []
        for position, step in enumerate(solution.steps):
            act = self.frame.acts[step.act]
            procedure = self.frame.catalogue.procedures[act.id]
            right_now = right_now and self._never_closed(procedure) and step.start // DAY == self.frame.first_day
            bring, worst, evidence_sources = papers[position]
            fee = act.fee_on(step.start // DAY)
            certainty = max((procedure.certainty, worst), key=rank)
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
                    windows=procedure.reception or self.frame.catalogue.offices[procedure.office].reception,
                    certainty=certainty,
                    doubtful=not at_least(certainty, "reported"),
                    questions=tuple(self._questions(procedure, bring)),
                    after=after[position],
                    deadline=self._deadline(position),
                    sources=self._step_sources(procedure, step.start // DAY, evidence_sources),
                    why=Why((), without=None),
                )
            )
        return tuple(step._replace(why=self._why(position, steps)) for position, step in enumerate(steps))

    def _visit_numbers(self) -> list[int | None]:
        numbers: list[int | None] = []
        count = 0
        for state, step in zip(self.frame.states, self.frame.outcome.solution.steps, strict=False):
            act = self.frame.acts[step.act]
            if act.office is None:
                numbers.append(None)
                continue
            if act.office != state.counter or step.start // DAY != state.visit_day:
                count += 1
            numbers.append(count)
        return numbers

    def _never_closed(self, procedure: Procedure) -> bool:
        office = self.frame.catalogue.offices[procedure.office]
        calendar = self.frame.catalogue.calendars[procedure.calendar or office.calendar]
        always = calendar.weekends == "open" and calendar.holidays == "open" and not calendar.closed
        return always and (procedure.reception or office.reception) == _ALL_DAY

    def _papers(self, position: int) -> tuple[tuple[Bring, ...], str, set[str]]:
        """Return what must be shown at a step, the least certainty with which it counts, and the sources of that."""
        step = self.frame.outcome.solution.steps[position]
        ready = self.frame.states[position].ready
        procedure = self.frame.catalogue.procedures[self.frame.acts[step.act].id]
        bring = []
        for requirement in procedure.requires:
            if self.frame.here.fits(requirement.when):
                item = min(requirement.any_of, key=lambda name: (ready[self.frame.item_of[name]], name))
                bring.append(Bring(item, "required", requirement.why))
        worst, sources = "confirmed", set[str]()
        if procedure.evidence:
            rule = self.frame.catalogue.evidence[procedure.evidence]
            chosen = self._evidence(procedure.evidence, step.start, ready)
            worst = max((certainty for _, certainty, _ in chosen), key=rank, default="confirmed")
            sources = {source for _, _, cited in chosen for source in cited} | set(rule.source)
            presumed = {self.frame.catalogue.assumptions[name].item for name in self.frame.here.presumed}
            for item, _, _ in chosen:
                why = Note("bring.presumed" if item in presumed else "bring.evidence")
                bring.append(Bring(item, "evidence", why))
        return tuple(bring), worst, sources

    def _evidence(self, rule_id: str, start: int, ready: tuple[int, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Choose the papers to show: the surest combination in hand, then the smallest, then by name."""
        rule = self.frame.catalogue.evidence[rule_id]
        date = dt.date.fromordinal(start // DAY)
        classes = self.frame.catalogue.counters[rule.counter].classes
        in_hand = {
            label: sorted(
                (rank(member.certainty), member.item, member.certainty, member.source)
                for member in members
                if holds_on(member, date) and ready[self.frame.item_of[member.item]] <= start
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
        office = self.frame.catalogue.offices[procedure.office]
        if procedure.call_first:
            yield procedure.call_first
        if office.call_first:
            yield office.call_first
        if procedure.evidence:
            members = self.frame.catalogue.counters[
                self.frame.catalogue.evidence[procedure.evidence].counter
            ].classes.values()
            sure = {m.item for group in members for m in group if at_least(m.certainty, "reported")}
            for paper in bring:
                if paper.kind == "evidence" and paper.item not in sure:
                    yield Note("ask.evidence", {"item": self.frame.catalogue.items[paper.item].title})

    def _after(self, position: int, bring: Iterable[Bring], ids: list[str]) -> tuple[str, ...]:
        steps = self.frame.outcome.solution.steps
        earlier = set()
        for paper in bring:
            giver = self.frame.giver(self.frame.item_of[paper.item], position)
            if giver is not None:
                earlier.add(giver)
        within = self.frame.acts[steps[position].act].within
        if within and within[0] is not None:
            earlier.add(next(i for i in range(position) if self.frame.acts[steps[i].act].group == within[0]))
        return tuple(ids[i] for i in sorted(earlier))

    def _deadline(self, position: int) -> int | None:
        """Return the last open day on which the law allows a step; None if it has no such day, or is taken at once."""
        step = self.frame.outcome.solution.steps[position]
        procedure = self.frame.catalogue.procedures[self.frame.acts[step.act].id]
        last = limit(self.frame, procedure)
        if last is None or (procedure.within and procedure.within.of != "loss" and last.since == step.start // DAY):
            return None
        return last.day

    def _ready(self, position: int) -> Three:
        outcome = self.frame.outcome
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
        fee = self.frame.fee(procedure, day)
        if fee:
            cited.update(fee.source)
        if procedure.within:
            cited.update(procedure.within.source)
        return tuple(sorted(cited))

    def _fee_note(self, procedure: Procedure, day: int) -> Text | None:
        fee = self.frame.fee(procedure, day)
        return fee.note if fee else None

    def _why(self, position: int, steps: list[PlanStep]) -> Why:
        step = steps[position]
        return Why(tuple(other.id for other in steps if step.id in other.after), without=None)

    def visits(self) -> Iterator[Visit]:
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
                if paper.item in given and not self.frame.catalogue.items[paper.item].holdable:
                    continue  # no paper, but the fact that an earlier act of the visit is done
                known = packed.get(paper.item, Packed(paper.item, (), (), given.get(paper.item)))
                whys = known.whys if paper.why in known.whys else (*known.whys, paper.why)
                packed[paper.item] = known._replace(whys=whys, steps=(*known.steps, step.id))
            if not step.lead:
                given.update(dict.fromkeys(step.gives, step.id))
        first = steps[0]
        ids = tuple(step.id for step in steps)
        return Visit(
            number=first.visit,
            office=first.office,
            right_now=first.right_now,
            start=first.start,
            windows=first.windows,
            always=first.windows == _ALL_DAY,
            steps=ids,
            bring=tuple(packed.values()),
        )

    def waits(self, chain: tuple[str, ...]) -> tuple[Wait, ...]:
        """Return what takes days on the way through the chain: things on their way, counters shut, rules to come."""
        waits = []
        numbers = {step.id: position for position, step in enumerate(self.steps)}
        for position, step in enumerate(self.steps):
            if step.id not in chain:
                continue
            state = self.frame.states[position]
            could = self._could(position)
            able = max(could, state.minute // DAY)
            begins = step.start // DAY
            if begins > able:
                waits.append(Wait(self._reason(numbers[step.id], able), step.id, able, begins))
            elif begins > could and self._opens_on(numbers[step.id], could) == begins:
                # The same closure already held up an earlier act that this one does not rest on.
                waits.append(Wait("closed", step.id, could, begins))
            if step.lead and step.ready.typical is not None and step.ready.typical > begins:
                waits.append(Wait("lead", step.id, begins, step.ready.typical))
        return tuple(waits)

    def _could(self, position: int) -> int:
        """Return the day on which a step could begin as far as its papers go, and those of what it must not precede.

        What comes in the course of a day serves from the next; that night is part of its own wait.
        """
        steps = self.frame.outcome.solution.steps
        group = self.frame.acts[steps[position].act].group
        days = [self.frame.first_day]
        for follower, step in enumerate(self.steps):
            within = self.frame.acts[steps[follower].act].within
            bound = within is not None and within[0] == group
            if follower != position and not bound:
                continue
            slack = within[1] if within and bound else 0
            for paper in step.bring:
                item = self.frame.item_of[paper.item]
                giver = self.frame.giver(item, follower) if paper.kind != "own" else None
                if giver is not None and giver < position:
                    days.append((self.frame.states[position].ready[item] + 1) // DAY - slack)
        return max(days)

    def _opens_on(self, position: int, day: int) -> int | None:
        """Return the first day from `day` on that a step's office is open, if it is shut on `day` itself."""
        days = self.frame.acts[self.frame.outcome.solution.steps[position].act].days
        first = day
        while day not in days:
            day += 1
        return None if day == first else day

    def _reason(self, position: int, able: int) -> str:
        """Return why a step begins only days after `able`: its rule begins, the day is over, or the office is shut."""
        step = self.frame.outcome.solution.steps[position]
        act = self.frame.acts[step.act]
        if act.since > able:
            return "rule"
        return "over" if able in act.days else "closed"
