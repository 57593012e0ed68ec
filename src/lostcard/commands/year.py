"""`lostcard compare --year`: a whole year planned day by day on all processors, with a bar that shows how far it is."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.facts import Facts
from lostcard.commands import parse
from lostcard.commands.told import Told
from lostcard.planner.clock import DAY
from lostcard.planner.plan import Note
from lostcard.planner.situation import Options, Situation
from lostcard.planner.year import DayOfLoss, YearOfLoss, days_of_year, loss_on, summarise
from lostcard.render.layout import Line
from lostcard.render.words import Speaker

__all__ = ["YearAnswer", "plan_year", "year_answer"]

_BATCH = 10
"""Days that a process plans before it reports: the bar moves, and the processes talk little."""

_MORNING = parse.MORNING.hour * 60 + parse.MORNING.minute


class YearAnswer:
    """A year, ready to be written in any of its formats."""

    def __init__(self, year: YearOfLoss, language: str) -> None:
        self.year = year
        self.language = language

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        """Return it as text."""
        from lostcard.render.year_text import year_lines

        return year_lines(self.year, self.language, width=width, ascii_only=not boxes)

    def document(self, form: str) -> str:
        """Return it in a format other than text."""
        if form == "html":
            from lostcard.render.comparison_html import year_html

            return year_html(self.year, self.language)
        from lostcard.render import year_documents

        write = {
            "json": year_documents.year_json,
            "csv": year_documents.year_csv,
            "markdown": year_documents.year_markdown,
        }[form]
        return write(self.year, self.language)


def year_answer(facts: Facts, told: Told, year: str, language: str) -> YearAnswer:
    """Return the answer for the year named. Raises UsageError for a year whose holidays are not known."""
    first, last = (dt.date.fromordinal(day).year for day in (facts.first_day, facts.last_day))
    number = parse.whole_number("--year", year, first, last)
    assert number is not None
    situation, options = told.situation(facts.catalogue), told.options()
    all_days = days_of_year(number)
    loss_on(facts, situation, options, all_days[-1] * DAY + _MORNING)  # a contradiction is said before there is a bar
    days: list[DayOfLoss] = []
    with _bar(Speaker(language).say("year.progress", year=number), len(all_days)) as done:
        for batch in plan_year(situation, options, number):
            days += batch
            done(len(batch))
    morning = Note("assume.morning", {"time": Speaker(language).time(_MORNING)})
    return YearAnswer(summarise(facts, situation, options, _MORNING, days, (morning,)), language)


def plan_year(
    situation: Situation, options: Options, year: int, processes: int | None = None
) -> Iterator[list[DayOfLoss]]:
    """Yield the days of a year in batches, planned by `processes` (by default one for each processor)."""
    days = days_of_year(year)
    work = [(situation, options, days[first : first + _BATCH]) for first in range(0, len(days), _BATCH)]
    processes = processes or _processors()
    if processes == 1:
        yield from map(_plan_batch, work)
        return
    # Not forked: a fork of a process with threads can hang, and the pool has threads of its own.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin_worker)
    try:
        with _interrupts_held():  # a worker is not deaf to Ctrl-C before it has imported all it needs
            results = pool.map(_plan_batch, work)
        yield from results
    finally:  # on Ctrl-C, what has not begun is dropped
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back; processes that start meanwhile never hear it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin_worker() -> None:
    """Leave Ctrl-C, which reaches every process of the terminal, to the first process; end when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # killed, or its terminal closed: nobody waits for the answer


@cache
def _facts() -> Facts:
    return load_facts()


def _plan_batch(work: tuple[Situation, Options, Sequence[int]]) -> list[DayOfLoss]:
    situation, options, days = work
    return [loss_on(_facts(), situation, options, day * DAY + _MORNING) for day in days]


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int], object]]:
    """Show a bar on stderr while the block runs, if that is a terminal; yield what moves it on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task(title, total=total)

        def move(days: int) -> None:
            progress.advance(task, days)
            progress.refresh()

        yield move
