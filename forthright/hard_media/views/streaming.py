"""Hands out the bytes of kept files, as a whole or in the parts that were asked for."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from forthright.hard_media import storing
from forthright.hard_media.models import Playing, SentFile, ShareContent
from forthright.hard_media.services.handing import Damaged
from forthright.media_files.shelves import NotThere
from forthright.media_files.store import Verdict
from forthright.media_playing.ranges import RangeAnswer, answer_range

# What is played as it came goes out as one of these and nothing else, whatever its name says.
TYPES = {"mov": "video/mp4", "matroska": "video/webm", "ogg": "audio/ogg", "wav": "audio/wav",
         "mp3": "audio/mpeg", "flac": "audio/flac"}  # fmt: skip


def say_damaged(request: HttpRequest, refusal: Damaged) -> None:
    """Tell a person of the unit that nothing was handed out, and what to do."""
    messages.error(
        request,
        f"{refusal} Tell an administrator, who reads all files again with: forthright media verify "
        "--all. If it cannot be brought back, ask the police for it again.",
    )


def content_type_of(how: Playing) -> str:
    """Return what a browser is told that a recording is."""
    kind = "video/mp4" if how.sha256 else TYPES.get(how.container, "application/octet-stream")
    return kind if how.has_pictures else kind.replace("video/", "audio/")


def handed_out(request: HttpRequest, sent: SentFile | ShareContent) -> HttpResponse:
    """Return a file as it came, or a copy, to be saved and never shown.

    :raises Http404: if it is gone, or a part of it was asked for and it is not what it was
    """
    answer = saved(request, sent.sha256, "application/octet-stream")
    name = content_disposition_header(as_attachment=True, filename=sent.file_name)
    answer.headers["Content-Disposition"] = name or ""
    return answer


def saved(request: HttpRequest, sha256: str, kind: str) -> HttpResponse:
    """Return a kept file whose bytes come to its SHA-256, or break off before its last ones do.

    It was read as a whole before this, when it was asked for; that may be hours ago. A part says
    nothing of the whole, so for a part all of it is read first.

    :raises Http404: if it is gone, or a part of it was asked for and it is not what it was
    """
    answer = cast(StreamingHttpResponse, streamed(request, sha256, kind))
    if answer.status_code == 200:
        parts = cast(Iterable[bytes], answer.streaming_content)
        answer.streaming_content = _checked(parts, sha256)
    elif storing.store().verify(sha256).verdict is not Verdict.SAME:
        raise Http404("The file is not what it was when it came")
    return cast(HttpResponse, answer)


def _checked(parts: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    """Yield a whole file, and its last part only once all of it is what it is to be.

    :raises Damaged: if it is not, so that whoever takes it sees it broken off, and never whole
    """
    found, held = hashlib.sha256(), b""
    for part in parts:
        found.update(part)
        if held:
            yield held
        held = part
    if found.hexdigest() != sha256:
        raise Damaged("What is kept changed while it was handed out, so it was broken off.")
    yield held


def streamed(request: HttpRequest, sha256: str, kind: str) -> HttpResponse:
    """Return a kept file or the parts of it that were asked for.

    :raises Http404: if it is gone
    """
    try:
        size = storing.store().shelf.size(sha256)
    except NotThere as fault:
        raise Http404("The file is gone") from fault
    etag, said = f'"{sha256}"', request.headers
    found = answer_range(size, said.get("Range"), if_range=said.get("If-Range"), etag=etag)
    headers = {**found.headers(kind, sha256), "ETag": etag}
    body = _body(sha256, found, kind)
    answer = StreamingHttpResponse(body, status=found.status, headers=headers)
    return cast(HttpResponse, answer)  # to whoever handles it, it is one


def _body(sha256: str, found: RangeAnswer, kind: str) -> Iterator[bytes]:
    for part in found.parts(kind, sha256):
        if isinstance(part, bytes):
            yield part
        else:
            yield from storing.store().shelf.parts(sha256, part.start, part.end)
