"""The plan as a calendar (RFC 5545): visits, expected arrivals and last days, for a phone to remind of."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from lostcard.planner.clock import DAY, moment
from lostcard.planner.plan import Due, Plan, PlanStep
from lostcard.planner.plan import Visit as Trip
from lostcard.render.names import Names
from lostcard.render.parts import Step, Visit
from lostcard.render.visits import days
from lostcard.render.words import visible

__all__ = ["plan_calendar"]

_TOKYO = ZoneInfo("Asia/Tokyo")
_ALARMS = (30, 7, 1)
"""Days before a last day on which the phone speaks up, at nine in the morning."""


def plan_calendar(plan: Plan, language: str) -> bytes:
    """Return the plan as an iCalendar file, its texts in `language`; the same plan gives the same bytes."""
    return _Calendar(plan, Names(plan, language)).file()


class _Calendar:
    def __init__(self, plan: Plan, names: Names) -> None:
        self.plan = plan
        self.names = names
        self.say = names.say
        self.visits = [visit for day in days(names, explain=False) for visit in day.visits]
        self.steps = {step.id: step for visit in self.visits for step in visit.steps}
        self.boxes = "☐ "
        self.seen: Counter[tuple[str, ...]] = Counter()

    def file(self) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//lostcard//plan//" + self.names.speaker.language.upper())
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", self.say("plan.title"))
        calendar.add_component(_japan())
        for trip, visit in zip(self.plan.visits, self.visits, strict=True):
            calendar.add_component(self.visit(trip, visit))
        for step in self.plan.steps:
            if step.lead and step.ready.typical is not None and step.ready.typical > step.start // DAY:
                calendar.add_component(self.arrival(step, step.ready.typical))
        for due in self.plan.deadlines:
            calendar.add_component(self.due(due))
        return bytes(calendar.to_ical())

    def event(self, key: tuple[str, ...], summary: str, lines: Iterable[str]) -> Event:
        """Return an event with what all of them have; `key` is what it stays the same event by."""
        event = Event()
        event.add("uid", self.uid(key))
        event.add("dtstamp", moment(self.plan.start).astimezone(dt.UTC))
        # A plan made later replaces what an earlier one put into the calendar.
        event.add("sequence", self.plan.start - dt.date(2000, 1, 1).toordinal() * DAY)
        event.add("summary", visible(summary))
        note = (self.say("plan.facts", date=self.names.catalogue.as_of), self.say("plan.disclaimer"))
        event.add("description", "\n".join(map(visible, (*lines, "", *note))))
        # What a person lost is nobody else's business where a calendar is shared.
        event.add("class", "PRIVATE")
        return event

    def uid(self, key: tuple[str, ...]) -> str:
        """Return a name by which a calendar knows the event again when a changed plan is imported.

        Neither dates nor what was only corrected later (papers held, insurer) go into it.
        """
        self.seen[key] += 1
        parts = [self.plan.here.situation.lost, key, self.seen[key]]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32] + "@lostcard"

    # Visits

    def visit(self, trip: Trip, visit: Visit) -> Event:
        summary = self.say("calendar.visit", ordinal=visit.ordinal, office=visit.office)
        event = self.event(("visit", self.act(trip)), summary if visit.ordinal else visit.office, self.told(visit))
        event.add("dtstart", self.moment(trip.start))
        event.add("dtend", self.moment(self.names.steps[trip.steps[-1]].end))
        event.add("location", visible(visit.office))
        return event

    def act(self, trip: Trip) -> str:
        """Return the act that a visit is known by, whatever else is done there; one that replaces another is that."""
        procedures = self.names.catalogue.procedures
        acts = [self.names.steps[step].procedure for step in trip.steps]
        return min(procedures[act].instead_of or act for act in acts)

    def moment(self, minute: int) -> dt.datetime:
        return moment(minute).replace(tzinfo=_TOKYO)

    def told(self, visit: Visit) -> Iterator[str]:
        yield visit.find
        yield visit.windows
        yield from (phone.line for phone in visit.phones)
        yield from self.questions(visit)
        if visit.papers:
            yield from ("", visit.bring)
            for paper in visit.papers:
                yield self.boxes + paper.line
                yield from (f"  {note}" for note in (paper.note,) if note)
        for step in visit.steps:
            yield ""
            yield f"{self.boxes}{step.heading} ({step.time})"
            yield from (f"  {line}" for line in _particulars(step))

    def questions(self, visit: Visit) -> Iterator[str]:
        asked = [words for step in visit.steps for words in self.names.steps[step.id].questions]
        if asked:
            yield from ("", self.say("plan.call-first"))
            yield from (self.boxes + question for question in dict.fromkeys(map(self.say, asked)))

    # Arrivals and last days

    def arrival(self, step: PlanStep, day: int) -> Event:
        told = self.steps[step.id]
        summary = self.say("calendar.arrival", items=[self.names.item(item) for item in step.gives])
        lines = (told.heading, *(said.text for said in told.details))
        return self.all_day(("arrival", *sorted(step.gives)), day, summary, lines)

    def due(self, due: Due) -> Event:
        summary = self.say("calendar.due", title=self.names.due(due))
        event = self.all_day((due.kind, due.name), due.day, summary, self.rule(due))
        for before in _ALARMS:
            if (due.day - before) * DAY > self.plan.start:
                alarm = Alarm()
                alarm.add("action", "DISPLAY")
                alarm.add("trigger", dt.timedelta(hours=9, days=-before))
                alarm.add("description", visible(summary))
                event.add_component(alarm)
        return event

    def rule(self, due: Due) -> Iterator[str]:
        date = self.names.speaker.date
        key = "calendar.rule" if due.kind == "act" else "calendar.claim"
        yield self.say(key, since=date(due.since), rule=date(due.rule), day=date(due.day))
        if due.step is not None:
            step = self.names.steps[due.step]
            yield self.say("calendar.planned", step=due.step, date=date(step.start // DAY))
        if due.kind == "act":
            yield self.say(self.names.catalogue.procedures[due.name].skip)
            return
        guidance = self.names.catalogue.guidance[due.name]
        if guidance.claim:
            yield self.say(guidance.claim.note)
        yield self.say(guidance.text)

    def all_day(self, key: tuple[str, ...], day: int, summary: str, lines: Iterable[str]) -> Event:
        event = self.event(key, summary, lines)
        event.add("dtstart", dt.date.fromordinal(day))
        event.add("dtend", dt.date.fromordinal(day + 1))
        event.add("transp", "TRANSPARENT")
        return event


def _particulars(step: Step) -> Iterator[str]:
    if step.how_to:
        yield step.how_to
    yield from (blank.line for blank in step.blanks)
    yield from (said.text for said in step.details)
    if step.no_return:
        yield step.no_return


def _japan() -> Timezone:
    """Return Japan's time zone, which has known no daylight-saving time since 1951."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tokyo")
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as RFC 5545 wants it here
    standard.add("tzoffsetfrom", dt.timedelta(hours=9))
    standard.add("tzoffsetto", dt.timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone
