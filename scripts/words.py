"""How the commands speak: short plain lines, progress, and refusals that say what to do."""

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts import places


class Refused(Exception):
    """What was asked cannot be done here; the text says why and what to do about it."""


def say(text: str = "") -> None:
    """Print a line at once, also when the output is a file or a pipe."""
    print(text, flush=True)


def log_file(name: str) -> Path:
    """Return the log of that name in the data folder, making the folder."""
    folder = places.home() / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def last_lines(log: Path, count: int) -> list[str]:
    """Return the last lines of a log that have something in them."""
    with log.open("rb") as opened:
        opened.seek(max(0, log.stat().st_size - 20_000))
        text = opened.read().decode(errors="replace").replace("\r", "\n")
    return [line.rstrip() for line in text.splitlines() if line.strip()][-count:]


def step(
    words: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str | None] | None = None,
    meaning: str = "",
) -> None:
    """Run one command of the set-up, showing how long it has taken so far.

    Its own output goes to set-up.log; the end of that is shown when it fails.

    :raises Refused: if the command fails, with its last words and what that means
    """
    log = log_file("set-up.log")
    began = time.monotonic()
    with log.open("ab") as opened:
        opened.write(f"\n{words}: {' '.join(map(str, command))}\n".encode())
        opened.flush()
        running = subprocess.Popen(
            list(map(str, command)),
            cwd=places.ROOT,
            env=places.environment(env),
            stdin=subprocess.DEVNULL,
            stdout=opened,
            stderr=subprocess.STDOUT,
        )
        progress = _Progress(words, log, began)
        try:
            while True:
                try:
                    status = running.wait(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    progress.tick()
        except BaseException:
            running.terminate()
            running.wait()
            raise
    progress.end()
    if status != 0:
        told = "\n".join(f"    {line}" for line in last_lines(log, 12))
        raise Refused(f"That did not work:\n{told}\n  {meaning}\n  All of it is in {log}".rstrip())


class _Progress:
    """One line that counts the seconds on a screen; few, separate lines anywhere else."""

    def __init__(self, words: str, log: Path, began: float) -> None:
        self.words, self.log, self.began = words, log, began
        self.on_screen = sys.stdout.isatty()
        self.next_line = 20.0
        print(f"  {words} …", end="" if self.on_screen else "\n", flush=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def tick(self) -> None:
        if self.on_screen:
            doing = "".join(last_lines(self.log, 1)).strip()
            if doing.startswith(f"{self.words}: "):  # the step has said nothing itself yet
                doing = ""
            line = f"  {self.words} … {self.seconds:.0f} s  {doing}"
            print("\r\033[K" + line[: shutil.get_terminal_size().columns - 1], end="", flush=True)
        elif self.seconds >= self.next_line:
            say(f"    still at it after {self.seconds:.0f} s")
            self.next_line *= 2

    def end(self) -> None:
        if self.on_screen:
            say(f"\r\033[K  {self.words} … {self.seconds:.1f} s")
        elif self.seconds >= 2:
            say(f"    took {self.seconds:.0f} s")
