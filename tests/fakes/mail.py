"""A real mail server that keeps what it is given, and messages that say what bounced."""

import asyncio
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from django.test import override_settings


class Kept:
    """Keeps each message; it can refuse an address, or not answer once it has a message."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = ""
        self.answers = True

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content))
        while not self.answers:
            await asyncio.sleep(0.1)
        return "250 OK"


class MailServer:
    """A mail server on a port of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.kept = Kept()
        self.controller: Controller | None = None

    def start(self) -> "MailServer":
        """Begin to take messages, or begin again."""
        self.controller = Controller(self.kept, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        with smtplib.SMTP("127.0.0.1", self.port) as client:
            client.noop()
        return self

    def stop(self) -> None:
        """Take none any more."""
        if self.controller:
            self.controller.stop()
        self.controller = None


def a_bounce(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Return the message by which a mail server says that one of ours did not arrive."""
    return (
        "From: MAILER-DAEMON@mail.example\r\n"
        "To: letters@cps.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Date: Mon, 05 Oct 2026 14:30:00 +0100\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; nobody@mail.example\r\nAction: {action}\r\n"
        f"Status: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message_id}\r\nSubject: A letter\r\n\r\n--b--\r\n"
    ).encode()


@contextmanager
def post_office() -> Iterator[MailServer]:
    """Run a mail server that the product sends its mail by."""
    server = MailServer().start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.port):
        yield server
    server.stop()
