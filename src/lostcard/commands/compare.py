"""`lostcard compare`: routes for one loss, ways of holding one's cards, the same loss on several dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lostcard.catalogue.compiled import load_facts
from lostcard.catalogue.facts import Facts
from lostcard.commands.deliver import Answer, Wanted, deliver, target
from lostcard.commands.told import Told, beginning
from lostcard.errors import UsageError
from lostcard.planner.comparison import Comparison, Scenario
from lostcard.planner.scenarios import eras, holdings, routes
from lostcard.planner.verdict import compare
from lostcard.render.layout import Line

__all__ = ["FORMATS", "CompareOptions", "run_compare"]

FORMATS = ("text", "json", "csv", "markdown", "html")


class CompareOptions(NamedTuple):
    """The options of the command, as they were typed."""

    told: Told
    starts: Sequence[str]
    year: str | None
    scenarios: str | None
    explain: bool
    wanted: Wanted


def run_compare(options: CompareOptions) -> int:
    """Print or write the comparison; return 0 if any scenario has a plan, 1 if none has."""
    to = target(FORMATS, options.wanted)
    _refuse_what_does_not_fit(options)
    facts = load_facts()
    if options.year is not None:
        from lostcard.commands.year import year_answer

        answered = year_answer(facts, options.told, options.year, options.wanted.language)
        deliver(answered, to)
        return 0 if answered.year.spreads else 1
    kind, scenarios = _scenarios(facts, options)
    comparison = compare(facts, kind, tuple(scenarios), explain=options.explain)
    answer: Answer = _Answer(comparison, options.wanted.language, explain=options.explain)
    deliver(answer, to)
    return 0 if any(row.plan for group in comparison.groups for row in group.rows) else 1


def _refuse_what_does_not_fit(options: CompareOptions) -> None:
    if options.year is not None:
        for name, given in (("--from", options.starts), ("--scenarios", options.scenarios)):
            if given:
                raise UsageError("error.not-together", options=["--year", name])
    if not options.told.lost and options.scenarios is None:
        if options.year is not None:
            raise UsageError("error.needs-lost", option="--year")
        if len(options.starts) > 1:
            raise UsageError("error.needs-lost", option="--from … --from")
    if options.scenarios is not None and len(options.starts) > 1:
        raise UsageError("error.not-together", options=["--scenarios", "--from … --from"])


def _scenarios(facts: Facts, options: CompareOptions) -> tuple[str, Iterable[Scenario]]:
    told, language = options.told, options.wanted.language
    situation, wishes = told.situation(facts.catalogue), told.options()
    starts = [beginning(value, language) for value in options.starts or (None,)]
    if options.scenarios is not None:
        from lostcard.commands.scenario_file import read_scenarios

        start = options.starts[0] if options.starts else None
        return "scenarios", read_scenarios(options.scenarios, facts.catalogue, told, start, language)
    if not situation.lost:
        return "holdings", holdings(facts, situation, wishes, *starts[0])
    if len(starts) > 1:
        return "eras", eras(situation, wishes, starts)
    return "routes", routes(facts, situation, wishes, *starts[0])


class _Answer:
    def __init__(self, comparison: Comparison, language: str, *, explain: bool) -> None:
        self.comparison = comparison
        self.language = language
        self.explain = explain

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        from lostcard.render.comparison_text import comparison_lines

        return comparison_lines(self.comparison, self.language, width=width, ascii_only=not boxes, explain=self.explain)

    def document(self, form: str) -> str:
        if form == "html":
            from lostcard.render.comparison_html import comparison_html

            return comparison_html(self.comparison, self.language)
        from lostcard.render.comparison_document import comparison_json
        from lostcard.render.comparison_tables import comparison_csv, comparison_markdown

        write = {"json": comparison_json, "csv": comparison_csv, "markdown": comparison_markdown}[form]
        return write(self.comparison, self.language)
