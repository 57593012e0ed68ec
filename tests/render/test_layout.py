"""What the plan looks like: in both languages, on terminals 60, 80 and 120 wide, in a pipe, in old encodings."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise, product

import pytest

from command import ESC, SITUATIONS, answer, environment, run

LANGUAGES = ("ja", "en")
WIDTHS = (60, 80, 120)

# JIS X 4051: what may not begin a line, what may not end one.
NOT_FIRST = set("、。,.・:;?!ー」』)]}〕〉》】〜…‥ゝゞ々%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ") | set(
    ",.:;?!)]}%，．：；？！）］｝｡､｣"
)
NOT_LAST = set("「『([{〔〈《【（［｛｢")


def width(text: str) -> int:
    """Return the columns a terminal takes, by Unicode's own words; nothing of the package is asked."""
    cells = 0
    for character in unicodedata.normalize("NFC", text):
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        cells += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return cells


def flat(text: str, lang: str) -> str:
    """Undo the wrapping, as far as a search needs it."""
    return re.sub(r"\n *", "" if lang == "ja" else " ", text)


def headings(text: str) -> Iterator[str]:
    lines = text.splitlines()
    for above, line in pairwise(lines):
        if line and set(line) == {"-"}:
            assert width(line) == width(above)
            yield above


PAGES = list(product(SITUATIONS, LANGUAGES, WIDTHS))


@pytest.mark.parametrize(("situation", "lang", "columns"), PAGES)
def test_lines_fit_and_break_where_they_may(situation: str, lang: str, columns: int) -> None:
    done = answer(situation, lang=lang, columns=columns)
    assert done.err == ""
    assert done.code == (1 if situation == "deadlock" else 0)
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")
    assert ESC not in done.out
    assert "\t" not in done.out
    assert "\n\n\n" not in done.out
    bullets = ("・ ", "☐ ")
    for line in done.out.splitlines():
        text = line.strip(" ")
        if re.fullmatch(r"https?://\S+", text):
            continue
        assert width(line) <= columns, line
        assert line == line.rstrip(), line
        assert unicodedata.normalize("NFC", line) == line
        if text:
            assert text[0] not in NOT_FIRST or text.startswith(bullets), line
            assert text[-1] not in NOT_LAST, line


@pytest.mark.parametrize(("situation", "lang", "columns"), PAGES)
def test_the_width_is_used(situation: str, lang: str, columns: int) -> None:
    widest = max(
        width(line) for line in answer(situation, lang=lang, columns=columns).out.splitlines() if "http" not in line
    )
    assert widest >= columns - 2


@pytest.mark.parametrize("columns", ["20", "29", "30", "45", "500", "x", "0"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_odd_widths(lang: str, columns: str) -> None:
    done = run("plan", *SITUATIONS["case 1"], lang=lang, COLUMNS=columns)
    limit = {"20": 30, "29": 30, "500": 120, "x": 80, "0": 80}.get(columns) or int(columns)
    assert (done.code, done.err) == (0, "")
    assert all(width(line) <= limit for line in done.out.splitlines() if "http" not in line)


# The order of the issue; in brackets what only some plans have

ORDER = {
    "ja": [
        "お聞きしたこと",
        "仮定したこと",
        "どのくらいかかるか",
        "(このままでは進めないこと)",
        "今すぐ",
        "DAYS",
        "もとに戻せないこと",
        "先に電話で聞くこと",
        "(その後、必要なら)",
        "早くできるかもしれないこと",
        "知っておくこと",
        "出典",
    ],
    "en": [
        "What you told us",
        "What we assumed",
        "How long it takes",
        "(Where there is no way through yet)",
        "Right now",
        "DAYS",
        "Points of no return",
        "Call first and ask",
        "(Afterwards, if you want)",
        "What would shorten this",
        "Good to know",
        "Sources",
    ],
}
DAY = re.compile(r"\d+年\d+月\d+日\([月火水木金土日]\)|(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2} \d{4}")
ABSENT = {
    "case 1": {"What would shorten this", "早くできるかもしれないこと"},  # no paper is lacking: 0 days already
    "case 7": {  # a paper card is simply made anew
        "What would shorten this",
        "早くできるかもしれないこと",
        "Points of no return",
        "もとに戻せないこと",
    },
    "deadlock": {"Points of no return", "もとに戻せないこと"},  # the declaration of loss cannot be reached
}
DAYS = {
    "case 1": ["Tue 24 Nov 2026"],
    # The certificate comes by post, 5 days after the 24th, a Sunday; the counters open on Monday.
    "case 2": ["Tue 24 Nov 2026", "Mon 30 Nov 2026"],
    "case 7": ["Fri 11 Oct 2024"],
    "deadlock": ["Tue 24 Nov 2026"],
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_stand_in_the_order_of_the_issue(situation: str, lang: str) -> None:
    found: list[str] = []
    for heading in headings(answer(situation, lang=lang, columns=80).out):
        name = "DAYS" if DAY.fullmatch(heading) else heading
        if name == "DAYS" and found[-1] == "DAYS":
            continue
        found.append(name)
    found = [name for name in found if name not in {"それまでの間", "In the meantime"}]
    optional = {name[1:-1] for name in ORDER[lang] if name.startswith("(")}
    order = [name.strip("()") for name in ORDER[lang]]
    absent = ABSENT.get(situation, set())
    assert [name for name in found if name not in optional] == [
        name for name in order if name not in optional and name not in absent
    ]
    assert [order.index(name) for name in found] == sorted(order.index(name) for name in found)
    assert ("Where there is no way through yet" in found or "このままでは進めないこと" in found) == (
        situation == "deadlock"
    )


@pytest.mark.parametrize("situation", DAYS)
def test_days_are_headings_in_their_order(situation: str) -> None:
    found = [heading for heading in headings(answer(situation, lang="en").out) if DAY.fullmatch(heading)]
    assert found == DAYS[situation]


# Steps

STEPS = {
    "ja": ["一時停止", "遺失届", "紛失・廃止届", "資格確認書", "特急発行", "普通の免許証"],
    "en": ["Suspend", "Loss report", "Declaration of loss", "eligibility certificate", "express", "Ordinary licence"],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", WIDTHS)
def test_every_step_stands_once_with_its_box(lang: str, columns: int) -> None:
    steps = re.findall(r"^  ☐ (\d+)\. (.*)$", answer("case 1", lang=lang, columns=columns).out, re.MULTILINE)
    assert [number for number, _ in steps] == ["1", "2", "3", "4", "5", "6"]
    for (_, title), words in zip(steps, STEPS[lang], strict=True):
        assert words in title


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_steps_are_numbered_through(situation: str, lang: str) -> None:
    numbers = re.findall(r"^  ☐ (\d+)\. ", answer(situation, lang=lang).out, re.MULTILINE)
    assert numbers
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("columns", WIDTHS)
def test_the_blank_for_the_receipt_number(lang: str, columns: int) -> None:
    blank = re.compile(r"受理番号[^_]*: ?_{16}(?!_)")
    assert len(blank.findall(flat(answer("case 1", lang=lang, columns=columns).out, lang))) == 1
    home = answer("case 1", "--how", "home", lang=lang, columns=columns)
    assert home.code == 0
    assert not blank.search(flat(home.out, lang))
    assert {"ja": "遺失届", "en": "Loss report at the police"}[lang] not in home.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explain_says_why_each_step_is_there(lang: str) -> None:
    word, skipped = {"ja": ("なぜ: ", "しないと: "), "en": ("Why: ", "If left out: ")}[lang]
    plain, explained = answer("case 1", lang=lang).out, answer("case 1", "--explain", lang=lang).out
    assert word not in plain
    assert explained.count(skipped) == 6
    steps = re.split(r"^  ☐ \d+\. ", explained, flags=re.MULTILINE)[1:]
    assert all(word in step for step in steps)
    # Nothing else changes.
    assert [line for line in plain.splitlines() if line not in explained.splitlines()] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_stand_in_the_words_of_the_language(lang: str) -> None:
    text = flat(answer("case 1", lang=lang, columns=120).out, lang)
    expected = {
        "ja": (
            "保険資格を証明できない日数: 0日",
            "免許証が手元にない日数: 0日(0〜1日)",
            "マイナンバーカードが手元に戻るまで: 7日(5〜14日)",
            "2026年12月1日(火)",
            "2,000円",
            "2,600円",
            "0120-95-0178",
        ),
        "en": (
            "Days without proof of health coverage: 0 days",
            "Days without a driving licence in hand: 0 days (0 to 1)",
            "back in hand: 7 days (5 to 14)",
            "Tue 1 Dec 2026",
            "2,000 yen",
            "2,600 yen",
            "0120-0178-27",
        ),
    }
    for words in expected[lang]:
        assert words in text


def test_a_range_is_never_torn_apart() -> None:
    for situation in SITUATIONS:
        for columns in WIDTHS:
            assert not re.search(r"〜\n", answer(situation, lang="ja", columns=columns).out)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_english_text_carries_no_japanese_punctuation(situation: str) -> None:
    assert not set("、。！？「」") & set(answer(situation, lang="en").out)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_cited_is_listed(situation: str, lang: str) -> None:
    text = answer(situation, lang=lang, columns=120).out
    listed = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    lines = re.findall(r"(?:出典|Sources): ([\d、, ]+(?:\n +[\d、, ]+)*)$", text, re.MULTILINE)
    assert len(lines) == len(re.findall(r"^  ☐ \d+\. ", text, re.MULTILINE))  # each step cites
    cited = {number for line in lines for number in re.findall(r"\d+", line)}
    assert cited
    assert cited <= set(listed)


# Colour


def test_colour_is_asked_for_or_absent() -> None:
    assert ESC not in answer("case 1").out
    assert ESC not in answer("case 1", "--color", "auto").out
    assert ESC not in answer("case 1", "--color", "never").out
    for lang in LANGUAGES:
        coloured = answer("case 1", "--color", "always", lang=lang).out
        assert ESC in coloured
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == answer("case 1", lang=lang).out
    assert ESC not in answer("case 1", "--color", "always", "--format", "json").out


def on_a_terminal(*more: str, columns: int = 80, **environ: str) -> tuple[str, int]:
    """Run on a pseudo-terminal; return what appeared on it and the exit code."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "lostcard", "plan", *SITUATIONS["case 1"], *more],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment("ja", columns=None, **environ),
    )
    os.close(follower)
    seen = b""
    with suppress(OSError):  # Linux: the other end is closed
        while block := os.read(leader, 65536):
            seen += block
    os.close(leader)
    return seen.decode("utf-8").replace("\r\n", "\n"), process.wait()


def test_a_terminal_gets_colour_and_its_own_width() -> None:
    for columns in (60, 100):
        seen, code = on_a_terminal(columns=columns)
        assert code == 0
        assert ESC in seen
        plain = re.sub(r"\x1b\[[\d;]*m", "", seen)
        assert plain == answer("case 1", lang="ja", columns=columns).out


def test_a_terminal_whose_user_wants_no_colour() -> None:
    for seen, code in (on_a_terminal(NO_COLOR="1"), on_a_terminal("--color", "never"), on_a_terminal(TERM="dumb")):
        assert code == 0
        assert ESC not in seen


def test_an_empty_no_color_counts_as_unset() -> None:
    assert ESC in on_a_terminal(NO_COLOR="")[0]


# Encodings


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "euc_jp"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("colour", ["never", "always"])
def test_old_encodings_get_their_own_boxes(encoding: str, lang: str, colour: str) -> None:
    done = answer("case 1", "--color", colour, lang=lang, encoding=encoding)
    assert (done.code, done.err) == (0, "")
    assert "☐" not in done.out
    assert "\ufffd" not in done.out
    assert len(re.findall(r"\[ \] \d+\. ", done.out)) == 6
    assert done.out.isascii() == (encoding == "ascii")
    if encoding in {"cp932", "euc_jp"}:
        assert "\\u" not in done.out
        assert "マイナンバーカード" in done.out
    if lang == "en":
        assert "Visit 1:" in done.out


@pytest.mark.parametrize("encoding", ["ascii", "cp932"])
def test_errors_in_old_encodings(encoding: str) -> None:
    done = run("plan", "--lost", "免許書", lang="ja", encoding=encoding)
    assert (done.code, done.out) == (2, "")
    assert "--lost" in done.err
    assert "Traceback" not in done.err
    assert ("免許書" in done.err) == (encoding == "cp932")
