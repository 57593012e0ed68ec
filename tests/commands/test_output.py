"""`--output`: a file that is written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from command import ESC, SITUATIONS, run
from lostcard.commands.output import write_file
from lostcard.errors import LostcardError, UsageError

PLAN = ("plan", *SITUATIONS["case 1"])
PRIVATE = 0o600


def test_the_file_is_what_a_pipe_would_get(tmp_path: Path) -> None:
    done = run(*PLAN, "--output", "plan.txt", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "Written to plan.txt.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == run(*PLAN).out


def test_the_message_is_in_japanese(tmp_path: Path) -> None:
    done = run(*PLAN, "-o", "計画.txt", cwd=tmp_path, lang="ja")
    assert (done.code, done.out, done.err) == (0, "", "計画.txt に書きました。\n")
    assert "マイナンバーカード" in (tmp_path / "計画.txt").read_text(encoding="utf-8")


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    run(*PLAN, "--output", "plan.txt", cwd=tmp_path)
    assert stat.S_IMODE((tmp_path / "plan.txt").stat().st_mode) == PRIVATE


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_the_file_is_utf_8_with_newlines_whatever_the_terminal_is(tmp_path: Path, encoding: str) -> None:
    done = run(*PLAN, "--output", "plan.txt", cwd=tmp_path, lang="ja", encoding=encoding, columns=60)
    assert done.code == 0
    written = (tmp_path / "plan.txt").read_bytes()
    text = written.decode("utf-8")
    assert b"\r" not in written
    assert text.endswith("窓口\nに従ってください。\n")  # wrapped at 80, not at the terminal's 60
    assert "☐ 1." in text
    assert "\\u" not in text


def test_colour_never_gets_into_a_file(tmp_path: Path) -> None:
    run(*PLAN, "--output", "plan.txt", "--color", "always", cwd=tmp_path)
    assert ESC not in (tmp_path / "plan.txt").read_text(encoding="utf-8")


def test_json_into_a_file(tmp_path: Path) -> None:
    done = run(*PLAN, "--format", "json", "--output", "plan.json", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["version"] == 1


def test_a_plan_that_does_not_reach_everything_is_written_and_still_exits_with_1(tmp_path: Path) -> None:
    done = run("plan", *SITUATIONS["deadlock"], "--output", "plan.txt", cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert "no way" in (tmp_path / "plan.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "words"), [("ja", "既にあります"), ("en", "exists already")])
def test_an_existing_file_is_never_overwritten(tmp_path: Path, lang: str, words: str) -> None:
    (tmp_path / "plan.txt").write_text("mine", encoding="utf-8")
    done = run(*PLAN, "--output", "plan.txt", cwd=tmp_path, lang=lang)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "plan.txt" in done.err
    assert "--force" in done.err
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").symlink_to(tmp_path / "elsewhere.txt")
    done = run(*PLAN, "--output", "plan.txt", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "--force" in done.err
    assert not (tmp_path / "elsewhere.txt").exists()


def test_force_replaces(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("mine", encoding="utf-8")
    done = run(*PLAN, "--output", "plan.txt", "--force", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "Written to plan.txt.\n")
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == run(*PLAN).out
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]
    assert stat.S_IMODE((tmp_path / "plan.txt").stat().st_mode) == PRIVATE


def test_force_where_there_is_nothing_to_replace(tmp_path: Path) -> None:
    assert run(*PLAN, "--output", "plan.txt", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "plan.txt").exists()


def test_a_mistake_elsewhere_leaves_no_file(tmp_path: Path) -> None:
    done = run(*PLAN, "--have", "pasport", "--output", "plan.txt", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(("lang", "words"), [("ja", "フォルダー"), ("en", "is a folder")])
def test_a_folder_is_refused(tmp_path: Path, lang: str, words: str, force: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    for path in ("folder", "folder/", ".", ""):
        done = run(*PLAN, "--output", path, *force, cwd=tmp_path, lang=lang)
        assert (done.code, done.out) == (2, "")
        assert words in done.err
        assert len(done.err.splitlines()) == 1
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("path", ["missing/plan.txt", "file/plan.txt", "/proc/plan.txt", "x" * 300])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_where_nothing_can_be_written(tmp_path: Path, path: str, force: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for lang, words in (("ja", "に書けません"), ("en", "cannot be written")):
        done = run(*PLAN, "--output", path, *force, cwd=tmp_path, lang=lang)
        assert (done.code, done.out) == (1, "")
        assert f"{path} {words}" in done.err
        assert "--output" in done.err
        assert len(done.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_hostile_name_is_written_as_given_and_said_visibly(tmp_path: Path) -> None:
    name = "a\x1b[31m\u202eb\nc.txt"
    done = run(*PLAN, "--output", name, cwd=tmp_path)
    assert (done.code, done.err) == (0, "Written to a\\u001b[31m\\u202eb\\u000ac.txt.\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    again = run(*PLAN, "--output", name, cwd=tmp_path)
    assert again.code == 2
    assert again.err.startswith("Error: a\\u001b[31m\\u202eb\\u000ac.txt exists already")


# A crash while writing


class CrashError(Exception):
    """The machine stops here."""


def crash(*_: object, **__: object) -> None:
    raise CrashError


def disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize(("failure", "raised"), [(crash, CrashError), (disk_full, LostcardError)])
def test_a_crash_while_replacing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, failure: object, raised: type[Exception]
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(place, failure)
    with pytest.raises(raised):
        write_file(path, "new", force=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


@pytest.mark.parametrize(("failure", "raised"), [(crash, CrashError), (disk_full, LostcardError)])
def test_a_crash_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: object, raised: type[Exception]
) -> None:
    monkeypatch.setattr("os.fsync", failure)
    with pytest.raises(raised):
        write_file(tmp_path / "plan.txt", "new", force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_appears_in_the_last_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"

    def appear(_: int) -> None:
        path.write_text("another's", encoding="utf-8")

    monkeypatch.setattr("os.fsync", appear)
    with pytest.raises(UsageError):
        write_file(path, "new", force=False)
    assert path.read_text(encoding="utf-8") == "another's"


def test_a_usb_stick_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "plan.txt"
    write_file(path, "new", force=False)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == PRIVATE
    with pytest.raises(UsageError):
        write_file(path, "newer", force=False)
    assert path.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.txt"]


def test_the_rights_of_others_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_file(tmp_path / "plan.txt", "new", force=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "plan.txt").stat().st_mode) == PRIVATE
