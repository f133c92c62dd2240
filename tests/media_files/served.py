"""A real web server that receives recordings, and lines to it that are cut."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from forthright.media_files.store import Store
from forthright.media_files.tus import TusServer
from forthright.media_files.wsgi import tus_application
from tests.media_files.senders import PATIENCE

ADDRESS = "/upload/"
SCRIPT = Path(__file__).parents[2] / "node_modules" / "tus-js-client" / "dist" / "tus.min.js"
PAGE = b"""<!doctype html><title>Send</title><script src="/tus.min.js"></script>
<input type="file" id="file"><p id="said"></p>"""


class Anyone:
    """Lets everybody do everything, and keeps what has come, unless that is left for later."""

    def __init__(self, store):
        self.store = store

    def begin(self, caller, said, length):
        return {}

    def begun(self, caller, name):
        pass

    def go_on(self, caller, about):
        pass

    def arrived(self, caller, name):
        if "MEDIA_KEEP_LATER" not in os.environ:
            self.store.keep(name, at=datetime.now(UTC))

    def given_up(self, caller, name):
        pass


def application():
    """Return what gunicorn serves: the uploads, and a page for a browser to send from."""
    store = Store(Path(os.environ["MEDIA_ROOT"]))
    server = TusServer(
        store, Anyone(store), clock=lambda: datetime.now(UTC), address=ADDRESS
    )  # fmt: skip
    uploads = tus_application(server)

    def answer(environ, start_response):
        if environ["PATH_INFO"].startswith(ADDRESS):
            return uploads(environ, start_response)
        is_script = environ["PATH_INFO"] == "/tus.min.js"
        kind = "text/javascript" if is_script else "text/html"
        start_response("200 OK", [("Content-Type", kind)])
        return [SCRIPT.read_bytes() if is_script else PAGE]

    return answer


class Receiver:
    """gunicorn, receiving into a folder; it can be killed and started again at the same port."""

    def __init__(self, root: Path, *, threads: int = 8) -> None:
        self.root, self.threads = root, threads
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Receiver":
        self.start()
        return self

    def start(self) -> None:
        gunicorn = Path(sys.executable).with_name("gunicorn")
        self.running = subprocess.Popen(
            [gunicorn, "tests.media_files.served:application()", "--worker-class", "gthread",
             "--threads", str(self.threads), "--bind", f"127.0.0.1:{self.port}",
             "--log-level", "error", "--graceful-timeout", "1", "--worker-tmp-dir", "/dev/shm"],
            env={**os.environ, "MEDIA_ROOT": str(self.root)}, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("OPTIONS", ADDRESS)
            return connection.getresponse().status == 204
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """End it as a power cut would, with all that it was doing."""
        assert self.running is not None
        os.killpg(self.running.pid, 9)
        self.running.wait()

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}{ADDRESS}"


class CutLine:
    """A line to a server that breaks each time after so many bytes, so many times."""

    def __init__(self, port, *, after, times):
        self.port, self.after, self.left = port, after, times
        self.cuts, self.open = 0, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}{ADDRESS}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in (self.listener, *self.open):
            _shut(each)
            each.close()

    def _serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.port))
            self.open += [near, far]
            threading.Thread(target=self._send, args=(near, far), daemon=True).start()
            threading.Thread(target=self._answer, args=(far, near), daemon=True).start()

    def _send(self, near, far):
        passed = 0
        while part := _part_of(near):
            passed += len(part)
            if self.left and passed > self.after:
                self.left, self.cuts = self.left - 1, self.cuts + 1
                break
            if not _pass_on(part, far):
                break
        for each in (near, far):
            _shut(each)
            each.close()  # what is still sent has to be refused, not swallowed

    @staticmethod
    def _answer(far, near):
        while (part := _part_of(far)) and _pass_on(part, near):
            pass
        _shut(near)


def _pass_on(part, line):
    try:
        line.sendall(part)
    except OSError:
        return False
    return True


def _part_of(line):
    try:
        return line.recv(65536)
    except OSError:
        return b""


def _shut(line):
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
