"""How long `compare --year` plans a whole year, on the wall clock, with one process and with two.

    python benchmarks/year.py

Goal: a year of the hardest real situation (everything lost, nothing held) in under 10 s on two cores.
"""

from __future__ import annotations

import time

from lostcard.commands.year import plan_year
from lostcard.planner.search import PREFERENCES
from lostcard.planner.situation import Options, Situation

RECORDS = ("insurance-registration", "licence-record")
SITUATIONS = {
    "passport held": Situation(("mynacard",), RECORDS, ("passport",), insurer="nhi"),
    "all lost, nothing held": Situation(("licence", "mynacard", "residence-card"), RECORDS, insurer="nhi"),
}
YEAR = 2027


def main() -> None:
    print(f"{'situation':24} {'prefer':14} {'1 process':>10} {'2 processes':>12} {'ratio':>6}")
    for name, situation in SITUATIONS.items():
        for prefer in PREFERENCES:
            one, two = (seconds(situation, Options(prefer=prefer), processes) for processes in (1, 2))
            print(f"{name:24} {prefer:14} {one:8.2f} s {two:10.2f} s {two / one:6.2f}")


def seconds(situation: Situation, options: Options, processes: int) -> float:
    before = time.perf_counter()
    days = sum(len(batch) for batch in plan_year(situation, options, YEAR, processes))
    assert days == 365  # noqa: PLR2004 - a year that is not a leap year
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
