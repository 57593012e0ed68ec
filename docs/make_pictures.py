"""Make the READMEs' pictures: the page on a phone and the beginning of the terminal's output, in both languages.

    python docs/make_pictures.py

Needs Chromium and a Japanese font, as the tests marked `browser` do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

HERE = Path(__file__).resolve().parent
QUESTION = (
    "plan --lost mynacard --linked license --linked insurance --insurer nhi --have passport --from 2026-11-24T09:00"
)
WIDTH, LINES = 80, 32
SCALE = 1.1
"""Sharp enough, and below 200 kB each."""
TERMINAL = """<style>
body {{ margin: 0; width: max-content; }}
figure {{ margin: 0; padding: 14px 18px; background: #1b1f24; color: #d5dae0; }}
pre {{ margin: 0; font: 15px/1.45 'Noto Sans Mono CJK JP', 'IPAGothic', monospace; }}
</style><figure><pre>{code}</pre></figure>"""


def main() -> None:
    """Write the four pictures beside this file."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Chromium is missing (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for language in ("ja", "en"):
            picture_of_the_page(browser, language)
            picture_of_the_terminal(browser, language)
        browser.close()


def lostcard(language: str, *more: str) -> str:
    """Return what the command prints."""
    return subprocess.run(
        [sys.executable, "-m", "lostcard", *QUESTION.split(), "--lang", language, *more],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"COLUMNS": str(WIDTH), "PYTHONIOENCODING": "utf-8"},
    ).stdout


def picture_of_the_page(browser: Browser, language: str) -> None:
    """Take the page on a phone: light, and further down in the dark."""
    context = browser.new_context(viewport={"width": 760, "height": 740}, device_scale_factor=SCALE)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(lostcard(language, "--format", "html"), encoding="utf-8")
        shots = []
        for scheme, scroll in (("light", 0), ("dark", 1)):
            phone = browser.new_context(
                viewport={"width": 360, "height": 740},
                device_scale_factor=SCALE,
                color_scheme="dark" if scheme == "dark" else "light",
            )
            screen = phone.new_page()
            screen.goto(page.as_uri())
            if scroll:
                screen.locator(".bring input").first.check()
                screen.locator(".bring").first.evaluate("e => e.scrollIntoView()")
                screen.evaluate("scrollBy({top: -70, behavior: 'instant'})")
                screen.wait_for_timeout(300)
            shots.append(Path(folder) / f"{scheme}.png")
            screen.screenshot(path=shots[-1])
            phone.close()
        frame = Path(folder) / "frame.html"
        pictures = "".join(f'<img src="{shot.name}" width="360">' for shot in shots)
        frame.write_text(
            f"<style>body{{margin:0;display:flex;gap:40px;background:#888}}</style>{pictures}", encoding="utf-8"
        )
        both = context.new_page()
        both.goto(frame.as_uri())
        both.screenshot(path=HERE / f"page.{language}.png")
    context.close()


def picture_of_the_terminal(browser: Browser, language: str) -> None:
    """Draw the first lines as a terminal shows them in colour."""
    lines = lostcard(language, "--color", "always").splitlines()[:LINES]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(file=nowhere, record=True, width=WIDTH, force_terminal=True, color_system="truecolor")
        console.print(Text.from_ansi("\n".join(lines)), soft_wrap=True)
        drawing = console.export_html(theme=SVG_EXPORT_THEME, inline_styles=True, code_format=TERMINAL)
    context = browser.new_context(viewport={"width": 760, "height": 700}, device_scale_factor=SCALE)
    page = context.new_page()
    page.set_content(drawing)
    page.locator("figure").screenshot(path=HERE / f"terminal.{language}.png")
    context.close()


if __name__ == "__main__":
    main()
