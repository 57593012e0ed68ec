"""Where an answer goes: the format from the ending, documents of bytes, and the opener."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from command import SITUATIONS, environment, run
from lostcard.commands import output
from lostcard.commands.deliver import Target, Wanted, deliver, target
from lostcard.errors import LostcardError, UsageError
from lostcard.render.layout import Line

PLAN = ("plan", *SITUATIONS["case 1"])
EVERY = ("text", "json", "html", "markdown", "ics", "pdf", "csv")
RAW = b"%PDF-1.7\n\x00\xff\r\n"


class Fixed:
    """An answer that is the same in every format but its name."""

    def lines(self, *, width: int, boxes: bool) -> list[Line]:
        return [Line(f"{width} {boxes}")]

    def document(self, form: str) -> str | bytes:
        return RAW if form == "pdf" else f"{form}☐\n"


def wanted(output: str | None, form: str | None = None, *, force: bool = False, open_: bool = False) -> Target:
    return target(EVERY, Wanted(form, output, force, open_, color=None, lang=None, language="en"))


# The format


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("plan.txt", "text"),
        ("plan.json", "json"),
        ("plan.html", "html"),
        ("plan.htm", "html"),
        ("plan.md", "markdown"),
        ("plan.markdown", "markdown"),
        ("plan.ics", "ics"),
        ("plan.pdf", "pdf"),
        ("plan.csv", "csv"),
        ("PLAN.HTML", "html"),
        ("folder.pdf/計画.ics", "ics"),
        ("plan.tar.json", "json"),
        ("plan", "text"),
        (".json", "text"),
        ("folder.html/plan", "text"),
    ],
)
def test_the_ending_chooses_the_format(name: str, form: str) -> None:
    assert wanted(name)[:2] == (form, Path(name))


def test_a_format_that_is_given_wins_over_the_ending() -> None:
    assert wanted("plan.html", "json").form == "json"
    assert wanted("plan.docx", "json").form == "json"


@pytest.mark.parametrize("name", [None, "-"])
def test_the_screen_gets_text(name: str | None) -> None:
    assert wanted(name)[:2] == ("text", None)
    assert wanted(name, "json")[:2] == ("json", None)


def test_the_ending_alone_is_enough(tmp_path: Path) -> None:
    done = run(*PLAN, "--output", "plan.json", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "Written to plan.json.\n")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["version"] == 1


def test_a_hyphen_is_the_screen(tmp_path: Path) -> None:
    done = run(*PLAN, "--output", "-", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, run(*PLAN).out, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", 'plan.docx: the ending ".docx" names no format here. Endings: .txt, .json'),
        ("ja", "plan.docx: 「.docx」で終わる名前に合う形式がありません。使えるのは .txt、.json"),
    ],
)
def test_an_unknown_ending_is_refused_and_nothing_is_written(tmp_path: Path, lang: str, words: str) -> None:
    done = run(*PLAN, "--output", "plan.docx", cwd=tmp_path, lang=lang)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "--format" in done.err
    assert len(done.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_ending_of_a_format_that_the_command_lacks_is_refused_with_those_it_has() -> None:
    with pytest.raises(UsageError) as refused:
        target(
            ("text", "markdown"),
            Wanted(None, "plan.ics", force=False, open_=False, color=None, lang=None, language="en"),
        )
    assert refused.value.key == "error.unknown-ending"
    assert refused.value.params["allowed"] == [".txt", ".md", ".markdown"]


def test_a_hostile_ending_is_said_visibly(tmp_path: Path) -> None:
    done = run(*PLAN, "--output", "plan.\x1b[31m", cwd=tmp_path)
    assert done.code == 2
    assert 'plan.\\u001b[31m: the ending ".\\u001b[31m"' in done.err


# What needs a file


@pytest.mark.parametrize("option", ["--force", "--open"])
@pytest.mark.parametrize("more", [(), ("--output", "-")])
def test_what_acts_on_a_file_needs_one(option: str, more: tuple[str, ...]) -> None:
    for lang, words in (("en", "only makes sense together with --output"), ("ja", "--output と一緒に")):
        done = run(*PLAN, option, *more, lang=lang)
        assert (done.code, done.out) == (2, "")
        assert option in done.err
        assert words in done.err


# Bytes


def test_bytes_are_written_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.pdf"
    deliver(Fixed(), wanted(str(path)))
    assert path.read_bytes() == RAW
    assert path.stat().st_mode & 0o777 == 0o600
    assert capsys.readouterr() == ("", f"Written to {path}.\n")


def test_bytes_are_piped_as_they_are(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    deliver(Fixed(), wanted(None, "pdf"))
    assert capsysbinary.readouterr() == (RAW, b"")


def test_a_document_of_text_goes_through_the_encoding_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", outside)
    deliver(Fixed(), wanted(None, "markdown"))
    assert outside.buffer.getvalue() == b"markdown\\u2610\n"


@pytest.mark.parametrize("form", ["html", "csv"])
def test_a_page_and_a_table_are_utf_8_wherever_they_go(capsysbinary: pytest.CaptureFixture[bytes], form: str) -> None:
    deliver(Fixed(), wanted(None, form))
    assert capsysbinary.readouterr().out == f"{form}☐\n".encode()


def test_a_terminal_is_not_given_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError) as refused:
        wanted(None, "pdf")
    assert (refused.value.key, refused.value.params) == ("error.not-for-screen", {"format": "pdf"})
    assert wanted("plan.pdf").form == "pdf"
    assert wanted(None, "ics").form == "ics"


def test_a_full_disk_is_said_of_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(LostcardError) as failed:
            deliver(Fixed(), wanted(None, "pdf"))
    assert (failed.value.key, failed.value.params) == (
        "error.screen-failed",
        {"reason": "No space left on device"},
    )


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("name", ["plan.ics", "plan.pdf"])
def test_every_situation_makes_every_document(tmp_path: Path, situation: str, name: str) -> None:
    for lang in ("ja", "en"):
        done = run("plan", *SITUATIONS[situation], "--output", name, "--force", cwd=tmp_path, lang=lang)
        assert (done.code, done.out) == (1 if situation == "deadlock" else 0, "")
        assert len(done.err.splitlines()) == 1
        assert (tmp_path / name).stat().st_size > 1000


# --open


@pytest.fixture
def desktop(tmp_path: Path) -> Path:
    """Return a folder with an `xdg-open` that notes what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/opened"\nexit "${{FAILS:-0}}"\n', encoding="utf-8")
    opener.chmod(0o755)
    return folder


@pytest.mark.parametrize("name", ["plan.json", "-plan; rm x.txt", "計画"])
def test_the_file_is_opened(tmp_path: Path, desktop: Path, name: str) -> None:
    done = run(*PLAN, f"--output={name}", "--open", cwd=tmp_path, PATH=f"{desktop}:{os.defpath}")
    assert (done.code, done.out, done.err) == (0, "", f"Written to {name}.\n")
    assert (tmp_path / "opened").read_text(encoding="utf-8") == f"{tmp_path / name}\n"
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(("situation", "code"), [("case 1", 0), ("deadlock", 1)])
def test_an_opener_that_fails_is_said_and_changes_nothing(
    tmp_path: Path, desktop: Path, situation: str, code: int
) -> None:
    for lang, words in (("en", "could not be opened here"), ("ja", "を開けませんでした")):
        done = run(
            *("plan", *SITUATIONS[situation], "--output", "plan.txt", "--open", "--force"),
            cwd=tmp_path,
            lang=lang,
            PATH=f"{desktop}:{os.defpath}",
            FAILS="4",
        )
        assert (done.code, done.out) == (code, "")
        assert words in done.err
        assert len(done.err.splitlines()) == 2
        assert (tmp_path / "plan.txt").stat().st_size > 0


def test_a_machine_without_any_opener(tmp_path: Path) -> None:
    done = run(*PLAN, "--output", "plan.txt", "--open", cwd=tmp_path, PATH=str(tmp_path))
    assert (done.code, done.out) == (0, "")
    assert done.err == "Written to plan.txt.\nplan.txt could not be opened here. Please open it yourself.\n"


def test_nothing_is_opened_that_was_not_written(tmp_path: Path, desktop: Path) -> None:
    (tmp_path / "plan.txt").write_text("mine", encoding="utf-8")
    done = run(*PLAN, "--output", "plan.txt", "--open", cwd=tmp_path, PATH=f"{desktop}:{os.defpath}")
    assert done.code == 2
    assert not (tmp_path / "opened").exists()


def test_the_opener_of_each_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    path = tmp_path / "plan.html"

    def ran(command: list[object], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        called.append((*command, check))
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr("subprocess.run", ran)
    monkeypatch.setattr("shutil.which", lambda name: f"/there/{name}")
    monkeypatch.setattr("os.startfile", called.append, raising=False)
    for platform in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        assert output.open_file(path)
    assert called == [("/there/xdg-open", path, False), ("/there/open", path, False), path]


def test_windows_without_a_program_for_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_program(_: object) -> None:
        raise OSError(1155, "No application is associated with the specified file")

    monkeypatch.setattr("os.startfile", no_program, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert not output.open_file(tmp_path / "plan.ics")


def on_a_terminal(folder: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """Run the command with its output on a terminal; return its exit code, what the terminal shows, and stderr."""
    main, side = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "lostcard", *arguments],
        stdout=side,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
    ) as done:
        os.close(side)
        shown = b""
        with os.fdopen(main, "rb", buffering=0) as screen, suppress(OSError):  # raised once the last writer has gone
            while part := screen.read(4096):
                shown += part
        assert done.stderr is not None
        said = done.stderr.read()
        return done.wait(timeout=60), shown, said


def test_a_real_terminal_is_refused_a_pdf_but_not_a_calendar(tmp_path: Path) -> None:
    code, shown, said = on_a_terminal(tmp_path, *PLAN, "--format", "pdf")
    assert (code, shown) == (2, b"")
    assert said == b"Error: pdf cannot be shown on the screen. Write it to a file with --output FILE.\n"
    code, shown, said = on_a_terminal(tmp_path, *PLAN, "--format", "ics")
    assert (code, said) == (0, b"")
    assert b"BEGIN:VCALENDAR" in shown


def test_a_pdf_goes_through_a_pipe(tmp_path: Path) -> None:
    piped = subprocess.run(
        [sys.executable, "-m", "lostcard", *PLAN, "--format", "pdf"],
        env=environment(encoding="ascii"),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert piped.stderr == b""
    assert piped.stdout.startswith(b"%PDF-1.7")
    assert piped.stdout.rstrip().endswith(b"%%EOF")
