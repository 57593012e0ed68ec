"""From a plan to a sheet: the whole plan in finished words of one language, for a renderer to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lostcard.planner.clock import moment
from lostcard.planner.plan import Improvement, Plan, Words
from lostcard.render import figures, visits
from lostcard.render.names import Names
from lostcard.render.parts import Call, Calls, Heading, Section, Sheet, Source, Understood

__all__ = ["Sheet", "make_sheet"]


def make_sheet(plan: Plan, language: str, *, explain: bool = False) -> Sheet:
    """Return the plan in words; with `explain` each step says why it is there."""
    names = Names(plan, language)
    say = names.say
    return Sheet(
        head=_head(names),
        understood=Understood(say("plan.understood"), tuple(_pairs(names))),
        assumed=_section(names, "plan.assumed", map(say, plan.assumptions)),
        how_long=figures.how_long(names),
        deadlocks=figures.deadlocks(names),
        days=visits.days(names, explain=explain),
        meanwhile=_section(names, "plan.meanwhile", map(say, plan.meanwhile)),
        no_return=_section(names, "plan.no-return", _no_return(names)),
        call_first=Calls(say("plan.call-first"), tuple(_calls(names))),
        afterwards=_section(names, "plan.afterwards", _afterwards(names)),
        shorten=_section(names, "plan.shorten", _shorten(names)),
        advice=_section(names, "plan.advice", map(say, plan.warnings)),
        sources_heading=say("plan.sources"),
        sources=tuple(_sources(names)),
        disclaimer=say("plan.disclaimer"),
    )


def _head(names: Names) -> Heading:
    plan, as_of = names.plan, names.catalogue.as_of
    return Heading(
        language=names.speaker.language,
        title=names.say("plan.title"),
        since=names.say("plan.from", moment=names.speaker.moment(plan.start)),
        facts=names.say("plan.facts", date=as_of),
        start=moment(plan.start).isoformat(),
        as_of=as_of.isoformat(),
    )


def _section(names: Names, key: str, entries: Iterable[str]) -> Section:
    return Section(key.removeprefix("plan."), names.say(key), tuple(entries))


def _pairs(names: Names) -> Iterator[tuple[str, str]]:
    say, situation, options = names.say, names.plan.here.situation, names.plan.options
    yield say("label.lost"), _items(names, situation.lost)
    if situation.linked:
        yield say("label.linked"), _items(names, situation.linked)
    yield say("label.have"), _items(names, situation.have)
    if situation.how:
        yield say("label.how"), say(f"how.{situation.how}")
    if situation.insurer:
        yield say("label.insurer"), say(names.catalogue.insurers[situation.insurer].title)
    if situation.age is not None:
        yield say("label.age"), say("value.years", age=situation.age)
    if options.prefer != "fastest":
        yield say("label.prefer"), say(f"prefer.{options.prefer}")
    if options.certainty != "inferred":
        least = say(f"certainty.{options.certainty}")
        yield say("label.certainty"), say("certainty.least", certainty=least)


def _items(names: Names, items: Iterable[str]) -> str:
    return names.speaker.list(map(names.item, items)) or names.say("value.nothing")


def _no_return(names: Names) -> Iterator[str]:
    for step in names.plan.steps:
        procedure = names.catalogue.procedures[step.procedure]
        if procedure.no_return:
            title = names.say("step.line", step=step.id, title=procedure.title)
            yield f"{title}: {names.say(procedure.no_return)}"


def _calls(names: Names) -> Iterator[Call]:
    say = names.say
    asked: dict[str, tuple[list[str], list[Words]]] = {}
    for step in names.plan.steps:
        if step.questions:
            steps, questions = asked.setdefault(step.office, ([], []))
            steps.append(step.id)
            questions += [words for words in step.questions if words not in questions]
    labels = (say("blank.asked"), say("blank.person"))
    for name, (steps, questions) in asked.items():
        office = names.catalogue.offices[name]
        yield Call(
            key=name,
            heading=say("ask.line", office=office.title, steps=names.speaker.steps(steps)),
            office=say(office.title),
            phones=visits.phones(names, office),
            questions=tuple(map(say, questions)),
            blank=say("ask.blank", asked=labels[0], person=labels[1]),
            blanks=labels,
        )


def _afterwards(names: Names) -> Iterator[str]:
    for later in names.plan.followups:
        fee = names.speaker.fee(later.fee_low, later.fee_high)
        date = names.speaker.date(later.from_day)
        yield names.say("afterwards.line", title=names.procedure(later.procedure), date=date, fee=fee)


def _shorten(names: Names) -> Iterator[str]:
    for papers in _runs(names.plan.improvements):
        titles = [names.item(paper.item) for paper in papers]
        yield names.say("improve.line", items=titles, saves=_saves(names, papers[0].saves, papers[0].unlocks))
    for route in names.plan.routes:
        title = names.procedure(route.procedure)
        if route.days_known:
            yield names.say("route.line", title=title, saves=_saves(names, route.saves, route.unlocks))
        else:
            yield names.say("route.undated", title=title)


def _saves(names: Names, saves: dict[str, int], unlocks: tuple[str, ...]) -> str:
    parts = [names.say("improve.unlocks", name=names.goal(goal)) for goal in unlocks]
    parts += [
        names.say("improve.save-one" if days == 1 else "improve.saves", name=names.goal(goal), days=days)
        for goal, days in saves.items()
    ]
    return names.speaker.list(parts)


def _runs(improvements: Iterable[Improvement]) -> list[list[Improvement]]:
    """Group neighbours that save the same."""
    runs: list[list[Improvement]] = []
    for paper in improvements:
        if runs and (runs[-1][0].saves, runs[-1][0].unlocks) == (paper.saves, paper.unlocks):
            runs[-1].append(paper)
        else:
            runs.append([paper])
    return runs


def _sources(names: Names) -> Iterator[Source]:
    for name, number in names.numbers.items():
        source = names.catalogue.sources[name]
        date = names.say("source.undated") if source.date == "unknown" else str(source.date)
        yield Source(
            number=number,
            line=names.say("source.line", publisher=source.publisher, title=source.title, date=date),
            publisher=names.say(source.publisher),
            title=names.say(source.title),
            date=date,
            url="" if source.url == "unknown" else source.url,
        )
