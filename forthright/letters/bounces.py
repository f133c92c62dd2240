"""Reads the messages by which mail servers say that an e-mail did not arrive."""

import mailbox
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

OURS = re.compile(r"<letter-([0-9a-f]{32})@forthright>")
MBOX = b"From "


class MailboxRefused(ValueError):
    """The file holds no messages; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """That one of our e-mails did not arrive: which, with what code, and when."""

    key: str
    status: str
    happened_at: datetime


def read_bounces(content: bytes, *, at: datetime) -> list[Bounce]:
    """Return the failures that a mailbox (mbox) or one message (.eml) tells of.

    :raises MailboxRefused: if it is neither
    """
    messages = list(_messages(content))
    if not any(each.keys() for each in messages):
        raise MailboxRefused("The file is no mailbox (mbox) and no message (.eml).")
    return [bounce for each in messages if (bounce := _bounce(each, at))]


def _messages(content: bytes) -> Iterator[Message]:
    if not content.startswith(MBOX):
        yield message_from_bytes(content, policy=policy.default)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mailbox")
        path.write_bytes(content)
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            yield message_from_bytes(box.get_bytes(key), policy=policy.default)
        box.close()


def _bounce(message: Message, at: datetime) -> Bounce | None:
    """Return the failure a message tells of; one that is only late is none."""
    status = next((value for part in message.walk() if (value := _failed_status(part))), "")
    found = OURS.search(message.as_string()) if status else None
    if found is None:
        return None
    return Bounce(key=found[1], status=status, happened_at=min(_when(message, at), at))


def _failed_status(part: Message) -> str:
    """Return the status code in a delivery report that says "failed"."""
    if part.get_content_type() != "message/delivery-status":
        return ""
    for fields in part.get_payload():
        if isinstance(fields, Message) and str(fields.get("Action", "")).strip() == "failed":
            return str(fields.get("Status", "5.0.0")).strip()
    return ""


def _when(message: Message, at: datetime) -> datetime:
    """Return when the message says it was written, or else when it is read."""
    try:
        said = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return at
    return said if said.tzinfo else said.replace(tzinfo=UTC)
