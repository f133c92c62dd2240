"""How long one waits from starting the product to its first answer."""

import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import Figure, median_seconds

BIN = Path(sys.executable).parent


def measure(*, quick: bool) -> list[Figure]:
    """Time the command and the web server against the least that Python and Django need."""
    times = 1 if quick else 5
    bare = median_seconds(lambda: run([sys.executable, "-c", "import django"]), times=times)
    command = median_seconds(lambda: run([str(BIN / "forthright"), "--help"]), times=times)
    page = median_seconds(first_answer, times=times)
    return [
        Figure(
            "forthright --help",
            command,
            "s",
            "importing Django",
            bare,
            goal="under 2 s",
            is_met=command < 2,
        ),
        Figure(
            "first answer of the web server",
            page,
            "s",
            "importing Django",
            bare,
            goal="under 5 s",
            is_met=page < 5,
        ),
    ]


def run(command: list[str]) -> None:
    """Run a program to its end."""
    subprocess.run(command, check=True, capture_output=True)


def first_answer() -> None:
    """Start the web server, wait for its first answer, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bind = ["--bind", f"127.0.0.1:{port}", "--log-level", "critical"]
    with subprocess.Popen([str(BIN / "gunicorn"), "config.wsgi", *bind]) as server:
        try:
            wait_for(port)
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    """Return when something answers at a port."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"nothing answered at port {port} within a minute")
