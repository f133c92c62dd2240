"""A file that is damaged is taken in once more, and no other in its place."""

from forthright.hard_media import storing
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.selectors.damaged import damaged_files, found_damaged_at
from forthright.hard_media.selectors.files import standing_files
from forthright.media_files.ingest import is_no_recording
from forthright.media_files.shelves import NotThere
from forthright.media_files.store import Receipt, WrongDigest
from forthright.rules.media_states import TAKES_FILES, MediaState

PUT_BACK = (
    "It is, byte for byte, the file that was damaged, which is whole again by it. It is not kept "
    "once more beside that."
)


def check_is_the_damaged_one(sent: SentFile) -> None:
    """Refuse a file that is not the damaged one, where its recording takes that and no other.

    Where nobody saw all of it come in it is kept, and to be viewed as one that came late.

    :raises WrongDigest: with what to do
    """
    try:
        came = storing.store().incoming(sent.incoming).digests_as_sent
    except NotThere:
        return  # it is kept already where whoever kept it was killed before that was noted
    if came is not None and (why := why_not_in_its_place(sent, came.sha256)):
        raise WrongDigest(why)


def why_not_in_its_place(sent: SentFile, sha256: str) -> str:
    """Say why a file is not taken in the place of the damaged one; nothing where it may be."""
    since = found_damaged_at(sent.item)
    is_late = MediaState(sent.item.state) not in TAKES_FILES
    if not is_late or since is None or sent.begun_at < since:
        return ""
    if damaged_files(sent.item).filter(sha256=sha256).exists():
        return ""
    return (
        f"It comes to the SHA-256 {sha256}, so it is not the file that is damaged: that one "
        "alone is taken again, so that what was decided and shared stands. Send that one. If this "
        "is another copy, ask the police for the recording again, then send it."
    )


def stands_for(item: MediaItem, receipt: Receipt) -> bool:
    """Say whether a file with the digest of one that came stands for a recording.

    A program that came stands where the same program is kept beside it.
    """
    is_program = is_no_recording(receipt)
    return standing_files(item, is_program=is_program).filter(sha256=receipt.sha256).exists()
