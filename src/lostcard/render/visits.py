"""The visits and steps of a plan in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lostcard.catalogue import model
from lostcard.planner.clock import DAY, moment
from lostcard.planner.plan import Lost, Packed, PlanStep
from lostcard.planner.plan import Visit as Trip
from lostcard.render.names import Names, iso
from lostcard.render.parts import Blank, Day, Paper, Phone, Said, Step, Visit

__all__ = ["days", "phones"]


def days(names: Names, *, explain: bool) -> tuple[Day, ...]:
    """Return the visits under the headings of their days; with `explain` each step says why it is there."""
    steps = _Steps(names, explain=explain)
    found: list[Day] = []
    for trip in names.plan.visits:
        day = trip.start // DAY
        heading = names.say("plan.right-now") if trip.right_now else names.speaker.date(day)
        if not found or found[-1].heading != heading:
            found.append(Day(heading, trip.right_now, str(iso(day)), ()))
        found[-1] = found[-1]._replace(visits=(*found[-1].visits, steps.visit(trip)))
    return tuple(found)


def phones(names: Names, office: model.Office) -> tuple[Phone, ...]:
    """Return an office's telephones."""
    return tuple(
        Phone(
            line=names.say("visit.phone", number=phone.number, note=phone.note),
            number=phone.number,
            dial="" if phone.fax else _dialled(phone.number),
            note=names.say(phone.note),
        )
        for phone in office.phones
    )


def _dialled(number: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", number) if c in "+0123456789")


class _Steps:
    def __init__(self, names: Names, *, explain: bool) -> None:
        self.names = names
        self.say = names.say
        self.speaker = names.speaker
        self.explain = explain

    def visit(self, trip: Trip) -> Visit:
        office = self.names.catalogue.offices[trip.office]
        windows = self.windows(trip)
        key = "visit.line" if trip.number else "visit.remote"
        return Visit(
            key=trip.office,
            number=trip.number,
            heading=self.say(key, number=trip.number, office=office.title, windows=windows),
            ordinal=self.say("visit.ordinal", number=trip.number) if trip.number else "",
            office=self.say(office.title),
            windows=windows,
            find=self.say(office.find),
            phones=phones(self.names, office),
            bring=self.say("visit.bring"),
            act=self.say("visit.act"),
            papers=tuple(self.paper(trip, paper) for paper in trip.bring),
            steps=tuple(self.step(self.names.steps[name]) for name in trip.steps),
        )

    def windows(self, trip: Trip) -> str:
        if trip.always:
            return self.say("visit.always")
        return self.say("visit.windows", windows=[self.speaker.window(window) for window in trip.windows])

    def paper(self, trip: Trip, paper: Packed) -> Paper:
        received = paper.handed_out
        item = self.names.catalogue.items[paper.item]
        steps = self.speaker.steps(paper.steps)
        line = self.say(
            "bring.received" if received else "bring.line",
            item=item.title,
            received=received,
            whys=paper.whys,
            steps=steps,
        )
        why = self.say(
            "bring.why-received" if received else "bring.why", received=received, whys=paper.whys, steps=steps
        )
        first = self.names.steps[trip.steps[0]].procedure
        return Paper(
            key=f"{first}:{paper.item}",
            line=line,
            title=self.say(item.title),
            why=why,
            note=self.say(item.note) if item.note else "",
        )

    def step(self, step: PlanStep) -> Step:
        say = self.say
        procedure = self.names.catalogue.procedures[step.procedure]
        numbers = tuple(self.names.numbers[source] for source in step.sources)
        blanks = tuple(self.blanks(step))
        records = ("blank.office", "blank.date", "blank.person") if blanks else ()
        return Step(
            key=step.procedure,
            id=step.id,
            heading=say("step.line", step=step.id, title=procedure.title),
            title=say(procedure.title),
            time=say("step.time", start=self.speaker.time(step.start)),
            how_to=say(procedure.how_to) if procedure.how_to else "",
            blanks=blanks,
            records=tuple(map(say, records)),
            details=tuple(self.details(step)),
            no_return=say("step.no-return") if procedure.no_return else "",
            no_return_why=say(procedure.no_return) if procedure.no_return else "",
            why=tuple(self.why(step)) if self.explain else (),
            cited=say("step.sources", numbers=list(map(str, numbers))),
            sources=numbers,
            start=moment(step.start).isoformat(),
            end=moment(step.end).isoformat(),
        )

    def blanks(self, step: PlanStep) -> Iterator[Blank]:
        for name in step.gives:
            if self.names.catalogue.items[name].kind == "number":
                yield Blank(self.say("step.blank", item=self.names.item(name)), self.names.item(name))

    def details(self, step: PlanStep) -> Iterator[Said]:
        """Yield fee, arrival, deadline and doubts of a step, where it has any."""
        if step.fee_high != 0:
            yield Said(self.fee(step))
        if step.lead:
            yield Said(self.ready(step))
        if step.deadline is not None:
            yield Said(self.say("step.deadline", date=self.speaker.date(step.deadline)))
        if step.doubtful:
            certainty = self.say(f"certainty.{step.certainty}")
            yield Said(self.say("step.certainty", certainty=certainty), "warning")

    def fee(self, step: PlanStep) -> str:
        fee = self.speaker.fee(step.fee_low, step.fee_high)
        if step.fee_high is not None and not step.fee_certain:
            fee = self.say("yen.inferred", fee=fee)
        if step.fee_note:
            return self.say("step.fee-note", fee=fee, note=step.fee_note)
        return self.say("step.fee", fee=fee)

    def ready(self, step: PlanStep) -> str:
        day = self.names.day
        ready, items = step.ready, [self.names.item(name) for name in step.gives]
        if ready.typical is None:
            return self.say("step.ready-unknown", items=items)
        typical, best = day(ready.typical), day(ready.best)
        if ready.worst is None:
            return self.say("step.ready-open", items=items, typical=typical, best=best)
        if ready.best == ready.worst:
            return self.say("step.ready", items=items, typical=typical)
        return self.say("step.ready-range", items=items, typical=typical, best=best, worst=day(ready.worst))

    def why(self, step: PlanStep) -> Iterator[str]:
        say, speaker, plan = self.say, self.speaker, self.names.plan
        goals = [gap.need for gap in plan.gaps if gap.because == step.id]
        goals += [card.item for card in plan.cards if card.because == step.id]
        if goals:
            yield say("why.goal", goals=[self.names.goal(goal) for goal in goals])
        if step.why.unlocks:
            yield say("why.unlocks", steps=speaker.steps(step.why.unlocks))
        elif not goals:
            yield say("why.duty")
        if step.after:
            yield say("why.waits", steps=speaker.steps(step.after))
        if step.why.without:
            yield self.lost(step.why.without)
        yield say("step.skip", skip=self.names.catalogue.procedures[step.procedure].skip)

    def lost(self, lost: Lost) -> str:
        if lost.visits is None:
            return self.say("why.no-way")
        parts = [
            self.say("why.gap", name=self.names.goal(goal), days=f"{days:+}")
            for goal, days in lost.gaps.items()
            if days
        ]
        if lost.visits:
            parts.append(self.say("why.visits", visits=f"{lost.visits:+}"))
        if lost.fee:
            parts.append(self.say("why.fee", fee=self.say("yen", yen=f"{lost.fee:+,}")))
        return self.say("why.without", differences=parts or [self.say("why.same")])
