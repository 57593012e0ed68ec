"""How a run ends: 0, 1, 2 (`test_refusals`), 3, 130, and a reader that goes away."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from command import ESC, SITUATIONS, answer, environment, python
from lostcard import failures
from lostcard.commands import plan as command
from lostcard.commands.deliver import Wanted
from lostcard.commands.plan import PlanOptions, run_plan
from lostcard.commands.told import Told

PLAN = ("plan", *SITUATIONS["case 1"])


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_plan_exits_with_0_and_says_nothing_on_stderr(lang: str, form: str) -> None:
    done = answer("case 1", "--format", form, lang=lang)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_deadlock_exits_with_1_and_the_rest_of_the_plan(lang: str, form: str) -> None:
    done = answer("deadlock", "--format", form, lang=lang)
    assert (done.code, done.err) == (1, "")
    assert "0120-95-0178" in done.out


# A bug


def options(*, language: str = "en", output: str | None = None) -> PlanOptions:
    wishes: dict[str, None] = dict.fromkeys(("how", "insurer", "age", "prefer", "travel_minutes", "certainty"))
    told = Told(lost=("mynacard",), linked=(), have=("passport",), **wishes)
    wanted = Wanted(form=None, output=output, force=False, open_=False, color=None, lang=None, language=language)
    return PlanOptions(told=told, start=None, explain=False, wanted=wanted)


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("lostcard の不具合です", "計画は作れませんでした")),
        ("en", ("This is a bug in lostcard", "no plan was made")),
    ],
)
def test_a_bug_is_reported_with_all_that_a_report_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(command, "make_plan", broken)
    monkeypatch.setattr(sys, "argv", ["lostcard", "plan", "--lost", "mynacard", "--have", "\x1b[2Jx"])
    monkeypatch.delenv("LOSTCARD_LANG", raising=False)
    code = failures.run(lambda: run_plan(options(language=lang)), lang)
    out, err = capsys.readouterr()
    assert (code, out) == (3, "")
    for part in (*words, f"lostcard {version('lostcard')}", "Python 3.", "plan --lost mynacard --have \\u001b[2Jx"):
        assert part in err
    assert "Traceback (most recent call last)" in err
    assert "ZeroDivisionError" in err
    assert "0120" not in err


def test_a_bug_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "make_plan", broken)
    monkeypatch.delenv("LOSTCARD_LANG", raising=False)
    assert failures.run(lambda: run_plan(options(output=str(tmp_path / "plan.txt"))), "en") == 3
    assert list(tmp_path.iterdir()) == []


# Ctrl-C

_STOPPED = """
import os, signal, sys, time
sys.argv = ["lostcard", *sys.argv[1:]]
from lostcard.commands import plan
def stop(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(10)
plan.make_plan = stop
from lostcard.cli import main
main()
"""


@pytest.mark.parametrize(("lang", "words"), [("ja", "中断しました"), ("en", "Interrupted")])
def test_ctrl_c_exits_with_130_and_leaves_nothing(tmp_path: Path, lang: str, words: str) -> None:
    done = python("-c", _STOPPED, *PLAN, "--output", "plan.txt", env=environment(lang), cwd=tmp_path)
    assert (done.code, done.out) == (130, "")
    assert words in done.err
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_outside_the_parser(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    assert failures.run(stopped, "en") == 130
    assert capsys.readouterr() == ("", "Interrupted.\n")


# A reader that goes away, a screen that cannot be written


@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--color", "always")], ids=" ".join)
def test_a_reader_that_has_gone_is_no_failure(more: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "lostcard", *PLAN, *more],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_head_gets_its_line() -> None:
    line = shlex.join([sys.executable, "-m", "lostcard", *PLAN]) + " | head -1"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, env=environment(), text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Plan after losing a card (from Tue 24 Nov 2026, 09:00)\n"


@pytest.mark.parametrize(("lang", "words"), [("ja", "出力できませんでした"), ("en", "could not be printed")])
def test_a_full_disk_behind_a_redirection_is_no_bug(lang: str, words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lostcard", *PLAN],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(lang),
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nothing_on_stderr_ever_carries_an_escape() -> None:
    for situation in SITUATIONS:
        assert ESC not in answer(situation).err


def test_a_closed_output_is_no_bug() -> None:
    shell = f"exec {shlex.quote(sys.executable)} -m lostcard plan --lost mynacard --have passport >&-"
    done = subprocess.run(["/bin/sh", "-c", shell], env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
