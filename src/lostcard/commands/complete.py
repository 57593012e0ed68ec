"""Completion of names in the shell."""

from __future__ import annotations

from lostcard.catalogue.compiled import load_facts

__all__ = ["items"]


def items(incomplete: str) -> list[str]:
    """Return the ids of cards and papers that begin with what was typed."""
    catalogue = load_facts().catalogue
    return [
        name
        for name, item in catalogue.items.items()
        if item.kind != "record" and item.holdable and name.startswith(incomplete.casefold())
    ]
