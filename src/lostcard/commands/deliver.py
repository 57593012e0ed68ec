"""How an answer leaves a command: in which format, on the screen or in a file, in colour or plain."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from lostcard.commands.output import (
    PIPE_WIDTH,
    draws_boxes,
    print_lines,
    print_text,
    screen_width,
    wants_colour,
    write_file,
)
from lostcard.commands.parse import choice
from lostcard.errors import UsageError
from lostcard.messages import LANGUAGES
from lostcard.render.layout import Line
from lostcard.render.words import Speaker, visible

__all__ = ["Answer", "Target", "deliver", "target"]

COLOURS = ("auto", "always", "never")


class Answer(Protocol):
    """What a command found out, ready to be written in any of its formats."""

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        """Return it as text for people; without `boxes` only ASCII draws tick boxes and bars."""
        ...

    def document(self, form: str) -> str:
        """Return it in a format other than text."""
        ...


class Target(NamedTuple):
    """Where the answer goes and how; `path` is None for the screen."""

    form: str
    path: Path | None
    force: bool
    colour: str
    language: str


def target(
    forms: Sequence[str],
    *,
    form: str | None,
    output: str | None,
    force: bool,
    color: str | None,
    lang: str | None,
    language: str,
) -> Target:
    """Return where an answer is to go. Raises UsageError for a format, colour or language that does not exist."""
    choice("--lang", lang, LANGUAGES)
    choice("LOSTCARD_LANG", os.environ.get("LOSTCARD_LANG") or None, LANGUAGES)
    chosen = choice("--format", form, forms) or "text"
    colour = choice("--color", color, COLOURS) or "auto"
    if force and output is None:
        raise UsageError("error.force-alone")
    return Target(chosen, None if output is None else Path(output), force, colour, language)


def deliver(answer: Answer, to: Target) -> None:
    """Write the answer to its file, or print it."""
    if to.path is not None:
        write_file(to.path, _text(answer, to.form, width=PIPE_WIDTH, boxes=True), force=to.force)
        print(Speaker(to.language).say("done.written", path=visible(str(to.path))), file=sys.stderr)  # noqa: T201
        return
    width, boxes = screen_width(), draws_boxes(sys.stdout.encoding)
    if to.form == "text" and wants_colour(to.colour):
        print_lines(answer.lines(width=width, boxes=boxes), colour=True)
    else:
        print_text(_text(answer, to.form, width=width, boxes=boxes))


def _text(answer: Answer, form: str, *, width: int, boxes: bool) -> str:
    if form == "text":
        return "".join(f"{line.text}\n" for line in answer.lines(width=width, boxes=boxes))
    return answer.document(form)
