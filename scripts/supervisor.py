"""Keeps the web server and the background worker running, and stops both together."""

import http.client
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from scripts import places
from scripts.words import Refused, last_lines, log_file, say

STEADY = 60.0  # seconds after which a restart counts as the first one again
LONGEST_PAUSE = 30.0
GRACE = 20.0  # seconds to finish what is under way when asked to stop
LARGEST_LOG = 20_000_000


@dataclass
class Part:
    """One program that has to keep running."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str | None]
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    start_again: float = 0.0
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        """Open the log in the data folder, putting a large one aside."""
        self.log = log_file(f"{self.name}.log")
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def start(self) -> None:
        """Start the program in a process group of its own, so that Ctrl-C reaches us first."""
        with self.log.open("ab") as opened:
            self.running = subprocess.Popen(
                _dying_with_parent(self.command),
                cwd=places.ROOT,
                env=places.environment(self.env),
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def is_alive(self) -> bool:
        """Tell whether the program is running now."""
        return self.running is not None and self.running.poll() is None

    def stop(self) -> None:
        """Ask the program to finish what it does and end."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def end_by_force(self) -> None:
        """End the program and all it started, when it did not stop by itself."""
        if self.running is not None and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def note_death(self) -> None:
        """Work out when to start again: at once at first, then after longer and longer pauses."""
        assert self.running is not None
        now = time.monotonic()
        self.deaths = 1 if now - self.started > STEADY else self.deaths + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self.deaths - 2)) if self.deaths > 1 else 0.0
        self.start_again = now + pause
        status = self.running.returncode
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self.running = None
        say(f"  The {self.name} process ended by itself ({how}); its last words are in {self.log}")
        say(f"    Starting it again in {pause:.0f} s")


class Supervisor:
    """Runs the parts until it is told to stop."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.is_stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def run(self, port: int, when_ready: Callable[[], None]) -> None:
        """Start the parts, say when the first page answers, and keep all of them running.

        :raises Refused: if the first page does not answer within three minutes, or fails
        """
        try:
            for part in self.parts:
                part.start()
            if self._becomes_ready(port):
                when_ready()
            while not self.is_stopping:
                self._look_after_parts()
                time.sleep(0.25)
        finally:
            self._end()

    def _becomes_ready(self, port: int) -> bool:
        web = self.parts[0]
        deadline = time.monotonic() + 180
        while not self.is_stopping:
            status = answer(port)
            if 0 < status < 500:
                return True
            if status or not web.is_alive() or time.monotonic() > deadline:
                told = "\n".join(f"    {line}" for line in last_lines(web.log, 15))
                raise Refused(f"The web server did not start:\n{told}\n  All of it is in {web.log}")
            time.sleep(0.1)
        return False

    def _look_after_parts(self) -> None:
        for part in self.parts:
            if part.is_alive():
                continue
            if part.running is not None:
                part.note_death()
            if time.monotonic() >= part.start_again:
                part.start()

    def _end(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for part in self.parts:
            part.stop()
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and any(part.is_alive() for part in self.parts):
            time.sleep(0.05)
        for part in self.parts:
            part.end_by_force()


def answer(port: int) -> int:
    """Return the status with which the first page answers; 0 for no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _dying_with_parent(command: Sequence[str | Path]) -> list[str]:
    """Have the kernel ask the program to stop when the supervisor is killed outright."""
    words = list(map(str, command))
    if setpriv := shutil.which("setpriv"):
        return [setpriv, "--pdeathsig", "TERM", "--", *words]
    return words
