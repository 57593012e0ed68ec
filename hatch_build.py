"""Build hook: check the catalogue and ship it compiled, so that a wheel with wrong facts cannot be made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface):  # type: ignore[type-arg]  # its config type is hatchling's own
    """Write data/procedures.json before the files of a wheel or an editable install are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a catalogue with problems ends the build with all of them."""
        del version, build_data  # the same for every kind of build
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from lostcard.catalogue.compiled import compile_file
            from lostcard.errors import CatalogueError

            try:
                text = compile_file(root / "data" / "procedures.yaml")
            except CatalogueError as error:
                raise SystemExit("\n".join(error.problems)) from None
        finally:
            sys.path.pop(0)
        (root / "data" / "procedures.json").write_text(text, encoding="utf-8")
