"""Failures a user can act on. Everything else that escapes is a bug."""

from __future__ import annotations

__all__ = ["CatalogueError", "LostcardError", "NoPlanError", "UsageError"]


class LostcardError(Exception):
    """An expected failure: its message key and parameters are looked up in `lostcard.messages`."""

    exit_code = 1

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


class UsageError(LostcardError):
    """The command was given something it cannot take."""

    exit_code = 2


class NoPlanError(LostcardError):
    """Understood, but the rules of that date allow no answer."""


class CatalogueError(LostcardError):
    """The facts are wrong or unreadable; `problems` are all of them, in the order of the file."""

    def __init__(self, path: str, problems: list[str]) -> None:
        super().__init__("error.catalogue", path=path, count=len(problems), problems="\n".join(problems))
        self.problems = problems
