"""The product as ./run serves it, with its worker, for a sender that is signed in."""

import base64
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from scripts.run import web_server
from tests.worker.workplace import BIN, HOUSE, PATIENCE, Workplace

TOKEN = "t" * 32


class Site:
    """A web server that can be killed and started again, and a lawyer's way in."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        place.environment |= {
            "FORTHRIGHT_RECORDINGS": str(place.home / "recordings"),
            "FORTHRIGHT_REQUIRE_TOTP": "0",
        }
        place.run_python("manage.py", "collectstatic", "--noinput", "-v0")
        made = subprocess.run(
            [sys.executable, "-m", "tests.hard_media.asked_for"],
            cwd=HOUSE, env=place.environment, check=True, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
        self.item, self.session = made.stdout.decode().split()[-2:]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Site":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        _, *rest = web_server(self.port)
        self.running = subprocess.Popen(
            [BIN / "gunicorn", *rest, "--log-level", "error"],
            cwd=HOUSE, env=self.place.environment, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline:
                self.kill()
                raise AssertionError("the server does not start")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/").status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """End it as a power cut would, with all that it was doing."""
        assert self.running is not None
        os.killpg(self.running.pid, signal.SIGKILL)
        self.running.wait()

    @property
    def parts(self) -> str:
        return f"/recordings/items/{self.item}/send/parts/"

    @property
    def store(self) -> Path:
        return self.place.home / "recordings"

    def open(self, verb: str, address: str, **headers: object) -> http.client.HTTPConnection:
        """Return a connection on which a request has begun."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.begin_on(connection, verb, address, **headers)
        return connection

    def begin_on(
        self, connection: http.client.HTTPConnection, verb: str, address: str, **headers: object
    ) -> None:
        """Begin a request; its body is sent by whoever asked."""
        connection.putrequest(verb, address)
        said = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream",
        }  # fmt: skip
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        for name, value in {**said, **named}.items():
            connection.putheader(name, value)
        connection.endheaders()

    def ask(self, verb: str, address: str, **headers: object) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self.begin_on(connection, verb, address, **headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer

    def begin(self, length: int, name: str = "cctv.mp4") -> str:
        metadata = f"filename {base64.b64encode(name.encode()).decode()}"
        answer = self.ask(
            "POST", self.parts, Upload_Length=length, Upload_Metadata=metadata, Content_Length=0
        )
        assert answer.status == 201
        return answer.headers["Location"]

    def offset(self, place: str) -> int:
        return int(self.ask("HEAD", place).headers["Upload-Offset"])
