"""What ends a run: an answer, a mistake of the user's, a bug, or Ctrl-C. Only here do exceptions become exit codes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress

import typer

from lostcard.errors import LostcardError
from lostcard.render.words import Speaker, visible

__all__ = ["BUG", "INTERRUPTED", "USAGE", "run"]

USAGE, BUG, INTERRUPTED = 2, 3, 130

# Whatever typer's parser refuses derives from this, be it from click or from the copy that typer carries.
_Refused = typer.BadParameter.__mro__[1]


def run(program: Callable[[], int | None], language: str) -> int:
    """Run `program` and return its exit code: 0 done, 1 no plan, 2 wrong usage, 3 a bug, 130 interrupted.

    Messages go to stderr in `language`.
    """
    speaker = Speaker(language)
    if sys.stdout is None:  # closed by the caller (`>&-`): there is nobody to print for
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the process ends
    try:
        code = program() or 0
    except LostcardError as error:
        _complain(speaker.say("error.prefix", message=_message(speaker, error)))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _complain(speaker.say("error.interrupted"))
        return INTERRUPTED
    except OSError as error:  # help and version are printed by typer, for example to a full disk
        _complain(speaker.say("error.prefix", message=speaker.say("error.screen-failed", reason=error.strerror)))
        return LostcardError.exit_code
    except Exception as error:  # noqa: BLE001 - the last line of defence
        if isinstance(error, _Refused):
            return _refused(speaker, error)
        _report_bug(speaker)
        return BUG
    if code == INTERRUPTED:  # typer makes an exit code of Ctrl-C
        _complain(speaker.say("error.interrupted"))
    return code


def _complain(text: str) -> None:
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # closed or full: the exit code still tells
        print(text.rstrip().encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)  # noqa: T201


def _message(speaker: Speaker, error: LostcardError) -> str:
    params = dict(error.params)
    if "nearest" in params:
        names = params["nearest"]
        params["nearest"] = speaker.say("error.nearest", names=names) if names else ""
    return speaker.say(error.key, **params)


def _refused(speaker: Speaker, error: Exception) -> int:
    """Say what typer's parser refused, in our words."""
    kind = type(error).__name__
    option = visible(str(getattr(error, "option_name", "") or ""))
    possibilities = list(getattr(error, "possibilities", None) or ())
    nearest = speaker.say("error.nearest", names=possibilities) if possibilities else ""
    raw = visible(str(getattr(error, "message", error)))
    if kind == "NoArgsIsHelpError":
        print(getattr(error, "message", error), file=sys.stderr)  # noqa: T201
        return USAGE
    if kind == "NoSuchOption":
        text = speaker.say("error.no-such-option", option=option, nearest=nearest)
    elif kind == "BadOptionUsage":
        spare = raw.endswith("does not take a value.")
        text = speaker.say("error.option-takes-no-value" if spare else "error.option-needs-value", option=option)
    elif kind == "UsageError" and (found := re.match(r"No such command '(.*?)'", raw)):
        text = speaker.say("error.no-such-command", value=found[1], nearest=_commands_like(speaker, error, found[1]))
    elif kind == "UsageError" and (found := re.search(r"unexpected extra argument\S* \((.*)\)", raw)):
        text = speaker.say("error.extra-argument", value=found[1])
    elif raw == "Missing command.":
        text = speaker.say("error.no-command")
    else:
        text = speaker.say("error.usage", message=raw)
    _complain(speaker.say("error.prefix", message=text))
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "lostcard"
    _complain(speaker.say("error.try-help", command=command))
    return USAGE


def _commands_like(speaker: Speaker, error: Exception, value: str) -> str:
    import difflib

    group = getattr(getattr(error, "ctx", None), "command", None)
    names = difflib.get_close_matches(value, list(getattr(group, "commands", ())))
    return speaker.say("error.nearest", names=names) if names else ""


def _report_bug(speaker: Speaker) -> None:
    import platform
    import traceback
    from importlib.metadata import version

    _complain(speaker.say("error.bug"))
    facts = f"lostcard {version('lostcard')}, Python {platform.python_version()}, {platform.platform()}"
    arguments = " ".join(map(visible, sys.argv[1:]))
    _complain(f"\n{facts}\nlostcard {arguments}\n\n{traceback.format_exc()}")
