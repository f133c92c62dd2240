"""Hands out the bytes of kept files, as a whole or in the parts that were asked for."""

from collections.abc import Iterator
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from forthright.hard_media import storing
from forthright.hard_media.models import Playing, SentFile, ShareContent
from forthright.media_files.shelves import NotThere
from forthright.media_playing.ranges import RangeAnswer, answer_range

# What is played as it came goes out as one of these and nothing else, whatever its name says.
TYPES = {"mov": "video/mp4", "matroska": "video/webm", "ogg": "audio/ogg", "wav": "audio/wav",
         "mp3": "audio/mpeg", "flac": "audio/flac"}  # fmt: skip


def content_type_of(how: Playing) -> str:
    """Return what a browser is told that a recording is."""
    kind = "video/mp4" if how.sha256 else TYPES.get(how.container, "application/octet-stream")
    return kind if how.has_pictures else kind.replace("video/", "audio/")


def handed_out(request: HttpRequest, sent: SentFile | ShareContent) -> HttpResponse:
    """Return a file as it came, or a copy, to be saved and never shown."""
    answer = streamed(request, sent.sha256, "application/octet-stream")
    name = content_disposition_header(as_attachment=True, filename=sent.file_name)
    answer.headers["Content-Disposition"] = name or ""
    return answer


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
