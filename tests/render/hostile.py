"""A plan in which every text of the catalogue tries to act."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.model import Source, Text
from lostcard.planner.assemble import make_plan
from lostcard.planner.clock import to_minute
from lostcard.planner.plan import Plan
from lostcard.planner.situation import Options, Situation

__all__ = ["LONG", "TRICKS", "hostile_plan"]

LONG = "W" * 150
TRICKS = (
    '<script>document.title="owned"</script></style><img src=x onerror=alert(1)> "quoted" \'single\' &amp; &lt; '
    "{{ 7*7 }} {% raw %} [bold red]x[/] {step} %s \\n \\* *a* _b_ __c__ ~~d~~ `e` ![f](g) [h](https://h.example) | i | "
    "# j @octocat #123 GH-7 octo/cat#9 a@b.example https://evil.example www.evil.example mailto:x@y.example :smile: $x$ "
    "- [ ] k 1. l > m *** --- <https://auto.example> <b>n</b> javascript:alert(1) end\\"
)


def _text(trick: str, place: object) -> Text:
    return Text(ja=f"{place}: {trick} 日本語", en=f"{place}: {trick}")


def hostile_plan(trick: str = TRICKS) -> Plan:
    """Return a plan whose catalogue texts all hold `trick`; each begins with its place, so that none hides another."""
    facts = load_facts()
    catalogue = facts.catalogue

    def text(place: object) -> Text:
        return _text(trick, place)

    def source(name: str, found: Source) -> Source:
        return replace(found, title=text(f"source {name}"), publisher=text(f"publisher {name}"))

    catalogue = replace(
        catalogue,
        items={n: replace(i, title=text(f"item {n}"), note=text(f"note {n}")) for n, i in catalogue.items.items()},
        offices={
            n: replace(
                o,
                title=text(f"office {n}"),
                find=text(f"find {n}"),
                phones=tuple(replace(phone, note=text(f"phone {n}")) for phone in o.phones),
            )
            for n, o in catalogue.offices.items()
        },
        needs={n: replace(d, title=text(f"need {n}"), gap=text(f"gap {n}")) for n, d in catalogue.needs.items()},
        procedures={
            n: replace(
                p,
                title=text(f"procedure {n}"),
                how_to=text(f"how {n}"),
                call_first=text(f"ask {n}"),
                skip=text(f"skip {n}"),
                no_return=text(f"stop {n}") if p.no_return else None,
            )
            for n, p in catalogue.procedures.items()
        },
        sources={n: source(n, s) for n, s in catalogue.sources.items()},
    )
    start = to_minute(dt.datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 - a wall clock in Japan
    situation = Situation(("mynacard",), ("insurance-registration", "licence-record"), ("passport",), insurer="nhi")
    return make_plan(replace(facts, catalogue=catalogue), situation, Options(), start, explain=True)
