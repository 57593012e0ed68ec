"""Where the answer goes: the screen, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from lostcard.errors import LostcardError, UsageError
from lostcard.render.layout import Line
from lostcard.render.words import visible

__all__ = [
    "PIPE_WIDTH",
    "draws_boxes",
    "open_file",
    "print_bytes",
    "print_lines",
    "print_text",
    "screen_width",
    "wants_colour",
    "write_file",
]

PIPE_WIDTH = 80
_WIDEST = 120


def screen_width() -> int:
    """Return the columns to fill: the terminal's (COLUMNS first) up to 120, or 80 where there is none."""
    return min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, _WIDEST)


def draws_boxes(encoding: str | None) -> bool:
    """Tell whether ☐ can be written in an encoding."""
    try:
        "☐".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def wants_colour(asked: str) -> bool:
    """Decide on colour: as asked; by default on a terminal only and never with NO_COLOR (no-color.org)."""
    if asked == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return asked == "always"


def print_lines(lines: list[Line], *, colour: bool) -> None:
    """Print lines as they are; what the output's encoding lacks is printed as its code point, never dropped."""
    if colour:
        from lostcard.render.terminal import styled

        print_text(styled(lines))
        return
    print_text("".join(f"{line.text}\n" for line in lines))


def print_text(text: str) -> None:
    """Print text as it is, without a newline of its own."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    with _printing():
        sys.stdout.write(text)
        sys.stdout.flush()


def print_bytes(data: bytes) -> None:
    """Print a document that has its own encoding and line ends as it is."""
    with _printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextlib.contextmanager
def _printing() -> Iterator[None]:
    """Make a LostcardError of an output that fails, and an end of one that nobody reads."""
    try:
        yield
    except OSError as error:
        # Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has gone (`| head`): nothing more can be said to it
            raise SystemExit(0) from None
        raise LostcardError("error.screen-failed", reason=error.strerror or str(error)) from None


def write_file(path: Path, document: str | bytes, *, force: bool) -> None:
    """Write a file whole or not at all, readable by its owner only: it tells what a person lost.

    Text is written in UTF-8 with the newlines it has.

    Raises:
        UsageError: the file exists and `force` is not set, or the path is a folder.
        LostcardError: it cannot be written.

    """
    import tempfile

    shown = visible(str(path))
    with contextlib.suppress(OSError):  # a name too long or a folder that is closed: said when writing fails
        if path.is_dir():
            raise UsageError("error.output-directory", path=shown)
        if path.exists() and not path.is_file():
            raise UsageError("error.output-not-a-file", path=shown)
    temporary = None
    try:
        # mkstemp makes a file that only its owner can read, on the same file system as its final place.
        handle, temporary = tempfile.mkstemp(prefix=".lostcard-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(document.encode() if isinstance(document, str) else document)
            file.flush()
            os.fsync(file.fileno())
        if force:
            Path(temporary).replace(path)
        else:
            _place(Path(temporary), path)
    except FileExistsError:
        raise UsageError("error.output-exists", path=shown) from None
    except OSError as error:
        raise LostcardError("error.output-failed", path=shown, reason=error.strerror or str(error)) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _place(temporary: Path, path: Path) -> None:
    """Give the file its name; FileExistsError if the path exists, even if it came to be just now."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a USB stick (FAT) has no hard links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise


def open_file(path: Path) -> bool:
    """Show a file in whatever this machine opens such files with; return False where that fails."""
    import subprocess
    import webbrowser

    # An absolute path cannot be taken for an option of the opener's.
    place = path.absolute()
    try:
        if sys.platform == "win32":
            os.startfile(place)  # noqa: S606 - the desktop's own opener
            return True
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if opener is None:
            return webbrowser.open(place.as_uri())
        return subprocess.run([opener, place], check=False).returncode == 0  # noqa: S603 - the desktop's own opener
    except OSError:
        return False
