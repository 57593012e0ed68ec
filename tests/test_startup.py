"""An ordinary `plan` starts without the libraries that only reading YAML, help or colour need."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command import ROOT, SITUATIONS, Result, environment, python

FORMATS = {
    "html": {"jinja2", "markupsafe"},
    "markdown": set[str](),
    "ics": {"icalendar", "dateutil"},
    "pdf": {"typst", "fontTools"},
}
"""The libraries of each format."""

SLOW = {"pydantic", "pydantic_core", "yaml", "rich", "holidays", "pygments", "importlib_metadata", "pkg_resources"}
SLOW |= {library for libraries in FORMATS.values() for library in libraries}

_NAME_MODULES = """
import atexit, sys
sys.argv = ["lostcard", *sys.argv[1:]]
atexit.register(lambda: print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
from lostcard.cli import main
main()
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package with its catalogue freshly compiled, as a wheel has it."""
    tree = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "lostcard", tree / "lostcard", ignore=ignored)
    (tree / "lostcard" / "data").mkdir()
    shutil.copy(ROOT / "data" / "procedures.yaml", tree / "lostcard" / "data")
    done = python("-m", "lostcard.catalogue.compiled", env=environment(PYTHONPATH=str(tree)), cwd=tree)
    assert (done.code, done.out, done.err) == (0, "", "")
    return tree


def run(tree: Path, *arguments: str) -> Result:
    return python("-c", _NAME_MODULES, *arguments, env=environment(PYTHONPATH=str(tree)), cwd=tree)


def modules(done: Result) -> set[str]:
    return set(done.err.split())


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_a_piped_plan_imports_none_of_the_slow_libraries(tree: Path, situation: str, form: str) -> None:
    done = run(tree, "plan", *SITUATIONS[situation], "--format", form)
    assert done.code == (1 if situation == "deadlock" else 0)
    assert "0120-95-0178" in done.out or situation == "case 7"
    assert modules(done) & SLOW == set()
    assert "lostcard" in modules(done)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_imports_its_own_libraries_and_no_others(tree: Path, form: str) -> None:
    done = run(tree, "plan", *SITUATIONS["case 1"], "--format", form, "--output", f"plan-{form}", "--force")
    assert done.code == 0
    assert (tree / f"plan-{form}").stat().st_size > 1000
    assert modules(done) & SLOW == FORMATS[form]


@pytest.mark.parametrize("more", [("--explain",), ("--output", "plan.txt", "--force"), ("--prefer", "cheapest")])
def test_nor_do_its_options(tree: Path, more: tuple[str, ...]) -> None:
    done = run(tree, "plan", *SITUATIONS["case 1"], *more)
    assert done.code == 0
    assert modules(done) & SLOW == set()


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("plan", "--help")], ids=" ".join)
def test_nor_does_help(tree: Path, arguments: tuple[str, ...]) -> None:
    done = run(tree, *arguments)
    assert done.code == 0
    assert modules(done) & SLOW == set()


def test_an_edited_catalogue_is_read_although_it_is_slower(tree: Path) -> None:
    """The counter-check: the measurement sees pydantic and yaml where they are needed."""
    yaml = tree / "lostcard" / "data" / "procedures.yaml"
    before = yaml.read_text(encoding="utf-8")
    yaml.write_text(before + "\n# edited\n", encoding="utf-8")
    try:
        done = run(tree, "plan", *SITUATIONS["case 1"])
    finally:
        yaml.write_text(before, encoding="utf-8")
    assert done.code == 0
    assert modules(done) >= {"pydantic", "yaml", "holidays"}


def test_colour_is_what_imports_rich(tree: Path) -> None:
    done = run(tree, "plan", *SITUATIONS["case 1"], "--color", "always")
    assert done.code == 0
    assert modules(done) & SLOW <= {"rich", "pygments"}
    assert "rich" in modules(done)


@pytest.mark.parametrize("arguments", [SITUATIONS["case 1"], ("--insurer", "nhi", "--from", "2026-11-24")], ids=str)
def test_a_piped_comparison_imports_none_of_the_slow_libraries(tree: Path, arguments: tuple[str, ...]) -> None:
    done = run(tree, "compare", *arguments)
    assert done.code == 0
    assert modules(done) & (SLOW | {"csv", "multiprocessing", "concurrent"}) == set()
    assert "lostcard" in modules(done)
