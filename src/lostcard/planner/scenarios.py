"""What is worth comparing: routes for a loss, ways of holding one's cards, the same loss on several dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from lostcard.catalogue.facts import Facts
from lostcard.catalogue.model import Catalogue, Holding
from lostcard.errors import NoPlanError, UsageError
from lostcard.planner.clock import DAY, moment
from lostcard.planner.comparison import Scenario
from lostcard.planner.plan import Note, Words
from lostcard.planner.search import PREFERENCES
from lostcard.planner.situation import Options, Situation, holds_on, understand

__all__ = ["eras", "holdings", "routes"]


def routes(
    facts: Facts, situation: Situation, options: Options, start: int, assumed: tuple[Words, ...] = ()
) -> Iterator[Scenario]:
    """Yield the best plan, the catalogue's routes for this loss on that date, and the other preferences.

    Raises:
        UsageError: the situation contradicts itself.

    """
    base = Scenario(
        "best",
        Note("route.best", {"prefer": Note(f"prefer.{options.prefer}")}),
        situation,
        options,
        start,
        None,
        assumed,
    )
    yield base
    date = dt.date.fromordinal(start // DAY)
    try:
        here = understand(facts.catalogue, situation, date)
    except NoPlanError:  # the row of the best plan says why
        return
    for name, route in facts.catalogue.routes.items():
        if holds_on(route, date) and here.fits(route.when):
            avoided = options._replace(without=(*options.without, *route.without))
            yield base._replace(id=name, title=route.title, options=avoided)
    for prefer in PREFERENCES:
        if prefer != options.prefer:
            yield base._replace(id=prefer, title=Note(f"route.{prefer}"), options=options._replace(prefer=prefer))


def eras(situation: Situation, options: Options, starts: Sequence[tuple[int, tuple[Words, ...]]]) -> Iterator[Scenario]:
    """Yield the same loss on several dates; each start comes with what was assumed about it."""
    begun = sorted(dict(starts).items())
    days = Counter(start // DAY for start, _ in begun)
    for start, assumed in begun:
        date = dt.date.fromordinal(start // DAY)
        name, title = f"from-{date}", Note("era.row", {"date": date})
        if days[start // DAY] > 1:  # two losses on one day differ by their time
            time = f"{moment(start):%H:%M}"
            name, title = f"{name}T{time}", Note("era.row-time", {"date": date, "time": time})
        yield Scenario(name, title, situation, options, start, None, assumed)


def holdings(
    facts: Facts, situation: Situation, options: Options, start: int, assumed: tuple[Words, ...] = ()
) -> Iterator[Scenario]:
    """Yield each way of holding under each loss: one card alone, all that is carried, and a card mislaid at home.

    `situation` says what else stays at home (`have`), the insurer, the age, and how things are lost outside.

    Raises:
        UsageError: `have` or `linked` names what the ways of holding place themselves.

    """
    catalogue = facts.catalogue
    ways = catalogue.holdings
    _refuse_what_is_placed(catalogue, situation)
    base = Scenario("", Note("holding.alone"), situation, options, start, None, assumed, settled=("assume.not-linked",))
    if situation.how != "home":
        for name, way in ways.items():
            for item in way.carried:
                title = Note("holding.row", {"holding": way.title, "item": catalogue.items[item].title})
                lost = _lost(base, way, (item,))
                yield lost._replace(id=f"{name}-{item}", title=title, group=Note("holding.alone"), way=name)
        for name, way in ways.items():
            lost = _lost(base, way, way.carried)
            yield lost._replace(id=f"{name}-wallet", title=way.title, group=Note("holding.wallet"), way=name)
    for name, way in ways.items():
        lost = _lost(base, way, (way.mislaid,), how="home")
        yield lost._replace(id=f"{name}-home", title=way.title, group=Note("holding.home"), way=name)


def _lost(base: Scenario, way: Holding, lost: tuple[str, ...], how: str | None = None) -> Scenario:
    held = (*base.situation.have, *(item for item in (*way.carried, *way.home) if item not in lost))
    situation = base.situation._replace(
        lost=tuple(sorted(lost)),
        linked=tuple(sorted(way.linked)),
        have=tuple(sorted(set(held))),
        how=how or base.situation.how or "outside",
    )
    return base._replace(situation=situation)


def _refuse_what_is_placed(catalogue: Catalogue, situation: Situation) -> None:
    if situation.linked:
        raise UsageError("error.linked-needs-lost")
    placed = {item for way in catalogue.holdings.values() for item in (*way.carried, *way.home)}
    named = [catalogue.items[name].title for name in sorted(placed.intersection(situation.have))]
    if named:
        raise UsageError("error.have-is-placed", items=named)
