"""A person's own scenarios from a YAML file, checked like the catalogue: every mistake at once, with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path as File
from typing import TypeVar

from lostcard.catalogue.model import Catalogue, Text
from lostcard.catalogue.yamltree import Path, Tree, read_tree
from lostcard.commands.parse import nearest
from lostcard.commands.told import Told, beginning
from lostcard.errors import LostcardError, UsageError
from lostcard.planner.clock import DAY
from lostcard.planner.comparison import Scenario
from lostcard.planner.plan import Lines, Note, Words
from lostcard.planner.situation import understand
from lostcard.render.words import visible

__all__ = ["read_scenarios"]

T = TypeVar("T")

_LISTS = ("lost", "linked", "have", "without")
_TEXTS = ("how", "insurer", "age", "from", "prefer", "travel-minutes", "certainty")
_KEYS = ("title", *_LISTS, *_TEXTS)
_LANGUAGES = ("ja", "en")
_NOTHING = Told((), (), (), None, None, None, None, None, None)


def read_scenarios(name: str, catalogue: Catalogue, told: Told, start: str | None, language: str) -> list[Scenario]:
    """Return the scenarios of a file; what one leaves out is taken from the command line (`told`, `start`).

    Raises:
        UsageError: with every mistake of the file, each with line, column and what is allowed.
        LostcardError: the file cannot be read.

    """
    try:
        text = File(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise LostcardError("error.file-unreadable", path=visible(name), reason=reason) from None
    except UnicodeDecodeError as error:
        raise UsageError("error.file-not-text", path=visible(name), position=error.start) from None
    reader = _Reader(visible(name), read_tree(text), catalogue, told, start, language)
    scenarios = reader.scenarios()
    if reader.problems:
        problems = Lines(note for _, note in sorted(reader.problems, key=lambda problem: problem[0]))
        raise UsageError("error.scenarios", path=visible(name), count=len(problems), problems=problems)
    return scenarios


class _Reader:
    def __init__(
        self, name: str, tree: Tree, catalogue: Catalogue, told: Told, start: str | None, language: str
    ) -> None:
        self.name = name
        self.tree = tree
        self.catalogue = catalogue
        self.told = told
        self.start = start
        self.language = language
        self.problems: list[tuple[tuple[int, int], Note]] = []
        for problem in tree.problems:
            place = problem.position
            self.problems.append(
                ((place.line, place.column), _note(UsageError("error.usage", message=problem.text(name))))
            )

    def refuse(self, path: Path, error: UsageError) -> None:
        """Keep a mistake with its place; the option that it names is the key in the file."""
        position = self.tree.at(path)
        where = f"{self.name}:{position.line}:{position.column}: {visible('.'.join(map(str, path)))}".rstrip(": ")
        if error.key == "error.linked-to-nothing" or "option" not in error.params:
            error = UsageError("error.at", where=where, problem=_note(error))
        else:
            error = UsageError(error.key, **(error.params | {"option": where}))
        self.problems.append(((position.line, position.column), _note(error)))

    def scenarios(self) -> list[Scenario]:
        root = self.tree.value
        if self.problems:
            return []
        entries = root.get("scenarios") if isinstance(root, dict) else None
        if not isinstance(entries, dict) or not entries:
            self.refuse((), UsageError("error.no-scenarios"))
            return []
        for key in root if isinstance(root, dict) else ():
            self.known((), key, ("scenarios",))
        return [scenario for key in entries if (scenario := self.scenario(key, entries[key])) is not None]

    def known(self, path: Path, key: str, allowed: Sequence[str]) -> None:
        if key not in allowed:
            params = {"value": visible(key), "allowed": list(allowed), "nearest": nearest(key, allowed)}
            place = (*path, key) if (*path, key) in self.tree.positions else path
            self.refuse(place, UsageError("error.unknown-name", option="", **params))

    def scenario(self, key: str, entry: object) -> Scenario | None:
        path: Path = ("scenarios", key)
        if not isinstance(entry, dict):
            self.refuse(path, UsageError("error.needs-keys", option="", allowed=list(_KEYS)))
            return None
        for name in entry:
            self.known(path, name, _KEYS)
        title = self.title(path, key, entry.get("title"))
        before = len(self.problems)
        lists = {name: self.list(path, entry, name) for name in _LISTS if name in entry}
        texts = {name: self.text(path, entry, name) for name in _TEXTS}
        if len(self.problems) > before:
            return None
        for index, name in enumerate(lists.get("without", ())):
            self.known(self.place(path, "without", index), name, list(self.catalogue.procedures))
        self.try_each(path, lists, texts)
        return None if len(self.problems) > before else self.planned(path, key, title, lists, texts)

    def try_each(self, path: Path, lists: dict[str, list[str]], texts: dict[str, str | None]) -> None:
        """Keep the mistake of every name and figure: of a whole situation only the first would be said."""
        for name in ("lost", "linked", "have"):
            for index, value in enumerate(lists.get(name, ())):
                alone = _NOTHING._replace(**{name: (value,)})  # type: ignore[arg-type]
                self.tried(self.place(path, name, index), partial(alone.situation, self.catalogue))
        for name in ("how", "insurer", "age", "prefer", "travel-minutes", "certainty"):
            alone = _NOTHING._replace(**{name.replace("-", "_"): texts[name]})  # type: ignore[arg-type]
            self.tried(path, partial(alone.situation, self.catalogue))
            self.tried(path, alone.options)
        self.tried(path, lambda: beginning(texts["from"], self.language))

    def place(self, path: Path, name: str, index: int) -> Path:
        """Return the path of a value that may stand alone or in a list."""
        whole: Path = (*path, name, index)
        return whole if whole in self.tree.positions else whole[:-1]

    def planned(
        self, path: Path, key: str, title: Words, lists: dict[str, list[str]], texts: dict[str, str | None]
    ) -> Scenario | None:
        told = Told(
            lost=lists.get("lost", self.told.lost),
            linked=lists.get("linked", self.told.linked),
            have=lists.get("have", self.told.have),
            how=texts["how"] or self.told.how,
            insurer=texts["insurer"] or self.told.insurer,
            age=texts["age"] or self.told.age,
            prefer=texts["prefer"] or self.told.prefer,
            travel_minutes=texts["travel-minutes"] or self.told.travel_minutes,
            certainty=texts["certainty"] or self.told.certainty,
        )
        begun = self.tried(path, lambda: beginning(texts["from"] or self.start, self.language))
        options = self.tried(path, told.options)
        situation = self.tried(path, lambda: told.situation(self.catalogue))
        if begun is None or options is None or situation is None:
            return None
        start, assumed = begun
        date = dt.date.fromordinal(start // DAY)
        self.tried(path, lambda: understand(self.catalogue, situation, date))
        options = options._replace(without=tuple(sorted(set(lists.get("without", ())))))
        return Scenario(key, title, situation, options, start, None, assumed)

    def tried(self, path: Path, work: Callable[[], T]) -> T | None:
        """Return what `work` returns; a mistake is kept, at the key that it names."""
        try:
            return work()
        except UsageError as error:
            option = str(error.params.get("option", "")).removeprefix("--")
            self.refuse((*path, option) if (*path, option) in self.tree.positions else path, error)
        except LostcardError:
            pass  # the rules of that date allow no plan: the row says why
        return None

    def title(self, path: Path, key: str, title: object) -> Words:
        texts = dict.fromkeys(_LANGUAGES, key if title is None else title)
        if isinstance(title, dict):
            if set(title) != set(_LANGUAGES):
                self.refuse((*path, "title"), UsageError("error.title", option=""))
                return Text(ja=key, en=key)
            texts = title
        for text in texts.values():
            if not isinstance(text, str) or not text.strip() or visible(text) != text:
                self.refuse((*path, "title"), UsageError("error.title", option=""))
                return Text(ja=key, en=key)
        return Text(ja=str(texts["ja"]), en=str(texts["en"]))

    def list(self, path: Path, entry: dict[str, object], name: str) -> list[str]:
        value = entry.get(name, [])
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(one, str) for one in values):
            return values
        self.refuse((*path, name), UsageError("error.needs-list", option=""))
        return []

    def text(self, path: Path, entry: dict[str, object], name: str) -> str | None:
        value = entry.get(name)
        if value is None or isinstance(value, str):
            return value
        self.refuse((*path, name), UsageError("error.needs-text", option=""))
        return None


def _note(error: LostcardError) -> Note:
    params = dict(error.params)
    if "nearest" in params:
        params["nearest"] = Note("error.nearest", {"names": params["nearest"]}) if params["nearest"] else ""
    return Note(error.key, params)
