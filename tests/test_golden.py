"""Every format of an answer, in both languages, as it stands in tests/golden: a change of it is seen in the diff.

    python tests/test_golden.py

writes the files anew.
"""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from command import SITUATIONS, environment, python

GOLDEN = Path(__file__).resolve().parent / "golden"
ENDINGS = {
    "text": "txt",
    "json": "json",
    "html": "html",
    "markdown": "md",
    "ics": "ics",
    "csv": "csv",
    "pdf": "pdf.txt",
}
ANSWERS = {
    "plan": (("plan", *SITUATIONS["case 1"]), ("text", "json", "html", "markdown", "ics", "pdf")),
    "routes": (("compare", *SITUATIONS["case 1"]), ("text", "json", "html", "markdown", "csv")),
    "holdings": (
        ("compare", "--insurer", "nhi", "--have", "passport", "--from", "2026-11-24T09:00"),
        ("text", "markdown", "csv"),
    ),
    "year": (
        ("compare", "--lost", "mynalicense", "--linked", "insurance", "--have", "passport", "--year", "2027"),
        ("text", "html", "markdown"),
    ),
}
CASES = [
    pytest.param(name, form, language, id=f"{name}.{language}.{ENDINGS[form]}")
    for name, (_, forms) in ANSWERS.items()
    for form in forms
    for language in ("ja", "en")
]


def file(name: str, form: str, language: str) -> Path:
    return GOLDEN / f"{name}.{language}.{ENDINGS[form]}"


def written(name: str, form: str, language: str, folder: Path) -> str:
    """Return what the command writes; of a PDF its text, in which a typesetter may break lines differently."""
    arguments, _ = ANSWERS[name]
    target = folder / "answer"
    target.unlink(missing_ok=True)
    more = ("--format", form, "--output", str(target))
    done = python("-m", "lostcard", *arguments, *more, env=environment(language))
    assert done.code == 0, done.err
    if form != "pdf":
        return target.read_bytes().decode("utf-8")
    pages = PdfReader(io.BytesIO(target.read_bytes())).pages
    texts = [re.sub(r"\s", "", unicodedata.normalize("NFKC", page.extract_text())) for page in pages]
    return "\n".join([*texts, ""])


@pytest.mark.parametrize(("name", "form", "language"), CASES)
def test_the_answer_is_as_it_was(name: str, form: str, language: str, tmp_path: Path) -> None:
    known = file(name, form, language).read_bytes().decode("utf-8")
    now = written(name, form, language, tmp_path)
    assert now.splitlines() == known.splitlines(), "if this is meant: python tests/test_golden.py, and look at the diff"


def test_no_golden_file_is_left_over() -> None:
    meant = {
        file(name, form, language)
        for name, (_, forms) in ANSWERS.items()
        for form in forms
        for language in ("ja", "en")
    }
    assert set(GOLDEN.iterdir()) == meant


def main() -> None:
    """Write every file anew."""
    import tempfile

    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, forms) in ANSWERS.items():
            for form in forms:
                for language in ("ja", "en"):
                    text = written(name, form, language, Path(folder))
                    file(name, form, language).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
