"""What the options of every planning command have in common, from words to a situation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from lostcard.catalogue.model import CERTAINTIES, HOWS, OLDEST, Catalogue
from lostcard.commands import parse
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note
from lostcard.planner.search import PREFERENCES
from lostcard.planner.situation import Options, Situation
from lostcard.render.words import Speaker

__all__ = ["Told", "beginning"]

_LONGEST_TRAVEL = 600
_USUAL_TRAVEL = 60


class Told(NamedTuple):
    """The situation and the wishes as they were typed."""

    lost: Sequence[str]
    linked: Sequence[str]
    have: Sequence[str]
    how: str | None
    insurer: str | None
    age: str | None
    prefer: str | None
    travel_minutes: str | None
    certainty: str | None

    def situation(self, catalogue: Catalogue) -> Situation:
        """Return the situation. Raises UsageError for a name or figure that does not exist."""
        return parse.situation(
            catalogue,
            lost=self.lost,
            linked=self.linked,
            have=self.have,
            how=parse.choice("--how", self.how, HOWS),
            insurer=self.insurer,
            age=parse.whole_number("--age", self.age, 0, OLDEST),
        )

    def options(self) -> Options:
        """Return how to plan. Raises UsageError for a choice that does not exist."""
        travel = parse.whole_number("--travel-minutes", self.travel_minutes, 0, _LONGEST_TRAVEL)
        return Options(
            prefer=parse.choice("--prefer", self.prefer, PREFERENCES) or "fastest",
            travel_minutes=_USUAL_TRAVEL if travel is None else travel,
            certainty=parse.choice("--certainty", self.certainty, CERTAINTIES) or "inferred",
        )


def beginning(value: str | None, language: str) -> tuple[int, tuple[Note, ...]]:
    """Return the minute to start from, now if none was given, and what was assumed about it."""
    start, date_only = parse.date_and_time("--from", value, dt.datetime.now(dt.UTC))
    if not date_only:
        return start, ()
    return start, (Note("assume.morning", {"time": Speaker(language).time(start % DAY)}),)
