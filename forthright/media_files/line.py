"""The line from an uploader to a server: one request, one answer, and what a lost one means."""

import http.client
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

PATIENCE = 120  # seconds of silence after which a line counts as lost
MOST_WORDS = 2_000  # bytes of an answer that are read, and may be shown
WHO_SENDS = (
    "Say who sends with --header, by what that server knows you by: a token, or the cookie of a "
    "browser in which you are signed in."
)
WORTH_ANOTHER_TRY = {408, 409, 423, 425, 429, 460, 500, 502, 503, 504}


class UploadRefused(Exception):
    """The server does not take the file; the message says why, in its words."""

    def __init__(self, status: int, words: str) -> None:
        """Keep the status beside the words."""
        super().__init__(words)
        self.status = status


class Again(Exception):
    """It did not work this time and may the next; the message says what happened."""


class NoAnswer(Again):
    """Nobody answered: the server was not reached, or the line broke."""


class Line:
    """Asks one server, over one connection while that lasts."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        """Ask the server of an address; each request has these headers too."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("The address to send to begins with https:// or http://.")
        self.address = address
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        self._connection = kind(parts.hostname, parts.port, timeout=PATIENCE)
        # A server that knows its people by cookies takes nothing that another site had them send.
        usual = ":443" if parts.scheme == "https" else ":80"
        host = parts.netloc.rpartition("@")[2].lower().removesuffix(usual)
        self._headers = {"Tus-Resumable": "1.0.0", "Origin": f"{parts.scheme}://{host}", **headers}

    def ask(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> dict[str, str]:  # fmt: skip
        """Return the headers of the answer, by their names in lower case.

        :raises NoAnswer: if there was none
        :raises Again: if there was one that may be another next time
        :raises UploadRefused: if the server refuses
        """
        try:
            self._connection.request(
                method, urlsplit(address).path, body, {**self._headers, **(headers or {})}
            )
            answer = self._connection.getresponse()
            words = _words_of(answer)
            if not answer.isclosed():  # its rest is not read, and would be in the next one's way
                self.close()
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            raise NoAnswer(_fault_words(fault)) from fault
        if answer.status in WORTH_ANOTHER_TRY:
            raise Again(words or answer.reason)
        if not 200 <= answer.status < 300:
            raise UploadRefused(answer.status, words or _meaning_of(answer))
        said = {name.lower(): value for name, value in answer.getheaders()}
        if "tus-resumable" not in said:
            raise UploadRefused(
                answer.status,
                "What answers there does not speak tus. Give the address that takes files.",
            )
        return said

    def close(self) -> None:
        """End the connection; the next request makes a new one."""
        self._connection.close()


def _fault_words(fault: Exception) -> str:
    """Say why there was no answer."""
    if isinstance(fault, socket.gaierror):
        return "no machine of that name is known here"
    if isinstance(fault, ConnectionRefusedError):
        return "nothing takes files at that address now"
    if isinstance(fault, TimeoutError):
        return "it did not answer in time"
    # What the system says of it, without its number.
    said = getattr(fault, "strerror", None)
    return said or str(fault) or type(fault).__name__


def _words_of(answer: http.client.HTTPResponse) -> str:
    """Return what the server says, or nothing where that is a page for a browser."""
    words = answer.read(MOST_WORDS).decode(errors="replace").strip()
    is_page = "html" in (answer.getheader("Content-Type") or "").lower() or words.startswith("<")
    return "" if is_page else words


def _meaning_of(answer: http.client.HTTPResponse) -> str:
    """Return what an answer without words of its own means, and what to do."""
    said = f"The server said: {answer.status} {answer.reason}."
    if 300 <= answer.status < 400:
        where = (answer.getheader("Location") or "").partition("?")[0] or "another address"
        return f"It was not taken: this leads on to {where}, as to a page to sign in. {WHO_SENDS}"
    if answer.status in {401, 403}:
        return f"It was not taken: the server does not let you, or not any more. {WHO_SENDS} {said}"
    if answer.status in {404, 405}:
        return f"It was not taken: no file is taken at this address, or not from you. {said}"
    return f"The server does not take it and does not say why. {said}"
