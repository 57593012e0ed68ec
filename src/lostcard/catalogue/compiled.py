"""The compiled catalogue: checked once when the package is built, read without validator or YAML ever after.

The compiled file is JSON. Each record is an object whose key ``@`` names its class; fields at their default are left
out. It carries a fingerprint of the YAML, of the model and of this module and is used only if all still match, so an
edited catalogue is never ignored: it is then checked and compiled in memory, which is slower but right.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from zlib import crc32

from lostcard.catalogue import model
from lostcard.catalogue.facts import Facts

__all__ = ["COMPILED", "YAML", "compile_file", "load_facts", "public_holidays"]

_DATA = Path(__file__).resolve().parent.parent / "data"
if not _DATA.is_dir():  # a source tree, where the data lie beside src
    _DATA = Path(__file__).resolve().parents[3] / "data"

YAML = _DATA / "procedures.yaml"
COMPILED = _DATA / "procedures.json"

FIRST_YEAR, LAST_YEAR = 2019, 2031
"""The years whose holidays are known. A plan reaches a year and a month ahead, so it may start two years earlier."""


def load_facts(yaml: Path = YAML, compiled: Path = COMPILED) -> Facts:
    """Return the facts: compiled if that is of this very YAML, else checked and compiled now.

    Raises:
        CatalogueError: the YAML had to be read and is wrong.

    """
    fingerprint = _fingerprint(yaml)
    try:
        text = compiled.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    # The fingerprint stands first, so that a stale file is not even parsed.
    if text.startswith(_head(fingerprint)):
        with suppress(ValueError, KeyError, TypeError, AssertionError):  # cut off or damaged: compiled anew below
            return _facts(json.loads(text, object_hook=_decode))
    return _facts(json.loads(compile_file(yaml), object_hook=_decode))


def compile_file(yaml: Path = YAML) -> str:
    """Return the compiled form of a YAML catalogue. Raises CatalogueError with all that is wrong with it."""
    from lostcard.catalogue.load import load_file

    body = {"holidays": public_holidays(FIRST_YEAR, LAST_YEAR), "catalogue": _encode(load_file(yaml))}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    return f"{_head(_fingerprint(yaml))}{text[1:]}\n"


def public_holidays(first: int, last: int) -> list[int]:
    """Return Japan's public holidays from year `first` to `last` as ordinals, substitutes included."""
    import holidays

    return sorted(day.toordinal() for day in holidays.country_holidays("JP", years=range(first, last + 1)))


def _fingerprint(yaml: Path) -> str:
    """Return size and checksum of all that the compiled form depends on: against edits, not against attackers."""
    marks = []
    for file in (yaml, Path(model.__file__), Path(__file__)):
        try:
            content = file.read_bytes()
        except OSError:
            content = b""
        marks.append(f"{len(content)}-{crc32(content):08x}")
    return " ".join(marks)


def _head(fingerprint: str) -> str:
    return f'{{"fingerprint":"{fingerprint}",'


def _facts(body: dict[str, object]) -> Facts:
    catalogue, days = body["catalogue"], body["holidays"]
    assert isinstance(catalogue, model.Catalogue)
    assert isinstance(days, tuple)
    return Facts(
        catalogue,
        frozenset(days),
        dt.date(FIRST_YEAR, 1, 1).toordinal(),
        dt.date(LAST_YEAR - 2, 12, 31).toordinal(),
    )


def _encode(value: object) -> object:
    if isinstance(value, dt.date):
        return {"@": "date", "iso": value.isoformat()}
    if is_dataclass(value):
        body: dict[str, object] = {"@": type(value).__name__}
        for field in fields(value):
            child = getattr(value, field.name)
            if field.default is MISSING or child != field.default:
                body[field.name] = _encode(child)
        return body
    if isinstance(value, dict):
        return {key: _encode(child) for key, child in value.items()}
    if isinstance(value, tuple):
        return [_encode(child) for child in value]
    return value


_CLASSES: dict[str, type] = {
    name: value for name, value in vars(model).items() if isinstance(value, type) and is_dataclass(value)
}


def _decode(body: dict[str, object]) -> object:
    for key, value in body.items():
        if type(value) is list:
            body[key] = tuple(value)
    kind = body.pop("@", None)
    if kind is None:
        return body
    if kind == "date":
        return dt.date.fromisoformat(str(body["iso"]))
    return _CLASSES[str(kind)](**body)


if __name__ == "__main__":
    COMPILED.write_text(compile_file(), encoding="utf-8")
