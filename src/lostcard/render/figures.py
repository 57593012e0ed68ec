"""How long it takes, in words: the gaps, the cards, the totals, and what has no way to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lostcard.planner.plan import CardBack, Days, Deadlock, Fallback, Gap, Three, Wait
from lostcard.render.names import Names, iso
from lostcard.render.parts import Deadlocks, Figure, HowLong, Impasse, Said, Span

__all__ = ["deadlocks", "how_long"]


def how_long(names: Names) -> HowLong:
    """Return the figures of the plan."""
    return _Figures(names).how_long()


def deadlocks(names: Names) -> Deadlocks:
    """Return the goals that no known way reaches."""
    say, plan = names.say, names.plan
    impasses = []
    for deadlock in plan.deadlocks:
        name = names.goal(deadlock.name)
        if deadlock.pending:
            steps = names.speaker.steps(deadlock.pending)
            impasses.append(Impasse(say("deadlock.pending", name=name, steps=steps), ()))
        else:
            impasses.append(Impasse(say("deadlock.goal", name=name), tuple(_ways(names, deadlock))))
    rest = say("deadlock.rest") if impasses and plan.steps else ""
    return Deadlocks(say("plan.deadlock"), tuple(impasses), rest)


def _ways(names: Names, deadlock: Deadlock) -> Iterator[str]:
    say, catalogue = names.say, names.catalogue
    for blocked in deadlock.blocked:
        titles = [names.procedure(name) for name in blocked.procedures]
        others = [names.item(name) for name in blocked.others]
        if blocked.evidence is None:
            yield say("deadlock.items", titles=titles, items=others)
            continue
        rule = catalogue.evidence[blocked.evidence].title
        at_hand = [names.item(name) for name in blocked.at_hand] or say("value.nothing")
        yield say("deadlock.evidence", titles=titles, rule=rule, at_hand=at_hand, others=others)
        questions = [catalogue.procedures[name].call_first for name in blocked.procedures]
        yield from (say(question) for question in questions if question)
    for name in deadlock.ask:
        procedure = catalogue.procedures[name]
        office = catalogue.offices[procedure.office].title
        question = say(procedure.call_first) if procedure.call_first else ""
        yield say("deadlock.ask", title=procedure.title, office=office, question=question)


class _Figures:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.say = names.say
        self.speaker = names.speaker
        self.waited: set[Wait] = set()

    def how_long(self) -> HowLong:
        plan = self.names.plan
        figures = [*map(self.gap, plan.gaps), *map(self.card, plan.cards)]
        return HowLong(
            heading=self.say("plan.how-long"),
            notices=tuple(map(self.say, plan.notices)),
            figures=tuple(figures),
            totals=self.say("totals.line", visits=plan.totals.visits, fee=self.total_fee()) if plan.steps else "",
            tradeoff=self.tradeoff(),
        )

    def gap(self, gap: Gap) -> Figure:
        title = self.say(self.names.catalogue.needs[gap.need].gap)
        days = self.speaker.days(gap.span.days)
        line = self.say("gap.line", gap=title, days=days)
        lines: list[Said] = []
        if gap.span.days.typical is not None:
            lines += self.until(gap.because, gap.span.until, gap.waits)
            if gap.fallback:
                lines.append(Said(self.fallback(gap.fallback), "warning"))
        return Figure("need", gap.need, title, days, line, tuple(lines), _span(gap.span), gap.because)

    def card(self, card: CardBack) -> Figure:
        item, lost = self.names.item(card.item), self.names.item(card.lost)
        days = self.speaker.days(card.span.days)
        span = _span(card.span)
        if card.because is None:
            line = self.say("card.have", lost=lost, item=item)
            return Figure("card", card.item, line, "", line, (), span, None)
        back = card.lost == card.item
        line = self.say("card.line" if back else "card.successor", lost=lost, item=item, days=days)
        title = self.say("card.back" if back else "card.replaced", lost=lost, item=item)
        lines = self.until(card.because, card.span.until, card.waits)
        return Figure("card", card.item, title, days, line, tuple(lines), span, card.because)

    def until(self, because: str | None, until: Three, waits: Iterable[Wait]) -> list[Said]:
        if because is None:
            return [Said(self.say("gap.never"))]
        day = self.names.day
        step = self.names.steps[because]
        key = "gap.arrives" if step.lead else "gap.until"
        title = self.names.procedure(step.procedure)
        lines = [Said(self.say(key, until=day(until.typical), step=because, title=title))]
        if until.worst is None:
            lines.append(Said(self.say("gap.from", best=day(until.best))))
        elif until.best != until.worst:
            lines.append(Said(self.say("gap.between", best=day(until.best), worst=day(until.worst))))
        # One wait often holds up several goals; its reason is said once.
        new = [wait for wait in waits if wait not in self.waited]
        self.waited.update(new)
        return lines + [Said(self.wait(wait), "faint") for wait in new]

    def wait(self, wait: Wait) -> str:
        return self.say(
            f"wait.{wait.kind}",
            step=wait.step,
            title=self.names.procedure(self.names.steps[wait.step].procedure),
            days=self.speaker.count(wait.until - wait.since),
            since=self.speaker.date(wait.since),
            until=self.speaker.date(wait.until),
        )

    def fallback(self, fallback: Fallback) -> str:
        title = self.names.procedure(fallback.without)
        if fallback.span is None or fallback.span.until.typical is None:
            return self.say("fallback.none", title=title)
        until = self.speaker.date(fallback.span.until.typical)
        return self.say("fallback.line", title=title, days=self.speaker.days(fallback.span.days), until=until)

    def total_fee(self) -> str:
        totals = self.names.plan.totals
        fee = self.speaker.fee(totals.fee_low, totals.fee_high)
        return fee if totals.fee_known else self.say("totals.unsure", fee=fee)

    def tradeoff(self) -> str:
        tradeoff = self.names.plan.tradeoff
        if tradeoff is None:
            return ""
        if not (tradeoff.fee or tradeoff.visits or any(tradeoff.gaps.values())):
            return self.say("tradeoff.none")
        gaps = [
            self.say("tradeoff.gap", name=self.names.goal(goal), days=f"{days:+}")
            for goal, days in tradeoff.gaps.items()
        ]
        fee = self.say("yen", yen=f"{tradeoff.fee:+,}")
        return self.say("tradeoff.line", fee=fee, visits=f"{tradeoff.visits:+}", gaps=gaps)


def _span(span: Days) -> Span:
    return Span(*span.days, *map(iso, span.until))
