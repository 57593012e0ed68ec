"""From YAML to a checked `Catalogue`: structure by pydantic, meaning by `lostcard.catalogue.check`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING

from lostcard.catalogue.check import check
from lostcard.catalogue.model import Catalogue
from lostcard.catalogue.yamltree import Path, Problem, Tree, read_tree
from lostcard.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

__all__ = ["load_file", "load_text", "schema"]

_DATES = {"since", "until", "as_of", "date"}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def load_file(file: File) -> Catalogue:
    """Return the catalogue in `file`.

    Raises:
        CatalogueError: with every problem of the file at once, each with line, column, path and what is allowed.

    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(str(file), [f"{file}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(str(file), [f"{file}: is not UTF-8 text (byte {error.start})"]) from error
    return load_text(text, str(file))


def load_text(text: str, name: str) -> Catalogue:
    """Return the catalogue in `text`; `name` stands for the file in error messages. Raises as `load_file`."""
    tree = read_tree(text)
    problems = [*tree.problems, *_loose_dates(tree)]
    catalogue = None
    if tree.value is not None or not problems:
        catalogue = _validate(tree, problems)
    if catalogue is not None:
        problems += [tree.problem(path, message) for path, message in check(catalogue)]
    if problems or catalogue is None:
        raise CatalogueError(name, [problem.text(name) for problem in sorted(set(problems))])
    return catalogue


def schema() -> dict[str, object]:
    """Return the JSON Schema of the catalogue, for editors."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[Catalogue]:
    from pydantic import TypeAdapter

    return TypeAdapter(Catalogue)


def _loose_dates(tree: Tree) -> list[Problem]:
    """Find dates that pydantic would take for a timestamp: 20241202 is no date here."""
    found = []
    for path in tree.positions:
        value = tree.value_at(path) if path and path[-1] in _DATES else None
        if isinstance(value, str) and value != "unknown" and not _ISO_DATE.fullmatch(value):
            found.append(tree.problem(path, f"a date is written YYYY-MM-DD, found {value!r}"))
    return found


def _validate(tree: Tree, problems: list[Problem]) -> Catalogue | None:
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(tree.value)
    except ValidationError as error:
        # The members of a union fail one by one; together they say what is allowed.
        allowed: dict[tuple[Path, str], list[str]] = {}
        for detail in error.errors():
            path = _real_path(detail["loc"], tree)
            match detail["type"]:
                case "unexpected_keyword_argument" | "extra_forbidden":
                    problems.append(tree.problem(path, "unknown key; remove it or correct its spelling"))
                case "missing" | "missing_argument":
                    problems.append(tree.problem(path, f"the key {detail['loc'][-1]!r} is missing"))
                case _:
                    allowed.setdefault((path, _found(detail["input"])), []).append(_wording(detail))
        problems.extend(
            tree.problem(path, f"{' or '.join(dict.fromkeys(texts))}, found {found}")
            for (path, found), texts in allowed.items()
        )
        return None


def _real_path(loc: Sequence[str | int], tree: Tree) -> Path:
    """Leave out what pydantic adds to a location: the members of a union and, for a missing key, the key."""
    path: Path = ()
    for part in loc:
        if (*path, part) in tree.positions:
            path = (*path, part)
    return path


def _wording(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "dataclass_type" | "dict_type":
            return "keys and values are needed here"
        case "tuple_type":
            return "a list is needed here"
        case _:
            return detail["msg"]


def _found(value: object) -> str:
    match value:
        case str():
            return repr(value)
        case list():
            return "a list"
        case dict():
            return "keys and values"
        case _:
            return "nothing"
