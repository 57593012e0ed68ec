"""The compiled catalogue: the same facts, never stale, never needed, and cheap to load."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import jpholiday
import pytest

import lostcard
from catalogue.minimal import MINIMAL, changed
from lostcard.catalogue import compiled, model
from lostcard.catalogue.compiled import COMPILED, YAML, compile_file, load_facts, public_holidays
from lostcard.catalogue.facts import Facts
from lostcard.catalogue.load import load_file, load_text
from lostcard.errors import CatalogueError

# The Cabinet Office's lists (国民の祝日), written out by hand.
HOLIDAYS_2026 = (
    "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23"
)
HOLIDAYS_2027 = "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23"

SLOW = {"pydantic", "pydantic_core", "yaml", "rich", "typer", "click", "holidays", "dateutil", "jpholiday", "difflib"}


def differences(one: object, other: object, path: str = "") -> list[str]:
    """Return where two values differ, in type or in value; the order of keys counts."""
    if type(one) is not type(other):
        return [f"{path}: {type(one).__name__} is not {type(other).__name__}"]
    parts, others = members(one), members(other)
    if list(parts) != list(others):
        return [f"{path}: members {list(parts)} are not {list(others)}"]
    if parts:
        return [found for key, part in parts.items() for found in differences(part, others[key], f"{path}.{key}")]
    return [] if one == other or is_dataclass(one) else [f"{path}: {one!r} is not {other!r}"]


def members(value: object) -> dict[object, object]:
    """Return what a record, a mapping or a tuple consists of; nothing for a plain value."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, dict):
        return dict(value)
    return dict(enumerate(value)) if isinstance(value, tuple) else {}


def without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the test fail when the YAML is read."""

    def refuse(file: Path) -> str:
        pytest.fail(f"{file} was compiled")

    monkeypatch.setattr(compiled, "compile_file", refuse)


@pytest.fixture
def yaml(tmp_path: Path) -> Path:
    """Return the file of the minimal catalogue."""
    file = tmp_path / "facts.yaml"
    file.write_text(MINIMAL, encoding="utf-8")
    return file


@pytest.fixture
def fresh(yaml: Path) -> Path:
    """Return the compiled form of `yaml`, written beside it."""
    file = yaml.with_suffix(".json")
    file.write_text(compile_file(yaml), encoding="utf-8")
    return file


# ---- The same facts -------------------------------------------------------------------------------------------------


def test_differences_are_seen() -> None:
    """What the round trips rest on: a changed, a retyped and a missing value, however deep."""
    base = load_text(MINIMAL, "")
    assert differences(base, load_text(MINIMAL, "")) == []
    for pair, where in [
        (("yen: 800", "yen: 801"), ".procedures.reissue.fee.0.yen: 800 is not 801"),
        (("{A: 1}", "{A: 2}"), ".evidence.city-proof.any_of.0.A: 1 is not 2"),
        (("aliases: [passbook]", "aliases: []"), ".items.bankbook.aliases: members [0] are not []"),
        (("date: unknown", "date: 2025-01-01"), ".sources.law-page.date: str is not date"),
    ]:
        assert differences(base, load_text(changed(pair), "")) == [where]


def test_the_decoded_facts_are_those_of_the_facts_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "procedures.json"
    file.write_text(compile_file(), encoding="utf-8")
    without_compiling(monkeypatch)
    assert differences(load_facts(YAML, file).catalogue, load_file(YAML)) == []


def test_the_decoded_facts_are_those_of_the_minimal_catalogue(
    yaml: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_compiling(monkeypatch)
    assert differences(load_facts(yaml, fresh).catalogue, load_text(MINIMAL, "")) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("yen: 800", "yen: 0"),
        ("min: 3\n", "min: 0\n"),
        ("assumed: {age_min: 75}", "assumed: {age_min: 75, age_max: 130}"),
        ("assumed: {age_max: 74}", "assumed: {age_max: 74, lost: []}"),
        ('en: "Stay calm."', r'en: "\"@\": {\\u001b} 🪪 </script>"'),
        ("[ident-card, 身分証]", "['@', '{}', 'null', 'date']"),
        ("when: {lost: [id-card], insurer: [employer]}", "when: {}"),
    ],
)
def test_a_value_that_looks_like_a_default_or_like_json_survives(yaml: Path, pair: tuple[str, str]) -> None:
    text = changed(pair)
    yaml.write_text(text, encoding="utf-8")
    file = yaml.with_suffix(".json")
    file.write_text(compile_file(yaml), encoding="utf-8")
    assert differences(load_facts(yaml, file).catalogue, load_text(text, "")) == []


def test_what_is_at_its_default_is_left_out(fresh: Path) -> None:
    body = json.loads(fresh.read_text(encoding="utf-8"))
    assert body["catalogue"]["items"]["bankbook"] == {
        "@": "Item",
        "title": {"@": "Text", "ja": "通帳", "en": "通帳 (bank book)"},
        "kind": "document",
        "aliases": ["passbook"],
    }


def test_the_facts_file_lies_beside_its_compiled_form() -> None:
    assert YAML.is_file()
    assert (YAML.name, COMPILED) == ("procedures.yaml", YAML.with_suffix(".json"))


# ---- Never stale, never needed --------------------------------------------------------------------------------------


def test_a_fresh_compiled_file_is_used(yaml: Path, fresh: Path) -> None:
    """Shown by a figure that stands in the compiled file alone."""
    text = fresh.read_text(encoding="utf-8")
    assert text.count('"yen":800') == 1
    fresh.write_text(text.replace('"yen":800', '"yen":801'), encoding="utf-8")
    assert load_facts(yaml, fresh).catalogue.procedures["reissue"].fee[0].yen == 801


@pytest.mark.parametrize(
    ("old", "new", "yen"), [("yen: 800", "yen: 900", 900), ("place: now", "place: now  # a comment", 800)]
)
def test_a_compiled_file_of_other_yaml_is_not_used(yaml: Path, fresh: Path, old: str, new: str, yen: int) -> None:
    fresh.write_text(fresh.read_text(encoding="utf-8").replace('"yen":800', '"yen":801'), encoding="utf-8")
    before = yaml.stat()
    yaml.write_text(changed((old, new)), encoding="utf-8")
    os.utime(yaml, ns=(before.st_atime_ns, before.st_mtime_ns))  # the time of the file says nothing
    assert load_facts(yaml, fresh).catalogue.procedures["reissue"].fee[0].yen == yen


@pytest.mark.parametrize("module", [model, compiled])
def test_a_compiled_file_of_another_model_is_not_used(
    module: object, yaml: Path, fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.write_text(fresh.read_text(encoding="utf-8").replace('"yen":800', '"yen":801'), encoding="utf-8")
    other = tmp_path / "other.py"
    other.write_text("# another version\n", encoding="utf-8")
    monkeypatch.setattr(module, "__file__", str(other))
    assert load_facts(yaml, fresh).catalogue.procedures["reissue"].fee[0].yen == 800


def test_yaml_that_became_wrong_is_refused_although_a_compiled_file_lies_beside_it(yaml: Path, fresh: Path) -> None:
    yaml.write_text(changed(("yen: 800", "yen: -800")), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_facts(yaml, fresh)
    assert caught.value.problems[0].startswith(f"{yaml}:")


def test_yaml_that_is_gone_is_named(yaml: Path, fresh: Path) -> None:
    yaml.unlink()
    with pytest.raises(CatalogueError) as caught:
        load_facts(yaml, fresh)
    assert caught.value.problems == [f"{yaml}: cannot be read: No such file or directory"]


def test_a_missing_compiled_file_is_made_up_for_and_not_written(yaml: Path, tmp_path: Path) -> None:
    facts = load_facts(yaml, tmp_path / "none.json")
    assert differences(facts.catalogue, load_text(MINIMAL, "")) == []
    assert list(tmp_path.iterdir()) == [yaml]


def test_a_directory_in_place_of_the_compiled_file_is_made_up_for(yaml: Path, tmp_path: Path) -> None:
    assert differences(load_facts(yaml, tmp_path).catalogue, load_text(MINIMAL, "")) == []


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0])
def test_a_compiled_file_that_was_cut_off_is_compiled_anew(yaml: Path, fresh: Path, kept: float) -> None:
    text = fresh.read_text(encoding="utf-8").rstrip().replace('"yen":800', '"yen":801')
    fresh.write_text(text[: min(int(len(text) * kept), len(text) - 1)], encoding="utf-8")
    assert differences(load_facts(yaml, fresh).catalogue, load_text(MINIMAL, "")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('"catalogue":', '"catalog":', id="a-part-is-missing"),
        pytest.param('"@":"Catalogue"', '"@":"Book"', id="a-record-of-no-class"),
        pytest.param('"@":"Catalogue",', "", id="no-record-at-all"),
        pytest.param('"@":"Office",', '"@":"Office","colour":"red",', id="a-field-that-is-none"),
        pytest.param('"channel":"counter",', "", id="a-field-is-missing"),
        pytest.param('"iso":"2026-11-23"', '"iso":"2026-13-23"', id="a-day-that-is-none"),
        pytest.param('"iso":"2026-11-23"', '"ISO":"2026-11-23"', id="a-date-without-a-day"),
        pytest.param('"holidays":[', '"holidays":7,"h":[', id="no-list-of-holidays"),
        pytest.param('"holidays":[', '"holidays":[[],', id="a-holiday-that-is-no-day"),
        pytest.param("通帳 (bank", "通\x00帳 (bank", id="a-null-byte"),
        pytest.param("}\n", "}}\n", id="a-brace-too-many"),
    ],
)
def test_a_compiled_file_that_is_damaged_is_compiled_anew(yaml: Path, fresh: Path, old: str, new: str) -> None:
    text = fresh.read_text(encoding="utf-8").replace('"yen":800', '"yen":801')
    assert text.count(old) == 1
    fresh.write_text(text.replace(old, new), encoding="utf-8")
    facts = load_facts(yaml, fresh)
    assert differences(facts.catalogue, load_text(MINIMAL, "")) == []
    assert facts.holidays == frozenset(public_holidays(2019, 2031))


@pytest.mark.parametrize("end", [b"\xff", b"\xe8\xa8", b"\x00"])
def test_a_compiled_file_that_is_no_text_is_compiled_anew(yaml: Path, fresh: Path, end: bytes) -> None:
    fresh.write_bytes(fresh.read_bytes() + end)
    assert differences(load_facts(yaml, fresh).catalogue, load_text(MINIMAL, "")) == []


def test_compiling_the_same_yaml_twice_gives_the_same_bytes(yaml: Path) -> None:
    assert compile_file(yaml) == compile_file(yaml)


def test_yaml_with_problems_is_not_compiled(yaml: Path) -> None:
    yaml.write_text(changed(("carrier: id-card", "carrier: zzz"), ("yen: 800", "yen: -800")), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        compile_file(yaml)
    assert len(caught.value.problems) == 2


# ---- Cheap to load --------------------------------------------------------------------------------------------------

PROBE = """
import sys
before = set(sys.modules)
from pathlib import Path
from lostcard.catalogue.compiled import load_facts
facts = load_facts(Path(sys.argv[1]), Path(sys.argv[2]))
assert facts.catalogue.procedures
print(*sorted(set(sys.modules) - before), sep="\\n")
"""


def imported(yaml: Path, file: Path) -> set[str]:
    """Return the modules that loading the facts imports in a new process."""
    source = str(Path(next(iter(lostcard.__path__))).parent)
    path = os.pathsep.join([source, *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-c", PROBE, str(yaml), str(file)]
    run = subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": path}
    )
    return set(run.stdout.split())


def test_loading_compiled_facts_imports_neither_validator_nor_yaml_nor_holidays(tmp_path: Path) -> None:
    file = tmp_path / "procedures.json"
    file.write_text(compile_file(), encoding="utf-8")
    modules = imported(YAML, file)
    assert {name for name in modules if name.partition(".")[0] in SLOW} == set()
    assert {name for name in modules if name.startswith("lostcard")} == {
        "lostcard",
        "lostcard.catalogue",
        "lostcard.catalogue.compiled",
        "lostcard.catalogue.facts",
        "lostcard.catalogue.model",
    }


def test_loading_yaml_imports_them(tmp_path: Path) -> None:
    """The test above can fail: without a compiled file they are all seen."""
    modules = imported(YAML, tmp_path / "none.json")
    assert {"pydantic", "yaml", "holidays", "lostcard.catalogue.load", "lostcard.catalogue.check"} <= modules


# ---- Public holidays ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Return the facts as they come out of a compiled file."""
    file = tmp_path_factory.mktemp("compiled") / "procedures.json"
    file.write_text(compile_file(), encoding="utf-8")
    return load_facts(YAML, file)


def holidays(facts: Facts, year: int) -> set[dt.date]:
    return {day for day in map(dt.date.fromordinal, facts.holidays) if day.year == year}


@pytest.mark.parametrize(("year", "days"), [(2026, HOLIDAYS_2026), (2027, HOLIDAYS_2027)])
def test_the_holidays_are_those_of_the_cabinet_office(facts: Facts, year: int, days: str) -> None:
    assert holidays(facts, year) == {dt.date.fromisoformat(f"{year}-{day}") for day in days.split()}


@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_holidays_are_those_of_another_library(facts: Facts, year: int) -> None:
    """2019 has the ten days around the accession, 2020 and 2021 the days moved for the Olympic Games."""
    assert holidays(facts, year) == {day for day, _ in jpholiday.year_holidays(year)}


@pytest.mark.parametrize("year", range(2019, 2032))
def test_the_end_of_the_year_is_no_holiday(facts: Facts, year: int) -> None:
    """From 12-29 to 01-03 offices are closed; of these days only 01-01 is a holiday, and 01-02 after a Sunday."""
    days = {day for day in holidays(facts, year) if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)}
    substitute = {dt.date(2023, 1, 2)} if year == 2023 else set()  # the one year in which 01-01 was a Sunday
    assert days == {dt.date(year, 1, 1)} | substitute


def test_the_facts_say_for_which_days_the_holidays_are_known(facts: Facts) -> None:
    first, last = dt.date.fromordinal(facts.first_day), dt.date.fromordinal(facts.last_day)
    assert (first, last) == (dt.date(2019, 1, 1), dt.date(2029, 12, 31))
    for year in range(first.year, last.year + 2):  # a wait that begins on the last day may end in the next year
        assert len(holidays(facts, year)) >= 16
