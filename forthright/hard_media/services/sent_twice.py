"""A file that is sent twice for one recording stands for it once, and whoever sends it is told."""

from forthright.hard_media import storing
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.selectors.damaged import damaged_among
from forthright.hard_media.selectors.files import standing_files
from forthright.media_files.names import is_program
from forthright.media_files.shelves import NotThere
from forthright.rules.media_states import MediaState
from forthright.rules.words import date_words, day_of


def why_twice(sent: SentFile, item: MediaItem, sha256: str, *, as_program: bool) -> str:
    """Say why a file is not kept once more: another that is the same stands for its recording.

    Nothing if none does; the file itself, which may be kept by now, is none.
    One that is damaged is put back by it, see `put_back`. No file is named, as its name is told
    only to whoever may read it.

    :param as_program: it is a program, so that one that is kept beside the recording is the same
    """
    there = standing_files(item, is_program=as_program).filter(sha256=sha256)
    same = there.exclude(pk=sent.pk).first()
    if same is None or same.kept_at is None or damaged_among([sha256]):
        return ""
    words = (
        "It is, byte for byte, the same as a file of this recording that came on "
        f"{date_words(day_of(same.begun_at))} and is kept. It is not kept once more beside that"
    )
    if item.state == MediaState.UNPLAYABLE and same.state == SentFile.State.KEPT:
        return f"{words}. It does not play here: send it in a format that plays."
    words = f"{words}, and need not be sent again. If another file was meant, send that one."
    return f"{words} {same.refusal}".strip()


def why_twice_as_sent(sent: SentFile) -> str:
    """Say the same of a file that has come and is not read back yet, by what came.

    Nothing where no process saw all of it come in: then it is said once it is read back.
    """
    try:
        came = storing.store().incoming(sent.incoming).digests_as_sent
    except NotThere:
        return ""  # somebody has begun to keep it
    if came is None:
        return ""
    return why_twice(sent, sent.item, came.sha256, as_program=is_program(sent.file_name))
