"""A data folder, a database and real worker processes, apart from the test's own database."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg

from tests import migrated

HOUSE = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
# Seconds to wait for what must happen: a busy machine is slow, not wrong.
PATIENCE = 300


def server_address() -> str:
    """Return the PostgreSQL server the tests run on, or nothing for SQLite."""
    address = os.environ.get("DATABASE_URL", "")
    return address if address.startswith("postgres") else ""


def on_server(command: str) -> None:
    with psycopg.connect(server_address(), autocommit=True) as connection:
        connection.execute(command)


class Workplace:
    """One installation with workers that can be started, stopped and killed."""

    def __init__(self, home: Path, *, like: "Workplace | None" = None) -> None:
        self.home = home
        self.database = f"forthright_work_{uuid.uuid4().hex[:12]}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""
        home.mkdir(parents=True)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "FORTHRIGHT_HOME": str(home),
            "FORTHRIGHT_TESTING": "1",
            "FORTHRIGHT_EXTRA_JOBS": "tests.worker.example_jobs",
            "PYTHONPATH": str(HOUSE),
        }
        if server_address():
            server, _, rest = server_address().rpartition("/")
            _, mark, options = rest.partition("?")
            self.address = f"{server}/{self.database}{mark}{options}"
            self.environment["DATABASE_URL"] = self.address
            template = like.database if like else migrated.made_on(server_address())
            on_server(f"CREATE DATABASE {self.database} TEMPLATE {template}")
        elif like:
            shutil.copy(like.home / "forthright.sqlite3", home / "forthright.sqlite3")
        else:
            migrated.copy_to(home / "forthright.sqlite3")

    def run_python(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words], cwd=HOUSE, env=self.environment, check=True, timeout=PATIENCE
        )

    def ask(self, *words: str) -> None:
        self.run_python("-m", "tests.worker.ask", *words)

    def start_worker(self, name: str) -> "subprocess.Popen[bytes]":
        with (self.home / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [BIN / "forthright", "worker"],
                cwd=self.home,
                env={**self.environment, "FORTHRIGHT_EXECUTOR": name},
                stdout=log,
                stderr=log,
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def lines(self) -> list[str]:
        file = self.home / "lines.txt"
        return file.read_text().splitlines() if file.exists() else []

    def let_go(self) -> None:
        """Let the second step of the example go on."""
        (self.home / "go").touch()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        if self.address:
            with psycopg.connect(self.address) as connection:
                return connection.execute(query).fetchall()
        with closing(sqlite3.connect(self.home / "forthright.sqlite3", timeout=PATIENCE)) as file:
            return file.execute(query).fetchall()

    def state_of(self, key: str) -> object:
        found = self.rows(f"SELECT state FROM web_job WHERE key = '{key}'")
        return found[0][0] if found else None

    def beats_of(self, name: str) -> int:
        found = self.rows(f"SELECT beats FROM web_workerbeat WHERE executor = '{name}'")
        return int(str(found[0][0])) if found else 0

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait, and fail with what the workers said if it does not happen."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            is_late = time.monotonic() > deadline
            log = (self.home / "worker.log").read_text() if is_late else ""
            assert not is_late, f"waited in vain; lines {self.lines()}\n{log[-3000:]}"
            time.sleep(0.1)

    def wait_for(self, key: str, state: str) -> None:
        self.wait_until(lambda: self.state_of(key) == state)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        if self.address:
            on_server(f"DROP DATABASE {self.database} WITH (FORCE)")
