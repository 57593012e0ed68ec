"""How long planning takes in-process, in processor time: the search alone and the whole plan with all that it says.

    python benchmarks/planning.py

Goals: case 1 in under 3 ms, the hardest real situation (everything lost, nothing held) in under 20 ms, for the search
with the making of its problem. Then how time grows with the number of procedures: the real catalogue with 1, 2, 4, 8
copies of every alternative that case 1 does not use.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.facts import Facts
from lostcard.planner.assemble import make_plan
from lostcard.planner.build import Builder
from lostcard.planner.clock import DAY, to_minute
from lostcard.planner.outcome import solve_for
from lostcard.planner.situation import Options, Situation, understand

START = to_minute(dt.datetime(2026, 11, 24, 9, 0))  # noqa: DTZ001 - a wall clock in Japan
RECORDS = ("insurance-registration", "licence-record")
SITUATIONS = {
    "case 1 (passport held)": Situation(("mynacard",), RECORDS, ("passport",), insurer="nhi"),
    "case 2 (nothing held)": Situation(("mynacard",), RECORDS, insurer="nhi"),
    "all lost, nothing held": Situation(("licence", "mynacard", "residence-card"), RECORDS, insurer="nhi"),
    "all lost, passport held": Situation(
        ("licence", "mynacard", "residence-card"), RECORDS, ("passport",), insurer="nhi"
    ),
}
ROUNDS = 15


def main() -> None:
    facts = load_facts()
    print(f"{'situation':28} {'prefer':14} {'search':>10} {'whole plan':>12}")
    for name, situation in SITUATIONS.items():
        for prefer in ("fastest", "cheapest", "fewest-visits"):
            options = Options(prefer=prefer)
            search = milliseconds(partial(search_once, facts, situation, options))
            whole = milliseconds(partial(make_plan, facts, situation, options, START))
            print(f"{name:28} {prefer:14} {search:7.2f} ms {whole:9.2f} ms")
    print()
    base = 0.0
    for copies in (1, 2, 4, 8):
        larger = with_copies(facts, copies)
        took = milliseconds(partial(search_once, larger, SITUATIONS["case 1 (passport held)"], Options()))
        base = base or took
        print(f"{len(larger.catalogue.procedures):4} procedures {took:8.2f} ms  {took / base:5.2f}x")


def search_once(facts: Facts, situation: Situation, options: Options) -> None:
    here = understand(facts.catalogue, situation, dt.date.fromordinal(START // DAY))
    solve_for(Builder(facts, options, START), here)


def with_copies(facts: Facts, copies: int) -> Facts:
    procedures = dict(facts.catalogue.procedures)
    for number in range(1, copies):
        for name, procedure in facts.catalogue.procedures.items():
            if not (procedure.duty or procedure.urgent):
                procedures[f"{name}-copy-{number}"] = procedure
    return replace(facts, catalogue=replace(facts.catalogue, procedures=procedures))


def milliseconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    main()
