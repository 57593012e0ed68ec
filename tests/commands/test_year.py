"""`compare --year` as a process: its bar, its formats, and what Ctrl-C leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from command import environment, run

YEAR = ("compare", "--lost", "license", "--have", "passport", "--year", "2028")


def of_group(group: int) -> list[str]:
    """Return the processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            state, _, belongs = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if entry.name.isdecimal() and int(belongs) == group and state != "Z":
                found.append(entry.name)
    return found


def test_a_pipe_sees_no_bar() -> None:
    done = run(*YEAR)
    assert (done.code, done.err) == (0, "")
    assert "The same loss on every day of 2028" in done.out


def test_a_terminal_sees_a_bar_and_the_answer_stays_clean() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "lostcard", *YEAR, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment()) as process:
        os.close(theirs)
        assert process.stdout is not None
        out = process.stdout.read()
    shown = b""
    with suppress(OSError):  # the end of a terminal
        while more := os.read(ours, 65536):
            shown += more
    os.close(ours)
    assert process.returncode == 0
    assert b"2028" in shown
    assert b"100%" in shown
    assert len(json.loads(out)["days"]) == 366


def test_ctrl_c_leaves_one_line_and_no_process() -> None:
    command = [sys.executable, "-m", "lostcard", *YEAR[:-1], "2027", "--linked", "license", "--lost", "mynacard"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as process:
        until = time.monotonic() + 20
        while len(of_group(process.pid)) < 3 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"Interrupted.\n")
    until = time.monotonic() + 10
    while of_group(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert of_group(process.pid) == []


def test_the_csv_has_a_line_for_each_day() -> None:
    out = run(*YEAR, "--format", "csv").out
    first, *lines = csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""))
    assert (len(lines), {len(line) for line in lines}) == (366, {len(first)})
    assert [line[0] for line in lines][59:61] == ["2028-02-29", "2028-03-01"]


def test_a_loss_that_breaks_no_need_is_counted_until_the_card_is_back() -> None:
    """On Tuesday 24 Nov 2026 + 49 days, Tuesday 12 Jan 2027: express takes 7 days."""
    done = run("compare", "--lost", "mynacard", "--have", "passport", "--year", "2027")
    assert done.code == 0
    assert "Days until every lost card is back" in done.out
    days = json.loads(
        run("compare", "--lost", "mynacard", "--have", "passport", "--year", "2027", "--format", "json").out
    )
    tuesday = next(day for day in days["days"] if day["date"] == "2027-01-12")
    assert {name: gap["typical"] for name, gap in tuesday["gaps"].items()} == {"cards": 7}


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "on no day of the year is there a way"), ("ja", "どの日になくしても、今の条件では")]
)
def test_a_year_without_a_way_says_so_and_exits_with_1(lang: str, words: str) -> None:
    done = run("compare", "--lost", "license", "--certainty", "confirmed", "--year", "2027", lang=lang)
    assert (done.code, done.err) == (1, "")
    assert words in "".join(done.out.split("\n")) or words in " ".join(done.out.split())


def test_what_lies_within_a_lead_in_working_days_is_named() -> None:
    """Asked for on Fri 24 Dec 2027: 27, 28 Dec, 4, 5, 6, 7 Jan are six working days, Tue 11 Jan the seventh: 18."""
    asked = ("compare", "--lost", "mynacard", "--linked", "insurance", "--insurer", "kyokai", "--have", "passport")
    found = json.loads(run(*asked, "--year", "2027", "--format", "json").out)
    coverage = next(spread for spread in found["spreads"] if spread["need"] == "coverage")
    worst, spring = coverage["peaks"][:2]
    assert (worst["day"], worst["days"]) == ("2027-12-24", 18)
    assert "年末年始 (the year-end closure)" in worst["because"][0]
    assert "Golden Week" in spring["because"][0]
    assert all(peak["days"] > coverage["median"] for peak in coverage["peaks"])


@pytest.mark.parametrize("delay", [0.2, 0.35, 0.5])
def test_ctrl_c_while_the_processes_start_is_as_clean(delay: float) -> None:
    command = [sys.executable, "-m", "lostcard", *YEAR[:-1], "2027", "--linked", "license", "--lost", "mynacard"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as process:
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert b"SpawnProcess" not in err
    assert b"multiprocessing" not in err


def test_workers_end_with_the_process_that_is_killed() -> None:
    command = [sys.executable, "-m", "lostcard", *YEAR[:-1], "2027", "--linked", "license", "--lost", "mynacard"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), start_new_session=True
    ) as process:
        until = time.monotonic() + 20
        while len(of_group(process.pid)) < 3 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
    until = time.monotonic() + 20
    while of_group(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert of_group(process.pid) == []
