"""Whoever goes on with a file from a terminal is told what the server says becomes of it."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.media_files.upload import NOTICE

CONTENT = b"A" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
WORDS = "It is kept with the copy before."


class Speaking(BaseHTTPRequestHandler):
    """Speaks as much tus as is needed to go on with one file."""

    offset, notice = 400, WORDS

    def do_OPTIONS(self):
        self._answer(204)

    def do_HEAD(self):
        self._answer(200, {"Upload-Offset": str(self.offset), NOTICE: self.notice})

    def do_PATCH(self):
        size = int(self.headers["Content-Length"])
        self.rfile.read(size)
        self._answer(204, {"Upload-Offset": str(self.offset + size), NOTICE: self.notice})

    def _answer(self, status, headers=None):
        self.send_response(status)
        for name, value in {"Tus-Resumable": "1.0.0", **(headers or {})}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(params=[WORDS, ""])
def server(request):
    handler = type("Handler", (Speaking,), {"notice": request.param})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, request.param
    server.shutdown()
    server.server_close()


def test_what_the_server_says_of_a_file_that_goes_on_is_told_once(server, tmp_path):
    server, words = server
    address = f"http://127.0.0.1:{server.server_port}/files/"
    state = tmp_path / "state" / "forthright" / "uploads.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({f"{address} {SHA256}": f"{address}begun"}))
    path = tmp_path / "cctv.mp4"
    path.write_bytes(CONTENT)
    environment = {"XDG_STATE_HOME": str(tmp_path / "state")}

    done = CliRunner().invoke(run, ["media", "upload", address, str(path)], env=environment)

    assert (done.exit_code, SHA256 in done.stdout) == (0, True)
    assert done.stderr.count("The server says: ") == bool(words)
    assert words in done.stderr
