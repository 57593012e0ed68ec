"""The command line: declarations only. Each command's work is in `lostcard.commands`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from lostcard import failures
from lostcard.help import Command, Group
from lostcard.messages import LANGUAGES, detect_language
from lostcard.render.words import Speaker

__all__ = ["app", "main", "script"]

# Help texts are fixed when the options are declared, so the language must be known before the arguments are parsed.
LANGUAGE = detect_language(sys.argv[1:], dict(os.environ))
_say = Speaker(LANGUAGE).say

app = typer.Typer(
    name="lostcard",
    cls=Group,
    help=_say("help.app"),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the flag's value
    if asked:
        from importlib.metadata import version

        typer.echo(f"lostcard {version('lostcard')}")
        raise typer.Exit


def _complete_items(incomplete: str) -> list[str]:
    from lostcard.commands.complete import items

    return items(incomplete)


Many = list[str] | None
One = str | None

Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help=_say("help.version"))]
Language = Annotated[One, typer.Option("--lang", metavar="ja|en", help=_say("help.lang"))]
Lost = Annotated[Many, typer.Option("--lost", metavar="NAME", help=_say("help.lost"), autocompletion=_complete_items)]
Linked = Annotated[Many, typer.Option("--linked", metavar="NAME", help=_say("help.linked"))]
Have = Annotated[Many, typer.Option("--have", metavar="NAME", help=_say("help.have"), autocompletion=_complete_items)]
Insurer = Annotated[One, typer.Option("--insurer", metavar="NAME", help=_say("help.insurer"))]
Age = Annotated[One, typer.Option("--age", metavar="N", help=_say("help.age"))]
How = Annotated[One, typer.Option("--how", metavar="HOW", help=_say("help.how"))]
From = Annotated[One, typer.Option("--from", metavar="DATE", help=_say("help.from"))]
Froms = Annotated[Many, typer.Option("--from", metavar="DATE", help=_say("help.froms"))]
Year = Annotated[One, typer.Option("--year", metavar="YEAR", help=_say("help.year"))]
Scenarios = Annotated[One, typer.Option("--scenarios", metavar="FILE", help=_say("help.scenarios"))]
Prefer = Annotated[One, typer.Option("--prefer", metavar="WHAT", help=_say("help.prefer"))]
Travel = Annotated[One, typer.Option("--travel-minutes", metavar="N", help=_say("help.travel"))]
Certainty = Annotated[One, typer.Option("--certainty", metavar="LEAST", help=_say("help.certainty"))]
Format = Annotated[One, typer.Option("--format", metavar="FORMAT", help=_say("help.format"))]
CompareFormat = Annotated[One, typer.Option("--format", metavar="FORMAT", help=_say("help.compare-format"))]
Output = Annotated[One, typer.Option("--output", "-o", metavar="FILE", help=_say("help.output"))]
Force = Annotated[bool, typer.Option("--force", help=_say("help.force"))]
Open = Annotated[bool, typer.Option("--open", help=_say("help.open"))]
Explain = Annotated[bool, typer.Option("--explain", help=_say("help.explain"))]
Colour = Annotated[One, typer.Option("--color", metavar="WHEN", help=_say("help.color"))]


@app.callback()
def root(*, version: Version = False, lang: Language = None) -> None:
    """Declare what holds for every command."""
    del version  # it acts in its callback
    if lang is not None:  # already read from the arguments
        from lostcard.commands.parse import choice

        choice("--lang", lang, LANGUAGES)


@app.command("plan", cls=Command, help=_say("help.plan"), epilog=_say("help.example"))
def plan(
    *,
    lost: Lost = None,
    linked: Linked = None,
    have: Have = None,
    how: How = None,
    insurer: Insurer = None,
    age: Age = None,
    start: From = None,
    prefer: Prefer = None,
    travel_minutes: Travel = None,
    certainty: Certainty = None,
    explain: Explain = False,
    format_: Format = None,
    output: Output = None,
    force: Force = False,
    open_: Open = False,
    color: Colour = None,
    lang: Language = None,
) -> int:
    """Make the best plan."""
    from lostcard.commands.deliver import Wanted
    from lostcard.commands.plan import PlanOptions, run_plan
    from lostcard.commands.told import Told

    return run_plan(
        PlanOptions(
            told=Told(
                lost=lost or (),
                linked=linked or (),
                have=have or (),
                how=how,
                insurer=insurer,
                age=age,
                prefer=prefer,
                travel_minutes=travel_minutes,
                certainty=certainty,
            ),
            start=start,
            explain=explain,
            wanted=Wanted(format_, output, force, open_, color, lang, LANGUAGE),
        )
    )


@app.command("compare", cls=Command, help=_say("help.compare"), epilog=_say("help.compare-example"))
def compare(
    *,
    lost: Lost = None,
    linked: Linked = None,
    have: Have = None,
    how: How = None,
    insurer: Insurer = None,
    age: Age = None,
    starts: Froms = None,
    year: Year = None,
    scenarios: Scenarios = None,
    prefer: Prefer = None,
    travel_minutes: Travel = None,
    certainty: Certainty = None,
    explain: Explain = False,
    format_: CompareFormat = None,
    output: Output = None,
    force: Force = False,
    open_: Open = False,
    color: Colour = None,
    lang: Language = None,
) -> int:
    """Set scenarios side by side."""
    from lostcard.commands.compare import CompareOptions, run_compare
    from lostcard.commands.deliver import Wanted
    from lostcard.commands.told import Told

    return run_compare(
        CompareOptions(
            told=Told(
                lost=lost or (),
                linked=linked or (),
                have=have or (),
                how=how,
                insurer=insurer,
                age=age,
                prefer=prefer,
                travel_minutes=travel_minutes,
                certainty=certainty,
            ),
            starts=starts or (),
            year=year,
            scenarios=scenarios,
            explain=explain,
            wanted=Wanted(format_, output, force, open_, color, lang, LANGUAGE),
        )
    )


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(failures.run(lambda: app(standalone_mode=False), LANGUAGE))


def script() -> NoReturn:
    """Run as the installed command, and leave without tearing the interpreter down.

    Taking every module and fact apart again would be a twelfth of the whole run, and nothing is left to clean up.
    """
    code = 0
    try:
        main()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else failures.BUG
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
