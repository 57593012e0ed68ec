"""The catalogue as the planner takes it: the facts, and which days are public holidays."""

from __future__ import annotations

from dataclasses import dataclass

from lostcard.catalogue.model import Catalogue

__all__ = ["Facts"]


@dataclass(frozen=True, eq=False, repr=False)
class Facts:
    """A catalogue and the public holidays of the years it can be used for, all days as ordinals."""

    catalogue: Catalogue
    holidays: frozenset[int]
    first_day: int
    last_day: int
