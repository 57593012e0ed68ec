"""How long an installed, piped `lostcard plan` takes, as a multiple of `python -c pass`, beside two peers.

    python benchmarks/startup.py            # builds the wheel, installs it and the peers into a temporary environment

Each command runs in turn, many times, and the medians of processor time are compared: other work on the machine moves
wall-clock time, and the ratio is what is promised. Goal: 8x for case 1 of the issue, improvements included.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"nox": ["nox", "--version"], "black": ["black", "--version"]}
CASE_1 = ["plan", "--lost", "mynacard", "--linked", "license", "--linked", "insurance", "--insurer", "nhi"]
CASE_1 += ["--have", "passport", "--from", "2026-11-24T09:00"]
ROUNDS = 21


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "-o", folder, str(ROOT)], check=True, capture_output=True
        )
        venv.create(place / "venv", with_pip=True)
        programs = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
        wheel = next(place.glob("*.whl"))
        install = [programs / "python", "-m", "pip", "install", "--quiet", wheel, *PEERS]
        subprocess.run(list(map(str, install)), check=True, capture_output=True)
        commands = {
            "python -c pass": [programs / "python", "-c", "pass"],
            "lostcard plan (case 1, text)": [programs / "lostcard", *CASE_1],
            "lostcard plan (case 1, json)": [programs / "lostcard", *CASE_1, "--format", "json"],
            "lostcard plan (nothing held)": [
                programs / "lostcard",
                *(w for w in CASE_1 if w not in ("--have", "passport")),
            ],
            "python -c 'import typer'": [programs / "python", "-c", "import typer"],
            **{name: [programs / command[0], *command[1:]] for name, command in PEERS.items()},
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                seconds[name].append(processor_seconds(list(map(str, command)), place))
    base = statistics.median(seconds["python -c pass"])
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"{name:32} {median * 1000:7.1f} ms  {median / base:5.1f}x")


def processor_seconds(command: list[str], folder: Path) -> float:
    """Run a command and return the user and system time it took."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


if __name__ == "__main__":
    main()
