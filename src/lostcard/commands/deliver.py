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
    open_file,
    print_bytes,
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

__all__ = ["Answer", "Target", "Wanted", "deliver", "target"]

COLOURS = ("auto", "always", "never")

ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".ics": "ics",
    ".pdf": "pdf",
    ".csv": "csv",
}
"""The format that the ending of a file's name stands for."""

_BINARY = ("pdf",)
"""Formats that a terminal cannot show."""

_AS_IS = ("csv", "html")
"""Text formats that are UTF-8, with line ends of their own, whatever the screen's encoding and the system's habit."""

_SCREEN = "-"
"""What --output calls the screen, as other commands do."""


class Answer(Protocol):
    """What a command found out, ready to be written in any of its formats."""

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        """Return it as text for people; without `boxes` only ASCII draws tick boxes and bars."""
        ...

    def document(self, form: str) -> str | bytes:
        """Return it in a format other than text; bytes are written as they are, whatever the encoding outside."""
        ...


class Wanted(NamedTuple):
    """The options that say where an answer goes, as they were typed."""

    form: str | None
    output: str | None
    force: bool
    open_: bool
    color: str | None
    lang: str | None
    language: str


class Target(NamedTuple):
    """Where the answer goes and how; `path` is None for the screen, `open_` shows the file once it is written."""

    form: str
    path: Path | None
    force: bool
    open_: bool
    colour: str
    language: str


def target(forms: Sequence[str], wanted: Wanted) -> Target:
    """Return where an answer is to go; `forms` are the formats that the command has.

    Raises:
        UsageError: a format, ending, colour or language does not exist here, or options do not go together.

    """
    choice("--lang", wanted.lang, LANGUAGES)
    choice("LOSTCARD_LANG", os.environ.get("LOSTCARD_LANG") or None, LANGUAGES)
    path = None if wanted.output is None or wanted.output == _SCREEN else Path(wanted.output)
    chosen = choice("--format", wanted.form, forms) or _by_ending(path, forms)
    colour = choice("--color", wanted.color, COLOURS) or "auto"
    if path is None:
        for option, given in (("--force", wanted.force), ("--open", wanted.open_)):
            if given:
                raise UsageError("error.needs-output", option=option)
        if chosen in _BINARY and sys.stdout.isatty():
            raise UsageError("error.not-for-screen", format=chosen)
    return Target(chosen, path, wanted.force, wanted.open_, colour, wanted.language)


def _by_ending(path: Path | None, forms: Sequence[str]) -> str:
    """Return the format that a file's name asks for: text where it has no ending."""
    if path is None or not path.suffix:
        return "text"
    form = ENDINGS.get(path.suffix.casefold())
    if form is not None and form in forms:
        return form
    allowed = [ending for ending, form in ENDINGS.items() if form in forms]
    raise UsageError("error.unknown-ending", path=visible(str(path)), ending=visible(path.suffix), allowed=allowed)


def deliver(answer: Answer, to: Target) -> None:
    """Write the answer to its file, or print it."""
    if to.path is not None:
        write_file(to.path, _written(answer, to.form, width=PIPE_WIDTH, boxes=True), force=to.force)
        _say(to, "done.written")
        if to.open_ and not open_file(to.path):
            _say(to, "done.not-opened")
        return
    width, boxes = screen_width(), draws_boxes(sys.stdout.encoding)
    if to.form == "text" and wants_colour(to.colour):
        print_lines(answer.lines(width=width, boxes=boxes), colour=True)
        return
    written = _written(answer, to.form, width=width, boxes=boxes)
    if isinstance(written, bytes):
        print_bytes(written)
    else:
        print_text(written)


def _say(to: Target, key: str) -> None:
    print(Speaker(to.language).say(key, path=visible(str(to.path))), file=sys.stderr)  # noqa: T201


def _written(answer: Answer, form: str, *, width: int, boxes: bool) -> str | bytes:
    if form == "text":
        return "".join(f"{line.text}\n" for line in answer.lines(width=width, boxes=boxes))
    document = answer.document(form)
    return document.encode() if form in _AS_IS and isinstance(document, str) else document
