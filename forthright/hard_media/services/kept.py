"""Writes down that a file is kept: as a recording, or as a program that came with one."""

from datetime import datetime

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import SentFile
from forthright.media_files.ingest import is_no_recording
from forthright.media_files.store import Receipt

State = SentFile.State
A_PROGRAM = (
    "It is a program that came with the recording, such as its player, and not a recording. It is "
    "kept as it came, and neither played nor shared here; whoever needs it to play the recording "
    "gets it from the unit that holds the case, on a disc or stick. If a recording is inside the "
    "program, that is still needed as a file of its own that plays, such as MP4."
)


def note_kept(
    sent: SentFile, receipt: Receipt, *, why_no_answer: str, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Note on a file that it was read back and is kept.

    :param why_no_answer: of a recording, why it does not answer what was asked; "" where it does
    """
    is_program = is_no_recording(receipt)
    is_answer = not is_program and not why_no_answer
    sent.state = State.PROGRAM if is_program else State.KEPT
    sent.refusal = A_PROGRAM if is_program else why_no_answer
    sent.kept_at, sent.scanned = receipt.kept_at, receipt.scanned
    sent.sha256, sent.blake3 = receipt.sha256, receipt.blake3
    sent.save()
    audit.record(
        "file.kept", sent, by=by, at=at, recording=sent.item_id, sha256=receipt.sha256,
        bytes=receipt.length, malware=receipt.scanned, is_answer=is_answer,
        is_program=is_program,
    )  # fmt: skip
