"""Two other servers of the tus protocol, to compare with: @tus/server (Node) and tuspyserver.

They are no part of the product. They are fetched for the run, or found in the folder that the
setting MEDIA_PEERS names; what cannot be had is not measured, and is said so.
"""

import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.media_senders import send_from_elsewhere

BIN = Path(sys.executable).parent
NODE_PACKAGES = ("@tus/server@2.4.5", "@tus/file-store@2.1.1")
PYTHON_PACKAGES = ("tuspyserver==4.4.3", "uvicorn==0.54.0", "httptools", "uvloop")
NODE_SERVER = """
import {Server} from "@tus/server"; import {FileStore} from "@tus/file-store";
new Server({path: "/files", datastore: new FileStore({directory: process.argv[3]})})
  .listen({host: "127.0.0.1", port: Number(process.argv[2])});
"""
PYTHON_SERVER = """
import sys, uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router
app = FastAPI()
app.include_router(create_tus_router(prefix="files", files_dir=sys.argv[2]))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""


class Peer:
    """One of the others, ready to be started."""

    def __init__(self, name: str, command: list[str | Path]) -> None:
        self.name, self._command = name, command

    def seconds(self, folder: Path, length: int, part: int) -> tuple[float, float]:
        """Return how long it takes a file in, and until it is hashed and on the disk as well."""
        kept = folder / "theirs"
        kept.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with _running([*self._command, str(port), kept], port):
            path = _begun(port, length)
            began = time.perf_counter()
            taken_in = send_from_elsewhere(port, path, length, part)
            _hash_and_settle(max(kept.iterdir(), key=lambda file: file.stat().st_size))
            as_safe = time.perf_counter() - began
        shutil.rmtree(kept)
        return taken_in, as_safe


def peers(folder: Path) -> list[Peer]:
    """Return those of the others that can be had here, and say which cannot."""
    found = []
    for name, provide in {"@tus/server": _node_server, "tuspyserver": _python_server}.items():
        try:
            found.append(Peer(name, provide(Path(os.environ.get("MEDIA_PEERS") or folder))))
        except (OSError, subprocess.CalledProcessError) as fault:
            print(f"    {name} cannot be had here and is not measured: {fault}")
    return found


def _hash_and_settle(path: Path) -> None:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
        os.fsync(file.fileno())


@contextmanager
def _running(command: list[str | Path], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            server.kill()


def _begun(port: int, length: int) -> str:
    for path in ("/files", "/files/"):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
        headers["Upload-Metadata"] = "filename Y2N0di5tcDQ="
        connection.request("POST", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status == 201:
            return "/" + str(answer.headers["Location"]).split("://")[-1].partition("/")[2]
    raise OSError(f"it does not begin a file: {answer.status} {answer.reason}")


def _node_server(folder: Path) -> list[str | Path]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "server.mjs").write_text(NODE_SERVER)
    env = {**os.environ, "PATH": f"{os.environ['PATH']}:{BIN}"}
    if not (folder / "node_modules" / "@tus").exists():
        quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]
        subprocess.run(["npm", "install", *quiet, *NODE_PACKAGES], cwd=folder, env=env, check=True)
    node = shutil.which("node", path=env["PATH"])
    if node is None:
        raise OSError("there is no node")
    return [node, folder / "server.mjs"]


def _python_server(folder: Path) -> list[str | Path]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "server.py").write_text(PYTHON_SERVER)
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([BIN / "uv", "venv", "--quiet", folder / "venv"], check=True)
        install: list[str | Path] = [BIN / "uv", "pip", "install", "--quiet", "--python", python]
        subprocess.run([*install, *PYTHON_PACKAGES], check=True)
    return [python, folder / "server.py"]
