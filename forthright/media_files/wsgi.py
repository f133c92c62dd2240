"""Lets a web server that speaks WSGI hand requests to a `TusServer`, body and all, as they come.

The body is never held as a whole. Under gunicorn it is read from the connection itself, straight
into the buffers that are written from, since each copy in between costs as much as the hashing.
"""

import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from forthright.media_files.sources import ReadSource, Silence, Source
from forthright.media_files.tus import TusServer
from forthright.media_files.tus_words import WRONG_CHECKSUM, TusAnswer, TusRequest

WOKEN_FOR = 512 * 1024  # bytes; to be woken for each packet costs more than to take it in
MOST_HEARD_OUT = 16 * 1024 * 1024  # bytes of a body that is refused
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class SocketSource:
    """The rest of a body of known length, read from the connection itself."""

    def __init__(self, connection: socket.socket, unreader: Any, reader: Any) -> None:
        """Take over from gunicorn's readers, which hold what came with the headers."""
        self._connection, self._unreader, self._reader = connection, unreader, reader

    def fill(self, into: memoryview) -> int:
        """Put the next bytes in and return how many; 0 when no more come.

        :raises Silence: if nothing came for a second
        :raises OSError: if the sender is gone
        """
        wanted = min(len(into), int(self._reader.length))
        if not wanted:
            return 0
        held = self._unreader.take_buffered()
        if held:
            got = min(len(held), wanted)
            into[:got] = held[:got]
            self._unreader.unread(held[got:])
        else:
            got = self._receive(into, wanted)
        self._reader.length -= got
        return got

    def _receive(self, into: memoryview, wanted: int) -> int:
        _wake_for(self._connection, min(wanted, WOKEN_FOR))
        try:
            got = self._connection.recv_into(into, wanted, socket.MSG_WAITALL)
        except BlockingIOError as fault:
            raise Silence from fault
        if not got:
            raise ConnectionResetError("The sender is gone.")
        return got


@contextmanager
def source_of(environ: Environ) -> Iterator[Source]:
    """Return where the body of a request comes from."""
    body, connection = environ["wsgi.input"], environ.get("gunicorn.socket")
    reader = getattr(body, "reader", None)
    unreader = getattr(reader, "unreader", None)
    # A connection that is encrypted here, or a body that comes in chunks, is read the usual way.
    if type(connection) is not socket.socket or not hasattr(reader, "length"):
        yield _plain_source(environ)
        return
    _wait_at_most(connection, seconds=1)
    try:
        yield SocketSource(connection, unreader, reader)
    finally:
        _wait_at_most(connection, seconds=0)
        _wake_for(connection, 1)  # the next request may be short


def _wait_at_most(connection: socket.socket, *, seconds: int) -> None:
    """Let each receiving end after so many seconds; 0 lets it wait for ever."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", seconds, 0))


def _wake_for(connection: socket.socket, number: int) -> None:
    """Let whoever receives, or waits for something to receive, be woken by so many bytes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, number)


def _plain_source(environ: Environ) -> Source:
    read = environ["wsgi.input"].read
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return ReadSource(read)
    left = int(environ.get("CONTENT_LENGTH") or 0)

    def read_on(number: int) -> bytes:
        nonlocal left
        got: bytes = read(min(number, left))
        left -= len(got)
        return got

    return ReadSource(read_on)


def _hear_out(source: Source) -> None:
    """Take in a little more of what a refused sender sends, so that it gets to read why.

    To close on somebody who is still sending looks to them like a lost connection.
    """
    waste, left, until = memoryview(bytearray(65536)), MOST_HEARD_OUT, time.monotonic() + 2
    try:
        while left > 0 and time.monotonic() < until and (got := source.fill(waste)):
            left -= got
    except (Silence, OSError):
        return


def headers_of(environ: Environ) -> dict[str, str]:
    """Return the headers of a request by their names in lower case."""
    named = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            named[name.replace("_", "-").lower()] = environ[name]
    return named


def reason_of(status: int) -> str:
    """Return the words that go with a status."""
    return "Checksum Mismatch" if status == WRONG_CHECKSUM else HTTPStatus(status).phrase


def answer_to(environ: Environ, server: TusServer, *, name: str, caller: Any = None) -> TusAnswer:
    """Return the answer to a request whose body nobody has read yet, as Django's views get it.

    :param environ: the request as the web server hands it over; Django's `request.environ`
    :param name: the file it is about; "" for the place where files are begun
    """
    with source_of(environ) as source:
        request = TusRequest(environ["REQUEST_METHOD"], name, headers_of(environ), source, caller)
        answered = server.answer(request)
        if answered.status >= HTTPStatus.BAD_REQUEST:
            _hear_out(source)
    return answered


def tus_application(
    server: TusServer, caller_of: Callable[[Environ], Any] = lambda environ: None
) -> Application:  # fmt: skip
    """Return a WSGI application that serves a `TusServer` at its address, and nothing else.

    :param caller_of: whoever asks, as the gate knows them
    """

    def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        if not path.startswith(server.address):
            start_response("404 Not Found", [("Content-Length", "0")])
            return [b""]
        name, caller = path.removeprefix(server.address), caller_of(environ)
        answered = answer_to(environ, server, name=name, caller=caller)
        words = b"" if environ["REQUEST_METHOD"] == "HEAD" else answered.words.encode()
        headers = [*answered.headers.items()]
        if answered.status != HTTPStatus.NO_CONTENT:
            headers += [("Content-Type", "text/plain; charset=utf-8"),
                        ("Content-Length", str(len(words)))]  # fmt: skip
        start_response(f"{answered.status} {reason_of(answered.status)}", headers)
        return [words]

    return application
