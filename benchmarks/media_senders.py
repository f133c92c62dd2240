"""What sends recordings for the benchmark: the same bytes in the same way to every server."""

import mmap
import os
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

BLOCK = 8 * 1024 * 1024
BODY = "application/offset+octet-stream"


@dataclass
class Upload:
    """One upload under way on a connection of its own."""

    line: socket.socket
    left: int
    finished: float = 0.0
    answer: bytes = b""
    sent: int = field(default=0)


def main() -> None:
    """Send as the arguments say; print the seconds until the last answer."""
    port, path, length, part = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    block = mmap.mmap(-1, BLOCK)
    block[:] = os.urandom(BLOCK)
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as line:
        for offset in range(0, length, part):
            _send_part(line, path, offset, min(part, length - offset), block)
    print(time.perf_counter() - began)


def _send_part(line: socket.socket, path: str, offset: int, length: int, block: mmap.mmap) -> None:
    line.sendall(head_of("PATCH", path, length, offset))
    content = memoryview(block)
    for place in range(0, length, BLOCK):
        line.sendall(content[: min(BLOCK, length - place)])
    content.release()
    answer = line.recv(65536)
    if b" 204 " not in answer.split(b"\r\n")[0]:
        raise RuntimeError(answer.decode(errors="replace"))


def head_of(method: str, path: str, length: int, offset: int) -> bytes:
    """Return the head of a request that sends bytes."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: {offset}\r\nContent-Type: {BODY}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def send_from_elsewhere(port: int, path: str, length: int, part: int) -> float:
    """Send from a process of its own; return the seconds until the last answer."""
    words = [port, path, length, part]
    command = [sys.executable, "-m", "benchmarks.media_senders", *map(str, words)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def send_all_at_once(port: int, paths: list[str], length: int) -> list[float]:
    """Send one file on each path, all at once and in turn; return how long each took."""
    block, chooser = os.urandom(BLOCK), selectors.DefaultSelector()
    began = time.perf_counter()
    uploads = []
    for path in paths:
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(head_of("PATCH", path, length, 0))
        line.setblocking(False)
        uploads.append(Upload(line, length))
        chooser.register(line, selectors.EVENT_WRITE, uploads[-1])
    while chooser.get_map():
        for key, _ in chooser.select():
            _go_on(key.data, chooser, block)
    for upload in uploads:
        upload.line.close()
    return [upload.finished - began for upload in uploads]


def _go_on(upload: Upload, chooser: selectors.BaseSelector, block: bytes) -> None:
    if upload.left:
        upload.left -= upload.line.send(memoryview(block)[: min(65536, upload.left)])
        if not upload.left:
            chooser.modify(upload.line, selectors.EVENT_READ, upload)
        return
    answer = upload.line.recv(65536)
    if b" 204 " not in answer.split(b"\r\n")[0]:
        raise RuntimeError(answer.decode(errors="replace"))
    upload.finished = time.perf_counter()
    chooser.unregister(upload.line)


if __name__ == "__main__":
    main()
