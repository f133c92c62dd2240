"""The line from an uploader to a server: one request, one answer, and what a lost one means."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

PATIENCE = 120  # seconds of silence after which a line counts as lost
WORTH_ANOTHER_TRY = {408, 409, 423, 425, 429, 460, 500, 502, 503, 504}


class UploadRefused(Exception):
    """The server does not take the file; the message says why, in its words."""

    def __init__(self, status: int, words: str) -> None:
        """Keep the status beside the words."""
        super().__init__(words)
        self.status = status


class Again(Exception):
    """It did not work this time and may the next; the message says what happened."""


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
        self._headers = {"Tus-Resumable": "1.0.0", **headers}

    def ask(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> dict[str, str]:  # fmt: skip
        """Return the headers of the answer, by their names in lower case.

        :raises Again: if there was none, or one that may be another next time
        :raises UploadRefused: if the server refuses
        """
        try:
            self._connection.request(
                method, urlsplit(address).path, body, {**self._headers, **(headers or {})}
            )
            answer = self._connection.getresponse()
            words = answer.read(2_000).decode(errors="replace").strip()
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            raise Again(str(fault) or type(fault).__name__) from fault
        if answer.status in WORTH_ANOTHER_TRY:
            raise Again(words or answer.reason)
        if not 200 <= answer.status < 300:
            raise UploadRefused(answer.status, words or f"{answer.status} {answer.reason}")
        said = {name.lower(): value for name, value in answer.getheaders()}
        if "tus-resumable" not in said:
            raise UploadRefused(answer.status, "What answers there does not speak tus.")
        return said

    def close(self) -> None:
        """End the connection; the next request makes a new one."""
        self._connection.close()
