"""What is shipped: wheel and sdist hold exactly the files meant, and a wheel with wrong facts cannot be made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from command import ROOT, SITUATIONS, environment

NAME = "lostcard-0.1.0"
IN_SDIST = ("src/", "data/", "tests/", "benchmarks/", "docs/")
ROOT_FILES = {
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.ja.md",
    "README.md",
    "hatch_build.py",
    "pyproject.toml",
}
INFO = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")


def git_files() -> list[str]:
    """Return the files of the working tree that git knows or would take."""
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return sorted(name for name in set(listing.stdout.splitlines()) if (ROOT / name).is_file())


def copy_tree(target: Path) -> Path:
    for name in git_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    return target


def build(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LOSTCARD"))}
    return subprocess.run(
        [sys.executable, "-m", "build", *arguments],
        cwd=tree,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=kept,
    )


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the sdist and the wheel built from that sdist, in an environment of their own."""
    tree = copy_tree(tmp_path_factory.mktemp("tree"))
    done = build(tree)
    assert done.returncode == 0, done.stdout
    return tree / "dist"


def test_both_are_built(dist: Path) -> None:
    assert sorted(path.name for path in dist.iterdir()) == [f"{NAME}-py3-none-any.whl", f"{NAME}.tar.gz"]


def test_the_files_of_the_sdist(dist: Path) -> None:
    with tarfile.open(dist / f"{NAME}.tar.gz") as archive:
        found = sorted(member.name for member in archive if not member.isdir())
    meant = [name for name in git_files() if name.startswith(IN_SDIST)] + ["PKG-INFO", *ROOT_FILES]
    assert found == sorted(f"{NAME}/{name}" for name in meant)
    assert f"{NAME}/data/procedures.yaml" in found
    assert f"{NAME}/data/procedures.json" not in found
    assert not [name for name in found if "cache" in name or name.endswith(".pyc")]


def test_the_files_of_the_wheel(dist: Path) -> None:
    with zipfile.ZipFile(dist / f"{NAME}-py3-none-any.whl") as archive:
        found = sorted(archive.namelist())
        entry_points = archive.read(f"{NAME}.dist-info/entry_points.txt").decode()
        licence = archive.read(f"{NAME}.dist-info/licenses/LICENSE").decode()
    meant = [name.removeprefix("src/") for name in git_files() if name.startswith("src/lostcard/")]
    meant += [f"lostcard/{name}" for name in git_files() if name.startswith("data/")]
    meant += ["lostcard/data/procedures.json"]
    meant += [f"{NAME}.dist-info/{name}" for name in INFO]
    assert found == sorted(meant)
    assert {"lostcard/data/procedures.yaml", "lostcard/data/procedures.json", "lostcard/cli.py"} <= set(found)
    assert {f"lostcard/render/templates/checklist.{kind}" for kind in ("html", "css", "js", "typ")} <= set(found)
    assert "lostcard = lostcard.cli:script" in entry_points
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_catalogue_in_the_wheel_is_the_one_in_the_tree(dist: Path) -> None:
    with zipfile.ZipFile(dist / f"{NAME}-py3-none-any.whl") as archive:
        shipped = archive.read("lostcard/data/procedures.yaml")
    assert shipped == (ROOT / "data" / "procedures.yaml").read_bytes()


def test_a_wheel_with_wrong_facts_cannot_be_made(tmp_path: Path) -> None:
    tree = copy_tree(tmp_path)
    yaml = tree / "data" / "procedures.yaml"
    lines = yaml.read_text(encoding="utf-8").rstrip("\n").split("\n")
    yaml.write_text("\n".join([*lines, "nonsense: 1", "office: 2"]) + "\n", encoding="utf-8")
    done = build(tree, "--wheel", "--no-isolation")
    assert done.returncode != 0
    assert f"procedures.yaml:{len(lines) + 1}:" in done.stdout
    assert f"procedures.yaml:{len(lines) + 2}:" in done.stdout  # all of them, not the first alone
    assert "nonsense" in done.stdout
    assert "Traceback" not in done.stdout
    assert not list(tree.glob("dist/*.whl"))
    assert not (tree / "data" / "procedures.json").exists()


@pytest.fixture(scope="session")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the environment into which nothing but the wheel was installed."""
    venv = tmp_path_factory.mktemp("venv")
    wheel = dist / f"{NAME}-py3-none-any.whl"
    for command in (
        [sys.executable, "-m", "venv", str(venv)],
        [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)],
    ):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return venv


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ("マイナンバーカードが手元に戻るまで: 7日(5〜14日)", "免許証が手元にない日数: 0日(0〜1日)")),
        ("en", ("back in hand: 7 days (5 to 14)", "Days without a driving licence in hand: 0 days (0 to 1)")),
    ],
)
def test_the_installed_command_does_the_main_job_in_another_folder(
    installed: Path, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "lostcard"), "plan", *SITUATIONS["case 1"]],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(lang, columns=120),
    )
    assert (done.returncode, done.stderr) == (0, "")
    for part in words:
        assert part in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_makes_the_page(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "lostcard"), "plan", *SITUATIONS["case 1"], "--format", "html"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment("ja"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.endswith("</html>\n")


def test_the_installed_command_uses_its_compiled_catalogue(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "python"), "-X", "importtime", "-m", "lostcard", "plan", *SITUATIONS["case 1"]],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "lostcard" in imported
    assert imported & {"pydantic", "yaml", "rich", "holidays"} == set()


def test_the_installed_command_makes_a_calendar(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "lostcard"), "plan", *SITUATIONS["case 1"], "--output", "plan.ics"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Written to plan.ics.\n")
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_wheel_alone_makes_no_pdf_and_says_what_is_missing(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed / "bin" / "lostcard"), "plan", *SITUATIONS["case 1"], "--output", "plan.pdf"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'lostcard[pdf]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_names_the_command(installed: Path, tmp_path: Path) -> None:
    for lang, words in (("ja", "使い方: lostcard plan [オプション]"), ("en", "Usage: lostcard plan [OPTIONS]")):
        done = subprocess.run(
            [str(installed / "bin" / "lostcard"), "plan", "--help"],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=environment(lang),
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(words)
