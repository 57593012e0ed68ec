"""Runs `lostcard` as a user does: in a process of its own, with nothing of this machine's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

__all__ = ["ESC", "ROOT", "SITUATIONS", "Result", "answer", "environment", "python", "run"]

ROOT = Path(__file__).resolve().parent.parent
ESC = "\x1b"
TUESDAY = "2026-11-24T09:00"
_LOCALES = {"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}
_CASE_1 = f"--lost mynacard --linked license --linked insurance --insurer nhi --have passport --from {TUESDAY}"

SITUATIONS: dict[str, tuple[str, ...]] = {
    "case 1": tuple(_CASE_1.split()),
    "case 2": tuple(_CASE_1.replace("--have passport ", "").split()),
    "case 7": ("--lost", "insurance-card", "--insurer", "nhi", "--have", "license", "--from", "2024-10-11T09:00"),
    "case 9": (*_CASE_1.split(), "--prefer", "cheapest"),
    "deadlock": ("--lost", "mynacard", "--linked", "insurance", "--insurer", "nhi", "--from", TUESDAY),
}
"""The issue's situations that differ most in what is printed."""


class Result(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


def environment(
    lang: str = "en", columns: int | None = 80, encoding: str | None = "utf-8", **more: str
) -> dict[str, str]:
    """Return a clean environment whose locale is in `lang`."""
    clean = {"PATH": os.defpath, "HOME": "/nonexistent", "LANG": _LOCALES[lang], "TERM": "xterm-256color"}
    if columns is not None:
        clean["COLUMNS"] = str(columns)
    if encoding is not None:
        clean["PYTHONIOENCODING"] = encoding
    return clean | more


def run(
    *arguments: str,
    lang: str = "en",
    columns: int = 80,
    encoding: str = "utf-8",
    cwd: Path | None = None,
    **more: str,
) -> Result:
    """Run the command; `more` are further environment variables."""
    return python(
        "-m", "lostcard", *arguments, encoding=encoding, cwd=cwd, env=environment(lang, columns, encoding, **more)
    )


def python(*arguments: str, env: dict[str, str], encoding: str = "utf-8", cwd: Path | None = None) -> Result:
    """Run this Python."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        env=env,
        cwd=cwd,
        encoding=encoding,
        errors="replace",
    )
    return Result(done.returncode, done.stdout, done.stderr)


@cache
def answer(situation: str, *more: str, lang: str = "en", columns: int = 80, encoding: str = "utf-8") -> Result:
    """Return what `plan` says to one of SITUATIONS; each is asked once."""
    return run("plan", *SITUATIONS[situation], *more, lang=lang, columns=columns, encoding=encoding)
