"""What docs/article.md says is what the program and the catalogue say: every figure, citation and source."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from command import ROOT, run

ARTICLE = (ROOT / "docs" / "article.md").read_text(encoding="utf-8")
CATALOGUE: dict[str, Any] = yaml.load(  # every scalar as a string, as the catalogue is meant
    (ROOT / "data" / "procedures.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - it makes strings, lists and mappings only
)

ERAS = ["from-2024-10-11", "from-2026-11-24"]
APART = ["licence-apart-mynacard", "licence-apart-licence", "licence-apart-wallet"]
HOLDINGS = ["one-card-mynacard", "two-cards-mynacard", *APART[:2], "one-card-wallet", "two-cards-wallet", APART[2]]
SHOWN = {
    "A": ERAS,
    "B": ERAS,
    "C": ERAS,
    "D": ERAS,
    "E": ["best", "standard-issue", "fewest-visits"],
    "F": ERAS,
    "G": ERAS,
    "H": ["best", "express-and-record", "standard-and-record"],
    "I": ["best", "express-and-record", "cheapest", "fewest-visits"],
    "J": APART,
    "K": HOLDINGS,
    "L": HOLDINGS,
}
"""The rows that the document must show, so that none is lost unnoticed."""


def tables() -> Iterator[list[list[str]]]:
    """Yield each table as rows of cells, the heading first."""
    for block in re.findall(r"(?:^\|.*\|\n)+", ARTICLE, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        yield [rows[0], *rows[2:]]


def table(*heading: str) -> list[list[str]]:
    """Return the rows of all tables with this heading."""
    return [row for found in tables() if found[0] == list(heading) for row in found[1:]]


def commands() -> dict[str, str]:
    return {name: typed.strip("`") for name, typed in table("command", "what is typed")}


def figures() -> list[list[str]]:
    return table("command", "row", "coverage", "licence", "card back", "visits", "fee", "photo identity")


@cache
def rows_of(command: str) -> dict[str, dict[str, Any]]:
    program, *arguments = shlex.split(command)
    assert program == "lostcard"
    result = run(*arguments, "--format", "json", "--lang", "en")
    assert result.code == 0, result.err
    return {row["id"]: row for group in json.loads(result.out)["groups"] for row in group["rows"]}


def days(figure: dict[str, Any]) -> str:
    best, typical, worst = figure["best"], figure["typical"], figure["worst"]
    return f"{typical}" if best == typical == worst else f"{typical} ({best}-{'?' if worst is None else worst})"


def cell(figure: dict[str, Any]) -> str:
    if figure["state"] != "known":
        return str(figure["state"]).replace("-", " ")
    refused = figure["if_refused"]
    if refused is None or days(refused) == days(figure):
        return days(figure)
    return f"{days(figure)}, refused {'no way' if refused['typical'] is None else days(refused)}"


def photo(identity: dict[str, Any]) -> str:
    if identity["left"]:
        return ", ".join(identity["left"])
    return "none" if identity["first"] is None else f"{identity['first']} on day {identity['days']}"


def as_written(row: dict[str, Any]) -> list[str]:
    if row["impossible"] is not None:
        return [*["not possible"] * 3, "", "", ""]
    fee = row["fee_yen"]
    assert row["fee_known"]
    assert fee["min"] == fee["max"]
    cells = [cell(row["days"][column]) for column in ("coverage", "licence", "cards")]
    return [*cells, str(row["visits"]), str(fee["max"]), photo(row["photo_identity"])]


def test_every_row_is_shown_once() -> None:
    assert [(name, row.strip("`")) for name, row, *_ in figures()] == [
        (name, row) for name, rows in SHOWN.items() for row in rows
    ]
    assert list(commands()) == list(SHOWN)


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in SHOWN.items() for row in rows])
def test_figures_are_the_programs(name: str, row: str) -> None:
    written = next(cells for command, shown, *cells in figures() if (command, shown) == (name, f"`{row}`"))
    assert written == as_written(rows_of(commands()[name])[row])


def cites_article(value: object) -> bool:
    if isinstance(value, dict):
        return "article" in value.get("source", []) or any(map(cites_article, value.values()))
    return isinstance(value, list) and any(map(cites_article, value))


def test_claims_stand_where_the_catalogue_cites_the_article() -> None:
    claims = table("", "the article says", "where it is cited", "on 2024-10-11", "on 2026-11-24")
    assert [claim[0] for claim in claims] == [str(number) for number in range(1, 8)]
    named = [entry for claim in claims for entry in re.findall(r"`([a-z-]+)`", claim[2])]
    cited = [
        entry
        for section in ("procedures", "guidance", "routes", "holdings")
        for entry, value in CATALOGUE[section].items()
        if cites_article(value)
    ]
    assert sorted(named) == sorted(cited)
    elsewhere = set(CATALOGUE) - {"procedures", "guidance", "routes", "holdings"}
    assert not [section for section in elsewhere if cites_article(CATALOGUE[section])]
    letters = {letter for claim in claims for cell in claim[3:] for letter in re.findall(r"\b[A-Z]\b", cell)}
    assert letters == set(SHOWN)


def held(entry: dict[str, Any]) -> str:
    period = [f"{word} {entry[word]}" for word in ("since", "until") if word in entry]
    return " ".join(period) or "always"


def test_entries_are_the_catalogues() -> None:
    written = {row[0].strip("`"): row[1:] for row in table("entry", "figure", "holds", "certainty", "sources")}
    timed = {}
    for name, procedure in CATALOGUE["procedures"].items():
        lead = next((give["after"] for give in procedure.get("gives", ()) if "after" in give), None)
        figure = lead or procedure["takes"]
        unit = figure.get("unit", "minutes").replace("_", " ")
        text = f"{figure['min']}-{figure['max']} {unit}, typically {figure['typical']}"
        timed[name] = [text, held(procedure), figure["certainty"], ", ".join(figure.get("source", []))]
    assert written == {name: timed[name] for name in written}
    claimed = {name for name, row in timed.items() if "article" in row[-1].split(", ")}
    assert set(written) == claimed | {"mynacard-express", "licence-record-write-centre"}


def test_guidance_rests_on_the_sources_named() -> None:
    named = dict(re.findall(r"`([a-z-]+)`\s\(([a-z0-9,\s-]+)\)", ARTICLE))
    assert set(named) == {"doctor-today", "driving", "no-photo-identity"}
    for name, sources in named.items():
        expected = [source for source in CATALOGUE["guidance"][name]["source"] if source != "article"]
        assert re.split(r",\s+", sources) == expected


def test_sources_are_the_catalogues() -> None:
    written = table("id", "title", "publisher", "address", "date")
    expected = []
    for name, *_ in written:
        source = CATALOGUE["sources"][name]
        title, address = source["title"], source["url"]
        address = address if address == "unknown" else f"<{address}>"
        title = f"{title['ja']} ({title['en']})"
        expected.append([name, title, source["publisher"]["ja"], address, source["date"]])
    assert written == expected
    entries = table("entry", "figure", "holds", "certainty", "sources")
    cited = {source for row in entries for source in row[-1].split(", ") if source}
    for sources in re.findall(r"`[a-z-]+`\s\(([a-z0-9,\s-]+)\)", ARTICLE):
        cited.update(re.split(r",\s+", sources))
    assert {row[0] for row in written} == cited
