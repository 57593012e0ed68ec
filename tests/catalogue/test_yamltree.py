"""YAML as strings with places."""

from __future__ import annotations

import pytest

from lostcard.catalogue.yamltree import Position, Problem, read_tree


def texts(text: str) -> list[str]:
    """Return the problems of a text as they are printed."""
    return [problem.text("f.yaml") for problem in read_tree(text).problems]


@pytest.mark.parametrize(
    "scalar",
    [
        "17:15",
        "0120",
        "0120-95-0178",
        "0x10",
        "0b1",
        "1_000",
        "1e3",
        "1.50",
        ".inf",
        "no",
        "off",
        "Yes",
        "true",
        "null",
        "~",
        "2024-12-02",
        "2024-12-02 10:00:00",
        "=",
    ],
)
def test_a_scalar_stays_the_string_that_was_written(scalar: str) -> None:
    tree = read_tree(f"key: {scalar}\nlist: [{scalar}]\n'{scalar}': value\n")
    assert tree.problems == []
    assert tree.value == {"key": scalar, "list": [scalar], scalar: "value"}


def test_an_empty_value_is_an_empty_string() -> None:
    assert read_tree("key:\nother: ''\n").value == {"key": "", "other": ""}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    tree = read_tree("base: &b {x: 1}\nother:\n  <<: *b\n")
    assert tree.value == {"base": {"x": "1"}, "other": {"<<": {"x": "1"}}}


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [x]", "!!int [x]", "!custom [x]"])
def test_a_tag_constructs_nothing(tag: str) -> None:
    assert read_tree(f"key: {tag}\n").value == {"key": ["x"]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_nothing_is_read_from_nothing(text: str) -> None:
    tree = read_tree(text)
    assert tree.value in {None, ""}
    assert tree.problems == []


def test_a_repeated_key_is_found_with_both_lines_and_the_first_value_stays() -> None:
    text = "a:\n  b: first\n  c: 1\n  b: second\nd: 1\n"
    assert read_tree(text).value == {"a": {"b": "first", "c": "1"}, "d": "1"}
    assert texts(text) == ["f.yaml:4:3: a.b: repeated key; it stands on line 2 already"]


def test_each_repetition_of_a_key_is_found() -> None:
    assert texts("a: 1\na: 2\nb:\n  - {c: 1, c: 2}\n'a': 3\n") == [
        "f.yaml:2:1: a: repeated key; it stands on line 1 already",
        "f.yaml:4:12: b.0.c: repeated key; it stands on line 4 already",
        "f.yaml:5:1: a: repeated key; it stands on line 1 already",
    ]


def test_an_alias_stands_for_its_value() -> None:
    tree = read_tree("a: &x [1, 2]\nb: *x\n")
    assert tree.value == {"a": ["1", "2"], "b": ["1", "2"]}
    assert tree.at(("b",)) == Position(2, 1)


def test_an_alias_that_contains_itself_is_found_where_it_is_used() -> None:
    message = "an alias that contains itself; write the value out"
    assert texts("a: &x\n  b: 1\n  c: *x\n") == [f"f.yaml:3:3: a.c: {message}"]
    [problem] = texts("a: &x\n  - 1\n  - [*x]\n")
    assert problem.endswith(f"a.1.0: {message}")


def test_an_alias_without_an_anchor_is_found() -> None:
    assert texts("a: 1\nb: *nobody\n") == ["f.yaml:2:4: not valid YAML: found undefined alias 'nobody'"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("a: 1\nb: [1, 2\nc: 3\n", "3:2", id="an-open-list"),
        pytest.param("a: 1\n\tb: 2\n", "2:1", id="a-tab"),
        pytest.param("a: 1\n  b: 2\n", "2:4", id="a-value-that-cannot-have-keys"),
        pytest.param("a: {ja: 証: 書}\n", "1:10", id="a-colon-after-japanese"),
        pytest.param("a: '証\n", "2:1", id="an-open-quote"),
        pytest.param('a: "\\q"\n', "1:6", id="an-unknown-escape"),
        pytest.param("a: 1\n---\nb: 2\n", "2:1", id="a-second-document"),
        pytest.param("a: @b\n", "1:4", id="a-reserved-character"),
        pytest.param("{" * 3, "1:4", id="nothing-closed"),
    ],
)
def test_a_syntax_error_is_one_problem_with_line_and_column(text: str, place: str) -> None:
    tree = read_tree(text)
    [problem] = texts(text)
    assert problem.startswith(f"f.yaml:{place}: not valid YAML: ")
    assert "\n" not in problem
    assert tree.value is None


@pytest.mark.parametrize(
    ("character", "name"),
    [("\x1b", "U+001B"), ("\0", "U+0000"), ("\x9b", "U+009B"), ("\x7f", "U+007F"), ("\ufffe", "U+FFFE")],
)
def test_a_raw_control_character_is_found_where_it_stands(character: str, name: str) -> None:
    text = f"a: 1\nb: 証{character}[31m\n"
    assert texts(text) == [f"f.yaml:2:5: not valid YAML: the character {name} may not stand in a file"]
    assert texts(character) == [f"f.yaml:1:1: not valid YAML: the character {name} may not stand in a file"]


@pytest.mark.parametrize(("key", "column"), [("[x, y]:", 3), ("{x: y}:", 3), ("? [x, y]\n  :", 5), ("? - x\n  :", 5)])
def test_a_key_is_a_plain_word(key: str, column: int) -> None:
    tree = read_tree(f"a: 1\nb:\n  {key} 2\n  c: 3\n")
    assert tree.problems == [Problem(Position(3, column), "b", "a key must be a plain word")]
    assert tree.value == {"a": "1", "b": {"c": "3"}}


@pytest.mark.parametrize("text", ["[" * 1500, "{a: " * 1500, "- " * 1500])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    assert texts(text) == ["f.yaml:1:1: nested too deeply to be a catalogue"]


def test_aliases_nested_without_end_are_refused() -> None:
    links = "".join(f"k{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 1200))
    assert texts("k0: &a0 [1]\n" + links) == ["f.yaml:1:1: nested too deeply to be a catalogue"]


def test_every_path_has_its_place() -> None:
    tree = read_tree(
        "top:\n  list:\n    - one\n    - key: two\n      more: [x,  yy]\n    -\n      - z\nend: {a: 1, b: {c: 2}}\n"
    )
    assert tree.problems == []
    assert tree.positions == {
        (): Position(1, 1),
        ("top",): Position(1, 1),
        ("top", "list"): Position(2, 3),
        ("top", "list", 0): Position(3, 7),
        ("top", "list", 1): Position(4, 7),
        ("top", "list", 1, "key"): Position(4, 7),
        ("top", "list", 1, "more"): Position(5, 7),
        ("top", "list", 1, "more", 0): Position(5, 14),
        ("top", "list", 1, "more", 1): Position(5, 18),
        ("top", "list", 2): Position(7, 7),
        ("top", "list", 2, 0): Position(7, 9),
        ("end",): Position(8, 1),
        ("end", "a"): Position(8, 7),
        ("end", "b"): Position(8, 13),
        ("end", "b", "c"): Position(8, 17),
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_count_the_same_however_they_end(newline: str) -> None:
    tree = read_tree(newline.join(["# 注", "a: 1", "", "b:", "  - x", "  - y", ""]))
    assert tree.value == {"a": "1", "b": ["x", "y"]}
    assert tree.at(("a",)) == Position(2, 1)
    assert tree.at(("b", 1)) == Position(6, 5)


def test_columns_count_characters_not_bytes_or_cells() -> None:
    tree = read_tree("ja: {一: 証明書, 二: x}\n日本: [マイナンバー, 'カード']\n🪪: {a: 1}\n")
    assert tree.at(("ja", "一")) == Position(1, 6)
    assert tree.at(("ja", "二")) == Position(1, 14)
    assert tree.at(("日本",)) == Position(2, 1)
    assert tree.at(("日本", 1)) == Position(2, 14)
    assert tree.at(("🪪", "a")) == Position(3, 5)


def test_a_byte_order_mark_is_no_part_of_a_key() -> None:
    assert read_tree("\ufeffa: 1\n").value == {"a": "1"}


def test_a_path_that_is_not_in_the_file_stands_where_its_nearest_ancestor_does() -> None:
    tree = read_tree("a:\n  b: [x]\n")
    assert tree.at(("a", "b", 7, "c")) == Position(2, 3)
    assert tree.at(("nowhere",)) == Position(1, 1)
    assert read_tree("").at(("a",)) == Position(1, 1)


def test_a_value_is_found_by_its_path() -> None:
    tree = read_tree("a:\n  b: [x, {c: y}]\n")
    assert tree.value_at(("a", "b", 1, "c")) == "y"
    assert tree.value_at(()) == tree.value
    assert tree.value_at(("a", "b", 2)) is None
    assert tree.value_at(("a", 0)) is None
    assert tree.value_at(("a", "b", "c")) is None


def test_problems_sort_by_their_place() -> None:
    late, early = Problem(Position(10, 1), "", "m"), Problem(Position(9, 30), "z", "m")
    assert sorted([late, early]) == [early, late]
    assert late.text("f") == "f:10:1: m"
    assert early.text("f") == "f:9:30: z: m"
