"""Files of recordings, sent and kept through the real receiver."""

import base64
import hashlib
import io
from datetime import datetime
from pathlib import Path

from forthright.hard_media import storing
from forthright.hard_media.models import MediaItem, SentFile
from forthright.hard_media.services import receiving
from forthright.media_files.sources import ReadSource
from tests import given
from tests.media_playing.videos import Corpus

NOON = given.NOON
VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 4096
SHA256 = hashlib.sha256(VIDEO).hexdigest()


def a_whole_file(
    item: MediaItem, *, content: bytes = VIDEO, name: str = "cctv.mp4", at: datetime | None = None
) -> SentFile:
    """Return a file that has come as a whole and is not kept yet, no earlier than it was asked for.

    Of what was asked for again it is the next copy, where the recording is as it is now.
    """
    source = ReadSource(io.BytesIO(content).read)
    at = at or max(NOON, item.requested_at or NOON)
    return receiving.take_whole(item, name, len(content), source, by=None, at=at)


def a_kept_file(item: MediaItem, **fields: object) -> SentFile:
    """Return a file that was read back and is kept."""
    sent = a_whole_file(item, **fields)
    return receiving.keep_file(sent, by=None, at=sent.begun_at)


def kept_twice_before(item: MediaItem) -> SentFile:
    """Return a second row of the first file of a recording, as it was kept before it stood once."""
    second = item.files.earliest("pk")
    second.pk, second.incoming, second.file_name = None, f"{second.incoming[:-1]}-", "dup.mp4"
    second.save()
    return second


def a_begun_file(item: MediaItem, *, of: int = len(VIDEO), by=None, at=NOON) -> SentFile:
    """Return a file of which nothing has come yet."""
    notes = {"item": item.pk, "by": by.pk if by else None, "head": ""}
    incoming = storing.store().begin("cctv.mp4", of, at=at, notes=notes)
    return receiving.begin_file(item, incoming, by=by, at=at)


def a_video(folder: Path, name: str = "plain.mp4") -> Path:
    """Return an odd recording of about a second, made anew."""
    return Corpus(folder)(name)


class Speaker:
    """Speaks tus to the pages of a recording, as a program would that is signed in."""

    def __init__(self, client, item: MediaItem) -> None:
        self.client, self.address = client, f"/recordings/items/{item.pk}/send/parts/"

    def begin(self, length: int = len(VIDEO), name: str = "cctv.mp4", **more: str):
        said = {"filename": name, **more}
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
        )
        return self._ask("POST", self.address, Upload_Length=str(length), Upload_Metadata=metadata)

    def send(self, place: str, content: bytes, offset: int = 0, **headers: str):
        return self._ask(
            "PATCH", place, content, Upload_Offset=str(offset), **headers
        )  # fmt: skip

    def offset(self, place: str) -> int:
        return int(self._ask("HEAD", place).headers["Upload-Offset"])

    def post_as(self, verb: str, place: str, content: bytes = b"", **headers: str):
        """Ask by POST, as whoever is behind a proxy that lets nothing else through."""
        named = {"X_HTTP_Method_Override": verb} if verb else {}
        return self._ask("POST", place, content, **named, **headers)

    def ask(self, verb: str, place: str):
        named = {"Upload_Offset": "0"} if verb == "PATCH" else {}
        return self._ask(verb, place, b"x" if named else b"", **named)

    def _ask(self, verb: str, address: str, content: bytes = b"", **headers: str):
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.generic(
            verb, address, content, content_type="application/offset+octet-stream",
            headers={"Tus-Resumable": "1.0.0", **named},
        )  # fmt: skip
