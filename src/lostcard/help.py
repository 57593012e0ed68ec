"""Help in the user's language, wrapped by display width: typer's own knows neither."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from lostcard.commands.output import screen_width
from lostcard.errors import UsageError
from lostcard.messages import detect_language
from lostcard.render.layout import Page, columns
from lostcard.render.words import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Command", "Group"]

_TYPERS_OWN = ("help.help", "help.install-completion", "help.show-completion")

_Refused: Any = typer.BadParameter.__mro__[1]
"""What typer's parser raises."""

_COLUMN = 26
"""Where the descriptions begin; longer option names stand on a line of their own."""


class Command(TyperCommand):
    """A command whose help is ours, and which never takes the next option for the value of the one before."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the context's class is typer's own
        """Read the arguments; a refusal names this command."""
        takers = {name for option in self.params if not getattr(option, "is_flag", True) for name in option.opts}
        for option, value in pairwise(args):
            if option in takers and value.startswith("--"):
                raise UsageError("error.option-needs-value", option=option)
        try:
            return super().parse_args(ctx, args)
        except _Refused as error:
            error.ctx = error.ctx or ctx  # typer's parser does not always say which command it was reading
            raise

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - the context's class is typer's own affair
        """Return usage, description and options."""
        return _help(self, ctx, commands=())


class Group(TyperGroup):
    """The program itself."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - the context's class is typer's own affair
        """Return usage, description, commands and options."""
        commands = [(name, command.help or "") for name, command in sorted(self.commands.items())]
        return _help(self, ctx, commands=commands)


def _help(command: TyperCommand | TyperGroup, ctx: typer.Context, commands: Iterable[tuple[str, str]]) -> str:
    import os
    import sys

    speaker = Speaker(detect_language(sys.argv[1:], dict(os.environ)))
    say = speaker.say
    page = Page(screen_width(), speaker.language)
    words = [ctx.command_path, say("help.word-options"), *([say("help.word-command")] if commands else [])]
    page.add(say("help.usage", usage=" ".join(words)))
    page.blank()
    page.add(command.help or "")
    if commands:
        page.heading(say("help.commands"))
        for name, text in commands:
            _entry(page, name, text)
    page.heading(say("help.options"))
    for parameter in command.get_params(ctx):
        # typer adds --help and the completion options with texts of its own, in English only.
        key = f"help.{(parameter.name or '').replace('_', '-')}"
        text = say(key) if key in _TYPERS_OWN else getattr(parameter, "help", None) or ""
        _entry(page, f"{', '.join(sorted(parameter.opts, key=len))} {parameter.metavar or ''}".strip(), text)
    if command.epilog:
        page.blank()
        page.add(command.epilog)
    return "\n".join(line.text for line in page.lines)


def _entry(page: Page, name: str, text: str) -> None:
    first = f"  {name}"
    if columns(first) + 2 > _COLUMN or page.width < 2 * _COLUMN:
        page.add(first)
        page.add(text, indent=6)
        return
    page.add(text, first=first + " " * (_COLUMN - columns(first)))
