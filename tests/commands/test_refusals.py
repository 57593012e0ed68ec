"""What a user reads who mistypes: one message in their language on stderr, nothing on stdout, the right exit code."""

from __future__ import annotations

import datetime as dt
import json
from typing import NamedTuple

import pytest

from command import ESC, Result, run

LANGUAGES = ("ja", "en")
LOST = ("plan", "--lost", "mynacard")


class Refusal(NamedTuple):
    arguments: tuple[str, ...]
    ja: tuple[str, ...]
    en: tuple[str, ...]
    code: int = 2


def name(option: str, typed: str, near: str, *allowed: str) -> Refusal:
    return Refusal(
        (*LOST, option, typed) if option != "--lost" else ("plan", option, typed),
        (f"{option}: 「{typed}」という名前はありません", f"もしかして: {near}", "使える名前: ", *allowed),
        (f'{option}: there is no "{typed}"', f"Did you mean {near}", "Allowed: ", *allowed),
    )


def choice(option: str, typed: str, *allowed: str) -> Refusal:
    return Refusal(
        (*LOST, option, typed),
        (f"{option}: 「{typed}」は使えません", f"使える値: {'、'.join(allowed)}"),
        (f'{option}: "{typed}" is not possible', f"Allowed: {', '.join(allowed)}"),
    )


def number(option: str, typed: str, high: int) -> Refusal:
    return Refusal(
        (*LOST, option, typed),
        (f"{option}: 「{typed}」は0から{high}までの整数",),
        (f'{option}: "{typed}" must be a whole number from 0 to {high}',),
    )


def date(typed: str) -> Refusal:
    return Refusal(
        (*LOST, "--from", typed),
        (f"--from: 「{typed}」は日付として読めません", "2026-11-24T09:00"),
        (f'--from: "{typed}" is not a date', "2026-11-24T09:00"),
    )


def valueless(option: str, *before: str, after: tuple[str, ...] = ()) -> Refusal:
    return Refusal((*before, option, *after), (f"{option} には値が必要です",), (f"{option} needs a value",))


REFUSALS = [
    # A typo in every option's value
    name("--lost", "mynacrd", "mynacard", "insurance-card", "residence-card"),
    name("--linked", "licence-recrd", "licence-record", "insurance-registration"),
    name("--have", "pasport", "passport", "pension-notice"),
    name("--insurer", "nih", "nhi", "late-stage", "kyokai", "society", "mutual-aid", "nhi-society"),
    choice("--how", "outsid", "outside", "home", "stolen", "fire"),
    choice("--prefer", "cheap", "fastest", "cheapest", "fewest-visits"),
    choice("--certainty", "inferd", "confirmed", "reported", "inferred", "unknown"),
    choice("--format", "yaml", "text", "json"),
    choice("--color", "sometimes", "auto", "always", "never"),
    choice("--lang", "fr", "ja", "en"),
    choice("--lang", "", "ja", "en"),
    number("--age", "-1", 130),
    number("--age", "131", 130),
    number("--age", "12.5", 130),
    number("--age", "", 130),
    number("--age", "1_0", 130),
    number("--age", "四十", 130),
    number("--travel-minutes", "-5", 600),
    number("--travel-minutes", "601", 600),
    number("--travel-minutes", "ten", 600),
    date("2026-13-01"),
    date("2026-02-30"),
    date("tomorrow"),
    date("2026-11-24T25:00"),
    date("9999-12-31T23:59-12:00"),
    date("0001-01-01T00:00+14:00"),
    date(""),
    # Options and arguments
    Refusal(
        ("plan", "--lots", "mynacard"),
        ("「--lots」というオプションはありません", "もしかして: --lost", "plan --help"),
        ("There is no option --lots", "Did you mean --lost", "plan --help"),
    ),
    Refusal(("plan", "--zzz"), ("「--zzz」というオプションはありません",), ("There is no option --zzz",)),
    Refusal(("plan", "-z"), ("「-z」というオプションはありません",), ("There is no option -z",)),
    Refusal(("--lost", "mynacard"), ("「--lost」というオプションはありません",), ("There is no option --lost",)),
    *(valueless(option, "plan") for option in ("--lost", "--output", "-o", "--lang")),
    # The next option is never taken for the value of the one before.
    valueless("--lost", "plan", after=("--linked", "license")),
    valueless("--output", *LOST, after=("--lang=en",))._replace(ja=()),
    valueless("-o", *LOST, after=("--force",)),
    Refusal((*LOST, "--explain=yes"), ("--explain に値は付けられません",), ("--explain takes no value",)),
    Refusal(
        ("plna", "--lost", "mynacard"),
        ("「plna」というコマンドはありません", "もしかして: plan"),
        ('There is no command "plna"', "Did you mean plan?"),
    ),
    Refusal(("xyzzy",), ("「xyzzy」というコマンドはありません",), ('There is no command "xyzzy"',)),
    Refusal(("--lang=en",), (), ("No command was given", "lostcard plan --lost mynacard")),
    Refusal(("plan", "mynacard"), ("余分な引数があります: mynacard",), ("Unexpected argument: mynacard",)),
    Refusal((*LOST, "a", "b"), ("余分な引数があります: a b",), ("Unexpected argument: a b",)),
    Refusal(
        (*LOST, "--force"), ("--force は --output と一緒に",), ("--force only makes sense together with --output",)
    ),
    # What cannot be
    Refusal(("plan",), ("何をなくしたか", "--lost mynacard"), ("Nothing was named as lost", "--lost mynacard")),
    Refusal(
        (*LOST, "--have", "mynacard"),
        ("なくしたものと手元にあるものの両方", "マイナンバーカード"),
        ("Named both as lost and as still held", "My Number Card"),
    ),
    Refusal(
        ("plan", "--lost", "license", "--linked", "license"),
        ("マイナ免許証", "--lost mynacard", "--have mynacard"),
        ("--linked", "licence record", "--lost mynacard", "--have mynacard"),
    ),
    Refusal(
        ("plan", "--lost", "insurance-card", "--linked", "insurance"),
        ("マイナ保険証", "--lost mynacard"),
        ("--linked", "--lost mynacard"),
    ),
    # What the rules of the date do not know
    Refusal(
        (*LOST, "--from", "2018-12-31"),
        ("2018年12月31日(月)の祝日がわからない", "2019年1月1日(火)"),
        ("No holidays are known for Mon 31 Dec 2018", "Tue 1 Jan 2019"),
        code=1,
    ),
    Refusal((*LOST, "--from", "2035-11-24"), ("2035年11月24日(土)",), ("Sat 24 Nov 2035",), code=1),
    *(
        Refusal(
            ("plan", *lost, "--from", day),
            (f"{ja}には「", "マイナ免許証", "まだありませんでした(2025年3月24日(月)から)"),
            (f"On {en} there was no ", "licence record", "it exists since Mon 24 Mar 2025"),
            code=1,
        )
        for lost, day, ja, en in (
            (("--lost", "mynacard", "--linked", "license"), "2024-10-11", "2024年10月11日(金)", "Fri 11 Oct 2024"),
            (("--lost", "mynalicense"), "2025-03-23", "2025年3月23日(日)", "Sun 23 Mar 2025"),
        )
    ),
]


def only_stderr(done: Result, code: int) -> None:
    assert done.code == code, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "bug" not in done.err
    assert "不具合" not in done.err
    assert done.err.endswith("\n")
    assert all(line == line.rstrip() for line in done.err.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: " ".join(refusal.arguments))
def test_refused_with_one_message_in_the_users_language(refusal: Refusal, lang: str) -> None:
    done = run(*refusal.arguments, lang=lang)
    only_stderr(done, refusal.code)
    said = {"ja": refusal.ja, "en": refusal.en}[lang]
    if said:  # an argument that chooses the language is tried in that language only
        assert done.err.startswith({"ja": "エラー: ", "en": "Error: "}[lang])
        for words in said:
            assert words in done.err
    assert len(done.err.splitlines()) <= 2  # the message, and where to read how to use it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_the_licence_record_existed_one_line_says_so(lang: str) -> None:
    done = run(*LOST, "--linked", "license", "--from", "2024-10-11", lang=lang)
    only_stderr(done, 1)
    assert len(done.err.splitlines()) == 1


def test_a_message_of_the_parser_is_never_left_in_english() -> None:
    for arguments in (
        ("plan", "--lost"),
        ("plan", "x"),
        ("plan", "--x"),
        ("x",),
        ("--lang", "ja"),
        ("plan", "--force=1"),
    ):
        done = run(*arguments, lang="ja")
        only_stderr(done, 2)
        first = done.err.splitlines()[0]
        assert not any(word in first for word in ("Missing", "Got", "No such", "requires", "does not", "unexpected"))
        assert "--help" in done.err.splitlines()[1]


# The language


def test_lang_option_beats_environment_beats_locale() -> None:
    assert run("plan", lang="ja").err.startswith("エラー")
    assert run("plan", lang="ja", LOSTCARD_LANG="en").err.startswith("Error")
    assert run("plan", "--lang", "ja", lang="en", LOSTCARD_LANG="en").err.startswith("エラー")
    assert run("plan", "--lang=ja").err.startswith("エラー")
    assert run("--lang", "ja", "plan").err.startswith("エラー")
    assert run("plan", "--lang", "JA").err.startswith("エラー")
    assert run("plan", LC_ALL="ja_JP.eucJP").err.startswith("エラー")
    assert run("plan", LC_ALL="de_DE.UTF-8", lang="ja").err.startswith("Error")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_language_in_the_environment_is_named(lang: str) -> None:
    done = run(*LOST, lang=lang, LOSTCARD_LANG="fr")
    only_stderr(done, 2)
    assert "LOSTCARD_LANG" in done.err
    assert "fr" in done.err
    assert {"ja": "ja、en", "en": "ja, en"}[lang] in done.err


def test_an_empty_language_in_the_environment_is_none() -> None:
    done = run("plan", "--lost", "license", "--have", "passport", "--from", "2026-11-24", LOSTCARD_LANG="")
    assert (done.code, done.err) == (0, "")


def test_an_unknown_language_before_the_command_is_named() -> None:
    done = run("--lang", "fr", *LOST)
    only_stderr(done, 2)
    assert '--lang: "fr" is not possible. Allowed: ja, en' in done.err


# Hostile values are shown, and never act

HOSTILE = {
    "\x1b[31mred\x1b[0m": "\\u001b[31mred\\u001b[0m",
    "\x1b]0;title\x07": "\\u001b]0;title\\u0007",
    "[red]x[/red]": "[red]x[/red]",
    "a\nError: b": "a\\u000aError: b",
    "a\rb": "a\\u000db",
    "\u202egnp.exe": "\\u202egnp.exe",
    "a\u200bb": "a\\u200bb",
    "\udcff": "\\udcff",
    "{value} {0} %s": "{value} {0} %s",
    "\u2028": "\\u2028",
    "\x9b31m": "\\u009b31m",
}


@pytest.mark.parametrize("typed", HOSTILE, ids=ascii)
def test_hostile_values_are_shown_and_never_act(typed: str) -> None:
    shown(run("plan", "--lost", typed), HOSTILE[typed])


@pytest.mark.parametrize(
    "option", ["--linked", "--have", "--insurer", "--how", "--from", "--age", "--prefer", "--lang"]
)
def test_hostile_values_of_every_option(option: str) -> None:
    shown(run(*LOST, option, "".join(HOSTILE), "--color", "always"), "".join(HOSTILE.values()))


def shown(done: Result, value: str) -> None:
    only_stderr(done, 2)
    assert f'"{value}"' in done.err
    assert ESC not in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("{}",), ("plan", "{}"), ("plan", "--{}"), ("plan", "--lost", "mynacard", "-o", "{}/x/y")]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_commands_arguments_options_and_paths_too(arguments: tuple[str, ...], lang: str) -> None:
    typed = "q\x1b[31m\u202e\nz"
    done = run(*(argument.format(typed) for argument in arguments), lang=lang)
    assert done.code in {1, 2}
    only_stderr(done, done.code)
    assert not {ESC, "\u202e", "\x9b"} & set(done.err)
    assert "\\u202e" in done.err
    assert len(done.err.splitlines()) <= 2


# Dates that are understood


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("2026-11-24", "2026-11-24T09:00:00+09:00"),
        ("20261124", "2026-11-24T09:00:00+09:00"),
        ("2026/11/24", "2026-11-24T09:00:00+09:00"),
        ("2026ー11ー24", "2026-11-24T09:00:00+09:00"),
        (" 2026-11-24 ", "2026-11-24T09:00:00+09:00"),
        ("2026-11-24T16:50", "2026-11-24T16:50:00+09:00"),
        ("2026-11-24 16:50", "2026-11-24T16:50:00+09:00"),
        ("2026-11-24T16:50:59", "2026-11-24T16:50:00+09:00"),
        ("２０２６－１１－２４", "2026-11-24T09:00:00+09:00"),
        ("２０２６－１１－２４T１６：５０", "2026-11-24T16:50:00+09:00"),
        ("2026-11-24T00:30+00:00", "2026-11-24T09:30:00+09:00"),
        ("2026-11-24T00:30Z", "2026-11-24T09:30:00+09:00"),
        ("2026-11-23T20:00-05:00", "2026-11-24T10:00:00+09:00"),
        ("2026-11-24T09:00+09:00", "2026-11-24T09:00:00+09:00"),
    ],
)
def test_dates_are_taken_to_japan_and_to_the_minute(typed: str, start: str) -> None:
    done = run("plan", "--lost", "license", "--have", "passport", "--format", "json", "--from", typed)
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["from"] == start


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Asia/Tokyo"])
def test_now_is_now_in_japan_wherever_the_machine_stands(zone: str) -> None:
    done = run("plan", "--lost", "license", "--have", "passport", "--format", "json", TZ=zone)
    start = dt.datetime.fromisoformat(json.loads(done.out)["from"])
    assert start.utcoffset() == dt.timedelta(hours=9)
    assert abs(dt.datetime.now(dt.UTC) - start) < dt.timedelta(minutes=3)


@pytest.mark.parametrize(("lang", "words"), [("ja", "9:00からとしました"), ("en", "we start at 09:00")])
def test_a_date_without_a_time_says_which_time_was_taken(lang: str, words: str) -> None:
    without = run("plan", "--lost", "license", "--have", "passport", "--from", "2026-11-24", lang=lang)
    assert words in without.out
    given = run("plan", "--lost", "license", "--have", "passport", "--from", "2026-11-24T09:00", lang=lang)
    assert words not in given.out


@pytest.mark.parametrize("typed", ["0", "130", "４５", " 45 "])
def test_ages_that_are_understood(typed: str) -> None:
    done = run("plan", "--lost", "license", "--have", "passport", "--format", "json", "--age", typed)
    assert json.loads(done.out)["situation"]["age"] == {"0": 0, "130": 130}.get(typed, 45)


@pytest.mark.parametrize("typed", ["mynacard", "MYNACARD", "my-number-card", "My Number Card", "マイナンバーカード"])
def test_names_a_person_would_type_are_understood(typed: str) -> None:
    done = run("plan", "--lost", typed, "--have", "passport", "--format", "json", "--from", "2026-11-24")
    assert json.loads(done.out)["situation"]["lost"] == ["mynacard"]


@pytest.mark.parametrize("typed", ["license", "licence", "免許証", "ｌｉｃｅｎｓｅ"])
def test_both_spellings_and_the_japanese_name_of_the_licence(typed: str) -> None:
    done = run("plan", "--lost", typed, "--have", "passport", "--format", "json", "--from", "2026-11-24")
    assert json.loads(done.out)["situation"]["lost"] == ["licence"]


def test_mynalicense_is_the_card_with_the_record() -> None:
    done = run("plan", "--lost", "mynalicense", "--have", "passport", "--format", "json", "--from", "2026-11-24")
    situation = json.loads(done.out)["situation"]
    assert (situation["lost"], situation["linked"]) == (["mynacard"], ["licence-record"])
