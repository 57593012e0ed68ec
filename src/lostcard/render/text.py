"""The plan as text: for a terminal, a pipe or a file."""

from __future__ import annotations

from collections.abc import Iterable

from lostcard.catalogue.model import Office
from lostcard.planner.clock import DAY
from lostcard.planner.plan import (
    Deadlock,
    Fallback,
    Improvement,
    Lost,
    Packed,
    Plan,
    PlanStep,
    Three,
    Visit,
    Wait,
    Words,
)
from lostcard.render.layout import Line, Page, columns
from lostcard.render.words import Speaker

__all__ = ["text_lines"]


def text_lines(plan: Plan, language: str, *, width: int, ascii_only: bool = False, explain: bool = False) -> list[Line]:
    """Return the plan as lines of at most `width` columns; `ascii_only` draws tick boxes without Unicode."""
    return _Text(plan, language, width, box="[ ]" if ascii_only else "☐", explain=explain).lines()


class _Text:
    def __init__(self, plan: Plan, language: str, width: int, *, box: str, explain: bool) -> None:
        self.plan = plan
        self.catalogue = plan.facts.catalogue
        self.speaker = Speaker(language)
        self.say = self.speaker.say
        self.page = Page(width, language)
        self.box = box
        self.dot = "-" if box == "[ ]" else "・" if language == "ja" else "•"
        self.explain = explain
        self.steps = {step.id: step for step in plan.steps}
        self.numbers = {source: number for number, source in enumerate(plan.sources, start=1)}
        self.waited: set[Wait] = set()

    def lines(self) -> list[Line]:
        page, plan, say = self.page, self.plan, self.say
        page.add(f"{say('plan.title')} ({say('plan.from', moment=self.speaker.moment(plan.start))})", style="heading")
        page.add(say("plan.facts", date=self.catalogue.as_of), style="faint")
        self.understood()
        self.how_long()
        if plan.deadlocks:
            self.deadlocks()
        self.visits()
        self.section("plan.meanwhile", map(say, plan.meanwhile))
        self.section("plan.no-return", self.no_return())
        self.call_first()
        self.section("plan.afterwards", self.afterwards())
        self.section("plan.shorten", self.shorten())
        self.section("plan.advice", map(say, plan.warnings))
        self.sources()
        return page.lines

    def section(self, key: str, texts: Iterable[str]) -> None:
        entries = list(texts)
        if entries:
            self.page.heading(self.say(key))
            self.bullets(entries)

    def bullets(self, texts: Iterable[str], indent: int = 0, style: str = "") -> None:
        for text in texts:
            self.page.add(text, indent=indent, first=f"{self.dot} ", style=style)

    def item(self, name: str) -> str:
        return self.say(self.catalogue.items[name].title)

    def title(self, procedure: str) -> str:
        return self.say(self.catalogue.procedures[procedure].title)

    def name(self, goal: str) -> str:
        """Return the name of a goal: a need, an item, or a procedure that is a duty."""
        for section in (self.catalogue.needs, self.catalogue.items, self.catalogue.procedures):
            if goal in section:
                return self.say(section[goal].title)
        raise KeyError(goal)

    # What was understood and assumed

    def understood(self) -> None:
        say, here, options = self.say, self.plan.here, self.plan.options
        situation = here.situation
        pairs = [("label.lost", self.items(situation.lost))]
        if situation.linked:
            pairs.append(("label.linked", self.items(situation.linked)))
        pairs.append(("label.have", self.items(situation.have)))
        if situation.how:
            pairs.append(("label.how", say(f"how.{situation.how}")))
        if situation.insurer:
            pairs.append(("label.insurer", say(self.catalogue.insurers[situation.insurer].title)))
        if situation.age is not None:
            pairs.append(("label.age", say("value.years", age=situation.age)))
        if options.prefer != "fastest":
            pairs.append(("label.prefer", say(f"prefer.{options.prefer}")))
        if options.certainty != "inferred":
            least = say(f"certainty.{options.certainty}")
            pairs.append(("label.certainty", say("certainty.least", certainty=least)))
        self.page.heading(say("plan.understood"))
        column = max(columns(say(label)) for label, _ in pairs) + 2
        for label, text in pairs:
            self.page.pair(say(label), text, column)
        self.section("plan.assumed", map(say, self.plan.assumptions))

    def items(self, names: Iterable[str]) -> str:
        return self.speaker.list(map(self.item, names)) or self.say("value.nothing")

    # How long it takes

    def how_long(self) -> None:
        plan, say, page = self.plan, self.say, self.page
        page.heading(say("plan.how-long"))
        self.bullets(map(say, plan.notices), style="warning")
        for gap in plan.gaps:
            title = say(self.catalogue.needs[gap.need].gap)
            if gap.span.days.typical is None:
                page.add(say("gap.line", gap=title, days=say("days.unknown")), style="strong")
                continue
            page.add(say("gap.line", gap=title, days=self.speaker.days(gap.span.days)), style="strong")
            self.until(gap.because, gap.span.until, gap.waits)
            if gap.fallback:
                page.add(self.fallback(gap.fallback), indent=2, style="warning")
        for card in plan.cards:
            self.card_line(card.lost, card.item, card.span.days, held=card.because is None)
            if card.because:
                self.until(card.because, card.span.until, card.waits)
        if plan.steps:
            page.add(say("totals.line", visits=plan.totals.visits, fee=self.total_fee()))
        if plan.tradeoff:
            page.add(self.tradeoff(), style="warning")

    def card_line(self, lost: str, item: str, days: Three, *, held: bool) -> None:
        key = "card.have" if held else "card.line" if lost == item else "card.successor"
        line = self.say(key, lost=self.item(lost), item=self.item(item), days=self.speaker.days(days))
        self.page.add(line, style="strong")

    def until(self, because: str | None, until: Three, waits: Iterable[Wait]) -> None:
        page, say = self.page, self.say
        if because is None:
            page.add(say("gap.never"), indent=2)
            return
        step = self.steps[because]
        key = "gap.arrives" if step.lead else "gap.until"
        day = self.day(until.typical)
        page.add(say(key, until=day, step=because, title=self.title(step.procedure)), indent=2)
        if until.worst is None:
            page.add(say("gap.from", best=self.day(until.best)), indent=2)
        elif until.best != until.worst:
            page.add(say("gap.between", best=self.day(until.best), worst=self.day(until.worst)), indent=2)
        for wait in waits:
            # One wait often holds up several goals; its reason is said once.
            if wait not in self.waited:
                page.add(self.wait(wait), indent=2, style="faint")
                self.waited.add(wait)

    def day(self, day: int | None) -> str:
        return self.say("days.unknown") if day is None else self.speaker.date(day)

    def wait(self, wait: Wait) -> str:
        return self.say(
            f"wait.{wait.kind}",
            step=wait.step,
            title=self.title(self.steps[wait.step].procedure),
            days=self.speaker.count(wait.until - wait.since),
            since=self.speaker.date(wait.since),
            until=self.speaker.date(wait.until),
        )

    def fallback(self, fallback: Fallback) -> str:
        title = self.title(fallback.without)
        if fallback.span is None or fallback.span.until.typical is None:
            return self.say("fallback.none", title=title)
        until = self.speaker.date(fallback.span.until.typical)
        return self.say("fallback.line", title=title, days=self.speaker.days(fallback.span.days), until=until)

    def total_fee(self) -> str:
        totals = self.plan.totals
        fee = self.speaker.fee(totals.fee_low, totals.fee_high)
        return fee if totals.fee_known else self.say("totals.unsure", fee=fee)

    def tradeoff(self) -> str:
        tradeoff = self.plan.tradeoff
        assert tradeoff is not None
        if not (tradeoff.fee or tradeoff.visits or any(tradeoff.gaps.values())):
            return self.say("tradeoff.none")
        gaps = [
            self.say("tradeoff.gap", name=self.name(goal), days=f"{days:+}") for goal, days in tradeoff.gaps.items()
        ]
        fee = self.say("yen", yen=f"{tradeoff.fee:+,}")
        return self.say("tradeoff.line", fee=fee, visits=f"{tradeoff.visits:+}", gaps=gaps)

    # Steps

    def visits(self) -> None:
        heading = ""
        for visit in self.plan.visits:
            title = self.say("plan.right-now") if visit.right_now else self.speaker.date(visit.start // DAY)
            if title != heading:
                self.page.heading(title)
                heading = title
            self.visit(visit)

    def visit(self, visit: Visit) -> None:
        page, say = self.page, self.say
        office = self.catalogue.offices[visit.office]
        key = "visit.line" if visit.number else "visit.remote"
        windows = self.windows(visit.windows)
        page.blank()
        page.add(say(key, number=visit.number, office=office.title, windows=windows), style="strong")
        page.add(say(office.find), indent=2, style="faint")
        self.phones(office)
        if visit.bring:
            page.add(say("visit.bring"), indent=2)
            for paper in visit.bring:
                self.paper(paper)
        for name in visit.steps:
            self.step(self.steps[name])

    def paper(self, paper: Packed) -> None:
        key = "bring.received" if paper.handed_out else "bring.line"
        item = self.catalogue.items[paper.item]
        line = self.say(
            key, item=item.title, received=paper.handed_out, whys=paper.whys, steps=self.speaker.steps(paper.steps)
        )
        self.page.add(line, indent=4, first=f"{self.box} ")
        if item.note:
            self.page.add(self.say(item.note), indent=5 + columns(self.box), style="faint")

    def windows(self, windows: tuple[str, ...]) -> str:
        if windows == ("00:00-23:59",):
            return self.say("visit.always")
        return self.say("visit.windows", windows=[self.speaker.window(window) for window in windows])

    def phones(self, office: Office) -> None:
        for phone in office.phones:
            self.page.add(self.say("visit.phone", number=phone.number, note=phone.note), indent=2)

    def step(self, step: PlanStep) -> None:
        page, say = self.page, self.say
        procedure = self.catalogue.procedures[step.procedure]
        when = say("step.time", start=self.speaker.time(step.start))
        page.add(
            f"{say('step.line', step=step.id, title=procedure.title)} ({when})",
            indent=2,
            first=f"{self.box} ",
            style="strong",
        )
        indent = 3 + columns(self.box)
        if procedure.how_to:
            page.add(say(procedure.how_to), indent=indent)
        for item in step.gives:
            if self.catalogue.items[item].kind == "number":
                page.add(say("step.blank", item=self.item(item)), indent=indent)
        self.particulars(step, indent)
        if procedure.no_return:
            page.add(say("step.no-return"), indent=indent, style="warning")
        if self.explain:
            for line in self.why(step):
                page.add(line, indent=indent, style="faint")
        numbers = [str(self.numbers[source]) for source in step.sources]
        page.add(say("step.sources", numbers=numbers), indent=indent, style="faint")

    def particulars(self, step: PlanStep, indent: int) -> None:
        """Add fee, arrival, deadline and doubts of a step, where it has any."""
        page, say = self.page, self.say
        if step.fee_high != 0:
            page.add(self.step_fee(step), indent=indent)
        if step.lead:
            page.add(self.ready(step), indent=indent)
        if step.deadline is not None:
            page.add(say("step.deadline", date=self.speaker.date(step.deadline)), indent=indent)
        if step.certainty in ("inferred", "unknown"):
            certainty = say(f"certainty.{step.certainty}")
            page.add(say("step.certainty", certainty=certainty), indent=indent, style="warning")

    def step_fee(self, step: PlanStep) -> str:
        fee = self.speaker.fee(step.fee_low, step.fee_high)
        if step.fee_high is not None and not step.fee_certain:
            fee = self.say("yen.inferred", fee=fee)
        return (
            self.say("step.fee-note", fee=fee, note=step.fee_note) if step.fee_note else self.say("step.fee", fee=fee)
        )

    def ready(self, step: PlanStep) -> str:
        ready, items = step.ready, [self.item(name) for name in step.gives]
        if ready.typical is None:
            return self.say("step.ready-unknown", items=items)
        typical, best = self.day(ready.typical), self.day(ready.best)
        if ready.worst is None:
            return self.say("step.ready-open", items=items, typical=typical, best=best)
        if ready.best == ready.worst:
            return self.say("step.ready", items=items, typical=typical)
        return self.say("step.ready-range", items=items, typical=typical, best=best, worst=self.day(ready.worst))

    def why(self, step: PlanStep) -> Iterable[str]:
        say, speaker = self.say, self.speaker
        procedure = self.catalogue.procedures[step.procedure]
        goals = [gap.need for gap in self.plan.gaps if gap.because == step.id]
        goals += [card.item for card in self.plan.cards if card.because == step.id]
        if goals:
            yield say("why.goal", goals=[self.name(goal) for goal in goals])
        if step.why.unlocks:
            yield say("why.unlocks", steps=speaker.steps(step.why.unlocks))
        elif not goals:
            yield say("why.duty")
        if step.after:
            yield say("why.waits", steps=speaker.steps(step.after))
        if step.why.without:
            yield self.lost(step.why.without)
        yield say("step.skip", skip=procedure.skip)

    def lost(self, lost: Lost) -> str:
        if lost.visits is None:
            return self.say("why.no-way")
        parts = [
            self.say("why.gap", name=self.name(goal), days=f"{days:+}") for goal, days in lost.gaps.items() if days
        ]
        if lost.visits:
            parts.append(self.say("why.visits", visits=f"{lost.visits:+}"))
        if lost.fee:
            parts.append(self.say("why.fee", fee=self.say("yen", yen=f"{lost.fee:+,}")))
        return self.say("why.without", differences=parts or [self.say("why.same")])

    # After the steps

    def no_return(self) -> Iterable[str]:
        for step in self.plan.steps:
            procedure = self.catalogue.procedures[step.procedure]
            if procedure.no_return:
                title = self.say("step.line", step=step.id, title=procedure.title)
                yield f"{title}: {self.say(procedure.no_return)}"

    def call_first(self) -> None:
        asked: dict[str, tuple[list[str], list[Words]]] = {}
        for step in self.plan.steps:
            if step.questions:
                steps, questions = asked.setdefault(step.office, ([], []))
                steps.append(step.id)
                questions += [words for words in step.questions if words not in questions]
        if not asked:
            return
        self.page.heading(self.say("plan.call-first"))
        for office, (steps, questions) in asked.items():
            title = self.catalogue.offices[office].title
            self.page.add(self.say("ask.line", office=title, steps=self.speaker.steps(steps)), style="strong")
            for words in questions:
                self.page.add(self.say(words), indent=2, first=f"{self.box} ")
            self.page.add(self.say("ask.blank"), indent=2)

    def afterwards(self) -> Iterable[str]:
        for later in self.plan.followups:
            fee = self.speaker.fee(later.fee_low, later.fee_high)
            date = self.speaker.date(later.from_day)
            yield self.say("afterwards.line", title=self.title(later.procedure), date=date, fee=fee)

    def shorten(self) -> Iterable[str]:
        for papers in _runs(self.plan.improvements):
            titles = [self.item(paper.item) for paper in papers]
            yield self.say("improve.line", items=titles, saves=self.saves(papers[0].saves, papers[0].unlocks))
        for route in self.plan.routes:
            title = self.title(route.procedure)
            if route.days_known:
                yield self.say("route.line", title=title, saves=self.saves(route.saves, route.unlocks))
            else:
                yield self.say("route.undated", title=title)

    def saves(self, saves: dict[str, int], unlocks: tuple[str, ...]) -> str:
        parts = [self.say("improve.unlocks", name=self.name(goal)) for goal in unlocks]
        parts += [
            self.say("improve.save-one" if days == 1 else "improve.saves", name=self.name(goal), days=days)
            for goal, days in saves.items()
        ]
        return self.speaker.list(parts)

    def deadlocks(self) -> None:
        self.page.heading(self.say("plan.deadlock"))
        for deadlock in self.plan.deadlocks:
            if deadlock.pending:
                steps = self.speaker.steps(deadlock.pending)
                self.page.add(self.say("deadlock.pending", name=self.name(deadlock.name), steps=steps), style="warning")
                continue
            self.page.add(self.say("deadlock.goal", name=self.name(deadlock.name)), style="warning")
            self.bullets(self.ways(deadlock), indent=2)
        if self.plan.steps:
            self.page.add(self.say("deadlock.rest"))

    def ways(self, deadlock: Deadlock) -> Iterable[str]:
        say = self.say
        for blocked in deadlock.blocked:
            titles = [self.title(name) for name in blocked.procedures]
            others = [self.item(name) for name in blocked.others]
            if blocked.evidence is None:
                yield say("deadlock.items", titles=titles, items=others)
                continue
            rule = self.catalogue.evidence[blocked.evidence].title
            at_hand = [self.item(name) for name in blocked.at_hand] or say("value.nothing")
            yield say("deadlock.evidence", titles=titles, rule=rule, at_hand=at_hand, others=others)
            questions = [self.catalogue.procedures[name].call_first for name in blocked.procedures]
            yield from (say(question) for question in questions if question)
        for name in deadlock.ask:
            procedure = self.catalogue.procedures[name]
            office = self.catalogue.offices[procedure.office].title
            question = say(procedure.call_first) if procedure.call_first else ""
            yield say("deadlock.ask", title=procedure.title, office=office, question=question)

    def sources(self) -> None:
        self.page.heading(self.say("plan.sources"))
        for name, number in self.numbers.items():
            source = self.catalogue.sources[name]
            date = self.say("source.undated") if source.date == "unknown" else str(source.date)
            line = self.say("source.line", publisher=source.publisher, title=source.title, date=date)
            first = f"{number}. "
            self.page.add(line, first=first, style="faint")
            if source.url != "unknown":
                self.page.whole(source.url, indent=len(first), style="faint")
        self.page.blank()
        self.page.add(self.say("plan.facts", date=self.catalogue.as_of))
        self.page.add(self.say("plan.disclaimer"))


def _runs(improvements: Iterable[Improvement]) -> list[list[Improvement]]:
    """Group neighbours that save the same."""
    runs: list[list[Improvement]] = []
    for paper in improvements:
        if runs and (runs[-1][0].saves, runs[-1][0].unlocks) == (paper.saves, paper.unlocks):
            runs[-1].append(paper)
        else:
            runs.append([paper])
    return runs
