"""A comparison as text: it fits, it lines up, its figures are the JSON's and its bars their lengths."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from itertools import product
from typing import Any

import pytest

from command import ESC, SITUATIONS, TUESDAY, Result, run

LANGUAGES = ("ja", "en")
ROUTES = SITUATIONS["case 1"]
ASKED: dict[str, tuple[str, ...]] = {
    "routes": ROUTES,
    "holdings": ("--insurer", "nhi", "--from", TUESDAY),
    "eras": (
        *("--lost", "insurance-card", "--insurer", "nhi", "--have", "license"),
        *("--from", "2024-10-11", "--from", "2025-06-02", "--from", "2026-11-24"),
    ),
    "impossible": ("--lost", "mynacard", "--linked", "license", "--from", "2025-03-21", "--from", TUESDAY),
}
PAGES = list(product(ASKED, LANGUAGES, (60, 77, 78, 80, 120)))


def width(text: str) -> int:
    """Return the columns a terminal takes, by Unicode's own words; nothing of the package is asked."""
    return sum(
        0 if unicodedata.category(c) in {"Mn", "Me", "Cf"} else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in unicodedata.normalize("NFC", text)
    )


@cache
def said(asked: str, *more: str, lang: str = "en", columns: int = 80, encoding: str = "utf-8") -> Result:
    return run("compare", *ASKED[asked], *more, lang=lang, columns=columns, encoding=encoding)


@cache
def document(asked: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(said(asked, "--format", "json").out)


def rows(asked: str) -> list[Any]:
    return [row for group in document(asked)["groups"] for row in group["rows"]]


@pytest.mark.parametrize(("asked", "lang", "columns"), PAGES)
def test_no_line_is_wider_than_asked(asked: str, lang: str, columns: int) -> None:
    done = said(asked, lang=lang, columns=columns)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) > 20
    assert [line for line in lines if width(line) > columns] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert ESC not in done.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_narrow_page_each_figure_stands_beside_its_heading(lang: str) -> None:
    heading = {"en": "Days without licence", "ja": "免許証がない日数"}[lang]
    stacked = said("routes", lang=lang, columns=60).out
    table = said("routes", lang=lang, columns=80).out
    assert len(re.findall(rf"^   {heading}: ", stacked, re.MULTILINE)) == 3
    assert f"{heading}: " not in table


@pytest.mark.parametrize(("lang", "columns"), list(product(LANGUAGES, (80, 120))))
def test_the_cells_of_a_table_line_up_under_their_headings(lang: str, columns: int) -> None:
    lines = said("routes", lang=lang, columns=columns).out.splitlines()
    rule = lines.index("-" * columns)
    heading = next(line for line in reversed(lines[:rule]) if re.search(r"Fees|手数料", line))
    begin = width(heading[: re.search(r"Fees|手数料", heading).start()])  # type: ignore[union-attr]
    fees = {"en": (r"4,600 yen", r"3,500 yen", r"\* 2,500"), "ja": ("4,600円", "3,500円", r"\* 2,500円")}[lang]
    for fee in fees:
        line, found = next((line, found) for line in lines[rule:] if (found := re.search(fee, line)))
        assert width(line[: found.start()]) == begin


@pytest.mark.parametrize(("asked", "lang", "columns"), [("routes", "en", 80), ("holdings", "ja", 120)])
def test_ascii_is_enough(asked: str, lang: str, columns: int) -> None:
    done = said(asked, lang=lang, columns=columns, encoding="ascii")
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert re.search(r"\|[#=-]+\.*$", done.out, re.MULTILINE)
    for drawn in "█▓░·•":
        assert f"\\u{ord(drawn):04x}" not in done.out
        assert f"\\x{ord(drawn):02x}" not in done.out


def test_no_colour_unless_it_is_asked_for() -> None:
    assert ESC in said("routes", "--color", "always").out
    assert ESC not in said("routes", "--color", "never").out
    plain = re.sub(rf"{ESC}\[[0-9;]*m", "", said("routes", "--color", "always").out)
    assert plain == said("routes").out
    assert run("compare", *ROUTES, NO_COLOR="1").out == said("routes").out


# Figures


def figure(days: dict[str, Any]) -> str:
    if days["typical"] is None:
        return "no way yet" if days.get("state") == "no-way" else "days not known"
    if days["worst"] is None:
        return f"{days['typical']} ({days['best']}-?)"
    if days["best"] == days["worst"]:
        return str(days["typical"])
    return f"{days['typical']} ({days['best']}-{days['worst']})"


def spoken(cell: dict[str, Any]) -> str:
    text, refused = figure(cell), cell["if_refused"]
    if refused is None or all(refused[part] == cell[part] for part in ("best", "typical", "worst")):
        return text
    return f"{text}; if refused: {'no way' if refused['typical'] is None else figure(refused)}"


@pytest.mark.parametrize("asked", ASKED)
def test_each_figure_of_the_text_is_one_of_the_json(asked: str) -> None:
    stacked = said(asked, columns=60).out
    needs = [*document(asked)["needs"], "cards"]
    headings = {"coverage": "Days without coverage", "licence": "Days without licence", "cards": "Days until card back"}
    for key in needs:
        shown = re.findall(rf"^   {headings[key]}: (?:\* )?(.*)$", stacked, re.MULTILINE)
        assert shown == [spoken(row["days"][key]) for row in rows(asked) if row["plan"]]
    shown = re.findall(r"^   Visits: (?:\* )?(\d+)$", stacked, re.MULTILINE)
    assert [int(visits) for visits in shown] == [row["visits"] for row in rows(asked) if row["plan"]]


@pytest.mark.parametrize("asked", ASKED)
def test_the_marks_of_the_text_are_the_best_of_the_json(asked: str) -> None:
    stacked = said(asked, columns=60).out
    headings = {
        "coverage": "Days without coverage",
        "licence": "Days without licence",
        "cards": "Days until card back",
        "visits": "Visits",
        "fee": "Fees",
        "photo": "Photo identity left",
        "phone": "Phone first",
    }
    for key, heading in headings.items():
        marks = re.findall(rf"^   {heading}: (\* )?", stacked, re.MULTILINE)
        if key in ("coverage", "licence") and key not in document(asked)["needs"]:
            assert marks == []
            continue
        best = [
            row["id"] in group["best"].get(key, [])
            for group in document(asked)["groups"]
            for row in group["rows"]
            if row["plan"]
        ]
        assert [bool(mark) for mark in marks] == best


# Bars


def bars(text: str, title: str) -> list[str]:
    """Return the drawn part of each bar under a title."""
    after = text.split(f"\n{title}\n", 1)[1]
    found = []
    for line in after.splitlines():
        match = re.fullmatch(r"  \d+\. .*?\|(.*)", line)
        if match is None:
            break
        found.append(match[1])
    return found


@pytest.mark.parametrize("columns", [80, 120])
def test_bars_are_proportional_to_their_days_on_one_axis(columns: int) -> None:
    asked = "routes"
    text = said(asked, columns=columns).out
    titles = {
        "coverage": "Days without proof of health coverage",
        "licence": "Days without a driving licence in hand",
        "cards": "Days until every lost card is back",
    }
    lengths: list[tuple[int, int]] = []
    for key in (*document(asked)["needs"], "cards"):
        if f"\n{titles[key]}\n" not in text:
            cells = [row["days"][key] for row in rows(asked) if row["plan"]]
            assert all(figure(cell) == "0" for cell in cells)
            continue
        planned = [row for row in rows(asked) if row["plan"]]
        for row, bar in zip(planned, bars(text, titles[key]), strict=True):
            cell = row["days"][key]
            refused = (cell["if_refused"] or {}).get("typical") or 0
            lengths += [
                (cell["best"], bar.count("█")),
                (cell["typical"], bar.count("█") + bar.count("▓")),
                (cell["worst"], len(bar.rstrip("·"))),
                (max(cell["worst"], refused), len(bar)),
            ]
            assert re.fullmatch("█*▓*░*·*", bar)
    longest, room = max(lengths)
    assert longest > 10
    assert room > columns / 3
    for days, length in lengths:
        assert abs(length - days * room / longest) <= (1 if days else 0), (days, length)


def test_the_axis_says_the_days_where_they_are() -> None:
    lines = said("routes", columns=120).out.splitlines()
    axis = next(line for line in lines if re.fullmatch(r" +0( +\d+)+", line))
    left = axis.index("0")
    longest = max(lines, key=lambda line: line.count("░"))
    assert longest[left] == "|"
    room = len(longest) - left - 1  # 62 days, the worst of standard issue
    for found in re.finditer(r"\d+", axis):
        assert abs(found.start() - left - int(found[0]) * room / 62) <= 1


def test_what_is_not_known_has_no_bar_and_what_is_zero_no_length() -> None:
    text = run("compare", "--lost", "mynacard", "--from", TUESDAY).out
    assert set(bars(text, "Days until every lost card is back")) == {" ?"}
    text = said("routes").out
    assert "\nDays without proof of health coverage: 0 in every row\n" in text
    zero = bars(said("holdings").out, "Days without proof of health coverage")
    assert [bool(bar) for bar in zero] == [
        row["days"]["coverage"]["worst"] > 0 for row in document("holdings")["groups"][0]["rows"]
    ]
    assert zero.count("") == 6
